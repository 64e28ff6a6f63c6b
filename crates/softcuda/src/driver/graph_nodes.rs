//! Exported functions on nodes of graphs: adding them, reading and changing their parameters.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{Context, current};
use super::copy::{Fill, copy_3d, fields_3d};
use super::event::{Event, Stamp};
use super::export::{Handle, In, Out, export};
use super::function::Function;
use super::graph::{EXECUTABLES, Executable, Graph, Node};
use super::graph_api::get;
use super::launch::{AttributeValue, COOPERATIVE, check_attribute, gather};
use super::status::{Result, Status};
use super::stream_api::{batch_of, check_values};
use super::work::{HostFunction, KernelLaunch, Operation, UserData, callable};

/// CUDA_KERNEL_NODE_PARAMS: the first form ends before `kernel`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct KernelParameters {
    function: Handle,
    grid: [u32; 3],
    block: [u32; 3],
    shared_bytes: u32,
    parameters: In<u64>,
    extra: In<u64>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct KernelParameters2 {
    first: KernelParameters,
    kernel: Handle,
    context: Handle,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostParameters {
    function: Option<HostFunction>,
    data: *mut libc::c_void,
}

impl KernelParameters {
    fn operation(&self) -> Result<Operation> {
        let function = Function::get(self.function)?;
        let launch = KernelLaunch {
            parameters: gather(&function, self.parameters, self.extra)?,
            function,
            grid: self.grid,
            block: self.block,
            shared_bytes: self.shared_bytes,
            cooperative: false,
        };
        launch.check()?;
        Ok(Operation::Kernel(launch))
    }

    fn of(node: Handle) -> Result<KernelParameters> {
        let graph = Graph::of(node)?;
        let Operation::Kernel(launch) = graph.node(node)?.operation else {
            return Err(Status::INVALID_VALUE);
        };
        let base = launch.parameters.as_ptr() as u64;
        let offsets = launch
            .function
            .kernel()
            .parameters
            .iter()
            .map(|parameter| base + u64::from(parameter.offset));
        let pointers = Arc::new(offsets.collect::<Vec<u64>>());
        graph.set_pointers(node, pointers.clone());
        Ok(KernelParameters {
            function: launch.function.handle,
            grid: launch.grid,
            block: launch.block,
            shared_bytes: launch.shared_bytes,
            parameters: In::at(if pointers.is_empty() {
                0
            } else {
                pointers.as_ptr() as u64
            }),
            extra: In::at(0),
        })
    }
}

impl KernelParameters2 {
    fn operation(mut self) -> Result<Operation> {
        if self.first.function == 0 {
            self.first.function = self.kernel;
        }
        self.first.operation()
    }
}

fn kernel_node(node: Handle) -> Result<Node> {
    let node = Graph::of(node)?.node(node)?;
    if matches!(node.operation, Operation::Kernel(_)) {
        Ok(node)
    } else {
        Err(Status::INVALID_VALUE)
    }
}

/// A kernel node's attributes; whether its launch is cooperative belongs to the launch itself.
fn attributes_of(node: &Node) -> BTreeMap<u32, AttributeValue> {
    let mut attributes = node.attributes.clone();
    if let Operation::Kernel(launch) = &node.operation {
        attributes.insert(COOPERATIVE, [launch.cooperative.into(), 0, 0, 0, 0, 0, 0, 0]);
    }
    attributes
}

fn set_attribute(node: Handle, id: u32, value: AttributeValue) -> Result {
    let Operation::Kernel(mut launch) = kernel_node(node)?.operation else {
        return Err(Status::INVALID_VALUE);
    };
    check_attribute(id, &value)?;
    if id == COOPERATIVE {
        launch.cooperative = value[0] as u32 != 0;
        launch.check()?;
        return set(node, Operation::Kernel(launch));
    }
    Graph::of(node)?.change(node, |node| {
        node.attributes.insert(id, value);
    })
}

/// CUDA_BATCH_MEM_OP_NODE_PARAMS.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct BatchParameters {
    context: Handle,
    count: u32,
    operations: In<[u64; 6]>,
    flags: u32,
}

fn batch(parameters: In<BatchParameters>) -> Result<Operation> {
    let BatchParameters {
        context,
        count,
        operations,
        flags,
    } = parameters.get()?;
    if flags != 0 || count == 0 {
        return Err(Status::INVALID_VALUE);
    }
    let values = batch_of(operations, count)?;
    check_values(&*Context::get_or_current(context)?, &values)?;
    Ok(Operation::Values(Arc::new(values)))
}

/// A batch node's operations, in memory that lives as long as the node.
fn batch_parameters(node: Handle) -> Result<BatchParameters> {
    let Operation::Values(values) = operation(node)? else {
        return Err(Status::INVALID_VALUE);
    };
    let words: Vec<u64> = values.iter().flat_map(|value| value.words()).collect();
    let words = Arc::new(words);
    Graph::of(node)?.set_pointers(node, words.clone());
    Ok(BatchParameters {
        context: current()?.handle,
        count: values.len() as u32,
        operations: In::at(words.as_ptr() as u64),
        flags: 0,
    })
}

/// CUDA_MEMSET_NODE_PARAMS: destination, pitch, value and element size, width, height.
fn fill([address, pitch, value, width, height]: [u64; 5]) -> Result<Operation> {
    let fill = Fill {
        address,
        pitch,
        value: value as u32,
        element: (value >> 32) as u32,
        width,
        height,
    };
    fill.check()?;
    Ok(Operation::Fill(fill))
}

fn copy(fields: In<[u64; 25]>) -> Result<Operation> {
    Ok(Operation::Copy(copy_3d(fields.get()?)?))
}

fn host(parameters: In<HostParameters>) -> Result<Operation> {
    let parameters = parameters.get()?;
    Ok(Operation::Host(
        callable(parameters.function)?,
        UserData(parameters.data),
    ))
}

fn record(event: Handle) -> Result<Operation> {
    Ok(Operation::Record(Event::get(event)?, Arc::new(Stamp::default())))
}

fn wait(event: Handle) -> Result<Operation> {
    Ok(Operation::WaitEvent(Event::get(event)?))
}

fn add(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, operation: Operation) -> Result {
    result.require()?;
    result.set(get(graph)?.add(operation, &after.list(count as usize)?)?)
}

fn set(node: Handle, operation: Operation) -> Result {
    Graph::of(node)?.replace(node, operation)
}

fn set_in(executable: Handle, node: Handle, operation: Operation) -> Result {
    super::devices()?;
    EXECUTABLES.get(executable)?.replace(node, vec![operation])
}

fn operation(node: Handle) -> Result<Operation> {
    Ok(Graph::of(node)?.node(node)?.operation)
}

fn event_of(node: Handle) -> Result<Handle> {
    match operation(node)? {
        Operation::Record(event, _) | Operation::WaitEvent(event) => Ok(event.handle),
        _ => Err(Status::INVALID_VALUE),
    }
}

/// Offset of the union in CUgraphNodeParams.
const UNION: u64 = 16;

/// The operation that CUgraphNodeParams describes, except child graphs and allocations.
fn general(parameters: u64) -> Result<Operation> {
    let kind = In::<u32>::at(parameters).get()?;
    let body = parameters + UNION;
    let word = |index: u64| In::<u64>::at(body + 8 * index).get();
    match kind {
        0 => In::<KernelParameters2>::at(body).get()?.operation(),
        1 => copy(In::at(body + 16)),
        2 => fill(In::<[u64; 5]>::at(body).get()?),
        3 => host(In::at(body)),
        5 => Ok(Operation::Empty),
        6 => wait(word(0)?),
        7 => record(word(0)?),
        11 => Ok(Operation::Free(word(0)?)),
        12 => batch(In::at(body)),
        8 | 9 | 13 => Err(Status::NOT_SUPPORTED),
        _ => Err(Status::INVALID_VALUE),
    }
}

fn add_general(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: u64) -> Result {
    match In::<u32>::at(parameters).get()? {
        4 => add_child(result, graph, after, count, In::<Handle>::at(parameters + UNION).get()?),
        10 => add_allocation(result, graph, after, count, parameters + UNION),
        _ => add(result, graph, after, count, general(parameters)?),
    }
}

fn add_child(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, child: Handle) -> Result {
    result.require()?;
    let after = after.list(count as usize)?;
    result.set(get(graph)?.add_child(&*get(child)?, &after)?)
}

/// CUDA_MEM_ALLOC_NODE_PARAMS: pool properties of 88 bytes, access descriptions and their number, size, address.
fn add_allocation(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: u64) -> Result {
    let context = current()?;
    result.require()?;
    In::<u64>::at(parameters).get()?;
    let size = In::<u64>::at(parameters + 104).get()?;
    let address = super::memory::allocate_for_graph(&context, size)?;
    add(result, graph, after, count, Operation::Allocate { address, size })?;
    Out::<u64>::at(parameters + 112).set(address)
}

export! {
    fn cuGraphAddKernelNode(
        result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: In<KernelParameters>,
    ) {
        add(result, graph, after, count, parameters.get()?.operation()?)
    }
    fn cuGraphAddKernelNode_v2(
        result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: In<KernelParameters2>,
    ) {
        add(result, graph, after, count, parameters.get()?.operation()?)
    }
    fn cuGraphKernelNodeGetParams(node: Handle, parameters: Out<KernelParameters>) {
        parameters.set(KernelParameters::of(node)?)
    }
    fn cuGraphKernelNodeGetParams_v2(node: Handle, parameters: Out<KernelParameters2>) {
        let context = current()?.handle;
        parameters.set(KernelParameters2 { first: KernelParameters::of(node)?, kernel: 0, context })
    }
    fn cuGraphKernelNodeSetParams(node: Handle, parameters: In<KernelParameters>) {
        set(node, parameters.get()?.operation()?)
    }
    fn cuGraphKernelNodeSetParams_v2(node: Handle, parameters: In<KernelParameters2>) {
        set(node, parameters.get()?.operation()?)
    }
    fn cuGraphExecKernelNodeSetParams(executable: Handle, node: Handle, parameters: In<KernelParameters>) {
        set_in(executable, node, parameters.get()?.operation()?)
    }
    fn cuGraphExecKernelNodeSetParams_v2(executable: Handle, node: Handle, parameters: In<KernelParameters2>) {
        set_in(executable, node, parameters.get()?.operation()?)
    }
    fn cuGraphAddMemcpyNode(
        result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, fields: In<[u64; 25]>, _context: Handle,
    ) {
        add(result, graph, after, count, copy(fields)?)
    }
    fn cuGraphMemcpyNodeGetParams(node: Handle, fields: Out<[u64; 25]>) {
        let Operation::Copy(copy) = operation(node)? else { return Err(Status::INVALID_VALUE) };
        fields.set(fields_3d(&copy))
    }
    fn cuGraphMemcpyNodeSetParams(node: Handle, fields: In<[u64; 25]>) {
        set(node, copy(fields)?)
    }
    fn cuGraphExecMemcpyNodeSetParams(executable: Handle, node: Handle, fields: In<[u64; 25]>, _context: Handle) {
        set_in(executable, node, copy(fields)?)
    }
    fn cuGraphAddMemsetNode(
        result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: In<[u64; 5]>, _context: Handle,
    ) {
        add(result, graph, after, count, fill(parameters.get()?)?)
    }
    fn cuGraphMemsetNodeGetParams(node: Handle, parameters: Out<[u64; 5]>) {
        let Operation::Fill(fill) = operation(node)? else { return Err(Status::INVALID_VALUE) };
        let value = u64::from(fill.value) | u64::from(fill.element) << 32;
        parameters.set([fill.address, fill.pitch, value, fill.width, fill.height])
    }
    fn cuGraphMemsetNodeSetParams(node: Handle, parameters: In<[u64; 5]>) {
        set(node, fill(parameters.get()?)?)
    }
    fn cuGraphExecMemsetNodeSetParams(executable: Handle, node: Handle, parameters: In<[u64; 5]>, _context: Handle) {
        set_in(executable, node, fill(parameters.get()?)?)
    }
    fn cuGraphAddHostNode(
        result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: In<HostParameters>,
    ) {
        add(result, graph, after, count, host(parameters)?)
    }
    fn cuGraphHostNodeGetParams(node: Handle, parameters: Out<HostParameters>) {
        let Operation::Host(function, data) = operation(node)? else { return Err(Status::INVALID_VALUE) };
        parameters.set(HostParameters { function: Some(function), data: data.0 })
    }
    fn cuGraphHostNodeSetParams(node: Handle, parameters: In<HostParameters>) {
        set(node, host(parameters)?)
    }
    fn cuGraphExecHostNodeSetParams(executable: Handle, node: Handle, parameters: In<HostParameters>) {
        set_in(executable, node, host(parameters)?)
    }
    fn cuGraphAddChildGraphNode(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, child: Handle) {
        add_child(result, graph, after, count, child)
    }
    fn cuGraphChildGraphNodeGetGraph(node: Handle, graph: Out<Handle>) {
        let child = Graph::of(node)?.node(node)?.child.ok_or(Status::INVALID_VALUE)?;
        graph.set(child.handle)
    }
    fn cuGraphExecChildGraphNodeSetParams(executable: Handle, node: Handle, child: Handle) {
        let operations = Executable::child_operations(&*get(child)?)?;
        EXECUTABLES.get(executable)?.replace(node, operations)
    }
    fn cuGraphAddEmptyNode(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64) {
        add(result, graph, after, count, Operation::Empty)
    }
    fn cuGraphAddEventRecordNode(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, event: Handle) {
        add(result, graph, after, count, record(event)?)
    }
    fn cuGraphEventRecordNodeGetEvent(node: Handle, event: Out<Handle>) {
        event.set(event_of(node)?)
    }
    fn cuGraphEventRecordNodeSetEvent(node: Handle, event: Handle) {
        set(node, record(event)?)
    }
    fn cuGraphExecEventRecordNodeSetEvent(executable: Handle, node: Handle, event: Handle) {
        set_in(executable, node, record(event)?)
    }
    fn cuGraphAddEventWaitNode(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, event: Handle) {
        add(result, graph, after, count, wait(event)?)
    }
    fn cuGraphEventWaitNodeGetEvent(node: Handle, event: Out<Handle>) {
        event.set(event_of(node)?)
    }
    fn cuGraphEventWaitNodeSetEvent(node: Handle, event: Handle) {
        set(node, wait(event)?)
    }
    fn cuGraphExecEventWaitNodeSetEvent(executable: Handle, node: Handle, event: Handle) {
        set_in(executable, node, wait(event)?)
    }
    fn cuGraphAddMemAllocNode(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: u64) {
        add_allocation(result, graph, after, count, parameters)
    }
    fn cuGraphMemAllocNodeGetParams(node: Handle, parameters: Out<[u64; 15]>) {
        let Operation::Allocate { address, size } = operation(node)? else { return Err(Status::INVALID_VALUE) };
        let mut words = [0; 15];
        // Pinned memory of a device; then size and address.
        (words[0], words[1], words[13], words[14]) = (1, 1, size, address);
        parameters.set(words)
    }
    fn cuGraphAddMemFreeNode(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, address: u64) {
        super::device::owner(address).ok_or(Status::INVALID_VALUE)?;
        add(result, graph, after, count, Operation::Free(address))
    }
    fn cuGraphMemFreeNodeGetParams(node: Handle, address: Out<u64>) {
        let Operation::Free(found) = operation(node)? else { return Err(Status::INVALID_VALUE) };
        address.set(found)
    }
    fn cuGraphAddNode(result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: u64) {
        add_general(result, graph, after, count, parameters)
    }
    fn cuGraphAddNode_v2(
        result: Out<Handle>, graph: Handle, after: In<Handle>, _data: In<u64>, count: u64, parameters: u64,
    ) {
        add_general(result, graph, after, count, parameters)
    }
    fn cuGraphNodeSetParams(node: Handle, parameters: u64) {
        set(node, general(parameters)?)
    }
    fn cuGraphExecNodeSetParams(executable: Handle, node: Handle, parameters: u64) {
        set_in(executable, node, general(parameters)?)
    }
    fn cuGraphKernelNodeCopyAttributes(destination: Handle, source: Handle) {
        KernelParameters::of(destination)?;
        let source = kernel_node(source)?;
        for (id, value) in attributes_of(&source) {
            set_attribute(destination, id, value)?;
        }
        Ok(())
    }
    fn cuGraphKernelNodeGetAttribute(node: Handle, attribute: u32, value: Out<AttributeValue>) {
        let node = kernel_node(node)?;
        check_attribute(attribute, &[0; 8])?;
        value.set(attributes_of(&node).get(&attribute).copied().unwrap_or_default())
    }
    fn cuGraphKernelNodeSetAttribute(node: Handle, attribute: u32, value: In<AttributeValue>) {
        set_attribute(node, attribute, value.get()?)
    }
    fn cuGraphAddBatchMemOpNode(
        result: Out<Handle>, graph: Handle, after: In<Handle>, count: u64, parameters: In<BatchParameters>,
    ) {
        add(result, graph, after, count, batch(parameters)?)
    }
    fn cuGraphBatchMemOpNodeGetParams(node: Handle, parameters: Out<BatchParameters>) {
        parameters.set(batch_parameters(node)?)
    }
    fn cuGraphBatchMemOpNodeSetParams(node: Handle, parameters: In<BatchParameters>) {
        set(node, batch(parameters)?)
    }
    fn cuGraphExecBatchMemOpNodeSetParams(executable: Handle, node: Handle, parameters: In<BatchParameters>) {
        set_in(executable, node, batch(parameters)?)
    }
}
