//! Decoding: random prefixes are encoded, then a fixed number of tokens comes out, greedily or by beams.

use serde::Serialize;
use std::sync::Arc;
use std::time::Instant;

use super::{Draws, Meter, OnDevice, Work, median, peak_memory};
use crate::config::{DeviceKind, WeightFormat};
use crate::device::{Device, Precision};
use crate::model::{Decoder, DecoderLimits, Model, ModelConfig, ModelError, PackedBatch};

/// What to measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    pub model: ModelConfig,
    pub precision: Precision,
    pub weights: WeightFormat,
    /// Programs decoded together.
    pub batch: usize,
    /// Hypotheses per program; 1 is greedy.
    pub beam: usize,
    /// Tokens of each prefix.
    pub source: usize,
    /// Tokens that come out for each program.
    pub steps: usize,
    pub repetitions: usize,
    /// 0: one per core.
    pub threads: usize,
}

/// What came out.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub device: String,
    pub batch: usize,
    pub beam: usize,
    pub source: usize,
    pub steps: usize,
    /// Batch × steps over the time with the prefixes' encoding; median over the repetitions.
    pub tokens_per_second: f64,
    /// The same without it.
    pub decode_tokens_per_second: f64,
    pub milliseconds_per_step: f64,
    pub peak_memory_bytes: u64,
    #[serde(flatten)]
    pub work: Option<Work>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "{}, batch {}, beam {}, {} prefix tokens, {} steps",
            self.device, self.batch, self.beam, self.source, self.steps
        )?;
        writeln!(
            f,
            "{:.0} tokens/s ({:.0} without the prefixes), {:.3} ms/step",
            self.tokens_per_second, self.decode_tokens_per_second, self.milliseconds_per_step
        )?;
        write!(f, "peak memory {:.0} MB", self.peak_memory_bytes as f64 / 1e6)?;
        self.work.as_ref().map_or(Ok(()), |work| write!(f, "\n{work}"))
    }
}

/// Runs the benchmark.
pub fn run(kind: DeviceKind, options: &Options) -> Result<Report, ModelError> {
    super::on_device(kind, options.precision, options.weights, options.threads, options)
}

impl OnDevice for &Options {
    type Report = Report;

    fn run<D: Device>(self, device: &Arc<D>, meter: Option<Meter<'_>>) -> Result<Report, ModelError> {
        measure(device, self, meter)
    }
}

/// Decodes once; returns the seconds of prefixes and of steps. No end token is ever taken: all steps are done.
fn decode<D: Device>(
    model: &Model<D>,
    decoder: &mut Decoder<D>,
    prefixes: &PackedBatch,
    options: &Options,
) -> Result<(f64, f64), ModelError> {
    let begin = Instant::now();
    decoder.start(model, prefixes)?;
    let encoded = begin.elapsed().as_secs_f64();
    let (batch, beam) = (options.batch, options.beam);
    let mut tokens = vec![4; batch];
    let mut sequences: Vec<u32> = (0..batch as u32).collect();
    let mut parents = vec![0; batch];
    let mut scores = vec![0.0f32; batch];
    for _ in 0..options.steps {
        let candidates = decoder.step(model, &tokens, &sequences, &parents, beam)?;
        if beam == 1 {
            tokens.clone_from(&candidates.tokens);
            parents = (0..batch as u32).collect();
            continue;
        }
        // The best `beam` continuations of each program.
        let rows = tokens.len() / batch;
        let (mut next_tokens, mut next_sequences, mut next_parents, mut next_scores) = (vec![], vec![], vec![], vec![]);
        for program in 0..batch {
            let mut all: Vec<(f32, u32, u32)> = (program * rows..(program + 1) * rows)
                .flat_map(|row| {
                    let (tokens, values) = candidates.row(row);
                    let score = scores[row];
                    tokens
                        .iter()
                        .zip(values)
                        .map(move |(token, value)| (score + value, *token, row as u32))
                })
                .collect();
            all.sort_by(|a, b| b.0.total_cmp(&a.0));
            for (score, token, parent) in all.into_iter().take(beam) {
                next_tokens.push(token);
                next_sequences.push(program as u32);
                next_parents.push(parent);
                next_scores.push(score);
            }
        }
        (tokens, sequences, parents, scores) = (next_tokens, next_sequences, next_parents, next_scores);
    }
    Ok((encoded, begin.elapsed().as_secs_f64()))
}

fn measure<D: Device>(device: &Arc<D>, options: &Options, meter: Option<Meter<'_>>) -> Result<Report, ModelError> {
    let model = Model::initialize(device.clone(), options.model.clone(), 1, false)?;
    let (mut prefixes, mut draws) = (PackedBatch::new(), Draws::new(1));
    for _ in 0..options.batch {
        let tokens: Vec<u32> = (0..options.source)
            .map(|_| draws.between(10, options.model.vocab_size as u32 - 1))
            .collect();
        prefixes.push(
            &tokens,
            tokens.len(),
            tokens.len(),
            options.model.first_position(),
            |_| 1.0,
        );
    }
    let limits = DecoderLimits {
        prefix_tokens: prefixes.token_count(),
        sequences: options.batch,
        rows: options.batch * options.beam,
        steps: options.steps,
        candidates: options.beam,
    };
    let mut decoder = Decoder::new(&model, limits)?;
    decode(&model, &mut decoder, &prefixes, options)?;
    if let Some(meter) = &meter {
        meter.profile.reset();
    }
    let (mut whole, mut steps) = (Vec::new(), Vec::new());
    for _ in 0..options.repetitions.max(1) {
        let (encoded, seconds) = decode(&model, &mut decoder, &prefixes, options)?;
        whole.push(seconds);
        steps.push(seconds - encoded);
    }
    let total: f64 = whole.iter().sum();
    let produced = (options.batch * options.steps) as f64;
    let (whole, steps) = (median(&mut whole), median(&mut steps));
    Ok(Report {
        device: device.name(),
        batch: options.batch,
        beam: options.beam,
        source: options.source,
        steps: options.steps,
        tokens_per_second: produced / whole,
        decode_tokens_per_second: produced / steps,
        milliseconds_per_step: steps / options.steps as f64 * 1e3,
        peak_memory_bytes: peak_memory(),
        work: meter.map(|meter| meter.read(total)),
    })
}
