//! Stream capture: work submitted to a capturing stream becomes nodes of a graph instead of running.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::thread::ThreadId;

use super::event::Event;
use super::export::{Handle, In, Out, export, new_handle};
use super::graph::{GRAPHS, Graph};
use super::status::{Result, Status};
use super::stream::{Kind, NON_BLOCKING, Stream};
use super::work::Operation;

const GLOBAL: u32 = 0;
const THREAD_LOCAL: u32 = 1;
const RELAXED: u32 = 2;

/// One capture, from begin to end, over all streams it has reached.
pub struct Session {
    pub id: u64,
    pub graph: Arc<Graph>,
    mode: u32,
    thread: ThreadId,
    origin: Weak<Stream>,
    invalid: AtomicBool,
    streams: Mutex<Vec<Weak<Stream>>>,
}

/// A stream's part in a capture: the nodes that its next one depends on.
#[derive(Clone)]
pub struct Captured {
    pub session: Arc<Session>,
    pub last: Vec<Handle>,
    /// Keeps the list given out by cuStreamGetCaptureInfo in place until the next one.
    given: Arc<Mutex<Vec<Handle>>>,
}

/// An event recorded in a capture.
#[derive(Clone)]
pub struct CapturedEvent {
    session: Arc<Session>,
    last: Vec<Handle>,
}

static SESSIONS: Mutex<Vec<Weak<Session>>> = Mutex::new(Vec::new());

thread_local! {
    static MODE: Cell<u32> = const { Cell::new(GLOBAL) };
}

impl Session {
    fn invalidate(&self) {
        self.invalid.store(true, Ordering::Release);
    }

    fn check(&self) -> Result {
        if self.invalid.load(Ordering::Acquire) {
            Err(Status::STREAM_CAPTURE_INVALIDATED)
        } else {
            Ok(())
        }
    }
}

fn sessions() -> Vec<Arc<Session>> {
    let mut sessions = SESSIONS.lock().unwrap();
    sessions.retain(|session| session.strong_count() > 0);
    sessions.iter().filter_map(Weak::upgrade).collect()
}

/// Refuses calls that could break a capture under way, as the capture's mode and this thread's mode say.
pub fn forbid_unsafe() -> Result {
    let here = std::thread::current().id();
    let affected = |session: &&Arc<Session>| match MODE.get() {
        RELAXED => false,
        THREAD_LOCAL => session.thread == here && session.mode != RELAXED,
        _ => session.mode == GLOBAL || (session.thread == here && session.mode == THREAD_LOCAL),
    };
    match sessions().iter().find(affected) {
        None => Ok(()),
        Some(session) => {
            session.invalidate();
            Err(Status::STREAM_CAPTURE_UNSUPPORTED)
        }
    }
}

/// Refuses waiting for or querying a stream that is being captured.
pub fn forbid_wait(stream: &Stream) -> Result {
    if let Some(captured) = &*stream.captured.lock().unwrap() {
        captured.session.invalidate();
        return Err(Status::STREAM_CAPTURE_UNSUPPORTED);
    }
    forbid_legacy(stream)
}

/// The legacy stream would wait for blocking streams: not while one of them is captured.
fn forbid_legacy(stream: &Stream) -> Result {
    if stream.kind == Kind::Legacy {
        for other in stream.context()?.live_streams() {
            if other.flags & NON_BLOCKING == 0
                && let Some(captured) = &*other.captured.lock().unwrap()
                && captured.session.mode != RELAXED
            {
                captured.session.invalidate();
                return Err(Status::STREAM_CAPTURE_IMPLICIT);
            }
        }
    }
    Ok(())
}

/// Adds the operation to the capture that the stream is in; false when it is in none.
pub fn record(stream: &Stream, operation: &Operation) -> Result<bool> {
    let mut slot = stream.captured.lock().unwrap();
    let Some(captured) = slot.as_mut() else {
        drop(slot);
        forbid_legacy(stream)?;
        return Ok(false);
    };
    captured.session.check()?;
    let node = captured.session.graph.add(operation.clone(), &captured.last)?;
    captured.last = vec![node];
    Ok(true)
}

/// Records an event inside a capture; false when the stream is in none.
pub fn record_event(stream: &Stream, event: &Event) -> Result<bool> {
    let slot = stream.captured.lock().unwrap();
    let Some(captured) = slot.as_ref() else {
        return Ok(false);
    };
    captured.session.check()?;
    event.set_captured(CapturedEvent {
        session: captured.session.clone(),
        last: captured.last.clone(),
    });
    Ok(true)
}

/// Lets a stream wait for an event as far as captures are concerned; false when none is.
pub fn wait_event(stream: &Arc<Stream>, event: &Arc<Event>, external: bool) -> Result<bool> {
    let mut slot = stream.captured.lock().unwrap();
    match (slot.as_mut(), event.captured()) {
        (None, None) => Ok(false),
        (Some(captured), _) if external => {
            captured.session.check()?;
            let node = captured
                .session
                .graph
                .add(Operation::WaitEvent(event.clone()), &captured.last)?;
            captured.last = vec![node];
            Ok(true)
        }
        (Some(captured), None) => {
            captured.session.invalidate();
            Err(Status::STREAM_CAPTURE_ISOLATION)
        }
        (Some(captured), Some(recorded)) => {
            captured.session.check()?;
            if captured.session.id != recorded.session.id {
                captured.session.invalidate();
                recorded.session.invalidate();
                return Err(Status::STREAM_CAPTURE_MERGE);
            }
            for node in recorded.last {
                if !captured.last.contains(&node) {
                    captured.last.push(node);
                }
            }
            Ok(true)
        }
        (None, Some(recorded)) => {
            recorded.session.check()?;
            if stream.kind == Kind::Legacy {
                recorded.session.invalidate();
                return Err(Status::STREAM_CAPTURE_IMPLICIT);
            }
            recorded.session.streams.lock().unwrap().push(Arc::downgrade(stream));
            *slot = Some(Captured {
                session: recorded.session,
                last: recorded.last,
                given: Arc::default(),
            });
            Ok(true)
        }
    }
}

fn begin(stream: Handle, mode: u32, graph: Option<(Arc<Graph>, Vec<Handle>)>) -> Result {
    let stream = Stream::get(stream)?;
    if mode > RELAXED {
        return Err(Status::INVALID_VALUE);
    }
    if stream.kind == Kind::Legacy {
        return Err(Status::STREAM_CAPTURE_UNSUPPORTED);
    }
    let mut slot = stream.captured.lock().unwrap();
    if slot.is_some() {
        return Err(Status::ILLEGAL_STATE);
    }
    let (graph, last) = graph.unwrap_or_else(|| (Graph::new(), Vec::new()));
    let session = Arc::new(Session {
        id: new_handle(),
        graph,
        mode,
        thread: std::thread::current().id(),
        origin: Arc::downgrade(&stream),
        invalid: AtomicBool::new(false),
        streams: Mutex::new(vec![Arc::downgrade(&stream)]),
    });
    SESSIONS.lock().unwrap().push(Arc::downgrade(&session));
    *slot = Some(Captured {
        session,
        last,
        given: Arc::default(),
    });
    Ok(())
}

fn end(stream: &Arc<Stream>) -> Result<Arc<Graph>> {
    let captured = stream.captured.lock().unwrap().clone().ok_or(Status::ILLEGAL_STATE)?;
    let session = captured.session;
    if !std::ptr::eq(session.origin.as_ptr(), Arc::as_ptr(stream)) {
        session.invalidate();
        return Err(Status::STREAM_CAPTURE_UNMATCHED);
    }
    if session.mode != RELAXED && session.thread != std::thread::current().id() {
        return Err(Status::STREAM_CAPTURE_WRONG_THREAD);
    }
    let joined: HashSet<Handle> = session.graph.ancestors(&captured.last);
    let mut unjoined = false;
    for member in session
        .streams
        .lock()
        .unwrap()
        .drain(..)
        .filter_map(|stream| stream.upgrade())
    {
        if let Some(part) = member.captured.lock().unwrap().take() {
            unjoined |= part.last.iter().any(|node| !joined.contains(node));
        }
    }
    session.check()?;
    session.invalidate();
    SESSIONS
        .lock()
        .unwrap()
        .retain(|known| !std::ptr::eq(known.as_ptr(), Arc::as_ptr(&session)));
    if unjoined {
        return Err(Status::STREAM_CAPTURE_UNJOINED);
    }
    Ok(session.graph.clone())
}

/// Status (0 none, 1 active, 2 invalidated), id, and the part that the stream has in its capture.
fn status(stream: &Stream) -> (u32, u64, Option<Captured>) {
    match &*stream.captured.lock().unwrap() {
        None => (0, 0, None),
        Some(captured) => {
            let state = if captured.session.check().is_ok() { 1 } else { 2 };
            (state, captured.session.id, Some(captured.clone()))
        }
    }
}

fn information(
    stream: Handle,
    state: Out<u32>,
    id: Out<u64>,
    graph: Out<Handle>,
    dependencies: Out<u64>,
    edges: Out<u64>,
    count: Out<u64>,
) -> Result {
    let stream = Stream::get(stream)?;
    forbid_legacy(&stream)?;
    let (status, session, part) = status(&stream);
    state.set(status)?;
    id.offer(session);
    edges.offer(0);
    let Some(part) = part.filter(|_| status == 1) else {
        return Ok(());
    };
    graph.offer(part.session.graph.handle);
    GRAPHS.insert(part.session.graph.handle, part.session.graph.clone());
    let mut given = part.given.lock().unwrap();
    *given = part.last;
    count.offer(given.len() as u64);
    dependencies.offer(given.as_ptr() as u64);
    Ok(())
}

fn update(stream: Handle, dependencies: In<Handle>, count: u64, flags: u32) -> Result {
    let stream = Stream::get(stream)?;
    let mut slot = stream.captured.lock().unwrap();
    let captured = slot.as_mut().ok_or(Status::ILLEGAL_STATE)?;
    captured.session.check()?;
    let nodes = dependencies.list(count as usize)?;
    if flags > 1 || !nodes.iter().all(|&node| captured.session.graph.contains(node)) {
        return Err(Status::INVALID_VALUE);
    }
    if flags == 1 {
        captured.last.clear();
    }
    for node in nodes {
        if !captured.last.contains(&node) {
            captured.last.push(node);
        }
    }
    Ok(())
}

export! {
    fn cuStreamBeginCapture_v2 | cuStreamBeginCapture_v2_ptsz (stream: Handle, mode: u32) {
        begin(stream, mode, None)
    }
    fn cuStreamBeginCapture | cuStreamBeginCapture_ptsz (stream: Handle) {
        begin(stream, GLOBAL, None)
    }
    fn cuStreamBeginCaptureToGraph | cuStreamBeginCaptureToGraph_ptsz (
        stream: Handle, graph: Handle, dependencies: In<Handle>, _edges: In<u64>, count: u64, mode: u32,
    ) {
        let graph = GRAPHS.get(graph)?;
        let nodes = dependencies.list(count as usize)?;
        if !nodes.iter().all(|&node| graph.contains(node)) {
            return Err(Status::INVALID_VALUE);
        }
        begin(stream, mode, Some((graph, nodes)))
    }
    fn cuStreamEndCapture | cuStreamEndCapture_ptsz (stream: Handle, result: Out<Handle>) {
        let stream = Stream::get(stream)?;
        result.set(0)?;
        let graph = end(&stream)?;
        GRAPHS.insert(graph.handle, graph.clone());
        result.set(graph.handle)
    }
    fn cuStreamIsCapturing | cuStreamIsCapturing_ptsz (stream: Handle, state: Out<u32>) {
        let stream = Stream::get(stream)?;
        forbid_legacy(&stream)?;
        state.set(status(&stream).0)
    }
    fn cuStreamGetCaptureInfo | cuStreamGetCaptureInfo_ptsz (stream: Handle, state: Out<u32>, id: Out<u64>) {
        let stream = Stream::get(stream)?;
        forbid_legacy(&stream)?;
        let (status, session, _) = status(&stream);
        state.set(status)?;
        id.offer(session);
        Ok(())
    }
    fn cuStreamGetCaptureInfo_v2 | cuStreamGetCaptureInfo_v2_ptsz (
        stream: Handle, state: Out<u32>, id: Out<u64>, graph: Out<Handle>, dependencies: Out<u64>, count: Out<u64>,
    ) {
        information(stream, state, id, graph, dependencies, Out::none(), count)
    }
    fn cuStreamGetCaptureInfo_v3 | cuStreamGetCaptureInfo_v3_ptsz (
        stream: Handle, state: Out<u32>, id: Out<u64>, graph: Out<Handle>, dependencies: Out<u64>, edges: Out<u64>,
        count: Out<u64>,
    ) {
        information(stream, state, id, graph, dependencies, edges, count)
    }
    fn cuStreamUpdateCaptureDependencies | cuStreamUpdateCaptureDependencies_ptsz (
        stream: Handle, dependencies: In<Handle>, count: u64, flags: u32,
    ) {
        update(stream, dependencies, count, flags)
    }
    fn cuStreamUpdateCaptureDependencies_v2 | cuStreamUpdateCaptureDependencies_v2_ptsz (
        stream: Handle, dependencies: In<Handle>, _edges: In<u64>, count: u64, flags: u32,
    ) {
        update(stream, dependencies, count, flags)
    }
    fn cuThreadExchangeStreamCaptureMode(mode: Out<u32>) {
        let wanted = mode.get()?;
        if wanted > RELAXED {
            return Err(Status::INVALID_VALUE);
        }
        mode.set(MODE.replace(wanted))
    }
}
