//! The device that the CUDA tests run on.

use codeexecutor::device::Precision;
use codeexecutor::device::cuda::Cuda;
use codeexecutor::device::cuda::driver::DriverKind;
use std::sync::Once;

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

/// What the software device's checks found since the last call.
#[allow(dead_code)]
pub fn software_findings() -> Vec<String> {
    softcuda::driver::take_launches()
        .into_iter()
        .flat_map(|launch| launch.findings)
        .collect()
}
