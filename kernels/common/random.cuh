// The counter-based generator behind dropout: Philox4x32 with 7 rounds (Salmon et al., SC 2011), as
// src/device/random.rs specifies it.
#pragma once
#include "types.cuh"

struct Dropout {
    u32 key[2];     // the seed, low word first
    u32 stream;     // head << 16 | layer << 2 | purpose; head is added by attention
    u32 draw;       // number of the micro-batch
    u32 threshold;  // a decision below it drops
    float scale;    // of what is kept
};

__device__ __forceinline__ uint4 philox(u32 c0, u32 c1, u32 c2, u32 c3, u32 k0, u32 k1) {
#pragma unroll
    for (int round = 0; round < 7; round++) {
        const u64 first = u64(0xD2511F53u) * c0, second = u64(0xCD9E8D57u) * c2;
        c0 = u32(second >> 32) ^ c1 ^ k0;
        c1 = u32(second);
        c2 = u32(first >> 32) ^ c3 ^ k1;
        c3 = u32(first);
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return make_uint4(c0, c1, c2, c3);
}

// Hidden dropout of four neighbouring elements: 16-bit decisions, half of one counter's.
__device__ __forceinline__ void drop4(const Dropout& d, int row, int column, float (&v)[4]) {
    const uint4 r = philox(column / 8, row, d.stream, d.draw, d.key[0], d.key[1]);
    const u32 words[2] = {column % 8 == 0 ? r.x : r.z, column % 8 == 0 ? r.y : r.w};
#pragma unroll
    for (int i = 0; i < 2; i++) {
        v[2 * i] = (words[i] & 0xffffu) >= d.threshold ? v[2 * i] * d.scale : 0.0f;
        v[2 * i + 1] = (words[i] >> 16) >= d.threshold ? v[2 * i + 1] * d.scale : 0.0f;
    }
}

// Attention dropout decides by bytes. Four at once: the sign bit of every byte of the result says `byte >= threshold`
// (Warren, Hacker's Delight, section 2-18): with 7-bit sums no carry crosses a byte; thresholds beyond 128 need both
// the sum's and the byte's own top bit, others either.
struct ByteDecision {
    u32 addend, either;
    __device__ __forceinline__ explicit ByteDecision(u32 threshold)
        : addend((threshold <= 128 ? 128 - threshold : 256 - threshold) * 0x01010101u),
          either(threshold <= 128 ? 0xffffffffu : 0u) {}
    __device__ __forceinline__ u32 operator()(u32 bytes) const {
        const u32 sum = (bytes & 0x7f7f7f7fu) + addend;
        return (sum & bytes) | ((sum | bytes) & either);
    }
};

// Bytes of the pair (low, high) by four selectors; with 8 added, a selector gives its byte's sign eight times. (PTX ISA,
// prmt; __byte_perm has no signs.)
__device__ __forceinline__ u32 sign_bytes(u32 low, u32 high, u32 selectors) {
    u32 bytes;
    asm("prmt.b32 %0, %1, %2, %3;" : "=r"(bytes) : "r"(low), "r"(high), "r"(selectors));
    return bytes;
}

// The decision for one key, as the specification has it.
__device__ __forceinline__ bool attention_keeps(const Dropout& d, int head, int row, int key) {
    const int offset = key % 64, tile = offset / 8;
    const uint4 r = philox(key / 64 * 4 + offset % 8 / 2, row, (u32(head) << 16) | d.stream, d.draw, d.key[0], d.key[1]);
    const u32 word = tile / 2 == 0 ? r.x : tile / 2 == 1 ? r.y : tile / 2 == 2 ? r.z : r.w;
    return ((word >> (8 * (tile % 2 * 2 + offset % 2))) & 0xff) >= d.threshold;
}
