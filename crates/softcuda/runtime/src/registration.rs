//! What nvcc's host code registers before main: fat binaries with their kernels and variables.
//!
//! Code is loaded at the first use of something in it, so that a program which uses no device needs no driver.

use std::collections::HashMap;
use std::ffi::CString;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use crate::context::enter;
use crate::driver;
use crate::errors::{Error, Result};
use crate::export::{Handle, In, Out, export, guard, out, text};

/// A fat binary's wrapper: magic number, version, address of the container (CUDA's fatbinary_section.h).
const WRAPPER_MAGIC: u32 = 0x466243b1;

struct Binary {
    wrapper: u64,
    library: Mutex<Option<Result<Handle>>>,
    managed: Mutex<Vec<Arc<Variable>>>,
}

struct Function {
    binary: Arc<Binary>,
    name: CString,
    kernel: OnceLock<Handle>,
}

struct Variable {
    binary: Arc<Binary>,
    name: CString,
    size: u64,
    /// For a managed variable: where the program keeps its address.
    pointer: Option<Out<u64>>,
}

// SAFETY: the pointer is that of a static variable of the program's, written under the binary's lock.
unsafe impl Send for Variable {}
// SAFETY: as above.
unsafe impl Sync for Variable {}

#[derive(Default)]
struct Registered {
    binaries: HashMap<u64, Arc<Binary>>,
    functions: HashMap<u64, Arc<Function>>,
    variables: HashMap<u64, Arc<Variable>>,
    /// Kernels and functions that the runtime gave out as handles, by handle; true for functions.
    handles: HashMap<Handle, bool>,
}

static REGISTERED: RwLock<Option<Registered>> = RwLock::new(None);

fn read<T>(look: impl FnOnce(&Registered) -> Option<T>) -> Option<T> {
    look(REGISTERED.read().unwrap_or_else(PoisonError::into_inner).as_ref()?)
}

fn write<T>(change: impl FnOnce(&mut Registered) -> T) -> T {
    let mut registered = REGISTERED.write().unwrap_or_else(PoisonError::into_inner);
    change(registered.get_or_insert_default())
}

impl Binary {
    /// The library of the binary's code.
    fn library(&self) -> Result<Handle> {
        let mut library = self.library.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = *library {
            return known;
        }
        let mut handle = 0u64;
        let loaded = driver::cuLibraryLoadData(out(&mut handle), self.wrapper, 0, 0, 0, 0, 0, 0).map(|()| handle);
        *library = Some(loaded);
        loaded
    }

    /// Gives the program the addresses of its managed variables.
    fn place_managed(&self) -> Result {
        let managed = self.managed.lock().unwrap_or_else(PoisonError::into_inner);
        for variable in managed.iter() {
            let (address, _) = variable.place()?;
            if let Some(pointer) = variable.pointer {
                pointer.set(address)?;
            }
        }
        Ok(())
    }
}

impl Variable {
    /// Address and size in the current context.
    fn place(&self) -> Result<(u64, u64)> {
        let (mut address, mut bytes) = (0u64, 0u64);
        let (library, name) = (self.binary.library()?, self.name.as_ptr() as u64);
        let found = match self.pointer {
            Some(_) => driver::cuLibraryGetManaged(out(&mut address), out(&mut bytes), library, name),
            None => driver::cuLibraryGetGlobal(out(&mut address), out(&mut bytes), library, name),
        };
        found.map_err(|error| {
            if error == Error::SymbolNotFound {
                Error::InvalidSymbol
            } else {
                error
            }
        })?;
        Ok((address, if self.size == 0 { bytes } else { self.size }))
    }
}

/// The driver's kernel of a host function, or of a handle the runtime gave out.
///
/// # Errors
/// InvalidDeviceFunction for anything else.
pub fn kernel(function: u64) -> Result<Handle> {
    let Some(found) = read(|registered| registered.functions.get(&function).cloned()) else {
        let known = read(|registered| registered.handles.get(&function).copied());
        return known.map(|_| function).ok_or(Error::InvalidDeviceFunction);
    };
    if let Some(kernel) = found.kernel.get() {
        return Ok(*kernel);
    }
    enter()?;
    let mut kernel = 0u64;
    driver::cuLibraryGetKernel(out(&mut kernel), found.binary.library()?, found.name.as_ptr() as u64).map_err(
        |error| {
            if error == Error::SymbolNotFound {
                Error::InvalidDeviceFunction
            } else {
                error
            }
        },
    )?;
    found.binary.place_managed()?;
    Ok(*found.kernel.get_or_init(|| kernel))
}

/// The driver's function of a host function in the current context.
pub fn function(function: u64) -> Result<Handle> {
    enter()?;
    let kernel = kernel(function)?;
    if read(|registered| registered.handles.get(&kernel).copied()) == Some(true) {
        return Ok(kernel);
    }
    let mut result = 0u64;
    driver::cuKernelGetFunction(out(&mut result), kernel)?;
    Ok(result)
}

/// The host function whose driver's function or kernel this is; the handle itself where there is none.
pub fn host_function(handle: Handle) -> u64 {
    let known: Vec<(u64, Handle)> = read(|registered| {
        let used = |(host, function): (&u64, &Arc<Function>)| function.kernel.get().map(|kernel| (*host, *kernel));
        Some(registered.functions.iter().filter_map(used).collect())
    })
    .unwrap_or_default();
    let is_it = |&(host, kernel): &(u64, Handle)| kernel == handle || function(host) == Ok(handle);
    known.into_iter().find(is_it).map_or(handle, |(host, _)| host)
}

/// Remembers a handle given to the program, which may pass it where host functions go.
pub fn give_out(handle: Handle, is_function: bool) {
    write(|registered| registered.handles.insert(handle, is_function));
}

/// Address and size of a variable of the device's.
///
/// # Errors
/// InvalidSymbol for what was never registered.
pub fn symbol(symbol: u64) -> Result<(u64, u64)> {
    enter()?;
    if let Some(variable) = read(|registered| registered.variables.get(&symbol).cloned()) {
        return variable.place();
    }
    // A managed variable's name in the program gives its address in managed memory.
    let managed: Vec<Arc<Variable>> = read(|registered| {
        let all = registered
            .variables
            .values()
            .filter(|variable| variable.pointer.is_some());
        Some(all.cloned().collect())
    })
    .unwrap_or_default();
    for variable in managed {
        if let Ok(place) = variable.place()
            && place.0 == symbol
        {
            return Ok(place);
        }
    }
    Err(Error::InvalidSymbol)
}

/// The binary of a handle that nvcc's host code passes.
fn binary(handle: u64) -> Option<Arc<Binary>> {
    read(|registered| registered.binaries.get(&handle).cloned())
}

#[unsafe(no_mangle)]
pub extern "C" fn __cudaRegisterFatBinary(wrapper: In<u32>) -> u64 {
    let mut handle = 0;
    guard("__cudaRegisterFatBinary", || {
        if wrapper.get()? != WRAPPER_MAGIC {
            return Err(Error::InvalidKernelImage);
        }
        let binary = Binary {
            wrapper: wrapper.address(),
            library: Mutex::new(None),
            managed: Mutex::default(),
        };
        // A handle that can be read, as some callers do: it is never freed, for it is 8 bytes for each file of a program.
        handle = Box::leak(Box::new(wrapper.address())) as *mut u64 as u64;
        write(|registered| registered.binaries.insert(handle, Arc::new(binary)));
        Ok(())
    });
    handle
}

#[unsafe(no_mangle)]
pub extern "C" fn __cudaRegisterFatBinaryEnd(_handle: u64) {}

#[unsafe(no_mangle)]
pub extern "C" fn __cudaUnregisterFatBinary(handle: u64) {
    guard("__cudaUnregisterFatBinary", || {
        let removed = write(|registered| {
            let removed = registered.binaries.remove(&handle)?;
            registered
                .functions
                .retain(|_, function| !Arc::ptr_eq(&function.binary, &removed));
            registered
                .variables
                .retain(|_, variable| !Arc::ptr_eq(&variable.binary, &removed));
            Some(removed)
        });
        let library = removed.and_then(|binary| *binary.library.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(Ok(library)) = library {
            // At the end of the process the driver may be gone before.
            let _ = driver::cuLibraryUnload(library);
        }
        Ok(())
    });
}

#[unsafe(no_mangle)]
pub extern "C" fn __cudaRegisterFunction(
    handle: u64,
    host: u64,
    _device: u64,
    name: u64,
    _thread_limit: i32,
    _thread: u64,
    _block: u64,
    _block_extent: u64,
    _grid_extent: u64,
    _warp_size: u64,
) {
    guard("__cudaRegisterFunction", || {
        let function = Function {
            binary: binary(handle).ok_or(Error::InvalidValue)?,
            name: text(name)?,
            kernel: OnceLock::new(),
        };
        write(|registered| registered.functions.insert(host, Arc::new(function)));
        Ok(())
    });
}

fn register_variable(handle: u64, host: u64, name: u64, size: u64, pointer: Option<Out<u64>>) -> Result {
    let variable = Arc::new(Variable {
        binary: binary(handle).ok_or(Error::InvalidValue)?,
        name: text(name)?,
        size,
        pointer,
    });
    if pointer.is_some() {
        let mut managed = variable.binary.managed.lock().unwrap_or_else(PoisonError::into_inner);
        managed.push(variable.clone());
    }
    write(|registered| registered.variables.insert(host, variable));
    Ok(())
}

#[unsafe(no_mangle)]
pub extern "C" fn __cudaRegisterVar(
    handle: u64,
    host: u64,
    _device: u64,
    name: u64,
    _external: i32,
    size: u64,
    _constant: i32,
    _global: i32,
) {
    guard("__cudaRegisterVar", || {
        register_variable(handle, host, name, size, None)
    });
}

#[unsafe(no_mangle)]
pub extern "C" fn __cudaRegisterManagedVar(
    handle: u64,
    pointer: u64,
    _device: u64,
    name: u64,
    _external: i32,
    size: u64,
    _constant: i32,
    _global: i32,
) {
    guard("__cudaRegisterManagedVar", || {
        register_variable(handle, pointer, name, size, Some(Out::at(pointer)))
    });
}

/// Called before the host first touches a managed variable of the file.
#[unsafe(no_mangle)]
pub extern "C" fn __cudaInitModule(handle: u64) -> i8 {
    let code = guard("__cudaInitModule", || {
        let binary = binary(handle).ok_or(Error::InvalidValue)?;
        enter()?;
        binary.place_managed()
    });
    i8::from(code == 0)
}

/// References to textures and surfaces, which CUDA 12 dropped: the host code of older compilers still registers them.
#[unsafe(no_mangle)]
pub extern "C" fn __cudaRegisterTexture(
    _handle: u64,
    _host: u64,
    _device: u64,
    _name: u64,
    _dimensions: i32,
    _normalized: i32,
    _external: i32,
) {
}

#[unsafe(no_mangle)]
pub extern "C" fn __cudaRegisterSurface(
    _handle: u64,
    _host: u64,
    _device: u64,
    _name: u64,
    _dimensions: i32,
    _external: i32,
) {
}

export! {
    fn __cudaGetKernel(kernel_out: Out<Handle>, function: u64) {
        kernel_out.set(kernel(function)?)?;
        give_out(kernel_out.get()?, false);
        Ok(())
    }
    fn cudaGetKernel(kernel_out: Out<Handle>, function: u64) {
        kernel_out.set(kernel(function)?)?;
        give_out(kernel_out.get()?, false);
        Ok(())
    }
    fn cudaGetFuncBySymbol(result: Out<Handle>, host: u64) {
        result.require()?;
        let function = function(host)?;
        give_out(function, true);
        result.set(function)
    }
    fn cudaGetSymbolAddress(address: Out<u64>, variable: u64) {
        address.require()?;
        address.set(symbol(variable)?.0)
    }
    fn cudaGetSymbolSize(size: Out<u64>, variable: u64) {
        size.require()?;
        size.set(symbol(variable)?.1)
    }
}
