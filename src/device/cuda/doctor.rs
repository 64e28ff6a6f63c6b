//! What stands between this machine and the CUDA device: driver, cards, PTX.

use std::fmt::Write as _;

use cudarc::driver::{result, sys};

use super::driver::{Driver, DriverKind, MODULES};

/// PTX version of a module, as its header says.
fn ptx_version(text: &str) -> &str {
    text.lines()
        .find_map(|line| line.strip_prefix(".version "))
        .unwrap_or("unknown")
        .trim()
}

/// The CUDA version that introduced a PTX version (PTX ISA, "Release Notes"): the oldest driver that compiles it.
fn driver_for(ptx: &str) -> &'static str {
    match ptx {
        "7.0" => "11.0 (driver 450)",
        "8.0" => "12.0 (driver 525)",
        _ => "the newest",
    }
}

/// A page for people. Opens the machine's driver when there is one, and the software device when not: one process can
/// hold one library of that name.
pub fn examine() -> String {
    let mut page = String::new();
    let version = MODULES
        .iter()
        .map(|(_, text)| ptx_version(text))
        .max()
        .unwrap_or("unknown");
    let _ = writeln!(
        page,
        "kernels: {} modules for sm_80 (Ampere or newer), PTX {version}: needs a driver of CUDA {} or newer",
        MODULES.len(),
        driver_for(version)
    );
    // SAFETY: only looks whether the library can be opened.
    let present = unsafe { sys::is_culib_present() };
    let kind = if present {
        DriverKind::Cuda
    } else {
        page.push_str(
            "cuda: no NVIDIA driver (libcuda.so) found; install one (https://www.nvidia.com/drivers) to use a card, or run on \
             --device cpu or softcuda\n",
        );
        DriverKind::Softcuda
    };
    if present {
        match result::init().and_then(|()| result::device::get_count()) {
            Ok(0) => page.push_str("cuda: a driver, but no card that it can use\n"),
            Ok(count) => {
                let _ = writeln!(page, "cuda: {count} card(s)");
            }
            Err(cause) => {
                let _ = writeln!(
                    page,
                    "cuda: the driver does not start ({cause}): is its kernel module loaded (nvidia-smi)?"
                );
            }
        }
    }
    match Driver::open(kind, 0) {
        Ok(driver) => describe(&mut page, &driver),
        Err(error) => {
            let _ = writeln!(page, "{error}");
        }
    }
    page
}

fn describe(page: &mut String, driver: &Driver) {
    let mut version = 0;
    // SAFETY: writes one integer.
    let known = unsafe { sys::cuDriverGetVersion(&mut version) }.result().is_ok();
    let name = driver.context.name().unwrap_or_else(|_| "unknown".to_string());
    let (major, minor) = driver.context.compute_capability().unwrap_or_default();
    let memory = driver.context.total_mem().unwrap_or_default() >> 20;
    let _ = writeln!(
        page,
        "{}: {name}, compute capability {major}.{minor}, {} multiprocessors, {memory} MiB, {} bytes of shared memory per block",
        driver.kind.name(),
        driver.multiprocessors,
        driver.shared_memory
    );
    if known {
        let _ = writeln!(
            page,
            "{}: driver of CUDA {}.{}",
            driver.kind.name(),
            version / 1000,
            version % 1000 / 10
        );
    }
    for (module, outcome) in driver.compile_all() {
        let _ = match outcome {
            Ok(()) => writeln!(page, "  {module}.ptx compiles"),
            Err(error) => writeln!(page, "  {module}.ptx does not: {error}; update the driver"),
        };
    }
}
