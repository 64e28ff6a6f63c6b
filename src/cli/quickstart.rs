//! `codeexecutor quickstart`: the whole way once, in three minutes.

use super::device::{DeviceTask, on_device};
use super::print;
use super::train::{Watcher, run_training, stop_on_interrupt};
use crate::config::{DataType, RunConfig, WeightFormat};
use crate::data::example::{DataSet, write_texts};
use crate::data::parallel::STACK_BYTES;
use crate::data::stream::{Feed, Split};
use crate::data::text::Joined;
use crate::device::Device;
use crate::device::cpu::vector::Isa;
use crate::evaluate::Counts;
use crate::evaluate::predict::{Predictor, score};
use crate::report::compare::compare;
use crate::report::style::Style;
use crate::report::trace_table::trace_table;
use crate::train::{Outcome, Resume};
use anyhow::{Context, Result, bail};
use clap::Args;
use python::{Limits, Tracer};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Trace, train, evaluate and predict once, in at most three minutes on two cores.
///
/// Makes and traces programs on the fly, trains a small model through two stages, evaluates it on programs that it has not
/// seen and predicts the trace of an example.
#[derive(Args)]
#[command(after_help = "Example:
  codeexecutor quickstart")]
pub struct Arguments {
    /// Where the run is written; what a quickstart before left there is replaced.
    #[arg(long, default_value = "runs/quickstart")]
    directory: PathBuf,
    /// Seconds that both stages of training take together.
    #[arg(long, default_value_t = 140.0)]
    seconds: f64,
}

/// The run's description; `configs/quickstart.toml` on disk.
const CONFIG: &str = include_str!("../../configs/quickstart.toml");

/// The program that is traced at the beginning and predicted at the end.
const EXAMPLE: &str = "total = 0\nfor i in range(3):\n    total += i\nprint(total)\n";

/// Held-out programs of each stage that the model is judged by at the end.
const EVALUATED: usize = 256;

pub fn run(arguments: Arguments) -> Result<()> {
    if !(arguments.seconds > 0.0 && arguments.seconds.is_finite()) {
        bail!("--seconds {}: must be above 0", arguments.seconds);
    }
    let began = Instant::now();
    let style = Style::stdout();
    let mut config = RunConfig::parse(CONFIG, &[])?;
    config.directory = arguments.directory;
    let share: f64 = config.stages.iter().filter_map(|stage| stage.seconds).sum();
    for stage in &mut config.stages {
        stage.seconds = stage.seconds.map(|seconds| seconds / share * arguments.seconds);
    }
    // Where the processor multiplies bf16 itself, the same seconds train half as far again.
    if Isa::detect().multiplies_bf16() {
        config.dtype = DataType::Bf16;
    }
    clear(&config.directory)?;

    print(&style.bold("A program, and its trace: each line that runs, and the state after it"))?;
    // Programs recurse, and the main thread's stack is not ours to choose.
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(example_trace);
    let (table, truth) = match thread.context("starting a thread")?.join() {
        Ok(made) => made?,
        Err(_) => bail!("an internal error stopped the tracer"),
    };
    print(&table)?;

    print(
        &style.bold("Training a small model to predict such traces, on programs that are made and traced meanwhile"),
    )?;
    let stop = stop_on_interrupt()?;
    let mut watcher = Watcher::new();
    let outcome = run_training(&config, &Resume::No, None, &stop, &mut |event| watcher.see(&event))?;
    watcher.finish();
    for (stage, first, last) in &watcher.losses {
        print(&format!("{stage}: loss {first:.3} at first, {last:.3} at last"))?;
    }
    if let Outcome::Stopped { step } = outcome {
        return print(&format!("stopped after update {step}"));
    }

    print(&style.bold(&format!("\n{EVALUATED} programs of each kind that it has not seen")))?;
    let task = Judge { config: &config };
    let (scores, prediction) = on_device(config.device, config.dtype, WeightFormat::Dtype, config.threads, task)?;
    for (stage, counts) in &scores {
        print(&format!(
            "{stage}: {:.1}% of traces right as a whole, identifier F1 {:.1}%",
            counts.trace_accuracy(),
            counts.identifier_f1()
        ))?;
    }
    print(&style.bold("\nThe trace that the model predicts for the program above, without running it"))?;
    print(&compare(&prediction, &truth, style).0)?;
    let directory = config.directory.display();
    print(&format!(
        "\n{:.0} seconds. {directory}/ holds config.toml, metrics.jsonl and the checkpoints best/ and last/.\n\
         Try next:\n\
         \x20 codeexecutor predict PROGRAM.py --model {directory} --compare\n\
         \x20 codeexecutor trace PROGRAM.py\n\
         \x20 codeexecutor train --config configs/tiny.toml      (a longer run; every key can be --set)",
        began.elapsed().as_secs_f64()
    ))
}

/// Removes an earlier quickstart's run, and nothing else.
fn clear(directory: &Path) -> Result<()> {
    if !directory.exists() {
        return Ok(());
    }
    let names = std::fs::read_dir(directory).with_context(|| directory.display().to_string())?;
    for entry in names {
        let name = entry.with_context(|| directory.display().to_string())?.file_name();
        let name = name.to_string_lossy();
        let ours = ["config.toml", "metrics.jsonl", "best", "last"].contains(&name.as_ref())
            || name.starts_with(".last.")
            || name.starts_with(".best.");
        if !ours {
            bail!(
                "{}: holds {name}, which no quickstart wrote; choose another --directory",
                directory.display()
            );
        }
    }
    std::fs::remove_dir_all(directory).with_context(|| format!("{}: cannot be replaced", directory.display()))
}

/// The example's table, and its trace as text.
fn example_trace() -> Result<(String, String)> {
    let mut tracer = Tracer::new();
    let trace = tracer.trace(EXAMPLE, "", &Limits::default());
    let table = trace_table(EXAMPLE, &trace, false, Style::stdout());
    let (mut code, mut truth) = (Joined::default(), Joined::default());
    write_texts(
        &mut tracer,
        DataSet::Tutorial,
        EXAMPLE,
        "",
        &Limits::default(),
        &mut code,
        &mut truth,
    )?;
    Ok((table, truth.text))
}

/// Scores the finished model, and lets it predict the example.
struct Judge<'a> {
    config: &'a RunConfig,
}

impl DeviceTask for Judge<'_> {
    type Output = (Vec<(String, Counts)>, String);

    fn run<D: Device>(self, device: Arc<D>) -> Result<Self::Output> {
        let (model, tokenizer) = crate::train::checkpoint::open(device, &self.config.directory.join("last"), false)?;
        let predictor = Predictor::greedy(&model, &tokenizer);
        let mut scores = Vec::new();
        for stage in &self.config.stages {
            // The last stage repeats what came before it; each kind of program is judged by itself.
            let mut own = stage.clone();
            own.data.truncate(1);
            let held_out = Feed::open(&own, self.config.seed, Split::HeldOut)?.take(&tokenizer, EVALUATED)?;
            let mut counts = Counts::default();
            for chunk in held_out.chunks(32) {
                counts += score(&predictor, chunk)?;
            }
            scores.push((stage.name.clone(), counts));
        }
        let prompt = super::predict::prompt(&tokenizer, DataSet::Tutorial, EXAMPLE)?;
        let prediction = predictor.texts(&[prompt])?.remove(0);
        Ok((scores, prediction))
    }
}
