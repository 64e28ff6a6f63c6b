// printf, assert, malloc.
#include <cstdio>
#include <cassert>

extern "C" __global__ void print(int a, double b, const char *s) {
    printf("thread %d of %d: %5d|%-6d|%06.2f|%e|%g|%x|%c|%s|%lld%%\n", threadIdx.x, blockDim.x, a, a, b, b, b, a, 'z', "text", 1234567890123LL);
}
extern "C" __global__ void fail(int n) { assert(n != 3 && "three"); }
extern "C" __global__ void heap(int *out) {
    int *p = (int *)malloc(64);
    for (int i = 0; i < 16; ++i) p[i] = i + threadIdx.x;
    int s = 0;
    for (int i = 0; i < 16; ++i) s += p[i];
    out[threadIdx.x] = s;
    free(p);
}
