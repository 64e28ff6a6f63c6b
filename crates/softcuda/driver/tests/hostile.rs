//! Every exported function with null, stale, made-up and misplaced arguments, and launches of absurd shapes: codes, never
//! a crash. `cargo run --release -p softcuda-driver --example fuzz_driver` goes on for longer.

mod harness;

use harness::{INTERNAL_ERROR, Random, call, fuzz, fuzzed};

#[test]
fn no_arguments_crash_it() {
    let names = fuzzed();
    assert!(names.len() > 600);
    for name in &names {
        assert!(call(name, &[]) != INTERNAL_ERROR, "{name}: an internal error");
    }
    assert_eq!(call("cuInit", &[0]), 0);
    for seed in 0..4 {
        fuzz(seed, 50_000);
    }
}

const NOTHING: &std::ffi::CStr = c".version 7.0
.target sm_80
.address_size 64
.visible .entry nothing(.param .u32 n)
{
    ret;
}
";

#[test]
fn launches_of_any_shape_are_run_or_refused() {
    assert_eq!(call("cuInit", &[0]), 0);
    let (mut context, mut module, mut function) = (0u64, 0u64, 0u64);
    let at = |word: &mut u64| std::ptr::from_mut(word) as u64;
    assert_eq!(call("cuCtxCreate_v2", &[at(&mut context), 0, 0]), 0);
    assert_eq!(call("cuModuleLoadData", &[at(&mut module), NOTHING.as_ptr() as u64]), 0);
    let name = c"nothing".as_ptr() as u64;
    assert_eq!(call("cuModuleGetFunction", &[at(&mut function), module, name]), 0);
    let argument = 5u32;
    let parameters = [std::ptr::from_ref(&argument) as u64];
    let mut random = Random(11);
    let extents = [
        0,
        1,
        1,
        1,
        2,
        31,
        64,
        65,
        1024,
        1025,
        65535,
        65536,
        0x7fff_ffff,
        0x8000_0000,
        0xffff_ffff,
    ];
    let (mut run, mut refused) = (0, 0);
    for _ in 0..10_000 {
        let shape: [u64; 6] = std::array::from_fn(|_| random.choose(&extents));
        let shared = random.choose(&[0, 1, 49152, 49153, 0xffff_ffff]);
        let [gx, gy, gz, bx, by, bz] = shape;
        let (blocks, threads) = (
            u128::from(gx) * u128::from(gy) * u128::from(gz),
            u128::from(bx) * u128::from(by) * u128::from(bz),
        );
        let right = blocks > 0
            && gx <= 0x7fff_ffff
            && gy <= 65535
            && gz <= 65535
            && (1..=1024).contains(&threads)
            && bz <= 64
            && shared <= 49152;
        // What is right and large would rightly take long.
        if right && blocks > 5000 {
            continue;
        }
        let arguments = [
            function,
            gx,
            gy,
            gz,
            bx,
            by,
            bz,
            shared,
            0,
            parameters.as_ptr() as u64,
            0,
        ];
        assert_eq!(call("cuLaunchKernel", &arguments) == 0, right, "{shape:?} {shared}");
        if right { run += 1 } else { refused += 1 }
    }
    assert!(run > 20 && refused > 1000, "{run} {refused}");
    assert_eq!(call("cuCtxSynchronize", &[]), 0);
}
