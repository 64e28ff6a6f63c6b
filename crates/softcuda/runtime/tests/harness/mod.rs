//! A program as nvcc would make it, built by hand: a fat binary of our own PTX, registered with host functions and
//! variables, on the software device.

#![allow(dead_code)]

use std::ffi::{CStr, c_void};
use std::sync::OnceLock;

use softcuda_runtime::EXPORTS;

pub const TEXT: &str = include_str!("../program.ptx");

pub const INVALID_VALUE: u32 = 1;
pub const INVALID_CONFIGURATION: u32 = 9;
pub const INVALID_SYMBOL: u32 = 13;
pub const INVALID_DIRECTION: u32 = 21;
pub const INVALID_DEVICE_FUNCTION: u32 = 98;
pub const INVALID_DEVICE: u32 = 101;
pub const ILLEGAL_ADDRESS: u32 = 700;
pub const NOT_SUPPORTED: u32 = 801;
pub const UNKNOWN: u32 = 999;

pub const HOST_TO_DEVICE: u64 = 1;
pub const DEVICE_TO_HOST: u64 = 2;
pub const DEVICE_TO_DEVICE: u64 = 3;
pub const DEFAULT: u64 = 4;

/// Stand for the host's sides of kernels and variables: only their addresses count.
pub static ADD: u8 = 0;
pub static SCALE: u8 = 1;
pub static WILD: u8 = 2;
pub static ABSENT: u8 = 3;
pub static FACTOR: u8 = 4;
pub static TABLE: u8 = 5;
pub static SAMPLE: u8 = 6;
pub static COUNT_UP: u8 = 7;
/// Where the program keeps the address of its managed variable.
pub static mut COUNTER: u64 = 0;

pub fn at<T>(place: &T) -> u64 {
    std::ptr::from_ref(place) as u64
}

pub fn out<T>(place: &mut T) -> u64 {
    std::ptr::from_mut(place) as u64
}

fn address(name: &str) -> *const c_void {
    let index = EXPORTS.binary_search_by(|(known, _)| (*known).cmp(name));
    EXPORTS[index.unwrap_or_else(|_| panic!("{name} is not exported"))].1.0
}

/// Calls a function that takes integers and pointers only; arguments beyond those given are 0.
pub fn call(name: &str, arguments: &[u64]) -> u32 {
    type Function = extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64, u64, u64) -> u32;
    let mut all = [0; 10];
    all[..arguments.len()].copy_from_slice(arguments);
    let [a, b, c, d, e, f, g, h, i, j] = all;
    // SAFETY: exported functions ignore arguments they do not take.
    let function = unsafe { std::mem::transmute::<*const c_void, Function>(address(name)) };
    function(a, b, c, d, e, f, g, h, i, j)
}

#[track_caller]
pub fn good(name: &str, arguments: &[u64]) {
    let code = call(name, arguments);
    assert_eq!(code, 0, "{name}: {}", error_name(code));
}

pub fn error_name(code: u32) -> String {
    type Function = extern "C" fn(u32) -> *const libc::c_char;
    // SAFETY: the function's type in the runtime API; it gives a string of the library's own.
    unsafe {
        let function = std::mem::transmute::<*const c_void, Function>(address("cudaGetErrorName"));
        CStr::from_ptr(function(code)).to_string_lossy().into_owned()
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Dim3(pub u32, pub u32, pub u32);

impl Dim3 {
    pub fn x(x: u32) -> Dim3 {
        Dim3(x, 1, 1)
    }
}

/// `kernel<<<grid, block, shared, stream>>>(arguments)` as nvcc writes it.
pub fn launch(kernel: &u8, grid: Dim3, block: Dim3, shared: u64, stream: u64, arguments: &[u64]) -> u32 {
    type Push = extern "C" fn(Dim3, Dim3, u64, u64) -> u32;
    type Launch = extern "C" fn(u64, Dim3, Dim3, *const u64, u64, u64) -> u32;
    // SAFETY: the functions' types in the compiler's host code.
    let (push, run) = unsafe {
        (
            std::mem::transmute::<*const c_void, Push>(address("__cudaPushCallConfiguration")),
            std::mem::transmute::<*const c_void, Launch>(address("cudaLaunchKernel")),
        )
    };
    assert_eq!(push(grid, block, shared, stream), 0);
    let (mut grid, mut block, mut shared, mut stream) = (Dim3(0, 0, 0), Dim3(0, 0, 0), 0u64, 0u64);
    good(
        "__cudaPopCallConfiguration",
        &[out(&mut grid), out(&mut block), out(&mut shared), out(&mut stream)],
    );
    run(at(kernel), grid, block, arguments.as_ptr(), shared, stream)
}

/// A container with one entry of plain PTX.
fn fat_binary(text: &str) -> Vec<u8> {
    let mut payload = text.as_bytes().to_vec();
    payload.resize((text.len() + 1).next_multiple_of(8), 0);
    let mut entry = vec![0u8; 64];
    entry[0..2].copy_from_slice(&1u16.to_le_bytes());
    entry[4..8].copy_from_slice(&64u32.to_le_bytes());
    entry[8..16].copy_from_slice(&(payload.len() as u64).to_le_bytes());
    entry[28..32].copy_from_slice(&80u32.to_le_bytes());
    entry.extend(payload);
    let mut container = 0xba55_ed50u32.to_le_bytes().to_vec();
    container.extend(1u16.to_le_bytes());
    container.extend(16u16.to_le_bytes());
    container.extend((entry.len() as u64).to_le_bytes());
    container.extend(entry);
    container
}

/// Registers a fat binary of `text`, which lives as long as the process.
pub fn register(text: &str) -> u64 {
    let container = Box::leak(fat_binary(text).into_boxed_slice());
    let wrapper = Box::leak(Box::new([0x1_4662_43b1u64, container.as_ptr() as u64, 0]));
    type Register = extern "C" fn(u64) -> u64;
    // SAFETY: the function's type in the compiler's host code.
    let register = unsafe { std::mem::transmute::<*const c_void, Register>(address("__cudaRegisterFatBinary")) };
    register(at(wrapper))
}

/// What runs before main: the driver of this process becomes the software device, and the program is registered. Gives
/// the fat binary's handle.
pub fn program() -> u64 {
    static HANDLE: OnceLock<u64> = OnceLock::new();
    *HANDLE.get_or_init(|| {
        softcuda::install().unwrap();
        let handle = register(TEXT);
        for (host, name) in [
            (&ADD, c"add"),
            (&SCALE, c"scale"),
            (&WILD, c"wild"),
            (&ABSENT, c"absent"),
            (&SAMPLE, c"sample"),
            (&COUNT_UP, c"count_up"),
        ] {
            let name = name.as_ptr() as u64;
            call("__cudaRegisterFunction", &[handle, at(host), name, name, u64::MAX]);
        }
        for (host, name, size) in [(&FACTOR, c"factor", 4), (&TABLE, c"table", 32)] {
            let name = name.as_ptr() as u64;
            call("__cudaRegisterVar", &[handle, at(host), name, name, 0, size, 0, 0]);
        }
        let name = c"counter".as_ptr() as u64;
        let pointer = &raw mut COUNTER as u64;
        call("__cudaRegisterManagedVar", &[handle, pointer, name, name, 0, 4, 0, 0]);
        call("__cudaRegisterFatBinaryEnd", &[handle]);
        assert_eq!(call("__cudaInitModule", &[handle]) & 0xff, 1);
        handle
    })
}

/// Device memory holding `values`.
pub fn upload<T>(values: &[T]) -> u64 {
    let (mut address, bytes) = (0u64, size_of_val(values) as u64);
    good("cudaMalloc", &[out(&mut address), bytes]);
    good("cudaMemcpy", &[address, values.as_ptr() as u64, bytes, HOST_TO_DEVICE]);
    address
}

pub fn download<T: Copy + Default>(address: u64, count: usize) -> Vec<T> {
    let values = vec![T::default(); count];
    good(
        "cudaMemcpy",
        &[
            values.as_ptr() as u64,
            address,
            size_of_val(&values[..]) as u64,
            DEVICE_TO_HOST,
        ],
    );
    values
}
