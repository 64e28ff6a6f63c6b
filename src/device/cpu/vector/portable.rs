//! The sixteen lanes as an array, for machines without AVX2; the compiler vectorises what it can.

use super::{LANES, Vector, round_bf16};

#[derive(Clone, Copy)]
pub struct Portable([f32; LANES]);

impl Portable {
    #[inline(always)]
    fn map(self, f: impl Fn(f32) -> f32) -> Self {
        Portable(self.0.map(f))
    }

    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Portable(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }
}

impl Vector for Portable {
    const WIDE: bool = false;
    type Pairs = [u32; LANES];
    type Words = [u32; LANES];

    #[inline(always)]
    fn splat(value: f32) -> Self {
        Portable([value; LANES])
    }
    #[inline(always)]
    unsafe fn load(pointer: *const f32) -> Self {
        // SAFETY: valid for 16 values, says the caller.
        Portable(unsafe { pointer.cast::<[f32; LANES]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn store(self, pointer: *mut f32) {
        // SAFETY: valid for 16 values, says the caller.
        unsafe { pointer.cast::<[f32; LANES]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn load_bf16(pointer: *const u16) -> Self {
        // SAFETY: valid for 16 values, says the caller.
        let raw = unsafe { pointer.cast::<[u16; LANES]>().read_unaligned() };
        Portable(raw.map(|bits| f32::from_bits(u32::from(bits) << 16)))
    }
    #[inline(always)]
    unsafe fn store_bf16(self, pointer: *mut u16) {
        // SAFETY: valid for 16 values, says the caller.
        unsafe { pointer.cast::<[u16; LANES]>().write_unaligned(self.0.map(round_bf16)) }
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.zip(other, |a, b| a / b)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.zip(other, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn mul_add(self, factor: Self, addend: Self) -> Self {
        self.mul(factor).add(addend)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        self.map(f32::abs)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.map(f32::sqrt)
    }
    #[inline(always)]
    fn round(self) -> Self {
        self.map(f32::round_ties_even)
    }
    #[inline(always)]
    fn scale_by_power(self, exponent: Self) -> Self {
        // Two factors, so that results below the normal range come out right.
        self.zip(exponent, |value, exponent| {
            let half = (exponent * 0.5).floor();
            let power = |n: f32| f32::from_bits(((n as i32 + 127) as u32) << 23);
            value * power(half) * power(exponent - half)
        })
    }
    #[inline(always)]
    fn copy_sign(self, sign: Self) -> Self {
        self.zip(sign, f32::copysign)
    }
    #[inline(always)]
    fn select(self, bits: u16, other: Self) -> Self {
        Portable(std::array::from_fn(|i| {
            if bits >> i & 1 == 1 { self.0[i] } else { other.0[i] }
        }))
    }
    #[inline(always)]
    fn at_least(self, other: Self) -> u16 {
        (0..LANES).fold(0, |bits, i| bits | u16::from(self.0[i] >= other.0[i]) << i)
    }
    #[inline(always)]
    fn pick(self, table: &[f32; 16]) -> Self {
        self.map(|lane| table[lane.to_bits() as usize % LANES])
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        // The order in which the vector instruction sets fold their halves.
        let mut lanes = self.0;
        for width in [8, 4, 2, 1] {
            for i in 0..width {
                lanes[i] += lanes[i + width];
            }
        }
        lanes[0]
    }
    #[inline(always)]
    fn largest(self) -> f32 {
        self.0
            .into_iter()
            .fold(f32::NEG_INFINITY, |a, b| if b > a { b } else { a })
    }

    #[inline(always)]
    unsafe fn load_pairs(pointer: *const u16) -> Self::Pairs {
        // SAFETY: valid for 32 values, says the caller.
        unsafe { pointer.cast::<[u32; LANES]>().read_unaligned() }
    }
    #[inline(always)]
    fn splat_pair(pair: u32) -> Self::Pairs {
        [pair; LANES]
    }
    #[inline(always)]
    fn dot(self, a: Self::Pairs, b: Self::Pairs) -> Self {
        let (low, high) = (
            |word: u32| f32::from_bits(word << 16),
            |word: u32| f32::from_bits(word & 0xFFFF_0000),
        );
        Portable(std::array::from_fn(|i| {
            self.0[i] + high(a[i]) * high(b[i]) + low(a[i]) * low(b[i])
        }))
    }

    #[inline(always)]
    unsafe fn interleave(first: *const u16, second: *const u16) -> Self::Pairs {
        // SAFETY: valid for 16 values each, says the caller.
        let (first, second) = unsafe {
            (
                first.cast::<[u16; LANES]>().read_unaligned(),
                second.cast::<[u16; LANES]>().read_unaligned(),
            )
        };
        std::array::from_fn(|i| u32::from(first[i]) | u32::from(second[i]) << 16)
    }
    #[inline(always)]
    unsafe fn store_pairs(pairs: Self::Pairs, pointer: *mut u16) {
        // SAFETY: valid for 32 values, says the caller.
        unsafe { pointer.cast::<[u32; LANES]>().write_unaligned(pairs) }
    }

    #[inline(always)]
    fn splat_word(value: u32) -> Self::Words {
        [value; LANES]
    }
    #[inline(always)]
    fn ascending_words(first: u32) -> Self::Words {
        std::array::from_fn(|i| first.wrapping_add(i as u32))
    }
    #[inline(always)]
    unsafe fn load_bytes(pointer: *const i8) -> Self::Words {
        // SAFETY: valid for 32 values, says the caller.
        let bytes = unsafe { pointer.cast::<[i8; 2 * LANES]>().read_unaligned() };
        let half = |byte: i8| u32::from(i16::from(byte) as u16);
        std::array::from_fn(|i| half(bytes[2 * i]) | half(bytes[2 * i + 1]) << 16)
    }
    #[inline(always)]
    fn dot_halves(sum: Self::Words, a: Self::Words, b: Self::Words) -> Self::Words {
        let low = |word: u32| i32::from(word as i16);
        let high = |word: u32| i32::from((word >> 16) as i16);
        std::array::from_fn(|i| {
            let products = low(a[i]) * low(b[i]) + high(a[i]) * high(b[i]);
            sum[i].wrapping_add(products as u32)
        })
    }
    #[inline(always)]
    fn from_words(words: Self::Words) -> Self {
        Portable(words.map(|word| word as i32 as f32))
    }
    #[inline(always)]
    unsafe fn store_halves(self, pointer: *mut i16) {
        let halves = self.0.map(|value| value.round_ties_even() as i16);
        // SAFETY: valid for 16 values, says the caller.
        unsafe { pointer.cast::<[i16; LANES]>().write_unaligned(halves) }
    }
    #[inline(always)]
    fn xor(a: Self::Words, b: Self::Words) -> Self::Words {
        std::array::from_fn(|i| a[i] ^ b[i])
    }
    #[inline(always)]
    fn multiply_wide(a: Self::Words, factor: u32) -> (Self::Words, Self::Words) {
        let product = a.map(|word| u64::from(word) * u64::from(factor));
        (product.map(|wide| (wide >> 32) as u32), product.map(|wide| wide as u32))
    }
    #[inline(always)]
    fn halves_at_least(a: Self::Words, threshold: u16) -> u32 {
        (0..32).fold(0, |bits, i| {
            bits | u32::from((a[i / 2] >> (16 * (i % 2))) as u16 >= threshold) << i
        })
    }
    #[inline(always)]
    fn bytes_at_least(a: Self::Words, threshold: u8) -> u64 {
        (0..64).fold(0, |bits, i| {
            bits | u64::from((a[i / 4] >> (8 * (i % 4))) as u8 >= threshold) << i
        })
    }
    #[inline(always)]
    fn extract_bits(value: u64, mut mask: u64) -> u64 {
        let (mut result, mut place) = (0, 0);
        while mask != 0 {
            result |= (value >> mask.trailing_zeros() & 1) << place;
            place += 1;
            mask &= mask - 1;
        }
        result
    }
    #[inline(always)]
    fn deposit_bits(value: u64, mut mask: u64) -> u64 {
        let (mut result, mut place) = (0, 0);
        while mask != 0 {
            result |= (value >> place & 1) << mask.trailing_zeros();
            place += 1;
            mask &= mask - 1;
        }
        result
    }
}
