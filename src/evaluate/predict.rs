//! Predicting traces with a model, and scoring them.

use super::Counts;
use super::released::{count_singleline, count_trace};
use crate::data::packing::Sequence;
use crate::data::tokenizer::Tokenizer;
use crate::data::vocabulary::LINE;
use crate::decode::{Beams, Marks, SearchOptions, search};
use crate::device::Device;
use crate::model::Model;
use anyhow::Result;

/// A model with its tokenizer and a way to search.
pub struct Predictor<'a, D: Device> {
    pub model: &'a Model<D>,
    pub tokenizer: &'a Tokenizer,
    pub options: SearchOptions,
}

impl<'a, D: Device> Predictor<'a, D> {
    pub fn greedy(model: &'a Model<D>, tokenizer: &'a Tokenizer) -> Self {
        Predictor {
            model,
            tokenizer,
            options: SearchOptions {
                beams: 1,
                ..SearchOptions::default()
            },
        }
    }

    pub fn marks(&self) -> Marks {
        Marks {
            start: self.tokenizer.ids.mask,
            end: self.tokenizer.ids.end,
        }
    }

    pub fn search(&self, prompts: &[Vec<u32>], observe: impl FnMut(usize, u32)) -> Result<Vec<Beams>> {
        Ok(search(self.model, prompts, self.marks(), &self.options, observe)?)
    }

    /// The likeliest trace of each prompt as text.
    pub fn texts(&self, prompts: &[Vec<u32>]) -> Result<Vec<String>> {
        let found = self.search(prompts, |_, _| ())?;
        Ok(found
            .iter()
            .map(|beams| {
                beams
                    .first()
                    .map_or(String::new(), |best| self.tokenizer.decode(&best.tokens))
            })
            .collect())
    }
}

/// Predicts the traces of sequences and compares them with their own. The gold text is what its tokens decode to.
pub fn score<D: Device>(predictor: &Predictor<'_, D>, sequences: &[Sequence]) -> Result<Counts> {
    let prompts: Vec<Vec<u32>> = sequences
        .iter()
        .map(|sequence| sequence.tokens[..sequence.prefix].to_vec())
        .collect();
    let longest = sequences
        .iter()
        .map(|sequence| sequence.target().len())
        .max()
        .unwrap_or(0);
    // What has outgrown every true trace is wrong already.
    let options = SearchOptions {
        max_tokens: predictor.options.max_tokens.min(longest + 8),
        ..predictor.options
    };
    let predictor = Predictor { options, ..*predictor };
    let mut counts = Counts::default();
    for (sequence, prediction) in sequences.iter().zip(predictor.texts(&prompts)?) {
        let gold = predictor.tokenizer.decode(sequence.target());
        counts += if gold.contains(LINE) {
            count_trace(&prediction, &gold)
        } else {
            count_singleline(&prediction, &gold)
        };
    }
    Ok(counts)
}
