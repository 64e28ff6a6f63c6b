// Prefix attention over packed segments, forward: output = dropout(softmax(scale q kᵀ)) v, and the log-sum-exp.
//
// Flash attention (Dao, 2023) with the prefix mask as a bound, not a matrix: a block takes 128 queries of one head, four
// warps of 32, and runs over tiles of 64 keys. Tiles that every query of the block sees come first and carry no mask
// code; the last ones are masked, and a warp leaves out every 16 keys that none of its queries sees. Row sums come from
// the tensor cores (a product with ones; added up by lane at 32 columns), the scale is folded into the exponent's multiply-add, and dropout draws one
// Philox counter for the 16 decisions that a lane needs per row and tile.
#include "common/attention.cuh"
#include "common/tensor.cuh"

constexpr int QUERIES = 128, KEYS = 64, WARPS = 4, STAGE = 2 * KEYS * 128;

template <int D, bool DROPOUT>
struct Forward {
    static constexpr int CHUNKS = D / 8;  // 16-byte chunks of a row; rows keep 128 bytes in shared memory
    static constexpr int COPIES = KEYS * CHUNKS / (32 * WARPS);
    static constexpr int ROWS_AT_ONCE = 32 * WARPS / CHUNKS;
    // Row sums as a product with ones cost a sixteenth of the products at 64 columns, an eighth at 32: there lanes add up.
    static constexpr bool SUMS_BY_PRODUCT = D == 64;

    const AttentionArguments& a;
    const Task task;
    const int head, lane, warp_query;
    const u32 shared;
    const char* keys;  // this thread's first chunk of the next tile
    u32 key_chunk[COPIES];
    u32 q[2][D / 16][4];
    float out[2][D / 8][4], sums[2][4], largest[2][2];
    u32 one[2];

    __device__ __forceinline__ Forward(const AttentionArguments& a, u32 shared)
        : a(a), task(a.tasks[blockIdx.x]), head(blockIdx.y), lane(threadIdx.x % 32),
          warp_query(task.index + threadIdx.x / 32 * 32), shared(shared) {
        const int row = copied_row<CHUNKS>(threadIdx.x), chunk = threadIdx.x % CHUNKS;
        keys = static_cast<const char*>(a.qkv) + ((u64(task.start + row) * 3 + 1) * a.hidden + head * D + chunk * 8) * 2;
#pragma unroll
        for (int i = 0; i < COPIES; i++) key_chunk[i] = swizzle(row + i * ROWS_AT_ONCE, chunk);
    }

    // Keys and values of the next tile.
    template <bool RAGGED>
    __device__ __forceinline__ void load(int tile) {
        const u32 stage = shared + QUERIES * 128 + tile % 2 * STAGE;
        const u64 stride = u64(ROWS_AT_ONCE) * a.hidden * 6;
#pragma unroll
        for (int i = 0; i < COPIES; i++) {
            if constexpr (RAGGED) {
                const bool present = tile * KEYS + int(copied_row<CHUNKS>(threadIdx.x)) + i * ROWS_AT_ONCE < task.length;
                const char* from = present ? keys + i * stride : static_cast<const char*>(a.qkv);
                copy_async_partial(stage + key_chunk[i], from, present ? 16 : 0);
                copy_async_partial(stage + KEYS * 128 + key_chunk[i], present ? from + a.hidden * 2 : from, present ? 16 : 0);
            } else {
                copy_async(stage + key_chunk[i], keys + i * stride);
                copy_async(stage + KEYS * 128 + key_chunk[i], keys + i * stride + a.hidden * 2);
            }
        }
        keys += u64(KEYS) * a.hidden * 6;
        copy_commit();
    }

    template <bool MASKED>
    __device__ __forceinline__ void step(int tile, int limit) {
        const u32 stage = shared + QUERIES * 128 + tile % 2 * STAGE;
        const int first_key = tile * KEYS;
        float s[2][8][4];
        const u32 key_row = lane % 8 + lane / 16 * 8, key_part = lane / 8 % 2;
#pragma unroll
        for (int pair = 0; pair < 4; pair++) {
#pragma unroll
            for (int m = 0; m < 2; m++)
#pragma unroll
                for (int e = 0; e < 8; e++) s[m][2 * pair + e / 4][e % 4] = 0.0f;
            if (MASKED && first_key + pair * 16 >= limit) continue;
#pragma unroll
            for (int kk = 0; kk < D / 16; kk++) {
                u32 k[4];
                load_matrix(k, stage + swizzle(key_row, kk * 2 + key_part) + pair * 16 * 128);
#pragma unroll
                for (int m = 0; m < 2; m++) {
                    mma(s[m][2 * pair], q[m][kk], k[0], k[1]);
                    mma(s[m][2 * pair + 1], q[m][kk], k[2], k[3]);
                }
            }
        }
        if constexpr (MASKED) {
#pragma unroll
            for (int m = 0; m < 2; m++)
#pragma unroll
                for (int j = 0; j < 8; j++)
#pragma unroll
                    for (int e = 0; e < 4; e++) {
                        const int query = warp_query + m * 16 + lane / 4 + e / 2 * 8;
                        const int key = first_key + j * 8 + lane % 4 * 2 + e % 2;
                        if (!visible(query, key, task.prefix) || key >= limit) s[m][j][e] = -infinity();
                    }
        }
        const float factor = a.scale_log2;
        float offset[2][2];
        bool grown = false;
        float shrink[2][2];
#pragma unroll
        for (int m = 0; m < 2; m++)
#pragma unroll
            for (int half = 0; half < 2; half++) {
                float top = largest[m][half];
#pragma unroll
                for (int j = 0; j < 8; j++) top = fmaxf(top, fmaxf(s[m][j][2 * half], s[m][j][2 * half + 1]));
                top = fmaxf(top, __shfl_xor_sync(FULL_WARP, top, 1));
                top = fmaxf(top, __shfl_xor_sync(FULL_WARP, top, 2));
                grown |= top > largest[m][half];
                shrink[m][half] = exp2_fast((largest[m][half] - top) * factor);
                largest[m][half] = top;
                offset[m][half] = -top * factor;
            }
        if (__any_sync(FULL_WARP, grown)) {
#pragma unroll
            for (int m = 0; m < 2; m++)
#pragma unroll
                for (int e = 0; e < 4; e++) {
                    sums[m][e] *= shrink[m][e / 2];
#pragma unroll
                    for (int j = 0; j < D / 8; j++) out[m][j][e] *= shrink[m][e / 2];
                }
        }
        u32 p[2][4][4];
#pragma unroll
        for (int m = 0; m < 2; m++)
#pragma unroll
            for (int j = 0; j < 8; j++)
#pragma unroll
                for (int half = 0; half < 2; half++) {
                    const float first = exp2_fast(fmaf(s[m][j][2 * half], factor, offset[m][half]));
                    const float second = exp2_fast(fmaf(s[m][j][2 * half + 1], factor, offset[m][half]));
                    p[m][j / 2][j % 2 * 2 + half] = pack_bf16(first, second);
                    if (!SUMS_BY_PRODUCT) sums[m][2 * half] += first + second;
                }
        if (SUMS_BY_PRODUCT) {
#pragma unroll
            for (int m = 0; m < 2; m++)
#pragma unroll
                for (int c = 0; c < 4; c++)
                    if (!MASKED || first_key + c * 16 < limit) mma(sums[m], p[m][c], one[0], one[1]);
        }
        if constexpr (DROPOUT) {
            const ByteDecision decide(a.dropout.threshold);
#pragma unroll
            for (int m = 0; m < 2; m++)
#pragma unroll
                for (int half = 0; half < 2; half++) {
                    const int row = task.start + warp_query + m * 16 + half * 8 + lane / 4;
                    const uint4 r = philox(tile * 4 + lane % 4, row, (u32(head) << 16) | a.dropout.stream, a.dropout.draw,
                                           a.dropout.key[0], a.dropout.key[1]);
                    const u32 words[4] = {r.x, r.y, r.z, r.w};
#pragma unroll
                    for (int c = 0; c < 4; c++) {
                        const u32 keep = decide(words[c]);
                        // A byte's sign over both bytes of its bf16.
                        p[m][c][half] &= sign_bytes(keep, 0, 0x9988);
                        p[m][c][2 + half] &= sign_bytes(keep, 0, 0xbbaa);
                    }
                }
        }
        const u32 values = stage + KEYS * 128;
#pragma unroll
        for (int c = 0; c < 4; c++) {
            if (MASKED && first_key + c * 16 >= limit) continue;
#pragma unroll
            for (int pair = 0; pair < D / 16; pair++) {
                u32 v[4];
                load_matrix_transposed(v, values + swizzle(lane % 16, 2 * pair + lane / 16) + c * 16 * 128);
#pragma unroll
                for (int m = 0; m < 2; m++) {
                    mma(out[m][2 * pair], p[m][c], v[0], v[1]);
                    mma(out[m][2 * pair + 1], p[m][c], v[2], v[3]);
                }
            }
        }
    }

    __device__ __forceinline__ void run(char* memory) {
        // Queries: every warp loads and reads its own.
        const int warp_row = threadIdx.x / 32 * 32;
#pragma unroll
        for (int i = 0; i < CHUNKS; i++) {
            const int row = warp_row + copied_row<CHUNKS>(lane + i * 32), chunk = (lane + i * 32) % CHUNKS;
            const bool present = task.index + row < task.length;
            const u64 at = u64(task.start + task.index + row) * 3 * a.hidden + head * D + chunk * 8;
            copy_async_partial(shared + swizzle(row, chunk), static_cast<const bf16*>(a.qkv) + (present ? at : 0), present ? 16 : 0);
        }
        const int last_query = min(task.index + QUERIES, task.length);
        const int seen_by_all = max(task.prefix, task.index + 1), seen = max(task.prefix, last_query);
        const int tiles = (seen + KEYS - 1) / KEYS, full = seen_by_all / KEYS;
        const int limit = warp_query < task.length ? max(task.prefix, min(warp_query + 32, task.length)) : 0;
        load<true>(0);
#pragma unroll
        for (int m = 0; m < 2; m++) {
#pragma unroll
            for (int e = 0; e < 4; e++) {
                sums[m][e] = 0.0f;
#pragma unroll
                for (int j = 0; j < D / 8; j++) out[m][j][e] = 0.0f;
            }
            largest[m][0] = largest[m][1] = -infinity();
        }
        // bf16 1.0 twice; opaque, or it would be made anew before every product.
        const u32 ones = lane < a.tokens ? 0x3f803f80u : 0x3f803f80u + (a.tokens >> 31);
        one[0] = __shfl_sync(FULL_WARP, ones, 0), one[1] = __shfl_sync(FULL_WARP, ones, 0);
        copy_wait<0>();
        __syncthreads();
#pragma unroll
        for (int m = 0; m < 2; m++)
#pragma unroll
            for (int kk = 0; kk < D / 16; kk++)
                load_matrix(q[m][kk], shared + swizzle(warp_row + m * 16 + lane % 16, kk * 2 + lane / 16));
        int tile = 0;
        // The last full tile is left to the loop below, which knows how to load a ragged tile behind it.
#pragma unroll 1
        for (; tile < full - 1; tile++) {
            copy_wait<0>();
            __syncthreads();
            load<false>(tile + 1);
            if (limit > 0) step<false>(tile, limit);
        }
#pragma unroll 1
        for (; tile < tiles; tile++) {
            copy_wait<0>();
            __syncthreads();
            if (tile + 1 < tiles) load<true>(tile + 1);
            if (tile * KEYS < limit) step<true>(tile, limit);
        }
        if (limit == 0) return;
        // Through the warp's own query rows in shared memory, to 16-byte stores.
#pragma unroll
        for (int m = 0; m < 2; m++)
#pragma unroll
            for (int half = 0; half < 2; half++) {
                const int row = warp_row + m * 16 + half * 8 + lane / 4, query = task.index + row;
                float sum = sums[m][2 * half];
                if (!SUMS_BY_PRODUCT) {
                    sum += __shfl_xor_sync(FULL_WARP, sum, 1);
                    sum += __shfl_xor_sync(FULL_WARP, sum, 2);
                }
                const float norm = (DROPOUT ? a.dropout.scale : 1.0f) / sum;
#pragma unroll
                for (int j = 0; j < D / 8; j++)
                    *reinterpret_cast<u32*>(memory + swizzle(row, j) + lane % 4 * 4) =
                        pack_bf16(out[m][j][2 * half] * norm, out[m][j][2 * half + 1] * norm);
                if (a.log_sum_exp != nullptr && lane % 4 == 0 && query < task.length)
                    a.log_sum_exp[u64(head) * a.tokens + task.start + query] =
                        fmaf(largest[m][half], a.scale, logf(sum));
            }
        __syncwarp();
#pragma unroll
        for (int i = 0; i < CHUNKS; i++) {
            const int row = warp_row + copied_row<CHUNKS>(lane + i * 32), chunk = (lane + i * 32) % CHUNKS;
            if (task.index + row < task.length)
                *reinterpret_cast<uint4*>(static_cast<bf16*>(a.output) + u64(task.start + task.index + row) * a.hidden + head * D + chunk * 8) =
                    *reinterpret_cast<const uint4*>(memory + swizzle(row, chunk));
        }
    }
};

#define FORWARD(NAME, D, DROPOUT)                                                                      \
    extern "C" __global__ void __launch_bounds__(32 * WARPS, 2) NAME(const AttentionArguments arguments) { \
        extern __shared__ __align__(128) char memory[];                                                \
        Forward<D, DROPOUT> forward(arguments, shared_address(memory));                                \
        forward.run(memory);                                                                           \
    }
FORWARD(attention_forward_64, 64, false)
FORWARD(attention_forward_64_dropout, 64, true)
FORWARD(attention_forward_32, 32, false)
FORWARD(attention_forward_32_dropout, 32, true)
