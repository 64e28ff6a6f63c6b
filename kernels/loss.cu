// The end of the fused projection and cross-entropy: the products' epilogues leave, per target, the largest logit and the
// sum of exponentials of every 64 columns, and the target's own logit.
#include "common/types.cuh"

// normalizers[row] = log-sum-exp over the vocabulary; terms[row] = weight × (normalizer − target logit). `statistics`
// [groups, rows]. A thread per row: neighbouring rows lie side by side.
extern "C" __global__ void __launch_bounds__(64, 16)
    loss_rows(const float2* statistics, int groups, int rows, const float* target_logits, const float* weights, float* normalizers, float* terms) {
    const int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    float largest = -infinity(), sum = 0.0f;
    for (int group = 0; group < groups; group++) {
        const float2 part = statistics[u64(group) * rows + row];
        const float top = fmaxf(largest, part.x);
        sum = fmaf(sum, exp2_fast((largest - top) * LOG2_E), part.y * exp2_fast((part.x - top) * LOG2_E));
        largest = top;
    }
    const float normalizer = largest + logf(sum);
    normalizers[row] = normalizer;
    terms[row] = weights[row] * (normalizer - target_logits[row]);
}

// loss[0] += scale × sum of terms. One block, a fixed order.
extern "C" __global__ void __launch_bounds__(256, 1) loss_sum(const float* terms, int rows, float scale, float* loss) {
    __shared__ float parts[8];
    float sum = 0.0f;
    for (int row = threadIdx.x; row < rows; row += blockDim.x) sum += terms[row];
    sum = warp_sum(sum);
    if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x > 0) return;
    for (int i = 1; i < 8; i++) sum += parts[i];
    loss[0] = fmaf(scale, sum, loss[0]);
}
