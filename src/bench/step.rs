//! Training steps: forward, loss, backward, clipping and AdamW on random sequences of given lengths.

use serde::Serialize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Draws, Meter, OnDevice, Work, median, peak_memory};
use crate::config::{DeviceKind, WeightFormat};
use crate::device::{AdamW, Device, Precision};
use crate::model::{BatchLimits, DropoutSettings, Model, ModelConfig, ModelError, PackedBatch, Training};

/// What to measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    pub model: ModelConfig,
    pub precision: Precision,
    pub dropout: f32,
    /// Bounds of source and target lengths, both drawn evenly, bounds included.
    pub lengths: [(u32, u32); 2],
    /// Sequences of a batch.
    pub batch: usize,
    pub seconds: f64,
    /// 0: one per core.
    pub threads: usize,
}

/// What came out.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub device: String,
    pub parameters: usize,
    pub dropout: f32,
    pub steps: usize,
    /// Source and target tokens; there is no padding.
    pub tokens: usize,
    /// Median over the steps.
    pub tokens_per_second: f64,
    pub tokens_per_second_p10: f64,
    pub tokens_per_second_p90: f64,
    pub milliseconds_per_step: f64,
    pub first_loss: f32,
    pub last_loss: f32,
    pub peak_memory_bytes: u64,
    #[serde(flatten)]
    pub work: Option<Work>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "{}, {:.1}M parameters, dropout {}",
            self.device,
            self.parameters as f64 * 1e-6,
            self.dropout
        )?;
        writeln!(
            f,
            "{:.0} tokens/s (median of {} steps; p10 {:.0}, p90 {:.0}), {:.1} ms/step, loss {:.3} → {:.3}",
            self.tokens_per_second,
            self.steps,
            self.tokens_per_second_p10,
            self.tokens_per_second_p90,
            self.milliseconds_per_step,
            self.first_loss,
            self.last_loss
        )?;
        write!(f, "peak memory {:.0} MB", self.peak_memory_bytes as f64 / 1e6)?;
        self.work.as_ref().map_or(Ok(()), |work| write!(f, "\n{work}"))
    }
}

fn batches(options: &Options) -> Vec<PackedBatch> {
    let mut draws = Draws::new(1);
    let (config, [source, target]) = (&options.model, options.lengths);
    (0..32)
        .map(|_| {
            let mut batch = PackedBatch::new();
            for _ in 0..options.batch {
                let prefix = draws.between(source.0, source.1) as usize;
                let length = prefix + draws.between(target.0, target.1) as usize;
                let tokens: Vec<u32> = (0..length)
                    .map(|_| draws.between(5, config.vocab_size as u32 - 1))
                    .collect();
                let weight = |token| if token < 9 { 1.0 } else { 10.0 };
                batch.push(&tokens, prefix, prefix, config.first_position(), weight);
            }
            batch
        })
        .collect()
}

/// Runs the benchmark.
pub fn run(kind: DeviceKind, options: &Options) -> Result<Report, ModelError> {
    super::on_device(kind, options.precision, WeightFormat::Dtype, options.threads, options)
}

impl OnDevice for &Options {
    type Report = Report;

    fn run<D: Device>(self, device: &Arc<D>, meter: Option<Meter<'_>>) -> Result<Report, ModelError> {
        measure(device, self, meter)
    }
}

fn measure<D: Device>(device: &Arc<D>, options: &Options, meter: Option<Meter<'_>>) -> Result<Report, ModelError> {
    let mut model = Model::initialize(device.clone(), options.model.clone(), 1, true)?;
    let batches = batches(options);
    let most = |count: fn(&PackedBatch) -> usize| batches.iter().map(count).max().unwrap_or(0);
    let limits = BatchLimits {
        tokens: most(PackedBatch::token_count),
        segments: options.batch,
        targets: most(PackedBatch::target_count),
    };
    let mut training = Training::new(&model, limits)?;
    let mut settings = AdamW {
        learning_rate: 1e-4,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-6,
        weight_decay: 0.01,
        step: 0,
        max_norm: 1.0,
    };
    let mut step = |training: &mut Training<_>, batch: &PackedBatch| -> Result<f32, ModelError> {
        settings.step += 1;
        let dropout = DropoutSettings {
            hidden: options.dropout,
            attention: options.dropout,
            seed: 1,
            draw: settings.step as u32,
        };
        training.zero_gradients(&model)?;
        training.accumulate(&model, batch, &dropout, 1.0 / batch.target_count() as f32)?;
        training.update(&mut model, &settings)?;
        training.read_loss(&model)
    };
    let mut first_loss = 0.0;
    for batch in batches.iter().take(3) {
        first_loss = step(&mut training, batch)?;
    }
    if let Some(meter) = &meter {
        meter.profile.reset();
    }
    let (start, limit) = (Instant::now(), Duration::from_secs_f64(options.seconds));
    let (mut rates, mut times, mut tokens, mut last_loss) = (Vec::new(), Vec::new(), 0, 0.0);
    for batch in batches.iter().cycle().skip(3) {
        let begin = Instant::now();
        last_loss = step(&mut training, batch)?;
        let seconds = begin.elapsed().as_secs_f64();
        rates.push(batch.token_count() as f64 / seconds);
        times.push(seconds);
        tokens += batch.token_count();
        if start.elapsed() >= limit && rates.len() >= 8 {
            break;
        }
    }
    let total: f64 = times.iter().sum();
    let milliseconds_per_step = median(&mut times) * 1e3;
    let tokens_per_second = median(&mut rates);
    Ok(Report {
        device: device.name(),
        parameters: crate::model::ParameterLayout::new(&options.model).parameter_count(),
        dropout: options.dropout,
        steps: rates.len(),
        tokens,
        tokens_per_second,
        tokens_per_second_p10: rates[rates.len() / 10],
        tokens_per_second_p90: rates[rates.len() * 9 / 10],
        milliseconds_per_step,
        first_loss,
        last_loss,
        peak_memory_bytes: peak_memory(),
        work: meter.map(|meter| meter.read(total)),
    })
}
