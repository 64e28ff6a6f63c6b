//! Constant folding on the syntax tree, with the limits of CPython's Python/ast_opt.c.

use super::symbols::address;
use crate::bytecode::Constant;
use num_bigint::{BigInt, Sign};
use ruff_python_ast::{self as ast, Expr, ExprContext, Number, Operator, UnaryOp};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Results by node address. Literals are not in it.
pub(super) type Folded = FxHashMap<usize, Constant>;

const MAX_INT_BITS: u64 = 128;
const MAX_COLLECTION: usize = 256;
const MAX_TEXT: usize = 4096;
const MAX_ITEMS: i64 = 1024;

/// The value of a literal or folded expression.
pub(super) fn constant_of(expression: &Expr, folded: &Folded) -> Option<Constant> {
    let found = |node: usize| {
        if folded.is_empty() {
            None
        } else {
            folded.get(&node).cloned()
        }
    };
    Some(match expression {
        Expr::NumberLiteral(node) => number(&node.value),
        Expr::StringLiteral(node) => Constant::Str(Arc::from(node.value.to_str())),
        Expr::BytesLiteral(node) => Constant::Bytes(node.value.bytes().collect()),
        Expr::BooleanLiteral(node) => Constant::Bool(node.value),
        Expr::NoneLiteral(_) => Constant::None,
        Expr::EllipsisLiteral(_) => Constant::Ellipsis,
        Expr::Name(node) if node.ctx == ExprContext::Load && node.id == "__debug__" => Constant::Bool(true),
        Expr::BinOp(node) => return found(address(node)),
        Expr::UnaryOp(node) => return found(address(node)),
        Expr::Tuple(node) => return found(address(node)),
        Expr::Subscript(node) => return found(address(node)),
        _ => return None,
    })
}

/// Is the expression a literal or folded? Cheaper than [`constant_of`].
pub(super) fn is_constant(expression: &Expr, folded: &Folded) -> bool {
    match expression {
        Expr::NumberLiteral(_)
        | Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::EllipsisLiteral(_) => true,
        Expr::Name(node) => node.ctx == ExprContext::Load && node.id == "__debug__",
        Expr::BinOp(node) => folded.contains_key(&address(node)),
        Expr::UnaryOp(node) => folded.contains_key(&address(node)),
        Expr::Tuple(node) => folded.contains_key(&address(node)),
        Expr::Subscript(node) => folded.contains_key(&address(node)),
        _ => false,
    }
}

fn number(value: &Number) -> Constant {
    match value {
        Number::Int(value) => match value.as_i64() {
            Some(value) => Constant::Int(value),
            None => integer(big_literal(&value.to_string())),
        },
        Number::Float(value) => Constant::Float(*value),
        Number::Complex { real, imag } => Constant::Complex {
            real: *real,
            imaginary: *imag,
        },
    }
}

fn big_literal(text: &str) -> BigInt {
    let digits: String = text.chars().filter(|&digit| digit != '_').collect();
    let (radix, digits) = match digits.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        _ => (10, digits.as_str()),
    };
    BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_default()
}

/// The digits of a decimal literal above CPython's limit of 4,300.
pub(super) fn too_many_digits(node: &ast::ExprNumberLiteral) -> Option<usize> {
    let Number::Int(value) = &node.value else { return None };
    if value.as_i64().is_some() {
        return None;
    }
    let text = value.to_string();
    let decimal = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (decimal && digits > 4300).then_some(digits)
}

fn integer(value: BigInt) -> Constant {
    match i64::try_from(&value) {
        Ok(value) => Constant::Int(value),
        Err(_) => Constant::BigInt(value),
    }
}

fn as_big(value: &Constant) -> Option<BigInt> {
    match value {
        Constant::Bool(value) => Some(BigInt::from(u8::from(*value))),
        Constant::Int(value) => Some(BigInt::from(*value)),
        Constant::BigInt(value) => Some(value.clone()),
        _ => None,
    }
}

fn as_small(value: &Constant) -> Option<i64> {
    match value {
        Constant::Bool(value) => Some(i64::from(*value)),
        Constant::Int(value) => Some(*value),
        _ => None,
    }
}

/// Exactly, or not at all.
fn as_float(value: &Constant) -> Option<f64> {
    match value {
        Constant::Float(value) => Some(*value),
        value => as_small(value)
            .filter(|value| value.unsigned_abs() <= 1 << 53)
            .map(|value| value as f64),
    }
}

/// Python's truth of a constant.
pub(super) fn is_true(value: &Constant) -> bool {
    match value {
        Constant::None => false,
        Constant::Ellipsis | Constant::Code(_) | Constant::BigInt(_) => true,
        Constant::Bool(value) => *value,
        Constant::Int(value) => *value != 0,
        Constant::Float(value) => *value != 0.0,
        Constant::Complex { real, imaginary } => *real != 0.0 || *imaginary != 0.0,
        Constant::Str(value) => !value.is_empty(),
        Constant::Bytes(value) => !value.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items, _) => !items.is_empty(),
    }
}

pub(super) fn tuple(node: &ast::ExprTuple, folded: &mut Folded) {
    if node.ctx == ExprContext::Load
        && node.elts.iter().all(|element| is_constant(element, folded))
        && let Some(items) = node.elts.iter().map(|element| constant_of(element, folded)).collect()
    {
        folded.insert(address(node), Constant::Tuple(items));
    }
}

pub(super) fn unary(node: &ast::ExprUnaryOp, folded: &mut Folded) {
    if !is_constant(&node.operand, folded) {
        return;
    }
    let Some(operand) = constant_of(&node.operand, folded) else {
        return;
    };
    let value = match node.op {
        UnaryOp::Not => Some(Constant::Bool(!is_true(&operand))),
        UnaryOp::Invert => as_big(&operand).map(|value| integer(-value - BigInt::from(1))),
        UnaryOp::UAdd => match operand {
            Constant::Bool(value) => Some(Constant::Int(i64::from(value))),
            Constant::Int(_) | Constant::BigInt(_) | Constant::Float(_) | Constant::Complex { .. } => Some(operand),
            _ => None,
        },
        UnaryOp::USub => match operand {
            Constant::Float(value) => Some(Constant::Float(-value)),
            Constant::Complex { real, imaginary } => Some(Constant::Complex {
                real: -real,
                imaginary: -imaginary,
            }),
            operand => as_big(&operand).map(|value| integer(-value)),
        },
    };
    if let Some(value) = value {
        folded.insert(address(node), value);
    }
}

pub(super) fn subscript(node: &ast::ExprSubscript, folded: &mut Folded) {
    if node.ctx != ExprContext::Load || !is_constant(&node.value, folded) || !is_constant(&node.slice, folded) {
        return;
    }
    let (Some(value), Some(index)) = (constant_of(&node.value, folded), constant_of(&node.slice, folded)) else {
        return;
    };
    let Some(index) = as_small(&index) else { return };
    let at = |length: usize| {
        let index = if index < 0 { index + length as i64 } else { index };
        usize::try_from(index).ok().filter(|&index| index < length)
    };
    let item = match &value {
        Constant::Str(text) => at(text.chars().count())
            .and_then(|index| text.chars().nth(index))
            .map(|character| Constant::Str(Arc::from(character.to_string()))),
        Constant::Bytes(bytes) => at(bytes.len()).map(|index| Constant::Int(i64::from(bytes[index]))),
        Constant::Tuple(items) => at(items.len()).map(|index| items[index].clone()),
        _ => None,
    };
    if let Some(item) = item {
        folded.insert(address(node), item);
    }
}

pub(super) fn binary(node: &ast::ExprBinOp, folded: &mut Folded) {
    if !is_constant(&node.right, folded) || !is_constant(&node.left, folded) {
        return;
    }
    let (Some(left), Some(right)) = (constant_of(&node.left, folded), constant_of(&node.right, folded)) else {
        return;
    };
    if let Some(value) = operate(node.op, &left, &right) {
        folded.insert(address(node), value);
    }
}

fn operate(operator: Operator, left: &Constant, right: &Constant) -> Option<Constant> {
    match (left, right) {
        (Constant::Str(a), Constant::Str(b)) if operator == Operator::Add => {
            return Some(Constant::Str(Arc::from(format!("{a}{b}"))));
        }
        (Constant::Bytes(a), Constant::Bytes(b)) if operator == Operator::Add => {
            return Some(Constant::Bytes([&a[..], &b[..]].concat().into()));
        }
        (Constant::Tuple(a), Constant::Tuple(b)) if operator == Operator::Add => {
            return Some(Constant::Tuple([&a[..], &b[..]].concat()));
        }
        (Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_), count) if operator == Operator::Mult => {
            return repeat(left, as_small(count)?);
        }
        (count, Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_)) if operator == Operator::Mult => {
            return repeat(right, as_small(count)?);
        }
        _ => {}
    }
    if let (Constant::Bool(a), Constant::Bool(b)) = (left, right) {
        match operator {
            Operator::BitAnd => return Some(Constant::Bool(a & b)),
            Operator::BitOr => return Some(Constant::Bool(a | b)),
            Operator::BitXor => return Some(Constant::Bool(a ^ b)),
            _ => {}
        }
    }
    if matches!(left, Constant::Complex { .. }) || matches!(right, Constant::Complex { .. }) {
        return complex(operator, left, right);
    }
    if matches!(left, Constant::Float(_)) || matches!(right, Constant::Float(_)) || operator == Operator::Div {
        return float(operator, as_float(left)?, as_float(right)?);
    }
    let (a, b) = (as_big(left)?, as_big(right)?);
    Some(integer(match operator {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => {
            if a.sign() != Sign::NoSign && b.sign() != Sign::NoSign && a.bits() + b.bits() > MAX_INT_BITS {
                return None;
            }
            a * b
        }
        Operator::FloorDiv | Operator::Mod if b.sign() == Sign::NoSign => return None,
        Operator::FloorDiv => floor_divide(&a, &b).0,
        Operator::Mod => floor_divide(&a, &b).1,
        Operator::Pow => {
            if b.sign() == Sign::Minus {
                return float(operator, as_float(left)?, as_float(right)?);
            }
            let exponent = u32::try_from(&b).ok()?;
            if a.bits() > 0 && exponent > 0 && a.bits() > MAX_INT_BITS / u64::from(exponent) {
                return None;
            }
            a.pow(exponent)
        }
        Operator::LShift => {
            let count = u64::try_from(&b).ok()?;
            if a.sign() != Sign::NoSign && count > 0 && (count > MAX_INT_BITS || a.bits() > MAX_INT_BITS - count) {
                return None;
            }
            a << count.min(MAX_INT_BITS)
        }
        Operator::RShift => a >> u64::try_from(&b).ok()?.min(1 << 40),
        Operator::BitAnd => a & b,
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        Operator::Div | Operator::MatMult => return None,
    }))
}

fn floor_divide(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let (mut quotient, mut remainder) = (a / b, a % b);
    if remainder.sign() != Sign::NoSign && (remainder.sign() == Sign::Minus) != (b.sign() == Sign::Minus) {
        quotient -= 1;
        remainder += b;
    }
    (quotient, remainder)
}

fn float(operator: Operator, a: f64, b: f64) -> Option<Constant> {
    let value = match operator {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        Operator::Mod | Operator::FloorDiv if b != 0.0 => {
            let mut remainder = a % b;
            let mut quotient = (a - remainder) / b;
            if remainder != 0.0 {
                if (b < 0.0) != (remainder < 0.0) {
                    remainder += b;
                    quotient -= 1.0;
                }
            } else {
                remainder = 0.0f64.copysign(b);
            }
            if operator == Operator::Mod {
                remainder
            } else if quotient != 0.0 {
                let floor = quotient.floor();
                if quotient - floor > 0.5 { floor + 1.0 } else { floor }
            } else {
                0.0f64.copysign(a / b)
            }
        }
        Operator::Pow if a.is_finite() && b.is_finite() => {
            if (a == 0.0 && b < 0.0) || (a < 0.0 && b != b.floor()) {
                return None;
            }
            let value = a.powf(b);
            if value.is_infinite() {
                return None;
            }
            value
        }
        _ => return None,
    };
    Some(Constant::Float(value))
}

/// Of complex numbers, or one and a real one.
fn complex(operator: Operator, left: &Constant, right: &Constant) -> Option<Constant> {
    let parts = |value: &Constant| match value {
        Constant::Complex { real, imaginary } => Some((*real, *imaginary)),
        value => as_float(value).map(|real| (real, 0.0)),
    };
    let ((a, b), (c, d)) = (parts(left)?, parts(right)?);
    match operator {
        Operator::Add => Some(Constant::Complex {
            real: a + c,
            imaginary: b + d,
        }),
        Operator::Sub => Some(Constant::Complex {
            real: a - c,
            imaginary: b - d,
        }),
        Operator::Mult => Some(Constant::Complex {
            real: a * c - b * d,
            imaginary: a * d + b * c,
        }),
        Operator::Div => {
            let (real, imaginary) = crate::vm::operators::complex_quotient((a, b), (c, d))?;
            Some(Constant::Complex { real, imaginary })
        }
        _ => None,
    }
}

fn repeat(value: &Constant, count: i64) -> Option<Constant> {
    let times = |length: usize, limit: usize| {
        let count = usize::try_from(count.max(0)).ok()?;
        (length == 0 || (count <= limit / length)).then_some(if length == 0 { 0 } else { count })
    };
    match value {
        Constant::Str(text) => {
            times(text.chars().count(), MAX_TEXT).map(|count| Constant::Str(Arc::from(text.repeat(count))))
        }
        Constant::Bytes(bytes) => times(bytes.len(), MAX_TEXT).map(|count| Constant::Bytes(bytes.repeat(count).into())),
        Constant::Tuple(items) => {
            if count < 0 && !items.is_empty() {
                return None;
            }
            let count = times(items.len(), MAX_COLLECTION)?;
            if count > 0 {
                let mut room = MAX_ITEMS / count as i64;
                take_items(items, &mut room)?;
            }
            Some(Constant::Tuple(
                items.iter().cycle().take(items.len() * count).cloned().collect(),
            ))
        }
        _ => None,
    }
}

fn take_items(items: &[Constant], room: &mut i64) -> Option<()> {
    for item in items {
        *room -= 1;
        if *room < 0 {
            return None;
        }
        if let Constant::Tuple(inner) = item {
            take_items(inner, room)?;
        }
    }
    Some(())
}

/// Are two constants the same object for CPython's compiler (equal, of one type, zeros by sign)?
pub(super) fn same(left: &Constant, right: &Constant) -> bool {
    match (left, right) {
        (Constant::Float(a), Constant::Float(b)) => a.to_bits() == b.to_bits(),
        (Constant::Complex { real: a, imaginary: b }, Constant::Complex { real: c, imaginary: d }) => {
            a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits()
        }
        (Constant::Tuple(a), Constant::Tuple(b)) | (Constant::FrozenSet(a, _), Constant::FrozenSet(b, _)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Constant::Code(a), Constant::Code(b)) => Arc::ptr_eq(a, b) || a == b,
        (a, b) => a == b,
    }
}

/// A hash that agrees with [`same`].
pub(super) fn hash(value: &Constant) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    std::mem::discriminant(value).hash(&mut hasher);
    match value {
        Constant::None | Constant::Ellipsis => {}
        Constant::Bool(value) => value.hash(&mut hasher),
        Constant::Int(value) => value.hash(&mut hasher),
        Constant::BigInt(value) => value.hash(&mut hasher),
        Constant::Float(value) => value.to_bits().hash(&mut hasher),
        Constant::Complex { real, imaginary } => (real.to_bits(), imaginary.to_bits()).hash(&mut hasher),
        Constant::Str(value) => value.hash(&mut hasher),
        Constant::Bytes(value) => value.hash(&mut hasher),
        Constant::Tuple(items) | Constant::FrozenSet(items, _) => {
            items.iter().for_each(|item| hash(item).hash(&mut hasher))
        }
        Constant::Code(code) => (&code.name, code.first_line, code.instructions.len()).hash(&mut hasher),
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_division_rounds_down() {
        let divide = |a: i64, b: i64| operate(Operator::FloorDiv, &Constant::Int(a), &Constant::Int(b));
        assert_eq!(divide(-7, 2), Some(Constant::Int(-4)));
        assert_eq!(divide(7, -2), Some(Constant::Int(-4)));
        assert_eq!(divide(1, 0), None);
    }
}
