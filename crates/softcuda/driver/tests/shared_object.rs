//! The shared library as other programs load it.

use std::ffi::CString;

#[test]
fn the_shared_library_exports_everything_and_runs() {
    let executable = std::env::current_exe().unwrap();
    let path = executable.with_file_name("libsoftcuda_driver.so");
    let path = CString::new(path.to_str().unwrap()).unwrap();
    // SAFETY: loads this project's own library.
    let library = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW) };
    assert!(!library.is_null(), "{path:?}");
    for (name, _) in softcuda_driver::EXPORTS {
        let symbol = CString::new(*name).unwrap();
        // SAFETY: a live handle and a C string.
        assert!(!unsafe { libc::dlsym(library, symbol.as_ptr()) }.is_null(), "{name}");
    }
    // Its SONAME makes later requests for libcuda.so find it.
    // SAFETY: loads nothing new.
    let by_name = unsafe { libc::dlopen(c"libcuda.so".as_ptr(), libc::RTLD_NOW | libc::RTLD_NOLOAD) };
    assert_eq!(by_name, library);
    type Init = extern "C" fn(u32) -> u32;
    type Count = extern "C" fn(*mut i32) -> u32;
    // SAFETY: the symbols have these types in the driver API.
    let (init, count) = unsafe {
        (
            std::mem::transmute::<*mut libc::c_void, Init>(libc::dlsym(library, c"cuInit".as_ptr())),
            std::mem::transmute::<*mut libc::c_void, Count>(libc::dlsym(library, c"cuDeviceGetCount".as_ptr())),
        )
    };
    let mut devices = 0;
    assert_eq!(
        (count(&mut devices), init(1), init(0), count(&mut devices), devices),
        (3, 1, 0, 0, 1)
    );
}
