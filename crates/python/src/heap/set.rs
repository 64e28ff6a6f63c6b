//! The open-addressing table behind `set` and `frozenset`. Its order is observable, so probing, growth and the treatment of
//! removed entries are those of CPython 3.11 (Objects/setobject.c): linear probes of nine, then the perturbed sequence.

use crate::value::Value;

const LINEAR_PROBES: usize = 9;
const MINIMUM: usize = 8;
const DUMMY: i64 = -1;

#[derive(Clone, Copy, Debug)]
pub struct SetEntry {
    /// `Null` where there is none: never used (hash 0) or removed (hash -1).
    pub key: Value,
    pub hash: i64,
}

const UNUSED: SetEntry = SetEntry {
    key: Value::Null,
    hash: 0,
};

#[derive(Clone, Debug)]
pub struct Set {
    table: Vec<SetEntry>,
    /// Used and removed entries.
    fill: usize,
    used: usize,
    finger: usize,
    /// An element's hash stems from an address: the order is CPython's secret.
    pub address_hashed: bool,
}

impl Default for Set {
    fn default() -> Self {
        Set {
            table: vec![UNUSED; MINIMUM],
            fill: 0,
            used: 0,
            finger: 0,
            address_hashed: false,
        }
    }
}

/// Where a search stands.
pub struct SetProbe {
    start: usize,
    offset: usize,
    perturb: u64,
    /// The last removed entry on the way, where CPython puts a new key.
    free: Option<usize>,
}

pub enum Candidate {
    /// An entry with an equal hash.
    Entry(usize),
    /// The search is over; a new key would go here.
    Unused(usize),
}

impl Set {
    pub fn len(&self) -> usize {
        self.used
    }

    pub fn table_len(&self) -> usize {
        self.table.len()
    }

    pub fn capacity_bytes(&self) -> usize {
        self.table.capacity() * size_of::<SetEntry>()
    }

    fn mask(&self) -> usize {
        self.table.len() - 1
    }

    #[inline]
    pub fn entry(&self, slot: usize) -> SetEntry {
        self.table[slot]
    }

    /// The first element at or after `slot`.
    #[inline]
    pub fn next_live(&self, mut slot: usize) -> Option<usize> {
        while slot < self.table.len() {
            if !self.table[slot].key.is_null() {
                return Some(slot);
            }
            slot += 1;
        }
        None
    }

    pub fn iter(&self) -> impl Iterator<Item = SetEntry> {
        self.table.iter().copied().filter(|entry| !entry.key.is_null())
    }

    pub fn probe(&self, hash: i64) -> SetProbe {
        SetProbe {
            start: hash as usize & self.mask(),
            offset: 0,
            perturb: hash as u64,
            free: None,
        }
    }

    #[inline]
    pub fn candidate(&self, hash: i64, probe: &mut SetProbe) -> Candidate {
        let mask = self.mask();
        loop {
            let probes = if probe.start + LINEAR_PROBES <= mask {
                LINEAR_PROBES
            } else {
                0
            };
            while probe.offset <= probes {
                let slot = probe.start + probe.offset;
                let entry = &self.table[slot];
                if entry.key.is_null() && entry.hash == 0 {
                    return Candidate::Unused(probe.free.unwrap_or(slot));
                }
                if entry.key.is_null() {
                    probe.free = Some(slot);
                }
                probe.offset += 1;
                if entry.hash == hash && !entry.key.is_null() {
                    return Candidate::Entry(slot);
                }
            }
            probe.offset = 0;
            probe.perturb >>= 5;
            probe.start = probe
                .start
                .wrapping_mul(5)
                .wrapping_add(1)
                .wrapping_add(probe.perturb as usize)
                & mask;
        }
    }

    /// Puts a key that is absent where the search for it ended.
    pub fn insert_at(&mut self, slot: usize, hash: i64, key: Value) {
        let reused = self.table[slot].hash == DUMMY;
        self.table[slot] = SetEntry { key, hash };
        self.used += 1;
        if reused {
            return;
        }
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(if self.used > 50_000 {
                self.used * 2
            } else {
                self.used * 4
            });
        }
    }

    /// Bytes of a large table that the next insertion may ask for.
    #[inline]
    pub fn growth_bytes(&self) -> usize {
        if self.table.len() > 1 << 12 && (self.fill + 1) * 5 >= self.mask() * 3 {
            2 * self.capacity_bytes()
        } else {
            0
        }
    }

    fn resize(&mut self, minimum: usize) {
        let mut size = MINIMUM;
        while size <= minimum {
            size <<= 1;
        }
        let old = std::mem::replace(&mut self.table, vec![UNUSED; size]);
        self.fill = self.used;
        for entry in old {
            if !entry.key.is_null() {
                self.insert_clean(entry);
            }
        }
    }

    /// Inserts into a table without removed entries a key that it does not hold.
    fn insert_clean(&mut self, entry: SetEntry) {
        let mask = self.mask();
        let mut perturb = entry.hash as u64;
        let mut start = entry.hash as usize & mask;
        loop {
            let probes = if start + LINEAR_PROBES <= mask {
                LINEAR_PROBES
            } else {
                0
            };
            for slot in start..=start + probes {
                if self.table[slot].key.is_null() {
                    self.table[slot] = entry;
                    return;
                }
            }
            perturb >>= 5;
            start = start.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    pub fn remove_at(&mut self, slot: usize) -> Value {
        let key = self.table[slot].key;
        self.table[slot] = SetEntry {
            key: Value::Null,
            hash: DUMMY,
        };
        self.used -= 1;
        key
    }

    pub fn pop(&mut self) -> Option<Value> {
        if self.used == 0 {
            return None;
        }
        let mut slot = self.finger & self.mask();
        while self.table[slot].key.is_null() {
            slot += 1;
            if slot > self.mask() {
                slot = 0;
            }
        }
        self.finger = slot + 1;
        Some(self.remove_at(slot))
    }

    pub fn clear(&mut self) {
        *self = Set::default();
    }

    /// Makes room before `count` keys of a set or dict are added.
    pub fn reserve_for_merge(&mut self, count: usize) {
        if (self.fill + count) * 5 >= self.mask() * 3 {
            self.resize((self.used + count) * 2);
        }
    }

    /// If this set is empty, takes over all of `other` and says so.
    pub fn merge_into_empty(&mut self, other: &Set) -> bool {
        if self.fill != 0 {
            return false;
        }
        self.address_hashed |= other.address_hashed;
        if self.table.len() == other.table.len() && other.fill == other.used {
            self.table.copy_from_slice(&other.table);
        } else {
            for entry in other.iter() {
                self.insert_clean(entry);
            }
        }
        self.fill = other.used;
        self.used = other.used;
        true
    }

    /// After many removals: sheds the removed entries.
    pub fn shed_removed(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.resize(if self.used > 50_000 {
                self.used * 2
            } else {
                self.used * 4
            });
        }
    }
}
