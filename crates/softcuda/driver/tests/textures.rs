//! Textures and surfaces: coordinates, modes, filters and formats against their definitions.

#[macro_use]
mod api;

use std::ffi::c_void;

use api::{Launch, zeroed};
use cudarc::driver::sys;

type Mode = sys::CUaddress_mode;
const WRAP: Mode = Mode::CU_TR_ADDRESS_MODE_WRAP;
const CLAMP: Mode = Mode::CU_TR_ADDRESS_MODE_CLAMP;
const MIRROR: Mode = Mode::CU_TR_ADDRESS_MODE_MIRROR;
const BORDER: Mode = Mode::CU_TR_ADDRESS_MODE_BORDER;
const LINEAR: sys::CUfilter_mode = sys::CUfilter_mode::CU_TR_FILTER_MODE_LINEAR;
const POINT: sys::CUfilter_mode = sys::CUfilter_mode::CU_TR_FILTER_MODE_POINT;
const NORMALIZED: u32 = 2;

/// One thread for each of `n` places of three numbers: the instruction's four results. `copy` doubles a surface's words.
fn module(instruction: &str) -> sys::CUfunction {
    let text = format!(
        ".version 8.0\n.target sm_80\n.address_size 64\n\
         .visible .entry k(.param .u64 object, .param .u64 places, .param .u64 results)\n{{\n\
         .reg .b32 %r<9>; .reg .f32 %f<9>; .reg .b64 %d<9>;\n\
         ld.param.u64 %d0, [object]; ld.param.u64 %d1, [places]; ld.param.u64 %d2, [results];\n\
         mov.u32 %r0, %tid.x; mul.wide.u32 %d3, %r0, 16; add.u64 %d1, %d1, %d3; add.u64 %d2, %d2, %d3;\n\
         ld.global.v4.f32 {{%f0, %f1, %f2, %f3}}, [%d1];\n\
         cvt.rzi.s32.f32 %r1, %f0; cvt.rzi.s32.f32 %r2, %f1; cvt.rzi.s32.f32 %r3, %f2;\n\
         {instruction}\n st.global.v4.f32 [%d2], {{%f4, %f5, %f6, %f7}};\n ret;\n}}\n"
    );
    api::context();
    api::function(api::module(&text), c"k")
}

fn launch(function: sys::CUfunction, object: u64, places: &[[f32; 4]]) -> Result<Vec<[f32; 4]>, sys::CUresult> {
    let bytes = 16 * places.len();
    let (mut object, mut from, mut to) = (object, 0, 0);
    ok!(cuMemAlloc_v2(&mut from, bytes));
    ok!(cuMemAlloc_v2(&mut to, bytes));
    ok!(cuMemcpyHtoD_v2(from, places.as_ptr().cast(), bytes));
    let mut arguments: [*mut c_void; 3] = [
        std::ptr::from_mut(&mut object).cast(),
        std::ptr::from_mut(&mut from).cast(),
        std::ptr::from_mut(&mut to).cast(),
    ];
    Launch {
        block: [places.len() as u32, 1, 1],
        arguments: &mut arguments,
        ..Launch::default()
    }
    .succeed(function);
    match code!(cuCtxSynchronize()) {
        sys::CUresult::CUDA_SUCCESS => {}
        error => return Err(error),
    }
    let mut results = vec![[0f32; 4]; places.len()];
    ok!(cuMemcpyDtoH_v2(results.as_mut_ptr().cast(), to, bytes));
    Ok(results)
}

fn shape(size: [usize; 3], format: Format, channels: u32, flags: u32) -> sys::CUDA_ARRAY3D_DESCRIPTOR {
    let [width, height, depth] = size;
    sys::CUDA_ARRAY3D_DESCRIPTOR {
        Width: width,
        Height: height,
        Depth: depth,
        Format: format,
        NumChannels: channels,
        Flags: flags,
    }
}

/// An array of a format and its texels' bytes, row by row.
fn array<T>(size: [usize; 3], format: Format, channels: u32, flags: u32, texels: &[T]) -> sys::CUarray {
    let mut array = std::ptr::null_mut();
    ok!(cuArray3DCreate_v2(&mut array, &shape(size, format, channels, flags)));
    fill(array, size, texels);
    array
}

/// Copies texels, row by row, into the whole of an array.
fn fill<T>(array: sys::CUarray, [_, height, depth]: [usize; 3], texels: &[T]) {
    let (height, depth) = (height.max(1), depth.max(1));
    let row = size_of_val(texels) / (height * depth);
    let copy = sys::CUDA_MEMCPY3D {
        srcXInBytes: 0,
        srcY: 0,
        srcZ: 0,
        srcLOD: 0,
        srcMemoryType: sys::CUmemorytype::CU_MEMORYTYPE_HOST,
        srcHost: texels.as_ptr().cast(),
        srcDevice: 0,
        srcArray: std::ptr::null_mut(),
        reserved0: std::ptr::null_mut(),
        srcPitch: row,
        srcHeight: height,
        dstXInBytes: 0,
        dstY: 0,
        dstZ: 0,
        dstLOD: 0,
        dstMemoryType: sys::CUmemorytype::CU_MEMORYTYPE_ARRAY,
        dstHost: std::ptr::null_mut(),
        dstDevice: 0,
        dstArray: array,
        reserved1: std::ptr::null_mut(),
        dstPitch: 0,
        dstHeight: 0,
        WidthInBytes: row,
        Height: height,
        Depth: depth,
    };
    ok!(cuMemcpy3D_v2(&copy));
}

fn resource(array: sys::CUarray) -> sys::CUDA_RESOURCE_DESC {
    let mut resource: sys::CUDA_RESOURCE_DESC = zeroed();
    resource.res.array.hArray = array;
    resource
}

fn texture(resource: &sys::CUDA_RESOURCE_DESC, modes: [Mode; 3], filter: sys::CUfilter_mode, flags: u32) -> u64 {
    let mut sampler: sys::CUDA_TEXTURE_DESC = zeroed();
    (sampler.addressMode, sampler.filterMode, sampler.flags) = (modes, filter, flags);
    sampler.borderColor = [-7.0, 0.0, 0.0, 0.0];
    let mut object = 0;
    ok!(cuTexObjectCreate(&mut object, resource, &sampler, std::ptr::null()));
    object
}

type Format = sys::CUarray_format;
const FLOAT: Format = Format::CU_AD_FORMAT_FLOAT;
const BYTE: Format = Format::CU_AD_FORMAT_UNSIGNED_INT8;
const WORD: Format = Format::CU_AD_FORMAT_UNSIGNED_INT32;
const PLANE: &str = "tex.2d.v4.f32.f32 {%f4, %f5, %f6, %f7}, [%d0, {%f0, %f1}];";

/// A 5 × 3 image with texel (x, y) = 10 y + x.
fn plane() -> sys::CUarray {
    let texels: Vec<f32> = (0..15).map(|at| (at / 5 * 10 + at % 5) as f32).collect();
    array([5, 3, 0], FLOAT, 1, 0, &texels)
}

fn firsts(results: Vec<[f32; 4]>) -> Vec<f32> {
    results.into_iter().map(|texel| texel[0]).collect()
}

#[test]
fn points_and_what_lies_outside() {
    let function = module(PLANE);
    let resource = resource(plane());
    let places: Vec<[f32; 4]> = [[0.0, 0.0], [4.9, 2.9], [2.5, 1.0], [-1.5, 1.0], [5.0, 7.0]]
        .map(|[x, y]| [x, y, 0.0, 0.0])
        .to_vec();
    let sample = |modes, flags| firsts(launch(function, texture(&resource, modes, POINT, flags), &places).unwrap());
    assert_eq!(sample([CLAMP; 3], 0), [0.0, 24.0, 12.0, 10.0, 24.0]);
    assert_eq!(sample([BORDER; 3], 0), [0.0, 24.0, 12.0, -7.0, -7.0]);
    // Without normalised coordinates these mean to clamp.
    assert_eq!(sample([WRAP; 3], 0), [0.0, 24.0, 12.0, 10.0, 24.0]);
    let places: Vec<[f32; 4]> = [0.1, 0.9, 1.1, -0.1, 2.3].map(|x| [x, 0.4, 0.0, 0.0]).to_vec();
    let sample = |mode| {
        let object = texture(&resource, [mode; 3], POINT, NORMALIZED);
        firsts(launch(function, object, &places).unwrap())
    };
    assert_eq!(sample(WRAP), [10.0, 14.0, 10.0, 14.0, 11.0]);
    assert_eq!(sample(MIRROR), [10.0, 14.0, 14.0, 10.0, 11.0]);
    assert_eq!(sample(CLAMP), [10.0, 14.0, 14.0, 10.0, 14.0]);
    assert_eq!(sample(BORDER), [10.0, 14.0, -7.0, -7.0, -7.0]);
}

#[test]
fn linear_filters_mix_neighbours() {
    let function = module(PLANE);
    let resource = resource(plane());
    let places = [[0.5, 0.5], [1.0, 0.5], [2.25, 1.75], [0.0, 0.0], [5.0, 3.0]].map(|[x, y]| [x, y, 0.0, 0.0]);
    let clamped = texture(&resource, [CLAMP; 3], LINEAR, 0);
    let results = firsts(launch(function, clamped, &places).unwrap());
    assert_eq!(results, [0.0, 0.5, 1.75 + 12.5, 0.0, 24.0]);
    let function = module("tld4.r.2d.v4.f32.f32 {%f4, %f5, %f6, %f7}, [%d0, {%f0, %f1}];");
    let object = texture(&self::resource(plane()), [CLAMP; 3], POINT, 0);
    let gathered = launch(function, object, &[[2.0, 2.0, 0.0, 0.0]]).unwrap();
    assert_eq!(gathered[0], [21.0, 22.0, 12.0, 11.0]);
}

#[test]
fn formats_layers_volumes_and_cubes() {
    let function = module("tex.a2d.v4.f32.f32 {%f4, %f5, %f6, %f7}, [%d0, {%r3, %f0, %f1, %f1}];");
    let texels: Vec<u8> = (0..2 * 2 * 3 * 4).map(|at| at * 5).collect();
    let layered = resource(array([2, 2, 3], BYTE, 4, 1, &texels));
    let object = texture(&layered, [CLAMP; 3], POINT, 0);
    let results = launch(function, object, &[[1.0, 1.0, 2.0, 0.0], [0.0, 0.0, 9.0, 0.0]]).unwrap();
    let wanted = |first: u8| [0, 1, 2, 3].map(|channel| f32::from((first + channel) * 5) / 255.0);
    assert_eq!(results, [wanted(44), wanted(32)]);

    let texels: Vec<f32> = (0..27).map(|at| at as f32).collect();
    let object = |flags, size, filter| texture(&resource(array(size, FLOAT, 1, flags, &texels)), [CLAMP; 3], filter, 0);
    let function = module("tex.3d.v4.f32.f32 {%f4, %f5, %f6, %f7}, [%d0, {%f0, %f1, %f2, %f2}];");
    let results = launch(function, object(0, [3, 3, 3], LINEAR), &[[1.0, 1.5, 2.0, 0.0]]).unwrap();
    assert_eq!(results[0][0], 0.5 + 3.0 + 13.5);

    let function = module("tex.cube.v4.f32.f32 {%f4, %f5, %f6, %f7}, [%d0, {%f0, %f1, %f2, %f2}];");
    let texels: Vec<f32> = (0..24).map(|at| at as f32).collect();
    let cube = texture(
        &resource(array([2, 2, 6], FLOAT, 1, 4, &texels)),
        [CLAMP; 3],
        POINT,
        NORMALIZED,
    );
    let results = launch(
        function,
        cube,
        &[[1.0, 0.5, 0.5, 0.0], [-0.1, -0.1, -1.0, 0.0], [0.5, 1.0, -0.5, 0.0]],
    );
    assert_eq!(firsts(results.unwrap()), [0.0, 23.0, 9.0]);

    let function = module("tex.1d.v4.f32.s32 {%f4, %f5, %f6, %f7}, [%d0, {%r1}];");
    let mut buffer = 0;
    ok!(cuMemAlloc_v2(&mut buffer, 40));
    ok!(cuMemsetD32_v2(buffer, 3f32.to_bits(), 10));
    let mut line = resource(std::ptr::null_mut());
    line.resType = sys::CUresourcetype::CU_RESOURCE_TYPE_LINEAR;
    line.res.linear.devPtr = buffer;
    line.res.linear.format = FLOAT;
    (line.res.linear.numChannels, line.res.linear.sizeInBytes) = (1, 40);
    let object = texture(&line, [CLAMP; 3], POINT, 0);
    let results = launch(function, object, &[[9.0, 0.0, 0.0, 0.0], [10.0, 0.0, 0.0, 0.0]]).unwrap();
    assert_eq!(results, [[3.0, 0.0, 0.0, 1.0], [0.0; 4]]);
    line.res.linear.sizeInBytes = 1 << 40;
    let sampler: sys::CUDA_TEXTURE_DESC = zeroed();
    let refused = code!(cuTexObjectCreate(&mut 0, &line, &sampler, std::ptr::null()));
    assert_eq!(refused, sys::CUresult::CUDA_ERROR_INVALID_VALUE);
    // What the texture reads is gone.
    ok!(cuMemFree_v2(buffer));
    let gone = launch(function, object, &[[1.0, 0.0, 0.0, 0.0]]);
    assert_eq!(gone.unwrap_err(), sys::CUresult::CUDA_ERROR_ILLEGAL_ADDRESS);
}

#[test]
fn smaller_levels_of_mipmapped_arrays() {
    let function = module("tex.level.2d.v4.f32.f32 {%f4, %f5, %f6, %f7}, [%d0, {%f0, %f1}], %f2;");
    let shape = shape([4, 4, 0], FLOAT, 1, 0);
    let mut mipmap = std::ptr::null_mut();
    ok!(cuMipmappedArrayCreate(&mut mipmap, &shape, 3));
    for level in 0..3 {
        let mut array = std::ptr::null_mut();
        ok!(cuMipmappedArrayGetLevel(&mut array, mipmap, level));
        let side = 4 >> level;
        fill(array, [side, side, 0], &vec![level as f32 + 1.0; side * side]);
        assert_eq!(code!(cuArrayDestroy(array)), sys::CUresult::CUDA_ERROR_INVALID_HANDLE);
    }
    let mut levels = resource(std::ptr::null_mut());
    levels.resType = sys::CUresourcetype::CU_RESOURCE_TYPE_MIPMAPPED_ARRAY;
    levels.res.mipmap.hMipmappedArray = mipmap;
    let mut sampler: sys::CUDA_TEXTURE_DESC = zeroed();
    (sampler.flags, sampler.maxMipmapLevelClamp) = (NORMALIZED, 9.0);
    (sampler.filterMode, sampler.mipmapFilterMode) = (LINEAR, LINEAR);
    let mut object = 0;
    ok!(cuTexObjectCreate(&mut object, &levels, &sampler, std::ptr::null()));
    let places = [0.0, 1.0, 1.5, 2.0, 7.0].map(|level| [0.5, 0.5, level, 0.0]);
    assert_eq!(
        firsts(launch(function, object, &places).unwrap()),
        [1.0, 2.0, 2.5, 3.0, 3.0]
    );
    ok!(cuMipmappedArrayDestroy(mipmap));
}

#[test]
fn surfaces_are_read_and_written_by_bytes() {
    let function = module(
        "shl.b32 %r4, %r1, 2;\n suld.b.2d.b32.zero %r5, [%d0, {%r4, %r2}];\n add.u32 %r6, %r5, 100;\n\
         sust.b.2d.b32.zero [%d0, {%r4, %r2}], %r6;\n suld.b.2d.b32.clamp %r7, [%d0, {%r4, %r2}];\n\
         cvt.rn.f32.u32 %f4, %r5;\n cvt.rn.f32.u32 %f5, %r7;\n",
    );
    let texels: Vec<u32> = (0..12).collect();
    let array = array([4, 3, 0], WORD, 1, 2, &texels);
    let mut object = 0;
    ok!(cuSurfObjectCreate(&mut object, &resource(array)));
    let places = [[1.0, 2.0], [3.0, 0.0], [4.0, 0.0], [0.0, -1.0]].map(|[x, y]| [x, y, 0.0, 0.0]);
    let results = launch(function, object, &places).unwrap();
    let pairs: Vec<[f32; 2]> = results.into_iter().map(|result| [result[0], result[1]]).collect();
    assert_eq!(pairs, [[9.0, 109.0], [3.0, 103.0], [0.0, 103.0], [0.0, 0.0]]);
    assert_eq!(
        code!(cuTexObjectDestroy(object)),
        sys::CUresult::CUDA_ERROR_INVALID_HANDLE
    );
    let outside = module("suld.b.2d.b32.trap %r5, [%d0, {%r1, %r2}];");
    let fault = launch(outside, object, &[[16.0, 0.0, 0.0, 0.0]]);
    assert_eq!(fault.unwrap_err(), sys::CUresult::CUDA_ERROR_ILLEGAL_ADDRESS);
}
