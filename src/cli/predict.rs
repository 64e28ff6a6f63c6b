//! `codeexecutor predict`: the trace that a model expects of a program.

use super::decoding::DecodeArguments;
use super::device::{DeviceArguments, DeviceTask};
use super::print;
use super::programs::{Input, Program, open};
use crate::data::cwm;
use crate::data::example::{DataSet, TraceFormat, write_texts};
use crate::data::files::JsonLinesWriter;
use crate::data::packing::Encoder;
use crate::data::parallel::STACK_BYTES;
use crate::data::python_tokens::tokens;
use crate::data::text::{Joined, parse_trace};
use crate::data::tokenizer::Tokenizer;
use crate::decode::{Settled, Strategy};
use crate::device::Device;
use crate::evaluate::difference::first_difference;
use crate::evaluate::predict::{PredictedLine, Prediction, Predictor};
use crate::report::compare::{compare, describe};
use crate::report::style::Style;
use crate::train::checkpoint;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use python::{Limits, Tracer};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

/// Predict programs' traces without running them.
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor predict program.py --model runs/quickstart
  codeexecutor predict program.py --model runs/quickstart --beam 10 --compare
  codeexecutor predict programs/ --model runs/quickstart --out predictions.jsonl
  codeexecutor predict programs.jsonl --model runs/quickstart --temperature 0.8 --seed 3 --format json")]
pub struct Arguments {
    /// The program; - reads it from standard input. Or a folder (all *.py), or JSON lines of {\"id\", \"code\", \"stdin\"}.
    program: PathBuf,
    /// A checkpoint folder, or a run (its best checkpoint is taken).
    #[arg(long, default_value = "runs/quickstart")]
    model: PathBuf,
    /// The data set whose form the prediction has.
    #[arg(long, value_enum, default_value = "tutorial")]
    dataset: DataSet,
    #[arg(long, value_enum, default_value_t = Format::Lines)]
    format: Format,
    /// Show each line's log probability.
    #[arg(long)]
    log_probabilities: bool,
    /// Run the program too, show its true trace beside the prediction, and mark the first wrong line and value.
    #[arg(long)]
    compare: bool,
    /// A file that the program reads as its standard input when it is run; - is standard input.
    #[arg(long, value_name = "FILE", requires = "compare")]
    stdin: Option<PathBuf>,
    /// Write the predictions as JSON lines of {"id", "prediction", "lines", "log_probability", "ended"}, with --compare
    /// also {"truth", "first_difference"}.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    decoding: DecodeArguments,
    #[command(flatten)]
    device: DeviceArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One entry a line, as they are decoded.
    Lines,
    /// The text that the model wrote, one program a line.
    Codeexecutor,
    /// What --out writes.
    Json,
}

/// The model's input for a program.
pub fn prompt(tokenizer: &Tokenizer, set: DataSet, source: &str) -> Result<Vec<u32>> {
    if !tokens(source).is_ok_and(|tokens| tokens.is_empty()) {
        let mut encoder = Encoder::new(tokenizer);
        let source = encoder.source(source)?;
        return Ok(encoder.prompt(set, &source)??);
    }
    bail!("holds no program")
}

pub fn run(arguments: Arguments) -> Result<()> {
    let strategy = arguments.decoding.strategy()?;
    let input = open(&arguments.program, arguments.stdin.as_deref())?;
    arguments.device.run(Task {
        arguments: &arguments,
        strategy,
        input,
    })
}

/// A program's true trace in a model's format.
fn truth(program: &Program, set: DataSet, format: TraceFormat) -> Result<String> {
    std::thread::scope(|scope| {
        // Programs recurse, and this thread's stack is not ours to choose.
        let work = || {
            if format == TraceFormat::Cwm {
                let texts = cwm::texts(&mut Tracer::new(), &program.source, &program.stdin, &Limits::default());
                return texts.map(|(_, frames)| frames);
            }
            let (mut code, mut truth) = (Joined::default(), Joined::default());
            write_texts(
                &mut Tracer::new(),
                set,
                &program.source,
                &program.stdin,
                &Limits::default(),
                &mut code,
                &mut truth,
            )
            .map(|()| truth.text)
        };
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
        let worker = thread.spawn_scoped(scope, work).context("starting a thread")?;
        match worker.join() {
            Ok(text) => text.context("has no true trace to compare with"),
            Err(_) => bail!("an internal error stopped the tracer"),
        }
    })
}

struct Task<'a> {
    arguments: &'a Arguments,
    strategy: Strategy,
    input: Input,
}

impl DeviceTask for Task<'_> {
    type Output = ();

    fn run<D: Device>(self, device: Arc<D>) -> Result<()> {
        let arguments = self.arguments;
        let (model, tokenizer) = checkpoint::open(device, &arguments.model, false)?;
        let predictor = Predictor {
            model: &model,
            tokenizer: &tokenizer,
            strategy: self.strategy,
        };
        let out = arguments.out.as_deref().map(JsonLinesWriter::create).transpose()?;
        let mut writer = Writer {
            arguments,
            out,
            format: tokenizer.format,
        };
        match self.input {
            Input::One(program) => {
                let prompt = prompt(&tokenizer, arguments.dataset, &program.source).with_context(|| program.name())?;
                let prediction = if arguments.format == Format::Lines && !arguments.compare {
                    streamed(&predictor, prompt, arguments.log_probabilities)?
                } else {
                    predictor.predict(&[prompt], |_, _| ())?.remove(0)
                };
                writer.write(&program, &prediction, false)?;
            }
            Input::Many(programs) => many(&predictor, programs, &mut writer)?,
        }
        writer.out.map_or(Ok(()), JsonLinesWriter::commit)
    }
}

/// Predicts programs batch by batch. One that cannot be predicted is told and passed over; the exit then is a failure.
fn many<D: Device>(
    predictor: &Predictor<'_, D>,
    mut programs: impl Iterator<Item = Result<Program>>,
    writer: &mut Writer<'_>,
) -> Result<()> {
    let (mut all, mut failed, mut different) = (0, 0, 0);
    loop {
        let batch: Vec<Program> = programs.by_ref().take(predictor.batch_size()).collect::<Result<_>>()?;
        if batch.is_empty() {
            break;
        }
        let prompts: Vec<Result<Vec<u32>>> = batch
            .iter()
            .map(|program| prompt(predictor.tokenizer, writer.arguments.dataset, &program.source))
            .collect();
        let good: Vec<Vec<u32>> = prompts.iter().flatten().cloned().collect();
        let mut predictions = predictor.predict(&good, |_, _| ())?.into_iter();
        for (program, prompt) in batch.iter().zip(prompts) {
            all += 1;
            let written = match prompt {
                Ok(_) => writer.write(program, &predictions.next().unwrap_or_default(), true),
                Err(error) => Err(error.context(program.name())),
            };
            match written {
                Ok(right) => different += u64::from(!right),
                Err(error) if super::is_closed_pipe(&error) => return Err(error),
                Err(error) => {
                    failed += 1;
                    eprintln!("{}", format!("{error:#}").replace('\n', " "));
                    writer.fail(program, &error)?;
                }
            }
        }
    }
    if writer.arguments.compare {
        eprintln!("{} of {} predictions are right", all - failed - different, all - failed);
    }
    if failed > 0 {
        // The good predictions are kept: whoever reads the file finds the others marked in it.
        if let Some(out) = writer.out.take() {
            out.commit()?;
        }
        bail!("{failed} of {all} programs could not be predicted");
    }
    Ok(())
}

/// Shows a prediction's lines as soon as they are settled.
fn streamed<D: Device>(predictor: &Predictor<'_, D>, prompt: Vec<u32>, log_probabilities: bool) -> Result<Prediction> {
    let marks = predictor.tokenizer.entry_marks();
    let (mut shown, mut failed) = (0, None);
    let mut line: Vec<Settled> = Vec::new();
    let prediction = predictor
        .predict(&[prompt], |_, settled| {
            for &token in settled {
                if marks.contains(&token.0) && !line.is_empty() {
                    let tokens: Vec<u32> = line.iter().map(|token| token.0).collect();
                    let whole = PredictedLine {
                        text: predictor.tokenizer.decode(&tokens),
                        log_probability: line.iter().map(|token| f64::from(token.1)).sum(),
                    };
                    failed = failed.take().or(print(&shown_line(&whole, log_probabilities)).err());
                    shown += 1;
                    line.clear();
                }
                line.push(token);
            }
        })?
        .remove(0);
    if let Some(error) = failed {
        return Err(error);
    }
    for line in &prediction.lines[shown.min(prediction.lines.len())..] {
        print(&shown_line(line, log_probabilities))?;
    }
    if !prediction.ended {
        eprintln!(
            "the prediction was cut off after {} tokens",
            predictor.strategy.max_tokens()
        );
    }
    Ok(prediction)
}

/// A line for people.
fn shown_line(line: &PredictedLine, log_probabilities: bool) -> String {
    let entries: Vec<String> = parse_trace(&line.text).iter().map(describe).collect();
    let text = entries.join(" ");
    if log_probabilities {
        format!("{:>9.3}  {text}", line.log_probability)
    } else {
        text
    }
}

struct Writer<'a> {
    arguments: &'a Arguments,
    format: TraceFormat,
    out: Option<JsonLinesWriter>,
}

impl Writer<'_> {
    /// Shows and keeps a prediction; false when it was compared and is wrong. Lines of a single program were shown before.
    fn write(&mut self, program: &Program, prediction: &Prediction, many: bool) -> Result<bool> {
        let arguments = self.arguments;
        let truth = arguments
            .compare
            .then(|| truth(program, arguments.dataset, self.format).with_context(|| program.name()))
            .transpose()?;
        let first = truth
            .as_ref()
            .and_then(|truth| first_difference(&parse_trace(&prediction.text), &parse_trace(truth)));
        let mut record = json!({
            "id": program.id,
            "prediction": prediction.text,
            "lines": prediction.lines,
            "log_probability": prediction.log_probability,
            "ended": prediction.ended,
        });
        if let (Some(truth), Some(fields)) = (&truth, record.as_object_mut()) {
            fields.insert("truth".to_owned(), Value::from(truth.as_str()));
            fields.insert("first_difference".to_owned(), json!(first));
        }
        // A file of predictions needs no second copy on the screen.
        let quiet = many && self.out.is_some() && !arguments.compare;
        match (arguments.format, &truth) {
            _ if quiet => {}
            (Format::Codeexecutor, _) => print(&prediction.text)?,
            (Format::Json, _) => print(&record.to_string())?,
            (Format::Lines, None) if !many => {}
            (Format::Lines, truth) => {
                let mut text = if many {
                    Style::stdout().bold(&format!("== {}", program.name())) + "\n"
                } else {
                    String::new()
                };
                if let Some(truth) = truth {
                    text += &compare(&prediction.text, truth, Style::stdout()).0;
                } else {
                    for line in &prediction.lines {
                        text += &(shown_line(line, arguments.log_probabilities) + "\n");
                    }
                }
                print(&text)?;
            }
        }
        if let Some(out) = &mut self.out {
            out.write(&record)?;
        }
        Ok(first.is_none())
    }

    /// Keeps a program that could not be predicted.
    fn fail(&mut self, program: &Program, error: &anyhow::Error) -> Result<()> {
        let record = json!({"id": program.id, "error": format!("{error:#}")});
        if self.arguments.format == Format::Json && self.out.is_none() {
            print(&record.to_string())?;
        }
        self.out.as_mut().map_or(Ok(()), |out| out.write(&record))
    }
}
