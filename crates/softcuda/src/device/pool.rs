//! Threads that stay between launches, so that a launch costs no thread's start.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

type Job = &'static (dyn Fn() + Sync);
type Outcome = Result<(), Box<dyn std::any::Any + Send>>;

/// Helpers that have nothing to do.
static IDLE: Mutex<Vec<Sender<Task>>> = Mutex::new(Vec::new());

struct Task {
    job: Job,
    done: Arc<Done>,
}

/// Outcomes of the helpers that have finished.
#[derive(Default)]
struct Done {
    outcomes: Mutex<Vec<Outcome>>,
    changed: Condvar,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn helper() -> Option<Sender<Task>> {
    if let Some(idle) = lock(&IDLE).pop() {
        return Some(idle);
    }
    let (sender, tasks) = channel::<Task>();
    let own = sender.clone();
    let spawned = std::thread::Builder::new().name("softcuda".to_owned()).spawn(move || {
        for Task { job, done } in tasks {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            // Idle before the caller goes on, so that its next launch finds this thread.
            lock(&IDLE).push(own.clone());
            lock(&done.outcomes).push(outcome);
            done.changed.notify_one();
        }
    });
    spawned.ok().map(|_| sender)
}

/// Runs a job on the calling thread and on `helpers` more, as far as the system gives them, until all have returned.
pub fn run(helpers: usize, job: &(dyn Fn() + Sync)) {
    let done = Arc::new(Done::default());
    let mut started = 0;
    for _ in 0..helpers {
        let Some(helper) = helper() else { break };
        // SAFETY: this function returns only when every helper has said that it is done with the job.
        let job = unsafe { std::mem::transmute::<&(dyn Fn() + Sync), Job>(job) };
        let task = Task {
            job,
            done: done.clone(),
        };
        started += usize::from(helper.send(task).is_ok());
    }
    let mut mine = catch_unwind(AssertUnwindSafe(job));
    let mut outcomes = lock(&done.outcomes);
    while outcomes.len() < started {
        outcomes = done
            .changed
            .wait(outcomes)
            .unwrap_or_else(|poisoned| poisoned.into_inner());
    }
    for outcome in outcomes.drain(..) {
        mine = mine.and(outcome);
    }
    drop(outcomes);
    if let Err(panic) = mine {
        resume_unwind(panic);
    }
}
