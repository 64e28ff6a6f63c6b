// Ordinary kernels without tensor cores, as programs for GPUs use them: what the throughput of plain code is measured on.
extern "C" __global__ void vector_add(int n, const float *a, const float *b, float *c) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) c[i] = a[i] + b[i];
}

extern "C" __global__ void sum(int n, const float *x, float *partial) {
    __shared__ float part[256];
    float mine = 0;
    for (int i = blockIdx.x * 256 + threadIdx.x; i < n; i += gridDim.x * 256) mine += x[i];
    part[threadIdx.x] = mine;
    __syncthreads();
    for (int half = 128; half > 0; half /= 2) {
        if (threadIdx.x < half) part[threadIdx.x] += part[threadIdx.x + half];
        __syncthreads();
    }
    if (threadIdx.x == 0) partial[blockIdx.x] = part[0];
}

extern "C" __global__ void matmul(int n, const float *a, const float *b, float *c) {
    __shared__ float ta[16][16], tb[16][16];
    int row = blockIdx.y * 16 + threadIdx.y, column = blockIdx.x * 16 + threadIdx.x;
    float total = 0;
    for (int at = 0; at < n; at += 16) {
        ta[threadIdx.y][threadIdx.x] = a[row * n + at + threadIdx.x];
        tb[threadIdx.y][threadIdx.x] = b[(at + threadIdx.y) * n + column];
        __syncthreads();
        for (int k = 0; k < 16; ++k) total += ta[threadIdx.y][k] * tb[k][threadIdx.x];
        __syncthreads();
    }
    c[row * n + column] = total;
}

extern "C" __global__ void count(int n, const unsigned char *x, unsigned *bins) {
    __shared__ unsigned mine[256];
    mine[threadIdx.x] = 0;
    __syncthreads();
    for (int i = blockIdx.x * 256 + threadIdx.x; i < n; i += gridDim.x * 256) atomicAdd(&mine[x[i]], 1u);
    __syncthreads();
    atomicAdd(&bins[threadIdx.x], mine[threadIdx.x]);
}

extern "C" __global__ void scan_blocks(const int *x, int *y) {
    __shared__ int part[2][512];
    int from = 0, t = threadIdx.x, at = blockIdx.x * 512 + t;
    part[0][t] = x[at];
    __syncthreads();
    for (int step = 1; step < 512; step *= 2) {
        part[1 - from][t] = t >= step ? part[from][t] + part[from][t - step] : part[from][t];
        from = 1 - from;
        __syncthreads();
    }
    y[at] = part[from][t];
}

extern "C" __global__ void transpose(int n, const float *x, float *y) {
    __shared__ float tile[32][33];
    int column = blockIdx.x * 32 + threadIdx.x, row = blockIdx.y * 32 + threadIdx.y;
    for (int i = 0; i < 32; i += 8) tile[threadIdx.y + i][threadIdx.x] = x[(row + i) * n + column];
    __syncthreads();
    column = blockIdx.y * 32 + threadIdx.x, row = blockIdx.x * 32 + threadIdx.y;
    for (int i = 0; i < 32; i += 8) y[(row + i) * n + column] = tile[threadIdx.x][threadIdx.y + i];
}

extern "C" __global__ void stencil(int n, const float *x, float *y) {
    int column = blockIdx.x * 32 + threadIdx.x, row = blockIdx.y * 8 + threadIdx.y;
    if (column == 0 || row == 0 || column >= n - 1 || row >= n - 1) return;
    int at = row * n + column;
    y[at] = 0.25f * (x[at - 1] + x[at + 1] + x[at - n] + x[at + n]) - x[at];
}

extern "C" __global__ void sort_blocks(unsigned *x) {
    __shared__ unsigned part[512];
    int t = threadIdx.x;
    part[t] = x[blockIdx.x * 512 + t];
    __syncthreads();
    for (int size = 2; size <= 512; size *= 2)
        for (int stride = size / 2; stride > 0; stride /= 2) {
            int other = t ^ stride;
            if (other > t) {
                bool up = (t & size) == 0;
                unsigned a = part[t], b = part[other];
                if ((a > b) == up) part[t] = b, part[other] = a;
            }
            __syncthreads();
        }
    x[blockIdx.x * 512 + t] = part[t];
}

extern "C" __global__ void bodies(int n, const float4 *position, float4 *force) {
    __shared__ float4 tile[128];
    int i = blockIdx.x * 128 + threadIdx.x;
    float4 me = position[i];
    float fx = 0, fy = 0, fz = 0;
    for (int at = 0; at < n; at += 128) {
        tile[threadIdx.x] = position[at + threadIdx.x];
        __syncthreads();
        for (int j = 0; j < 128; ++j) {
            float4 other = tile[j];
            float dx = other.x - me.x, dy = other.y - me.y, dz = other.z - me.z;
            float inverse = rsqrtf(dx * dx + dy * dy + dz * dz + 1e-4f);
            float scale = other.w * inverse * inverse * inverse;
            fx += dx * scale, fy += dy * scale, fz += dz * scale;
        }
        __syncthreads();
    }
    force[i] = make_float4(fx, fy, fz, 0);
}
