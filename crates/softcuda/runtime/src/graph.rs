//! Graphs: making, looking through, running and changing them.

use crate::context::enter;
use crate::driver;
use crate::export::{Handle, Stream, export};
use crate::generation::IS_13;

/// Whether the lists that hold edges have data beside them: an argument more, in CUDA 13 and the second forms.
fn with_data(data_or_count: u64, count: u64) -> (u64, u64) {
    if IS_13 {
        (data_or_count, count)
    } else {
        (0, data_or_count)
    }
}

export! {
    fn cudaGraphCreate(graph: u64, flags: u32) = cuGraphCreate;
    fn cudaGraphDestroy(graph: Handle) = cuGraphDestroy;
    fn cudaGraphClone(result: u64, graph: Handle) = cuGraphClone;
    fn cudaGraphNodeFindInClone(result: u64, original: Handle, clone: Handle) = cuGraphNodeFindInClone;
    fn cudaGraphNodeGetType(node: Handle, result: u64) = cuGraphNodeGetType;
    fn cudaGraphGetNodes(graph: Handle, list: u64, count: u64) = cuGraphGetNodes;
    fn cudaGraphGetRootNodes(graph: Handle, list: u64, count: u64) = cuGraphGetRootNodes;
    fn cudaGraphGetEdges(graph: Handle, from: u64, to: u64, data_or_count: u64, count: u64) {
        enter()?;
        let (data, count) = with_data(data_or_count, count);
        driver::cuGraphGetEdges_v2(graph, from, to, data, count)
    }
    fn cudaGraphGetEdges_v2(graph: Handle, from: u64, to: u64, data: u64, count: u64) = cuGraphGetEdges_v2;
    fn cudaGraphNodeGetDependencies(node: Handle, list: u64, data_or_count: u64, count: u64) {
        enter()?;
        let (data, count) = with_data(data_or_count, count);
        driver::cuGraphNodeGetDependencies_v2(node, list, data, count)
    }
    fn cudaGraphNodeGetDependencies_v2(
        node: Handle, list: u64, data: u64, count: u64,
    ) = cuGraphNodeGetDependencies_v2;
    fn cudaGraphNodeGetDependentNodes(node: Handle, list: u64, data_or_count: u64, count: u64) {
        enter()?;
        let (data, count) = with_data(data_or_count, count);
        driver::cuGraphNodeGetDependentNodes_v2(node, list, data, count)
    }
    fn cudaGraphNodeGetDependentNodes_v2(
        node: Handle, list: u64, data: u64, count: u64,
    ) = cuGraphNodeGetDependentNodes_v2;
    fn cudaGraphAddDependencies(graph: Handle, from: u64, to: u64, data_or_count: u64, count: u64) {
        enter()?;
        let (data, count) = with_data(data_or_count, count);
        driver::cuGraphAddDependencies_v2(graph, from, to, data, count)
    }
    fn cudaGraphAddDependencies_v2(
        graph: Handle, from: u64, to: u64, data: u64, count: u64,
    ) = cuGraphAddDependencies_v2;
    fn cudaGraphRemoveDependencies(graph: Handle, from: u64, to: u64, data_or_count: u64, count: u64) {
        enter()?;
        let (data, count) = with_data(data_or_count, count);
        driver::cuGraphRemoveDependencies_v2(graph, from, to, data, count)
    }
    fn cudaGraphRemoveDependencies_v2(
        graph: Handle, from: u64, to: u64, data: u64, count: u64,
    ) = cuGraphRemoveDependencies_v2;
    fn cudaGraphDestroyNode(node: Handle) = cuGraphDestroyNode;
    fn cudaGraphInstantiate(result: u64, graph: Handle, flags: u64) = cuGraphInstantiateWithFlags;
    fn cudaGraphInstantiateWithFlags(result: u64, graph: Handle, flags: u64) = cuGraphInstantiateWithFlags;
    fn cudaGraphInstantiateWithParams | cudaGraphInstantiateWithParams_ptsz (
        result: u64, graph: Handle, parameters: u64,
    ) = cuGraphInstantiateWithParams;
    fn cudaGraphExecGetFlags(executable: Handle, flags: u64) = cuGraphExecGetFlags;
    fn cudaGraphUpload | cudaGraphUpload_ptsz (executable: Handle, stream: Stream) = cuGraphUpload;
    fn cudaGraphLaunch | cudaGraphLaunch_ptsz (executable: Handle, stream: Stream) = cuGraphLaunch;
    fn cudaGraphExecDestroy(executable: Handle) = cuGraphExecDestroy;
    fn cudaGraphExecUpdate(executable: Handle, graph: Handle, information: u64) = cuGraphExecUpdate_v2;
    fn cudaGraphNodeSetEnabled(executable: Handle, node: Handle, enabled: u32) = cuGraphNodeSetEnabled;
    fn cudaGraphNodeGetEnabled(executable: Handle, node: Handle, enabled: u64) = cuGraphNodeGetEnabled;
    fn cudaGraphDebugDotPrint(graph: Handle, path: u64, flags: u32) = cuGraphDebugDotPrint;
    fn cudaGraphRetainUserObject(
        graph: Handle, object: Handle, count: u32, flags: u32,
    ) = cuGraphRetainUserObject;
    fn cudaGraphReleaseUserObject(graph: Handle, object: Handle, count: u32) = cuGraphReleaseUserObject;
    fn cudaUserObjectCreate(object: u64, data: u64, destroy: u64, count: u32, flags: u32) = cuUserObjectCreate;
    fn cudaUserObjectRetain(object: Handle, count: u32) = cuUserObjectRetain;
    fn cudaUserObjectRelease(object: Handle, count: u32) = cuUserObjectRelease;
}
