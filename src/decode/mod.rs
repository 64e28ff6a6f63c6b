//! From a program's tokens to its predicted trace: greedy and beam search, and sampling, over a cache of keys and values.

mod beam;
mod sample;

pub use beam::{Beams, Hypothesis, SearchOptions, search};
pub use sample::{SampleOptions, sample};

use crate::device::Device;
use crate::model::{Decoder, DecoderLimits, Model, ModelError, PackedBatch};

/// The tokens that a target begins and ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// `<mask0>`
    pub start: u32,
    /// `</s>`
    pub end: u32,
}

/// Steps that the position table leaves after the longest of `prompts`, at most `most`.
fn steps_left<D: Device>(model: &Model<D>, prompts: &[Vec<u32>], most: usize) -> usize {
    let longest = prompts.iter().map(Vec::len).max().unwrap_or(0);
    most.min(model.config.max_length().saturating_sub(longest))
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
