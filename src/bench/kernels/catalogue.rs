//! Every kernel with what it promises, the least that it must move and compute, and where it is launched, tested, timed.

use crate::device::cuda::driver::KERNELS;

/// Kernels that differ in precision, form, tile or head dimension only.
#[derive(Debug)]
pub struct Entry {
    pub kernels: &'static [&'static str],
    pub contract: &'static str,
    /// Bytes that must cross DRAM at least.
    pub bytes: &'static str,
    pub flops: &'static str,
    /// `module::function` in `src/device/cuda`.
    pub launcher: &'static str,
    /// A test of `tests/cuda_operations.rs`, which holds the results against f64.
    pub test: &'static str,
    /// How the name of a line of `codeexecutor bench kernels` begins.
    pub bench: &'static str,
}

pub const CATALOGUE: &[Entry] = &[
    Entry {
        kernels: &["gemm_nt_128x256", "gemm_nt_128x128", "gemm_nt_64x64", "gemm_nt_f32"],
        contract: "`C[m, n] = A[m, k] B[n, k]ᵀ`, f32 sums; then bias, GELU and its slope, f32 output, or the loss's statistics or \
                   gradients",
        bytes: "`(m k + n k + m n) e`",
        flops: "`2 m n k`",
        launcher: "gemm::run",
        test: "dense",
        bench: "product NT",
    },
    Entry {
        kernels: &["gemm_nn_128x256", "gemm_nn_128x128", "gemm_nn_64x64", "gemm_nn_f32"],
        contract: "`C[m, n] = A[m, k] B[k, n]`; then nothing, `+= C`, or `∘` GELU's slope; f32 output or sums",
        bytes: "`(m k + n k + m n) e`",
        flops: "`2 m n k`",
        launcher: "gemm::run",
        test: "dense",
        bench: "product NN",
    },
    Entry {
        kernels: &["gemm_tn_128x256", "gemm_tn_128x128", "gemm_tn_64x64", "gemm_tn_f32"],
        contract: "`C[m, n] += A[k, m]ᵀ B[k, n]` in f32, and sums of A's columns over k into the bias gradient",
        bytes: "`(m k + n k) e + 8 m n`",
        flops: "`2 m n k`",
        launcher: "gemm::run",
        test: "dense",
        bench: "product TN",
    },
    Entry {
        kernels: &["gemm_reduce"],
        contract: "adds `s` splits' partial sums in order, then the product's epilogue",
        bytes: "`4 s m n` + result",
        flops: "`s m n`",
        launcher: "gemm::run",
        test: "dense",
        bench: "gradient of a weight, k split",
    },
    Entry {
        kernels: &[
            "attention_forward_64",
            "attention_forward_64_dropout",
            "attention_forward_32",
            "attention_forward_32_dropout",
        ],
        contract: "prefix attention within packed segments; query i sees key j where `j < prefix` or `j ≤ i`; output and log-sum-exp",
        bytes: "`4 T H e + 4 T heads`",
        flops: "`4 D` per visible pair and head",
        launcher: "attention::forward",
        test: "attention",
        bench: "attention",
    },
    Entry {
        kernels: &["attention_statistics_64", "attention_statistics_32"],
        contract: "per token and head: log-sum-exp in base 2, and the sum of output × its gradient",
        bytes: "`2 T H e + 12 T heads`",
        flops: "`2 T H`",
        launcher: "attention::backward",
        test: "attention",
        bench: "attention",
    },
    Entry {
        kernels: &[
            "attention_backward_64",
            "attention_backward_64_dropout",
            "attention_backward_32",
            "attention_backward_32_dropout",
        ],
        contract: "gradients of keys and values; the queries' as sums per slot of key blocks; the same from run to run",
        bytes: "`7 T H e` + sums",
        flops: "`10 D` per visible pair and head",
        launcher: "attention::backward",
        test: "attention",
        bench: "attention",
    },
    Entry {
        kernels: &["attention_query_gradient_64", "attention_query_gradient_32"],
        contract: "adds the slots' sums in order to the queries' gradient",
        bytes: "sums + `T H e`",
        flops: "`slots T H`",
        launcher: "attention::backward",
        test: "attention",
        bench: "attention",
    },
    Entry {
        kernels: &["attention_forward_any_bf16", "attention_forward_any_f32"],
        contract: "as attention_forward, for f32 and for any head dimension up to 256, without tensor cores",
        bytes: "`4 T H e + 4 T heads`",
        flops: "`4 D` per visible pair and head",
        launcher: "attention::forward",
        test: "attention",
        bench: "attention, head dimension 128",
    },
    Entry {
        kernels: &[
            "attention_query_gradient_any_bf16",
            "attention_query_gradient_any_f32",
            "attention_key_gradient_any_bf16",
            "attention_key_gradient_any_f32",
        ],
        contract: "its gradients, of queries and of keys and values",
        bytes: "`8 T H e`",
        flops: "`14 D` per visible pair and head",
        launcher: "attention::backward",
        test: "attention",
        bench: "attention, head dimension 128",
    },
    Entry {
        kernels: &["add_layer_norm_bf16", "add_layer_norm_f32"],
        contract: "`layer_norm(residual + dropout(input))`, the normalized rows and inverse deviations where backward needs them",
        bytes: "`4 T H e + 4 T`",
        flops: "`~10 T H`",
        launcher: "norm::add_layer_norm",
        test: "layer_norm_and_embedding",
        bench: "residual, dropout, layer norm",
    },
    Entry {
        kernels: &["add_layer_norm_backward_bf16", "add_layer_norm_backward_f32"],
        contract: "gradients of residual and input (through dropout's mask), partial sums for weight and bias",
        bytes: "`4 T H e + 4 T`",
        flops: "`~12 T H`",
        launcher: "norm::add_layer_norm_backward",
        test: "layer_norm_and_embedding",
        bench: "layer norm backward",
    },
    Entry {
        kernels: &["column_reduce"],
        contract: "adds the blocks' partial sums of columns in order into the gradients",
        bytes: "`4 blocks sums H`",
        flops: "`blocks sums H`",
        launcher: "norm::backward",
        test: "layer_norm_and_embedding",
        bench: "layer norm backward",
    },
    Entry {
        kernels: &["embed_bf16", "embed_f32"],
        contract: "`dropout(layer_norm(words[token] + positions[position] + types[0]))`",
        bytes: "`2 T H e + 12 T + 4 H` per touched row of a table",
        flops: "`~10 T H`",
        launcher: "norm::embed",
        test: "layer_norm_and_embedding",
        bench: "embedding,",
    },
    Entry {
        kernels: &["embed_backward_bf16", "embed_backward_f32"],
        contract: "the gradient of the sum of the tables' rows, partial sums for weight, bias and type",
        bytes: "`3 T H e + 4 T`",
        flops: "`~12 T H`",
        launcher: "norm::embed_backward",
        test: "layer_norm_and_embedding",
        bench: "embedding backward",
    },
    Entry {
        kernels: &["embedding_scatter_bf16", "embedding_scatter_f32"],
        contract: "adds rows of gradients to a table's rows by id, in order, without atomics",
        bytes: "`T H e + 4 T + 8 H` per touched row of the table",
        flops: "`T H`",
        launcher: "norm::embed_backward",
        test: "layer_norm_and_embedding",
        bench: "embedding backward",
    },
    Entry {
        kernels: &["loss_rows"],
        contract: "joins the largest logits and sums of exponentials of 64 columns each to a row's log-sum-exp and weighted loss",
        bytes: "`8 T V / 64 + 16 T`",
        flops: "`~4 T V / 64`",
        launcher: "dense::projection_loss",
        test: "projection_and_loss",
        bench: "projection and loss",
    },
    Entry {
        kernels: &["loss_sum"],
        contract: "adds the rows' losses, scaled, to the total",
        bytes: "`4 T`",
        flops: "`T`",
        launcher: "dense::projection_loss",
        test: "projection_and_loss",
        bench: "projection and loss",
    },
    Entry {
        kernels: &["squared_norm", "squared_norm_total"],
        contract: "the sum of squares of all gradients, in an order of its own that the card does not change",
        bytes: "`4 N`",
        flops: "`2 N`",
        launcher: "update::squared_norm",
        test: "rows_and_update",
        bench: "norm, clipping, AdamW",
    },
    Entry {
        kernels: &["adamw"],
        contract: "AdamW over all parameters: clipping by the norm on the device, decay groups, f32 parameters and moments, bf16 copies",
        bytes: "`(28 + 2) N`",
        flops: "`~15 N`",
        launcher: "update::adamw",
        test: "rows_and_update",
        bench: "norm, clipping, AdamW",
    },
    Entry {
        kernels: &["round_bf16"],
        contract: "f32 to bf16, to nearest even",
        bytes: "`6 N`",
        flops: "–",
        launcher: "rows::refresh",
        test: "dense",
        bench: "rounding of weights",
    },
    Entry {
        kernels: &["gather_rows_bf16", "gather_rows_f32"],
        contract: "the listed rows, side by side",
        bytes: "`2 rows H e + 4 rows`",
        flops: "–",
        launcher: "rows::gather",
        test: "rows_and_update",
        bench: "gather and scatter",
    },
    Entry {
        kernels: &["scatter_rows_bf16", "scatter_rows_f32"],
        contract: "rows to the listed places, ascending, and zeros between them",
        bytes: "`rows H e + 4 rows + T H e`",
        flops: "–",
        launcher: "rows::scatter",
        test: "rows_and_update",
        bench: "gather and scatter",
    },
    Entry {
        kernels: &["mean_pool_bf16", "mean_pool_f32"],
        contract: "each segment's mean, of unit length where wanted, in f32",
        bytes: "`T H e + 4 segments H`",
        flops: "`T H`",
        launcher: "rows::mean_pool",
        test: "attention",
        bench: "mean pooling",
    },
    Entry {
        kernels: &["append_cache_bf16", "append_cache_f32"],
        contract: "keys and values of one step's rows to the cache",
        bytes: "`4 rows H e`",
        flops: "–",
        launcher: "inference::append_cache",
        test: "decoding",
        bench: "decoding, head dimension 64",
    },
    Entry {
        kernels: &[
            "decode_attention_64",
            "decode_attention_32",
            "decode_attention_any_bf16",
            "decode_attention_any_f32",
        ],
        contract: "one query per hypothesis over its prefix and its ancestors' keys, split over the length",
        bytes: "`2 keys H e`, keys shared within a step once",
        flops: "`4 D` per key and head",
        launcher: "inference::decode_attention",
        test: "decoding",
        bench: "decoding",
    },
    Entry {
        kernels: &[
            "decode_combine_64",
            "decode_combine_32",
            "decode_combine_any_bf16",
            "decode_combine_any_f32",
        ],
        contract: "joins the splits' partial results",
        bytes: "`4 splits rows (H + 2 heads) + rows H e`",
        flops: "`2 splits rows H`",
        launcher: "inference::decode_attention",
        test: "decoding",
        bench: "decoding",
    },
    Entry {
        kernels: &["top_k"],
        contract: "the k largest logits of a row with their log probabilities, largest first, ties by the smaller token; k = 1 is greedy",
        bytes: "`4 rows V + 8 rows k` (k ≤ 8)",
        flops: "`~3 rows V`",
        launcher: "inference::top_k",
        test: "projection_and_loss",
        bench: "decoding",
    },
    Entry {
        kernels: &["peak_tensor"],
        contract: "bf16 products of registers, the measure of what the tensor cores can do",
        bytes: "–",
        flops: "`4096` per product",
        launcher: "measure::tensor_peak",
        test: "the_measure_of_the_tensor_cores",
        bench: "measured peaks",
    },
];

/// The entry of a kernel.
pub fn entry(kernel: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.kernels.contains(&kernel))
}

/// Kernels of the build that a test is to launch.
pub fn of_test(test: &str) -> impl Iterator<Item = &'static str> {
    KERNELS
        .iter()
        .map(|(kernel, _)| *kernel)
        .filter(move |kernel| entry(kernel).is_some_and(|entry| entry.test == test))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_kernel_has_one_entry_and_every_entry_is_true() {
        let source = |path: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        for (kernel, _) in KERNELS {
            let entries = CATALOGUE.iter().filter(|entry| entry.kernels.contains(kernel)).count();
            assert_eq!(entries, 1, "{kernel}");
        }
        let tests = source("tests/cuda_operations.rs");
        for entry in CATALOGUE {
            for kernel in entry.kernels {
                assert!(KERNELS.iter().any(|(name, _)| name == kernel), "{kernel} is no kernel");
            }
            let (module, function) = entry.launcher.split_once("::").unwrap();
            let launchers = source(&format!("src/device/cuda/{module}.rs"));
            assert!(launchers.contains(&format!("fn {function}(")), "{}", entry.launcher);
            let test = format!("#[test]\nfn {}()", entry.test);
            assert!(tests.contains(&test), "no test {}", entry.test);
        }
    }
}
