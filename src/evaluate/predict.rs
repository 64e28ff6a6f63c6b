//! Predicting traces with a model, and scoring them.

use super::released::{count_singleline, count_trace};
use super::{Counts, corrected};
use crate::data::cwm::is_frames;
use crate::data::packing::Sequence;
use crate::data::tokenizer::Tokenizer;
use crate::data::vocabulary::LINE;
use crate::decode::{Hypothesis, Marks, Settled, Strategy, decode};
use crate::device::Device;
use crate::model::Model;
use anyhow::Result;
use serde::Serialize;

/// One entry of a predicted trace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PredictedLine {
    pub text: String,
    /// Of its tokens, given all before them; that of the trace's end belongs to the last line.
    pub log_probability: f64,
}

/// A predicted trace.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Prediction {
    pub text: String,
    pub lines: Vec<PredictedLine>,
    pub log_probability: f64,
    /// Whether it came to its end within the tokens that it may have.
    pub ended: bool,
}

/// A model with its tokenizer and a way to choose targets.
pub struct Predictor<'a, D: Device> {
    pub model: &'a Model<D>,
    pub tokenizer: &'a Tokenizer,
    pub strategy: Strategy,
}

impl<'a, D: Device> Predictor<'a, D> {
    pub fn greedy(model: &'a Model<D>, tokenizer: &'a Tokenizer) -> Self {
        Predictor {
            model,
            tokenizer,
            strategy: Strategy::greedy(),
        }
    }

    /// The best trace of each prompt. `observe` hears of tokens that are settled.
    pub fn predict(&self, prompts: &[Vec<u32>], observe: impl FnMut(usize, &[Settled])) -> Result<Vec<Prediction>> {
        let marks = Marks {
            start: self.tokenizer.ids.mask,
            end: self.tokenizer.ids.end,
        };
        let found = decode(self.model, prompts, marks, &self.strategy, observe)?;
        let best = found.iter().map(|beams| beams.first());
        Ok(best
            .map(|best| best.map_or_else(Prediction::default, |best| self.prediction(best)))
            .collect())
    }

    /// The best trace of each prompt as text.
    pub fn texts(&self, prompts: &[Vec<u32>]) -> Result<Vec<String>> {
        let predictions = self.predict(prompts, |_, _| ())?;
        Ok(predictions.into_iter().map(|prediction| prediction.text).collect())
    }

    /// The best trace of each prompt, `batch` at a time; none where there is no prompt. `advance` hears of each batch.
    pub fn texts_where_fitting(
        &self,
        prompts: &[Option<Vec<u32>>],
        batch: usize,
        mut advance: impl FnMut(u64),
    ) -> Result<Vec<Option<String>>> {
        let mut all = Vec::with_capacity(prompts.len());
        for batch in prompts.chunks(batch) {
            let fitting: Vec<Vec<u32>> = batch.iter().flatten().cloned().collect();
            let mut texts = self.texts(&fitting)?.into_iter();
            all.extend(batch.iter().map(|prompt| prompt.as_ref().and_then(|_| texts.next())));
            advance(batch.len() as u64);
        }
        Ok(all)
    }

    /// Programs that are predicted together when there are many.
    pub fn batch_size(&self) -> usize {
        self.strategy.programs_at_a_time(&self.model.config)
    }

    fn prediction(&self, hypothesis: &Hypothesis) -> Prediction {
        let marks = self.tokenizer.entry_marks();
        let mut starts: Vec<usize> = (0..hypothesis.tokens.len())
            .filter(|&at| at == 0 || marks.contains(&hypothesis.tokens[at]))
            .collect();
        starts.push(hypothesis.log_probabilities.len());
        let lines: Vec<PredictedLine> = starts
            .windows(2)
            .map(|bounds| PredictedLine {
                text: self
                    .tokenizer
                    .decode(&hypothesis.tokens[bounds[0]..bounds[1].min(hypothesis.tokens.len())]),
                log_probability: sum(&hypothesis.log_probabilities[bounds[0]..bounds[1]]),
            })
            .collect();
        Prediction {
            text: self.tokenizer.decode(&hypothesis.tokens),
            lines,
            log_probability: sum(&hypothesis.log_probabilities),
            ended: hypothesis.ended,
        }
    }
}

fn sum(values: &[f32]) -> f64 {
    values.iter().map(|&value| f64::from(value)).sum()
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
    let most = predictor.strategy.max_tokens().min(longest + 8);
    let predictor = Predictor {
        strategy: predictor.strategy.with_max_tokens(most),
        ..*predictor
    };
    let mut counts = Counts::default();
    for (sequence, prediction) in sequences.iter().zip(predictor.texts(&prompts)?) {
        let gold = predictor.tokenizer.decode(sequence.target());
        counts += if is_frames(&gold) {
            corrected::count(&prediction, &gold)
        } else if gold.contains(LINE) {
            count_trace(&prediction, &gold)
        } else {
            count_singleline(&prediction, &gold)
        };
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tokenizer::tests::small;
    use crate::device::cpu::Cpu;
    use crate::model::ModelConfig;
    use std::sync::Arc;

    #[test]
    fn lines_carry_the_probability_of_their_tokens() {
        let tokenizer = small();
        let config = ModelConfig::preset("tiny", tokenizer.size()).unwrap();
        let model = Model::initialize(Arc::new(Cpu::<f32>::new(1).unwrap()), config, 1, false).unwrap();
        let predictor = Predictor::greedy(&model, &tokenizer);
        let mut tokens = Vec::new();
        let text = "<line> <0> <state> a : 1 </state> <output> x <line> <1> <state> </state>";
        tokenizer.encode(text, &mut Default::default(), &mut tokens).unwrap();
        let log_probabilities: Vec<f32> = (0..=tokens.len()).map(|at| -(at as f32)).collect();
        let whole: f64 = log_probabilities.iter().map(|&value| f64::from(value)).sum();
        let prediction = predictor.prediction(&Hypothesis {
            tokens,
            log_probabilities,
            score: whole,
            ended: true,
        });
        let texts: Vec<&str> = prediction.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "<line> <0> <state> a : 1 </state>",
                "<output> x",
                "<line> <1> <state> </state>"
            ]
        );
        assert_eq!(prediction.text, text);
        let sum: f64 = prediction.lines.iter().map(|line| line.log_probability).sum();
        assert_eq!((sum, prediction.log_probability), (whole, whole));
    }
}
