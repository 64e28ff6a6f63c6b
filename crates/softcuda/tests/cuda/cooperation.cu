// Cooperative groups, asynchronous copies, barriers and pipelines of libcu++.
#include <cooperative_groups.h>
#include <cooperative_groups/memcpy_async.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>
#include <cuda/barrier>
#include <cuda/pipeline>
#include <cuda_pipeline.h>
namespace cg = cooperative_groups;
extern "C" __global__ void groups(int *out) {
    auto block = cg::this_thread_block(); auto warp = cg::tiled_partition<32>(block); auto tile = cg::tiled_partition<8>(block);
    int t = block.thread_rank(); int *o = out + t * 8;
    o[0] = cg::reduce(warp, t, cg::plus<int>()); o[1] = cg::reduce(tile, t, cg::greater<int>()); o[2] = cg::inclusive_scan(tile, t); o[3] = cg::exclusive_scan(warp, 1);
    o[4] = tile.shfl(t, 3); o[5] = tile.meta_group_rank() * 100 + tile.thread_rank(); block.sync();
    if (t % 3 == 0) { auto act = cg::coalesced_threads(); o[6] = act.size() * 100 + act.thread_rank(); } else o[6] = 0;
    auto lab = cg::labeled_partition(warp, t % 4); o[7] = lab.size() * 10 + lab.thread_rank();
}
extern "C" __global__ void staged(const int *in, int *out) {
    __shared__ int s[2][64]; int t = threadIdx.x;
    __pipeline_memcpy_async(&s[0][t], in + t, 4); __pipeline_commit(); __pipeline_memcpy_async(&s[1][t], in + 64 + t, 4); __pipeline_commit();
    __pipeline_wait_prior(1); __syncthreads(); out[t] = s[0][63 - t]; __pipeline_wait_prior(0); __syncthreads(); out[64 + t] = s[1][63 - t];
}
extern "C" __global__ void group_copy(const int *in, int *out) {
    __shared__ int s[64]; auto b = cg::this_thread_block(); cg::memcpy_async(b, s, in, sizeof s); cg::wait(b); out[threadIdx.x] = s[63 - threadIdx.x];
}
extern "C" __global__ void handshake(const int *in, int *out) {
    __shared__ cuda::barrier<cuda::thread_scope_block> bar; __shared__ int s[64]; int t = threadIdx.x;
    if (t == 0) init(&bar, blockDim.x); __syncthreads();
    for (int round = 0; round < 3; ++round) { s[t] = in[t] + round; auto token = bar.arrive(); bar.wait(std::move(token)); out[round * 64 + t] = s[63 - t]; bar.arrive_and_wait(); }
}
extern "C" __global__ void barrier_copy(const int *in, int *out) {
    __shared__ cuda::barrier<cuda::thread_scope_block> bar; __shared__ int s[64]; int t = threadIdx.x;
    if (t == 0) init(&bar, blockDim.x); __syncthreads();
    cuda::memcpy_async(s + t, in + t, sizeof(int), bar); bar.arrive_and_wait(); out[t] = s[63 - t];
}
extern "C" __global__ void stages(const int *in, int *out) {
    __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, 2> state; __shared__ int s[2][64];
    auto block = cg::this_thread_block(); auto pipe = cuda::make_pipeline(block, &state); int t = threadIdx.x;
    for (int step = 0; step < 5; ++step) {
        if (step < 4) { pipe.producer_acquire(); cuda::memcpy_async(&s[step & 1][t], in + step * 64 + t, sizeof(int), pipe); pipe.producer_commit(); }
        if (step > 0) { pipe.consumer_wait(); block.sync(); out[(step - 1) * 64 + t] = s[(step - 1) & 1][63 - t]; block.sync(); pipe.consumer_release(); }
    }
}
