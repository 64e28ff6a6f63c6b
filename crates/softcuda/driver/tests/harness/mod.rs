//! Calls of exported functions in random order with random arguments: null, small, huge, stale and live ones.

use std::ffi::c_void;

use softcuda::driver::EXPORTS;

type Function = extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64) -> u32;

/// Functions that run what they are given, write the file they are told to, or rightly wait until another thread
/// writes a value.
const LEFT_OUT: [&str; 8] = [
    "cuGraphDebugDotPrint",
    "cuLaunchHostFunc",
    "cuStreamAddCallback",
    "cuOccupancyMaxPotentialBlockSize",
    "cuOccupancyMaxPotentialBlockSizeWithFlags",
    "cuStreamWaitValue",
    "cuStreamBatchMemOp",
    "cuUserObjectCreate",
];

/// `CUDA_ERROR_UNKNOWN`, which only an internal error gives.
pub const INTERNAL_ERROR: u32 = 999;

/// Faults at once, so that no launch lasts.
const TEXT: &std::ffi::CStr = c".version 7.0
.target sm_80
.address_size 64
.visible .global .align 4 .u32 word = 41;
.visible .entry wild(.param .u64 p)
{
    .reg .b64 %d;
    ld.param.u64 %d, [p];
    st.global.u32 [8192], 1;
    ret;
}
";

fn function(name: &str) -> Function {
    let index = EXPORTS.binary_search_by(|(known, _)| (*known).cmp(name)).unwrap();
    // SAFETY: exported functions take at most eleven integer arguments and ignore what they do not take.
    unsafe { std::mem::transmute::<*const c_void, Function>(EXPORTS[index].1.0) }
}

/// Calls a function by name; arguments beyond those given are 0.
pub fn call(name: &str, arguments: &[u64]) -> u32 {
    let mut all = [0; 11];
    all[..arguments.len()].copy_from_slice(arguments);
    let [a, b, c, d, e, f, g, h, i, j, k] = all;
    function(name)(a, b, c, d, e, f, g, h, i, j, k)
}

/// The functions that can be called with anything.
pub fn fuzzed() -> Vec<&'static str> {
    let names = EXPORTS.iter().map(|(name, _)| *name);
    names
        .filter(|name| !LEFT_OUT.iter().any(|left| name.starts_with(left)))
        .collect()
}

pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        self.0 >> 33
    }

    pub fn choose<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.next() as usize % of.len()]
    }
}

/// Live objects of every kind that can be made without others.
fn make_objects(scratch: &mut [u64], handles: &mut Vec<u64>) {
    let base = scratch.as_mut_ptr() as u64;
    let mut made = |name: &str, arguments: &[u64]| {
        let mut all = vec![base];
        all.extend_from_slice(arguments);
        // SAFETY: `scratch` is live and has room for the result.
        let handle = (call(name, &all) == 0).then(|| unsafe { (base as *const u64).read() });
        handles.extend(handle);
        handle
    };
    made("cuCtxCreate_v2", &[0, 0]);
    made("cuStreamCreate", &[0]);
    made("cuEventCreate", &[0]);
    made("cuGraphCreate", &[0]);
    made("cuMemAlloc_v2", &[4096]);
    made("cuMemAllocManaged", &[4096, 1]);
    // A device's pinned memory; a row of floats.
    let properties = [1u32, 0, 1, 0, 0, 0, 0, 0];
    made("cuMemCreate", &[2 << 20, properties.as_ptr() as u64, 0]);
    let row = [64u64, 0, 0x20 | 1 << 32];
    if let Some(array) = made("cuArrayCreate_v2", &[row.as_ptr() as u64]) {
        // `CUDA_RESOURCE_DESC` of an array, and a sampler of zeros.
        let (mut resource, sampler) = ([0u64; 18], [0u64; 13]);
        resource[1] = array;
        made(
            "cuTexObjectCreate",
            &[resource.as_ptr() as u64, sampler.as_ptr() as u64, 0],
        );
        made("cuSurfObjectCreate", &[resource.as_ptr() as u64]);
    }
    if let Some(module) = made("cuModuleLoadData", &[TEXT.as_ptr() as u64]) {
        made("cuModuleGetFunction", &[module, c"wild".as_ptr() as u64]);
    }
    if let Some(library) = made("cuLibraryLoadData", &[TEXT.as_ptr() as u64]) {
        made("cuLibraryGetKernel", &[library, c"wild".as_ptr() as u64]);
    }
}

/// Makes `rounds` calls drawn from `seed`; panics when one answers with an internal error.
pub fn fuzz(seed: u64, rounds: u32) {
    let names = fuzzed();
    let mut random = Random(seed);
    let mut scratch = vec![0u64; 1 << 16];
    let base = scratch.as_mut_ptr() as u64;
    let mut handles: Vec<u64> = Vec::new();
    for round in 0..rounds {
        if round % 1000 == 0 {
            handles.truncate(16);
            make_objects(&mut scratch, &mut handles);
        }
        let name = random.choose(&names);
        let mut argument = || match random.next() % 12 {
            0 | 1 => 0,
            2..=4 => random.next() % 20,
            5 => u64::MAX - random.next() % 3,
            6 => 1 << 63,
            7 | 8 => base + 8 * (random.next() % 64),
            9 | 10 if !handles.is_empty() => random.choose(&handles),
            _ => 0x5_c000_0000_0ff0,
        };
        let arguments: Vec<u64> = (0..11).map(|_| argument()).collect();
        let code = call(name, &arguments);
        assert!(code != INTERNAL_ERROR, "{name}{arguments:x?}: an internal error");
        // What the driver wrote must not pile up into plausible pointers.
        scratch[..512].fill(random.next() % 3);
    }
}
