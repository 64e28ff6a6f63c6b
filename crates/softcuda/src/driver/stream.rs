//! Streams: queues of work, each in order, ordered against each other as the default streams' rules and events say.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::capture::Captured;
use super::context::{Context, current};
use super::export::{Handle, Registry, default_stream_is_per_thread, new_handle};
use super::status::{Result, Status};
use super::work::Operation;

pub static STREAMS: Registry<Stream> = Registry::new();

pub const LEGACY: Handle = 1;
pub const PER_THREAD: Handle = 2;
pub const NON_BLOCKING: u32 = 1;
pub const GREATEST_PRIORITY: i32 = -5;

/// How long a stream's worker waits for more before it ends.
const LINGER: Duration = Duration::from_millis(100);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Stream 0 where it means the legacy default stream.
    Legacy,
    /// The calling thread's default stream.
    PerThread,
    Created,
}

pub struct Stream {
    pub handle: Handle,
    pub context: Weak<Context>,
    pub kind: Kind,
    pub flags: u32,
    pub priority: i32,
    queue: Arc<Queue>,
    pub captured: Mutex<Option<Captured>>,
}

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

/// What to do, and what to wait for first.
type Task = (Vec<Ticket>, Box<dyn FnOnce() + Send>);

#[derive(Default)]
struct State {
    tasks: VecDeque<Task>,
    submitted: u64,
    completed: u64,
    running: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in a stream: everything submitted up to it.
#[derive(Clone)]
pub struct Ticket {
    queue: Arc<Queue>,
    number: u64,
}

impl Ticket {
    pub fn done(&self) -> bool {
        self.queue.lock().completed >= self.number
    }

    pub fn wait(&self) {
        let mut state = self.queue.lock();
        while state.completed < self.number {
            state = self.queue.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn work(queue: Arc<Queue>) {
    let mut state = queue.lock();
    loop {
        if let Some((after, task)) = state.tasks.pop_front() {
            drop(state);
            for ticket in after {
                ticket.wait();
            }
            // A panic in one task must not keep those who wait for it waiting.
            if std::panic::catch_unwind(std::panic::AssertUnwindSafe(task)).is_err() {
                eprintln!("softcuda: internal error in queued work");
            }
            state = queue.lock();
            state.completed += 1;
            queue.changed.notify_all();
            continue;
        }
        let (woken, timeout) = queue
            .changed
            .wait_timeout(state, LINGER)
            .unwrap_or_else(PoisonError::into_inner);
        state = woken;
        if timeout.timed_out() && state.tasks.is_empty() {
            state.running = false;
            return;
        }
    }
}

impl Stream {
    pub fn new(context: Weak<Context>, kind: Kind, flags: u32, priority: i32) -> Arc<Stream> {
        Arc::new(Stream {
            handle: new_handle(),
            context,
            kind,
            flags,
            priority,
            queue: Arc::default(),
            captured: Mutex::new(None),
        })
    }

    /// The stream a handle means for the calling thread: 0 and 1 and 2 are its context's default streams.
    pub fn get(handle: Handle) -> Result<Arc<Stream>> {
        match handle {
            0 if default_stream_is_per_thread() => Ok(current()?.thread_stream()),
            PER_THREAD => Ok(current()?.thread_stream()),
            0 | LEGACY => Ok(current()?.legacy.clone()),
            _ => {
                super::devices()?;
                let stream = STREAMS.get(handle)?;
                stream.context()?.check()?;
                Ok(stream)
            }
        }
    }

    pub fn context(&self) -> Result<Arc<Context>> {
        self.context.upgrade().ok_or(Status::CONTEXT_IS_DESTROYED)
    }

    /// Whether it and the legacy default stream wait for each other.
    fn blocking(&self) -> bool {
        self.kind != Kind::Legacy && self.flags & NON_BLOCKING == 0
    }

    /// Everything submitted so far.
    pub fn last(&self) -> Ticket {
        let number = self.queue.lock().submitted;
        Ticket {
            queue: self.queue.clone(),
            number,
        }
    }

    /// What work put into this stream now has to wait for besides the stream itself.
    fn implicit(&self, context: &Context) -> Vec<Ticket> {
        let candidates = match self.kind {
            Kind::Legacy => context
                .live_streams()
                .iter()
                .filter(|stream| stream.blocking())
                .map(|s| s.last())
                .collect(),
            _ if self.blocking() => vec![context.legacy.last()],
            _ => Vec::new(),
        };
        candidates
            .into_iter()
            .filter(|ticket: &Ticket| !ticket.done())
            .collect()
    }

    /// Everything that a wait for this stream waits for: the legacy default stream stands for all blocking ones.
    pub fn frontier(&self) -> Result<Vec<Ticket>> {
        let context = self.context()?;
        let _order = context.order.lock().unwrap();
        let mut tickets = self.implicit(&context);
        tickets.push(self.last());
        Ok(tickets)
    }

    /// Queues an operation, or records it in the graph being captured.
    pub fn submit(&self, operation: Operation) -> Result {
        if super::capture::record(self, &operation)? {
            return Ok(());
        }
        self.enqueue(operation, Vec::new()).map(|_| ())
    }

    /// Queues an operation behind `after` as well.
    pub fn enqueue(&self, operation: Operation, mut after: Vec<Ticket>) -> Result<Ticket> {
        let context = self.context()?;
        context.check()?;
        let order = context.order.lock().unwrap();
        after.extend(self.implicit(&context));
        let work_context = context.clone();
        let task = Box::new(move || operation.run_in(&work_context));
        let mut state = self.queue.lock();
        state.tasks.push_back((after, task));
        state.submitted += 1;
        let ticket = Ticket {
            queue: self.queue.clone(),
            number: state.submitted,
        };
        let start = !state.running;
        state.running = true;
        drop(state);
        drop(order);
        if start {
            let queue = self.queue.clone();
            let spawned = std::thread::Builder::new()
                .name("softcuda stream".into())
                .spawn(move || work(queue));
            if spawned.is_err() {
                self.queue.lock().running = false;
                return Err(Status::OPERATING_SYSTEM);
            }
        } else {
            self.queue.changed.notify_all();
        }
        Ok(ticket)
    }

    /// Waits until all that was submitted is done; gives the error that came of it.
    pub fn synchronize(&self) -> Result {
        for ticket in self.frontier()? {
            ticket.wait();
        }
        self.context()?.check()
    }

    /// Takes back the handle; work already queued goes on, and the context still waits for it.
    pub fn destroy(self: &Arc<Self>) {
        if let Some(context) = self.context.upgrade() {
            let mut draining = context.draining.lock().unwrap();
            draining.retain(|stream| !stream.last().done());
            draining.push(self.clone());
        }
        let _ = STREAMS.remove(self.handle);
    }
}

/// Forgets the streams of a context that ends.
pub fn forget(context: &Context) {
    for stream in STREAMS.all() {
        if std::ptr::eq(stream.context.as_ptr(), context) {
            let _ = STREAMS.remove(stream.handle);
        }
    }
}
