// Number formats, 16-byte vectors and warp-wide sums. Free of CUDA's headers, so that NVRTC compiles it with no include path.
#pragma once

using u8 = unsigned char;
using u16 = unsigned short;
using u32 = unsigned int;
using u64 = unsigned long long;

// bfloat16: the upper half of an f32.
struct bf16 {
    u16 bits;
};

constexpr u32 FULL_WARP = 0xffffffffu;

__device__ __forceinline__ float infinity() { return __uint_as_float(0x7f800000u); }

// Two f32 rounded to nearest even, `low` in the low half.
__device__ __forceinline__ u32 pack_bf16(float low, float high) {
    u32 packed;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(packed) : "f"(high), "f"(low));
    return packed;
}
__device__ __forceinline__ float low_bf16(u32 packed) { return __uint_as_float(packed << 16); }
__device__ __forceinline__ float high_bf16(u32 packed) { return __uint_as_float(packed & 0xffff0000u); }

// 2^x, from the special-function unit (PTX ISA, ex2.approx: 2 ulp).
__device__ __forceinline__ float exp2_fast(float x) {
    float y;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
    return y;
}
constexpr float LOG2_E = 1.4426950408889634f;
constexpr float LN_2 = 0.6931471805599453f;

// Consecutive elements in one access: four f32 (16 bytes), four or eight bf16 (8 or 16). Neighbouring lanes take
// neighbouring elements, so that a warp's request is whole sectors: that is why f32 goes by fours.
__device__ __forceinline__ void load(const bf16* source, float (&values)[8]) {
    const uint4 packed = *reinterpret_cast<const uint4*>(source);
    const u32 words[4] = {packed.x, packed.y, packed.z, packed.w};
#pragma unroll
    for (int i = 0; i < 4; i++) {
        values[2 * i] = low_bf16(words[i]);
        values[2 * i + 1] = high_bf16(words[i]);
    }
}
__device__ __forceinline__ void load(const bf16* source, float (&values)[4]) {
    const uint2 packed = *reinterpret_cast<const uint2*>(source);
    values[0] = low_bf16(packed.x), values[1] = high_bf16(packed.x);
    values[2] = low_bf16(packed.y), values[3] = high_bf16(packed.y);
}
__device__ __forceinline__ void load(const float* source, float (&values)[4]) {
    const float4 a = *reinterpret_cast<const float4*>(source);
    values[0] = a.x, values[1] = a.y, values[2] = a.z, values[3] = a.w;
}
__device__ __forceinline__ void store(bf16* destination, const float (&values)[8]) {
    *reinterpret_cast<uint4*>(destination) =
        make_uint4(pack_bf16(values[0], values[1]), pack_bf16(values[2], values[3]), pack_bf16(values[4], values[5]),
                   pack_bf16(values[6], values[7]));
}
__device__ __forceinline__ void store(bf16* destination, const float (&values)[4]) {
    *reinterpret_cast<uint2*>(destination) =
        make_uint2(pack_bf16(values[0], values[1]), pack_bf16(values[2], values[3]));
}
__device__ __forceinline__ void store(float* destination, const float (&values)[4]) {
    *reinterpret_cast<float4*>(destination) = make_float4(values[0], values[1], values[2], values[3]);
}
// Two accesses, where the values are few or in shared memory.
__device__ __forceinline__ void load(const float* source, float (&values)[8]) {
    const float4 a = reinterpret_cast<const float4*>(source)[0], b = reinterpret_cast<const float4*>(source)[1];
    values[0] = a.x, values[1] = a.y, values[2] = a.z, values[3] = a.w;
    values[4] = b.x, values[5] = b.y, values[6] = b.z, values[7] = b.w;
}
__device__ __forceinline__ void store(float* destination, const float (&values)[8]) {
    reinterpret_cast<float4*>(destination)[0] = make_float4(values[0], values[1], values[2], values[3]);
    reinterpret_cast<float4*>(destination)[1] = make_float4(values[4], values[5], values[6], values[7]);
}
__device__ __forceinline__ float load1(const float* source) { return *source; }
__device__ __forceinline__ float load1(const bf16* source) { return __uint_as_float(u32(source->bits) << 16); }
__device__ __forceinline__ void store1(float* destination, float value) { *destination = value; }
__device__ __forceinline__ void store1(bf16* destination, float value) { destination->bits = u16(pack_bf16(value, 0.0f)); }

__device__ __forceinline__ float warp_sum(float value) {
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2) value += __shfl_xor_sync(FULL_WARP, value, distance);
    return value;
}
__device__ __forceinline__ float warp_max(float value) {
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2)
        value = fmaxf(value, __shfl_xor_sync(FULL_WARP, value, distance));
    return value;
}

// The next elements of a row of which `left` remain. Kernels with activations T = bf16 have rows of whole vectors (the
// launchers refuse others); T = float, for validation, takes rows of any length at any place, missing elements are 0.
template <class T, class X, int N>
__device__ __forceinline__ void load_row(const X* source, int left, float (&values)[N]) {
    if (sizeof(T) == 4 && (left < N || reinterpret_cast<u64>(source) % 16 != 0)) {
#pragma unroll
        for (int i = 0; i < N; i++) values[i] = i < left ? load1(source + i) : 0.0f;
    } else {
        load(source, values);
    }
}
template <class T, class X, int N>
__device__ __forceinline__ void store_row(X* destination, int left, const float (&values)[N]) {
    if (sizeof(T) == 4 && (left < N || reinterpret_cast<u64>(destination) % 16 != 0)) {
#pragma unroll
        for (int i = 0; i < N; i++)
            if (i < left) store1(destination + i, values[i]);
    } else {
        store(destination, values);
    }
}

// Elements of a 16-byte access.
template <class T>
constexpr int VECTOR = 16 / sizeof(T);
