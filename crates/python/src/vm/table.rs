//! Dicts and sets: searches that may have to run `__eq__`.

use super::Vm;
use super::types::*;
use crate::heap::dict::Probe;
use crate::heap::objects::{DictPart, Iter};
use crate::heap::set::{Candidate, Set};
use crate::value::*;

impl Vm {
    /// Whether two keys are equal, when that needs no Python code.
    #[inline]
    pub fn equal_simply(&self, a: Value, b: Value) -> Option<bool> {
        use Value::*;
        match (a, b) {
            (Str(x), Str(y)) => Some(x == y || self.heap.text(x) == self.heap.text(y)),
            (Int(x), Int(y)) => Some(x == y),
            (Str(_), Int(_) | Float(_) | Tuple(_) | None | Bool(_))
            | (Int(_) | Float(_) | Tuple(_) | None | Bool(_), Str(_)) => Some(false),
            _ => {
                if a.is(b) {
                    return Some(true);
                }
                Option::None
            }
        }
    }

    /// Where a key stands, or the hash under which it would be inserted.
    pub fn dict_find(&mut self, dict: DictId, key: Value) -> Res<Result<usize, i64>> {
        let hash = self.hash(key)?;
        self.dict_find_hashed(dict, key, hash)
    }

    pub fn dict_find_hashed(&mut self, dict: DictId, key: Value, hash: i64) -> Res<Result<usize, i64>> {
        'again: loop {
            let mut probe = Probe::new();
            let mut misses = 0u32;
            while let Some(position) = self.heap[dict].candidate(hash, &mut probe) {
                let other = self.heap[dict].entry(position).key;
                // Many keys of one hash take their time.
                misses += 1;
                if misses.is_multiple_of(64) {
                    self.tick(64)?;
                }
                match self.equal_simply(other, key) {
                    Some(true) => return Ok(Ok(position)),
                    Some(false) => {}
                    None => {
                        let (end, changes) = (self.heap[dict].end(), self.heap[dict].changes());
                        let equal = self.equal(other, key)?;
                        if self.heap[dict].changes() != changes {
                            let here = self.heap[dict].entries_from(position).first();
                            if !here.is_some_and(|entry| entry.key.is(other)) {
                                self.tick(1)?;
                                continue 'again;
                            }
                            if self.heap[dict].end() > end {
                                // CPython starts again if the table was made anew, and it alone knows.
                                return Err(self.unsupported("a dict that grows while one of its keys is compared"));
                            }
                        }
                        if equal {
                            return Ok(Ok(position));
                        }
                    }
                }
            }
            if misses > 1 << 10 {
                // The key to come may make the table grow, which finds all their places anew.
                self.afford(2.0 * f64::from(misses) * self.heap[dict].len() as f64)?;
            }
            return Ok(Err(hash));
        }
    }

    #[inline]
    pub fn dict_get(&mut self, dict: DictId, key: Value) -> Res<Option<Value>> {
        Ok(self
            .dict_find(dict, key)?
            .ok()
            .map(|position| self.heap[dict].entry(position).value))
    }

    #[inline]
    pub fn dict_set(&mut self, dict: DictId, key: Value, value: Value) -> Res<()> {
        match self.dict_find(dict, key)? {
            Ok(position) => self.heap[dict].set_value(position, value),
            Err(hash) => self.heap.dict_insert_new(dict, hash, key, value),
        }
        Ok(())
    }

    pub fn dict_remove(&mut self, dict: DictId, key: Value) -> Res<Option<Value>> {
        match self.dict_find(dict, key)? {
            Ok(position) => Ok(Some(self.heap[dict].remove(position).value)),
            Err(_) => Ok(None),
        }
    }

    /// `{**other}`.
    pub(super) fn dict_display_update(&mut self, dict: DictId, other: Value) -> Res<()> {
        match self.payload(other) {
            Value::Dict(_) => self.dict_update(dict, other),
            _ => {
                if self.try_attribute(other, super::names::KEYS)?.is_none() {
                    let message = format!("'{}' object is not a mapping", self.type_name(other));
                    return Err(self.type_error(message));
                }
                self.dict_update(dict, other)
            }
        }
    }

    /// `f(**a, **b)`: keys must be strings and differ.
    pub(super) fn dict_merge_keywords(&mut self, dict: DictId, other: Value, callable: Value) -> Res<()> {
        let pairs: Vec<(Value, Value)> = match self.payload(other) {
            Value::Dict(id) => self.heap[id].iter().collect(),
            _ => {
                if self.try_attribute(other, super::names::KEYS)?.is_none() {
                    let title = self.callable_title(callable)?;
                    let message = format!(
                        "{title} argument after ** must be a mapping, not {}",
                        self.type_name(other)
                    );
                    return Err(self.type_error(message));
                }
                self.mapping_pairs(other)?
            }
        };
        for (key, value) in pairs {
            if self.dict_get(dict, key)?.is_some() {
                let key = match self.payload(key) {
                    Value::Str(text) => self.heap.text(text).to_owned(),
                    _ => return Err(self.type_error("keywords must be strings")),
                };
                let title = self.callable_title(callable)?;
                return Err(self.type_error(format!("{title} got multiple values for keyword argument '{key}'")));
            }
            self.dict_set(dict, key, value)?;
        }
        Ok(())
    }

    /// What errors call a callable: `f()`.
    pub fn callable_title(&mut self, callable: Value) -> Res<String> {
        let Some(name) = self.try_attribute(callable, super::names::QUALNAME)? else {
            let text = self.str_of(callable)?;
            return Ok(self.heap.text(text).to_owned());
        };
        let module = match self.try_attribute(callable, super::names::MODULE)? {
            None | Some(Value::None) => String::new(),
            Some(module) => {
                let text = self.str_of(module)?;
                self.heap.text(text).to_owned()
            }
        };
        let name = self.str_of(name)?;
        let name = self.heap.text(name);
        Ok(match module.as_str() {
            "" | "builtins" => format!("{name}()"),
            _ => format!("{module}.{name}()"),
        })
    }

    pub fn mapping_pairs(&mut self, other: Value) -> Res<Vec<(Value, Value)>> {
        let keys = self.call_method(other, super::names::KEYS, &[])?;
        let keys = self.collect_sequence(keys)?;
        let mut pairs = Vec::with_capacity(keys.len());
        for key in keys {
            pairs.push((key, self.get_item(other, key)?));
        }
        Ok(pairs)
    }

    /// `dict.update(other)`.
    pub fn dict_update(&mut self, dict: DictId, other: Value) -> Res<()> {
        let payload = self.payload(other);
        if let Value::Dict(source) = payload {
            let plain = payload.is(other) || !self.overrides_iteration(other);
            if plain && self.heap[dict].end() == 0 && self.heap[source].end() == self.heap[source].len() {
                // CPython copies the table, and compares nothing.
                let copy = self.heap[source].clone();
                self.reserve(copy.capacity_bytes())?;
                self.heap.allocated += copy.capacity_bytes();
                self.heap[dict] = copy;
                return Ok(());
            }
            if plain {
                let entries: Vec<_> = self.heap[source].live_entries().copied().collect();
                for entry in entries {
                    match self.dict_find_hashed(dict, entry.key, entry.hash)? {
                        Ok(position) => self.heap[dict].set_value(position, entry.value),
                        Err(hash) => self.heap.dict_insert_new(dict, hash, entry.key, entry.value),
                    }
                }
                return Ok(());
            }
        }
        if self.try_attribute(other, super::names::KEYS)?.is_some() {
            for (key, value) in self.mapping_pairs(other)? {
                self.dict_set(dict, key, value)?;
            }
            return Ok(());
        }
        let iterator = self.iterator(other)?;
        let mut index = 0;
        while let Some(pair) = self.next(iterator)? {
            self.tick(1)?;
            let items = match pair {
                Value::Tuple(_) | Value::List(_) => self.collect_items(pair)?,
                _ => {
                    let result = self.collect_items(pair);
                    match self.catch(result, TYPE_ERROR)? {
                        Some(items) => items,
                        None => {
                            let message =
                                format!("cannot convert dictionary update sequence element #{index} to a sequence");
                            return Err(self.type_error(message));
                        }
                    }
                }
            };
            if items.len() != 2 {
                let message = format!(
                    "dictionary update sequence element #{index} has length {}; 2 is required",
                    items.len()
                );
                return Err(self.value_error(message));
            }
            self.dict_set(dict, items[0], items[1])?;
            index += 1;
        }
        Ok(())
    }

    pub fn overrides_iteration(&mut self, value: Value) -> bool {
        let class = self.class_of(value);
        matches!(
            self.class_attribute(class, super::names::ITER),
            Some(Value::Function(_))
        )
    }

    // Sets.

    pub fn set_find(&mut self, set: SetId, key: Value, hash: i64) -> Res<Result<usize, usize>> {
        'again: loop {
            let mut probe = self.heap[set].probe(hash);
            loop {
                match self.heap[set].candidate(hash, &mut probe) {
                    Candidate::Unused(slot) if !self.heap[set].entry(slot).key.is_null() => continue 'again,
                    Candidate::Unused(slot) => return Ok(Err(slot)),
                    Candidate::Entry(slot) => {
                        let other = self.heap[set].entry(slot).key;
                        match self.equal_simply(other, key) {
                            Some(true) => return Ok(Ok(slot)),
                            Some(false) => {}
                            None => {
                                let size = self.heap[set].table_len();
                                let equal = self.equal(other, key)?;
                                if self.heap[set].table_len() != size || !self.heap[set].entry(slot).key.is(other) {
                                    self.tick(1)?;
                                    continue 'again;
                                }
                                if equal {
                                    return Ok(Ok(slot));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Hashes an element, and notes whether its hash is an address.
    pub fn hash_element(&mut self, key: Value) -> Res<(i64, bool)> {
        let outer = std::mem::replace(&mut self.hashed_address, false);
        let hash = self.hash(key);
        let address = std::mem::replace(&mut self.hashed_address, outer);
        self.hashed_address |= address;
        Ok((hash?, address))
    }

    /// Whether the hash of a key stems from an address, without asking the program for it once more.
    fn has_address_hash(&mut self, key: Value) -> bool {
        match key {
            Value::Int(_) | Value::Str(_) | Value::Float(_) | Value::Bool(_) | Value::BigInt(_) | Value::Bytes(_) => {
                false
            }
            Value::FrozenSet(set) => self.heap[set].address_hashed,
            Value::Tuple(tuple) => {
                let items = self.heap[tuple].items.to_vec();
                items.into_iter().any(|item| self.has_address_hash(item))
            }
            Value::Instance(_) => {
                let class = self.class_of(key);
                let own = self.class_attribute(class, super::names::HASH);
                let payload = self.payload(key);
                match own {
                    Some(Value::Function(_)) => false,
                    _ if !payload.is(key) => self.has_address_hash(payload),
                    _ => true,
                }
            }
            _ => true,
        }
    }

    pub fn set_add(&mut self, set: SetId, key: Value) -> Res<()> {
        let (hash, address) = self.hash_element(key)?;
        self.set_add_hashed(set, key, hash)?;
        self.heap[set].address_hashed |= address;
        Ok(())
    }

    pub fn set_add_hashed(&mut self, set: SetId, key: Value, hash: i64) -> Res<()> {
        if let Err(slot) = self.set_find(set, key, hash)? {
            self.reserve(self.heap[set].growth_bytes())?;
            let table = &mut self.heap[set];
            let before = table.capacity_bytes();
            table.insert_at(slot, hash, key);
            let grown = table.capacity_bytes().saturating_sub(before);
            self.heap.allocated += grown;
        }
        Ok(())
    }

    /// For constants: a set outside the heap.
    pub(super) fn set_add_detached(&mut self, set: &mut Set, key: Value) -> Res<()> {
        let id = self.heap.add_set(std::mem::take(set));
        let result = self.set_add(id, key);
        *set = std::mem::take(&mut self.heap[id]);
        result
    }

    pub fn set_contains(&mut self, set: SetId, key: Value) -> Res<bool> {
        let (hash, _) = self.hash_element(key)?;
        Ok(self.set_find(set, key, hash)?.is_ok())
    }

    pub fn set_discard_hashed(&mut self, set: SetId, key: Value, hash: i64) -> Res<bool> {
        match self.set_find(set, key, hash)? {
            Ok(slot) => {
                self.heap[set].remove_at(slot);
                Ok(true)
            }
            Err(_) => Ok(false),
        }
    }

    /// The set behind a set-like value.
    pub fn as_set(&self, value: Value) -> Option<SetId> {
        match self.payload(value) {
            Value::Set(set) | Value::FrozenSet(set) => Some(set),
            _ => None,
        }
    }

    /// `set.update(other)`, in CPython's steps.
    pub fn set_update(&mut self, set: SetId, other: Value) -> Res<()> {
        if let Some(source) = self.as_set(other) {
            if source == set || self.heap[source].len() == 0 {
                return Ok(());
            }
            self.reserve(2 * self.heap[source].capacity_bytes())?;
            let copy = self.heap[source].clone();
            self.heap[set].reserve_for_merge(copy.len());
            self.heap.allocated += copy.capacity_bytes();
            self.heap[set].address_hashed |= copy.address_hashed;
            if self.heap[set].merge_into_empty(&copy) {
                return Ok(());
            }
            for entry in copy.iter() {
                self.set_add_hashed(set, entry.key, entry.hash)?;
            }
            return Ok(());
        }
        if let Value::Dict(dict) = other {
            let entries: Vec<_> = self.heap[dict].live_entries().copied().collect();
            self.heap[set].reserve_for_merge(entries.len());
            for entry in entries {
                let address = self.has_address_hash(entry.key);
                self.heap[set].address_hashed |= address;
                self.set_add_hashed(set, entry.key, entry.hash)?;
            }
            return Ok(());
        }
        let iterator = self.iterator(other)?;
        while let Some(item) = self.next(iterator)? {
            self.tick(1)?;
            if self.heap.allocated > self.heap.threshold {
                self.reserve(1 << 17)?;
            }
            self.set_add(set, item)?;
        }
        Ok(())
    }

    pub fn set_from(&mut self, iterable: Value) -> Res<SetId> {
        let set = self.heap.add_set(Set::default());
        self.set_update(set, iterable)?;
        Ok(set)
    }

    /// A copy, as `set.copy()` makes it.
    pub fn set_copy(&mut self, set: SetId) -> Res<SetId> {
        self.set_from(Value::Set(set))
    }

    /// `set.intersection(other)`.
    pub fn set_intersection(&mut self, set: SetId, other: Value) -> Res<SetId> {
        if let Some(second) = self.as_set(other) {
            if second == set {
                return self.set_copy(set);
            }
            let (walked, searched) = if self.heap[second].len() > self.heap[set].len() {
                (set, second)
            } else {
                (second, set)
            };
            let result = self.heap.add_set(Set::default());
            self.heap[result].address_hashed = self.heap[walked].address_hashed;
            let entries: Vec<_> = self.heap[walked].iter().collect();
            for entry in entries {
                if self.set_find(searched, entry.key, entry.hash)?.is_ok() {
                    self.set_add_hashed(result, entry.key, entry.hash)?;
                }
            }
            return Ok(result);
        }
        let result = self.heap.add_set(Set::default());
        let iterator = self.iterator(other)?;
        while let Some(item) = self.next(iterator)? {
            self.tick(1)?;
            let (hash, address) = self.hash_element(item)?;
            if self.set_find(set, item, hash)?.is_ok() {
                self.set_add_hashed(result, item, hash)?;
                self.heap[result].address_hashed |= address;
                if self.heap[result].len() >= self.heap[set].len() {
                    break;
                }
            }
        }
        Ok(result)
    }

    /// `set.isdisjoint(other)`.
    pub fn set_is_disjoint(&mut self, set: SetId, other: Value) -> Res<bool> {
        if let Some(second) = self.as_set(other) {
            let (walked, searched) = if self.heap[second].len() > self.heap[set].len() {
                (set, second)
            } else {
                (second, set)
            };
            let entries: Vec<_> = self.heap[walked].iter().collect();
            for entry in entries {
                self.tick(1)?;
                if self.set_find(searched, entry.key, entry.hash)?.is_ok() {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let iterator = self.iterator(other)?;
        while let Some(item) = self.next(iterator)? {
            self.tick(1)?;
            if self.set_contains(set, item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `set.difference(other)`.
    pub fn set_difference(&mut self, set: SetId, other: Value) -> Res<SetId> {
        let size = match other {
            Value::Dict(dict) => Some(self.heap[dict].len()),
            _ => self.as_set(other).map(|id| self.heap[id].len()),
        };
        let Some(size) = size.filter(|&size| self.heap[set].len() >> 2 <= size) else {
            let result = self.set_copy(set)?;
            self.set_difference_update(result, other)?;
            return Ok(result);
        };
        let _ = size;
        let result = self.heap.add_set(Set::default());
        self.heap[result].address_hashed = self.heap[set].address_hashed;
        let entries: Vec<_> = self.heap[set].iter().collect();
        for entry in entries {
            let found = match other {
                Value::Dict(dict) => self.dict_find_hashed(dict, entry.key, entry.hash)?.is_ok(),
                _ => {
                    let second = self.as_set(other).expect("has a size");
                    self.set_find(second, entry.key, entry.hash)?.is_ok()
                }
            };
            if !found {
                self.set_add_hashed(result, entry.key, entry.hash)?;
            }
        }
        Ok(result)
    }

    /// `set.difference_update(other)`.
    pub fn set_difference_update(&mut self, set: SetId, other: Value) -> Res<()> {
        if let Some(mut second) = self.as_set(other) {
            if second == set {
                self.heap[set].clear();
                return Ok(());
            }
            if self.heap[second].len() >> 3 > self.heap[set].len() {
                second = self.set_intersection(set, Value::Set(second))?;
            }
            let entries: Vec<_> = self.heap[second].iter().collect();
            for entry in entries {
                self.set_discard_hashed(set, entry.key, entry.hash)?;
            }
        } else {
            let iterator = self.iterator(other)?;
            while let Some(item) = self.next(iterator)? {
                self.tick(1)?;
                let (hash, _) = self.hash_element(item)?;
                self.set_discard_hashed(set, item, hash)?;
            }
        }
        self.heap[set].shed_removed();
        Ok(())
    }

    /// `set.symmetric_difference_update(other)`.
    pub fn set_symmetric_update(&mut self, set: SetId, other: Value) -> Res<()> {
        if self.as_set(other) == Some(set) {
            self.heap[set].clear();
            return Ok(());
        }
        let entries: Vec<(Value, i64)> = match other {
            Value::Dict(dict) => {
                let keys: Vec<_> = self.heap[dict].live_entries().map(|e| (e.key, e.hash)).collect();
                for &(key, _) in &keys {
                    let address = self.has_address_hash(key);
                    self.heap[set].address_hashed |= address;
                }
                keys
            }
            _ => {
                let second = match self.as_set(other) {
                    Some(second) => second,
                    None => self.set_from(other)?,
                };
                self.heap[set].address_hashed |= self.heap[second].address_hashed;
                self.heap[second].iter().map(|e| (e.key, e.hash)).collect()
            }
        };
        for (key, hash) in entries {
            self.tick(1)?;
            if !self.set_discard_hashed(set, key, hash)? {
                self.set_add_hashed(set, key, hash)?;
            }
        }
        Ok(())
    }

    /// Every element of `set` is in `other`.
    pub fn set_is_subset(&mut self, set: SetId, other: SetId) -> Res<bool> {
        if self.heap[set].len() > self.heap[other].len() {
            return Ok(false);
        }
        let entries: Vec<_> = self.heap[set].iter().collect();
        for entry in entries {
            if self.set_find(other, entry.key, entry.hash)?.is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The dict behind a view, and which part of it.
    pub fn view_of(&self, value: Value) -> Option<(DictId, DictPart)> {
        let Value::Iterator(id) = value else { return None };
        match self.heap[id] {
            Iter::View { dict, part } => match self.payload(dict) {
                Value::Dict(dict) => Some((dict, part)),
                _ => None,
            },
            _ => None,
        }
    }
}
