//! What the software device counts of the CUDA kernels: bank conflicts, sectors, bytes, operations. A test binary of its
//! own, for counting is decided once in a process.

use codeexecutor::bench::kernels::cases::{self, Scale};
use codeexecutor::bench::kernels::{catalogue, counters};
use codeexecutor::device::cuda::Cuda;
use codeexecutor::device::cuda::driver::DriverKind;
use codeexecutor::device::{Device, Precision};
use std::collections::BTreeSet;
use std::sync::Arc;

#[test]
fn every_kernel_keeps_its_goals() {
    let measured = counters::measure().unwrap();
    let shortcomings: Vec<String> = measured.iter().flat_map(counters::Measured::shortcomings).collect();
    assert_eq!(shortcomings, Vec::<String>::new());
    // Nothing was left out: every kernel of the catalogue was counted, but those for f32 and the measure of the peak.
    let of_bf16 = |kernel: &&str| !kernel.ends_with("_f32") && *kernel != "peak_tensor";
    let kernels: Vec<&str> = catalogue::CATALOGUE
        .iter()
        .flat_map(|entry| entry.kernels)
        .copied()
        .collect();
    for kernel in kernels.iter().filter(|kernel| of_bf16(kernel)) {
        let counted = measured.iter().find(|one| one.kernel == *kernel);
        let bench = catalogue::entry(kernel).unwrap().bench;
        assert!(
            measured
                .iter()
                .any(|one| one.kernel == *kernel && one.case.starts_with(bench)),
            "{kernel}: {counted:?}"
        );
    }
    // The same operations in f32, at the smallest shapes, run the others.
    let device = Arc::new(Cuda::open(DriverKind::Softcuda, 0, Precision::F32).unwrap());
    softcuda::driver::record_launches(true);
    let mut launched = BTreeSet::new();
    for build in cases::all(&device).unwrap() {
        let mut case = build(&device, &Scale::SMALLEST).unwrap();
        (case.run)().unwrap();
        device.synchronize().unwrap();
        for launch in softcuda::driver::take_launches() {
            launched.insert((launch.kernel, case.name.clone()));
        }
    }
    for kernel in kernels.iter().filter(|kernel| kernel.ends_with("_f32")) {
        let bench = catalogue::entry(kernel).unwrap().bench;
        assert!(
            launched
                .iter()
                .any(|(name, case)| name == kernel && case.starts_with(bench)),
            "{kernel}"
        );
    }
}
