//! Python's hashes under `PYTHONHASHSEED=0`: they decide the order of sets, which traces show.

use num_bigint::{BigInt, BigUint, Sign};

/// Numbers hash modulo this Mersenne prime, `2^61 - 1` (`sys.hash_info.modulus`).
pub const MODULUS: u64 = (1 << 61) - 1;
/// `hash(float("inf"))`.
pub const INFINITY: i64 = 314_159;
/// What the imaginary part's hash is multiplied by (`sys.hash_info.imag`).
const IMAGINARY: u64 = 1_000_003;

/// -1 signals an error inside CPython, so no object hashes to it.
fn not_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

fn signed(negative: bool, magnitude: u64) -> i64 {
    let hash = magnitude as i64;
    not_minus_one(if negative { -hash } else { hash })
}

pub fn hash_i64(value: i64) -> i64 {
    signed(value < 0, value.unsigned_abs() % MODULUS)
}

pub fn hash_big(value: &BigInt) -> i64 {
    signed(value.sign() == Sign::Minus, reduce(value.magnitude()))
}

/// A magnitude modulo `2^61 - 1`.
fn reduce(magnitude: &BigUint) -> u64 {
    // 2^64 ≡ 2^3, so the limbs fold from the top by multiplying with 8.
    let limbs = magnitude.iter_u64_digits().rev();
    let folded = limbs.fold(0u128, |sum, limb| (sum * 8 + u128::from(limb)) % u128::from(MODULUS));
    folded as u64
}

fn multiply(left: u64, right: u64) -> u64 {
    (u128::from(left) * u128::from(right) % u128::from(MODULUS)) as u64
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

/// Hash of a float; `None` for NaN, which hashes by identity.
pub fn hash_f64(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    if value.is_infinite() {
        return Some(if value > 0.0 { INFINITY } else { -INFINITY });
    }
    let (mantissa, exponent) = super::float_parse::decompose(value);
    let magnitude = mantissa.unsigned_abs() % MODULUS;
    // Multiplying by 2^e rotates a 61-bit number, as 2^61 ≡ 1.
    let rotation = exponent.rem_euclid(61) as u32;
    let rotated = if rotation == 0 {
        magnitude
    } else {
        (magnitude << rotation) & MODULUS | magnitude >> (61 - rotation)
    };
    Some(signed(value.is_sign_negative(), rotated))
}

/// Hash of a complex number; `None` where a part is NaN.
pub fn hash_complex(real: f64, imaginary: f64) -> Option<i64> {
    let (real, imaginary) = (hash_f64(real)? as u64, hash_f64(imaginary)? as u64);
    Some(not_minus_one(
        real.wrapping_add(imaginary.wrapping_mul(IMAGINARY)) as i64
    ))
}

/// Hash of a fraction in lowest terms with a positive denominator.
pub fn hash_fraction(numerator: &BigInt, denominator: &BigInt) -> i64 {
    let inverse = power(reduce(denominator.magnitude()), MODULUS - 2);
    // A denominator that is a multiple of the modulus has no inverse: the hash is that of infinity.
    let magnitude = if inverse == 0 {
        INFINITY as u64
    } else {
        multiply(reduce(numerator.magnitude()), inverse)
    };
    signed(numerator.sign() == Sign::Minus, magnitude)
}

/// Hash of the decimal `±coefficient × 10^exponent`.
pub fn hash_decimal(negative: bool, coefficient: &BigUint, exponent: i64) -> i64 {
    let scale = if exponent >= 0 {
        power(10, exponent as u64)
    } else {
        power(power(10, MODULUS - 2), exponent.unsigned_abs())
    };
    signed(negative, multiply(reduce(coefficient), scale))
}

/// SipHash-1-3 with the zero key that `PYTHONHASHSEED=0` stands for.
pub fn siphash13(bytes: &[u8]) -> u64 {
    let mut v = [
        0x736f_6d65_7073_6575u64,
        0x646f_7261_6e64_6f6d,
        0x6c79_6765_6e65_7261,
        0x7465_6462_7974_6573,
    ];
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
        v[3] ^= word;
        sip_round(&mut v);
        v[0] ^= word;
    }
    let mut last = (bytes.len() as u64) << 56;
    for (index, &byte) in chunks.remainder().iter().enumerate() {
        last |= u64::from(byte) << (8 * index);
    }
    v[3] ^= last;
    sip_round(&mut v);
    v[0] ^= last;
    v[2] ^= 0xff;
    sip_round(&mut v);
    sip_round(&mut v);
    sip_round(&mut v);
    (v[0] ^ v[1]) ^ (v[2] ^ v[3])
}

#[inline(always)]
fn sip_round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[2] = v[2].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[1]);
    v[0] = v[0].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].rotate_left(32);
}

/// Hash of bytes (and of what hashes as bytes: `memoryview`).
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        0
    } else {
        not_minus_one(siphash13(bytes) as i64)
    }
}

/// Hash of a str. CPython hashes its own storage: one, two or four bytes a character after the widest of them.
pub fn hash_str(text: &str) -> i64 {
    if text.is_ascii() {
        return hash_bytes(text.as_bytes());
    }
    let widest = text.chars().max().unwrap_or_default() as u32;
    let bytes: Vec<u8> = match widest {
        0..=0xff => text.chars().map(|c| c as u8).collect(),
        0x100..=0xffff => text.chars().flat_map(|c| (c as u16).to_le_bytes()).collect(),
        _ => text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
    };
    hash_bytes(&bytes)
}

/// Combines the hashes of a tuple's items (xxHash as CPython uses it); also `range` and frozen dataclasses hash so.
#[derive(Clone, Copy, Debug)]
pub struct TupleHasher {
    accumulator: u64,
    length: u64,
}

const XX_PRIME_1: u64 = 11_400_714_785_074_694_791;
const XX_PRIME_2: u64 = 14_029_467_366_897_019_727;
const XX_PRIME_5: u64 = 2_870_177_450_012_600_261;

impl Default for TupleHasher {
    fn default() -> Self {
        TupleHasher {
            accumulator: XX_PRIME_5,
            length: 0,
        }
    }
}

impl TupleHasher {
    pub fn add(&mut self, item: i64) {
        self.accumulator = self.accumulator.wrapping_add((item as u64).wrapping_mul(XX_PRIME_2));
        self.accumulator = self.accumulator.rotate_left(31).wrapping_mul(XX_PRIME_1);
        self.length += 1;
    }

    pub fn finish(self) -> i64 {
        let hash = self.accumulator.wrapping_add(self.length ^ (XX_PRIME_5 ^ 3_527_539)) as i64;
        if hash == -1 { 1_546_275_796 } else { hash }
    }
}

/// Hash of a tuple from its items' hashes.
pub fn hash_tuple(items: impl IntoIterator<Item = i64>) -> i64 {
    let mut hasher = TupleHasher::default();
    items.into_iter().for_each(|item| hasher.add(item));
    hasher.finish()
}

/// Hash of a frozenset from its members' hashes, in any order.
pub fn hash_frozenset(members: impl IntoIterator<Item = i64>) -> i64 {
    let (mut hash, mut count) = (0u64, 0u64);
    for member in members {
        let member = member as u64;
        hash ^= ((member ^ 89_869_747) ^ (member << 16)).wrapping_mul(3_644_798_167);
        count += 1;
    }
    hash ^= (count + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX { 590_923_713 } else { hash as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_hash_alike() {
        assert_eq!(hash_i64(-1), -2);
        assert_eq!(hash_i64(i64::MIN), -4);
        assert_eq!(hash_f64(3.0), Some(3));
        assert_eq!(hash_f64(-1.0), Some(-2));
        assert_eq!(hash_f64(0.5), Some(1 << 60));
        assert_eq!(
            hash_f64(1e300),
            Some(hash_big(&super::super::float_parse::to_integer(1e300).unwrap()))
        );
        assert_eq!(hash_fraction(&BigInt::from(1), &BigInt::from(2)), 1 << 60);
        assert_eq!(hash_decimal(false, &BigUint::from(5u32), -1), 1 << 60);
        assert_eq!(hash_complex(1.0, 2.0), Some(2_000_007));
        assert_eq!(hash_f64(f64::NAN), None);
    }

    #[test]
    fn strings_and_containers() {
        assert_eq!(hash_str(""), 0);
        assert_eq!(hash_str("a"), 4_644_417_185_603_328_019);
        assert_eq!(hash_str("é"), 6_047_309_291_227_476_195);
        assert_eq!(hash_str("Ω"), -4_435_444_875_665_441_047);
        assert_eq!(hash_str("a😀"), -6_970_120_874_385_731_343);
        assert_eq!(hash_str("hello world"), -5_642_461_784_034_726_774);
        assert_eq!(hash_tuple([1, 2, 3]), 529_344_067_295_497_451);
        assert_eq!(hash_frozenset([]), 133_146_708_735_736);
        assert_eq!(hash_frozenset([3, 1, 2]), -272_375_401_224_217_160);
        assert_eq!(hash_tuple([]), 5_740_354_900_026_072_187);
    }
}
