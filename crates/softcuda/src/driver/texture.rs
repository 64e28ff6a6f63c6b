//! Texture and surface objects (CUDA driver API, "Texture Object Management" and "Surface Object Management").

use std::sync::Arc;

use super::array::{Array, Mipmap, channel};
use super::context::{Context, current};
use super::copy::accessible;
use super::device;
use super::export::{Handle, In, Out, Registry, export, new_handle};
use super::status::{Result, Status};
use crate::device::texture::{AddressMode, Channel, Image, Texture};

static OBJECTS: Registry<Object> = Registry::new();

/// What `cuTexObjectCreate` or `cuSurfObjectCreate` was given.
struct Object {
    context: Handle,
    device: i32,
    resource: Resource,
    /// None for a surface.
    sampler: Option<Sampler>,
}

/// `CUDA_RESOURCE_DESC`: a kind, a union of its fields, and flags.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Resource {
    kind: u32,
    fields: [u64; 16],
    flags: u32,
}

/// `CUDA_TEXTURE_DESC`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Sampler {
    modes: [u32; 3],
    filter: u32,
    flags: u32,
    anisotropy: u32,
    level_filter: u32,
    level_bias: f32,
    level_range: [f32; 2],
    border: [f32; 4],
    reserved: [i32; 12],
}

const ARRAY: u32 = 0;
const MIPMAP: u32 = 1;
const LINEAR: u32 = 2;
const PITCHED: u32 = 3;

const READ_AS_INTEGER: u32 = 1;
const NORMALIZED: u32 = 2;
const SRGB: u32 = 0x10;

/// Texels of a linear texture at most (`CU_DEVICE_ATTRIBUTE_MAXIMUM_TEXTURE1D_LINEAR_WIDTH`).
const MOST_LINEAR: u64 = 1 << 27;

impl Resource {
    /// The images, the largest first, what a channel is, and how many a texel has.
    fn images(&self) -> Result<(Vec<Image>, Channel, u64)> {
        let fields = self.fields;
        // Two numbers of 32 bits share a field.
        let (format, channels) = (fields[1] as u32, fields[1] >> 32);
        if self.flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        let plain = |width: u64, height: u64, pitch: Option<u64>| {
            let channel = channel(format)?;
            if !matches!(channels, 1 | 2 | 4) {
                return Err(Status::INVALID_VALUE);
            }
            let texel = channel.bytes() * channels;
            let width = if pitch.is_none() { width / texel } else { width };
            if width == 0 || height == 0 || width > MOST_LINEAR || height > MOST_LINEAR {
                return Err(Status::INVALID_VALUE);
            }
            let row = pitch.unwrap_or(width * texel);
            if row < width * texel || row > 1 << 40 {
                return Err(Status::INVALID_VALUE);
            }
            let image = Image {
                address: fields[0],
                width,
                height,
                depth: 1,
                row,
                slice: row * height,
            };
            let end = fields[0].checked_add(image.bytes(texel)).ok_or(Status::INVALID_VALUE)?;
            match accessible(fields[0]) {
                Some(range) if end <= range.end() => Ok((vec![image], channel, channels)),
                _ => Err(Status::INVALID_VALUE),
            }
        };
        match self.kind {
            ARRAY => Array::image(fields[0]).map(|(image, channel, channels)| (vec![image], channel, channels)),
            MIPMAP => {
                let levels = Mipmap::levels(fields[0])?;
                let images: Result<Vec<_>> = levels.into_iter().map(Array::image).collect();
                let images = images?;
                let &(_, channel, channels) = images.first().ok_or(Status::INVALID_VALUE)?;
                Ok((images.into_iter().map(|(image, ..)| image).collect(), channel, channels))
            }
            LINEAR => plain(fields[2], 1, None),
            PITCHED => plain(fields[2], fields[3], Some(fields[4])),
            _ => Err(Status::INVALID_VALUE),
        }
    }
}

impl Sampler {
    fn texture(&self, resource: &Resource) -> Result<Texture> {
        let (levels, channel, channels) = resource.images()?;
        let mut modes = [AddressMode::Clamp; 3];
        for (mode, &given) in modes.iter_mut().zip(&self.modes) {
            *mode = match given {
                0 => AddressMode::Wrap,
                1 => AddressMode::Clamp,
                2 => AddressMode::Mirror,
                3 => AddressMode::Border,
                _ => return Err(Status::INVALID_VALUE),
            };
        }
        if self.filter > 1 || self.level_filter > 1 || self.anisotropy > 16 {
            return Err(Status::INVALID_VALUE);
        }
        if resource.kind == LINEAR {
            // Fetches beyond the end of linear memory give zeros.
            modes = [AddressMode::Border; 3];
        }
        let floating = matches!(channel, Channel::Half | Channel::Single);
        let as_integer = self.flags & READ_AS_INTEGER != 0 && !floating;
        let linear = self.filter == 1 && resource.kind != LINEAR;
        let wide = matches!(channel, Channel::U32 | Channel::S32);
        if linear && (as_integer || wide) {
            return Err(Status::INVALID_VALUE);
        }
        let mipmapped = resource.kind == MIPMAP;
        Ok(Texture {
            levels,
            channel,
            channels,
            modes,
            linear,
            normalized: self.flags & NORMALIZED != 0 && resource.kind != LINEAR,
            as_integer,
            srgb: self.flags & SRGB != 0 && channel == Channel::U8,
            border: if resource.kind == LINEAR { [0.0; 4] } else { self.border },
            mix_levels: mipmapped && self.level_filter == 1,
            level_bias: if mipmapped { self.level_bias } else { 0.0 },
            level_range: if mipmapped { self.level_range } else { [0.0; 2] },
        })
    }
}

fn create(result: Out<Handle>, resource: Resource, sampler: Option<Sampler>, texture: Texture) -> Result {
    let context = current()?;
    result.require()?;
    let handle = new_handle();
    context.device.memory.set_texture(handle, texture);
    let object = Object {
        context: context.handle,
        device: context.device.ordinal,
        resource,
        sampler,
    };
    OBJECTS.insert(handle, Arc::new(object));
    result.set(handle)
}

/// The object of a handle: a texture, or a surface.
fn get(handle: Handle, surface: bool) -> Result<Arc<Object>> {
    super::devices()?;
    let object = OBJECTS.get(handle)?;
    match object.sampler.is_none() == surface {
        true => Ok(object),
        false => Err(Status::INVALID_HANDLE),
    }
}

fn destroy(handle: Handle, surface: bool) -> Result {
    let object = get(handle, surface)?;
    current()?.synchronize()?;
    OBJECTS.remove(handle)?;
    device::get(object.device)?.memory.remove_texture(handle);
    Ok(())
}

/// Forgets the objects of a context that ends.
pub fn forget(context: &Context) {
    for handle in OBJECTS.remove_if(|object| object.context == context.handle) {
        context.device.memory.remove_texture(handle);
    }
}

export! {
    fn cuTexObjectCreate(result: Out<Handle>, resource: In<Resource>, sampler: In<Sampler>, view: In<u32>) {
        let (resource, sampler) = (resource.get()?, sampler.get()?);
        // A view of another format or a part of the levels.
        if !view.is_null() && view.get()? != 0 {
            return Err(Status::NOT_SUPPORTED);
        }
        let texture = sampler.texture(&resource)?;
        create(result, resource, Some(sampler), texture)
    }
    fn cuTexObjectDestroy(handle: Handle) {
        destroy(handle, false)
    }
    fn cuTexObjectGetResourceDesc(result: Out<Resource>, handle: Handle) {
        result.set(get(handle, false)?.resource)
    }
    fn cuTexObjectGetTextureDesc(result: Out<Sampler>, handle: Handle) {
        result.set(get(handle, false)?.sampler.ok_or(Status::INVALID_HANDLE)?)
    }
    fn cuSurfObjectCreate(result: Out<Handle>, resource: In<Resource>) {
        let resource = resource.get()?;
        if resource.kind != ARRAY {
            return Err(Status::INVALID_VALUE);
        }
        let (levels, channel, channels) = resource.images()?;
        let texture = Texture {
            levels,
            channel,
            channels,
            modes: [AddressMode::Clamp; 3],
            linear: false,
            normalized: false,
            as_integer: true,
            srgb: false,
            border: [0.0; 4],
            mix_levels: false,
            level_bias: 0.0,
            level_range: [0.0; 2],
        };
        create(result, resource, None, texture)
    }
    fn cuSurfObjectDestroy(handle: Handle) {
        destroy(handle, true)
    }
    fn cuSurfObjectGetResourceDesc(result: Out<Resource>, handle: Handle) {
        result.set(get(handle, true)?.resource)
    }
}
