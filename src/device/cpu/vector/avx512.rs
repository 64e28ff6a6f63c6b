//! The sixteen lanes as one AVX-512 register.

use super::Vector;
use std::arch::x86_64::*;

/// `BF16`: whether the machine multiplies pairs of bfloat16, and of halves of words, itself (AVX512_BF16, AVX512_VNNI).
#[derive(Clone, Copy)]
pub struct Avx512<const BF16: bool>(__m512);

/// Runs intrinsics of the instruction set that this file stands for.
macro_rules! simd {
    ($expression:expr) => {
        // SAFETY: `kernel!` instantiates this vector only inside functions compiled for AVX-512, which it calls only
        // where the features were detected; pointers are valid by the method's own contract.
        unsafe { $expression }
    };
}

impl<const BF16: bool> Vector for Avx512<BF16> {
    const WIDE: bool = true;
    type Pairs = __m512i;
    type Words = __m512i;

    #[inline(always)]
    fn splat(value: f32) -> Self {
        Avx512(simd!(_mm512_set1_ps(value)))
    }
    #[inline(always)]
    unsafe fn load(pointer: *const f32) -> Self {
        Avx512(simd!(_mm512_loadu_ps(pointer)))
    }
    #[inline(always)]
    unsafe fn store(self, pointer: *mut f32) {
        simd!(_mm512_storeu_ps(pointer, self.0))
    }
    #[inline(always)]
    unsafe fn load_bf16(pointer: *const u16) -> Self {
        Avx512(simd!(_mm512_castsi512_ps(_mm512_slli_epi32::<16>(
            _mm512_cvtepu16_epi32(_mm256_loadu_si256(pointer.cast()))
        ))))
    }
    #[inline(always)]
    unsafe fn store_bf16(self, pointer: *mut u16) {
        simd!({
            let packed = if BF16 {
                std::mem::transmute::<__m256bh, __m256i>(_mm512_cvtneps_pbh(self.0))
            } else {
                let bits = _mm512_castps_si512(self.0);
                let odd = _mm512_and_si512(_mm512_srli_epi32::<16>(bits), _mm512_set1_epi32(1));
                let rounded = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
                let nan = _mm512_cmp_ps_mask::<_CMP_UNORD_Q>(self.0, self.0);
                let quiet = _mm512_or_si512(bits, _mm512_set1_epi32(0x40_0000));
                _mm512_cvtepi32_epi16(_mm512_srli_epi32::<16>(_mm512_mask_mov_epi32(rounded, nan, quiet)))
            };
            _mm256_storeu_si256(pointer.cast(), packed)
        })
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Avx512(simd!(_mm512_add_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Avx512(simd!(_mm512_sub_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Avx512(simd!(_mm512_mul_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Avx512(simd!(_mm512_div_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Avx512(simd!(_mm512_max_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Avx512(simd!(_mm512_min_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn mul_add(self, factor: Self, addend: Self) -> Self {
        Avx512(simd!(_mm512_fmadd_ps(self.0, factor.0, addend.0)))
    }
    #[inline(always)]
    fn abs(self) -> Self {
        Avx512(simd!(_mm512_abs_ps(self.0)))
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Avx512(simd!(_mm512_sqrt_ps(self.0)))
    }
    #[inline(always)]
    fn round(self) -> Self {
        Avx512(simd!(_mm512_roundscale_ps::<
            { _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC },
        >(self.0)))
    }
    #[inline(always)]
    fn scale_by_power(self, exponent: Self) -> Self {
        Avx512(simd!(_mm512_scalef_ps(self.0, exponent.0)))
    }
    #[inline(always)]
    fn copy_sign(self, sign: Self) -> Self {
        let mask = simd!(_mm512_set1_ps(-0.0));
        Avx512(simd!(_mm512_or_ps(
            _mm512_andnot_ps(mask, self.0),
            _mm512_and_ps(mask, sign.0)
        )))
    }
    #[inline(always)]
    fn select(self, bits: u16, other: Self) -> Self {
        Avx512(simd!(_mm512_mask_mov_ps(other.0, bits, self.0)))
    }
    #[inline(always)]
    fn at_least(self, other: Self) -> u16 {
        simd!(_mm512_cmp_ps_mask::<_CMP_GE_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn pick(self, table: &[f32; 16]) -> Self {
        Avx512(simd!(_mm512_permutexvar_ps(
            _mm512_castps_si512(self.0),
            _mm512_loadu_ps(table.as_ptr())
        )))
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        simd!({
            let half = _mm256_add_ps(_mm512_castps512_ps256(self.0), _mm512_extractf32x8_ps::<1>(self.0));
            let quarter = _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps::<1>(half));
            let pair = _mm_add_ps(quarter, _mm_movehl_ps(quarter, quarter));
            _mm_cvtss_f32(_mm_add_ss(pair, _mm_movehdup_ps(pair)))
        })
    }
    #[inline(always)]
    fn largest(self) -> f32 {
        simd!(_mm512_reduce_max_ps(self.0))
    }

    #[inline(always)]
    unsafe fn load_pairs(pointer: *const u16) -> __m512i {
        simd!(_mm512_loadu_si512(pointer.cast()))
    }
    #[inline(always)]
    fn splat_pair(pair: u32) -> __m512i {
        simd!(_mm512_set1_epi32(pair as i32))
    }
    #[inline(always)]
    fn dot(self, a: __m512i, b: __m512i) -> Self {
        Avx512(simd!(if BF16 {
            _mm512_dpbf16_ps(
                self.0,
                std::mem::transmute::<__m512i, __m512bh>(a),
                std::mem::transmute::<__m512i, __m512bh>(b),
            )
        } else {
            let mask = _mm512_set1_epi32(0xFFFF_0000_u32 as i32);
            let high = |x| _mm512_castsi512_ps(_mm512_and_si512(x, mask));
            let low = |x| _mm512_castsi512_ps(_mm512_slli_epi32::<16>(x));
            _mm512_fmadd_ps(low(a), low(b), _mm512_fmadd_ps(high(a), high(b), self.0))
        }))
    }

    #[inline(always)]
    unsafe fn interleave(first: *const u16, second: *const u16) -> __m512i {
        simd!({
            let first = _mm512_cvtepu16_epi32(_mm256_loadu_si256(first.cast()));
            let second = _mm512_cvtepu16_epi32(_mm256_loadu_si256(second.cast()));
            _mm512_or_si512(first, _mm512_slli_epi32::<16>(second))
        })
    }
    #[inline(always)]
    unsafe fn store_pairs(pairs: __m512i, pointer: *mut u16) {
        simd!(_mm512_storeu_si512(pointer.cast(), pairs))
    }
    #[inline(always)]
    unsafe fn interleave_rows(first: *const u16, second: *const u16, target: *mut u16) {
        /// Places of the first sixteen pairs in both rows, one behind the other.
        const PLACES: [u16; 32] = {
            let mut places = [0; 32];
            let mut i = 0;
            while i < 16 {
                (places[2 * i], places[2 * i + 1]) = (i as u16, i as u16 + 32);
                i += 1;
            }
            places
        };
        simd!({
            let low = _mm512_loadu_si512(PLACES.as_ptr().cast());
            let high = _mm512_add_epi16(low, _mm512_set1_epi16(16));
            let (first, second) = (_mm512_loadu_si512(first.cast()), _mm512_loadu_si512(second.cast()));
            _mm512_storeu_si512(target.cast(), _mm512_permutex2var_epi16(first, low, second));
            _mm512_storeu_si512(target.add(32).cast(), _mm512_permutex2var_epi16(first, high, second));
        })
    }
    #[inline(always)]
    unsafe fn transpose(
        source: *const u32,
        source_stride: usize,
        count: usize,
        target: *mut u32,
        target_stride: usize,
    ) {
        // Within 128-bit quarters first by words, then by pairs; then quarters across registers, twice.
        simd!({
            let mut rows = [_mm512_setzero_si512(); 16];
            if count >= 16 {
                for (i, row) in rows.iter_mut().enumerate() {
                    *row = _mm512_loadu_si512(source.add(i * source_stride).cast());
                }
            } else {
                for (i, row) in rows.iter_mut().enumerate().take(count) {
                    *row = _mm512_loadu_si512(source.add(i * source_stride).cast());
                }
            }
            let mut words = rows;
            for i in 0..8 {
                words[2 * i] = _mm512_unpacklo_epi32(rows[2 * i], rows[2 * i + 1]);
                words[2 * i + 1] = _mm512_unpackhi_epi32(rows[2 * i], rows[2 * i + 1]);
            }
            for i in [0, 4, 8, 12] {
                rows[i] = _mm512_unpacklo_epi64(words[i], words[i + 2]);
                rows[i + 1] = _mm512_unpackhi_epi64(words[i], words[i + 2]);
                rows[i + 2] = _mm512_unpacklo_epi64(words[i + 1], words[i + 3]);
                rows[i + 3] = _mm512_unpackhi_epi64(words[i + 1], words[i + 3]);
            }
            for j in 0..4 {
                let even = _mm512_shuffle_i32x4::<0x88>(rows[j], rows[4 + j]);
                let odd = _mm512_shuffle_i32x4::<0xDD>(rows[j], rows[4 + j]);
                let later_even = _mm512_shuffle_i32x4::<0x88>(rows[8 + j], rows[12 + j]);
                let later_odd = _mm512_shuffle_i32x4::<0xDD>(rows[8 + j], rows[12 + j]);
                let target = target.add(j * target_stride);
                _mm512_storeu_si512(target.cast(), _mm512_shuffle_i32x4::<0x88>(even, later_even));
                let place = target.add(4 * target_stride);
                _mm512_storeu_si512(place.cast(), _mm512_shuffle_i32x4::<0x88>(odd, later_odd));
                let place = target.add(8 * target_stride);
                _mm512_storeu_si512(place.cast(), _mm512_shuffle_i32x4::<0xDD>(even, later_even));
                let place = target.add(12 * target_stride);
                _mm512_storeu_si512(place.cast(), _mm512_shuffle_i32x4::<0xDD>(odd, later_odd));
            }
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
    unsafe fn stream(self, pointer: *mut f32) {
        simd!(_mm512_stream_ps(pointer, self.0))
    }
    #[inline(always)]
    fn settle() {
        simd!(_mm_sfence())
    }

    #[inline(always)]
    fn splat_word(value: u32) -> __m512i {
        simd!(_mm512_set1_epi32(value as i32))
    }
    #[inline(always)]
    fn ascending_words(first: u32) -> __m512i {
        simd!(_mm512_add_epi32(
            _mm512_set1_epi32(first as i32),
            _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        ))
    }
    #[inline(always)]
    unsafe fn load_bytes(pointer: *const i8) -> __m512i {
        simd!(_mm512_cvtepi8_epi16(_mm256_loadu_si256(pointer.cast())))
    }
    #[inline(always)]
    fn dot_halves(sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
        simd!(if BF16 {
            _mm512_dpwssd_epi32(sum, a, b)
        } else {
            _mm512_add_epi32(sum, _mm512_madd_epi16(a, b))
        })
    }
    #[inline(always)]
    fn from_words(words: __m512i) -> Self {
        Avx512(simd!(_mm512_cvtepi32_ps(words)))
    }
    #[inline(always)]
    unsafe fn store_halves(self, pointer: *mut i16) {
        simd!(_mm256_storeu_si256(
            pointer.cast(),
            _mm512_cvtepi32_epi16(_mm512_cvtps_epi32(self.0))
        ))
    }
    #[inline(always)]
    fn xor(a: __m512i, b: __m512i) -> __m512i {
        simd!(_mm512_xor_si512(a, b))
    }
    #[inline(always)]
    fn multiply_wide(a: __m512i, factor: u32) -> (__m512i, __m512i) {
        simd!({
            let factor = _mm512_set1_epi32(factor as i32);
            let even = _mm512_mul_epu32(a, factor);
            let odd = _mm512_mul_epu32(_mm512_srli_epi64::<32>(a), factor);
            let high = _mm512_mask_mov_epi32(_mm512_srli_epi64::<32>(even), 0xAAAA, odd);
            (high, _mm512_mask_mov_epi32(even, 0xAAAA, _mm512_slli_epi64::<32>(odd)))
        })
    }
    #[inline(always)]
    fn halves_at_least(a: __m512i, threshold: u16) -> u32 {
        simd!(_mm512_cmpge_epu16_mask(a, _mm512_set1_epi16(threshold as i16)))
    }
    #[inline(always)]
    fn bytes_at_least(a: __m512i, threshold: u8) -> u64 {
        simd!(_mm512_cmpge_epu8_mask(a, _mm512_set1_epi8(threshold as i8)))
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
