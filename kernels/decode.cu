// One step of cached decoding: cache append, attention of one query per hypothesis split over the length, top-k.
#include "common/types.cuh"

struct DecodeArguments {
    const void* qkv;              // [rows, 3 × hidden]
    const void* prefix_keys;      // [.., hidden]
    const void* prefix_values;
    const u32* prefix_starts;     // [sequences + 1]
    const u32* sequences;         // [rows]
    const void* keys;             // generated: [steps × row_capacity, hidden]
    const void* values;
    const u32* ancestors;         // [rows, step_capacity]
    void* output;                 // [rows, hidden]
    float* partials;              // [rows, heads, splits, dimension + 2]: weighted values, largest score, sum
    int rows, heads, dimension, hidden, row_capacity, step_capacity, step, splits;
    float scale;
};

// Largest score and sum per split, behind the weighted values.
__device__ __forceinline__ float2* partial_sums(const DecodeArguments& a) {
    return reinterpret_cast<float2*>(a.partials + u64(a.rows) * a.heads * a.splits * a.dimension);
}

// keys and values of `rows` rows of qkv, to the caches' rows from first_row on; 16 bytes to a thread.
template <class T>
__device__ __forceinline__ void append(const T* qkv, int rows, int hidden, int first_row, T* keys, T* values) {
    constexpr int N = VECTOR<T>;
    const int chunk = blockIdx.x * blockDim.x + threadIdx.x, per_row = (hidden + N - 1) / N;
    const int row = chunk / per_row, column = chunk % per_row * N, left = hidden - column;
    if (row >= rows) return;
    const T* from = qkv + u64(row) * 3 * hidden + hidden + column;
    const u64 to = u64(first_row + row) * hidden + column;
    float v[N];
    load_row<T>(from, left, v);
    store_row<T>(keys + to, left, v);
    load_row<T>(from + hidden, left, v);
    store_row<T>(values + to, left, v);
}

// Row of the caches that holds a row's key: of the program's prefix, or of what was generated.
struct KeyPlace {
    int prefix_first, prefix;
    __device__ __forceinline__ KeyPlace(const DecodeArguments& a, int row) {
        const u32 sequence = a.sequences[row];
        prefix_first = int(a.prefix_starts[sequence]), prefix = int(a.prefix_starts[sequence + 1]) - prefix_first;
    }
    __device__ __forceinline__ u64 operator()(const DecodeArguments& a, int row, int key) const {
        return key < prefix ? u64(prefix_first + key)
                            : u64(key - prefix) * a.row_capacity + a.ancestors[u64(row) * a.step_capacity + key - prefix];
    }
};

// One warp takes a share of the keys of one row and head; dimension / 8 lanes to a key, eight columns each, so that a warp
// reads 256 / dimension keys at a time in whole sectors.
template <class T, int D>
__device__ __forceinline__ void attend(const DecodeArguments& a) {
    constexpr int LANES = D / 8, GROUPS = 32 / LANES;
    const int split = blockIdx.x, head = blockIdx.y, row = blockIdx.z, lane = threadIdx.x;
    const int group = lane / LANES, column = head * D + lane % LANES * 8;
    const KeyPlace place(a, row);
    const int length = place.prefix + a.step + 1, share = (length + a.splits - 1) / a.splits;
    const int first = split * share, end = min(length, first + share);
    float query[8], sum = 0.0f, largest = -infinity(), out[8] = {};
    load(static_cast<const T*>(a.qkv) + u64(row) * 3 * a.hidden + column, query);
    for (int base = first; base < end; base += GROUPS) {
        const int key = base + group;
        const bool present = key < end;
        float k[8] = {}, v[8] = {};
        if (present) {
            const bool generated = key >= place.prefix;
            const u64 at = place(a, row, key);
            load(static_cast<const T*>(generated ? a.keys : a.prefix_keys) + at * a.hidden + column, k);
            load(static_cast<const T*>(generated ? a.values : a.prefix_values) + at * a.hidden + column, v);
        }
        float score = 0.0f;
#pragma unroll
        for (int i = 0; i < 8; i++) score = fmaf(query[i], k[i], score);
#pragma unroll
        for (int distance = LANES / 2; distance > 0; distance /= 2) score += __shfl_xor_sync(FULL_WARP, score, distance);
        if (!present) continue;
        score *= a.scale;
        const float top = fmaxf(largest, score), shrink = expf(largest - top), weight = expf(score - top);
        sum = fmaf(sum, shrink, weight);
        largest = top;
#pragma unroll
        for (int i = 0; i < 8; i++) out[i] = fmaf(out[i], shrink, weight * v[i]);
    }
    // The groups' shares together.
    __syncwarp();
    float top = largest;
#pragma unroll
    for (int distance = LANES; distance < 32; distance *= 2) top = fmaxf(top, __shfl_xor_sync(FULL_WARP, top, distance));
    const float factor = largest == -infinity() ? 0.0f : expf(largest - top);
    sum *= factor;
#pragma unroll
    for (int i = 0; i < 8; i++) out[i] *= factor;
#pragma unroll
    for (int distance = LANES; distance < 32; distance *= 2) {
        sum += __shfl_xor_sync(FULL_WARP, sum, distance);
#pragma unroll
        for (int i = 0; i < 8; i++) out[i] += __shfl_xor_sync(FULL_WARP, out[i], distance);
    }
    if (group > 0) return;
    if (a.splits == 1) {
#pragma unroll
        for (int i = 0; i < 8; i++) out[i] /= sum;
        store(static_cast<T*>(a.output) + u64(row) * a.hidden + column, out);
        return;
    }
    const u64 part = (u64(row) * a.heads + head) * a.splits + split;
    store(a.partials + part * D + lane * 8, out);
    if (lane == 0) {
        partial_sums(a)[part] = make_float2(top, sum);
    }
}

// The splits together; a warp per row and head, as above.
template <class T, int D>
__device__ __forceinline__ void combine(const DecodeArguments& a) {
    const int head = blockIdx.x, row = blockIdx.y, lane = threadIdx.x;
    if (lane >= D / 8) return;
    const u64 first = (u64(row) * a.heads + head) * a.splits;
    const float2* sums = partial_sums(a) + first;
    float top = -infinity(), sum = 0.0f, out[8] = {};
    for (int s = 0; s < a.splits; s++) top = fmaxf(top, sums[s].x);
    for (int s = 0; s < a.splits; s++) {
        if (sums[s].y == 0.0f) continue;  // a share without keys
        const float factor = expf(sums[s].x - top);
        float part[8];
        load(a.partials + (first + s) * D + lane * 8, part);
        sum = fmaf(sums[s].y, factor, sum);
#pragma unroll
        for (int i = 0; i < 8; i++) out[i] = fmaf(part[i], factor, out[i]);
    }
#pragma unroll
    for (int i = 0; i < 8; i++) out[i] /= sum;
    store(static_cast<T*>(a.output) + u64(row) * a.hidden + head * D + lane * 8, out);
}

// The same for any dimension up to 256: a lane holds every 32nd column, keys come one by one.
template <class T>
__device__ __forceinline__ void attend_any(const DecodeArguments& a) {
    constexpr int PARTS = 8;
    const int split = blockIdx.x, head = blockIdx.y, row = blockIdx.z, lane = threadIdx.x, first_column = head * a.dimension;
    const KeyPlace place(a, row);
    const int length = place.prefix + a.step + 1, share = (length + a.splits - 1) / a.splits;
    const int first = split * share, end = min(length, first + share);
    const T* queries = static_cast<const T*>(a.qkv) + u64(row) * 3 * a.hidden + first_column;
    float query[PARTS], out[PARTS] = {}, sum = 0.0f, largest = -infinity();
#pragma unroll
    for (int i = 0; i < PARTS; i++) query[i] = lane + i * 32 < a.dimension ? load1(queries + lane + i * 32) : 0.0f;
    for (int key = first; key < end; key++) {
        const bool generated = key >= place.prefix;
        const u64 at = place(a, row, key) * a.hidden + first_column;
        const T* k = static_cast<const T*>(generated ? a.keys : a.prefix_keys) + at;
        const T* v = static_cast<const T*>(generated ? a.values : a.prefix_values) + at;
        float score = 0.0f;
#pragma unroll
        for (int i = 0; i < PARTS; i++)
            if (lane + i * 32 < a.dimension) score = fmaf(query[i], load1(k + lane + i * 32), score);
        score = warp_sum(score) * a.scale;
        const float top = fmaxf(largest, score), shrink = expf(largest - top), weight = expf(score - top);
        sum = fmaf(sum, shrink, weight);
        largest = top;
#pragma unroll
        for (int i = 0; i < PARTS; i++)
            if (lane + i * 32 < a.dimension) out[i] = fmaf(out[i], shrink, weight * load1(v + lane + i * 32));
    }
    const u64 part = (u64(row) * a.heads + head) * a.splits + split;
    const bool alone = a.splits == 1;
#pragma unroll
    for (int i = 0; i < PARTS; i++) {
        const int column = lane + i * 32;
        if (column >= a.dimension) continue;
        if (alone) store1(static_cast<T*>(a.output) + u64(row) * a.hidden + first_column + column, out[i] / sum);
        else a.partials[part * a.dimension + column] = out[i];
    }
    if (!alone && lane == 0) partial_sums(a)[part] = make_float2(largest, sum);
}

template <class T>
__device__ __forceinline__ void combine_any(const DecodeArguments& a) {
    const int head = blockIdx.x, row = blockIdx.y, lane = threadIdx.x;
    const u64 first = (u64(row) * a.heads + head) * a.splits;
    const float2* sums = partial_sums(a) + first;
    float top = -infinity();
    for (int s = 0; s < a.splits; s++) top = fmaxf(top, sums[s].x);
    for (int column = lane; column < a.dimension; column += 32) {
        float sum = 0.0f, out = 0.0f;
        for (int s = 0; s < a.splits; s++) {
            if (sums[s].y == 0.0f) continue;
            const float factor = expf(sums[s].x - top);
            sum = fmaf(sums[s].y, factor, sum);
            out = fmaf(a.partials[(first + s) * a.dimension + column], factor, out);
        }
        store1(static_cast<T*>(a.output) + u64(row) * a.hidden + head * a.dimension + column, out / sum);
    }
}

#define DECODE(TYPE, SUFFIX)                                                                                                    \
    extern "C" __global__ void __launch_bounds__(256, 8)                                                                        \
        append_cache_##SUFFIX(const TYPE* qkv, int rows, int hidden, int first_row, TYPE* keys, TYPE* values) {                 \
        append(qkv, rows, hidden, first_row, keys, values);                                                                     \
    }                                                                                                                           \
    extern "C" __global__ void __launch_bounds__(32, 16) decode_attention_any_##SUFFIX(const DecodeArguments a) { attend_any<TYPE>(a); } \
    extern "C" __global__ void __launch_bounds__(32, 16) decode_combine_any_##SUFFIX(const DecodeArguments a) { combine_any<TYPE>(a); }
DECODE(bf16, bf16)
DECODE(float, f32)
#define DECODE_BF16(D)                                                                                                   \
    extern "C" __global__ void __launch_bounds__(32, 16) decode_attention_##D(const DecodeArguments a) { attend<bf16, D>(a); } \
    extern "C" __global__ void __launch_bounds__(32, 16) decode_combine_##D(const DecodeArguments a) { combine<bf16, D>(a); }
DECODE_BF16(64)
DECODE_BF16(32)

// The k largest logits of a row, largest first, the lower token first among equals, with their log softmax. A block per
// row; threads keep their eight best of a pass in order, the block takes the best heads eight times, and the next pass
// looks below the last one taken. k up to 8 reads the row once.
constexpr int BEST = 8, TOP_K_THREADS = 256;

__device__ __forceinline__ bool before(float value, u32 token, float other, u32 other_token) {
    return value > other || (value == other && token < other_token);
}

extern "C" __global__ void __launch_bounds__(TOP_K_THREADS, 6)
    top_k(const float* logits, int vocabulary, int k, u32* tokens, float* log_probabilities) {
    __shared__ float values[TOP_K_THREADS / 32], sums[TOP_K_THREADS / 32];
    __shared__ u32 owners[TOP_K_THREADS / 32], candidates[TOP_K_THREADS / 32];
    const float* row = logits + u64(blockIdx.x) * vocabulary;
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    float last = infinity(), normalizer = 0.0f;
    u32 last_token = 0;
    for (int done = 0; done < k;) {
        float best[BEST];
        u32 best_token[BEST];
#pragma unroll
        for (int i = 0; i < BEST; i++) best[i] = -infinity(), best_token[i] = 0xffffffffu;
        float largest = -infinity(), sum = 0.0f;
        for (u32 token = threadIdx.x; token < u32(vocabulary); token += blockDim.x) {
            const float value = row[token];
            if (done == 0) {
                const float top = fmaxf(largest, value);
                if (top > -infinity()) sum = fmaf(sum, expf(largest - top), expf(value - top));
                largest = top;
            }
            if (done > 0 && !before(last, last_token, value, token)) continue;
            if (!before(value, token, best[BEST - 1], best_token[BEST - 1])) continue;
            float moving = value;
            u32 moving_token = token;
#pragma unroll
            for (int i = 0; i < BEST; i++) {
                const bool swap = before(moving, moving_token, best[i], best_token[i]);
                const float kept = best[i];
                const u32 kept_token = best_token[i];
                best[i] = swap ? moving : kept, best_token[i] = swap ? moving_token : kept_token;
                moving = swap ? kept : moving, moving_token = swap ? kept_token : moving_token;
            }
        }
        if (done == 0) {
            // Log-sum-exp of the row, over lanes, then warps.
            const float top = warp_max(largest);
            const float part = warp_sum(largest == -infinity() ? 0.0f : sum * expf(largest - top));
            if (lane == 0) values[warp] = top, sums[warp] = part;
            __syncthreads();
            float block_top = -infinity(), total = 0.0f;
            for (int w = 0; w < TOP_K_THREADS / 32; w++) block_top = fmaxf(block_top, values[w]);
            for (int w = 0; w < TOP_K_THREADS / 32; w++) total += values[w] == -infinity() ? 0.0f : sums[w] * expf(values[w] - block_top);
            normalizer = block_top + logf(total);
            __syncthreads();
        }
        for (int taken = 0; taken < BEST && done < k; taken++, done++) {
            float value = best[0];
            u32 token = best_token[0], owner = threadIdx.x;
#pragma unroll
            for (int distance = 16; distance > 0; distance /= 2) {
                const float other = __shfl_xor_sync(FULL_WARP, value, distance);
                const u32 other_token = __shfl_xor_sync(FULL_WARP, token, distance);
                const u32 other_owner = __shfl_xor_sync(FULL_WARP, owner, distance);
                const bool better = before(other, other_token, value, token);
                value = better ? other : value, token = better ? other_token : token, owner = better ? other_owner : owner;
            }
            if (lane == 0) values[warp] = value, candidates[warp] = token, owners[warp] = owner;
            __syncthreads();
            value = values[0], token = candidates[0], owner = owners[0];
            for (int w = 1; w < TOP_K_THREADS / 32; w++)
                if (before(values[w], candidates[w], value, token)) value = values[w], token = candidates[w], owner = owners[w];
            if (owner == threadIdx.x) {
                tokens[u64(blockIdx.x) * k + done] = token;
                log_probabilities[u64(blockIdx.x) * k + done] = value - normalizer;
#pragma unroll
                for (int i = 0; i + 1 < BEST; i++) best[i] = best[i + 1], best_token[i] = best_token[i + 1];
                best[BEST - 1] = -infinity(), best_token[BEST - 1] = 0xffffffffu;
            }
            last = value, last_token = token;
            __syncthreads();
        }
    }
}
