//! Every exported function with null, stale, made-up and misplaced arguments: codes, never a crash.

use std::ffi::c_void;

use softcuda::driver::EXPORTS;

type Function = extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64) -> u32;

/// Functions that run what they are given, write the file they are told to, or rightly wait until another thread
/// writes a value.
const LEFT_OUT: [&str; 7] = [
    "cuGraphDebugDotPrint",
    "cuLaunchHostFunc",
    "cuStreamAddCallback",
    "cuOccupancyMaxPotentialBlockSize",
    "cuOccupancyMaxPotentialBlockSizeWithFlags",
    "cuStreamWaitValue",
    "cuStreamBatchMemOp",
];

fn function(name: &str) -> Function {
    let index = EXPORTS.binary_search_by(|(known, _)| (*known).cmp(name)).unwrap();
    // SAFETY: exported functions take at most eleven integer arguments and ignore what they do not take.
    unsafe { std::mem::transmute::<*const c_void, Function>(EXPORTS[index].1.0) }
}

fn call(name: &str, arguments: &[u64]) -> u32 {
    let mut all = [0; 11];
    all[..arguments.len()].copy_from_slice(arguments);
    let [a, b, c, d, e, f, g, h, i, j, k] = all;
    function(name)(a, b, c, d, e, f, g, h, i, j, k)
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        self.0 >> 33
    }
}

#[test]
fn no_arguments_crash_it() {
    let names: Vec<&str> = EXPORTS.iter().map(|(name, _)| *name).collect();
    let fuzzed: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| !LEFT_OUT.iter().any(|left| name.starts_with(left)))
        .collect();
    assert!(fuzzed.len() > 600);
    for name in &fuzzed {
        let code = call(name, &[]);
        assert!(code != 999, "{name}: an internal error");
    }

    assert_eq!(call("cuInit", &[0]), 0);
    let mut random = Random(7);
    let mut scratch = vec![0u64; 1 << 16];
    let base = scratch.as_mut_ptr() as u64;
    let mut handles: Vec<u64> = Vec::new();
    for round in 0..400_000 {
        if round % 2000 == 0 {
            handles.truncate(8);
            let made = |name: &str, arguments: &[u64]| {
                let mut all = vec![base];
                all.extend_from_slice(arguments);
                // SAFETY: `scratch` is live and has room for the result.
                (call(name, &all) == 0).then(|| unsafe { (base as *const u64).read() })
            };
            handles.extend(made("cuCtxCreate_v2", &[0, 0]));
            handles.extend(made("cuStreamCreate", &[0]));
            handles.extend(made("cuEventCreate", &[0]));
            handles.extend(made("cuGraphCreate", &[0]));
            handles.extend(made("cuMemAlloc_v2", &[4096]));
        }
        let name = fuzzed[random.next() as usize % fuzzed.len()];
        let mut argument = || match random.next() % 12 {
            0 | 1 => 0,
            2..=4 => random.next() % 20,
            5 => u64::MAX - random.next() % 3,
            6 => 1 << 63,
            7..=9 => base + 8 * (random.next() % 64),
            _ => handles
                .get(random.next() as usize % 16)
                .copied()
                .unwrap_or(0x5_c000_0000_0ff0),
        };
        let arguments: Vec<u64> = (0..11).map(|_| argument()).collect();
        let code = call(name, &arguments);
        assert!(code != 999, "{name}{arguments:x?}: an internal error");
        // SAFETY: in bounds; what the driver wrote there must not pile up into plausible pointers.
        unsafe { std::slice::from_raw_parts_mut(base as *mut u64, 512) }.fill(random.next() % 3);
    }
}
