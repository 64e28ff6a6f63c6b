//! Copies of a batch on a stream of their own, from pinned memory, while the batch before is computed.
//!
//! Batches lie in two sets of buffers in turn. Upload `n` writes the set that upload `n − 2` wrote: operations on it were
//! queued before upload `n − 1` began, so that waiting for that moment is enough, and the operations queued since run
//! beside the copies. What is queued after an upload waits for it. The host waits for nothing but the copies of the
//! upload before the last, whose pinned memory it writes again.

use std::ffi::c_void;
use std::sync::atomic::Ordering;

use cudarc::driver::{result, sys};

use super::driver::{Driver, Handle};
use crate::device::Result;

/// Stream, events and pinned memory; made with the first upload.
pub struct Uploads {
    stream: Handle<sys::CUstream>,
    sets: [Set; 2],
    /// Uploads begun.
    count: usize,
    /// Whether one is under way.
    active: bool,
}

struct Set {
    /// The compute stream's place when the upload began.
    begun: Handle<sys::CUevent>,
    /// The end of its copies.
    copied: Handle<sys::CUevent>,
    /// Pinned chunks, each larger than the one before.
    chunks: Vec<Pinned>,
    /// Chunk in use and bytes used of it.
    place: (usize, usize),
}

struct Pinned {
    address: Handle<*mut c_void>,
    bytes: usize,
}

const CHUNK: usize = 256 << 10;

impl Uploads {
    fn new(driver: &Driver) -> Result<Uploads> {
        let stream = result::stream::create(result::stream::StreamKind::NonBlocking);
        let event = || {
            let made = result::event::create(sys::CUevent_flags::CU_EVENT_DISABLE_TIMING);
            driver.check("cannot make an event", made).map(Handle)
        };
        let set = || -> Result<Set> {
            Ok(Set {
                begun: event()?,
                copied: event()?,
                chunks: Vec::new(),
                place: (0, 0),
            })
        };
        Ok(Uploads {
            stream: Handle(driver.check("cannot make a stream", stream)?),
            sets: [set()?, set()?],
            count: 0,
            active: false,
        })
    }

    /// Frees what the driver holds; called before the driver goes.
    pub fn close(&mut self) {
        // SAFETY: the handles are this value's alone, and the stream's copies are waited for first. Failures leave them to
        // the context's end.
        unsafe {
            let _ = result::stream::synchronize(self.stream.0);
            for set in &mut self.sets {
                let _ = result::event::destroy(set.begun.0);
                let _ = result::event::destroy(set.copied.0);
                for chunk in set.chunks.drain(..) {
                    let _ = result::free_host(chunk.address.0);
                }
            }
            let _ = result::stream::destroy(self.stream.0);
        }
    }
}

impl Set {
    /// `bytes` of pinned memory that nothing else of this upload uses.
    fn take(&mut self, driver: &Driver, bytes: usize) -> Result<*mut c_void> {
        loop {
            let (chunk, used) = self.place;
            match self.chunks.get(chunk) {
                Some(pinned) if used + bytes <= pinned.bytes => {
                    self.place.1 += bytes.next_multiple_of(64);
                    // SAFETY: within the chunk.
                    return Ok(unsafe { pinned.address.0.byte_add(used) });
                }
                Some(_) => self.place = (chunk + 1, 0),
                None => {
                    let size = bytes.max(CHUNK << chunk.min(8));
                    // SAFETY: plain bytes, written before they are read.
                    let made = unsafe { result::malloc_host(size, 0) };
                    let address = driver.check("cannot allocate pinned memory", made)?;
                    self.chunks.push(Pinned {
                        address: Handle(address),
                        bytes: size,
                    });
                }
            }
        }
    }
}

impl Driver {
    pub fn begin_upload(&self) -> Result<()> {
        self.bind()?;
        let mut guard = self.uploads();
        if guard.is_none() {
            *guard = Some(Uploads::new(self)?);
        }
        let Some(uploads) = guard.as_mut() else { return Ok(()) };
        let (now, before) = (uploads.count % 2, (uploads.count + 1) % 2);
        // New buffers were zeroed on the compute stream: the first upload after that waits for all of it.
        let fresh = self.allocated.swap(false, Ordering::Relaxed) || uploads.count == 0;
        let compute = self.stream.cu_stream();
        let set = &mut uploads.sets[now];
        // SAFETY: streams and events are live; the pinned memory is rewritten once its copies are over.
        let outcome = unsafe {
            result::event::synchronize(set.copied.0)
                .and_then(|()| result::event::record(set.begun.0, compute))
                .and_then(|()| {
                    let since = if fresh { now } else { before };
                    let flags = sys::CUevent_wait_flags::CU_EVENT_WAIT_DEFAULT;
                    result::stream::wait_event(uploads.stream.0, uploads.sets[since].begun.0, flags)
                })
        };
        self.check("cannot begin a copy", outcome)?;
        uploads.sets[now].place = (0, 0);
        uploads.active = true;
        Ok(())
    }

    pub fn end_upload(&self) -> Result<()> {
        let mut guard = self.uploads();
        let Some(uploads) = guard.as_mut() else { return Ok(()) };
        let set = &uploads.sets[uploads.count % 2];
        // SAFETY: streams and events are live.
        let outcome = unsafe {
            result::event::record(set.copied.0, uploads.stream.0).and_then(|()| {
                let flags = sys::CUevent_wait_flags::CU_EVENT_WAIT_DEFAULT;
                result::stream::wait_event(self.stream.cu_stream(), set.copied.0, flags)
            })
        };
        uploads.active = false;
        uploads.count += 1;
        self.check("cannot end a copy", outcome)
    }

    /// Copies through pinned memory on the copy stream when an upload is under way; false when none is.
    pub(super) fn write_upload<T: Copy>(&self, address: u64, source: &[T]) -> Result<bool> {
        let mut guard = self.uploads();
        let Some(uploads) = guard.as_mut().filter(|uploads| uploads.active) else {
            return Ok(false);
        };
        let bytes = size_of_val(source);
        let set = &mut uploads.sets[uploads.count % 2];
        let pinned = set.take(self, bytes)?.cast::<u8>();
        // SAFETY: `take` gives that many bytes of its own, which stay as they are until the upload after the next; the
        // destination was checked by the caller.
        let copied = unsafe {
            std::ptr::copy_nonoverlapping(source.as_ptr().cast::<u8>(), pinned, bytes);
            let staged = std::slice::from_raw_parts(pinned, bytes);
            result::memcpy_htod_async(address, staged, uploads.stream.0)
        };
        self.check("cannot copy to the device", copied)?;
        Ok(true)
    }
}
