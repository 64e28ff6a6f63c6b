//! The shape of a model, under the names of Hugging Face's `config.json` for RoBERTa.

use serde::{Deserialize, Serialize};
use std::path::Path;

use super::ModelError;
use crate::device::Heads;

fn default_type_vocab_size() -> usize {
    1
}
fn default_layer_norm_eps() -> f32 {
    1e-5
}
fn default_pad_token_id() -> u32 {
    1
}
fn default_dropout() -> f32 {
    0.1
}
fn default_hidden_act() -> String {
    "gelu".to_string()
}

/// A RoBERTa configuration. Fields that `config.json` has besides are read over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelConfig {
    pub vocab_size: usize,
    pub hidden_size: usize,
    pub num_hidden_layers: usize,
    pub num_attention_heads: usize,
    /// Width of the feed-forward layer.
    pub intermediate_size: usize,
    /// Rows of the position table. Positions count from `pad_token_id + 1`, so sequences are shorter by that much.
    pub max_position_embeddings: usize,
    #[serde(default = "default_type_vocab_size")]
    pub type_vocab_size: usize,
    #[serde(default = "default_layer_norm_eps")]
    pub layer_norm_eps: f32,
    #[serde(default = "default_pad_token_id")]
    pub pad_token_id: u32,
    #[serde(default = "default_dropout")]
    pub hidden_dropout_prob: f32,
    #[serde(default = "default_dropout")]
    pub attention_probs_dropout_prob: f32,
    /// Only `gelu`, the exact one with erf.
    #[serde(default = "default_hidden_act")]
    pub hidden_act: String,
}

impl ModelConfig {
    /// Names that [`ModelConfig::preset`] knows.
    pub const PRESETS: [&'static str; 3] = ["tiny", "small", "base"];

    /// `tiny` (2 layers × 128), `small` (4 × 256) or `base` (12 × 768, the paper's) over a vocabulary of any size.
    pub fn preset(name: &str, vocab_size: usize) -> Option<ModelConfig> {
        let (layers, hidden, heads) = match name {
            "tiny" => (2, 128, 2),
            "small" => (4, 256, 4),
            "base" => (12, 768, 12),
            _ => return None,
        };
        Some(ModelConfig {
            vocab_size,
            hidden_size: hidden,
            num_hidden_layers: layers,
            num_attention_heads: heads,
            intermediate_size: 4 * hidden,
            max_position_embeddings: 1026,
            type_vocab_size: 1,
            layer_norm_eps: 1e-5,
            pad_token_id: 1,
            hidden_dropout_prob: 0.1,
            attention_probs_dropout_prob: 0.1,
            hidden_act: "gelu".to_string(),
        })
    }

    pub fn heads(&self) -> Heads {
        Heads {
            count: self.num_attention_heads,
            dimension: self.hidden_size / self.num_attention_heads,
        }
    }

    /// Position id of a sequence's first token.
    pub fn first_position(&self) -> u32 {
        self.pad_token_id + 1
    }

    /// Longest sequence that the position table holds.
    pub fn max_length(&self) -> usize {
        self.max_position_embeddings
            .saturating_sub(self.first_position() as usize)
    }

    /// Says which key is wrong, and what would be right.
    pub fn validate(&self) -> Result<(), ModelError> {
        let sizes = [
            ("vocab_size", self.vocab_size),
            ("hidden_size", self.hidden_size),
            ("num_hidden_layers", self.num_hidden_layers),
            ("num_attention_heads", self.num_attention_heads),
            ("intermediate_size", self.intermediate_size),
            ("type_vocab_size", self.type_vocab_size),
        ];
        let invalid = |message: String| Err(ModelError::Config(message));
        for (key, size) in sizes {
            if size == 0 || size > 1 << 28 {
                return invalid(format!("{key} = {size}: must be a positive size"));
            }
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return invalid(format!(
                "hidden_size = {} is not a multiple of num_attention_heads = {}",
                self.hidden_size, self.num_attention_heads
            ));
        }
        if self.num_hidden_layers >= 1 << 14 || self.num_attention_heads >= 1 << 16 {
            return invalid("more than 16,383 layers or 65,535 heads".to_string());
        }
        if self.pad_token_id as usize >= self.vocab_size {
            return invalid(format!(
                "pad_token_id = {} lies outside the vocabulary of {}",
                self.pad_token_id, self.vocab_size
            ));
        }
        if self.max_length() == 0 {
            return invalid(format!(
                "max_position_embeddings = {} leaves no position: they count from pad_token_id + 1 = {}",
                self.max_position_embeddings,
                self.first_position()
            ));
        }
        for (key, probability) in [
            ("hidden_dropout_prob", self.hidden_dropout_prob),
            ("attention_probs_dropout_prob", self.attention_probs_dropout_prob),
        ] {
            if !(0.0..1.0).contains(&probability) {
                return invalid(format!("{key} = {probability}: must lie in [0, 1)"));
            }
        }
        if !(self.layer_norm_eps > 0.0 && self.layer_norm_eps.is_finite()) {
            return invalid(format!("layer_norm_eps = {}: must be positive", self.layer_norm_eps));
        }
        if self.hidden_act != "gelu" {
            return invalid(format!(
                "hidden_act = \"{}\": only \"gelu\" (exact, erf) is supported",
                self.hidden_act
            ));
        }
        Ok(())
    }

    /// Reads and validates a `config.json`.
    pub fn read(path: &Path) -> Result<ModelConfig, ModelError> {
        let text = std::fs::read_to_string(path).map_err(|error| ModelError::io(path, error))?;
        let config: ModelConfig =
            serde_json::from_str(&text).map_err(|error| ModelError::Config(format!("{}: {error}", path.display())))?;
        config.validate().map_err(|error| match error {
            ModelError::Config(message) => ModelError::Config(format!("{}: {message}", path.display())),
            other => other,
        })?;
        Ok(config)
    }

    /// The text of a `config.json` that `transformers` opens as a `RobertaModel`.
    pub fn to_json(&self) -> String {
        let mut value = serde_json::to_value(self).expect("a configuration is plain data");
        let object = value.as_object_mut().expect("a configuration is an object");
        object.insert("model_type".into(), "roberta".into());
        object.insert("architectures".into(), serde_json::json!(["RobertaModel"]));
        object.insert("bos_token_id".into(), 0.into());
        object.insert("eos_token_id".into(), 2.into());
        object.insert("is_decoder".into(), true.into());
        object.insert("tie_word_embeddings".into(), true.into());
        let mut text = serde_json::to_string_pretty(&value).expect("a configuration is plain data");
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_valid_and_survive_json() {
        for name in ModelConfig::PRESETS {
            let config = ModelConfig::preset(name, 2048).unwrap();
            config.validate().unwrap();
            let read: ModelConfig = serde_json::from_str(&config.to_json()).unwrap();
            assert_eq!(read, config);
        }
        assert!(ModelConfig::preset("huge", 2048).is_none());
    }

    #[test]
    fn wrong_values_are_named() {
        let good = ModelConfig::preset("tiny", 100).unwrap();
        let message = |config: ModelConfig| config.validate().unwrap_err().to_string();
        assert!(
            message(ModelConfig {
                num_attention_heads: 3,
                ..good.clone()
            })
            .contains("num_attention_heads")
        );
        assert!(
            message(ModelConfig {
                hidden_size: 0,
                ..good.clone()
            })
            .contains("hidden_size")
        );
        assert!(
            message(ModelConfig {
                hidden_dropout_prob: 1.0,
                ..good.clone()
            })
            .contains("hidden_dropout_prob")
        );
        assert!(
            message(ModelConfig {
                pad_token_id: 100,
                ..good.clone()
            })
            .contains("pad_token_id")
        );
        assert!(
            message(ModelConfig {
                hidden_act: "relu".into(),
                ..good
            })
            .contains("hidden_act")
        );
    }
}
