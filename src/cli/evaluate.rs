//! `codeexecutor evaluate`: how good predicted traces are.

use super::print;
use crate::data::example::DataSet;
use crate::data::files::{open_text, write_atomically};
use crate::evaluate::Counts;
use crate::evaluate::released::{SingleLineMetrics, TraceMetrics, count_singleline, count_trace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::io::BufRead;
use std::path::{Path, PathBuf};

/// Score predicted traces against true ones, with the metrics of CodeExecutor's release.
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor evaluate --predictions preds.txt --golds golds.txt --dataset codenet
  codeexecutor evaluate --model runs/quickstart/best --data data/singleline/singleline.jsonl --dataset singleline")]
pub struct Arguments {
    /// Predicted traces, one text a line.
    #[arg(long, value_name = "FILE", requires = "golds")]
    predictions: Option<PathBuf>,
    /// True traces, one text a line, in the same order.
    #[arg(long, value_name = "FILE", requires = "predictions")]
    golds: Option<PathBuf>,
    /// Which data set's metrics.
    #[arg(long, value_enum)]
    dataset: DataSet,
    /// Write the figures as JSON, with what made them.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let (Some(predictions), Some(golds)) = (&arguments.predictions, &arguments.golds) else {
        bail!("needs --predictions and --golds");
    };
    let counts = score_files(predictions, golds, arguments.dataset)?;
    report(&arguments, &counts)
}

/// Scores two files line by line.
fn score_files(predictions: &Path, golds: &Path, set: DataSet) -> Result<Counts> {
    let mut predicted = Texts::open(predictions)?;
    let mut gold = Texts::open(golds)?;
    let mut counts = Counts::default();
    loop {
        match (predicted.next()?, gold.next()?) {
            (Some(prediction), Some(gold)) => {
                counts += match set {
                    DataSet::SingleLine => count_singleline(&prediction, &gold),
                    DataSet::Tutorial | DataSet::CodeNet => count_trace(&prediction, &gold),
                }
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

fn report(arguments: &Arguments, counts: &Counts) -> Result<()> {
    let (rows, figures) = if arguments.dataset == DataSet::SingleLine {
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
    let mut text = format!("{} examples of {}\n", counts.examples, arguments.dataset.name());
    for (name, value) in rows {
        text += &format!("{name:<21}{value:>7.2}\n");
    }
    print(&text)?;
    if let Some(path) = &arguments.json {
        let record = serde_json::json!({
            "dataset": arguments.dataset,
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
