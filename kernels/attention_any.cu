// Prefix attention over packed segments without tensor cores: f32 for validation, and bf16 for head dimensions that the
// tensor-core kernels do not know. One warp per query (forward, dQ) or key (dK, dV), any dimension up to 256. Same
// arguments and dropout masks as the tensor-core kernels. Grid: tokens / 4, heads; tasks: one per segment, `tiles` of them.
#include "common/attention.cuh"

constexpr int WARPS = 4, PARTS = 8;

struct Row {
    float values[PARTS];  // columns lane, lane + 32, …
    template <class T>
    __device__ __forceinline__ void load(const T* from, int dimension, int lane) {
#pragma unroll
        for (int i = 0; i < PARTS; i++) values[i] = lane + i * 32 < dimension ? load1(from + lane + i * 32) : 0.0f;
    }
    template <class T>
    __device__ __forceinline__ void store(T* to, int dimension, int lane, float scale) const {
#pragma unroll
        for (int i = 0; i < PARTS; i++)
            if (lane + i * 32 < dimension) store1(to + lane + i * 32, values[i] * scale);
    }
    __device__ __forceinline__ float dot(const Row& other) const {
        float sum = 0.0f;
#pragma unroll
        for (int i = 0; i < PARTS; i++) sum = fmaf(values[i], other.values[i], sum);
        return warp_sum(sum);
    }
    __device__ __forceinline__ void add(float factor, const Row& other) {
#pragma unroll
        for (int i = 0; i < PARTS; i++) values[i] = fmaf(factor, other.values[i], values[i]);
    }
    __device__ __forceinline__ void scale(float factor) {
#pragma unroll
        for (int i = 0; i < PARTS; i++) values[i] *= factor;
    }
};

// The segment of a token: the last that starts at or before it; index = the token's place in it.
__device__ __forceinline__ Task segment_of(const AttentionArguments& a, int token) {
    int low = 0, high = a.tiles - 1;
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (a.tasks[middle].start <= token) low = middle;
        else high = middle - 1;
    }
    Task task = a.tasks[low];
    task.index = token - task.start;
    return task;
}

template <class T>
__device__ __forceinline__ void forward(const AttentionArguments& a, int dimension) {
    const int token = blockIdx.x * WARPS + threadIdx.x / 32, head = blockIdx.y, lane = threadIdx.x % 32;
    if (token >= a.tokens) return;
    const Task task = segment_of(a, token);
    const T* qkv = static_cast<const T*>(a.qkv) + head * dimension;
    Row query, out = {};
    query.load(qkv + u64(token) * 3 * a.hidden, dimension, lane);
    float largest = -infinity(), sum = 0.0f;
    const int seen = max(task.prefix, task.index + 1);
    for (int key = 0; key < seen; key++) {
        const T* from = qkv + u64(task.start + key) * 3 * a.hidden + a.hidden;
        Row row;
        row.load(from, dimension, lane);
        const float score = query.dot(row) * a.scale, top = fmaxf(largest, score);
        const float shrink = expf(largest - top), probability = expf(score - top);
        sum = fmaf(sum, shrink, probability);
        largest = top;
        out.scale(shrink);
        const bool keep = a.dropout.threshold == 0 || attention_keeps(a.dropout, head, token, key);
        row.load(from + a.hidden, dimension, lane);
        if (keep) out.add(probability, row);
    }
    out.store(static_cast<T*>(a.output) + u64(token) * a.hidden + head * dimension, dimension, lane, a.dropout.scale / sum);
    if (a.log_sum_exp != nullptr && lane == 0) a.log_sum_exp[u64(head) * a.tokens + token] = largest + logf(sum);
}

// Sum of output × gradient per token and head, `statistics.y`; `statistics.x` = log-sum-exp.
template <class T>
__device__ __forceinline__ void query_gradient(const AttentionArguments& a, int dimension) {
    const int token = blockIdx.x * WARPS + threadIdx.x / 32, head = blockIdx.y, lane = threadIdx.x % 32;
    if (token >= a.tokens) return;
    const Task task = segment_of(a, token);
    const T* qkv = static_cast<const T*>(a.qkv) + head * dimension;
    const u64 own = u64(token) * a.hidden + head * dimension;
    Row query, output, gradient, sums = {};
    query.load(qkv + u64(token) * 3 * a.hidden, dimension, lane);
    output.load(static_cast<const T*>(a.output) + own, dimension, lane);
    gradient.load(static_cast<const T*>(a.output_gradient) + own, dimension, lane);
    const float delta = output.dot(gradient), normalizer = a.log_sum_exp[u64(head) * a.tokens + token];
    if (lane == 0) a.statistics[u64(head) * a.tokens + token] = make_float2(normalizer, delta);
    const int seen = max(task.prefix, task.index + 1);
    for (int key = 0; key < seen; key++) {
        const T* from = qkv + u64(task.start + key) * 3 * a.hidden + a.hidden;
        Row k, v;
        k.load(from, dimension, lane);
        v.load(from + a.hidden, dimension, lane);
        const bool keep = a.dropout.threshold == 0 || attention_keeps(a.dropout, head, token, key);
        const float probability = expf(fmaf(query.dot(k), a.scale, -normalizer));
        const float dp = keep ? gradient.dot(v) * a.dropout.scale : 0.0f;
        sums.add(probability * (dp - delta), k);
    }
    sums.store(static_cast<T*>(a.qkv_gradient) + u64(token) * 3 * a.hidden + head * dimension, dimension, lane, a.scale);
}

template <class T>
__device__ __forceinline__ void key_gradient(const AttentionArguments& a, int dimension) {
    const int token = blockIdx.x * WARPS + threadIdx.x / 32, head = blockIdx.y, lane = threadIdx.x % 32;
    if (token >= a.tokens) return;
    const Task task = segment_of(a, token);
    const T* qkv = static_cast<const T*>(a.qkv) + head * dimension;
    Row k, v, dk = {}, dv = {};
    k.load(qkv + u64(token) * 3 * a.hidden + a.hidden, dimension, lane);
    v.load(qkv + u64(token) * 3 * a.hidden + 2 * a.hidden, dimension, lane);
    for (int query = task.index < task.prefix ? 0 : task.index; query < task.length; query++) {
        const int row = task.start + query;
        Row q, gradient;
        q.load(qkv + u64(row) * 3 * a.hidden, dimension, lane);
        gradient.load(static_cast<const T*>(a.output_gradient) + u64(row) * a.hidden + head * dimension, dimension, lane);
        const float2 statistics = a.statistics[u64(head) * a.tokens + row];
        const bool keep = a.dropout.threshold == 0 || attention_keeps(a.dropout, head, row, task.index);
        const float probability = expf(fmaf(q.dot(k), a.scale, -statistics.x));
        const float kept = keep ? a.dropout.scale : 0.0f;
        dv.add(probability * kept, gradient);
        dk.add(probability * (gradient.dot(v) * kept - statistics.y), q);
    }
    T* to = static_cast<T*>(a.qkv_gradient) + u64(token) * 3 * a.hidden + head * dimension;
    dk.store(to + a.hidden, dimension, lane, a.scale);
    dv.store(to + 2 * a.hidden, dimension, lane, 1.0f);
}

#define ATTENTION(TYPE, SUFFIX)                                                                                                        \
    extern "C" __global__ void __launch_bounds__(128, 8) attention_forward_any_##SUFFIX(const AttentionArguments a, int dimension) {      \
        forward<TYPE>(a, dimension);                                                                                                   \
    }                                                                                                                                  \
    extern "C" __global__ void __launch_bounds__(128, 5) attention_query_gradient_any_##SUFFIX(const AttentionArguments a, int dimension) { \
        query_gradient<TYPE>(a, dimension);                                                                                            \
    }                                                                                                                                  \
    extern "C" __global__ void __launch_bounds__(128, 4) attention_key_gradient_any_##SUFFIX(const AttentionArguments a, int dimension) { \
        key_gradient<TYPE>(a, dimension);                                                                                              \
    }
ATTENTION(bf16, bf16)
ATTENTION(float, f32)
