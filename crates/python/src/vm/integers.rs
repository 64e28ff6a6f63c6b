//! Integer arithmetic beyond the fast path.

use super::Vm;
use crate::numeric::address::{self, is_address};
use crate::value::*;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use std::borrow::Cow;

impl Vm {
    /// An integer of any size (also a bool); `None` for anything else.
    pub fn big(&self, value: Value) -> Option<BigInt> {
        match value {
            Value::Int(i) => Some(BigInt::from(i)),
            Value::Bool(b) => Some(BigInt::from(u8::from(b))),
            Value::BigInt(id) => Some(self.heap[id].clone()),
            _ => None,
        }
    }

    /// An integer whose bits are shown.
    pub fn shown_integer(&mut self, value: Value) -> Res<BigInt> {
        let integer = self.big(value).unwrap_or_default();
        match is_address(&integer) {
            true => Err(self.unsupported(address::UNSUPPORTED)),
            false => Ok(integer),
        }
    }

    /// The same of what is known to be an integer, without a copy where it is a big one.
    fn borrowed(&self, value: Value) -> Cow<'_, BigInt> {
        match value {
            Value::BigInt(id) => Cow::Borrowed(&self.heap[id]),
            _ => Cow::Owned(self.big(value).expect("an integer")),
        }
    }

    /// An integer of two words, unless it is an address.
    fn wide(&self, value: Value) -> Option<i128> {
        match value {
            Value::Int(i) => Some(i.into()),
            Value::BigInt(id) => {
                let integer = &self.heap[id];
                let mut words = integer.iter_u64_digits();
                let (low, high) = (words.next()?, words.next().unwrap_or(0));
                if words.next().is_some() || high == address::MARK {
                    return None;
                }
                let magnitude = i128::try_from(u128::from(high) << 64 | u128::from(low)).ok()?;
                Some(if integer.is_negative() { -magnitude } else { magnitude })
            }
            _ => None,
        }
    }

    /// `left <operator> right` for integers; the operator is numbered as in the bytecode.
    pub(super) fn integer_operation(&mut self, operator: usize, left: Value, right: Value) -> Res<Value> {
        if let (Value::Int(a), Value::Int(b)) = (left, right)
            && let Some(value) = self.small_operation(operator, a, b)?
        {
            return Ok(value);
        }
        if let (Some(a), Some(b)) = (self.wide(left), self.wide(right))
            && let Some(value) = wide_operation(operator, a, b)
        {
            return Ok(self.heap.int_i128(value));
        }
        let (a, b) = (self.borrowed(left), self.borrowed(right));
        let (a_bits, b_bits, strange) = (a.bits() as usize, b.bits() as usize, is_address(&a) || is_address(&b));
        let by_zero = b.is_zero();
        if strange {
            return Err(self.unsupported(address::UNSUPPORTED));
        }
        self.tick((a_bits.max(b_bits) >> 8).min(1 << 20) as u32)?;
        if operator == 5 {
            self.reserve((a_bits + b_bits) / 8)?;
            self.spend_product(a_bits, b_bits)?;
        }
        // What comes out, and copies of both where they are needed.
        let copies = if matches!(operator, 0 | 1 | 5 | 7 | 10 | 12) {
            1
        } else {
            2
        };
        self.reserve(copies * (a_bits.max(b_bits) / 8))?;
        if matches!(operator, 2 | 6) {
            if by_zero {
                return Err(self.zero_division(if operator == 2 {
                    "integer division or modulo by zero"
                } else {
                    "integer modulo by zero"
                }));
            }
            self.spend_quotient(a_bits, b_bits)?;
        }
        let (a, b) = (self.borrowed(left), self.borrowed(right));
        let simple = match operator {
            0 => Some(&*a + &*b),
            1 => Some(&*a & &*b),
            2 => Some(a.div_floor(&b)),
            5 => Some(&*a * &*b),
            6 => Some(a.mod_floor(&b)),
            7 => Some(&*a | &*b),
            9 => b.to_usize().filter(|&count| count < a_bits).map(|count| &*a >> count),
            10 => Some(&*a - &*b),
            12 => Some(&*a ^ &*b),
            _ => None,
        };
        if let Some(result) = simple {
            return Ok(self.heap.int(result));
        }
        let (a, b) = (a.into_owned(), b.into_owned());
        let result = match operator {
            3 => {
                if b.is_negative() {
                    return Err(self.value_error("negative shift count"));
                }
                if a.is_zero() {
                    return Ok(Value::Int(0));
                }
                let Some(count) = b.to_usize() else {
                    return Err(self.limit("memory"));
                };
                self.reserve(count / 8 + a.bits() as usize / 8)?;
                a << count
            }
            8 => return self.power(left, right, Value::None),
            9 => {
                if b.is_negative() {
                    return Err(self.value_error("negative shift count"));
                }
                return Ok(Value::Int(if a.is_negative() { -1 } else { 0 }));
            }
            _ => return self.true_divide(&a, &b),
        };
        Ok(self.heap.int(result))
    }

    /// `divmod(left, right)` of integers.
    pub fn integer_divmod(&mut self, left: Value, right: Value) -> Res<(Value, Value)> {
        if let Value::BigInt(_) = left {
            let (a, b) = (self.borrowed(left), self.borrowed(right));
            if !b.is_zero() && !is_address(&a) && !is_address(&b) {
                let (a_bits, b_bits) = (a.bits() as usize, b.bits() as usize);
                self.tick((a_bits.max(b_bits) >> 8).min(1 << 20) as u32)?;
                self.spend_quotient(a_bits, b_bits)?;
                let (quotient, rest) = self.borrowed(left).div_mod_floor(&self.borrowed(right));
                return Ok((self.heap.int(quotient), self.heap.int(rest)));
            }
        }
        let quotient = self.integer_operation(2, left, right)?;
        Ok((quotient, self.integer_operation(6, left, right)?))
    }

    /// Counts the work of dividing large integers, and whether there is time for it: one step for each pair of words.
    pub fn spend_quotient(&mut self, a: usize, b: usize) -> Res<()> {
        let words = (a / 64 + 1) as f64 * (b / 64 + 1) as f64;
        self.spend(words)
    }

    /// The same of a product, which takes less than that: pieces of equal size, each in three halves' power of its words.
    pub fn spend_product(&mut self, a: usize, b: usize) -> Res<()> {
        let (small, large) = ((a.min(b) / 64 + 1) as f64, (a.max(b) / 64 + 1) as f64);
        self.spend(6.0 * small.sqrt() * large)
    }

    pub fn spend(&mut self, nanoseconds: f64) -> Res<()> {
        if nanoseconds > 4096.0 {
            self.tick((nanoseconds / 256.0) as u32)?;
            self.afford(nanoseconds)?;
        }
        Ok(())
    }

    #[inline]
    fn small_operation(&mut self, operator: usize, a: i64, b: i64) -> Res<Option<Value>> {
        Ok(Some(Value::Int(match operator {
            0 => match a.checked_add(b) {
                Some(v) => v,
                None => return Ok(None),
            },
            1 => a & b,
            2 if b != 0 && b != -1 => {
                let quotient = a / b;
                if (a % b != 0) && ((a < 0) != (b < 0)) {
                    quotient - 1
                } else {
                    quotient
                }
            }
            8 if (0..64).contains(&b) => match a.checked_pow(b as u32) {
                Some(v) => v,
                None => return Ok(None),
            },
            6 if b != 0 && b != -1 => {
                let rest = a % b;
                if rest != 0 && ((rest < 0) != (b < 0)) {
                    rest + b
                } else {
                    rest
                }
            }
            3 if (0..63).contains(&b) && (a << b) >> b == a => a << b,
            5 => match a.checked_mul(b) {
                Some(v) => v,
                None => return Ok(None),
            },
            7 => a | b,
            9 if b >= 0 => a >> b.min(63),
            10 => match a.checked_sub(b) {
                Some(v) => v,
                None => return Ok(None),
            },
            11 => {
                if b == 0 {
                    return Err(self.zero_division("division by zero"));
                }
                const EXACT: i64 = 1 << 53;
                if a.abs() <= EXACT && b.abs() <= EXACT {
                    return Ok(Some(Value::float(a as f64 / b as f64)));
                }
                return Ok(None);
            }
            12 => a ^ b,
            _ => return Ok(None),
        })))
    }

    /// `a / b`, rounded once.
    fn true_divide(&mut self, a: &BigInt, b: &BigInt) -> Res<Value> {
        if b.is_zero() {
            return Err(self.zero_division("division by zero"));
        }
        if a.is_zero() {
            return Ok(Value::float(if b.is_negative() { -0.0 } else { 0.0 }));
        }
        let negative = a.is_negative() != b.is_negative();
        let (x, y) = (a.magnitude(), b.magnitude());
        // Scale so that the quotient has at least 66 bits, keep the rest as a sticky bit.
        let shift = 66 - (x.bits() as i64 - y.bits() as i64);
        let (quotient, rest) = if shift >= 0 {
            (x << shift as usize).div_rem(y)
        } else {
            x.div_rem(&(y << (-shift) as usize))
        };
        let mut quotient = quotient;
        if !rest.is_zero() {
            quotient |= num_bigint::BigUint::from(1u8);
        }
        let bits = quotient.bits() as i64;
        let exponent = bits - shift;
        if exponent > 1024 {
            return Err(self.overflow_error("integer division result too large for a float"));
        }
        // Bits of the result that a double of this magnitude holds.
        let keep = if exponent < -1021 { 53 + (exponent + 1021) } else { 53 };
        let drop = (bits - keep.max(0)) as usize;
        let one = num_bigint::BigUint::from(1u8);
        let half = &one << (drop - 1);
        let kept = &quotient >> drop;
        let tail = &quotient - (&kept << drop);
        let up = tail > half || (tail == half && kept.bit(0));
        let kept = if up { kept + &one } else { kept };
        let mantissa = kept.to_u64().unwrap_or(u64::MAX) as f64;
        let scale = drop as i64 - shift;
        let value = if scale < -1000 {
            mantissa * 2f64.powi(-1000) * 2f64.powi((scale + 1000) as i32)
        } else if scale > 900 {
            mantissa * 2f64.powi(900) * 2f64.powi((scale - 900) as i32)
        } else {
            mantissa * 2f64.powi(scale as i32)
        };
        if value.is_infinite() {
            return Err(self.overflow_error("integer division result too large for a float"));
        }
        Ok(Value::float(if negative { -value } else { value }))
    }

    /// `pow(base, exponent, modulus)` of integers.
    pub fn power(&mut self, base: Value, exponent: Value, modulus: Value) -> Res<Value> {
        if let (Value::Int(base), Value::Int(exponent @ 0..), Value::Int(modulus @ 1..)) = (base, exponent, modulus) {
            return Ok(Value::Int(short_power(base, exponent, modulus)));
        }
        let (Some(a), Some(b)) = (self.big(base), self.big(exponent)) else {
            unreachable!("integers")
        };
        if modulus.is_none() {
            if b.is_negative() {
                let (x, y) = (self.to_float(base)?, self.to_float(exponent)?);
                return self.float_power(x, y);
            }
            if a.magnitude() <= &num_bigint::BigUint::from(1u8) {
                let odd = b.bit(0);
                let value = match a.to_i64().unwrap_or(0) {
                    -1 if odd => -1,
                    0 => i64::from(b.is_zero()),
                    _ => 1,
                };
                return Ok(Value::Int(value));
            }
            let Some(count) = b.to_u32() else {
                return Err(self.limit("memory"));
            };
            let bits = (a.bits() as usize).saturating_mul(count as usize);
            self.reserve(bits / 8)?;
            self.spend_product(bits * 3 / 4, bits * 3 / 4)?;
            return Ok(self.heap.int(num_traits::pow::Pow::pow(a, count)));
        }
        let Some(m) = self.big(modulus) else {
            return Err(self.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
        };
        if m.is_zero() {
            return Err(self.value_error("pow() 3rd argument cannot be 0"));
        }
        let (a, b) = if b.is_negative() {
            let inverse = match a.modinv(&m) {
                Some(inverse) => inverse,
                None => return Err(self.value_error("base is not invertible for the given modulus")),
            };
            (inverse, -b)
        } else {
            (a, b)
        };
        self.spend_quotient((m.bits() as usize).saturating_mul(b.bits() as usize), m.bits() as usize)?;
        let positive = BigInt::from_biguint(Sign::Plus, m.magnitude().clone());
        let result = a.mod_floor(&positive).modpow(&b, &positive);
        Ok(self.heap.int(result.mod_floor(&m)))
    }
}

/// `left <operator> right` of integers of two words, where the result has no more.
fn wide_operation(operator: usize, a: i128, b: i128) -> Option<i128> {
    match operator {
        0 => a.checked_add(b),
        1 => Some(a & b),
        2 if b != 0 => Some(Integer::div_floor(&a, &b)),
        3 if (0..127).contains(&b) => Some(a << b).filter(|shifted| shifted >> b == a),
        5 => a.checked_mul(b),
        6 if b != 0 => Some(Integer::mod_floor(&a, &b)),
        7 => Some(a | b),
        9 if (0..128).contains(&b) => Some(a >> b),
        10 => a.checked_sub(b),
        12 => Some(a ^ b),
        _ => None,
    }
}

/// `base ** exponent % modulus`, of a modulus and an exponent that are not negative.
fn short_power(base: i64, mut exponent: i64, modulus: i64) -> i64 {
    let modulus = i128::from(modulus);
    let (mut square, mut result) = (i128::from(base).rem_euclid(modulus), 1 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * square % modulus;
        }
        square = square * square % modulus;
        exponent >>= 1;
    }
    result as i64
}
