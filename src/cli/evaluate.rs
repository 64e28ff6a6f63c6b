//! `codeexecutor evaluate`: how good predicted traces are.

use super::device::{DeviceArguments, DeviceTask};
use super::print;
use super::progress::Progress;
use crate::data::example::{DataSet, Example};
use crate::data::files::{AtomicFile, JsonLines, open_text, write_atomically};
use crate::data::packing::Encoder;
use crate::data::vocabulary::STATE;
use crate::decode::SearchOptions;
use crate::device::Device;
use crate::evaluate::Counts;
use crate::evaluate::predict::Predictor;
use crate::evaluate::released::{SingleLineMetrics, TraceMetrics, count_singleline, count_trace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Score predicted traces against true ones, with the metrics of CodeExecutor's release.
///
/// Either a model predicts the traces of a data set, or predictions and golds are read from two files.
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor evaluate --model runs/quickstart --data data/singleline/train-00000-of-00001.jsonl
  codeexecutor evaluate --model runs/quickstart --data codenetmut_test.json --beam 10 --json figures.json
  codeexecutor evaluate --predictions preds.txt --golds golds.txt --dataset codenet")]
pub struct Arguments {
    /// A checkpoint folder, or a run (its best checkpoint is taken).
    #[arg(
        long,
        value_name = "DIR",
        requires = "data",
        conflicts_with = "predictions",
        required_unless_present = "predictions"
    )]
    model: Option<PathBuf>,
    /// Examples in the released schema (.jsonl, .jsonl.zst).
    #[arg(long, value_name = "FILE", requires = "model")]
    data: Option<PathBuf>,
    /// Predicted traces, one text a line.
    #[arg(long, value_name = "FILE", requires = "golds")]
    predictions: Option<PathBuf>,
    /// True traces, one text a line, in the same order.
    #[arg(long, value_name = "FILE", requires = "predictions")]
    golds: Option<PathBuf>,
    /// Which data set's form and metrics; of --data it is read off the traces (singleline or codenet) unless given.
    #[arg(long, value_enum, required_unless_present = "model")]
    dataset: Option<DataSet>,
    /// Beams of the search; 1 is greedy, the release has 10.
    #[arg(long, default_value_t = 1)]
    beam: usize,
    /// Most tokens of a trace.
    #[arg(long, default_value_t = 768)]
    max_tokens: usize,
    /// Programs that are predicted at a time.
    #[arg(long, default_value_t = 32)]
    batch: usize,
    /// Only the first so many examples.
    #[arg(long)]
    limit: Option<usize>,
    /// Write the predicted texts, one a line.
    #[arg(long, value_name = "FILE", requires = "model")]
    write_predictions: Option<PathBuf>,
    /// Write the figures as JSON, with what made them.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    #[command(flatten)]
    device: DeviceArguments,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let (set, counts) = match (&arguments.predictions, &arguments.golds, arguments.dataset) {
        (Some(predictions), Some(golds), Some(set)) => (set, score_files(predictions, golds, set)?),
        _ => arguments.device.run(Task { arguments: &arguments })?,
    };
    report(&arguments, set, &counts)
}

fn count(set: DataSet, prediction: &str, gold: &str) -> Counts {
    match set {
        DataSet::SingleLine => count_singleline(prediction, gold),
        DataSet::Tutorial | DataSet::CodeNet => count_trace(prediction, gold),
    }
}

/// Predicts a whole data set and scores it as it goes.
struct Task<'a> {
    arguments: &'a Arguments,
}

impl DeviceTask for Task<'_> {
    type Output = (DataSet, Counts);

    fn run<D: Device>(self, device: Arc<D>) -> Result<Self::Output> {
        let arguments = self.arguments;
        let (Some(path), Some(data)) = (&arguments.model, &arguments.data) else {
            bail!("needs --model and --data")
        };
        let (model, tokenizer) = crate::train::checkpoint::open(device, path, false)?;
        let options = SearchOptions {
            beams: arguments.beam.max(1),
            max_tokens: arguments.max_tokens.max(1),
            ..SearchOptions::default()
        };
        let predictor = Predictor {
            model: &model,
            tokenizer: &tokenizer,
            options,
        };
        let mut output = arguments
            .write_predictions
            .as_deref()
            .map(AtomicFile::create)
            .transpose()?;
        let mut encoder = Encoder::new(&tokenizer);
        let mut examples = JsonLines::<Example>::open(data)?
            .take(arguments.limit.unwrap_or(usize::MAX))
            .peekable();
        let mut set = arguments.dataset;
        let mut counts = Counts::default();
        let (mut too_long, mut progress) = (0, Progress::new("programs", None));
        while examples.peek().is_some() {
            let (mut prompts, mut golds) = (Vec::new(), Vec::new());
            while golds.len() < arguments.batch.max(1) {
                let Some(line) = examples.next() else { break };
                let (number, example) = line?;
                if example.trace_tokens.is_empty() {
                    bail!(
                        "{}: line {number}: trace_tokens is empty, so there is nothing to compare with",
                        data.display()
                    );
                }
                let inferred = if example.trace_tokens[0] == STATE {
                    DataSet::SingleLine
                } else {
                    DataSet::CodeNet
                };
                let set = *set.get_or_insert(inferred);
                let prompt = encoder.prompt(set, &example.code_tokens.join(" "))?.ok();
                golds.push((prompt.is_some(), example.trace_tokens.join(" ")));
                prompts.extend(prompt);
            }
            let mut texts = predictor.texts(&prompts)?.into_iter();
            for (fits, gold) in &golds {
                // A program that the model cannot take counts as predicted wrongly.
                let text = if *fits {
                    texts.next().unwrap_or_default()
                } else {
                    String::new()
                };
                too_long += u64::from(!fits);
                counts += count(set.unwrap_or(DataSet::CodeNet), &text, &canonical(&tokenizer, gold)?);
                if let Some(output) = &mut output {
                    writeln!(output, "{text}").context("writing predictions")?;
                }
            }
            progress.advance(golds.len() as u64);
        }
        progress.finish();
        let Some(set) = set.filter(|_| counts.examples > 0) else {
            bail!("{}: holds no example", data.display())
        };
        output.map_or(Ok(()), AtomicFile::commit)?;
        if too_long > 0 {
            eprintln!("{too_long} programs are longer than the model takes; they count as wrong");
        }
        Ok((set, counts))
    }
}

/// A gold text as it comes back from its tokens, as the release compares it.
fn canonical(tokenizer: &crate::data::tokenizer::Tokenizer, gold: &str) -> Result<String> {
    let mut ids = Vec::new();
    tokenizer.encode(gold, &mut Default::default(), &mut ids)?;
    Ok(tokenizer.decode(&ids))
}

/// Scores two files line by line.
fn score_files(predictions: &Path, golds: &Path, set: DataSet) -> Result<Counts> {
    let mut predicted = Texts::open(predictions)?;
    let mut gold = Texts::open(golds)?;
    let mut counts = Counts::default();
    loop {
        match (predicted.next()?, gold.next()?) {
            (Some(prediction), Some(gold)) => {
                counts += count(set, &prediction, &gold);
            }
            (None, None) => break,
            (prediction, _) => {
                let (short, long) = if prediction.is_none() {
                    (predictions, golds)
                } else {
                    (golds, predictions)
                };
                bail!(
                    "{}: ends after {} lines, but {} goes on: each prediction needs its gold",
                    short.display(),
                    counts.examples,
                    long.display()
                );
            }
        }
    }
    if counts.examples == 0 {
        bail!("{}: holds no text", golds.display());
    }
    Ok(counts)
}

/// The lines of a text file.
struct Texts {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    number: usize,
}

impl Texts {
    fn open(path: &Path) -> Result<Texts> {
        Ok(Texts {
            path: path.to_owned(),
            reader: open_text(path)?,
            number: 0,
        })
    }

    fn next(&mut self) -> Result<Option<String>> {
        self.number += 1;
        let mut line = String::new();
        let read = self.reader.read_line(&mut line);
        let read = read.with_context(|| format!("{}: line {}", self.path.display(), self.number))?;
        Ok((read > 0).then_some(line))
    }
}

fn report(arguments: &Arguments, set: DataSet, counts: &Counts) -> Result<()> {
    let (rows, figures) = if set == DataSet::SingleLine {
        let metrics = SingleLineMetrics::of(counts);
        let rows = vec![
            ("Trace accuracy", metrics.trace_accuracy),
            ("Identifier precision", metrics.identifier_precision),
            ("Identifier recall", metrics.identifier_recall),
            ("Identifier F1", metrics.identifier_f1),
        ];
        (rows, serde_json::to_value(metrics)?)
    } else {
        let metrics = TraceMetrics::of(counts);
        let rows = vec![
            ("Output accuracy", metrics.output_accuracy),
            ("Trace accuracy", metrics.trace_accuracy),
            ("Line precision", metrics.line_precision),
            ("Line recall", metrics.line_recall),
            ("Line F1", metrics.line_f1),
            ("Identifier precision", metrics.identifier_precision),
            ("Identifier recall", metrics.identifier_recall),
            ("Identifier F1", metrics.identifier_f1),
        ];
        (rows, serde_json::to_value(metrics)?)
    };
    let mut text = format!("{} examples of {}\n", counts.examples, set.name());
    for (name, value) in rows {
        text += &format!("{name:<21}{value:>7.2}\n");
    }
    print(&text)?;
    if let Some(path) = &arguments.json {
        let record = serde_json::json!({
            "dataset": set,
            "model": arguments.model,
            "data": arguments.data,
            "beam": arguments.beam,
            "max_tokens": arguments.max_tokens,
            "predictions": arguments.predictions,
            "golds": arguments.golds,
            "metrics": figures,
            "counts": counts,
            "version": env!("CARGO_PKG_VERSION"),
        });
        write_atomically(path, (serde_json::to_string_pretty(&record)? + "\n").as_bytes())?;
    }
    Ok(())
}
