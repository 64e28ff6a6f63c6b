//! Names, shapes and offsets of all parameters in one flat buffer.
//!
//! Tensors lie in the order in which backward finishes their gradients: the projection bias, the layers from the last
//! to the first, the embeddings. Query, key and value stand side by side and form one `[3 × hidden, hidden]` matrix.

use super::ModelConfig;
use crate::device::{Embedding, LayerNorm, Matrix, Span};

/// Tensors start at multiples of this many elements, for aligned vector access; the gaps stay zero.
const ALIGNMENT: usize = 64;

/// One tensor of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tensor {
    /// Hugging Face's name, as `RobertaModel` has it (`lm_head.bias` for the projection bias).
    pub name: String,
    pub shape: Vec<usize>,
    pub span: Span,
    /// Whether weight decay applies: not to biases and layer norms.
    pub decay: bool,
}

/// A linear layer: weight and bias.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    pub matrix: Matrix,
    pub bias: Span,
}

/// The parameters of one encoder layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layer {
    /// Query, key and value: `[3 × hidden, hidden]`.
    pub qkv: Linear,
    pub attention_output: Linear,
    pub attention_norm: LayerNorm,
    pub intermediate: Linear,
    pub output: Linear,
    pub output_norm: LayerNorm,
}

/// Where every parameter of a model lies.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterLayout {
    /// All tensors, by ascending offset.
    pub tensors: Vec<Tensor>,
    /// All weight matrices, by index.
    pub matrices: Vec<Matrix>,
    pub embedding: Embedding,
    /// By layer number, from the input up.
    pub layers: Vec<Layer>,
    /// Bias of the tied output projection, `[vocabulary]`.
    pub projection_bias: Span,
    /// Elements of the flat buffer, gaps included.
    pub length: usize,
}

struct Builder {
    tensors: Vec<Tensor>,
    matrices: Vec<Matrix>,
    length: usize,
}

impl Builder {
    fn tensor(&mut self, name: String, shape: &[usize], decay: bool) -> Span {
        let span = Span {
            offset: self.length,
            length: shape.iter().product(),
        };
        self.tensors.push(Tensor {
            name,
            shape: shape.to_vec(),
            span,
            decay,
        });
        self.length += span.length;
        span
    }

    fn align(&mut self) {
        self.length = self.length.next_multiple_of(ALIGNMENT);
    }

    fn matrix(&mut self, offset: usize, outputs: usize, inputs: usize) -> Matrix {
        let matrix = Matrix {
            index: self.matrices.len(),
            offset,
            outputs,
            inputs,
        };
        self.matrices.push(matrix);
        matrix
    }

    /// A weight and a bias, or several of one shape that stand side by side.
    fn linear(&mut self, prefix: &str, names: &[&str], outputs: usize, inputs: usize) -> Linear {
        self.align();
        let offset = self.length;
        for name in names {
            self.tensor(format!("{prefix}{name}.weight"), &[outputs, inputs], true);
        }
        self.align();
        let bias = Span {
            offset: self.length,
            length: names.len() * outputs,
        };
        for name in names {
            self.tensor(format!("{prefix}{name}.bias"), &[outputs], false);
        }
        Linear {
            matrix: self.matrix(offset, names.len() * outputs, inputs),
            bias,
        }
    }

    fn layer_norm(&mut self, prefix: &str, hidden: usize, epsilon: f32) -> LayerNorm {
        self.align();
        let weight = self.tensor(format!("{prefix}LayerNorm.weight"), &[hidden], false);
        self.align();
        let bias = self.tensor(format!("{prefix}LayerNorm.bias"), &[hidden], false);
        LayerNorm { weight, bias, epsilon }
    }
}

impl ParameterLayout {
    pub fn new(config: &ModelConfig) -> ParameterLayout {
        let (hidden, epsilon) = (config.hidden_size, config.layer_norm_eps);
        let mut builder = Builder {
            tensors: Vec::new(),
            matrices: Vec::new(),
            length: 0,
        };
        let projection_bias = builder.tensor("lm_head.bias".to_string(), &[config.vocab_size], false);
        let mut layers = Vec::with_capacity(config.num_hidden_layers);
        for number in (0..config.num_hidden_layers).rev() {
            let prefix = format!("encoder.layer.{number}.");
            let output_norm = builder.layer_norm(&format!("{prefix}output."), hidden, epsilon);
            let output = builder.linear(&prefix, &["output.dense"], hidden, config.intermediate_size);
            let intermediate = builder.linear(&prefix, &["intermediate.dense"], config.intermediate_size, hidden);
            let attention_norm = builder.layer_norm(&format!("{prefix}attention.output."), hidden, epsilon);
            let attention_output = builder.linear(&prefix, &["attention.output.dense"], hidden, hidden);
            let qkv = builder.linear(
                &format!("{prefix}attention.self."),
                &["query", "key", "value"],
                hidden,
                hidden,
            );
            layers.push(Layer {
                qkv,
                attention_output,
                attention_norm,
                intermediate,
                output,
                output_norm,
            });
        }
        layers.reverse();
        let layer_norm = builder.layer_norm("embeddings.", hidden, epsilon);
        let mut table = |name: &str, rows: usize| {
            builder.align();
            builder.tensor(format!("embeddings.{name}_embeddings.weight"), &[rows, hidden], true)
        };
        let types = table("token_type", config.type_vocab_size);
        let positions = table("position", config.max_position_embeddings);
        let words = table("word", config.vocab_size);
        let words = builder.matrix(words.offset, config.vocab_size, hidden);
        builder.align();
        ParameterLayout {
            embedding: Embedding {
                words,
                positions,
                types,
                layer_norm,
            },
            layers,
            projection_bias,
            length: builder.length,
            tensors: builder.tensors,
            matrices: builder.matrices,
        }
    }

    /// Number of parameters, without the gaps.
    pub fn parameter_count(&self) -> usize {
        self.tensors.iter().map(|tensor| tensor.span.length).sum()
    }

    /// Everything but the weights and biases of the layers' linear layers, by ascending offset.
    pub fn spans_beside_linear_layers(&self) -> Vec<Span> {
        let mut linear: Vec<Span> = self
            .layers
            .iter()
            .flat_map(|layer| [&layer.qkv, &layer.attention_output, &layer.intermediate, &layer.output])
            .flat_map(|linear| [linear.matrix.span(), linear.bias])
            .collect();
        linear.sort_by_key(|span| span.offset);
        let (mut spans, mut offset) = (Vec::new(), 0);
        let end = Span {
            offset: self.length,
            length: 0,
        };
        for span in linear.into_iter().chain([end]) {
            if span.offset > offset {
                let length = span.offset - offset;
                spans.push(Span { offset, length });
            }
            offset = span.offset + span.length;
        }
        spans
    }

    /// The spans that weight decay applies to, ascending.
    pub fn decay_spans(&self) -> Vec<Span> {
        self.tensors
            .iter()
            .filter(|tensor| tensor.decay)
            .map(|tensor| tensor.span)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_do_not_overlap_and_qkv_is_one_matrix() {
        let config = ModelConfig {
            hidden_size: 24,
            ..ModelConfig::preset("tiny", 101).unwrap()
        };
        let layout = ParameterLayout::new(&config);
        for pair in layout.tensors.windows(2) {
            assert!(
                pair[0].span.offset + pair[0].span.length <= pair[1].span.offset,
                "{pair:?}"
            );
        }
        let find = |name: &str| layout.tensors.iter().find(|tensor| tensor.name == name).unwrap().span;
        let layer = &layout.layers[1];
        let query = find("encoder.layer.1.attention.self.query.weight");
        let value = find("encoder.layer.1.attention.self.value.weight");
        assert_eq!(layer.qkv.matrix.offset, query.offset);
        assert_eq!(value.offset, query.offset + 2 * 24 * 24);
        assert_eq!(
            layer.qkv.bias.offset,
            find("encoder.layer.1.attention.self.query.bias").offset
        );
        assert!(layout.layers[1].qkv.matrix.offset < layout.layers[0].output.matrix.offset);
        assert_eq!(
            layout.embedding.words.offset,
            find("embeddings.word_embeddings.weight").offset
        );
        assert!(
            !layout
                .tensors
                .iter()
                .any(|tensor| tensor.decay && tensor.name.ends_with("bias"))
        );
    }

    #[test]
    fn base_has_the_size_of_the_paper() {
        let layout = ParameterLayout::new(&ModelConfig::preset("base", 51_627).unwrap());
        // 12 layers of 7,087,872; tables (51,627 + 1,026 + 1) × 768; a layer norm; the projection bias.
        assert_eq!(layout.parameter_count(), 12 * 7_087_872 + 52_654 * 768 + 1_536 + 51_627);
    }
}
