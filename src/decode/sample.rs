//! Sampling: each token drawn from the likeliest ones, by temperature and seed.

use super::{Hypothesis, Marks, Settled, started, steps_left};
use crate::data::random::{Stream, stable_hash};
use crate::device::Device;
use crate::model::{Model, ModelError};

#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct SampleOptions {
    /// Below 1 the likely gets likelier; must be above 0.
    pub temperature: f64,
    /// Candidates of each draw.
    pub top_k: usize,
    pub seed: u64,
    /// Most tokens of a target, `</s>` included.
    pub max_tokens: usize,
}

/// Draws one target per prompt. The same seed and prompt give the same target in any batch. `observe` hears of each token
/// but `</s>`.
pub fn sample<D: Device>(
    model: &Model<D>,
    prompts: &[Vec<u32>],
    marks: Marks,
    options: &SampleOptions,
    mut observe: impl FnMut(usize, &[Settled]),
) -> Result<Vec<Hypothesis>, ModelError> {
    let empty = Hypothesis {
        tokens: Vec::new(),
        log_probabilities: Vec::new(),
        score: 0.0,
        ended: false,
    };
    let mut results = vec![empty; prompts.len()];
    let top_k = options.top_k.clamp(1, model.config.vocab_size);
    let limits: Vec<usize> = prompts
        .iter()
        .map(|prompt| steps_left(model, prompt, options.max_tokens))
        .collect();
    let steps = limits.iter().copied().max().unwrap_or(0);
    if steps == 0 {
        return Ok(results);
    }
    let mut decoder = started(model, prompts, prompts.len(), steps, top_k)?;
    let mut streams: Vec<Stream> = prompts
        .iter()
        .map(|prompt| Stream::new(options.seed, "sample", stable_hash(&format!("{prompt:?}"))))
        .collect();
    let mut sequences: Vec<u32> = (0..prompts.len() as u32)
        .filter(|&sequence| limits[sequence as usize] > 0)
        .collect();
    let mut tokens = vec![marks.start; sequences.len()];
    let mut parents: Vec<u32> = vec![0; sequences.len()];
    for step in 0..steps {
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
            if token == marks.end {
                result.ended = true;
                continue;
            }
            observe(sequence as usize, &[(token, value)]);
            result.tokens.push(token);
            if step + 1 < limits[sequence as usize] {
                next_tokens.push(token);
                next_sequences.push(sequence);
                next_parents.push(row as u32);
            }
        }
        (tokens, sequences, parents) = (next_tokens, next_sequences, next_parents);
    }
    Ok(results)
}

#[cfg(test)]
mod tests {
    use super::super::beam::tests::{MARKS, model};
    use super::super::{SearchOptions, search};
    use super::*;

    #[test]
    fn draws_depend_on_seed_and_prompt_alone() {
        let model = model(1);
        let prompts = vec![vec![0, 4, 2, 9], vec![0, 20, 2], vec![7; 30]];
        let draw = |prompts: &[Vec<u32>], seed| {
            let options = SampleOptions {
                temperature: 1.0,
                top_k: 8,
                seed,
                max_tokens: 12,
            };
            sample(&model, prompts, MARKS, &options, |_, _| ()).unwrap()
        };
        let all = draw(&prompts, 3);
        assert_eq!(all[1].tokens, draw(&prompts[1..2], 3)[0].tokens);
        assert!((4..20).any(|seed| draw(&prompts, seed)[0].tokens != all[0].tokens));
        assert!(all[2].tokens.len() <= 8);
    }

    #[test]
    fn a_single_candidate_is_greedy() {
        let model = model(2);
        let prompts = vec![vec![0, 4, 2, 9]];
        let options = SampleOptions {
            temperature: 5.0,
            top_k: 1,
            seed: 0,
            max_tokens: 12,
        };
        let greedy = SearchOptions {
            beams: 1,
            max_tokens: 12,
            ..SearchOptions::default()
        };
        let drawn = sample(&model, &prompts, MARKS, &options, |_, _| ()).unwrap();
        let found = search(&model, &prompts, MARKS, &greedy, |_, _| ()).unwrap();
        assert_eq!(drawn[0].tokens, found[0][0].tokens);
    }
}
