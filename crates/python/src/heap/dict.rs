//! The insertion-ordered hash table behind `dict`, namespaces and instances.
//!
//! Entries stand in insertion order; up to eight are searched one by one, more through an index table. Keys are compared by
//! the caller: a search yields the candidates with an equal hash, because `__eq__` may run Python code.

use crate::value::{StrId, Value};

const SMALL: usize = 8;
const EMPTY: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;

#[derive(Clone, Copy, Debug)]
pub struct DictEntry {
    pub hash: i64,
    /// `Null` where an entry was removed.
    pub key: Value,
    pub value: Value,
}

#[derive(Default, Clone, Debug)]
pub struct Dict {
    entries: Vec<DictEntry>,
    /// Empty while the entries are few; else a power of two of entry numbers.
    index: Vec<u32>,
    /// Slots of the index that are or once were marked as removed since it was built.
    removed: usize,
    live: usize,
    /// No live entry stands before it.
    first: usize,
    /// A bit for the hash of each key that it has had since it was empty: what is missing is seldom looked for.
    seen: u64,
    /// Counts the changes of its keys.
    changes: u32,
}

/// Where a search stands.
pub struct Probe {
    slot: usize,
    perturb: u64,
    started: bool,
}

impl Probe {
    pub fn new() -> Self {
        Probe {
            slot: 0,
            perturb: 0,
            started: false,
        }
    }
}

impl Dict {
    pub fn with_capacity(entries: usize) -> Self {
        Dict {
            entries: Vec::with_capacity(entries),
            ..Dict::default()
        }
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.live
    }

    /// A number that changes whenever a key comes or goes.
    #[inline]
    pub fn changes(&self) -> u32 {
        self.changes
    }

    /// The value at `position`, if the key there is this very string.
    #[inline]
    pub fn value_of_name(&self, position: u32, name: StrId) -> Option<Value> {
        match self.entries.get(position as usize) {
            Some(DictEntry {
                key: Value::Str(key),
                value,
                ..
            }) if *key == name => Some(*value),
            _ => None,
        }
    }

    /// Sets the value at `position`, if the key there is this very string.
    #[inline]
    pub fn set_value_of_name(&mut self, position: u32, name: StrId, new: Value) -> bool {
        match self.entries.get_mut(position as usize) {
            Some(DictEntry {
                key: Value::Str(key),
                value,
                ..
            }) if *key == name => {
                *value = new;
                true
            }
            _ => false,
        }
    }

    /// Entry numbers run below it.
    #[inline]
    pub fn end(&self) -> usize {
        self.entries.len()
    }

    pub fn capacity_bytes(&self) -> usize {
        self.entries.capacity() * size_of::<DictEntry>() + self.index.capacity() * 4
    }

    #[inline]
    pub fn entry(&self, position: usize) -> &DictEntry {
        &self.entries[position]
    }

    /// All entries from `position` on, removed ones among them.
    #[inline]
    pub fn entries_from(&self, position: usize) -> &[DictEntry] {
        self.entries.get(position..).unwrap_or_default()
    }

    #[inline]
    pub fn set_value(&mut self, position: usize, value: Value) {
        self.entries[position].value = value;
    }

    /// The first live entry at or after `position`.
    #[inline]
    pub fn next_live(&self, position: usize) -> Option<usize> {
        let mut position = position.max(self.first);
        while position < self.entries.len() {
            if !self.entries[position].key.is_null() {
                return Some(position);
            }
            position += 1;
        }
        None
    }

    /// The last live entry before `position`.
    pub fn previous_live(&self, position: usize) -> Option<usize> {
        (self.first..position.min(self.entries.len()))
            .rev()
            .find(|&i| !self.entries[i].key.is_null())
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Value, Value)> {
        self.entries[self.first.min(self.entries.len())..]
            .iter()
            .filter(|e| !e.key.is_null())
            .map(|e| (e.key, e.value))
    }

    pub fn live_entries(&self) -> impl Iterator<Item = &DictEntry> {
        self.entries.iter().filter(|e| !e.key.is_null())
    }

    /// The next entry whose hash is `hash`, or none when the search is over.
    #[inline]
    pub fn candidate(&self, hash: i64, probe: &mut Probe) -> Option<usize> {
        if self.index.is_empty() {
            if self.seen & seen_bit(hash) == 0 {
                return None;
            }
            while probe.slot < self.entries.len() {
                let entry = &self.entries[probe.slot];
                probe.slot += 1;
                if entry.hash == hash && !entry.key.is_null() {
                    return Some(probe.slot - 1);
                }
            }
            return None;
        }
        let mask = self.index.len() - 1;
        loop {
            if !probe.started {
                probe.started = true;
                probe.perturb = hash as u64;
                probe.slot = hash as usize & mask;
            } else {
                probe.perturb >>= 5;
                probe.slot = (probe.slot * 5 + probe.perturb as usize + 1) & mask;
            }
            match self.index[probe.slot] {
                EMPTY => return None,
                DELETED => {}
                number => {
                    if self.entries[number as usize].hash == hash {
                        return Some(number as usize);
                    }
                }
            }
        }
    }

    /// No key has this hash: a quick look, which may miss that.
    #[inline(always)]
    pub fn lacks(&self, hash: i64) -> bool {
        self.index.is_empty() && self.seen & seen_bit(hash) == 0
    }

    /// The entry with this hash for which `same` holds.
    #[inline]
    pub fn find(&self, hash: i64, mut same: impl FnMut(Value) -> bool) -> Option<usize> {
        let mut probe = Probe::new();
        while let Some(position) = self.candidate(hash, &mut probe) {
            if same(self.entries[position].key) {
                return Some(position);
            }
        }
        None
    }

    /// Appends a key that is known to be absent.
    pub fn insert_new(&mut self, hash: i64, key: Value, value: Value) {
        self.changes = self.changes.wrapping_add(1);
        let number = self.entries.len();
        if number >= SMALL || !self.index.is_empty() {
            if self.index.is_empty() || (number + self.removed + 1) * 3 > self.index.len() * 2 {
                self.rebuild();
            }
            let number = self.entries.len() as u32;
            Self::place(&mut self.index, hash, number);
        }
        self.seen |= seen_bit(hash);
        self.entries.push(DictEntry { hash, key, value });
        self.live += 1;
    }

    fn place(index: &mut [u32], hash: i64, number: u32) {
        if index.is_empty() {
            return;
        }
        let mask = index.len() - 1;
        let mut perturb = hash as u64;
        let mut slot = hash as usize & mask;
        while index[slot] < DELETED {
            perturb >>= 5;
            slot = (slot * 5 + perturb as usize + 1) & mask;
        }
        index[slot] = number;
    }

    /// Drops removed entries and makes room for as many again.
    fn rebuild(&mut self) {
        self.entries.retain(|entry| !entry.key.is_null());
        self.first = 0;
        self.removed = 0;
        let size = ((self.entries.len() + 1) * 3).next_power_of_two().max(32);
        self.index.clear();
        self.index.resize(size, EMPTY);
        for (number, entry) in self.entries.iter().enumerate() {
            Self::place(&mut self.index, entry.hash, number as u32);
        }
    }

    /// Removes the entry at `position`.
    pub fn remove(&mut self, position: usize) -> DictEntry {
        self.changes = self.changes.wrapping_add(1);
        let entry = self.entries[position];
        if !self.index.is_empty() {
            let mask = self.index.len() - 1;
            let mut perturb = entry.hash as u64;
            let mut slot = entry.hash as usize & mask;
            while self.index[slot] != position as u32 {
                perturb >>= 5;
                slot = (slot * 5 + perturb as usize + 1) & mask;
            }
            self.index[slot] = DELETED;
            self.removed += 1;
        }
        self.entries[position].key = Value::Null;
        self.entries[position].value = Value::Null;
        self.live -= 1;
        if self.live == 0 {
            self.clear();
        } else {
            while self.entries.last().is_some_and(|e| e.key.is_null()) {
                self.entries.pop();
            }
            while self.first < self.entries.len() && self.entries[self.first].key.is_null() {
                self.first += 1;
            }
        }
        entry
    }

    /// Moves an entry to the end or the beginning of the order.
    pub fn move_entry(&mut self, position: usize, last: bool) {
        let entry = self.remove(position);
        if last {
            self.insert_new(entry.hash, entry.key, entry.value);
        } else {
            let rest: Vec<DictEntry> = self.live_entries().copied().collect();
            self.clear();
            self.insert_new(entry.hash, entry.key, entry.value);
            for e in rest {
                self.insert_new(e.hash, e.key, e.value);
            }
        }
    }

    pub fn clear(&mut self) {
        self.changes = self.changes.wrapping_add(1);
        self.entries.clear();
        self.index.clear();
        self.removed = 0;
        self.seen = 0;
        self.live = 0;
        self.first = 0;
    }
}

#[inline]
fn seen_bit(hash: i64) -> u64 {
    1 << (hash & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removal may leave fewer entries than an index has been made for, and an index full of removed slots.
    #[test]
    fn keys_are_found_after_any_mix_of_insertions_and_removals() {
        let mut state = 1u64;
        let mut dict = Dict::default();
        let mut wanted: Vec<i64> = Vec::new();
        for step in 0..20_000i64 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let limit = if step / 1000 % 2 == 0 { 4 } else { 12 };
            if wanted.len() < limit || (state >> 60) < 4 {
                dict.insert_new(step, Value::Int(step), Value::None);
                wanted.push(step);
            } else {
                let last = (state >> 40) & 1 == 0;
                let key = if last {
                    wanted.pop().unwrap_or(0)
                } else {
                    wanted.remove(0)
                };
                let position = dict
                    .find(key, |found| found.is(Value::Int(key)))
                    .expect("a key that was inserted");
                dict.remove(position);
            }
            assert!(dict.find(-1, |_| true).is_none());
            for &key in &wanted {
                assert!(
                    dict.find(key, |found| found.is(Value::Int(key))).is_some(),
                    "{key} at step {step}"
                );
            }
        }
    }
}
