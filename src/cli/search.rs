//! `codeexecutor search`: programs that do the same.

use super::decoding::DecodeArguments;
use super::device::{DeviceArguments, DeviceTask};
use super::predict::prompt;
use super::programs::{Input, Program, open};
use super::progress::Progress;
use super::{files, print};
use crate::data::example::DataSet;
use crate::data::files::{JsonLines, open_text};
use crate::decode::Strategy;
use crate::device::Device;
use crate::evaluate::predict::Predictor;
use crate::evaluate::search::index::{Index, IndexWriter, Indexed, Manifest};
use crate::evaluate::search::{Embedder, Execution, Labelled, Signal, mean_average_precision};
use crate::train::checkpoint;
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Find programs that do the same, by a model that was never trained to (zero-shot code-to-code search).
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor search index programs/ --model runs/quickstart --index programs.index --executions
  codeexecutor search query program.py --index programs.index --signal outputs
  codeexecutor search evaluate --data search.jsonl --model runs/quickstart --signal outputs")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Index(IndexArguments),
    Query(QueryArguments),
    Evaluate(EvaluateArguments),
}

/// Embed programs into an index on disk.
#[derive(Args)]
struct IndexArguments {
    /// A folder (all *.py), or JSON lines of {"id", "code"}.
    programs: PathBuf,
    /// A checkpoint folder, or a run (its best checkpoint is taken).
    #[arg(long, default_value = "runs/quickstart")]
    model: PathBuf,
    /// The folder to make.
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// Predict each program's execution too, so that queries can be re-ranked by it.
    #[arg(long)]
    executions: bool,
    #[command(flatten)]
    shared: Shared,
}

/// Find the programs of an index that are nearest to one.
#[derive(Args)]
struct QueryArguments {
    /// The program; - reads it from standard input.
    program: PathBuf,
    /// A folder that `search index` made.
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// The model that made the index, where it has moved.
    #[arg(long)]
    model: Option<PathBuf>,
    /// What re-ranks the programs.
    #[arg(long, value_enum, default_value_t = Signal::None)]
    signal: Signal,
    /// How many are shown.
    #[arg(long, default_value_t = 10)]
    top: usize,
    /// Print JSON lines of {"name", "score", "cosine"}.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    shared: Shared,
}

/// Mean average precision over a labelled set, every program a query among the others.
#[derive(Args)]
struct EvaluateArguments {
    /// JSON lines of {"code_id", "problem_id", "original_code"} (the released schema).
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// A checkpoint folder, or a run (its best checkpoint is taken).
    #[arg(long, default_value = "runs/quickstart")]
    model: PathBuf,
    /// What re-ranks the programs.
    #[arg(long, value_enum, default_value_t = Signal::Outputs)]
    signal: Signal,
    /// Predicted traces, one text a line in the order of the data; by default the model predicts them.
    #[arg(long, value_name = "FILE")]
    traces: Option<PathBuf>,
    /// Write the figures as JSON, with what made them.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Args)]
struct Shared {
    /// The data set whose form predicted executions have.
    #[arg(long, value_enum, default_value = "codenet")]
    dataset: DataSet,
    #[command(flatten)]
    decoding: DecodeArguments,
    #[command(flatten)]
    device: DeviceArguments,
}

pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Index(arguments) => {
            let strategy = arguments.shared.decoding.strategy()?;
            let programs: Vec<Program> = match open(&arguments.programs, None)? {
                Input::One(program) => vec![program],
                Input::Many(programs) => programs.collect::<Result<_>>()?,
            };
            arguments.shared.device.run(Indexing {
                arguments: &arguments,
                programs,
                strategy,
            })
        }
        Command::Query(arguments) => {
            let strategy = arguments.shared.decoding.strategy()?;
            let index = Index::open(&arguments.index)?;
            ensure!(
                arguments.signal == Signal::None || index.manifest.executions,
                "{}: was made without --executions, so there is nothing to re-rank by",
                arguments.index.display()
            );
            let Input::One(program) = open(&arguments.program, None)? else {
                bail!("{}: a query is one program", arguments.program.display())
            };
            arguments.shared.device.run(Query {
                arguments: &arguments,
                index,
                program,
                strategy,
            })
        }
        Command::Evaluate(arguments) => evaluate(&arguments),
    }
}

/// Programs that are embedded, and predicted, before the next are looked at.
const CHUNK: usize = 256;

/// What programs are predicted to do; one that the model cannot take does nothing.
fn executions<D: Device>(predictor: &Predictor<'_, D>, set: DataSet, sources: &[&str]) -> Result<Vec<Execution>> {
    let prompts: Vec<Option<Vec<u32>>> = sources
        .iter()
        .map(|source| prompt(predictor.tokenizer, set, source).ok())
        .collect();
    let texts = predictor.texts_where_fitting(&prompts, predictor.batch_size(), |_| ())?;
    Ok(texts
        .iter()
        .map(|text| text.as_deref().map_or_else(Execution::default, Execution::of))
        .collect())
}

struct Indexing<'a> {
    arguments: &'a IndexArguments,
    programs: Vec<Program>,
    strategy: Strategy,
}

impl DeviceTask for Indexing<'_> {
    type Output = ();

    fn run<D: Device>(self, device: Arc<D>) -> Result<()> {
        let arguments = self.arguments;
        let directory = checkpoint::model_directory(&arguments.model)?;
        let (model, tokenizer) = checkpoint::open(device, &directory, false)?;
        let mut embedder = Embedder::new(&model, &tokenizer)?;
        let predictor = Predictor {
            model: &model,
            tokenizer: &tokenizer,
            strategy: self.strategy,
        };
        let mut writer = IndexWriter::create(
            &arguments.index,
            Manifest {
                version: Manifest::VERSION,
                model: std::path::absolute(&directory).unwrap_or(directory.clone()),
                fingerprint: files::weights_sha256(&directory)?,
                dimension: embedder.dimension(),
                programs: 0,
                executions: arguments.executions,
            },
        )?;
        let mut progress = Progress::new("programs", Some(self.programs.len() as u64));
        for chunk in self.programs.chunks(CHUNK) {
            let sources: Vec<&str> = chunk.iter().map(|program| program.source.as_str()).collect();
            let embeddings = embedder.embed(&sources)?;
            let executions = if arguments.executions {
                executions(&predictor, arguments.shared.dataset, &sources)?
            } else {
                vec![Execution::default(); chunk.len()]
            };
            let rows = embeddings.chunks_exact(embedder.dimension());
            for ((program, execution), embedding) in chunk.iter().zip(executions).zip(rows) {
                let program = Indexed {
                    name: program.name(),
                    execution,
                };
                writer.add(&program, embedding)?;
            }
            progress.advance(chunk.len() as u64);
        }
        progress.finish();
        writer.commit()?;
        print(&format!(
            "{} programs in {}",
            self.programs.len(),
            arguments.index.display()
        ))
    }
}

struct Query<'a> {
    arguments: &'a QueryArguments,
    index: Index,
    program: Program,
    strategy: Strategy,
}

impl DeviceTask for Query<'_> {
    type Output = ();

    fn run<D: Device>(self, device: Arc<D>) -> Result<()> {
        let (arguments, manifest) = (self.arguments, &self.index.manifest);
        let directory = checkpoint::model_directory(arguments.model.as_ref().unwrap_or(&manifest.model))?;
        ensure!(
            files::weights_sha256(&directory)? == manifest.fingerprint,
            "{}: is not the model that made {}: its embeddings cannot be compared",
            directory.display(),
            arguments.index.display()
        );
        let (model, tokenizer) = checkpoint::open(device, &directory, false)?;
        let source = self.program.source.as_str();
        let embedding = Embedder::new(&model, &tokenizer)?.embed(&[source])?;
        let predictor = Predictor {
            model: &model,
            tokenizer: &tokenizer,
            strategy: self.strategy,
        };
        let execution = if arguments.signal == Signal::None {
            Execution::default()
        } else {
            executions(&predictor, arguments.shared.dataset, &[source])?.remove(0)
        };
        let mut text = String::new();
        for (score, cosine, program) in self
            .index
            .search(&embedding, &execution, arguments.signal, arguments.top)
        {
            let name = &program.name;
            text += &if arguments.json {
                format!("{}\n", json!({"name": name, "score": score, "cosine": cosine}))
            } else {
                format!("{score:>8.4}  {name}\n")
            };
        }
        print(&text)
    }
}

/// One line of the released data.
#[derive(Deserialize)]
struct Line {
    code_id: Value,
    problem_id: Value,
    original_code: String,
}

fn evaluate(arguments: &EvaluateArguments) -> Result<()> {
    let strategy = arguments.shared.decoding.strategy()?;
    let lines: Vec<Line> = JsonLines::<Line>::open(&arguments.data)?
        .map(|line| line.map(|(_, line)| line))
        .collect::<Result<_>>()?;
    ensure!(!lines.is_empty(), "{}: holds no program", arguments.data.display());
    let traces = arguments.traces.as_deref().map(read_traces).transpose()?;
    if let (Some(traces), Some(path)) = (&traces, &arguments.traces) {
        ensure!(
            traces.len() == lines.len(),
            "{}: holds {} traces for the {} programs of {}: wanted is one a program, in their order",
            path.display(),
            traces.len(),
            lines.len(),
            arguments.data.display()
        );
    }
    let programs = arguments.shared.device.run(Labelling {
        arguments,
        lines,
        traces,
        strategy,
    })?;
    let rank = |signal: Signal| {
        let progress = Mutex::new(Progress::new("queries", Some(programs.len() as u64)));
        let precision = mean_average_precision(&programs, signal, || {
            if let Ok(mut progress) = progress.lock() {
                progress.advance(1);
            }
        });
        if let Ok(progress) = progress.into_inner() {
            progress.finish();
        }
        precision
            .map(|precision| 100.0 * precision)
            .with_context(|| format!("{}: no problem has two programs", arguments.data.display()))
    };
    let plain = rank(Signal::None)?;
    let mut text = format!("{} programs\nMAP                  {plain:>6.2}\n", programs.len());
    let mut figures = json!({"programs": programs.len(), "map": plain});
    if arguments.signal != Signal::None {
        let ranked = rank(arguments.signal)?;
        text += &format!(
            "MAP with {:<12}{ranked:>6.2}\n",
            format!("{:?}", arguments.signal).to_lowercase()
        );
        figures["map_reranked"] = json!(ranked);
        figures["signal"] = json!(arguments.signal);
    }
    print(&text)?;
    if let Some(path) = &arguments.json {
        let mut files = vec![arguments.data.as_path()];
        files.extend(arguments.traces.as_deref());
        let used = files::ModelUse {
            model: &arguments.model,
            strategy: &strategy,
            device: &arguments.shared.device,
        };
        files::write_figures(path, figures, &files, Some(used))?;
    }
    Ok(())
}

fn read_traces(path: &Path) -> Result<Vec<String>> {
    let lines: std::io::Result<Vec<String>> = open_text(path)?.lines().collect();
    lines.with_context(|| path.display().to_string())
}

struct Labelling<'a> {
    arguments: &'a EvaluateArguments,
    lines: Vec<Line>,
    traces: Option<Vec<String>>,
    strategy: Strategy,
}

impl DeviceTask for Labelling<'_> {
    type Output = Vec<Labelled>;

    fn run<D: Device>(self, device: Arc<D>) -> Result<Vec<Labelled>> {
        let arguments = self.arguments;
        let (model, tokenizer) = checkpoint::open(device, &arguments.model, false)?;
        let mut embedder = Embedder::new(&model, &tokenizer)?;
        let predictor = Predictor {
            model: &model,
            tokenizer: &tokenizer,
            strategy: self.strategy,
        };
        let mut progress = Progress::new("programs", Some(self.lines.len() as u64));
        let mut programs = Vec::with_capacity(self.lines.len());
        let name = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        for (number, chunk) in self.lines.chunks(CHUNK).enumerate() {
            let sources: Vec<&str> = chunk.iter().map(|line| line.original_code.as_str()).collect();
            let embeddings = embedder.embed(&sources)?;
            let executions = match &self.traces {
                _ if arguments.signal == Signal::None => vec![Execution::default(); chunk.len()],
                Some(traces) => {
                    let those = &traces[number * CHUNK..number * CHUNK + chunk.len()];
                    those.iter().map(|trace| Execution::of(trace)).collect()
                }
                None => executions(&predictor, arguments.shared.dataset, &sources)?,
            };
            let rows = embeddings.chunks_exact(embedder.dimension());
            programs.extend(
                chunk
                    .iter()
                    .zip(executions)
                    .zip(rows)
                    .map(|((line, execution), row)| Labelled {
                        id: name(&line.code_id),
                        problem: name(&line.problem_id),
                        embedding: row.to_vec(),
                        execution,
                    }),
            );
            progress.advance(chunk.len() as u64);
        }
        progress.finish();
        Ok(programs)
    }
}
