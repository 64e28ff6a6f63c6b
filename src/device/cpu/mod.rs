//! The CPU device: matrix products, attention and row operations of its own on AVX-512 (with AVX512_BF16 where there is
//! one), AVX2 or portable code, chosen at run time; all cores through a pool of waiting threads.

mod attention;
mod attention_backward;
pub mod buffer;
mod decode;
mod dense;
mod dropout;
pub mod element;
mod embedding;
pub mod gemm;
mod layer_norm;
mod loss;
mod math;
mod operations;
mod optimizer;
pub mod peak;
pub mod pool;
pub mod profile;
mod rows;
mod scratch;
pub mod vector;

use std::sync::{Mutex, MutexGuard};

use super::{DeviceError, Result};
use buffer::SharedMut;
use dense::PackedWeights;
pub use element::Bf16;
use element::Element;
use pool::Pool;
use profile::Profile;
use scratch::Arena;
use vector::Isa;

/// The CPU with activations of type `E`: [`f32`] or [`Bf16`].
pub struct Cpu<E> {
    isa: Isa,
    pool: Pool,
    /// Whether models that are not trained get weights of eight bits.
    int8: bool,
    /// Packed operands of the operation under way.
    shared: Mutex<Arena>,
    /// What one operation hands to the next inside of it.
    staging: Mutex<Arena>,
    profile: Profile,
    element: std::marker::PhantomData<E>,
}

/// Structure of a packed batch.
pub struct Segments {
    starts: Vec<u32>,
    prefix_lengths: Vec<u32>,
    capacity: (usize, usize),
}

impl Segments {
    fn count(&self) -> usize {
        self.prefix_lengths.len()
    }

    fn tokens(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }

    /// Start, length and prefix length.
    fn get(&self, segment: usize) -> (usize, usize, usize) {
        let (start, end) = (self.starts[segment] as usize, self.starts[segment + 1] as usize);
        (start, end - start, self.prefix_lengths[segment] as usize)
    }

    /// Pairs of a query and a key that it sees.
    fn pairs(&self) -> usize {
        (0..self.count())
            .map(|segment| {
                let (_, length, prefix) = self.get(segment);
                let rest = length - prefix;
                prefix * prefix + rest * prefix + rest * (rest + 1) / 2
            })
            .sum()
    }

    /// Number of blocks of at most `queries` queries of one segment.
    fn query_tasks(&self, queries: usize) -> usize {
        self.starts
            .windows(2)
            .map(|pair| ((pair[1] - pair[0]) as usize).div_ceil(queries))
            .sum()
    }

    /// Segment and first query of a block.
    fn query_task(&self, mut task: usize, queries: usize) -> (usize, usize) {
        for (segment, pair) in self.starts.windows(2).enumerate() {
            let blocks = ((pair[1] - pair[0]) as usize).div_ceil(queries);
            if task < blocks {
                return (segment, task * queries);
            }
            task -= blocks;
        }
        unreachable!("more tasks than blocks")
    }
}

fn error(message: String) -> DeviceError {
    DeviceError { device: "cpu", message }
}

impl<E: Element> Cpu<E> {
    /// On `threads` threads (0: one per core) and the best instructions that the machine has.
    pub fn new(threads: usize) -> Result<Cpu<E>> {
        Cpu::with_isa(threads, Isa::detect())
    }

    /// The same on chosen instructions.
    pub fn with_isa(threads: usize, isa: Isa) -> Result<Cpu<E>> {
        let pool = Pool::new(threads).map_err(|cause| error(format!("cannot start threads: {cause}")))?;
        Ok(Cpu {
            isa,
            pool,
            int8: false,
            shared: Mutex::default(),
            staging: Mutex::default(),
            profile: Profile::default(),
            element: std::marker::PhantomData,
        })
    }

    /// The same; if `int8`, with weights of eight bits for models that are not trained (see [`gemm::int8`]).
    pub fn with_int8_weights(self, int8: bool) -> Cpu<E> {
        Cpu { int8, ..self }
    }

    pub fn threads(&self) -> usize {
        self.pool.threads()
    }

    /// Time and work of every operation since the last reset.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    pub fn isa(&self) -> Isa {
        self.isa
    }

    fn shared(&self) -> MutexGuard<'_, Arena> {
        self.shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn staging(&self) -> MutexGuard<'_, Arena> {
        self.staging.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
