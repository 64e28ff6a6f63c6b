// Dense products on the tensor cores: C = A B in the three forms that a linear layer needs.
//
//   NT  forward          A [m, k] rows of inputs      B [n, k] weight          y  = x Wᵀ
//   NN  backward, input  A [m, k] output gradients    B [k, n] weight          dx = dy W
//   TN  backward, weight A [k, m] output gradients    B [k, n] inputs          dW = dyᵀ x
//
// bf16 operands, f32 sums. A block computes a TILE_M × TILE_N tile over steps of k = 64: a ring of STAGES shared-memory
// stages filled by cp.async, swizzled rows of 128 bytes, fragments by ldmatrix (transposed where the operand lies with k
// across its rows), double-buffered in registers. Sums of rows and columns past the end are never
// stored; the ragged step of k is taken first, filled with zeros, so that the loop itself has no bounds.
// gridDim.z splits k; a split's sums go to `floats` and gemm_reduce.cu adds them up in order.
//
// k: any for TN; a multiple of 8 otherwise unless A's rows are padded to one. n: a multiple of 8 for NN and TN.
#include "common/epilogue.cuh"
#include "common/tensor.cuh"

constexpr int TILE_K = 64;
enum Form : int { NT, NN, TN };

// Copies one operand's tile of every step. Two layouts:
//
// K across rows (K_ROWS): memory rows run along the extent; 64 of them, in panels of 64 columns. Eight lanes copy 128
// bytes of a row. Columns past the end are not held back in full steps: they read on into the next row, which is there,
// because the last rows of k are always left to the ragged step.
//
// K along rows: EXTENT rows of 64. Four lanes copy 64 bytes of a row, then the other 64, so that one pointer serves two
// copies (`copied_row`).
template <bool K_ROWS, int EXTENT, int THREADS>
struct Loader {
    static constexpr int ROWS_AT_ONCE = K_ROWS ? THREADS / 8 : THREADS / 4;
    static constexpr int POINTERS = K_ROWS ? TILE_K / ROWS_AT_ONCE : EXTENT / ROWS_AT_ONCE;
    static constexpr int COPIES = K_ROWS ? EXTENT / 64 : 2;
    const char* pointers[POINTERS];  // of the next full step
    u64 step;                        // bytes from step to step
    u32 shared;                      // byte of this thread's first chunk within a stage

    static __device__ __forceinline__ int row() {
        return copied_row<K_ROWS ? 8 : 4>(threadIdx.x);
    }
    static __device__ __forceinline__ int chunk() { return threadIdx.x % (K_ROWS ? 8 : 4); }

    __device__ __forceinline__ Loader(const void* matrix, int ld, int first, int limit, int k_first) {
        const char* origin = static_cast<const char*>(matrix);
        shared = swizzle(row(), chunk());
#pragma unroll
        for (int i = 0; i < POINTERS; i++) {
            const int at = row() + i * ROWS_AT_ONCE;
            pointers[i] = K_ROWS ? origin + (u64(k_first + at) * ld + first + chunk() * 8) * 2
                                 : origin + (u64(min(first + at, limit - 1)) * ld + k_first + chunk() * 8) * 2;
        }
        step = u64(K_ROWS ? ld : 1) * TILE_K * 2;
    }

    __device__ __forceinline__ u32 target(u32 stage, int pointer, int copy) const {
        return K_ROWS ? stage + shared + (copy * TILE_K + pointer * ROWS_AT_ONCE) * 128
                      : stage + (shared ^ (copy * 64)) + pointer * ROWS_AT_ONCE * 128;
    }

    __device__ __forceinline__ void load(u32 stage) {
#pragma unroll
        for (int i = 0; i < POINTERS; i++) {
#pragma unroll
            for (int c = 0; c < COPIES; c++) copy_async(target(stage, i, c), pointers[i] + c * (K_ROWS ? 128 : 64));
            pointers[i] += step;
        }
    }

    // The step `ahead` of the next one, of which only k_valid are there, and of the columns `columns`.
    __device__ __forceinline__ void load_ragged(u32 stage, int ahead, int k_valid, int columns) const {
#pragma unroll
        for (int i = 0; i < POINTERS; i++) {
#pragma unroll
            for (int c = 0; c < COPIES; c++) {
                const int column = chunk() * 8 + c * (K_ROWS ? 64 : 32);
                const int present = K_ROWS ? (row() + i * ROWS_AT_ONCE < k_valid && column < columns ? 16 : 0)
                                           : min(max((k_valid - column) * 2, 0), 16);
                const char* from = pointers[i] + ahead * step + c * (K_ROWS ? 128 : 64);
                // Where nothing is there, any address that is.
                copy_async_partial(target(stage, i, c), present > 0 ? from : pointers[0] - (K_ROWS ? u64(row()) * (step / TILE_K) : 0) - chunk() * 16, present);
            }
        }
    }
};

template <int FORM, int TILE_M, int TILE_N, int WARPS_M, int WARPS_N, int STAGES>
struct Gemm {
    static constexpr int THREADS = 32 * WARPS_M * WARPS_N;
    static constexpr int WARP_M = TILE_M / WARPS_M, WARP_N = TILE_N / WARPS_N;
    static constexpr int FRAGMENTS_M = WARP_M / 16, FRAGMENTS_N = WARP_N / 8, PAIRS_N = WARP_N / 16;
    static constexpr u32 A_BYTES = TILE_M * TILE_K * 2, B_BYTES = TILE_N * TILE_K * 2, STAGE = A_BYTES + B_BYTES;
    static constexpr bool A_K_ROWS = FORM == TN, B_K_ROWS = FORM != NT;
    static constexpr int SHARED = STAGES * STAGE;

    // The epilogue's tile: 16 rows of 64 columns per warp; the odd halves of each group of 8 columns lie 48 floats
    // further, rows 100 apart: with 16 and 4 modulo 32 banks, fragments are written and rows are read without bank
    // conflicts. Of rows of 32 columns, eight lanes read two at once, which are four apart for that.
    static constexpr int EPILOGUE_ROW = 100, EPILOGUE_HALF = 48;
    static_assert(16 * EPILOGUE_ROW * 4 * WARPS_M * WARPS_N <= SHARED, "the epilogue reuses the ring");

    float sums[FRAGMENTS_M][FRAGMENTS_N][4];
    float column_sums[FRAGMENTS_M][4];

    // Addresses within a stage of this lane's rows for ldmatrix. With k along the rows, a step of 16 in k flips bits of
    // the chunk; with k across them, a step of 16 in the extent does. The four matrices arrive in the order in which mma
    // wants its registers: for A extent before k, for B k before extent.
    struct Reader {
        u32 offsets[4];
        template <bool K_ROWS, bool IS_A>
        __device__ __forceinline__ void prepare(u32 stage_part, int first) {
            const u32 lane = threadIdx.x % 32;
            const u32 row = IS_A != K_ROWS ? lane % 16 : lane % 8 + lane / 16 * 8;
            const u32 chunk = IS_A != K_ROWS ? lane / 16 : lane / 8 % 2;
#pragma unroll
            for (u32 i = 0; i < 4; i++) {
                if constexpr (K_ROWS)
                    offsets[i] = stage_part + first / 64 * (TILE_K * 128) + swizzle(row, (first % 64 / 8 + 2 * i + chunk) & 7);
                else
                    offsets[i] = stage_part + first * 128 + swizzle(row, 2 * i + chunk);
                // Kept in registers: to compute them anew in the loop would cost it issue slots.
                asm volatile("" : "+r"(offsets[i]));
            }
        }
    };

    template <bool COLUMN_SUMS>
    __device__ __forceinline__ void run(const GemmArguments& g, u32 ring, int first_m, int first_n, int k_first, int k_count) {
        const int warp = threadIdx.x / 32, warp_m = warp % WARPS_M * WARP_M, warp_n = warp / WARPS_M * WARP_N;
        Loader<A_K_ROWS, TILE_M, THREADS> load_a(g.a, g.lda, first_m, g.m, k_first);
        Loader<B_K_ROWS, TILE_N, THREADS> load_b(g.b, g.ldb, first_n, g.n, k_first);
        Reader read_a, read_b;
        read_a.template prepare<A_K_ROWS, true>(ring, warp_m);
        read_b.template prepare<B_K_ROWS, false>(ring + A_BYTES, warp_n);

        const int steps = (k_count + TILE_K - 1) / TILE_K;
        load_a.load_ragged(ring, steps - 1, k_count - (steps - 1) * TILE_K, g.m - first_m);
        load_b.load_ragged(ring + A_BYTES, steps - 1, k_count - (steps - 1) * TILE_K, g.n - first_n);
        copy_commit();
#pragma unroll
        for (int s = 1; s < STAGES - 1; s++) {
            if (s < steps) {
                load_a.load(ring + s * STAGE);
                load_b.load(ring + s * STAGE + A_BYTES);
            }
            copy_commit();
        }
        u32 a[2][FRAGMENTS_M][4], b[2][PAIRS_N][4];
        auto fetch = [&](int buffer, int kk, u32 stage) {
#pragma unroll
            for (int i = 0; i < FRAGMENTS_M; i++) {
                if constexpr (A_K_ROWS)
                    load_matrix_transposed(a[buffer][i], stage + read_a.offsets[i] + kk * 16 * 128);
                else
                    load_matrix(a[buffer][i], stage + read_a.offsets[kk] + i * 16 * 128);
            }
#pragma unroll
            for (int j = 0; j < PAIRS_N; j++) {
                if constexpr (B_K_ROWS)
                    load_matrix_transposed(b[buffer][j], stage + read_b.offsets[j] + kk * 16 * 128);
                else
                    load_matrix(b[buffer][j], stage + read_b.offsets[kk] + j * 16 * 128);
            }
        };
        // bf16 1.0 twice, in a pair of registers as mma wants it; a plain constant would be made anew before every product.
        const u32 lane_of_ones = threadIdx.x % 32 < u32(g.m) ? 0x3f803f80u : 0x3f803f80u + (g.m >> 31);
        const u32 one_low = __shfl_sync(FULL_WARP, lane_of_ones, 0), one_high = __shfl_sync(FULL_WARP, lane_of_ones, 0);
        auto multiply = [&](int buffer) {
#pragma unroll
            for (int i = 0; i < FRAGMENTS_M; i++) {
#pragma unroll
                for (int j = 0; j < FRAGMENTS_N; j++)
                    mma(sums[i][j], a[buffer][i], b[buffer][j / 2][j % 2 * 2], b[buffer][j / 2][j % 2 * 2 + 1]);
                // Sums of A's columns over k, from a product with ones.
                if constexpr (COLUMN_SUMS) mma(column_sums[i], a[buffer][i], one_low, one_high);
            }
        };
        copy_wait<STAGES - 2>();
        __syncthreads();
        fetch(0, 0, 0);
        // Once around the ring per turn, so that stages are immediates. Each step leaves the next step's first fragments
        // in buffer 0; the last one leaves the loop before its own last product.
        int remaining = steps;
#pragma unroll 1
        while (true) {
#pragma unroll
            for (int s = 0; s < STAGES; s++) {
                fetch(1, 1, s * STAGE);
                if (remaining >= STAGES) {
                    load_a.load(ring + (s + STAGES - 1) % STAGES * STAGE);
                    load_b.load(ring + (s + STAGES - 1) % STAGES * STAGE + A_BYTES);
                }
                copy_commit();
                multiply(0);
                fetch(0, 2, s * STAGE);
                multiply(1);
                fetch(1, 3, s * STAGE);
                multiply(0);
                if (--remaining == 0) goto last;
                copy_wait<STAGES - 2>();
                __syncthreads();
                fetch(0, 0, (s + 1) % STAGES * STAGE);
                multiply(1);
            }
        }
    last:
        multiply(1);
        copy_wait<0>();
        __syncthreads();
    }

    __device__ __forceinline__ void compute(const GemmArguments& g) {
        extern __shared__ __align__(128) char memory[];
        // Blocks go through the output in bands of eight tile rows, so that neighbours in time share operands in L2.
        constexpr int BAND = 8;
        const int tiles_m = (g.m + TILE_M - 1) / TILE_M, tiles_n = (g.n + TILE_N - 1) / TILE_N;
        const int band = blockIdx.x / (BAND * tiles_n), within = blockIdx.x % (BAND * tiles_n);
        const int height = min(BAND, tiles_m - band * BAND);
        const int first_m = (band * BAND + within % height) * TILE_M, first_n = within / height * TILE_N;
        const int k_first = blockIdx.z * g.split_k, k_count = min(g.split_k, g.k - k_first);
#pragma unroll
        for (int i = 0; i < FRAGMENTS_M; i++) {
#pragma unroll
            for (int e = 0; e < 4; e++) column_sums[i][e] = 0.0f;
#pragma unroll
            for (int j = 0; j < FRAGMENTS_N; j++)
#pragma unroll
                for (int e = 0; e < 4; e++) sums[i][j][e] = 0.0f;
        }
        const bool with_column_sums = FORM == TN && g.column_sums != nullptr && first_n == 0;
        if (with_column_sums)
            run<FORM == TN>(g, shared_address(memory), first_m, first_n, k_first, k_count);
        else
            run<false>(g, shared_address(memory), first_m, first_n, k_first, k_count);

        const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
        const int warp_m = first_m + warp % WARPS_M * WARP_M, warp_n = first_n + warp / WARPS_M * WARP_N;
        if (with_column_sums && warp / WARPS_M == 0 && lane % 4 == 0) {
            // With splits, each has its own row of partial sums.
            float* output = g.column_sums + u64(blockIdx.z) * g.m;
#pragma unroll
            for (int i = 0; i < FRAGMENTS_M; i++) {
                const int row = warp_m + i * 16 + lane / 4;
                const bool add = g.epilogue == ACCUMULATE_F32;
                if (row < g.m) output[row] = (add ? output[row] : 0.0f) + column_sums[i][0];
                if (row + 8 < g.m) output[row + 8] = (add ? output[row + 8] : 0.0f) + column_sums[i][2];
            }
        }
        float* stage = reinterpret_cast<float*>(memory) + warp * 16 * EPILOGUE_ROW;
        const u32 write_at = shared_address(stage + lane / 4 * EPILOGUE_ROW + lane % 4 / 2 * EPILOGUE_HALF + lane % 2 * 2);
#pragma unroll 1
        for (int i = 0; i < FRAGMENTS_M; i++) {
#pragma unroll
            for (int chosen = 0; chosen < FRAGMENTS_M; chosen++) {
                if (i != chosen) continue;
#pragma unroll
                for (int j = 0; j < FRAGMENTS_N; j++) {
                    store_shared(write_at + j * 16, sums[chosen][j][0], sums[chosen][j][1]);
                    store_shared(write_at + j * 16 + 32 * EPILOGUE_ROW, sums[chosen][j][2], sums[chosen][j][3]);
                }
            }
            __syncwarp();
            const int row_first = warp_m + i * 16;
            if (g.epilogue == STORE_F32 || g.epilogue == ACCUMULATE_F32) {
                constexpr int LANES = WARP_N / 4;
#pragma unroll 1
                for (int r = lane / LANES; r < 16; r += 32 / LANES) {
                    const int c = lane % LANES, row = row_first + r, column = warp_n + c * 4;
                    const float4 v = *reinterpret_cast<const float4*>(stage + r * EPILOGUE_ROW + c % 2 * EPILOGUE_HALF + c / 2 * 4);
                    if (row < g.m && column < g.n) finish_f32(g, g.epilogue, blockIdx.z, row, column, v);
                }
            } else {
                constexpr int LANES = WARP_N / 8;
                const int first_row = LANES == 8 ? lane / LANES : lane / LANES % 2 * 4 + lane / LANES / 2;
#pragma unroll 1
                for (int r = first_row; r < 16; r += 32 / LANES) {
                    const int c = lane % LANES, row = row_first + r, column = warp_n + c * 8;
                    const float* from = stage + r * EPILOGUE_ROW + c * 4;
                    const float4 low = *reinterpret_cast<const float4*>(from);
                    const float4 high = *reinterpret_cast<const float4*>(from + EPILOGUE_HALF);
                    float v[8] = {low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w};
                    if (FORM == NT && WARP_N == 64 && g.epilogue == LOSS_STATISTICS)
                        loss_statistics(g, row, column, v);
                    else if (row < g.m && column < g.n)
                        finish<bf16>(g, g.epilogue, row, column, v);
                }
            }
            __syncwarp();
        }
    }
};

#define GEMM(NAME, FORM, TILE_M, TILE_N, WARPS_M, WARPS_N, STAGES, BLOCKS)                                                  \
    extern "C" __global__ void __launch_bounds__(32 * WARPS_M * WARPS_N, BLOCKS) NAME(const GemmArguments arguments) { \
        Gemm<FORM, TILE_M, TILE_N, WARPS_M, WARPS_N, STAGES> gemm;                                                     \
        gemm.compute(arguments);                                                                                       \
    }
#define GEMM_FORMS(TILE, TILE_M, TILE_N, WARPS_M, WARPS_N, STAGES, BLOCKS)          \
    GEMM(gemm_nt_##TILE, NT, TILE_M, TILE_N, WARPS_M, WARPS_N, STAGES, BLOCKS)      \
    GEMM(gemm_nn_##TILE, NN, TILE_M, TILE_N, WARPS_M, WARPS_N, STAGES, BLOCKS)      \
    GEMM(gemm_tn_##TILE, TN, TILE_M, TILE_N, WARPS_M, WARPS_N, STAGES, BLOCKS)

GEMM_FORMS(128x256, 128, 256, 2, 4, 3, 1)
GEMM_FORMS(128x128, 128, 128, 2, 2, 3, 1)
GEMM_FORMS(64x64, 64, 64, 2, 2, 3, 3)
