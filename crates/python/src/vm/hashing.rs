//! `hash`.

use super::types::*;
use super::{Vm, names};
use crate::heap::objects::{DictPart, Iter};
use crate::numeric::{address, hash};
use crate::value::*;

impl Vm {
    #[inline]
    pub fn hash(&mut self, value: Value) -> Res<i64> {
        match value {
            Value::Str(text) => Ok(self.heap.hash_str(text)),
            Value::Int(i) => Ok(hash::hash_i64(i)),
            Value::Bool(b) => Ok(i64::from(b)),
            _ => self.hash_other(value),
        }
    }

    /// A hash that a program gets to see: it must be CPython's, unless it is on its way to a table through a `__hash__`.
    pub fn told_hash(&mut self, value: Value) -> Res<i64> {
        let outer = std::mem::replace(&mut self.hashed_address, false);
        let hash = self.hash(value);
        let address = std::mem::replace(&mut self.hashed_address, outer);
        self.hashed_address |= address;
        let hash = hash?;
        self.check_told_hash(address)?;
        Ok(hash)
    }

    pub fn check_told_hash(&mut self, address: bool) -> Res<()> {
        match address && self.hashing == 0 {
            true => Err(self.unsupported("the hash of an object hashed by address")),
            false => Ok(()),
        }
    }

    fn hash_other(&mut self, value: Value) -> Res<i64> {
        match value {
            Value::BigInt(id) => {
                self.hashed_address |= address::is_address(&self.heap[id]);
                Ok(hash::hash_big(&self.heap[id]))
            }
            Value::Float(f) => Ok(hash::hash_f64(f.get()).unwrap_or_else(|| {
                self.hashed_address = true;
                (f.to_bits() >> 4) as i64
            })),
            Value::Complex(id) => {
                let c = self.heap[id];
                Ok(hash::hash_complex(c.real, c.imaginary).unwrap_or(0))
            }
            Value::Bytes(id) => Ok(hash::hash_bytes(&self.heap[id])),
            Value::Tuple(tuple) => {
                let mut hasher = hash::TupleHasher::default();
                for index in 0..self.heap[tuple].items.len() {
                    let item = self.heap[tuple].items[index];
                    let hash = match item {
                        Value::Tuple(_) => stacker::maybe_grow(64 << 10, 1 << 20, || self.hash(item))?,
                        _ => self.hash(item)?,
                    };
                    hasher.add(hash);
                }
                Ok(hasher.finish())
            }
            Value::FrozenSet(set) => {
                self.hashed_address |= self.heap[set].address_hashed;
                Ok(hash::hash_frozenset(self.heap[set].iter().map(|entry| entry.hash)))
            }
            Value::Range(range) => {
                let range = self.heap[range];
                let items = match range.length {
                    0 => [Value::Int(0), Value::None, Value::None],
                    1 => [Value::Int(1), Value::Int(range.start), Value::None],
                    n => [Value::Int(n), Value::Int(range.start), Value::Int(range.step)],
                };
                let tuple = self.heap.new_tuple(&items);
                let address = self.hashed_address;
                let result = self.hash(tuple);
                // In CPython 3.11 the hash of None is an address.
                self.hashed_address = address || range.length < 2;
                result
            }
            Value::List(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::ByteArray(_)
            | Value::Slice(_)
            | Value::Cell(_) => Err(self.unhashable(value)),
            Value::Iterator(id)
                if matches!(
                    self.heap[id],
                    Iter::View {
                        part: DictPart::Keys | DictPart::Items,
                        ..
                    }
                ) =>
            {
                Err(self.unhashable(value))
            }
            Value::Method(method) => {
                let method = self.heap[method];
                Ok(self.hash(method.function)? ^ method.receiver.identity().rotate_right(4))
            }
            Value::Instance(_) | Value::Opaque(_) | Value::Exception(_) | Value::Class(_) => {
                self.hash_by_protocol(value)
            }
            _ => Ok(self.hash_address(value)),
        }
    }

    fn hash_by_protocol(&mut self, value: Value) -> Res<i64> {
        let class = self.class_of(value);
        match self.class_attribute(class, names::HASH) {
            Some(Value::None) => Err(self.unhashable(value)),
            None => Ok(self.hash_address(value)),
            Some(Value::Native(native))
                if self.natives[native.0 as usize].kind == super::native::NativeKind::Slot(OBJECT) =>
            {
                let payload = self.payload(value);
                if !payload.is(value) && !matches!(payload, Value::Opaque(_)) {
                    return self.hash(payload);
                }
                Ok(self.hash_address(value))
            }
            Some(_) => match self.ask_for_hash(value)? {
                Value::Int(i) => Ok(if i == -1 { -2 } else { i }),
                Value::Bool(b) => Ok(i64::from(b)),
                big @ Value::BigInt(_) => self.hash_other(big),
                _ => Err(self.type_error("__hash__ method should return an integer")),
            },
        }
    }

    fn ask_for_hash(&mut self, value: Value) -> Res<Value> {
        self.hashing += 1;
        let hash = self.call_special(value, names::HASH, &[]);
        self.hashing -= 1;
        Ok(hash?.unwrap_or(Value::None))
    }

    /// A stand-in for CPython's hash by address; whoever orders by it must refuse.
    pub fn hash_address(&mut self, value: Value) -> i64 {
        self.hashed_address = true;
        (value.identity() >> 4).wrapping_mul(0x9E37_79B9)
    }

    #[cold]
    fn unhashable(&mut self, value: Value) -> Stop {
        let message = format!("unhashable type: '{}'", self.type_name(value));
        self.type_error(message)
    }
}
