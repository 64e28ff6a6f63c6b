//! `cargo bench -p codeexecutor-python --bench tracer -- [--jobs FILE.jsonl] [--seconds S] [--threads N] [--trace-only] [--plain FILTER]`
//!
//! Traces programs over and over in each thread and prints rates and the share of each phase, by CPU time where the system
//! tells it (so of several threads: what they would do on as many free cores); then runs the loop-heavy programs of `benches/plain` without tracing.

mod shared;

use mimalloc::MiMalloc;
use python::{Limits, Tracer};
use shared::{TextOut, measure, parse_and_compile, small_programs};
use std::hint::black_box;

/// What the binary takes, too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Rounds a second over all programs, and the entries and bytes of text of one round.
fn trace_rounds(programs: &[(String, String)], seconds: f64) -> (f64, u64, usize) {
    let mut tracer = Tracer::new();
    let limits = Limits::default();
    let mut out = TextOut::default();
    let mut bytes = 0;
    let times = measure(seconds, || {
        out.events = 0;
        bytes = 0;
        for (source, stdin) in programs {
            out.text.clear();
            black_box(tracer.run(source, stdin, &limits, &mut out));
            bytes += out.text.len();
        }
    });
    (1.0 / times.mean, out.events, bytes)
}

fn trace_all(name: &str, programs: &[(String, String)], seconds: f64, threads: usize) {
    println!("{name}: {} programs, {threads} threads", programs.len());
    let results: Vec<_> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| trace_rounds(programs, seconds)))
            .collect();
        handles
            .into_iter()
            .map(|handle| handle.join().expect("a thread's rounds"))
            .collect()
    });
    let rounds: f64 = results.iter().map(|result| result.0).sum();
    let (_, events, bytes) = results[0];
    println!(
        "  {:.0} programs/s, {:.0} events/s, {:.1} MB/s of text",
        programs.len() as f64 * rounds,
        events as f64 * rounds,
        bytes as f64 * rounds * 1e-6
    );
    if std::env::args().any(|argument| argument == "--trace-only") {
        return;
    }
    let sources: Vec<&str> = programs.iter().map(|(source, _)| source.as_str()).collect();
    let (parsing, compiling) = parse_and_compile(&sources, seconds / 4.0);
    let mut tracer = Tracer::new();
    let bounded = Limits {
        max_steps: 100_000,
        ..Limits::default()
    };
    let plainly = measure(seconds / 4.0, || {
        for (source, stdin) in programs {
            black_box(tracer.execute(source, stdin, &bounded));
        }
    })
    .mean;
    let each = |seconds: f64| seconds / programs.len() as f64 * 1e6;
    println!(
        "  µs a program: {:.1} parsing, {:.1} compiling, {:.1} without tracing",
        each(parsing),
        each(compiling),
        each(plainly)
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let seconds: f64 = option("--seconds").and_then(|text| text.parse().ok()).unwrap_or(2.0);
    let threads: usize = option("--threads")
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
        .max(1);
    if let Some(path) = option("--jobs") {
        let text = std::fs::read_to_string(&path).expect("a file of jobs");
        let field = |job: &serde_json::Value, name: &str| job[name].as_str().unwrap_or_default().to_owned();
        let programs: Vec<(String, String)> = text
            .lines()
            .map(|line| {
                let job: serde_json::Value = serde_json::from_str(line).expect("a JSON object");
                (field(&job, "code"), field(&job, "stdin"))
            })
            .collect();
        trace_all(&path, &programs, seconds, threads);
        return;
    }
    if option("--plain").is_none() {
        let programs: Vec<_> = small_programs()
            .into_iter()
            .map(|source| (source, String::new()))
            .collect();
        trace_all("programs of a few lines", &programs, seconds, threads);
    }
    let filter = option("--plain").unwrap_or_default();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/plain");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("benches/plain")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().contains(&filter))
        .collect();
    files.sort();
    let mut tracer = Tracer::new();
    let limits = Limits {
        seconds: 60.0,
        ..Limits::default()
    };
    for path in files {
        let source = std::fs::read_to_string(&path).expect("a program");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut outcome = None;
        let times = measure(seconds / 8.0, || outcome = Some(tracer.execute(&source, "", &limits)));
        println!(
            "  {name:<20} {:>8.1} ms at best, {:.1} on average",
            times.best * 1e3,
            times.mean * 1e3
        );
        let outcome = outcome.expect("a run");
        if outcome.exception.is_some() {
            println!("    {:?}", outcome.exception);
        }
    }
}
