//! `fuzz SECONDS SEED [FILE.jsonl|FILE.py]...`: runs arbitrary bytes, recombined programs and programs of the grammar that
//! `differential` draws from; stops at the first panic.
//!
//! The program that runs stands in `/dev/shm/fuzz-SEED.py` (or the system's temporary folder) while it does, up to the first nul:
//! after an abort it is there.

#[path = "differential/grammar.rs"]
mod grammar;
#[path = "differential/random.rs"]
mod random;

use grammar::Grammar;
use python::{Limits, Tracer};
use random::Random;
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

const PIECES: &[&str] = &[
    "0",
    "1",
    "-1",
    "2**63",
    "-2**63",
    "10**30",
    "1e308",
    "float('nan')",
    "''",
    "'a'",
    "'é🎈'",
    "b'\\xff'",
    "[]",
    "()",
    "{}",
    "set()",
    "None",
    "True",
    "...",
    "x",
    "self",
    "lambda: 0",
    "range(10**20)",
    "slice(None)",
    "object()",
    "type",
    "int",
    "str",
    "print",
    "len",
    "*",
    "**",
    "//",
    "%",
    "@",
    "<<",
    ">>",
    "not",
    "in",
    "is",
    "and",
    "or",
    "if",
    "else",
    "for",
    "while",
    "yield",
    "await",
    "return",
    "raise",
    "try:",
    "except:",
    "finally:",
    "with",
    "as",
    "import",
    "from",
    "global x",
    "nonlocal x",
    "del x",
    "assert",
    "class A:",
    "def f(x, *y, z=1, **k):",
    "match x:",
    "case _:",
    ":=",
    "->",
    "f'{x!r:>{y}}'",
    "'%*d' % (5, 1)",
    "\\",
    "\n",
    "\n    ",
    "\t",
    "#",
    ";",
    "__init__",
    "__repr__",
    "__eq__",
    "__hash__",
    "__getattr__",
    "__class__",
    "__dict__",
    "super()",
    "iter(x)",
    "next(x)",
];

/// One program: of the grammar, bytes, or lines and pieces of others.
fn program(random: &mut Random, sources: &[String], grammar: &Grammar) -> String {
    if random.below(3) == 0 {
        return grammar.expand("program", random);
    }
    if sources.is_empty() || random.below(4) == 0 {
        return match random.below(2) {
            0 => {
                let bytes: Vec<u8> = (0..random.below(80)).map(|_| random.next() as u8).collect();
                String::from_utf8_lossy(&bytes).into_owned()
            }
            _ => (0..random.below(40))
                .map(|_| format!("{} ", PIECES[random.below(PIECES.len())]))
                .collect(),
        };
    }
    let mut lines: Vec<String> = sources[random.below(sources.len())]
        .lines()
        .map(str::to_owned)
        .collect();
    let other: Vec<&str> = sources[random.below(sources.len())].lines().collect();
    for _ in 0..1 + random.below(6) {
        let at = random.below(lines.len() + 1);
        match random.below(7) {
            0 if !other.is_empty() => lines.insert(at, other[random.below(other.len())].to_owned()),
            1 if at < lines.len() => {
                lines.remove(at);
            }
            2 if at < lines.len() => {
                let from = random.below(lines.len());
                lines.swap(at, from);
            }
            3 if at < lines.len() => {
                let words: Vec<&str> = lines[at].split(' ').collect();
                let chosen = random.below(words.len());
                let new = PIECES[random.below(PIECES.len())];
                lines[at] = words
                    .iter()
                    .enumerate()
                    .map(|(i, word)| if i == chosen { new } else { word })
                    .collect::<Vec<_>>()
                    .join(" ");
            }
            4 if at < lines.len() => {
                // A number or name becomes something else.
                let line = lines[at].clone();
                let places: Vec<usize> = line
                    .char_indices()
                    .filter(|(_, c)| c.is_alphanumeric())
                    .map(|(i, _)| i)
                    .collect();
                if let Some(&place) = places.get(random.below(places.len())) {
                    let end = line[place..]
                        .find(|c: char| !c.is_alphanumeric() && c != '_')
                        .map_or(line.len(), |e| place + e);
                    lines[at] = format!(
                        "{}{}{}",
                        &line[..place],
                        PIECES[random.below(PIECES.len())],
                        &line[end..]
                    );
                }
            }
            5 if at < lines.len() => {
                let line = lines[at].clone();
                let cut = line
                    .char_indices()
                    .map(|(i, _)| i)
                    .nth(random.below(line.chars().count().max(1)))
                    .unwrap_or(0);
                lines[at] = line[..cut].to_owned();
            }
            _ => lines.insert(
                at,
                format!(
                    "{}{}",
                    " ".repeat(4 * random.below(3)),
                    PIECES[random.below(PIECES.len())]
                ),
            ),
        }
    }
    lines.join("\n") + "\n"
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<u64>().ok());
    let (Some(seconds), Some(seed)) = (number(1), number(2)) else {
        return Err("usage: fuzz SECONDS SEED [FILE.jsonl|FILE.py]...".into());
    };
    let mut sources = Vec::new();
    for path in &arguments[3..] {
        let text = std::fs::read_to_string(path)?;
        if path.ends_with(".jsonl") {
            for line in text.lines() {
                let job: serde_json::Value = serde_json::from_str(line)?;
                sources.extend(job["code"].as_str().map(str::to_owned));
            }
        } else {
            sources.push(text);
        }
    }
    // In memory where there is such a place: it is written before each of many short runs.
    let shared = std::path::PathBuf::from("/dev/shm");
    let folder = if shared.is_dir() { shared } else { std::env::temp_dir() };
    let current = folder.join(format!("fuzz-{seed}.py"));
    // One program in a hundred may go on for longer.
    let short = Limits {
        max_events: 60,
        max_bytes: 20_000,
        max_steps: 4_000,
        max_memory: 16 << 20,
        max_output: 1 << 14,
        seconds: 0.5,
    };
    let long = Limits {
        max_events: 3_000,
        max_bytes: 1 << 20,
        max_steps: 200_000,
        max_memory: 64 << 20,
        max_output: 1 << 20,
        seconds: 2.0,
    };
    let grammar = Grammar::parse(include_str!("differential/programs.grammar"))?;
    let current = std::fs::File::create(&current)?;
    let mut random = Random::new(seed);
    let mut tracer = Tracer::new();
    let start = Instant::now();
    let (mut runs, mut ran, mut slowest) = (0u64, 0u64, 0.0f64);
    while start.elapsed().as_secs() < seconds {
        let source = program(&mut random, &sources, &grammar);
        current.write_all_at(source.as_bytes(), 0)?;
        current.write_all_at(b"\0", source.len() as u64)?;
        let limits = if random.below(100) == 0 { &long } else { &short };
        let began = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| tracer.run(&source, "1 2\n3\n", limits, &mut ())));
        let took = began.elapsed().as_secs_f64();
        if took > slowest {
            slowest = took;
            if took > 0.6 * limits.seconds + 0.4 {
                println!("slow ({took:.1} s): {source:?}");
            }
        }
        match result {
            Ok(outcome) => ran += u64::from(outcome.status != python::Status::SyntaxError),
            Err(_) => {
                println!("panic after {runs} runs: {source:?}");
                std::process::exit(1);
            }
        }
        runs += 1;
    }
    println!("{runs} runs, {ran} of them beyond the compiler; the slowest took {slowest:.2} s");
    Ok(())
}
