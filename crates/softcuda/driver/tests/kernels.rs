//! Modules and launches through cudarc: arguments in both forms, limits, globals, logs, faults that stick.

#[macro_use]
mod api;

use std::ffi::c_void;

use api::{Launch, read};
use cudarc::driver::sys;

/// `scale` multiplies by `factor` what lies below `count`; `wild` writes where nothing is; `base` is a global.
const TEXT: &str = r"
.version 7.0
.target sm_80
.address_size 64
.visible .global .align 4 .u32 base = 41;
.visible .entry scale(.param .u64 values, .param .u32 factor, .param .u32 count)
{
    .reg .pred %p;
    .reg .b32 %r<8>;
    .reg .b64 %d<4>;
    ld.param.u64 %d0, [values];
    ld.param.u32 %r0, [factor];
    ld.param.u32 %r1, [count];
    mov.u32 %r2, %ctaid.x;
    mov.u32 %r3, %ntid.x;
    mov.u32 %r4, %tid.x;
    mad.lo.u32 %r5, %r2, %r3, %r4;
    setp.ge.u32 %p, %r5, %r1;
    @%p bra done;
    mul.wide.u32 %d1, %r5, 4;
    add.u64 %d2, %d0, %d1;
    ld.global.u32 %r6, [%d2];
    mul.lo.u32 %r7, %r6, %r0;
    st.global.u32 [%d2], %r7;
done:
    ret;
}
.visible .entry wild()
{
    .reg .b64 %d;
    mov.u64 %d, 8192;
    st.global.u32 [%d], 1;
    ret;
}
";

fn module() -> sys::CUmodule {
    api::context();
    api::module(TEXT)
}

fn allocate(words: usize, value: u32) -> sys::CUdeviceptr {
    let mut address = 0;
    ok!(cuMemAlloc_v2(&mut address, 4 * words));
    ok!(cuMemsetD32_v2(address, value, words));
    address
}

#[test]
fn both_forms_of_arguments_arrive() {
    let scale = api::function(module(), c"scale");
    let (mut values, mut factor, mut count) = (allocate(100, 3), 5u32, 99u32);
    let mut pointers: [*mut c_void; 3] = [
        std::ptr::from_mut(&mut values).cast(),
        std::ptr::from_mut(&mut factor).cast(),
        std::ptr::from_mut(&mut count).cast(),
    ];
    Launch {
        grid: [4, 1, 1],
        block: [32, 1, 1],
        arguments: &mut pointers,
        ..Launch::default()
    }
    .succeed(scale);
    assert_eq!(read(values, 100), [vec![15; 99], vec![3]].concat());

    let mut buffer = values.to_le_bytes().to_vec();
    buffer.extend_from_slice(&2u32.to_le_bytes());
    buffer.extend_from_slice(&100u32.to_le_bytes());
    let mut size = buffer.len();
    let mut extra: [*mut c_void; 5] = [
        std::ptr::without_provenance_mut(1),
        buffer.as_mut_ptr().cast(),
        std::ptr::without_provenance_mut(2),
        std::ptr::from_mut(&mut size).cast(),
        std::ptr::null_mut(),
    ];
    Launch {
        grid: [4, 1, 1],
        block: [32, 1, 1],
        extra: &mut extra,
        ..Launch::default()
    }
    .succeed(scale);
    assert_eq!(read(values, 100), [vec![30; 99], vec![6]].concat());
    let mut short_size = 8usize;
    extra[3] = std::ptr::from_mut(&mut short_size).cast();
    let short = Launch {
        grid: [4, 1, 1],
        block: [32, 1, 1],
        extra: &mut extra,
        ..Launch::default()
    }
    .run(scale);
    assert_eq!(short, sys::CUresult::CUDA_ERROR_INVALID_VALUE);
}

#[test]
fn absurd_shapes_are_refused_and_harm_nothing() {
    let scale = api::function(module(), c"scale");
    let (mut values, mut factor, mut count) = (allocate(4, 3), 5u32, 4u32);
    let mut pointers: [*mut c_void; 3] = [
        std::ptr::from_mut(&mut values).cast(),
        std::ptr::from_mut(&mut factor).cast(),
        std::ptr::from_mut(&mut count).cast(),
    ];
    for (grid, block, shared) in [
        ([0, 1, 1], [1, 1, 1], 0),
        ([1, 1, 1], [1025, 1, 1], 0),
        ([1, 70000, 1], [1, 1, 1], 0),
        ([1, 1, 1], [1, 1, 65], 0),
        ([1, 1, 1], [32, 32, 2], 0),
        ([1, 1, 1], [1, 1, 1], 49153),
        ([u32::MAX; 3], [u32::MAX; 3], u32::MAX),
    ] {
        let code = Launch {
            grid,
            block,
            shared,
            arguments: &mut pointers,
            ..Launch::default()
        }
        .run(scale);
        assert_eq!(
            code,
            sys::CUresult::CUDA_ERROR_INVALID_VALUE,
            "{grid:?} {block:?} {shared}"
        );
    }
    assert_eq!(read(values, 4), [3; 4]);
}

#[test]
fn captured_launches_run_with_changed_parameters() {
    let scale = api::function(module(), c"scale");
    let (mut values, mut factor, mut count) = (allocate(64, 1), 2u32, 64u32);
    let mut pointers: [*mut c_void; 3] = [
        std::ptr::from_mut(&mut values).cast(),
        std::ptr::from_mut(&mut factor).cast(),
        std::ptr::from_mut(&mut count).cast(),
    ];
    let (mut stream, mut graph, mut executable) = (std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut());
    ok!(cuStreamCreate(&mut stream, 1));
    ok!(cuStreamBeginCapture_v2(
        stream,
        sys::CUstreamCaptureMode::CU_STREAM_CAPTURE_MODE_THREAD_LOCAL
    ));
    Launch {
        grid: [2, 1, 1],
        block: [32, 1, 1],
        stream,
        arguments: &mut pointers,
        ..Launch::default()
    }
    .succeed(scale);
    ok!(cuStreamEndCapture(stream, &mut graph));
    ok!(cuGraphInstantiateWithFlags(&mut executable, graph, 0));
    ok!(cuGraphLaunch(executable, stream));
    ok!(cuGraphLaunch(executable, stream));
    ok!(cuStreamSynchronize(stream));
    assert_eq!(read(values, 64), [4; 64]);

    let (mut node, mut nodes) = (std::ptr::null_mut(), 1);
    ok!(cuGraphGetNodes(graph, &mut node, &mut nodes));
    let mut parameters: sys::CUDA_KERNEL_NODE_PARAMS = api::zeroed();
    ok!(cuGraphKernelNodeGetParams_v2(node, &mut parameters));
    assert_eq!((parameters.gridDimX, parameters.blockDimX), (2, 32));
    // SAFETY: the node has three arguments, the second of them this number.
    assert_eq!(unsafe { (*parameters.kernelParams.add(1)).cast::<u32>().read() }, 2);
    factor = 10;
    parameters.kernelParams = pointers.as_mut_ptr();
    ok!(cuGraphExecKernelNodeSetParams_v2(executable, node, &parameters));
    ok!(cuGraphLaunch(executable, stream));
    ok!(cuStreamSynchronize(stream));
    assert_eq!((read(values, 64), factor), (vec![40; 64], 10));
}

#[test]
fn globals_have_addresses_and_logs_have_reasons() {
    let module = module();
    let (mut address, mut bytes) = (0, 0);
    ok!(cuModuleGetGlobal_v2(&mut address, &mut bytes, module, c"base".as_ptr()));
    assert_eq!((bytes, read(address, 1)), (4, vec![41]));
    let mut missing = std::ptr::null_mut();
    let code = code!(cuModuleGetFunction(&mut missing, module, c"nothing".as_ptr()));
    assert_eq!(code, sys::CUresult::CUDA_ERROR_NOT_FOUND);

    let text = c".version 7.0\n.target sm_80\n.address_size 64\n.visible .entry k() {\n frob.u32 %r1;\n}";
    let mut log = [0u8; 200];
    let mut options = [
        sys::CUjit_option::CU_JIT_ERROR_LOG_BUFFER,
        sys::CUjit_option::CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES,
    ];
    let mut values: [*mut c_void; 2] = [log.as_mut_ptr().cast(), log.len() as *mut c_void];
    let mut broken = std::ptr::null_mut();
    let code = code!(cuModuleLoadDataEx(
        &mut broken,
        text.as_ptr().cast(),
        2,
        options.as_mut_ptr(),
        values.as_mut_ptr()
    ));
    assert_eq!(code, sys::CUresult::CUDA_ERROR_INVALID_PTX);
    let log = std::ffi::CStr::from_bytes_until_nul(&log).unwrap().to_str().unwrap();
    assert!(log.contains("line 5") && log.contains("frob"), "{log}");
    assert_eq!(values[1] as usize, log.len() + 1);
}

#[test]
fn a_fault_sticks_to_its_context_and_goes_with_it() {
    let wild = api::function(module(), c"wild");
    Launch::default().succeed(wild);
    let illegal = sys::CUresult::CUDA_ERROR_ILLEGAL_ADDRESS;
    assert_eq!(code!(cuCtxSynchronize()), illegal);
    assert_eq!(code!(cuMemAlloc_v2(&mut 0, 4)), illegal);
    let mut context = std::ptr::null_mut();
    ok!(cuCtxGetCurrent(&mut context));
    ok!(cuCtxDestroy_v2(context));
    allocate_in_a_fresh_context();
}

fn allocate_in_a_fresh_context() {
    module();
    assert_eq!(read(allocate(3, 9), 3), [9; 3]);
}
