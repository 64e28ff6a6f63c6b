//! Unary and binary operators.

use super::types::*;
use super::{Vm, names};
use crate::bytecode::Opcode;
use crate::heap::objects::{DictPart, Iter};
use crate::numeric::address::{self, is_address};
use crate::value::*;

const SYMBOLS: [&str; 13] = [
    "+",
    "&",
    "//",
    "<<",
    "@",
    "*",
    "%",
    "|",
    "** or pow()",
    ">>",
    "-",
    "/",
    "^",
];
/// `@`, which no built-in type has.
const MATRIX_MULTIPLY: usize = 4;
const MULTIPLY: usize = 5;
/// `&`, `|`, `-`, `^`.
const SET_OPERATORS: [usize; 4] = [1, 7, 10, 12];
const FORWARD: [StrId; 13] = [
    names::ADD,
    names::AND,
    names::FLOORDIV,
    names::LSHIFT,
    names::MATMUL,
    names::MUL,
    names::MOD,
    names::OR,
    names::POW,
    names::RSHIFT,
    names::SUB,
    names::TRUEDIV,
    names::XOR,
];
const REFLECTED: [StrId; 13] = [
    names::RADD,
    names::RAND,
    names::RFLOORDIV,
    names::RLSHIFT,
    names::RMATMUL,
    names::RMUL,
    names::RMOD,
    names::ROR,
    names::RPOW,
    names::RRSHIFT,
    names::RSUB,
    names::RTRUEDIV,
    names::RXOR,
];
const IN_PLACE: [StrId; 13] = [
    names::IADD,
    names::IAND,
    names::IFLOORDIV,
    names::ILSHIFT,
    names::IMATMUL,
    names::IMUL,
    names::IMOD,
    names::IOR,
    names::IPOW,
    names::IRSHIFT,
    names::ISUB,
    names::ITRUEDIV,
    names::IXOR,
];

impl Vm {
    /// `BINARY_OP`: an operator's number, plus 13 when in place.
    pub fn binary_operation(&mut self, argument: usize, left: Value, right: Value) -> Res<Value> {
        let (operator, in_place) = (argument % 13, argument >= 13);
        match (left, right) {
            (Value::Bytes(_) | Value::ByteArray(_), Value::Opaque(_)) if operator == 0 && self.has_buffer(right) => {}
            (Value::Instance(_) | Value::Opaque(_), _) | (_, Value::Instance(_) | Value::Opaque(_)) => {
                return self.operation_by_protocol(operator, in_place, left, right);
            }
            _ => {}
        }
        match self.builtin_operation(operator, in_place, left, right)? {
            Some(value) => Ok(value),
            None => self.operation_by_protocol(operator, in_place, left, right),
        }
    }

    /// Operators of built-in values; `None` where CPython's slots answer `NotImplemented`.
    pub fn builtin_operation(
        &mut self,
        operator: usize,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Res<Option<Value>> {
        use Value::*;
        if operator == MATRIX_MULTIPLY {
            return Ok(Option::None);
        }
        match (left, right) {
            (Int(_) | BigInt(_), Int(_) | BigInt(_)) => return self.integer_operation(operator, left, right).map(Some),
            (Bool(a), Bool(b)) => {
                return match operator {
                    1 => Ok(Some(Value::from(a.get() & b.get()))),
                    7 => Ok(Some(Value::from(a.get() | b.get()))),
                    12 => Ok(Some(Value::from(a.get() ^ b.get()))),
                    _ => self.integer_operation(operator, Int(a.into()), Int(b.into())).map(Some),
                };
            }
            (Bool(a), Int(_) | BigInt(_)) => return self.integer_operation(operator, Int(a.into()), right).map(Some),
            (Int(_) | BigInt(_), Bool(b)) => return self.integer_operation(operator, left, Int(b.into())).map(Some),
            (Float(a), Float(b)) => return self.float_operation(operator, a.get(), b.get()),
            (Float(a), Int(_) | BigInt(_) | Bool(_)) => {
                let b = self.to_float(right)?;
                return self.float_operation(operator, a.get(), b);
            }
            (Int(_) | BigInt(_) | Bool(_), Float(b)) => {
                let a = self.to_float(left)?;
                return self.float_operation(operator, a, b.get());
            }
            (Complex(_), Complex(_) | Float(_) | Int(_) | BigInt(_) | Bool(_))
            | (Float(_) | Int(_) | BigInt(_) | Bool(_), Complex(_)) => {
                return self.complex_operation(operator, left, right);
            }
            _ => {}
        }
        match operator {
            0 => self.concatenate(in_place, left, right),
            5 => match (left, right) {
                (Str(_) | Bytes(_) | ByteArray(_) | List(_) | Tuple(_), Int(_) | Bool(_) | BigInt(_)) => {
                    self.repeat(in_place, left, right).map(Some)
                }
                (Int(_) | Bool(_) | BigInt(_), Str(_) | Bytes(_) | ByteArray(_) | List(_) | Tuple(_)) => {
                    self.repeat(false, right, left).map(Some)
                }
                _ => Ok(Option::None),
            },
            6 => match left {
                Str(text) => {
                    let value = crate::builtins::percent::format(self, text, right)?;
                    Ok(Some(value))
                }
                Bytes(_) | ByteArray(_) => {
                    let value = crate::builtins::bytes::format(self, left, right)?;
                    Ok(Some(value))
                }
                _ => Ok(Option::None),
            },
            1 | 7 | 10 | 12 => self.set_operation(operator, in_place, left, right),
            _ => Ok(Option::None),
        }
    }

    fn set_operation(&mut self, operator: usize, in_place: bool, left: Value, right: Value) -> Res<Option<Value>> {
        use Value::*;
        match (left, right) {
            (Dict(a), Dict(_)) if operator == 7 => {
                let dict = if in_place {
                    a
                } else {
                    let copy = self.heap[a].clone();
                    self.heap.add_dict(copy)
                };
                self.dict_update(dict, right)?;
                Ok(Some(Dict(dict)))
            }
            (Dict(a), _) if operator == 7 && in_place => {
                self.dict_update(a, right)?;
                Ok(Some(left))
            }
            (Set(a) | FrozenSet(a), Set(_) | FrozenSet(_)) => {
                if in_place && matches!(left, Set(_)) {
                    match operator {
                        1 => {
                            let result = self.set_intersection(a, right)?;
                            self.heap[a] = std::mem::take(&mut self.heap[result]);
                        }
                        7 => self.set_update(a, right)?,
                        10 => self.set_difference_update(a, right)?,
                        _ => self.set_symmetric_update(a, right)?,
                    }
                    return Ok(Some(left));
                }
                let result = match operator {
                    1 => self.set_intersection(a, right)?,
                    7 => {
                        let copy = self.set_copy(a)?;
                        self.set_update(copy, right)?;
                        copy
                    }
                    10 => self.set_difference(a, right)?,
                    _ => {
                        let copy = self.set_from(right)?;
                        self.set_symmetric_update(copy, left)?;
                        copy
                    }
                };
                Ok(Some(if matches!(left, Set(_)) {
                    Set(result)
                } else {
                    FrozenSet(result)
                }))
            }
            (Class(_), Class(_) | None) | (None, Class(_)) if operator == 7 => {
                let (left, right) = (left, right);
                crate::builtins::alias::union(self, &[left, right]).map(Some)
            }
            _ if self.is_set_view(left) || self.is_set_view(right) => self.view_operation(operator, left, right),
            _ => Ok(Option::None),
        }
    }

    /// `a.items() ^ b.items()`: the items of `b` that are not in `a` come first.
    fn items_in_one(&mut self, a: DictId, b: DictId) -> Res<SetId> {
        let result = self.heap.add_set(Default::default());
        let (mut rest, others): (Vec<_>, Vec<_>) = (self.heap[a].iter().collect(), self.heap[b].iter().collect());
        for (key, value) in others {
            let same = match self.dict_get(a, key)? {
                Some(found) => self.identical_or_equal(found, value)?,
                None => false,
            };
            if same {
                let mut kept = Vec::with_capacity(rest.len());
                for pair in rest {
                    if !self.identical_or_equal(pair.0, key)? {
                        kept.push(pair);
                    }
                }
                rest = kept;
            } else {
                let pair = self.heap.new_tuple(&[key, value]);
                self.set_add(result, pair)?;
            }
        }
        for (key, value) in rest {
            let pair = self.heap.new_tuple(&[key, value]);
            self.set_add(result, pair)?;
        }
        Ok(result)
    }

    fn is_set_view(&self, value: Value) -> bool {
        matches!(self.view_of(value), Some((_, DictPart::Keys | DictPart::Items)))
    }

    /// Whether a view is of a dict itself, and not of an object of a derived class.
    fn is_exact_view(&self, value: Value) -> bool {
        match value {
            Value::Iterator(id) => matches!(
                self.heap[id],
                Iter::View {
                    dict: Value::Dict(_),
                    ..
                }
            ),
            _ => false,
        }
    }

    /// Set operators of a view of keys or items, on either side, with whatever can be iterated over.
    fn view_operation(&mut self, operator: usize, left: Value, right: Value) -> Res<Option<Value>> {
        let items = |vm: &Vm, value: Value| match vm.view_of(value) {
            Some((dict, DictPart::Items)) => Some(dict),
            _ => None,
        };
        if let (12, Some(a), Some(b)) = (operator, items(self, left), items(self, right)) {
            return self.items_in_one(a, b).map(|set| Some(Value::Set(set)));
        }
        let set = match operator {
            1 => self.view_intersection(left, right)?,
            7 | 10 | 12 => {
                // The hashes of a dict's keys are known.
                let source = match self.view_of(left) {
                    Some((dict, DictPart::Keys)) if self.is_exact_view(left) => Value::Dict(dict),
                    _ => left,
                };
                let set = self.set_from(source)?;
                match operator {
                    7 => self.set_update(set, right)?,
                    10 => self.set_difference_update(set, right)?,
                    _ => self.set_symmetric_update(set, right)?,
                }
                set
            }
            _ => return Ok(None),
        };
        Ok(Some(Value::Set(set)))
    }

    /// `view & other`, where at least one is a view of keys or items: elements of the one that are in the other.
    fn view_intersection(&mut self, left: Value, right: Value) -> Res<SetId> {
        let (mut within, mut items) = (left, right);
        if self.view_of(left).is_none() {
            (within, items) = (right, left);
        }
        if self.view_of(items).is_some() && self.length(items)? > self.length(within)? {
            (within, items) = (items, within);
        }
        if matches!(items, Value::Set(_)) && self.length(within)? <= self.length(items)? {
            let set = self.as_set(items).expect("a set");
            return self.set_intersection(set, within);
        }
        let result = self.heap.add_set(Default::default());
        let iterator = self.iterator(items)?;
        while let Some(item) = self.next(iterator)? {
            self.tick(1)?;
            if self.contains(within, item)? {
                self.set_add(result, item)?;
            }
        }
        Ok(result)
    }

    fn concatenate(&mut self, in_place: bool, left: Value, right: Value) -> Res<Option<Value>> {
        use Value::*;
        match (left, right) {
            (Str(a), Str(b)) => {
                let (x, y) = (self.heap.text(a), self.heap.text(b));
                let length = x.len() + y.len();
                if 4 * length < self.room()
                    && let Some(grown) = self.heap.grow_str(a, b)
                {
                    return Ok(Some(Str(grown)));
                }
                if length > 1 << 16 {
                    self.reserve(length)?;
                    self.tick((length >> 10) as u32)?;
                    if self.heap.allocated > self.heap.threshold {
                        // Quadratic building of a text: the old ones die at the next safepoint.
                        self.reserve(length)?;
                    }
                }
                Ok(Some(Str(self.heap.join_str(a, b))))
            }
            (Str(_), _) => {
                let message = format!("can only concatenate str (not \"{}\") to str", self.type_name(right));
                if matches!(right, Instance(_) | Opaque(_)) {
                    Ok(Option::None)
                } else {
                    Err(self.type_error(message))
                }
            }
            (List(a), _) if in_place => {
                self.list_extend(a, right)?;
                Ok(Some(left))
            }
            (List(a), List(b)) => {
                let size = self.heap[a].items.len() + self.heap[b].items.len();
                self.reserve(size * 16)?;
                let mut items = Vec::with_capacity(size);
                items.extend_from_slice(&self.heap[a].items);
                items.extend_from_slice(&self.heap[b].items);
                Ok(Some(self.heap.new_list(items)))
            }
            (Tuple(a), Tuple(b)) => {
                let items: Vec<Value> = self.heap[a].items.iter().chain(&self.heap[b].items).copied().collect();
                self.reserve(items.len() * 16)?;
                Ok(Some(self.heap.new_tuple(&items)))
            }
            (List(_) | Tuple(_), _) => {
                let name = self.type_name(left).to_owned();
                let message = format!(
                    "can only concatenate {name} (not \"{}\") to {name}",
                    self.type_name(right)
                );
                if matches!(right, Instance(_) | Opaque(_)) {
                    Ok(Option::None)
                } else {
                    Err(self.type_error(message))
                }
            }
            (Bytes(_) | ByteArray(_), _) if self.has_buffer(right) => {
                let extra = self.buffer_copy(right).unwrap_or_default();
                if let (ByteArray(a), true) = (left, in_place) {
                    if right.is(left) {
                        return Err(self.raise(BUFFER_ERROR, "Existing exports of data: object cannot be re-sized"));
                    }
                    self.check_exports(a)?;
                    self.heap[a].extend(extra);
                    return Ok(Some(left));
                }
                let mut bytes = self.bytes_of(left).unwrap_or_default().to_vec();
                bytes.extend(extra);
                Ok(Some(if matches!(left, Bytes(_)) {
                    self.heap.new_bytes(bytes)
                } else {
                    self.heap.new_byte_array(bytes)
                }))
            }
            (Bytes(_) | ByteArray(_), _) => {
                let message = format!("can't concat {} to {}", self.type_name(right), self.type_name(left));
                Err(self.type_error(message))
            }
            _ => Ok(Option::None),
        }
    }

    fn repeat(&mut self, in_place: bool, sequence: Value, count: Value) -> Res<Value> {
        let count = match count {
            Value::Int(i) => i.max(0) as usize,
            Value::Bool(b) => b.into(),
            _ => return Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
        };
        let (length, unit) = match sequence {
            Value::Str(h) => (self.heap.text(h).len(), 1),
            Value::List(h) => (self.heap[h].items.len(), 16),
            Value::Tuple(h) => (self.heap[h].items.len(), 16),
            _ => (self.bytes_of(sequence).map_or(0, <[u8]>::len), 1),
        };
        let size = length.saturating_mul(count).saturating_mul(unit);
        self.reserve(size)?;
        self.tick((size >> 12) as u32)?;
        Ok(match sequence {
            Value::Str(h) => {
                if count == 1 {
                    return Ok(sequence);
                }
                let text = self.heap.text(h).repeat(count);
                Value::Str(self.heap.string(text))
            }
            Value::List(h) => {
                let items = self.heap[h].items.repeat(count);
                if in_place {
                    self.heap.allocated += items.len() * 16;
                    self.heap[h].items = items;
                    return Ok(sequence);
                }
                self.heap.new_list(items)
            }
            Value::Tuple(h) => {
                if count == 1 {
                    return Ok(sequence);
                }
                let items = self.heap[h].items.repeat(count);
                self.heap.new_tuple(&items)
            }
            Value::ByteArray(h) => {
                let bytes = self.heap[h].repeat(count);
                if in_place {
                    if count != 1 {
                        self.check_exports(h)?;
                    }
                    self.heap[h] = bytes;
                    return Ok(sequence);
                }
                self.heap.new_byte_array(bytes)
            }
            _ => {
                let bytes = self.bytes_of(sequence).unwrap_or_default().repeat(count);
                self.heap.new_bytes(bytes)
            }
        })
    }

    fn float_operation(&mut self, operator: usize, a: f64, b: f64) -> Res<Option<Value>> {
        Ok(Some(Value::float(match operator {
            0 => a + b,
            2 | 6 => {
                if b == 0.0 {
                    return Err(self.zero_division(if operator == 2 {
                        "float floor division by zero"
                    } else {
                        "float modulo"
                    }));
                }
                let (quotient, rest) = float_divmod(a, b);
                if operator == 2 { quotient } else { rest }
            }
            5 => a * b,
            8 => return self.float_power(a, b).map(Some),
            10 => a - b,
            11 => {
                if b == 0.0 {
                    return Err(self.zero_division("float division by zero"));
                }
                a / b
            }
            _ => return Ok(None),
        })))
    }

    pub fn float_power(&mut self, a: f64, b: f64) -> Res<Value> {
        if a == 0.0 && b < 0.0 && b.is_finite() {
            return Err(self.zero_division("0.0 cannot be raised to a negative power"));
        }
        if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
            let left = self.heap.complex(a, 0.0);
            return Ok(self.complex_operation(8, left, Value::float(b))?.unwrap_or(Value::None));
        }
        let value = a.powf(b);
        if value.is_infinite() && a.is_finite() && b.is_finite() {
            return Err(self.raise_with_errno(34, "Numerical result out of range"));
        }
        Ok(Value::float(value))
    }

    /// `OverflowError: (34, 'Numerical result out of range')`.
    fn raise_with_errno(&mut self, number: i64, text: &str) -> Stop {
        let text = Value::Str(self.heap.str(text));
        self.raise_with(OVERFLOW_ERROR, &[Value::Int(number), text])
    }

    fn complex_operation(&mut self, operator: usize, left: Value, right: Value) -> Res<Option<Value>> {
        let ((a, b), (c, d)) = (self.complex_parts(left)?, self.complex_parts(right)?);
        let (real, imaginary) = match operator {
            0 => (a + c, b + d),
            10 => (a - c, b - d),
            5 => (a * c - b * d, a * d + b * c),
            11 => match complex_quotient((a, b), (c, d)) {
                Some(quotient) => quotient,
                None => return Err(self.zero_division("complex division by zero")),
            },
            8 => {
                if c == 0.0 && d == 0.0 {
                    (1.0, 0.0)
                } else if a == 0.0 && b == 0.0 {
                    if d != 0.0 || c < 0.0 {
                        return Err(self.zero_division("0.0 to a negative or complex power"));
                    }
                    (0.0, 0.0)
                } else if d == 0.0 && c.fract() == 0.0 && c.abs() <= 100.0 {
                    complex_integer_power((a, b), c as i64)
                } else {
                    let modulus = a.hypot(b);
                    let mut length = modulus.powf(c);
                    let angle = b.atan2(a);
                    let mut phase = angle * c;
                    if d != 0.0 {
                        length /= (angle * d).exp();
                        phase += d * modulus.ln();
                    }
                    if phase.is_infinite() {
                        return Err(self.zero_division("0.0 to a negative or complex power"));
                    }
                    (length * phase.cos(), length * phase.sin())
                }
            }
            _ => return Ok(None),
        };
        if operator == 8 && (real.is_infinite() || imaginary.is_infinite()) {
            return Err(self.raise(OVERFLOW_ERROR, "complex exponentiation"));
        }
        Ok(Some(self.heap.complex(real, imaginary)))
    }

    fn operation_by_protocol(&mut self, operator: usize, in_place: bool, left: Value, right: Value) -> Res<Value> {
        if in_place
            && matches!(left, Value::Instance(_) | Value::Opaque(_))
            && let Some(value) = self.call_special(left, IN_PLACE[operator], &[right])?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
        let base = self.payload(left);
        if in_place && matches!(base, Value::Dict(_) | Value::Set(_)) && SET_OPERATORS.contains(&operator) {
            // The slot of the built-in type, which changes the object itself.
            let other = match self.payload(right) {
                set @ (Value::Set(_) | Value::FrozenSet(_)) => set,
                _ => right,
            };
            if let Some(value) = self.set_operation(operator, true, base, other)? {
                return Ok(if value.is(base) { left } else { value });
            }
        }
        if self.is_set_view(left)
            && let Some(value) = self.view_operation(operator, left, right)?
        {
            return Ok(value);
        }
        let (left_class, right_class) = (self.class_of(left), self.class_of(right));
        // Sequences are joined and repeated only after both sides had their say.
        let is_slot = |vm: &Vm, value: Value, method: &Value| {
            matches!(method, Value::Native(_))
                && matches!(operator, 0 | MULTIPLY)
                && crate::builtins::slots::is_sequence(vm.payload(value))
        };
        let reflected = self.class_attribute(right_class, REFLECTED[operator]);
        let reflected = reflected.filter(|method| !is_slot(self, right, method));
        let forward = self.class_attribute(left_class, FORWARD[operator]);
        let repeats = operator == MULTIPLY && crate::builtins::slots::is_sequence(self.payload(right));
        let forward =
            forward.filter(|method| !(is_slot(self, left, method) || repeats && matches!(method, Value::Native(_))));
        let mut tried_right = false;
        if left_class != right_class && self.is_subclass(right_class, left_class) && reflected.is_some() {
            let inherited = self.class_attribute(left_class, REFLECTED[operator]);
            if !matches!((inherited, reflected), (Some(a), Some(b)) if a.is(b))
                || matches!(forward, Some(Value::Native(_)))
            {
                tried_right = true;
                if let Some(value) = self.call_special(right, REFLECTED[operator], &[left])?
                    && !matches!(value, Value::NotImplemented)
                {
                    return Ok(value);
                }
            }
        }
        if forward.is_some()
            && let Some(value) = self.call_special(left, FORWARD[operator], &[right])?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
        if !tried_right
            && left_class != right_class
            && reflected.is_some()
            && let Some(value) = self.call_special(right, REFLECTED[operator], &[left])?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
        if self.is_set_view(right)
            && let Some(value) = self.view_operation(operator, left, right)?
        {
            return Ok(value);
        }
        if let (true, Value::List(list), 0) = (in_place, base, operator) {
            self.list_extend(list, right)?;
            return Ok(left);
        }
        // Instances of classes derived from built-in types stand for their values.
        let (a, b) = (self.payload(left), self.payload(right));
        let derived = !a.is(left) || !b.is(right);
        if derived
            && !matches!(a, Value::Instance(_) | Value::Opaque(_))
            && !matches!(b, Value::Instance(_) | Value::Opaque(_))
            && (operator != 0 || concatenates(a, b))
            && operator != MULTIPLY
            && let Some(value) = self.builtin_operation(operator, in_place, a, b)?
        {
            return Ok(if in_place && value.is(a) { left } else { value });
        }
        if operator == MULTIPLY {
            for (sequence, count) in [(left, right), (right, left)] {
                if in_place && count.is(left) && !sequence.is(left) && self.is_sequence_like(left) {
                    break;
                }
                let items = self.payload(sequence);
                if !matches!(
                    items,
                    Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_) | Value::List(_) | Value::Tuple(_)
                ) {
                    continue;
                }
                let class = self.class_of(count);
                if self.class_attribute(class, names::INDEX).is_none() {
                    let message = format!("can't multiply sequence by non-int of type '{}'", self.type_name(count));
                    return Err(self.type_error(message));
                }
                let count = self.index_value(count)?;
                let result = self.repeat(in_place && sequence.is(left), items, count)?;
                return Ok(if in_place && result.is(items) { sequence } else { result });
            }
        }
        Err(self.operand_error(operator, in_place, left, right))
    }

    /// The function that alone decides about `BINARY_OP` of these operands: two plain instances of one class.
    pub(super) fn operator_function(&mut self, argument: usize, left: Value, right: Value) -> Option<FunctionId> {
        let (Value::Instance(a), Value::Instance(b)) = (left, right) else {
            return None;
        };
        let (a, b) = (&self.heap[a], &self.heap[b]);
        if a.class != b.class || !a.payload.is_null() || !b.payload.is_null() {
            return None;
        }
        let class = a.class;
        if argument >= 13 && self.class_attribute(class, IN_PLACE[argument - 13]).is_some() {
            return None;
        }
        let Some(Value::Function(function)) = self.class_attribute(class, FORWARD[argument % 13]) else {
            return None;
        };
        let flags = &self.codes[self.heap.function(function).code].source.flags;
        let plain = !flags.generator && !flags.coroutine && !flags.async_generator;
        plain.then_some(function)
    }

    #[cold]
    pub fn operand_error(&mut self, operator: usize, in_place: bool, left: Value, right: Value) -> Stop {
        let symbol = match (operator, in_place) {
            (8, true) => "**=".to_owned(),
            (_, true) => format!("{}=", SYMBOLS[operator]),
            _ => SYMBOLS[operator].to_owned(),
        };
        if operator == 0 {
            let base = self.payload(left);
            let (name, other) = (self.type_name(base), self.type_name(right));
            let message = match base {
                Value::Str(_) | Value::List(_) | Value::Tuple(_) => {
                    Some(format!("can only concatenate {name} (not \"{other}\") to {name}"))
                }
                Value::Bytes(_) | Value::ByteArray(_) => {
                    Some(format!("can't concat {other} to {}", self.type_name(left)))
                }
                _ => None,
            };
            if let Some(message) = message {
                return self.type_error(message);
            }
        }
        let hint = operator == 9
            && matches!(left, Value::Native(native)
            if self.natives[native.0 as usize].definition.name == "print");
        let message = format!(
            "unsupported operand type(s) for {symbol}: '{}' and '{}'{}",
            self.type_name(left),
            self.type_name(right),
            if hint {
                ". Did you mean \"print(<message>, file=<output_stream>)\"?"
            } else {
                ""
            }
        );
        self.type_error(message)
    }

    pub fn unary_operation(&mut self, opcode: Opcode, value: Value) -> Res<Value> {
        let (name, symbol) = match opcode {
            Opcode::UnaryNegative => (names::NEG, "unary -"),
            Opcode::UnaryPositive => (names::POS, "unary +"),
            _ => (names::INVERT, "unary ~"),
        };
        if let Some(result) = self.builtin_unary(name, value)? {
            return Ok(result);
        }
        if let Some(result) = self.call_special(value, name, &[])? {
            return Ok(result);
        }
        let message = format!("bad operand type for {symbol}: '{}'", self.type_name(value));
        Err(self.type_error(message))
    }

    pub fn builtin_unary(&mut self, name: StrId, value: Value) -> Res<Option<Value>> {
        Ok(match (name, value) {
            (_, Value::Bool(b)) => return self.builtin_unary(name, Value::Int(b.into())),
            (names::NEG, Value::Int(i)) => Some(self.heap.int_i128(-i128::from(i))),
            (names::POS, Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Complex(_)) => Some(value),
            (names::INVERT, Value::Int(i)) => Some(Value::Int(!i)),
            (names::NEG, Value::Float(f)) => Some(Value::float(-f.get())),
            (names::NEG | names::INVERT, Value::BigInt(id)) if is_address(&self.heap[id]) => {
                return Err(self.unsupported(address::UNSUPPORTED));
            }
            (names::NEG, Value::BigInt(id)) => {
                let negated = -self.heap[id].clone();
                Some(self.heap.int(negated))
            }
            (names::INVERT, Value::BigInt(id)) => {
                let inverted = !self.heap[id].clone();
                Some(self.heap.int(inverted))
            }
            (names::NEG, Value::Complex(id)) => {
                let c = self.heap[id];
                Some(self.heap.complex(-c.real, -c.imaginary))
            }
            _ => None,
        })
    }
}

/// Quotient and rest of floats as CPython computes them (Objects/floatobject.c).
pub fn float_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest != 0.0 {
        if (b < 0.0) != (rest < 0.0) {
            rest += b;
            quotient -= 1.0;
        }
    } else {
        rest = 0.0f64.copysign(b);
    }
    let floor = if quotient != 0.0 {
        let mut floor = quotient.floor();
        if quotient - floor > 0.5 {
            floor += 1.0;
        }
        floor
    } else {
        0.0f64.copysign(a / b)
    };
    (floor, rest)
}

/// None where the divisor is zero.
pub fn complex_quotient((a, b): (f64, f64), (c, d): (f64, f64)) -> Option<(f64, f64)> {
    if c == 0.0 && d == 0.0 {
        return None;
    }
    Some(if c.abs() >= d.abs() {
        let ratio = d / c;
        let denominator = c + d * ratio;
        ((a + b * ratio) / denominator, (b - a * ratio) / denominator)
    } else {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio + b) / denominator, (b * ratio - a) / denominator)
    })
}

/// Whether `+` joins the two, as far as their types tell.
pub fn concatenates(a: Value, b: Value) -> bool {
    use Value::*;
    match a {
        Str(_) => matches!(b, Str(_)),
        List(_) => matches!(b, List(_)),
        Tuple(_) => matches!(b, Tuple(_)),
        Bytes(_) | ByteArray(_) => matches!(b, Bytes(_) | ByteArray(_)),
        _ => true,
    }
}

fn complex_integer_power(base: (f64, f64), exponent: i64) -> (f64, f64) {
    let multiply = |(a, b): (f64, f64), (c, d): (f64, f64)| (a * c - b * d, a * d + b * c);
    let mut result = (1.0, 0.0);
    let mut power = base;
    let left = exponent.unsigned_abs();
    let mut mask = 1;
    while mask > 0 && left >= mask {
        if left & mask != 0 {
            result = multiply(result, power);
        }
        mask <<= 1;
        power = multiply(power, power);
    }
    if exponent < 0 {
        let (c, d) = result;
        let (ratio, denominator);
        if c.abs() >= d.abs() {
            ratio = d / c;
            denominator = c + d * ratio;
            (1.0 / denominator, (0.0 - ratio) / denominator)
        } else {
            ratio = c / d;
            denominator = c * ratio + d;
            (ratio / denominator, -1.0 / denominator)
        }
    } else {
        result
    }
}
