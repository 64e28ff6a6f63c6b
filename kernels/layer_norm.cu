// Layer norm fused with what stands around it, forward and backward, each one pass over its rows.
//
//   add_layer_norm   output = layer_norm(residual + dropout(input))
//   embed            output = dropout(layer_norm(words[token] + positions[position] + types[0]))
//   backward         gradient of the sum, the same through dropout's mask, partial sums for weight and bias
//
// A row is held in registers by `warps` warps, four neighbouring columns to a lane at a time, up to 1,024 columns to a
// warp; blocks run over rows. Column sums are kept by lane over a block's rows and end as one row of `partials` per
// block, which column_reduce adds up in order.
#include "common/random.cuh"

constexpr int VECTORS = 8;  // of four columns per lane
constexpr int MAX_WARPS = 16;

struct NormArguments {
    const void* input;       // [rows, hidden]; backward: gradient of the output
    const void* residual;    // [rows, hidden]
    const float* words;      // embed: tables
    const float* positions;
    const float* types;
    const u32* tokens;       // [rows]
    const u32* position_ids; // [rows]
    const float* weight;     // [hidden]
    const float* bias;       // [hidden]
    void* output;            // [rows, hidden]; backward: gradient of the sum
    void* dropped;           // backward: the same through dropout's mask; null: not wanted
    void* normalized;        // [rows, hidden]; null: not kept
    float* inverse_deviation; // [rows]
    float* partials;         // [blocks, 3, hidden]: weight, bias, and the sum's own gradient (embedding types)
    int rows, hidden, warps;
    float epsilon;
    Dropout dropout;         // threshold 0: none
};

struct RowShape {
    int group, lane, member, groups, first_column;
    __device__ __forceinline__ explicit RowShape(int warps) {
        const int warp = threadIdx.x / 32;
        lane = threadIdx.x % 32, member = warp % warps, group = warp / warps;
        groups = blockDim.x / (32 * warps);
        first_column = (member * 32 + lane) * 4;
    }
    __device__ __forceinline__ int column(int i, int warps) const { return first_column + i * warps * 128; }
};

// The sum over the warps of a row; all warps of the block call it equally often.
__device__ __forceinline__ float2 row_sum(float2 value, const RowShape& shape, int warps, float2* scratch) {
    value.x = warp_sum(value.x), value.y = warp_sum(value.y);
    if (warps == 1) return value;
    __syncthreads();
    if (shape.lane == 0) scratch[threadIdx.x / 32] = value;
    __syncthreads();
    value = make_float2(0.0f, 0.0f);
    for (int i = 0; i < warps; i++) {
        const float2 part = scratch[shape.group * warps + i];
        value.x += part.x, value.y += part.y;
    }
    return value;
}

template <class T, bool EMBED>
__device__ __forceinline__ void forward(const NormArguments& n) {
    __shared__ float2 scratch[MAX_WARPS];
    const RowShape shape(n.warps);
    for (int first = blockIdx.x * shape.groups; first < n.rows; first += gridDim.x * shape.groups) {
        const int row = first + shape.group;
        const bool owner = row < n.rows;  // at the end some groups of warps have no row, and read none
        float x[VECTORS][4] = {};
        float sum = 0.0f;
#pragma unroll
        for (int i = 0; i < VECTORS; i++) {
            const int column = shape.column(i, n.warps);
            if (column >= n.hidden || !owner) continue;
            float other[4];
            if constexpr (EMBED) {
                load_row<T>(n.words + u64(n.tokens[row]) * n.hidden + column, n.hidden - column, x[i]);
                load_row<T>(n.positions + u64(n.position_ids[row]) * n.hidden + column, n.hidden - column, other);
#pragma unroll
                for (int e = 0; e < 4; e++) x[i][e] += other[e];
                load_row<T>(n.types + column, n.hidden - column, other);
            } else {
                load_row<T>(static_cast<const T*>(n.input) + u64(row) * n.hidden + column, n.hidden - column, x[i]);
                if (n.dropout.threshold > 0) drop4(n.dropout, row, column, x[i]);
                load_row<T>(static_cast<const T*>(n.residual) + u64(row) * n.hidden + column, n.hidden - column, other);
            }
#pragma unroll
            for (int e = 0; e < 4; e++) {
                x[i][e] += other[e];
                sum += x[i][e];
            }
        }
        const float mean = row_sum(make_float2(sum, 0.0f), shape, n.warps, scratch).x / n.hidden;
        float squares = 0.0f;
#pragma unroll
        for (int i = 0; i < VECTORS; i++)
            if (shape.column(i, n.warps) < n.hidden)
#pragma unroll
                for (int e = 0; e < 4; e++) {
                    // Of a ragged row's end, what is missing counts for nothing.
                    x[i][e] = sizeof(T) == 2 || shape.column(i, n.warps) + e < n.hidden ? x[i][e] - mean : 0.0f;
                    squares = fmaf(x[i][e], x[i][e], squares);
                }
        const float variance = row_sum(make_float2(squares, 0.0f), shape, n.warps, scratch).x / n.hidden;
        const float inverse = 1.0f / sqrtf(variance + n.epsilon);
        if (!owner) continue;
        if (n.normalized != nullptr && shape.member == 0 && shape.lane == 0) n.inverse_deviation[row] = inverse;
#pragma unroll
        for (int i = 0; i < VECTORS; i++) {
            const int column = shape.column(i, n.warps);
            if (column >= n.hidden) continue;
            const u64 at = u64(row) * n.hidden + column;
            float weight[4], bias[4];
            load_row<T>(n.weight + column, n.hidden - column, weight);
            load_row<T>(n.bias + column, n.hidden - column, bias);
#pragma unroll
            for (int e = 0; e < 4; e++) x[i][e] *= inverse;
            if (n.normalized != nullptr) store_row<T>(static_cast<T*>(n.normalized) + at, n.hidden - column, x[i]);
#pragma unroll
            for (int e = 0; e < 4; e++) x[i][e] = fmaf(x[i][e], weight[e], bias[e]);
            if (EMBED && n.dropout.threshold > 0) drop4(n.dropout, row, column, x[i]);
            store_row<T>(static_cast<T*>(n.output) + at, n.hidden - column, x[i]);
        }
    }
}

template <class T, bool EMBED>
__device__ __forceinline__ void backward(const NormArguments& n) {
    __shared__ float2 scratch[MAX_WARPS];
    extern __shared__ float columns[];  // [sums, VECTORS, 4, lanes of a row], where a block holds several rows at once
    const RowShape shape(n.warps);
    constexpr int SUMS = EMBED ? 3 : 2;
    float sums[SUMS][VECTORS][4] = {};
    for (int first = blockIdx.x * shape.groups; first < n.rows; first += gridDim.x * shape.groups) {
        const int row = first + shape.group;
        const bool owner = row < n.rows;  // at the end some groups of warps have no row, and read none
        float g[VECTORS][4], normalized[VECTORS][4];
        float2 dots = make_float2(0.0f, 0.0f);
#pragma unroll
        for (int i = 0; i < VECTORS; i++) {
            const int column = shape.column(i, n.warps);
            if (column >= n.hidden || !owner) continue;
            const u64 at = u64(row) * n.hidden + column;
            float weight[4];
            load_row<T>(static_cast<const T*>(n.input) + at, n.hidden - column, g[i]);
            if (EMBED && n.dropout.threshold > 0) drop4(n.dropout, row, column, g[i]);
            load_row<T>(static_cast<const T*>(n.normalized) + at, n.hidden - column, normalized[i]);
            load_row<T>(n.weight + column, n.hidden - column, weight);
#pragma unroll
            for (int e = 0; e < 4; e++) {
                sums[0][i][e] = fmaf(g[i][e], normalized[i][e], sums[0][i][e]);
                sums[1][i][e] += g[i][e];
                g[i][e] *= weight[e];
                dots.x += g[i][e];
                dots.y = fmaf(g[i][e], normalized[i][e], dots.y);
            }
        }
        dots = row_sum(dots, shape, n.warps, scratch);
        if (!owner) continue;
        const float mean = dots.x / n.hidden, projection = dots.y / n.hidden, inverse = n.inverse_deviation[row];
#pragma unroll
        for (int i = 0; i < VECTORS; i++) {
            const int column = shape.column(i, n.warps);
            if (column >= n.hidden) continue;
            const u64 at = u64(row) * n.hidden + column;
#pragma unroll
            for (int e = 0; e < 4; e++) {
                g[i][e] = inverse * (g[i][e] - mean - normalized[i][e] * projection);
                if (EMBED) sums[SUMS - 1][i][e] += g[i][e];
            }
            store_row<T>(static_cast<T*>(n.output) + at, n.hidden - column, g[i]);
            if (!EMBED && n.dropped != nullptr) {
                drop4(n.dropout, row, column, g[i]);
                store_row<T>(static_cast<T*>(n.dropped) + at, n.hidden - column, g[i]);
            }
        }
    }
    // Groups of warps that hold different rows add up in order. Lanes lie side by side in shared memory.
    const int width = 32 * n.warps;
    float* own = columns + shape.member * 32 + shape.lane;
    for (int turn = 0; turn < shape.groups; turn++) {
        __syncthreads();
        if (turn != shape.group) continue;
#pragma unroll
        for (int s = 0; s < SUMS; s++)
#pragma unroll
            for (int i = 0; i < VECTORS; i++) {
                const int column = shape.column(i, n.warps);
                if (column >= n.hidden) continue;
                float* place = own + (s * VECTORS + i) * 4 * width;
#pragma unroll
                for (int e = 0; e < 4; e++) {
                    if (turn > 0) sums[s][i][e] += place[e * width];
                    if (turn + 1 < shape.groups) place[e * width] = sums[s][i][e];
                }
                if (turn + 1 == shape.groups)
                    store_row<T>(n.partials + (u64(blockIdx.x) * SUMS + s) * n.hidden + column, n.hidden - column, sums[s][i]);
            }
    }
}

#define NORM(TYPE, SUFFIX)                                                                                                          \
    extern "C" __global__ void __launch_bounds__(256, 2) add_layer_norm_##SUFFIX(const NormArguments n) { forward<TYPE, false>(n); }  \
    extern "C" __global__ void __launch_bounds__(256, 1) embed_##SUFFIX(const NormArguments n) { forward<TYPE, true>(n); }
NORM(bf16, bf16)
NORM(float, f32)
#define NORM_BACKWARD(TYPE, SUFFIX)                                                                                                           \
    extern "C" __global__ void __launch_bounds__(256, 1) add_layer_norm_backward_##SUFFIX(const NormArguments n) { backward<TYPE, false>(n); }   \
    extern "C" __global__ void __launch_bounds__(256, 1) embed_backward_##SUFFIX(const NormArguments n) { backward<TYPE, true>(n); }
NORM_BACKWARD(bf16, bf16)
NORM_BACKWARD(float, f32)

// gradients[offset of sum s + column] += sum over blocks of partials[block, s, column], in order. A warp takes 32
// columns; eight warps share the blocks and add up in order.
extern "C" __global__ void __launch_bounds__(256, 6)
    column_reduce(const float* partials, int blocks, int sums, int hidden, float* first, float* second, float* third) {
    __shared__ float parts[8][32];
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32, column = blockIdx.x * 32 + lane, s = blockIdx.y;
    float sum = 0.0f;
    if (column < hidden)
        for (int block = warp; block < blocks; block += 8) sum += partials[(u64(block) * sums + s) * hidden + column];
    parts[warp][lane] = sum;
    __syncthreads();
    if (warp > 0 || column >= hidden) return;
    for (int i = 1; i < 8; i++) sum += parts[i][lane];
    float* gradients = s == 0 ? first : s == 1 ? second : third;
    gradients[column] += sum;
}
