//! The CUDA driver as this device needs it: one context, a stream for operations, memory, kernels found by name.

use std::collections::HashMap;
use std::ffi::{CString, c_void};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use cudarc::driver::result::{self, DriverError};
use cudarc::driver::{CudaContext, CudaStream, sys};

use super::tiling::Tilings;
use super::upload::Uploads;
use crate::device::{DeviceError, Result};

include!(concat!(env!("OUT_DIR"), "/kernels.rs"));

/// Bytes behind every allocation that kernels may read (never use): a product's last rows are read in whole tiles.
const PADDING: usize = 512;

/// Which driver to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriverKind {
    /// The machine's own.
    Cuda,
    /// The software device, in this process.
    Softcuda,
}

impl DriverKind {
    pub fn name(self) -> &'static str {
        match self {
            DriverKind::Cuda => "cuda",
            DriverKind::Softcuda => "softcuda",
        }
    }
}

/// An open device.
pub struct Driver {
    pub kind: DriverKind,
    pub context: Arc<CudaContext>,
    pub stream: Arc<CudaStream>,
    pub multiprocessors: usize,
    /// Bytes of shared memory that a block may ask for.
    pub shared_memory: usize,
    /// Bytes of shared memory of one multiprocessor.
    pub(super) multiprocessor_shared: usize,
    /// Whether the driver updates graphs in place (CUDA 12.0 and newer).
    pub(super) graphs: bool,
    /// Whether the stream is being recorded.
    pub(super) recording: AtomicBool,
    /// Whether memory was allocated since the last upload began.
    pub(super) allocated: AtomicBool,
    asynchronous_memory: bool,
    /// Tiles and splits of products on this card.
    pub(super) tilings: Tilings,
    /// Tile and splits that the tuner tries.
    forced: Mutex<Option<(String, usize)>>,
    /// Memory let go while the stream was recorded: the graph may still use it, and has not run yet.
    retired: Mutex<Vec<u64>>,
    uploads: Mutex<Option<Uploads>>,
    loaded: Mutex<Loaded>,
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.bind().is_err() {
            return;
        }
        if let Some(mut uploads) = self.uploads().take() {
            uploads.close();
        }
        let _ = self.stream.synchronize();
        let mut loaded = self.loaded.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        for (_, module) in loaded.modules.drain() {
            // SAFETY: buffers keep the driver, so that none is left whose kernels could still be queued.
            let _ = unsafe { result::module::unload(module.0) };
        }
    }
}

#[derive(Default)]
struct Loaded {
    modules: HashMap<usize, Handle<sys::CUmodule>>,
    functions: HashMap<&'static str, (Handle<sys::CUfunction>, u32)>,
}

/// A driver's handle.
#[derive(Clone, Copy)]
pub(super) struct Handle<T>(pub T);
// SAFETY: the driver's handles may be used from any thread.
unsafe impl<T> Send for Handle<T> {}

/// Device memory; freed in the order of the stream.
pub struct Memory {
    address: u64,
    bytes: usize,
    driver: Arc<Driver>,
}

impl Memory {
    pub fn address(&self) -> u64 {
        self.address
    }
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        let driver = &self.driver;
        if driver.context.bind_to_thread().is_err() {
            return;
        }
        if driver.recording.load(Ordering::Relaxed) {
            driver.retired().push(self.address);
            return;
        }
        driver.free(self.address);
    }
}

/// Grid, block and dynamic shared memory of a launch.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub grid: (u32, u32, u32),
    pub block: u32,
    pub shared: u32,
}

impl Shape {
    /// Enough blocks of `block` threads for `threads` threads.
    pub fn cover(threads: usize, block: u32) -> Shape {
        Shape {
            grid: (threads.div_ceil(block as usize) as u32, 1, 1),
            block,
            shared: 0,
        }
    }
}

impl Driver {
    /// Opens device `ordinal`.
    pub fn open(kind: DriverKind, ordinal: usize) -> Result<Arc<Driver>> {
        let error = |message: String| DeviceError {
            device: kind.name(),
            message,
        };
        if kind == DriverKind::Softcuda {
            softcuda::install().map_err(|cause| error(format!("cannot start the software device: {cause}")))?;
        }
        // SAFETY: only looks whether the library can be opened.
        if !unsafe { sys::is_culib_present() } {
            return Err(error(
                "no CUDA driver (libcuda.so) on this machine: install NVIDIA's driver, or use --device softcuda or cpu"
                    .to_string(),
            ));
        }
        let failed = |what: &str, cause: DriverError| error(format!("{what}: {}", describe(cause)));
        result::init().map_err(|cause| failed("cannot initialise the driver", cause))?;
        let count = result::device::get_count().map_err(|cause| failed("cannot count devices", cause))?;
        if ordinal >= count as usize {
            return Err(error(format!("no device {ordinal}: the driver has {count}")));
        }
        let context = CudaContext::new(ordinal).map_err(|cause| failed("cannot open the device", cause))?;
        // SAFETY: operations go to one stream in order, and copies on the other are ordered by events of our own.
        unsafe { context.disable_event_tracking() };
        let stream = context
            .new_stream()
            .map_err(|cause| failed("cannot make a stream", cause))?;
        let mut version = 0;
        // SAFETY: writes one integer.
        let known = unsafe { sys::cuDriverGetVersion(&mut version) }.result().is_ok();
        use sys::CUdevice_attribute_enum as Attribute;
        let attribute = |which| {
            context
                .attribute(which)
                .map_err(|cause| failed("cannot ask for an attribute", cause))
        };
        let (major, minor) = context
            .compute_capability()
            .map_err(|cause| failed("cannot ask for the capability", cause))?;
        if major < 8 {
            return Err(error(format!(
                "compute capability {major}.{minor} is too old: the kernels need 8.0 (Ampere) or newer"
            )));
        }
        let multiprocessors = attribute(Attribute::CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)?.max(1) as usize;
        Ok(Arc::new(Driver {
            kind,
            multiprocessors,
            shared_memory: attribute(Attribute::CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN)? as usize,
            multiprocessor_shared: attribute(Attribute::CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_MULTIPROCESSOR)?
                as usize,
            tilings: Tilings::of(&context.name().unwrap_or_default(), (major, minor), multiprocessors),
            forced: Mutex::default(),
            asynchronous_memory: attribute(Attribute::CU_DEVICE_ATTRIBUTE_MEMORY_POOLS_SUPPORTED)? > 0,
            context,
            stream,
            graphs: known && version >= 12_000,
            recording: AtomicBool::new(false),
            allocated: AtomicBool::new(true),
            retired: Mutex::default(),
            uploads: Mutex::default(),
            loaded: Mutex::default(),
        }))
    }

    pub fn error(&self, message: String) -> DeviceError {
        DeviceError {
            device: self.kind.name(),
            message,
        }
    }

    pub(super) fn uploads(&self) -> MutexGuard<'_, Option<Uploads>> {
        self.uploads.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Tile and splits that products take whatever the table says; for measuring them.
    pub fn forced(&self) -> MutexGuard<'_, Option<(String, usize)>> {
        self.forced.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn retired(&self) -> MutexGuard<'_, Vec<u64>> {
        self.retired.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Frees what was let go during a recording, behind the graph that was submitted since.
    pub(super) fn free_retired(&self) {
        let retired = std::mem::take(&mut *self.retired());
        retired.into_iter().for_each(|address| self.free(address));
    }

    fn free(&self, address: u64) {
        // SAFETY: the address came from the same kind of allocation, and nothing else frees it. Work queued before is
        // done first: a stream-ordered free comes after it, and a plain free waits for the device.
        let freed = unsafe {
            if self.asynchronous_memory {
                result::free_async(address, self.stream.cu_stream())
            } else {
                result::free_sync(address)
            }
        };
        // Nothing is left to do about a failure here: a sticky fault has been reported by the operation that saw it.
        let _ = freed;
    }

    pub(super) fn check<T>(&self, what: &str, outcome: std::result::Result<T, DriverError>) -> Result<T> {
        outcome.map_err(|cause| self.error(format!("{what}: {}", describe(cause))))
    }

    pub(super) fn bind(&self) -> Result<()> {
        self.check("cannot use the context", self.context.bind_to_thread())
    }

    /// `bytes` zero bytes.
    pub fn allocate(self: &Arc<Self>, bytes: usize) -> Result<Memory> {
        self.bind()?;
        self.allocated.store(true, Ordering::Relaxed);
        let padded = bytes + PADDING;
        // While the stream is recorded the memory must exist before the graph runs: the null stream provides it.
        let recording = self.recording.load(Ordering::Relaxed);
        let stream = if recording {
            std::ptr::null_mut()
        } else {
            self.stream.cu_stream()
        };
        // SAFETY: the memory is set before anything reads it.
        let address = unsafe {
            if self.asynchronous_memory {
                result::malloc_async(stream, padded)
            } else {
                result::malloc_sync(padded)
            }
        };
        let address = self.check(&format!("cannot allocate {bytes} bytes"), address)?;
        let memory = Memory {
            address,
            bytes,
            driver: self.clone(),
        };
        // SAFETY: within the allocation just made.
        let set = unsafe { result::memset_d8_async(address, 0, padded, stream) };
        self.check("cannot set memory", set)?;
        if recording {
            // SAFETY: the null stream is always there.
            let waited = unsafe { result::stream::synchronize(stream) };
            self.check("cannot set memory", waited)?;
        }
        Ok(memory)
    }

    fn range(&self, memory: &Memory, offset: usize, bytes: usize) -> Result<u64> {
        match offset.checked_add(bytes) {
            Some(end) if end <= memory.bytes => Ok(memory.address + offset as u64),
            _ => Err(self.error(format!(
                "{bytes} bytes at {offset} of a buffer of {} bytes",
                memory.bytes
            ))),
        }
    }

    pub fn set_zero(&self, memory: &Memory, offset: usize, bytes: usize) -> Result<()> {
        let address = self.range(memory, offset, bytes)?;
        self.bind()?;
        // SAFETY: the range lies in the allocation.
        let set = unsafe { result::memset_d8_async(address, 0, bytes, self.stream.cu_stream()) };
        self.check("cannot set memory", set)
    }

    /// Copies to the device, on the copy stream when an upload is under way; the source may change once this returns.
    pub fn write<T: Copy>(&self, memory: &Memory, offset: usize, source: &[T]) -> Result<()> {
        let address = self.range(memory, offset, size_of_val(source))?;
        if source.is_empty() {
            return Ok(());
        }
        self.bind()?;
        if self.write_upload(address, source)? {
            return Ok(());
        }
        if self.recording.load(Ordering::Relaxed) {
            // Tables that an operation keeps are copied before the graph runs.
            // SAFETY: the range lies in the allocation.
            let copied = unsafe { result::memcpy_htod_sync(address, source) };
            return self.check("cannot copy to the device", copied);
        }
        // SAFETY: the range lies in the allocation. The source is pageable memory, which the driver stages before it
        // returns (CUDA driver API, "API synchronization behavior").
        let copied = unsafe { result::memcpy_htod_async(address, source, self.stream.cu_stream()) };
        self.check("cannot copy to the device", copied)
    }

    /// Waits for what is queued, then copies from the device.
    pub fn read<T: Copy>(&self, memory: &Memory, offset: usize, destination: &mut [T]) -> Result<()> {
        let address = self.range(memory, offset, size_of_val(destination))?;
        self.bind()?;
        if !destination.is_empty() {
            // SAFETY: the range lies in the allocation; the stream is waited for before the destination is used.
            let copied = unsafe { result::memcpy_dtoh_async(destination, address, self.stream.cu_stream()) };
            self.check("cannot copy from the device", copied)?;
        }
        self.synchronize()
    }

    pub fn synchronize(&self) -> Result<()> {
        self.check("a queued operation failed", self.stream.synchronize())
    }

    /// The kernel of this name with room for `shared` bytes of dynamic shared memory, compiled on first use.
    fn function(&self, name: &'static str, shared: u32) -> Result<sys::CUfunction> {
        let mut loaded = self.loaded.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((function, room)) = loaded.functions.get(name)
            && *room >= shared
        {
            return Ok(function.0);
        }
        let at = KERNELS
            .binary_search_by_key(&name, |(kernel, _)| kernel)
            .map_err(|_| self.error(format!("no kernel `{name}` in this build")))?;
        let module = KERNELS[at].1;
        let handle = match loaded.modules.get(&module) {
            Some(handle) => *handle,
            None => {
                let handle = Handle(self.load(MODULES[module].0, MODULES[module].1)?);
                loaded.modules.insert(module, handle);
                handle
            }
        };
        let kernel = CString::new(name).map_err(|_| self.error(format!("`{name}` is no kernel's name")))?;
        // SAFETY: the module is loaded and stays so.
        let function = unsafe { result::module::get_function(handle.0, kernel) };
        let function = self.check(&format!("no kernel `{name}`"), function)?;
        const STATIC_LIMIT: u32 = 48 << 10;
        if shared > STATIC_LIMIT {
            use sys::CUfunction_attribute_enum::CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES as DYNAMIC;
            // SAFETY: the function was just found.
            let set = unsafe { result::function::set_function_attribute(function, DYNAMIC, shared as i32) };
            self.check(&format!("`{name}` cannot have {shared} bytes of shared memory"), set)?;
        }
        loaded
            .functions
            .insert(name, (Handle(function), shared.max(STATIC_LIMIT)));
        Ok(function)
    }

    /// Loads PTX; an error carries the compiler's own words.
    fn load(&self, name: &str, text: &str) -> Result<sys::CUmodule> {
        use sys::CUjit_option_enum as Opt;
        self.bind()?;
        let image = CString::new(text).map_err(|_| self.error(format!("{name}.ptx holds a nul")))?;
        let mut log = vec![0u8; 4096];
        let mut module = std::ptr::null_mut();
        let mut options = [Opt::CU_JIT_ERROR_LOG_BUFFER, Opt::CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES];
        let mut values = [log.as_mut_ptr().cast::<c_void>(), log.len() as *mut c_void];
        // SAFETY: the image ends in a nul; the log's address and size are those of `log`, which outlives the call.
        let outcome = unsafe {
            sys::cuModuleLoadDataEx(
                &mut module,
                image.as_ptr().cast(),
                options.len() as u32,
                options.as_mut_ptr(),
                values.as_mut_ptr(),
            )
        };
        match outcome.result() {
            Ok(()) => Ok(module),
            Err(cause) => {
                let end = log.iter().position(|byte| *byte == 0).unwrap_or(log.len());
                let reason = String::from_utf8_lossy(&log[..end]);
                Err(self.error(format!(
                    "cannot compile {name}.ptx: {}{}{}: `codeexecutor doctor` says what the driver supports",
                    describe(cause),
                    if reason.trim().is_empty() { "" } else { ": " },
                    reason.trim().replace('\n', "; ")
                )))
            }
        }
    }

    /// Compiles every kernel of the build, and says what each module's outcome is.
    pub fn compile_all(&self) -> Vec<(&'static str, Result<()>)> {
        MODULES
            .iter()
            .enumerate()
            .map(|(index, (module, _))| {
                let first = KERNELS.iter().find(|(_, of)| *of == index);
                (
                    *module,
                    first.map_or(Ok(()), |(kernel, _)| self.function(kernel, 0).map(|_| ())),
                )
            })
            .collect()
    }

    /// Queues a kernel.
    ///
    /// # Safety
    /// `parameters` point to values of the types that the kernel declares, in its order; addresses among them are of
    /// device memory that holds what the kernel reads and writes for this shape.
    pub unsafe fn launch(&self, name: &'static str, shape: Shape, parameters: &mut [*mut c_void]) -> Result<()> {
        if shape.grid.0 == 0 || shape.grid.1 == 0 || shape.grid.2 == 0 {
            return Ok(());
        }
        if shape.shared as usize > self.shared_memory {
            return Err(self.error(format!(
                "`{name}` needs {} bytes of shared memory per block; this device has {}",
                shape.shared, self.shared_memory
            )));
        }
        let function = self.function(name, shape.shared)?;
        self.bind()?;
        // SAFETY: the caller's promise.
        let launched = unsafe {
            result::launch_kernel(
                function,
                shape.grid,
                (shape.block, 1, 1),
                shape.shared,
                self.stream.cu_stream(),
                parameters,
            )
        };
        self.check(&format!("cannot launch `{name}`"), launched)
    }
}

/// The driver's name and words for an error.
fn describe(cause: DriverError) -> String {
    let name = cause
        .error_name()
        .map_or_else(|_| format!("{:?}", cause.0), |name| name.to_string_lossy().into_owned());
    match cause.error_string() {
        Ok(text) => format!("{name} ({})", text.to_string_lossy()),
        Err(_) => name,
    }
}

/// Queues a kernel with typed arguments, each a variable of the type that the kernel declares.
macro_rules! launch {
    ($driver:expr, $name:expr, $shape:expr, $($argument:expr),+ $(,)?) => {
        $driver.launch(
            $name,
            $shape,
            &mut [$((&raw const $argument).cast_mut().cast::<std::ffi::c_void>()),+],
        )
    };
}
pub(super) use launch;
