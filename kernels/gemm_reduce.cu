// The end of a product whose k was split: adds the splits' partial sums in order, and applies the epilogue. `partials`
// [splits, m, n] dense with n a multiple of 8; `column_partials` [splits, m] (or null) are added to `column_sums`.
// One thread takes eight neighbouring columns.
#include "common/epilogue.cuh"

template <class T>
__device__ __forceinline__ void reduce(const GemmArguments& g, const float* partials, const float* column_partials, int splits) {
    const int chunk = blockIdx.x * blockDim.x + threadIdx.x, per_row = g.n / 8;
    if (column_partials != nullptr && chunk < g.m) {
        float sum = 0.0f;
        for (int s = 0; s < splits; s++) sum += column_partials[u64(s) * g.m + chunk];
        g.column_sums[chunk] += sum;
    }
    if (chunk >= g.m * per_row) return;
    const int row = chunk / per_row, column = chunk % per_row * 8;
    float v[8];
    load8(partials + u64(row) * g.n + column, v);
    for (int s = 1; s < splits; s++) {
        float part[8];
        load8(partials + (u64(s) * g.m + row) * g.n + column, part);
#pragma unroll
        for (int i = 0; i < 8; i++) v[i] += part[i];
    }
    if (g.epilogue == STORE_F32 || g.epilogue == ACCUMULATE_F32) {
        finish_f32(g, g.epilogue, 0, row, column, make_float4(v[0], v[1], v[2], v[3]));
        finish_f32(g, g.epilogue, 0, row, column + 4, make_float4(v[4], v[5], v[6], v[7]));
    } else {
        finish<T>(g, g.epilogue, row, column, v);
    }
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_reduce_bf16(const GemmArguments g, const float* partials, const float* column_partials, int splits) {
    reduce<bf16>(g, partials, column_partials, splits);
}
extern "C" __global__ void __launch_bounds__(256)
    gemm_reduce_f32(const GemmArguments g, const float* partials, const float* column_partials, int splits) {
    reduce<float>(g, partials, column_partials, splits);
}
