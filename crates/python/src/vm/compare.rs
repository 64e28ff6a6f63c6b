//! Comparison, identity, truth, length, membership.

use super::types::*;
use super::{Vm, names};
use crate::heap::objects::DictPart;
use crate::numeric::address::is_address;
use crate::value::*;
use num_bigint::BigInt;
use std::cmp::Ordering;

pub const LT: usize = 0;
pub const LE: usize = 1;
pub const EQ: usize = 2;
pub const NE: usize = 3;
pub const GT: usize = 4;
pub const GE: usize = 5;

const SYMBOLS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];
const METHODS: [StrId; 6] = [names::LT, names::LE, names::EQ, names::NE, names::GT, names::GE];
const REFLECTED: [usize; 6] = [GT, GE, EQ, NE, LT, LE];

fn decide(operator: usize, ordering: Option<Ordering>) -> bool {
    match operator {
        LT => ordering == Some(Ordering::Less),
        LE => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        EQ => ordering == Some(Ordering::Equal),
        NE => ordering != Some(Ordering::Equal),
        GT => ordering == Some(Ordering::Greater),
        _ => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
    }
}

/// The letters that name something within CPython itself: a constant of a program is that name's object, a letter made at run time
/// another. (One of them, `j`, in some of 3.11's releases.)
const TWO_OBJECTS: &str = "BCLST_abcdefhijklmnopqrstvwxy";

impl Vm {
    /// `left <operator> right`.
    pub fn compare(&mut self, operator: usize, left: Value, right: Value) -> Res<Value> {
        use Value::*;
        match (left, right) {
            (Int(a), Int(b)) => return Ok(Value::from(decide(operator, Some(a.cmp(&b))))),
            (Float(a), Float(b)) => return Ok(Value::from(decide(operator, a.get().partial_cmp(&b.get())))),
            (Str(a), Str(b)) => {
                if a == b {
                    return Ok(Value::from(decide(operator, Some(Ordering::Equal))));
                }
                return Ok(Value::from(decide(
                    operator,
                    Some(self.heap.text(a).cmp(self.heap.text(b))),
                )));
            }
            (Instance(_) | Exception(_), _) | (_, Instance(_) | Exception(_)) => {
                self.enter(" in comparison")?;
                let result = self.compare_by_protocol(operator, left, right);
                self.leave();
                return result;
            }
            _ => {}
        }
        match self.compare_builtin(operator, left, right)? {
            Some(result) => Ok(Value::from(result)),
            Option::None => self.compare_by_protocol(operator, left, right),
        }
    }

    /// As numbers: exact, whatever the mix.
    fn compare_numbers(&self, left: Value, right: Value) -> Option<Option<Ordering>> {
        use Value::*;
        let plain = |v: Value| match v {
            Bool(b) => Int(b.into()),
            other => other,
        };
        Some(match (plain(left), plain(right)) {
            (Int(a), Int(b)) => Some(a.cmp(&b)),
            (Float(a), Float(b)) => a.get().partial_cmp(&b.get()),
            (BigInt(a), BigInt(b)) => Some(self.heap[a].cmp(&self.heap[b])),
            (Int(_), BigInt(b)) => Some(if self.heap[b].sign() == num_bigint::Sign::Minus {
                Ordering::Greater
            } else {
                Ordering::Less
            }),
            (BigInt(a), Int(_)) => Some(if self.heap[a].sign() == num_bigint::Sign::Minus {
                Ordering::Less
            } else {
                Ordering::Greater
            }),
            (Int(a), Float(b)) => compare_int_float(a, b.get()),
            (Float(a), Int(b)) => compare_int_float(b, a.get()).map(Ordering::reverse),
            (BigInt(a), Float(b)) => compare_big_float(&self.heap[a], b.get()),
            (Float(a), BigInt(b)) => compare_big_float(&self.heap[b], a.get()).map(Ordering::reverse),
            _ => return Option::None,
        })
    }

    /// Comparison of built-in values; `None` where CPython's slots answer `NotImplemented`.
    pub fn compare_builtin(&mut self, operator: usize, left: Value, right: Value) -> Res<Option<bool>> {
        use Value::*;
        if let Some(ordering) = self.compare_numbers(left, right) {
            if !matches!(operator, EQ | NE)
                && let (BigInt(a), BigInt(b)) = (left, right)
                && is_address(&self.heap[a])
                && is_address(&self.heap[b])
            {
                return Err(self.unsupported("an order by addresses"));
            }
            return Ok(Some(decide(operator, ordering)));
        }
        let equality = matches!(operator, EQ | NE);
        let equal = |same: bool| Ok(Some(same == (operator == EQ)));
        match (left, right) {
            (Str(a), Str(b)) => Ok(Some(decide(operator, Some(self.heap.text(a).cmp(self.heap.text(b)))))),
            (Bytes(_) | ByteArray(_), Bytes(_) | ByteArray(_)) => Ok(Some(decide(
                operator,
                self.bytes_of(left).partial_cmp(&self.bytes_of(right)),
            ))),
            (ByteArray(_), Opaque(_)) if self.has_buffer(right) => Ok(Some(decide(
                operator,
                self.bytes_of(left).partial_cmp(&self.buffer_copy(right).as_deref()),
            ))),
            (List(_), List(_)) | (Tuple(_), Tuple(_)) => self.compare_sequences(operator, left, right),
            (Set(a) | FrozenSet(a), Set(b) | FrozenSet(b)) => {
                let (x, y) = (self.heap[a].len(), self.heap[b].len());
                Ok(Some(match operator {
                    EQ => x == y && self.set_is_subset(a, b)?,
                    NE => !(x == y && self.set_is_subset(a, b)?),
                    LE => self.set_is_subset(a, b)?,
                    LT => x < y && self.set_is_subset(a, b)?,
                    GE => self.set_is_subset(b, a)?,
                    _ => y < x && self.set_is_subset(b, a)?,
                }))
            }
            (Dict(a), Dict(b)) if equality => {
                let same = self.dicts_equal(a, b)?;
                equal(same)
            }
            (Complex(id), number @ (Int(_) | BigInt(_))) | (number @ (Int(_) | BigInt(_)), Complex(id)) if equality => {
                // Not through a float, which would round the integer.
                let (real, imaginary) = (self.heap[id].real, self.heap[id].imaginary);
                if imaginary != 0.0 {
                    return equal(false);
                }
                self.compare_builtin(operator, Value::float(real), number)
            }
            (Complex(_), _) | (_, Complex(_)) if equality => {
                let (Some(a), Some(b)) = (self.as_complex(left), self.as_complex(right)) else {
                    return Ok(Option::None);
                };
                equal(a == b)
            }
            (Range(a), Range(b)) if equality => {
                let (a, b) = (self.heap[a], self.heap[b]);
                equal(
                    a.length == b.length
                        && (a.length == 0 || (a.start == b.start && (a.length == 1 || a.step == b.step))),
                )
            }
            (Slice(a), Slice(b)) => {
                let (a, b) = (self.heap[a], self.heap[b]);
                let x = self.heap.new_tuple(&[a.start, a.stop, a.step]);
                let y = self.heap.new_tuple(&[b.start, b.stop, b.step]);
                self.compare_builtin(operator, x, y)
            }
            (Method(a), Method(b)) if equality => {
                let (a, b) = (self.heap[a], self.heap[b]);
                equal(a.function.is(b.function) && a.receiver.is(b.receiver))
            }
            (Iterator(_), _) | (_, Iterator(_)) => self.compare_views(operator, left, right),
            (None, None) if equality => equal(true),
            _ => Ok(Option::None),
        }
    }

    fn compare_views(&mut self, operator: usize, left: Value, right: Value) -> Res<Option<bool>> {
        let is_view = |vm: &Vm, value: Value| vm.view_of(value).is_some_and(|view| view.1 != DictPart::Values);
        let (left, right, operator) = if is_view(self, left) {
            (left, right, operator)
        } else {
            (right, left, REFLECTED[operator])
        };
        if !is_view(self, left) || !is_view(self, right) && self.as_set(right).is_none() {
            return Ok(None);
        }
        let (own, others) = (self.length(left)?, self.length(right)?);
        let (possible, inner, outer) = match operator {
            EQ | NE => (own == others, left, right),
            LT => (own < others, left, right),
            LE => (own <= others, left, right),
            GT => (own > others, right, left),
            _ => (own >= others, right, left),
        };
        let mut within = possible;
        if possible {
            let iterator = self.iterator(inner)?;
            while let Some(item) = self.next(iterator)? {
                self.tick(1)?;
                if !self.contains(outer, item)? {
                    within = false;
                    break;
                }
            }
        }
        Ok(Some(within != (operator == NE)))
    }

    fn sequence_item(&self, sequence: Value, index: usize) -> Option<Value> {
        match sequence {
            Value::List(list) => self.heap[list].items.get(index).copied(),
            Value::Tuple(tuple) => self.heap[tuple].items.get(index).copied(),
            _ => None,
        }
    }

    fn compare_sequences(&mut self, operator: usize, left: Value, right: Value) -> Res<Option<bool>> {
        let length = |vm: &Vm, value| match value {
            Value::List(list) => vm.heap[list].items.len(),
            Value::Tuple(tuple) => vm.heap[tuple].items.len(),
            _ => 0,
        };
        if matches!(operator, EQ | NE) && length(self, left) != length(self, right) && matches!(left, Value::List(_)) {
            return Ok(Some(operator == NE));
        }
        let mut index = 0;
        loop {
            let (Some(a), Some(b)) = (self.sequence_item(left, index), self.sequence_item(right, index)) else {
                let ordering = length(self, left).cmp(&length(self, right));
                return Ok(Some(decide(operator, Some(ordering))));
            };
            let same = match (a, b) {
                (Value::List(_) | Value::Tuple(_), _) => {
                    self.enter(" in comparison")?;
                    let result = stacker::maybe_grow(64 << 10, 1 << 20, || self.identical_or_equal(a, b));
                    self.leave();
                    result?
                }
                _ => self.identical_or_equal(a, b)?,
            };
            if !same {
                if operator == EQ || operator == NE {
                    return Ok(Some(operator == NE));
                }
                let result = self.compare(operator, a, b)?;
                return Ok(Some(self.truth(result)?));
            }
            index += 1;
            if index & 63 == 0 {
                self.tick(64)?;
            }
        }
    }

    #[inline]
    pub fn identical_or_equal(&mut self, a: Value, b: Value) -> Res<bool> {
        match (a, b) {
            (Value::Int(x), Value::Int(y)) => Ok(x == y),
            _ if a.is(b) => Ok(true),
            _ => self.equal(a, b),
        }
    }

    fn dicts_equal(&mut self, a: DictId, b: DictId) -> Res<bool> {
        if self.heap[a].len() != self.heap[b].len() {
            return Ok(false);
        }
        let entries: Vec<_> = self.heap[a].live_entries().copied().collect();
        self.enter(" in comparison")?;
        let result = (|| {
            for entry in entries {
                self.tick(1)?;
                let Ok(position) = self.dict_find_hashed(b, entry.key, entry.hash)? else {
                    return Ok(false);
                };
                let other = self.heap[b].entry(position).value;
                if !stacker::maybe_grow(64 << 10, 1 << 20, || self.identical_or_equal(entry.value, other))? {
                    return Ok(false);
                }
            }
            Ok(true)
        })();
        self.leave();
        result
    }

    fn compare_by_protocol(&mut self, operator: usize, left: Value, right: Value) -> Res<Value> {
        if let (Value::Cell(left), Value::Cell(right)) = (left, right) {
            // An empty cell is less than any other.
            let (left, right) = (self.heap[left].0, self.heap[right].0);
            if !left.is_null() && !right.is_null() {
                return self.compare(operator, left, right);
            }
            return self.compare(operator, Value::from(!left.is_null()), Value::from(!right.is_null()));
        }
        let (left_class, right_class) = (self.class_of(left), self.class_of(right));
        let mut tried_right = false;
        if left_class != right_class
            && self.is_subclass(right_class, left_class)
            && self
                .class_attribute(right_class, METHODS[REFLECTED[operator]])
                .is_some()
        {
            tried_right = true;
            if let Some(result) = self.compare_method(right, METHODS[REFLECTED[operator]], left)? {
                return Ok(result);
            }
        }
        if let Some(result) = self.compare_method(left, METHODS[operator], right)? {
            return Ok(result);
        }
        if !tried_right && let Some(result) = self.compare_method(right, METHODS[REFLECTED[operator]], left)? {
            return Ok(result);
        }
        // A built-in value on the right answers for a derived class on the left that would not.
        if let Value::Instance(_) = left
            && !matches!(right, Value::Instance(_))
            && let payload = self.payload(left)
            && !matches!(payload, Value::Instance(_) | Value::Opaque(_))
            && let Some(result) = self.compare_builtin(REFLECTED[operator], right, payload)?
        {
            return Ok(Value::from(result));
        }
        match operator {
            EQ => Ok(Value::from(left.is(right))),
            NE => Ok(Value::from(!left.is(right))),
            _ => {
                let message = format!(
                    "'{}' not supported between instances of '{}' and '{}'",
                    SYMBOLS[operator],
                    self.type_name(left),
                    self.type_name(right)
                );
                Err(self.type_error(message))
            }
        }
    }

    fn compare_method(&mut self, object: Value, name: StrId, other: Value) -> Res<Option<Value>> {
        match object {
            Value::Instance(_) | Value::Exception(_) | Value::Opaque(_) | Value::Class(_) => {}
            _ => return Ok(None),
        }
        let class = self.class_of(object);
        match self.class_attribute(class, name) {
            None => Ok(None),
            Some(Value::None) => Err(self.type_error("'NoneType' object is not callable")),
            Some(_) => match self.call_special(object, name, &[other])? {
                Some(Value::NotImplemented) | None => Ok(None),
                found => Ok(found),
            },
        }
    }

    #[inline]
    pub fn equal(&mut self, a: Value, b: Value) -> Res<bool> {
        if let Some(equal) = self.equal_simply(a, b)
            && !matches!(a, Value::Float(_) | Value::Instance(_))
        {
            return Ok(equal);
        }
        match self.compare(EQ, a, b)? {
            Value::Bool(equal) => Ok(equal.get()),
            other => self.truth(other),
        }
    }

    pub fn less(&mut self, a: Value, b: Value) -> Res<bool> {
        match self.compare(LT, a, b)? {
            Value::Bool(less) => Ok(less.get()),
            other => self.truth(other),
        }
    }

    /// `left is right`. Numbers outside CPython's cache have no identity here.
    pub fn is_identical(&mut self, left: Value, right: Value) -> Res<bool> {
        match (left, right) {
            (Value::Int(a), Value::Int(b)) if a == b && !(-5..=256).contains(&a) => {
                Err(self.unsupported("the identity of integers beyond CPython's cache"))
            }
            (Value::Float(a), Value::Float(b)) if a.get() == b.get() => {
                Err(self.unsupported("the identity of equal floats"))
            }
            (Value::Str(a), Value::Str(b)) if a == b && TWO_OBJECTS.contains(self.heap.text(a)) => {
                let text = self.heap.text(a);
                match text.len() {
                    1 => Err(self.unsupported("the identity of a text of one letter")),
                    _ => Ok(true),
                }
            }
            _ => Ok(left.is(right)),
        }
    }

    #[inline]
    pub fn truth(&mut self, value: Value) -> Res<bool> {
        Ok(match value {
            Value::Bool(b) => b.get(),
            Value::None | Value::Null => false,
            Value::Int(i) => i != 0,
            Value::Float(f) => f.get() != 0.0,
            Value::Str(h) => !self.heap.text(h).is_empty(),
            Value::List(h) => !self.heap[h].items.is_empty(),
            Value::Tuple(h) => !self.heap[h].items.is_empty(),
            Value::Dict(h) => self.heap[h].len() != 0,
            Value::Set(h) | Value::FrozenSet(h) => self.heap[h].len() != 0,
            Value::Bytes(h) => !self.heap[h].is_empty(),
            Value::ByteArray(h) => !self.heap[h].is_empty(),
            Value::Range(h) => self.heap[h].length != 0,
            Value::Complex(h) => self.heap[h].real != 0.0 || self.heap[h].imaginary != 0.0,
            Value::Instance(_) | Value::Opaque(_) | Value::Iterator(_) | Value::Class(_) | Value::Exception(_) => {
                return self.truth_by_protocol(value);
            }
            _ => true,
        })
    }

    fn truth_by_protocol(&mut self, value: Value) -> Res<bool> {
        if let Some((dict, _)) = self.view_of(value) {
            return Ok(self.heap[dict].len() != 0);
        }
        match self.call_special(value, names::BOOL, &[])? {
            Some(Value::Bool(b)) => return Ok(b.get()),
            Some(other) => {
                let message = format!("__bool__ should return bool, returned {}", self.type_name(other));
                return Err(self.type_error(message));
            }
            None => {}
        }
        let class = self.class_of(value);
        if self.class_attribute(class, names::LEN).is_some() {
            return Ok(self.length(value)? != 0);
        }
        let payload = self.payload(value);
        if payload.is(value) {
            Ok(true)
        } else {
            self.truth(payload)
        }
    }

    /// `len(value)`.
    pub fn length(&mut self, value: Value) -> Res<usize> {
        Ok(match value {
            Value::Str(h) => self.heap[h].chars as usize,
            Value::List(h) => self.heap[h].items.len(),
            Value::Tuple(h) => self.heap[h].items.len(),
            Value::Dict(h) => self.heap[h].len(),
            Value::Set(h) | Value::FrozenSet(h) => self.heap[h].len(),
            Value::Bytes(h) => self.heap[h].len(),
            Value::ByteArray(h) => self.heap[h].len(),
            Value::Range(h) => self.heap[h].length as usize,
            Value::Instance(_) | Value::Opaque(_) | Value::Class(_) => {
                match self.call_special(value, names::LEN, &[])? {
                    Some(length) => return self.checked_length(length),
                    None => return Err(self.no_length(value)),
                }
            }
            _ => match self.view_of(value) {
                Some((dict, _)) => self.heap[dict].len(),
                None => return Err(self.no_length(value)),
            },
        })
    }

    pub(super) fn checked_length(&mut self, length: Value) -> Res<usize> {
        match self.payload(length) {
            Value::Int(i) if i >= 0 => Ok(i as usize),
            Value::Bool(b) => Ok(b.into()),
            Value::Int(_) => Err(self.value_error("__len__() should return >= 0")),
            Value::BigInt(id) if self.heap[id].sign() == num_bigint::Sign::Minus => {
                Err(self.value_error("__len__() should return >= 0"))
            }
            Value::BigInt(_) => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
            _ => {
                let message = format!(
                    "'{}' object cannot be interpreted as an integer",
                    self.type_name(length)
                );
                Err(self.type_error(message))
            }
        }
    }

    #[cold]
    fn no_length(&mut self, value: Value) -> Stop {
        let message = format!("object of type '{}' has no len()", self.type_name(value));
        self.type_error(message)
    }

    /// `item in container`.
    pub fn contains(&mut self, container: Value, item: Value) -> Res<bool> {
        match container {
            Value::List(_) | Value::Tuple(_) => {
                let mut index = 0;
                while let Some(other) = self.sequence_item(container, index) {
                    if self.identical_or_equal(other, item)? {
                        return Ok(true);
                    }
                    index += 1;
                    if index & 63 == 0 {
                        self.tick(8)?;
                    }
                }
                Ok(false)
            }
            Value::Dict(dict) => Ok(self.dict_find(dict, item)?.is_ok()),
            Value::Set(set) | Value::FrozenSet(set) => {
                if let Value::Set(inner) = self.payload(item) {
                    // A set is looked for by its frozen value.
                    let frozen = Value::FrozenSet(inner);
                    return self.set_contains(set, frozen);
                }
                self.set_contains(set, item)
            }
            Value::Str(text) => match self.payload(item) {
                Value::Str(part) => Ok(self.heap.text(text).contains(self.heap.text(part))),
                _ => {
                    let message = format!(
                        "'in <string>' requires string as left operand, not {}",
                        self.type_name(item)
                    );
                    Err(self.type_error(message))
                }
            },
            Value::Bytes(_) | Value::ByteArray(_) => self.bytes_contain(container, item),
            Value::Range(range) => {
                let range = self.heap[range];
                match item {
                    Value::Int(_) | Value::Bool(_) | Value::Float(_) => {
                        let i = match item {
                            Value::Int(i) => i,
                            Value::Bool(b) => b.into(),
                            Value::Float(f) if f.get().fract() == 0.0 && f.get().abs() < 9e18 => f.get() as i64,
                            _ => return Ok(false),
                        };
                        let offset = i128::from(i) - i128::from(range.start);
                        let step = i128::from(range.step);
                        Ok(offset % step == 0 && (0..i128::from(range.length)).contains(&(offset / step)))
                    }
                    Value::BigInt(_) => Ok(false),
                    _ => self.contains_by_iteration(container, item),
                }
            }
            _ => {
                if let Some((dict, part)) = self.view_of(container) {
                    return match part {
                        DictPart::Keys => Ok(self.dict_find(dict, item)?.is_ok()),
                        DictPart::Items => {
                            let Value::Tuple(pair) = self.payload(item) else {
                                return Ok(false);
                            };
                            let &[key, value] = &*self.heap[pair].items else {
                                return Ok(false);
                            };
                            match self.dict_get(dict, key)? {
                                Some(found) => self.identical_or_equal(found, value),
                                None => Ok(false),
                            }
                        }
                        DictPart::Values => self.contains_by_iteration(container, item),
                    };
                }
                match self.call_special(container, names::CONTAINS, &[item])? {
                    Some(result) => self.truth(result),
                    None => {
                        let class = self.class_of(container);
                        if matches!(self.class_attribute(class, names::CONTAINS), Some(Value::None)) {
                            let message = format!("'{}' object is not a container", self.class_name(class));
                            return Err(self.type_error(message));
                        }
                        self.contains_by_iteration(container, item)
                    }
                }
            }
        }
    }

    fn contains_by_iteration(&mut self, container: Value, item: Value) -> Res<bool> {
        let iterator = match self.iterator(container) {
            Err(stop) if self.stop_is(stop, TYPE_ERROR) => {
                let message = format!("argument of type '{}' is not iterable", self.type_name(container));
                return Err(self.type_error(message));
            }
            other => other?,
        };
        while let Some(other) = self.next(iterator)? {
            self.tick(1)?;
            if self.identical_or_equal(other, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn compare_int_float(a: i64, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b >= 9_223_372_036_854_775_808.0 {
        return Some(Ordering::Less);
    }
    if b < -9_223_372_036_854_775_808.0 {
        return Some(Ordering::Greater);
    }
    let whole = b.trunc();
    Some(
        a.cmp(&(whole as i64))
            .then_with(|| 0.0f64.partial_cmp(&(b - whole)).unwrap_or(Ordering::Equal)),
    )
}

fn compare_big_float(a: &BigInt, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b.is_infinite() {
        return Some(if b > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = crate::numeric::float_parse::to_integer(b.trunc()).ok()?;
    Some(
        a.cmp(&whole)
            .then_with(|| 0.0f64.partial_cmp(&(b - b.trunc())).unwrap_or(Ordering::Equal)),
    )
}
