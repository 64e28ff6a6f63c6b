//! `codeexecutor dataset`: writes data sets in the released schema.

use super::progress::Progress;
use crate::data::example::{DataSet, Rejection, example};
use crate::data::files::{JsonLinesWriter, writable_directory, write_atomically};
use crate::data::generate::{Level, singleline};
use crate::data::parallel::{ordered, threads_or_all};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use python::{Limits, Tracer};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

/// Make data sets of programs with their traces.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// A start state and one line of code, with its end state.
    #[command(after_help = "Examples:
  codeexecutor dataset singleline --count 10000 --seed 1 --out data/singleline
  codeexecutor dataset singleline --count 1000000 --seed 1 --out data/singleline --compress")]
    Singleline(SingleLine),
}

#[derive(Args)]
struct SingleLine {
    /// Examples to write.
    #[arg(long)]
    count: u64,
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The directory; it gets singleline.jsonl or singleline.jsonl.zst, and manifest.json.
    #[arg(long)]
    out: PathBuf,
    /// Compress with zstd (.jsonl.zst).
    #[arg(long)]
    compress: bool,
    /// How hard the lines are: easy or full.
    #[arg(long, default_value = "full", value_parser = level)]
    level: Level,
    /// Threads; 0 takes all cores.
    #[arg(long, default_value_t = 0)]
    threads: usize,
}

fn level(text: &str) -> Result<Level, String> {
    serde_json::from_value(text.into()).map_err(|_| "must be easy or full".to_owned())
}

pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.kind {
        Kind::Singleline(arguments) => run_singleline(&arguments),
    }
}

/// Signals that enough examples were written.
#[derive(Debug)]
struct Enough;

impl std::fmt::Display for Enough {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "enough")
    }
}

impl std::error::Error for Enough {}

fn run_singleline(arguments: &SingleLine) -> Result<()> {
    writable_directory(&arguments.out)?;
    let name = if arguments.compress {
        "singleline.jsonl.zst"
    } else {
        "singleline.jsonl"
    };
    let mut writer = JsonLinesWriter::create(&arguments.out.join(name))?;
    let mut progress = Progress::new("examples", Some(arguments.count));
    let mut rejected: BTreeMap<&'static str, u64> = BTreeMap::new();
    let (mut written, mut drawn) = (0u64, 0u64);
    let mut seen = HashSet::new();
    // Lines raise now and then, and short ones repeat: many more than the count is drawn only where nearly all fail.
    let most = arguments.count.saturating_mul(50).saturating_add(10_000);
    let limits = Limits {
        max_events: 1000,
        max_bytes: 1 << 16,
        seconds: 1.0,
        ..Limits::default()
    };
    let work = |tracer: &mut Tracer, index: u64| {
        let source = singleline(arguments.seed, index, arguments.level);
        let made = example(tracer, 0.into(), DataSet::SingleLine, &source, "", &limits);
        Ok::<_, anyhow::Error>(made)
    };
    let ended = ordered(
        threads_or_all(arguments.threads),
        (0..most).map(Ok),
        Tracer::new,
        work,
        |made| {
            if written == arguments.count {
                return Err(Enough.into());
            }
            drawn += 1;
            match made {
                Ok(mut example) => {
                    if !seen.insert(crate::data::random::stable_hash(&example.code)) {
                        *rejected.entry("duplicate").or_default() += 1;
                        return Ok(());
                    }
                    example.id = written.into();
                    writer.write(&example)?;
                    written += 1;
                    progress.advance(1);
                }
                Err(rejection) => *rejected.entry(Rejection::name(&rejection)).or_default() += 1,
            }
            Ok(())
        },
    );
    progress.finish();
    match ended {
        Err(error) if !error.is::<Enough>() => return Err(error),
        _ => {}
    }
    if written < arguments.count {
        bail!(
            "only {written} of {} examples could be made from {drawn} programs",
            arguments.count
        );
    }
    writer.commit()?;
    let manifest = serde_json::json!({
        "data_set": DataSet::SingleLine,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": arguments.seed,
        "level": arguments.level,
        "files": [name],
        "examples": written,
        "programs_run": drawn,
        "left_out": rejected,
    });
    let text = serde_json::to_string_pretty(&manifest)? + "\n";
    write_atomically(&arguments.out.join("manifest.json"), text.as_bytes())?;
    let left_out: Vec<String> = rejected.iter().map(|(name, count)| format!("{count} {name}")).collect();
    super::print(&format!(
        "{written} examples in {} ({drawn} programs run; left out: {})",
        arguments.out.join(name).display(),
        if left_out.is_empty() {
            "none".to_owned()
        } else {
            left_out.join(", ")
        }
    ))
}
