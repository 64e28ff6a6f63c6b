//! Exported functions on whole graphs: making, asking, instantiating, launching.

use std::fmt::Write;
use std::sync::Arc;

use super::export::{Handle, In, Out, Text, export};
use super::graph::{EXECUTABLES, Executable, GRAPHS, Graph, Refusal};
use super::status::{Result, Status};
use super::stream::Stream;
use super::work::Operation;

pub fn get(handle: Handle) -> Result<Arc<Graph>> {
    super::devices()?;
    GRAPHS.get(handle)
}

/// Numbers of CUgraphNodeType.
pub fn kind(operation: &Operation) -> u32 {
    match operation {
        Operation::Kernel(_) => 0,
        Operation::Copy(_) => 1,
        Operation::Fill(_) => 2,
        Operation::Host(..) | Operation::Callback(..) => 3,
        Operation::Graph(_) => 4,
        Operation::Empty => 5,
        Operation::WaitEvent(_) => 6,
        Operation::Record(..) => 7,
        Operation::Allocate { .. } => 10,
        Operation::Free(_) => 11,
        Operation::Values(_) => 12,
    }
}

/// Gives a list as these functions do: its length to those who pass no array, else as much as there is room for.
fn give_list(found: &[Handle], list: Out<Handle>, count: Out<u64>) -> Result {
    let room = count.get()?;
    if !list.is_null() {
        for index in 0..room.min(1 << 24) as usize {
            list.set_at(index, found.get(index).copied().unwrap_or(0))?;
        }
    }
    count.set(if list.is_null() {
        found.len() as u64
    } else {
        room.min(found.len() as u64)
    })
}

fn edges(graph: Handle, from: Out<Handle>, to: Out<Handle>, count: Out<u64>) -> Result {
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for node in get(graph)?.nodes() {
        for dependency in node.after {
            starts.push(dependency);
            ends.push(node.handle);
        }
    }
    let room = count.get()?;
    give_list(&starts, from, count)?;
    count.set(room)?;
    give_list(&ends, to, count)
}

fn dependencies(node: Handle, list: Out<Handle>, count: Out<u64>) -> Result {
    give_list(&Graph::of(node)?.node(node)?.after, list, count)
}

fn dependents(node: Handle, list: Out<Handle>, count: Out<u64>) -> Result {
    let nodes = Graph::of(node)?.nodes();
    let found: Vec<Handle> = nodes
        .iter()
        .filter(|n| n.after.contains(&node))
        .map(|n| n.handle)
        .collect();
    give_list(&found, list, count)
}

fn change_edges(
    graph: Handle,
    from: In<Handle>,
    to: In<Handle>,
    count: u64,
    change: impl Fn(&Graph, Handle, Handle) -> Result,
) -> Result {
    let graph = get(graph)?;
    let (from, to) = (from.list(count as usize)?, to.list(count as usize)?);
    from.into_iter()
        .zip(to)
        .try_for_each(|(from, to)| change(&graph, from, to))
}

fn instantiate(result: Out<Handle>, graph: Handle, flags: u64) -> Result {
    result.require()?;
    let graph = get(graph)?;
    if flags & !15 != 0 {
        return Err(Status::INVALID_VALUE);
    }
    if flags & 4 != 0 {
        // Launches from the device.
        return Err(Status::NOT_SUPPORTED);
    }
    result.set(Executable::new(&graph, flags)?.handle)
}

fn executable(handle: Handle) -> Result<Arc<Executable>> {
    super::devices()?;
    EXECUTABLES.get(handle)
}

fn update(executable: Handle, graph: Handle) -> Result<std::result::Result<(), Refusal>> {
    Ok(self::executable(executable)?.update(&*get(graph)?))
}

/// Result code of an update and the node at fault.
fn refusal(outcome: &std::result::Result<(), Refusal>) -> (u32, Handle) {
    match outcome {
        Ok(()) => (0, 0),
        Err(Refusal::Error) => (1, 0),
        Err(Refusal::TopologyChanged(node)) => (2, *node),
        Err(Refusal::TypeChanged(node)) => (3, *node),
    }
}

fn dot(graph: &Graph) -> String {
    let names = [
        "kernel",
        "memcpy",
        "memset",
        "host",
        "graph",
        "empty",
        "wait event",
        "record event",
    ];
    let mut text = String::from("digraph {\n");
    for node in graph.nodes() {
        let number = kind(&node.operation) as usize;
        let label = match &node.operation {
            Operation::Kernel(kernel) => kernel.function.name.clone(),
            _ => names.get(number).copied().unwrap_or("memory").to_string(),
        };
        let _ = writeln!(text, "  \"{:#x}\" [label=\"{label}\"];", node.handle);
        for dependency in &node.after {
            let _ = writeln!(text, "  \"{dependency:#x}\" -> \"{:#x}\";", node.handle);
        }
    }
    text + "}\n"
}

export! {
    fn cuGraphCreate(result: Out<Handle>, flags: u32) {
        super::devices()?;
        if flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        let graph = Graph::new();
        result.set(graph.handle)?;
        GRAPHS.insert(graph.handle, graph);
        Ok(())
    }
    fn cuGraphDestroy(graph: Handle) {
        super::devices()?;
        GRAPHS.remove(graph).map(|_| ())
    }
    fn cuGraphClone(result: Out<Handle>, graph: Handle) {
        result.require()?;
        result.set(get(graph)?.copy()?.handle)
    }
    fn cuGraphNodeFindInClone(result: Out<Handle>, original: Handle, clone: Handle) {
        result.set(get(clone)?.clone_of(original)?)
    }
    fn cuGraphNodeGetType(node: Handle, result: Out<u32>) {
        result.set(kind(&Graph::of(node)?.node(node)?.operation))
    }
    fn cuGraphGetNodes(graph: Handle, list: Out<Handle>, count: Out<u64>) {
        let nodes: Vec<Handle> = get(graph)?.nodes().iter().map(|node| node.handle).collect();
        give_list(&nodes, list, count)
    }
    fn cuGraphGetRootNodes(graph: Handle, list: Out<Handle>, count: Out<u64>) {
        let nodes = get(graph)?.nodes();
        let roots: Vec<Handle> = nodes.iter().filter(|node| node.after.is_empty()).map(|node| node.handle).collect();
        give_list(&roots, list, count)
    }
    fn cuGraphGetEdges(graph: Handle, from: Out<Handle>, to: Out<Handle>, count: Out<u64>) {
        edges(graph, from, to, count)
    }
    fn cuGraphGetEdges_v2(graph: Handle, from: Out<Handle>, to: Out<Handle>, data: Out<u64>, count: Out<u64>) {
        edges(graph, from, to, count)?;
        plain_edges(data, count)
    }
    fn cuGraphNodeGetDependencies(node: Handle, list: Out<Handle>, count: Out<u64>) {
        dependencies(node, list, count)
    }
    fn cuGraphNodeGetDependencies_v2(node: Handle, list: Out<Handle>, data: Out<u64>, count: Out<u64>) {
        dependencies(node, list, count)?;
        plain_edges(data, count)
    }
    fn cuGraphNodeGetDependentNodes(node: Handle, list: Out<Handle>, count: Out<u64>) {
        dependents(node, list, count)
    }
    fn cuGraphNodeGetDependentNodes_v2(node: Handle, list: Out<Handle>, data: Out<u64>, count: Out<u64>) {
        dependents(node, list, count)?;
        plain_edges(data, count)
    }
    fn cuGraphAddDependencies(graph: Handle, from: In<Handle>, to: In<Handle>, count: u64) {
        change_edges(graph, from, to, count, Graph::add_edge)
    }
    fn cuGraphAddDependencies_v2(graph: Handle, from: In<Handle>, to: In<Handle>, _data: In<u64>, count: u64) {
        change_edges(graph, from, to, count, Graph::add_edge)
    }
    fn cuGraphRemoveDependencies(graph: Handle, from: In<Handle>, to: In<Handle>, count: u64) {
        change_edges(graph, from, to, count, Graph::remove_edge)
    }
    fn cuGraphRemoveDependencies_v2(graph: Handle, from: In<Handle>, to: In<Handle>, _data: In<u64>, count: u64) {
        change_edges(graph, from, to, count, Graph::remove_edge)
    }
    fn cuGraphDestroyNode(node: Handle) {
        Graph::of(node)?.remove(node)
    }
    fn cuGraphInstantiateWithFlags(result: Out<Handle>, graph: Handle, flags: u64) {
        instantiate(result, graph, flags)
    }
    // The plain name has the signature of CUDA 10: error node and log buffer; cuGraphInstantiate_v2 of CUDA 11 as well.
    fn cuGraphInstantiate(result: Out<Handle>, graph: Handle, error: Out<Handle>, log: Out<u8>, size: u64) {
        error.offer(0);
        if size > 0 {
            log.offer(0);
        }
        instantiate(result, graph, 0)
    }
    fn cuGraphInstantiate_v2(result: Out<Handle>, graph: Handle, error: Out<Handle>, log: Out<u8>, size: u64) {
        error.offer(0);
        if size > 0 {
            log.offer(0);
        }
        instantiate(result, graph, 0)
    }
    // CUDA_GRAPH_INSTANTIATE_PARAMS: flags, stream to upload in, error node, result.
    fn cuGraphInstantiateWithParams | cuGraphInstantiateWithParams_ptsz (
        result: Out<Handle>, graph: Handle, parameters: Out<[u64; 4]>,
    ) {
        let [flags, stream, ..] = parameters.get()?;
        let outcome = instantiate(result, graph, flags & !2);
        parameters.set([flags, stream, 0, outcome.is_err().into()])?;
        outcome
    }
    fn cuGraphExecGetFlags(executable: Handle, flags: Out<u64>) {
        flags.set(self::executable(executable)?.flags)
    }
    fn cuGraphUpload | cuGraphUpload_ptsz (executable: Handle, stream: Handle) {
        self::executable(executable)?;
        Stream::get(stream).map(|_| ())
    }
    fn cuGraphLaunch | cuGraphLaunch_ptsz (executable: Handle, stream: Handle) {
        let stream = Stream::get(stream)?;
        self::executable(executable)?.launch(&stream)
    }
    fn cuGraphExecDestroy(executable: Handle) {
        super::devices()?;
        EXECUTABLES.remove(executable).map(|_| ())
    }
    // Of CUDA 10: the node at fault and a result code.
    fn cuGraphExecUpdate(executable: Handle, graph: Handle, node: Out<Handle>, result: Out<u32>) {
        let outcome = update(executable, graph)?;
        let (code, fault) = refusal(&outcome);
        node.offer(fault);
        result.offer(code);
        outcome.map_err(|_| Status::GRAPH_EXEC_UPDATE_FAILURE)
    }
    // CUgraphExecUpdateResultInfo: result, node at fault, node it is reached from.
    fn cuGraphExecUpdate_v2(executable: Handle, graph: Handle, information: Out<[u64; 3]>) {
        let outcome = update(executable, graph)?;
        let (code, fault) = refusal(&outcome);
        information.offer([code.into(), fault, 0]);
        outcome.map_err(|_| Status::GRAPH_EXEC_UPDATE_FAILURE)
    }
    fn cuGraphNodeSetEnabled(executable: Handle, node: Handle, enabled: u32) {
        self::executable(executable)?.enable(node, enabled != 0)
    }
    fn cuGraphNodeGetEnabled(executable: Handle, node: Handle, enabled: Out<u32>) {
        enabled.set(self::executable(executable)?.enabled(node)?.into())
    }
    fn cuGraphDebugDotPrint(graph: Handle, path: Text, _flags: u32) {
        let text = dot(&*get(graph)?);
        std::fs::write(path.get()?, text).map_err(|_| Status::OPERATING_SYSTEM)
    }
}

/// Edges here carry no data: all zero.
fn plain_edges(data: Out<u64>, count: Out<u64>) -> Result {
    if !data.is_null() {
        for index in 0..count.get()? as usize {
            data.set_at(index, 0)?;
        }
    }
    Ok(())
}
