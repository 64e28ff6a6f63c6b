//! A module bound to a device's memory, and the launch of its kernels.

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::block::{Block, Context, Turn, mix};
use super::counters::Counters;
use super::observe::{Sectors, Traffic};
use super::op::CODE_WINDOW;
use super::races::GlobalRaces;
use super::warp::{OpCount, Words, describe, total};
use super::{Fault, FaultKind, Kind, Memory, MemoryError};
use crate::ptx::{Module, Symbol};

/// Shared memory one block may have.
const MAX_SHARED: u32 = 227 << 10;
/// Blocks one worker keeps under way when they wait for each other.
const MAX_RESIDENT: usize = 1 << 14;

/// Blocks one thread keeps from launch to launch.
const MAX_SPARE: usize = 8;

thread_local! {
    /// Blocks that have finished: their registers and shared memory serve the next ones.
    static SPARE: Cell<VecDeque<Box<Block>>> = const { Cell::new(VecDeque::new()) };
}

/// Counts launches up, so that a kept block knows a new one.
static LAUNCHES: AtomicU64 = AtomicU64::new(1);

/// A module bound to one device: its globals have addresses.
pub struct Image {
    pub module: Arc<Module>,
    globals: Vec<(u64, u64)>,
    names: HashMap<String, usize>,
    /// The code's constant pool with addresses filled in, 64-byte aligned rows.
    pool: Words,
}

impl Image {
    /// Allocates and initialises the module's globals.
    pub fn load(module: Arc<Module>, memory: &Memory) -> Result<Image, MemoryError> {
        let mut globals: Vec<(u64, u64)> = Vec::new();
        for global in &module.globals {
            let kind = if global.managed { Kind::Managed } else { Kind::Module };
            match memory.allocate_aligned(global.size, u64::from(global.align), kind) {
                Ok(address) => globals.push((address, global.size)),
                Err(error) => {
                    for (address, _) in globals {
                        let _ = memory.free(address);
                    }
                    return Err(error);
                }
            }
        }
        let address_of = |symbol: Symbol| match symbol {
            Symbol::Global(index) => globals[index as usize].0,
            Symbol::Function(index) => CODE_WINDOW + 16 * u64::from(index),
        };
        for (index, global) in module.globals.iter().enumerate() {
            let (address, size) = globals[index];
            let mut bytes = vec![0u8; size as usize];
            bytes[..global.initial.len()].copy_from_slice(&global.initial);
            for fix in &global.addresses {
                let value = address_of(fix.symbol).wrapping_add_signed(fix.addend);
                let value = match fix.mask {
                    Some(mask) if mask != 0 => (value & mask) >> (mask.trailing_zeros() / 8 * 8),
                    _ => value,
                };
                let (offset, width) = (fix.offset as usize, usize::from(fix.width));
                bytes[offset..offset + width].copy_from_slice(&value.to_le_bytes()[..width]);
            }
            memory.write(address, &bytes)?;
            if global.constant {
                memory.set_read_only(address);
            }
        }
        let mut pool = Words::default();
        let source = &module.code.pool;
        pool.resize(source.len().max(64));
        // SAFETY: the pool was made at least that long.
        unsafe { std::ptr::copy_nonoverlapping(source.as_ptr(), pool.as_mut_ptr(), source.len()) };
        for relocation in &module.code.relocations {
            let value = globals[relocation.global as usize]
                .0
                .wrapping_add_signed(relocation.addend);
            for lane in 0..32 {
                // SAFETY: the decoder reserved a 64-bit row there.
                unsafe {
                    *pool
                        .as_mut_ptr()
                        .add(relocation.offset as usize)
                        .cast::<u64>()
                        .add(lane) = value
                };
            }
        }
        let names = module
            .globals
            .iter()
            .enumerate()
            .map(|(index, global)| (global.name.clone(), index))
            .collect();
        Ok(Image {
            module,
            globals,
            names,
            pool,
        })
    }

    /// Address and size in bytes of a global or constant.
    pub fn global(&self, name: &str) -> Option<(u64, u64)> {
        self.names.get(name).map(|&index| self.globals[index])
    }

    /// Frees the globals. The image must not be launched again.
    pub fn unload(&self, memory: &Memory) {
        for (address, _) in &self.globals {
            let _ = memory.free(*address);
        }
    }
}

/// The shape of a launch.
#[derive(Clone, Debug, Default)]
pub struct LaunchConfig<'a> {
    pub grid: [u32; 3],
    pub block: [u32; 3],
    /// Dynamic shared memory, bytes.
    pub shared_bytes: u32,
    /// The parameter buffer, laid out as [`crate::ptx::Kernel::parameters`] says.
    pub parameters: &'a [u8],
    /// All blocks must be resident at once (cuLaunchCooperativeKernel).
    pub cooperative: bool,
}

/// In which order warps and blocks run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Schedule {
    /// Blocks and warps ascending.
    #[default]
    Forward,
    /// Descending: what relied on the usual order shows.
    Reverse,
    /// Blocks, warps and time slices drawn from a seed.
    Random(u64),
}

/// What a launch is to do besides running.
#[derive(Clone, Debug)]
pub struct Options {
    /// Worker threads; 0 = all processors.
    pub threads: usize,
    pub counters: bool,
    /// Reads of memory nobody wrote. (Bounds and alignment are always checked.)
    pub check_memory: bool,
    pub check_races: bool,
    /// Barrier divergence, warp-synchronous instructions without all their lanes.
    pub check_barriers: bool,
    /// Fill what nobody wrote (shared memory) with a pattern rather than zeros.
    pub poison: bool,
    pub schedule: Schedule,
    /// Stops with [`super::FaultKind::Timeout`] after this many instructions of one warp; 0 = never.
    pub step_limit: u64,
    /// Bytes kernels may `malloc` (cuCtxSetLimit CU_LIMIT_MALLOC_HEAP_SIZE).
    pub heap_bytes: u64,
    /// Local memory and stack per thread at most.
    pub stack_bytes: u32,
    /// Multiprocessors the device claims to have (%nsmid, grid residency).
    pub multiprocessors: u32,
    /// Findings of the checks kept per launch; the rest is only counted.
    pub max_findings: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            threads: 0,
            counters: false,
            check_memory: false,
            check_races: false,
            check_barriers: false,
            poison: true,
            schedule: Schedule::Forward,
            step_limit: 0,
            heap_bytes: 8 << 20,
            stack_bytes: 512 << 10,
            multiprocessors: 16,
            max_findings: 100,
        }
    }
}

/// What came of a launch.
#[derive(Clone, Debug, Default)]
pub struct LaunchReport {
    /// What stopped the kernel; None when every block ran to its end.
    pub fault: Option<Fault>,
    /// What was counted, where counters were on.
    pub counters: Option<Counters>,
    /// What the kernel printed, in block order.
    pub printed: String,
    /// Findings of the checks that did not stop the kernel (races, uninitialised reads, barrier divergence).
    pub findings: Vec<Fault>,
    /// Findings beyond [`Options::max_findings`].
    pub findings_dropped: u64,
}

/// Runs a kernel to its end on the calling thread and helpers. What a kernel did and printed before it faulted stays.
///
/// The result does not depend on the number of threads: kernels whose blocks could see each other's order (atomics
/// whose old value is used, floating-point atomics, volatile loads) run on one.
pub fn launch(
    image: &Image,
    kernel: usize,
    config: &LaunchConfig<'_>,
    memory: &Memory,
    options: &Options,
) -> LaunchReport {
    let context = match prepare(image, kernel, config, memory, options) {
        Ok(context) => context,
        Err(fault) => {
            return LaunchReport {
                fault: Some(fault),
                ..LaunchReport::default()
            };
        }
    };
    let blocks = config.grid.iter().map(|&n| u64::from(n)).product::<u64>();
    let available = || std::thread::available_parallelism().map_or(1, |n| n.get());
    let serial = config.cooperative || image.module.code.ordered[kernel];
    let threads = if options.threads == 0 {
        available()
    } else {
        options.threads
    };
    let threads = if serial {
        1
    } else {
        (threads as u64).min(blocks) as usize
    };
    let shared = Shared {
        next: AtomicU64::new(0),
        blocks,
        stop: AtomicU64::new(u64::MAX),
        results: Mutex::default(),
    };
    super::pool::run(threads.saturating_sub(1), &|| work(&context, &shared));
    let mut results = shared.results.into_inner().unwrap_or_default();
    results.outputs.sort_by_key(|output| output.block);
    let mut report = LaunchReport::default();
    let mut findings = Vec::new();
    for mut output in results.outputs {
        report.printed.push_str(&output.printed);
        findings.append(&mut output.findings);
        report.findings_dropped += output.dropped;
        if report.fault.is_none() {
            report.fault = output.fault;
        }
    }
    // By block; a race may have been found by the earlier of its two.
    findings.sort_by_key(|finding: &Fault| {
        let [x, y, z] = finding.block;
        (z, y, x)
    });
    for finding in findings {
        let known = report
            .findings
            .iter()
            .any(|f| f.ptx_line == finding.ptx_line && f.kind == finding.kind);
        if report.findings.len() >= options.max_findings || known {
            report.findings_dropped += 1;
        } else {
            report.findings.push(finding);
        }
    }
    if options.counters {
        total(&mut results.counts);
        let [read, written] = &results.sectors;
        results.traffic.sectors_read = read.count();
        results.traffic.sectors_written = written.count();
        results.traffic.sectors_both = read.common(written);
        report.counters = Some(Counters::new(&image.module.code, &results.counts, &results.traffic));
    }
    report
}

struct Shared {
    next: AtomicU64,
    blocks: u64,
    /// The lowest block that faulted; later ones need not run.
    stop: AtomicU64,
    results: Mutex<Results>,
}

#[derive(Default)]
struct Results {
    outputs: Vec<Output>,
    counts: Vec<OpCount>,
    traffic: Traffic,
    /// 32-byte sectors of global memory read and written by anyone.
    sectors: [Sectors; 2],
}

struct Output {
    block: u64,
    printed: String,
    findings: Vec<Fault>,
    dropped: u64,
    fault: Option<Fault>,
}

fn prepare<'a>(
    image: &'a Image,
    kernel: usize,
    config: &LaunchConfig<'a>,
    memory: &'a Memory,
    options: &'a Options,
) -> Result<Context<'a>, Fault> {
    let name = image.module.kernels.get(kernel).map_or("", |kernel| &kernel.name);
    let refuse = |kind, message: String| Fault {
        kind,
        message,
        kernel: name.to_owned(),
        block: [0; 3],
        thread: [0; 3],
        ptx_line: 0,
        source: None,
    };
    let invalid = |message| refuse(FaultKind::InvalidValue, message);
    let Some(description) = image.module.kernels.get(kernel) else {
        return Err(invalid(format!("the module has no kernel {kernel}")));
    };
    let product = |shape: [u32; 3]| shape.iter().map(|&n| u64::from(n)).product::<u64>();
    let [gx, gy, gz] = config.grid;
    if product(config.grid) == 0 || gx > i32::MAX as u32 || gy > 65535 || gz > 65535 {
        return Err(invalid(format!(
            "grid ({gx},{gy},{gz}) is not within 1..(2147483647,65535,65535)"
        )));
    }
    let [bx, by, bz] = config.block;
    let threads = u64::from(bx).saturating_mul(by.into()).saturating_mul(bz.into());
    if threads == 0 || threads > 1024 || bz > 64 {
        return Err(invalid(format!("block ({bx},{by},{bz}) is not within 1..1024 threads")));
    }
    if let Some(shape) = description.required_threads.filter(|&shape| shape != config.block) {
        return Err(invalid(format!("block ({bx},{by},{bz}) is not the required {shape:?}")));
    }
    if let Some(shape) = description.max_threads.filter(|&shape| product(shape) < threads) {
        return Err(invalid(format!(
            "block of {threads} threads exceeds .maxntid {shape:?}"
        )));
    }
    if (config.parameters.len() as u64) < u64::from(description.parameter_bytes) {
        let (given, wanted) = (config.parameters.len(), description.parameter_bytes);
        return Err(invalid(format!("{given} parameter bytes given, {wanted} wanted")));
    }
    let shared = u64::from(description.shared_bytes) + u64::from(config.shared_bytes);
    if shared > u64::from(MAX_SHARED) {
        return Err(invalid(format!("{shared} bytes of shared memory exceed {MAX_SHARED}")));
    }
    if config.cooperative && product(config.grid) > MAX_RESIDENT as u64 {
        return Err(refuse(
            FaultKind::CooperativeTooLarge,
            "cooperative grid too large to be resident".to_owned(),
        ));
    }
    let workspace = match config.cooperative {
        true => Some(Workspace::new(memory).map_err(|_| {
            let message = "no memory is left for a cooperative launch's workspace".to_owned();
            refuse(FaultKind::OutOfResources, message)
        })?),
        false => None,
    };
    Ok(Context {
        workspace,
        serial: LAUNCHES.fetch_add(1, Ordering::Relaxed),
        code: &image.module.code,
        pool: image.pool.as_ptr(),
        memory,
        options,
        kernel,
        grid: config.grid,
        block: config.block,
        parameters: config.parameters,
        shared_static: description.shared_bytes,
        shared_bytes: shared as u32,
        module_local: image.module.module_local,
        written: if options.check_memory {
            memory.write_shadow()
        } else {
            None
        },
        races: if options.check_races {
            GlobalRaces::new(memory, image.module.code.units[kernel].global, product(config.grid))
        } else {
            GlobalRaces::default()
        },
    })
}

/// What the blocks of a cooperative launch synchronise by: zeros that the kernel finds through `%envreg1` and `%envreg2`.
pub struct Workspace<'a> {
    memory: &'a Memory,
    pub address: u64,
}

impl<'a> Workspace<'a> {
    /// The toolkit's grid barrier takes 8 bytes; the rest is room for what comes after.
    const BYTES: u64 = 1024;

    fn new(memory: &'a Memory) -> Result<Workspace<'a>, MemoryError> {
        let address = memory.allocate(Workspace::BYTES, Kind::Module)?;
        let workspace = Workspace { memory, address };
        memory.fill(address, &[0], Workspace::BYTES)?;
        Ok(workspace)
    }
}

impl Drop for Workspace<'_> {
    fn drop(&mut self) {
        let _ = self.memory.free(self.address);
    }
}

/// Takes blocks until none is left.
fn work(context: &Context<'_>, shared: &Shared) {
    if context.options.counters {
        let mut counts = vec![OpCount::default(); context.code.ops.len() + 1];
        let (mut traffic, mut sectors) = (Traffic::default(), <[Sectors; 2]>::default());
        let retired = |block: &mut Block| {
            traffic.add(&std::mem::take(&mut block.traffic));
            for (touched, all) in block.sectors.iter_mut().zip(&mut sectors) {
                touched.drain(all);
            }
        };
        let outputs = work_counting::<true>(context, shared, &mut counts, retired);
        let mut results = shared.results.lock().unwrap();
        results.outputs.extend(outputs);
        results.traffic.add(&traffic);
        for (all, mine) in results.sectors.iter_mut().zip(&mut sectors) {
            mine.drain(all);
        }
        if results.counts.is_empty() {
            results.counts = counts;
        } else {
            for (total, count) in results.counts.iter_mut().zip(counts) {
                total.executed = total.executed.wrapping_add(count.executed);
                total.lanes = total.lanes.wrapping_add(count.lanes);
                total.guarded += count.guarded;
            }
        }
    } else {
        let outputs = work_counting::<false>(context, shared, &mut [], |_| ());
        shared.results.lock().unwrap().outputs.extend(outputs);
    }
}

fn work_counting<const COUNT: bool>(
    context: &Context<'_>,
    shared: &Shared,
    counts: &mut [OpCount],
    mut retired: impl FnMut(&mut Block),
) -> Vec<Output> {
    let mut outputs = Vec::new();
    let mut resident: VecDeque<Box<Block>> = VecDeque::new();
    let mut spare = SPARE.take();
    let mut exhausted = false;
    let mut want_new = true;
    loop {
        if want_new && !exhausted && resident.len() < MAX_RESIDENT {
            let ticket = shared.next.fetch_add(1, Ordering::Relaxed);
            if ticket < shared.blocks {
                let mut block = spare.pop_back().unwrap_or_default();
                block.start(context, order(context.options.schedule, ticket, shared.blocks));
                resident.push_front(block);
            } else {
                exhausted = true;
            }
        }
        want_new = false;
        let Some(mut block) = resident.pop_front() else {
            if exhausted {
                spare.iter_mut().for_each(|block| retired(block));
                spare.retain(|block| block.is_small());
                spare.truncate(MAX_SPARE);
                SPARE.set(spare);
                return outputs;
            }
            want_new = true;
            continue;
        };
        if block.index > shared.stop.load(Ordering::Relaxed) {
            spare.push_back(block);
            want_new = resident.is_empty();
            continue;
        }
        match block.run::<COUNT>(counts) {
            Turn::Working { polling } => {
                if polling {
                    resident.push_back(block);
                    want_new = true;
                } else {
                    resident.push_front(block);
                }
            }
            turn => {
                for warp in &mut block.warps {
                    let divergences = std::mem::take(&mut warp.divergences);
                    block.traffic.divergences += divergences;
                }
                block.traffic.barriers += block.barrier_count;
                let fault = (turn == Turn::Faulted)
                    .then(|| collect_fault(context, &block))
                    .flatten();
                if fault.is_some() {
                    shared.stop.fetch_min(block.index, Ordering::Relaxed);
                }
                if fault.is_some() || !block.printed.is_empty() || !block.findings.is_empty() {
                    outputs.push(output(context, &mut block, fault));
                }
                spare.push_back(block);
                want_new = resident.is_empty();
            }
        }
    }
}

/// The block that a ticket stands for.
fn order(schedule: Schedule, ticket: u64, blocks: u64) -> u64 {
    match schedule {
        Schedule::Forward => ticket,
        Schedule::Reverse => blocks - 1 - ticket,
        Schedule::Random(seed) => {
            // A stride without common divisor visits each block once.
            let gcd = |mut a: u64, mut b: u64| {
                while b != 0 {
                    (a, b) = (b, a % b);
                }
                a
            };
            let mut stride = mix(seed) % blocks.max(1) | 1;
            while gcd(stride, blocks) != 1 {
                stride += 1;
            }
            ((u128::from(ticket) * u128::from(stride) + u128::from(mix(seed ^ 1) % blocks)) % u128::from(blocks)) as u64
        }
    }
}

fn thread_of(context: &Context<'_>, warp: u32, lane: u32) -> [u32; 3] {
    let [bx, by, _] = context.block;
    let thread = warp * 32 + lane.min(31);
    [thread % bx, thread / bx % by, thread / bx / by]
}

fn kernel_name<'a>(context: &'a Context<'_>) -> &'a str {
    &context.code.functions[context.code.kernels[context.kernel] as usize].name
}

fn collect_fault(context: &Context<'_>, block: &Block) -> Option<Fault> {
    let warp = block.warps.iter().find(|warp| warp.trouble.is_some())?;
    let trouble = warp.trouble.as_ref()?;
    let thread = thread_of(context, warp.index, trouble.lane);
    Some(describe(trouble, context.code, kernel_name(context), block.id, thread))
}

fn output(context: &Context<'_>, block: &mut Block, fault: Option<Fault>) -> Output {
    let findings = block.findings.iter().map(|finding| {
        let thread = thread_of(context, finding.warp, finding.trouble.lane);
        let block = finding.block.map_or(block.id, |index| context.block_of(index));
        describe(&finding.trouble, context.code, kernel_name(context), block, thread)
    });
    let findings = findings.collect();
    Output {
        block: block.index,
        printed: std::mem::take(&mut block.printed),
        findings,
        dropped: block.dropped,
        fault,
    }
}
