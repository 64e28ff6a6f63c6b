// bf16 tensor-core product with a cp.async ring: C[m][n] = sum_k A[m][k] B[n][k], 128x128 tiles, 8 warps.
#include <cuda_bf16.h>
#include <cstdint>
constexpr int TM = 128, TN = 128, TK = 32, STAGES = 3;
__device__ __forceinline__ uint32_t swizzle(int row, int chunk) { return row * 64 + ((chunk ^ (row >> 1 & 3)) << 4); }
__device__ __forceinline__ void load_tile(uint32_t to, const __nv_bfloat16 *from, int k, int at) {
#pragma unroll
    for (int i = 0; i < 2; ++i) {
        int index = threadIdx.x + i * 256, row = index >> 2, chunk = index & 3;
        asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(to + swizzle(row, chunk)), "l"(from + (size_t)row * k + at + chunk * 8));
    }
}
extern "C" __global__ void __launch_bounds__(256) gemm(const __nv_bfloat16 *a, const __nv_bfloat16 *b, float *c, int m, int n, int k) {
    extern __shared__ __align__(128) unsigned char smem[];
    uint32_t base = (uint32_t)__cvta_generic_to_shared(smem);
    a += (size_t)blockIdx.y * TM * k;
    b += (size_t)blockIdx.x * TN * k;
    int warp = threadIdx.x >> 5, lane = threadIdx.x & 31, wm = warp & 1, wn = warp >> 1;
    float acc[4][4][4] = {};
    constexpr int A_BYTES = TM * TK * 2, STAGE = A_BYTES + TN * TK * 2;
    int steps = k / TK;
    for (int s = 0; s < STAGES - 1; ++s) {
        if (s < steps) { load_tile(base + s * STAGE, a, k, s * TK); load_tile(base + s * STAGE + A_BYTES, b, k, s * TK); }
        asm volatile("cp.async.commit_group;");
    }
    for (int s = 0; s < steps; ++s) {
        asm volatile("cp.async.wait_group %0;" ::"n"(STAGES - 2));
        __syncthreads();
        int next = s + STAGES - 1;
        if (next < steps) { load_tile(base + next % STAGES * STAGE, a, k, next * TK); load_tile(base + next % STAGES * STAGE + A_BYTES, b, k, next * TK); }
        asm volatile("cp.async.commit_group;");
        uint32_t sa = base + s % STAGES * STAGE, sb = sa + A_BYTES;
#pragma unroll
        for (int kk = 0; kk < 2; ++kk) {
            uint32_t fa[4][4], fb[4][2];
#pragma unroll
            for (int i = 0; i < 4; ++i) {
                uint32_t at = sa + swizzle(wm * 64 + i * 16 + (lane & 15), kk * 2 + (lane >> 4));
                asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];" : "=r"(fa[i][0]), "=r"(fa[i][1]), "=r"(fa[i][2]), "=r"(fa[i][3]) : "r"(at));
            }
#pragma unroll
            for (int j = 0; j < 4; j += 2) {
                uint32_t at = sb + swizzle(wn * 32 + j * 8 + (lane & 7) + (lane >> 4) * 8, kk * 2 + (lane >> 3 & 1));
                asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];" : "=r"(fb[j][0]), "=r"(fb[j][1]), "=r"(fb[j + 1][0]), "=r"(fb[j + 1][1]) : "r"(at));
            }
#pragma unroll
            for (int i = 0; i < 4; ++i)
#pragma unroll
                for (int j = 0; j < 4; ++j)
                    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
                                 : "+f"(acc[i][j][0]), "+f"(acc[i][j][1]), "+f"(acc[i][j][2]), "+f"(acc[i][j][3])
                                 : "r"(fa[i][0]), "r"(fa[i][1]), "r"(fa[i][2]), "r"(fa[i][3]), "r"(fb[j][0]), "r"(fb[j][1]));
        }
    }
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j)
            for (int h = 0; h < 2; ++h) {
                size_t row = blockIdx.y * TM + wm * 64 + i * 16 + h * 8 + lane / 4, col = blockIdx.x * TN + wn * 32 + j * 8 + lane % 4 * 2;
                *(float2 *)(c + row * n + col) = make_float2(acc[i][j][h * 2], acc[i][j][h * 2 + 1]);
            }
}

// The same product by wmma: one warp, one 16x16 tile of C = A B, all row-major.
#include <mma.h>
extern "C" __global__ void wmma_tile(const __half *a, const __half *b, float *c, int k) {
    using namespace nvcuda::wmma;
    fragment<matrix_a, 16, 16, 16, __half, row_major> fa;
    fragment<matrix_b, 16, 16, 16, __half, row_major> fb;
    fragment<accumulator, 16, 16, 16, float> fc;
    fill_fragment(fc, 1.0f);
    for (int at = 0; at < k; at += 16) {
        load_matrix_sync(fa, a + at, k);
        load_matrix_sync(fb, b + at * 16, 16);
        mma_sync(fc, fa, fb, fc);
    }
    for (int i = 0; i < fc.num_elements; ++i) fc.x[i] *= 2.0f;
    store_matrix_sync(c, fc, 16, mem_row_major);
}
