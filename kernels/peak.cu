// The tensor cores' own speed: products of registers, nothing moved. What `codeexecutor bench kernels` holds the others
// against.
#include "common/tensor.cuh"

constexpr int CHAINS = 8;  // independent sums: a product's latency is some 18 cycles for 2 to 4 of its issue

// 8 × `rounds` products of 16 × 8 × 16 per warp. `output` [1] is written by no launch that a bench makes (rounds > 0).
extern "C" __global__ void __launch_bounds__(256, 2) peak_tensor(float* output, int rounds) {
    float sums[CHAINS][4] = {};
    const u32 seed = threadIdx.x;
    const u32 a[4] = {seed, seed, seed, seed};
    for (int round = 0; round < rounds; round++) {
#pragma unroll
        for (int chain = 0; chain < CHAINS; chain++) mma(sums[chain], a, seed, seed);
    }
    float total = 0.0f;
#pragma unroll
    for (int chain = 0; chain < CHAINS; chain++) total += sums[chain][0] + sums[chain][1] + sums[chain][2] + sums[chain][3];
    if (rounds == 0 || total == 1.0f) output[0] = total;
}
