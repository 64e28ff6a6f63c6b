//! Streams, events, callbacks and capture.

use crate::context::enter;
use crate::driver;
use crate::export::{Handle, Stream, export};
use crate::generation::IS_13;

export! {
    fn cudaStreamCreate(result: u64) {
        enter()?;
        driver::cuStreamCreateWithPriority(result, 0, 0)
    }
    fn cudaStreamCreateWithFlags(result: u64, flags: u32) {
        enter()?;
        driver::cuStreamCreateWithPriority(result, flags, 0)
    }
    fn cudaStreamCreateWithPriority(result: u64, flags: u32, priority: i32) = cuStreamCreateWithPriority;
    fn cudaStreamDestroy(stream: Handle) = cuStreamDestroy_v2;
    fn cudaStreamGetPriority | cudaStreamGetPriority_ptsz (stream: Stream, priority: u64) = cuStreamGetPriority;
    fn cudaStreamGetFlags | cudaStreamGetFlags_ptsz (stream: Stream, flags: u64) = cuStreamGetFlags;
    fn cudaStreamGetId | cudaStreamGetId_ptsz (stream: Stream, id: u64) = cuStreamGetId;
    fn cudaStreamGetDevice | cudaStreamGetDevice_ptsz (stream: Stream, number: u64) = cuStreamGetDevice;
    fn cudaStreamQuery | cudaStreamQuery_ptsz (stream: Stream) = cuStreamQuery;
    fn cudaStreamSynchronize | cudaStreamSynchronize_ptsz (stream: Stream) = cuStreamSynchronize;
    fn cudaStreamWaitEvent | cudaStreamWaitEvent_ptsz (stream: Stream, event: Handle, flags: u32) = cuStreamWaitEvent;
    fn cudaStreamAddCallback | cudaStreamAddCallback_ptsz (
        stream: Stream, callback: u64, data: u64, flags: u32,
    ) = cuStreamAddCallback;
    fn cudaLaunchHostFunc | cudaLaunchHostFunc_ptsz (stream: Stream, function: u64, data: u64) = cuLaunchHostFunc;
    fn cudaStreamAttachMemAsync | cudaStreamAttachMemAsync_ptsz (
        stream: Stream, address: u64, bytes: u64, flags: u32,
    ) = cuStreamAttachMemAsync;
    fn cudaStreamCopyAttributes | cudaStreamCopyAttributes_ptsz (
        destination: Stream, source: Stream,
    ) = cuStreamCopyAttributes;
    fn cudaStreamGetAttribute | cudaStreamGetAttribute_ptsz (
        stream: Stream, attribute: u32, value: u64,
    ) = cuStreamGetAttribute;
    fn cudaStreamSetAttribute | cudaStreamSetAttribute_ptsz (
        stream: Stream, attribute: u32, value: u64,
    ) = cuStreamSetAttribute;

    fn cudaStreamBeginCapture | cudaStreamBeginCapture_ptsz (stream: Stream, mode: u32) = cuStreamBeginCapture_v2;
    fn cudaStreamBeginCaptureToGraph | cudaStreamBeginCaptureToGraph_ptsz (
        stream: Stream, graph: Handle, after: u64, data: u64, count: u64, mode: u32,
    ) = cuStreamBeginCaptureToGraph;
    fn cudaStreamEndCapture | cudaStreamEndCapture_ptsz (stream: Stream, graph: u64) = cuStreamEndCapture;
    fn cudaStreamIsCapturing | cudaStreamIsCapturing_ptsz (stream: Stream, status: u64) = cuStreamIsCapturing;
    // In CUDA 12 with three arguments, in 13 as the third form.
    fn cudaStreamGetCaptureInfo | cudaStreamGetCaptureInfo_ptsz (
        stream: Stream, status: u64, id: u64, graph: u64, after: u64, data: u64, count: u64,
    ) {
        enter()?;
        if IS_13 {
            driver::cuStreamGetCaptureInfo_v3(stream.resolve(), status, id, graph, after, data, count)
        } else {
            driver::cuStreamGetCaptureInfo_v2(stream.resolve(), status, id, 0, 0, 0)
        }
    }
    fn cudaStreamGetCaptureInfo_v2 | cudaStreamGetCaptureInfo_v2_ptsz (
        stream: Stream, status: u64, id: u64, graph: u64, after: u64, count: u64,
    ) = cuStreamGetCaptureInfo_v2;
    fn cudaStreamGetCaptureInfo_v3 | cudaStreamGetCaptureInfo_v3_ptsz (
        stream: Stream, status: u64, id: u64, graph: u64, after: u64, data: u64, count: u64,
    ) = cuStreamGetCaptureInfo_v3;
    // In CUDA 13 with the edges' data.
    fn cudaStreamUpdateCaptureDependencies | cudaStreamUpdateCaptureDependencies_ptsz (
        stream: Stream, after: u64, data_or_count: u64, count_or_flags: u64, flags: u32,
    ) {
        enter()?;
        let stream = stream.resolve();
        if IS_13 {
            driver::cuStreamUpdateCaptureDependencies_v2(stream, after, data_or_count, count_or_flags, flags)
        } else {
            driver::cuStreamUpdateCaptureDependencies(stream, after, data_or_count, count_or_flags as u32)
        }
    }
    fn cudaStreamUpdateCaptureDependencies_v2 | cudaStreamUpdateCaptureDependencies_v2_ptsz (
        stream: Stream, after: u64, data: u64, count: u64, flags: u32,
    ) = cuStreamUpdateCaptureDependencies_v2;
    fn cudaThreadExchangeStreamCaptureMode(mode: u64) = cuThreadExchangeStreamCaptureMode;

    fn cudaEventCreate(result: u64) {
        enter()?;
        driver::cuEventCreate(result, 0)
    }
    fn cudaEventCreateWithFlags(result: u64, flags: u32) = cuEventCreate;
    fn cudaEventRecord | cudaEventRecord_ptsz (event: Handle, stream: Stream) = cuEventRecord;
    fn cudaEventRecordWithFlags | cudaEventRecordWithFlags_ptsz (
        event: Handle, stream: Stream, flags: u32,
    ) = cuEventRecordWithFlags;
    fn cudaEventQuery(event: Handle) = cuEventQuery;
    fn cudaEventSynchronize(event: Handle) = cuEventSynchronize;
    fn cudaEventDestroy(event: Handle) = cuEventDestroy_v2;
    fn cudaEventElapsedTime(milliseconds: u64, start: Handle, end: Handle) = cuEventElapsedTime;
    fn cudaEventElapsedTime_v2(milliseconds: u64, start: Handle, end: Handle) = cuEventElapsedTime;
}
