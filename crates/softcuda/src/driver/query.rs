//! Entry points by name, error texts, the profiler's switches.

use std::ffi::{c_char, c_void};

use super::VERSION;
use super::export::{Out, Text, default_stream_is_per_thread, export};
use super::names::{EXPORTS, VERSIONS};
use super::status::{Result, Status};

const PER_THREAD_DEFAULT_STREAM: u64 = 2;

fn address(name: &str) -> Option<u64> {
    let index = EXPORTS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    Some(EXPORTS[index].1.0 as u64)
}

/// The newest form of a function that a client built for `version` knows: 0 found, 1 unknown, 2 too old a version.
fn resolve(symbol: &str, version: i32, per_thread: bool) -> std::result::Result<u64, u32> {
    let plain = match VERSIONS.binary_search_by(|(known, _, _)| (*known).cmp(symbol)) {
        Err(_) => symbol,
        Ok(_) => {
            let forms = VERSIONS.iter().filter(|(base, _, _)| *base == symbol);
            let found = forms
                .filter(|(_, since, _)| *since <= version.min(VERSION))
                .max_by_key(|form| form.1);
            match found {
                Some((_, _, name)) => name,
                None => return Err(2),
            }
        }
    };
    let suffixes: &[&str] = if per_thread { &["_ptsz", "_ptds", ""] } else { &[""] };
    let found = suffixes.iter().find_map(|suffix| address(&format!("{plain}{suffix}")));
    found.ok_or(1)
}

fn look_up(symbol: &Text, result: Out<u64>, version: i32, flags: u64, status: Out<u32>) -> Result {
    result.require()?;
    let per_thread = flags & PER_THREAD_DEFAULT_STREAM != 0 || (flags == 0 && default_stream_is_per_thread());
    match resolve(symbol.get()?, version, per_thread) {
        Ok(address) => {
            status.offer(0);
            result.set(address)
        }
        Err(reason) => {
            status.offer(reason);
            if super::environment().trace {
                eprintln!("softcuda: no function {} of CUDA {version}", symbol.get()?);
            }
            result.set(0)?;
            // The newer form tells by its status; the older one has nothing but its result.
            if status.is_null() {
                Err(Status::NOT_FOUND)
            } else {
                Ok(())
            }
        }
    }
}

export! {
    fn cuGetProcAddress(symbol: Text, result: Out<u64>, version: i32, flags: u64) {
        look_up(&symbol, result, version, flags, Out::none())
    }
    fn cuGetProcAddress_v2(symbol: Text, result: Out<u64>, version: i32, flags: u64, status: Out<u32>) {
        look_up(&symbol, result, version, flags, status)
    }
    fn cuGetExportTable(table: Out<u64>, _id: *const c_void) {
        table.set(0)?;
        Err(Status::NOT_FOUND)
    }
    fn cuGetErrorName(code: u32, text: Out<*const c_char>) {
        describe(code, text, |texts| texts.0.as_ptr())
    }
    fn cuGetErrorString(code: u32, text: Out<*const c_char>) {
        describe(code, text, |texts| texts.1.as_ptr())
    }
    fn cuProfilerInitialize(_configuration: *const c_char, _output: *const c_char, mode: u32) {
        super::context::current()?;
        if mode > 1 { Err(Status::INVALID_VALUE) } else { Ok(()) }
    }
    fn cuProfilerStart() {
        super::context::current().map(|_| ())
    }
    fn cuProfilerStop() {
        super::context::current().map(|_| ())
    }
    fn cuFlushGPUDirectRDMAWrites(target: u32, scope: u32) {
        super::context::current()?;
        if target == 0 && matches!(scope, 100 | 200) { Ok(()) } else { Err(Status::INVALID_VALUE) }
    }
}

type Texts = (&'static std::ffi::CStr, &'static std::ffi::CStr);

fn describe(code: u32, text: Out<*const c_char>, choose: impl FnOnce(Texts) -> *const c_char) -> Result {
    match Status::describe(code) {
        Some(texts) => text.set(choose(texts)),
        None => {
            text.set(std::ptr::null())?;
            Err(Status::INVALID_VALUE)
        }
    }
}
