//! Contexts: primary ones and made ones, the stack of each thread, limits and errors that stick.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::thread::ThreadId;

use super::device::{self, Device};
use super::export::{Handle, In, Out, Registry, alias, export, new_handle};
use super::status::{Result, Status};
use super::stream::{Kind, Stream};

pub static CONTEXTS: Registry<Context> = Registry::new();

pub const LIMIT_STACK_SIZE: usize = 0;
pub const LIMIT_MALLOC_HEAP_SIZE: usize = 2;
/// By number: stack, printf, malloc heap, two of device-side launches, L2 fetch, persisting L2, shared memory.
const LIMITS: [u64; 8] = [1024, 1 << 20, 8 << 20, 2, 2048, 64, 0, 0];

pub struct Context {
    pub handle: Handle,
    pub device: Arc<Device>,
    pub flags: AtomicU32,
    primary: bool,
    /// The error every later call gives, 0 while there is none.
    error: AtomicU32,
    destroyed: AtomicBool,
    pub legacy: Arc<Stream>,
    thread_streams: Mutex<HashMap<ThreadId, Arc<Stream>>>,
    /// All streams that may have work, the default ones included.
    pub streams: Mutex<Vec<Weak<Stream>>>,
    /// Destroyed streams whose work goes on.
    pub draining: Mutex<Vec<Arc<Stream>>>,
    /// Held while work is put into a queue together with what it waits for.
    pub order: Mutex<()>,
    pub limits: [AtomicU64; 8],
    cache: AtomicU32,
    shared_configuration: AtomicU32,
    /// Devices whose memory this context may reach.
    peers: Mutex<Vec<i32>>,
}

thread_local! {
    static STACK: RefCell<Vec<Arc<Context>>> = const { RefCell::new(Vec::new()) };
}

/// The calling thread's context, fit for use.
///
/// # Errors
/// INVALID_CONTEXT without one, CONTEXT_IS_DESTROYED for a dead one, else the error that sticks to it.
pub fn current() -> Result<Arc<Context>> {
    let context = bound()?;
    context.check()?;
    Ok(context)
}

/// The calling thread's context, whatever its error.
pub fn bound() -> Result<Arc<Context>> {
    super::devices()?;
    let context = STACK
        .with_borrow(|stack| stack.last().cloned())
        .ok_or(Status::INVALID_CONTEXT)?;
    if context.destroyed.load(Ordering::Acquire) {
        return Err(Status::CONTEXT_IS_DESTROYED);
    }
    Ok(context)
}

impl Context {
    fn new(device: &Arc<Device>, flags: u32, primary: bool) -> Arc<Context> {
        let context = Arc::new_cyclic(|weak: &Weak<Context>| {
            let legacy = Stream::new(weak.clone(), Kind::Legacy, 0, 0);
            Context {
                handle: new_handle(),
                device: device.clone(),
                flags: AtomicU32::new(flags),
                primary,
                error: AtomicU32::new(0),
                destroyed: AtomicBool::new(false),
                streams: Mutex::new(vec![Arc::downgrade(&legacy)]),
                legacy,
                thread_streams: Mutex::new(HashMap::new()),
                draining: Mutex::new(Vec::new()),
                order: Mutex::new(()),
                limits: LIMITS.map(AtomicU64::new),
                cache: AtomicU32::new(0),
                shared_configuration: AtomicU32::new(1),
                peers: Mutex::new(Vec::new()),
            }
        });
        CONTEXTS.insert(context.handle, context.clone());
        context
    }

    pub fn get(handle: Handle) -> Result<Arc<Context>> {
        super::devices()?;
        CONTEXTS.get(handle).map_err(|_| Status::INVALID_CONTEXT)
    }

    /// A context by handle, the current one for 0.
    pub fn get_or_current(handle: Handle) -> Result<Arc<Context>> {
        if handle == 0 { current() } else { Context::get(handle) }
    }

    pub fn check(&self) -> Result {
        match self.error.load(Ordering::Acquire) {
            0 => Ok(()),
            code => Err(Status(code)),
        }
    }

    /// Makes an error stick; the first one stays.
    pub fn fail(&self, status: Status) {
        let _ = self
            .error
            .compare_exchange(0, status.0, Ordering::AcqRel, Ordering::Acquire);
    }

    /// The calling thread's own default stream.
    pub fn thread_stream(self: &Arc<Self>) -> Arc<Stream> {
        let mut streams = self.thread_streams.lock().unwrap();
        let make = || {
            let stream = Stream::new(Arc::downgrade(self), Kind::PerThread, 0, 0);
            self.streams.lock().unwrap().push(Arc::downgrade(&stream));
            stream
        };
        streams.entry(std::thread::current().id()).or_insert_with(make).clone()
    }

    /// Every stream still alive.
    pub fn live_streams(&self) -> Vec<Arc<Stream>> {
        let mut streams = self.streams.lock().unwrap();
        streams.retain(|stream| stream.strong_count() > 0);
        streams.iter().filter_map(Weak::upgrade).collect()
    }

    /// Waits for all work in all streams.
    pub fn synchronize(&self) -> Result {
        for stream in self.live_streams() {
            stream.last().wait();
        }
        self.check()
    }

    /// Ends the context and all that belongs to it.
    fn destroy(&self) {
        let _ = self.synchronize();
        self.destroyed.store(true, Ordering::Release);
        let _ = CONTEXTS.remove(self.handle);
        for ordinal in self.peers.lock().unwrap().drain(..) {
            if let Ok(peer) = device::get(ordinal) {
                self.device.memory.remove_peer(&peer.memory);
            }
        }
        super::stream::forget(self);
        super::event::forget(self);
        super::module::forget(self);
        super::texture::forget(self);
        super::array::forget(self);
        super::memory::forget(self);
    }
}

fn push(context: Arc<Context>) {
    STACK.with_borrow_mut(|stack| stack.push(context));
}

fn pop() -> Option<Arc<Context>> {
    STACK.with_borrow_mut(Vec::pop)
}

fn create(result: Out<Handle>, flags: u32, ordinal: i32) -> Result {
    result.require()?;
    let device = device::get(ordinal)?;
    if flags & !0xff != 0 || !matches!(flags & 7, 0 | 1 | 2 | 4) {
        return Err(Status::INVALID_VALUE);
    }
    let context = Context::new(device, flags, false);
    result.set(context.handle)?;
    push(context);
    Ok(())
}

fn destroy(handle: Handle) -> Result {
    let context = Context::get(handle)?;
    if context.primary {
        return Err(Status::INVALID_CONTEXT);
    }
    context.destroy();
    // Only the calling thread's stack lets go of it; elsewhere it stays current and answers CONTEXT_IS_DESTROYED.
    STACK.with_borrow_mut(|stack| {
        if stack.last().is_some_and(|top| top.handle == handle) {
            stack.pop();
        }
    });
    Ok(())
}

fn release_primary(ordinal: i32) -> Result {
    let device = device::get(ordinal)?;
    let ended = {
        let mut primary = device.primary.lock().unwrap();
        match primary.1 {
            0 => return Err(Status::INVALID_CONTEXT),
            1 => {
                primary.1 = 0;
                primary.0.take()
            }
            _ => {
                primary.1 -= 1;
                None
            }
        }
    };
    if let Some(context) = ended {
        context.destroy();
    }
    Ok(())
}

export! {
    fn cuDevicePrimaryCtxRetain(result: Out<Handle>, ordinal: i32) {
        result.require()?;
        let device = device::get(ordinal)?;
        let mut primary = device.primary.lock().unwrap();
        let flags = device.primary_flags.load(Ordering::Relaxed);
        let handle = primary.0.get_or_insert_with(|| Context::new(device, flags, true)).handle;
        primary.1 += 1;
        result.set(handle)
    }
    fn cuDevicePrimaryCtxRelease_v2(ordinal: i32) {
        release_primary(ordinal)
    }
    fn cuDevicePrimaryCtxReset_v2(ordinal: i32) {
        let device = device::get(ordinal)?;
        let mut primary = device.primary.lock().unwrap();
        if let Some(old) = primary.0.take() {
            old.destroy();
            // Those who retained it go on with a fresh one.
            if primary.1 > 0 {
                primary.0 = Some(Context::new(device, device.primary_flags.load(Ordering::Relaxed), true));
            }
        }
        Ok(())
    }
    fn cuDevicePrimaryCtxSetFlags_v2(ordinal: i32, flags: u32) {
        let device = device::get(ordinal)?;
        if flags & !0xff != 0 || !matches!(flags & 7, 0 | 1 | 2 | 4) {
            return Err(Status::INVALID_VALUE);
        }
        device.primary_flags.store(flags, Ordering::Relaxed);
        if let Some(context) = &device.primary.lock().unwrap().0 {
            context.flags.store(flags, Ordering::Relaxed);
        }
        Ok(())
    }
    fn cuDevicePrimaryCtxGetState(ordinal: i32, flags: Out<u32>, active: Out<i32>) {
        let device = device::get(ordinal)?;
        flags.set(device.primary_flags.load(Ordering::Relaxed))?;
        active.set(device.primary.lock().unwrap().0.is_some() as i32)
    }
    fn cuCtxCreate_v2(result: Out<Handle>, flags: u32, device: i32) {
        create(result, flags, device)
    }
    fn cuCtxCreate_v3(result: Out<Handle>, _affinity: In<u64>, affinities: i32, flags: u32, device: i32) {
        if affinities != 0 {
            return Err(Status::UNSUPPORTED_EXEC_AFFINITY);
        }
        create(result, flags, device)
    }
    fn cuCtxCreate_v4(result: Out<Handle>, parameters: In<[u64; 3]>, flags: u32, device: i32) {
        if !parameters.is_null() {
            let [_, affinities, graphics] = parameters.get()?;
            if affinities as u32 != 0 {
                return Err(Status::UNSUPPORTED_EXEC_AFFINITY);
            }
            if graphics != 0 {
                return Err(Status::NOT_SUPPORTED);
            }
        }
        create(result, flags, device)
    }
    fn cuCtxDestroy_v2(context: Handle) {
        destroy(context)
    }
    fn cuCtxAttach(result: Out<Handle>, flags: u32) {
        if flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        result.set(current()?.handle)
    }
    fn cuCtxDetach(context: Handle) {
        destroy(context)
    }
    fn cuCtxPushCurrent_v2(context: Handle) {
        push(Context::get(context)?);
        Ok(())
    }
    fn cuCtxPopCurrent_v2(result: Out<Handle>) {
        super::devices()?;
        result.offer(pop().ok_or(Status::INVALID_CONTEXT)?.handle);
        Ok(())
    }
    fn cuCtxSetCurrent(context: Handle) {
        super::devices()?;
        if context == 0 {
            pop();
            return Ok(());
        }
        let context = Context::get(context)?;
        pop();
        push(context);
        Ok(())
    }
    fn cuCtxGetCurrent(result: Out<Handle>) {
        super::devices()?;
        result.set(STACK.with_borrow(|stack| stack.last().map_or(0, |context| context.handle)))
    }
    fn cuCtxGetDevice(device: Out<i32>) {
        device.set(bound()?.device.ordinal)
    }
    fn cuCtxGetFlags(flags: Out<u32>) {
        flags.set(current()?.flags.load(Ordering::Relaxed))
    }
    fn cuCtxSetFlags(flags: u32) {
        current()?.flags.store(flags, Ordering::Relaxed);
        Ok(())
    }
    fn cuCtxGetId(context: Handle, id: Out<u64>) {
        id.set(Context::get_or_current(context)?.handle)
    }
    fn cuCtxGetApiVersion(context: Handle, version: Out<u32>) {
        Context::get_or_current(context)?;
        version.set(3020)
    }
    fn cuCtxSynchronize() {
        let context = current()?;
        super::capture::forbid_unsafe()?;
        context.synchronize()
    }
    fn cuCtxGetDevice_v2(device: Out<i32>, context: Handle) {
        device.set(Context::get_or_current(context)?.device.ordinal)
    }
    fn cuCtxSynchronize_v2(context: Handle) {
        let context = Context::get_or_current(context)?;
        super::capture::forbid_unsafe()?;
        context.synchronize()
    }
    fn cuCtxSetLimit(limit: i32, value: u64) {
        let context = current()?;
        match limit {
            0..=2 | 5 | 6 => context.limits[limit as usize].store(value, Ordering::Relaxed),
            3 | 4 | 7..=9 => return Err(Status::UNSUPPORTED_LIMIT),
            _ => return Err(Status::INVALID_VALUE),
        }
        Ok(())
    }
    fn cuCtxGetLimit(value: Out<u64>, limit: i32) {
        let context = current()?;
        match limit {
            0..=6 => value.set(context.limits[limit as usize].load(Ordering::Relaxed)),
            7..=9 => Err(Status::UNSUPPORTED_LIMIT),
            _ => Err(Status::INVALID_VALUE),
        }
    }
    fn cuCtxGetCacheConfig(configuration: Out<u32>) {
        configuration.set(current()?.cache.load(Ordering::Relaxed))
    }
    fn cuCtxSetCacheConfig(configuration: u32) {
        let context = current()?;
        if configuration > 3 {
            return Err(Status::INVALID_VALUE);
        }
        context.cache.store(configuration, Ordering::Relaxed);
        Ok(())
    }
    fn cuCtxGetSharedMemConfig(configuration: Out<u32>) {
        configuration.set(current()?.shared_configuration.load(Ordering::Relaxed))
    }
    fn cuCtxSetSharedMemConfig(configuration: u32) {
        let context = current()?;
        // Bank widths: this device's are four bytes wide, whatever is preferred.
        if configuration > 2 { Err(Status::INVALID_VALUE) } else { context.check() }
    }
    fn cuCtxGetStreamPriorityRange(least: Out<i32>, greatest: Out<i32>) {
        current()?;
        least.offer(0);
        greatest.offer(super::stream::GREATEST_PRIORITY);
        Ok(())
    }
    fn cuCtxResetPersistingL2Cache() {
        current().map(|_| ())
    }
    fn cuCtxGetExecAffinity(_affinity: Out<u64>, _kind: i32) {
        Err(Status::UNSUPPORTED_EXEC_AFFINITY)
    }
    fn cuCtxEnablePeerAccess(peer: Handle, flags: u32) {
        let context = current()?;
        let peer = Context::get(peer)?;
        if flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        if peer.device.ordinal == context.device.ordinal {
            return Err(Status::INVALID_DEVICE);
        }
        let mut peers = context.peers.lock().unwrap();
        if peers.contains(&peer.device.ordinal) {
            return Err(Status::PEER_ACCESS_ALREADY_ENABLED);
        }
        context.device.memory.add_peer(&peer.device.memory);
        peers.push(peer.device.ordinal);
        Ok(())
    }
    fn cuCtxDisablePeerAccess(peer: Handle) {
        let context = current()?;
        let peer = Context::get(peer)?;
        let mut peers = context.peers.lock().unwrap();
        let index = peers.iter().position(|&ordinal| ordinal == peer.device.ordinal);
        peers.swap_remove(index.ok_or(Status::PEER_ACCESS_NOT_ENABLED)?);
        context.device.memory.remove_peer(&peer.device.memory);
        Ok(())
    }
}

alias! {
    cuCtxCreate = cuCtxCreate_v2, (result: Out<Handle>, flags: u32, device: i32);
    cuCtxDestroy = cuCtxDestroy_v2, (context: Handle);
    cuCtxPushCurrent = cuCtxPushCurrent_v2, (context: Handle);
    cuCtxPopCurrent = cuCtxPopCurrent_v2, (result: Out<Handle>);
    cuDevicePrimaryCtxRelease = cuDevicePrimaryCtxRelease_v2, (ordinal: i32);
    cuDevicePrimaryCtxReset = cuDevicePrimaryCtxReset_v2, (ordinal: i32);
    cuDevicePrimaryCtxSetFlags = cuDevicePrimaryCtxSetFlags_v2, (ordinal: i32, flags: u32);
}
