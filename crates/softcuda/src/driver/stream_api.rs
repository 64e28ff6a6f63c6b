//! Exported functions on streams: making, waiting, callbacks, waits for values.

use std::sync::Arc;

use super::capture;
use super::context::{Context, current};
use super::event::Event;
use super::export::{Handle, In, Out, alias, export};
use super::status::{Result, Status};
use super::stream::{GREATEST_PRIORITY, Kind, LEGACY, NON_BLOCKING, PER_THREAD, STREAMS, Stream};
use super::work::{HostFunction, Operation, StreamCallback, UserData, ValueOperation, callable};

fn create(result: Out<Handle>, flags: u32, priority: i32) -> Result {
    let context = current()?;
    result.require()?;
    if flags & !NON_BLOCKING != 0 {
        return Err(Status::INVALID_VALUE);
    }
    let priority = priority.clamp(GREATEST_PRIORITY, 0);
    let stream = Stream::new(Arc::downgrade(&context), Kind::Created, flags, priority);
    context.streams.lock().unwrap().push(Arc::downgrade(&stream));
    result.set(stream.handle)?;
    STREAMS.insert(stream.handle, stream);
    Ok(())
}

fn values(stream: Handle, values: Vec<ValueOperation>) -> Result {
    let stream = Stream::get(stream)?;
    check_values(&*stream.context()?, &values)?;
    stream.submit(Operation::Values(Arc::new(values)))
}

/// Checks that what is written or waited for lies in memory that the context's device reaches.
pub fn check_values(context: &Context, values: &[ValueOperation]) -> Result {
    for value in values {
        let size = if value.wide { 8 } else { 4 };
        let range = context.device.memory.find_accessible(value.address);
        let inside = range.is_some_and(|range| range.end() - value.address >= size);
        if !value.address.is_multiple_of(size) || !inside || value.wait.is_some_and(|condition| condition > 3) {
            return Err(Status::INVALID_VALUE);
        }
    }
    Ok(())
}

/// The operations of cuStreamBatchMemOp and of batch nodes.
pub fn batch_of(parameters: In<[u64; 6]>, count: u32) -> Result<Vec<ValueOperation>> {
    if count > 256 {
        return Err(Status::INVALID_VALUE);
    }
    let operations: Result<Vec<_>> = parameters.list(count as usize)?.into_iter().map(batch).collect();
    Ok(operations?.into_iter().flatten().collect())
}

/// One of CUstreamBatchMemOpParams: 48 bytes that start with the operation's number.
fn batch(parameters: [u64; 6]) -> Result<Option<ValueOperation>> {
    let [operation, address, value, flags, ..] = parameters;
    let (wide, wait) = match operation as u32 {
        1 => (false, true),
        2 => (false, false),
        4 => (true, true),
        5 => (true, false),
        // Flushing remote writes, and barriers: every operation here is complete before the next starts.
        3 | 6 => return Ok(None),
        _ => return Err(Status::INVALID_VALUE),
    };
    let value = if wide { value } else { value & 0xffff_ffff };
    Ok(Some(ValueOperation {
        address,
        value,
        wide,
        wait: wait.then_some(flags as u32 & !(1 << 30)),
    }))
}

fn wait_flags(flags: u32) -> Option<u32> {
    Some(flags & !(1 << 30))
}

export! {
    fn cuStreamCreate(result: Out<Handle>, flags: u32) {
        create(result, flags, 0)
    }
    fn cuStreamCreateWithPriority(result: Out<Handle>, flags: u32, priority: i32) {
        create(result, flags, priority)
    }
    fn cuStreamDestroy_v2(stream: Handle) {
        if stream <= PER_THREAD {
            return Err(Status::INVALID_HANDLE);
        }
        super::devices()?;
        STREAMS.get(stream)?.destroy();
        Ok(())
    }
    fn cuStreamGetPriority | cuStreamGetPriority_ptsz (stream: Handle, priority: Out<i32>) {
        priority.set(Stream::get(stream)?.priority)
    }
    fn cuStreamGetFlags | cuStreamGetFlags_ptsz (stream: Handle, flags: Out<u32>) {
        flags.set(Stream::get(stream)?.flags)
    }
    fn cuStreamGetId | cuStreamGetId_ptsz (stream: Handle, id: Out<u64>) {
        let stream = Stream::get(stream)?;
        id.set(match stream.kind {
            Kind::Legacy => LEGACY,
            Kind::PerThread => PER_THREAD,
            Kind::Created => stream.handle,
        })
    }
    fn cuStreamGetCtx | cuStreamGetCtx_ptsz (stream: Handle, context: Out<Handle>) {
        context.set(Stream::get(stream)?.context()?.handle)
    }
    fn cuStreamGetCtx_v2 | cuStreamGetCtx_v2_ptsz (stream: Handle, context: Out<Handle>, green: Out<Handle>) {
        green.offer(0);
        context.set(Stream::get(stream)?.context()?.handle)
    }
    fn cuStreamGetGreenCtx(stream: Handle, green: Out<Handle>) {
        Stream::get(stream)?;
        green.set(0)
    }
    fn cuStreamGetDevice | cuStreamGetDevice_ptsz (stream: Handle, device: Out<i32>) {
        device.set(Stream::get(stream)?.context()?.device.ordinal)
    }
    fn cuStreamQuery | cuStreamQuery_ptsz (stream: Handle) {
        let stream = Stream::get(stream)?;
        capture::forbid_wait(&stream)?;
        if stream.frontier()?.iter().all(|ticket| ticket.done()) {
            stream.context()?.check()
        } else {
            Err(Status::NOT_READY)
        }
    }
    fn cuStreamSynchronize | cuStreamSynchronize_ptsz (stream: Handle) {
        let stream = Stream::get(stream)?;
        capture::forbid_wait(&stream)?;
        stream.synchronize()
    }
    fn cuStreamWaitEvent | cuStreamWaitEvent_ptsz (stream: Handle, event: Handle, flags: u32) {
        let (stream, event) = (Stream::get(stream)?, Event::get(event)?);
        if flags > 1 {
            return Err(Status::INVALID_VALUE);
        }
        if capture::wait_event(&stream, &event, flags == 1)? {
            return Ok(());
        }
        match event.ticket() {
            Some(ticket) if !ticket.done() => stream.enqueue(Operation::Empty, vec![ticket]).map(|_| ()),
            _ => Ok(()),
        }
    }
    fn cuStreamAddCallback | cuStreamAddCallback_ptsz (
        stream: Handle, callback: Option<StreamCallback>, data: *mut libc::c_void, flags: u32,
    ) {
        let object = Stream::get(stream)?;
        let callback = callback.ok_or(Status::INVALID_VALUE)?;
        if flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        if object.captured.lock().unwrap().is_some() {
            return Err(Status::STREAM_CAPTURE_UNSUPPORTED);
        }
        object.submit(Operation::Callback(callback, stream, UserData(data)))
    }
    fn cuLaunchHostFunc | cuLaunchHostFunc_ptsz (
        stream: Handle, function: Option<HostFunction>, data: *mut libc::c_void,
    ) {
        let stream = Stream::get(stream)?;
        stream.submit(Operation::Host(callable(function)?, UserData(data)))
    }
    fn cuStreamAttachMemAsync | cuStreamAttachMemAsync_ptsz (stream: Handle, address: u64, _length: u64, flags: u32) {
        let stream = Stream::get(stream)?;
        if !matches!(flags, 1 | 2 | 4) || super::device::owner(address).is_none() {
            return Err(Status::INVALID_VALUE);
        }
        stream.submit(Operation::Empty)
    }
    fn cuStreamCopyAttributes | cuStreamCopyAttributes_ptsz (destination: Handle, source: Handle) {
        Stream::get(destination)?;
        Stream::get(source).map(|_| ())
    }
    fn cuStreamGetAttribute | cuStreamGetAttribute_ptsz (stream: Handle, attribute: u32, value: Out<[u64; 8]>) {
        let stream = Stream::get(stream)?;
        match attribute {
            // Access policy window, synchronisation policy (automatic), memory synchronisation domains.
            1 | 9 | 10 => value.set([0; 8]),
            3 => value.set([1, 0, 0, 0, 0, 0, 0, 0]),
            8 => value.set([stream.priority as u32 as u64, 0, 0, 0, 0, 0, 0, 0]),
            _ => Err(Status::INVALID_VALUE),
        }
    }
    fn cuStreamSetAttribute | cuStreamSetAttribute_ptsz (stream: Handle, attribute: u32, value: In<[u64; 8]>) {
        Stream::get(stream)?;
        value.get()?;
        // These are hints to caches and schedulers that this device does not have.
        if matches!(attribute, 1 | 3 | 8 | 9 | 10) { Ok(()) } else { Err(Status::INVALID_VALUE) }
    }
    fn cuStreamWriteValue32_v2 | cuStreamWriteValue32_v2_ptsz (stream: Handle, address: u64, value: u32, _flags: u32) {
        values(stream, vec![ValueOperation { address, value: value.into(), wide: false, wait: None }])
    }
    fn cuStreamWriteValue64_v2 | cuStreamWriteValue64_v2_ptsz (stream: Handle, address: u64, value: u64, _flags: u32) {
        values(stream, vec![ValueOperation { address, value, wide: true, wait: None }])
    }
    fn cuStreamWaitValue32_v2 | cuStreamWaitValue32_v2_ptsz (stream: Handle, address: u64, value: u32, flags: u32) {
        values(stream, vec![ValueOperation { address, value: value.into(), wide: false, wait: wait_flags(flags) }])
    }
    fn cuStreamWaitValue64_v2 | cuStreamWaitValue64_v2_ptsz (stream: Handle, address: u64, value: u64, flags: u32) {
        values(stream, vec![ValueOperation { address, value, wide: true, wait: wait_flags(flags) }])
    }
    fn cuStreamBatchMemOp_v2 | cuStreamBatchMemOp_v2_ptsz (
        stream: Handle, count: u32, parameters: In<[u64; 6]>, _flags: u32,
    ) {
        values(stream, batch_of(parameters, count)?)
    }
}

alias! {
    cuStreamDestroy = cuStreamDestroy_v2, (stream: Handle);
    cuStreamWriteValue32 = cuStreamWriteValue32_v2, (stream: Handle, address: u64, value: u32, flags: u32);
    cuStreamWriteValue32_ptsz = cuStreamWriteValue32_v2_ptsz, (stream: Handle, address: u64, value: u32, flags: u32);
    cuStreamWriteValue64 = cuStreamWriteValue64_v2, (stream: Handle, address: u64, value: u64, flags: u32);
    cuStreamWriteValue64_ptsz = cuStreamWriteValue64_v2_ptsz, (stream: Handle, address: u64, value: u64, flags: u32);
    cuStreamWaitValue32 = cuStreamWaitValue32_v2, (stream: Handle, address: u64, value: u32, flags: u32);
    cuStreamWaitValue32_ptsz = cuStreamWaitValue32_v2_ptsz, (stream: Handle, address: u64, value: u32, flags: u32);
    cuStreamWaitValue64 = cuStreamWaitValue64_v2, (stream: Handle, address: u64, value: u64, flags: u32);
    cuStreamWaitValue64_ptsz = cuStreamWaitValue64_v2_ptsz, (stream: Handle, address: u64, value: u64, flags: u32);
    cuStreamBatchMemOp = cuStreamBatchMemOp_v2, (stream: Handle, count: u32, parameters: In<[u64; 6]>, flags: u32);
    cuStreamBatchMemOp_ptsz = cuStreamBatchMemOp_v2_ptsz,
        (stream: Handle, count: u32, parameters: In<[u64; 6]>, flags: u32);
}
