//! Sixteen `f32` lanes, whatever the machine has: one AVX-512 register, two of AVX2, or an array.
//!
//! Kernels are written once over [`Vector`] with the [`kernel!`](super::kernel) macro, which compiles them for each
//! instruction set and picks at run time.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

#[cfg(target_arch = "x86_64")]
pub use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub use avx512::Avx512;
pub use portable::Portable;

/// Lanes of a [`Vector`].
pub const LANES: usize = 16;

/// An instruction set that this machine has; made only by [`Isa::detect`] or out of a smaller one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Isa(Level);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 F, BW, DQ, VL.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// The same with AVX512_BF16 and AVX512_VNNI, which all processors have that have the former.
    #[cfg(target_arch = "x86_64")]
    Avx512Bf16,
}

impl Isa {
    /// The best that this machine offers.
    pub fn detect() -> Isa {
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 =
                is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("bmi2");
            let avx512 = avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl");
            let products = is_x86_feature_detected!("avx512bf16") && is_x86_feature_detected!("avx512vnni");
            if avx512 && products {
                return Isa(Level::Avx512Bf16);
            } else if avx512 {
                return Isa(Level::Avx512);
            } else if avx2 {
                return Isa(Level::Avx2);
            }
        }
        Isa(Level::Portable)
    }

    /// This one and all below it, best first.
    pub fn available() -> Vec<Isa> {
        #[cfg(target_arch = "x86_64")]
        let all = vec![Level::Avx512Bf16, Level::Avx512, Level::Avx2, Level::Portable];
        #[cfg(not(target_arch = "x86_64"))]
        let all = vec![Level::Portable];
        let best = Isa::detect();
        all.into_iter().map(Isa).filter(|isa| *isa <= best).collect()
    }

    /// Whether the processor multiplies bf16 itself; elsewhere the products are emulated.
    pub fn multiplies_bf16(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return self.0 == Level::Avx512Bf16;
        #[cfg(not(target_arch = "x86_64"))]
        false
    }

    pub(super) fn level(self) -> Level {
        self.0
    }

    pub fn name(self) -> &'static str {
        match self.0 {
            Level::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => "avx512",
            #[cfg(target_arch = "x86_64")]
            Level::Avx512Bf16 => "avx512+bf16",
        }
    }
}

/// Sixteen `f32` lanes.
///
/// Methods that touch memory take raw pointers and are unsafe in the usual way: the pointer must be valid for what is
/// read or written; no alignment is needed. Everything else is lane-wise arithmetic.
pub trait Vector: Copy {
    /// Whether there are 32 vector registers of full width: decides the shape of the matrix tile.
    const WIDE: bool;

    /// Sixteen pairs of bfloat16.
    type Pairs: Copy;
    /// Sixteen `u32`.
    type Words: Copy;

    fn splat(value: f32) -> Self;
    /// # Safety
    /// `pointer` is valid for reading 16 values.
    unsafe fn load(pointer: *const f32) -> Self;
    /// # Safety
    /// `pointer` is valid for writing 16 values.
    unsafe fn store(self, pointer: *mut f32);
    /// Reads 16 bfloat16.
    /// # Safety
    /// `pointer` is valid for reading 16 values.
    unsafe fn load_bf16(pointer: *const u16) -> Self;
    /// Rounds to nearest even.
    /// # Safety
    /// `pointer` is valid for writing 16 values.
    unsafe fn store_bf16(self, pointer: *mut u16);

    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    fn max(self, other: Self) -> Self;
    fn min(self, other: Self) -> Self;
    /// `self × factor + addend`; fused where the machine can.
    fn mul_add(self, factor: Self, addend: Self) -> Self;
    fn abs(self) -> Self;
    fn sqrt(self) -> Self;
    /// To the nearest integer.
    fn round(self) -> Self;
    /// `self × 2^exponent`, `exponent` a whole number between −150 and 127.
    fn scale_by_power(self, exponent: Self) -> Self;
    /// The magnitude of `self` with the sign of `sign`.
    fn copy_sign(self, sign: Self) -> Self;
    /// Lanes whose bit is set keep their value, the others become `other`'s.
    fn select(self, bits: u16, other: Self) -> Self;
    /// Bit i: `self[i] ≥ other[i]`.
    fn at_least(self, other: Self) -> u16;
    /// The entries that the low four bits of each lane's representation number.
    fn pick(self, table: &[f32; LANES]) -> Self;
    fn sum(self) -> f32;
    fn largest(self) -> f32;

    /// Reads 16 pairs.
    /// # Safety
    /// `pointer` is valid for reading 32 bfloat16.
    unsafe fn load_pairs(pointer: *const u16) -> Self::Pairs;
    fn splat_pair(pair: u32) -> Self::Pairs;
    /// `self + a.low × b.low + a.high × b.high`.
    fn dot(self, a: Self::Pairs, b: Self::Pairs) -> Self;

    /// Sixteen pairs, the first halves from one place and the second halves from another.
    /// # Safety
    /// Both pointers are valid for reading 16 bfloat16.
    unsafe fn interleave(first: *const u16, second: *const u16) -> Self::Pairs;
    /// # Safety
    /// `pointer` is valid for writing 32 bfloat16.
    unsafe fn store_pairs(pairs: Self::Pairs, pointer: *mut u16);
    /// Writes thirty-two pairs, as [`Vector::interleave`] makes them.
    /// # Safety
    /// Both rows are valid for reading 32 bfloat16, the target for writing 64.
    #[inline(always)]
    unsafe fn interleave_rows(first: *const u16, second: *const u16, target: *mut u16) {
        for i in [0, LANES] {
            // SAFETY: the caller's promise.
            unsafe { Self::store_pairs(Self::interleave(first.add(i), second.add(i)), target.add(2 * i)) }
        }
    }
    /// Transposes 16 × 16 words of four bytes, of which rows of the source from `count` on are taken for zeros; strides in
    /// words.
    /// # Safety
    /// The source is valid for `count` rows of 16 words at its stride, the target for 16; no alignment is needed.
    #[inline(always)]
    unsafe fn transpose(
        source: *const u32,
        source_stride: usize,
        count: usize,
        target: *mut u32,
        target_stride: usize,
    ) {
        for row in 0..LANES {
            for column in 0..LANES {
                // SAFETY: within the rows of 16 words.
                unsafe {
                    let word = if column < count {
                        source.add(column * source_stride + row).read_unaligned()
                    } else {
                        0
                    };
                    target.add(row * target_stride + column).write_unaligned(word);
                }
            }
        }
    }

    /// Asks for the cache line of an address that may be read soon; it need not be valid.
    #[inline(always)]
    fn prefetch(_pointer: *const u8) {}
    /// The same into the second-level cache alone: for what is read after the first level has been used for other things.
    #[inline(always)]
    fn prefetch_far(_pointer: *const u8) {}

    /// Stores past the caches where the machine can: [`Vector::settle`] follows before others may read.
    /// # Safety
    /// As [`Vector::store`], aligned to 64 bytes.
    #[inline(always)]
    unsafe fn stream(self, pointer: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe { self.store(pointer) }
    }
    /// Orders what was streamed before all stores that follow.
    #[inline(always)]
    fn settle() {}

    fn splat_word(value: u32) -> Self::Words;
    /// `first, first + 1, …`
    fn ascending_words(first: u32) -> Self::Words;
    /// Reads 32 signed bytes, and makes them halves of words.
    /// # Safety
    /// `pointer` is valid for reading 32 values.
    unsafe fn load_bytes(pointer: *const i8) -> Self::Words;
    /// `sum + a.low × b.low + a.high × b.high`, signed.
    fn dot_halves(sum: Self::Words, a: Self::Words, b: Self::Words) -> Self::Words;
    /// Of signed words.
    fn from_words(words: Self::Words) -> Self;
    /// To the nearest integers, which must be small enough.
    /// # Safety
    /// `pointer` is valid for writing 16 values.
    unsafe fn store_halves(self, pointer: *mut i16);
    fn xor(a: Self::Words, b: Self::Words) -> Self::Words;
    /// High and low halves of the 64-bit products.
    fn multiply_wide(a: Self::Words, factor: u32) -> (Self::Words, Self::Words);
    /// Bit `2i + h`: 16-bit half `h` of word `i` is at least `threshold`.
    fn halves_at_least(a: Self::Words, threshold: u16) -> u32;
    /// Bit `4i + b`: byte `b` of word `i` is at least `threshold`.
    fn bytes_at_least(a: Self::Words, threshold: u8) -> u64;
    /// Gathers the bits of `value` that `mask` selects into the low bits.
    fn extract_bits(value: u64, mask: u64) -> u64;
    /// Spreads the low bits of `value` to the places that `mask` selects.
    fn deposit_bits(value: u64, mask: u64) -> u64;
}

/// Rounds to bfloat16, ties to even; NaN stays NaN.
#[inline(always)]
pub fn round_bf16(value: f32) -> u16 {
    let bits = value.to_bits();
    if value.is_nan() {
        return ((bits >> 16) | 0x40) as u16;
    }
    ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16) as u16
}

/// Defines a kernel over `V: Vector`, compiled for every instruction set; call it with an [`Isa`] in front.
///
/// `kernel! { pub fn scale<V>(x: &mut [f32], by: f32) { … V::splat(by) … } }` is called `scale(isa, x, by)`.
#[macro_export]
macro_rules! kernel {
    ($(#[$meta:meta])* $visibility:vis fn $name:ident<$vector:ident $(, $generic:ident: $bound:path)* $(; const $number:ident: $number_type:ty)?>(
        $($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)? $body:block) => {
        $(#[$meta])*
        #[allow(clippy::too_many_arguments)]
        $visibility fn $name<$($generic: $bound,)* $(const $number: $number_type)?>(
            isa: $crate::device::cpu::vector::Isa, $($argument: $type),*) $(-> $result)? {
            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn body<$vector: $crate::device::cpu::vector::Vector, $($generic: $bound,)* $(const $number: $number_type)?>(
                $($argument: $type),*) $(-> $result)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx512vnni,avx2,fma,bmi2")]
            #[allow(clippy::too_many_arguments)]
            fn avx512_bf16<$($generic: $bound,)* $(const $number: $number_type)?>($($argument: $type),*) $(-> $result)? {
                body::<$crate::device::cpu::vector::Avx512<true>, $($generic,)* $($number)?>($($argument),*)
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi2")]
            #[allow(clippy::too_many_arguments)]
            fn avx512<$($generic: $bound,)* $(const $number: $number_type)?>($($argument: $type),*) $(-> $result)? {
                body::<$crate::device::cpu::vector::Avx512<false>, $($generic,)* $($number)?>($($argument),*)
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,bmi2")]
            #[allow(clippy::too_many_arguments)]
            fn avx2<$($generic: $bound,)* $(const $number: $number_type)?>($($argument: $type),*) $(-> $result)? {
                body::<$crate::device::cpu::vector::Avx2, $($generic,)* $($number)?>($($argument),*)
            }
            use $crate::device::cpu::vector::Level;
            match isa.level() {
                // SAFETY: an `Isa` above portable exists only where its features were detected.
                #[cfg(target_arch = "x86_64")]
                Level::Avx512Bf16 => unsafe { avx512_bf16::<$($generic,)* $($number)?>($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => unsafe { avx512::<$($generic,)* $($number)?>($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => unsafe { avx2::<$($generic,)* $($number)?>($($argument),*) },
                Level::Portable => {
                    body::<$crate::device::cpu::vector::Portable, $($generic,)* $($number)?>($($argument),*)
                }
            }
        }
    };
}
