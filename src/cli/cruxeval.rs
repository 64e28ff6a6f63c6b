//! `codeexecutor cruxeval`: CRUXEval's output prediction.

use super::device::DeviceTask;
use super::files::FigureArguments;
use super::predict::prompt;
use super::print;
use super::progress::Progress;
use crate::data::example::DataSet;
use crate::data::files::{JsonLines, JsonLinesWriter};
use crate::data::parallel::{ordered, threads_or_all};
use crate::decode::{SampleOptions, Strategy};
use crate::device::Device;
use crate::evaluate::cruxeval::{Problem, answer};
use crate::evaluate::generation::pass_at_k;
use crate::evaluate::predict::Predictor;
use crate::train::checkpoint;
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use python::{Limits, Tracer};
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;

/// Predict what the functions of CRUXEval return, and score it (pass@1).
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor cruxeval --data cruxeval.jsonl --model runs/quickstart
  codeexecutor cruxeval --data cruxeval.jsonl --model runs/quickstart --temperature 0.8 --samples 10 --json figures.json")]
pub struct Arguments {
    /// JSON lines of {"id", "code", "input", "output"}.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// A checkpoint folder, or a run (its best checkpoint is taken).
    #[arg(long, default_value = "runs/quickstart")]
    model: PathBuf,
    /// The data set whose form the prediction has.
    #[arg(long, value_enum, default_value = "tutorial")]
    dataset: DataSet,
    /// Answers to each problem; more than one needs --temperature or --top-k.
    #[arg(long, default_value_t = 1)]
    samples: usize,
    /// Only the first so many problems.
    #[arg(long)]
    limit: Option<usize>,
    /// Write each problem's answers as JSON lines.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    figures: FigureArguments,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let strategy = arguments.figures.decoding.strategy()?;
    ensure!(arguments.samples > 0, "--samples 0: must be at least 1");
    if arguments.samples > 1 && matches!(strategy, Strategy::Search(_)) {
        bail!(
            "--samples {}: a search gives one answer; draw with --temperature or --top-k",
            arguments.samples
        );
    }
    let mut problems: Vec<Problem> = JsonLines::<Problem>::open(&arguments.data)?
        .map(|line| line.map(|(_, problem)| problem))
        .collect::<Result<_>>()?;
    problems.truncate(arguments.limit.unwrap_or(usize::MAX));
    ensure!(!problems.is_empty(), "{}: holds no problem", arguments.data.display());
    let doubtful = doubtful(&problems)?;
    let (expected, answers) = arguments.figures.device.run(Task {
        arguments: &arguments,
        problems: &problems,
        strategy,
    })?;
    let mut out = arguments.out.as_deref().map(JsonLinesWriter::create).transpose()?;
    let (mut sum, mut silent) = (0.0, 0);
    for ((problem, expected), answers) in problems.iter().zip(&expected).zip(&answers) {
        let right = answers
            .iter()
            .filter(|answer| answer.as_ref() == Some(expected))
            .count();
        sum += pass_at_k(answers.len(), right, 1);
        silent += usize::from(answers.iter().all(Option::is_none));
        if let Some(out) = &mut out {
            out.write(&json!({"id": problem.id, "answers": answers, "expected": expected, "right": right}))?;
        }
    }
    out.map_or(Ok(()), JsonLinesWriter::commit)?;
    let pass = 100.0 * sum / problems.len() as f64;
    let mut text = format!("{} problems\npass@1 {pass:>9.2}\n", problems.len());
    if silent > 0 {
        text += &format!("{silent} got no answer: too long for the model, or the trace did not come to its end\n");
    }
    if !doubtful.is_empty() {
        text += &format!(
            "{} have outputs that running them does not give: {}\n",
            doubtful.len(),
            doubtful.join(", ")
        );
    }
    print(&text)?;
    let figures = || {
        json!({
            "problems": problems.len(), "pass_at_1": pass, "samples": arguments.samples, "unanswered": silent,
            "doubtful": doubtful,
        })
    };
    arguments
        .figures
        .write(figures, &[&arguments.data], Some(&arguments.model))
}

/// Problems whose output is not what our own Python gives (it may also have met a limit).
fn doubtful(problems: &[Problem]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    ordered(
        threads_or_all(0),
        problems.iter().map(Ok),
        Tracer::new,
        |tracer, problem| {
            let executed = problem.executed(tracer, &Limits::default());
            // A function may print: its result stands on the last line.
            let result = executed.as_deref().and_then(|text| text.lines().last()).unwrap_or("");
            let same = |text: &str| text.replace(char::is_whitespace, "").replace('"', "'");
            Ok((same(result) != same(&problem.output)).then(|| problem.id.clone()))
        },
        |doubt| {
            found.extend(doubt);
            Ok(())
        },
    )?;
    Ok(found)
}

struct Task<'a> {
    arguments: &'a Arguments,
    problems: &'a [Problem],
    strategy: Strategy,
}

impl DeviceTask for Task<'_> {
    /// The true answer in the form of the model's traces, and the predicted ones, of each problem.
    type Output = (Vec<String>, Vec<Vec<Option<String>>>);

    fn run<D: Device>(self, device: Arc<D>) -> Result<Self::Output> {
        let arguments = self.arguments;
        let (model, tokenizer) = checkpoint::open(device, &arguments.model, false)?;
        let expected = self
            .problems
            .iter()
            .map(|problem| {
                let expected = problem.expected(tokenizer.format);
                expected.with_context(|| format!("{}: output", problem.id))
            })
            .collect::<Result<_>>()?;
        let mut answers = vec![Vec::new(); self.problems.len()];
        let prompts: Vec<Option<Vec<u32>>> = self
            .problems
            .iter()
            .map(|problem| prompt(&tokenizer, arguments.dataset, &problem.program()).ok())
            .collect();
        let total = (self.problems.len() * arguments.samples) as u64;
        let mut progress = Progress::new("answers", Some(total));
        for draw in 0..arguments.samples as u64 {
            let strategy = match self.strategy {
                Strategy::Sample(options) => Strategy::Sample(SampleOptions {
                    seed: options.seed + draw,
                    ..options
                }),
                search => search,
            };
            let predictor = Predictor {
                model: &model,
                tokenizer: &tokenizer,
                strategy,
            };
            let texts =
                predictor.texts_where_fitting(&prompts, predictor.batch_size(), |done| progress.advance(done))?;
            for ((problem, text), answers) in self.problems.iter().zip(&texts).zip(&mut answers) {
                let text = text.as_deref();
                answers.push(text.and_then(|text| answer(problem, tokenizer.format, text)));
            }
        }
        progress.finish();
        Ok((expected, answers))
    }
}
