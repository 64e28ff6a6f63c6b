//! Errors: what is remembered, and what sticks.

mod harness;

use std::sync::Mutex;

use harness::*;

/// A fault or a reset of the device is met by all threads.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn the_last_error_is_remembered_once() {
    let _alone = ALONE.lock();
    program();
    assert_eq!(call("cudaGetLastError", &[]), 0);
    assert_eq!(call("cudaSetDevice", &[77]), INVALID_DEVICE);
    assert_eq!(call("cudaPeekAtLastError", &[]), INVALID_DEVICE);
    good("cudaDeviceSynchronize", &[]);
    // Another thread has its own.
    std::thread::scope(|scope| scope.spawn(|| assert_eq!(call("cudaGetLastError", &[]), 0)).join()).unwrap();
    assert_eq!(call("cudaGetLastError", &[]), INVALID_DEVICE);
    assert_eq!(call("cudaGetLastError", &[]), 0);
    assert_eq!(error_name(ILLEGAL_ADDRESS), "cudaErrorIllegalAddress");
    assert_eq!(error_name(123_456), "unrecognized error code");
}

#[test]
fn launches_that_cannot_be_are_refused() {
    let _alone = ALONE.lock();
    program();
    for (grid, block) in [(0, 1), (1, 0), (1, 1025), (1, u32::MAX)] {
        assert_eq!(
            launch(&COUNT_UP, Dim3::x(grid), Dim3::x(block), 0, 0, &[]),
            INVALID_CONFIGURATION,
            "{grid} {block}"
        );
    }
    assert_eq!(
        launch(&COUNT_UP, Dim3::x(1), Dim3::x(1), 1 << 40, 0, &[]),
        INVALID_VALUE
    );
    // Neither what the code does not hold nor what nobody registered.
    for kernel in [&ABSENT, &FACTOR] {
        assert_eq!(
            launch(kernel, Dim3::x(1), Dim3::x(1), 0, 0, &[]),
            INVALID_DEVICE_FUNCTION
        );
    }
    let nothing = [0u64; 4];
    assert_eq!(
        call(
            "__cudaPopCallConfiguration",
            &[at(&nothing), at(&nothing), at(&nothing), at(&nothing)]
        ),
        52
    );
    assert_eq!(
        call("cudaMemcpy", &[at(&nothing), at(&nothing), 8, 9]),
        INVALID_DIRECTION
    );
    assert_eq!(call("cudaMalloc", &[0, 8]), INVALID_VALUE);
    while call("cudaGetLastError", &[]) != 0 {}
}

#[test]
fn code_that_is_none_is_told_at_the_launch() {
    let _alone = ALONE.lock();
    program();
    static BROKEN: u8 = 0;
    let handle = register(".version 7.0\n.target sm_80\n.address_size 64\n.visible .entry broken() { nonsense; }\n");
    let name = c"broken".as_ptr() as u64;
    call("__cudaRegisterFunction", &[handle, at(&BROKEN), name, name, u64::MAX]);
    assert_eq!(launch(&BROKEN, Dim3::x(1), Dim3::x(1), 0, 0, &[]), 218);
    // Unregistered, the function is unknown; the rest of the program goes on.
    call("__cudaUnregisterFatBinary", &[handle]);
    assert_eq!(
        launch(&BROKEN, Dim3::x(1), Dim3::x(1), 0, 0, &[]),
        INVALID_DEVICE_FUNCTION
    );
    assert_eq!(launch(&COUNT_UP, Dim3::x(1), Dim3::x(1), 0, 0, &[]), 0);
    while call("cudaGetLastError", &[]) != 0 {}
}

#[test]
fn a_fault_sticks_until_the_device_is_reset() {
    let _alone = ALONE.lock();
    program();
    assert_eq!(launch(&WILD, Dim3::x(1), Dim3::x(1), 0, 0, &[]), 0);
    assert_eq!(call("cudaDeviceSynchronize", &[]), ILLEGAL_ADDRESS);
    let mut address = 0u64;
    assert_eq!(call("cudaMalloc", &[out(&mut address), 16]), ILLEGAL_ADDRESS);
    for _ in 0..2 {
        assert_eq!(call("cudaGetLastError", &[]), ILLEGAL_ADDRESS);
    }
    good("cudaDeviceReset", &[]);
    assert_eq!(call("cudaGetLastError", &[]), 0);
    // The program's code and variables come anew.
    let mut factor = 0f32;
    good(
        "cudaMemcpyFromSymbol",
        &[out(&mut factor), at(&FACTOR), 4, 0, DEVICE_TO_HOST],
    );
    assert_eq!(factor, 2.0);
    assert_eq!(launch(&COUNT_UP, Dim3::x(1), Dim3::x(1), 0, 0, &[]), 0);
    good("cudaDeviceSynchronize", &[]);
}
