//! The sixteen lanes as two AVX2 registers.

use super::Vector;
use std::arch::x86_64::*;

#[derive(Clone, Copy)]
pub struct Avx2(__m256, __m256);

/// Runs intrinsics of the instruction set that this file stands for.
macro_rules! simd {
    ($expression:expr) => {
        // SAFETY: `kernel!` instantiates this vector only inside functions compiled for AVX2, FMA and BMI2, which it
        // calls only where the features were detected; pointers are valid by the method's own contract.
        unsafe { $expression }
    };
}

/// Applies one intrinsic to both halves.
macro_rules! both {
    ($f:ident, $($vector:expr),+) => {
        simd!(Avx2($f($($vector.0),+), $f($($vector.1),+)))
    };
}

/// All-ones lanes where the bits are set.
#[inline(always)]
fn expand(bits: u16) -> Avx2 {
    simd!({
        let places = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
        let half = |bits: u16| {
            let chosen = _mm256_and_si256(_mm256_set1_epi32(i32::from(bits)), places);
            _mm256_castsi256_ps(_mm256_cmpeq_epi32(chosen, places))
        };
        Avx2(half(bits & 0xFF), half(bits >> 8))
    })
}

#[inline(always)]
fn round_half(value: __m256) -> __m128i {
    simd!({
        let bits = _mm256_castps_si256(value);
        let odd = _mm256_and_si256(_mm256_srli_epi32::<16>(bits), _mm256_set1_epi32(1));
        let rounded = _mm256_add_epi32(bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF)));
        let nan = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_UNORD_Q>(value, value));
        let quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x40_0000));
        let shifted = _mm256_srli_epi32::<16>(_mm256_blendv_epi8(rounded, quiet, nan));
        _mm_packus_epi32(_mm256_castsi256_si128(shifted), _mm256_extracti128_si256::<1>(shifted))
    })
}

impl Vector for Avx2 {
    const WIDE: bool = false;
    type Pairs = (__m256i, __m256i);
    type Words = (__m256i, __m256i);

    #[inline(always)]
    fn splat(value: f32) -> Self {
        simd!(Avx2(_mm256_set1_ps(value), _mm256_set1_ps(value)))
    }
    #[inline(always)]
    unsafe fn load(pointer: *const f32) -> Self {
        simd!(Avx2(_mm256_loadu_ps(pointer), _mm256_loadu_ps(pointer.add(8))))
    }
    #[inline(always)]
    unsafe fn store(self, pointer: *mut f32) {
        simd!({
            _mm256_storeu_ps(pointer, self.0);
            _mm256_storeu_ps(pointer.add(8), self.1)
        })
    }
    #[inline(always)]
    unsafe fn load_bf16(pointer: *const u16) -> Self {
        simd!({
            let half = |pointer: *const u16| {
                let wide = _mm256_cvtepu16_epi32(_mm_loadu_si128(pointer.cast()));
                _mm256_castsi256_ps(_mm256_slli_epi32::<16>(wide))
            };
            Avx2(half(pointer), half(pointer.add(8)))
        })
    }
    #[inline(always)]
    unsafe fn store_bf16(self, pointer: *mut u16) {
        simd!({
            _mm_storeu_si128(pointer.cast(), round_half(self.0));
            _mm_storeu_si128(pointer.add(8).cast(), round_half(self.1))
        })
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        both!(_mm256_add_ps, self, other)
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        both!(_mm256_sub_ps, self, other)
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        both!(_mm256_mul_ps, self, other)
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        both!(_mm256_div_ps, self, other)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        both!(_mm256_max_ps, self, other)
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        both!(_mm256_min_ps, self, other)
    }
    #[inline(always)]
    fn mul_add(self, factor: Self, addend: Self) -> Self {
        both!(_mm256_fmadd_ps, self, factor, addend)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        let mask = Avx2::splat(-0.0);
        both!(_mm256_andnot_ps, mask, self)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        both!(_mm256_sqrt_ps, self)
    }
    #[inline(always)]
    fn round(self) -> Self {
        const NEAREST: i32 = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
        simd!(Avx2(
            _mm256_round_ps::<NEAREST>(self.0),
            _mm256_round_ps::<NEAREST>(self.1)
        ))
    }
    #[inline(always)]
    fn scale_by_power(self, exponent: Self) -> Self {
        // Two factors, so that results below the normal range come out right.
        simd!({
            let scale = |value: __m256, exponent: __m256| {
                let whole = _mm256_cvtps_epi32(exponent);
                let half = _mm256_srai_epi32::<1>(whole);
                let bias = _mm256_set1_epi32(127);
                let power = |n| _mm256_castsi256_ps(_mm256_slli_epi32::<23>(_mm256_add_epi32(n, bias)));
                _mm256_mul_ps(_mm256_mul_ps(value, power(half)), power(_mm256_sub_epi32(whole, half)))
            };
            Avx2(scale(self.0, exponent.0), scale(self.1, exponent.1))
        })
    }
    #[inline(always)]
    fn copy_sign(self, sign: Self) -> Self {
        let mask = Avx2::splat(-0.0);
        let (magnitude, sign) = (both!(_mm256_andnot_ps, mask, self), both!(_mm256_and_ps, mask, sign));
        both!(_mm256_or_ps, magnitude, sign)
    }
    #[inline(always)]
    fn select(self, bits: u16, other: Self) -> Self {
        let mask = expand(bits);
        both!(_mm256_blendv_ps, other, self, mask)
    }
    #[inline(always)]
    fn at_least(self, other: Self) -> u16 {
        simd!({
            let half = |a, b| _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_GE_OQ>(a, b)) as u16;
            half(self.0, other.0) | half(self.1, other.1) << 8
        })
    }
    #[inline(always)]
    fn pick(self, table: &[f32; 16]) -> Self {
        simd!({
            let half = |lanes: __m256| {
                let places = _mm256_and_si256(_mm256_castps_si256(lanes), _mm256_set1_epi32(15));
                _mm256_i32gather_ps::<4>(table.as_ptr(), places)
            };
            Avx2(half(self.0), half(self.1))
        })
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        simd!({
            let half = _mm256_add_ps(self.0, self.1);
            let quarter = _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps::<1>(half));
            let pair = _mm_add_ps(quarter, _mm_movehl_ps(quarter, quarter));
            _mm_cvtss_f32(_mm_add_ss(pair, _mm_movehdup_ps(pair)))
        })
    }
    #[inline(always)]
    fn largest(self) -> f32 {
        simd!({
            let half = _mm256_max_ps(self.0, self.1);
            let quarter = _mm_max_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps::<1>(half));
            let pair = _mm_max_ps(quarter, _mm_movehl_ps(quarter, quarter));
            _mm_cvtss_f32(_mm_max_ss(pair, _mm_movehdup_ps(pair)))
        })
    }

    #[inline(always)]
    unsafe fn load_pairs(pointer: *const u16) -> Self::Pairs {
        simd!((
            _mm256_loadu_si256(pointer.cast()),
            _mm256_loadu_si256(pointer.add(16).cast())
        ))
    }
    #[inline(always)]
    fn splat_pair(pair: u32) -> Self::Pairs {
        Self::splat_word(pair)
    }
    #[inline(always)]
    fn dot(self, a: Self::Pairs, b: Self::Pairs) -> Self {
        simd!({
            let mask = _mm256_set1_epi32(0xFFFF_0000_u32 as i32);
            let high = |x| _mm256_castsi256_ps(_mm256_and_si256(x, mask));
            let low = |x| _mm256_castsi256_ps(_mm256_slli_epi32::<16>(x));
            let half = |sum, a, b| _mm256_fmadd_ps(low(a), low(b), _mm256_fmadd_ps(high(a), high(b), sum));
            Avx2(half(self.0, a.0, b.0), half(self.1, a.1, b.1))
        })
    }

    #[inline(always)]
    unsafe fn interleave(first: *const u16, second: *const u16) -> Self::Pairs {
        simd!({
            let (a, b) = (_mm256_loadu_si256(first.cast()), _mm256_loadu_si256(second.cast()));
            let (low, high) = (_mm256_unpacklo_epi16(a, b), _mm256_unpackhi_epi16(a, b));
            (
                _mm256_permute2x128_si256::<0x20>(low, high),
                _mm256_permute2x128_si256::<0x31>(low, high),
            )
        })
    }
    #[inline(always)]
    unsafe fn store_pairs(pairs: Self::Pairs, pointer: *mut u16) {
        simd!({
            _mm256_storeu_si256(pointer.cast(), pairs.0);
            _mm256_storeu_si256(pointer.add(16).cast(), pairs.1)
        })
    }

    #[inline(always)]
    fn prefetch(pointer: *const u8) {
        simd!(_mm_prefetch::<_MM_HINT_T0>(pointer.cast()))
    }
    #[inline(always)]
    fn prefetch_far(pointer: *const u8) {
        simd!(_mm_prefetch::<_MM_HINT_T1>(pointer.cast()))
    }

    #[inline(always)]
    fn splat_word(value: u32) -> Self::Words {
        simd!((_mm256_set1_epi32(value as i32), _mm256_set1_epi32(value as i32)))
    }
    #[inline(always)]
    fn ascending_words(first: u32) -> Self::Words {
        simd!({
            let steps = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
            let half = |first: u32| _mm256_add_epi32(_mm256_set1_epi32(first as i32), steps);
            (half(first), half(first.wrapping_add(8)))
        })
    }
    #[inline(always)]
    unsafe fn load_bytes(pointer: *const i8) -> Self::Words {
        simd!((
            _mm256_cvtepi8_epi16(_mm_loadu_si128(pointer.cast())),
            _mm256_cvtepi8_epi16(_mm_loadu_si128(pointer.add(16).cast()))
        ))
    }
    #[inline(always)]
    fn dot_halves(sum: Self::Words, a: Self::Words, b: Self::Words) -> Self::Words {
        simd!({
            let half = |sum, a, b| _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
            (half(sum.0, a.0, b.0), half(sum.1, a.1, b.1))
        })
    }
    #[inline(always)]
    fn from_words(words: Self::Words) -> Self {
        simd!(Avx2(_mm256_cvtepi32_ps(words.0), _mm256_cvtepi32_ps(words.1)))
    }
    #[inline(always)]
    unsafe fn store_halves(self, pointer: *mut i16) {
        simd!({
            let packed = _mm256_packs_epi32(_mm256_cvtps_epi32(self.0), _mm256_cvtps_epi32(self.1));
            _mm256_storeu_si256(pointer.cast(), _mm256_permute4x64_epi64::<0xD8>(packed))
        })
    }
    #[inline(always)]
    fn xor(a: Self::Words, b: Self::Words) -> Self::Words {
        simd!((_mm256_xor_si256(a.0, b.0), _mm256_xor_si256(a.1, b.1)))
    }
    #[inline(always)]
    fn multiply_wide(a: Self::Words, factor: u32) -> (Self::Words, Self::Words) {
        simd!({
            let factor = _mm256_set1_epi32(factor as i32);
            let half = |a| {
                let even = _mm256_mul_epu32(a, factor);
                let odd = _mm256_mul_epu32(_mm256_srli_epi64::<32>(a), factor);
                let high = _mm256_blend_epi32::<0xAA>(_mm256_srli_epi64::<32>(even), odd);
                (high, _mm256_blend_epi32::<0xAA>(even, _mm256_slli_epi64::<32>(odd)))
            };
            let (first, second) = (half(a.0), half(a.1));
            ((first.0, second.0), (first.1, second.1))
        })
    }
    #[inline(always)]
    fn halves_at_least(a: Self::Words, threshold: u16) -> u32 {
        simd!({
            let threshold = _mm256_set1_epi16(threshold as i16);
            // max(a, t) = a exactly when a ≥ t, unsigned. A byte mask has each bit twice: keep the even ones.
            let half = |a| {
                let mask = _mm256_movemask_epi8(_mm256_cmpeq_epi16(_mm256_max_epu16(a, threshold), a)) as u32;
                _pext_u32(mask, 0x5555_5555)
            };
            half(a.0) | half(a.1) << 16
        })
    }
    #[inline(always)]
    fn bytes_at_least(a: Self::Words, threshold: u8) -> u64 {
        simd!({
            let threshold = _mm256_set1_epi8(threshold as i8);
            let half = |a| _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(a, threshold), a)) as u32;
            u64::from(half(a.0)) | u64::from(half(a.1)) << 32
        })
    }
    #[inline(always)]
    fn extract_bits(value: u64, mask: u64) -> u64 {
        simd!(_pext_u64(value, mask))
    }
    #[inline(always)]
    fn deposit_bits(value: u64, mask: u64) -> u64 {
        simd!(_pdep_u64(value, mask))
    }
}
