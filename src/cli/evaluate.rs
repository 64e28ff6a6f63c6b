//! `codeexecutor evaluate`: how good predicted traces are.

use super::device::DeviceTask;
use super::files::FigureArguments;
use super::print;
use super::progress::Progress;
use crate::data::cwm;
use crate::data::dataset::inspect::data_files;
use crate::data::dataset::read_records;
use crate::data::example::{DataSet, TraceFormat};
use crate::data::files::{AtomicFile, open_text};
use crate::data::packing::Encoder;
use crate::data::vocabulary::STATE;
use crate::decode::Strategy;
use crate::device::Device;
use crate::evaluate::bootstrap::RESAMPLES;
use crate::evaluate::evaluation::Evaluation;
use crate::evaluate::predict::Predictor;
use crate::report::metrics::tables;
use crate::report::style::Style;
use anyhow::{Context, Result, bail};
use clap::Args;
use python::{Limits, Tracer};
use serde_json::json;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Score predicted traces against true ones, with the metrics of CodeExecutor's release.
///
/// Either a model predicts the traces of a data set, or predictions and golds are read from two files. Beside the released
/// metrics stand versions without their flaws, intervals, the ways in which predictions go wrong, and figures by what the
/// programs are made of.
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
    /// Examples in the released schema (.json, .jsonl, .jsonl.zst, .parquet), or a folder of such files.
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
    /// Programs that are predicted at a time; by default as many as 2 GiB of caches hold.
    #[arg(long)]
    batch: Option<usize>,
    /// Only the first so many examples.
    #[arg(long)]
    limit: Option<usize>,
    /// Write the predicted texts, one a line.
    #[arg(long, value_name = "FILE", requires = "model")]
    write_predictions: Option<PathBuf>,
    #[command(flatten)]
    figures: FigureArguments,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let strategy = arguments.figures.decoding.strategy()?;
    let began = Instant::now();
    let evaluation = match (&arguments.predictions, &arguments.golds, arguments.dataset) {
        (Some(predictions), Some(golds), Some(set)) => score_files(predictions, golds, set)?,
        _ => arguments.figures.device.run(Task {
            arguments: &arguments,
            strategy,
        })?,
    };
    print(&tables(&evaluation, Style::stdout()))?;
    let figures = || {
        let mut figures = evaluation.to_json();
        figures["made_by"] =
            json!({"seconds": began.elapsed().as_secs_f64(), "resamples": RESAMPLES, "limit": arguments.limit});
        figures
    };
    let data = arguments
        .data
        .as_deref()
        .map(data_files)
        .transpose()?
        .unwrap_or_default();
    let files: Vec<&Path> = [&arguments.predictions, &arguments.golds]
        .into_iter()
        .flatten()
        .chain(&data)
        .map(PathBuf::as_path)
        .collect();
    arguments.figures.write(figures, &files, arguments.model.as_deref())
}

/// Predicts a whole data set and scores it as it goes.
struct Task<'a> {
    arguments: &'a Arguments,
    strategy: Strategy,
}

impl DeviceTask for Task<'_> {
    type Output = Evaluation;

    fn run<D: Device>(self, device: Arc<D>) -> Result<Evaluation> {
        let arguments = self.arguments;
        let (Some(path), Some(data)) = (&arguments.model, &arguments.data) else {
            bail!("needs --model and --data")
        };
        let mut records = Vec::new();
        for file in data_files(data)? {
            for (index, record) in read_records(&file)?.into_iter().enumerate() {
                if record.trace_tokens.is_empty() || record.trace_tokens == [""] {
                    bail!(
                        "{}: example {}: trace_tokens is empty, so there is nothing to compare with",
                        file.display(),
                        index + 1
                    );
                }
                records.push(record);
            }
        }
        records.truncate(arguments.limit.unwrap_or(usize::MAX));
        let Some(first) = records.first() else {
            bail!("{}: holds no example", data.display())
        };
        let set = arguments.dataset.unwrap_or(if first.trace_tokens[0] == STATE {
            DataSet::SingleLine
        } else {
            DataSet::CodeNet
        });
        let (model, tokenizer) = crate::train::checkpoint::open(device, path, false)?;
        let predictor = Predictor {
            model: &model,
            tokenizer: &tokenizer,
            strategy: self.strategy,
        };
        let mut output = arguments
            .write_predictions
            .as_deref()
            .map(AtomicFile::create)
            .transpose()?;
        let mut encoder = Encoder::new(&tokenizer);
        let mut evaluation = Evaluation::new(set);
        let mut tracer = Tracer::new();
        let (mut too_long, mut progress) = (0, Progress::new("programs", Some(records.len() as u64)));
        for batch in records.chunks(arguments.batch.unwrap_or(predictor.batch_size()).max(1)) {
            let prompts: Vec<Option<Vec<u32>>> = batch
                .iter()
                .map(|record| {
                    let source = match tokenizer.format {
                        TraceFormat::CodeExecutor => record.code_tokens.join(" "),
                        TraceFormat::Cwm => encoder.source(&record.code)?,
                    };
                    Ok(encoder.prompt(set, &source)?.ok())
                })
                .collect::<Result<_>>()?;
            let texts = predictor.texts_where_fitting(&prompts, batch.len(), |_| ())?;
            for (record, text) in batch.iter().zip(texts) {
                // A program that the model cannot take counts as predicted wrongly.
                too_long += u64::from(text.is_none());
                let text = text.unwrap_or_default();
                let gold = match tokenizer.format {
                    TraceFormat::CodeExecutor => record.trace_tokens.join(" "),
                    TraceFormat::Cwm => cwm::texts(&mut tracer, &record.code, &record.stdin, &Limits::default())?.1,
                };
                let gold = canonical(&tokenizer, &gold)?;
                evaluation.add(&text, &gold, Some(&record.code));
                if let Some(output) = &mut output {
                    writeln!(output, "{text}").context("writing predictions")?;
                }
            }
            progress.advance(batch.len() as u64);
        }
        progress.finish();
        output.map_or(Ok(()), AtomicFile::commit)?;
        if too_long > 0 {
            eprintln!("{too_long} programs are longer than the model takes; they count as wrong");
        }
        Ok(evaluation)
    }
}

/// A gold text as it comes back from its tokens, as the release compares it.
fn canonical(tokenizer: &crate::data::tokenizer::Tokenizer, gold: &str) -> Result<String> {
    let mut ids = Vec::new();
    tokenizer.encode(gold, &mut Default::default(), &mut ids)?;
    Ok(tokenizer.decode(&ids))
}

/// Scores two files line by line.
fn score_files(predictions: &Path, golds: &Path, set: DataSet) -> Result<Evaluation> {
    let mut predicted = Texts::open(predictions)?;
    let mut gold = Texts::open(golds)?;
    let mut evaluation = Evaluation::new(set);
    let mut progress = Progress::new("traces", None);
    loop {
        match (predicted.next()?, gold.next()?) {
            (Some(prediction), Some(gold)) => {
                evaluation.add(&prediction, &gold, None);
                progress.advance(1);
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
                    evaluation.examples.len(),
                    long.display()
                );
            }
        }
    }
    progress.finish();
    if evaluation.examples.is_empty() {
        bail!("{}: holds no text", golds.display());
    }
    Ok(evaluation)
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
