//! Differential fuzzing against CPython 3.11: `differential [--seed S] [--count N] [--seconds S] [--kind mixed|grammar|mutants|tokens]
//! [--start RULE] [--grammar FILE] [--corpus FOLDER|FILE.jsonl]... [--python COMMAND] [--out FILE] [--ledger FILE] [--label TEXT]
//! [--jobs FILE]`.
//!
//! Programs come from a grammar (`programs.grammar`: expressions, methods and statements of every kind), from mutation of the
//! programs of a corpus, or from edits of their tokens, which mostly gives syntax errors. Each is traced here and by a local
//! `python3`, within the same bounds of events and of state. Where status, output, exception or entries differ, the program runs
//! once more in a CPython process of its own; if they differ still, the first programs of each kind of difference are made
//! smaller and written to `--out` as JSON lines with both answers, as they come. The same seed gives the same programs;
//! `--ledger` keeps the counts of all runs, `--jobs` only writes the programs, for `trace_jobs`. Without a CPython 3.11 they still
//! run here: nothing may panic.

mod answer;
mod grammar;
mod ledger;
mod peer;
mod random;
mod reduce;
mod source;
mod tokens;

use answer::{Verdict, judge, signature, trace_here};
use ledger::Ledger;
use peer::Peer;
use python::{Status, Tracer};
use serde_json::json;
use source::{Program, Source};
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error>;

/// Programs handed over at a time.
const BATCH: usize = 256;
/// Programs after which the peer starts anew: what they left behind adds up.
const RENEWAL: u64 = 50_000;
/// Programs of a batch answered otherwise in a process of their own, after which the peer starts anew as well: one of them has
/// changed what the others see.
const CHANGED: u32 = 4;
/// Programs of one kind of difference that are written.
const EXAMPLES: usize = 2;
const PROGRESS: Duration = Duration::from_secs(30);

struct Options {
    seed: u64,
    count: u64,
    seconds: u64,
    kind: String,
    start: String,
    grammar: Option<String>,
    corpora: Vec<String>,
    python: String,
    out: String,
    ledger: Option<String>,
    label: String,
    jobs: Option<String>,
}

fn options() -> Result<Options, Failure> {
    let mut options = Options {
        seed: 0,
        count: 10_000,
        seconds: u64::MAX,
        kind: "mixed".into(),
        start: "program".into(),
        grammar: None,
        corpora: Vec::new(),
        python: "python3".into(),
        out: "differences.jsonl".into(),
        ledger: None,
        label: String::new(),
        jobs: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--seed" => options.seed = value.parse()?,
            "--count" => options.count = value.parse()?,
            "--seconds" => options.seconds = value.parse()?,
            "--kind" => options.kind = value,
            "--start" => options.start = value,
            "--grammar" => options.grammar = Some(value),
            "--corpus" => options.corpora.push(value),
            "--python" => options.python = value,
            "--out" => options.out = value,
            "--ledger" => options.ledger = Some(value),
            "--label" => options.label = value,
            "--jobs" => options.jobs = Some(value),
            _ => return Err(format!("unknown option {name}").into()),
        }
    }
    if options.corpora.is_empty() {
        options
            .corpora
            .push(concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus").into());
    }
    Ok(options)
}

fn main() -> Result<(), Failure> {
    let options = options()?;
    let grammar = match &options.grammar {
        Some(file) => std::fs::read_to_string(file)?,
        None => include_str!("programs.grammar").to_owned(),
    };
    let mut source = Source::new(options.seed, &options.kind, &grammar, &options.start, &options.corpora)?;
    if let Some(file) = &options.jobs {
        let mut jobs = std::io::BufWriter::new(File::create(file)?);
        for id in 0..options.count {
            if let Some(program) = source.next() {
                writeln!(
                    jobs,
                    "{}",
                    json!({"id": id, "code": program.code, "stdin": program.stdin})
                )?;
            }
        }
        return Ok(());
    }
    let peers = Peer::start(&options.python, false).zip(Peer::start(&options.python, true));
    if peers.is_none() {
        eprintln!("{} is not CPython 3.11: programs run here only", options.python);
    }
    let mut run = Run {
        tracer: Tracer::new(),
        peers,
        ledger: Ledger::open(options.ledger.clone(), options.seed, options.label.clone())?,
        seen: HashSet::new(),
        differences: BTreeMap::new(),
        refused: BTreeMap::new(),
        changed: 0,
        out: File::create(&options.out)?,
    };
    let start = Instant::now();
    let mut told = start;
    let mut renewal = RENEWAL;
    let mut sent = Vec::new();
    while (run.seen.len() as u64) < options.count && start.elapsed().as_secs() < options.seconds {
        let next = run.trace_batch(&mut source);
        let answers = run.answers(&sent);
        if run.changed >= CHANGED || run.ledger.programs() >= renewal {
            renewal = run.ledger.programs() + RENEWAL;
            run.restart();
        }
        // The peer works on these while the ones before are judged and the ones after are made.
        if let Some((peer, _)) = &mut run.peers {
            peer.send(next.iter().map(|(program, _)| program));
        }
        run.settle_batch(std::mem::replace(&mut sent, next), answers)?;
        if told.elapsed() >= PROGRESS {
            told = Instant::now();
            run.tell(start)?;
        }
    }
    let answers = run.answers(&sent);
    run.settle_batch(sent, answers)?;
    run.tell(start)?;
    run.report();
    Ok(())
}

struct Run {
    tracer: Tracer,
    /// One that runs many programs, and one that forks for each.
    peers: Option<(Peer, Peer)>,
    ledger: Ledger,
    /// Hashes of the programs that have run.
    seen: HashSet<u64>,
    /// By signature.
    differences: BTreeMap<String, usize>,
    /// By message.
    refused: BTreeMap<String, usize>,
    /// Programs of the last batch that the peer answered otherwise in a process of their own.
    changed: u32,
    out: File,
}

impl Run {
    /// The next programs that have not run yet and are not refused, with this crate's answers.
    fn trace_batch(&mut self, source: &mut Source) -> Vec<(Program, String)> {
        let mut batch = Vec::new();
        for program in (0..BATCH).filter_map(|_| source.next()) {
            if !self.seen.insert(hash(&program)) {
                continue;
            }
            let (answer, outcome) = trace_here(&mut self.tracer, &program);
            if outcome.status == Status::Unsupported {
                let message = outcome.exception.map(|exception| exception.message);
                *self.refused.entry(message.unwrap_or_default()).or_default() += 1;
                self.ledger.count(program.kind, Some(Verdict::Refused));
            } else {
                batch.push((program, answer));
            }
        }
        batch
    }

    /// The peer's answers to what has been sent; None for a program that took the peer's process with it.
    fn answers(&mut self, sent: &[(Program, String)]) -> Vec<Option<String>> {
        let Some((peer, _)) = &mut self.peers else {
            return vec![None; sent.len()];
        };
        let mut answers = Vec::with_capacity(sent.len());
        while answers.len() < sent.len() {
            let answer = peer.answer();
            let lost = answer.is_none();
            answers.push(answer);
            if lost {
                peer.send(sent[answers.len()..].iter().map(|(program, _)| program));
            }
        }
        answers
    }

    fn settle_batch(&mut self, batch: Vec<(Program, String)>, answers: Vec<Option<String>>) -> Result<(), Failure> {
        self.changed = 0;
        for ((program, ours), theirs) in batch.into_iter().zip(answers) {
            self.settle(program, ours, theirs)?;
        }
        Ok(())
    }

    fn restart(&mut self) {
        if let Some((peer, _)) = &mut self.peers {
            peer.restart();
        }
        self.changed = 0;
    }

    /// Judges one program, and takes a second look at what differs.
    fn settle(&mut self, program: Program, ours: String, theirs: Option<String>) -> Result<(), Failure> {
        let mut verdict = theirs.map(|theirs| judge(&ours, &theirs));
        let kind = program.kind;
        if let (Some(Verdict::Different), Some((_, alone))) = (verdict, &mut self.peers) {
            // Once more where no earlier program has left anything behind.
            let again = alone.ask(&program);
            verdict = again.as_ref().map(|theirs| judge(&ours, theirs));
            match again {
                Some(theirs) if verdict == Some(Verdict::Different) => self.keep(program, ours, theirs)?,
                _ => self.changed += 1,
            }
        }
        self.ledger.count(kind, verdict);
        Ok(())
    }

    /// Counts a difference; the first ones of its kind are written.
    fn keep(&mut self, program: Program, ours: String, theirs: String) -> Result<(), Failure> {
        let signature = signature(&ours, &theirs);
        let count = self.differences.entry(signature.clone()).or_default();
        *count += 1;
        if *count == 1 {
            println!("new: {signature}");
        }
        if let (true, Some((_, alone))) = (*count <= EXAMPLES, &mut self.peers) {
            let (program, ours, theirs) = reduce::reduce(program, ours, theirs, &mut self.tracer, alone);
            let line = json!({
                "signature": signature, "kind": program.kind.name(), "code": program.code, "stdin": program.stdin,
                "ours": answer::as_json(&ours), "cpython": answer::as_json(&theirs),
            });
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn tell(&self, start: Instant) -> Result<(), Failure> {
        let (programs, seconds) = (self.ledger.programs(), start.elapsed().as_secs_f64());
        println!(
            "{programs} programs ({:.0}/s; {} in all runs): {}; {} kinds of difference",
            programs as f64 / seconds,
            self.ledger.total(),
            self.ledger.summary(),
            self.differences.len()
        );
        self.ledger.save(self.differences.len())
    }

    fn report(&self) {
        for (title, counts) in [("refused", &self.refused), ("different", &self.differences)] {
            let mut counts: Vec<_> = counts.iter().collect();
            counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            for (message, count) in counts.iter().take(40) {
                println!("{count:8} {title}: {message}");
            }
        }
    }
}

fn hash(program: &Program) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&program.code, &program.stdin).hash(&mut hasher);
    hasher.finish()
}
