// What the attention kernels share: their arguments and the prefix mask.
#pragma once
#include "random.cuh"
#include "types.cuh"

// A block's share: rows `start … start + length` of the batch are its segment.
struct Task {
    int start, length, prefix;
    int index;  // forward: first query of the tile; backward: slot of key blocks; both within the segment
};

struct AttentionArguments {
    const void* qkv;              // [tokens, 3 × hidden]
    void* output;                 // [tokens, hidden]
    float* log_sum_exp;           // [heads, tokens], natural; null: not kept
    const Task* tasks;
    const void* output_gradient;  // [tokens, hidden]
    void* qkv_gradient;           // [tokens, 3 × hidden]
    float2* statistics;           // [heads, tokens]: log-sum-exp in base 2; sum of output × gradient / dropout scale
    float* query_sums;            // [slots, heads, tiles of 64 queries, 64 × dimension], fragment order
    const int* first_tiles;       // per row of tasks: number of the segment's first tile of 64 queries
    int tokens, hidden, tiles, slots;
    float scale;                  // of the scores, 1/sqrt(dimension)
    float scale_log2;             // the same × log2(e)
    Dropout dropout;
};

// Query i sees key j.
__device__ __forceinline__ bool visible(int query, int key, int prefix) { return key < prefix || key <= query; }
