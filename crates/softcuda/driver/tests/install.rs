//! The driver inside this process: `softcuda::install` and cudarc, unmodified, on top of it.

use cudarc::driver::{CudaContext, result, sys};

#[test]
fn cudarc_finds_the_installed_driver() {
    softcuda::install().unwrap();
    softcuda::install().unwrap();
    // SAFETY: only tries to load the library.
    assert!(unsafe { sys::is_culib_present() });
    result::init().unwrap();
    let context = CudaContext::new(0).unwrap();
    assert!(context.name().unwrap().starts_with("softcuda"));
    assert_eq!(context.compute_capability().unwrap(), (8, 0));

    let stream = context.default_stream();
    let host: Vec<f32> = (0..1000).map(|value| value as f32).collect();
    let device = stream.clone_htod(&host).unwrap();
    let copy = stream.clone_dtod(&device).unwrap();
    assert_eq!(stream.clone_dtoh(&copy).unwrap(), host);
    let zeros = stream.alloc_zeros::<u64>(77).unwrap();
    assert_eq!(stream.clone_dtoh(&zeros).unwrap(), vec![0; 77]);
}

#[test]
fn every_export_is_reachable_through_the_loader() {
    softcuda::install().unwrap();
    for soname in [c"libcuda.so", c"libcuda.so.1"] {
        // SAFETY: loads nothing new: the name belongs to what `install` made.
        let library = unsafe { libc::dlopen(soname.as_ptr(), libc::RTLD_NOW | libc::RTLD_NOLOAD) };
        assert!(!library.is_null());
        for (name, _) in softcuda::driver::EXPORTS {
            let symbol = std::ffi::CString::new(*name).unwrap();
            // SAFETY: a live handle and a C string.
            let found = unsafe { libc::dlsym(library, symbol.as_ptr()) };
            assert!(!found.is_null(), "{name}");
        }
        // SAFETY: the symbol has this type in the driver API.
        let version: extern "C" fn(*mut i32) -> u32 =
            unsafe { std::mem::transmute(libc::dlsym(library, c"cuDriverGetVersion".as_ptr())) };
        let mut number = 0;
        assert_eq!((version(&mut number), number), (0, softcuda::driver::VERSION));
    }
}
