//! The machine's measured peak: multiply-adds from registers, on all threads.

use super::element::{Bf16, Element};
use super::vector::LANES;
use super::{Cpu, SharedMut};
use crate::kernel;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long to try: long enough for the scheduler to give every thread a core of its own.
const TIME: Duration = Duration::from_millis(300);

/// Independent chains: latency (4–6 cycles) × two multiplies a cycle, with room.
const CHAINS: usize = 12;

kernel! {
/// `rounds × CHAINS` vector multiplies of operands in registers.
fn multiply_registers<V, E: Element>(rounds: usize, values: &[E], sums: &mut [f32]) {
    let mut totals = [V::splat(0.0); CHAINS];
    // SAFETY: the caller gives 64 values.
    let (a, b) = unsafe { (E::load_operand::<V>(values.as_ptr()), E::load_operand::<V>(values.as_ptr())) };
    for _ in 0..rounds {
        for total in &mut totals {
            *total = E::dot(*total, a, b);
        }
    }
    for (i, total) in totals.into_iter().enumerate() {
        super::element::store(sums, i * LANES, total);
    }
}
}

/// GFLOP/s of multiply-adds in this format from registers, all threads together: the best of tries of 10 ms.
pub fn gflops<E: Element>(device: &Cpu<E>) -> f64 {
    let values = [E::from_f32(0.0); 64];
    let rounds = 4_000_000 / CHAINS;
    let threads = device.threads();
    let mut sums = vec![0.0; threads * CHAINS * LANES];
    let mut best = f64::INFINITY;
    let begin = Instant::now();
    while begin.elapsed() < TIME {
        let parts = SharedMut::new(&mut sums);
        let arrived = AtomicUsize::new(0);
        let start = Instant::now();
        device.pool.run(threads, |task| {
            // All begin together, so that none sleeps while another does its work.
            arrived.fetch_add(1, Ordering::AcqRel);
            while arrived.load(Ordering::Acquire) < threads {
                std::thread::yield_now();
            }
            // SAFETY: every task has its own sums.
            let sums = unsafe { parts.slice(task * CHAINS * LANES, CHAINS * LANES) };
            multiply_registers(device.isa, rounds, &values, sums);
        });
        best = best.min(start.elapsed().as_secs_f64());
    }
    let per_thread = (rounds * CHAINS * LANES * E::GROUP * 2) as f64;
    per_thread * threads as f64 / best * 1e-9
}

/// The same for f32 and bfloat16, whatever the device computes in.
pub fn both(threads: usize) -> super::Result<(f64, f64)> {
    Ok((gflops(&Cpu::<f32>::new(threads)?), gflops(&Cpu::<Bf16>::new(threads)?)))
}
