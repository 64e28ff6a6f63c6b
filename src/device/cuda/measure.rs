//! What benchmarks measure of a card: time by events, its L2, the speeds that others are held against.

use std::sync::Arc;

use cudarc::driver::{result, sys};

use super::driver::{Driver, Shape, launch};
use crate::device::Result;

impl Driver {
    /// Seconds that the card takes for what `work` queues.
    pub fn time(&self, work: impl FnOnce() -> Result<()>) -> Result<f64> {
        self.bind()?;
        let event = || {
            let made = result::event::create(sys::CUevent_flags::CU_EVENT_DEFAULT);
            self.check("cannot make an event", made)
        };
        let (start, end, stream) = (event()?, event()?, self.stream.cu_stream());
        // SAFETY: the events and the stream are live.
        let begun = unsafe { result::event::record(start, stream) };
        let outcome = self.check("cannot record an event", begun).and_then(|()| work());
        // SAFETY: as above; the events are destroyed once and not used after.
        let elapsed = unsafe {
            let elapsed = result::event::record(end, stream)
                .and_then(|()| result::event::synchronize(end))
                .and_then(|()| result::event::elapsed(start, end));
            let _ = result::event::destroy(start);
            let _ = result::event::destroy(end);
            elapsed
        };
        outcome?;
        Ok(f64::from(self.check("a queued operation failed", elapsed)?) * 1e-3)
    }

    /// Bytes of the second-level cache.
    pub fn l2_bytes(&self) -> Result<usize> {
        use sys::CUdevice_attribute_enum::CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE as L2;
        let bytes = self.check("cannot ask for an attribute", self.context.attribute(L2))?;
        Ok(bytes.max(0) as usize)
    }

    /// Bytes a second, read and written, of copies of `bytes` bytes within the card's memory: the best of some.
    pub fn copy_bandwidth(self: &Arc<Self>, bytes: usize) -> Result<f64> {
        let (from, to) = (self.allocate(bytes)?, self.allocate(bytes)?);
        let mut best = f64::INFINITY;
        for _ in 0..5 {
            let seconds = self.time(|| {
                // SAFETY: both hold that many bytes.
                let copied =
                    unsafe { result::memcpy_dtod_async(to.address(), from.address(), bytes, self.stream.cu_stream()) };
                self.check("cannot copy", copied)
            })?;
            best = best.min(seconds);
        }
        Ok(2.0 * bytes as f64 / best.max(1e-9))
    }

    /// Operations a second of bf16 products of registers on the tensor cores, `rounds` × 8 products to a warp.
    pub fn tensor_peak(self: &Arc<Self>, rounds: i32) -> Result<f64> {
        let output = self.allocate(4)?;
        let blocks = 2 * self.multiprocessors;
        let shape = Shape {
            grid: (blocks as u32, 1, 1),
            block: 256,
            shared: 0,
        };
        let address = output.address();
        let mut best = f64::INFINITY;
        for _ in 0..4 {
            // SAFETY: the kernel writes one float at most.
            best = best.min(self.time(|| unsafe { launch!(self, "peak_tensor", shape, address, rounds) })?);
        }
        let products = blocks as f64 * 8.0 * 8.0 * f64::from(rounds);
        Ok(products * f64::from(2 * 16 * 8 * 16) / best.max(1e-9))
    }
}
