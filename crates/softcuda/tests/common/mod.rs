//! A device with one module, for tests.
#![allow(dead_code)]

use std::path::Path;
use std::sync::Arc;

use softcuda::device::{Image, Kind, LaunchConfig, LaunchReport, Memory, Options, launch};
use softcuda::ptx::{JitOptions, Module};

pub struct Device {
    pub memory: Memory,
    pub image: Image,
    pub options: Options,
}

/// A stored PTX text.
pub fn stored(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ptx").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub trait Bytes: Copy {}
macro_rules! bytes { ($($ty:ty),*) => {$(impl Bytes for $ty {})*}; }
bytes!(u8, i8, u16, i16, u32, i32, u64, i64, f32, f64);

fn raw<T: Bytes>(values: &[T]) -> &[u8] {
    // SAFETY: plain numbers have no padding.
    unsafe { std::slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values)) }
}

impl Device {
    pub fn new(ptx: &str) -> Device {
        Device::with(ptx, Options::default())
    }

    pub fn with(ptx: &str, options: Options) -> Device {
        let memory = Memory::new(1 << 30).unwrap();
        if options.check_memory {
            memory.track_writes();
        }
        let module = match Module::from_ptx(ptx, &JitOptions::default()) {
            Ok(module) => module,
            Err(error) => panic!("{error}"),
        };
        let image = Image::load(Arc::new(module), &memory).unwrap();
        Device { memory, image, options }
    }

    pub fn upload<T: Bytes>(&self, values: &[T]) -> u64 {
        let address = self.memory.allocate(size_of_val(values) as u64, Kind::Device).unwrap();
        self.memory.write(address, raw(values)).unwrap();
        address
    }

    pub fn empty(&self, bytes: u64) -> u64 {
        self.memory.allocate(bytes, Kind::Device).unwrap()
    }

    pub fn download<T: Bytes + Default>(&self, address: u64, count: usize) -> Vec<T> {
        let mut values = vec![T::default(); count];
        // SAFETY: plain numbers take any bytes.
        let bytes = unsafe { std::slice::from_raw_parts_mut(values.as_mut_ptr().cast(), count * size_of::<T>()) };
        self.memory.read(address, bytes).unwrap();
        values
    }

    /// Arguments of up to 8 bytes each, laid out as the kernel's parameters are.
    pub fn try_run(&self, kernel: &str, grid: u32, block: u32, shared: u32, arguments: &[&[u8]]) -> LaunchReport {
        let index = self
            .image
            .module
            .kernel(kernel)
            .unwrap_or_else(|| panic!("no kernel {kernel}"));
        let description = &self.image.module.kernels[index];
        assert_eq!(description.parameters.len(), arguments.len(), "{kernel}");
        let mut parameters = vec![0; description.parameter_bytes as usize];
        for (parameter, argument) in description.parameters.iter().zip(arguments) {
            let at = parameter.offset as usize;
            parameters[at..at + argument.len()].copy_from_slice(argument);
        }
        let config = LaunchConfig {
            grid: [grid, 1, 1],
            block: [block, 1, 1],
            shared_bytes: shared,
            parameters: &parameters,
            cooperative: kernel.contains("grid_sync"),
        };
        launch(&self.image, index, &config, &self.memory, &self.options)
    }

    pub fn run(&self, kernel: &str, grid: u32, block: u32, shared: u32, arguments: &[&[u8]]) -> LaunchReport {
        let report = self.try_run(kernel, grid, block, shared, arguments);
        if let Some(fault) = &report.fault {
            panic!("{fault}");
        }
        report
    }
}

/// Numbers that are spread well and the same every time.
pub fn random(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
