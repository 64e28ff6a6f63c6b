//! The driver's functions, looked up in the `libcuda.so.1` that the loader finds.
//!
//! Pointers are passed as addresses: most are the caller's own, handed on unread.

use std::ffi::{CStr, OsStr, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::OnceLock;

use crate::errors::{Error, Result};
use crate::export::Handle;

/// Stands in for functions that the driver lacks.
extern "C" fn missing() -> u32 {
    Error::CallRequiresNewerDriver.0
}

/// The file this code was loaded from.
fn own_path() -> Option<&'static OsStr> {
    // SAFETY: an all-zero `Dl_info` is a valid value of plain pointers.
    let mut information: libc::Dl_info = unsafe { std::mem::zeroed() };
    // SAFETY: the address is one of this code's; the result is a local.
    let found = unsafe { libc::dladdr(own_path as *const libc::c_void, &mut information) };
    if found == 0 || information.dli_fname.is_null() {
        return None;
    }
    // SAFETY: the loader's own string for a loaded object; this one is never unloaded while its code runs.
    Some(OsStr::from_bytes(
        unsafe { CStr::from_ptr(information.dli_fname) }.to_bytes(),
    ))
}

struct Library(*mut c_void);

impl Library {
    /// The driver by its name, or the one that lies beside this library.
    fn open() -> Option<Library> {
        let open = |name: &CStr| {
            // SAFETY: loads a library by name; the driver's initialisers are as trusted as the program's own.
            let library = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
            (!library.is_null()).then_some(Library(library))
        };
        let beside = || {
            let directory = Path::new(own_path()?).parent()?;
            [directory.join("libcuda.so.1"), directory.join("softcuda/libcuda.so.1")]
                .into_iter()
                .filter(|path| path.exists())
                .find_map(|path| open(&std::ffi::CString::new(path.into_os_string().into_encoded_bytes()).ok()?))
        };
        open(c"libcuda.so.1").or_else(beside)
    }

    fn symbol(&self, name: &CStr) -> *const c_void {
        // SAFETY: the handle is that of a loaded library, which is never closed.
        let address = unsafe { libc::dlsym(self.0, name.as_ptr()) };
        if address.is_null() {
            missing as *const c_void
        } else {
            address
        }
    }
}

macro_rules! driver {
    ($(fn $name:ident($($argument:ident: $type:ty),*);)*) => {
        struct Driver {
            $($name: unsafe extern "C" fn($($type),*) -> u32,)*
        }

        impl Driver {
            fn load() -> Option<Driver> {
                let library = Library::open()?;
                Some(Driver {
                    $($name: {
                        let name = concat!(stringify!($name), "\0");
                        let address = library.symbol(CStr::from_bytes_with_nul(name.as_bytes()).unwrap_or_default());
                        // SAFETY: the address of that function, declared as cuda.h declares it, or of `missing`,
                        // which reads no argument.
                        unsafe {
                            std::mem::transmute::<*const c_void, unsafe extern "C" fn($($type),*) -> u32>(address)
                        }
                    },)*
                })
            }
        }

        $(
            pub fn $name($($argument: $type),*) -> Result {
                let driver = loaded()?;
                // SAFETY: addresses are of locals that outlive the call, or the caller's, good by the API's contract.
                match unsafe { (driver.$name)($($argument),*) } {
                    0 => Ok(()),
                    code => Err(Error(code)),
                }
            }
        )*
    };
}

fn loaded() -> Result<&'static Driver> {
    static DRIVER: OnceLock<Option<Driver>> = OnceLock::new();
    DRIVER
        .get_or_init(Driver::load)
        .as_ref()
        .ok_or(Error::InsufficientDriver)
}

driver! {
    fn cuInit(flags: u32);
    fn cuDriverGetVersion(version: u64);
    fn cuGetProcAddress_v2(symbol: u64, result: u64, version: i32, flags: u64, status: u64);
    fn cuProfilerStart();
    fn cuProfilerStop();

    fn cuDeviceGetCount(count: u64);
    fn cuDeviceGetName(name: u64, length: i32, device: i32);
    fn cuDeviceGetUuid_v2(uuid: u64, device: i32);
    fn cuDeviceGetLuid(luid: u64, mask: u64, device: i32);
    fn cuDeviceTotalMem_v2(bytes: u64, device: i32);
    fn cuDeviceGetAttribute(value: u64, attribute: i32, device: i32);
    fn cuDeviceGetPCIBusId(id: u64, length: i32, device: i32);
    fn cuDeviceGetByPCIBusId(device: u64, id: u64);
    fn cuDeviceGetTexture1DLinearMaxWidth(width: u64, format: u32, channels: u32, device: i32);
    fn cuDeviceCanAccessPeer(can: u64, device: i32, peer: i32);
    fn cuDeviceGetP2PAttribute(value: u64, attribute: i32, source: i32, destination: i32);
    fn cuDeviceGetGraphMemAttribute(device: i32, attribute: i32, value: u64);
    fn cuDeviceSetGraphMemAttribute(device: i32, attribute: i32, value: u64);
    fn cuDeviceGraphMemTrim(device: i32);
    fn cuDeviceGetDefaultMemPool(pool: u64, device: i32);
    fn cuDeviceGetMemPool(pool: u64, device: i32);
    fn cuDeviceSetMemPool(device: i32, pool: Handle);

    fn cuDevicePrimaryCtxRetain(context: u64, device: i32);
    fn cuDevicePrimaryCtxReset_v2(device: i32);
    fn cuDevicePrimaryCtxSetFlags_v2(device: i32, flags: u32);
    fn cuDevicePrimaryCtxGetState(device: i32, flags: u64, active: u64);
    fn cuCtxGetCurrent(context: u64);
    fn cuCtxSetCurrent(context: Handle);
    fn cuCtxGetDevice(device: u64);
    fn cuCtxSynchronize();
    fn cuCtxSetLimit(limit: u32, value: u64);
    fn cuCtxGetLimit(value: u64, limit: u32);
    fn cuCtxGetCacheConfig(configuration: u64);
    fn cuCtxSetCacheConfig(configuration: u32);
    fn cuCtxGetSharedMemConfig(configuration: u64);
    fn cuCtxSetSharedMemConfig(configuration: u32);
    fn cuCtxGetStreamPriorityRange(least: u64, greatest: u64);
    fn cuCtxResetPersistingL2Cache();
    fn cuCtxEnablePeerAccess(context: Handle, flags: u32);
    fn cuCtxDisablePeerAccess(context: Handle);
    fn cuFlushGPUDirectRDMAWrites(target: u32, scope: u32);

    fn cuMemGetInfo_v2(free: u64, total: u64);
    fn cuMemAlloc_v2(result: u64, bytes: u64);
    fn cuMemAllocPitch_v2(result: u64, pitch: u64, width: u64, height: u64, element: u32);
    fn cuMemAllocManaged(result: u64, bytes: u64, flags: u32);
    fn cuMemFree_v2(address: u64);
    fn cuMemAllocAsync(result: u64, bytes: u64, stream: Handle);
    fn cuMemFreeAsync(address: u64, stream: Handle);
    fn cuMemAllocFromPoolAsync(result: u64, bytes: u64, pool: Handle, stream: Handle);
    fn cuMemHostAlloc(result: u64, bytes: u64, flags: u32);
    fn cuMemFreeHost(address: u64);
    fn cuMemHostRegister_v2(address: u64, bytes: u64, flags: u32);
    fn cuMemHostUnregister(address: u64);
    fn cuMemHostGetDevicePointer_v2(result: u64, address: u64, flags: u32);
    fn cuMemHostGetFlags(flags: u64, address: u64);
    fn cuPointerGetAttributes(count: u32, attributes: u64, values: u64, address: u64);
    fn cuMemPrefetchAsync(address: u64, bytes: u64, device: i32, stream: Handle);
    fn cuMemPrefetchAsync_v2(address: u64, bytes: u64, location: u64, flags: u32, stream: Handle);
    fn cuMemAdvise(address: u64, bytes: u64, advice: u32, device: i32);
    fn cuMemAdvise_v2(address: u64, bytes: u64, advice: u32, location: u64);
    fn cuMemRangeGetAttribute(data: u64, size: u64, attribute: u32, address: u64, bytes: u64);
    fn cuMemRangeGetAttributes(data: u64, sizes: u64, attributes: u64, count: u64, address: u64, bytes: u64);
    fn cuIpcGetMemHandle(handle: u64, address: u64);
    fn cuIpcCloseMemHandle(address: u64);
    fn cuIpcGetEventHandle(handle: u64, event: Handle);

    fn cuMemPoolCreate(pool: u64, properties: u64);
    fn cuMemPoolDestroy(pool: Handle);
    fn cuMemPoolGetAttribute(pool: Handle, attribute: u32, value: u64);
    fn cuMemPoolSetAttribute(pool: Handle, attribute: u32, value: u64);
    fn cuMemPoolTrimTo(pool: Handle, keep: u64);
    fn cuMemPoolSetAccess(pool: Handle, descriptions: u64, count: u64);
    fn cuMemPoolGetAccess(flags: u64, pool: Handle, location: u64);
    fn cuMemPoolExportPointer(data: u64, address: u64);
    fn cuMemPoolImportPointer(result: u64, pool: Handle, data: u64);
    fn cuMemPoolExportToShareableHandle(handle: u64, pool: Handle, kind: u32, flags: u64);
    fn cuMemPoolImportFromShareableHandle(pool: u64, handle: u64, kind: u32, flags: u64);

    fn cuMemcpy(to: u64, from: u64, bytes: u64);
    fn cuMemcpyAsync(to: u64, from: u64, bytes: u64, stream: Handle);
    fn cuMemcpyHtoD_v2(to: u64, from: u64, bytes: u64);
    fn cuMemcpyDtoH_v2(to: u64, from: u64, bytes: u64);
    fn cuMemcpyDtoD_v2(to: u64, from: u64, bytes: u64);
    fn cuMemcpyHtoDAsync_v2(to: u64, from: u64, bytes: u64, stream: Handle);
    fn cuMemcpyDtoHAsync_v2(to: u64, from: u64, bytes: u64, stream: Handle);
    fn cuMemcpyDtoDAsync_v2(to: u64, from: u64, bytes: u64, stream: Handle);
    fn cuMemcpyPeer(to: u64, to_context: Handle, from: u64, from_context: Handle, bytes: u64);
    fn cuMemcpyPeerAsync(to: u64, to_context: Handle, from: u64, from_context: Handle, bytes: u64, stream: Handle);
    fn cuMemcpy3D_v2(fields: u64);
    fn cuMemcpy3DAsync_v2(fields: u64, stream: Handle);
    fn cuMemcpy3DPeer(fields: u64);
    fn cuMemcpy3DPeerAsync(fields: u64, stream: Handle);
    fn cuMemcpyBatchAsync(
        to: u64, from: u64, sizes: u64, count: u64, attributes: u64, starts: u64, attribute_count: u64, failed: u64,
        stream: Handle
    );
    fn cuMemcpyBatchAsync_v2(
        to: u64, from: u64, sizes: u64, count: u64, attributes: u64, starts: u64, attribute_count: u64, stream: Handle
    );
    fn cuMemsetD8_v2(to: u64, value: u8, count: u64);
    fn cuMemsetD8Async(to: u64, value: u8, count: u64, stream: Handle);
    fn cuMemsetD2D8_v2(to: u64, pitch: u64, value: u8, width: u64, height: u64);
    fn cuMemsetD2D8Async(to: u64, pitch: u64, value: u8, width: u64, height: u64, stream: Handle);

    fn cuArray3DCreate_v2(result: u64, descriptor: u64);
    fn cuArray3DGetDescriptor_v2(result: u64, array: Handle);
    fn cuArrayDestroy(array: Handle);
    fn cuArrayGetPlane(result: u64, array: Handle, plane: u32);
    fn cuArrayGetSparseProperties(result: u64, array: Handle);
    fn cuArrayGetMemoryRequirements(result: u64, array: Handle, device: i32);
    fn cuMipmappedArrayCreate(result: u64, descriptor: u64, levels: u32);
    fn cuMipmappedArrayGetLevel(result: u64, mipmap: Handle, level: u32);
    fn cuMipmappedArrayDestroy(mipmap: Handle);
    fn cuMipmappedArrayGetSparseProperties(result: u64, mipmap: Handle);
    fn cuMipmappedArrayGetMemoryRequirements(result: u64, mipmap: Handle, device: i32);
    fn cuTexObjectCreate(result: u64, resource: u64, sampler: u64, view: u64);
    fn cuTexObjectDestroy(texture: Handle);
    fn cuTexObjectGetResourceDesc(result: u64, texture: Handle);
    fn cuTexObjectGetTextureDesc(result: u64, texture: Handle);
    fn cuTexObjectGetResourceViewDesc(result: u64, texture: Handle);
    fn cuSurfObjectCreate(result: u64, resource: u64);
    fn cuSurfObjectDestroy(surface: Handle);
    fn cuSurfObjectGetResourceDesc(result: u64, surface: Handle);

    fn cuStreamCreateWithPriority(result: u64, flags: u32, priority: i32);
    fn cuStreamDestroy_v2(stream: Handle);
    fn cuStreamGetPriority(stream: Handle, priority: u64);
    fn cuStreamGetFlags(stream: Handle, flags: u64);
    fn cuStreamGetId(stream: Handle, id: u64);
    fn cuStreamGetDevice(stream: Handle, device: u64);
    fn cuStreamQuery(stream: Handle);
    fn cuStreamSynchronize(stream: Handle);
    fn cuStreamWaitEvent(stream: Handle, event: Handle, flags: u32);
    fn cuStreamAddCallback(stream: Handle, callback: u64, data: u64, flags: u32);
    fn cuLaunchHostFunc(stream: Handle, function: u64, data: u64);
    fn cuStreamAttachMemAsync(stream: Handle, address: u64, bytes: u64, flags: u32);
    fn cuStreamCopyAttributes(destination: Handle, source: Handle);
    fn cuStreamGetAttribute(stream: Handle, attribute: u32, value: u64);
    fn cuStreamSetAttribute(stream: Handle, attribute: u32, value: u64);
    fn cuStreamBeginCapture_v2(stream: Handle, mode: u32);
    fn cuStreamBeginCaptureToGraph(
        stream: Handle, graph: Handle, after: u64, data: u64, count: u64, mode: u32
    );
    fn cuStreamEndCapture(stream: Handle, graph: u64);
    fn cuStreamIsCapturing(stream: Handle, status: u64);
    fn cuStreamGetCaptureInfo_v2(stream: Handle, status: u64, id: u64, graph: u64, after: u64, count: u64);
    fn cuStreamGetCaptureInfo_v3(stream: Handle, status: u64, id: u64, graph: u64, after: u64, data: u64, count: u64);
    fn cuStreamUpdateCaptureDependencies(stream: Handle, after: u64, count: u64, flags: u32);
    fn cuStreamUpdateCaptureDependencies_v2(stream: Handle, after: u64, data: u64, count: u64, flags: u32);
    fn cuThreadExchangeStreamCaptureMode(mode: u64);
    fn cuEventCreate(result: u64, flags: u32);
    fn cuEventRecord(event: Handle, stream: Handle);
    fn cuEventRecordWithFlags(event: Handle, stream: Handle, flags: u32);
    fn cuEventQuery(event: Handle);
    fn cuEventSynchronize(event: Handle);
    fn cuEventDestroy_v2(event: Handle);
    fn cuEventElapsedTime(milliseconds: u64, start: Handle, end: Handle);

    fn cuLibraryLoadData(
        library: u64, image: u64, options: u64, values: u64, count: u32, library_options: u64, library_values: u64,
        library_count: u32
    );
    fn cuLibraryLoadFromFile(
        library: u64, path: u64, options: u64, values: u64, count: u32, library_options: u64, library_values: u64,
        library_count: u32
    );
    fn cuLibraryUnload(library: Handle);
    fn cuLibraryGetKernel(kernel: u64, library: Handle, name: u64);
    fn cuLibraryGetKernelCount(count: u64, library: Handle);
    fn cuLibraryEnumerateKernels(kernels: u64, count: u32, library: Handle);
    fn cuLibraryGetGlobal(address: u64, bytes: u64, library: Handle, name: u64);
    fn cuLibraryGetManaged(address: u64, bytes: u64, library: Handle, name: u64);
    fn cuLibraryGetUnifiedFunction(address: u64, library: Handle, name: u64);
    fn cuKernelGetFunction(function: u64, kernel: Handle);
    fn cuKernelSetAttribute(attribute: u32, value: i32, kernel: Handle, device: i32);
    fn cuFuncGetAttribute(value: u64, attribute: u32, function: Handle);
    fn cuFuncSetAttribute(function: Handle, attribute: u32, value: i32);
    fn cuFuncSetCacheConfig(function: Handle, configuration: u32);
    fn cuFuncSetSharedMemConfig(function: Handle, configuration: u32);
    fn cuFuncGetName(name: u64, function: Handle);
    fn cuFuncGetParamInfo(function: Handle, index: u64, offset: u64, size: u64);
    fn cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(
        count: u64, function: Handle, block_size: i32, shared: u64, flags: u32
    );
    fn cuOccupancyAvailableDynamicSMemPerBlock(bytes: u64, function: Handle, blocks: i32, block_size: i32);
    fn cuOccupancyMaxPotentialClusterSize(size: u64, function: Handle, configuration: u64);
    fn cuOccupancyMaxActiveClusters(count: u64, function: Handle, configuration: u64);
    fn cuLaunchKernelEx(configuration: u64, function: Handle, parameters: u64, extra: u64);

    fn cuGraphCreate(graph: u64, flags: u32);
    fn cuGraphDestroy(graph: Handle);
    fn cuGraphClone(result: u64, graph: Handle);
    fn cuGraphNodeFindInClone(result: u64, original: Handle, clone: Handle);
    fn cuGraphNodeGetType(node: Handle, result: u64);
    fn cuGraphGetNodes(graph: Handle, list: u64, count: u64);
    fn cuGraphGetRootNodes(graph: Handle, list: u64, count: u64);
    fn cuGraphGetEdges_v2(graph: Handle, from: u64, to: u64, data: u64, count: u64);
    fn cuGraphNodeGetDependencies_v2(node: Handle, list: u64, data: u64, count: u64);
    fn cuGraphNodeGetDependentNodes_v2(node: Handle, list: u64, data: u64, count: u64);
    fn cuGraphAddDependencies_v2(graph: Handle, from: u64, to: u64, data: u64, count: u64);
    fn cuGraphRemoveDependencies_v2(graph: Handle, from: u64, to: u64, data: u64, count: u64);
    fn cuGraphDestroyNode(node: Handle);
    fn cuGraphInstantiateWithFlags(result: u64, graph: Handle, flags: u64);
    fn cuGraphInstantiateWithParams(result: u64, graph: Handle, parameters: u64);
    fn cuGraphExecGetFlags(executable: Handle, flags: u64);
    fn cuGraphUpload(executable: Handle, stream: Handle);
    fn cuGraphLaunch(executable: Handle, stream: Handle);
    fn cuGraphExecDestroy(executable: Handle);
    fn cuGraphExecUpdate_v2(executable: Handle, graph: Handle, information: u64);
    fn cuGraphNodeSetEnabled(executable: Handle, node: Handle, enabled: u32);
    fn cuGraphNodeGetEnabled(executable: Handle, node: Handle, enabled: u64);
    fn cuGraphDebugDotPrint(graph: Handle, path: u64, flags: u32);
    fn cuGraphRetainUserObject(graph: Handle, object: Handle, count: u32, flags: u32);
    fn cuGraphReleaseUserObject(graph: Handle, object: Handle, count: u32);
    fn cuUserObjectCreate(object: u64, data: u64, destroy: u64, count: u32, flags: u32);
    fn cuUserObjectRetain(object: Handle, count: u32);
    fn cuUserObjectRelease(object: Handle, count: u32);
    fn cuGraphAddKernelNode(node: u64, graph: Handle, after: u64, count: u64, parameters: u64);
    fn cuGraphKernelNodeGetParams(node: Handle, parameters: u64);
    fn cuGraphKernelNodeSetParams(node: Handle, parameters: u64);
    fn cuGraphExecKernelNodeSetParams(executable: Handle, node: Handle, parameters: u64);
    fn cuGraphKernelNodeCopyAttributes(destination: Handle, source: Handle);
    fn cuGraphKernelNodeGetAttribute(node: Handle, attribute: u32, value: u64);
    fn cuGraphKernelNodeSetAttribute(node: Handle, attribute: u32, value: u64);
    fn cuGraphAddMemcpyNode(node: u64, graph: Handle, after: u64, count: u64, fields: u64, context: Handle);
    fn cuGraphMemcpyNodeGetParams(node: Handle, fields: u64);
    fn cuGraphMemcpyNodeSetParams(node: Handle, fields: u64);
    fn cuGraphExecMemcpyNodeSetParams(executable: Handle, node: Handle, fields: u64, context: Handle);
    fn cuGraphAddMemsetNode(node: u64, graph: Handle, after: u64, count: u64, parameters: u64, context: Handle);
    fn cuGraphMemsetNodeGetParams(node: Handle, parameters: u64);
    fn cuGraphMemsetNodeSetParams(node: Handle, parameters: u64);
    fn cuGraphExecMemsetNodeSetParams(executable: Handle, node: Handle, parameters: u64, context: Handle);
    fn cuGraphAddHostNode(node: u64, graph: Handle, after: u64, count: u64, parameters: u64);
    fn cuGraphHostNodeGetParams(node: Handle, parameters: u64);
    fn cuGraphHostNodeSetParams(node: Handle, parameters: u64);
    fn cuGraphExecHostNodeSetParams(executable: Handle, node: Handle, parameters: u64);
    fn cuGraphAddChildGraphNode(node: u64, graph: Handle, after: u64, count: u64, child: Handle);
    fn cuGraphChildGraphNodeGetGraph(node: Handle, graph: u64);
    fn cuGraphExecChildGraphNodeSetParams(executable: Handle, node: Handle, child: Handle);
    fn cuGraphAddEmptyNode(node: u64, graph: Handle, after: u64, count: u64);
    fn cuGraphAddEventRecordNode(node: u64, graph: Handle, after: u64, count: u64, event: Handle);
    fn cuGraphEventRecordNodeGetEvent(node: Handle, event: u64);
    fn cuGraphEventRecordNodeSetEvent(node: Handle, event: Handle);
    fn cuGraphExecEventRecordNodeSetEvent(executable: Handle, node: Handle, event: Handle);
    fn cuGraphAddEventWaitNode(node: u64, graph: Handle, after: u64, count: u64, event: Handle);
    fn cuGraphEventWaitNodeGetEvent(node: Handle, event: u64);
    fn cuGraphEventWaitNodeSetEvent(node: Handle, event: Handle);
    fn cuGraphExecEventWaitNodeSetEvent(executable: Handle, node: Handle, event: Handle);
    fn cuGraphAddMemAllocNode(node: u64, graph: Handle, after: u64, count: u64, parameters: u64);
    fn cuGraphMemAllocNodeGetParams(node: Handle, parameters: u64);
    fn cuGraphAddMemFreeNode(node: u64, graph: Handle, after: u64, count: u64, address: u64);
    fn cuGraphMemFreeNodeGetParams(node: Handle, address: u64);
    fn cuGraphAddNode_v2(node: u64, graph: Handle, after: u64, data: u64, count: u64, parameters: u64);
    fn cuGraphNodeSetParams(node: Handle, parameters: u64);
    fn cuGraphExecNodeSetParams(executable: Handle, node: Handle, parameters: u64);
}
