// Integer, float and control-flow basics; one kernel per subject.
#include <cuda_fp16.h>
#include <cuda_bf16.h>

extern "C" __global__ void saxpy(int n, float a, const float *x, float *y) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = a * x[i] + y[i];
}

extern "C" __global__ void collatz(int n, int *out) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    unsigned long long v = i + 1;
    int steps = 0;
    while (v != 1) {
        v = v & 1 ? 3 * v + 1 : v / 2;
        ++steps;
    }
    out[i] = steps;
}

extern "C" __global__ void reduce(int n, const float *x, float *out) {
    __shared__ float tile[256];
    float sum = 0;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) sum += x[i];
    tile[threadIdx.x] = sum;
    __syncthreads();
    for (int step = blockDim.x / 2; step > 0; step >>= 1) {
        if (threadIdx.x < step) tile[threadIdx.x] += tile[threadIdx.x + step];
        __syncthreads();
    }
    if (threadIdx.x == 0) out[blockIdx.x] = tile[0];
}

extern "C" __global__ void histogram(int n, const unsigned char *x, unsigned *bins) {
    extern __shared__ unsigned local[];
    local[threadIdx.x] = 0;
    __syncthreads();
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) atomicAdd(&local[x[i]], 1u);
    __syncthreads();
    atomicAdd(&bins[threadIdx.x], local[threadIdx.x]);
}

extern "C" __global__ void scan(int *x) {
    int v = x[blockIdx.x * blockDim.x + threadIdx.x];
    int lane = threadIdx.x & 31;
    for (int d = 1; d < 32; d *= 2) {
        int other = __shfl_up_sync(0xffffffffu, v, d);
        if (lane >= d) v += other;
    }
    __shared__ int sums[32];
    if (lane == 31) sums[threadIdx.x >> 5] = v;
    __syncthreads();
    int before = 0;
    for (int w = 0; w < (threadIdx.x >> 5); ++w) before += sums[w];
    x[blockIdx.x * blockDim.x + threadIdx.x] = v + before;
}

extern "C" __global__ void halves(int n, const float *x, __half *h, __nv_bfloat16 *b, float *out) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    h[i] = __float2half(x[i]);
    b[i] = __float2bfloat16(x[i]);
    out[i] = __half2float(__hadd(h[i], __float2half(1.0f))) + __bfloat162float(b[i]);
}

struct Pair { int first; double second; };
__constant__ Pair table[4] = {{1, 0.5}, {2, 1.5}, {3, 2.5}, {4, 3.5}};
__device__ int counter = 7;
__device__ int *counter_address = &counter;

extern "C" __global__ void constants(Pair p, double *out) {
    int i = threadIdx.x;
    out[i] = table[i & 3].second * p.first + p.second + *counter_address;
}

__device__ __noinline__ int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
extern "C" __global__ void recursion(int *out) { out[threadIdx.x] = fibonacci(threadIdx.x % 12); }

typedef float (*Function)(float, float);
__device__ __noinline__ float plus(float a, float b) { return a + b; }
__device__ __noinline__ float times(float a, float b) { return a * b; }
__device__ Function functions[2] = {plus, times};
extern "C" __global__ void pointers(float *out) { out[threadIdx.x] = functions[threadIdx.x & 1](threadIdx.x, 3.0f); }

extern "C" __global__ void doubles(int n, const double *x, double *y) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = sqrt(x[i]) + exp(-x[i]) * log(x[i] + 1.0) + sin(x[i]) / (x[i] + 2.0) + pow(x[i], 1.5);
}

extern "C" __global__ void floats(int n, const float *x, float *y) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = sqrtf(x[i]) + expf(-x[i]) * logf(x[i] + 1.0f) + sinf(x[i]) / (x[i] + 2.0f) + powf(x[i], 1.5f) + erff(x[i]) + tanhf(x[i]);
}

extern "C" __global__ void stack(int *out, int seed) {
    int a[32];
    for (int i = 0; i < 32; ++i) a[i] = i * seed + threadIdx.x;
    int s = 0;
    for (int i = 0; i < 32; ++i) s += a[(i * 7 + threadIdx.x) & 31] * (i + 1);
    out[threadIdx.x] = s;
}

extern "C" __global__ void dispatch(const int *x, int *out) {
    int v = x[threadIdx.x];
    switch (v) {
    case 0: out[threadIdx.x] = v + 10; break;
    case 1: out[threadIdx.x] = v * 20 + 3; break;
    case 2: out[threadIdx.x] = __popc(v) + 99; break;
    case 3: out[threadIdx.x] = __clz(v); break;
    case 4: out[threadIdx.x] = __brev(v); break;
    case 5: out[threadIdx.x] = __ffs(v) - 50; break;
    case 6: out[threadIdx.x] = v << v; break;
    case 7: out[threadIdx.x] = -v; break;
    default: out[threadIdx.x] = 1234;
    }
}

extern "C" __global__ void votes(unsigned *out) {
    unsigned ballot = __ballot_sync(0xffffffffu, threadIdx.x % 3 == 0);
    int any = __any_sync(0xffffffffu, threadIdx.x == 40);
    int all = __all_sync(0xffffffffu, threadIdx.x < 32);
    unsigned same = __match_any_sync(0xffffffffu, threadIdx.x / 5);
    out[threadIdx.x] = ballot ^ (any << 1) ^ all ^ same;
}
