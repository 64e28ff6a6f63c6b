//! Scratch memory that is kept between operations: one arena per thread, and one that an operation shares.

use std::cell::{Cell, RefCell};

use super::buffer::Buffer;
use super::element::Plain;

const ALIGNMENT: usize = 64;

/// Hands out parts of one block of memory until it is reset. Parts hold whatever was there before.
pub struct Arena {
    block: Buffer<u32>,
    used: Cell<usize>,
}

/// Bytes that [`Arena::take`] uses for so many elements.
pub fn bytes_of<T: Plain>(length: usize) -> usize {
    (length * size_of::<T>()).next_multiple_of(ALIGNMENT)
}

impl Default for Arena {
    fn default() -> Self {
        Arena {
            block: Buffer::new(0).expect("an empty buffer"),
            used: Cell::new(0),
        }
    }
}

impl Arena {
    /// Takes all parts back and makes room for `bytes` in all.
    pub fn reset(&mut self, bytes: usize) -> &Self {
        self.used.set(0);
        // Grown with room to spare, so that slowly growing batches do not allocate at every step.
        if self.block.len() * 4 < bytes {
            self.block.reserve((bytes + bytes / 4).div_ceil(4));
        }
        self
    }

    /// The next `length` elements; their contents are unspecified.
    #[allow(clippy::mut_from_ref)]
    pub fn take<T: Plain>(&self, length: usize) -> &mut [T] {
        let (offset, bytes) = (self.used.get(), bytes_of::<T>(length));
        assert!(
            offset + bytes <= self.block.len() * 4,
            "scratch of {} bytes is too small",
            self.block.len() * 4
        );
        self.used.set(offset + bytes);
        // SAFETY: within the block, aligned to 64 bytes, initialised, valid for any bits; parts never overlap until
        // `reset`, which borrows the arena mutably.
        unsafe {
            let start = self.block.as_ptr().cast::<u8>().cast_mut().add(offset).cast::<T>();
            std::slice::from_raw_parts_mut(start, length)
        }
    }
}

thread_local! {
    static ARENA: RefCell<Arena> = RefCell::default();
}

/// Runs `work` with this thread's arena, emptied and with room for `bytes`.
pub fn with<R>(bytes: usize, work: impl FnOnce(&Arena) -> R) -> R {
    ARENA.with(|arena| work(arena.borrow_mut().reset(bytes)))
}
