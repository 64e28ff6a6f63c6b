//! How many mutants a minute are made, run and traced.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use python::mutate::{Mutator, OPERATORS};
use python::{Status, Tracer};
use ruff_python_ast::ModModule;
use serde::Serialize;

use crate::data::example::limits;
use crate::data::parallel::STACK_BYTES;
use crate::data::random::{Stream, stable_hash};
use crate::data::sources::{self, embed};
use crate::data::text::{Code, Joined, trace_text};

/// Lines of the programs that are mutated, blank ones not counted.
const LINES: RangeInclusive<usize> = 10..=20;

/// Mutants that are drawn of a program at a time.
const BLOCK: usize = 64;

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Programs that were mutated, from the corpora that ship.
    pub programs: usize,
    pub threads: usize,
    pub order: usize,
    /// Mutants made, run and traced, whatever became of them.
    pub mutants_per_minute: f64,
    /// Those of them that ran to their end with a trace that no other mutant of their block has.
    pub distinct_per_minute: f64,
    /// Mean trace entries.
    pub entries: f64,
}

#[derive(Default)]
struct Tally {
    mutants: u64,
    distinct: u64,
    entries: u64,
    seconds: f64,
}

/// Mutates programs of 10 to 20 lines in each of `threads` threads for `seconds`; traces go out as tokens.
pub fn run(threads: usize, seconds: f64, order: usize) -> Result<Report> {
    let programs = programs()?;
    let mutator = Mutator::new(OPERATORS.iter().collect()).with_order(order);
    let (next, budget) = (AtomicU64::new(0), Duration::from_secs_f64(seconds));
    let one_thread = || {
        let (mut tracer, mut tally, limits) = (Tracer::new(), Tally::default(), limits(1000));
        let start = Instant::now();
        while start.elapsed() < budget {
            let mut stream = Stream::new(1, "bench mutants", next.fetch_add(1, Ordering::Relaxed));
            let program = &programs[stream.below(programs.len())];
            let mut traces = HashSet::new();
            for mutant in mutator.sample(program, BLOCK, stream.next_u64()) {
                let mut trace = Joined::default();
                let (outcome, entries, _) = trace_text(&mut tracer, Code::from(&mutant), "", &limits, &mut trace);
                tally.mutants += 1;
                tally.entries += entries as u64;
                let ran = outcome.status == Status::Ok && entries > 0;
                tally.distinct += u64::from(ran && traces.insert(stable_hash(&trace.text)));
            }
        }
        tally.seconds = start.elapsed().as_secs_f64();
        tally
    };
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let builder = || std::thread::Builder::new().stack_size(STACK_BYTES);
        let handles: Vec<_> = (0..threads)
            .map(|_| builder().spawn_scoped(scope, one_thread))
            .collect::<std::io::Result<_>>()?;
        let joined = handles.into_iter().map(|handle| handle.join().ok());
        joined.collect::<Option<_>>().context("a thread stopped")
    })?;
    let a_minute = |count: fn(&Tally) -> u64| -> f64 {
        let rates = tallies.iter().map(|tally| count(tally) as f64 / tally.seconds);
        60.0 * rates.sum::<f64>()
    };
    Ok(Report {
        programs: programs.len(),
        threads,
        order,
        mutants_per_minute: a_minute(|tally| tally.mutants),
        distinct_per_minute: a_minute(|tally| tally.distinct),
        entries: a_minute(|tally| tally.entries) / a_minute(|tally| tally.mutants),
    })
}

/// The corpora's programs of that length, their input in them.
fn programs() -> Result<Vec<ModModule>> {
    let (mut tracer, limits) = (Tracer::new(), limits(1000));
    let mut trees = Vec::new();
    for program in [sources::contest(), sources::tutorial_corpus()]
        .iter()
        .flat_map(|source| &source.programs)
    {
        let Ok(source) = embed::self_contained(program, &mut tracer, &limits, false) else {
            continue;
        };
        if LINES.contains(&source.lines().filter(|line| !line.trim().is_empty()).count()) {
            trees.extend(ruff_python_parser::parse_module(&source).map(|parsed| parsed.into_syntax()));
        }
    }
    if trees.is_empty() {
        bail!(
            "the corpora hold no program of {} to {} lines",
            LINES.start(),
            LINES.end()
        );
    }
    Ok(trees)
}
