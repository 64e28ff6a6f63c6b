//! Units of work as CUDA graphs: recorded from the stream, submitted as one.
//!
//! Packed batches rarely repeat a shape, and dropout's draws never repeat. So a unit is recorded anew each time, which
//! costs the host about what its launches would, and the graph that runs is updated where arguments differ: the driver
//! makes a new one only when kernels were added or taken away. What the card gains is launches without gaps.

use std::sync::Arc;

use cudarc::driver::{result, sys};

use super::driver::{Driver, Handle};
use crate::device::{DeviceError, Result, Unit};

/// The graphs of a device's units of work.
#[derive(Default)]
pub struct Graphs {
    units: [Recorded; Unit::COUNT],
}

#[derive(Default)]
struct Recorded {
    /// A unit's first run is not recorded: it compiles kernels and finds its scratch memory.
    seen: bool,
    executable: Option<Executable>,
    updates: u64,
}

struct Executable {
    handle: Handle<sys::CUgraphExec>,
    driver: Arc<Driver>,
}

impl Drop for Executable {
    fn drop(&mut self) {
        if self.driver.context.bind_to_thread().is_ok() {
            // SAFETY: nothing else knows the handle. A failure leaves a graph to the context's end.
            let _ = unsafe { result::graph::exec_destroy(self.handle.0) };
        }
    }
}

impl Graphs {
    /// How often a unit ran from a graph that a run before had made.
    pub fn updates(&self, unit: Unit) -> u64 {
        self.units[unit as usize].updates
    }

    /// Whether this run of a unit is to be recorded.
    pub fn records(&mut self, driver: &Driver, unit: Unit) -> bool {
        driver.graphs && std::mem::replace(&mut self.units[unit as usize].seen, true)
    }

    /// Submits what was recorded.
    pub fn submit(&mut self, driver: &Arc<Driver>, unit: Unit, graph: Graph) -> Result<()> {
        let recorded = &mut self.units[unit as usize];
        if let Some(executable) = &recorded.executable
            && driver.update_graph(executable.handle.0, &graph)
        {
            recorded.updates += 1;
        } else {
            recorded.executable = None;
            recorded.executable = Some(Executable {
                handle: Handle(driver.instantiate(&graph)?),
                driver: driver.clone(),
            });
        }
        match &recorded.executable {
            Some(executable) => driver.launch_graph(executable.handle.0),
            None => Ok(()),
        }
    }
}

/// A recorded graph.
pub struct Graph(sys::CUgraph);

impl Drop for Graph {
    fn drop(&mut self) {
        // SAFETY: the handle is this value's alone; executables do not need it.
        let _ = unsafe { result::graph::destroy(self.0) };
    }
}

impl Driver {
    /// Records what `work` queues on the stream instead of running it.
    pub fn record<E: From<DeviceError>>(
        &self,
        work: impl FnOnce() -> std::result::Result<(), E>,
    ) -> std::result::Result<Graph, E> {
        self.bind()?;
        let stream = self.stream.cu_stream();
        // Relaxed: memory that scratch areas lack may be allocated meanwhile (see `allocate`).
        let mode = sys::CUstreamCaptureMode::CU_STREAM_CAPTURE_MODE_RELAXED;
        // SAFETY: the stream is this device's own, and its operations come from one thread.
        let begun = unsafe { result::stream::begin_capture(stream, mode) };
        self.check("cannot record a graph", begun)?;
        self.recording.store(true, std::sync::atomic::Ordering::Relaxed);
        let outcome = work();
        self.recording.store(false, std::sync::atomic::Ordering::Relaxed);
        // SAFETY: recording was begun above.
        let graph = unsafe { result::stream::end_capture(stream) }.map(Graph);
        // The cause of a failed recording is what the work met.
        outcome?;
        Ok(self.check("cannot record a graph", graph)?)
    }

    /// Whether the executable now is the graph.
    fn update_graph(&self, executable: sys::CUgraphExec, graph: &Graph) -> bool {
        let mut report = std::mem::MaybeUninit::<sys::CUgraphExecUpdateResultInfo>::zeroed();
        // SAFETY: both handles are live, and the report is the driver's to fill.
        unsafe { sys::cuGraphExecUpdate_v2(executable, graph.0, report.as_mut_ptr()) }
            .result()
            .is_ok()
    }

    fn instantiate(&self, graph: &Graph) -> Result<sys::CUgraphExec> {
        // SAFETY: the graph is live.
        let made = unsafe { result::graph::instantiate(graph.0, sys::CUgraphInstantiate_flags(0)) };
        self.check("cannot make a graph", made)
    }

    fn launch_graph(&self, executable: sys::CUgraphExec) -> Result<()> {
        // SAFETY: the executable is live, and its kernels' arguments were checked when they were recorded.
        let launched = unsafe { result::graph::launch(executable, self.stream.cu_stream()) };
        self.check("cannot launch a graph", launched)
    }
}
