//! How many programs a second the tracer runs, its trace written out as text; what parsing and compiling take of it; programs of
//! a few lines; and loop-heavy programs without tracing.

#[path = "../../crates/python/benches/shared/mod.rs"]
mod shared;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use include_dir::{Dir, include_dir};
use python::{Limits, Status, Tracer};
use serde::{Deserialize, Serialize};

use crate::data::files::JsonLines;
use crate::data::sources::{self, Program};
use shared::{TextOut, measure, parse_and_compile, small_programs};

/// A line of a file of programs: what `trace --jobs` reads.
#[derive(Deserialize)]
struct Job {
    code: String,
    #[serde(default)]
    stdin: String,
}

/// The programs of a JSON-lines file, or of the corpora that ship.
pub fn programs(path: Option<&Path>) -> Result<Vec<Program>> {
    let programs: Vec<Program> = match path {
        Some(path) => JsonLines::<Job>::open(path)?
            .map(|line| {
                line.map(|(n, job)| Program {
                    name: n.to_string(),
                    source: job.code,
                    stdin: job.stdin,
                })
            })
            .collect::<Result<_>>()?,
        None => [sources::contest(), sources::tutorial_corpus()]
            .into_iter()
            .flat_map(|source| source.programs)
            .collect(),
    };
    ensure!(!programs.is_empty(), "there is no program to trace");
    Ok(programs)
}

/// Loop-heavy programs, to compare with `python3 FILE`.
static PLAIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/crates/python/benches/plain");

/// A loop-heavy program, run without tracing.
#[derive(Debug, Serialize)]
pub struct Plain {
    pub program: String,
    /// The best of several runs.
    pub milliseconds: f64,
}

/// What was measured beside the rates of whole programs, in one thread.
#[derive(Debug, Serialize)]
pub struct Parts {
    /// A program, on average.
    pub parse_microseconds: f64,
    /// A program, on average, without parsing.
    pub compile_microseconds: f64,
    /// Programs of four to six lines.
    pub small_programs_per_second: f64,
    pub plain: Vec<Plain>,
}

/// Measures the parts, for about `seconds` in all.
pub fn parts(programs: &[Program], seconds: f64, limits: &Limits) -> Parts {
    let share = seconds / 4.0;
    let sources: Vec<&str> = programs.iter().map(|program| program.source.as_str()).collect();
    let (parsing, compiling) = parse_and_compile(&sources, share);
    let small: Vec<Program> = small_programs()
        .into_iter()
        .enumerate()
        .map(|(number, source)| Program {
            name: number.to_string(),
            source,
            stdin: String::new(),
        })
        .collect();
    let small = run(&small, 1, share, limits);
    let mut files: Vec<_> = PLAIN.files().collect();
    files.sort_by_key(|file| file.path());
    let mut tracer = Tracer::new();
    let unhurried = Limits {
        seconds: 60.0,
        ..limits.clone()
    };
    let plain = files
        .iter()
        .filter_map(|file| Some((file.path().display().to_string(), file.contents_utf8()?)))
        .map(|(program, source)| Plain {
            milliseconds: 1e3
                * measure(share / files.len() as f64, || {
                    black_box(tracer.execute(source, "", &unhurried));
                })
                .best,
            program,
        })
        .collect();
    Parts {
        parse_microseconds: parsing / programs.len() as f64 * 1e6,
        compile_microseconds: compiling / programs.len() as f64 * 1e6,
        small_programs_per_second: small.programs_per_second,
        plain,
    }
}

/// What was measured. Rates count whole rounds over the programs.
#[derive(Debug, Serialize)]
pub struct Report {
    pub programs: usize,
    pub threads: usize,
    pub seconds: f64,
    pub programs_per_second: f64,
    pub events_per_second: f64,
    pub megabytes_per_second: f64,
    /// Programs by status, in one round.
    pub statuses: Vec<(&'static str, usize)>,
}

/// Traces all programs over and over, for `seconds` in each of `threads` threads.
pub fn run(programs: &[Program], threads: usize, seconds: f64, limits: &Limits) -> Report {
    let budget = Duration::from_secs_f64(seconds);
    let one_thread = || {
        let mut tracer = Tracer::new();
        let mut out = TextOut::default();
        let round = |tracer: &mut Tracer, out: &mut TextOut| -> Vec<Status> {
            programs
                .iter()
                .map(|program| {
                    out.text.clear();
                    tracer.run(&program.source, &program.stdin, limits, out).status
                })
                .collect()
        };
        // The first round is not counted: it fills the arenas.
        let statuses = round(&mut tracer, &mut out);
        out.events = 0;
        let (mut rounds, mut bytes) = (0u64, 0u64);
        let start = Instant::now();
        while rounds == 0 || start.elapsed() < budget {
            for program in programs {
                out.text.clear();
                tracer.run(&program.source, &program.stdin, limits, &mut out);
                bytes += out.text.len() as u64;
            }
            rounds += 1;
        }
        (start.elapsed().as_secs_f64(), rounds, out.events, bytes, statuses)
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(one_thread)).collect();
        handles.into_iter().filter_map(|handle| handle.join().ok()).collect()
    });
    let rate = |count: &dyn Fn(u64, u64, u64) -> f64| -> f64 {
        results
            .iter()
            .map(|(seconds, rounds, events, bytes, _)| count(*rounds, *events, *bytes) / seconds)
            .sum()
    };
    let mut statuses: Vec<(&'static str, usize)> = Vec::new();
    for status in results.first().map(|result| result.4.as_slice()).unwrap_or_default() {
        match statuses.iter_mut().find(|(name, _)| *name == status.name()) {
            Some((_, count)) => *count += 1,
            None => statuses.push((status.name(), 1)),
        }
    }
    Report {
        programs: programs.len(),
        threads,
        seconds: results.iter().map(|result| result.0).fold(0.0, f64::max),
        programs_per_second: rate(&|rounds, _, _| (rounds * programs.len() as u64) as f64),
        events_per_second: rate(&|_, events, _| events as f64),
        megabytes_per_second: rate(&|_, _, bytes| bytes as f64 * 1e-6),
        statuses,
    }
}
