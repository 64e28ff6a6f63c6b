//! What the device tells people: counters of each launch, and what was allocated and never freed.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use super::environment;
use super::export::call;
use super::work::KernelLaunch;
use crate::device::Counters;

/// Where SOFTCUDA_COUNTERS puts the counters of each launch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CounterOutput {
    /// A table on standard error.
    Table,
    /// A JSON object per line on standard error.
    Json,
    /// The same in a file, which the process makes afresh.
    JsonFile(String),
}

impl CounterOutput {
    /// `table`, `json` or `json:PATH`.
    pub fn parse(value: &str) -> Option<CounterOutput> {
        match value.split_once(':') {
            None if value == "table" => Some(CounterOutput::Table),
            None if value == "json" => Some(CounterOutput::Json),
            Some(("json", path)) if !path.is_empty() => Some(CounterOutput::JsonFile(path.to_owned())),
            _ => None,
        }
    }
}

/// A string as JSON has it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\x1f' => {
                let _ = write!(out, "\\u{:04x}", character as u32);
            }
            _ => out.push(character),
        }
    }
    out + "\""
}

/// One line of JSON: what was launched, how long it took here, and what was counted.
fn json(launch: &KernelLaunch, device: i32, counters: &Counters, elapsed: Duration) -> String {
    format!(
        "{{\"kernel\":{},\"device\":{device},\"grid\":{:?},\"block\":{:?},\"dynamic_shared_bytes\":{},\"seconds\":{},\"counters\":{}}}",
        quoted(&launch.function.name),
        launch.grid,
        launch.block,
        launch.shared_bytes,
        elapsed.as_secs_f64(),
        counters.to_json()
    )
}

/// Hands on the counters of a launch as SOFTCUDA_COUNTERS asks.
pub fn counters(launch: &KernelLaunch, device: i32, counters: &Counters, elapsed: Duration) {
    static FILE: LazyLock<Option<Mutex<File>>> = LazyLock::new(|| {
        let Some(CounterOutput::JsonFile(path)) = &environment().counters else {
            return None;
        };
        let file = File::create(path);
        if let Err(error) = &file {
            eprintln!("softcuda: SOFTCUDA_COUNTERS: {path}: {error}; counters are lost");
        }
        file.ok().map(Mutex::new)
    });
    match &environment().counters {
        None => {}
        Some(CounterOutput::Table) => {
            let ([gx, gy, gz], [bx, by, bz]) = (launch.grid, launch.block);
            let name = &launch.function.name;
            let shared = launch.shared_bytes;
            eprintln!(
                "softcuda: kernel {name}, grid ({gx},{gy},{gz}), block ({bx},{by},{bz}), {shared} bytes of dynamic shared memory, device {device}, {elapsed:.1?}\n{counters}"
            );
        }
        Some(CounterOutput::Json) => eprintln!("{}", json(launch, device, counters, elapsed)),
        Some(CounterOutput::JsonFile(_)) => {
            if let Some(file) = &*FILE {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                // One write for each line: a reader never sees half of one.
                let _ = file.write_all((json(launch, device, counters, elapsed) + "\n").as_bytes());
            }
        }
    }
}

/// Where an allocation was made.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Counts up with every allocation of the process.
    pub serial: u64,
    call: &'static str,
    thread: String,
}

impl Origin {
    /// The exported function that this thread is in.
    pub fn here() -> Origin {
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        let thread = if environment().leaks {
            // SAFETY: asks for this thread's number.
            let number = unsafe { libc::gettid() };
            match std::thread::current().name() {
                Some(name) => format!("{number} ({name})"),
                None => number.to_string(),
            }
        } else {
            String::new()
        };
        Origin {
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            call: call(),
            thread,
        }
    }
}

/// One line on an allocation that nobody freed.
pub fn leak(place: &str, address: u64, size: u64, origin: &Origin) {
    let Origin { serial, call, thread } = origin;
    eprintln!(
        "softcuda: leak on {place}: {size} bytes at {address:#x}, allocation {serial}, from {call} in thread {thread}"
    );
}

extern "C" fn at_exit() {
    // A forked child has none of its parent's allocations to answer for.
    if super::devices().is_ok() {
        super::memory::report_leaks();
    }
}

pub fn report_leaks_at_exit() {
    // SAFETY: registers a function of the right type.
    unsafe { libc::atexit(at_exit) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_told_apart_and_others_refused() {
        assert_eq!(CounterOutput::parse("table"), Some(CounterOutput::Table));
        assert_eq!(CounterOutput::parse("json"), Some(CounterOutput::Json));
        let file = CounterOutput::JsonFile("/tmp/a:b".into());
        assert_eq!(CounterOutput::parse("json:/tmp/a:b"), Some(file));
        for wrong in ["", "tables", "json:", "csv:x"] {
            assert_eq!(CounterOutput::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_are_quoted_for_json() {
        assert_eq!(quoted("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\"");
    }
}
