//! Order, asynchrony, events, capture and graphs, through cudarc's raw bindings.

#[macro_use]
mod api;

use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use api::{Launch, pointer, read};
use cudarc::driver::sys;

fn context(device: i32) -> sys::CUcontext {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        // SAFETY: this process's tests read no other variable meanwhile.
        unsafe { std::env::set_var("SOFTCUDA_DEVICES", "2") };
        softcuda::install().unwrap();
        ok!(cuInit(0));
    });
    let mut context = std::ptr::null_mut();
    ok!(cuCtxCreate_v2(&mut context, 0, device));
    context
}

fn stream(flags: u32) -> sys::CUstream {
    let mut stream = std::ptr::null_mut();
    ok!(cuStreamCreate(&mut stream, flags));
    stream
}

fn event() -> sys::CUevent {
    let mut event = std::ptr::null_mut();
    ok!(cuEventCreate(&mut event, 0));
    event
}

fn allocate(bytes: usize) -> sys::CUdeviceptr {
    let mut address = 0;
    ok!(cuMemAlloc_v2(&mut address, bytes));
    address
}

/// A host function that waits until its flag is set.
unsafe extern "C" fn wait_for_flag(flag: *mut c_void) {
    // SAFETY: the tests pass a flag that outlives the stream's work.
    let flag = unsafe { &*(flag as *const AtomicBool) };
    while !flag.load(Ordering::Acquire) {
        std::thread::sleep(Duration::from_millis(1));
    }
}

unsafe extern "C" fn count(counter: *mut c_void) {
    // SAFETY: as above.
    unsafe { &*(counter as *const AtomicU32) }.fetch_add(1, Ordering::AcqRel);
}

#[test]
fn work_is_queued_and_events_order_streams() {
    context(0);
    let (a, b) = (stream(1), stream(1));
    let (gate, done) = (AtomicBool::new(false), event());
    let memory = allocate(16);
    ok!(cuMemsetD32_v2(memory, 1, 4));
    ok!(cuLaunchHostFunc(a, Some(wait_for_flag), pointer(&gate)));
    ok!(cuMemsetD32Async(memory, 2, 4, a));
    ok!(cuEventRecord(done, a));
    ok!(cuStreamWaitEvent(b, done, 0));
    ok!(cuMemsetD32Async(memory, 3, 2, b));
    // Nothing may have happened yet, and nobody may have waited for it.
    assert_eq!(code!(cuStreamQuery(b)), sys::CUresult::CUDA_ERROR_NOT_READY);
    assert_eq!(code!(cuEventQuery(done)), sys::CUresult::CUDA_ERROR_NOT_READY);
    assert_eq!(
        code!(cuEventElapsedTime(&mut 0.0, done, done)),
        sys::CUresult::CUDA_ERROR_NOT_READY
    );
    gate.store(true, Ordering::Release);
    ok!(cuStreamSynchronize(b));
    assert_eq!(read(memory, 4), [3, 3, 2, 2]);
}

#[test]
fn the_legacy_stream_waits_for_blocking_streams_only() {
    context(0);
    let (blocking, free) = (stream(0), stream(1));
    let (gate, free_gate) = (AtomicBool::new(false), AtomicBool::new(false));
    ok!(cuLaunchHostFunc(free, Some(wait_for_flag), pointer(&free_gate)));
    let memory = allocate(4);
    // The legacy stream passes a busy non-blocking stream ...
    ok!(cuMemsetD32_v2(memory, 7, 1));
    // ... but not a busy blocking one, nor does a blocking one pass the legacy stream.
    ok!(cuLaunchHostFunc(blocking, Some(wait_for_flag), pointer(&gate)));
    ok!(cuMemsetD32Async(memory, 8, 1, std::ptr::null_mut()));
    let second = stream(0);
    ok!(cuMemsetD32Async(memory, 9, 1, second));
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(code!(cuStreamQuery(second)), sys::CUresult::CUDA_ERROR_NOT_READY);
    gate.store(true, Ordering::Release);
    ok!(cuStreamSynchronize(second));
    assert_eq!(code!(cuStreamQuery(free)), sys::CUresult::CUDA_ERROR_NOT_READY);
    free_gate.store(true, Ordering::Release);
    ok!(cuCtxSynchronize());
    assert_eq!(read(memory, 1), [9]);
}

#[test]
fn events_measure_time() {
    context(0);
    let (s, start, end) = (stream(1), event(), event());
    let gate = AtomicBool::new(false);
    ok!(cuEventRecord(start, s));
    ok!(cuLaunchHostFunc(s, Some(wait_for_flag), pointer(&gate)));
    ok!(cuEventRecord(end, s));
    let before = Instant::now();
    // On a busy machine the stream may come to it late.
    ok!(cuEventSynchronize(start));
    std::thread::sleep(Duration::from_millis(30));
    gate.store(true, Ordering::Release);
    ok!(cuEventSynchronize(end));
    let mut milliseconds = 0.0;
    ok!(cuEventElapsedTime(&mut milliseconds, start, end));
    assert!(milliseconds >= 29.0 && f64::from(milliseconds) <= before.elapsed().as_secs_f64() * 1e3 + 1000.0);
}

#[test]
fn a_forked_capture_becomes_a_graph() {
    context(0);
    let (a, b) = (stream(1), stream(1));
    let (fork, join) = (event(), event());
    let counter = AtomicU32::new(0);
    let memory = allocate(16);
    ok!(cuMemsetD32_v2(memory, 0, 4));
    ok!(cuStreamBeginCapture_v2(
        a,
        sys::CUstreamCaptureMode::CU_STREAM_CAPTURE_MODE_RELAXED
    ));
    ok!(cuMemsetD32Async(memory, 5, 4, a));
    ok!(cuEventRecord(fork, a));
    ok!(cuStreamWaitEvent(b, fork, 0));
    ok!(cuMemsetD32Async(memory, 6, 1, b));
    ok!(cuLaunchHostFunc(a, Some(count), pointer(&counter)));
    ok!(cuEventRecord(join, b));
    ok!(cuStreamWaitEvent(a, join, 0));
    assert_eq!(code!(cuEventQuery(join)), sys::CUresult::CUDA_ERROR_CAPTURED_EVENT);
    let mut graph = std::ptr::null_mut();
    ok!(cuStreamEndCapture(a, &mut graph));
    assert_eq!((read(memory, 4), counter.load(Ordering::Acquire)), (vec![0; 4], 0));

    let (mut nodes, mut edges) = (0, 0);
    ok!(cuGraphGetNodes(graph, std::ptr::null_mut(), &mut nodes));
    ok!(cuGraphGetEdges(
        graph,
        std::ptr::null_mut(),
        std::ptr::null_mut(),
        &mut edges
    ));
    assert_eq!((nodes, edges), (3, 2));
    let mut executable = std::ptr::null_mut();
    ok!(cuGraphInstantiateWithFlags(&mut executable, graph, 0));
    for _ in 0..3 {
        ok!(cuGraphLaunch(executable, b));
    }
    ok!(cuStreamSynchronize(b));
    assert_eq!(
        (read(memory, 4), counter.load(Ordering::Acquire)),
        (vec![6, 5, 5, 5], 3)
    );
    ok!(cuGraphExecDestroy(executable));
    ok!(cuGraphDestroy(graph));
    assert_eq!(
        code!(cuGraphLaunch(executable, b)),
        sys::CUresult::CUDA_ERROR_INVALID_HANDLE
    );
}

#[test]
fn misuse_of_a_capture_is_named() {
    context(0);
    let (a, b) = (stream(1), stream(1));
    let fork = event();
    let memory = allocate(4);
    ok!(cuStreamBeginCapture_v2(
        a,
        sys::CUstreamCaptureMode::CU_STREAM_CAPTURE_MODE_RELAXED
    ));
    ok!(cuEventRecord(fork, a));
    ok!(cuStreamWaitEvent(b, fork, 0));
    ok!(cuMemsetD32Async(memory, 6, 1, b));
    let mut graph = std::ptr::null_mut();
    assert_eq!(
        code!(cuStreamEndCapture(a, &mut graph)),
        sys::CUresult::CUDA_ERROR_STREAM_CAPTURE_UNJOINED
    );
    assert!(graph.is_null());

    ok!(cuStreamBeginCapture_v2(
        a,
        sys::CUstreamCaptureMode::CU_STREAM_CAPTURE_MODE_RELAXED
    ));
    assert_eq!(
        code!(cuStreamSynchronize(a)),
        sys::CUresult::CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED
    );
    assert_eq!(
        code!(cuStreamEndCapture(a, &mut graph)),
        sys::CUresult::CUDA_ERROR_STREAM_CAPTURE_INVALIDATED
    );
    assert_eq!(
        code!(cuStreamEndCapture(a, &mut graph)),
        sys::CUresult::CUDA_ERROR_ILLEGAL_STATE
    );
    ok!(cuMemsetD32Async(memory, 1, 1, a));
    ok!(cuStreamSynchronize(a));
}

#[test]
fn pinned_copies_are_asynchronous_and_pageable_ones_are_staged() {
    context(0);
    let s = stream(1);
    let gate = AtomicBool::new(false);
    let memory = allocate(8);
    let mut pinned = std::ptr::null_mut();
    ok!(cuMemHostAlloc(&mut pinned, 4096, 0));
    let mut pageable = 11u32;
    // SAFETY: the allocation has room for it, and the device does not touch it yet.
    unsafe { (pinned as *mut u32).write(21) };
    ok!(cuLaunchHostFunc(s, Some(wait_for_flag), pointer(&gate)));
    ok!(cuMemcpyHtoDAsync_v2(memory, std::ptr::from_ref(&pageable).cast(), 4, s));
    ok!(cuMemcpyHtoDAsync_v2(memory + 4, pinned, 4, s));
    pageable += 1;
    // SAFETY: pinned memory is read when the copy runs, which the gate still keeps from happening.
    unsafe { (pinned as *mut u32).write(22) };
    gate.store(true, Ordering::Release);
    ok!(cuStreamSynchronize(s));
    assert_eq!((read(memory, 2), pageable), (vec![11, 22], 12));
    ok!(cuMemFreeHost(pinned));
    assert_eq!(code!(cuMemFreeHost(pinned)), sys::CUresult::CUDA_ERROR_INVALID_VALUE);
}

#[test]
fn devices_copy_to_each_other_and_own_their_memory() {
    let first = context(0);
    let source = allocate(16);
    ok!(cuMemsetD32_v2(source, 77, 4));
    let second = context(1);
    let target = allocate(16);
    ok!(cuMemcpyPeer(target, second, source, first, 16));
    assert_eq!(read(target, 4), [77; 4]);
    let mut ordinal = -1i32;
    let attribute = sys::CUpointer_attribute::CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL;
    ok!(cuPointerGetAttribute(
        std::ptr::from_mut(&mut ordinal).cast(),
        attribute,
        source
    ));
    assert_eq!(ordinal, 0);
    ok!(cuCtxEnablePeerAccess(first, 0));
    assert_eq!(
        code!(cuCtxEnablePeerAccess(first, 0)),
        sys::CUresult::CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED
    );
    // A context takes its memory along.
    ok!(cuCtxDestroy_v2(second));
    assert_eq!(code!(cuMemFree_v2(target)), sys::CUresult::CUDA_ERROR_INVALID_VALUE);
}

#[test]
fn a_pool_is_shared_with_the_devices_it_names() {
    const TEXT: &str = ".version 7.0\n.target sm_80\n.address_size 64\n.visible .entry seven(.param .u64 p)\n{\n\
        .reg .b64 %d;\nld.param.u64 %d, [p];\nst.global.u32 [%d], 7;\nret;\n}\n";
    let first = context(0);
    let (mut pool, mut address, mut given) = (
        std::ptr::null_mut(),
        0u64,
        sys::CUmemAccess_flags::CU_MEM_ACCESS_FLAGS_PROT_NONE,
    );
    ok!(cuDeviceGetDefaultMemPool(&mut pool, 0));
    ok!(cuMemAllocFromPoolAsync(&mut address, 4, pool, std::ptr::null_mut()));
    let second = context(1);
    let location = sys::CUmemLocation {
        type_: sys::CUmemLocationType::CU_MEM_LOCATION_TYPE_DEVICE,
        ..api::zeroed()
    };
    let access = |ordinal, flags| {
        let mut access = sys::CUmemAccessDesc { location, flags };
        // The ordinal follows the kind, under whatever name.
        // SAFETY: a location is two numbers of 32 bits.
        unsafe {
            std::ptr::from_mut(&mut access.location)
                .cast::<i32>()
                .add(1)
                .write(ordinal)
        };
        access
    };
    let read_write = access(1, sys::CUmemAccess_flags::CU_MEM_ACCESS_FLAGS_PROT_READWRITE);
    ok!(cuMemPoolSetAccess(pool, &read_write, 1));
    let mut where_ = read_write.location;
    ok!(cuMemPoolGetAccess(&mut given, pool, &mut where_));
    assert_eq!(given, read_write.flags);
    let seven = api::function(api::module(TEXT), c"seven");
    let mut arguments = [pointer(&address)];
    let mut launch = || {
        Launch {
            arguments: &mut arguments,
            ..Launch::default()
        }
        .succeed(seven);
        code!(cuCtxSynchronize())
    };
    assert_eq!(launch(), sys::CUresult::CUDA_SUCCESS);
    assert_eq!(read(address, 1), [7]);
    let none = access(1, sys::CUmemAccess_flags::CU_MEM_ACCESS_FLAGS_PROT_NONE);
    ok!(cuMemPoolSetAccess(pool, &none, 1));
    assert_eq!(launch(), sys::CUresult::CUDA_ERROR_ILLEGAL_ADDRESS);
    ok!(cuCtxDestroy_v2(second));
    ok!(cuCtxSetCurrent(first));
    ok!(cuMemFreeAsync(address, std::ptr::null_mut()));
    ok!(cuCtxDestroy_v2(first));
}
