//! Error codes, their names, and this thread's last error.

use std::cell::Cell;
use std::ffi::{CStr, c_char};

/// A `cudaError_t` other than success. The driver's codes are the runtime's wherever both have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error(pub u32);

pub type Result<T = ()> = std::result::Result<T, Error>;

macro_rules! errors {
    ($($code:literal $name:ident $text:literal)*) => {
        fn describe(code: u32) -> Option<(&'static CStr, &'static CStr)> {
            let texts = match code {
                0 => ("cudaSuccess\0", "no error\0"),
                $($code => (concat!("cudaError", stringify!($name), "\0"), concat!($text, "\0")),)*
                _ => return None,
            };
            let of = |text: &'static str| CStr::from_bytes_with_nul(text.as_bytes()).unwrap_or_default();
            Some((of(texts.0), of(texts.1)))
        }
    };
}

errors! {
    1 InvalidValue "an argument is outside what the function takes"
    2 MemoryAllocation "not enough memory"
    3 InitializationError "the driver cannot be used in this process"
    4 CudartUnloading "the process is ending"
    5 ProfilerDisabled "no profiler is running"
    6 ProfilerNotInitialized "the profiler was not set up"
    7 ProfilerAlreadyStarted "the profiler runs already"
    8 ProfilerAlreadyStopped "the profiler is stopped already"
    9 InvalidConfiguration "a grid or block of such a size cannot be launched"
    10 VersionTranslation "the driver's version cannot be spoken to"
    12 InvalidPitchValue "the pitch is outside what the device takes"
    13 InvalidSymbol "no variable of the device goes by this symbol"
    16 InvalidHostPointer "the host pointer is not usable here"
    17 InvalidDevicePointer "the device pointer is not usable here"
    18 InvalidTexture "no such texture"
    19 InvalidTextureBinding "the texture is not bound rightly"
    20 InvalidChannelDescriptor "no format has such channels"
    21 InvalidMemcpyDirection "no copy goes in this direction"
    22 AddressOfConstant "the address of a constant was asked for"
    23 TextureFetchFailed "a texture could not be read"
    24 TextureNotBound "a texture was read before it was bound"
    25 SynchronizationError "waiting for the device failed"
    26 InvalidFilterSetting "this format cannot be filtered linearly"
    27 InvalidNormSetting "this format cannot be read as normalized"
    28 MixedDeviceExecution "device and emulation were mixed"
    31 NotYetImplemented "not there yet"
    32 MemoryValueTooLarge "the memory value is too large"
    34 StubLibrary "the driver found is only a stub to link with"
    35 InsufficientDriver "no driver was found, or one too old"
    36 CallRequiresNewerDriver "the driver lacks this function"
    37 InvalidSurface "no such surface"
    43 DuplicateVariableName "two variables have one name"
    44 DuplicateTextureName "two textures have one name"
    45 DuplicateSurfaceName "two surfaces have one name"
    46 DevicesUnavailable "all devices are taken"
    49 IncompatibleDriverContext "the current context is not one for the runtime"
    52 MissingConfiguration "a kernel was called without a launch configuration"
    53 PriorLaunchFailure "an earlier launch failed"
    65 LaunchMaxDepthExceeded "launches from launches are too deep"
    66 LaunchFileScopedTex "a launch from the device uses a texture of file scope"
    67 LaunchFileScopedSurf "a launch from the device uses a surface of file scope"
    68 SyncDepthExceeded "waits inside launches are too deep"
    69 LaunchPendingCountExceeded "too many launches are pending"
    98 InvalidDeviceFunction "no kernel goes by this function"
    100 NoDevice "there is no device"
    101 InvalidDevice "no device has this number"
    102 DeviceNotLicensed "the device has no licence"
    103 SoftwareValidityNotEstablished "the software could not be validated"
    127 StartupFailure "the runtime could not start"
    200 InvalidKernelImage "the code is no image this driver knows"
    201 DeviceUninitialized "there is no usable context"
    205 MapBufferObjectFailed "the buffer could not be mapped"
    206 UnmapBufferObjectFailed "the buffer could not be unmapped"
    207 ArrayIsMapped "the array is mapped"
    208 AlreadyMapped "the resource is mapped already"
    209 NoKernelImageForDevice "the code holds nothing this device can run"
    210 AlreadyAcquired "the resource is taken already"
    211 NotMapped "the resource is not mapped"
    212 NotMappedAsArray "the resource is not mapped as an array"
    213 NotMappedAsPointer "the resource is not mapped as a pointer"
    214 ECCUncorrectable "memory failed beyond correction"
    215 UnsupportedLimit "the device has no such limit"
    216 DeviceAlreadyInUse "another thread holds the device"
    217 PeerAccessUnsupported "the devices cannot reach each other's memory"
    218 InvalidPtx "the PTX does not compile"
    219 InvalidGraphicsContext "no usable graphics context"
    220 NvlinkUncorrectable "a link failed beyond correction"
    221 JitCompilerNotFound "there is no just-in-time compiler"
    222 UnsupportedPtxVersion "the PTX is of a version the driver does not know"
    223 JitCompilationDisabled "just-in-time compilation is switched off"
    224 UnsupportedExecAffinity "the device has no such affinity"
    225 UnsupportedDevSideSync "the code waits on the device, which is no longer supported"
    226 Contained "a fault was contained"
    227 InsufficientLoaderVersion "the loader is too old for this code"
    300 InvalidSource "the source is not usable"
    301 FileNotFound "no such file"
    302 SharedObjectSymbolNotFound "the shared object lacks a symbol"
    303 SharedObjectInitFailed "the shared object could not be loaded"
    304 OperatingSystem "the operating system refused"
    400 InvalidResourceHandle "no such object, or no longer"
    401 IllegalState "the object is not in a state for this"
    402 LossyQuery "the answer would lose information"
    500 SymbolNotFound "nothing goes by this name"
    600 NotReady "work is still under way"
    700 IllegalAddress "a kernel touched memory that is not there"
    701 LaunchOutOfResources "the kernel needs more than the device has"
    702 LaunchTimeout "the kernel ran too long"
    703 LaunchIncompatibleTexturing "the kernel's textures do not fit"
    704 PeerAccessAlreadyEnabled "access to the peer is enabled already"
    705 PeerAccessNotEnabled "access to the peer was not enabled"
    708 SetOnActiveProcess "the device is in use already"
    709 ContextIsDestroyed "the context was destroyed"
    710 Assert "an assertion in a kernel failed"
    711 TooManyPeers "too many peers"
    712 HostMemoryAlreadyRegistered "the host memory is registered already"
    713 HostMemoryNotRegistered "the host memory was never registered"
    714 HardwareStackError "a kernel's stack overflowed"
    715 IllegalInstruction "a kernel ran an instruction that is none"
    716 MisalignedAddress "a kernel touched memory at an address that is not aligned"
    717 InvalidAddressSpace "a kernel touched memory in a space it is not in"
    718 InvalidPc "a kernel jumped to where no code is"
    719 LaunchFailure "a kernel failed"
    720 CooperativeLaunchTooLarge "the device cannot hold all blocks of the cooperative launch at once"
    721 TensorMemoryLeak "a kernel ended without freeing tensor memory"
    800 NotPermitted "this is not permitted here"
    801 NotSupported "this is not supported"
    802 SystemNotReady "the system is not ready"
    803 SystemDriverMismatch "the driver's parts are of different versions"
    804 CompatNotSupportedOnDevice "the device does not support compatibility mode"
    805 MpsConnectionFailed "the multi-process service cannot be reached"
    806 MpsRpcFailure "a call of the multi-process service failed"
    807 MpsServerNotReady "the multi-process service is not ready"
    808 MpsMaxClientsReached "the multi-process service has too many clients"
    809 MpsMaxConnectionsReached "the multi-process service has too many connections"
    810 MpsClientTerminated "the multi-process service ended this client"
    811 CdpNotSupported "the device cannot launch kernels from kernels"
    812 CdpVersionMismatch "code of two versions of device launches was mixed"
    900 StreamCaptureUnsupported "this cannot be captured"
    901 StreamCaptureInvalidated "the capture was spoilt by an earlier error"
    902 StreamCaptureMerge "two captures would become one"
    903 StreamCaptureUnmatched "the capture did not begin in this stream"
    904 StreamCaptureUnjoined "the capture has work that was not joined"
    905 StreamCaptureIsolation "the captured work would depend on work outside"
    906 StreamCaptureImplicit "the legacy stream would depend on captured work"
    907 CapturedEvent "the event was recorded in a capture"
    908 StreamCaptureWrongThread "the capture belongs to another thread"
    909 Timeout "the time is over"
    910 GraphExecUpdateFailure "the executable graph cannot be updated so"
    911 ExternalDevice "a device outside failed"
    912 InvalidClusterSize "no cluster has such a size"
    913 FunctionNotLoaded "the function was not loaded"
    914 InvalidResourceType "the resource is of another type"
    915 InvalidResourceConfiguration "the resource is not set up for this"
    917 StreamDetached "the stream is detached"
    918 GraphRecaptureFailure "the capture does not fit the graph"
    919 FabricNotReady "the fabric is not ready"
    999 Unknown "an error nothing is known of"
    10000 ApiFailureBase "a code of an old version"
}

#[allow(non_upper_case_globals)]
impl Error {
    pub const InvalidValue: Error = Error(1);
    pub const InvalidConfiguration: Error = Error(9);
    pub const InvalidSymbol: Error = Error(13);
    pub const InvalidChannelDescriptor: Error = Error(20);
    pub const InvalidMemcpyDirection: Error = Error(21);
    pub const InsufficientDriver: Error = Error(35);
    pub const CallRequiresNewerDriver: Error = Error(36);
    pub const MissingConfiguration: Error = Error(52);
    pub const InvalidDeviceFunction: Error = Error(98);
    pub const NoDevice: Error = Error(100);
    pub const InvalidDevice: Error = Error(101);
    pub const InvalidKernelImage: Error = Error(200);
    pub const SymbolNotFound: Error = Error(500);
    pub const NotSupported: Error = Error(801);
    pub const Unknown: Error = Error(999);

    /// Whether the error stays until the device is reset: it ended the context.
    fn sticks(self) -> bool {
        matches!(self.0, 214 | 220 | 226 | 700 | 702 | 710 | 714..=719 | 721)
    }

    pub fn name(self) -> &'static str {
        describe(self.0).map_or("", |texts| texts.0.to_str().unwrap_or_default())
    }
}

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Remembers an error for cudaGetLastError. The one that ended the context is not displaced by what follows from it.
pub fn remember(error: Error) {
    if !Error(LAST.get()).sticks() {
        LAST.set(error.0);
    }
}

/// Forgets even an error that sticks: the context it ended is gone.
pub fn forget() {
    LAST.set(0);
}

#[unsafe(no_mangle)]
pub extern "C" fn cudaGetLastError() -> u32 {
    let last = LAST.get();
    if !Error(last).sticks() {
        LAST.set(0);
    }
    last
}

#[unsafe(no_mangle)]
pub extern "C" fn cudaPeekAtLastError() -> u32 {
    LAST.get()
}

#[unsafe(no_mangle)]
pub extern "C" fn cudaGetErrorName(code: u32) -> *const c_char {
    describe(code)
        .map_or(c"unrecognized error code", |texts| texts.0)
        .as_ptr()
}

#[unsafe(no_mangle)]
pub extern "C" fn cudaGetErrorString(code: u32) -> *const c_char {
    describe(code)
        .map_or(c"unrecognized error code", |texts| texts.1)
        .as_ptr()
}
