//! Device memory: an address space of its own inside the process, in which every allocation's bounds are known.
//!
//! A device address is the host address of the byte it names, so that pinned host memory and the memory of peer
//! devices need no translation. Freed ranges are reused as late as possible: a stale pointer stays recognisable.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock, Weak};

use super::texture::Texture;

/// Alignment of every allocation, as the CUDA driver gives it.
pub const ALIGNMENT: u64 = 512;
/// Unmapped bytes kept after each allocation, so that a neighbour is never reached by an overrun of a few elements.
const GUARD: u64 = 512;
/// Virtual bytes reserved per byte of capacity: what lets freed addresses rest before they are reused.
const SPREAD: u64 = 8;

/// Where the shadow of a memory lies: `of` and `bytes` are the memory's own range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shadow {
    pub of: u64,
    pub bytes: u64,
    pub base: u64,
}

/// What an allocation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// cuMemAlloc and its relatives.
    Device,
    /// cuMemAllocManaged: host and device use the same address.
    Managed,
    /// Host memory the device may access (pinned or registered).
    Host,
    /// A module's `.global` or `.const` variable.
    Module,
    /// Made by a kernel's own `malloc`.
    Heap,
}

/// One live range of device-accessible memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allocation {
    pub base: u64,
    /// Bytes, exactly as asked for.
    pub size: u64,
    pub kind: Kind,
    /// Counts up with every allocation of this memory.
    pub serial: u64,
    /// Reads only (a module's constants).
    pub read_only: bool,
}

impl Allocation {
    pub fn end(&self) -> u64 {
        self.base + self.size
    }
}

/// Why a host-side access was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoryError {
    /// Not enough capacity left.
    OutOfMemory,
    /// The range is not inside one live allocation.
    InvalidAddress(u64),
}

impl fmt::Display for MemoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MemoryError::OutOfMemory => write!(f, "out of device memory"),
            MemoryError::InvalidAddress(address) => write!(f, "address {address:#x} is not inside a live allocation"),
        }
    }
}

impl std::error::Error for MemoryError {}

/// A reserved range of the process's address space; pages appear when they are touched.
struct Region {
    base: u64,
    size: u64,
}

impl Region {
    fn reserve(size: u64, hint: u64) -> Option<Region> {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        for (address, extra) in [(hint, libc::MAP_FIXED_NOREPLACE), (0, 0)] {
            if address == 0 && extra != 0 {
                continue;
            }
            // SAFETY: an anonymous mapping at an address that is either free (NOREPLACE) or chosen by the kernel.
            let base = unsafe {
                libc::mmap(
                    address as *mut libc::c_void,
                    size as usize,
                    protection,
                    flags | extra,
                    -1,
                    0,
                )
            };
            if base != libc::MAP_FAILED {
                return Some(Region {
                    base: base as u64,
                    size,
                });
            }
        }
        None
    }

    /// Asks for large pages: a shadow that is touched at all is touched widely.
    fn prefer_large_pages(self) -> Region {
        // SAFETY: advice about this value's own mapping.
        unsafe { libc::madvise(self.base as *mut libc::c_void, self.size as usize, libc::MADV_HUGEPAGE) };
        self
    }

    /// Gives whole pages inside the range back and leaves zeros.
    fn discard(&self, start: u64, end: u64) {
        let (first, last) = (start.next_multiple_of(4096), end & !4095);
        if first < last {
            // SAFETY: the pages lie inside this mapping, which this value owns.
            unsafe { libc::madvise(first as *mut libc::c_void, (last - first) as usize, libc::MADV_DONTNEED) };
        }
        let zero = |from: u64, to: u64| {
            if from < to {
                // SAFETY: inside this mapping, see above.
                unsafe { std::ptr::write_bytes(from as *mut u8, 0, (to - from) as usize) };
            }
        };
        if first < last {
            zero(start, first);
            zero(last, end);
        } else {
            zero(start, end);
        }
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        // SAFETY: the mapping was made by `reserve` and nothing refers to it any more.
        unsafe { libc::munmap(self.base as *mut libc::c_void, self.size as usize) };
    }
}

struct Table {
    live: BTreeMap<u64, Allocation>,
    /// Freed ranges (base, extent with guard), oldest first; `recent` keeps their exact sizes for messages.
    freed: VecDeque<(u64, u64)>,
    recent: BTreeMap<u64, u64>,
    next: u64,
    serial: u64,
}

/// The memory of one device.
pub struct Memory {
    region: Region,
    /// One byte per byte of `region`, 1 = written; present once tracking was switched on.
    written: RwLock<Option<Region>>,
    /// Cells of the race check, by the binary logarithm of the unit.
    races: RwLock<[Option<Region>; 5]>,
    /// Owner numbers given to blocks whose launches were checked for races.
    race_owners: Mutex<u32>,
    tracking: AtomicBool,
    table: RwLock<Table>,
    peers: RwLock<Vec<Weak<Memory>>>,
    /// Textures and surfaces by the handles that kernels have.
    textures: RwLock<HashMap<u64, Arc<Texture>>>,
    capacity: u64,
    used: AtomicU64,
    /// Serialises the device-side heap.
    heap: Mutex<u64>,
}

static NEXT_HINT: AtomicU64 = AtomicU64::new(0x2000_0000_0000);

impl Memory {
    /// Reserves the address space for `capacity` bytes of device memory. Nothing is touched yet.
    pub fn new(capacity: u64) -> Result<Memory, MemoryError> {
        let mut size = capacity
            .saturating_mul(SPREAD)
            .next_multiple_of(1 << 21)
            .clamp(1 << 24, 1 << 42);
        loop {
            let hint = NEXT_HINT.fetch_add(size.next_multiple_of(1 << 40), Ordering::Relaxed);
            if let Some(region) = Region::reserve(size, hint) {
                let next = region.base;
                let table = Table {
                    live: BTreeMap::new(),
                    freed: VecDeque::new(),
                    recent: BTreeMap::new(),
                    next,
                    serial: 0,
                };
                return Ok(Memory {
                    region,
                    written: RwLock::new(None),
                    races: RwLock::default(),
                    race_owners: Mutex::new(0),
                    tracking: AtomicBool::new(false),
                    table: RwLock::new(table),
                    peers: RwLock::new(Vec::new()),
                    textures: RwLock::default(),
                    capacity,
                    used: AtomicU64::new(0),
                    heap: Mutex::new(0),
                });
            }
            size /= 2;
            if size < capacity {
                return Err(MemoryError::OutOfMemory);
            }
        }
    }

    /// Bytes this device has.
    pub fn capacity(&self) -> u64 {
        self.capacity
    }

    /// Bytes allocated now, in units of [`ALIGNMENT`].
    pub fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// From now on remembers which bytes were written (for the check of uninitialised reads). What is allocated
    /// already counts as written.
    pub fn track_writes(&self) {
        let mut written = self.written.write().unwrap();
        if written.is_none() {
            *written = Region::reserve(self.region.size, 0);
            if let Some(shadow) = written.as_ref() {
                for allocation in self.table.read().unwrap().live.values() {
                    if self.owns(allocation.base) {
                        let start = allocation.base - self.region.base + shadow.base;
                        // SAFETY: the shadow has one byte for each byte of the region.
                        unsafe { std::ptr::write_bytes(start as *mut u8, 1, allocation.size as usize) };
                    }
                }
                self.tracking.store(true, Ordering::Release);
            }
        }
    }

    /// The shadow byte of `address`: 0 while nobody has written there. None without tracking or outside the region.
    pub fn written_shadow(&self, address: u64) -> Option<*mut u8> {
        if !self.tracking.load(Ordering::Acquire) || !self.owns(address) {
            return None;
        }
        let written = self.written.read().unwrap();
        written
            .as_ref()
            .map(|shadow| (address - self.region.base + shadow.base) as *mut u8)
    }

    /// The shadow that says which bytes were written, where tracking is on.
    pub(crate) fn write_shadow(&self) -> Option<Shadow> {
        let written = self.written.read().unwrap();
        written.as_ref().map(|shadow| Shadow {
            of: self.region.base,
            bytes: self.region.size,
            base: shadow.base,
        })
    }

    /// Cells of `cell` bytes for each unit of 1 << `shift` bytes, zero at first.
    pub(crate) fn race_shadow(&self, shift: u32, cell: u64) -> Option<Shadow> {
        let mut races = self.races.write().unwrap();
        let cells = &mut races[shift as usize];
        if cells.is_none() {
            *cells = Region::reserve((self.region.size >> shift).checked_mul(cell)?, 0).map(Region::prefer_large_pages);
        }
        cells.as_ref().map(|cells| Shadow {
            of: self.region.base,
            bytes: self.region.size,
            base: cells.base,
        })
    }

    /// Numbers for the blocks of a launch that no launch used before: the one below the first.
    pub(crate) fn race_owners(&self, blocks: u64) -> u32 {
        let blocks = u32::try_from(blocks).unwrap_or(u32::MAX - 1).min(u32::MAX - 1);
        let mut owners = self.race_owners.lock().unwrap();
        let first = match owners.checked_add(blocks + 1) {
            Some(_) => *owners,
            None => {
                // Start anew, with no old marks.
                for cells in self.races.read().unwrap().iter().flatten() {
                    cells.discard(cells.base, cells.base + cells.size);
                }
                0
            }
        };
        *owners = first + blocks;
        first
    }

    fn owns(&self, address: u64) -> bool {
        address.wrapping_sub(self.region.base) < self.region.size
    }

    /// Marks bytes as written, where tracking is on.
    pub fn mark_written(&self, address: u64, size: u64) {
        if let Some(shadow) = self.written_shadow(address) {
            // SAFETY: the caller names bytes of a live allocation; the shadow covers the whole region.
            unsafe { std::ptr::write_bytes(shadow, 1, size as usize) };
        }
    }

    fn copy_written(&self, destination: u64, source: u64, size: u64) {
        match (self.written_shadow(destination), self.written_shadow(source)) {
            // SAFETY: both ranges lie in live allocations, their shadows in the shadow region.
            (Some(to), Some(from)) => unsafe { std::ptr::copy(from, to, size as usize) },
            (Some(_), None) => self.mark_written(destination, size),
            _ => {}
        }
    }

    /// Allocates `size` bytes (at least one), aligned to [`ALIGNMENT`] or to `alignment` if that is larger.
    pub fn allocate(&self, size: u64, kind: Kind) -> Result<u64, MemoryError> {
        self.allocate_aligned(size, ALIGNMENT, kind)
    }

    /// As [`Memory::allocate`], with an alignment (a power of two).
    pub fn allocate_aligned(&self, size: u64, alignment: u64, kind: Kind) -> Result<u64, MemoryError> {
        let size = size.max(1);
        let alignment = alignment.max(ALIGNMENT).next_power_of_two();
        if size > self.capacity || self.used() + size.next_multiple_of(ALIGNMENT) > self.capacity {
            return Err(MemoryError::OutOfMemory);
        }
        let extent = size.next_multiple_of(ALIGNMENT) + GUARD;
        let mut table = self.table.write().unwrap();
        let mut base = table.next.next_multiple_of(alignment);
        if base + extent <= self.region.base + self.region.size {
            table.next = base + extent;
        } else {
            let fits = |&(start, length): &(u64, u64)| {
                let aligned = start.next_multiple_of(alignment);
                aligned + extent <= start + length
            };
            if !table.freed.iter().any(fits) {
                join_neighbours(&mut table.freed);
            }
            let index = table.freed.iter().position(fits).ok_or(MemoryError::OutOfMemory)?;
            let (start, length) = table.freed.remove(index).unwrap();
            base = start.next_multiple_of(alignment);
            let rest = (start + length) - (base + extent);
            if rest >= ALIGNMENT + GUARD {
                table.freed.push_front((base + extent, rest));
            }
            if base - start >= ALIGNMENT + GUARD {
                table.freed.push_front((start, base - start));
            }
            let gone: Vec<u64> = table
                .recent
                .range(base..base + extent)
                .map(|(&address, _)| address)
                .collect();
            for address in gone {
                table.recent.remove(&address);
            }
        }
        table.serial += 1;
        let serial = table.serial;
        table.live.insert(
            base,
            Allocation {
                base,
                size,
                kind,
                serial,
                read_only: false,
            },
        );
        self.used.fetch_add(size.next_multiple_of(ALIGNMENT), Ordering::Relaxed);
        if let Some(written) = self.written.read().unwrap().as_ref() {
            let start = base - self.region.base + written.base;
            written.discard(start, start + extent);
        }
        Ok(base)
    }

    /// Frees the allocation that starts at `base`.
    pub fn free(&self, base: u64) -> Result<(), MemoryError> {
        let mut table = self.table.write().unwrap();
        let allocation = match table.live.get(&base) {
            Some(allocation) if allocation.kind != Kind::Host => *allocation,
            _ => return Err(MemoryError::InvalidAddress(base)),
        };
        table.live.remove(&base);
        let extent = allocation.size.next_multiple_of(ALIGNMENT) + GUARD;
        table.freed.push_back((base, extent));
        table.recent.insert(base, allocation.size);
        self.used
            .fetch_sub(allocation.size.next_multiple_of(ALIGNMENT), Ordering::Relaxed);
        drop(table);
        if allocation.size >= 1 << 16 {
            self.region.discard(base, base + allocation.size);
        }
        Ok(())
    }

    /// Makes host memory accessible to kernels under its own address.
    ///
    /// # Safety
    /// `size` bytes at `base` must stay valid until [`Memory::unregister_host`].
    pub unsafe fn register_host(&self, base: u64, size: u64) -> Result<(), MemoryError> {
        // SAFETY: the caller's promise.
        unsafe { self.register(base, size, Kind::Host) }
    }

    /// As [`Memory::register_host`], for memory that counts as of another kind.
    ///
    /// # Safety
    /// `size` bytes at `base` must stay valid until [`Memory::unregister`].
    pub unsafe fn register(&self, base: u64, size: u64, kind: Kind) -> Result<(), MemoryError> {
        let mut table = self.table.write().unwrap();
        let before = table.live.range(..base + size).next_back();
        if base == 0 || size == 0 || before.is_some_and(|(_, allocation)| allocation.end() > base) {
            return Err(MemoryError::InvalidAddress(base));
        }
        table.serial += 1;
        let serial = table.serial;
        table.live.insert(
            base,
            Allocation {
                base,
                size,
                kind,
                serial,
                read_only: false,
            },
        );
        Ok(())
    }

    /// Counts `size` bytes as used, which are not in this memory's own address range.
    pub fn charge(&self, size: u64) -> Result<(), MemoryError> {
        let fits = |used: u64| used.checked_add(size).filter(|&after| after <= self.capacity);
        let charged = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits);
        charged.map(|_| ()).map_err(|_| MemoryError::OutOfMemory)
    }

    /// Takes back [`Memory::charge`].
    pub fn refund(&self, size: u64) {
        self.used.fetch_sub(size, Ordering::Relaxed);
    }

    /// Takes back [`Memory::register`] of memory outside this one's own address range.
    pub fn unregister(&self, base: u64) -> Result<(), MemoryError> {
        if self.owns(base) || self.table.write().unwrap().live.remove(&base).is_none() {
            return Err(MemoryError::InvalidAddress(base));
        }
        Ok(())
    }

    /// Takes back [`Memory::register_host`].
    pub fn unregister_host(&self, base: u64) -> Result<(), MemoryError> {
        let mut table = self.table.write().unwrap();
        match table.live.get(&base) {
            Some(allocation) if allocation.kind == Kind::Host => {
                table.live.remove(&base);
                Ok(())
            }
            _ => Err(MemoryError::InvalidAddress(base)),
        }
    }

    pub fn set_read_only(&self, base: u64) {
        if let Some(allocation) = self.table.write().unwrap().live.get_mut(&base) {
            allocation.read_only = true;
        }
    }

    /// Lets kernels on this device reach `peer`'s allocations.
    pub fn add_peer(&self, peer: &Arc<Memory>) {
        self.remove_peer(peer);
        self.peers.write().unwrap().push(Arc::downgrade(peer));
    }

    /// Takes back [`Memory::add_peer`].
    pub fn remove_peer(&self, peer: &Arc<Memory>) {
        self.peers
            .write()
            .unwrap()
            .retain(|known| !std::ptr::eq(known.as_ptr(), Arc::as_ptr(peer)));
    }

    pub(crate) fn set_texture(&self, handle: u64, texture: Texture) {
        self.textures.write().unwrap().insert(handle, Arc::new(texture));
    }

    pub(crate) fn remove_texture(&self, handle: u64) {
        self.textures.write().unwrap().remove(&handle);
    }

    /// The texture or surface that a handle names.
    pub(crate) fn texture(&self, handle: u64) -> Option<Arc<Texture>> {
        self.textures.read().unwrap().get(&handle).cloned()
    }

    /// The live allocation of this device that holds `address`.
    pub fn find(&self, address: u64) -> Option<Allocation> {
        let table = self.table.read().unwrap();
        let (_, allocation) = table.live.range(..=address).next_back()?;
        (address < allocation.end()).then_some(*allocation)
    }

    /// As [`Memory::find`], in this device's memory and that of its peers.
    pub fn find_accessible(&self, address: u64) -> Option<Allocation> {
        self.find(address).or_else(|| {
            let peers = self.peers.read().unwrap();
            peers
                .iter()
                .filter_map(Weak::upgrade)
                .find_map(|peer| peer.find(address))
        })
    }

    /// The freed allocation (base, size) that held `address`, if its addresses were not reused since.
    pub fn find_freed(&self, address: u64) -> Option<(u64, u64)> {
        let table = self.table.read().unwrap();
        let (&base, &size) = table.recent.range(..=address).next_back()?;
        (address < base + size).then_some((base, size))
    }

    /// The live allocation nearest below `address`, for messages such as "8 bytes after the end of ...".
    pub fn find_below(&self, address: u64) -> Option<Allocation> {
        self.table
            .read()
            .unwrap()
            .live
            .range(..=address)
            .next_back()
            .map(|(_, allocation)| *allocation)
    }

    /// All live allocations of a kind, by address (what is left at exit is a leak).
    pub fn allocations(&self, kind: Kind) -> Vec<Allocation> {
        self.table
            .read()
            .unwrap()
            .live
            .values()
            .filter(|allocation| allocation.kind == kind)
            .copied()
            .collect()
    }

    fn require(&self, address: u64, size: u64) -> Result<(), MemoryError> {
        match self.find_accessible(address) {
            Some(allocation) if size <= allocation.end() - address => Ok(()),
            _ if size == 0 => Ok(()),
            _ => Err(MemoryError::InvalidAddress(address)),
        }
    }

    /// Copies from the device to the host.
    pub fn read(&self, address: u64, bytes: &mut [u8]) -> Result<(), MemoryError> {
        self.require(address, bytes.len() as u64)?;
        // SAFETY: the range lies in one live allocation.
        unsafe { std::ptr::copy(address as *const u8, bytes.as_mut_ptr(), bytes.len()) };
        Ok(())
    }

    /// Copies from the host to the device.
    pub fn write(&self, address: u64, bytes: &[u8]) -> Result<(), MemoryError> {
        self.require(address, bytes.len() as u64)?;
        // SAFETY: the range lies in one live allocation.
        unsafe { std::ptr::copy(bytes.as_ptr(), address as *mut u8, bytes.len()) };
        self.mark_written(address, bytes.len() as u64);
        Ok(())
    }

    /// Copies inside device memory; the ranges may overlap.
    pub fn copy(&self, destination: u64, source: u64, size: u64) -> Result<(), MemoryError> {
        self.require(source, size)?;
        self.require(destination, size)?;
        // SAFETY: both ranges lie in live allocations.
        unsafe { std::ptr::copy(source as *const u8, destination as *mut u8, size as usize) };
        self.copy_written(destination, source, size);
        Ok(())
    }

    /// Repeats `pattern` (1, 2 or 4 bytes) `count` times from `address` on.
    pub fn fill(&self, address: u64, pattern: &[u8], count: u64) -> Result<(), MemoryError> {
        let size = count
            .checked_mul(pattern.len() as u64)
            .ok_or(MemoryError::InvalidAddress(address))?;
        self.require(address, size)?;
        // SAFETY: the range lies in one live allocation.
        let bytes = unsafe { std::slice::from_raw_parts_mut(address as *mut u8, size as usize) };
        match pattern {
            [byte] => bytes.fill(*byte),
            _ => bytes
                .chunks_exact_mut(pattern.len().max(1))
                .for_each(|chunk| chunk.copy_from_slice(pattern)),
        }
        self.mark_written(address, size);
        Ok(())
    }

    /// A kernel's `malloc`: 0 when `limit` bytes of heap are in use.
    pub fn heap_allocate(&self, size: u64, limit: u64) -> u64 {
        let mut used = self.heap.lock().unwrap();
        if size == 0 || size > limit || *used + size > limit {
            return 0;
        }
        match self.allocate(size, Kind::Heap) {
            Ok(address) => {
                *used += size;
                address
            }
            Err(_) => 0,
        }
    }

    /// A kernel's `free`; false for what its `malloc` did not give.
    pub fn heap_free(&self, address: u64) -> bool {
        let mut used = self.heap.lock().unwrap();
        match self.find(address) {
            Some(allocation) if allocation.kind == Kind::Heap && allocation.base == address => {
                *used -= allocation.size;
                self.free(address).is_ok()
            }
            _ => false,
        }
    }
}

fn join_neighbours(freed: &mut VecDeque<(u64, u64)>) {
    let mut ranges: Vec<_> = freed.drain(..).collect();
    ranges.sort_unstable();
    for (start, length) in ranges {
        match freed.back_mut() {
            Some((last, extent)) if *last + *extent == start => *extent += length,
            _ => freed.push_back((start, length)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_exact_and_freed_ranges_are_remembered() {
        let memory = Memory::new(1 << 20).unwrap();
        let a = memory.allocate(100, Kind::Device).unwrap();
        let b = memory.allocate(512, Kind::Device).unwrap();
        assert!(a.is_multiple_of(ALIGNMENT) && b >= a + 100 + GUARD);
        assert_eq!(memory.find(a + 99).unwrap().base, a);
        assert!(memory.find(a + 100).is_none());
        memory.write(a, &[7; 100]).unwrap();
        assert_eq!(memory.write(a + 1, &[7; 100]), Err(MemoryError::InvalidAddress(a + 1)));
        memory.copy(b, a, 100).unwrap();
        let mut back = [0; 100];
        memory.read(b, &mut back).unwrap();
        assert_eq!(back, [7; 100]);
        memory.fill(b, &[1, 2], 256).unwrap();
        memory.read(b + 510, &mut back[..2]).unwrap();
        assert_eq!(back[..2], [1, 2]);
        memory.free(a).unwrap();
        assert_eq!(memory.free(a), Err(MemoryError::InvalidAddress(a)));
        assert_eq!(memory.find_freed(a + 50), Some((a, 100)));
        assert_eq!(memory.allocate(1 << 21, Kind::Device), Err(MemoryError::OutOfMemory));
    }

    #[test]
    fn space_is_reused_when_it_runs_out() {
        let memory = Memory::new(1 << 20).unwrap();
        let mut bases = Vec::new();
        for _ in 0..1000 {
            let base = memory.allocate(1 << 19, Kind::Device).unwrap();
            bases.push(base);
            memory.free(base).unwrap();
        }
        assert_eq!(memory.used(), 0);
        bases.dedup();
        assert!(bases.len() > 8);
    }
}
