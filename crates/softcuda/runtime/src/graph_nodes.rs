//! Graphs' nodes of every kind.

use crate::context::{enter, entered};
use crate::copy::{Copy3D, Fields, within_symbol};
use crate::driver;
use crate::errors::Result;
use crate::export::{Dim3, Handle, In, Out, export, out};
use crate::generation::IS_13;
use crate::registration::{function, host_function};

/// `cudaKernelNodeParams`, laid out as the driver's first form.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Kernel {
    function: u64,
    grid: Dim3,
    block: Dim3,
    shared_bytes: u32,
    parameters: u64,
    extra: u64,
}

impl Kernel {
    fn for_driver(mut self) -> Result<Kernel> {
        self.function = function(self.function)?;
        Ok(self)
    }
}

/// `cudaGraphNodeParams`: the type, and a union that for copies holds flags, a context and the copy.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct General {
    kind: u32,
    reserved: [u32; 3],
    body: [u64; 30],
}

const KERNEL: u32 = 0;
const MEMCPY: u32 = 1;
const MEMSET: u32 = 2;

impl General {
    /// The driver's structure, which is of the same size and differs within the union only.
    fn for_driver(&self, address: u64) -> Result<General> {
        let union = address + 16;
        let mut general = *self;
        match self.kind {
            KERNEL => general.body[0] = function(self.body[0])?,
            MEMCPY => {
                // Both begin with flags, a reserved word and a context; then comes the copy.
                let fields = In::<Copy3D>::at(union + 16).get()?.fields()?;
                general.body[1] = entered()?;
                general.body[2..27].copy_from_slice(&fields.words());
            }
            MEMSET => general.body[5] = entered()?,
            _ => {}
        }
        Ok(general)
    }
}

fn add_copy(node: u64, graph: Handle, after: u64, count: u64, copy: Copy3D) -> Result {
    let context = entered()?;
    let mut fields = copy.fields()?;
    driver::cuGraphAddMemcpyNode(node, graph, after, count, out(&mut fields), context)
}

fn set_copy(node: Handle, copy: Copy3D) -> Result {
    enter()?;
    driver::cuGraphMemcpyNodeSetParams(node, out(&mut copy.fields()?))
}

fn set_executable_copy(executable: Handle, node: Handle, copy: Copy3D) -> Result {
    let context = entered()?;
    driver::cuGraphExecMemcpyNodeSetParams(executable, node, out(&mut copy.fields()?), context)
}

fn to_symbol(symbol: u64, from: u64, bytes: u64, offset: u64, kind: u32) -> Result<Copy3D> {
    Ok(Copy3D::linear(within_symbol(symbol, offset, bytes)?, from, bytes, kind))
}

fn from_symbol(to: u64, symbol: u64, bytes: u64, offset: u64, kind: u32) -> Result<Copy3D> {
    Ok(Copy3D::linear(to, within_symbol(symbol, offset, bytes)?, bytes, kind))
}

fn add_general(node: u64, graph: Handle, after: u64, data: u64, count: u64, parameters: Out<General>) -> Result {
    enter()?;
    let mut general = parameters.get()?.for_driver(parameters.address())?;
    driver::cuGraphAddNode_v2(node, graph, after, data, count, out(&mut general))?;
    // An allocation's address is a result.
    const ALLOCATION: u32 = 10;
    if general.kind == ALLOCATION {
        parameters.set(general)?;
    }
    Ok(())
}

export! {
    fn cudaGraphAddKernelNode(node: u64, graph: Handle, after: u64, count: u64, parameters: In<Kernel>) {
        let mut kernel = parameters.get()?.for_driver()?;
        driver::cuGraphAddKernelNode(node, graph, after, count, out(&mut kernel))
    }
    fn cudaGraphKernelNodeGetParams(node: Handle, parameters: Out<Kernel>) {
        enter()?;
        let mut kernel = Kernel::default();
        driver::cuGraphKernelNodeGetParams(node, out(&mut kernel))?;
        kernel.function = host_function(kernel.function);
        parameters.set(kernel)
    }
    fn cudaGraphKernelNodeSetParams(node: Handle, parameters: In<Kernel>) {
        let mut kernel = parameters.get()?.for_driver()?;
        driver::cuGraphKernelNodeSetParams(node, out(&mut kernel))
    }
    fn cudaGraphExecKernelNodeSetParams(executable: Handle, node: Handle, parameters: In<Kernel>) {
        let mut kernel = parameters.get()?.for_driver()?;
        driver::cuGraphExecKernelNodeSetParams(executable, node, out(&mut kernel))
    }
    // CUDA 12 has the source first, 13 the destination.
    fn cudaGraphKernelNodeCopyAttributes(first: Handle, second: Handle) {
        enter()?;
        let (source, destination) = if IS_13 { (second, first) } else { (first, second) };
        driver::cuGraphKernelNodeCopyAttributes(destination, source)
    }
    fn cudaGraphKernelNodeGetAttribute(node: Handle, attribute: u32, value: u64) = cuGraphKernelNodeGetAttribute;
    fn cudaGraphKernelNodeSetAttribute(node: Handle, attribute: u32, value: u64) = cuGraphKernelNodeSetAttribute;

    fn cudaGraphAddMemcpyNode(node: u64, graph: Handle, after: u64, count: u64, parameters: In<Copy3D>) {
        add_copy(node, graph, after, count, parameters.get()?)
    }
    fn cudaGraphAddMemcpyNode1D(
        node: u64, graph: Handle, after: u64, count: u64, to: u64, from: u64, bytes: u64, kind: u32,
    ) {
        add_copy(node, graph, after, count, Copy3D::linear(to, from, bytes, kind))
    }
    fn cudaGraphAddMemcpyNodeToSymbol(
        node: u64, graph: Handle, after: u64, count: u64, symbol: u64, from: u64, bytes: u64, offset: u64, kind: u32,
    ) {
        add_copy(node, graph, after, count, to_symbol(symbol, from, bytes, offset, kind)?)
    }
    fn cudaGraphAddMemcpyNodeFromSymbol(
        node: u64, graph: Handle, after: u64, count: u64, to: u64, symbol: u64, bytes: u64, offset: u64, kind: u32,
    ) {
        add_copy(node, graph, after, count, from_symbol(to, symbol, bytes, offset, kind)?)
    }
    fn cudaGraphMemcpyNodeGetParams(node: Handle, parameters: Out<Copy3D>) {
        parameters.require()?;
        enter()?;
        let mut fields = Fields::default();
        driver::cuGraphMemcpyNodeGetParams(node, out(&mut fields))?;
        parameters.set(Copy3D::of_fields(&fields)?)
    }
    fn cudaGraphMemcpyNodeSetParams(node: Handle, parameters: In<Copy3D>) {
        set_copy(node, parameters.get()?)
    }
    fn cudaGraphMemcpyNodeSetParams1D(node: Handle, to: u64, from: u64, bytes: u64, kind: u32) {
        set_copy(node, Copy3D::linear(to, from, bytes, kind))
    }
    fn cudaGraphMemcpyNodeSetParamsToSymbol(
        node: Handle, symbol: u64, from: u64, bytes: u64, offset: u64, kind: u32,
    ) {
        set_copy(node, to_symbol(symbol, from, bytes, offset, kind)?)
    }
    fn cudaGraphMemcpyNodeSetParamsFromSymbol(
        node: Handle, to: u64, symbol: u64, bytes: u64, offset: u64, kind: u32,
    ) {
        set_copy(node, from_symbol(to, symbol, bytes, offset, kind)?)
    }
    fn cudaGraphExecMemcpyNodeSetParams(executable: Handle, node: Handle, parameters: In<Copy3D>) {
        set_executable_copy(executable, node, parameters.get()?)
    }
    fn cudaGraphExecMemcpyNodeSetParams1D(
        executable: Handle, node: Handle, to: u64, from: u64, bytes: u64, kind: u32,
    ) {
        set_executable_copy(executable, node, Copy3D::linear(to, from, bytes, kind))
    }
    fn cudaGraphExecMemcpyNodeSetParamsToSymbol(
        executable: Handle, node: Handle, symbol: u64, from: u64, bytes: u64, offset: u64, kind: u32,
    ) {
        set_executable_copy(executable, node, to_symbol(symbol, from, bytes, offset, kind)?)
    }
    fn cudaGraphExecMemcpyNodeSetParamsFromSymbol(
        executable: Handle, node: Handle, to: u64, symbol: u64, bytes: u64, offset: u64, kind: u32,
    ) {
        set_executable_copy(executable, node, from_symbol(to, symbol, bytes, offset, kind)?)
    }

    fn cudaGraphAddMemsetNode(node: u64, graph: Handle, after: u64, count: u64, parameters: u64) {
        driver::cuGraphAddMemsetNode(node, graph, after, count, parameters, entered()?)
    }
    fn cudaGraphMemsetNodeGetParams(node: Handle, parameters: u64) = cuGraphMemsetNodeGetParams;
    fn cudaGraphMemsetNodeSetParams(node: Handle, parameters: u64) = cuGraphMemsetNodeSetParams;
    fn cudaGraphExecMemsetNodeSetParams(executable: Handle, node: Handle, parameters: u64) {
        driver::cuGraphExecMemsetNodeSetParams(executable, node, parameters, entered()?)
    }
    fn cudaGraphAddHostNode(node: u64, graph: Handle, after: u64, count: u64, parameters: u64) = cuGraphAddHostNode;
    fn cudaGraphHostNodeGetParams(node: Handle, parameters: u64) = cuGraphHostNodeGetParams;
    fn cudaGraphHostNodeSetParams(node: Handle, parameters: u64) = cuGraphHostNodeSetParams;
    fn cudaGraphExecHostNodeSetParams(
        executable: Handle, node: Handle, parameters: u64,
    ) = cuGraphExecHostNodeSetParams;
    fn cudaGraphAddChildGraphNode(
        node: u64, graph: Handle, after: u64, count: u64, child: Handle,
    ) = cuGraphAddChildGraphNode;
    fn cudaGraphChildGraphNodeGetGraph(node: Handle, graph: u64) = cuGraphChildGraphNodeGetGraph;
    fn cudaGraphExecChildGraphNodeSetParams(
        executable: Handle, node: Handle, child: Handle,
    ) = cuGraphExecChildGraphNodeSetParams;
    fn cudaGraphAddEmptyNode(node: u64, graph: Handle, after: u64, count: u64) = cuGraphAddEmptyNode;
    fn cudaGraphAddEventRecordNode(
        node: u64, graph: Handle, after: u64, count: u64, event: Handle,
    ) = cuGraphAddEventRecordNode;
    fn cudaGraphEventRecordNodeGetEvent(node: Handle, event: u64) = cuGraphEventRecordNodeGetEvent;
    fn cudaGraphEventRecordNodeSetEvent(node: Handle, event: Handle) = cuGraphEventRecordNodeSetEvent;
    fn cudaGraphExecEventRecordNodeSetEvent(
        executable: Handle, node: Handle, event: Handle,
    ) = cuGraphExecEventRecordNodeSetEvent;
    fn cudaGraphAddEventWaitNode(
        node: u64, graph: Handle, after: u64, count: u64, event: Handle,
    ) = cuGraphAddEventWaitNode;
    fn cudaGraphEventWaitNodeGetEvent(node: Handle, event: u64) = cuGraphEventWaitNodeGetEvent;
    fn cudaGraphEventWaitNodeSetEvent(node: Handle, event: Handle) = cuGraphEventWaitNodeSetEvent;
    fn cudaGraphExecEventWaitNodeSetEvent(
        executable: Handle, node: Handle, event: Handle,
    ) = cuGraphExecEventWaitNodeSetEvent;
    fn cudaGraphAddMemAllocNode(
        node: u64, graph: Handle, after: u64, count: u64, parameters: u64,
    ) = cuGraphAddMemAllocNode;
    fn cudaGraphMemAllocNodeGetParams(node: Handle, parameters: u64) = cuGraphMemAllocNodeGetParams;
    fn cudaGraphAddMemFreeNode(
        node: u64, graph: Handle, after: u64, count: u64, address: u64,
    ) = cuGraphAddMemFreeNode;
    fn cudaGraphMemFreeNodeGetParams(node: Handle, address: u64) = cuGraphMemFreeNodeGetParams;

    // In CUDA 13 with the edges' data, as the second form in 12.
    fn cudaGraphAddNode(
        node: u64, graph: Handle, after: u64, data_or_count: u64, count_or_parameters: u64, parameters: u64,
    ) {
        if IS_13 {
            add_general(node, graph, after, data_or_count, count_or_parameters, Out::at(parameters))
        } else {
            add_general(node, graph, after, 0, data_or_count, Out::at(count_or_parameters))
        }
    }
    fn cudaGraphAddNode_v2(
        node: u64, graph: Handle, after: u64, data: u64, count: u64, parameters: Out<General>,
    ) {
        add_general(node, graph, after, data, count, parameters)
    }
    fn cudaGraphNodeSetParams(node: Handle, parameters: In<General>) {
        enter()?;
        let mut general = parameters.get()?.for_driver(parameters.address())?;
        driver::cuGraphNodeSetParams(node, out(&mut general))
    }
    fn cudaGraphExecNodeSetParams(executable: Handle, node: Handle, parameters: In<General>) {
        enter()?;
        let mut general = parameters.get()?.for_driver(parameters.address())?;
        driver::cuGraphExecNodeSetParams(executable, node, out(&mut general))
    }
}
