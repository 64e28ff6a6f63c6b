//! Arithmetic and comparison of small numbers, without a look at anything else.

use crate::bytecode::BinaryOperator as B;
use crate::value::*;

const ADD: u8 = B::Add as u8;
const AND: u8 = B::And as u8;
const FLOOR_DIVIDE: u8 = B::FloorDivide as u8;
const LEFT_SHIFT: u8 = B::LeftShift as u8;
const MULTIPLY: u8 = B::Multiply as u8;
const REMAINDER: u8 = B::Remainder as u8;
const OR: u8 = B::Or as u8;
const RIGHT_SHIFT: u8 = B::RightShift as u8;
const SUBTRACT: u8 = B::Subtract as u8;
const TRUE_DIVIDE: u8 = B::TrueDivide as u8;
const XOR: u8 = B::Xor as u8;

/// Integers of smaller magnitude are floats without rounding.
const EXACT: u64 = 1 << 53;

/// `left <operator> right`, if it is so simple that nothing can go wrong.
#[inline(always)]
pub(super) fn operation(operator: u8, left: Value, right: Value) -> Option<Value> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => integers(operator, a, b),
        (Value::Float(a), Value::Float(b)) => floats(operator, a.get(), b.get()),
        (Value::Float(a), Value::Int(b)) if b.unsigned_abs() < EXACT => floats(operator, a.get(), b as f64),
        (Value::Int(a), Value::Float(b)) if a.unsigned_abs() < EXACT => floats(operator, a as f64, b.get()),
        _ => None,
    }
}

/// What can be divided in half the time.
#[inline(always)]
fn short(a: i64, b: i64) -> Option<(u32, u32)> {
    let b = u32::try_from(b).ok().filter(|&b| b != 0)?;
    Some((u32::try_from(a).ok()?, b))
}

#[inline(always)]
fn integers(operator: u8, a: i64, b: i64) -> Option<Value> {
    Some(Value::Int(match operator {
        ADD => a.checked_add(b)?,
        SUBTRACT => a.checked_sub(b)?,
        MULTIPLY => a.checked_mul(b)?,
        REMAINDER => {
            if let Some((a, b)) = short(a, b) {
                return Some(Value::Int((a % b).into()));
            }
            if b == 0 || b == -1 {
                return None;
            }
            let rest = a % b;
            if rest != 0 && (rest ^ b) < 0 { rest + b } else { rest }
        }
        FLOOR_DIVIDE => {
            if let Some((a, b)) = short(a, b) {
                return Some(Value::Int((a / b).into()));
            }
            if b == 0 || b == -1 {
                return None;
            }
            let quotient = a / b;
            quotient - i64::from(a % b != 0 && (a ^ b) < 0)
        }
        AND => a & b,
        OR => a | b,
        XOR => a ^ b,
        RIGHT_SHIFT if (0..64).contains(&b) => a >> b,
        LEFT_SHIFT if (0..63).contains(&b) && (a << b) >> b == a => a << b,
        TRUE_DIVIDE if b != 0 && a.unsigned_abs() < EXACT && b.unsigned_abs() < EXACT => {
            return Some(Value::float(a as f64 / b as f64));
        }
        _ => return None,
    }))
}

#[inline(always)]
fn floats(operator: u8, a: f64, b: f64) -> Option<Value> {
    Some(Value::float(match operator {
        ADD => a + b,
        SUBTRACT => a - b,
        MULTIPLY => a * b,
        TRUE_DIVIDE if b != 0.0 => a / b,
        _ => return None,
    }))
}

/// `left <operator> right` of small numbers: 0 `<`, 1 `<=`, 2 `==`, 3 `!=`, 4 `>`, 5 `>=`.
#[inline(always)]
pub(super) fn comparison(operator: u8, left: Value, right: Value) -> Option<bool> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => Some(decide(operator, a, b)),
        (Value::Float(a), Value::Float(b)) => Some(decide(operator, a.get(), b.get())),
        (Value::Float(a), Value::Int(b)) if b.unsigned_abs() < EXACT => Some(decide(operator, a.get(), b as f64)),
        (Value::Int(a), Value::Float(b)) if a.unsigned_abs() < EXACT => Some(decide(operator, a as f64, b.get())),
        _ => None,
    }
}

#[inline(always)]
pub(super) fn decide<T: PartialOrd>(operator: u8, a: T, b: T) -> bool {
    match operator {
        0 => a < b,
        1 => a <= b,
        2 => a == b,
        3 => a != b,
        4 => a > b,
        _ => a >= b,
    }
}
