//! What streams execute and graphs are made of.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::context::{Context, LIMIT_MALLOC_HEAP_SIZE, LIMIT_STACK_SIZE};
use super::copy::{Copy, Fill};
use super::event::{Event, Stamp};
use super::export::Handle;
use super::function::Function;
use super::status::{Result, Status};
use super::{device, environment, record};
use crate::device::{LaunchConfig, LaunchReport, launch};

pub type HostFunction = extern "C" fn(*mut libc::c_void);
pub type StreamCallback = extern "C" fn(Handle, u32, *mut libc::c_void);

/// A function the caller gave, if it can be one.
pub fn callable(function: Option<HostFunction>) -> Result<HostFunction> {
    function
        .filter(|&function| super::export::plausible(function as usize as u64))
        .ok_or(Status::INVALID_VALUE)
}

/// A pointer of the caller's that is only handed back.
#[derive(Clone, Copy)]
pub struct UserData(pub *mut libc::c_void);

// SAFETY: the pointer is never dereferenced here; the API's contract lets callbacks run on other threads.
unsafe impl Send for UserData {}
// SAFETY: as above.
unsafe impl Sync for UserData {}

#[derive(Clone)]
pub struct KernelLaunch {
    pub function: Arc<Function>,
    pub grid: [u32; 3],
    pub block: [u32; 3],
    pub shared_bytes: u32,
    pub parameters: Arc<Vec<u8>>,
    pub cooperative: bool,
}

#[derive(Clone, Copy)]
pub struct ValueOperation {
    pub address: u64,
    pub value: u64,
    pub wide: bool,
    /// Of a wait: 0 ≥ (cyclic), 1 =, 2 &, 3 nor. None for a write.
    pub wait: Option<u32>,
}

#[derive(Clone)]
pub enum Operation {
    Empty,
    Kernel(KernelLaunch),
    Copy(Copy),
    Fill(Fill),
    Host(HostFunction, UserData),
    Callback(StreamCallback, Handle, UserData),
    Record(Arc<Event>, Arc<Stamp>),
    /// Of graphs; in streams a wait is a ticket.
    WaitEvent(Arc<Event>),
    Values(Arc<Vec<ValueOperation>>),
    /// A graph's allocation of memory whose address is known beforehand.
    Allocate {
        address: u64,
        size: u64,
    },
    Free(u64),
    Graph(Arc<Vec<Operation>>),
}

impl Operation {
    /// Runs as a stream's next piece of work: skipped once the context has failed, and failing it.
    pub fn run_in(&self, context: &Arc<Context>) {
        if let Operation::Callback(function, stream, data) = self {
            function(*stream, context.check().err().map_or(0, |status| status.0), data.0);
            return;
        }
        let outcome = context.check().and_then(|()| self.run(context));
        if let Err(status) = outcome {
            context.fail(status);
        }
        // An event is over even when what came before it failed: those who wait must not hang.
        if let Operation::Record(_, stamp) = self {
            stamp.set(Instant::now());
        }
    }

    fn run(&self, context: &Arc<Context>) -> Result {
        match self {
            Operation::Empty | Operation::Callback(..) | Operation::Allocate { .. } => Ok(()),
            Operation::Kernel(kernel) => kernel.run(context),
            Operation::Copy(copy) => copy.run(),
            Operation::Fill(fill) => fill.run(),
            Operation::Host(function, data) => {
                function(data.0);
                Ok(())
            }
            Operation::Record(_, stamp) => {
                stamp.set(Instant::now());
                Ok(())
            }
            Operation::WaitEvent(event) => {
                if let Some(ticket) = event.ticket() {
                    ticket.wait();
                }
                Ok(())
            }
            Operation::Values(values) => values.iter().try_for_each(|value| value.run(context)),
            Operation::Free(address) => super::memory::release(*address),
            Operation::Graph(operations) => operations.iter().try_for_each(|operation| operation.run(context)),
        }
    }
}

impl ValueOperation {
    /// As CUstreamBatchMemOpParams has it.
    pub fn words(&self) -> [u64; 6] {
        let operation = match (self.wait.is_some(), self.wide) {
            (true, false) => 1,
            (false, false) => 2,
            (true, true) => 4,
            (false, true) => 5,
        };
        [operation, self.address, self.value, self.wait.unwrap_or(0).into(), 0, 0]
    }

    fn run(&self, context: &Context) -> Result {
        let size = if self.wide { 8 } else { 4 };
        let memory = device::owner(self.address).map_or(&context.device.memory, |device| &device.memory);
        let Some(condition) = self.wait else {
            let bytes = self.value.to_le_bytes();
            return memory
                .write(self.address, &bytes[..size])
                .map_err(|_| Status::ILLEGAL_ADDRESS);
        };
        loop {
            let mut bytes = [0; 8];
            memory
                .read(self.address, &mut bytes[..size])
                .map_err(|_| Status::ILLEGAL_ADDRESS)?;
            let found = u64::from_le_bytes(bytes);
            let distance = found.wrapping_sub(self.value);
            let met = match condition {
                0 if self.wide => distance as i64 >= 0,
                0 => distance as u32 as i32 >= 0,
                1 => found == self.value,
                2 => found & self.value != 0,
                _ if self.wide => !(found | self.value) != 0,
                _ => !(found as u32 | self.value as u32) != 0,
            };
            if met {
                return Ok(());
            }
            context.check()?;
            std::thread::sleep(Duration::from_micros(50));
        }
    }
}

impl KernelLaunch {
    fn run(&self, context: &Context) -> Result {
        let limit = |index: usize| context.limits[index].load(std::sync::atomic::Ordering::Relaxed);
        let mut options = environment().options.clone();
        options.heap_bytes = limit(LIMIT_MALLOC_HEAP_SIZE);
        options.stack_bytes = options
            .stack_bytes
            .max(limit(LIMIT_STACK_SIZE).min(u32::MAX.into()) as u32);
        let config = LaunchConfig {
            grid: self.grid,
            block: self.block,
            shared_bytes: self.shared_bytes,
            parameters: &self.parameters,
            cooperative: self.cooperative,
        };
        let image = &self.function.module.image;
        let start = Instant::now();
        let report = launch(image, self.function.index, &config, &context.device.memory, &options);
        if let Some(counters) = &report.counters {
            super::report::counters(self, context.device.ordinal, counters, start.elapsed());
        }
        publish(&self.function.name, &report);
        record::keep(|| record::Launch {
            kernel: self.function.name.clone(),
            grid: self.grid,
            block: self.block,
            shared_bytes: self.shared_bytes,
            counters: report.counters.clone(),
            findings: report
                .findings
                .iter()
                .chain(&report.fault)
                .map(ToString::to_string)
                .collect(),
        });
        match &report.fault {
            None => Ok(()),
            Some(fault) => {
                eprintln!("softcuda: {fault}");
                Err(fault.kind.into())
            }
        }
    }
}

/// Hands on what a kernel printed and what the checks found.
fn publish(kernel: &str, report: &LaunchReport) {
    if !report.printed.is_empty() {
        print_to_c(&report.printed);
    }
    for finding in &report.findings {
        eprintln!("softcuda: {finding}");
    }
    if report.findings_dropped > 0 {
        eprintln!("softcuda: {} more findings in kernel {kernel}", report.findings_dropped);
    }
}

/// Writes through C's stdout, so that the text keeps its place among what a C program prints itself.
fn print_to_c(text: &str) {
    unsafe extern "C" {
        static stdout: *mut libc::FILE;
    }
    // SAFETY: C's stdout is open from the program's start; the buffer is a live string of that length.
    unsafe {
        libc::fwrite(text.as_ptr().cast(), 1, text.len(), stdout);
        libc::fflush(stdout);
    }
}
