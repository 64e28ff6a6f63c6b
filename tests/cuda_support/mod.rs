//! The device that the CUDA tests run on.

use codeexecutor::bench::kernels::catalogue;
use codeexecutor::device::Precision;
use codeexecutor::device::cuda::Cuda;
use codeexecutor::device::cuda::driver::DriverKind;
use std::collections::BTreeSet;
use std::sync::{Mutex, Once};

/// As [`open_unchecked`], with all of the software device's checks on.
#[allow(dead_code)] // Not every test binary has checks.
pub fn open(precision: Precision) -> Option<Cuda> {
    static CONFIGURED: Once = Once::new();
    CONFIGURED.call_once(|| {
        softcuda::driver::configure(|environment| {
            let options = &mut environment.options;
            (options.check_memory, options.check_races, options.check_barriers) = (true, true, true);
        });
        softcuda::driver::record_launches(true);
    });
    open_unchecked(precision)
}

/// The software device, or a card where `CODEEXECUTOR_DEVICE=cuda` asks for one; None, with a word, when there is no card.
pub fn open_unchecked(precision: Precision) -> Option<Cuda> {
    if std::env::var("CODEEXECUTOR_DEVICE").as_deref() == Ok("cuda") {
        return match Cuda::open(DriverKind::Cuda, 0, precision) {
            Ok(device) => Some(device),
            Err(error) => {
                eprintln!("skipped: CODEEXECUTOR_DEVICE=cuda, but {error}");
                None
            }
        };
    }
    Some(Cuda::open(DriverKind::Softcuda, 0, precision).expect("the software device opens anywhere"))
}

/// Kernels that the software device ran in this process.
#[allow(dead_code)]
static LAUNCHED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// What the software device's checks found since the last call.
#[allow(dead_code)]
pub fn software_findings() -> Vec<String> {
    let mut launched = LAUNCHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let mut findings = Vec::new();
    for launch in softcuda::driver::take_launches() {
        launched.insert(launch.kernel);
        findings.extend(launch.findings);
    }
    findings
}

/// Kernels that the catalogue says this test runs, and that it has not run; none on a card, where launches are not seen.
#[allow(dead_code)]
pub fn left_out(test: &str) -> Vec<&'static str> {
    if std::env::var("CODEEXECUTOR_DEVICE").as_deref() == Ok("cuda") {
        return Vec::new();
    }
    let launched = LAUNCHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    catalogue::of_test(test)
        .filter(|kernel| !launched.contains(*kernel))
        .collect()
}
