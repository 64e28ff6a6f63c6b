//! `codeexecutor dataset`: makes data sets of programs with their traces, and shows what is in them.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand, ValueEnum};
use python::Limits;
use python::mutate::OPERATORS;

use super::mutate::operators_named;
use super::progress::Progress;
use crate::data::dataset::inspect::{Summary, summarize};
use crate::data::dataset::{Filters, Format, Origin, Plan, Settings, build, parse_part, picture, reasons};
use crate::data::example::DataSet;
use crate::data::generate::Level;
use crate::data::parallel::threads_or_all;
use crate::data::sources::{self, Source};
use crate::data::tokenizer::Tokenizer;

/// Make data sets of programs with their traces, or look at one.
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
  codeexecutor dataset singleline --from programs/ --count 5000 --out data/harvested --format parquet")]
    Singleline(SingleLine),
    /// Programs of a Python tutorial and their mutants.
    #[command(after_help = "Examples:
  codeexecutor dataset tutorial --count 20000 --out data/tutorial --format jsonl.zst
  codeexecutor dataset tutorial --from /usr/share/doc/python3/html/tutorial --count 20000 --out data/python-docs")]
    Tutorial(Programs),
    /// Contest submissions with an input, and their mutants.
    #[command(after_help = "Examples:
  codeexecutor dataset codenetmut --count 50000 --shards 8 --out data/codenetmut --format parquet
  codeexecutor dataset codenetmut --from Project_CodeNet --count 1000000 --shards 50 --shard 0/4 --out data/codenet")]
    Codenetmut(Programs),
    /// What a data set holds: lengths, operators, types, statuses, and examples.
    #[command(after_help = "Examples:
  codeexecutor dataset inspect data/tutorial
  codeexecutor dataset inspect data/tutorial --samples 3 --picture tutorial.svg")]
    Inspect(Inspect),
}

#[derive(Args)]
struct Common {
    /// Examples to make, over both splits.
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The directory; it gets the shards and manifest.json.
    #[arg(long)]
    out: PathBuf,
    /// Files of the training split.
    #[arg(long, default_value_t = 1)]
    shards: u64,
    /// Make only this part of the shards, as in 0/4: several machines share the work, each with another part.
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// Write the released schema alone: id, code, code_tokens, trace, trace_tokens.
    #[arg(long, value_enum)]
    compat: Option<Compatibility>,
    /// Go on with a data set that was cut off.
    #[arg(long)]
    resume: bool,
    /// Share of the programs that is kept for the test split.
    #[arg(long)]
    test_share: Option<f64>,
    /// The most tokens of a source.
    #[arg(long, default_value_t = 255)]
    max_source_tokens: usize,
    /// The most tokens of a trace.
    #[arg(long, default_value_t = 763)]
    max_trace_tokens: usize,
    /// Count the subwords of this tokenizer.json for the two limits, and not the format's own tokens.
    #[arg(long, value_name = "FILE")]
    tokenizer: Option<PathBuf>,
    /// Threads; 0 takes all cores.
    #[arg(long, default_value_t = 0)]
    threads: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Compatibility {
    Codeexecutor,
}

#[derive(Args)]
struct SingleLine {
    #[command(flatten)]
    common: Common,
    /// Take the lines from the traces of programs: a folder of *.py with *.in, or Project CodeNet. Without it they are
    /// generated.
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// How hard generated lines are: easy or full.
    #[arg(long, default_value = "full", value_parser = level)]
    level: Level,
}

#[derive(Args)]
struct Programs {
    #[command(flatten)]
    common: Common,
    /// Where the programs are; without it, the corpus that ships.
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// Mutation operators, as in AOR,ROR (see `codeexecutor mutate --list`); all without it.
    #[arg(long, value_delimiter = ',')]
    operators: Vec<String>,
    /// The highest mutation order; 0 takes the programs alone.
    #[arg(long, default_value_t = 3)]
    order: usize,
    /// Keep programs that end in an exception.
    #[arg(long)]
    keep_exceptions: bool,
    /// Keep mutants that do the same as the program or as another mutant.
    #[arg(long)]
    keep_equivalent: bool,
    /// Keep a program's input as standard input, and not as part of the program.
    #[arg(long)]
    stdin: bool,
}

#[derive(Args)]
struct Inspect {
    /// A directory of shards, or one file.
    path: PathBuf,
    /// Examples to show.
    #[arg(long, default_value_t = 1)]
    samples: usize,
    /// Draw the distributions of lengths into this SVG file.
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
}

fn level(text: &str) -> Result<Level, String> {
    serde_json::from_value(text.into()).map_err(|_| "must be easy or full".to_owned())
}

pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.kind {
        Kind::Singleline(arguments) => {
            let (origin, source) = match &arguments.from {
                Some(path) => {
                    let source = sources::codenet::read(path)?;
                    (Origin::Harvest(source.programs.clone()), source)
                }
                None => {
                    let license = env!("CARGO_PKG_LICENSE").to_owned();
                    let description = "generated lines".to_owned();
                    (
                        Origin::Generator(arguments.level),
                        Source {
                            description,
                            license,
                            programs: Vec::new(),
                        },
                    )
                }
            };
            let test_share = if arguments.from.is_some() { 0.05 } else { 0.0 };
            let filters = Filters::default();
            make(
                arguments.common,
                DataSet::SingleLine,
                origin,
                source,
                filters,
                Vec::new(),
                0,
                test_share,
            )
        }
        Kind::Tutorial(arguments) => {
            let source = match &arguments.from {
                Some(path) => sources::tutorial::read(path, &Limits::default())?,
                None => sources::tutorial_corpus(),
            };
            make_mutants(arguments, DataSet::Tutorial, source)
        }
        Kind::Codenetmut(arguments) => {
            let source = match &arguments.from {
                Some(path) => sources::codenet::read(path)?,
                None => sources::contest(),
            };
            make_mutants(arguments, DataSet::CodeNet, source)
        }
        Kind::Inspect(arguments) => show(&arguments),
    }
}

fn make_mutants(arguments: Programs, data_set: DataSet, source: Source) -> Result<()> {
    let operators = match arguments.operators.as_slice() {
        [] => OPERATORS.iter().collect(),
        named => operators_named(named)?,
    };
    let filters = Filters {
        keep_exceptions: arguments.keep_exceptions,
        keep_equivalent: arguments.keep_equivalent,
        keep_stdin: arguments.stdin,
        ..Filters::default()
    };
    let origin = Origin::Mutants(source.programs.clone());
    make(
        arguments.common,
        data_set,
        origin,
        source,
        filters,
        operators,
        arguments.order,
        0.05,
    )
}

#[expect(clippy::too_many_arguments, reason = "the parts of a plan, each from another place")]
fn make(
    common: Common,
    data_set: DataSet,
    origin: Origin,
    source: Source,
    filters: Filters,
    operators: Vec<&'static python::mutate::Operator>,
    order: usize,
    test_share: f64,
) -> Result<()> {
    ensure!(common.count > 0, "--count is 0: wanted is a number of examples");
    ensure!(common.shards > 0, "--shards is 0: wanted is a number of files");
    let test_share = common.test_share.unwrap_or(test_share);
    ensure!(
        (0.0..1.0).contains(&test_share),
        "--test-share is {test_share}: wanted is a number from 0 to below 1"
    );
    let tokenizer = common.tokenizer.as_deref().map(Tokenizer::open).transpose()?;
    let plan = Plan {
        origin,
        description: source.description,
        license: source.license,
        settings: Settings {
            data_set,
            count: common.count,
            seed: common.seed,
            shards: common.shards,
            test_share,
            format: common.format,
            compatible: common.compat.is_some(),
            order,
            filters: Filters {
                source_tokens: common.max_source_tokens,
                trace_tokens: common.max_trace_tokens,
                ..filters
            },
        },
        operators,
        tokenizer,
    };
    let part = common.shard.as_deref().map(parse_part).transpose()?;
    let total = part.is_none().then_some(common.count);
    let mut progress = Progress::new("examples", total);
    let built = build(
        &plan,
        &common.out,
        part,
        common.resume,
        threads_or_all(common.threads),
        |by| progress.advance(by),
    );
    progress.finish();
    let counts = built?;
    super::print(&format!(
        "{} examples in {} from {} runs; left out: {}",
        counts.examples,
        common.out.display(),
        counts.run,
        reasons(&counts)
    ))?;
    if part.is_none() && counts.examples < common.count {
        anyhow::bail!(
            "only {} of {} examples could be made: add programs, operators or a higher --order",
            counts.examples,
            common.count
        );
    }
    Ok(())
}

fn show(arguments: &Inspect) -> Result<()> {
    let summary = summarize(&arguments.path, arguments.samples)?;
    super::print(&text(&summary))?;
    if let Some(path) = &arguments.picture {
        let picture = picture::draw(&summary).context("drawing the distributions")?;
        crate::data::files::write_atomically(path, picture.as_bytes())?;
        super::print(&format!("drawn into {}", path.display()))?;
    }
    Ok(())
}

fn text(summary: &Summary) -> String {
    use std::fmt::Write;
    let mut out = format!("{} examples in {} files\n\n", summary.examples, summary.files);
    let _ = writeln!(
        out,
        "{:<16} {:>6} {:>6} {:>6} {:>6} {:>6} {:>8}",
        "", "min", "25 %", "median", "75 %", "max", "mean"
    );
    for lengths in &summary.lengths {
        let [min, lower, median, upper, max] = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| lengths.quantile(share));
        let mean = lengths.mean();
        let _ = writeln!(
            out,
            "{:<16} {min:>6} {lower:>6} {median:>6} {upper:>6} {max:>6} {mean:>8.1}",
            lengths.name
        );
    }
    for (name, rows) in &summary.tables {
        let _ = writeln!(out, "\n{name}");
        let mut rows: Vec<(&String, &usize)> = rows.iter().collect();
        rows.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (row, count) in rows {
            let share = 100.0 * *count as f64 / summary.examples.max(1) as f64;
            let _ = writeln!(out, "  {row:<20} {count:>9} {share:>6.1} %");
        }
    }
    for record in &summary.samples {
        let _ = writeln!(out, "\n{} {} {}", record.id, record.program, record.operators.join(" "));
        let code: Vec<String> = record
            .code
            .lines()
            .enumerate()
            .map(|(i, line)| format!("{i:>3}  {line}"))
            .collect();
        let width = code
            .iter()
            .map(|line| line.chars().count())
            .max()
            .unwrap_or(0)
            .clamp(20, 60);
        for row in 0..code.len().max(record.trace.len()) {
            let left: String = code.get(row).map_or("", String::as_str).chars().take(width).collect();
            let right: String = record
                .trace
                .get(row)
                .map_or("", String::as_str)
                .chars()
                .take(110 - width)
                .collect();
            let _ = writeln!(out, "{left:<width$}  │ {right}");
        }
    }
    out
}
