//! How many programs a second the tracer runs, its trace written out as text; what parsing and compiling take of it; programs of
//! a few lines; and loop-heavy programs without tracing.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use include_dir::{Dir, include_dir};
use python::compiler::{CompileOptions, compile};
use python::syntax::{LineIndex, parse};
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

/// Programs of a few lines each.
fn small_programs() -> Vec<Program> {
    (0..64)
        .map(|i| Program {
            name: i.to_string(),
            source: match i % 4 {
                0 => format!("a = {i}\nb = a * 3 + 1\nc = [a, b]\nc.append(a - b)\nprint(c)\n"),
                1 => format!("s = 'word{i}'\nt = s.upper()\nn = len(t)\nd = {{'s': s, 'n': n}}\n"),
                2 => format!(
                    "total = 0\nfor i in range({}):\n    total += i * i\nprint(total)\n",
                    i % 9
                ),
                _ => format!("x = {i}\nif x % 2:\n    y = x // 2\nelse:\n    y = x * 2\nz = (x, y)\n"),
            },
            stdin: String::new(),
        })
        .collect()
}

/// Loop-heavy programs, to compare with `python3 FILE`.
static PLAIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/crates/python/benches/plain");

/// A loop-heavy program, run without tracing.
#[derive(Debug, Serialize)]
pub struct Plain {
    pub program: String,
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

/// Seconds that each call of `work` takes, over about `seconds`.
fn each(seconds: f64, mut work: impl FnMut()) -> f64 {
    work();
    let start = Instant::now();
    let mut rounds = 0u32;
    while rounds == 0 || start.elapsed().as_secs_f64() < seconds {
        work();
        rounds += 1;
    }
    start.elapsed().as_secs_f64() / f64::from(rounds)
}

/// Measures the parts, for about `seconds` in all.
pub fn parts(programs: &[Program], seconds: f64, limits: &Limits) -> Parts {
    let share = seconds / 4.0;
    let parsing = each(share, || {
        for program in programs {
            let _ = black_box(parse(&program.source));
        }
    });
    let trees: Vec<_> = programs
        .iter()
        .filter_map(|program| Some((parse(&program.source).ok()?, LineIndex::new(&program.source))))
        .collect();
    let compiling = each(share, || {
        for (tree, lines) in &trees {
            let _ = black_box(compile(tree, lines, &CompileOptions { traced: true }));
        }
    });
    let small = run(&small_programs(), 1, share, limits);
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
                * each(share / files.len() as f64, || {
                    black_box(tracer.execute(source, "", &unhurried));
                }),
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
