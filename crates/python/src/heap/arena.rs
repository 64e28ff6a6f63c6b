//! A slab of objects of one type: indices are handles, freed slots are used again, marks belong to the collector.

#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Free,
    Live,
    Marked,
}

pub struct Arena<T> {
    items: Vec<T>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    /// Objects below it were made with the machine, and live as long.
    base: usize,
}

impl<T: Default> Arena<T> {
    pub fn new() -> Self {
        Arena {
            items: Vec::new(),
            slots: Vec::new(),
            free: Vec::new(),
            base: 0,
        }
    }

    #[inline]
    pub fn add(&mut self, item: T) -> u32 {
        if let Some(index) = self.free.pop() {
            self.items[index as usize] = item;
            self.slots[index as usize] = Slot::Live;
            return index;
        }
        let index = self.items.len() as u32;
        self.items.push(item);
        self.slots.push(Slot::Live);
        index
    }

    #[inline]
    pub fn get(&self, index: u32) -> &T {
        &self.items[index as usize]
    }

    #[inline]
    pub fn get_mut(&mut self, index: u32) -> &mut T {
        &mut self.items[index as usize]
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn base(&self) -> usize {
        self.base
    }

    pub fn live(&self) -> impl Iterator<Item = (u32, &T)> {
        self.items
            .iter()
            .enumerate()
            .filter(|&(index, _)| self.slots[index] != Slot::Free)
            .map(|(i, item)| (i as u32, item))
    }

    /// From here on, what exists stays.
    pub fn keep(&mut self) {
        self.base = self.items.len();
    }

    /// Forgets everything made since [`Arena::keep`], in time proportional to it.
    pub fn reset(&mut self) {
        self.items.truncate(self.base);
        self.slots.truncate(self.base);
        self.free.clear();
    }

    /// Marks; false if it was marked already.
    #[inline]
    pub fn mark(&mut self, index: u32) -> bool {
        let slot = &mut self.slots[index as usize];
        let new = *slot == Slot::Live;
        *slot = Slot::Marked;
        new
    }

    #[inline]
    pub fn is_marked(&self, index: u32) -> bool {
        self.slots[index as usize] == Slot::Marked
    }

    /// Frees what is not marked and not kept, and takes the marks away.
    pub fn sweep(&mut self) {
        for index in 0..self.items.len() {
            match self.slots[index] {
                Slot::Marked => self.slots[index] = Slot::Live,
                Slot::Live if index >= self.base => {
                    self.items[index] = T::default();
                    self.slots[index] = Slot::Free;
                    self.free.push(index as u32);
                }
                _ => {}
            }
        }
    }
}
