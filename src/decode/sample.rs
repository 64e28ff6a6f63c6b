//! Sampling: each token drawn from the likeliest ones, by temperature and seed.

use super::{Hypothesis, Marks, started, steps_left};
use crate::data::random::Stream;
use crate::device::Device;
use crate::model::{Model, ModelError};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleOptions {
    /// Below 1 the likely gets likelier; must be above 0.
    pub temperature: f64,
    /// Candidates of each draw.
    pub top_k: usize,
    pub seed: u64,
    /// Most tokens of a target, `</s>` included.
    pub max_tokens: usize,
}

/// Draws one target per prompt. The same seed and place give the same target in any batch.
pub fn sample<D: Device>(
    model: &Model<D>,
    prompts: &[Vec<u32>],
    marks: Marks,
    options: &SampleOptions,
    mut observe: impl FnMut(usize, u32),
) -> Result<Vec<Hypothesis>, ModelError> {
    let empty = Hypothesis {
        tokens: Vec::new(),
        log_probabilities: Vec::new(),
        score: 0.0,
        ended: false,
    };
    let mut results = vec![empty; prompts.len()];
    let top_k = options.top_k.clamp(1, model.config.vocab_size);
    let steps = steps_left(model, prompts, options.max_tokens);
    if prompts.is_empty() || steps == 0 {
        return Ok(results);
    }
    let mut decoder = started(model, prompts, prompts.len(), steps, top_k)?;
    let mut streams: Vec<Stream> = (0..prompts.len())
        .map(|index| Stream::new(options.seed, "sample", index as u64))
        .collect();
    let mut tokens = vec![marks.start; prompts.len()];
    let mut sequences: Vec<u32> = (0..prompts.len() as u32).collect();
    let mut parents: Vec<u32> = sequences.clone();
    for _ in 0..steps {
        if tokens.is_empty() {
            break;
        }
        let candidates = decoder.step(model, &tokens, &sequences, &parents, top_k)?;
        let (mut next_tokens, mut next_sequences, mut next_parents) = (Vec::new(), Vec::new(), Vec::new());
        for (row, &sequence) in sequences.iter().enumerate() {
            let (choices, values) = candidates.row(row);
            let weights: Vec<f64> = values
                .iter()
                .map(|&value| (f64::from(value - values[0]) / options.temperature).exp())
                .collect();
            let choice = streams[sequence as usize].weighted(&weights);
            let (token, value) = (choices[choice], values[choice]);
            let result = &mut results[sequence as usize];
            result.log_probabilities.push(value);
            result.score += f64::from(value);
            observe(sequence as usize, token);
            if token == marks.end {
                result.ended = true;
            } else {
                result.tokens.push(token);
                next_tokens.push(token);
                next_sequences.push(sequence);
                next_parents.push(row as u32);
            }
        }
        (tokens, sequences, parents) = (next_tokens, next_sequences, next_parents);
    }
    Ok(results)
}
