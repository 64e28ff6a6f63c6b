// Gradients of the embedding tables: table[ids[row]] += gradient[row], rows of one id in ascending order, so that the sum
// is the same from run to run. The block of an id's first row adds up all of its rows; the others leave.
#include "common/types.cuh"

template <class T>
__device__ __forceinline__ void scatter_add(const u32* ids, const T* gradient, int rows, int hidden, float* table) {
    __shared__ u32 matches[32];
    const int own = blockIdx.x, lane = threadIdx.x % 32, warp = threadIdx.x / 32, warps = blockDim.x / 32;
    const u32 id = ids[own];
    // Columns of this thread: four from threadIdx.x × 4, and on by the block's width.
    int earlier = 0;
    for (int row = threadIdx.x; row < own; row += blockDim.x) earlier |= ids[row] == id;
    if (__syncthreads_or(earlier)) return;
    for (int first = 0; first < hidden; first += blockDim.x * 4) {
        const int column = first + threadIdx.x * 4;
        float sum[4] = {};
        if (column < hidden) load_row<T>(gradient + u64(own) * hidden + column, hidden - column, sum);
        // From a multiple of the block's width, so that a warp's request is whole sectors.
        for (int base = own / int(blockDim.x) * int(blockDim.x); base < rows; base += blockDim.x) {
            const int row = base + int(threadIdx.x);
            const u32 found = __ballot_sync(FULL_WARP, row > own && row < rows && ids[min(row, rows - 1)] == id);
            if (lane == 0) matches[warp] = found;
            __syncthreads();
            if (column < hidden)
                for (int w = 0; w < warps; w++)
                    for (u32 rest = matches[w]; rest != 0; rest &= rest - 1) {
                        float part[4];
                        load_row<T>(gradient + u64(base + w * 32 + __ffs(rest) - 1) * hidden + column, hidden - column, part);
#pragma unroll
                        for (int i = 0; i < 4; i++) sum[i] += part[i];
                    }
            __syncthreads();
        }
        if (column < hidden) {
            float* to = table + u64(id) * hidden + column;
            float old[4];
            load_row<T>(to, hidden - column, old);
#pragma unroll
            for (int i = 0; i < 4; i++) old[i] += sum[i];
            store_row<T>(to, hidden - column, old);
        }
    }
}

extern "C" __global__ void __launch_bounds__(128, 16)
    embedding_scatter_bf16(const u32* ids, const bf16* gradient, int rows, int hidden, float* table) {
    scatter_add(ids, gradient, rows, hidden, table);
}
extern "C" __global__ void __launch_bounds__(128, 16)
    embedding_scatter_f32(const u32* ids, const float* gradient, int rows, int hidden, float* table) {
    scatter_add(ids, gradient, rows, hidden, table);
}
