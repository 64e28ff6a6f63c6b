//! ldmatrix, stmatrix, movmatrix and mma.sync (PTX ISA 9.7.14).
//!
//! mma accumulates in single precision, products in ascending order of k with one rounding each (fused multiply-add):
//! deterministic, and closer to the exact sum than the hardware's truncating tree.

use super::half::{Bf16Format, F16Format, Format};
use super::memory::{Access, GENERIC, SHARED, addresses, resolve_at};
use super::vector::{Lane, leveled, write};
use crate::decode::{Builder, Field, Result};
use crate::device::op::{Class, Kind, Op};
use crate::device::warp::Warp;
use crate::ptx::{Operand, Type, Type::*};

pub fn decode(b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "ldmatrix" => load_matrix(b),
        "stmatrix" => store_matrix(b),
        "movmatrix" => move_matrix(b),
        _ => multiply(b),
    }
}

/// The members of a vector operand, or the operand itself.
pub fn vector<'s, 'a>(operand: &'s Operand<'a>) -> Vec<&'s Operand<'a>> {
    match operand {
        Operand::Vector(list) => list.iter().collect(),
        single => vec![single],
    }
}

fn shape(b: &mut Builder<'_, '_, '_>) -> Result<usize> {
    b.take("sync");
    b.take("aligned");
    if !b.take("m8n8") {
        return b.unsupported();
    }
    let count = match b.take_any(&["x1", "x2", "x4"]) {
        Some("x1") => 1,
        Some("x2") => 2,
        Some(_) => 4,
        None => return b.error("the count is missing"),
    };
    b.op.width = b.take("trans").into();
    b.take_any(&["shared", "shared::cta"]);
    if b.ty()? != B16 {
        return b.unsupported();
    }
    b.op.kind = Kind::Converged;
    Ok(count)
}

fn load_matrix(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let count = shape(&mut b)?;
    super::memory::set_address(&mut b, 1, Some(crate::ptx::Space::Shared))?;
    let list = vector(b.operand(0)?);
    if list.len() != count {
        return b.error(format!("a vector of {count} is expected"));
    }
    for operand in list {
        let d = b.destination(operand, B32)?;
        b.list_define(d);
    }
    let fields = super::memory::address_field(&b);
    b.emit(load(), Class::MatrixMove, &fields)
}

/// Addresses of the matrices' rows: those of the first 8 lanes per matrix.
#[inline(always)]
fn rows(w: &mut Warp, op: &Op, count: usize, access: Access) -> Option<[u64; 32]> {
    let mut at = addresses(w, op);
    for address in at.iter_mut() {
        *address &= if *address >> 32 == 1 { 0xffff_ffff } else { u64::MAX };
    }
    debug_assert!(op.mode & 15 <= GENERIC);
    let mask = if count == 4 { !0 } else { (1u32 << (8 * count)) - 1 };
    // One matrix is one wavefront: its 8 rows are looked at as accesses of 16 bytes.
    resolve_at(w, SHARED, &mut at, mask, 16, access)?;
    Some(at)
}

/// ldmatrix for any processor; inactive lanes' rows stay.
#[inline(always)]
unsafe fn load_body(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let list = w.list(op);
    let Some(rows) = rows(w, op, list.len(), Access::Read) else {
        return false;
    };
    for (index, &d) in list.iter().enumerate() {
        let mut values = [0u32; 32];
        for row in 0..8 {
            // SAFETY: `rows` proved 16 bytes at each address.
            let bytes = unsafe { (rows[index * 8 + row] as *const [u32; 4]).read_unaligned() };
            values[row * 4..row * 4 + 4].copy_from_slice(&bytes);
        }
        if op.width != 0 {
            values = transpose(&values);
        }
        // SAFETY: the decoder gave 32-bit rows.
        unsafe { write(w.row(d), mask, &values) };
    }
    true
}
leveled!(load_any, load_body);

/// The function for ldmatrix.
fn load() -> crate::device::op::Run {
    #[cfg(target_arch = "x86_64")]
    if super::vector::level() == super::vector::Level::Avx512 {
        return wide::load;
    }
    load_any()
}

/// Transposes an 8×8 matrix of 16-bit values held as fragments.
#[inline(always)]
fn transpose(values: &[u32; 32]) -> [u32; 32] {
    let element = |row: usize, column: usize| values[row * 4 + column / 2] >> (column % 2 * 16) & 0xffff;
    std::array::from_fn(|lane| {
        let (row, column) = (lane / 4, lane % 4 * 2);
        element(column, row) | element(column + 1, row) << 16
    })
}

fn store_matrix(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let count = shape(&mut b)?;
    super::memory::set_address(&mut b, 0, Some(crate::ptx::Space::Shared))?;
    let list = vector(b.operand(1)?);
    if list.len() != count {
        return b.error(format!("a vector of {count} is expected"));
    }
    for operand in list {
        let source = b.source(operand, B32)?;
        b.list_source(source);
    }
    unsafe fn run(w: &mut Warp, op: &Op, _: u32) -> bool {
        let list = w.list(op);
        let Some(rows) = rows(w, op, list.len(), Access::Write) else {
            return false;
        };
        for (index, &source) in list.iter().enumerate() {
            let row = w.row(source);
            // SAFETY: the decoder gave 32-bit rows.
            let mut values: [u32; 32] = std::array::from_fn(|lane| unsafe { u32::get(row, lane) });
            if op.width != 0 {
                values = transpose(&values);
            }
            for row in 0..8 {
                let bytes: [u32; 4] = std::array::from_fn(|part| values[row * 4 + part]);
                // SAFETY: `rows` proved 16 bytes at each address.
                unsafe { (rows[index * 8 + row] as *mut [u32; 4]).write_unaligned(bytes) };
            }
        }
        true
    }
    let fields = super::memory::address_field(&b);
    b.emit(run, Class::MatrixMove, &fields)
}

fn move_matrix(mut b: Builder<'_, '_, '_>) -> Result<()> {
    b.take("sync");
    b.take("aligned");
    b.take("m8n8");
    b.take("trans");
    b.ty()?;
    b.op.kind = Kind::Converged;
    let a = b.src(1, B32)?;
    b.a(a);
    let d = b.dst(0, B32)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let row = w.row(op.a);
        // SAFETY: the decoder gave 32-bit rows.
        unsafe {
            let values: [u32; 32] = std::array::from_fn(|lane| u32::get(row, lane));
            write(w.row(op.d), mask, &transpose(&values));
        }
        true
    }
    b.emit(run, Class::MatrixMove, &[Field::A])
}

fn multiply(mut b: Builder<'_, '_, '_>) -> Result<()> {
    b.take("sync");
    b.take("aligned");
    if b.has("sp") || b.has("sp::ordered_metadata") {
        return b.unsupported();
    }
    let Some(shape) = b.take_any(&[
        "m16n8k4",
        "m16n8k8",
        "m16n8k16",
        "m16n8k32",
        "m16n8k64",
        "m16n8k128",
        "m16n8k256",
        "m8n8k4",
        "m8n8k16",
        "m8n8k32",
        "m8n8k128",
    ]) else {
        return b.unsupported();
    };
    if !b.take("row") || !b.take("col") {
        return b.error("only .row.col is supported");
    }
    let satfinite = b.take("satfinite");
    // Sub-byte types are no scalar types: take the four by name.
    let mut types = Vec::new();
    while types.len() < 4 {
        match b.take_any(&[
            "f32", "f16", "bf16", "tf32", "f64", "s32", "s8", "u8", "s4", "u4", "b1", "e4m3", "e5m2",
        ]) {
            Some(name) => types.push(name),
            None => return b.error("four types are expected"),
        }
    }
    let digits: Vec<usize> = shape
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|n| n.parse().ok())
        .collect();
    let (m, k) = (digits[0], digits[2]);
    let (d_type, a_type, b_type, c_type) = (types[0], types[1], types[2], types[3]);
    b.op.flops = (m * 8 * k) as u16;
    // The accumulator's form: 0 f32, 1 f16, 2 s32, 3 f64.
    let form = |name| match name {
        "f32" => Some(0u8),
        "f16" => Some(1),
        "s32" => Some(2),
        "f64" => Some(3),
        _ => None,
    };
    let (Some(d_form), Some(c_form)) = (form(d_type), form(c_type)) else {
        return b.unsupported();
    };
    let (Some((a_code, bits)), Some((b_code, b_bits))) = (element(a_type), element(b_type)) else {
        return b.unsupported();
    };
    if bits != b_bits || m == 8 && bits == 16 {
        return b.unsupported();
    }
    let boolean = if a_code == 7 {
        let op = b.take_any(&["xor", "and"]);
        b.take("popc");
        u8::from(op == Some("and"))
    } else {
        0
    };
    let register_bits = if bits == 64 { 64 } else { 32 };
    let counts = [m * k * bits / 32 / register_bits, 8 * k * bits / 32 / register_bits];
    let accumulators = |form: u8| m * 8 / 32 / if form == 1 { 2 } else { 1 };
    let wanted = [accumulators(d_form), counts[0], counts[1], accumulators(c_form)];
    let data: Type = if bits == 64 { B64 } else { B32 };
    let accumulator = |form: u8| if form == 3 { B64 } else { B32 };
    for (index, &count) in wanted.iter().enumerate() {
        let list = vector(b.operand(index)?);
        if list.len() != count || count == 0 {
            return b.error(format!("operand {} should have {count} registers", index + 1));
        }
        for operand in list {
            match index {
                0 => {
                    let d = b.destination(operand, accumulator(d_form))?;
                    b.list_define(d);
                }
                3 => {
                    let source = b.source(operand, accumulator(c_form))?;
                    b.list_source(source);
                }
                _ => {
                    let source = b.source(operand, data)?;
                    b.list_source(source);
                }
            }
        }
    }
    b.op.kind = Kind::Converged;
    b.op.width = a_code | b_code << 4;
    b.op.mode = d_form | c_form << 2 | boolean << 4 | u8::from(satfinite) << 5;
    b.op.immediate = (m | k << 8) as i64;
    let run = match (a_code, d_form, c_form, k) {
        (0, 0, 0, 16) => multiply_16bit::<Bf16Format>(true),
        (1, 0, 0, 16) => multiply_16bit::<F16Format>(false),
        _ => general,
    };
    b.emit(run, Class::Matrix, &[])
}

/// m16n8k16 with 16-bit inputs and single-precision accumulators.
unsafe fn multiply16<F: Format>(w: &mut Warp, op: &Op, _: u32) -> bool {
    let list: &[u32; 14] = match w.list(op).try_into() {
        Ok(list) => list,
        Err(_) => return true,
    };
    // SAFETY: the decoder gave 32-bit rows.
    unsafe {
        let mut a = [[0f32; 16]; 16];
        for (part, &operand) in list[4..8].iter().enumerate() {
            let row = w.row(operand);
            let (down, right) = (part % 2 * 8, part / 2 * 8);
            for lane in 0..32 {
                let pair = *row.add(lane);
                a[lane / 4 + down][lane % 4 * 2 + right] = F::get(pair as u16);
                a[lane / 4 + down][lane % 4 * 2 + right + 1] = F::get((pair >> 16) as u16);
            }
        }
        let mut b = [[0f32; 8]; 16];
        for (part, &operand) in list[8..10].iter().enumerate() {
            let row = w.row(operand);
            for lane in 0..32 {
                let pair = *row.add(lane);
                b[lane % 4 * 2 + part * 8][lane / 4] = F::get(pair as u16);
                b[lane % 4 * 2 + part * 8 + 1][lane / 4] = F::get((pair >> 16) as u16);
            }
        }
        let mut sums = [[0f32; 8]; 16];
        for (part, &operand) in list[10..14].iter().enumerate() {
            let row = w.row(operand).cast::<f32>();
            for lane in 0..32 {
                sums[lane / 4 + part / 2 * 8][lane % 4 * 2 + part % 2] = *row.add(lane);
            }
        }
        for (i, sum) in sums.iter_mut().enumerate() {
            for (k, row) in b.iter().enumerate() {
                for j in 0..8 {
                    sum[j] = a[i][k].mul_add(row[j], sum[j]);
                }
            }
        }
        for (part, &operand) in list[0..4].iter().enumerate() {
            let row = w.row(operand).cast::<f32>();
            for lane in 0..32 {
                *row.add(lane) = sums[lane / 4 + part / 2 * 8][lane % 4 * 2 + part % 2];
            }
        }
    }
    true
}

/// The function for m16n8k16: with AVX-512 the fragments are multiplied where they lie.
fn multiply_16bit<F: Format>(brain: bool) -> crate::device::op::Run {
    #[cfg(target_arch = "x86_64")]
    if super::vector::level() == super::vector::Level::Avx512 {
        return if brain {
            wide::multiply::<true>
        } else {
            wide::multiply::<false>
        };
    }
    let _ = brain;
    multiply16::<F>
}

/// m16n8k16 in AVX-512. A lane 4g+t holds A's rows g and g+8 at columns 2t, 2t+1 (and + 8), B's column g at the same
/// rows, and C's rows g and g+8 at columns 2t, 2t+1. For each k, A's value is spread over the lanes of its row by a
/// shuffle inside quads of lanes, and B's four values of one column parity are the same for every row.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::*;

    use super::{Access, rows};
    use crate::device::op::Op;
    use crate::device::warp::Warp;

    /// Four rows of 16 bytes as one register.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
    unsafe fn gather(rows: &[u64]) -> __m512i {
        // SAFETY: the caller's addresses have 16 bytes each.
        unsafe {
            let part = |index: usize| rows[index] as *const __m128i;
            let low = _mm512_castsi128_si512(_mm_loadu_si128(part(0)));
            let low = _mm512_inserti32x4::<1>(low, _mm_loadu_si128(part(1)));
            let low = _mm512_inserti32x4::<2>(low, _mm_loadu_si128(part(2)));
            _mm512_inserti32x4::<3>(low, _mm_loadu_si128(part(3)))
        }
    }

    /// ldmatrix: a matrix's eight rows of 16 bytes are a register's 32 lanes, or their transpose.
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
    pub unsafe fn load(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let list = w.list(op);
        let Some(rows) = rows(w, op, list.len(), Access::Read) else {
            return false;
        };
        // SAFETY: `rows` proved 16 bytes at each address; the decoder gave 32-bit rows; the processor has AVX-512.
        unsafe {
            for (index, &d) in list.iter().enumerate() {
                let mut halves = [gather(&rows[index * 8..]), gather(&rows[index * 8 + 4..])];
                if op.width != 0 {
                    // Half-word h of lane l is row 2 (l mod 4) + h, column l / 4.
                    let first = _mm512_setr_epi32(
                        0x0008_0000,
                        0x0018_0010,
                        0x0028_0020,
                        0x0038_0030,
                        0x0009_0001,
                        0x0019_0011,
                        0x0029_0021,
                        0x0039_0031,
                        0x000a_0002,
                        0x001a_0012,
                        0x002a_0022,
                        0x003a_0032,
                        0x000b_0003,
                        0x001b_0013,
                        0x002b_0023,
                        0x003b_0033,
                    );
                    let second = _mm512_add_epi16(first, _mm512_set1_epi16(4));
                    halves = [
                        _mm512_permutex2var_epi16(halves[0], first, halves[1]),
                        _mm512_permutex2var_epi16(halves[0], second, halves[1]),
                    ];
                }
                let to = w.row(d).cast::<i32>();
                _mm512_mask_storeu_epi32(to, mask as u16, halves[0]);
                _mm512_mask_storeu_epi32(to.add(16), (mask >> 16) as u16, halves[1]);
            }
        }
        true
    }

    /// Both halves of 16 packed pairs, as singles.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
    unsafe fn unpack<const BRAIN: bool>(row: *const u32) -> [__m512; 2] {
        // SAFETY: the caller's row has 16 more lanes.
        let pairs = unsafe { _mm512_loadu_si512(row.cast()) };
        if BRAIN {
            let low = _mm512_slli_epi32::<16>(pairs);
            let high = _mm512_and_si512(pairs, _mm512_set1_epi32(-65536));
            [_mm512_castsi512_ps(low), _mm512_castsi512_ps(high)]
        } else {
            let low = _mm512_cvtepi32_epi16(pairs);
            let high = _mm512_cvtepi32_epi16(_mm512_srli_epi32::<16>(pairs));
            [_mm512_cvtph_ps(low), _mm512_cvtph_ps(high)]
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
    pub unsafe fn multiply<const BRAIN: bool>(w: &mut Warp, op: &Op, _: u32) -> bool {
        let list: &[u32; 14] = match w.list(op).try_into() {
            Ok(list) => list,
            Err(_) => return true,
        };
        // SAFETY: the decoder gave 32-bit rows, each 32 lanes long; the processor has AVX-512.
        unsafe {
            let zero = _mm512_setzero_ps();
            // By register, half of the warp, and parity of k. Loops rather than closures: those would not inherit the
            // instruction set.
            let mut a = [[[zero; 2]; 2]; 4];
            for (part, halves) in a.iter_mut().enumerate() {
                let row = w.row(list[4 + part]);
                *halves = [unpack::<BRAIN>(row), unpack::<BRAIN>(row.add(16))];
            }
            // By k / 8, parity of k and parity of the column: quads of columns for four k two apart.
            let even = _mm512_setr_epi32(0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27);
            let odd = _mm512_add_epi32(even, _mm512_set1_epi32(4));
            let mut b = [[[zero; 2]; 2]; 2];
            for (part, parities) in b.iter_mut().enumerate() {
                let row = w.row(list[8 + part]);
                let (first, second) = (unpack::<BRAIN>(row), unpack::<BRAIN>(row.add(16)));
                for parity in 0..2 {
                    parities[parity][0] = _mm512_permutex2var_ps(first[parity], even, second[parity]);
                    parities[parity][1] = _mm512_permutex2var_ps(first[parity], odd, second[parity]);
                }
            }
            let mut c = [[zero; 2]; 4];
            for (part, halves) in c.iter_mut().enumerate() {
                let row = w.row(list[10 + part]).cast::<f32>();
                *halves = [_mm512_loadu_ps(row), _mm512_loadu_ps(row.add(16))];
            }
            macro_rules! step {
                ($part:literal, $quad:literal) => {
                    for parity in 0..2 {
                        let columns = [
                            _mm512_shuffle_f32x4::<{ $quad * 0x55 }>(b[$part][parity][0], b[$part][parity][0]),
                            _mm512_shuffle_f32x4::<{ $quad * 0x55 }>(b[$part][parity][1], b[$part][parity][1]),
                        ];
                        for half in 0..2 {
                            for down in 0..2 {
                                let row = _mm512_permute_ps::<{ $quad * 0x55 }>(a[$part * 2 + down][half][parity]);
                                for column in 0..2 {
                                    let sum = &mut c[down * 2 + column][half];
                                    *sum = _mm512_fmadd_ps(row, columns[column], *sum);
                                }
                            }
                        }
                    }
                };
            }
            step!(0, 0);
            step!(0, 1);
            step!(0, 2);
            step!(0, 3);
            step!(1, 0);
            step!(1, 1);
            step!(1, 2);
            step!(1, 3);
            for (part, sums) in c.iter().enumerate() {
                let row = w.row(list[part]).cast::<f32>();
                _mm512_storeu_ps(row, sums[0]);
                _mm512_storeu_ps(row.add(16), sums[1]);
            }
        }
        true
    }
}

/// The bits of an element as a number; `code` is its type's place in the decoder's table.
pub fn float(code: u8, bits: u64) -> f64 {
    match code {
        0 => f64::from(Bf16Format::get(bits as u16)),
        1 => f64::from(F16Format::get(bits as u16)),
        2 => f64::from(f32::from_bits(bits as u32 & !0x1fff)),
        9 => super::numbers::E4M3.decode(bits as u32),
        10 => super::numbers::E5M2.decode(bits as u32),
        _ => f64::from_bits(bits),
    }
}

/// As [`float`], for the integer types.
pub fn integer(code: u8, bits: u64) -> i64 {
    match code {
        3 => i64::from(bits as i8),
        5 => i64::from((bits as i8) << 4 >> 4),
        _ => bits as i64,
    }
}

/// A matrix element type's code and bits.
pub fn element(name: &str) -> Option<(u8, usize)> {
    Some(match name {
        "bf16" => (0, 16),
        "f16" => (1, 16),
        "tf32" => (2, 32),
        "s8" => (3, 8),
        "u8" => (4, 8),
        "s4" => (5, 4),
        "u4" => (6, 4),
        "b1" => (7, 1),
        "f64" => (8, 64),
        "e4m3" => (9, 8),
        "e5m2" => (10, 8),
        _ => return None,
    })
}

/// An element of a fragment of `bits`-wide values: register, lane and position of A\[row\]\[column\].
fn place_a(m: usize, bits: usize, row: usize, column: usize) -> (usize, usize, usize) {
    let per = (32 / bits).max(1);
    let lane = row % 8 * 4 + column / per % 4;
    // Registers run down the rows first, then along k in steps of four lanes' columns.
    let register = row / 8 + column / (4 * per) * (m / 8);
    (register, lane, column % per)
}

fn place_b(bits: usize, row: usize, column: usize) -> (usize, usize, usize) {
    let per = (32 / bits).max(1);
    (row / (4 * per), column * 4 + row / per % 4, row % per)
}

/// Every shape and type, one element at a time.
unsafe fn general(w: &mut Warp, op: &Op, _: u32) -> bool {
    let (m, k) = ((op.immediate & 255) as usize, (op.immediate >> 8) as usize);
    let (a_code, b_code) = (op.width & 15, op.width >> 4);
    let (d_form, c_form) = (op.mode & 3, op.mode >> 2 & 3);
    let bits = [16, 16, 32, 8, 8, 4, 4, 1, 64, 8, 8][usize::from(a_code)];
    let list = w.list(op);
    let registers = |form: u8| m * 8 / 32 / if form == 1 { 2 } else { 1 };
    let a_count = m * k * bits / 32 / bits.max(32);
    let (d_rows, rest) = list.split_at(registers(d_form));
    let (a_rows, rest) = rest.split_at(a_count);
    let (b_rows, c_rows) = rest.split_at(rest.len() - registers(c_form));
    // SAFETY: the decoder gave rows of these widths.
    let raw = |rows: &[u32], (register, lane, part): (usize, usize, usize)| unsafe {
        match bits {
            64 => u64::get(w.row(rows[register]), lane),
            32 => u32::get(w.row(rows[register]), lane).into(),
            _ => u64::from(u32::get(w.row(rows[register]), lane) >> (part * bits)) & ((1 << bits) - 1),
        }
    };
    // Accumulator fragments: a lane holds two neighbours in a row; f16 packs them into one register.
    let accumulator = |row: usize, column: usize| (row / 8, row % 8 * 4 + column / 2, column % 2);
    let mut out = vec![0u64; m * 8];
    for row in 0..m {
        for column in 0..8 {
            let (down, lane, part) = accumulator(row, column);
            // SAFETY: as above.
            let c = unsafe {
                match c_form {
                    1 => u64::from(u32::get(w.row(c_rows[down]), lane) >> (16 * part) & 0xffff),
                    3 => u64::get(w.row(c_rows[down * 2 + part]), lane),
                    _ => u64::from(u32::get(w.row(c_rows[down * 2 + part]), lane)),
                }
            };
            let pair = |at: usize| {
                (
                    raw(a_rows, place_a(m, bits, row, at)),
                    raw(b_rows, place_b(bits, at, column)),
                )
            };
            out[row * 8 + column] = match (c_form, a_code) {
                (2, 7) => {
                    let count = (0..k).filter(|&at| {
                        let (x, y) = pair(at);
                        if op.mode >> 4 & 1 != 0 { x & y != 0 } else { x != y }
                    });
                    u64::from((c as u32).wrapping_add(count.count() as u32))
                }
                (2, _) => {
                    let sum = (0..k).fold(i64::from(c as i32), |sum, at| {
                        let (x, y) = pair(at);
                        sum + integer(a_code, x) * integer(b_code, y)
                    });
                    let sum = if op.mode >> 5 & 1 != 0 {
                        sum.clamp(i32::MIN.into(), i32::MAX.into())
                    } else {
                        sum
                    };
                    u64::from(sum as u32)
                }
                (3, _) => {
                    let fused = |sum: f64, at| {
                        let (x, y) = pair(at);
                        f64::from_bits(x).mul_add(f64::from_bits(y), sum)
                    };
                    (0..k).fold(f64::from_bits(c), fused).to_bits()
                }
                _ => {
                    let start = if c_form == 1 {
                        F16Format::get(c as u16)
                    } else {
                        f32::from_bits(c as u32)
                    };
                    let sum = (0..k).fold(start, |sum, at| {
                        let (x, y) = pair(at);
                        (float(a_code, x) as f32).mul_add(float(b_code, y) as f32, sum)
                    });
                    u64::from(if d_form == 1 {
                        F16Format::put(sum).into()
                    } else {
                        sum.to_bits()
                    })
                }
            };
        }
    }
    for row in 0..m {
        for column in 0..8 {
            let (down, lane, part) = accumulator(row, column);
            let value = out[row * 8 + column];
            // SAFETY: as above.
            unsafe {
                match d_form {
                    1 => {
                        let to = w.row(d_rows[down]);
                        let keep = u32::get(to, lane) & !(0xffff << (16 * part));
                        u32::put(to, lane, keep | (value as u32) << (16 * part));
                    }
                    3 => u64::put(w.row(d_rows[down * 2 + part]), lane, value),
                    _ => u32::put(w.row(d_rows[down * 2 + part]), lane, value as u32),
                }
            }
        }
    }
    true
}
