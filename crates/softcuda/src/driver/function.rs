//! Functions: attributes, parameter layout, occupancy.

use std::ffi::CString;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use super::context::current;
use super::device::{
    self, Device, MAX_BLOCKS_PER_MULTIPROCESSOR, MAX_THREADS_PER_BLOCK, MAX_THREADS_PER_MULTIPROCESSOR,
    REGISTERS_PER_MULTIPROCESSOR, SHARED_PER_BLOCK, SHARED_RESERVED,
};
use super::export::{Handle, Out, Registry, export, new_handle};
use super::legacy::Prepared;
use super::module::{LoadedModule, MODULES};
use super::status::{Result, Status};
use crate::ptx::Kernel;

pub static FUNCTIONS: Registry<Function> = Registry::new();

pub const MAX_DYNAMIC_SHARED_SIZE_BYTES: i32 = 8;

pub struct Function {
    pub handle: Handle,
    pub name: String,
    c_name: CString,
    pub module: Arc<LoadedModule>,
    /// Which of the module's kernels it is.
    pub index: usize,
    /// Dynamic shared memory a launch may ask for.
    pub max_dynamic_shared: AtomicU32,
    carveout: AtomicI32,
    /// For the launch interface of old.
    pub prepared: Mutex<Prepared>,
}

impl Function {
    /// Makes a function and its handle.
    pub fn new(module: &Arc<LoadedModule>, index: usize) -> Result<Arc<Function>> {
        let kernel = &module.image.module.kernels[index];
        let function = Arc::new(Function {
            handle: new_handle(),
            name: kernel.name.clone(),
            c_name: CString::new(kernel.name.clone()).map_err(|_| Status::INVALID_IMAGE)?,
            module: module.clone(),
            index,
            max_dynamic_shared: AtomicU32::new(SHARED_PER_BLOCK.saturating_sub(kernel.shared_bytes)),
            carveout: AtomicI32::new(-1),
            prepared: Mutex::default(),
        });
        FUNCTIONS.insert(function.handle, function.clone());
        Ok(function)
    }

    /// A function by handle; a kernel's handle stands for its function in the current context.
    pub fn get(handle: Handle) -> Result<Arc<Function>> {
        super::devices()?;
        FUNCTIONS
            .get(handle)
            .or_else(|_| super::library::kernel_function(handle))
    }

    pub fn kernel(&self) -> &Kernel {
        &self.module.image.module.kernels[self.index]
    }

    pub fn max_threads(&self) -> u32 {
        let kernel = self.kernel();
        let bound = kernel
            .required_threads
            .or(kernel.max_threads)
            .map_or(MAX_THREADS_PER_BLOCK, |bound| {
                bound
                    .iter()
                    .fold(1u32, |product, &extent| product.saturating_mul(extent.max(1)))
            });
        let by_registers = REGISTERS_PER_MULTIPROCESSOR / kernel.registers.clamp(1, 255).next_multiple_of(8);
        bound.min(MAX_THREADS_PER_BLOCK).min(if kernel.registers == 0 {
            u32::MAX
        } else {
            by_registers & !31
        })
    }

    pub fn attribute(&self, attribute: i32) -> Result<i32> {
        let kernel = self.kernel();
        let module = &self.module.image.module;
        Ok(match attribute {
            0 => self.max_threads() as i32,
            1 => kernel.shared_bytes as i32,
            2 => kernel.constant_bytes as i32,
            3 => kernel.local_bytes as i32,
            4 => kernel.registers.min(255) as i32,
            5 => module.target as i32,
            6 => {
                let (major, minor) = self.module.context_device.capability();
                major * 10 + minor
            }
            7 => 0,
            MAX_DYNAMIC_SHARED_SIZE_BYTES => self.max_dynamic_shared.load(Ordering::Relaxed) as i32,
            9 => self.carveout.load(Ordering::Relaxed),
            // Clusters: none needed, none set.
            10..=15 => 0,
            _ => return Err(Status::INVALID_VALUE),
        })
    }

    pub fn set_attribute(&self, attribute: i32, value: i32) -> Result {
        match attribute {
            MAX_DYNAMIC_SHARED_SIZE_BYTES => {
                let most =
                    self.module.context_device.shared_per_block_optin() - self.kernel().shared_bytes.min(1 << 16);
                let bytes = u32::try_from(value).ok().filter(|&bytes| bytes <= most);
                self.max_dynamic_shared
                    .store(bytes.ok_or(Status::INVALID_VALUE)?, Ordering::Relaxed);
                Ok(())
            }
            9 if (-1..=100).contains(&value) => {
                self.carveout.store(value, Ordering::Relaxed);
                Ok(())
            }
            14 if value == 0 => Ok(()),
            11..=14 => Err(Status::NOT_SUPPORTED),
            _ => Err(Status::INVALID_VALUE),
        }
    }

    pub fn parameter(&self, index: u64) -> Result<(u64, u64)> {
        let parameters = &self.kernel().parameters;
        let parameter = usize::try_from(index).ok().and_then(|index| parameters.get(index));
        let parameter = parameter.ok_or(Status::INVALID_VALUE)?;
        Ok((parameter.offset.into(), parameter.size.into()))
    }

    pub fn c_name_address(&self) -> u64 {
        self.c_name.as_ptr() as u64
    }

    /// Blocks of this size that one multiprocessor holds at once ("Occupancy" in the CUDA programming guide):
    /// bounded by threads, blocks, registers (allocated per warp, 256 at a time) and shared memory.
    pub fn blocks_per_multiprocessor(&self, device: &Device, block_size: u32, dynamic_shared: u64) -> u32 {
        if block_size == 0 || block_size > self.max_threads() {
            return 0;
        }
        let warps = block_size.div_ceil(32);
        let by_threads = MAX_THREADS_PER_MULTIPROCESSOR / 32 / warps;
        let registers = (self.kernel().registers * 32).next_multiple_of(256) * warps;
        let by_registers = REGISTERS_PER_MULTIPROCESSOR.checked_div(registers).unwrap_or(u32::MAX);
        let shared = u64::from(self.kernel().shared_bytes) + dynamic_shared;
        if shared > device.shared_per_block_optin().into() {
            return 0;
        }
        let per_block = (shared + u64::from(SHARED_RESERVED)).next_multiple_of(128);
        let by_shared = u64::from(device.shared_per_multiprocessor()) / per_block;
        by_threads
            .min(MAX_BLOCKS_PER_MULTIPROCESSOR)
            .min(by_registers)
            .min(by_shared as u32)
    }
}

type SharedOfBlock = extern "C" fn(i32) -> u64;

fn occupancy(count: Out<i32>, function: Handle, block_size: i32, dynamic_shared: u64, flags: u32) -> Result {
    let context = current()?;
    let function = Function::get(function)?;
    let block_size = u32::try_from(block_size)
        .ok()
        .filter(|&size| size > 0)
        .ok_or(Status::INVALID_VALUE)?;
    if flags > 1 {
        return Err(Status::INVALID_VALUE);
    }
    count.set(function.blocks_per_multiprocessor(&context.device, block_size, dynamic_shared) as i32)
}

fn best_block(
    grid: Out<i32>,
    block: Out<i32>,
    function: Handle,
    shared_of: Option<SharedOfBlock>,
    shared: u64,
    limit: i32,
) -> Result {
    let context = current()?;
    let function = Function::get(function)?;
    let most = function.max_threads();
    let most = if limit > 0 { most.min(limit as u32) } else { most };
    let mut best = (0, 0, 0);
    for size in (1..=most.div_ceil(32)).rev().map(|warps| (warps * 32).min(most)) {
        let shared = shared_of.map_or(shared, |shared_of| shared_of(size as i32));
        let blocks = function.blocks_per_multiprocessor(&context.device, size, shared);
        if blocks * size > best.0 {
            best = (blocks * size, blocks, size);
        }
    }
    grid.set(best.1 as i32 * device::MULTIPROCESSORS)?;
    block.set(best.2 as i32)
}

export! {
    fn cuFuncGetAttribute(value: Out<i32>, attribute: i32, function: Handle) {
        value.set(Function::get(function)?.attribute(attribute)?)
    }
    fn cuFuncSetAttribute(function: Handle, attribute: i32, value: i32) {
        Function::get(function)?.set_attribute(attribute, value)
    }
    fn cuFuncSetCacheConfig(function: Handle, configuration: u32) {
        Function::get(function)?;
        if configuration > 3 { Err(Status::INVALID_VALUE) } else { Ok(()) }
    }
    fn cuFuncSetSharedMemConfig(function: Handle, configuration: u32) {
        Function::get(function)?;
        if configuration > 2 { Err(Status::INVALID_VALUE) } else { Ok(()) }
    }
    fn cuFuncGetModule(module: Out<Handle>, function: Handle) {
        let handle = Function::get(function)?.module.handle;
        MODULES.get(handle)?;
        module.set(handle)
    }
    fn cuFuncGetName(name: Out<u64>, function: Handle) {
        name.set(Function::get(function)?.c_name_address())
    }
    fn cuFuncGetParamInfo(function: Handle, index: u64, offset: Out<u64>, size: Out<u64>) {
        let (found_offset, found_size) = Function::get(function)?.parameter(index)?;
        offset.set(found_offset)?;
        size.offer(found_size);
        Ok(())
    }
    fn cuFuncIsLoaded(state: Out<u32>, function: Handle) {
        Function::get(function)?;
        state.set(1)
    }
    fn cuFuncLoad(function: Handle) {
        Function::get(function).map(|_| ())
    }
    fn cuOccupancyMaxActiveBlocksPerMultiprocessor(count: Out<i32>, function: Handle, block_size: i32, shared: u64) {
        occupancy(count, function, block_size, shared, 0)
    }
    fn cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(
        count: Out<i32>, function: Handle, block_size: i32, shared: u64, flags: u32,
    ) {
        occupancy(count, function, block_size, shared, flags)
    }
    fn cuOccupancyMaxPotentialBlockSize(
        grid: Out<i32>, block: Out<i32>, function: Handle, shared_of: Option<SharedOfBlock>, shared: u64, limit: i32,
    ) {
        best_block(grid, block, function, shared_of, shared, limit)
    }
    fn cuOccupancyMaxPotentialBlockSizeWithFlags(
        grid: Out<i32>, block: Out<i32>, function: Handle, shared_of: Option<SharedOfBlock>, shared: u64, limit: i32,
        flags: u32,
    ) {
        if flags > 1 {
            return Err(Status::INVALID_VALUE);
        }
        best_block(grid, block, function, shared_of, shared, limit)
    }
    fn cuOccupancyAvailableDynamicSMemPerBlock(bytes: Out<u64>, function: Handle, blocks: i32, block_size: i32) {
        let context = current()?;
        let function = Function::get(function)?;
        let blocks = u64::try_from(blocks).ok().filter(|&blocks| blocks > 0).ok_or(Status::INVALID_VALUE)?;
        let block_size = u32::try_from(block_size).ok().filter(|&size| size > 0).ok_or(Status::INVALID_VALUE)?;
        if u64::from(function.blocks_per_multiprocessor(&context.device, block_size, 0)) < blocks {
            return Err(Status::INVALID_VALUE);
        }
        let share = u64::from(context.device.shared_per_multiprocessor()) / blocks / 128 * 128;
        let fixed = u64::from(SHARED_RESERVED + function.kernel().shared_bytes);
        bytes.set(share.saturating_sub(fixed).min(context.device.shared_per_block_optin().into()))
    }
}
