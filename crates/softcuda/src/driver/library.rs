//! Libraries and kernels: code without a context, loaded into each context at its first use there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::context::{Context, current};
use super::export::{Handle, In, Out, Registry, Text, export, new_handle};
use super::fatbinary::ptx_of_bytes;
use super::function::Function;
use super::module::{Jit, LoadedModule, MODULES, read_file};
use super::status::{Result, Status};
use super::{device, devices};
use crate::ptx::Module;

static LIBRARIES: Registry<Library> = Registry::new();
static KERNELS: Registry<LibraryKernel> = Registry::new();

struct Library {
    handle: Handle,
    code: Arc<Module>,
    /// By context handle.
    modules: Mutex<HashMap<Handle, Arc<LoadedModule>>>,
    kernels: Mutex<Vec<Arc<LibraryKernel>>>,
}

struct LibraryKernel {
    handle: Handle,
    library: Handle,
    name: String,
}

impl Library {
    fn module(&self, context: &Context) -> Result<Arc<LoadedModule>> {
        let mut modules = self.modules.lock().unwrap();
        modules.retain(|_, module| MODULES.get(module.handle).is_ok());
        if let Some(module) = modules.get(&context.handle) {
            return Ok(module.clone());
        }
        let module = LoadedModule::load(context, self.code.clone())?;
        modules.insert(context.handle, module.clone());
        Ok(module)
    }

    fn kernel(&self, name: &str) -> Result<Handle> {
        self.code.kernel(name).ok_or(Status::NOT_FOUND)?;
        let mut kernels = self.kernels.lock().unwrap();
        if let Some(kernel) = kernels.iter().find(|kernel| kernel.name == name) {
            return Ok(kernel.handle);
        }
        let kernel = Arc::new(LibraryKernel {
            handle: new_handle(),
            library: self.handle,
            name: name.to_string(),
        });
        KERNELS.insert(kernel.handle, kernel.clone());
        kernels.push(kernel.clone());
        Ok(kernel.handle)
    }
}

/// A kernel's function in the current context.
pub fn kernel_function(kernel: Handle) -> Result<Arc<Function>> {
    let kernel = KERNELS.get(kernel)?;
    let library = LIBRARIES.get(kernel.library)?;
    library.module(&*current()?)?.function(&kernel.name)
}

/// A kernel's function in the primary context of a device, or in the current context if that is on the device.
fn on_device(kernel: Handle, ordinal: i32) -> Result<Arc<Function>> {
    let object = KERNELS.get(kernel)?;
    let library = LIBRARIES.get(object.library)?;
    let device = device::get(ordinal)?;
    if let Ok(context) = current()
        && context.device.ordinal == ordinal
    {
        return kernel_function(kernel);
    }
    let context = device
        .primary
        .lock()
        .unwrap()
        .0
        .clone()
        .ok_or(Status::INVALID_CONTEXT)?;
    library.module(&context)?.function(&object.name)
}

fn load(result: Out<Handle>, text: &str, jit: &Jit, name: Option<String>) -> Result {
    result.require()?;
    let code = jit.compile(text, name)?;
    let library = Library {
        handle: new_handle(),
        code,
        modules: Mutex::default(),
        kernels: Mutex::default(),
    };
    result.set(library.handle)?;
    LIBRARIES.insert(library.handle, Arc::new(library));
    Ok(())
}

fn architecture() -> Result<i32> {
    let (major, minor) = devices()?.first().ok_or(Status::NO_DEVICE)?.capability();
    Ok(major * 10 + minor)
}

fn global(address: Out<u64>, bytes: Out<u64>, library: Handle, name: &str, managed: bool) -> Result {
    let library = LIBRARIES.get(library)?;
    let known = library.code.globals.iter().find(|global| global.name == name);
    if known.is_none_or(|global| managed && !global.managed) {
        return Err(Status::NOT_FOUND);
    }
    let (base, size) = library
        .module(&*current()?)?
        .image
        .global(name)
        .ok_or(Status::NOT_FOUND)?;
    address.offer(base);
    bytes.offer(size);
    Ok(())
}

export! {
    fn cuLibraryLoadData(
        library: Out<Handle>, image: In<u8>, options: In<u32>, values: Out<u64>, count: u32, _library_options: In<u32>,
        _library_values: In<u64>, _library_count: u32,
    ) {
        let jit = Jit::new(count, options, values)?;
        load(library, &jit.text(image, architecture()?)?, &jit, None)
    }
    fn cuLibraryLoadFromFile(
        library: Out<Handle>, path: Text, options: In<u32>, values: Out<u64>, count: u32, _library_options: In<u32>,
        _library_values: In<u64>, _library_count: u32,
    ) {
        let text = ptx_of_bytes(&read_file(path.get()?)?, architecture()?)?;
        load(library, &text, &Jit::new(count, options, values)?, Some(path.get()?.to_string()))
    }
    fn cuLibraryUnload(library: Handle) {
        devices()?;
        let library = LIBRARIES.remove(library)?;
        for kernel in library.kernels.lock().unwrap().drain(..) {
            let _ = KERNELS.remove(kernel.handle);
        }
        for (_, module) in library.modules.lock().unwrap().drain() {
            module.unload();
        }
        Ok(())
    }
    fn cuLibraryGetKernel(kernel: Out<Handle>, library: Handle, name: Text) {
        devices()?;
        kernel.set(LIBRARIES.get(library)?.kernel(name.get()?)?)
    }
    fn cuLibraryGetKernelCount(count: Out<u32>, library: Handle) {
        devices()?;
        count.set(LIBRARIES.get(library)?.code.kernels.len() as u32)
    }
    fn cuLibraryEnumerateKernels(kernels: Out<Handle>, count: u32, library: Handle) {
        devices()?;
        let library = LIBRARIES.get(library)?;
        for (index, kernel) in library.code.kernels.iter().take(count as usize).enumerate() {
            kernels.set_at(index, library.kernel(&kernel.name)?)?;
        }
        Ok(())
    }
    fn cuLibraryGetModule(module: Out<Handle>, library: Handle) {
        devices()?;
        module.set(LIBRARIES.get(library)?.module(&*current()?)?.handle)
    }
    fn cuLibraryGetGlobal(address: Out<u64>, bytes: Out<u64>, library: Handle, name: Text) {
        devices()?;
        global(address, bytes, library, name.get()?, false)
    }
    fn cuLibraryGetManaged(address: Out<u64>, bytes: Out<u64>, library: Handle, name: Text) {
        devices()?;
        global(address, bytes, library, name.get()?, true)
    }
    fn cuKernelGetFunction(function: Out<Handle>, kernel: Handle) {
        devices()?;
        function.set(kernel_function(kernel)?.handle)
    }
    fn cuKernelGetLibrary(library: Out<Handle>, kernel: Handle) {
        devices()?;
        library.set(KERNELS.get(kernel)?.library)
    }
    fn cuKernelGetName(name: Out<u64>, kernel: Handle) {
        devices()?;
        name.set(Function::get(kernel)?.c_name_address())
    }
    fn cuKernelGetAttribute(value: Out<i32>, attribute: i32, kernel: Handle, device: i32) {
        devices()?;
        value.set(on_device(kernel, device)?.attribute(attribute)?)
    }
    fn cuKernelSetAttribute(attribute: i32, value: i32, kernel: Handle, device: i32) {
        devices()?;
        on_device(kernel, device)?.set_attribute(attribute, value)
    }
    fn cuKernelSetCacheConfig(kernel: Handle, configuration: u32, device: i32) {
        devices()?;
        on_device(kernel, device)?;
        if configuration > 3 { Err(Status::INVALID_VALUE) } else { Ok(()) }
    }
    fn cuKernelGetParamInfo(kernel: Handle, index: u64, offset: Out<u64>, size: Out<u64>) {
        devices()?;
        let (found_offset, found_size) = Function::get(kernel)?.parameter(index)?;
        offset.set(found_offset)?;
        size.offer(found_size);
        Ok(())
    }
}
