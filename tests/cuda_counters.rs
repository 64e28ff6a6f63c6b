//! What the software device counts of the CUDA kernels: bank conflicts, sectors, bytes, operations. A test binary of its
//! own, for counting is decided once in a process.

use codeexecutor::bench::kernels::counters;

#[test]
fn every_kernel_keeps_its_goals() {
    let measured = counters::measure().unwrap();
    let shortcomings: Vec<String> = measured.iter().flat_map(counters::Measured::shortcomings).collect();
    assert_eq!(shortcomings, Vec::<String>::new());
    // Nothing was left out: every kind of kernel has been counted.
    for kernel in [
        "gemm_nt",
        "gemm_nn",
        "gemm_tn",
        "gemm_reduce",
        "attention_backward",
        "adamw",
        "top_k",
    ] {
        assert!(measured.iter().any(|one| one.kernel.starts_with(kernel)), "{kernel}");
    }
}
