//! `cargo bench -p codeexecutor-python --bench tracer -- [--jobs FILE.jsonl] [--seconds S] [--plain FILTER]`
//!
//! Traces programs over and over in one thread and prints rates and the share of each phase, by CPU time where the system
//! tells it; then runs the loop-heavy programs of `benches/plain` without tracing.

use mimalloc::MiMalloc;
use python::{Limits, State, TraceSink, Tracer};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What the binary takes, too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// CPU time of this thread, or wall time where there is no such count.
fn now(start: Instant) -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .map_or_else(|| start.elapsed(), Duration::from_nanos)
}

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

/// Programs of a few lines each.
fn small_programs() -> Vec<(String, String)> {
    (0..64)
        .map(|i| {
            let source = match i % 4 {
                0 => format!("a = {i}\nb = a * 3 + 1\nc = [a, b]\nc.append(a - b)\nprint(c)\n"),
                1 => format!("s = 'word{i}'\nt = s.upper()\nn = len(t)\nd = {{'s': s, 'n': n}}\n"),
                2 => format!(
                    "total = 0\nfor i in range({}):\n    total += i * i\nprint(total)\n",
                    i % 9
                ),
                _ => format!("x = {i}\nif x % 2:\n    y = x // 2\nelse:\n    y = x * 2\nz = (x, y)\n"),
            };
            (source, String::new())
        })
        .collect()
}

fn measure(what: &str, seconds: f64, mut round: impl FnMut()) -> f64 {
    round();
    let wall = Instant::now();
    let start = now(wall);
    let mut rounds = 0u32;
    while rounds == 0 || wall.elapsed().as_secs_f64() < seconds {
        round();
        rounds += 1;
    }
    let each = (now(wall) - start).as_secs_f64() / f64::from(rounds);
    println!("  {what:<28} {:>10.3} ms a round", each * 1e3);
    each
}

fn trace_all(name: &str, programs: &[(String, String)], seconds: f64) {
    println!("{name}: {} programs", programs.len());
    let mut tracer = Tracer::new();
    let limits = Limits::default();
    let mut out = TextOut::default();
    let mut round_events = 0;
    let mut bytes = 0;
    let each = measure("trace to text", seconds, || {
        out.events = 0;
        bytes = 0;
        for (source, stdin) in programs {
            out.text.clear();
            black_box(tracer.run(source, stdin, &limits, &mut out));
            bytes += out.text.len();
        }
        round_events = out.events;
    });
    println!(
        "  {:.0} programs/s, {:.0} events/s, {:.1} MB/s of text",
        programs.len() as f64 / each,
        round_events as f64 / each,
        bytes as f64 / each * 1e-6
    );
    if std::env::args().any(|argument| argument == "--trace-only") {
        return;
    }
    measure("parse", seconds / 4.0, || {
        for (source, _) in programs {
            let _ = black_box(python::syntax::parse(source));
        }
    });
    let trees: Vec<_> = programs
        .iter()
        .filter_map(|(source, _)| {
            Some((
                python::syntax::parse(source).ok()?,
                python::syntax::LineIndex::new(source),
            ))
        })
        .collect();
    measure("compile", seconds / 4.0, || {
        for (tree, lines) in &trees {
            let options = python::compiler::CompileOptions { traced: true };
            let _ = black_box(python::compiler::compile(tree, lines, &options));
        }
    });
    let bounded = Limits {
        max_steps: 100_000,
        ..limits.clone()
    };
    measure("run without tracing", seconds / 4.0, || {
        for (source, stdin) in programs {
            black_box(tracer.execute(source, stdin, &bounded));
        }
    });
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let seconds: f64 = option("--seconds").and_then(|text| text.parse().ok()).unwrap_or(2.0);
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
        trace_all(&path, &programs, seconds);
        if option("--each").is_some() {
            for (number, program) in programs.iter().enumerate() {
                print!("{number}");
                trace_all("", std::slice::from_ref(program), 0.01);
            }
        }
        return;
    }
    if option("--plain").is_none() {
        trace_all("programs of a few lines", &small_programs(), seconds);
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
        measure(&name, seconds / 8.0, || {
            outcome = Some(tracer.execute(&source, "", &limits))
        });
        let outcome = outcome.expect("a run");
        if outcome.exception.is_some() {
            println!("    {:?}", outcome.exception);
        }
    }
}
