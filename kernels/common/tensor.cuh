// The tensor cores' instructions of sm_80 and the copies that feed them (PTX ISA: mma.m16n8k16, ldmatrix, cp.async).
#pragma once
#include "types.cuh"

__device__ __forceinline__ u32 shared_address(const void* pointer) {
    return static_cast<u32>(__cvta_generic_to_shared(pointer));
}

// 16 bytes from global to shared memory, past L1.
__device__ __forceinline__ void copy_async(u32 destination, const void* source) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(destination), "l"(source) : "memory");
}
// The first `bytes` of 16, the rest zero.
__device__ __forceinline__ void copy_async_partial(u32 destination, const void* source, u32 bytes) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(destination), "l"(source), "r"(bytes) : "memory");
}
__device__ __forceinline__ void copy_commit() { asm volatile("cp.async.commit_group;" ::: "memory"); }
template <int PENDING>
__device__ __forceinline__ void copy_wait() {
    asm volatile("cp.async.wait_group %0;" ::"n"(PENDING) : "memory");
}

// Two neighbouring floats to shared memory, as one access whatever the compiler thinks of their address.
__device__ __forceinline__ void store_shared(u32 address, float first, float second) {
    asm volatile("st.shared.v2.f32 [%0], {%1, %2};" ::"r"(address), "f"(first), "f"(second) : "memory");
}

__device__ __forceinline__ void store_shared(u32 address, u32 word) {
    asm volatile("st.shared.u32 [%0], %1;" ::"r"(address), "r"(word) : "memory");
}

// 16 bytes to global memory as one access, which the compiler may take apart where it sees where they come from.
__device__ __forceinline__ void store_global(void* destination, const u32 (&words)[4]) {
    asm volatile("st.global.v4.u32 [%0], {%1, %2, %3, %4};" ::"l"(__cvta_generic_to_global(destination)), "r"(words[0]),
                 "r"(words[1]), "r"(words[2]), "r"(words[3])
                 : "memory");
}

// Four 8×8 matrices of 16-bit elements; lanes 8i…8i+7 give the row addresses of matrix i.
__device__ __forceinline__ void load_matrix(u32 (&fragment)[4], u32 address) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(fragment[0]), "=r"(fragment[1]), "=r"(fragment[2]), "=r"(fragment[3])
                 : "r"(address)
                 : "memory");
}
__device__ __forceinline__ void load_matrix_transposed(u32 (&fragment)[4], u32 address) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(fragment[0]), "=r"(fragment[1]), "=r"(fragment[2]), "=r"(fragment[3])
                 : "r"(address)
                 : "memory");
}

// c += a b for a 16×16 (row), b 16×8 (column), bf16 with f32 sums. With g = lane / 4 and t = lane % 4 a lane holds
// c rows g, g, g + 8, g + 8 at columns 2t, 2t + 1, 2t, 2t + 1.
__device__ __forceinline__ void mma(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1) {
    asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

// Shared tiles are rows of 64 bf16 (128 bytes, 8 chunks of 16): chunk c of row r lies at chunk c ^ (r % 8), so that the
// eight rows of an 8×8 matrix fall into different banks whichever way it is read.
__device__ __forceinline__ u32 swizzle(u32 row, u32 chunk) { return row * 128 + ((chunk ^ (row & 7)) << 4); }

// Chunks are copied into such a tile eight lanes at once: a row of eight chunks, or two rows of four that are four apart,
// which the swizzle sends to different banks. The row that a thread copies; its chunk is thread % CHUNKS.
template <int CHUNKS>
__device__ __forceinline__ u32 copied_row(u32 thread) {
    const u32 quad = thread / 4;
    return CHUNKS == 8 ? thread / 8 : quad / 8 * 8 + quad % 2 * 4 + quad % 8 / 2;
}
