// Operations on whole rows: conversion, gather and its backward, mean pooling.
#include "common/types.cuh"

// Rounds f32 to bf16; length a multiple of 4, four elements to a thread.
extern "C" __global__ void __launch_bounds__(256, 8) round_bf16(const float* source, u64 length, bf16* destination) {
    const u64 at = (u64(blockIdx.x) * blockDim.x + threadIdx.x) * 4;
    if (at >= length) return;
    float v[4];
    load(source + at, v);
    store(destination + at, v);
}

// output[i] = input[rows[i]].
template <class T>
__device__ __forceinline__ void gather(const T* input, const u32* rows, int count, int columns, T* output) {
    const u64 chunk = u64(blockIdx.x) * blockDim.x + threadIdx.x;
    constexpr int N = VECTOR<T>;
    const int per_row = (columns + N - 1) / N, i = int(chunk / per_row), column = int(chunk % per_row) * N;
    if (i >= count) return;
    float v[N];
    load_row<T>(input + u64(rows[i]) * columns + column, columns - column, v);
    store_row<T>(output + u64(i) * columns + column, columns - column, v);
}
// Row r of the gradient is that of the i with rows[i] = r, or zero; rows ascend.
template <class T>
__device__ __forceinline__ void scatter(const T* gradient, const u32* rows, int count, int columns, T* output, int total) {
    const u64 chunk = u64(blockIdx.x) * blockDim.x + threadIdx.x;
    constexpr int N = VECTOR<T>;
    const int per_row = (columns + N - 1) / N, row = int(chunk / per_row), column = int(chunk % per_row) * N;
    if (row >= total) return;
    int low = 0, high = count;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (int(rows[middle]) < row) low = middle + 1;
        else high = middle;
    }
    float v[N] = {};
    if (low < count && int(rows[low]) == row) load_row<T>(gradient + u64(low) * columns + column, columns - column, v);
    store_row<T>(output + u64(row) * columns + column, columns - column, v);
}

// output[segment] = mean of its rows in f32, over its L2 norm where asked. A block per segment.
template <class T>
__device__ __forceinline__ void pool(const T* hidden, const u32* starts, int columns, int normalize, float* output) {
    __shared__ float parts[8];
    const u32 first = starts[blockIdx.x], end = starts[blockIdx.x + 1];
    float* to = output + u64(blockIdx.x) * columns;
    float squares = 0.0f;
    for (int column = threadIdx.x * 4; column < columns; column += blockDim.x * 4) {
        float sum[4] = {};
        for (u32 row = first; row < end; row++) {
            float v[4];
            load_row<T>(hidden + u64(row) * columns + column, columns - column, v);
#pragma unroll
            for (int i = 0; i < 4; i++) sum[i] += v[i];
        }
        const float share = 1.0f / fmaxf(1.0f, float(end - first));
#pragma unroll
        for (int i = 0; i < 4; i++) {
            sum[i] *= share;
            squares = fmaf(sum[i], sum[i], squares);
        }
        store_row<T>(to + column, columns - column, sum);
    }
    if (!normalize) return;
    squares = warp_sum(squares);
    if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = squares;
    __syncthreads();
    squares = 0.0f;
    for (int i = 0; i < int(blockDim.x / 32); i++) squares += parts[i];
    const float inverse = 1.0f / fmaxf(sqrtf(squares), 1e-12f);
    // Every thread scales what it wrote itself.
    for (int column = threadIdx.x * 4; column < columns; column += blockDim.x * 4) {
        float v[4];
        load_row<T>(to + column, columns - column, v);
#pragma unroll
        for (int i = 0; i < 4; i++) v[i] *= inverse;
        store_row<T>(to + column, columns - column, v);
    }
}

#define ROWS(TYPE, SUFFIX)                                                                                              \
    extern "C" __global__ void __launch_bounds__(256, 8)                                                                \
        gather_rows_##SUFFIX(const TYPE* input, const u32* rows, int count, int columns, TYPE* output) {                \
        gather(input, rows, count, columns, output);                                                                    \
    }                                                                                                                   \
    extern "C" __global__ void __launch_bounds__(256, 8)                                                                \
        scatter_rows_##SUFFIX(const TYPE* gradient, const u32* rows, int count, int columns, TYPE* output, int total) { \
        scatter(gradient, rows, count, columns, output, total);                                                         \
    }                                                                                                                   \
    extern "C" __global__ void __launch_bounds__(128, 10)                                                               \
        mean_pool_##SUFFIX(const TYPE* hidden, const u32* starts, int columns, int normalize, float* output) {          \
        pool(hidden, starts, columns, normalize, output);                                                               \
    }
ROWS(bf16, bf16)
ROWS(float, f32)
