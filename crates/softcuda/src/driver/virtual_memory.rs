//! Virtual memory management: reserved addresses, physical memory, and mappings of one to the other.
//!
//! A handle's memory is a file in memory; a mapping maps it at the reserved address, so that two mappings of one handle
//! share their bytes. Kernels and copies reach what is mapped and was given access; neighbours that are both open form
//! one range, as they do on a card.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::device::{self, Device};
use super::export::{Handle, In, Out, Registry, export, new_handle};
use super::status::{Result, Status};
use super::{capture, devices};
use crate::device::Kind;

/// Sizes and addresses are multiples of this, as on an A100.
const GRANULARITY: u64 = 2 << 20;

const READ: u32 = 1;
const READ_WRITE: u32 = 3;

/// `CUmemAllocationProp`: kind, handle types, location's kind and number, Windows' data, flags.
type Properties = [u32; 8];

struct Physical {
    file: libc::c_int,
    size: u64,
    properties: Properties,
    device: Arc<Device>,
}

impl Drop for Physical {
    fn drop(&mut self) {
        // SAFETY: the file is this value's own; mappings of it stay valid without it.
        unsafe { libc::close(self.file) };
        self.device.memory.refund(self.size);
    }
}

struct Mapping {
    size: u64,
    handle: Handle,
    physical: Arc<Physical>,
    /// Access by device ordinal: 0, READ or READ_WRITE.
    access: Vec<u32>,
}

#[derive(Default)]
struct Space {
    /// Size by address.
    reserved: BTreeMap<u64, u64>,
    mapped: BTreeMap<u64, Mapping>,
    /// Ranges registered with each device's memory.
    open: Vec<BTreeMap<u64, u64>>,
}

static SPACE: Mutex<Space> = Mutex::new(Space {
    reserved: BTreeMap::new(),
    mapped: BTreeMap::new(),
    open: Vec::new(),
});

/// Handles whose owner has not released them, with how often they were retained.
static HANDLES: Registry<(Arc<Physical>, Mutex<u32>)> = Registry::new();

fn space() -> std::sync::MutexGuard<'static, Space> {
    SPACE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn map(address: u64, size: u64, protection: i32, flags: i32, file: libc::c_int, offset: u64) -> Option<u64> {
    // SAFETY: with MAP_FIXED the address lies in a range that `reserve` made and only this file maps into; without it
    // the kernel chooses free addresses.
    let found = unsafe {
        libc::mmap(
            address as *mut libc::c_void,
            size as usize,
            protection,
            flags,
            file,
            offset as libc::off_t,
        )
    };
    (found != libc::MAP_FAILED).then_some(found as u64)
}

const NOTHING: i32 = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;

/// A free range, aligned.
fn reserve(size: u64, alignment: u64) -> Option<u64> {
    let extent = size.checked_add(alignment)?;
    let start = map(0, extent, libc::PROT_NONE, NOTHING, -1, 0)?;
    let base = start.next_multiple_of(alignment);
    for (from, length) in [(start, base - start), (base + size, start + extent - base - size)] {
        if length > 0 {
            // SAFETY: the ends of the range just mapped, which nobody has heard of.
            unsafe { libc::munmap(from as *mut libc::c_void, length as usize) };
        }
    }
    Some(base)
}

impl Space {
    /// The mappings that make up a range exactly.
    fn covering(&self, address: u64, size: u64) -> Result<Vec<u64>> {
        let end = address.checked_add(size).ok_or(Status::INVALID_VALUE)?;
        let mut next = address;
        let mut found = Vec::new();
        for (&base, mapping) in self.mapped.range(address..end) {
            if base != next || size == 0 {
                return Err(Status::INVALID_VALUE);
            }
            next = base + mapping.size;
            found.push(base);
        }
        if next == end && size > 0 {
            Ok(found)
        } else {
            Err(Status::INVALID_VALUE)
        }
    }

    /// Tells every device which ranges it may reach, joining neighbours.
    fn publish(&mut self) -> Result {
        self.open.resize(devices()?.len(), BTreeMap::new());
        for (device, open) in devices()?.iter().zip(&mut self.open) {
            let mut wanted: BTreeMap<u64, u64> = BTreeMap::new();
            for (&base, mapping) in &self.mapped {
                if mapping.access[device.ordinal as usize] == 0 {
                    continue;
                }
                let joined = wanted.last_entry().filter(|last| last.key() + last.get() == base);
                match joined {
                    // A range never crosses from one reservation into the next.
                    Some(mut last) if !self.reserved.contains_key(&base) => *last.get_mut() += mapping.size,
                    _ => {
                        wanted.insert(base, mapping.size);
                    }
                }
            }
            for (base, _) in open.iter().filter(|(base, size)| wanted.get(base) != Some(size)) {
                let _ = device.memory.unregister(*base);
            }
            for (&base, &size) in wanted.iter().filter(|(base, size)| open.get(base) != Some(size)) {
                // SAFETY: the range stays mapped until `unmap`, which takes this back first.
                unsafe { device.memory.register(base, size, Kind::Device) }?;
            }
            *open = wanted;
        }
        Ok(())
    }

    fn unmap(&mut self, address: u64, size: u64) -> Result {
        let bases = self.covering(address, size)?;
        let gone: Vec<(u64, Mapping)> = bases.iter().filter_map(|base| self.mapped.remove_entry(base)).collect();
        self.publish()?;
        for (base, mapping) in gone {
            map(base, mapping.size, libc::PROT_NONE, NOTHING | libc::MAP_FIXED, -1, 0);
        }
        Ok(())
    }
}

fn checked(properties: In<Properties>) -> Result<(Properties, &'static Arc<Device>)> {
    let properties = properties.get()?;
    let [kind, handles, location, ordinal, ..] = properties;
    if kind != 1 || location != 1 {
        return Err(if matches!(location, 2..=4) {
            Status::NOT_SUPPORTED
        } else {
            Status::INVALID_VALUE
        });
    }
    if handles != 0 {
        return Err(Status::NOT_SUPPORTED);
    }
    Ok((properties, device::get(ordinal as i32)?))
}

fn create(result: Out<Handle>, size: u64, properties: In<Properties>, flags: u64) -> Result {
    devices()?;
    result.require()?;
    let (properties, device) = checked(properties)?;
    if size == 0 || !size.is_multiple_of(GRANULARITY) || flags != 0 {
        return Err(Status::INVALID_VALUE);
    }
    device.memory.charge(size)?;
    // SAFETY: the name is a nul-terminated string.
    let file = unsafe { libc::memfd_create(c"softcuda".as_ptr(), libc::MFD_CLOEXEC) };
    if file < 0 {
        device.memory.refund(size);
        return Err(Status::OUT_OF_MEMORY);
    }
    let physical = Physical {
        file,
        size,
        properties,
        device: device.clone(),
    };
    // SAFETY: the file was just made.
    if unsafe { libc::ftruncate(file, size as libc::off_t) } != 0 {
        return Err(Status::OUT_OF_MEMORY);
    }
    let handle = new_handle();
    HANDLES.insert(handle, Arc::new((Arc::new(physical), Mutex::new(1))));
    result.set(handle)
}

fn handle(handle: Handle) -> Result<Arc<(Arc<Physical>, Mutex<u32>)>> {
    devices()?;
    HANDLES.get(handle).map_err(|_| Status::INVALID_VALUE)
}

fn map_handle(address: u64, size: u64, offset: u64, handle: Handle, flags: u64) -> Result {
    let physical = self::handle(handle)?.0.clone();
    let mut space = space();
    let end = address.checked_add(size).ok_or(Status::INVALID_VALUE)?;
    let inside = space
        .reserved
        .range(..=address)
        .next_back()
        .is_some_and(|(base, length)| end <= base + length);
    let taken = space
        .mapped
        .range(..end)
        .next_back()
        .is_some_and(|(base, mapping)| base + mapping.size > address);
    let aligned = address.is_multiple_of(GRANULARITY) && size.is_multiple_of(GRANULARITY);
    // Parts of a handle cannot be mapped (CUDA driver API, cuMemMap: the offset must be zero).
    if size == 0 || size > physical.size || offset != 0 || flags != 0 || !inside || taken || !aligned {
        return Err(Status::INVALID_VALUE);
    }
    let protection = libc::PROT_READ | libc::PROT_WRITE;
    map(
        address,
        size,
        protection,
        libc::MAP_SHARED | libc::MAP_FIXED,
        physical.file,
        0,
    )
    .ok_or(Status::OUT_OF_MEMORY)?;
    let access = vec![0; devices()?.len()];
    space.mapped.insert(
        address,
        Mapping {
            size,
            handle,
            physical,
            access,
        },
    );
    Ok(())
}

export! {
    fn cuMemAddressReserve(result: Out<u64>, size: u64, alignment: u64, _wish: u64, flags: u64) {
        devices()?;
        result.require()?;
        let odd = alignment != 0 && !alignment.is_power_of_two();
        if size == 0 || !size.is_multiple_of(GRANULARITY) || odd || flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        if size > 1 << 45 || alignment > 1 << 40 {
            return Err(Status::OUT_OF_MEMORY);
        }
        let base = reserve(size, alignment.max(GRANULARITY)).ok_or(Status::OUT_OF_MEMORY)?;
        space().reserved.insert(base, size);
        result.set(base)
    }
    fn cuMemAddressFree(address: u64, size: u64) {
        devices()?;
        let mut space = space();
        let whole = space.reserved.get(&address) == Some(&size);
        if !whole || space.mapped.range(address..address + size).next().is_some() {
            return Err(Status::INVALID_VALUE);
        }
        space.reserved.remove(&address);
        // SAFETY: a reserved range with nothing mapped into it, off the books since just now.
        unsafe { libc::munmap(address as *mut libc::c_void, size as usize) };
        Ok(())
    }
    fn cuMemCreate(result: Out<Handle>, size: u64, properties: In<Properties>, flags: u64) {
        create(result, size, properties, flags)
    }
    fn cuMemRelease(handle: Handle) {
        let held = self::handle(handle)?;
        let mut count = held.1.lock().unwrap_or_else(PoisonError::into_inner);
        *count -= 1;
        if *count == 0 {
            HANDLES.remove(handle)?;
        }
        Ok(())
    }
    fn cuMemRetainAllocationHandle(result: Out<Handle>, address: u64) {
        devices()?;
        result.require()?;
        let space = space();
        let found = space.mapped.range(..=address).next_back();
        let (_, mapping) = found.filter(|(base, mapping)| address < *base + mapping.size).ok_or(Status::INVALID_VALUE)?;
        match HANDLES.get(mapping.handle) {
            Ok(held) => *held.1.lock().unwrap_or_else(PoisonError::into_inner) += 1,
            // Released, and alive through its mapping only: this brings it back.
            Err(_) => HANDLES.insert(mapping.handle, Arc::new((mapping.physical.clone(), Mutex::new(1)))),
        }
        result.set(mapping.handle)
    }
    fn cuMemGetAllocationPropertiesFromHandle(properties: Out<Properties>, handle: Handle) {
        properties.set(self::handle(handle)?.0.properties)
    }
    fn cuMemGetAllocationGranularity(granularity: Out<u64>, properties: In<Properties>, option: u32) {
        devices()?;
        checked(properties)?;
        if option > 1 {
            return Err(Status::INVALID_VALUE);
        }
        granularity.set(GRANULARITY)
    }
    fn cuMemMap(address: u64, size: u64, offset: u64, handle: Handle, flags: u64) {
        map_handle(address, size, offset, handle, flags)
    }
    fn cuMemUnmap(address: u64, size: u64) {
        devices()?;
        capture::forbid_unsafe()?;
        // What is queued may still use the range.
        for context in super::context::CONTEXTS.all() {
            let _ = context.synchronize();
        }
        space().unmap(address, size)
    }
    // CUmemAccessDesc: kind and number of a location, flags.
    fn cuMemSetAccess(address: u64, size: u64, descriptions: In<[u32; 3]>, count: u64) {
        devices()?;
        if count == 0 || count > 64 {
            return Err(Status::INVALID_VALUE);
        }
        let descriptions = descriptions.list(count as usize)?;
        for &[location, ordinal, flags] in &descriptions {
            if location != 1 || !matches!(flags, 0 | READ | READ_WRITE) {
                return Err(Status::INVALID_VALUE);
            }
            device::get(ordinal as i32)?;
        }
        let mut space = space();
        for base in space.covering(address, size)? {
            if let Some(mapping) = space.mapped.get_mut(&base) {
                for &[_, ordinal, flags] in &descriptions {
                    mapping.access[ordinal as usize] = flags;
                }
            }
        }
        space.publish()
    }
    fn cuMemGetAccess(flags: Out<u64>, location: In<[u32; 2]>, address: u64) {
        let [kind, ordinal] = location.get()?;
        device::get(ordinal as i32)?;
        let space = space();
        let found = space.mapped.range(..=address).next_back();
        let (_, mapping) = found.filter(|(base, mapping)| address < *base + mapping.size).ok_or(Status::INVALID_VALUE)?;
        if kind != 1 {
            return Err(Status::INVALID_VALUE);
        }
        flags.set(mapping.access[ordinal as usize].into())
    }
}
