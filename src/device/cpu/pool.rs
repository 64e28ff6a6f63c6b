//! Threads that wait for the next operation awake for a moment, then asleep.
//!
//! An operation is a number of tasks, shared out evenly: every thread, the calling one included, starts with its own
//! stretch of them, front to back, and then takes from the back of the others'. Tasks are numbered along the rows of a
//! batch, so that a thread meets the rows again that it wrote in the operation before and has in its cache; a thread that
//! wakes late holds nobody up. Tasks write disjoint results, so their order does not matter.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;

/// Rounds of waiting before a worker goes to sleep: some 100 µs, longer than the gaps between a step's operations.
const SPINS: usize = 1 << 12;

type Task<'a> = dyn Fn(usize) + Sync + 'a;

/// Most tasks of one round: what fits into the fields of a [`Stretch`].
const ROUND: usize = 1 << 20;

/// The tasks of one thread that are left to take: the operation's number, and below it the first and the one behind the
/// last, twenty bits each.
#[repr(align(128))]
#[derive(Default)]
struct Stretch(AtomicU64);

impl Stretch {
    fn set(&self, number: u64, tasks: std::ops::Range<usize>) {
        let value = (number << 42) | ((tasks.start as u64) << 21) | tasks.end as u64;
        self.0.store(value, Ordering::SeqCst);
    }

    fn bounds(value: u64) -> (u64, u64) {
        const MASK: u64 = (1 << 21) - 1;
        ((value >> 21) & MASK, value & MASK)
    }

    fn is_empty(&self) -> bool {
        let (first, end) = Stretch::bounds(self.0.load(Ordering::SeqCst));
        first == end
    }

    /// Takes a task, the first one for the owner and the last one for others.
    fn take(&self, owner: bool) -> Option<usize> {
        let mut value = self.0.load(Ordering::Acquire);
        loop {
            let (first, end) = Stretch::bounds(value);
            if first == end {
                return None;
            }
            let rest = if owner { value + (1 << 21) } else { value - 1 };
            match self
                .0
                .compare_exchange_weak(value, rest, Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => return Some(if owner { first } else { end - 1 } as usize),
                Err(changed) => value = changed,
            }
        }
    }
}

/// The operation under way. Written only while nothing is left to take; read only by who took a task of it.
struct Job {
    task: *const Task<'static>,
}

struct Shared {
    job: std::cell::UnsafeCell<Job>,
    /// One for every thread.
    stretches: Box<[Stretch]>,
    finished: AtomicUsize,
    panicked: AtomicBool,
    closing: AtomicBool,
    sleepers: AtomicUsize,
    lock: Mutex<()>,
    wake: Condvar,
}

// SAFETY: `job` follows the protocol of `Job`: whoever took a task reads it, and `run` does not return, let alone write
// it anew, before every task that was taken is finished.
unsafe impl Sync for Shared {}
// SAFETY: as above; the pointer is only followed under that protocol.
unsafe impl Send for Shared {}

impl Shared {
    /// Takes a task and runs it; false when none is left.
    fn work(&self, thread: usize) -> bool {
        let count = self.stretches.len();
        let taken = (0..count).find_map(|i| self.stretches[(thread + i) % count].take(i == 0));
        let Some(index) = taken else {
            return false;
        };
        // SAFETY: a task of the current operation is ours, so the job stays until we count it finished.
        let task = unsafe { &*(*self.job.get()).task };
        if catch_unwind(AssertUnwindSafe(|| task(index))).is_err() {
            self.panicked.store(true, Ordering::Release);
        }
        self.finished.fetch_add(1, Ordering::AcqRel);
        true
    }

    fn serve(&self, thread: usize) {
        let mut idle = 0;
        while !self.closing.load(Ordering::Acquire) {
            if self.work(thread) {
                idle = 0;
            } else if idle < SPINS {
                idle += 1;
                std::hint::spin_loop();
            } else {
                let mut guard = self.lock.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                self.sleepers.fetch_add(1, Ordering::SeqCst);
                while self.stretches.iter().all(Stretch::is_empty) && !self.closing.load(Ordering::SeqCst) {
                    guard = self.wake.wait(guard).unwrap_or_else(|poisoned| poisoned.into_inner());
                }
                self.sleepers.fetch_sub(1, Ordering::SeqCst);
                idle = 0;
            }
        }
    }

    fn wake_all(&self) {
        let _guard = self.lock.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        self.wake.notify_all();
    }
}

/// A fixed number of threads, the caller's included.
pub struct Pool {
    shared: Arc<Shared>,
    /// One operation at a time; the number of the last one.
    turn: Mutex<u64>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    /// `threads` in all; 0 takes what the machine has.
    pub fn new(threads: usize) -> std::io::Result<Pool> {
        let available = || std::thread::available_parallelism().map_or(1, |count| count.get());
        let threads = if threads == 0 { available() } else { threads };
        fn idle(_: usize) {}
        let shared = Arc::new(Shared {
            job: std::cell::UnsafeCell::new(Job {
                task: &idle as &Task<'static>,
            }),
            stretches: (0..threads).map(|_| Stretch::default()).collect(),
            finished: AtomicUsize::new(0),
            panicked: AtomicBool::new(false),
            closing: AtomicBool::new(false),
            sleepers: AtomicUsize::new(0),
            lock: Mutex::new(()),
            wake: Condvar::new(),
        });
        let workers = (1..threads)
            .map(|number| {
                let shared = shared.clone();
                std::thread::Builder::new()
                    .name(format!("compute-{number}"))
                    .spawn(move || shared.serve(number))
            })
            .collect::<std::io::Result<_>>()?;
        Ok(Pool {
            shared,
            turn: Mutex::new(0),
            workers,
        })
    }

    pub fn threads(&self) -> usize {
        self.workers.len() + 1
    }

    /// Runs `task(0)` … `task(count − 1)`, each once, on all threads; returns when all are done. A task must not run an
    /// operation itself.
    pub fn run(&self, count: usize, task: impl Fn(usize) + Sync) {
        if self.workers.is_empty() || count <= 1 {
            (0..count).for_each(task);
            return;
        }
        let mut turn = self.turn.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let shared = &*self.shared;
        for first in (0..count).step_by(ROUND) {
            *turn += 1;
            self.run_round(*turn, ROUND.min(count - first), &|index| task(first + index));
        }
        if shared.panicked.swap(false, Ordering::AcqRel) {
            panic!("a task of the compute pool panicked");
        }
    }
}

impl Pool {
    fn run_round(&self, number: u64, count: usize, task: &Task<'_>) {
        let shared = &*self.shared;
        shared.finished.store(0, Ordering::Relaxed);
        // SAFETY: nothing is left to take, so nobody reads the job. The lifetime is longer than the task's own, but the
        // pointer is followed only by threads that took a task, and we wait for all of them below.
        unsafe {
            let task = std::mem::transmute::<*const Task<'_>, *const Task<'static>>(task);
            *shared.job.get() = Job { task };
        }
        let threads = self.threads();
        for (thread, stretch) in shared.stretches.iter().enumerate() {
            stretch.set(number, count * thread / threads..count * (thread + 1) / threads);
        }
        if shared.sleepers.load(Ordering::SeqCst) > 0 {
            shared.wake_all();
        }
        while shared.work(0) {}
        let mut waits = 0usize;
        while shared.finished.load(Ordering::Acquire) < count {
            waits += 1;
            if waits.is_multiple_of(SPINS) {
                std::thread::yield_now();
            }
            std::hint::spin_loop();
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::SeqCst);
        self.shared.wake_all();
        for worker in self.workers.drain(..) {
            // A worker's panic was caught and reported where it happened.
            let _ = worker.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_runs_once() {
        let pool = Pool::new(3).unwrap();
        for count in [0, 1, 2, 7, 1000, (1 << 20) + 3] {
            let hits: Vec<AtomicUsize> = (0..count).map(|_| AtomicUsize::new(0)).collect();
            let rounds = if count > 1000 { 1 } else { 50 };
            for _ in 0..rounds {
                pool.run(count, |index| {
                    hits[index].fetch_add(1, Ordering::Relaxed);
                });
            }
            assert!(hits.iter().all(|hit| hit.load(Ordering::Relaxed) == rounds));
        }
    }

    #[test]
    fn a_panic_reaches_the_caller_and_the_pool_lives_on() {
        let pool = Pool::new(2).unwrap();
        let result = catch_unwind(AssertUnwindSafe(|| pool.run(8, |index| assert!(index != 5))));
        assert!(result.is_err());
        let sum = AtomicUsize::new(0);
        pool.run(8, |index| {
            sum.fetch_add(index, Ordering::Relaxed);
        });
        assert_eq!(sum.into_inner(), 28);
    }
}
