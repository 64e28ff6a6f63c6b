//! Calls of the driver's raw functions, for tests.
#![allow(dead_code, unused_macros)]

use std::ffi::c_void;

use cudarc::driver::sys;

/// Calls a driver function and names it when it fails.
macro_rules! ok {
    ($name:ident($($argument:expr),* $(,)?)) => {{
        // SAFETY: pointers given here are to live values of the types the driver API asks for.
        let code = unsafe { cudarc::driver::sys::$name($($argument),*) };
        assert_eq!(code, cudarc::driver::sys::CUresult::CUDA_SUCCESS, stringify!($name));
    }};
}

/// The code of a call that should fail.
macro_rules! code {
    ($name:ident($($argument:expr),* $(,)?)) => {{
        // SAFETY: as above.
        unsafe { cudarc::driver::sys::$name($($argument),*) }
    }};
}

/// A structure of the driver API's, all zeros.
pub fn zeroed<T>() -> T {
    // SAFETY: used for plain structures of numbers, enumerations with a zero, and pointers.
    unsafe { std::mem::zeroed() }
}

/// The address of an argument.
pub fn pointer<T>(to: &T) -> *mut c_void {
    std::ptr::from_ref(to) as *mut c_void
}

/// A new context on the first device.
pub fn context() -> sys::CUcontext {
    softcuda::install().unwrap();
    ok!(cuInit(0));
    let mut context = std::ptr::null_mut();
    ok!(cuCtxCreate_v2(&mut context, 0, 0));
    context
}

/// A module in the current context.
pub fn module(text: &str) -> sys::CUmodule {
    let (text, mut module) = (std::ffi::CString::new(text).unwrap(), std::ptr::null_mut());
    ok!(cuModuleLoadData(&mut module, text.as_ptr().cast()));
    module
}

pub fn function(module: sys::CUmodule, name: &std::ffi::CStr) -> sys::CUfunction {
    let mut function = std::ptr::null_mut();
    ok!(cuModuleGetFunction(&mut function, module, name.as_ptr()));
    function
}

pub fn read(address: sys::CUdeviceptr, words: usize) -> Vec<u32> {
    let mut host = vec![0u32; words];
    ok!(cuMemcpyDtoH_v2(host.as_mut_ptr().cast(), address, 4 * words));
    host
}

/// How a kernel is launched; by default one block of one thread without arguments, in the default stream.
pub struct Launch<'a> {
    pub grid: [u32; 3],
    pub block: [u32; 3],
    pub shared: u32,
    pub stream: sys::CUstream,
    /// Addresses of the arguments.
    pub arguments: &'a mut [*mut c_void],
    /// The list that ends with null, in place of `arguments`.
    pub extra: &'a mut [*mut c_void],
}

impl Default for Launch<'_> {
    fn default() -> Self {
        Launch {
            grid: [1; 3],
            block: [1; 3],
            shared: 0,
            stream: std::ptr::null_mut(),
            arguments: &mut [],
            extra: &mut [],
        }
    }
}

impl Launch<'_> {
    pub fn run(self, function: sys::CUfunction) -> sys::CUresult {
        let ([gx, gy, gz], [bx, by, bz]) = (self.grid, self.block);
        let list = |list: &mut [*mut c_void]| match list.is_empty() {
            true => std::ptr::null_mut(),
            false => list.as_mut_ptr(),
        };
        let (arguments, extra) = (list(self.arguments), list(self.extra));
        let (shared, stream) = (self.shared, self.stream);
        code!(cuLaunchKernel(
            function, gx, gy, gz, bx, by, bz, shared, stream, arguments, extra
        ))
    }

    /// As [`Launch::run`], where nothing may fail.
    pub fn succeed(self, function: sys::CUfunction) {
        assert_eq!(self.run(function), sys::CUresult::CUDA_SUCCESS);
    }
}
