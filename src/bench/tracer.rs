//! How many programs a second the tracer runs, its trace written out as text.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use python::{Limits, State, Status, TraceSink, Tracer};
use serde::{Deserialize, Serialize};

use crate::data::files::JsonLines;
use crate::data::sources::{self, Program};

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

/// Writes each entry as a line of text: number, then `name : value` pairs.
#[derive(Default)]
struct TextOut {
    text: String,
    events: u64,
}

impl TraceSink for TextOut {
    fn entry(&mut self, line: usize, state: State<'_>, output: Option<&str>) {
        use std::fmt::Write;
        self.events += 1;
        let _ = write!(self.text, "{line}");
        for (name, value) in state.iter() {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str(" : ");
            self.text.push_str(value);
        }
        if let Some(output) = output {
            self.text.push_str(output);
        }
        self.text.push('\n');
    }
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
