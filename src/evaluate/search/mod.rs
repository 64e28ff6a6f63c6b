//! Zero-shot code-to-code search, as CodeExecutor's release does it (downstream/run.py).
//!
//! A program's embedding is the mean over all tokens of the last layer of `<s> <encoder-only> </s> CODE </s>`, of unit
//! length. Programs are ranked by cosine, to which what they are predicted to print can add up to 0.2; so can, beyond
//! the release, the values that their predicted traces go through.

pub mod index;
mod precision;
mod program;

pub use precision::{Labelled, mean_average_precision};
pub use program::{Execution, clean};

use crate::data::tokenizer::{EncoderCache, Tokenizer};
use crate::device::Device;
use crate::model::{BatchLimits, Inference, Model, PackedBatch};
use anyhow::{Context, Result};

/// Most tokens of an embedded program, with the four around it.
pub const MAX_TOKENS: usize = 512;

/// What re-ranking adds at most.
pub const SIGNAL_WEIGHT: f64 = 0.2;

/// What ranks programs besides their embeddings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
#[value(rename_all = "lowercase")]
pub enum Signal {
    /// Nothing.
    None,
    /// Jaro similarity of what they are predicted to print, as in the release.
    Outputs,
    /// Share of the values in their predicted traces that both go through.
    Traces,
}

/// Turns programs into embeddings, many at a time.
pub struct Embedder<'a, D: Device> {
    model: &'a Model<D>,
    tokenizer: &'a Tokenizer,
    inference: Inference<D>,
    cache: EncoderCache,
}

/// Tokens and programs of one pass.
const PASS: BatchLimits = BatchLimits {
    tokens: 8192,
    segments: 256,
    targets: 0,
};

impl<'a, D: Device> Embedder<'a, D> {
    pub fn new(model: &'a Model<D>, tokenizer: &'a Tokenizer) -> Result<Self> {
        Ok(Embedder {
            inference: Inference::new(model, PASS)?,
            cache: EncoderCache::default(),
            model,
            tokenizer,
        })
    }

    /// Numbers in an embedding.
    pub fn dimension(&self) -> usize {
        self.model.config.hidden_size
    }

    /// `<s> <encoder-only> </s> CODE </s>`, cut to what the model takes.
    fn tokens(&mut self, source: &str) -> Result<Vec<u32>> {
        let ids = self.tokenizer.ids;
        let mut tokens = vec![ids.begin, ids.encoder_only, ids.end];
        self.tokenizer.encode(&clean(source), &mut self.cache, &mut tokens)?;
        tokens.truncate(MAX_TOKENS.min(self.model.config.max_length()).saturating_sub(1));
        tokens.push(ids.end);
        Ok(tokens)
    }

    /// The embeddings of programs, one behind the other, `[sources, dimension]`, each of unit length.
    pub fn embed(&mut self, sources: &[&str]) -> Result<Vec<f32>> {
        let mut embeddings = Vec::with_capacity(sources.len() * self.dimension());
        let mut batch = PackedBatch::new();
        for source in sources {
            let tokens = self.tokens(source)?;
            if batch.segment_count() == PASS.segments || batch.token_count() + tokens.len() > PASS.tokens {
                embeddings.extend(self.inference.pooled(self.model, &batch, true)?);
                batch.clear();
            }
            let first_position = self.model.config.first_position();
            batch.push(&tokens, tokens.len(), tokens.len(), first_position, |_| 0.0);
        }
        if batch.segment_count() > 0 {
            let last = self.inference.pooled(self.model, &batch, true);
            embeddings.extend(last.context("embedding programs")?);
        }
        Ok(embeddings)
    }
}

/// Cosine of two embeddings of unit length.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    // Eight sums side by side, so that the loop is vectorised.
    let mut sums = [0f32; 8];
    for (a, b) in a.chunks(8).zip(b.chunks(8)) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().map(|&sum| f64::from(sum)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tokenizer::tests::small;
    use crate::device::cpu::Cpu;
    use crate::model::ModelConfig;
    use std::sync::Arc;

    #[test]
    fn embeddings_do_not_depend_on_their_company() {
        let tokenizer = small();
        let config = ModelConfig {
            hidden_size: 36,
            num_attention_heads: 3,
            ..ModelConfig::preset("tiny", tokenizer.size()).unwrap()
        };
        let model = Model::initialize(Arc::new(Cpu::<f32>::new(1).unwrap()), config, 1, false).unwrap();
        let mut embedder = Embedder::new(&model, &tokenizer).unwrap();
        let long = "x = [1, 2, 3]\n".repeat(100);
        assert_eq!(embedder.tokens(&long).unwrap().len(), MAX_TOKENS);
        let sources = ["a = 1", &long, "", "print('x')  # said\n"];
        let together = embedder.embed(&sources).unwrap();
        for (source, row) in sources.iter().zip(together.chunks_exact(36)) {
            assert!((cosine(row, row) - 1.0).abs() < 1e-5);
            let alone = embedder.embed(&[source]).unwrap();
            assert!(alone.iter().zip(row).all(|(a, b)| (a - b).abs() < 1e-5));
        }
        // Comments do not count.
        assert_eq!(
            embedder.embed(&["print('x')"]).unwrap(),
            embedder.embed(&["print('x') # no"]).unwrap()
        );
    }
}
