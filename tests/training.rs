//! Training through the public API: dropout's gradients, determinism, and bf16 beside f32.

use codeexecutor::device::AdamW;
use codeexecutor::device::cpu::element::Element;
use codeexecutor::device::cpu::{Bf16, Cpu};
use codeexecutor::device::random::philox;
use codeexecutor::model::{BatchLimits, DropoutSettings, Model, ModelConfig, PackedBatch, Training};
use std::sync::Arc;

fn config() -> ModelConfig {
    ModelConfig {
        hidden_size: 48,
        num_attention_heads: 3,
        intermediate_size: 80,
        max_position_embeddings: 400,
        ..ModelConfig::preset("tiny", 97).unwrap()
    }
}

/// Sequences whose target repeats their source.
fn batch(seed: u32) -> PackedBatch {
    let mut batch = PackedBatch::new();
    for (index, length) in [9u32, 30, 4, 61].into_iter().enumerate() {
        let source: Vec<u32> = (0..length)
            .map(|i| 5 + philox([i, index as u32, seed, 0], [1, 2])[0] % 90)
            .collect();
        let tokens = [&[0], &source[..], &[2], &source[..], &[2]].concat();
        batch.push(&tokens, length as usize + 2, length as usize + 2, 2, |token| {
            if token == 2 { 1.0 } else { 10.0 }
        });
    }
    batch
}

fn train<E: Element>(threads: usize, steps: u64, dropout: f32) -> (Vec<f32>, Vec<f32>) {
    let mut model = Model::initialize(Arc::new(Cpu::<E>::new(threads).unwrap()), config(), 5, true).unwrap();
    let mut training = Training::new(
        &model,
        BatchLimits {
            tokens: 300,
            segments: 8,
            targets: 200,
        },
    )
    .unwrap();
    let mut losses = Vec::new();
    for step in 1..=steps {
        let batch = batch(step as u32 % 3);
        let settings = DropoutSettings {
            hidden: dropout,
            attention: dropout,
            seed: 9,
            draw: step as u32,
        };
        training.zero_gradients(&model).unwrap();
        training
            .accumulate(&model, &batch, &settings, 1.0 / batch.target_count() as f32)
            .unwrap();
        losses.push(training.read_loss(&model).unwrap());
        let settings = AdamW {
            learning_rate: 2e-3,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-6,
            weight_decay: 0.01,
            step,
            max_norm: 1.0,
        };
        training.update(&mut model, &settings).unwrap();
    }
    (losses, model.read_parameters().unwrap())
}

#[test]
fn runs_are_bit_identical_for_any_number_of_threads() {
    let (losses, parameters) = train::<f32>(1, 4, 0.1);
    for threads in [1, 2, 3] {
        let (other_losses, other_parameters) = train::<f32>(threads, 4, 0.1);
        assert_eq!(losses, other_losses);
        assert!(parameters == other_parameters, "{threads} threads");
    }
    assert!(losses != train::<f32>(1, 4, 0.0).0);
}

#[test]
fn bf16_follows_f32() {
    let (exact, _) = train::<f32>(2, 40, 0.0);
    let (rounded, _) = train::<Bf16>(2, 40, 0.0);
    for (step, (a, b)) in exact.iter().zip(&rounded).enumerate() {
        assert!((a - b).abs() < 0.01 * a, "step {step}: {a} in f32, {b} in bf16");
    }
    assert!(exact[39] < 0.8 * exact[0], "{exact:?}");
}

/// The masks of forward and backward agree: gradients with dropout equal differences of the loss.
#[test]
fn gradients_with_dropout_equal_differences_of_the_loss() {
    let device = Arc::new(Cpu::<f32>::new(2).unwrap());
    let mut model = Model::initialize(device, config(), 5, true).unwrap();
    let batch = batch(1);
    let mut training = Training::new(&model, BatchLimits::of(&batch)).unwrap();
    let settings = DropoutSettings {
        hidden: 0.2,
        attention: 0.3,
        seed: 77,
        draw: 3,
    };
    let scale = 1.0 / batch.target_count() as f32;
    let parameters: Vec<f32> = model.read_parameters().unwrap();
    training.zero_gradients(&model).unwrap();
    training.accumulate(&model, &batch, &settings, scale).unwrap();
    let gradients = training.gradients.to_vec();
    let mut loss_at = |model: &Model<Cpu<f32>>| {
        training.zero_gradients(model).unwrap();
        training.accumulate(model, &batch, &settings, scale).unwrap();
        training.read_loss(model).unwrap()
    };
    let layout = model.layout.clone();
    for tensor in layout.tensors.iter().filter(|tensor| !tensor.name.contains("key.bias")) {
        // Along the tensor's own gradient: the derivative is the gradient's norm.
        let range = tensor.span.range();
        let norm = gradients[range.clone()]
            .iter()
            .map(|g| f64::from(*g).powi(2))
            .sum::<f64>()
            .sqrt();
        let step = 0.02 / norm.max(1e-9);
        let mut moved = |sign: f64| {
            let mut moved = parameters.clone();
            for index in range.clone() {
                moved[index] += (sign * step * f64::from(gradients[index])) as f32 * 0.25;
            }
            model.write_parameters(&moved).unwrap();
            f64::from(loss_at(&model))
        };
        let slope = (moved(1.0) - moved(-1.0)) / (2.0 * 0.25 * step * norm);
        assert!(
            (slope - norm).abs() < 0.03 * norm + 2e-3,
            "{}: slope {slope}, gradient {norm}",
            tensor.name
        );
    }
}
