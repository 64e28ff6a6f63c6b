//! From a program's tokens to its predicted trace: greedy and beam search, and sampling, over a cache of keys and values.

mod beam;
mod sample;

pub use beam::{Beams, Hypothesis, SearchOptions, search};
pub use sample::{SampleOptions, sample};

use crate::device::Device;
use crate::model::{Decoder, DecoderLimits, Model, ModelConfig, ModelError, PackedBatch};

/// The tokens that a target begins and ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// `<mask0>`
    pub start: u32,
    /// `</s>`
    pub end: u32,
}

/// A token that will not change any more, and its log probability.
pub type Settled = (u32, f32);

/// How targets are chosen.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    Search(SearchOptions),
    Sample(SampleOptions),
}

impl Strategy {
    /// The likeliest token in every step.
    pub fn greedy() -> Strategy {
        Strategy::Search(SearchOptions {
            beams: 1,
            ..SearchOptions::default()
        })
    }

    /// Most tokens of a target, `</s>` included.
    pub fn max_tokens(&self) -> usize {
        match self {
            Strategy::Search(options) => options.max_tokens,
            Strategy::Sample(options) => options.max_tokens,
        }
    }

    pub fn with_max_tokens(mut self, most: usize) -> Strategy {
        match &mut self {
            Strategy::Search(options) => options.max_tokens = most,
            Strategy::Sample(options) => options.max_tokens = most,
        }
        self
    }

    /// Programs that may be decoded together with caches of at most [`CACHE_BYTES`], between 1 and 64.
    pub fn programs_at_a_time(&self, config: &ModelConfig) -> usize {
        let beams = match self {
            Strategy::Search(options) => options.beams.max(1),
            Strategy::Sample(_) => 1,
        };
        let steps = self.max_tokens().min(config.max_length());
        // Keys and values of each layer, and logits, as f32.
        let row = 4 * (2 * config.num_hidden_layers * config.hidden_size * steps + config.vocab_size);
        (CACHE_BYTES / (beams * row).max(1)).clamp(1, 64)
    }
}

/// What the caches of programs that are decoded together may take.
pub const CACHE_BYTES: usize = 2 << 30;

/// The targets of all prompts, each program's best first; `observe` hears of tokens that are settled, as they are.
pub fn decode<D: Device>(
    model: &Model<D>,
    prompts: &[Vec<u32>],
    marks: Marks,
    strategy: &Strategy,
    observe: impl FnMut(usize, &[Settled]),
) -> Result<Vec<Beams>, ModelError> {
    match strategy {
        Strategy::Search(options) => search(model, prompts, marks, options, observe),
        Strategy::Sample(options) => {
            let drawn = sample(model, prompts, marks, options, observe)?;
            Ok(drawn.into_iter().map(|hypothesis| vec![hypothesis]).collect())
        }
    }
}

/// Steps that the position table leaves after a prompt, at most `most`.
fn steps_left<D: Device>(model: &Model<D>, prompt: &[u32], most: usize) -> usize {
    most.min(model.config.max_length().saturating_sub(prompt.len()))
}

/// A decoder that has read all prompts.
fn started<D: Device>(
    model: &Model<D>,
    prompts: &[Vec<u32>],
    rows: usize,
    steps: usize,
    candidates: usize,
) -> Result<Decoder<D>, ModelError> {
    let mut batch = PackedBatch::new();
    for prompt in prompts {
        batch.push(
            prompt,
            prompt.len(),
            prompt.len(),
            model.config.first_position(),
            |_| 0.0,
        );
    }
    let limits = DecoderLimits {
        prefix_tokens: batch.token_count(),
        sequences: prompts.len(),
        rows,
        steps,
        candidates,
    };
    let mut decoder = Decoder::new(model, limits)?;
    decoder.start(model, &batch)?;
    Ok(decoder)
}
