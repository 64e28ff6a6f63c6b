//! Differential fuzzing against CPython 3.11: `differential [--seed S] [--count N] [--kind grammar|mutants|tokens] [--start RULE]
//! [--grammar FILE] [--corpus FOLDER] [--python COMMAND] [--out FILE] [--jobs FILE]`.
//!
//! Programs come from a grammar (`programs.grammar`: expressions, methods and statements of every kind), from mutation of the
//! programs in a folder, or from edits of their tokens, which mostly gives syntax errors. Each is traced here and by a local
//! `python3`; a program whose status, output, exception or entries differ is written to FILE as a JSON line with both answers.
//! The same seed gives the same programs; `--jobs` only writes them, for `trace_jobs`. Without a CPython 3.11 the programs still run: nothing may panic.

mod grammar;
mod random;
#[path = "../../tests/support/mod.rs"]
mod support;
mod tokens;

use grammar::Grammar;
use python::mutate::{Mutator, OPERATORS};
use python::{Limits, Tracer};
use random::Random;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use support::{Cpython, as_json, without_addresses};

type Failure = Box<dyn std::error::Error>;

struct Options {
    seed: u64,
    count: usize,
    kind: String,
    start: String,
    grammar: Option<String>,
    corpus: String,
    python: String,
    out: String,
    jobs: Option<String>,
}

fn options() -> Result<Options, Failure> {
    let mut options = Options {
        seed: 0,
        count: 10_000,
        kind: "grammar".into(),
        start: "program".into(),
        grammar: None,
        corpus: concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus").into(),
        python: "python3".into(),
        out: "differences.jsonl".into(),
        jobs: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--seed" => options.seed = value.parse()?,
            "--count" => options.count = value.parse()?,
            "--kind" => options.kind = value,
            "--start" => options.start = value,
            "--grammar" => options.grammar = Some(value),
            "--corpus" => options.corpus = value,
            "--python" => options.python = value,
            "--out" => options.out = value,
            "--jobs" => options.jobs = Some(value),
            _ => return Err(format!("unknown option {name}").into()),
        }
    }
    Ok(options)
}

fn main() -> Result<(), Failure> {
    let options = options()?;
    let mut source = Source::new(&options)?;
    if let Some(file) = &options.jobs {
        let mut jobs = std::io::BufWriter::new(std::fs::File::create(file)?);
        for id in 0..options.count {
            if let Some(program) = source.next() {
                writeln!(
                    jobs,
                    "{}",
                    json!({"id": id, "code": program["code"], "stdin": program["stdin"]})
                )?;
            }
        }
        return Ok(());
    }
    let mut cpython = Cpython::start(&options.python);
    if cpython.is_none() {
        eprintln!("{} is not CPython 3.11: programs run here only", options.python);
    }
    let mut out = std::fs::File::create(&options.out)?;
    let mut tracer = Tracer::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    let mut done = 0;
    while done < options.count {
        let batch: Vec<Value> = (0..32).filter_map(|_| source.next()).collect();
        done += batch.len();
        let ours: Vec<Value> = batch.iter().map(|program| trace_here(&mut tracer, program)).collect();
        for answer in ours.iter().filter(|answer| answer["status"] == "unsupported") {
            *refused
                .entry(text(&answer["exception"]["message"]).to_owned())
                .or_default() += 1;
        }
        let Some(peer) = &mut cpython else { continue };
        let Some(theirs) = peer.trace(&batch) else {
            *counts.entry("lost with CPython".into()).or_default() += batch.len();
            continue;
        };
        for ((program, ours), theirs) in batch.iter().zip(&ours).zip(&theirs) {
            let mut verdict = judge(ours, theirs);
            if verdict == "different" {
                // Once more in a process of its own: an earlier program may have left something behind.
                let mut alone = program.clone();
                alone["fork"] = json!(true);
                let again = peer.trace(&[alone]).and_then(|mut answers| answers.pop());
                verdict = again.as_ref().map_or("lost with CPython", |theirs| judge(ours, theirs));
                if let (Some(theirs), "different") = (again, verdict) {
                    let code = text(&program["code"]);
                    let line = json!({"code": code, "stdin": program["stdin"], "ours": ours, "cpython": theirs});
                    writeln!(out, "{line}")?;
                }
            }
            *counts.entry(verdict.into()).or_default() += 1;
        }
    }
    println!("{done} programs: {counts:?}");
    let mut refused: Vec<_> = refused.into_iter().collect();
    refused.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (message, count) in refused.iter().take(25) {
        println!("{count:8} refused: {message}");
    }
    Ok(())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn trace_here(tracer: &mut Tracer, program: &Value) -> Value {
    as_json(&tracer.trace(text(&program["code"]), text(&program["stdin"]), &Limits::default()))
}

/// `same`, `refused`, `limit` (either side met one: the answers need not agree) or `different`.
fn judge(ours: &Value, theirs: &Value) -> &'static str {
    if ours["status"] == "unsupported" {
        "refused"
    } else if ours["status"] == "limit" || theirs["status"] == "limit" {
        "limit"
    } else if ["status", "stdout", "exception", "trace"]
        .iter()
        .all(|part| same_text(&ours[part], &theirs[part]))
        || without_addresses(ours) == without_addresses(theirs)
    {
        "same"
    } else {
        "different"
    }
}

/// Where programs come from.
struct Source {
    random: Random,
    kind: Kind,
}

enum Kind {
    Grammar(Grammar, String),
    Mutants(Mutator, Vec<(String, String)>),
    Tokens(Vec<(String, String)>),
}

impl Source {
    fn new(options: &Options) -> Result<Source, Failure> {
        let kind = match options.kind.as_str() {
            "grammar" => {
                let text = match &options.grammar {
                    Some(file) => std::fs::read_to_string(file)?,
                    None => include_str!("programs.grammar").to_owned(),
                };
                Kind::Grammar(Grammar::parse(&text)?, options.start.clone())
            }
            "mutants" => Kind::Mutants(Mutator::new(OPERATORS.iter().collect()), corpus(&options.corpus)?),
            "tokens" => Kind::Tokens(corpus(&options.corpus)?),
            other => return Err(format!("unknown kind {other}: grammar, mutants or tokens").into()),
        };
        Ok(Source {
            random: Random::new(options.seed),
            kind,
        })
    }

    /// The next program; None where a draw gave none.
    fn next(&mut self) -> Option<Value> {
        let random = &mut self.random;
        let (code, stdin) = match &self.kind {
            Kind::Grammar(grammar, start) => (
                grammar.expand(start, random),
                "3 5\n1 2 3\nabc\n-7\n\n4.5 x\n".to_owned(),
            ),
            Kind::Mutants(mutator, programs) => {
                let (code, stdin) = &programs[random.below(programs.len())];
                let module = ruff_python_parser::parse_module(code).ok()?;
                let order = 1 + random.below(3);
                let mutants = mutator
                    .clone()
                    .with_order(order)
                    .sample(module.syntax(), 1, random.next());
                (mutants.into_iter().next()?.source, stdin.clone())
            }
            Kind::Tokens(programs) => {
                let (code, stdin) = &programs[random.below(programs.len())];
                (tokens::edit(code, random), stdin.clone())
            }
        };
        Some(json!({"code": code, "stdin": stdin}))
    }
}

/// The `*.py` of a folder and of the folders in it, each with its `*.in`.
fn corpus(folder: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut programs = Vec::new();
    let mut folders = vec![Path::new(folder).to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "py") {
                let stdin = std::fs::read_to_string(path.with_extension("in")).unwrap_or_default();
                programs.push((std::fs::read_to_string(&path)?, stdin));
            }
        }
    }
    if programs.is_empty() {
        return Err(format!("{folder}: no *.py files").into());
    }
    programs.sort();
    Ok(programs)
}

/// Compares as text, so that the order of variables counts.
fn same_text(a: &Value, b: &Value) -> bool {
    let text = [a, b].map(Value::to_string);
    text[0] == text[1]
}
