//! Memory: device, managed and pinned host allocations, and what a pointer is.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::context::{Context, current};
use super::device::{self, Device, PITCH_ALIGNMENT};
use super::export::{Handle, In, Out, alias, export, plausible};
use super::managed::Advice;
use super::pool::Pool;
use super::report::{Origin, leak};
use super::status::{Result, Status};
use super::stream::Stream;
use super::work::Operation;
use super::{capture, copy, devices};
use crate::device::Kind;

/// Who an allocation belongs to.
struct Block {
    context: Handle,
    pool: Option<Arc<Pool>>,
    size: u64,
    /// Made by a graph's node: only its graph frees it.
    graph: bool,
    advice: Advice,
    origin: Origin,
}

/// Pinned or registered host memory.
struct HostBlock {
    context: Handle,
    size: u64,
    flags: u32,
    /// Allocated here; else the caller's own, registered.
    owned: bool,
    origin: Origin,
}

static BLOCKS: Mutex<BTreeMap<u64, Block>> = Mutex::new(BTreeMap::new());
static HOST: Mutex<BTreeMap<u64, HostBlock>> = Mutex::new(BTreeMap::new());

const PAGE: u64 = 4096;

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn allocate(context: &Context, size: u64, kind: Kind, pool: Option<Arc<Pool>>, graph: bool) -> Result<u64> {
    if size == 0 {
        return Err(Status::INVALID_VALUE);
    }
    let target = match &pool {
        Some(pool) => device::get(pool.device)?,
        None => &context.device,
    };
    let address = target.memory.allocate(size, kind)?;
    if let Some(pool) = &pool {
        pool.take(size);
        pool.share(address, size)?;
    }
    if kind == Kind::Managed {
        for other in devices()?.iter().filter(|other| other.ordinal != target.ordinal) {
            // SAFETY: the range stays reserved until `release` takes this back.
            unsafe { other.memory.register_host(address, size) }?;
        }
    }
    lock(&BLOCKS).insert(
        address,
        Block {
            context: context.handle,
            pool,
            size,
            graph,
            advice: Advice::default(),
            origin: Origin::here(),
        },
    );
    Ok(address)
}

/// Takes an allocation off the books; what is gone from them cannot be freed twice.
pub fn disown(address: u64) -> Result {
    let block = lock(&BLOCKS).remove(&address).ok_or(Status::INVALID_VALUE)?;
    if let Some(pool) = block.pool {
        pool.give(block.size);
    }
    Ok(())
}

/// Addresses and sizes of a pool's live allocations.
pub fn blocks_of(pool: Handle) -> Vec<(u64, u64)> {
    let blocks = lock(&BLOCKS);
    let of = |block: &Block| block.pool.as_ref().is_some_and(|known| known.handle == pool);
    blocks
        .iter()
        .filter(|(_, block)| of(block))
        .map(|(&address, block)| (address, block.size))
        .collect()
}

/// Frees what `disown` has let go of. A graph's own allocation stays for the next launch.
pub fn release(address: u64) -> Result {
    if lock(&BLOCKS).get(&address).is_some_and(|block| block.graph) {
        return Ok(());
    }
    let owner = device::owner(address).ok_or(Status::INVALID_VALUE)?;
    // Managed memory and that of shared pools is known to other devices.
    for other in devices()?.iter().filter(|other| other.ordinal != owner.ordinal) {
        let _ = other.memory.unregister_host(address);
    }
    Ok(owner.memory.free(address)?)
}

/// Frees what a context that ends still has.
pub fn forget(context: &Context) {
    let mut left: Vec<u64> = Vec::new();
    lock(&BLOCKS).retain(|&address, block| {
        let its = block.context == context.handle;
        if its {
            left.push(address);
        }
        !its
    });
    for address in left {
        let _ = release(address);
    }
    let host: Vec<u64> = lock(&HOST)
        .iter()
        .filter(|(_, b)| b.context == context.handle)
        .map(|(&a, _)| a)
        .collect();
    for address in host {
        let _ = drop_host(address);
    }
}

fn keep_host(context: &Context, address: u64, size: u64, flags: u32, owned: bool) -> Result {
    for (index, device) in devices()?.iter().enumerate() {
        // SAFETY: the range stays valid until it is freed or unregistered, which takes this back first.
        let registered = unsafe { device.memory.register_host(address, size) };
        if registered.is_err() {
            for earlier in &devices()?[..index] {
                let _ = earlier.memory.unregister_host(address);
            }
            return Err(Status::HOST_MEMORY_ALREADY_REGISTERED);
        }
    }
    lock(&HOST).insert(
        address,
        HostBlock {
            context: context.handle,
            size,
            flags,
            owned,
            origin: Origin::here(),
        },
    );
    Ok(())
}

fn host_layout(size: u64) -> Result<Layout> {
    let bytes = usize::try_from(size).map_err(|_| Status::OUT_OF_MEMORY)?;
    Layout::from_size_align(bytes, PAGE as usize).map_err(|_| Status::OUT_OF_MEMORY)
}

fn allocate_host(result: Out<u64>, size: u64, flags: u32) -> Result {
    let context = current()?;
    result.require()?;
    if size == 0 || flags & !7 != 0 {
        return Err(Status::INVALID_VALUE);
    }
    if size > devices()?[0].memory.capacity().max(1 << 30) {
        return Err(Status::OUT_OF_MEMORY);
    }
    // SAFETY: the layout's size is not zero.
    let address = unsafe { alloc_zeroed(host_layout(size)?) } as u64;
    if address == 0 {
        return Err(Status::OUT_OF_MEMORY);
    }
    keep_host(&context, address, size, flags, true)?;
    result.set(address)
}

/// Whether all pages of a range exist.
fn mapped(address: u64, size: u64) -> bool {
    let Some(end) = address
        .checked_add(size)
        .filter(|&end| plausible(address) && plausible(end - 1))
    else {
        return false;
    };
    let start = address & !(PAGE - 1);
    let chunk = PAGE << 16;
    let mut resident = vec![0u8; 1 << 16];
    (start..end).step_by(chunk as usize).all(|from| {
        let length = chunk.min(end - from) as usize;
        // SAFETY: only asks; there is one byte of result for each page.
        unsafe { libc::mincore(from as *mut libc::c_void, length, resident.as_mut_ptr()) == 0 }
    })
}

fn drop_host(address: u64) -> Result {
    let block = lock(&HOST).remove(&address).ok_or(Status::INVALID_VALUE)?;
    for device in devices()? {
        let _ = device.memory.unregister_host(address);
    }
    if block.owned {
        // SAFETY: allocated by `allocate_host` with this layout, and off the books since just now.
        unsafe { dealloc(address as *mut u8, host_layout(block.size)?) };
    }
    Ok(())
}

fn host_block<T>(address: u64, read: impl FnOnce(&HostBlock) -> T) -> Result<T> {
    let blocks = lock(&HOST);
    let (&base, block) = blocks.range(..=address).next_back().ok_or(Status::INVALID_VALUE)?;
    if address < base + block.size {
        Ok(read(block))
    } else {
        Err(Status::INVALID_VALUE)
    }
}

/// Reads or changes what is advised of the managed allocation at `address`.
pub fn with_advice<T>(address: u64, change: impl FnOnce(&mut Advice) -> T) -> Result<T> {
    let mut blocks = lock(&BLOCKS);
    let block = blocks.get_mut(&address).ok_or(Status::INVALID_VALUE)?;
    Ok(change(&mut block.advice))
}

/// Names what nobody has freed, oldest first: sizes, and the calls that allocated them.
pub fn report_leaks() {
    let (mut count, mut bytes) = (0u64, 0u64);
    let mut report = |what: &str, address: u64, size: u64, origin: &Origin| {
        leak(what, address, size, origin);
        count += 1;
        bytes += size;
    };
    let blocks = lock(&BLOCKS);
    let mut left: Vec<_> = blocks.iter().filter(|(_, block)| !block.graph).collect();
    left.sort_by_key(|(_, block)| block.origin.serial);
    for (&address, block) in left {
        let owner = device::owner(address).map_or(0, |owner| owner.ordinal);
        report(&format!("device {owner}"), address, block.size, &block.origin);
    }
    let host = lock(&HOST);
    let mut left: Vec<_> = host.iter().collect();
    left.sort_by_key(|(_, block)| block.origin.serial);
    for (&address, block) in left {
        report(
            if block.owned {
                "pinned host memory"
            } else {
                "registered host memory"
            },
            address,
            block.size,
            &block.origin,
        );
    }
    if count > 0 {
        eprintln!("softcuda: {count} allocations of {bytes} bytes in all were never freed");
    }
}

fn pointer_attribute(attribute: u32, address: u64) -> Result<(u64, usize)> {
    let owner = device::owner(address);
    let range = copy::accessible(address).ok_or(Status::INVALID_VALUE)?;
    let host = range.kind == Kind::Host && owner.is_none();
    let context = if host {
        host_block(address, |block| block.context).unwrap_or(0)
    } else {
        lock(&BLOCKS).get(&range.base).map_or(0, |block| block.context)
    };
    let pool = || {
        lock(&BLOCKS)
            .get(&range.base)
            .and_then(|block| block.pool.as_ref().map(|pool| pool.handle))
    };
    let managed = range.kind == Kind::Managed;
    let ordinal = match owner {
        Some(owner) => owner.ordinal,
        None => Context::get(context).map_or(0, |context| context.device.ordinal),
    };
    Ok(match attribute {
        1 => (context, 8),
        2 => (if host { 1 } else { 2 }, 4),
        3 => (address, 8),
        4 if host || managed => (address, 8),
        4 => return Err(Status::INVALID_VALUE),
        6 => (1, 4),
        7 => (range.serial, 8),
        8 => (managed.into(), 4),
        9 => (ordinal as u64, 4),
        10 | 15 | 21 => (0, 4),
        11 => (range.base, 8),
        12 => (range.size, 8),
        13 => (1, 4),
        14 => (0, 8),
        16 => (3, 4),
        17 => (pool().unwrap_or(0), 8),
        18 => (range.size, 8),
        19 => (range.base, 8),
        20 => (range.serial, 8),
        _ => return Err(Status::INVALID_VALUE),
    })
}

/// Writes a value of 4 or 8 bytes.
fn give(target: u64, (value, size): (u64, usize)) -> Result {
    if size == 4 {
        Out::<u32>::at(target).set(value as u32)
    } else {
        Out::<u64>::at(target).set(value)
    }
}

pub fn allocate_async(result: Out<u64>, size: u64, pool: Arc<Pool>, stream: Handle) -> Result {
    let stream = Stream::get(stream)?;
    result.require()?;
    let context = stream.context()?;
    let capturing = stream.captured.lock().unwrap().is_some();
    let address = allocate(&context, size, Kind::Device, Some(pool), capturing)?;
    if capturing {
        stream.submit(Operation::Allocate { address, size })?;
    }
    result.set(address)
}

/// An allocation for a graph's node.
pub fn allocate_for_graph(context: &Context, size: u64) -> Result<u64> {
    allocate(context, size, Kind::Device, None, true)
}

fn default_pool(device: &Device) -> Arc<Pool> {
    device.current_pool.lock().unwrap().clone()
}

export! {
    fn cuMemGetInfo_v2(free: Out<u64>, total: Out<u64>) {
        let memory = current()?.device.memory.clone();
        free.set(memory.capacity() - memory.used().min(memory.capacity()))?;
        total.set(memory.capacity())
    }
    fn cuMemAlloc_v2(result: Out<u64>, size: u64) {
        let context = current()?;
        result.require()?;
        capture::forbid_unsafe()?;
        result.set(allocate(&context, size, Kind::Device, None, false)?)
    }
    fn cuMemAllocPitch_v2(result: Out<u64>, pitch: Out<u64>, width: u64, height: u64, element: u32) {
        let context = current()?;
        result.require()?;
        pitch.require()?;
        capture::forbid_unsafe()?;
        if !matches!(element, 4 | 8 | 16) {
            return Err(Status::INVALID_VALUE);
        }
        let row = width.checked_next_multiple_of(PITCH_ALIGNMENT).ok_or(Status::OUT_OF_MEMORY)?;
        let size = row.checked_mul(height).ok_or(Status::OUT_OF_MEMORY)?;
        result.set(allocate(&context, size, Kind::Device, None, false)?)?;
        pitch.set(row)
    }
    fn cuMemAllocManaged(result: Out<u64>, size: u64, flags: u32) {
        let context = current()?;
        result.require()?;
        capture::forbid_unsafe()?;
        if !matches!(flags, 1 | 2) {
            return Err(Status::INVALID_VALUE);
        }
        result.set(allocate(&context, size, Kind::Managed, None, false)?)
    }
    fn cuMemFree_v2(address: u64) {
        let context = current()?;
        if address == 0 {
            return Ok(());
        }
        capture::forbid_unsafe()?;
        if !lock(&BLOCKS).contains_key(&address) {
            return Err(Status::INVALID_VALUE);
        }
        context.synchronize()?;
        disown(address)?;
        release(address)
    }
    fn cuMemAllocAsync | cuMemAllocAsync_ptsz (result: Out<u64>, size: u64, stream: Handle) {
        let pool = default_pool(&Stream::get(stream)?.context()?.device);
        allocate_async(result, size, pool, stream)
    }
    fn cuMemFreeAsync | cuMemFreeAsync_ptsz (address: u64, stream: Handle) {
        let stream = Stream::get(stream)?;
        let graph = lock(&BLOCKS).get(&address).ok_or(Status::INVALID_VALUE)?.graph;
        if !graph && stream.captured.lock().unwrap().is_none() {
            disown(address)?;
        }
        stream.submit(Operation::Free(address))
    }
    fn cuMemGetAddressRange_v2(base: Out<u64>, size: Out<u64>, address: u64) {
        current()?;
        let range = copy::accessible(address).ok_or(Status::NOT_FOUND)?;
        base.offer(range.base);
        size.offer(range.size);
        Ok(())
    }
    fn cuMemAllocHost_v2(result: Out<u64>, size: u64) {
        allocate_host(result, size, 0)
    }
    fn cuMemHostAlloc(result: Out<u64>, size: u64, flags: u32) {
        allocate_host(result, size, flags)
    }
    fn cuMemFreeHost(address: u64) {
        let context = current()?;
        if !host_block(address, |block| block.owned)? {
            return Err(Status::INVALID_VALUE);
        }
        context.synchronize()?;
        drop_host(address)
    }
    fn cuMemHostRegister_v2(address: u64, size: u64, flags: u32) {
        let context = current()?;
        if size == 0 || flags & !15 != 0 || !mapped(address, size) {
            return Err(Status::INVALID_VALUE);
        }
        if flags & 4 != 0 {
            return Err(Status::NOT_SUPPORTED);
        }
        keep_host(&context, address, size, flags, false)
    }
    fn cuMemHostUnregister(address: u64) {
        let context = current()?;
        let registered = lock(&HOST).get(&address).is_some_and(|block| !block.owned);
        if !registered {
            return Err(Status::HOST_MEMORY_NOT_REGISTERED);
        }
        context.synchronize()?;
        drop_host(address)
    }
    fn cuMemHostGetDevicePointer_v2(result: Out<u64>, address: u64, flags: u32) {
        current()?;
        host_block(address, |_| ())?;
        if flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        result.set(address)
    }
    fn cuMemHostGetFlags(flags: Out<u32>, address: u64) {
        current()?;
        flags.set(host_block(address, |block| block.flags)?)
    }
    fn cuPointerGetAttribute(value: u64, attribute: u32, address: u64) {
        devices()?;
        give(value, pointer_attribute(attribute, address)?)
    }
    fn cuPointerGetAttributes(count: u32, attributes: In<u32>, values: In<u64>, address: u64) {
        devices()?;
        for index in 0..count as usize {
            let attribute = attributes.get_at(index)?;
            if !(1..=21).contains(&attribute) {
                return Err(Status::INVALID_VALUE);
            }
            // A pointer nobody knows is no error here: its attributes are null.
            let wide = matches!(attribute, 1 | 3 | 4 | 7 | 11 | 12 | 14 | 17..=20);
            let nothing = (if attribute == 9 { u64::MAX } else { 0 }, if wide { 8 } else { 4 });
            give(values.get_at(index)?, pointer_attribute(attribute, address).unwrap_or(nothing))?;
        }
        Ok(())
    }
    fn cuPointerSetAttribute(value: In<u32>, attribute: u32, address: u64) {
        value.get()?;
        // Every copy is already synchronised with the memory it touches.
        if attribute == 6 && device::owner(address).is_some() { Ok(()) } else { Err(Status::INVALID_VALUE) }
    }
}

alias! {
    cuMemHostRegister = cuMemHostRegister_v2, (address: u64, size: u64, flags: u32);
    cuMemAllocHost = cuMemAllocHost_v2, (result: Out<u64>, size: u64);
}
