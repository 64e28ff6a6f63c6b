//! Programs with `<<<>>>`: registration, launches, copies, symbols, streams, graphs and textures.

mod harness;

use harness::*;

const COUNT: usize = 1000;

fn numbers() -> (Vec<f32>, Vec<f32>, Vec<f32>) {
    let a: Vec<f32> = (0..COUNT).map(|index| index as f32).collect();
    let b: Vec<f32> = (0..COUNT).map(|index| 0.5 * index as f32).collect();
    let sum = a.iter().zip(&b).map(|(a, b)| a + b).collect();
    (a, b, sum)
}

fn add(a: u64, b: u64, to: u64, stream: u64) -> u32 {
    let count = COUNT as u32;
    launch(
        &ADD,
        Dim3::x(4),
        Dim3::x(256),
        0,
        stream,
        &[at(&a), at(&b), at(&to), at(&count)],
    )
}

#[test]
fn vectors_are_added() {
    program();
    let (a, b, sum) = numbers();
    let (a, b, to) = (upload(&a), upload(&b), upload(&[0f32; COUNT]));
    assert_eq!(add(a, b, to, 0), 0);
    good("cudaDeviceSynchronize", &[]);
    assert_eq!(download::<f32>(to, COUNT), sum);
    for address in [a, b, to, 0] {
        good("cudaFree", &[address]);
    }
    assert_eq!(call("cudaFree", &[to]), INVALID_VALUE);
}

#[test]
fn symbols_are_variables_of_the_device() {
    program();
    let (mut address, mut size) = (0u64, 0u64);
    good("cudaGetSymbolAddress", &[out(&mut address), at(&TABLE)]);
    good("cudaGetSymbolSize", &[out(&mut size), at(&TABLE)]);
    assert!(address != 0 && size == 32);
    let table = [1f32, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    good(
        "cudaMemcpyToSymbol",
        &[at(&TABLE), at(&table[0]), 16, 0, HOST_TO_DEVICE],
    );
    good(
        "cudaMemcpyToSymbol",
        &[at(&TABLE), at(&table[4]), 16, 16, HOST_TO_DEVICE],
    );
    let mut factor = 0f32;
    good(
        "cudaMemcpyFromSymbol",
        &[out(&mut factor), at(&FACTOR), 4, 0, DEVICE_TO_HOST],
    );
    assert_eq!(factor, 2.0);
    let to = upload(&[1f32; 16]);
    assert_eq!(launch(&SCALE, Dim3::x(1), Dim3::x(16), 0, 0, &[at(&to)]), 0);
    let expected: Vec<f32> = (0..16).map(|index| 2.0 * table[index % 8]).collect();
    assert_eq!(download::<f32>(to, 16), expected);

    for (bytes, offset) in [(33, 0), (4, 32), (4, u64::MAX)] {
        assert_eq!(
            call(
                "cudaMemcpyToSymbol",
                &[at(&TABLE), at(&table), bytes, offset, HOST_TO_DEVICE]
            ),
            INVALID_VALUE
        );
    }
    assert_eq!(
        call("cudaMemcpyToSymbol", &[at(&TABLE), at(&table), 4, 0, DEVICE_TO_HOST]),
        INVALID_DIRECTION
    );
    assert_eq!(
        call("cudaGetSymbolAddress", &[out(&mut address), at(&ADD)]),
        INVALID_SYMBOL
    );
}

#[test]
fn a_managed_variable_is_the_same_on_both_sides() {
    program();
    // SAFETY: the runtime wrote the address of a live managed variable there; no kernel runs meanwhile.
    let counter = || unsafe { *(COUNTER as *const u32) };
    assert_eq!(counter(), 7);
    assert_eq!(launch(&COUNT_UP, Dim3::x(3), Dim3::x(32), 0, 0, &[]), 0);
    good("cudaDeviceSynchronize", &[]);
    assert_eq!(counter(), 7 + 96);
    // SAFETY: written once, before.
    let symbol = unsafe { COUNTER };
    let mut address = 0u64;
    good("cudaGetSymbolAddress", &[out(&mut address), symbol]);
    assert_eq!(address, symbol);
}

#[test]
fn streams_and_events_order_work() {
    program();
    let (a, b, sum) = numbers();
    let (mut stream, mut start, mut end) = (0u64, 0u64, 0u64);
    good("cudaStreamCreateWithFlags", &[out(&mut stream), 1]);
    good("cudaEventCreate", &[out(&mut start)]);
    good("cudaEventCreate", &[out(&mut end)]);
    let (mut from, mut to, mut pinned) = (0u64, 0u64, 0u64);
    let bytes = 4 * COUNT as u64;
    good("cudaMallocAsync", &[out(&mut from), 2 * bytes, stream]);
    good("cudaMallocAsync", &[out(&mut to), bytes, stream]);
    good("cudaMallocHost", &[out(&mut pinned), bytes]);
    good("cudaEventRecord", &[start, stream]);
    good(
        "cudaMemcpyAsync",
        &[from, a.as_ptr() as u64, bytes, HOST_TO_DEVICE, stream],
    );
    good(
        "cudaMemcpyAsync",
        &[from + bytes, b.as_ptr() as u64, bytes, DEFAULT, stream],
    );
    good("cudaMemsetAsync", &[to, 0xff, bytes, stream]);
    assert_eq!(add(from, from + bytes, to, stream), 0);
    good("cudaMemcpyAsync", &[pinned, to, bytes, DEVICE_TO_HOST, stream]);
    good("cudaEventRecord", &[end, stream]);
    good("cudaEventSynchronize", &[end]);
    // SAFETY: the pinned memory holds that many floats, and the copy to it is over.
    assert_eq!(unsafe { std::slice::from_raw_parts(pinned as *const f32, COUNT) }, sum);
    let mut milliseconds = -1f32;
    good("cudaEventElapsedTime", &[out(&mut milliseconds), start, end]);
    assert!(milliseconds >= 0.0);
    good("cudaFreeAsync", &[from, stream]);
    good("cudaFreeAsync", &[to, stream]);
    good("cudaStreamSynchronize", &[stream]);
    good("cudaStreamQuery", &[stream]);
    good("cudaFreeHost", &[pinned]);
    good("cudaEventDestroy", &[start]);
    good("cudaStreamDestroy", &[stream]);
    assert_ne!(call("cudaStreamSynchronize", &[stream]), 0);
}

#[test]
fn the_threads_own_default_stream_is_another_one() {
    program();
    let (mut legacy, mut own) = (0u64, 0u64);
    good("cudaStreamGetId", &[0, out(&mut legacy)]);
    good("cudaStreamGetId_ptsz", &[0, out(&mut own)]);
    assert_ne!(legacy, own);
    let (a, b, sum) = numbers();
    let (a, b, to) = (upload(&a), upload(&b), upload(&[0f32; COUNT]));
    assert_eq!(add(a, b, to, 2), 0);
    let values = vec![0f32; COUNT];
    good(
        "cudaMemcpy_ptds",
        &[values.as_ptr() as u64, to, 4 * COUNT as u64, DEVICE_TO_HOST],
    );
    assert_eq!(values, sum);
}

#[test]
fn captured_work_is_a_graph() {
    program();
    let (a, b, _) = numbers();
    let (a, b, to) = (upload(&a), upload(&b), upload(&[0f32; COUNT]));
    let (mut stream, mut graph, mut executable) = (0u64, 0u64, 0u64);
    good("cudaStreamCreate", &[out(&mut stream)]);
    good("cudaStreamBeginCapture", &[stream, 0]);
    assert_eq!(add(a, b, to, stream), 0);
    assert_eq!(add(to, b, to, stream), 0);
    good("cudaStreamEndCapture", &[stream, out(&mut graph)]);
    let (mut nodes, mut count) = ([0u64; 4], 4u64);
    good("cudaGraphGetNodes", &[graph, out(&mut nodes), out(&mut count)]);
    assert_eq!(count, 2);
    // The node's kernel is told as the program knows it.
    let mut parameters = [0u64; 8];
    good("cudaGraphKernelNodeGetParams", &[nodes[0], out(&mut parameters)]);
    assert_eq!(parameters[0], at(&ADD));
    good("cudaGraphInstantiate", &[out(&mut executable), graph, 0]);
    assert_eq!(download::<f32>(to, 1), [0.0]);
    good("cudaGraphLaunch", &[executable, stream]);
    good("cudaStreamSynchronize", &[stream]);
    let expected: Vec<f32> = (0..COUNT).map(|index| 2.0 * index as f32).collect();
    assert_eq!(download::<f32>(to, COUNT), expected);
    good("cudaGraphExecDestroy", &[executable]);
    good("cudaGraphDestroy", &[graph]);
}

#[test]
fn graphs_are_built_of_nodes() {
    program();
    let (mut graph, mut copy, mut fill, mut executable) = (0u64, 0u64, 0u64, 0u64);
    let (from, to) = (upload(&[1u32, 2, 3, 4]), upload(&[0u32; 8]));
    good("cudaGraphCreate", &[out(&mut graph), 0]);
    // cudaMemsetParams: address, pitch, value and element size, width, height.
    let parameters = [to, 0, 9 | 4 << 32, 8, 1];
    good(
        "cudaGraphAddMemsetNode",
        &[out(&mut fill), graph, 0, 0, at(&parameters)],
    );
    let add = [out(&mut copy), graph, at(&fill), 1, to + 8, from, 16, DEVICE_TO_DEVICE];
    good("cudaGraphAddMemcpyNode1D", &add);
    let (mut copied, width) = ([0u64; 20], 16);
    good("cudaGraphMemcpyNodeGetParams", &[copy, out(&mut copied)]);
    assert_eq!(
        (copied[4], copied[12], copied[16], copied[19] as u32),
        (from, to + 8, width, 3)
    );
    good("cudaGraphInstantiate", &[out(&mut executable), graph, 0]);
    good("cudaGraphLaunch", &[executable, 0]);
    good("cudaDeviceSynchronize", &[]);
    assert_eq!(download::<u32>(to, 8), [9, 9, 1, 2, 3, 4, 9, 9]);
}

#[test]
fn rectangles_arrays_and_textures() {
    program();
    // Rows of 5 floats, cut out of rows of 8, into pitched memory and back.
    let image: Vec<f32> = (0..32).map(|index| index as f32).collect();
    let (mut memory, mut pitch) = (0u64, 0u64);
    good("cudaMallocPitch", &[out(&mut memory), out(&mut pitch), 20, 4]);
    assert!(pitch >= 20);
    good(
        "cudaMemcpy2D",
        &[memory, pitch, image.as_ptr() as u64, 32, 20, 4, HOST_TO_DEVICE],
    );
    let back = [0f32; 20];
    good("cudaMemcpy2D", &[at(&back), 20, memory, pitch, 20, 4, DEVICE_TO_HOST]);
    let cut: Vec<f32> = (0..20).map(|index| image[index / 5 * 8 + index % 5]).collect();
    assert_eq!(back[..], cut);
    assert_eq!(
        call("cudaMemcpy2D", &[at(&back), 16, memory, pitch, 20, 4, DEVICE_TO_HOST]),
        12
    );

    // The same into an array: all of it, then 6 floats over the end of a row.
    let channels = [32i32, 0, 0, 0, 2];
    let mut array = 0u64;
    good("cudaMallocArray", &[out(&mut array), at(&channels), 5, 4, 0]);
    good(
        "cudaMemcpy2DToArray",
        &[array, 0, 0, memory, pitch, 20, 4, DEVICE_TO_DEVICE],
    );
    good(
        "cudaMemcpyToArray",
        &[array, 16, 0, image.as_ptr() as u64, 24, HOST_TO_DEVICE],
    );
    let mut expected = cut.clone();
    expected[4..10].copy_from_slice(&image[..6]);
    good(
        "cudaMemcpy2DFromArray",
        &[at(&back), 20, array, 0, 0, 20, 4, DEVICE_TO_HOST],
    );
    assert_eq!(back[..], expected);

    // cudaMemcpy3DParms: array, position, pointer of source; the same of destination; extent; kind.
    let to = upload(&[0f32; 2]);
    let mut copy = [0u64; 20];
    (copy[0], copy[1], copy[2]) = (array, 3, 1);
    copy[12..16].copy_from_slice(&[to, 8, 8, 1]);
    copy[16..20].copy_from_slice(&[2, 1, 1, DEVICE_TO_DEVICE]);
    good("cudaMemcpy3D", &[at(&copy)]);
    assert_eq!(download::<f32>(to, 2), expected[8..10]);

    // cudaResourceDesc and cudaTextureDesc: point samples, clamped, as they are.
    let (mut resource, mut sampler, mut texture) = ([0u64; 17], [0u32; 18], 0u64);
    resource[1] = array;
    sampler[..2].fill(1);
    good(
        "cudaCreateTextureObject",
        &[out(&mut texture), at(&resource), at(&sampler), 0],
    );
    let to = upload(&[0f32; 5]);
    assert_eq!(
        launch(&SAMPLE, Dim3::x(1), Dim3::x(5), 0, 0, &[at(&texture), at(&to)]),
        0
    );
    assert_eq!(download::<f32>(to, 5), expected[..5]);
    let mut told = [0u64; 8];
    good("cudaGetTextureObjectResourceDesc", &[out(&mut told), texture]);
    assert_eq!(told[1], array);
    good("cudaDestroyTextureObject", &[texture]);
    good("cudaFreeArray", &[array]);
}

#[test]
fn pointers_and_kernels_are_described() {
    program();
    let memory = upload(&[0u8; 16]);
    let (mut managed, mut pinned) = (0u64, 0u64);
    good("cudaMallocManaged", &[out(&mut managed), 16, 1]);
    good("cudaHostAlloc", &[out(&mut pinned), 16, 0]);
    let host = 5u64;
    for (address, kind, device) in [
        (memory, 2u32, 0u32),
        (managed, 3, 0),
        (pinned, 1, 0),
        (at(&host), 0, -2i32 as u32),
    ] {
        let mut attributes = [0u64; 3];
        good("cudaPointerGetAttributes", &[out(&mut attributes), address]);
        assert_eq!(attributes[0], u64::from(kind) | u64::from(device) << 32, "{kind}");
    }
    let (mut attributes, mut blocks) = ([0i32; 40], 0i32);
    good("cudaFuncGetAttributes", &[out(&mut attributes), at(&ADD)]);
    assert_eq!((attributes[6], attributes[9]), (1024, 80));
    good(
        "cudaOccupancyMaxActiveBlocksPerMultiprocessor",
        &[out(&mut blocks), at(&ADD), 256, 0],
    );
    assert_eq!(blocks, 8);
    let (mut count, mut kernel) = (0u64, 0u64);
    good("cudaFuncGetParamCount", &[at(&ADD), out(&mut count)]);
    assert_eq!(count, 4);
    // A kernel's handle stands for its host function.
    good("cudaGetKernel", &[out(&mut kernel), at(&ADD)]);
    good("cudaFuncGetAttributes", &[out(&mut attributes), kernel]);
}

#[test]
fn device_properties_hold_what_attributes_say() {
    program();
    // CUDA 12's structure: 288 bytes to the memory's size; major and minor at 360; 1032 bytes in all.
    let mut properties = [0xaau8; 1100];
    good("cudaGetDeviceProperties_v2", &[out(&mut properties), 0]);
    let int = |offset: usize| i32::from_le_bytes(std::array::from_fn(|index| properties[offset + index]));
    let (mut major, mut threads) = (0i32, 0i32);
    good("cudaDeviceGetAttribute", &[out(&mut major), 75, 0]);
    good("cudaDeviceGetAttribute", &[out(&mut threads), 1, 0]);
    assert_eq!((int(360), int(364), int(320)), (major, 0, threads));
    assert!(properties.starts_with(b"softcuda"));
    assert!(properties[1028..1032] == [0; 4] && properties[1032..].iter().all(|&byte| byte == 0xaa));
    assert_eq!(
        call("cudaGetDeviceProperties_v2", &[out(&mut properties), 1]),
        INVALID_DEVICE
    );
    let (mut driver, mut runtime) = (0i32, 0i32);
    good("cudaDriverGetVersion", &[out(&mut driver)]);
    good("cudaRuntimeGetVersion", &[out(&mut runtime)]);
    assert!(driver >= runtime && runtime >= 12_000);
}
