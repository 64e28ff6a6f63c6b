//! The table of interned strings.

use super::arena::Arena;
use super::objects::Str;
use crate::value::StrId;

/// CPython's `hash(str)` with `PYTHONHASHSEED=0`: SipHash-1-3 with a zero key over the string's internal form (one, two or four
/// bytes a character), -1 replaced by -2; the empty string hashes to 0.
pub fn hash_text(text: &str) -> i64 {
    crate::numeric::hash::hash_str(text)
}

/// A place of the table. With half of the hash beside the handle, other strings that are met on the way are not looked at: they
/// are seldom in the caches.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// The low bits.
    hash: u32,
    /// A string's handle + 1; 0 is free.
    stored: u32,
}

#[derive(Default)]
pub struct NameTable {
    /// Linear probing by the low bits of the hash.
    slots: Vec<Slot>,
    count: usize,
    kept: Vec<Slot>,
    kept_count: usize,
    /// Slots filled since [`NameTable::keep`], so that they can be emptied again.
    added: Vec<u32>,
    grown: bool,
}

impl NameTable {
    fn find(&self, strings: &Arena<Str>, text: &str, hash: i64) -> Result<StrId, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let Slot { hash: low, stored } = self.slots[slot];
            if stored == 0 {
                return Err(slot);
            }
            let id = u64::from(stored) - 1;
            if low == hash as u32 && super::text_of(strings, id) == text {
                return Ok(StrId(id));
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(4096);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        self.fill(old.into_iter().filter(|slot| slot.stored != 0));
    }

    /// Fills the table, which is empty.
    fn fill(&mut self, entries: impl Iterator<Item = Slot>) {
        let mask = self.slots.len() - 1;
        for entry in entries {
            let mut slot = entry.hash as usize & mask;
            while self.slots[slot].stored != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = entry;
        }
        self.grown = true;
        self.added.clear();
    }

    fn put(&mut self, slot: usize, hash: i64, id: StrId) {
        self.slots[slot] = Slot {
            hash: hash as u32,
            stored: id.0 as u32 + 1,
        };
        self.count += 1;
        if !self.grown {
            self.added.push(slot as u32);
        }
    }

    pub fn intern(&mut self, strings: &mut Arena<Str>, text: &str) -> StrId {
        if self.count * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash_text(text);
        match self.find(strings, text, hash) {
            Ok(id) => id,
            Err(slot) => {
                let chars = super::count_chars(text);
                let id = StrId(strings.add(Str {
                    text: text.into(),
                    chars,
                    longer: Default::default(),
                    hash: hash.into(),
                }));
                self.put(slot, hash, id);
                id
            }
        }
    }

    pub fn intern_existing(&mut self, strings: &Arena<Str>, id: StrId) -> StrId {
        if self.count * 2 >= self.slots.len() {
            self.grow();
        }
        let text = super::text_of(strings, id.0);
        let hash = hash_text(text);
        strings.get(id.0).hash.set(hash);
        match self.find(strings, text, hash) {
            Ok(found) => found,
            Err(slot) => {
                self.put(slot, hash, id);
                id
            }
        }
    }

    pub fn keep(&mut self) {
        self.kept = self.slots.clone();
        self.kept_count = self.count;
        self.added.clear();
        self.grown = false;
    }

    pub fn reset(&mut self, _strings: &Arena<Str>) {
        if self.grown {
            self.slots.clone_from(&self.kept);
        } else {
            for &slot in &self.added {
                self.slots[slot as usize] = Slot::default();
            }
        }
        self.added.clear();
        self.grown = false;
        self.count = self.kept_count;
    }

    /// Before a sweep: rebuilds the table without strings that are about to die.
    pub fn forget_dead(&mut self, strings: &Arena<Str>) {
        let survives = |slot: &Slot| {
            let stored = slot.stored as usize;
            stored != 0 && (stored <= strings.base() || strings.is_marked(stored as u64 - 1))
        };
        let survivors: Vec<Slot> = self.slots.iter().copied().filter(survives).collect();
        self.slots.fill(Slot::default());
        self.count = survivors.len();
        self.fill(survivors.into_iter());
    }
}
