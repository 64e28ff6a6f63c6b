// Progress: locks between lanes, warps and blocks; grid-wide synchronisation.
#include <cooperative_groups.h>
extern "C" __global__ void lanes_lock(int *lock, int *count) {
    bool done = false;
    while (!done) {
        if (atomicCAS(lock, 0, 1) == 0) {
            *(volatile int *)count += 1;
            __threadfence();
            atomicExch(lock, 0);
            done = true;
        }
    }
}
extern "C" __global__ void strict_lock(int *lock, int *count) {
    while (atomicCAS(lock, 0, 1) != 0) {}
    *(volatile int *)count += 1;
    __threadfence();
    atomicExch(lock, 0);
}
extern "C" __global__ void chain(volatile int *flag, int *out) {
    if (threadIdx.x == 0) {
        while (*flag != (int)(gridDim.x - 1 - blockIdx.x)) {}
        out[blockIdx.x] = *flag;
        __threadfence();
        *flag = *flag + 1;
    }
}
extern "C" __global__ void grid_sync(int *x, int *out) {
    auto grid = cooperative_groups::this_grid();
    x[blockIdx.x * blockDim.x + threadIdx.x] = blockIdx.x + 1;
    grid.sync();
    int s = 0;
    for (int i = 0; i < gridDim.x; ++i) s += x[i * blockDim.x + threadIdx.x];
    out[blockIdx.x * blockDim.x + threadIdx.x] = s;
}
extern "C" __global__ void last_block(const float *x, float *partial, unsigned *ticket, float *out) {
    __shared__ bool last;
    if (threadIdx.x == 0) {
        partial[blockIdx.x] = x[blockIdx.x];
        __threadfence();
        last = atomicInc(ticket, gridDim.x) == gridDim.x - 1;
    }
    __syncthreads();
    if (last && threadIdx.x == 0) {
        float s = 0;
        for (int i = 0; i < gridDim.x; ++i) s += ((volatile float *)partial)[i];
        *out = s;
    }
}
