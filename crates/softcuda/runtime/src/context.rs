//! The calling thread's device and its primary context, made at the first call that needs it.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::driver;
use crate::errors::{Error, Result};
use crate::export::{Handle, out};

thread_local! {
    static DEVICE: Cell<i32> = const { Cell::new(0) };
    /// The reset before which this thread's context was made current.
    static SEEN: Cell<u64> = const { Cell::new(0) };
}

static RESETS: AtomicU64 = AtomicU64::new(0);
/// Primary contexts, each retained once for the process.
static RETAINED: Mutex<Option<HashMap<i32, Handle>>> = Mutex::new(None);

/// Makes the driver ready.
pub fn initialise() -> Result {
    driver::cuInit(0)
}

pub fn device_count() -> Result<i32> {
    initialise()?;
    let mut count = 0i32;
    driver::cuDeviceGetCount(out(&mut count))?;
    if count == 0 { Err(Error::NoDevice) } else { Ok(count) }
}

/// # Errors
/// InvalidDevice for a number that no device has.
pub fn check_device(device: i32) -> Result<i32> {
    if (0..device_count()?).contains(&device) {
        Ok(device)
    } else {
        Err(Error::InvalidDevice)
    }
}

/// The primary context of a device.
pub fn primary(device: i32) -> Result<Handle> {
    let mut retained = RETAINED.lock().unwrap_or_else(PoisonError::into_inner);
    let retained = retained.get_or_insert_default();
    if let Some(context) = retained.get(&device) {
        return Ok(*context);
    }
    let mut context = 0u64;
    driver::cuDevicePrimaryCtxRetain(out(&mut context), device)?;
    retained.insert(device, context);
    Ok(context)
}

fn current_context() -> Result<Handle> {
    let mut context = 0u64;
    driver::cuCtxGetCurrent(out(&mut context))?;
    Ok(context)
}

/// Sees to it that the calling thread has a context: the one the program made current, else the primary one of the
/// thread's device.
pub fn enter() -> Result {
    initialise()?;
    let resets = RESETS.load(Ordering::Acquire);
    if SEEN.get() == resets && current_context()? != 0 {
        return Ok(());
    }
    SEEN.set(resets);
    device_count()?;
    driver::cuCtxSetCurrent(primary(DEVICE.get())?)
}

/// As `enter`, and gives the context.
pub fn entered() -> Result<Handle> {
    enter()?;
    current_context()
}

/// The device of the calling thread's context, or the one it would get.
pub fn device() -> Result<i32> {
    initialise()?;
    device_count()?;
    let mut device = DEVICE.get();
    if SEEN.get() == RESETS.load(Ordering::Acquire) && current_context()? != 0 {
        driver::cuCtxGetDevice(out(&mut device))?;
    }
    Ok(device)
}

pub fn set_device(device: i32) -> Result {
    let context = primary(check_device(device)?)?;
    driver::cuCtxSetCurrent(context)?;
    SEEN.set(RESETS.load(Ordering::Acquire));
    DEVICE.set(device);
    Ok(())
}

/// Makes a device's primary context without making it current.
pub fn prepare_device(device: i32) -> Result {
    primary(check_device(device)?).map(|_| ())
}

/// The device that threads which chose none use from now on: the first of the caller's list.
pub fn prefer(device: i32) {
    DEVICE.set(device);
}

/// Ends everything on the calling thread's device.
pub fn reset() -> Result {
    let device = device()?;
    {
        let mut retained = RETAINED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(retained) = retained.as_mut() {
            retained.remove(&device);
        }
    }
    driver::cuDevicePrimaryCtxReset_v2(device)?;
    RESETS.fetch_add(1, Ordering::AcqRel);
    DEVICE.set(device);
    Ok(())
}
