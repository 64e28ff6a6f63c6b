//! `codeexecutor rerank`: choosing among sampled programs by what they are predicted to do.

use super::device::DeviceTask;
use super::files::FigureArguments;
use super::predict::prompt;
use super::print;
use super::progress::Progress;
use crate::data::cwm;
use crate::data::example::DataSet;
use crate::data::files::{JsonLines, JsonLinesWriter};
use crate::data::parallel::{ordered, threads_or_all};
use crate::data::text::parse_trace;
use crate::decode::Strategy;
use crate::device::Device;
use crate::evaluate::generation::{
    Evidence, Input, Problem, Sample, evidence, inputs, pass_at_k, passes, ranking, with_call,
};
use crate::evaluate::predict::Predictor;
use crate::train::checkpoint;
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use python::{Limits, Status, Tracer};
use serde_json::json;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::PathBuf;
use std::sync::Arc;

/// Rank sampled programs by their predicted outputs, and give pass@k from running them (HumanEval schema).
///
/// Each sample is looked at with the examples of its task's prompt (or the arguments of its tests, where it has none): those
/// whose predicted outputs are what the prompt says come first, then those that agree with most others. Programs then run
/// against their tests in the project's own Python.
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor rerank --samples samples.jsonl --problems HumanEval.jsonl --model runs/quickstart
  codeexecutor rerank --samples samples.jsonl --problems HumanEval.jsonl --k 1,10,100 --out ranked.jsonl")]
pub struct Arguments {
    /// JSON lines of {"task_id", "completion"} (or "solution", "program"), or with their task's fields beside them.
    #[arg(long, value_name = "FILE")]
    samples: PathBuf,
    /// JSON lines of {"task_id", "prompt", "entry_point", "test"}.
    #[arg(long, value_name = "FILE")]
    problems: Option<PathBuf>,
    /// A checkpoint folder, or a run (its best checkpoint is taken).
    #[arg(long, default_value = "runs/quickstart")]
    model: PathBuf,
    /// The data set whose form the predictions have.
    #[arg(long, value_enum, default_value = "codenet")]
    dataset: DataSet,
    /// The k of pass@k.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 10, 100])]
    k: Vec<usize>,
    /// Most calls that a sample is looked at with.
    #[arg(long, default_value_t = 3)]
    inputs: usize,
    /// Most seconds that a program may run.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Write the samples in their new order, with rank, evidence and result, as JSON lines.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    figures: FigureArguments,
}

/// A problem with its samples.
struct Task {
    problem: Problem,
    inputs: Vec<Input>,
    programs: Vec<String>,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let strategy = arguments.figures.decoding.strategy()?;
    ensure!(
        arguments.seconds > 0.0 && arguments.seconds.is_finite(),
        "--seconds {}: must be above 0",
        arguments.seconds
    );
    ensure!(!arguments.k.contains(&0), "--k 0: must be at least 1");
    ensure!(arguments.inputs > 0, "--inputs 0: must be at least 1");
    let tasks = read(&arguments)?;
    let limits = Limits {
        seconds: arguments.seconds,
        ..Limits::default()
    };
    let results = execute(&tasks, &limits)?;
    let evidence = arguments.figures.device.run(Prediction {
        arguments: &arguments,
        tasks: &tasks,
        strategy,
    })?;
    let orders: Vec<Vec<usize>> = evidence.iter().map(|evidence| ranking(evidence)).collect();
    if let Some(path) = &arguments.out {
        let mut out = JsonLinesWriter::create(path)?;
        for (((task, order), evidence), results) in tasks.iter().zip(&orders).zip(&evidence).zip(&results) {
            for (rank, &sample) in order.iter().enumerate() {
                out.write(&json!({
                    "task_id": task.problem.task_id, "rank": rank + 1, "sample": sample,
                    "program": task.programs[sample], "evidence": evidence[sample],
                    "passed": results[sample] == Status::Ok, "status": results[sample].name(),
                }))?;
            }
        }
        out.commit()?;
    }
    report(&arguments, &results, &orders)
}

/// The tasks in the order in which the samples name them.
fn read(arguments: &Arguments) -> Result<Vec<Task>> {
    let mut problems = HashMap::new();
    if let Some(path) = &arguments.problems {
        for line in JsonLines::<Problem>::open(path)? {
            let (_, problem) = line?;
            problems.insert(problem.task_id.clone(), problem);
        }
    }
    let mut tasks: Vec<Task> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for line in JsonLines::<Sample>::open(&arguments.samples)? {
        let (number, sample) = line?;
        let place = || format!("{}: line {number}", arguments.samples.display());
        let at = match places.get(&sample.task_id) {
            Some(&at) => at,
            None => {
                let problem = sample.problem().or_else(|| problems.get(&sample.task_id).cloned());
                let problem = problem.with_context(|| {
                    format!(
                        "{}: {}: neither here nor in --problems stand its entry_point and test",
                        place(),
                        sample.task_id
                    )
                })?;
                places.insert(sample.task_id.clone(), tasks.len());
                tasks.push(Task {
                    inputs: inputs(&problem, arguments.inputs),
                    programs: Vec::new(),
                    problem,
                });
                tasks.len() - 1
            }
        };
        let program = sample.program(&tasks[at].problem).with_context(place)?;
        tasks[at].programs.push(program);
    }
    if tasks.is_empty() {
        bail!("{}: holds no sample", arguments.samples.display());
    }
    Ok(tasks)
}

/// How each sample ends against its tests.
fn execute(tasks: &[Task], limits: &Limits) -> Result<Vec<Vec<Status>>> {
    let all: Vec<(usize, &Problem, &String)> = tasks
        .iter()
        .enumerate()
        .flat_map(|(at, task)| task.programs.iter().map(move |program| (at, &task.problem, program)))
        .collect();
    let mut results = vec![Vec::new(); tasks.len()];
    let mut progress = Progress::new("programs run", Some(all.len() as u64));
    ordered(
        threads_or_all(0),
        all.into_iter().map(Ok),
        Tracer::new,
        |tracer, (at, problem, program)| Ok((at, passes(tracer, program, problem, limits))),
        |(at, status)| {
            progress.advance(1);
            results[at].push(status);
            Ok(())
        },
    )?;
    progress.finish();
    Ok(results)
}

struct Prediction<'a> {
    arguments: &'a Arguments,
    tasks: &'a [Task],
    strategy: Strategy,
}

impl DeviceTask for Prediction<'_> {
    type Output = Vec<Vec<Evidence>>;

    fn run<D: Device>(self, device: Arc<D>) -> Result<Self::Output> {
        let (model, tokenizer) = checkpoint::open(device, &self.arguments.model, false)?;
        let predictor = Predictor {
            model: &model,
            tokenizer: &tokenizer,
            strategy: self.strategy,
        };
        let total = self
            .tasks
            .iter()
            .map(|task| task.programs.len() * task.inputs.len())
            .sum::<usize>();
        let mut progress = Progress::new("predictions", Some(total as u64));
        let mut all = Vec::with_capacity(self.tasks.len());
        for task in self.tasks {
            // Equal programs are looked at once.
            let mut places = HashMap::new();
            let (mut prompts, mut sources) = (Vec::new(), Vec::new());
            for program in &task.programs {
                for input in &task.inputs {
                    if let Entry::Vacant(place) = places.entry(with_call(program, &input.call)) {
                        let prompt = prompt(&tokenizer, self.arguments.dataset, place.key()).ok();
                        sources.push(place.key().clone());
                        place.insert(prompts.len());
                        prompts.push(prompt);
                    }
                }
            }
            let texts = predictor.texts_where_fitting(&prompts, predictor.batch_size(), |_| ())?;
            let outputs: Vec<Option<String>> = texts
                .iter()
                .zip(&sources)
                .map(|(text, source)| last_output(text.as_deref()?, source))
                .collect();
            let found: Vec<Vec<Option<String>>> = task
                .programs
                .iter()
                .map(|program| {
                    let calls = task.inputs.iter();
                    calls
                        .map(|input| outputs[places[&with_call(program, &input.call)]].clone())
                        .collect()
                })
                .collect();
            all.push(evidence(&task.inputs, &found));
            progress.advance((task.programs.len() * task.inputs.len()) as u64);
        }
        progress.finish();
        Ok(all)
    }
}

/// The call's result in a predicted trace: what it prints last, or what frames say that the function returns.
fn last_output(trace: &str, source: &str) -> Option<String> {
    if cwm::is_frames(trace) {
        return cwm::last_returned(trace, source);
    }
    parse_trace(trace).into_iter().rev().find_map(|entry| entry.output)
}

fn report(arguments: &Arguments, results: &[Vec<Status>], orders: &[Vec<usize>]) -> Result<()> {
    let tasks = results.len() as f64;
    let samples: usize = results.iter().map(Vec::len).sum();
    let mut text = format!(
        "{} tasks, {samples} samples\n{:<10}{:>9}{:>9}\n",
        results.len(),
        "",
        "sampled",
        "ranked"
    );
    let mut figures = Vec::new();
    let least = results.iter().map(Vec::len).min().unwrap_or(0);
    for &k in arguments.k.iter().filter(|&&k| k <= least) {
        let right = |results: &[Status]| results.iter().filter(|&&status| status == Status::Ok).count();
        let sampled: f64 = results
            .iter()
            .map(|results| pass_at_k(results.len(), right(results), k))
            .sum();
        let ranked = results
            .iter()
            .zip(orders)
            .filter(|(results, order)| order.iter().take(k).any(|&sample| results[sample] == Status::Ok))
            .count();
        let (sampled, ranked) = (100.0 * sampled / tasks, 100.0 * ranked as f64 / tasks);
        text += &format!("{:<10}{sampled:>9.2}{ranked:>9.2}\n", format!("pass@{k}"));
        figures.push(json!({"k": k, "sampled": sampled, "ranked": ranked}));
    }
    ensure!(
        !figures.is_empty(),
        "--k: a task has only {least} samples: k must not be above that"
    );
    let unsupported = results
        .iter()
        .flatten()
        .filter(|&&status| status == Status::Unsupported)
        .count();
    if unsupported > 0 {
        text += &format!("{unsupported} samples use Python that is not supported here; they count as failed\n");
    }
    print(&text)?;
    let figures = || {
        json!({
            "tasks": results.len(), "samples": samples, "pass_at": figures, "unsupported": unsupported,
        })
    };
    let mut files = vec![arguments.samples.as_path()];
    files.extend(arguments.problems.as_deref());
    arguments.figures.write(figures, &files, Some(&arguments.model))
}
