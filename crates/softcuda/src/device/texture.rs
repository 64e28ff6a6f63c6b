//! Textures and surfaces: what a handle stands for, and how texels are found, converted and filtered (CUDA C++
//! Programming Guide, "Texture Fetching").

use half::f16;

/// What one channel of a texel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    U8,
    U16,
    U32,
    S8,
    S16,
    S32,
    Half,
    Single,
}

impl Channel {
    pub fn bytes(self) -> u64 {
        match self {
            Channel::U8 | Channel::S8 => 1,
            Channel::U16 | Channel::S16 | Channel::Half => 2,
            Channel::U32 | Channel::S32 | Channel::Single => 4,
        }
    }
}

/// What becomes of coordinates outside the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMode {
    Wrap,
    Clamp,
    Mirror,
    Border,
}

/// A box of texels in device memory. Layers and the faces of cubes lie along the depth.
#[derive(Clone, Copy, Debug)]
pub struct Image {
    pub address: u64,
    pub width: u64,
    pub height: u64,
    pub depth: u64,
    /// Bytes from row to row, and from slice to slice.
    pub row: u64,
    pub slice: u64,
}

impl Image {
    /// Bytes from the first texel to the end of the last.
    pub fn bytes(&self, texel: u64) -> u64 {
        (self.depth - 1) * self.slice + (self.height - 1) * self.row + self.width * texel
    }
}

/// What a texture or surface object names.
#[derive(Clone, Debug)]
pub struct Texture {
    /// The image, and its smaller versions where it has any.
    pub levels: Vec<Image>,
    pub channel: Channel,
    /// 1, 2 or 4.
    pub channels: u64,
    pub modes: [AddressMode; 3],
    pub linear: bool,
    /// Coordinates run from 0 to 1.
    pub normalized: bool,
    /// Integers are given as they are rather than as fractions of their range.
    pub as_integer: bool,
    pub srgb: bool,
    pub border: [f32; 4],
    /// Whether fetches between two levels mix both.
    pub mix_levels: bool,
    pub level_bias: f32,
    pub level_range: [f32; 2],
}

/// How an instruction counts the dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Geometry {
    Line,
    Plane,
    Volume,
    Cube,
}

impl Geometry {
    pub fn dimensions(self) -> usize {
        match self {
            Geometry::Line => 1,
            Geometry::Plane => 2,
            Geometry::Volume | Geometry::Cube => 3,
        }
    }
}

/// A texel's four channels: bits of floats, or of integers where the texture gives those.
pub type Texel = [u32; 4];

impl Texture {
    pub fn texel_bytes(&self) -> u64 {
        self.channel.bytes() * self.channels
    }

    fn is_integer(&self) -> bool {
        match self.channel {
            Channel::Half | Channel::Single => false,
            Channel::U32 | Channel::S32 => true,
            _ => self.as_integer,
        }
    }

    /// One channel at an address that was proved to lie in live memory, as a float's bits or an integer.
    fn channel_at(&self, address: u64, color: bool) -> u32 {
        // SAFETY: the caller's address lies inside the image.
        let (byte, half, word) = unsafe {
            match self.channel.bytes() {
                1 => (*(address as *const u8), 0, 0),
                2 => (0, (address as *const u16).read_unaligned(), 0),
                _ => (0, 0, (address as *const u32).read_unaligned()),
            }
        };
        let fraction = |value: f32| {
            let value = value.max(-1.0);
            let linear = match (self.srgb && color, value <= 0.04045) {
                (false, _) => value,
                (true, true) => value / 12.92,
                (true, false) => ((value + 0.055) / 1.055).powf(2.4),
            };
            linear.to_bits()
        };
        match (self.channel, self.as_integer) {
            (Channel::U8, true) => byte.into(),
            (Channel::S8, true) => i32::from(byte as i8) as u32,
            (Channel::U16, true) => half.into(),
            (Channel::S16, true) => i32::from(half as i16) as u32,
            (Channel::U8, false) => fraction(f32::from(byte) / 255.0),
            (Channel::S8, false) => fraction(f32::from(byte as i8) / 127.0),
            (Channel::U16, false) => fraction(f32::from(half) / 65535.0),
            (Channel::S16, false) => fraction(f32::from(half as i16) / 32767.0),
            (Channel::Half, _) => f16::from_bits(half).to_f32().to_bits(),
            (Channel::U32 | Channel::S32 | Channel::Single, _) => word,
        }
    }

    /// A texel by its place, which is inside the image.
    fn texel(&self, image: &Image, [x, y, z]: [u64; 3]) -> Texel {
        let address = image.address + z * image.slice + y * image.row + x * self.texel_bytes();
        let one = if self.is_integer() { 1 } else { 1f32.to_bits() };
        let mut out = [0, 0, 0, one];
        for (index, value) in out.iter_mut().enumerate().take(self.channels as usize) {
            *value = self.channel_at(address + index as u64 * self.channel.bytes(), index < 3);
        }
        out
    }

    /// A texel by indices that may lie outside; the last is the layer, which is kept inside.
    fn fetch(&self, image: &Image, geometry: Geometry, index: [i64; 3], layer: u64) -> Texel {
        let sizes = [image.width, image.height, image.depth];
        let mut place = [0, 0, layer.min(image.depth - 1)];
        for dimension in 0..geometry
            .dimensions()
            .min(if geometry == Geometry::Cube { 2 } else { 3 })
        {
            let (at, size) = (index[dimension], sizes[dimension] as i64);
            let mode = match (geometry, self.modes[dimension]) {
                (Geometry::Cube, _) => AddressMode::Clamp,
                (_, AddressMode::Wrap | AddressMode::Mirror) if !self.normalized => AddressMode::Clamp,
                (_, mode) => mode,
            };
            let inside = match mode {
                AddressMode::Wrap => at.rem_euclid(size),
                AddressMode::Clamp => at.clamp(0, size - 1),
                AddressMode::Mirror => {
                    let at = at.rem_euclid(2 * size);
                    at.min(2 * size - 1 - at)
                }
                AddressMode::Border if at < 0 || at >= size => {
                    let integer = self.is_integer();
                    return self
                        .border
                        .map(|value| if integer { value as i64 as u32 } else { value.to_bits() });
                }
                AddressMode::Border => at,
            };
            place[dimension] = inside as u64;
        }
        self.texel(image, place)
    }

    /// Where coordinates lie among the texels of an image.
    fn position(&self, image: &Image, geometry: Geometry, coordinates: [f32; 3]) -> [f32; 3] {
        let sizes = [image.width, image.height, image.depth];
        let mut out = coordinates;
        if self.normalized || geometry == Geometry::Cube {
            for (dimension, at) in out.iter_mut().enumerate() {
                let folded = match self.modes[dimension] {
                    AddressMode::Wrap if geometry != Geometry::Cube => *at - at.floor(),
                    AddressMode::Mirror if geometry != Geometry::Cube => {
                        let (whole, part) = (at.floor(), *at - at.floor());
                        if whole.rem_euclid(2.0) == 0.0 { part } else { 1.0 - part }
                    }
                    _ => *at,
                };
                *at = folded * sizes[dimension] as f32;
            }
        }
        out.map(|at| if at.is_finite() { at.clamp(-1e9, 1e9) } else { 0.0 })
    }

    /// The two neighbours of a coordinate, and the weight of the second: a fraction of 256, as the hardware has it.
    fn neighbours(at: f32) -> (i64, f32) {
        let shifted = at - 0.5;
        let low = shifted.floor();
        (low as i64, ((shifted - low) * 256.0).round() / 256.0)
    }

    fn sample_level(&self, image: &Image, geometry: Geometry, coordinates: [f32; 3], layer: u64) -> Texel {
        let at = self.position(image, geometry, coordinates);
        if !self.linear || self.is_integer() {
            return self.fetch(image, geometry, at.map(|at| at.floor() as i64), layer);
        }
        let spread = match geometry {
            Geometry::Cube => 2,
            _ => geometry.dimensions(),
        };
        let near = at.map(Texture::neighbours);
        let mut out = [0f32; 4];
        for corner in 0..1usize << spread {
            let (mut index, mut weight) = ([0; 3], 1.0);
            for dimension in 0..spread {
                let (low, second) = near[dimension];
                let upper = corner >> dimension & 1 != 0;
                index[dimension] = low + i64::from(upper);
                weight *= if upper { second } else { 1.0 - second };
            }
            if weight == 0.0 {
                continue;
            }
            let texel = self.fetch(image, geometry, index, layer);
            for (sum, bits) in out.iter_mut().zip(texel) {
                *sum += weight * f32::from_bits(bits);
            }
        }
        out.map(f32::to_bits)
    }

    /// A filtered fetch. `level` is the level of detail that an instruction gives or its gradients mean.
    pub fn sample(&self, geometry: Geometry, coordinates: [f32; 3], layer: u64, level: f32) -> Texel {
        let (coordinates, layer) = match geometry {
            Geometry::Cube => {
                let (face, [s, t]) = face(coordinates);
                ([s, t, 0.0], layer * 6 + face)
            }
            _ => (coordinates, layer),
        };
        let last = (self.levels.len() - 1) as f32;
        let level = (level + self.level_bias)
            .clamp(self.level_range[0], self.level_range[1].max(self.level_range[0]))
            .clamp(0.0, last);
        let level = if level.is_nan() { 0.0 } else { level };
        if !self.mix_levels || level == level.floor() {
            let image = &self.levels[(level + 0.5).floor().min(last) as usize];
            return self.sample_level(image, geometry, coordinates, layer);
        }
        let low = level.floor();
        let [below, above] =
            [low, low + 1.0].map(|level| self.sample_level(&self.levels[level as usize], geometry, coordinates, layer));
        let weight = ((level - low) * 256.0).round() / 256.0;
        std::array::from_fn(|index| {
            let (a, b) = (f32::from_bits(below[index]), f32::from_bits(above[index]));
            ((1.0 - weight) * a + weight * b).to_bits()
        })
    }

    /// A fetch by integer coordinates, unfiltered.
    pub fn fetch_texel(&self, geometry: Geometry, index: [i64; 3], layer: u64, level: f32) -> Texel {
        let image = &self.levels[(level.max(0.0) as usize).min(self.levels.len() - 1)];
        self.fetch(image, geometry, index, layer)
    }

    /// One channel of the four texels that a linear filter would mix, in the order of `tld4`.
    pub fn gather(&self, coordinates: [f32; 3], layer: u64, channel: usize) -> Texel {
        let image = &self.levels[0];
        let at = self.position(image, Geometry::Plane, coordinates);
        let ((x, _), (y, _)) = (Texture::neighbours(at[0]), Texture::neighbours(at[1]));
        let places = [[x, y + 1, 0], [x + 1, y + 1, 0], [x + 1, y, 0], [x, y, 0]];
        places.map(|index| self.fetch(image, Geometry::Plane, index, layer)[channel])
    }

    /// The level of detail at which a step in the coordinates is about one texel.
    pub fn level_of(&self, geometry: Geometry, gradients: [[f32; 3]; 2]) -> f32 {
        let image = &self.levels[0];
        let scale = match self.normalized || geometry == Geometry::Cube {
            true => [image.width, image.height, image.depth].map(|size| size as f32),
            false => [1.0; 3],
        };
        let length = |step: [f32; 3]| {
            let parts = step.iter().zip(scale).take(geometry.dimensions());
            parts.map(|(step, scale)| (step * scale) * (step * scale)).sum::<f32>()
        };
        let longest = length(gradients[0]).max(length(gradients[1]));
        if longest > 0.0 { 0.5 * longest.log2() } else { 0.0 }
    }
}

/// The face of a cube that a direction meets, and where on it.
fn face([x, y, z]: [f32; 3]) -> (u64, [f32; 2]) {
    let (face, major, s, t) = if x.abs() >= y.abs() && x.abs() >= z.abs() {
        if x >= 0.0 { (0, x, -z, -y) } else { (1, -x, z, -y) }
    } else if y.abs() >= z.abs() {
        if y >= 0.0 { (2, y, x, z) } else { (3, -y, x, -z) }
    } else if z >= 0.0 {
        (4, z, x, -y)
    } else {
        (5, -z, -x, -y)
    };
    (face, [(s / major + 1.0) / 2.0, (t / major + 1.0) / 2.0])
}
