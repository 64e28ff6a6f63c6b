// Prefix attention over packed segments, backward; probabilities are recomputed from the log-sum-exp.
//
// A block owns key blocks of one segment and head (every `slots`-th block of 128 keys) and runs over tiles of 64 queries.
// Scores are computed transposed, keys down and queries across, so that the fragments of P and dS are at once the left
// operands of dV = Pᵀ dO and dK = dSᵀ Q; only dS goes through shared memory, for dQ = dS K. Eight warps own 16 keys each.
// dQ is summed over a block's key blocks in its own slot of `query_sums`, in order, and attention_query_gradient adds
// the slots up in order: gradients are the same from run to run. Tiles that every query sees come first, in descending
// order, and carry no mask code; in the others 16 × 16 pieces that no one sees are left out.
#include "common/attention.cuh"
#include "common/tensor.cuh"

constexpr int KEYS = 128, QUERIES = 64, WARPS = 8;
// Shared memory, in bytes: keys; values; dS; two stages of queries and output gradients; two of statistics; the task and
// where the block is in it; masks.
constexpr u32 KEY_AT = 0, VALUE_AT = KEYS * 128, SCORE_AT = 2 * KEYS * 128, STAGE_AT = 3 * KEYS * 128, STAGE = 2 * QUERIES * 128;
constexpr u32 STATISTICS_AT = STAGE_AT + 2 * STAGE, STATISTICS = QUERIES * 8;
constexpr u32 TASK_AT = STATISTICS_AT + 2 * STATISTICS, STATE_AT = TASK_AT + 16, MASK_AT = STATE_AT + 16, MASK_ROW = QUERIES + 8;

template <int D, bool DROPOUT>
struct Backward {
    static constexpr int CHUNKS = D / 8, ROWS_AT_ONCE = 32 * WARPS / CHUNKS;
    static constexpr int COPIES = QUERIES / ROWS_AT_ONCE;
    static constexpr int QUERY_COLUMNS = D / 2, QUERY_TILES = QUERY_COLUMNS / 8;  // of dQ, per warp

    const AttentionArguments& a;
    const Task& task;  // in shared memory: registers are what this kernel is short of
    const int head;
    const u32 shared;
    char* const memory;
    u32 k[D / 16][4], v[D / 16][4];
    float dk[D / 8][4], dv[D / 8][4];

    // Where the block is, in shared memory too: the segment's first tile in this block's slot of query_sums; the key block's
    // first key, first tile, and the tile from which on tiles carry masks.
    enum State { SUM_TILE, FIRST_KEY, FIRST_TILE, MASKED_FROM };
    __device__ __forceinline__ int state(State which) const {
        int value;
        asm volatile("ld.shared.s32 %0, [%1];" : "=r"(value) : "r"(shared + STATE_AT + which * 4));
        return value;
    }
    __device__ __forceinline__ void set_state(State which, int value) { store_shared(shared + STATE_AT + which * 4, u32(value)); }

    __device__ __forceinline__ Backward(const AttentionArguments& a, char* memory)
        : a(a), task(*reinterpret_cast<const Task*>(memory + TASK_AT)), head(blockIdx.y), shared(shared_address(memory)), memory(memory) {}

    template <bool RAGGED>
    __device__ __forceinline__ void load(int tile) {
        const u32 thread = thread_index();
        const int row = copied_row<CHUNKS>(thread), chunk = thread % CHUNKS;
        const u32 stage = shared + STAGE_AT + tile % 2 * STAGE;
        // Found anew for every tile, to keep no pointers.
        const int first = task.start + tile * QUERIES;
        const char* queries = static_cast<const char*>(a.qkv) + (u64(first + row) * 3 * a.hidden + head * D + chunk * 8) * 2;
        const char* gradients = static_cast<const char*>(a.output_gradient) + (u64(first + row) * a.hidden + head * D + chunk * 8) * 2;
#pragma unroll
        for (int i = 0; i < COPIES; i++) {
            const u32 at = stage + swizzle(row, chunk) + i * ROWS_AT_ONCE * 128;
            const char* query = queries + u64(i * ROWS_AT_ONCE) * a.hidden * 6;
            const char* gradient = gradients + u64(i * ROWS_AT_ONCE) * a.hidden * 2;
            if constexpr (RAGGED) {
                const bool present = tile * QUERIES + row + i * ROWS_AT_ONCE < task.length;
                copy_async_partial(at, present ? query : static_cast<const char*>(a.qkv), present ? 16 : 0);
                copy_async_partial(at + QUERIES * 128, present ? gradient : static_cast<const char*>(a.output_gradient),
                                   present ? 16 : 0);
            } else {
                copy_async(at, query);
                copy_async(at + QUERIES * 128, gradient);
            }
        }
        if (threadIdx.x < QUERIES) {
            const u32 at = shared + STATISTICS_AT + tile % 2 * STATISTICS + threadIdx.x * 8;
            const bool present = !RAGGED || tile * QUERIES + threadIdx.x < task.length;
            asm volatile("cp.async.ca.shared.global [%0], [%1], 8, %2;" ::"r"(at),
                         "l"(a.statistics + (present ? u64(head) * a.tokens + first + threadIdx.x : 0)), "r"(present ? 8 : 0)
                         : "memory");
        }
        copy_commit();
    }

    // Sign bytes of the tile's decisions: word w of (block of 64 keys b, pair t) for query row r at [b][w][t][r].
    __device__ __forceinline__ void draw_masks(int tile, int first_key) {
        const ByteDecision decide(a.dropout.threshold);
        // Never less than 0, but seen to follow from the tile: what depends on it is not kept from tile to tile.
        const u32 thread = threadIdx.x + u32(tile >> 31);
        const int row = thread / 4, t = thread % 4;
        u32* masks = reinterpret_cast<u32*>(memory + MASK_AT);
#pragma unroll
        for (int b = 0; b < 2; b++) {
            const uint4 r = philox((u32(first_key) / 64 + b) * 4 + t, task.start + tile * QUERIES + row,
                                   (u32(head) << 16) | a.dropout.stream, a.dropout.draw, a.dropout.key[0], a.dropout.key[1]);
            const u32 words[4] = {r.x, r.y, r.z, r.w};
#pragma unroll
            for (int w = 0; w < 4; w++) masks[((b * 4 + w) * 4 + t) * MASK_ROW + row] = decide(words[w]);
        }
    }

    // Whether a query of 16 from `query` on sees a key of 16 from `key` on.
    __device__ __forceinline__ bool piece_visible(int query, int key) const {
        return key < task.length && (key < task.prefix || key <= query + 15);
    }

    template <bool MASKED>
    __device__ __forceinline__ void step(int tile) {
        const u32 stage = shared + STAGE_AT + tile % 2 * STAGE;
        const float4* rows = reinterpret_cast<const float4*>(memory + STATISTICS_AT + tile % 2 * STATISTICS);
        const u32 thread = thread_index();
        const int lane = thread % 32, warp = thread / 32;
        const int first_key = state(FIRST_KEY), warp_key = first_key + warp * 16;
        // This lane's places for ldmatrix in the first 16 columns, by rows and transposed, and for its scores; further
        // columns flip bits of them (see `swizzle`).
        const u32 by_rows = swizzle(lane % 8 + lane / 16 * 8, lane / 8 % 2), transposed = swizzle(lane % 16, lane / 16);
        const u32 scores = shared + SCORE_AT + swizzle(warp * 16 + lane / 4, 0) + lane % 4 * 4;
#pragma unroll(MASKED ? 1 : QUERIES / 16)
        for (int c = 0; c < QUERIES / 16; c++) {
            if (MASKED && !piece_visible(tile * QUERIES + c * 16, warp_key)) continue;
            float s[2][4] = {}, dp[2][4] = {};
#pragma unroll
            for (int kk = 0; kk < D / 16; kk++) {
                u32 b[4];
                load_matrix(b, ((stage + by_rows) ^ (kk * 32)) + c * 16 * 128);
                mma(s[0], k[kk], b[0], b[1]);
                mma(s[1], k[kk], b[2], b[3]);
            }
#pragma unroll
            for (int kk = 0; kk < D / 16; kk++) {
                u32 b[4];
                load_matrix(b, ((stage + by_rows) ^ (kk * 32)) + QUERIES * 128 + c * 16 * 128);
                mma(dp[0], v[kk], b[0], b[1]);
                mma(dp[1], v[kk], b[2], b[3]);
            }
            u32 p[4], ds[4];
#pragma unroll
            for (int j = 0; j < 2; j++) {
                const float4 row = rows[c * 8 + j * 4 + lane % 4];  // log-sum-exp and delta of two queries
                float probability[4];
#pragma unroll
                for (int e = 0; e < 4; e++) {
                    probability[e] = exp2_fast(fmaf(s[j][e], a.scale_log2, e % 2 == 0 ? -row.x : -row.z));
                    if constexpr (MASKED) {
                        const int query = tile * QUERIES + c * 16 + j * 8 + lane % 4 * 2 + e % 2;
                        const int key = warp_key + lane / 4 + e / 2 * 8;
                        if (!visible(query, key, task.prefix) || key >= task.length) probability[e] = 0.0f;
                    }
                }
                p[j * 2] = pack_bf16(probability[0], probability[1]);
                p[j * 2 + 1] = pack_bf16(probability[2], probability[3]);
                if constexpr (DROPOUT) {
                    const u32* masks = reinterpret_cast<const u32*>(memory + MASK_AT);
                    const int at = ((warp / 4 * 4 + warp % 4) * 4 + lane / 8) * int(MASK_ROW) + c * 16 + j * 8 + lane % 4 * 2;
                    const uint2 keep = *reinterpret_cast<const uint2*>(masks + at);
                    // This lane's keys are bytes i and 2 + i, i = key % 2.
                    const u32 odd = lane / 4 % 2;
                    p[j * 2] &= sign_bytes(keep.x, keep.y, 0xcc88 + odd * 0x1111);
                    p[j * 2 + 1] &= sign_bytes(keep.x, keep.y, 0xeeaa + odd * 0x1111);
                    const u32 low = 0x8888 + odd * 0x1111, high = 0xaaaa + odd * 0x1111;
                    dp[j][0] = __uint_as_float(__float_as_uint(dp[j][0]) & sign_bytes(keep.x, 0, low));
                    dp[j][1] = __uint_as_float(__float_as_uint(dp[j][1]) & sign_bytes(keep.y, 0, low));
                    dp[j][2] = __uint_as_float(__float_as_uint(dp[j][2]) & sign_bytes(keep.x, 0, high));
                    dp[j][3] = __uint_as_float(__float_as_uint(dp[j][3]) & sign_bytes(keep.y, 0, high));
                }
#pragma unroll
                for (int e = 0; e < 4; e++) dp[j][e] = probability[e] * (dp[j][e] - (e % 2 == 0 ? row.y : row.w));
                ds[j * 2] = pack_bf16(dp[j][0], dp[j][1]);
                ds[j * 2 + 1] = pack_bf16(dp[j][2], dp[j][3]);
#pragma unroll
                for (int half = 0; half < 2; half++)
                    store_shared((scores ^ (c * 32 + j * 16)) + half * 8 * 128, ds[j * 2 + half]);
            }
#pragma unroll
            for (int pair = 0; pair < D / 16; pair++) {
                u32 b[4];
                load_matrix_transposed(b, ((stage + transposed) ^ (pair * 32)) + QUERIES * 128 + c * 16 * 128);
                mma(dv[2 * pair], p, b[0], b[1]);
                mma(dv[2 * pair + 1], p, b[2], b[3]);
            }
#pragma unroll
            for (int pair = 0; pair < D / 16; pair++) {
                u32 b[4];
                load_matrix_transposed(b, ((stage + transposed) ^ (pair * 32)) + c * 16 * 128);
                mma(dk[2 * pair], ds, b[0], b[1]);
                mma(dk[2 * pair + 1], ds, b[2], b[3]);
            }
        }
        __syncthreads();
        // dQ so far, the start of this key block's sums.
        float dq[QUERY_TILES][4];
        float4* sums = reinterpret_cast<float4*>(a.query_sums + u64(state(SUM_TILE) + tile) * (QUERIES * D)) + (warp * QUERY_TILES) * 32 + lane;
        const bool first_block = state(FIRST_KEY) == task.index * KEYS;
#pragma unroll
        for (int j = 0; j < QUERY_TILES; j++) {
            const float4 old = first_block ? make_float4(0.0f, 0.0f, 0.0f, 0.0f) : sums[j * 32];
            dq[j][0] = old.x, dq[j][1] = old.y, dq[j][2] = old.z, dq[j][3] = old.w;
        }
        // dQ: a warp takes 16 queries and half of the columns.
        const int piece = warp / 2, half = warp % 2;
#pragma unroll(MASKED ? 1 : KEYS / 16)
        for (int c = 0; c < KEYS / 16; c++) {
            if (MASKED && !piece_visible(tile * QUERIES + piece * 16, first_key + c * 16)) continue;
            u32 left[4];
            load_matrix_transposed(left, ((shared + by_rows) ^ (piece * 32)) + SCORE_AT + c * 16 * 128);
#pragma unroll
            for (int pair = 0; pair < QUERY_COLUMNS / 16; pair++) {
                u32 b[4];
                load_matrix_transposed(b, ((shared + transposed) ^ (half * (CHUNKS * 8) + pair * 32)) + KEY_AT + c * 16 * 128);
                mma(dq[2 * pair], left, b[0], b[1]);
                mma(dq[2 * pair + 1], left, b[2], b[3]);
            }
        }
#pragma unroll
        for (int j = 0; j < QUERY_TILES; j++) sums[j * 32] = make_float4(dq[j][0], dq[j][1], dq[j][2], dq[j][3]);
    }

    // Read anew where it is used, and with it what follows from it: registers kept for that would spill others.
    static __device__ __forceinline__ u32 thread_index() {
        u32 index;
        asm volatile("mov.u32 %0, %%tid.x;" : "=r"(index));
        return index;
    }

    template <bool MASKED>
    __device__ __forceinline__ void tiles_down_to(int& tile, State last) {
#pragma unroll 1
        for (; tile >= state(last); tile--) {
            if constexpr (DROPOUT) draw_masks(tile, state(FIRST_KEY));
            copy_wait<0>();
            __syncthreads();
            if (tile > state(FIRST_TILE)) load<false>(tile - 1);
            step<MASKED>(tile);
        }
    }

    __device__ __forceinline__ void key_block() {
        const u32 thread = thread_index();
        const int lane = thread % 32, warp = thread / 32, row = copied_row<CHUNKS>(thread), chunk = thread % CHUNKS;
        const int first_key = state(FIRST_KEY);
#pragma unroll
        for (int i = 0; i < KEYS / ROWS_AT_ONCE; i++) {
            const int key = first_key + row + i * ROWS_AT_ONCE;
            const bool present = key < task.length;
            const u64 at = u64(task.start + key) * 3 * a.hidden + a.hidden + head * D + chunk * 8;
            const u32 to = shared + swizzle(row, chunk) + i * ROWS_AT_ONCE * 128;
            const bf16* qkv = static_cast<const bf16*>(a.qkv);
            copy_async_partial(to + KEY_AT, qkv + (present ? at : 0), present ? 16 : 0);
            copy_async_partial(to + VALUE_AT, qkv + (present ? at + a.hidden : 0), present ? 16 : 0);
        }
        int tile = (task.length + QUERIES - 1) / QUERIES - 1;
        load<true>(tile);
#pragma unroll
        for (int j = 0; j < D / 8; j++)
#pragma unroll
            for (int e = 0; e < 4; e++) dk[j][e] = dv[j][e] = 0.0f;
        copy_wait<0>();
        __syncthreads();
#pragma unroll
        for (int kk = 0; kk < D / 16; kk++) {
            const u32 from = swizzle(warp * 16 + lane % 16, kk * 2 + lane / 16);
            load_matrix(k[kk], shared + KEY_AT + from);
            load_matrix(v[kk], shared + VALUE_AT + from);
        }
        tiles_down_to<false>(tile, MASKED_FROM);
        tiles_down_to<true>(tile, FIRST_TILE);
        store_gradients();
    }

    // dK and dV through shared memory to 16-byte stores.
    __device__ __forceinline__ void store_gradients() {
        const u32 thread = thread_index();
        const int lane = thread % 32, warp = thread / 32, row = copied_row<CHUNKS>(thread), chunk = thread % CHUNKS;
        const int first_key = state(FIRST_KEY);
        __syncthreads();
        float keep = DROPOUT ? a.dropout.scale : 1.0f;
        asm volatile("" : "+f"(keep));
        const float key_scale = a.scale * keep;
#pragma unroll
        for (int j = 0; j < D / 8; j++)
#pragma unroll
            for (int half = 0; half < 2; half++) {
                const u32 to = swizzle(warp * 16 + half * 8 + lane / 4, j) + lane % 4 * 4;
                *reinterpret_cast<u32*>(memory + KEY_AT + to) = pack_bf16(dk[j][2 * half] * key_scale, dk[j][2 * half + 1] * key_scale);
                *reinterpret_cast<u32*>(memory + SCORE_AT + to) = pack_bf16(dv[j][2 * half] * keep, dv[j][2 * half + 1] * keep);
            }
        __syncthreads();
#pragma unroll
        for (int i = 0; i < KEYS / ROWS_AT_ONCE; i++) {
            const int at = row + i * ROWS_AT_ONCE;
            if (first_key + at >= task.length) continue;
            bf16* to = static_cast<bf16*>(a.qkv_gradient) + u64(task.start + first_key + at) * 3 * a.hidden + a.hidden + head * D + chunk * 8;
            *reinterpret_cast<uint4*>(to) = *reinterpret_cast<const uint4*>(memory + KEY_AT + swizzle(at, chunk));
            *reinterpret_cast<uint4*>(to + a.hidden) = *reinterpret_cast<const uint4*>(memory + SCORE_AT + swizzle(at, chunk));
        }
        __syncthreads();
    }

    // Enters a key block; called by one thread.
    __device__ __forceinline__ void enter(int first_key) {
        const int tiles = (task.length + QUERIES - 1) / QUERIES, first_tile = first_key < task.prefix ? 0 : first_key / QUERIES;
        const bool ragged = first_key + KEYS > task.length;
        set_state(FIRST_KEY, first_key);
        set_state(FIRST_TILE, first_tile);
        set_state(MASKED_FROM, ragged ? tiles : first_key + KEYS <= task.prefix ? first_tile : min(tiles, first_key / QUERIES + 2));
    }

    __device__ __forceinline__ void run() {
        if (threadIdx.x == 0) {
            *reinterpret_cast<Task*>(memory + TASK_AT) = a.tasks[blockIdx.x];
            set_state(SUM_TILE, (task.index * gridDim.y + head) * a.tiles + a.first_tiles[blockIdx.x]);
            enter(task.index * KEYS);
        }
        __syncthreads();
#pragma unroll 1
        while (state(FIRST_KEY) < task.length) {
            key_block();
            if (threadIdx.x == 0) enter(state(FIRST_KEY) + a.slots * KEYS);
            __syncthreads();
        }
    }
};

#define BACKWARD(NAME, D, DROPOUT)                                                                         \
    extern "C" __global__ void __launch_bounds__(32 * WARPS, 1) NAME(const AttentionArguments arguments) { \
        extern __shared__ __align__(128) char memory[];                                                    \
        Backward<D, DROPOUT> backward(arguments, memory);                                                  \
        backward.run();                                                                                    \
    }
BACKWARD(attention_backward_64, 64, false)
BACKWARD(attention_backward_64_dropout, 64, true)
BACKWARD(attention_backward_32, 32, false)
BACKWARD(attention_backward_32_dropout, 32, true)

// Per token and head, before backward: log-sum-exp in base 2, and the sum of output × its gradient (over dropout's
// scale). Grid: tokens / 64, heads; a thread takes eight columns of a row at a time, and the rows' sums go through shared
// memory so that statistics are written side by side.
template <int D>
__device__ __forceinline__ void statistics(const AttentionArguments& a) {
    constexpr int CHUNKS = D / 8, ROWS = 64, ROWS_AT_ONCE = 256 / CHUNKS;
    __shared__ float sums[ROWS];
    const int head = blockIdx.y, first = blockIdx.x * ROWS, chunk = threadIdx.x % CHUNKS;
#pragma unroll
    for (int i = 0; i < ROWS / ROWS_AT_ONCE; i++) {
        const int within = i * ROWS_AT_ONCE + threadIdx.x / CHUNKS, row = first + within;
        float sum = 0.0f;
        if (row < a.tokens) {
            const u64 at = u64(row) * a.hidden + head * D + chunk * 8;
            float output[8], gradient[8];
            load(static_cast<const bf16*>(a.output) + at, output);
            load(static_cast<const bf16*>(a.output_gradient) + at, gradient);
#pragma unroll
            for (int e = 0; e < 8; e++) sum = fmaf(output[e], gradient[e], sum);
        }
#pragma unroll
        for (int distance = CHUNKS / 2; distance > 0; distance /= 2) sum += __shfl_xor_sync(FULL_WARP, sum, distance);
        if (chunk == 0) sums[within] = sum;
    }
    __syncthreads();
    const int row = first + threadIdx.x;
    if (threadIdx.x >= ROWS || row >= a.tokens) return;
    const u64 at = u64(head) * a.tokens + row;
    a.statistics[at] = make_float2(a.log_sum_exp[at] * LOG2_E, sums[threadIdx.x] / a.dropout.scale);
}
extern "C" __global__ void __launch_bounds__(256, 8) attention_statistics_64(const AttentionArguments arguments) { statistics<64>(arguments); }
extern "C" __global__ void __launch_bounds__(256, 8) attention_statistics_32(const AttentionArguments arguments) { statistics<32>(arguments); }

// The sum of the slots, out of fragment order. Grid: tasks of one tile of 64 queries each (index = tile), heads; a warp
// takes 16 queries and half of the columns, four n-tiles (or two) at a time.
template <int D>
__device__ __forceinline__ void query_gradient(const AttentionArguments& a) {
    constexpr int TILES = D / 16;
    const Task task = a.tasks[blockIdx.x];
    const int head = blockIdx.y, warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    const float scale = a.scale * a.dropout.scale;
    float4 total[TILES];
#pragma unroll
    for (int j = 0; j < TILES; j++) total[j] = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
    const int blocks = (task.length + KEYS - 1) / KEYS;
    for (int slot = 0; slot < min(a.slots, blocks); slot++) {
        if (slot * KEYS >= task.prefix && task.index < slot * (KEYS / QUERIES)) break;
        const float4* sums = reinterpret_cast<const float4*>(
            a.query_sums + ((u64(slot) * gridDim.y + head) * a.tiles + a.first_tiles[blockIdx.x] + task.index) * QUERIES * D);
#pragma unroll
        for (int j = 0; j < TILES; j++) {
            const float4 part = sums[(warp * TILES + j) * 32 + lane];
            total[j].x += part.x, total[j].y += part.y, total[j].z += part.z, total[j].w += part.w;
        }
    }
    // Lane t of a quad gathers n-tile t's four pairs: eight neighbouring columns. Of the two n-tiles of D = 32,
    // lanes 0 and 1 store.
#pragma unroll
    for (int half = 0; half < 2; half++) {
        u32 mine[4], gathered[4];
#pragma unroll
        for (int j = 0; j < 4; j++) {
            const float4 from = total[j % TILES];
            mine[j] = half == 0 ? pack_bf16(from.x * scale, from.y * scale) : pack_bf16(from.z * scale, from.w * scale);
        }
#pragma unroll
        for (int source = 0; source < 4; source++)
#pragma unroll
            for (int j = 0; j < 4; j++) {
                const u32 value = __shfl_sync(FULL_WARP, mine[j], lane / 4 * 4 + source);
                if (lane % 4 == j) gathered[source] = value;
            }
        const int query = task.index * QUERIES + warp / 2 * 16 + half * 8 + lane / 4;
        if (lane % 4 < TILES && query < task.length)
            store_global(static_cast<bf16*>(a.qkv_gradient) + u64(task.start + query) * 3 * a.hidden + head * D +
                             (warp % 2 * TILES + lane % 4) * 8,
                         gathered);
    }
}
extern "C" __global__ void __launch_bounds__(256, 5) attention_query_gradient_64(const AttentionArguments arguments) { query_gradient<64>(arguments); }
extern "C" __global__ void __launch_bounds__(256, 5) attention_query_gradient_32(const AttentionArguments arguments) { query_gradient<32>(arguments); }
