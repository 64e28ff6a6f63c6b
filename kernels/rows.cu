// Operations on whole rows: conversion, gather and its backward, mean pooling.
#include "common/types.cuh"

// Rounds f32 to bf16; length a multiple of 8, eight elements to a thread.
extern "C" __global__ void __launch_bounds__(256) round_bf16(const float* source, u64 length, bf16* destination) {
    const u64 at = (u64(blockIdx.x) * blockDim.x + threadIdx.x) * 8;
    if (at >= length) return;
    float v[8];
    load8(source + at, v);
    store8(destination + at, v);
}

// output[i] = input[rows[i]].
template <class T>
__device__ __forceinline__ void gather(const T* input, const u32* rows, int count, int columns, T* output) {
    const u64 chunk = u64(blockIdx.x) * blockDim.x + threadIdx.x;
    const int per_row = columns / 8, i = int(chunk / per_row), column = int(chunk % per_row) * 8;
    if (i >= count) return;
    float v[8];
    load8(input + u64(rows[i]) * columns + column, v);
    store8(output + u64(i) * columns + column, v);
}
// Row r of the gradient is that of the i with rows[i] = r, or zero; rows ascend.
template <class T>
__device__ __forceinline__ void scatter(const T* gradient, const u32* rows, int count, int columns, T* output, int total) {
    const u64 chunk = u64(blockIdx.x) * blockDim.x + threadIdx.x;
    const int per_row = columns / 8, row = int(chunk / per_row), column = int(chunk % per_row) * 8;
    if (row >= total) return;
    int low = 0, high = count;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (int(rows[middle]) < row) low = middle + 1;
        else high = middle;
    }
    float v[8] = {};
    if (low < count && int(rows[low]) == row) load8(gradient + u64(low) * columns + column, v);
    store8(output + u64(row) * columns + column, v);
}

// output[segment] = mean of its rows in f32, over its L2 norm where asked. A block per segment.
template <class T>
__device__ __forceinline__ void pool(const T* hidden, const u32* starts, int columns, int normalize, float* output) {
    __shared__ float parts[8];
    const u32 first = starts[blockIdx.x], end = starts[blockIdx.x + 1];
    float* to = output + u64(blockIdx.x) * columns;
    float squares = 0.0f;
    for (int column = threadIdx.x * 8; column < columns; column += blockDim.x * 8) {
        float sum[8] = {};
        for (u32 row = first; row < end; row++) {
            float v[8];
            load8(hidden + u64(row) * columns + column, v);
#pragma unroll
            for (int i = 0; i < 8; i++) sum[i] += v[i];
        }
        const float share = 1.0f / fmaxf(1.0f, float(end - first));
#pragma unroll
        for (int i = 0; i < 8; i++) {
            sum[i] *= share;
            squares = fmaf(sum[i], sum[i], squares);
        }
        store8(to + column, sum);
    }
    if (!normalize) return;
    squares = warp_sum(squares);
    if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = squares;
    __syncthreads();
    squares = 0.0f;
    for (int i = 0; i < int(blockDim.x / 32); i++) squares += parts[i];
    const float inverse = 1.0f / fmaxf(sqrtf(squares), 1e-12f);
    // Every thread scales what it wrote itself.
    for (int column = threadIdx.x * 8; column < columns; column += blockDim.x * 8) {
        float v[8];
        load8(to + column, v);
#pragma unroll
        for (int i = 0; i < 8; i++) v[i] *= inverse;
        store8(to + column, v);
    }
}

#define ROWS(TYPE, SUFFIX)                                                                                              \
    extern "C" __global__ void __launch_bounds__(256)                                                                   \
        gather_rows_##SUFFIX(const TYPE* input, const u32* rows, int count, int columns, TYPE* output) {                \
        gather(input, rows, count, columns, output);                                                                    \
    }                                                                                                                   \
    extern "C" __global__ void __launch_bounds__(256)                                                                   \
        scatter_rows_##SUFFIX(const TYPE* gradient, const u32* rows, int count, int columns, TYPE* output, int total) { \
        scatter(gradient, rows, count, columns, output, total);                                                         \
    }                                                                                                                   \
    extern "C" __global__ void __launch_bounds__(128)                                                                   \
        mean_pool_##SUFFIX(const TYPE* hidden, const u32* starts, int columns, int normalize, float* output) {          \
        pool(hidden, starts, columns, normalize, output);                                                               \
    }
ROWS(bf16, bf16)
ROWS(float, f32)
