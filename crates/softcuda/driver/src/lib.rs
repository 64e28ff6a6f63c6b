//! The CUDA driver API of [`softcuda`] as a shared library: `target/<profile>/libsoftcuda_driver.so`, found under the
//! names that programs ask for in `target/<profile>/softcuda/`.

pub use softcuda::driver::{EXPORTS, install};
