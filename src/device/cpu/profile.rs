//! Where the time goes: every operation adds its seconds and its floating-point operations.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

/// An operation of the device, as profiles name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Embedding,
    EmbeddingBackward,
    LayerNorm,
    LayerNormBackward,
    Dense,
    DenseBackwardInput,
    DenseBackwardWeight,
    Attention,
    AttentionBackward,
    Rows,
    ProjectionLoss,
    Logits,
    GradientNorm,
    AdamW,
    RefreshWeights,
    Zero,
    DecodeAttention,
    TopK,
    Pool,
}

impl Operation {
    pub const ALL: [Operation; 19] = [
        Operation::Embedding,
        Operation::EmbeddingBackward,
        Operation::LayerNorm,
        Operation::LayerNormBackward,
        Operation::Dense,
        Operation::DenseBackwardInput,
        Operation::DenseBackwardWeight,
        Operation::Attention,
        Operation::AttentionBackward,
        Operation::Rows,
        Operation::ProjectionLoss,
        Operation::Logits,
        Operation::GradientNorm,
        Operation::AdamW,
        Operation::RefreshWeights,
        Operation::Zero,
        Operation::DecodeAttention,
        Operation::TopK,
        Operation::Pool,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Operation::Embedding => "embedding",
            Operation::EmbeddingBackward => "embedding backward",
            Operation::LayerNorm => "residual + dropout + layer norm",
            Operation::LayerNormBackward => "layer norm backward",
            Operation::Dense => "dense",
            Operation::DenseBackwardInput => "dense backward, input",
            Operation::DenseBackwardWeight => "dense backward, weight",
            Operation::Attention => "attention",
            Operation::AttentionBackward => "attention backward",
            Operation::Rows => "gather, scatter, cache rows",
            Operation::ProjectionLoss => "projection + loss",
            Operation::Logits => "logits",
            Operation::GradientNorm => "gradient norm",
            Operation::AdamW => "AdamW, weight packing",
            Operation::RefreshWeights => "weight packing",
            Operation::Zero => "zeroing gradients",
            Operation::DecodeAttention => "decode attention",
            Operation::TopK => "top k",
            Operation::Pool => "mean pooling",
        }
    }
}

/// One line of a profile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub operation: Operation,
    pub calls: u64,
    pub seconds: f64,
    /// Floating-point operations of the matrix products in it.
    pub flops: f64,
}

/// Counters of a device. Reading the clock twice an operation costs some 50 ns.
#[derive(Default)]
pub struct Profile {
    counters: [[AtomicU64; 3]; Operation::ALL.len()],
}

impl Profile {
    /// Runs `work` and counts it.
    pub fn count<R>(&self, operation: Operation, flops: usize, work: impl FnOnce() -> R) -> R {
        let start = Instant::now();
        let result = work();
        let nanoseconds = start.elapsed().as_nanos() as u64;
        let counters = &self.counters[operation as usize];
        counters
            .iter()
            .zip([1, nanoseconds, flops as u64])
            .for_each(|(counter, value)| {
                counter.fetch_add(value, Relaxed);
            });
        result
    }

    pub fn reset(&self) {
        self.counters
            .iter()
            .flatten()
            .for_each(|counter| counter.store(0, Relaxed));
    }

    /// What was counted since the last reset, the longest first.
    pub fn shares(&self) -> Vec<Share> {
        let mut shares: Vec<Share> = Operation::ALL
            .into_iter()
            .zip(&self.counters)
            .map(|(operation, [calls, nanoseconds, flops])| Share {
                operation,
                calls: calls.load(Relaxed),
                seconds: nanoseconds.load(Relaxed) as f64 * 1e-9,
                flops: flops.load(Relaxed) as f64,
            })
            .filter(|share| share.calls > 0)
            .collect();
        shares.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
        shares
    }
}
