//! The Mersenne Twister (MT19937, Matsumoto and Nishimura 1998) with the seeding and the distributions of Python's
//! `random.Random`: the same seeds give the same numbers.

use num_bigint::BigUint;
use sha2::{Digest, Sha512};

use super::int_text::IntRef;
use crate::text::Failure;

const LENGTH: usize = 624;
const MIDDLE: usize = 397;

/// A seeded generator.
#[derive(Clone)]
pub struct Random {
    state: Box<[u32; LENGTH]>,
    index: usize,
    /// The second number of a pair that `gauss` makes at once.
    gauss_next: Option<f64>,
}

impl Random {
    /// `Random(seed)` for an int.
    pub fn from_int(seed: IntRef<'_>) -> Self {
        let magnitude = match seed {
            IntRef::Small(value) => BigUint::from(value.unsigned_abs()),
            IntRef::Big(value) => value.magnitude().clone(),
        };
        Self::from_magnitude(&magnitude)
    }

    /// `Random(seed)` for str (as UTF-8), bytes and bytearray: seeding version 2.
    pub fn from_bytes(seed: &[u8]) -> Self {
        let mut bytes = seed.to_vec();
        bytes.extend(Sha512::digest(seed));
        Self::from_magnitude(&BigUint::from_bytes_be(&bytes))
    }

    fn from_magnitude(magnitude: &BigUint) -> Self {
        let mut key = magnitude.to_u32_digits();
        if key.is_empty() {
            key.push(0);
        }
        let mut random = Self::from_word(19_650_218);
        let state = &mut random.state;
        let (mut i, mut j) = (1, 0);
        for _ in 0..LENGTH.max(key.len()) {
            let previous = state[i - 1];
            let mixed = state[i] ^ (previous ^ (previous >> 30)).wrapping_mul(1_664_525);
            state[i] = mixed.wrapping_add(key[j]).wrapping_add(j as u32);
            i += 1;
            j = (j + 1) % key.len();
            if i == LENGTH {
                state[0] = state[LENGTH - 1];
                i = 1;
            }
        }
        for _ in 1..LENGTH {
            let previous = state[i - 1];
            let mixed = state[i] ^ (previous ^ (previous >> 30)).wrapping_mul(1_566_083_941);
            state[i] = mixed.wrapping_sub(i as u32);
            i += 1;
            if i == LENGTH {
                state[0] = state[LENGTH - 1];
                i = 1;
            }
        }
        state[0] = 0x8000_0000;
        random
    }

    fn from_word(seed: u32) -> Self {
        let mut state = Box::new([0; LENGTH]);
        state[0] = seed;
        for i in 1..LENGTH {
            let previous = state[i - 1];
            state[i] = (previous ^ (previous >> 30))
                .wrapping_mul(1_812_433_253)
                .wrapping_add(i as u32);
        }
        Random {
            state,
            index: LENGTH,
            gauss_next: None,
        }
    }

    /// `getstate()`: the words of the state with the index behind them, and `gauss_next`.
    pub fn state(&self) -> (Vec<u32>, Option<f64>) {
        let mut words = self.state.to_vec();
        words.push(self.index as u32);
        (words, self.gauss_next)
    }

    /// `setstate` of what [`Random::state`] gave.
    pub fn set_state(&mut self, words: &[u32], gauss_next: Option<f64>) -> Result<(), Failure> {
        let [state @ .., index] = words else {
            return Err(Failure::value("state vector is the wrong size"));
        };
        if state.len() != LENGTH {
            return Err(Failure::value("state vector is the wrong size"));
        }
        if *index as usize > LENGTH {
            return Err(Failure::value("invalid state"));
        }
        self.state.copy_from_slice(state);
        self.index = *index as usize;
        self.gauss_next = gauss_next;
        Ok(())
    }

    fn refill(&mut self) {
        for i in 0..LENGTH {
            let word = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % LENGTH] & 0x7fff_ffff);
            let twist = if word & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + MIDDLE) % LENGTH] ^ (word >> 1) ^ twist;
        }
        self.index = 0;
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.index >= LENGTH {
            self.refill();
        }
        let mut word = self.state[self.index];
        self.index += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// `random()`: 53 bits in `[0, 1)`.
    pub fn random(&mut self) -> f64 {
        let high = self.next_u32() >> 5;
        let low = self.next_u32() >> 6;
        (f64::from(high) * 67_108_864.0 + f64::from(low)) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// `getrandbits(bits)` for at most 64 bits.
    pub fn bits_u64(&mut self, bits: u32) -> u64 {
        match bits {
            0 => 0,
            1..=32 => u64::from(self.next_u32() >> (32 - bits)),
            _ => {
                let low = u64::from(self.next_u32());
                let high = u64::from(self.next_u32() >> (64 - bits));
                high << 32 | low
            }
        }
    }

    /// `getrandbits(bits)`: words from the lowest up.
    pub fn bits(&mut self, bits: u64) -> BigUint {
        let words = bits.div_ceil(32);
        let mut digits = Vec::with_capacity(words as usize);
        for word in 0..words {
            let left = bits - 32 * word;
            let value = self.next_u32();
            digits.push(if left < 32 { value >> (32 - left) } else { value });
        }
        BigUint::new(digits)
    }

    /// `_randbelow(limit)`: an index in `0..limit`; 0 for 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 {
            return 0;
        }
        let bits = 64 - limit.leading_zeros();
        loop {
            let value = self.bits_u64(bits);
            if value < limit {
                return value;
            }
        }
    }

    /// `_randbelow` for limits beyond 64 bits.
    pub fn below_big(&mut self, limit: &BigUint) -> BigUint {
        if limit.bits() == 0 {
            return BigUint::ZERO;
        }
        loop {
            let value = self.bits(limit.bits());
            if value < *limit {
                return value;
            }
        }
    }

    /// `randbytes(count)`.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = self.bits(8 * count as u64).to_bytes_le();
        bytes.resize(count, 0);
        bytes
    }

    /// `shuffle`: calls `swap` for each exchange.
    pub fn shuffle(&mut self, length: usize, mut swap: impl FnMut(usize, usize)) {
        for i in (1..length).rev() {
            let j = self.below(i as u64 + 1) as usize;
            swap(i, j);
        }
    }

    /// `sample(population, count)` as indices into a population of `length`; the caller has checked `count <= length`.
    pub fn sample(&mut self, length: usize, count: usize) -> Vec<usize> {
        // A pool costs its whole length, a set of what was drawn costs by the draw: the rule decides the numbers drawn.
        let mut set_size: u64 = 21;
        if count > 5 {
            // The smallest power of four that is not below three times the count.
            let power = (count as f64 * 3.0).ln() / 4f64.ln();
            set_size += 4u64.saturating_pow(power.ceil() as u32);
        }
        if length as u64 <= set_size {
            let mut pool: Vec<usize> = (0..length).collect();
            return (0..count)
                .map(|i| {
                    let j = self.below((length - i) as u64) as usize;
                    let chosen = pool[j];
                    pool[j] = pool[length - i - 1];
                    chosen
                })
                .collect();
        }
        let mut drawn = std::collections::HashSet::with_capacity(count);
        (0..count)
            .map(|_| {
                loop {
                    let j = self.below(length as u64) as usize;
                    if drawn.insert(j) {
                        return j;
                    }
                }
            })
            .collect()
    }

    /// `choices`: an index by cumulative weights, whose last one is the total.
    pub fn weighted_index(&mut self, cumulative: &[f64], total: f64) -> usize {
        let point = self.random() * total;
        // bisect_right over all but the last.
        let considered = &cumulative[..cumulative.len().saturating_sub(1)];
        considered.partition_point(|&weight| weight <= point)
    }

    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random()
    }

    /// `mode` is a fraction of the range, or `None` for its middle.
    pub fn triangular(&mut self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let mut u = self.random();
        if mode.is_some() && high == low {
            return low;
        }
        let mut c = mode.map_or(0.5, |mode| (mode - low) / (high - low));
        let (mut low, mut high) = (low, high);
        if u > c {
            u = 1.0 - u;
            c = 1.0 - c;
            std::mem::swap(&mut low, &mut high);
        }
        low + (high - low) * (u * c).sqrt()
    }

    /// Kinderman and Monahan's ratio of uniforms.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let magic = 4.0 * (-0.5f64).exp() / 2f64.sqrt();
        loop {
            let u1 = self.random();
            let u2 = 1.0 - self.random();
            let z = magic * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -u2.ln() {
                return mean + z * deviation;
            }
        }
    }

    pub fn log_normal(&mut self, mean: f64, deviation: f64) -> f64 {
        self.normal(mean, deviation).exp()
    }

    /// Box and Muller: two numbers at a time.
    pub fn gauss(&mut self, mean: f64, deviation: f64) -> f64 {
        let z = match self.gauss_next.take() {
            Some(z) => z,
            None => {
                let angle = self.random() * std::f64::consts::TAU;
                let radius = (-2.0 * (1.0 - self.random()).ln()).sqrt();
                self.gauss_next = Some(angle.sin() * radius);
                angle.cos() * radius
            }
        };
        mean + z * deviation
    }

    pub fn exponential(&mut self, rate: f64) -> Result<f64, Failure> {
        let value = -(1.0 - self.random()).ln();
        if rate == 0.0 {
            return Err(Failure::new(crate::text::Kind::ZeroDivision, "float division by zero"));
        }
        Ok(value / rate)
    }

    pub fn von_mises(&mut self, mean: f64, concentration: f64) -> f64 {
        use std::f64::consts::{PI, TAU};
        if concentration <= 1e-6 {
            return TAU * self.random();
        }
        let s = 0.5 / concentration;
        let r = s + (1.0 + s * s).sqrt();
        let z = loop {
            let u1 = self.random();
            let z = (PI * u1).cos();
            let d = z / (r + z);
            let u2 = self.random();
            if u2 < 1.0 - d * d || u2 <= (1.0 - d) * d.exp() {
                break z;
            }
        };
        let q = 1.0 / r;
        let f = (q + z) / (1.0 + q * z);
        let u3 = self.random();
        let angle = if u3 > 0.5 { mean + f.acos() } else { mean - f.acos() };
        super::special::float_mod(angle, TAU)
    }

    pub fn gamma(&mut self, alpha: f64, beta: f64) -> Result<f64, Failure> {
        if alpha <= 0.0 || beta <= 0.0 {
            return Err(Failure::value("gammavariate: alpha and beta must be > 0.0"));
        }
        if alpha > 1.0 {
            // Cheng (1977).
            let magic = 1.0 + 4.5f64.ln();
            let ainv = (2.0 * alpha - 1.0).sqrt();
            let bbb = alpha - 4f64.ln();
            let ccc = alpha + ainv;
            loop {
                let u1 = self.random();
                if !(1e-7 < u1 && u1 < 0.999_999_9) {
                    continue;
                }
                let u2 = 1.0 - self.random();
                let v = (u1 / (1.0 - u1)).ln() / ainv;
                let x = alpha * v.exp();
                let z = u1 * u1 * u2;
                let r = bbb + ccc * v - x;
                if r + magic - 4.5 * z >= 0.0 || r >= z.ln() {
                    return Ok(x * beta);
                }
            }
        }
        if alpha == 1.0 {
            return Ok(-(1.0 - self.random()).ln() * beta);
        }
        // Algorithm GS of Kennedy and Gentle.
        loop {
            let u = self.random();
            let b = (std::f64::consts::E + alpha) / std::f64::consts::E;
            let p = b * u;
            let x = if p <= 1.0 {
                p.powf(1.0 / alpha)
            } else {
                -((b - p) / alpha).ln()
            };
            let u1 = self.random();
            if p > 1.0 {
                if u1 <= x.powf(alpha - 1.0) {
                    return Ok(x * beta);
                }
            } else if u1 <= (-x).exp() {
                return Ok(x * beta);
            }
        }
    }

    pub fn beta(&mut self, alpha: f64, beta: f64) -> Result<f64, Failure> {
        let y = self.gamma(alpha, 1.0)?;
        if y == 0.0 {
            return Ok(0.0);
        }
        Ok(y / (y + self.gamma(beta, 1.0)?))
    }

    pub fn pareto(&mut self, alpha: f64) -> f64 {
        (1.0 - self.random()).powf(-1.0 / alpha)
    }

    pub fn weibull(&mut self, alpha: f64, beta: f64) -> f64 {
        let u = 1.0 - self.random();
        alpha * (-u.ln()).powf(1.0 / beta)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    #[test]
    fn sequences_are_pythons() {
        let mut random = Random::from_int(IntRef::Small(42));
        assert_eq!(
            [random.next_u32(), random.next_u32(), random.next_u32()],
            [2_746_317_213, 478_163_327, 107_420_369]
        );
        assert_eq!(random.random(), 0.7415504997598329);
        assert_eq!(random.below(6) + 1, 2);
        assert_eq!(random.gauss(0.0, 1.0), 0.2735990065583831);
        assert_eq!(random.sample(100, 5), [86, 94, 69, 11, 75]);
        assert_eq!(random.sample(10, 3), [6, 0, 8]);
        assert_eq!(random.uniform(1.0, 2.0), 1.0936952398615924);
        assert_eq!(random.gamma(2.0, 1.0), Ok(1.0041767689023615));
        assert_eq!(random.gamma(0.5, 2.0), Ok(1.3788841708594581));
        assert_eq!(random.von_mises(0.0, 4.0), 0.41890549035345503);
        assert_eq!(random.bits(100).to_string(), "884159301598275274306077405963");
        assert_eq!(random.normal(0.0, 1.0), -0.18384140752295466);
    }

    #[test]
    fn seeds() {
        let first = |mut random: Random| random.random();
        assert_eq!(first(Random::from_bytes(b"abc")), 0.7720246314157545);
        assert_eq!(
            first(Random::from_int(IntRef::Big(&((BigInt::from(1) << 80) + 1)))),
            0.27891950016699274
        );
        assert_eq!(
            first(Random::from_int(IntRef::Small(-5))),
            first(Random::from_int(IntRef::Small(5)))
        );
        let mut list: Vec<usize> = (0..10).collect();
        Random::from_int(IntRef::Small(3)).shuffle(10, |i, j| list.swap(i, j));
        assert_eq!(list, [1, 5, 6, 0, 9, 4, 7, 2, 8, 3]);
        let mut random = Random::from_int(IntRef::Small(1));
        let (words, next) = random.state();
        let drawn = random.next_u32();
        random.set_state(&words, next).unwrap();
        assert_eq!(random.next_u32(), drawn);
    }
}
