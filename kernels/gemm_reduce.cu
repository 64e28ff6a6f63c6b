// The end of a product whose k was split: adds the splits' partial sums in order, and applies the epilogue. `partials`
// [splits, m, n] dense with n a multiple of 4; `column_partials` [splits, m] (or null) are added to `column_sums`.
// One thread takes four neighbouring columns.
#include "common/epilogue.cuh"

extern "C" __global__ void __launch_bounds__(256, 5)
    gemm_reduce(const GemmArguments g, const float* partials, const float* column_partials, int splits) {
    const int quad = blockIdx.x * blockDim.x + threadIdx.x, per_row = g.n / 4;
    if (column_partials != nullptr && quad < g.m) {
        float sum = 0.0f;
        for (int s = 0; s < splits; s++) sum += column_partials[u64(s) * g.m + quad];
        g.column_sums[quad] += sum;
    }
    if (quad >= g.m * per_row) return;
    const int row = quad / per_row, column = quad % per_row * 4;
    float v[4];
    load(partials + u64(row) * g.n + column, v);
    for (int s = 1; s < splits; s++) {
        float part[4];
        load(partials + (u64(s) * g.m + row) * g.n + column, part);
#pragma unroll
        for (int i = 0; i < 4; i++) v[i] += part[i];
    }
    if (g.epilogue == STORE_F32 || g.epilogue == ACCUMULATE_F32)
        finish_f32(g, g.epilogue, 0, row, column, make_float4(v[0], v[1], v[2], v[3]));
    else
        finish<bf16>(g, g.epilogue, row, column, v);
}
