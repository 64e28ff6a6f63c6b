//! The engine on the CUDA device: reference fixtures, training beside the CPU's, resuming, decoding, the command line. On the
//! software device, or with `CODEEXECUTOR_DEVICE=cuda` on a card.

#[path = "cuda_support/mod.rs"]
mod cuda_support;
#[path = "training_support/mod.rs"]
mod training_support;

use codeexecutor::config::RunConfig;
use codeexecutor::device::cpu::Cpu;
use codeexecutor::device::cuda::Cuda;
use codeexecutor::device::cuda::driver::DriverKind;
use codeexecutor::device::{AdamW, Device, Precision, Unit};
use codeexecutor::model::reference::Reference;
use codeexecutor::model::{
    BatchLimits, Decoder, DecoderLimits, DropoutSettings, Model, ModelConfig, PackedBatch, Training,
};
use codeexecutor::train::{Outcome, Resume, train};
use cuda_support::open_unchecked;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use training_support::write_examples;

fn device(precision: Precision) -> Option<Arc<Cuda>> {
    open_unchecked(precision).map(Arc::new)
}

/// Graphs are updated in place from CUDA 12 on; with an older driver of a card all runs without.
fn graphs_expected(device: &Cuda) -> bool {
    if !device.runs_graphs() {
        assert_eq!(device.driver().kind, DriverKind::Cuda, "the software device has graphs");
        eprintln!("skipped: graphs need a driver of CUDA 12 or newer");
    }
    device.runs_graphs()
}

fn fixture(name: &str) -> Reference {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/reference/{name}.safetensors"));
    Reference::read(&path).unwrap()
}

#[test]
fn f32_equals_the_reference() {
    for name in ["odd", "even", "wide"] {
        let Some(device) = device(Precision::F32) else { return };
        for comparison in fixture(name).validate(device).unwrap() {
            assert!(comparison.passes(), "{name}: {comparison:?}");
        }
    }
}

#[test]
fn bf16_stays_near_the_reference() {
    let Some(device) = device(Precision::Bf16) else { return };
    for comparison in fixture("wide").validate(device).unwrap() {
        // As on the CPU: 2^-9 per rounding, some tens of roundings in a row, nearly cancelling sums in small gradients.
        let bound = match comparison.name.as_str() {
            "loss" | "step_losses" => 0.01,
            "hidden" | "logits" | "gradient_norms" => 0.03,
            name if name.starts_with("gradient.") => 0.25,
            _ => 0.02,
        };
        assert!(comparison.error < bound, "{comparison:?}");
    }
    // Rows of 35 elements are no whole vectors of bf16.
    let Some(device) = self::device(Precision::Bf16) else {
        return;
    };
    let error = fixture("odd").validate(device).unwrap_err().to_string();
    assert!(error.contains("35") && error.contains("multiple of 8"), "{error}");
}

fn config() -> ModelConfig {
    ModelConfig {
        hidden_size: 64,
        intermediate_size: 136,
        ..ModelConfig::preset("tiny", 203).unwrap()
    }
}

/// Three sequences of a simple rule, other ones each time.
fn batch(number: u32) -> PackedBatch {
    let mut batch = PackedBatch::new();
    for (index, length) in [21u32, 33, 12].into_iter().enumerate() {
        let length = length - number % 5;
        let step = 1 + (number * 3 + index as u32) % 4;
        let tokens: Vec<u32> = (0..length).map(|place| 5 + (number + place * step) % 150).collect();
        let prefix = length as usize / 3;
        batch.push(
            &tokens,
            prefix,
            prefix,
            2,
            |token| if token % 7 == 0 { 10.0 } else { 1.0 },
        );
    }
    batch
}

const DROPOUT: DropoutSettings = DropoutSettings {
    hidden: 0.1,
    attention: 0.1,
    seed: 77,
    draw: 0,
};

/// Losses of so many updates of one micro-batch each, and the gradients of the last one.
fn losses<D: Device>(device: Arc<D>, updates: u32) -> (Vec<f32>, Vec<f32>) {
    let mut model = Model::initialize(device, config(), 5, true).unwrap();
    let limits = BatchLimits {
        tokens: 66,
        segments: 3,
        targets: 66,
    };
    let mut training = Training::new(&model, limits).unwrap();
    let mut losses = Vec::new();
    for number in 0..updates {
        let batch = batch(number);
        let dropout = DropoutSettings {
            draw: number,
            ..DROPOUT
        };
        training.zero_gradients(&model).unwrap();
        training
            .accumulate(&model, &batch, &dropout, 1.0 / batch.target_count() as f32)
            .unwrap();
        let settings = AdamW {
            learning_rate: 1e-3,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-6,
            weight_decay: 0.01,
            step: u64::from(number) + 1,
            max_norm: 1.0,
        };
        training.update(&mut model, &settings).unwrap();
        losses.push(training.read_loss(&model).unwrap());
    }
    let mut gradients = vec![0.0; model.layout.length];
    model
        .device()
        .read_floats(&training.gradients, 0, &mut gradients)
        .unwrap();
    (losses, gradients)
}

#[test]
fn fifty_updates_follow_the_cpu() {
    let (right, _) = losses(Arc::new(Cpu::<f32>::new(1).unwrap()), 50);
    assert!(
        right[49] < 0.9 * right[0],
        "the model learns: {} to {}",
        right[0],
        right[49]
    );
    for (precision, bound) in [(Precision::F32, 1e-4), (Precision::Bf16, 2e-2)] {
        let Some(device) = device(precision) else { return };
        let (ours, gradients) = losses(device.clone(), 50);
        for (step, (a, b)) in ours.iter().zip(&right).enumerate() {
            assert!((a - b).abs() <= bound * b, "{precision}, update {step}: {a}, not {b}");
        }
        // All but the first run from graphs, and the second makes them.
        if graphs_expected(&device) {
            assert_eq!(device.graph_updates(Unit::Accumulate), 48, "{precision}");
            assert_eq!(device.graph_updates(Unit::Update), 48, "{precision}");
        }
        assert!(gradients.iter().all(|value| value.is_finite()));
    }
}

#[test]
fn gradients_are_bit_identical_from_run_to_run() {
    for precision in [Precision::F32, Precision::Bf16] {
        let (Some(one), Some(other)) = (device(precision), device(precision)) else {
            return;
        };
        let (first, second) = (losses(one, 2), losses(other, 2));
        let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&first.1), bits(&second.1), "{precision}");
        assert_eq!(bits(&first.0), bits(&second.0), "{precision}");
    }
}

#[test]
fn decoding_follows_the_cpu() {
    let limits = DecoderLimits {
        prefix_tokens: 40,
        sequences: 2,
        rows: 4,
        steps: 5,
        candidates: 3,
    };
    let mut prefixes = PackedBatch::new();
    for prefix in [&[3u32, 9, 4, 77, 150, 2][..], &[8, 8, 2]] {
        prefixes.push(prefix, prefix.len(), prefix.len(), 2, |_| 1.0);
    }
    let parameters = Model::initialize(Arc::new(Cpu::<f32>::new(1).unwrap()), config(), 9, false)
        .and_then(|model| model.read_parameters())
        .unwrap();
    let parameters: Vec<f32> = parameters.iter().map(|value| value * 4.0).collect();
    fn run<D: Device>(device: Arc<D>, parameters: &[f32], limits: DecoderLimits, prefixes: &PackedBatch) -> Vec<f32> {
        let model = Model::new(device, config(), parameters, false).unwrap();
        let mut decoder = Decoder::new(&model, limits).unwrap();
        decoder.start(&model, prefixes).unwrap();
        // Rows come, change places, and go.
        let steps: [(&[u32], &[u32], &[u32]); 4] = [
            (&[5, 6], &[0, 1], &[0, 0]),
            (&[8, 10, 11, 12], &[0, 0, 1, 1], &[0, 0, 1, 1]),
            (&[13, 14, 15], &[1, 0, 0], &[3, 1, 0]),
            (&[16, 17], &[0, 1], &[1, 0]),
        ];
        let mut all = Vec::new();
        for (tokens, sequences, parents) in steps {
            let candidates = decoder.step(&model, tokens, sequences, parents, 3).unwrap();
            all.extend(&candidates.log_probabilities);
        }
        all
    }
    let right = run(Arc::new(Cpu::<f32>::new(1).unwrap()), &parameters, limits, &prefixes);
    for (precision, bound) in [(Precision::F32, 1e-4), (Precision::Bf16, 0.1)] {
        let Some(device) = device(precision) else { return };
        let ours = run(device.clone(), &parameters, limits, &prefixes);
        if graphs_expected(&device) {
            assert!(device.graph_updates(Unit::Decode) + 3 >= 4, "steps run from one graph");
        }
        for (a, b) in ours.iter().zip(&right) {
            assert!((a - b).abs() <= bound, "{precision}: {a}, not {b}");
        }
    }
}

fn run_configuration(directory: &Path, run: &str) -> String {
    let data = directory.join("data.jsonl");
    if !data.exists() {
        write_examples(&data, 200);
    }
    format!(
        "seed = 3\ndirectory = {:?}\ndata_threads = 1\n[model]\npreset = 'tiny'\nvocabulary = 512\n[batch]\ntokens = 1024\n\
         [optimizer]\nlearning_rate = 1e-3\nwarmup_steps = 2\n[evaluation]\ninterval = 100\nexamples = 0\n\
         [log]\ninterval = 2\n[[stage]]\nname = 'one'\nsteps = 3\n[[stage.data]]\npath = {data:?}\nset = 'singleline'\n",
        directory.join(run)
    )
}

#[test]
fn a_resumed_run_is_bit_identical() {
    let directory = tempfile::tempdir().unwrap();
    let configuration = |run: &str| RunConfig::parse(&run_configuration(directory.path(), run), &[]).unwrap();
    let run = |config: &RunConfig, resume: Resume, most: Option<u64>| {
        let device = device(Precision::Bf16)?;
        Some(train(device, config, &resume, most, &AtomicBool::new(false), &mut |_| ()).unwrap())
    };
    let (whole, parts) = (configuration("whole"), configuration("parts"));
    let Some(outcome) = run(&whole, Resume::No, None) else {
        return;
    };
    assert_eq!(outcome, Outcome::Finished);
    assert_eq!(run(&parts, Resume::Auto, Some(2)), Some(Outcome::Stopped { step: 2 }));
    assert_eq!(run(&parts, Resume::Auto, None), Some(Outcome::Finished));
    for name in [
        "model.safetensors",
        "first_moment.safetensors",
        "second_moment.safetensors",
    ] {
        let read = |config: &RunConfig| std::fs::read(config.directory.join("last").join(name)).unwrap();
        assert!(read(&whole) == read(&parts), "{name} differs");
    }
}

/// Every subcommand that computes takes `--device`.
#[test]
fn the_command_line_runs_on_the_software_device() {
    let directory = tempfile::tempdir().unwrap();
    let codeexecutor = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_codeexecutor"))
            .args(arguments)
            .current_dir(directory.path())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {error}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    std::fs::write(
        directory.path().join("run.toml"),
        run_configuration(directory.path(), "run"),
    )
    .unwrap();
    std::fs::write(directory.path().join("program.py"), "a = 3\nb = a + 4\n").unwrap();
    codeexecutor(&[
        "train", "--config", "run.toml", "--device", "softcuda", "--dtype", "bf16",
    ]);
    let model = directory.path().join("run/last");
    let model = model.to_str().unwrap();
    codeexecutor(&[
        "predict",
        "--max-tokens",
        "4",
        "program.py",
        "--model",
        model,
        "--device",
        "softcuda",
        "--dtype",
        "bf16",
    ]);
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/wide.safetensors");
    let reference = reference.to_str().unwrap();
    let text = codeexecutor(&["validate", "--reference", reference, "--device", "softcuda"]);
    assert!(text.contains("gradient_norms") && !text.contains("beyond"), "{text}");
    // Too small for anything but to see that every operation runs.
    let text = codeexecutor(&[
        "bench",
        "kernels",
        "--device",
        "softcuda",
        "--repetitions",
        "1",
        "--json",
    ]);
    assert!(text.contains("percent_of_peak") && text.contains("AdamW"), "{text}");
    let text = codeexecutor(&["bench", "kernels", "--device", "softcuda", "--tune", "tiles.toml"]);
    let tiles = std::fs::read_to_string(directory.path().join("tiles.toml")).unwrap();
    assert!(
        text.contains("candidates agree") && tiles.contains("sm_80, 108 multiprocessors"),
        "{text}"
    );
    let text = codeexecutor(&["doctor"]);
    assert!(text.contains("gemm.ptx compiles"), "{text}");
}
