// AdamW (Loshchilov and Hutter, ICLR 2019) over all parameters in one launch, with clipping by the global norm read on the
// device, and the norm itself.
#include "common/types.cuh"

// partials[block] = sum of squares of the block's share; squared_norm_total adds them up. Fixed grid, fixed order.
extern "C" __global__ void __launch_bounds__(256, 6) squared_norm(const float* gradients, u64 length, float* partials) {
    __shared__ float parts[8];
    float sum = 0.0f;
    const u64 step = u64(gridDim.x) * blockDim.x * 4;
    for (u64 at = (u64(blockIdx.x) * blockDim.x + threadIdx.x) * 4; at < length; at += step) {
        if (at + 4 <= length) {
            const float4 g = *reinterpret_cast<const float4*>(gradients + at);
            sum = fmaf(g.x, g.x, fmaf(g.y, g.y, fmaf(g.z, g.z, fmaf(g.w, g.w, sum))));
        } else {
            for (u64 i = at; i < length; i++) sum = fmaf(gradients[i], gradients[i], sum);
        }
    }
    sum = warp_sum(sum);
    if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x > 0) return;
    for (int i = 1; i < 8; i++) sum += parts[i];
    partials[blockIdx.x] = sum;
}
extern "C" __global__ void __launch_bounds__(256, 1) squared_norm_total(const float* partials, int count, float* output) {
    __shared__ float parts[8];
    float sum = 0.0f;
    for (int i = threadIdx.x; i < count; i += blockDim.x) sum += partials[i];
    sum = warp_sum(sum);
    if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x > 0) return;
    for (int i = 1; i < 8; i++) sum += parts[i];
    output[0] = sum;
}

struct AdamWArguments {
    const float* gradients;
    float* parameters;
    float* first_moment;
    float* second_moment;
    bf16* copies;              // bf16 copies at the same offsets
    const u64* decay;          // ascending bounds: first begin, first end, second begin, …
    const float* squared_norm;
    u64 length, copied;        // parameters, and those of them with copies; multiples of 4
    int decay_bounds;
    float max_norm, beta1, beta2, epsilon;
    float step_size;           // learning rate / (1 − beta1^step)
    float decay_factor;        // 1 − learning rate × weight decay
    float second_correction;   // 1 / sqrt(1 − beta2^step)
};

// Four neighbouring parameters to a thread; a decay group never divides them (tensors start at multiples of 64).
extern "C" __global__ void __launch_bounds__(256, 5) adamw(const AdamWArguments a) {
    const u64 at = (u64(blockIdx.x) * blockDim.x + threadIdx.x) * 4;
    if (at >= a.length) return;
    int low = 0, high = a.decay_bounds;  // bounds at or before `at`
    while (low < high) {
        const int middle = (low + high) / 2;
        if (a.decay[middle] <= at) low = middle + 1;
        else high = middle;
    }
    const float decay = low % 2 == 1 ? a.decay_factor : 1.0f;
    const float clip = fminf(1.0f, a.max_norm / (sqrtf(a.squared_norm[0]) + 1e-6f));
    const float4 g4 = *reinterpret_cast<const float4*>(a.gradients + at), p4 = *reinterpret_cast<const float4*>(a.parameters + at);
    const float4 m4 = *reinterpret_cast<const float4*>(a.first_moment + at), v4 = *reinterpret_cast<const float4*>(a.second_moment + at);
    const float gradient[4] = {g4.x, g4.y, g4.z, g4.w};
    float p[4] = {p4.x, p4.y, p4.z, p4.w}, m[4] = {m4.x, m4.y, m4.z, m4.w}, v[4] = {v4.x, v4.y, v4.z, v4.w};
#pragma unroll
    for (int i = 0; i < 4; i++) {
        const float g = gradient[i] * clip;
        m[i] = fmaf(a.beta1, m[i], (1.0f - a.beta1) * g);
        v[i] = fmaf(a.beta2, v[i], (1.0f - a.beta2) * g * g);
        p[i] = p[i] * decay - a.step_size * (m[i] / fmaf(sqrtf(v[i]), a.second_correction, a.epsilon));
    }
    *reinterpret_cast<float4*>(a.parameters + at) = make_float4(p[0], p[1], p[2], p[3]);
    *reinterpret_cast<float4*>(a.first_moment + at) = make_float4(m[0], m[1], m[2], m[3]);
    *reinterpret_cast<float4*>(a.second_moment + at) = make_float4(v[0], v[1], v[2], v[3]);
    if (at < a.copied) store(a.copies + at, p);
}
