//! `codeexecutor predict`: the trace that a model expects of a program.

use super::device::{DeviceArguments, DeviceTask};
use super::{print, read_program};
use crate::data::example::{DataSet, write_texts};
use crate::data::packing::Encoder;
use crate::data::text::{Joined, code_tokens, cut_entries, parse_trace};
use crate::data::tokenizer::Tokenizer;
use crate::decode::SearchOptions;
use crate::device::Device;
use crate::evaluate::predict::Predictor;
use crate::report::compare::{compare, describe};
use crate::report::style::Style;
use crate::train::checkpoint;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use python::{Limits, Tracer};
use std::path::PathBuf;
use std::sync::Arc;

/// Predict a program's trace without running it.
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor predict program.py --model runs/quickstart
  codeexecutor predict program.py --model runs/quickstart --beam 10 --compare")]
pub struct Arguments {
    /// The program; - reads it from standard input.
    program: PathBuf,
    /// A checkpoint folder, or a run (its best checkpoint is taken).
    #[arg(long, default_value = "runs/quickstart")]
    model: PathBuf,
    /// The data set whose form the prediction has.
    #[arg(long, value_enum, default_value = "tutorial")]
    dataset: DataSet,
    /// Beams of the search; 1 is greedy.
    #[arg(long, default_value_t = 1)]
    beam: usize,
    /// Most tokens of the trace.
    #[arg(long, default_value_t = 768)]
    max_tokens: usize,
    #[arg(long, value_enum, default_value_t = Format::Lines)]
    format: Format,
    /// Run the program too, and show its true trace beside the prediction.
    #[arg(long)]
    compare: bool,
    #[command(flatten)]
    device: DeviceArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One entry a line.
    Lines,
    /// The text that the model wrote.
    Codeexecutor,
}

/// The model's input for a program.
pub fn prompt(tokenizer: &Tokenizer, set: DataSet, source: &str) -> Result<Vec<u32>> {
    let mut code = Joined::default();
    code_tokens(source, &mut code)?;
    Ok(Encoder::new(tokenizer).prompt(set, &code.text)??)
}

pub fn run(arguments: Arguments) -> Result<()> {
    let source = read_program(&arguments.program)?;
    let prediction = arguments.device.run(Task {
        arguments: &arguments,
        source: &source,
    })?;
    if arguments.compare {
        let (mut code, mut truth) = (Joined::default(), Joined::default());
        let mut tracer = Tracer::new();
        write_texts(
            &mut tracer,
            arguments.dataset,
            &source,
            "",
            &Limits::default(),
            &mut code,
            &mut truth,
        )
        .with_context(|| format!("{}: has no true trace to compare with", arguments.program.display()))?;
        return print(&compare(&prediction, &truth.text, Style::stdout()).0);
    }
    match arguments.format {
        Format::Codeexecutor => print(&prediction),
        Format::Lines => Ok(()),
    }
}

struct Task<'a> {
    arguments: &'a Arguments,
    source: &'a str,
}

impl DeviceTask for Task<'_> {
    type Output = String;

    /// The predicted text. Lines are printed as they are decoded, where they are asked for and the search has one beam.
    fn run<D: Device>(self, device: Arc<D>) -> Result<String> {
        let arguments = self.arguments;
        let (model, tokenizer) = checkpoint::open(device, &arguments.model, false)?;
        let prompt = prompt(&tokenizer, arguments.dataset, self.source)
            .with_context(|| arguments.program.display().to_string())?;
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
        let lines = arguments.format == Format::Lines && !arguments.compare;
        let mut streamed = Vec::new();
        let mut shown = 0;
        let mut failed = None;
        let found = predictor.search(&[prompt], |_, token| {
            if !lines || options.beams > 1 {
                return;
            }
            streamed.push(token);
            let text = tokenizer.decode(&streamed);
            // The last entry may still grow.
            let whole = cut_entries(&text).len().saturating_sub(1);
            if whole > shown {
                for entry in parse_trace(&text).iter().take(whole).skip(shown) {
                    failed = failed.take().or(print(&describe(entry)).err());
                }
                shown = whole;
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        let text = found[0]
            .first()
            .map_or(String::new(), |best| tokenizer.decode(&best.tokens));
        if lines {
            for entry in parse_trace(&text).iter().skip(shown) {
                print(&describe(entry))?;
            }
            if !found[0].first().is_some_and(|best| best.ended) {
                eprintln!("the prediction was cut off after {} tokens", arguments.max_tokens);
            }
        }
        Ok(text)
    }
}
