//! Memory pools: what stream-ordered allocations come from.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::device;
use super::export::{Handle, In, Out, Registry, export, new_handle};
use super::memory::{allocate_async, blocks_of};
use super::status::{Result, Status};

static POOLS: Registry<Pool> = Registry::new();

pub struct Pool {
    pub handle: Handle,
    pub device: i32,
    /// Bytes at most, 0 for no bound.
    most: u64,
    used: AtomicU64,
    high: AtomicU64,
    /// By number: three reuse policies (1..=3), release threshold (4).
    settings: [AtomicU64; 5],
    /// Other devices that may use its memory, with `CUmemAccess_flags`.
    access: Mutex<BTreeMap<i32, u32>>,
}

impl Pool {
    pub fn new(device: i32, most: u64) -> Arc<Pool> {
        let pool = Arc::new(Pool {
            handle: new_handle(),
            device,
            most,
            used: AtomicU64::new(0),
            high: AtomicU64::new(0),
            settings: [0, 1, 1, 1, 0].map(AtomicU64::new),
            access: Mutex::default(),
        });
        POOLS.insert(pool.handle, pool.clone());
        pool
    }

    pub fn take(&self, size: u64) {
        let used = self.used.fetch_add(size, Ordering::Relaxed) + size;
        self.high.fetch_max(used, Ordering::Relaxed);
    }

    pub fn give(&self, size: u64) {
        self.used.fetch_sub(size, Ordering::Relaxed);
    }

    fn access(&self) -> std::sync::MutexGuard<'_, BTreeMap<i32, u32>> {
        self.access.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the devices that were given access to the pool reach an allocation of its.
    pub fn share(&self, address: u64, size: u64) -> Result {
        for &ordinal in self.access().keys() {
            // SAFETY: the range stays reserved until its release takes this back.
            unsafe { device::get(ordinal)?.memory.register_host(address, size) }?;
        }
        Ok(())
    }

    /// Gives another device access, or takes it.
    fn set_access(&self, ordinal: i32, flags: u32) -> Result {
        let other = device::get(ordinal)?;
        if ordinal == self.device {
            return if flags == 3 { Ok(()) } else { Err(Status::INVALID_VALUE) };
        }
        let mut access = self.access();
        let before = if flags == 0 {
            access.remove(&ordinal)
        } else {
            access.insert(ordinal, flags)
        };
        for (address, size) in blocks_of(self.handle) {
            match (before.is_some(), flags != 0) {
                // SAFETY: as in `share`.
                (false, true) => unsafe { other.memory.register_host(address, size) }?,
                (true, false) => other.memory.unregister_host(address)?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn get(handle: Handle) -> Result<Arc<Pool>> {
    super::devices()?;
    POOLS.get(handle).map_err(|_| Status::INVALID_VALUE)
}

/// The reuse policies are 32-bit values, the sizes 64-bit ones.
fn is_wide(attribute: u32) -> Result<bool> {
    match attribute {
        1..=3 => Ok(false),
        4..=8 => Ok(true),
        _ => Err(Status::INVALID_VALUE),
    }
}

export! {
    fn cuDeviceGetDefaultMemPool(pool: Out<Handle>, device: i32) {
        pool.set(device::get(device)?.default_pool.handle)
    }
    fn cuDeviceGetMemPool(pool: Out<Handle>, device: i32) {
        pool.set(device::get(device)?.current_pool.lock().unwrap().handle)
    }
    fn cuDeviceSetMemPool(device: i32, pool: Handle) {
        let device = device::get(device)?;
        let pool = get(pool)?;
        if pool.device != device.ordinal {
            return Err(Status::INVALID_VALUE);
        }
        *device.current_pool.lock().unwrap() = pool;
        Ok(())
    }
    // CUmemPoolProps: allocation type, handle types, location type, location; security; most bytes.
    fn cuMemPoolCreate(pool: Out<Handle>, properties: In<[u32; 8]>) {
        super::devices()?;
        let [kind, handles, location, ordinal, _, _, low, high] = properties.get()?;
        pool.require()?;
        if kind != 1 || location != 1 {
            return Err(Status::INVALID_VALUE);
        }
        if handles != 0 {
            return Err(Status::NOT_SUPPORTED);
        }
        let device = device::get(ordinal as i32)?.ordinal;
        pool.set(Pool::new(device, u64::from(low) | u64::from(high) << 32).handle)
    }
    fn cuMemPoolDestroy(pool: Handle) {
        let pool = get(pool)?;
        for device in super::devices()? {
            if device.default_pool.handle == pool.handle {
                return Err(Status::INVALID_VALUE);
            }
            let mut current = device.current_pool.lock().unwrap();
            if current.handle == pool.handle {
                *current = device.default_pool.clone();
            }
        }
        POOLS.remove(pool.handle).map(|_| ())
    }
    fn cuMemPoolGetAttribute(pool: Handle, attribute: u32, value: u64) {
        let pool = get(pool)?;
        let found = match attribute {
            1..=4 => pool.settings[attribute as usize].load(Ordering::Relaxed),
            5 | 7 => pool.used.load(Ordering::Relaxed),
            6 | 8 => pool.high.load(Ordering::Relaxed),
            _ => return Err(Status::INVALID_VALUE),
        };
        if is_wide(attribute)? { Out::<u64>::at(value).set(found) } else { Out::<u32>::at(value).set(found as u32) }
    }
    fn cuMemPoolSetAttribute(pool: Handle, attribute: u32, value: u64) {
        let pool = get(pool)?;
        let wanted = if is_wide(attribute)? { In::<u64>::at(value).get()? } else { In::<u32>::at(value).get()?.into() };
        match attribute {
            1..=4 => pool.settings[attribute as usize].store(wanted, Ordering::Relaxed),
            // The high-water marks can only be reset.
            6 | 8 if wanted == 0 => pool.high.store(pool.used.load(Ordering::Relaxed), Ordering::Relaxed),
            _ => return Err(Status::INVALID_VALUE),
        }
        Ok(())
    }
    fn cuMemPoolTrimTo(pool: Handle, _keep: u64) {
        // Freed memory goes back at once: there is nothing to trim.
        get(pool).map(|_| ())
    }
    fn cuMemPoolSetAccess(pool: Handle, descriptions: In<[u32; 3]>, count: u64) {
        let pool = get(pool)?;
        if count > 64 {
            return Err(Status::INVALID_VALUE);
        }
        let descriptions = descriptions.list(count as usize)?;
        for &[location, ordinal, flags] in &descriptions {
            device::get(ordinal as i32)?;
            if location != 1 || !matches!(flags, 0 | 1 | 3) {
                return Err(Status::INVALID_VALUE);
            }
        }
        descriptions.iter().try_for_each(|&[_, ordinal, flags]| pool.set_access(ordinal as i32, flags))
    }
    fn cuMemPoolGetAccess(flags: Out<u32>, pool: Handle, location: In<[u32; 2]>) {
        let pool = get(pool)?;
        let [kind, ordinal] = location.get()?;
        device::get(ordinal as i32)?;
        if kind != 1 {
            return Err(Status::INVALID_VALUE);
        }
        let ordinal = ordinal as i32;
        let given = pool.access().get(&ordinal).copied();
        flags.set(if ordinal == pool.device { 3 } else { given.unwrap_or(0) })
    }
    fn cuMemAllocFromPoolAsync | cuMemAllocFromPoolAsync_ptsz (
        result: Out<u64>, size: u64, pool: Handle, stream: Handle,
    ) {
        let pool = get(pool)?;
        if pool.most != 0 && pool.used.load(Ordering::Relaxed).saturating_add(size) > pool.most {
            return Err(Status::OUT_OF_MEMORY);
        }
        allocate_async(result, size, pool, stream)
    }
}
