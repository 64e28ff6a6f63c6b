//! Memory beyond plain allocations: arrays, virtual memory management, hints, batches, linked modules, user objects.

#[macro_use]
mod api;

use std::ffi::c_void;
use std::sync::atomic::{AtomicU32, Ordering};

use api::{Launch, context, read, zeroed};
use cudarc::driver::sys;

const INVALID: sys::CUresult = sys::CUresult::CUDA_ERROR_INVALID_VALUE;

#[test]
fn mapped_memory_is_reached_where_access_was_given() {
    context();
    let mut properties: sys::CUmemAllocationProp = zeroed();
    properties.type_ = sys::CUmemAllocationType::CU_MEM_ALLOCATION_TYPE_PINNED;
    properties.location.type_ = sys::CUmemLocationType::CU_MEM_LOCATION_TYPE_DEVICE;
    let minimum = sys::CUmemAllocationGranularity_flags::CU_MEM_ALLOC_GRANULARITY_MINIMUM;
    let (mut size, mut base, mut other) = (0, 0, 0);
    ok!(cuMemGetAllocationGranularity(&mut size, &properties, minimum));
    ok!(cuMemAddressReserve(&mut base, 4 * size, 0, 0, 0));
    ok!(cuMemAddressReserve(&mut other, size, 0, 0, 0));
    let (mut first, mut second) = (0, 0);
    ok!(cuMemCreate(&mut first, size, &properties, 0));
    ok!(cuMemCreate(&mut second, size, &properties, 0));
    assert_eq!(code!(cuMemCreate(&mut 0, size + 1, &properties, 0)), INVALID);
    ok!(cuMemMap(base, size, 0, first, 0));
    ok!(cuMemMap(base + size as u64, size, 0, second, 0));
    assert_eq!(code!(cuMemMap(base, size, 0, second, 0)), INVALID);
    assert_eq!(code!(cuMemsetD8_v2(base, 1, 4)), INVALID);

    let mut access: sys::CUmemAccessDesc = zeroed();
    access.location = properties.location;
    access.flags = sys::CUmemAccess_flags::CU_MEM_ACCESS_FLAGS_PROT_READWRITE;
    ok!(cuMemSetAccess(base, 2 * size, &access, 1));
    // One range across both handles.
    ok!(cuMemsetD32_v2(base, 7, size / 2));
    assert_eq!(read(base + size as u64 - 8, 4), [7; 4]);
    // The first handle's bytes at a second address.
    ok!(cuMemMap(other, size, 0, first, 0));
    ok!(cuMemSetAccess(other, size, &access, 1));
    ok!(cuMemsetD32_v2(other, 9, 1));
    assert_eq!(read(base, 2), [9, 7]);

    assert_eq!(code!(cuMemAddressFree(base, 4 * size)), INVALID);
    ok!(cuMemUnmap(base, 2 * size));
    ok!(cuMemUnmap(other, size));
    assert_eq!(code!(cuMemsetD8_v2(base, 1, 4)), INVALID);
    for handle in [first, second] {
        ok!(cuMemRelease(handle));
        assert_eq!(code!(cuMemRelease(handle)), INVALID);
    }
    ok!(cuMemAddressFree(base, 4 * size));
    ok!(cuMemAddressFree(other, size));
}

#[test]
fn arrays_are_copied_by_row_and_column() {
    context();
    let shape = sys::CUDA_ARRAY_DESCRIPTOR {
        Width: 20,
        Height: 10,
        Format: sys::CUarray_format::CU_AD_FORMAT_FLOAT,
        NumChannels: 1,
    };
    let mut array = std::ptr::null_mut();
    ok!(cuArrayCreate_v2(&mut array, &shape));
    let source: Vec<f32> = (0..200).map(|value| value as f32).collect();
    let mut target = [0f32; 30];
    let (host, array_side) = (
        sys::CUmemorytype::CU_MEMORYTYPE_HOST,
        sys::CUmemorytype::CU_MEMORYTYPE_ARRAY,
    );
    let copy = sys::CUDA_MEMCPY2D {
        srcXInBytes: 0,
        srcY: 0,
        srcMemoryType: host,
        srcHost: source.as_ptr().cast(),
        srcDevice: 0,
        srcArray: std::ptr::null_mut(),
        srcPitch: 0,
        dstXInBytes: 0,
        dstY: 0,
        dstMemoryType: array_side,
        dstHost: std::ptr::null_mut(),
        dstDevice: 0,
        dstArray: array,
        dstPitch: 0,
        WidthInBytes: 80,
        Height: 10,
    };
    ok!(cuMemcpy2D_v2(&copy));

    let mut back = sys::CUDA_MEMCPY2D {
        srcXInBytes: 8,
        srcY: 2,
        srcMemoryType: array_side,
        srcHost: std::ptr::null(),
        srcArray: array,
        dstMemoryType: host,
        dstHost: target.as_mut_ptr().cast(),
        dstArray: std::ptr::null_mut(),
        WidthInBytes: 40,
        Height: 3,
        ..copy
    };
    ok!(cuMemcpy2D_v2(&back));
    assert_eq!((target[0], target[10], target[29]), (42.0, 62.0, 91.0));
    // Beyond a row's end, and beyond the last row.
    back.WidthInBytes = 76;
    assert_eq!(code!(cuMemcpy2D_v2(&back)), INVALID);
    (back.WidthInBytes, back.Height) = (40, 9);
    assert_eq!(code!(cuMemcpy2D_v2(&back)), INVALID);
    ok!(cuArrayDestroy(array));
    assert_eq!(code!(cuArrayDestroy(array)), sys::CUresult::CUDA_ERROR_INVALID_HANDLE);
}

#[test]
fn advice_is_given_back_when_asked_for() {
    context();
    let mut address = 0;
    ok!(cuMemAllocManaged(&mut address, 4096, 1));
    ok!(cuMemAdvise(
        address,
        4096,
        sys::CUmem_advise::CU_MEM_ADVISE_SET_READ_MOSTLY,
        0
    ));
    ok!(cuMemAdvise(
        address,
        4096,
        sys::CUmem_advise::CU_MEM_ADVISE_SET_PREFERRED_LOCATION,
        -1
    ));
    ok!(cuMemPrefetchAsync(address, 4096, 0, std::ptr::null_mut()));
    use sys::CUmem_range_attribute as Attribute;
    for (attribute, wanted) in [
        (Attribute::CU_MEM_RANGE_ATTRIBUTE_READ_MOSTLY, 1),
        (Attribute::CU_MEM_RANGE_ATTRIBUTE_PREFERRED_LOCATION, -1),
        (Attribute::CU_MEM_RANGE_ATTRIBUTE_LAST_PREFETCH_LOCATION, 0),
    ] {
        let mut found = 5i32;
        ok!(cuMemRangeGetAttribute(
            std::ptr::from_mut(&mut found).cast(),
            4,
            attribute,
            address,
            4096
        ));
        assert_eq!(found, wanted, "{attribute:?}");
    }
    let odd = code!(cuMemAdvise(
        address,
        8192,
        sys::CUmem_advise::CU_MEM_ADVISE_SET_READ_MOSTLY,
        0
    ));
    assert_eq!(odd, INVALID);
}

const CALLER: &str = ".version 7.0
.target sm_80
.address_size 64
.extern .func (.param .b32 r) twice(.param .b32 x);
.extern .global .align 4 .u32 added;
.visible .entry go(.param .u64 p)
{
    .reg .b32 %r<4>;
    .reg .b64 %d;
    ld.param.u64 %d, [p];
    mov.u32 %r0, 21;
    {
        .param .b32 x;
        st.param.b32 [x], %r0;
        .param .b32 r;
        call (r), twice, (x);
        ld.param.b32 %r1, [r];
    }
    ld.global.u32 %r2, [added];
    add.u32 %r1, %r1, %r2;
    st.global.u32 [%d], %r1;
    ret;
}
";

const CALLED: &str = ".version 7.0
.target sm_80
.address_size 64
.visible .global .align 4 .u32 added = 100;
.visible .func (.param .b32 r) twice(.param .b32 x)
{
    .reg .b32 %a;
    ld.param.b32 %a, [x];
    shl.b32 %a, %a, 1;
    st.param.b32 [r], %a;
    ret;
}
";

#[test]
fn linked_texts_define_what_the_others_declare() {
    context();
    for texts in [[CALLER, CALLED], [CALLED, CALLER]] {
        let mut link = std::ptr::null_mut();
        ok!(cuLinkCreate_v2(
            0,
            std::ptr::null_mut(),
            std::ptr::null_mut(),
            &mut link
        ));
        for text in texts {
            let kind = sys::CUjitInputType::CU_JIT_INPUT_PTX;
            let data = text.as_ptr().cast_mut().cast();
            let none = (std::ptr::null_mut(), std::ptr::null_mut());
            ok!(cuLinkAddData_v2(
                link,
                kind,
                data,
                text.len(),
                c"text".as_ptr(),
                0,
                none.0,
                none.1
            ));
        }
        let (mut image, mut size) = (std::ptr::null_mut(), 0);
        ok!(cuLinkComplete(link, &mut image, &mut size));
        let (mut module, mut function) = (std::ptr::null_mut(), std::ptr::null_mut());
        ok!(cuModuleLoadData(&mut module, image));
        ok!(cuLinkDestroy(link));
        ok!(cuModuleGetFunction(&mut function, module, c"go".as_ptr()));
        let mut address = 0u64;
        ok!(cuMemAlloc_v2(&mut address, 4));
        let mut parameters: [*mut c_void; 1] = [std::ptr::from_mut(&mut address).cast()];
        Launch {
            arguments: &mut parameters,
            ..Launch::default()
        }
        .succeed(function);
        assert_eq!(read(address, 1), [142]);
    }
    // Alone, the caller is not whole.
    let text = std::ffi::CString::new(CALLER).unwrap();
    let alone = code!(cuModuleLoadData(&mut std::ptr::null_mut(), text.as_ptr().cast()));
    assert_eq!(alone, sys::CUresult::CUDA_ERROR_INVALID_PTX);
}

#[test]
fn user_objects_live_as_long_as_their_graphs() {
    static DESTROYED: AtomicU32 = AtomicU32::new(0);
    extern "C" fn destroy(data: *mut c_void) {
        DESTROYED.fetch_add(data as u32, Ordering::Relaxed);
    }
    context();
    let (mut object, mut graph, mut executable) = (std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut());
    let data = std::ptr::without_provenance_mut(5);
    ok!(cuUserObjectCreate(&mut object, data, Some(destroy), 1, 1));
    ok!(cuGraphCreate(&mut graph, 0));
    ok!(cuGraphRetainUserObject(graph, object, 1, 1));
    ok!(cuGraphInstantiateWithFlags(&mut executable, graph, 0));
    ok!(cuGraphDestroy(graph));
    assert_eq!(DESTROYED.load(Ordering::Relaxed), 0);
    ok!(cuGraphExecDestroy(executable));
    assert_eq!(DESTROYED.load(Ordering::Relaxed), 5);
}
