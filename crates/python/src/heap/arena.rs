//! A slab of objects of one type: indices are handles, freed slots are used again, marks belong to the collector.

/// What an arena holds.
pub trait Object: Default {
    /// Whether its arena notes changes of each object, for what is remembered of it.
    const WATCHED: bool;
    /// A copy from which it can be restored, if there can be one.
    fn backup(&self) -> Option<Self>;
}

const FREE: u8 = 0;
const LIVE: u8 = 1;
const MARKED: u8 = 2;
const STATE: u8 = 3;
/// Not changed since [`Arena::watch`].
const UNCHANGED: u8 = 4;
/// A kept object that has a copy in [`Arena::backups`].
const SAVED: u8 = 8;

pub struct Arena<T> {
    items: Vec<T>,
    /// The state of each slot, and whether it is unchanged.
    slots: Vec<u8>,
    free: Vec<u64>,
    /// Objects below it were made with the machine, and live as long.
    base: usize,
    /// Kept objects as they were before the program changed them.
    backups: Vec<(u64, T)>,
    /// A kept object was changed that has no copy.
    spoiled: bool,
    /// Goes on whenever an object changes for the first time since [`Arena::watch`].
    changes: u32,
}

impl<T: Object> Arena<T> {
    pub fn new() -> Self {
        Arena {
            items: Vec::new(),
            slots: Vec::new(),
            free: Vec::new(),
            base: 0,
            backups: Vec::new(),
            spoiled: false,
            changes: 0,
        }
    }

    #[inline]
    pub fn add(&mut self, item: T) -> u64 {
        if let Some(index) = self.free.pop() {
            self.items[index as usize] = item;
            self.slots[index as usize] = LIVE;
            return index;
        }
        let index = self.items.len() as u64;
        self.items.push(item);
        self.slots.push(LIVE);
        index
    }

    #[inline]
    pub fn get(&self, index: u64) -> &T {
        &self.items[index as usize]
    }

    #[inline]
    pub fn get_mut(&mut self, index: u64) -> &mut T {
        if T::WATCHED {
            let slot = &mut self.slots[index as usize];
            self.changes = self.changes.wrapping_add(u32::from(*slot & UNCHANGED));
            *slot &= !UNCHANGED;
        }
        if (index as usize) < self.base {
            self.save(index);
        }
        &mut self.items[index as usize]
    }

    #[cold]
    fn save(&mut self, index: u64) {
        let slot = &mut self.slots[index as usize];
        if *slot & SAVED == 0 {
            *slot |= SAVED;
            match self.items[index as usize].backup() {
                Some(copy) => self.backups.push((index, copy)),
                None => self.spoiled = true,
            }
        }
    }

    /// A kept object can't be restored.
    pub fn is_spoiled(&self) -> bool {
        self.spoiled
    }

    /// From now on, tells whether the object changed.
    #[inline]
    pub fn watch(&mut self, index: u64) {
        self.slots[index as usize] |= UNCHANGED;
    }

    /// A number that is the same as long as no watched object changed.
    #[inline]
    pub fn changes(&self) -> u32 {
        self.changes
    }

    /// Nobody could have changed the object since [`Arena::watch`].
    #[inline]
    pub fn is_unchanged(&self, index: u64) -> bool {
        self.slots[index as usize] & UNCHANGED != 0
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn base(&self) -> usize {
        self.base
    }

    pub fn live(&self) -> impl Iterator<Item = (u64, &T)> {
        self.items
            .iter()
            .enumerate()
            .filter(|&(index, _)| self.slots[index] & STATE != FREE)
            .map(|(i, item)| (i as u64, item))
    }

    /// From here on, what exists stays, as it is now.
    pub fn keep(&mut self) {
        self.base = self.items.len();
        self.free.clear();
        for (index, _) in self.backups.drain(..) {
            self.slots[index as usize] &= !SAVED;
        }
        self.spoiled = false;
    }

    /// Forgets everything made or changed since [`Arena::keep`], in time proportional to it.
    #[inline]
    pub fn reset(&mut self) {
        // Most programs use few of the types.
        if self.items.len() > self.base || !self.backups.is_empty() {
            self.reset_used();
        }
    }

    #[inline(never)]
    fn reset_used(&mut self) {
        self.items.truncate(self.base);
        self.slots.truncate(self.base);
        self.free.clear();
        for (index, copy) in self.backups.drain(..) {
            self.items[index as usize] = copy;
            self.slots[index as usize] = LIVE;
        }
    }

    /// What was made since [`Arena::keep`] and lives.
    pub fn made(&self) -> impl Iterator<Item = &T> {
        let slots = &self.slots[self.base..];
        let items = self.items[self.base..].iter();
        items
            .zip(slots)
            .filter(|(_, slot)| *slot & STATE != FREE)
            .map(|(item, _)| item)
    }

    /// Kept objects that may refer to others than kept ones, since they were changed.
    pub fn changed(&self) -> Vec<u64> {
        if self.spoiled {
            return (0..self.base as u64).collect();
        }
        self.backups.iter().map(|&(index, _)| index).collect()
    }

    /// Bytes of freed places, of the list of them, and of what is noted of each place.
    pub fn idle_bytes(&self) -> usize {
        self.free.len() * size_of::<T>() + self.free.capacity() * size_of::<u64>() + (self.slots.len() - self.base)
    }

    /// Marks; false if it was marked already, or is kept and so needs no mark.
    #[inline]
    pub fn mark(&mut self, index: u64) -> bool {
        if (index as usize) < self.base {
            return false;
        }
        let slot = &mut self.slots[index as usize];
        let new = *slot & STATE == LIVE;
        *slot = *slot & !STATE | MARKED;
        new
    }

    #[inline]
    pub fn is_marked(&self, index: u64) -> bool {
        (index as usize) < self.base || self.slots[index as usize] & STATE == MARKED
    }

    /// Takes the marks away, and frees nothing.
    pub fn unmark(&mut self) {
        for slot in &mut self.slots[self.base..] {
            if *slot & STATE == MARKED {
                *slot = *slot & !STATE | LIVE;
            }
        }
    }

    /// What was made since [`Arena::keep`] and lives, but is not marked.
    pub fn unmarked(&self) -> impl Iterator<Item = u64> {
        let slots = self.slots.iter().enumerate().skip(self.base);
        slots
            .filter(|(_, slot)| **slot & STATE == LIVE)
            .map(|(index, _)| index as u64)
    }

    /// Frees what is not marked and not kept, and takes the marks away.
    pub fn sweep(&mut self) {
        for index in self.base..self.items.len() {
            match self.slots[index] & STATE {
                MARKED => self.slots[index] = LIVE,
                LIVE => {
                    self.items[index] = T::default();
                    self.slots[index] = FREE;
                    self.free.push(index as u64);
                }
                _ => {}
            }
        }
    }
}
