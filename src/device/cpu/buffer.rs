//! Memory of the CPU device: zeroed, aligned to cache lines, never resized.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use super::element::Plain;

const ALIGNMENT: usize = 64;
/// Kernels may read up to one vector beyond the end.
const SLACK: usize = 128;

/// A fixed run of plain numbers.
pub struct Buffer<T> {
    pointer: NonNull<T>,
    length: usize,
}

// SAFETY: a buffer owns its memory as a `Vec` does.
unsafe impl<T: Send> Send for Buffer<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Buffer<T> {}

fn layout<T>(length: usize) -> Option<Layout> {
    let bytes = length.checked_mul(size_of::<T>())?.checked_add(SLACK)?;
    Layout::from_size_align(bytes, ALIGNMENT).ok()
}

impl<T: Plain> Buffer<T> {
    /// `length` zeros, or nothing when there is no memory for them.
    pub fn new(length: usize) -> Option<Buffer<T>> {
        let layout = layout::<T>(length)?;
        // SAFETY: the layout is never empty; all bits zero is a valid value of every element type.
        let pointer = unsafe { alloc_zeroed(layout) };
        let pointer = NonNull::new(pointer.cast::<T>())?;
        advise_huge_pages(pointer.as_ptr().cast(), layout.size());
        Some(Buffer { pointer, length })
    }

    /// For tasks of one operation that write disjoint parts of several buffers.
    ///
    /// # Safety
    /// The caller has exclusive access to the buffer, if only through a shared reference.
    pub unsafe fn shared(&self) -> SharedMut<'_, T> {
        SharedMut {
            pointer: self.pointer.as_ptr(),
            length: self.length,
            lifetime: std::marker::PhantomData,
        }
    }

    /// Makes it hold at least `length` elements; what it held is lost when it grows.
    pub fn reserve(&mut self, length: usize) {
        if self.length < length {
            *self = Buffer::new(length).unwrap_or_else(|| panic!("out of memory for {length} elements of scratch"));
        }
    }
}

/// Large tables on pages of 2 MB: a row-wise walk otherwise misses the translation cache at every row.
fn advise_huge_pages(pointer: *mut u8, bytes: usize) {
    #[cfg(target_os = "linux")]
    if bytes >= 4 << 20 {
        let page = 1 << 21;
        let start = (pointer as usize).next_multiple_of(page);
        let end = (pointer as usize + bytes) / page * page;
        if start < end {
            // SAFETY: the range lies within one allocation; the advice changes no contents, and its failure nothing.
            unsafe { libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_HUGEPAGE) };
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (pointer, bytes);
}

impl<T> Drop for Buffer<T> {
    fn drop(&mut self) {
        let layout = layout::<T>(self.length).expect("it was allocated with this layout");
        // SAFETY: allocated by `new` with the same layout.
        unsafe { dealloc(self.pointer.as_ptr().cast(), layout) }
    }
}

impl<T> Deref for Buffer<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        // SAFETY: `length` elements, initialised at allocation.
        unsafe { std::slice::from_raw_parts(self.pointer.as_ptr(), self.length) }
    }
}

impl<T> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: `length` elements, initialised at allocation, and `self` is borrowed mutably.
        unsafe { std::slice::from_raw_parts_mut(self.pointer.as_ptr(), self.length) }
    }
}

/// A mutable slice that the tasks of one parallel operation write in disjoint parts.
#[derive(Clone, Copy)]
pub struct SharedMut<'a, T> {
    pointer: *mut T,
    length: usize,
    lifetime: std::marker::PhantomData<&'a mut [T]>,
}

// SAFETY: access goes through `slice`, whose callers keep their ranges apart.
unsafe impl<T: Send> Send for SharedMut<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Send> Sync for SharedMut<'_, T> {}

impl<'a, T> SharedMut<'a, T> {
    pub fn new(slice: &'a mut [T]) -> Self {
        SharedMut {
            pointer: slice.as_mut_ptr(),
            length: slice.len(),
            lifetime: std::marker::PhantomData,
        }
    }

    /// # Safety
    /// No other live slice of this object overlaps the range.
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn slice(&self, offset: usize, length: usize) -> &'a mut [T] {
        assert!(
            offset + length <= self.length,
            "range {offset}+{length} of {}",
            self.length
        );
        // SAFETY: within the original slice; the caller keeps ranges apart.
        unsafe { std::slice::from_raw_parts_mut(self.pointer.add(offset), length) }
    }

    /// What begins at an element, for strided blocks: pointer and length.
    pub fn tail(&self, offset: usize) -> (*mut T, usize) {
        assert!(offset <= self.length);
        (self.pointer.wrapping_add(offset), self.length - offset)
    }
}
