//! Runs of the trainer as a whole: resuming, stopping, refusing.

#[path = "training_support/mod.rs"]
mod training_support;

use codeexecutor::config::RunConfig;
use codeexecutor::device::Precision;
use codeexecutor::device::cpu::{Bf16, Cpu};
use codeexecutor::train::log::{EvaluationMetrics, StepMetrics};
use codeexecutor::train::{Event, Outcome, Resume, train};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use training_support::write_examples;

fn config(directory: &Path, run: &str) -> RunConfig {
    let data = directory.join("data.jsonl");
    if !data.exists() {
        write_examples(&data, 600);
    }
    let text = format!(
        "seed = 3\ndirectory = {:?}\ndata_threads = 2\n[model]\npreset = 'tiny'\nvocabulary = 520\n[batch]\ntokens = 1024\n\
         accumulation = 2\n[optimizer]\nlearning_rate = 1e-3\nwarmup_steps = 3\n[evaluation]\ninterval = 4\nexamples = 4\n\
         [log]\ninterval = 1\n[[stage]]\nname = 'one'\nsteps = 5\n[[stage.data]]\npath = {data:?}\nset = 'singleline'\n\
         [[stage]]\nname = 'two'\nsteps = 3\n[[stage.data]]\npath = {data:?}\nset = 'singleline'\n",
        directory.join(run)
    );
    RunConfig::parse(&text, &[]).unwrap()
}

fn run(config: &RunConfig, resume: &Resume, most: Option<u64>) -> anyhow::Result<Outcome> {
    let device = Arc::new(Cpu::<f32>::new(2).unwrap());
    train(device, config, resume, most, &AtomicBool::new(false), &mut |_| ())
}

fn losses(config: &RunConfig) -> Vec<(u64, f64)> {
    let text = std::fs::read_to_string(config.directory.join("metrics.jsonl")).unwrap();
    text.lines()
        .filter_map(|line| serde_json::from_str::<StepMetrics>(line).ok())
        .map(|metrics| (metrics.step, metrics.loss))
        .collect()
}

#[test]
fn a_resumed_run_is_bit_identical() {
    let directory = tempfile::tempdir().unwrap();
    let whole = config(directory.path(), "whole");
    assert_eq!(run(&whole, &Resume::No, None).unwrap(), Outcome::Finished);
    let parts = config(directory.path(), "parts");
    assert_eq!(
        run(&parts, &Resume::Auto, Some(3)).unwrap(),
        Outcome::Stopped { step: 3 }
    );
    assert_eq!(
        run(&parts, &Resume::Auto, Some(2)).unwrap(),
        Outcome::Stopped { step: 5 }
    );
    assert_eq!(
        run(&parts, &Resume::From(parts.directory.clone()), None).unwrap(),
        Outcome::Finished
    );
    for name in [
        "model.safetensors",
        "first_moment.safetensors",
        "second_moment.safetensors",
        "tokenizer.json",
    ] {
        let read = |config: &RunConfig| std::fs::read(config.directory.join("last").join(name)).unwrap();
        assert!(read(&whole) == read(&parts), "{name} differs");
    }
    assert_eq!(losses(&whole), losses(&parts));
    assert_eq!(losses(&whole).len(), 8);
    let log = std::fs::read_to_string(whole.directory.join("metrics.jsonl")).unwrap();
    let evaluations = log
        .lines()
        .filter(|line| serde_json::from_str::<EvaluationMetrics>(line).is_ok())
        .count();
    // After update 4, and at the end of each stage.
    assert_eq!(evaluations, 3);
    let kept = RunConfig::read(&whole.directory.join("config.toml"), &[]).unwrap();
    assert_eq!(kept, whole);
}

#[test]
fn bf16_follows_f32_and_threads_change_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let run_on = |name: &str, precision: Precision, threads: usize| {
        let config = config(directory.path(), name);
        let stop = AtomicBool::new(false);
        let outcome = match precision {
            Precision::F32 => {
                let device = Arc::new(Cpu::<f32>::new(threads).unwrap());
                train(device, &config, &Resume::No, None, &stop, &mut |_| ())
            }
            Precision::Bf16 => {
                let device = Arc::new(Cpu::<Bf16>::new(threads).unwrap());
                train(device, &config, &Resume::No, None, &stop, &mut |_| ())
            }
        };
        assert_eq!(outcome.unwrap(), Outcome::Finished);
        let weights = std::fs::read(config.directory.join("last/model.safetensors")).unwrap();
        (losses(&config), weights)
    };
    let (full, _) = run_on("f32", Precision::F32, 2);
    let (half, weights) = run_on("bf16", Precision::Bf16, 2);
    let (alone, weights_alone) = run_on("alone", Precision::Bf16, 1);
    assert!(
        full.first().unwrap().1 > 1.02 * full.last().unwrap().1,
        "the loss falls: {full:?}"
    );
    assert_eq!(full.len(), half.len());
    for ((step, full), (_, half)) in full.iter().zip(&half) {
        assert!(
            (full - half).abs() < 0.01 * full,
            "step {step}: {full} in f32, {half} in bf16"
        );
    }
    assert!(half == alone && weights == weights_alone, "one thread and two differ");
}

#[test]
fn an_interrupt_leaves_a_checkpoint() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path(), "run");
    let stop = AtomicBool::new(false);
    let device = Arc::new(Cpu::<f32>::new(1).unwrap());
    let outcome = train(device, &config, &Resume::No, None, &stop, &mut |event| {
        if let Event::Step(metrics) = event
            && metrics.step == 2
        {
            stop.store(true, Ordering::Relaxed);
        }
    });
    assert_eq!(outcome.unwrap(), Outcome::Stopped { step: 2 });
    assert_eq!(
        codeexecutor::train::checkpoint::position(&config.directory.join("last"))
            .unwrap()
            .step,
        2
    );
    // A full folder is not written over.
    let refused = format!("{:#}", run(&config, &Resume::No, None).unwrap_err());
    assert!(
        refused.contains("holds a run already") && refused.contains("--resume auto"),
        "{refused}"
    );
}

#[test]
fn damaged_checkpoints_are_named() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path(), "run");
    run(&config, &Resume::No, Some(1)).unwrap();
    let weights = config.directory.join("last/model.safetensors");
    let bytes = std::fs::read(&weights).unwrap();
    std::fs::write(&weights, &bytes[..bytes.len() / 2]).unwrap();
    let error = format!("{:#}", run(&config, &Resume::Auto, None).unwrap_err());
    assert!(error.contains("model.safetensors"), "{error}");
    std::fs::write(&weights, &bytes).unwrap();
    let shape = config.directory.join("last/config.json");
    let text = std::fs::read_to_string(&shape)
        .unwrap()
        .replace("\"intermediate_size\": 512", "\"intermediate_size\": 256");
    std::fs::write(&shape, text).unwrap();
    let error = format!("{:#}", run(&config, &Resume::Auto, None).unwrap_err());
    assert!(
        error.contains("dense.weight") && error.contains("512") && error.contains("256"),
        "{error}"
    );
}
