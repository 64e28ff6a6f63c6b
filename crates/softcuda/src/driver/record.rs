//! What kernels did, for the program that runs them: options and records from Rust instead of environment variables.

use std::sync::{Mutex, OnceLock};

use super::Environment;
use crate::device::Counters;

/// One kernel launch as it was executed.
#[derive(Debug, Clone)]
pub struct Launch {
    pub kernel: String,
    pub grid: [u32; 3],
    pub block: [u32; 3],
    /// Bytes of dynamic shared memory per block.
    pub shared_bytes: u32,
    /// What was counted, where counters are on.
    pub counters: Option<Counters>,
    /// What the checks found, a line each; the fault that stopped the kernel comes last.
    pub findings: Vec<String>,
}

type Change = Box<dyn FnOnce(&mut Environment) + Send>;

static CHANGE: OnceLock<Mutex<Option<Change>>> = OnceLock::new();
static RECORDS: Mutex<Option<Vec<Launch>>> = Mutex::new(None);

/// Changes what the `SOFTCUDA_*` environment variables say. To be called before the driver's first function is.
pub fn configure(change: impl FnOnce(&mut Environment) + Send + 'static) {
    let _ = CHANGE.set(Mutex::new(Some(Box::new(change))));
}

/// Applies what [`configure`] was given.
pub(super) fn apply(environment: &mut Environment) {
    let change = CHANGE.get().and_then(|change| change.lock().ok()?.take());
    if let Some(change) = change {
        change(environment);
    }
}

/// Starts keeping a record of every launch, or stops and forgets them.
pub fn record_launches(on: bool) {
    *lock() = on.then(Vec::new);
}

/// The launches since the last call, in the order in which they ended. Synchronize the device first.
pub fn take_launches() -> Vec<Launch> {
    lock().as_mut().map(std::mem::take).unwrap_or_default()
}

/// Keeps a launch when records are wanted; `launch` is only called then.
pub(super) fn keep(launch: impl FnOnce() -> Launch) {
    if let Some(records) = lock().as_mut() {
        records.push(launch());
    }
}

fn lock() -> std::sync::MutexGuard<'static, Option<Vec<Launch>>> {
    RECORDS.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
