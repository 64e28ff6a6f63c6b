// What a product does with its sums before they reach memory. Matrix products hand over eight neighbouring sums of one
// row at a time, eight lanes to 64 columns of a row; the sums of splits come by fours.
#pragma once
#include "types.cuh"

enum Epilogue : int {
    STORE = 0,           // output = sum + bias (bias may be null)
    GELU = 1,            // output = gelu(sum + bias); derivative, unless null, = gelu'(sum + bias)
    ACCUMULATE = 2,      // output += sum
    MULTIPLY = 3,        // output = sum * derivative
    STORE_F32 = 4,       // floats = sum + bias (bias may be null); a split's partial sums too
    ACCUMULATE_F32 = 5,  // floats += sum
    LOSS_STATISTICS = 6, // per row and 64 columns: largest logit, sum of exp; the target's logit
    LOSS_GRADIENT = 7,   // output = (softmax(sum + bias) - onehot(target)) * weight
};

struct GemmArguments {
    const void* a;
    const void* b;
    void* output;            // activations
    float* floats;           // f32 output, or the partial sums of splits, `m × n` each, one behind the other
    const float* bias;       // [n]
    void* derivative;        // activations, like output
    float* column_sums;      // TN only: += sums of A's columns over k, [m] (bias gradient); null: none
    const u32* targets;      // [m]
    const float* weights;    // [m], loss weights
    float2* statistics;      // [ceil(n / 64), m], largest and sum of exp(logit - largest)
    float* target_logits;    // [m]
    const float* normalizers; // [m], log-sum-exp of the row
    float weight_scale;
    int m, n, k;
    int lda, ldb, ldc;       // elements between rows as stored
    int epilogue;
    int split_k;             // k per split, a multiple of 64; at least k when there is one split
    int first_column;        // vocabulary index of column 0
};

// gelu(z) = z Phi(z), gelu'(z) = Phi(z) + z phi(z).
__device__ __forceinline__ void gelu(float z, float& value, float& derivative) {
    const float cumulative = 0.5f * (1.0f + erff(z * 0.7071067811865476f));
    const float density = 0.3989422804014327f * exp2_fast(-0.5f * LOG2_E * z * z);
    value = z * cumulative;
    derivative = fmaf(z, density, cumulative);
}

template <class T, int N>
__device__ __forceinline__ void finish(const GemmArguments& g, int epilogue, int row, int column, float (&v)[N]) {
    const int left = g.n - column;
    const u64 at = u64(row) * g.ldc + column;
    T* output = static_cast<T*>(g.output) + at;
    switch (epilogue) {
    case STORE:
    case GELU: {
        if (g.bias != nullptr) {
            float bias[N];
            load(g.bias + column, bias);
#pragma unroll
            for (int i = 0; i < N; i++) v[i] += bias[i];
        }
        if (epilogue == GELU) {
            float derivative[N];
#pragma unroll
            for (int i = 0; i < N; i++) gelu(v[i], v[i], derivative[i]);
            if (g.derivative != nullptr) store_row<T>(static_cast<T*>(g.derivative) + at, left, derivative);
        }
        store_row<T>(output, left, v);
        break;
    }
    case ACCUMULATE: {
        float old[N];
        load_row<T>(output, left, old);
#pragma unroll
        for (int i = 0; i < N; i++) v[i] += old[i];
        store_row<T>(output, left, v);
        break;
    }
    case MULTIPLY: {
        float derivative[N];
        load_row<T>(static_cast<const T*>(g.derivative) + at, left, derivative);
#pragma unroll
        for (int i = 0; i < N; i++) v[i] *= derivative[i];
        store_row<T>(output, left, v);
        break;
    }
    case LOSS_GRADIENT: {
        // Columns past n: the row has room for them (ldc is a multiple of 8) and the next product reads none of them.
        const float normalizer = g.normalizers[row], weight = g.weights[row] * g.weight_scale;
        const int target = int(g.targets[row]) - g.first_column - column;
        float bias[N];
        load(g.bias + column, bias);
#pragma unroll
        for (int i = 0; i < N; i++) {
            const float probability = exp2_fast((v[i] + bias[i] - normalizer) * LOG2_E);
            v[i] = column + i < g.n ? (probability - (i == target ? 1.0f : 0.0f)) * weight : 0.0f;
        }
        store(output, v);
        break;
    }
    }
}

// Called by whole warps: the lanes of an aligned group of eight hold one row's 64 columns.
__device__ __forceinline__ void loss_statistics(const GemmArguments& g, int row, int column, float (&v)[8]) {
    const bool valid = row < g.m && column < g.n;
    float largest = -infinity();
    if (valid) {
        float bias[8];
        load(g.bias + column, bias);
        const int target = int(g.targets[row]) - g.first_column - column;
#pragma unroll
        for (int i = 0; i < 8; i++) {
            v[i] = column + i < g.n ? v[i] + bias[i] : -infinity();
            if (i == target) g.target_logits[row] = v[i];
            largest = fmaxf(largest, v[i]);
        }
    }
#pragma unroll
    for (int distance = 4; distance > 0; distance /= 2)
        largest = fmaxf(largest, __shfl_xor_sync(FULL_WARP, largest, distance));
    float sum = 0.0f;
    if (valid) {
#pragma unroll
        for (int i = 0; i < 8; i++) sum += exp2_fast((v[i] - largest) * LOG2_E);
    }
#pragma unroll
    for (int distance = 4; distance > 0; distance /= 2) sum += __shfl_xor_sync(FULL_WARP, sum, distance);
    if (valid && column % 64 == 0) g.statistics[u64(column / 64) * g.m + row] = make_float2(largest, sum);
}

// f32 outputs go four columns to a lane, so that a warp's request is whole sectors.
__device__ __forceinline__ void finish_f32(const GemmArguments& g, int epilogue, int split, int row, int column,
                                           float4 v) {
    // A split's partial sums lie dense, rows of n rounded up to 8.
    float* output = g.floats + (u64(split) * g.m + row) * g.ldc + column;
    if (epilogue == STORE_F32 && g.bias != nullptr) {
        const float4 bias = *reinterpret_cast<const float4*>(g.bias + column);
        v.x += bias.x, v.y += bias.y, v.z += bias.z, v.w += bias.w;
    }
    if (column + 4 <= g.n && g.ldc % 4 == 0) {
        if (epilogue == ACCUMULATE_F32) {
            const float4 old = *reinterpret_cast<const float4*>(output);
            v.x += old.x, v.y += old.y, v.z += old.z, v.w += old.w;
        }
        *reinterpret_cast<float4*>(output) = v;
        return;
    }
    const float values[4] = {v.x, v.y, v.z, v.w};
#pragma unroll
    for (int i = 0; i < 4; i++)
        if (column + i < g.n) output[i] = epilogue == ACCUMULATE_F32 ? output[i] + values[i] : values[i];
}
