//! The kernels' argument structures, field by field as `kernels/common/*.cuh` and the kernels' own files declare them.
//! Addresses are device addresses; 0 stands for null.

/// `GemmArguments` of `kernels/common/epilogue.cuh`.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C)]
pub struct Gemm {
    pub a: u64,
    pub b: u64,
    pub output: u64,
    pub floats: u64,
    pub bias: u64,
    pub derivative: u64,
    pub column_sums: u64,
    pub targets: u64,
    pub weights: u64,
    pub statistics: u64,
    pub target_logits: u64,
    pub normalizers: u64,
    pub weight_scale: f32,
    pub m: i32,
    pub n: i32,
    pub k: i32,
    pub lda: i32,
    pub ldb: i32,
    pub ldc: i32,
    pub epilogue: i32,
    pub split_k: i32,
    pub first_column: i32,
}

/// `Epilogue` of `kernels/common/epilogue.cuh`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Epilogue {
    Store = 0,
    Gelu = 1,
    Accumulate = 2,
    Multiply = 3,
    StoreFloats = 4,
    AccumulateFloats = 5,
    LossStatistics = 6,
    LossGradient = 7,
}

/// `Dropout` of `kernels/common/random.cuh`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Dropout {
    pub key: [u32; 2],
    pub stream: u32,
    pub draw: u32,
    pub threshold: u32,
    pub scale: f32,
}

impl Dropout {
    /// `threshold`: of [`crate::device::random`], for the bits of the operation's decisions.
    pub fn new(dropout: &crate::device::Dropout, threshold: fn(f32) -> (u32, f32)) -> Dropout {
        let (threshold, scale) = if dropout.is_active() {
            threshold(dropout.probability)
        } else {
            (0, 1.0)
        };
        Dropout {
            key: crate::device::random::key(dropout.seed),
            stream: dropout.stream,
            draw: dropout.draw,
            threshold,
            scale,
        }
    }
}

/// `Task` of `kernels/common/attention.cuh`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Task {
    pub start: i32,
    pub length: i32,
    pub prefix: i32,
    pub index: i32,
}

/// `AttentionArguments` of `kernels/common/attention.cuh`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Attention {
    pub qkv: u64,
    pub output: u64,
    pub log_sum_exp: u64,
    pub tasks: u64,
    pub output_gradient: u64,
    pub qkv_gradient: u64,
    pub statistics: u64,
    pub query_sums: u64,
    pub first_tiles: u64,
    pub tokens: i32,
    pub hidden: i32,
    pub tiles: i32,
    pub slots: i32,
    pub scale: f32,
    pub scale_log2: f32,
    pub dropout: Dropout,
}

/// `NormArguments` of `kernels/layer_norm.cu`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Norm {
    pub input: u64,
    pub residual: u64,
    pub words: u64,
    pub positions: u64,
    pub types: u64,
    pub tokens: u64,
    pub position_ids: u64,
    pub weight: u64,
    pub bias: u64,
    pub output: u64,
    pub dropped: u64,
    pub normalized: u64,
    pub inverse_deviation: u64,
    pub partials: u64,
    pub rows: i32,
    pub hidden: i32,
    pub warps: i32,
    pub epsilon: f32,
    pub dropout: Dropout,
}

/// `AdamWArguments` of `kernels/optimizer.cu`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct AdamW {
    pub gradients: u64,
    pub parameters: u64,
    pub first_moment: u64,
    pub second_moment: u64,
    pub copies: u64,
    pub decay: u64,
    pub squared_norm: u64,
    pub length: u64,
    pub copied: u64,
    pub decay_bounds: i32,
    pub max_norm: f32,
    pub beta1: f32,
    pub beta2: f32,
    pub epsilon: f32,
    pub step_size: f32,
    pub decay_factor: f32,
    pub second_correction: f32,
}

/// `DecodeArguments` of `kernels/decode.cu`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Decode {
    pub qkv: u64,
    pub prefix_keys: u64,
    pub prefix_values: u64,
    pub prefix_starts: u64,
    pub sequences: u64,
    pub keys: u64,
    pub values: u64,
    pub ancestors: u64,
    pub output: u64,
    pub partials: u64,
    pub rows: i32,
    pub heads: i32,
    pub dimension: i32,
    pub hidden: i32,
    pub row_capacity: i32,
    pub step_capacity: i32,
    pub step: i32,
    pub splits: i32,
    pub scale: f32,
}
