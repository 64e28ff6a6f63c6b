//! Natural numbers as the digits of decimals: in a machine word pair where they fit, as most do.

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};
use std::cmp::Ordering;

/// `Big` only where 128 bits do not hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coefficient {
    Small(u128),
    Big(BigUint),
}

/// What was cut off, in relation to half a unit of the last digit kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rest {
    Zero,
    Low,
    Half,
    High,
}

const POWERS: [u128; 39] = {
    let mut powers = [1; 39];
    let mut at = 1;
    while at < 39 {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

pub fn power_of_ten(exponent: u64) -> BigUint {
    match POWERS.get(exponent as usize) {
        Some(&power) => BigUint::from(power),
        None => BigUint::from(10_u8).pow(u32::try_from(exponent).unwrap_or(u32::MAX)),
    }
}

impl From<BigUint> for Coefficient {
    fn from(value: BigUint) -> Self {
        match value.to_u128() {
            Some(small) => Coefficient::Small(small),
            None => Coefficient::Big(value),
        }
    }
}

impl PartialOrd for Coefficient {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Coefficient {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Coefficient::Small(a), Coefficient::Small(b)) => a.cmp(b),
            (Coefficient::Big(a), Coefficient::Big(b)) => a.cmp(b),
            (Coefficient::Small(_), Coefficient::Big(_)) => Ordering::Less,
            (Coefficient::Big(_), Coefficient::Small(_)) => Ordering::Greater,
        }
    }
}

fn rest_of<T: Ord>(rest: T, zero: bool, half: T) -> Rest {
    match rest.cmp(&half) {
        _ if zero => Rest::Zero,
        Ordering::Less => Rest::Low,
        Ordering::Equal => Rest::Half,
        Ordering::Greater => Rest::High,
    }
}

impl Coefficient {
    pub const ZERO: Coefficient = Coefficient::Small(0);
    pub const ONE: Coefficient = Coefficient::Small(1);

    pub fn is_zero(&self) -> bool {
        matches!(self, Coefficient::Small(0))
    }

    pub fn big(&self) -> BigUint {
        match self {
            Coefficient::Small(small) => BigUint::from(*small),
            Coefficient::Big(big) => big.clone(),
        }
    }

    /// Decimal digits; zero has one.
    pub fn digits(&self) -> i64 {
        match self {
            Coefficient::Small(0) => 1,
            Coefficient::Small(small) => i64::from(small.ilog10()) + 1,
            Coefficient::Big(big) => {
                // Between the powers of two that the number lies between.
                let least = ((big.bits() - 1) as f64 * std::f64::consts::LOG10_2 - 1e-6) as u64;
                let most = (big.bits() as f64 * std::f64::consts::LOG10_2 + 1e-6) as u64;
                let above = least < most && *big >= power_of_ten(most);
                (if above { most } else { least }) as i64 + 1
            }
        }
    }

    pub fn last_digit(&self) -> u8 {
        match self {
            Coefficient::Small(small) => (small % 10) as u8,
            Coefficient::Big(big) => (big % 10_u8).to_u8().unwrap_or(0),
        }
    }

    pub fn is_odd(&self) -> bool {
        match self {
            Coefficient::Small(small) => small & 1 == 1,
            Coefficient::Big(big) => big.is_odd(),
        }
    }

    pub fn plus(&self, other: &Self) -> Self {
        if let (Coefficient::Small(a), Coefficient::Small(b)) = (self, other)
            && let Some(sum) = a.checked_add(*b)
        {
            return Coefficient::Small(sum);
        }
        (self.big() + other.big()).into()
    }

    /// The difference; `other` is not the larger.
    pub fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (Coefficient::Small(a), Coefficient::Small(b)) => Coefficient::Small(a - b),
            _ => (self.big() - other.big()).into(),
        }
    }

    pub fn times(&self, other: &Self) -> Self {
        if let (Coefficient::Small(a), Coefficient::Small(b)) = (self, other)
            && let Some(product) = a.checked_mul(*b)
        {
            return Coefficient::Small(product);
        }
        (self.big() * other.big()).into()
    }

    /// Quotient and remainder by a number that is not zero.
    pub fn divided(&self, other: &Self) -> (Self, Self) {
        match (self, other) {
            (Coefficient::Small(a), Coefficient::Small(b)) => (Coefficient::Small(a / b), Coefficient::Small(a % b)),
            _ => {
                let (quotient, rest) = self.big().div_rem(&other.big());
                (quotient.into(), rest.into())
            }
        }
    }

    /// With so many zeros behind it.
    pub fn raised(&self, zeros: i64) -> Self {
        if zeros <= 0 || self.is_zero() {
            return self.clone();
        }
        if let Coefficient::Small(small) = self
            && let Some(product) = POWERS.get(zeros as usize).and_then(|power| small.checked_mul(*power))
        {
            return Coefficient::Small(product);
        }
        (self.big() * power_of_ten(zeros as u64)).into()
    }

    /// Without its last digits, and what they are worth.
    pub fn cut(&self, digits: i64) -> (Self, Rest) {
        if digits <= 0 {
            return (self.clone(), Rest::Zero);
        }
        if digits > self.digits() {
            let rest = if self.is_zero() { Rest::Zero } else { Rest::Low };
            return (Coefficient::ZERO, rest);
        }
        if let Coefficient::Small(small) = self {
            let power = POWERS[digits as usize];
            let rest = small % power;
            return (Coefficient::Small(small / power), rest_of(rest, rest == 0, power / 2));
        }
        let power = power_of_ten(digits as u64);
        let (quotient, rest) = self.big().div_rem(&power);
        let zero = rest.is_zero();
        (quotient.into(), rest_of(rest, zero, power / 2_u8))
    }

    /// Its last digits alone.
    pub fn low_digits(&self, digits: i64) -> Self {
        if digits >= self.digits() {
            return self.clone();
        }
        (self.big() % power_of_ten(digits.max(0) as u64)).into()
    }

    pub fn trailing_zeros(&self) -> i64 {
        if self.is_zero() {
            return 0;
        }
        match self {
            Coefficient::Small(small) => {
                let (mut left, mut zeros) = (*small, 0);
                while left.is_multiple_of(10) {
                    left /= 10;
                    zeros += 1;
                }
                zeros
            }
            Coefficient::Big(_) => {
                let text = self.to_string();
                (text.len() - text.trim_end_matches('0').len()) as i64
            }
        }
    }
}

impl std::fmt::Display for Coefficient {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Coefficient::Small(small) => write!(formatter, "{small}"),
            Coefficient::Big(big) => write!(formatter, "{big}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_counted_at_every_power() {
        for exponent in 1..300 {
            let power = power_of_ten(exponent);
            assert_eq!(Coefficient::from(power.clone()).digits(), exponent as i64 + 1);
            assert_eq!(Coefficient::from(power - 1_u8).digits(), exponent as i64);
        }
        assert_eq!(Coefficient::ZERO.digits(), 1);
    }

    #[test]
    fn cutting_tells_the_rest() {
        let number = Coefficient::Small(123_500);
        assert_eq!(number.cut(3), (Coefficient::Small(123), Rest::Half));
        assert_eq!(number.cut(2), (Coefficient::Small(1235), Rest::Zero));
        assert_eq!(number.cut(4), (Coefficient::Small(12), Rest::Low));
        assert_eq!(number.cut(7), (Coefficient::ZERO, Rest::Low));
        let large = number.raised(60);
        assert_eq!(large.cut(63), (Coefficient::Small(123), Rest::Half));
        assert_eq!(large.trailing_zeros(), 62);
        assert_eq!(
            large.plus(&Coefficient::ONE).cut(63),
            (Coefficient::Small(123), Rest::High)
        );
    }
}
