// The dense products of gemm.cu in f32, for validation: the same forms, epilogues and splits, plain FFMA in tiles of
// 64 × 64 over steps of k = 16. Any m, n, k.
#include "common/epilogue.cuh"

constexpr int TILE = 64, TILE_K = 16, PITCH = TILE + 4;
enum Form : int { NT, NN, TN };

template <int FORM>
__device__ __forceinline__ void gemm(const GemmArguments& g) {
    __shared__ __align__(16) float a[TILE_K][PITCH];
    __shared__ __align__(16) float b[TILE_K][PITCH];
    __shared__ __align__(16) float sums[TILE][PITCH];
    const int tiles_m = (g.m + TILE - 1) / TILE;
    const int first_m = blockIdx.x % tiles_m * TILE, first_n = blockIdx.x / tiles_m * TILE;
    const int k_first = blockIdx.z * g.split_k, k_end = min(g.k, k_first + g.split_k);
    const float* left = static_cast<const float*>(g.a);
    const float* right = static_cast<const float*>(g.b);
    const int x = threadIdx.x % 16, y = threadIdx.x / 16;
    float c[4][4] = {};
    float column_sum = 0.0f;
    const bool with_column_sums = FORM == TN && g.column_sums != nullptr && first_n == 0;
    for (int k = k_first; k < k_end; k += TILE_K) {
#pragma unroll
        for (int i = 0; i < TILE * TILE_K / 256; i++) {
            const int at = threadIdx.x + i * 256;
            // Lanes run along whatever is contiguous in memory.
            const int a_k = FORM == TN ? at / TILE : at % TILE_K, a_m = FORM == TN ? at % TILE : at / TILE_K;
            const int b_k = FORM == NT ? at % TILE_K : at / TILE, b_n = FORM == NT ? at / TILE_K : at % TILE;
            const bool a_present = first_m + a_m < g.m && k + a_k < k_end, b_present = first_n + b_n < g.n && k + b_k < k_end;
            const u64 a_at = FORM == TN ? u64(k + a_k) * g.lda + first_m + a_m : u64(first_m + a_m) * g.lda + k + a_k;
            const u64 b_at = FORM == NT ? u64(first_n + b_n) * g.ldb + k + b_k : u64(k + b_k) * g.ldb + first_n + b_n;
            // What lies outside reads the first element instead: a select, no branch.
            const float from_a = left[a_present ? a_at : 0], from_b = right[b_present ? b_at : 0];
            a[a_k][a_m] = a_present ? from_a : 0.0f;
            b[b_k][b_n] = b_present ? from_b : 0.0f;
        }
        __syncthreads();
#pragma unroll
        for (int kk = 0; kk < TILE_K; kk++) {
            const float4 l = *reinterpret_cast<const float4*>(&a[kk][y * 4]), r = *reinterpret_cast<const float4*>(&b[kk][x * 4]);
            const float lefts[4] = {l.x, l.y, l.z, l.w}, rights[4] = {r.x, r.y, r.z, r.w};
#pragma unroll
            for (int i = 0; i < 4; i++)
#pragma unroll
                for (int j = 0; j < 4; j++) c[i][j] = fmaf(lefts[i], rights[j], c[i][j]);
            if (with_column_sums && threadIdx.x < TILE) column_sum += a[kk][threadIdx.x];
        }
        __syncthreads();
    }
    if (with_column_sums && threadIdx.x < TILE && first_m + threadIdx.x < g.m) {
        float* output = g.column_sums + u64(blockIdx.z) * g.m + first_m + threadIdx.x;
        *output = (g.epilogue == ACCUMULATE_F32 ? *output : 0.0f) + column_sum;
    }
#pragma unroll
    for (int i = 0; i < 4; i++) *reinterpret_cast<float4*>(&sums[y * 4 + i][x * 4]) = make_float4(c[i][0], c[i][1], c[i][2], c[i][3]);
    __syncthreads();
    if (g.epilogue == STORE_F32 || g.epilogue == ACCUMULATE_F32) {
        for (int at = threadIdx.x; at < TILE * TILE / 4; at += 256) {
            const int row = at / 16, column = at % 16 * 4;
            if (first_m + row < g.m && first_n + column < g.n)
                finish_f32(g, g.epilogue, blockIdx.z, first_m + row, first_n + column, *reinterpret_cast<const float4*>(&sums[row][column]));
        }
        return;
    }
    for (int at = threadIdx.x; at < TILE * TILE / 8; at += 256) {
        const int row = at / 8, column = at % 8 * 8;
        float v[8];
        load(&sums[row][column], v);
        if (g.epilogue == LOSS_STATISTICS)
            loss_statistics(g, first_m + row, first_n + column, v);
        else if (first_m + row < g.m && first_n + column < g.n)
            finish<float>(g, g.epilogue, first_m + row, first_n + column, v);
    }
}

extern "C" __global__ void __launch_bounds__(256, 3) gemm_nt_f32(const GemmArguments arguments) { gemm<NT>(arguments); }
extern "C" __global__ void __launch_bounds__(256, 2) gemm_nn_f32(const GemmArguments arguments) { gemm<NN>(arguments); }
extern "C" __global__ void __launch_bounds__(256, 2) gemm_tn_f32(const GemmArguments arguments) { gemm<TN>(arguments); }
