//! The names that CUDA 12.9's and 13's headers declare for the driver. Written by names.py; not edited by hand.

#![allow(clippy::doc_markdown)]

use std::ffi::c_void;

use super::status::Status;

/// The address of an exported function.
pub struct Entry(pub *const c_void);

// SAFETY: the address of code, which is the same for every thread.
unsafe impl Sync for Entry {}

macro_rules! unsupported {
    ($($name:ident)*) => {
        $(#[unsafe(no_mangle)] pub extern "C" fn $name() -> u32 { Status::NOT_SUPPORTED.0 })*
    };
}

macro_rules! exports {
    ($($name:ident)*) => {
        mod declared {
            unsafe extern "C" { $(pub fn $name();)* }
        }
        /// Every exported function, sorted by name.
        pub static EXPORTS: &[(&str, Entry)] =
            &[$((stringify!($name), Entry(declared::$name as *const c_void)),)*];
    };
}

// Declared, but beyond this device: they answer CUDA_ERROR_NOT_SUPPORTED.
unsupported! {
    cuArray3DCreate
    cuArray3DGetDescriptor
    cuArrayCreate
    cuArrayGetDescriptor
    cuArrayGetMemoryRequirements
    cuArrayGetPlane
    cuArrayGetSparseProperties
    cuCheckpointProcessCheckpoint
    cuCheckpointProcessGetRestoreThreadId
    cuCheckpointProcessGetState
    cuCheckpointProcessLock
    cuCheckpointProcessRestore
    cuCheckpointProcessUnlock
    cuCtxFromGreenCtx
    cuCtxGetDevResource
    cuDestroyExternalMemory
    cuDestroyExternalSemaphore
    cuDevResourceGenerateDesc
    cuDevSmResourceSplitByCount
    cuDeviceGetDevResource
    cuDeviceGetHostAtomicCapabilities
    cuDeviceGetLuid
    cuDeviceGetNvSciSyncAttributes
    cuDeviceGetP2PAtomicCapabilities
    cuDeviceRegisterAsyncNotification
    cuDeviceUnregisterAsyncNotification
    cuEGLStreamConsumerAcquireFrame
    cuEGLStreamConsumerConnect
    cuEGLStreamConsumerConnectWithFlags
    cuEGLStreamConsumerDisconnect
    cuEGLStreamConsumerReleaseFrame
    cuEGLStreamProducerConnect
    cuEGLStreamProducerDisconnect
    cuEGLStreamProducerPresentFrame
    cuEGLStreamProducerReturnFrame
    cuEventCreateFromEGLSync
    cuExternalMemoryGetMappedBuffer
    cuExternalMemoryGetMappedMipmappedArray
    cuGLCtxCreate
    cuGLCtxCreate_v2
    cuGLGetDevices
    cuGLGetDevices_v2
    cuGLInit
    cuGLMapBufferObject
    cuGLMapBufferObjectAsync
    cuGLMapBufferObjectAsync_v2
    cuGLMapBufferObjectAsync_v2_ptsz
    cuGLMapBufferObject_v2
    cuGLMapBufferObject_v2_ptds
    cuGLRegisterBufferObject
    cuGLSetBufferObjectMapFlags
    cuGLUnmapBufferObject
    cuGLUnmapBufferObjectAsync
    cuGLUnregisterBufferObject
    cuGetProcAddress_v2_ptsz
    cuGraphAddExternalSemaphoresSignalNode
    cuGraphAddExternalSemaphoresWaitNode
    cuGraphConditionalHandleCreate
    cuGraphExecExternalSemaphoresSignalNodeSetParams
    cuGraphExecExternalSemaphoresWaitNodeSetParams
    cuGraphExternalSemaphoresSignalNodeGetParams
    cuGraphExternalSemaphoresSignalNodeSetParams
    cuGraphExternalSemaphoresWaitNodeGetParams
    cuGraphExternalSemaphoresWaitNodeSetParams
    cuGraphicsEGLRegisterImage
    cuGraphicsGLRegisterBuffer
    cuGraphicsGLRegisterImage
    cuGraphicsMapResources
    cuGraphicsMapResources_ptsz
    cuGraphicsResourceGetMappedEglFrame
    cuGraphicsResourceGetMappedMipmappedArray
    cuGraphicsResourceGetMappedPointer
    cuGraphicsResourceGetMappedPointer_v2
    cuGraphicsResourceSetMapFlags
    cuGraphicsResourceSetMapFlags_v2
    cuGraphicsSubResourceGetMappedArray
    cuGraphicsUnmapResources
    cuGraphicsUnmapResources_ptsz
    cuGraphicsUnregisterResource
    cuGraphicsVDPAURegisterOutputSurface
    cuGraphicsVDPAURegisterVideoSurface
    cuGreenCtxCreate
    cuGreenCtxDestroy
    cuGreenCtxGetDevResource
    cuGreenCtxGetId
    cuGreenCtxRecordEvent
    cuGreenCtxStreamCreate
    cuGreenCtxWaitEvent
    cuImportExternalMemory
    cuImportExternalSemaphore
    cuIpcCloseMemHandle
    cuIpcGetEventHandle
    cuIpcGetMemHandle
    cuIpcOpenEventHandle
    cuIpcOpenMemHandle
    cuIpcOpenMemHandle_v2
    cuLibraryGetUnifiedFunction
    cuLogsCurrent
    cuLogsDumpToFile
    cuLogsDumpToMemory
    cuLogsRegisterCallback
    cuLogsUnregisterCallback
    cuMemAlloc
    cuMemAllocPitch
    cuMemBatchDecompressAsync
    cuMemBatchDecompressAsync_ptsz
    cuMemDiscardAndPrefetchBatchAsync
    cuMemDiscardAndPrefetchBatchAsync_ptsz
    cuMemDiscardBatchAsync
    cuMemDiscardBatchAsync_ptsz
    cuMemExportToShareableHandle
    cuMemFree
    cuMemGetAddressRange
    cuMemGetDefaultMemPool
    cuMemGetHandleForAddressRange
    cuMemGetInfo
    cuMemGetMemPool
    cuMemHostGetDevicePointer
    cuMemImportFromShareableHandle
    cuMemMapArrayAsync
    cuMemMapArrayAsync_ptsz
    cuMemPoolExportPointer
    cuMemPoolExportToShareableHandle
    cuMemPoolImportFromShareableHandle
    cuMemPoolImportPointer
    cuMemPrefetchBatchAsync
    cuMemPrefetchBatchAsync_ptsz
    cuMemSetMemPool
    cuMemcpy2D
    cuMemcpy2DAsync
    cuMemcpy2DUnaligned
    cuMemcpy3D
    cuMemcpy3DAsync
    cuMemcpy3DBatchAsync
    cuMemcpy3DBatchAsync_ptsz
    cuMemcpy3DBatchAsync_v2
    cuMemcpy3DBatchAsync_v2_ptsz
    cuMemcpyAtoA
    cuMemcpyAtoD
    cuMemcpyAtoH
    cuMemcpyAtoHAsync
    cuMemcpyDtoA
    cuMemcpyDtoD
    cuMemcpyDtoDAsync
    cuMemcpyDtoH
    cuMemcpyDtoHAsync
    cuMemcpyHtoA
    cuMemcpyHtoAAsync
    cuMemcpyHtoD
    cuMemcpyHtoDAsync
    cuMemsetD16
    cuMemsetD2D16
    cuMemsetD2D32
    cuMemsetD2D8
    cuMemsetD32
    cuMemsetD8
    cuMipmappedArrayGetMemoryRequirements
    cuMipmappedArrayGetSparseProperties
    cuModuleGetGlobal
    cuModuleGetSurfRef
    cuModuleGetTexRef
    cuMulticastAddDevice
    cuMulticastBindAddr
    cuMulticastBindMem
    cuMulticastCreate
    cuMulticastGetGranularity
    cuMulticastUnbind
    cuOccupancyMaxActiveClusters
    cuOccupancyMaxPotentialClusterSize
    cuParamSetTexRef
    cuSignalExternalSemaphoresAsync
    cuSignalExternalSemaphoresAsync_ptsz
    cuSurfRefGetArray
    cuSurfRefSetArray
    cuTensorMapEncodeIm2col
    cuTensorMapEncodeIm2colWide
    cuTensorMapEncodeTiled
    cuTensorMapReplaceAddress
    cuTexObjectGetResourceViewDesc
    cuTexRefCreate
    cuTexRefDestroy
    cuTexRefGetAddress
    cuTexRefGetAddressMode
    cuTexRefGetAddress_v2
    cuTexRefGetArray
    cuTexRefGetBorderColor
    cuTexRefGetFilterMode
    cuTexRefGetFlags
    cuTexRefGetFormat
    cuTexRefGetMaxAnisotropy
    cuTexRefGetMipmapFilterMode
    cuTexRefGetMipmapLevelBias
    cuTexRefGetMipmapLevelClamp
    cuTexRefGetMipmappedArray
    cuTexRefSetAddress
    cuTexRefSetAddress2D
    cuTexRefSetAddress2D_v2
    cuTexRefSetAddress2D_v3
    cuTexRefSetAddressMode
    cuTexRefSetAddress_v2
    cuTexRefSetArray
    cuTexRefSetBorderColor
    cuTexRefSetFilterMode
    cuTexRefSetFlags
    cuTexRefSetFormat
    cuTexRefSetMaxAnisotropy
    cuTexRefSetMipmapFilterMode
    cuTexRefSetMipmapLevelBias
    cuTexRefSetMipmapLevelClamp
    cuTexRefSetMipmappedArray
    cuVDPAUCtxCreate
    cuVDPAUCtxCreate_v2
    cuVDPAUGetDevice
    cuWGLGetDevice
    cuWaitExternalSemaphoresAsync
    cuWaitExternalSemaphoresAsync_ptsz
}

exports! {
    cuArray3DCreate
    cuArray3DCreate_v2
    cuArray3DGetDescriptor
    cuArray3DGetDescriptor_v2
    cuArrayCreate
    cuArrayCreate_v2
    cuArrayDestroy
    cuArrayGetDescriptor
    cuArrayGetDescriptor_v2
    cuArrayGetMemoryRequirements
    cuArrayGetPlane
    cuArrayGetSparseProperties
    cuCheckpointProcessCheckpoint
    cuCheckpointProcessGetRestoreThreadId
    cuCheckpointProcessGetState
    cuCheckpointProcessLock
    cuCheckpointProcessRestore
    cuCheckpointProcessUnlock
    cuCoredumpGetAttribute
    cuCoredumpGetAttributeGlobal
    cuCoredumpSetAttribute
    cuCoredumpSetAttributeGlobal
    cuCtxAttach
    cuCtxCreate
    cuCtxCreate_v2
    cuCtxCreate_v3
    cuCtxCreate_v4
    cuCtxDestroy
    cuCtxDestroy_v2
    cuCtxDetach
    cuCtxDisablePeerAccess
    cuCtxEnablePeerAccess
    cuCtxFromGreenCtx
    cuCtxGetApiVersion
    cuCtxGetCacheConfig
    cuCtxGetCurrent
    cuCtxGetDevResource
    cuCtxGetDevice
    cuCtxGetDevice_v2
    cuCtxGetExecAffinity
    cuCtxGetFlags
    cuCtxGetId
    cuCtxGetLimit
    cuCtxGetSharedMemConfig
    cuCtxGetStreamPriorityRange
    cuCtxPopCurrent
    cuCtxPopCurrent_v2
    cuCtxPushCurrent
    cuCtxPushCurrent_v2
    cuCtxRecordEvent
    cuCtxResetPersistingL2Cache
    cuCtxSetCacheConfig
    cuCtxSetCurrent
    cuCtxSetFlags
    cuCtxSetLimit
    cuCtxSetSharedMemConfig
    cuCtxSynchronize
    cuCtxSynchronize_v2
    cuCtxWaitEvent
    cuDestroyExternalMemory
    cuDestroyExternalSemaphore
    cuDevResourceGenerateDesc
    cuDevSmResourceSplitByCount
    cuDeviceCanAccessPeer
    cuDeviceComputeCapability
    cuDeviceGet
    cuDeviceGetAttribute
    cuDeviceGetByPCIBusId
    cuDeviceGetCount
    cuDeviceGetDefaultMemPool
    cuDeviceGetDevResource
    cuDeviceGetExecAffinitySupport
    cuDeviceGetGraphMemAttribute
    cuDeviceGetHostAtomicCapabilities
    cuDeviceGetLuid
    cuDeviceGetMemPool
    cuDeviceGetName
    cuDeviceGetNvSciSyncAttributes
    cuDeviceGetP2PAtomicCapabilities
    cuDeviceGetP2PAttribute
    cuDeviceGetPCIBusId
    cuDeviceGetProperties
    cuDeviceGetTexture1DLinearMaxWidth
    cuDeviceGetUuid
    cuDeviceGetUuid_v2
    cuDeviceGraphMemTrim
    cuDevicePrimaryCtxGetState
    cuDevicePrimaryCtxRelease
    cuDevicePrimaryCtxRelease_v2
    cuDevicePrimaryCtxReset
    cuDevicePrimaryCtxReset_v2
    cuDevicePrimaryCtxRetain
    cuDevicePrimaryCtxSetFlags
    cuDevicePrimaryCtxSetFlags_v2
    cuDeviceRegisterAsyncNotification
    cuDeviceSetGraphMemAttribute
    cuDeviceSetMemPool
    cuDeviceTotalMem
    cuDeviceTotalMem_v2
    cuDeviceUnregisterAsyncNotification
    cuDriverGetVersion
    cuEGLStreamConsumerAcquireFrame
    cuEGLStreamConsumerConnect
    cuEGLStreamConsumerConnectWithFlags
    cuEGLStreamConsumerDisconnect
    cuEGLStreamConsumerReleaseFrame
    cuEGLStreamProducerConnect
    cuEGLStreamProducerDisconnect
    cuEGLStreamProducerPresentFrame
    cuEGLStreamProducerReturnFrame
    cuEventCreate
    cuEventCreateFromEGLSync
    cuEventDestroy
    cuEventDestroy_v2
    cuEventElapsedTime
    cuEventElapsedTime_v2
    cuEventQuery
    cuEventRecord
    cuEventRecordWithFlags
    cuEventRecordWithFlags_ptsz
    cuEventRecord_ptsz
    cuEventSynchronize
    cuExternalMemoryGetMappedBuffer
    cuExternalMemoryGetMappedMipmappedArray
    cuFlushGPUDirectRDMAWrites
    cuFuncGetAttribute
    cuFuncGetModule
    cuFuncGetName
    cuFuncGetParamInfo
    cuFuncIsLoaded
    cuFuncLoad
    cuFuncSetAttribute
    cuFuncSetBlockShape
    cuFuncSetCacheConfig
    cuFuncSetSharedMemConfig
    cuFuncSetSharedSize
    cuGLCtxCreate
    cuGLCtxCreate_v2
    cuGLGetDevices
    cuGLGetDevices_v2
    cuGLInit
    cuGLMapBufferObject
    cuGLMapBufferObjectAsync
    cuGLMapBufferObjectAsync_v2
    cuGLMapBufferObjectAsync_v2_ptsz
    cuGLMapBufferObject_v2
    cuGLMapBufferObject_v2_ptds
    cuGLRegisterBufferObject
    cuGLSetBufferObjectMapFlags
    cuGLUnmapBufferObject
    cuGLUnmapBufferObjectAsync
    cuGLUnregisterBufferObject
    cuGetErrorName
    cuGetErrorString
    cuGetExportTable
    cuGetProcAddress
    cuGetProcAddress_v2
    cuGetProcAddress_v2_ptsz
    cuGraphAddBatchMemOpNode
    cuGraphAddChildGraphNode
    cuGraphAddDependencies
    cuGraphAddDependencies_v2
    cuGraphAddEmptyNode
    cuGraphAddEventRecordNode
    cuGraphAddEventWaitNode
    cuGraphAddExternalSemaphoresSignalNode
    cuGraphAddExternalSemaphoresWaitNode
    cuGraphAddHostNode
    cuGraphAddKernelNode
    cuGraphAddKernelNode_v2
    cuGraphAddMemAllocNode
    cuGraphAddMemFreeNode
    cuGraphAddMemcpyNode
    cuGraphAddMemsetNode
    cuGraphAddNode
    cuGraphAddNode_v2
    cuGraphBatchMemOpNodeGetParams
    cuGraphBatchMemOpNodeSetParams
    cuGraphChildGraphNodeGetGraph
    cuGraphClone
    cuGraphConditionalHandleCreate
    cuGraphCreate
    cuGraphDebugDotPrint
    cuGraphDestroy
    cuGraphDestroyNode
    cuGraphEventRecordNodeGetEvent
    cuGraphEventRecordNodeSetEvent
    cuGraphEventWaitNodeGetEvent
    cuGraphEventWaitNodeSetEvent
    cuGraphExecBatchMemOpNodeSetParams
    cuGraphExecChildGraphNodeSetParams
    cuGraphExecDestroy
    cuGraphExecEventRecordNodeSetEvent
    cuGraphExecEventWaitNodeSetEvent
    cuGraphExecExternalSemaphoresSignalNodeSetParams
    cuGraphExecExternalSemaphoresWaitNodeSetParams
    cuGraphExecGetFlags
    cuGraphExecHostNodeSetParams
    cuGraphExecKernelNodeSetParams
    cuGraphExecKernelNodeSetParams_v2
    cuGraphExecMemcpyNodeSetParams
    cuGraphExecMemsetNodeSetParams
    cuGraphExecNodeSetParams
    cuGraphExecUpdate
    cuGraphExecUpdate_v2
    cuGraphExternalSemaphoresSignalNodeGetParams
    cuGraphExternalSemaphoresSignalNodeSetParams
    cuGraphExternalSemaphoresWaitNodeGetParams
    cuGraphExternalSemaphoresWaitNodeSetParams
    cuGraphGetEdges
    cuGraphGetEdges_v2
    cuGraphGetNodes
    cuGraphGetRootNodes
    cuGraphHostNodeGetParams
    cuGraphHostNodeSetParams
    cuGraphInstantiate
    cuGraphInstantiateWithFlags
    cuGraphInstantiateWithParams
    cuGraphInstantiateWithParams_ptsz
    cuGraphInstantiate_v2
    cuGraphKernelNodeCopyAttributes
    cuGraphKernelNodeGetAttribute
    cuGraphKernelNodeGetParams
    cuGraphKernelNodeGetParams_v2
    cuGraphKernelNodeSetAttribute
    cuGraphKernelNodeSetParams
    cuGraphKernelNodeSetParams_v2
    cuGraphLaunch
    cuGraphLaunch_ptsz
    cuGraphMemAllocNodeGetParams
    cuGraphMemFreeNodeGetParams
    cuGraphMemcpyNodeGetParams
    cuGraphMemcpyNodeSetParams
    cuGraphMemsetNodeGetParams
    cuGraphMemsetNodeSetParams
    cuGraphNodeFindInClone
    cuGraphNodeGetDependencies
    cuGraphNodeGetDependencies_v2
    cuGraphNodeGetDependentNodes
    cuGraphNodeGetDependentNodes_v2
    cuGraphNodeGetEnabled
    cuGraphNodeGetType
    cuGraphNodeSetEnabled
    cuGraphNodeSetParams
    cuGraphReleaseUserObject
    cuGraphRemoveDependencies
    cuGraphRemoveDependencies_v2
    cuGraphRetainUserObject
    cuGraphUpload
    cuGraphUpload_ptsz
    cuGraphicsEGLRegisterImage
    cuGraphicsGLRegisterBuffer
    cuGraphicsGLRegisterImage
    cuGraphicsMapResources
    cuGraphicsMapResources_ptsz
    cuGraphicsResourceGetMappedEglFrame
    cuGraphicsResourceGetMappedMipmappedArray
    cuGraphicsResourceGetMappedPointer
    cuGraphicsResourceGetMappedPointer_v2
    cuGraphicsResourceSetMapFlags
    cuGraphicsResourceSetMapFlags_v2
    cuGraphicsSubResourceGetMappedArray
    cuGraphicsUnmapResources
    cuGraphicsUnmapResources_ptsz
    cuGraphicsUnregisterResource
    cuGraphicsVDPAURegisterOutputSurface
    cuGraphicsVDPAURegisterVideoSurface
    cuGreenCtxCreate
    cuGreenCtxDestroy
    cuGreenCtxGetDevResource
    cuGreenCtxGetId
    cuGreenCtxRecordEvent
    cuGreenCtxStreamCreate
    cuGreenCtxWaitEvent
    cuImportExternalMemory
    cuImportExternalSemaphore
    cuInit
    cuIpcCloseMemHandle
    cuIpcGetEventHandle
    cuIpcGetMemHandle
    cuIpcOpenEventHandle
    cuIpcOpenMemHandle
    cuIpcOpenMemHandle_v2
    cuKernelGetAttribute
    cuKernelGetFunction
    cuKernelGetLibrary
    cuKernelGetName
    cuKernelGetParamInfo
    cuKernelSetAttribute
    cuKernelSetCacheConfig
    cuLaunch
    cuLaunchCooperativeKernel
    cuLaunchCooperativeKernelMultiDevice
    cuLaunchCooperativeKernel_ptsz
    cuLaunchGrid
    cuLaunchGridAsync
    cuLaunchHostFunc
    cuLaunchHostFunc_ptsz
    cuLaunchKernel
    cuLaunchKernelEx
    cuLaunchKernelEx_ptsz
    cuLaunchKernel_ptsz
    cuLibraryEnumerateKernels
    cuLibraryGetGlobal
    cuLibraryGetKernel
    cuLibraryGetKernelCount
    cuLibraryGetManaged
    cuLibraryGetModule
    cuLibraryGetUnifiedFunction
    cuLibraryLoadData
    cuLibraryLoadFromFile
    cuLibraryUnload
    cuLinkAddData
    cuLinkAddData_v2
    cuLinkAddFile
    cuLinkAddFile_v2
    cuLinkComplete
    cuLinkCreate
    cuLinkCreate_v2
    cuLinkDestroy
    cuLogsCurrent
    cuLogsDumpToFile
    cuLogsDumpToMemory
    cuLogsRegisterCallback
    cuLogsUnregisterCallback
    cuMemAddressFree
    cuMemAddressReserve
    cuMemAdvise
    cuMemAdvise_v2
    cuMemAlloc
    cuMemAllocAsync
    cuMemAllocAsync_ptsz
    cuMemAllocFromPoolAsync
    cuMemAllocFromPoolAsync_ptsz
    cuMemAllocHost
    cuMemAllocHost_v2
    cuMemAllocManaged
    cuMemAllocPitch
    cuMemAllocPitch_v2
    cuMemAlloc_v2
    cuMemBatchDecompressAsync
    cuMemBatchDecompressAsync_ptsz
    cuMemCreate
    cuMemDiscardAndPrefetchBatchAsync
    cuMemDiscardAndPrefetchBatchAsync_ptsz
    cuMemDiscardBatchAsync
    cuMemDiscardBatchAsync_ptsz
    cuMemExportToShareableHandle
    cuMemFree
    cuMemFreeAsync
    cuMemFreeAsync_ptsz
    cuMemFreeHost
    cuMemFree_v2
    cuMemGetAccess
    cuMemGetAddressRange
    cuMemGetAddressRange_v2
    cuMemGetAllocationGranularity
    cuMemGetAllocationPropertiesFromHandle
    cuMemGetDefaultMemPool
    cuMemGetHandleForAddressRange
    cuMemGetInfo
    cuMemGetInfo_v2
    cuMemGetMemPool
    cuMemHostAlloc
    cuMemHostGetDevicePointer
    cuMemHostGetDevicePointer_v2
    cuMemHostGetFlags
    cuMemHostRegister
    cuMemHostRegister_v2
    cuMemHostUnregister
    cuMemImportFromShareableHandle
    cuMemMap
    cuMemMapArrayAsync
    cuMemMapArrayAsync_ptsz
    cuMemPoolCreate
    cuMemPoolDestroy
    cuMemPoolExportPointer
    cuMemPoolExportToShareableHandle
    cuMemPoolGetAccess
    cuMemPoolGetAttribute
    cuMemPoolImportFromShareableHandle
    cuMemPoolImportPointer
    cuMemPoolSetAccess
    cuMemPoolSetAttribute
    cuMemPoolTrimTo
    cuMemPrefetchAsync
    cuMemPrefetchAsync_ptsz
    cuMemPrefetchAsync_v2
    cuMemPrefetchAsync_v2_ptsz
    cuMemPrefetchBatchAsync
    cuMemPrefetchBatchAsync_ptsz
    cuMemRangeGetAttribute
    cuMemRangeGetAttributes
    cuMemRelease
    cuMemRetainAllocationHandle
    cuMemSetAccess
    cuMemSetMemPool
    cuMemUnmap
    cuMemcpy
    cuMemcpy2D
    cuMemcpy2DAsync
    cuMemcpy2DAsync_v2
    cuMemcpy2DAsync_v2_ptsz
    cuMemcpy2DUnaligned
    cuMemcpy2DUnaligned_v2
    cuMemcpy2DUnaligned_v2_ptds
    cuMemcpy2D_v2
    cuMemcpy2D_v2_ptds
    cuMemcpy3D
    cuMemcpy3DAsync
    cuMemcpy3DAsync_v2
    cuMemcpy3DAsync_v2_ptsz
    cuMemcpy3DBatchAsync
    cuMemcpy3DBatchAsync_ptsz
    cuMemcpy3DBatchAsync_v2
    cuMemcpy3DBatchAsync_v2_ptsz
    cuMemcpy3DPeer
    cuMemcpy3DPeerAsync
    cuMemcpy3DPeerAsync_ptsz
    cuMemcpy3DPeer_ptds
    cuMemcpy3D_v2
    cuMemcpy3D_v2_ptds
    cuMemcpyAsync
    cuMemcpyAsync_ptsz
    cuMemcpyAtoA
    cuMemcpyAtoA_v2
    cuMemcpyAtoA_v2_ptds
    cuMemcpyAtoD
    cuMemcpyAtoD_v2
    cuMemcpyAtoD_v2_ptds
    cuMemcpyAtoH
    cuMemcpyAtoHAsync
    cuMemcpyAtoHAsync_v2
    cuMemcpyAtoHAsync_v2_ptsz
    cuMemcpyAtoH_v2
    cuMemcpyAtoH_v2_ptds
    cuMemcpyBatchAsync
    cuMemcpyBatchAsync_ptsz
    cuMemcpyBatchAsync_v2
    cuMemcpyBatchAsync_v2_ptsz
    cuMemcpyDtoA
    cuMemcpyDtoA_v2
    cuMemcpyDtoA_v2_ptds
    cuMemcpyDtoD
    cuMemcpyDtoDAsync
    cuMemcpyDtoDAsync_v2
    cuMemcpyDtoDAsync_v2_ptsz
    cuMemcpyDtoD_v2
    cuMemcpyDtoD_v2_ptds
    cuMemcpyDtoH
    cuMemcpyDtoHAsync
    cuMemcpyDtoHAsync_v2
    cuMemcpyDtoHAsync_v2_ptsz
    cuMemcpyDtoH_v2
    cuMemcpyDtoH_v2_ptds
    cuMemcpyHtoA
    cuMemcpyHtoAAsync
    cuMemcpyHtoAAsync_v2
    cuMemcpyHtoAAsync_v2_ptsz
    cuMemcpyHtoA_v2
    cuMemcpyHtoA_v2_ptds
    cuMemcpyHtoD
    cuMemcpyHtoDAsync
    cuMemcpyHtoDAsync_v2
    cuMemcpyHtoDAsync_v2_ptsz
    cuMemcpyHtoD_v2
    cuMemcpyHtoD_v2_ptds
    cuMemcpyPeer
    cuMemcpyPeerAsync
    cuMemcpyPeerAsync_ptsz
    cuMemcpyPeer_ptds
    cuMemcpy_ptds
    cuMemsetD16
    cuMemsetD16Async
    cuMemsetD16Async_ptsz
    cuMemsetD16_v2
    cuMemsetD16_v2_ptds
    cuMemsetD2D16
    cuMemsetD2D16Async
    cuMemsetD2D16Async_ptsz
    cuMemsetD2D16_v2
    cuMemsetD2D16_v2_ptds
    cuMemsetD2D32
    cuMemsetD2D32Async
    cuMemsetD2D32Async_ptsz
    cuMemsetD2D32_v2
    cuMemsetD2D32_v2_ptds
    cuMemsetD2D8
    cuMemsetD2D8Async
    cuMemsetD2D8Async_ptsz
    cuMemsetD2D8_v2
    cuMemsetD2D8_v2_ptds
    cuMemsetD32
    cuMemsetD32Async
    cuMemsetD32Async_ptsz
    cuMemsetD32_v2
    cuMemsetD32_v2_ptds
    cuMemsetD8
    cuMemsetD8Async
    cuMemsetD8Async_ptsz
    cuMemsetD8_v2
    cuMemsetD8_v2_ptds
    cuMipmappedArrayCreate
    cuMipmappedArrayDestroy
    cuMipmappedArrayGetLevel
    cuMipmappedArrayGetMemoryRequirements
    cuMipmappedArrayGetSparseProperties
    cuModuleEnumerateFunctions
    cuModuleGetFunction
    cuModuleGetFunctionCount
    cuModuleGetGlobal
    cuModuleGetGlobal_v2
    cuModuleGetLoadingMode
    cuModuleGetSurfRef
    cuModuleGetTexRef
    cuModuleLoad
    cuModuleLoadData
    cuModuleLoadDataEx
    cuModuleLoadFatBinary
    cuModuleUnload
    cuMulticastAddDevice
    cuMulticastBindAddr
    cuMulticastBindMem
    cuMulticastCreate
    cuMulticastGetGranularity
    cuMulticastUnbind
    cuOccupancyAvailableDynamicSMemPerBlock
    cuOccupancyMaxActiveBlocksPerMultiprocessor
    cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags
    cuOccupancyMaxActiveClusters
    cuOccupancyMaxPotentialBlockSize
    cuOccupancyMaxPotentialBlockSizeWithFlags
    cuOccupancyMaxPotentialClusterSize
    cuParamSetSize
    cuParamSetTexRef
    cuParamSetf
    cuParamSeti
    cuParamSetv
    cuPointerGetAttribute
    cuPointerGetAttributes
    cuPointerSetAttribute
    cuProfilerInitialize
    cuProfilerStart
    cuProfilerStop
    cuSignalExternalSemaphoresAsync
    cuSignalExternalSemaphoresAsync_ptsz
    cuStreamAddCallback
    cuStreamAddCallback_ptsz
    cuStreamAttachMemAsync
    cuStreamAttachMemAsync_ptsz
    cuStreamBatchMemOp
    cuStreamBatchMemOp_ptsz
    cuStreamBatchMemOp_v2
    cuStreamBatchMemOp_v2_ptsz
    cuStreamBeginCapture
    cuStreamBeginCaptureToGraph
    cuStreamBeginCaptureToGraph_ptsz
    cuStreamBeginCapture_ptsz
    cuStreamBeginCapture_v2
    cuStreamBeginCapture_v2_ptsz
    cuStreamCopyAttributes
    cuStreamCopyAttributes_ptsz
    cuStreamCreate
    cuStreamCreateWithPriority
    cuStreamDestroy
    cuStreamDestroy_v2
    cuStreamEndCapture
    cuStreamEndCapture_ptsz
    cuStreamGetAttribute
    cuStreamGetAttribute_ptsz
    cuStreamGetCaptureInfo
    cuStreamGetCaptureInfo_ptsz
    cuStreamGetCaptureInfo_v2
    cuStreamGetCaptureInfo_v2_ptsz
    cuStreamGetCaptureInfo_v3
    cuStreamGetCaptureInfo_v3_ptsz
    cuStreamGetCtx
    cuStreamGetCtx_ptsz
    cuStreamGetCtx_v2
    cuStreamGetCtx_v2_ptsz
    cuStreamGetDevice
    cuStreamGetDevice_ptsz
    cuStreamGetFlags
    cuStreamGetFlags_ptsz
    cuStreamGetGreenCtx
    cuStreamGetId
    cuStreamGetId_ptsz
    cuStreamGetPriority
    cuStreamGetPriority_ptsz
    cuStreamIsCapturing
    cuStreamIsCapturing_ptsz
    cuStreamQuery
    cuStreamQuery_ptsz
    cuStreamSetAttribute
    cuStreamSetAttribute_ptsz
    cuStreamSynchronize
    cuStreamSynchronize_ptsz
    cuStreamUpdateCaptureDependencies
    cuStreamUpdateCaptureDependencies_ptsz
    cuStreamUpdateCaptureDependencies_v2
    cuStreamUpdateCaptureDependencies_v2_ptsz
    cuStreamWaitEvent
    cuStreamWaitEvent_ptsz
    cuStreamWaitValue32
    cuStreamWaitValue32_ptsz
    cuStreamWaitValue32_v2
    cuStreamWaitValue32_v2_ptsz
    cuStreamWaitValue64
    cuStreamWaitValue64_ptsz
    cuStreamWaitValue64_v2
    cuStreamWaitValue64_v2_ptsz
    cuStreamWriteValue32
    cuStreamWriteValue32_ptsz
    cuStreamWriteValue32_v2
    cuStreamWriteValue32_v2_ptsz
    cuStreamWriteValue64
    cuStreamWriteValue64_ptsz
    cuStreamWriteValue64_v2
    cuStreamWriteValue64_v2_ptsz
    cuSurfObjectCreate
    cuSurfObjectDestroy
    cuSurfObjectGetResourceDesc
    cuSurfRefGetArray
    cuSurfRefSetArray
    cuTensorMapEncodeIm2col
    cuTensorMapEncodeIm2colWide
    cuTensorMapEncodeTiled
    cuTensorMapReplaceAddress
    cuTexObjectCreate
    cuTexObjectDestroy
    cuTexObjectGetResourceDesc
    cuTexObjectGetResourceViewDesc
    cuTexObjectGetTextureDesc
    cuTexRefCreate
    cuTexRefDestroy
    cuTexRefGetAddress
    cuTexRefGetAddressMode
    cuTexRefGetAddress_v2
    cuTexRefGetArray
    cuTexRefGetBorderColor
    cuTexRefGetFilterMode
    cuTexRefGetFlags
    cuTexRefGetFormat
    cuTexRefGetMaxAnisotropy
    cuTexRefGetMipmapFilterMode
    cuTexRefGetMipmapLevelBias
    cuTexRefGetMipmapLevelClamp
    cuTexRefGetMipmappedArray
    cuTexRefSetAddress
    cuTexRefSetAddress2D
    cuTexRefSetAddress2D_v2
    cuTexRefSetAddress2D_v3
    cuTexRefSetAddressMode
    cuTexRefSetAddress_v2
    cuTexRefSetArray
    cuTexRefSetBorderColor
    cuTexRefSetFilterMode
    cuTexRefSetFlags
    cuTexRefSetFormat
    cuTexRefSetMaxAnisotropy
    cuTexRefSetMipmapFilterMode
    cuTexRefSetMipmapLevelBias
    cuTexRefSetMipmapLevelClamp
    cuTexRefSetMipmappedArray
    cuThreadExchangeStreamCaptureMode
    cuUserObjectCreate
    cuUserObjectRelease
    cuUserObjectRetain
    cuVDPAUCtxCreate
    cuVDPAUCtxCreate_v2
    cuVDPAUGetDevice
    cuWGLGetDevice
    cuWaitExternalSemaphoresAsync
    cuWaitExternalSemaphoresAsync_ptsz
}

/// Which form of a function came with which CUDA version (1000 * major + 10 * minor), sorted by name.
#[rustfmt::skip]
pub static VERSIONS: &[(&str, i32, &str)] = &[
    ("cuArray3DCreate", 2000, "cuArray3DCreate"),
    ("cuArray3DCreate", 3020, "cuArray3DCreate_v2"),
    ("cuArray3DGetDescriptor", 2000, "cuArray3DGetDescriptor"),
    ("cuArray3DGetDescriptor", 3020, "cuArray3DGetDescriptor_v2"),
    ("cuArrayCreate", 2000, "cuArrayCreate"),
    ("cuArrayCreate", 3020, "cuArrayCreate_v2"),
    ("cuArrayDestroy", 2000, "cuArrayDestroy"),
    ("cuArrayGetDescriptor", 2000, "cuArrayGetDescriptor"),
    ("cuArrayGetDescriptor", 3020, "cuArrayGetDescriptor_v2"),
    ("cuArrayGetMemoryRequirements", 11060, "cuArrayGetMemoryRequirements"),
    ("cuArrayGetPlane", 11020, "cuArrayGetPlane"),
    ("cuArrayGetSparseProperties", 11010, "cuArrayGetSparseProperties"),
    ("cuCheckpointProcessCheckpoint", 12080, "cuCheckpointProcessCheckpoint"),
    ("cuCheckpointProcessGetRestoreThreadId", 12080, "cuCheckpointProcessGetRestoreThreadId"),
    ("cuCheckpointProcessGetState", 12080, "cuCheckpointProcessGetState"),
    ("cuCheckpointProcessLock", 12080, "cuCheckpointProcessLock"),
    ("cuCheckpointProcessRestore", 12080, "cuCheckpointProcessRestore"),
    ("cuCheckpointProcessUnlock", 12080, "cuCheckpointProcessUnlock"),
    ("cuCoredumpGetAttribute", 12010, "cuCoredumpGetAttribute"),
    ("cuCoredumpGetAttributeGlobal", 12010, "cuCoredumpGetAttributeGlobal"),
    ("cuCoredumpSetAttribute", 12010, "cuCoredumpSetAttribute"),
    ("cuCoredumpSetAttributeGlobal", 12010, "cuCoredumpSetAttributeGlobal"),
    ("cuCtxAttach", 2000, "cuCtxAttach"),
    ("cuCtxCreate", 2000, "cuCtxCreate"),
    ("cuCtxCreate", 3020, "cuCtxCreate_v2"),
    ("cuCtxCreate", 11040, "cuCtxCreate_v3"),
    ("cuCtxCreate", 12050, "cuCtxCreate_v4"),
    ("cuCtxDestroy", 2000, "cuCtxDestroy"),
    ("cuCtxDestroy", 4000, "cuCtxDestroy_v2"),
    ("cuCtxDetach", 2000, "cuCtxDetach"),
    ("cuCtxDisablePeerAccess", 4000, "cuCtxDisablePeerAccess"),
    ("cuCtxEnablePeerAccess", 4000, "cuCtxEnablePeerAccess"),
    ("cuCtxFromGreenCtx", 12040, "cuCtxFromGreenCtx"),
    ("cuCtxGetApiVersion", 3020, "cuCtxGetApiVersion"),
    ("cuCtxGetCacheConfig", 3020, "cuCtxGetCacheConfig"),
    ("cuCtxGetCurrent", 4000, "cuCtxGetCurrent"),
    ("cuCtxGetDevResource", 12040, "cuCtxGetDevResource"),
    ("cuCtxGetDevice", 2000, "cuCtxGetDevice"),
    ("cuCtxGetDevice", 13000, "cuCtxGetDevice_v2"),
    ("cuCtxGetExecAffinity", 11040, "cuCtxGetExecAffinity"),
    ("cuCtxGetFlags", 7000, "cuCtxGetFlags"),
    ("cuCtxGetId", 12000, "cuCtxGetId"),
    ("cuCtxGetLimit", 3010, "cuCtxGetLimit"),
    ("cuCtxGetSharedMemConfig", 4020, "cuCtxGetSharedMemConfig"),
    ("cuCtxGetStreamPriorityRange", 5050, "cuCtxGetStreamPriorityRange"),
    ("cuCtxPopCurrent", 2000, "cuCtxPopCurrent"),
    ("cuCtxPopCurrent", 4000, "cuCtxPopCurrent_v2"),
    ("cuCtxPushCurrent", 2000, "cuCtxPushCurrent"),
    ("cuCtxPushCurrent", 4000, "cuCtxPushCurrent_v2"),
    ("cuCtxRecordEvent", 12050, "cuCtxRecordEvent"),
    ("cuCtxResetPersistingL2Cache", 11000, "cuCtxResetPersistingL2Cache"),
    ("cuCtxSetCacheConfig", 3020, "cuCtxSetCacheConfig"),
    ("cuCtxSetCurrent", 4000, "cuCtxSetCurrent"),
    ("cuCtxSetFlags", 12010, "cuCtxSetFlags"),
    ("cuCtxSetLimit", 3010, "cuCtxSetLimit"),
    ("cuCtxSetSharedMemConfig", 4020, "cuCtxSetSharedMemConfig"),
    ("cuCtxSynchronize", 2000, "cuCtxSynchronize"),
    ("cuCtxSynchronize", 13000, "cuCtxSynchronize_v2"),
    ("cuCtxWaitEvent", 12050, "cuCtxWaitEvent"),
    ("cuDestroyExternalMemory", 10000, "cuDestroyExternalMemory"),
    ("cuDestroyExternalSemaphore", 10000, "cuDestroyExternalSemaphore"),
    ("cuDevResourceGenerateDesc", 12040, "cuDevResourceGenerateDesc"),
    ("cuDevSmResourceSplitByCount", 12040, "cuDevSmResourceSplitByCount"),
    ("cuDeviceCanAccessPeer", 4000, "cuDeviceCanAccessPeer"),
    ("cuDeviceComputeCapability", 2000, "cuDeviceComputeCapability"),
    ("cuDeviceGet", 2000, "cuDeviceGet"),
    ("cuDeviceGetAttribute", 2000, "cuDeviceGetAttribute"),
    ("cuDeviceGetByPCIBusId", 4010, "cuDeviceGetByPCIBusId"),
    ("cuDeviceGetCount", 2000, "cuDeviceGetCount"),
    ("cuDeviceGetDefaultMemPool", 11020, "cuDeviceGetDefaultMemPool"),
    ("cuDeviceGetDevResource", 12040, "cuDeviceGetDevResource"),
    ("cuDeviceGetExecAffinitySupport", 11040, "cuDeviceGetExecAffinitySupport"),
    ("cuDeviceGetGraphMemAttribute", 11040, "cuDeviceGetGraphMemAttribute"),
    ("cuDeviceGetHostAtomicCapabilities", 13000, "cuDeviceGetHostAtomicCapabilities"),
    ("cuDeviceGetLuid", 10000, "cuDeviceGetLuid"),
    ("cuDeviceGetMemPool", 11020, "cuDeviceGetMemPool"),
    ("cuDeviceGetName", 2000, "cuDeviceGetName"),
    ("cuDeviceGetNvSciSyncAttributes", 10020, "cuDeviceGetNvSciSyncAttributes"),
    ("cuDeviceGetP2PAtomicCapabilities", 13000, "cuDeviceGetP2PAtomicCapabilities"),
    ("cuDeviceGetP2PAttribute", 8000, "cuDeviceGetP2PAttribute"),
    ("cuDeviceGetPCIBusId", 4010, "cuDeviceGetPCIBusId"),
    ("cuDeviceGetProperties", 2000, "cuDeviceGetProperties"),
    ("cuDeviceGetTexture1DLinearMaxWidth", 11010, "cuDeviceGetTexture1DLinearMaxWidth"),
    ("cuDeviceGetUuid", 9020, "cuDeviceGetUuid"),
    ("cuDeviceGetUuid", 11040, "cuDeviceGetUuid_v2"),
    ("cuDeviceGraphMemTrim", 11040, "cuDeviceGraphMemTrim"),
    ("cuDevicePrimaryCtxGetState", 7000, "cuDevicePrimaryCtxGetState"),
    ("cuDevicePrimaryCtxRelease", 7000, "cuDevicePrimaryCtxRelease"),
    ("cuDevicePrimaryCtxRelease", 11000, "cuDevicePrimaryCtxRelease_v2"),
    ("cuDevicePrimaryCtxReset", 7000, "cuDevicePrimaryCtxReset"),
    ("cuDevicePrimaryCtxReset", 11000, "cuDevicePrimaryCtxReset_v2"),
    ("cuDevicePrimaryCtxRetain", 7000, "cuDevicePrimaryCtxRetain"),
    ("cuDevicePrimaryCtxSetFlags", 7000, "cuDevicePrimaryCtxSetFlags"),
    ("cuDevicePrimaryCtxSetFlags", 11000, "cuDevicePrimaryCtxSetFlags_v2"),
    ("cuDeviceRegisterAsyncNotification", 12040, "cuDeviceRegisterAsyncNotification"),
    ("cuDeviceSetGraphMemAttribute", 11040, "cuDeviceSetGraphMemAttribute"),
    ("cuDeviceSetMemPool", 11020, "cuDeviceSetMemPool"),
    ("cuDeviceTotalMem", 2000, "cuDeviceTotalMem"),
    ("cuDeviceTotalMem", 3020, "cuDeviceTotalMem_v2"),
    ("cuDeviceUnregisterAsyncNotification", 12040, "cuDeviceUnregisterAsyncNotification"),
    ("cuDriverGetVersion", 2020, "cuDriverGetVersion"),
    ("cuEventCreate", 2000, "cuEventCreate"),
    ("cuEventDestroy", 2000, "cuEventDestroy"),
    ("cuEventDestroy", 4000, "cuEventDestroy_v2"),
    ("cuEventElapsedTime", 2000, "cuEventElapsedTime"),
    ("cuEventElapsedTime", 12080, "cuEventElapsedTime_v2"),
    ("cuEventQuery", 2000, "cuEventQuery"),
    ("cuEventRecord", 2000, "cuEventRecord"),
    ("cuEventRecordWithFlags", 11010, "cuEventRecordWithFlags"),
    ("cuEventSynchronize", 2000, "cuEventSynchronize"),
    ("cuExternalMemoryGetMappedBuffer", 10000, "cuExternalMemoryGetMappedBuffer"),
    ("cuExternalMemoryGetMappedMipmappedArray", 10000, "cuExternalMemoryGetMappedMipmappedArray"),
    ("cuFlushGPUDirectRDMAWrites", 11030, "cuFlushGPUDirectRDMAWrites"),
    ("cuFuncGetAttribute", 2020, "cuFuncGetAttribute"),
    ("cuFuncGetModule", 11000, "cuFuncGetModule"),
    ("cuFuncGetName", 12030, "cuFuncGetName"),
    ("cuFuncGetParamInfo", 12040, "cuFuncGetParamInfo"),
    ("cuFuncIsLoaded", 12040, "cuFuncIsLoaded"),
    ("cuFuncLoad", 12040, "cuFuncLoad"),
    ("cuFuncSetAttribute", 9000, "cuFuncSetAttribute"),
    ("cuFuncSetBlockShape", 2000, "cuFuncSetBlockShape"),
    ("cuFuncSetCacheConfig", 3000, "cuFuncSetCacheConfig"),
    ("cuFuncSetSharedMemConfig", 4020, "cuFuncSetSharedMemConfig"),
    ("cuFuncSetSharedSize", 2000, "cuFuncSetSharedSize"),
    ("cuGetErrorName", 6000, "cuGetErrorName"),
    ("cuGetErrorString", 6000, "cuGetErrorString"),
    ("cuGetExportTable", 3000, "cuGetExportTable"),
    ("cuGetProcAddress", 11030, "cuGetProcAddress"),
    ("cuGetProcAddress", 12000, "cuGetProcAddress_v2"),
    ("cuGraphAddBatchMemOpNode", 11070, "cuGraphAddBatchMemOpNode"),
    ("cuGraphAddChildGraphNode", 10000, "cuGraphAddChildGraphNode"),
    ("cuGraphAddDependencies", 10000, "cuGraphAddDependencies"),
    ("cuGraphAddDependencies", 12030, "cuGraphAddDependencies_v2"),
    ("cuGraphAddEmptyNode", 10000, "cuGraphAddEmptyNode"),
    ("cuGraphAddEventRecordNode", 11010, "cuGraphAddEventRecordNode"),
    ("cuGraphAddEventWaitNode", 11010, "cuGraphAddEventWaitNode"),
    ("cuGraphAddExternalSemaphoresSignalNode", 11020, "cuGraphAddExternalSemaphoresSignalNode"),
    ("cuGraphAddExternalSemaphoresWaitNode", 11020, "cuGraphAddExternalSemaphoresWaitNode"),
    ("cuGraphAddHostNode", 10000, "cuGraphAddHostNode"),
    ("cuGraphAddKernelNode", 10000, "cuGraphAddKernelNode"),
    ("cuGraphAddKernelNode", 12000, "cuGraphAddKernelNode_v2"),
    ("cuGraphAddMemAllocNode", 11040, "cuGraphAddMemAllocNode"),
    ("cuGraphAddMemFreeNode", 11040, "cuGraphAddMemFreeNode"),
    ("cuGraphAddMemcpyNode", 10000, "cuGraphAddMemcpyNode"),
    ("cuGraphAddMemsetNode", 10000, "cuGraphAddMemsetNode"),
    ("cuGraphAddNode", 12020, "cuGraphAddNode"),
    ("cuGraphAddNode", 12030, "cuGraphAddNode_v2"),
    ("cuGraphBatchMemOpNodeGetParams", 11070, "cuGraphBatchMemOpNodeGetParams"),
    ("cuGraphBatchMemOpNodeSetParams", 11070, "cuGraphBatchMemOpNodeSetParams"),
    ("cuGraphChildGraphNodeGetGraph", 10000, "cuGraphChildGraphNodeGetGraph"),
    ("cuGraphClone", 10000, "cuGraphClone"),
    ("cuGraphConditionalHandleCreate", 12030, "cuGraphConditionalHandleCreate"),
    ("cuGraphCreate", 10000, "cuGraphCreate"),
    ("cuGraphDebugDotPrint", 11030, "cuGraphDebugDotPrint"),
    ("cuGraphDestroy", 10000, "cuGraphDestroy"),
    ("cuGraphDestroyNode", 10000, "cuGraphDestroyNode"),
    ("cuGraphEventRecordNodeGetEvent", 11010, "cuGraphEventRecordNodeGetEvent"),
    ("cuGraphEventRecordNodeSetEvent", 11010, "cuGraphEventRecordNodeSetEvent"),
    ("cuGraphEventWaitNodeGetEvent", 11010, "cuGraphEventWaitNodeGetEvent"),
    ("cuGraphEventWaitNodeSetEvent", 11010, "cuGraphEventWaitNodeSetEvent"),
    ("cuGraphExecBatchMemOpNodeSetParams", 11070, "cuGraphExecBatchMemOpNodeSetParams"),
    ("cuGraphExecChildGraphNodeSetParams", 11010, "cuGraphExecChildGraphNodeSetParams"),
    ("cuGraphExecDestroy", 10000, "cuGraphExecDestroy"),
    ("cuGraphExecEventRecordNodeSetEvent", 11010, "cuGraphExecEventRecordNodeSetEvent"),
    ("cuGraphExecEventWaitNodeSetEvent", 11010, "cuGraphExecEventWaitNodeSetEvent"),
    ("cuGraphExecExternalSemaphoresSignalNodeSetParams", 11020, "cuGraphExecExternalSemaphoresSignalNodeSetParams"),
    ("cuGraphExecExternalSemaphoresWaitNodeSetParams", 11020, "cuGraphExecExternalSemaphoresWaitNodeSetParams"),
    ("cuGraphExecGetFlags", 12000, "cuGraphExecGetFlags"),
    ("cuGraphExecHostNodeSetParams", 10020, "cuGraphExecHostNodeSetParams"),
    ("cuGraphExecKernelNodeSetParams", 10010, "cuGraphExecKernelNodeSetParams"),
    ("cuGraphExecKernelNodeSetParams", 12000, "cuGraphExecKernelNodeSetParams_v2"),
    ("cuGraphExecMemcpyNodeSetParams", 10020, "cuGraphExecMemcpyNodeSetParams"),
    ("cuGraphExecMemsetNodeSetParams", 10020, "cuGraphExecMemsetNodeSetParams"),
    ("cuGraphExecNodeSetParams", 12020, "cuGraphExecNodeSetParams"),
    ("cuGraphExecUpdate", 10020, "cuGraphExecUpdate"),
    ("cuGraphExecUpdate", 12000, "cuGraphExecUpdate_v2"),
    ("cuGraphExternalSemaphoresSignalNodeGetParams", 11020, "cuGraphExternalSemaphoresSignalNodeGetParams"),
    ("cuGraphExternalSemaphoresSignalNodeSetParams", 11020, "cuGraphExternalSemaphoresSignalNodeSetParams"),
    ("cuGraphExternalSemaphoresWaitNodeGetParams", 11020, "cuGraphExternalSemaphoresWaitNodeGetParams"),
    ("cuGraphExternalSemaphoresWaitNodeSetParams", 11020, "cuGraphExternalSemaphoresWaitNodeSetParams"),
    ("cuGraphGetEdges", 10000, "cuGraphGetEdges"),
    ("cuGraphGetEdges", 12030, "cuGraphGetEdges_v2"),
    ("cuGraphGetNodes", 10000, "cuGraphGetNodes"),
    ("cuGraphGetRootNodes", 10000, "cuGraphGetRootNodes"),
    ("cuGraphHostNodeGetParams", 10000, "cuGraphHostNodeGetParams"),
    ("cuGraphHostNodeSetParams", 10000, "cuGraphHostNodeSetParams"),
    ("cuGraphInstantiate", 10000, "cuGraphInstantiate"),
    ("cuGraphInstantiate", 11000, "cuGraphInstantiate_v2"),
    ("cuGraphInstantiate", 12000, "cuGraphInstantiateWithFlags"),
    ("cuGraphInstantiateWithFlags", 11040, "cuGraphInstantiateWithFlags"),
    ("cuGraphInstantiateWithParams", 12000, "cuGraphInstantiateWithParams"),
    ("cuGraphKernelNodeCopyAttributes", 11000, "cuGraphKernelNodeCopyAttributes"),
    ("cuGraphKernelNodeGetAttribute", 11000, "cuGraphKernelNodeGetAttribute"),
    ("cuGraphKernelNodeGetParams", 10000, "cuGraphKernelNodeGetParams"),
    ("cuGraphKernelNodeGetParams", 12000, "cuGraphKernelNodeGetParams_v2"),
    ("cuGraphKernelNodeSetAttribute", 11000, "cuGraphKernelNodeSetAttribute"),
    ("cuGraphKernelNodeSetParams", 10000, "cuGraphKernelNodeSetParams"),
    ("cuGraphKernelNodeSetParams", 12000, "cuGraphKernelNodeSetParams_v2"),
    ("cuGraphLaunch", 10000, "cuGraphLaunch"),
    ("cuGraphMemAllocNodeGetParams", 11040, "cuGraphMemAllocNodeGetParams"),
    ("cuGraphMemFreeNodeGetParams", 11040, "cuGraphMemFreeNodeGetParams"),
    ("cuGraphMemcpyNodeGetParams", 10000, "cuGraphMemcpyNodeGetParams"),
    ("cuGraphMemcpyNodeSetParams", 10000, "cuGraphMemcpyNodeSetParams"),
    ("cuGraphMemsetNodeGetParams", 10000, "cuGraphMemsetNodeGetParams"),
    ("cuGraphMemsetNodeSetParams", 10000, "cuGraphMemsetNodeSetParams"),
    ("cuGraphNodeFindInClone", 10000, "cuGraphNodeFindInClone"),
    ("cuGraphNodeGetDependencies", 10000, "cuGraphNodeGetDependencies"),
    ("cuGraphNodeGetDependencies", 12030, "cuGraphNodeGetDependencies_v2"),
    ("cuGraphNodeGetDependentNodes", 10000, "cuGraphNodeGetDependentNodes"),
    ("cuGraphNodeGetDependentNodes", 12030, "cuGraphNodeGetDependentNodes_v2"),
    ("cuGraphNodeGetEnabled", 11060, "cuGraphNodeGetEnabled"),
    ("cuGraphNodeGetType", 10000, "cuGraphNodeGetType"),
    ("cuGraphNodeSetEnabled", 11060, "cuGraphNodeSetEnabled"),
    ("cuGraphNodeSetParams", 12020, "cuGraphNodeSetParams"),
    ("cuGraphReleaseUserObject", 11030, "cuGraphReleaseUserObject"),
    ("cuGraphRemoveDependencies", 10000, "cuGraphRemoveDependencies"),
    ("cuGraphRemoveDependencies", 12030, "cuGraphRemoveDependencies_v2"),
    ("cuGraphRetainUserObject", 11030, "cuGraphRetainUserObject"),
    ("cuGraphUpload", 11010, "cuGraphUpload"),
    ("cuGraphicsMapResources", 3000, "cuGraphicsMapResources"),
    ("cuGraphicsResourceGetMappedMipmappedArray", 5000, "cuGraphicsResourceGetMappedMipmappedArray"),
    ("cuGraphicsResourceGetMappedPointer", 3000, "cuGraphicsResourceGetMappedPointer"),
    ("cuGraphicsResourceGetMappedPointer", 3020, "cuGraphicsResourceGetMappedPointer_v2"),
    ("cuGraphicsResourceSetMapFlags", 3000, "cuGraphicsResourceSetMapFlags"),
    ("cuGraphicsResourceSetMapFlags", 6050, "cuGraphicsResourceSetMapFlags_v2"),
    ("cuGraphicsSubResourceGetMappedArray", 3000, "cuGraphicsSubResourceGetMappedArray"),
    ("cuGraphicsUnmapResources", 3000, "cuGraphicsUnmapResources"),
    ("cuGraphicsUnregisterResource", 3000, "cuGraphicsUnregisterResource"),
    ("cuGreenCtxCreate", 12040, "cuGreenCtxCreate"),
    ("cuGreenCtxDestroy", 12040, "cuGreenCtxDestroy"),
    ("cuGreenCtxGetDevResource", 12040, "cuGreenCtxGetDevResource"),
    ("cuGreenCtxGetId", 12090, "cuGreenCtxGetId"),
    ("cuGreenCtxRecordEvent", 12040, "cuGreenCtxRecordEvent"),
    ("cuGreenCtxStreamCreate", 12050, "cuGreenCtxStreamCreate"),
    ("cuGreenCtxWaitEvent", 12040, "cuGreenCtxWaitEvent"),
    ("cuImportExternalMemory", 10000, "cuImportExternalMemory"),
    ("cuImportExternalSemaphore", 10000, "cuImportExternalSemaphore"),
    ("cuInit", 2000, "cuInit"),
    ("cuIpcCloseMemHandle", 4010, "cuIpcCloseMemHandle"),
    ("cuIpcGetEventHandle", 4010, "cuIpcGetEventHandle"),
    ("cuIpcGetMemHandle", 4010, "cuIpcGetMemHandle"),
    ("cuIpcOpenEventHandle", 4010, "cuIpcOpenEventHandle"),
    ("cuIpcOpenMemHandle", 4010, "cuIpcOpenMemHandle"),
    ("cuIpcOpenMemHandle", 11000, "cuIpcOpenMemHandle_v2"),
    ("cuKernelGetAttribute", 12000, "cuKernelGetAttribute"),
    ("cuKernelGetFunction", 12000, "cuKernelGetFunction"),
    ("cuKernelGetLibrary", 12050, "cuKernelGetLibrary"),
    ("cuKernelGetName", 12030, "cuKernelGetName"),
    ("cuKernelGetParamInfo", 12040, "cuKernelGetParamInfo"),
    ("cuKernelSetAttribute", 12000, "cuKernelSetAttribute"),
    ("cuKernelSetCacheConfig", 12000, "cuKernelSetCacheConfig"),
    ("cuLaunch", 2000, "cuLaunch"),
    ("cuLaunchCooperativeKernel", 9000, "cuLaunchCooperativeKernel"),
    ("cuLaunchCooperativeKernelMultiDevice", 9000, "cuLaunchCooperativeKernelMultiDevice"),
    ("cuLaunchGrid", 2000, "cuLaunchGrid"),
    ("cuLaunchGridAsync", 2000, "cuLaunchGridAsync"),
    ("cuLaunchHostFunc", 10000, "cuLaunchHostFunc"),
    ("cuLaunchKernel", 4000, "cuLaunchKernel"),
    ("cuLaunchKernelEx", 11060, "cuLaunchKernelEx"),
    ("cuLibraryEnumerateKernels", 12040, "cuLibraryEnumerateKernels"),
    ("cuLibraryGetGlobal", 12000, "cuLibraryGetGlobal"),
    ("cuLibraryGetKernel", 12000, "cuLibraryGetKernel"),
    ("cuLibraryGetKernelCount", 12040, "cuLibraryGetKernelCount"),
    ("cuLibraryGetManaged", 12000, "cuLibraryGetManaged"),
    ("cuLibraryGetModule", 12000, "cuLibraryGetModule"),
    ("cuLibraryGetUnifiedFunction", 12000, "cuLibraryGetUnifiedFunction"),
    ("cuLibraryLoadData", 12000, "cuLibraryLoadData"),
    ("cuLibraryLoadFromFile", 12000, "cuLibraryLoadFromFile"),
    ("cuLibraryUnload", 12000, "cuLibraryUnload"),
    ("cuLinkAddData", 5050, "cuLinkAddData"),
    ("cuLinkAddData", 6050, "cuLinkAddData_v2"),
    ("cuLinkAddFile", 5050, "cuLinkAddFile"),
    ("cuLinkAddFile", 6050, "cuLinkAddFile_v2"),
    ("cuLinkComplete", 5050, "cuLinkComplete"),
    ("cuLinkCreate", 5050, "cuLinkCreate"),
    ("cuLinkCreate", 6050, "cuLinkCreate_v2"),
    ("cuLinkDestroy", 5050, "cuLinkDestroy"),
    ("cuLogsCurrent", 12090, "cuLogsCurrent"),
    ("cuLogsDumpToFile", 12090, "cuLogsDumpToFile"),
    ("cuLogsDumpToMemory", 12090, "cuLogsDumpToMemory"),
    ("cuLogsRegisterCallback", 12090, "cuLogsRegisterCallback"),
    ("cuLogsUnregisterCallback", 12090, "cuLogsUnregisterCallback"),
    ("cuMemAddressFree", 10020, "cuMemAddressFree"),
    ("cuMemAddressReserve", 10020, "cuMemAddressReserve"),
    ("cuMemAdvise", 8000, "cuMemAdvise"),
    ("cuMemAdvise", 12020, "cuMemAdvise_v2"),
    ("cuMemAlloc", 2000, "cuMemAlloc"),
    ("cuMemAlloc", 3020, "cuMemAlloc_v2"),
    ("cuMemAllocAsync", 11020, "cuMemAllocAsync"),
    ("cuMemAllocFromPoolAsync", 11020, "cuMemAllocFromPoolAsync"),
    ("cuMemAllocHost", 2000, "cuMemAllocHost"),
    ("cuMemAllocHost", 3020, "cuMemAllocHost_v2"),
    ("cuMemAllocManaged", 6000, "cuMemAllocManaged"),
    ("cuMemAllocPitch", 2000, "cuMemAllocPitch"),
    ("cuMemAllocPitch", 3020, "cuMemAllocPitch_v2"),
    ("cuMemBatchDecompressAsync", 12060, "cuMemBatchDecompressAsync"),
    ("cuMemCreate", 10020, "cuMemCreate"),
    ("cuMemDiscardAndPrefetchBatchAsync", 13000, "cuMemDiscardAndPrefetchBatchAsync"),
    ("cuMemDiscardBatchAsync", 13000, "cuMemDiscardBatchAsync"),
    ("cuMemExportToShareableHandle", 10020, "cuMemExportToShareableHandle"),
    ("cuMemFree", 2000, "cuMemFree"),
    ("cuMemFree", 3020, "cuMemFree_v2"),
    ("cuMemFreeAsync", 11020, "cuMemFreeAsync"),
    ("cuMemFreeHost", 2000, "cuMemFreeHost"),
    ("cuMemGetAccess", 10020, "cuMemGetAccess"),
    ("cuMemGetAddressRange", 2000, "cuMemGetAddressRange"),
    ("cuMemGetAddressRange", 3020, "cuMemGetAddressRange_v2"),
    ("cuMemGetAllocationGranularity", 10020, "cuMemGetAllocationGranularity"),
    ("cuMemGetAllocationPropertiesFromHandle", 10020, "cuMemGetAllocationPropertiesFromHandle"),
    ("cuMemGetDefaultMemPool", 13000, "cuMemGetDefaultMemPool"),
    ("cuMemGetHandleForAddressRange", 11070, "cuMemGetHandleForAddressRange"),
    ("cuMemGetInfo", 2000, "cuMemGetInfo"),
    ("cuMemGetInfo", 3020, "cuMemGetInfo_v2"),
    ("cuMemGetMemPool", 13000, "cuMemGetMemPool"),
    ("cuMemHostAlloc", 2020, "cuMemHostAlloc"),
    ("cuMemHostGetDevicePointer", 2020, "cuMemHostGetDevicePointer"),
    ("cuMemHostGetDevicePointer", 3020, "cuMemHostGetDevicePointer_v2"),
    ("cuMemHostGetFlags", 2030, "cuMemHostGetFlags"),
    ("cuMemHostRegister", 4000, "cuMemHostRegister"),
    ("cuMemHostRegister", 6050, "cuMemHostRegister_v2"),
    ("cuMemHostUnregister", 4000, "cuMemHostUnregister"),
    ("cuMemImportFromShareableHandle", 10020, "cuMemImportFromShareableHandle"),
    ("cuMemMap", 10020, "cuMemMap"),
    ("cuMemMapArrayAsync", 11010, "cuMemMapArrayAsync"),
    ("cuMemPoolCreate", 11020, "cuMemPoolCreate"),
    ("cuMemPoolDestroy", 11020, "cuMemPoolDestroy"),
    ("cuMemPoolExportPointer", 11020, "cuMemPoolExportPointer"),
    ("cuMemPoolExportToShareableHandle", 11020, "cuMemPoolExportToShareableHandle"),
    ("cuMemPoolGetAccess", 11020, "cuMemPoolGetAccess"),
    ("cuMemPoolGetAttribute", 11020, "cuMemPoolGetAttribute"),
    ("cuMemPoolImportFromShareableHandle", 11020, "cuMemPoolImportFromShareableHandle"),
    ("cuMemPoolImportPointer", 11020, "cuMemPoolImportPointer"),
    ("cuMemPoolSetAccess", 11020, "cuMemPoolSetAccess"),
    ("cuMemPoolSetAttribute", 11020, "cuMemPoolSetAttribute"),
    ("cuMemPoolTrimTo", 11020, "cuMemPoolTrimTo"),
    ("cuMemPrefetchAsync", 8000, "cuMemPrefetchAsync"),
    ("cuMemPrefetchAsync", 12020, "cuMemPrefetchAsync_v2"),
    ("cuMemPrefetchBatchAsync", 13000, "cuMemPrefetchBatchAsync"),
    ("cuMemRangeGetAttribute", 8000, "cuMemRangeGetAttribute"),
    ("cuMemRangeGetAttributes", 8000, "cuMemRangeGetAttributes"),
    ("cuMemRelease", 10020, "cuMemRelease"),
    ("cuMemRetainAllocationHandle", 11000, "cuMemRetainAllocationHandle"),
    ("cuMemSetAccess", 10020, "cuMemSetAccess"),
    ("cuMemSetMemPool", 13000, "cuMemSetMemPool"),
    ("cuMemUnmap", 10020, "cuMemUnmap"),
    ("cuMemcpy", 4000, "cuMemcpy"),
    ("cuMemcpy2D", 2000, "cuMemcpy2D"),
    ("cuMemcpy2D", 3020, "cuMemcpy2D_v2"),
    ("cuMemcpy2DAsync", 2000, "cuMemcpy2DAsync"),
    ("cuMemcpy2DAsync", 3020, "cuMemcpy2DAsync_v2"),
    ("cuMemcpy2DUnaligned", 2000, "cuMemcpy2DUnaligned"),
    ("cuMemcpy2DUnaligned", 3020, "cuMemcpy2DUnaligned_v2"),
    ("cuMemcpy3D", 2000, "cuMemcpy3D"),
    ("cuMemcpy3D", 3020, "cuMemcpy3D_v2"),
    ("cuMemcpy3DAsync", 2000, "cuMemcpy3DAsync"),
    ("cuMemcpy3DAsync", 3020, "cuMemcpy3DAsync_v2"),
    ("cuMemcpy3DBatchAsync", 12080, "cuMemcpy3DBatchAsync"),
    ("cuMemcpy3DBatchAsync", 13000, "cuMemcpy3DBatchAsync_v2"),
    ("cuMemcpy3DPeer", 4000, "cuMemcpy3DPeer"),
    ("cuMemcpy3DPeerAsync", 4000, "cuMemcpy3DPeerAsync"),
    ("cuMemcpyAsync", 4000, "cuMemcpyAsync"),
    ("cuMemcpyAtoA", 2000, "cuMemcpyAtoA"),
    ("cuMemcpyAtoA", 3020, "cuMemcpyAtoA_v2"),
    ("cuMemcpyAtoD", 2000, "cuMemcpyAtoD"),
    ("cuMemcpyAtoD", 3020, "cuMemcpyAtoD_v2"),
    ("cuMemcpyAtoH", 2000, "cuMemcpyAtoH"),
    ("cuMemcpyAtoH", 3020, "cuMemcpyAtoH_v2"),
    ("cuMemcpyAtoHAsync", 2000, "cuMemcpyAtoHAsync"),
    ("cuMemcpyAtoHAsync", 3020, "cuMemcpyAtoHAsync_v2"),
    ("cuMemcpyBatchAsync", 12080, "cuMemcpyBatchAsync"),
    ("cuMemcpyBatchAsync", 13000, "cuMemcpyBatchAsync_v2"),
    ("cuMemcpyDtoA", 2000, "cuMemcpyDtoA"),
    ("cuMemcpyDtoA", 3020, "cuMemcpyDtoA_v2"),
    ("cuMemcpyDtoD", 2000, "cuMemcpyDtoD"),
    ("cuMemcpyDtoD", 3020, "cuMemcpyDtoD_v2"),
    ("cuMemcpyDtoDAsync", 3000, "cuMemcpyDtoDAsync"),
    ("cuMemcpyDtoDAsync", 3020, "cuMemcpyDtoDAsync_v2"),
    ("cuMemcpyDtoH", 2000, "cuMemcpyDtoH"),
    ("cuMemcpyDtoH", 3020, "cuMemcpyDtoH_v2"),
    ("cuMemcpyDtoHAsync", 2000, "cuMemcpyDtoHAsync"),
    ("cuMemcpyDtoHAsync", 3020, "cuMemcpyDtoHAsync_v2"),
    ("cuMemcpyHtoA", 2000, "cuMemcpyHtoA"),
    ("cuMemcpyHtoA", 3020, "cuMemcpyHtoA_v2"),
    ("cuMemcpyHtoAAsync", 2000, "cuMemcpyHtoAAsync"),
    ("cuMemcpyHtoAAsync", 3020, "cuMemcpyHtoAAsync_v2"),
    ("cuMemcpyHtoD", 2000, "cuMemcpyHtoD"),
    ("cuMemcpyHtoD", 3020, "cuMemcpyHtoD_v2"),
    ("cuMemcpyHtoDAsync", 2000, "cuMemcpyHtoDAsync"),
    ("cuMemcpyHtoDAsync", 3020, "cuMemcpyHtoDAsync_v2"),
    ("cuMemcpyPeer", 4000, "cuMemcpyPeer"),
    ("cuMemcpyPeerAsync", 4000, "cuMemcpyPeerAsync"),
    ("cuMemsetD16", 2000, "cuMemsetD16"),
    ("cuMemsetD16", 3020, "cuMemsetD16_v2"),
    ("cuMemsetD16Async", 3020, "cuMemsetD16Async"),
    ("cuMemsetD2D16", 2000, "cuMemsetD2D16"),
    ("cuMemsetD2D16", 3020, "cuMemsetD2D16_v2"),
    ("cuMemsetD2D16Async", 3020, "cuMemsetD2D16Async"),
    ("cuMemsetD2D32", 2000, "cuMemsetD2D32"),
    ("cuMemsetD2D32", 3020, "cuMemsetD2D32_v2"),
    ("cuMemsetD2D32Async", 3020, "cuMemsetD2D32Async"),
    ("cuMemsetD2D8", 2000, "cuMemsetD2D8"),
    ("cuMemsetD2D8", 3020, "cuMemsetD2D8_v2"),
    ("cuMemsetD2D8Async", 3020, "cuMemsetD2D8Async"),
    ("cuMemsetD32", 2000, "cuMemsetD32"),
    ("cuMemsetD32", 3020, "cuMemsetD32_v2"),
    ("cuMemsetD32Async", 3020, "cuMemsetD32Async"),
    ("cuMemsetD8", 2000, "cuMemsetD8"),
    ("cuMemsetD8", 3020, "cuMemsetD8_v2"),
    ("cuMemsetD8Async", 3020, "cuMemsetD8Async"),
    ("cuMipmappedArrayCreate", 5000, "cuMipmappedArrayCreate"),
    ("cuMipmappedArrayDestroy", 5000, "cuMipmappedArrayDestroy"),
    ("cuMipmappedArrayGetLevel", 5000, "cuMipmappedArrayGetLevel"),
    ("cuMipmappedArrayGetMemoryRequirements", 11060, "cuMipmappedArrayGetMemoryRequirements"),
    ("cuMipmappedArrayGetSparseProperties", 11010, "cuMipmappedArrayGetSparseProperties"),
    ("cuModuleEnumerateFunctions", 12040, "cuModuleEnumerateFunctions"),
    ("cuModuleGetFunction", 2000, "cuModuleGetFunction"),
    ("cuModuleGetFunctionCount", 12040, "cuModuleGetFunctionCount"),
    ("cuModuleGetGlobal", 2000, "cuModuleGetGlobal"),
    ("cuModuleGetGlobal", 3020, "cuModuleGetGlobal_v2"),
    ("cuModuleGetLoadingMode", 11070, "cuModuleGetLoadingMode"),
    ("cuModuleGetSurfRef", 3000, "cuModuleGetSurfRef"),
    ("cuModuleGetTexRef", 2000, "cuModuleGetTexRef"),
    ("cuModuleLoad", 2000, "cuModuleLoad"),
    ("cuModuleLoadData", 2000, "cuModuleLoadData"),
    ("cuModuleLoadDataEx", 2010, "cuModuleLoadDataEx"),
    ("cuModuleLoadFatBinary", 2000, "cuModuleLoadFatBinary"),
    ("cuModuleUnload", 2000, "cuModuleUnload"),
    ("cuMulticastAddDevice", 12010, "cuMulticastAddDevice"),
    ("cuMulticastBindAddr", 12010, "cuMulticastBindAddr"),
    ("cuMulticastBindMem", 12010, "cuMulticastBindMem"),
    ("cuMulticastCreate", 12010, "cuMulticastCreate"),
    ("cuMulticastGetGranularity", 12010, "cuMulticastGetGranularity"),
    ("cuMulticastUnbind", 12010, "cuMulticastUnbind"),
    ("cuOccupancyAvailableDynamicSMemPerBlock", 10020, "cuOccupancyAvailableDynamicSMemPerBlock"),
    ("cuOccupancyMaxActiveBlocksPerMultiprocessor", 6050, "cuOccupancyMaxActiveBlocksPerMultiprocessor"),
    ("cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags", 7000, "cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags"),
    ("cuOccupancyMaxActiveClusters", 11070, "cuOccupancyMaxActiveClusters"),
    ("cuOccupancyMaxPotentialBlockSize", 6050, "cuOccupancyMaxPotentialBlockSize"),
    ("cuOccupancyMaxPotentialBlockSizeWithFlags", 7000, "cuOccupancyMaxPotentialBlockSizeWithFlags"),
    ("cuOccupancyMaxPotentialClusterSize", 11070, "cuOccupancyMaxPotentialClusterSize"),
    ("cuParamSetSize", 2000, "cuParamSetSize"),
    ("cuParamSetTexRef", 2000, "cuParamSetTexRef"),
    ("cuParamSetf", 2000, "cuParamSetf"),
    ("cuParamSeti", 2000, "cuParamSeti"),
    ("cuParamSetv", 2000, "cuParamSetv"),
    ("cuPointerGetAttribute", 4000, "cuPointerGetAttribute"),
    ("cuPointerGetAttributes", 7000, "cuPointerGetAttributes"),
    ("cuPointerSetAttribute", 6000, "cuPointerSetAttribute"),
    ("cuSignalExternalSemaphoresAsync", 10000, "cuSignalExternalSemaphoresAsync"),
    ("cuStreamAddCallback", 5000, "cuStreamAddCallback"),
    ("cuStreamAttachMemAsync", 6000, "cuStreamAttachMemAsync"),
    ("cuStreamBatchMemOp", 8000, "cuStreamBatchMemOp"),
    ("cuStreamBatchMemOp", 11070, "cuStreamBatchMemOp_v2"),
    ("cuStreamBeginCapture", 10000, "cuStreamBeginCapture"),
    ("cuStreamBeginCapture", 10010, "cuStreamBeginCapture_v2"),
    ("cuStreamBeginCaptureToGraph", 12030, "cuStreamBeginCaptureToGraph"),
    ("cuStreamCopyAttributes", 11000, "cuStreamCopyAttributes"),
    ("cuStreamCreate", 2000, "cuStreamCreate"),
    ("cuStreamCreateWithPriority", 5050, "cuStreamCreateWithPriority"),
    ("cuStreamDestroy", 2000, "cuStreamDestroy"),
    ("cuStreamDestroy", 4000, "cuStreamDestroy_v2"),
    ("cuStreamEndCapture", 10000, "cuStreamEndCapture"),
    ("cuStreamGetAttribute", 11000, "cuStreamGetAttribute"),
    ("cuStreamGetCaptureInfo", 10010, "cuStreamGetCaptureInfo"),
    ("cuStreamGetCaptureInfo", 11030, "cuStreamGetCaptureInfo_v2"),
    ("cuStreamGetCaptureInfo", 12030, "cuStreamGetCaptureInfo_v3"),
    ("cuStreamGetCtx", 9020, "cuStreamGetCtx"),
    ("cuStreamGetCtx", 12050, "cuStreamGetCtx_v2"),
    ("cuStreamGetDevice", 12080, "cuStreamGetDevice"),
    ("cuStreamGetFlags", 5050, "cuStreamGetFlags"),
    ("cuStreamGetGreenCtx", 12040, "cuStreamGetGreenCtx"),
    ("cuStreamGetId", 12000, "cuStreamGetId"),
    ("cuStreamGetPriority", 5050, "cuStreamGetPriority"),
    ("cuStreamIsCapturing", 10000, "cuStreamIsCapturing"),
    ("cuStreamQuery", 2000, "cuStreamQuery"),
    ("cuStreamSetAttribute", 11000, "cuStreamSetAttribute"),
    ("cuStreamSynchronize", 2000, "cuStreamSynchronize"),
    ("cuStreamUpdateCaptureDependencies", 11030, "cuStreamUpdateCaptureDependencies"),
    ("cuStreamUpdateCaptureDependencies", 12030, "cuStreamUpdateCaptureDependencies_v2"),
    ("cuStreamWaitEvent", 3020, "cuStreamWaitEvent"),
    ("cuStreamWaitValue32", 8000, "cuStreamWaitValue32"),
    ("cuStreamWaitValue32", 11070, "cuStreamWaitValue32_v2"),
    ("cuStreamWaitValue64", 9000, "cuStreamWaitValue64"),
    ("cuStreamWaitValue64", 11070, "cuStreamWaitValue64_v2"),
    ("cuStreamWriteValue32", 8000, "cuStreamWriteValue32"),
    ("cuStreamWriteValue32", 11070, "cuStreamWriteValue32_v2"),
    ("cuStreamWriteValue64", 9000, "cuStreamWriteValue64"),
    ("cuStreamWriteValue64", 11070, "cuStreamWriteValue64_v2"),
    ("cuSurfObjectCreate", 5000, "cuSurfObjectCreate"),
    ("cuSurfObjectDestroy", 5000, "cuSurfObjectDestroy"),
    ("cuSurfObjectGetResourceDesc", 5000, "cuSurfObjectGetResourceDesc"),
    ("cuSurfRefGetArray", 3000, "cuSurfRefGetArray"),
    ("cuSurfRefSetArray", 3000, "cuSurfRefSetArray"),
    ("cuTensorMapEncodeIm2col", 12000, "cuTensorMapEncodeIm2col"),
    ("cuTensorMapEncodeIm2colWide", 12080, "cuTensorMapEncodeIm2colWide"),
    ("cuTensorMapEncodeTiled", 12000, "cuTensorMapEncodeTiled"),
    ("cuTensorMapReplaceAddress", 12000, "cuTensorMapReplaceAddress"),
    ("cuTexObjectCreate", 5000, "cuTexObjectCreate"),
    ("cuTexObjectDestroy", 5000, "cuTexObjectDestroy"),
    ("cuTexObjectGetResourceDesc", 5000, "cuTexObjectGetResourceDesc"),
    ("cuTexObjectGetResourceViewDesc", 5000, "cuTexObjectGetResourceViewDesc"),
    ("cuTexObjectGetTextureDesc", 5000, "cuTexObjectGetTextureDesc"),
    ("cuTexRefCreate", 2000, "cuTexRefCreate"),
    ("cuTexRefDestroy", 2000, "cuTexRefDestroy"),
    ("cuTexRefGetAddress", 2000, "cuTexRefGetAddress"),
    ("cuTexRefGetAddress", 3020, "cuTexRefGetAddress_v2"),
    ("cuTexRefGetAddressMode", 2000, "cuTexRefGetAddressMode"),
    ("cuTexRefGetArray", 2000, "cuTexRefGetArray"),
    ("cuTexRefGetBorderColor", 8000, "cuTexRefGetBorderColor"),
    ("cuTexRefGetFilterMode", 2000, "cuTexRefGetFilterMode"),
    ("cuTexRefGetFlags", 2000, "cuTexRefGetFlags"),
    ("cuTexRefGetFormat", 2000, "cuTexRefGetFormat"),
    ("cuTexRefGetMaxAnisotropy", 5000, "cuTexRefGetMaxAnisotropy"),
    ("cuTexRefGetMipmapFilterMode", 5000, "cuTexRefGetMipmapFilterMode"),
    ("cuTexRefGetMipmapLevelBias", 5000, "cuTexRefGetMipmapLevelBias"),
    ("cuTexRefGetMipmapLevelClamp", 5000, "cuTexRefGetMipmapLevelClamp"),
    ("cuTexRefGetMipmappedArray", 5000, "cuTexRefGetMipmappedArray"),
    ("cuTexRefSetAddress", 2000, "cuTexRefSetAddress"),
    ("cuTexRefSetAddress", 3020, "cuTexRefSetAddress_v2"),
    ("cuTexRefSetAddress2D", 2020, "cuTexRefSetAddress2D"),
    ("cuTexRefSetAddress2D", 3020, "cuTexRefSetAddress2D_v2"),
    ("cuTexRefSetAddress2D", 4010, "cuTexRefSetAddress2D_v3"),
    ("cuTexRefSetAddressMode", 2000, "cuTexRefSetAddressMode"),
    ("cuTexRefSetArray", 2000, "cuTexRefSetArray"),
    ("cuTexRefSetBorderColor", 8000, "cuTexRefSetBorderColor"),
    ("cuTexRefSetFilterMode", 2000, "cuTexRefSetFilterMode"),
    ("cuTexRefSetFlags", 2000, "cuTexRefSetFlags"),
    ("cuTexRefSetFormat", 2000, "cuTexRefSetFormat"),
    ("cuTexRefSetMaxAnisotropy", 5000, "cuTexRefSetMaxAnisotropy"),
    ("cuTexRefSetMipmapFilterMode", 5000, "cuTexRefSetMipmapFilterMode"),
    ("cuTexRefSetMipmapLevelBias", 5000, "cuTexRefSetMipmapLevelBias"),
    ("cuTexRefSetMipmapLevelClamp", 5000, "cuTexRefSetMipmapLevelClamp"),
    ("cuTexRefSetMipmappedArray", 5000, "cuTexRefSetMipmappedArray"),
    ("cuThreadExchangeStreamCaptureMode", 10010, "cuThreadExchangeStreamCaptureMode"),
    ("cuUserObjectCreate", 11030, "cuUserObjectCreate"),
    ("cuUserObjectRelease", 11030, "cuUserObjectRelease"),
    ("cuUserObjectRetain", 11030, "cuUserObjectRetain"),
    ("cuWaitExternalSemaphoresAsync", 10000, "cuWaitExternalSemaphoresAsync"),
];
