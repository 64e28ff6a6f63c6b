//! Events: points in streams that can be waited for and timed.

use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::time::Instant;

use super::capture::{self, CapturedEvent};
use super::context::{Context, current};
use super::export::{Handle, Out, Registry, alias, export, new_handle};
use super::status::{Result, Status};
use super::stream::{Kind, NON_BLOCKING, Stream, Ticket};
use super::work::Operation;

pub static EVENTS: Registry<Event> = Registry::new();

const DISABLE_TIMING: u32 = 2;
const INTERPROCESS: u32 = 4;

/// When an event happened, once it has.
#[derive(Default)]
pub struct Stamp(OnceLock<Instant>);

impl Stamp {
    pub fn set(&self, time: Instant) {
        let _ = self.0.set(time);
    }
}

#[derive(Default)]
struct Recording {
    ticket: Option<Ticket>,
    stamp: Option<Arc<Stamp>>,
    captured: Option<CapturedEvent>,
}

pub struct Event {
    pub handle: Handle,
    pub context: Weak<Context>,
    flags: u32,
    recording: Mutex<Recording>,
}

impl Event {
    pub fn get(handle: Handle) -> Result<Arc<Event>> {
        super::devices()?;
        let event = EVENTS.get(handle)?;
        event.context.upgrade().ok_or(Status::CONTEXT_IS_DESTROYED)?.check()?;
        Ok(event)
    }

    /// What the last record waits for; None before the first, and while it is only captured.
    pub fn ticket(&self) -> Option<Ticket> {
        self.recording.lock().unwrap().ticket.clone()
    }

    pub fn captured(&self) -> Option<CapturedEvent> {
        self.recording.lock().unwrap().captured.clone()
    }

    pub fn set_captured(&self, captured: CapturedEvent) {
        *self.recording.lock().unwrap() = Recording {
            captured: Some(captured),
            ..Recording::default()
        };
    }

    pub fn set_recorded(&self, ticket: Ticket, stamp: Arc<Stamp>) {
        *self.recording.lock().unwrap() = Recording {
            ticket: Some(ticket),
            stamp: Some(stamp),
            captured: None,
        };
    }

    /// Its ticket, if it may be asked about outside a capture.
    fn outside_capture(&self) -> Result<Option<Ticket>> {
        let recording = self.recording.lock().unwrap();
        if recording.captured.is_some() {
            Err(Status::CAPTURED_EVENT)
        } else {
            Ok(recording.ticket.clone())
        }
    }

    fn time(&self) -> Result<Instant> {
        let recording = self.recording.lock().unwrap();
        if recording.captured.is_some() {
            return Err(Status::CAPTURED_EVENT);
        }
        if self.flags & DISABLE_TIMING != 0 {
            return Err(Status::INVALID_HANDLE);
        }
        let stamp = recording.stamp.as_ref().ok_or(Status::INVALID_HANDLE)?;
        stamp.0.get().copied().ok_or(Status::NOT_READY)
    }
}

pub fn forget(context: &Context) {
    for event in EVENTS.all() {
        if std::ptr::eq(event.context.as_ptr(), context) {
            let _ = EVENTS.remove(event.handle);
        }
    }
}

pub fn record(event: Handle, stream: Handle, external: bool) -> Result {
    let stream = Stream::get(stream)?;
    let event = Event::get(event)?;
    if !Weak::ptr_eq(&event.context, &stream.context) {
        return Err(Status::INVALID_HANDLE);
    }
    if !external && capture::record_event(&stream, &event)? {
        return Ok(());
    }
    let stamp = Arc::new(Stamp::default());
    let operation = Operation::Record(event.clone(), stamp.clone());
    if capture::record(&stream, &operation)? {
        return Ok(());
    }
    let ticket = stream.enqueue(operation, Vec::new())?;
    event.set_recorded(ticket, stamp);
    Ok(())
}

/// Records an event behind all work that a context has now.
fn record_all(context: Handle, event: Handle) -> Result {
    let context = Context::get_or_current(context)?;
    let event = Event::get(event)?;
    if !std::ptr::eq(event.context.as_ptr(), Arc::as_ptr(&context)) {
        return Err(Status::INVALID_HANDLE);
    }
    let after = context.live_streams().iter().map(|stream| stream.last()).collect();
    // A stream of its own, which no other one waits for.
    let stream = Stream::new(Arc::downgrade(&context), Kind::Created, NON_BLOCKING, 0);
    let stamp = Arc::new(Stamp::default());
    let ticket = stream.enqueue(Operation::Record(event.clone(), stamp.clone()), after)?;
    event.set_recorded(ticket, stamp);
    Ok(())
}

/// Makes all streams that a context has wait for an event.
fn all_wait(context: Handle, event: Handle) -> Result {
    let context = Context::get_or_current(context)?;
    if let Some(ticket) = Event::get(event)?.outside_capture()? {
        for stream in context.live_streams() {
            stream.enqueue(Operation::Empty, vec![ticket.clone()])?;
        }
    }
    Ok(())
}

fn elapsed(milliseconds: Out<f32>, start: Handle, end: Handle) -> Result {
    let (start, end) = (Event::get(start)?.time(), Event::get(end)?.time());
    // One that cannot be timed at all outweighs one that is not there yet.
    let (start, end) = match (start, end) {
        (Ok(start), Ok(end)) => (start, end),
        (Err(Status::NOT_READY), Err(status)) | (Err(status), _) | (_, Err(status)) => return Err(status),
    };
    let span = match end.checked_duration_since(start) {
        Some(span) => span.as_secs_f64(),
        None => -start.duration_since(end).as_secs_f64(),
    };
    milliseconds.set((span * 1e3) as f32)
}

export! {
    fn cuEventCreate(result: Out<Handle>, flags: u32) {
        let context = current()?;
        if flags & !7 != 0 || (flags & INTERPROCESS != 0 && flags & DISABLE_TIMING == 0) {
            return Err(Status::INVALID_VALUE);
        }
        if flags & INTERPROCESS != 0 {
            return Err(Status::NOT_SUPPORTED);
        }
        result.require()?;
        let event = Event { handle: new_handle(), context: Arc::downgrade(&context), flags, recording: Mutex::default() };
        result.set(event.handle)?;
        EVENTS.insert(event.handle, Arc::new(event));
        Ok(())
    }
    fn cuEventRecord | cuEventRecord_ptsz (event: Handle, stream: Handle) {
        record(event, stream, false)
    }
    fn cuEventRecordWithFlags | cuEventRecordWithFlags_ptsz (event: Handle, stream: Handle, flags: u32) {
        match flags {
            0 | 1 => record(event, stream, flags == 1),
            _ => Err(Status::INVALID_VALUE),
        }
    }
    fn cuCtxRecordEvent(context: Handle, event: Handle) {
        capture::forbid_unsafe()?;
        record_all(context, event)
    }
    fn cuCtxWaitEvent(context: Handle, event: Handle) {
        capture::forbid_unsafe()?;
        all_wait(context, event)
    }
    fn cuEventQuery(event: Handle) {
        match Event::get(event)?.outside_capture()? {
            Some(ticket) if !ticket.done() => Err(Status::NOT_READY),
            _ => Event::get(event).map(|_| ()),
        }
    }
    fn cuEventSynchronize(event: Handle) {
        if let Some(ticket) = Event::get(event)?.outside_capture()? {
            ticket.wait();
        }
        Event::get(event).map(|_| ())
    }
    fn cuEventDestroy_v2(event: Handle) {
        super::devices()?;
        EVENTS.remove(event).map(|_| ())
    }
    fn cuEventElapsedTime(milliseconds: Out<f32>, start: Handle, end: Handle) {
        elapsed(milliseconds, start, end)
    }
    fn cuEventElapsedTime_v2(milliseconds: Out<f32>, start: Handle, end: Handle) {
        elapsed(milliseconds, start, end)
    }
}

alias! {
    cuEventDestroy = cuEventDestroy_v2, (event: Handle);
}
