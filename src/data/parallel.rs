//! Work spread over threads with its results in the order of its input.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// Stack of threads that run programs, which recurse.
pub const STACK_BYTES: usize = 64 << 20;

struct State<R> {
    results: BTreeMap<u64, Result<R>>,
    wanted: u64,
    /// Set when the input has ended: the number of items.
    end: Option<u64>,
    stopped: bool,
}

/// The number of threads to use where 0 was asked for.
pub fn threads_or_all(threads: usize) -> usize {
    if threads > 0 {
        threads
    } else {
        std::thread::available_parallelism().map_or(1, |count| count.get())
    }
}

/// Calls `work` for each item in `threads` threads, each with a state of its own from `prepare`, and `consume` with the
/// results in the items' order. A bounded number of them lies ready at a time. The first error ends it all.
pub fn ordered<I: Send, S, R: Send>(
    threads: usize,
    input: impl Iterator<Item = Result<I>> + Send,
    prepare: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I) -> Result<R> + Sync,
    mut consume: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let window = 8 * threads as u64;
    let input = Mutex::new((0u64, input));
    let state = Mutex::new(State {
        results: BTreeMap::new(),
        wanted: 0,
        end: None,
        stopped: false,
    });
    let changed = Condvar::new();
    let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);

    let worker = || {
        // A thread that panics must not leave the others waiting.
        let _wake = OnDrop(|| {
            if std::thread::panicking() {
                lock().stopped = true;
            }
            changed.notify_all();
        });
        let mut own = prepare();
        loop {
            let (number, item) = {
                let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
                let mut ready = lock();
                while !ready.stopped && input.0 >= ready.wanted + window {
                    ready = changed.wait(ready).unwrap_or_else(PoisonError::into_inner);
                }
                if ready.stopped || ready.end.is_some() {
                    return;
                }
                drop(ready);
                let item = input.1.next();
                let number = input.0;
                input.0 += 1;
                match item {
                    Some(item) => (number, item),
                    None => {
                        lock().end = Some(number);
                        return;
                    }
                }
            };
            let result = item.and_then(|item| work(&mut own, item));
            lock().results.insert(number, result);
            changed.notify_all();
        }
    };

    std::thread::scope(|scope| {
        let mut handles = Vec::new();
        for number in 0..threads {
            let handle = std::thread::Builder::new()
                .name(format!("worker {number}"))
                .stack_size(STACK_BYTES);
            handles.push(handle.spawn_scoped(scope, worker).context("starting a thread")?);
        }
        let outcome = loop {
            let result = {
                let mut ready = lock();
                loop {
                    let wanted = ready.wanted;
                    if let Some(result) = ready.results.remove(&wanted) {
                        ready.wanted += 1;
                        break Some(result);
                    }
                    if ready.stopped || ready.end == Some(wanted) {
                        break None;
                    }
                    ready = changed.wait(ready).unwrap_or_else(PoisonError::into_inner);
                }
            };
            changed.notify_all();
            match result {
                None => break Ok(()),
                Some(Err(error)) => break Err(error),
                Some(Ok(result)) => {
                    if let Err(error) = consume(result) {
                        break Err(error);
                    }
                }
            }
        };
        lock().stopped = true;
        changed.notify_all();
        let panicked = handles.into_iter().filter_map(|handle| handle.join().err()).count();
        if panicked > 0 && outcome.is_ok() {
            bail!("an internal error stopped a worker thread");
        }
        outcome
    })
}

struct OnDrop<F: Fn()>(F);

impl<F: Fn()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_input() {
        for threads in [1, 3] {
            let mut seen = Vec::new();
            let work = |_: &mut (), number: u64| {
                std::thread::sleep(std::time::Duration::from_micros(number * 7919 % 50));
                Ok(number * 2)
            };
            ordered(
                threads,
                (0..200).map(Ok),
                || (),
                work,
                |number| {
                    seen.push(number);
                    Ok(())
                },
            )
            .unwrap();
            assert_eq!(seen, (0..200).map(|number| number * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn errors_from_all_three_sides_end_it() {
        let run = |bad_input: u64, bad_work: u64, bad_consume: u64| {
            let input = (0..100).map(|i| if i == bad_input { bail!("input {i}") } else { Ok(i) });
            let work = |_: &mut (), i: u64| if i == bad_work { bail!("work {i}") } else { Ok(i) };
            let consume = |i: u64| if i == bad_consume { bail!("consume {i}") } else { Ok(()) };
            ordered(2, input, || (), work, consume).unwrap_err().to_string()
        };
        assert_eq!(run(50, 60, 70), "input 50");
        assert_eq!(run(99, 60, 70), "work 60");
        assert_eq!(run(99, 60, 3), "consume 3");
    }

    #[test]
    fn a_panic_is_an_error() {
        let work = |_: &mut (), i: u64| if i == 5 { panic!("planted") } else { Ok(i) };
        assert!(ordered(2, (0..50).map(Ok), || (), work, |_| Ok(())).is_err());
    }
}
