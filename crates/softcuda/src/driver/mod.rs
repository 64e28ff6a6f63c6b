//! The CUDA driver API over the software device: the functions that cuda.h declares, under their own names.
//!
//! Objects live in registries under handles that are never reused, so that null, stale and made-up handles are
//! recognised. Work goes through [`stream::Stream::submit`], which queues it, or records it while a stream is captured.

#![allow(non_snake_case, clippy::too_many_arguments)]

mod array;
mod capture;
mod context;
mod copy;
mod coredump;
mod device;
mod event;
mod export;
mod fatbinary;
mod function;
mod graph;
mod graph_api;
mod graph_nodes;
mod install;
mod launch;
mod legacy;
mod library;
mod managed;
mod memory;
mod module;
mod names;
mod pool;
mod query;
mod record;
mod report;
mod status;
mod stream;
mod stream_api;
mod texture;
mod user_object;
mod virtual_memory;
mod work;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

pub use export::Handle;
use export::{Out, export};
pub use install::install;
pub use names::EXPORTS;
pub use record::{Launch, configure, record_launches, take_launches};
pub use report::CounterOutput;
pub use status::{Result, Status};

use crate::device::{Options, Schedule};
use device::Device;

/// The CUDA version whose driver this is: 13.0, which clients built for it ask for.
pub const VERSION: i32 = 13_000;

/// What the `SOFTCUDA_*` environment variables ask for; read once.
#[derive(Debug)]
pub struct Environment {
    /// SOFTCUDA_DEVICES: how many devices there are (default 1).
    pub devices: usize,
    /// SOFTCUDA_MEMORY: bytes of each device, with suffix K, M or G (default: three quarters of the host's, shared out).
    pub memory: Option<u64>,
    /// SOFTCUDA_CAPABILITY: compute capability such as 8.0 or 9.0.
    pub capability: (i32, i32),
    /// SOFTCUDA_THREADS, SOFTCUDA_SCHEDULE, SOFTCUDA_CHECK, SOFTCUDA_COUNTERS: how kernels run.
    pub options: Options,
    /// SOFTCUDA_COUNTERS: `table` or `json` for standard error, `json:PATH` for a file.
    pub counters: Option<CounterOutput>,
    /// SOFTCUDA_CHECK contains `leaks`: report device memory left at exit.
    pub leaks: bool,
    /// SOFTCUDA_TRACE=1: name every call that fails on standard error.
    pub trace: bool,
}

fn read_environment() -> Environment {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let complain = |name: &str, value: &str, right: &str| {
        eprintln!("softcuda: {name}={value} is not understood and ignored; it takes {right}");
    };
    let number = |name: &str, right: &str| {
        let value = variable(name)?;
        let parsed = value.parse::<u64>().ok();
        if parsed.is_none() {
            complain(name, &value, right);
        }
        parsed
    };
    let mut options = Options {
        multiprocessors: device::MULTIPROCESSORS as u32,
        threads: number("SOFTCUDA_THREADS", "a number of threads").unwrap_or(0) as usize,
        step_limit: number("SOFTCUDA_STEP_LIMIT", "a number of instructions").unwrap_or(0),
        ..Options::default()
    };
    let mut leaks = false;
    for check in variable("SOFTCUDA_CHECK")
        .as_deref()
        .unwrap_or("")
        .split(',')
        .filter(|check| !check.is_empty())
    {
        match check {
            "memory" => options.check_memory = true,
            "race" | "races" => options.check_races = true,
            "barrier" | "barriers" => options.check_barriers = true,
            "leak" | "leaks" => leaks = true,
            "all" => {
                (options.check_memory, options.check_races, options.check_barriers, leaks) = (true, true, true, true);
            }
            "none" => {}
            _ => complain(
                "SOFTCUDA_CHECK",
                check,
                "memory, race, barrier, leaks, all or none, joined by commas",
            ),
        }
    }
    if let Some(value) = variable("SOFTCUDA_SCHEDULE") {
        options.schedule = match (value.as_str(), value.strip_prefix("random:").map(str::parse)) {
            ("forward", _) => Schedule::Forward,
            ("reverse", _) => Schedule::Reverse,
            (_, Some(Ok(seed))) => Schedule::Random(seed),
            _ => {
                complain("SOFTCUDA_SCHEDULE", &value, "forward, reverse or random:SEED");
                Schedule::Forward
            }
        };
    }
    let counters = variable("SOFTCUDA_COUNTERS").and_then(|value| {
        let output = CounterOutput::parse(&value);
        if output.is_none() {
            complain("SOFTCUDA_COUNTERS", &value, "table, json or json:PATH");
        }
        output
    });
    options.counters = counters.is_some();
    let capability = match variable("SOFTCUDA_CAPABILITY") {
        None => (8, 0),
        Some(value) => match value
            .split_once('.')
            .map(|(major, minor)| (major.parse(), minor.parse()))
        {
            Some((Ok(major @ 8..=12), Ok(minor @ 0..=9))) => (major, minor),
            _ => {
                complain("SOFTCUDA_CAPABILITY", &value, "a compute capability such as 8.0 or 9.0");
                (8, 0)
            }
        },
    };
    let memory = variable("SOFTCUDA_MEMORY").and_then(|value| {
        let (digits, unit) = match value
            .trim_end_matches(['B', 'i'])
            .split_at_checked(value.len().saturating_sub(1))
        {
            Some((digits, "K" | "k")) => (digits, 1 << 10),
            Some((digits, "M" | "m")) => (digits, 1 << 20),
            Some((digits, "G" | "g")) => (digits, 1 << 30),
            _ => (value.as_str(), 1),
        };
        let bytes = digits
            .parse::<u64>()
            .ok()
            .and_then(|count| count.checked_mul(unit))
            .filter(|&bytes| bytes >= 1 << 20);
        if bytes.is_none() {
            complain("SOFTCUDA_MEMORY", &value, "bytes, with K, M or G behind, at least 1M");
        }
        bytes
    });
    let mut environment = Environment {
        devices: number("SOFTCUDA_DEVICES", "a number of devices").unwrap_or(1).min(64) as usize,
        memory,
        capability,
        options,
        counters,
        leaks,
        trace: variable("SOFTCUDA_TRACE").is_some_and(|value| value != "0"),
    };
    record::apply(&mut environment);
    environment
}

pub(crate) fn environment() -> &'static Environment {
    static ENVIRONMENT: LazyLock<Environment> = LazyLock::new(read_environment);
    &ENVIRONMENT
}

static DEVICES: OnceLock<Vec<Arc<Device>>> = OnceLock::new();

/// Set in a child forked after cuInit: the threads that work for its streams stayed with the parent, and the driver
/// cannot be used there, as with the card's own.
static FORKED: AtomicBool = AtomicBool::new(false);

extern "C" fn in_forked_child() {
    FORKED.store(true, Ordering::Relaxed);
}

/// The devices; NOT_INITIALIZED before cuInit and in a child forked after it.
fn devices() -> Result<&'static [Arc<Device>]> {
    if FORKED.load(Ordering::Relaxed) {
        return Err(Status::NOT_INITIALIZED);
    }
    DEVICES.get().map(Vec::as_slice).ok_or(Status::NOT_INITIALIZED)
}

export! {
    fn cuInit(flags: u32) {
        if flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        if DEVICES.get().is_none() {
            let found = device::enumerate()?;
            if DEVICES.set(found).is_ok() {
                // SAFETY: the handler only stores a flag.
                unsafe { libc::pthread_atfork(None, None, Some(in_forked_child)) };
                if environment().leaks {
                    report::report_leaks_at_exit();
                }
            }
        }
        if devices()?.is_empty() { Err(Status::NO_DEVICE) } else { Ok(()) }
    }
    fn cuDriverGetVersion(version: Out<i32>) {
        version.set(VERSION)
    }
}
