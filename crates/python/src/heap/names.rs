//! The table of interned strings.

use super::arena::Arena;
use super::objects::Str;
use crate::value::StrId;

/// CPython's `hash(str)` with `PYTHONHASHSEED=0`: SipHash-1-3 with a zero key over the string's internal form (one, two or four
/// bytes a character), -1 replaced by -2; the empty string hashes to 0.
pub fn hash_text(text: &str) -> i64 {
    crate::numeric::hash::hash_str(text)
}

#[derive(Default)]
pub struct NameTable {
    /// String handles + 1; 0 is free. Linear probing by the low bits of the hash.
    slots: Vec<u32>,
    count: usize,
    kept: Vec<u32>,
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
            match self.slots[slot] {
                0 => return Err(slot),
                stored => {
                    let object = strings.get(u64::from(stored) - 1);
                    if object.hash.get() == hash && super::text_of(strings, u64::from(stored) - 1) == text {
                        return Ok(StrId(u64::from(stored) - 1));
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self, strings: &Arena<Str>) {
        let size = (self.slots.len() * 2).max(4096);
        let old = std::mem::replace(&mut self.slots, vec![0; size]);
        for stored in old.into_iter().filter(|&stored| stored != 0) {
            let mut slot = strings.get(u64::from(stored) - 1).hash.get() as usize & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = stored;
        }
        self.grown = true;
        self.added.clear();
    }

    fn put(&mut self, slot: usize, id: StrId) {
        self.slots[slot] = id.0 as u32 + 1;
        self.count += 1;
        if !self.grown {
            self.added.push(slot as u32);
        }
    }

    pub fn intern(&mut self, strings: &mut Arena<Str>, text: &str) -> StrId {
        if self.count * 2 >= self.slots.len() {
            self.grow(strings);
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
                self.put(slot, id);
                id
            }
        }
    }

    pub fn intern_existing(&mut self, strings: &Arena<Str>, id: StrId) -> StrId {
        if self.count * 2 >= self.slots.len() {
            self.grow(strings);
        }
        let text = super::text_of(strings, id.0);
        let hash = hash_text(text);
        strings.get(id.0).hash.set(hash);
        match self.find(strings, text, hash) {
            Ok(found) => found,
            Err(slot) => {
                self.put(slot, id);
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
                self.slots[slot as usize] = 0;
            }
        }
        self.added.clear();
        self.grown = false;
        self.count = self.kept_count;
    }

    /// Before a sweep: rebuilds the table without strings that are about to die.
    pub fn forget_dead(&mut self, strings: &Arena<Str>) {
        let survivors: Vec<u32> = self
            .slots
            .iter()
            .copied()
            .filter(|&stored| {
                stored != 0 && ((stored as usize) <= strings.base() || strings.is_marked(u64::from(stored) - 1))
            })
            .collect();
        let size = self.slots.len();
        self.slots.fill(0);
        self.count = survivors.len();
        for stored in survivors {
            let mut slot = strings.get(u64::from(stored) - 1).hash.get() as usize & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = stored;
        }
        self.grown = true;
        self.added.clear();
    }
}
