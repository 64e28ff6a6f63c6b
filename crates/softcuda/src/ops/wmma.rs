//! wmma: warp-level matrices with fragments of unspecified layout (PTX ISA 9.7.14.4).
//!
//! Here element e of a fragment (row-major) lies in part e mod p of register e / 32p of lane (e / p) mod 32, where p
//! elements fill a register; what a fragment has room for beyond its elements repeats them.

use super::half::{F16Format, Format};
use super::matrix::{element, float, integer, vector};
use super::memory::{Access, GENERIC, resolve_at, set_address};
use super::vector::Lane;
use crate::decode::{Builder, Field, RegisterClass, Result};
use crate::device::op::{Class, Kind, NONE, Op};
use crate::device::warp::Warp;
use crate::ptx::{Type, Type::*};

const SHAPES: [&str; 7] = [
    "m16n16k16",
    "m32n8k16",
    "m8n32k16",
    "m16n16k8",
    "m8n8k4",
    "m8n8k32",
    "m8n8k128",
];
const TYPES: [&str; 11] = ["f16", "f32", "bf16", "tf32", "f64", "s8", "u8", "s32", "s4", "u4", "b1"];

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    match b.take_any(&["load", "store", "mma"]) {
        Some("mma") => multiply(b),
        Some(what) => transfer(b, what == "load"),
        None => b.unsupported(),
    }
}

fn dimensions(b: &mut Builder<'_, '_, '_>) -> Result<[usize; 3]> {
    let Some(shape) = b.take_any(&SHAPES) else {
        return b.unsupported();
    };
    let numbers: Vec<usize> = shape
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|n| n.parse().ok())
        .collect();
    Ok([numbers[0], numbers[1], numbers[2]])
}

fn bits_of(name: &str) -> usize {
    match name {
        "f32" | "s32" => 32,
        _ => element(name).map_or(32, |(_, bits)| bits),
    }
}

fn storage(bits: usize) -> Type {
    if bits == 64 { B64 } else { B32 }
}

/// Register, lane and shift of a slot.
fn slot(index: usize, bits: usize) -> (usize, usize, usize) {
    let per = (32 / bits).max(1);
    (index / (per * 32), index / per % 32, index % per * bits)
}

fn transfer(mut b: Builder<'_, '_, '_>, load: bool) -> Result<()> {
    let Some(which) = b.take_any(&["a", "b", "c", "d"]) else {
        return b.unsupported();
    };
    b.take("sync");
    b.take("aligned");
    let row_major = b.take_any(&["row", "col"]) == Some("row");
    let [m, n, k] = dimensions(&mut b)?;
    let (space, _) = super::memory::take_space(&mut b);
    let Some(ty) = b.take_any(&TYPES) else {
        return b.unsupported();
    };
    let bits = bits_of(ty);
    let (rows, columns) = match which {
        "a" => (m, k),
        "b" => (k, n),
        _ => (m, n),
    };
    let (address, fragment) = if load { (1, 0) } else { (0, 1) };
    set_address(&mut b, address, space)?;
    let list = vector(b.operand(fragment)?);
    if list.is_empty() || list.len() * 32 * (32 / bits).max(1) < rows * columns {
        return b.error("the fragment has too few registers");
    }
    for operand in list {
        if load {
            let d = b.destination(operand, storage(bits))?;
            b.list_define(d);
        } else {
            let source = b.source(operand, storage(bits))?;
            b.list_source(source);
        }
    }
    let mut fields = super::memory::address_field(&b);
    let stride = if b.count() > 2 {
        b.src(2, U32)?
    } else {
        let natural = if row_major { columns } else { rows };
        b.constant(natural as u128, RegisterClass::Word)
    };
    b.b(stride);
    fields.push(Field::B);
    b.op.kind = Kind::Converged;
    b.op.width = bits as u8;
    b.function.smallest_access(GENERIC, (bits / 8).max(1) as u8);
    b.op.flops = (rows | columns << 8) as u16;
    b.op.c = if row_major { NONE } else { 0 };
    b.emit(if load { load_run } else { store_run }, Class::MatrixMove, &fields)
}

/// Generic or space addresses of the byte that holds each lane's element, and the bit in it.
fn places(w: &Warp, op: &Op, register: usize, part: usize) -> ([u64; 32], [usize; 32]) {
    let base = super::memory::addresses(w, op)[0];
    // SAFETY: the decoder gave a 32-bit row.
    let stride = unsafe { u32::get(w.row(op.b), 0) } as usize;
    let bits = usize::from(op.width);
    let (rows, columns) = (usize::from(op.flops & 255), usize::from(op.flops >> 8));
    let per = (32 / bits).max(1);
    let mut at = [0; 32];
    let mut shift = [0; 32];
    for lane in 0..32 {
        let index = ((register * 32 + lane) * per + part) % (rows * columns);
        let (row, column) = (index / columns, index % columns);
        let element = if op.c == NONE {
            row * stride + column
        } else {
            column * stride + row
        };
        at[lane] = base.wrapping_add((element * bits / 8) as u64);
        shift[lane] = element * bits % 8;
    }
    (at, shift)
}

unsafe fn load_run(w: &mut Warp, op: &Op, _: u32) -> bool {
    let (bits, list) = (usize::from(op.width), w.list(op));
    let bytes = (bits / 8).max(1);
    let per = (32 / bits).max(1);
    let mut out = vec![[0u64; 32]; list.len()];
    for (register, values) in out.iter_mut().enumerate() {
        for part in 0..per {
            let (at, shift) = places(w, op, register, part);
            let mut pointers = at;
            if resolve_at(w, op.mode & 15, &mut pointers, !0, bytes as u64, Access::Read).is_none() {
                return false;
            }
            for lane in 0..32 {
                let mut raw = [0; 8];
                // SAFETY: `resolve_at` proved the bytes.
                unsafe { std::ptr::copy_nonoverlapping(pointers[lane] as *const u8, raw.as_mut_ptr(), bytes) };
                let value = u64::from_le_bytes(raw) >> shift[lane] & (!0 >> (64 - bits));
                values[lane] |= value << (part * bits);
            }
        }
    }
    for (&d, values) in list.iter().zip(&out) {
        // SAFETY: the decoder gave rows of this width.
        unsafe {
            if bits == 64 {
                super::vector::write::<u64>(w.row(d), !0, values);
            } else {
                super::vector::write::<u32>(w.row(d), !0, &values.map(|value| value as u32));
            }
        }
    }
    true
}

unsafe fn store_run(w: &mut Warp, op: &Op, _: u32) -> bool {
    let (bits, list) = (usize::from(op.width), w.list(op));
    let bytes = (bits / 8).max(1);
    for (register, &source) in list.iter().enumerate() {
        for part in 0..(32 / bits).max(1) {
            let (at, _) = places(w, op, register, part);
            let mut pointers = at;
            if resolve_at(w, op.mode & 15, &mut pointers, !0, bytes as u64, Access::Write).is_none() {
                return false;
            }
            for (lane, &to) in pointers.iter().enumerate() {
                let row = w.row(source);
                // SAFETY: the decoder gave rows of this width, `resolve_at` proved the bytes.
                unsafe {
                    let value = if bits == 64 {
                        u64::get(row, lane)
                    } else {
                        u64::from(u32::get(row, lane)) >> (part * bits)
                    };
                    std::ptr::copy_nonoverlapping(value.to_le_bytes().as_ptr(), to as *mut u8, bytes);
                }
            }
        }
    }
    true
}

fn multiply(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let boolean = b.take_any(&["xor", "and"]);
    b.take("popc");
    b.take("sync");
    b.take("aligned");
    while b.take_any(&["row", "col"]).is_some() {}
    let satfinite = b.take("satfinite");
    let [m, n, k] = dimensions(&mut b)?;
    let mut types = Vec::new();
    while let Some(name) = b.take_any(&TYPES) {
        types.push(name);
    }
    // The f16 form names only the accumulators.
    let [d_type, a_type, b_type, c_type] = match types[..] {
        [d, c] => [d, "f16", "f16", c],
        [d, x, y, c] => [d, x, y, c],
        _ => return b.error("2 or 4 types are expected"),
    };
    let (Some((a_code, a_bits)), Some((b_code, b_bits))) = (element(a_type), element(b_type)) else {
        return b.unsupported();
    };
    let form = |name: &str| match name {
        "f32" => 0u8,
        "f16" => 1,
        "s32" => 2,
        _ => 3,
    };
    let (d_bits, c_bits) = (bits_of(d_type), bits_of(c_type));
    let parts = [
        (0, d_bits, m * n),
        (1, a_bits, m * k),
        (2, b_bits, k * n),
        (3, c_bits, m * n),
    ];
    let mut counts = 0i64;
    for (index, bits, elements) in parts {
        let list = vector(b.operand(index)?);
        if list.len() * 32 * (32 / bits).max(1) < elements {
            return b.error(format!("operand {} has too few registers", index + 1));
        }
        counts |= (list.len() as i64) << (index * 8);
        for operand in list {
            if index == 0 {
                let d = b.destination(operand, storage(bits))?;
                b.list_define(d);
            } else {
                let source = b.source(operand, storage(bits))?;
                b.list_source(source);
            }
        }
    }
    b.op.kind = Kind::Converged;
    b.op.width = a_code | b_code << 4;
    let and = u8::from(boolean == Some("and"));
    b.op.mode = form(d_type) | form(c_type) << 2 | and << 4 | u8::from(satfinite) << 5;
    b.op.flops = (m * n * k) as u16;
    b.op.immediate = (k as i64) << 8 | counts << 16 | (n as i64) << 48 | (m as i64) << 56;
    b.emit(multiply_run, Class::Matrix, &[])
}

unsafe fn multiply_run(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let field = |shift: u32| (op.immediate >> shift & 255) as usize;
    let (k, n, m) = (field(8), field(48), field(56));
    let list = w.list(op);
    let (d_rows, rest) = list.split_at(field(16));
    let (a_rows, rest) = rest.split_at(field(24));
    let (b_rows, c_rows) = rest.split_at(field(32));
    let (a_code, b_code) = (op.width & 15, op.width >> 4);
    let bits = [16, 16, 32, 8, 8, 4, 4, 1, 64][usize::from(a_code.min(8))];
    let width = |form: u8| [32, 16, 32, 64][usize::from(form & 3)];
    let get = |rows: &[u32], index: usize, bits: usize| {
        let (register, lane, shift) = slot(index, bits);
        let row = w.row(rows[register]);
        // SAFETY: the decoder gave rows of this width.
        let raw = unsafe {
            if bits == 64 {
                u64::get(row, lane)
            } else {
                u64::from(u32::get(row, lane))
            }
        };
        raw >> shift & (!0 >> (64 - bits))
    };
    let (d_form, c_form) = (op.mode & 3, op.mode >> 2 & 3);
    let mut out = vec![0u64; m * n];
    for (index, result) in out.iter_mut().enumerate() {
        let (row, column) = (index / n, index % n);
        let c = get(c_rows, index, width(c_form));
        let pair = |at: usize| (get(a_rows, row * k + at, bits), get(b_rows, at * n + column, bits));
        *result = match c_form {
            2 => {
                let sum = (0..k).fold(i64::from(c as i32), |sum, at| {
                    let (x, y) = pair(at);
                    sum + match (a_code, op.mode >> 4 & 1) {
                        (7, 0) => (x ^ y) as i64,
                        (7, _) => (x & y) as i64,
                        _ => integer(a_code, x) * integer(b_code, y),
                    }
                });
                let sum = if op.mode >> 5 & 1 != 0 {
                    sum.clamp(i32::MIN.into(), i32::MAX.into())
                } else {
                    sum
                };
                u64::from(sum as u32)
            }
            3 => (0..k)
                .fold(f64::from_bits(c), |sum, at| {
                    let (x, y) = pair(at);
                    f64::from_bits(x).mul_add(f64::from_bits(y), sum)
                })
                .to_bits(),
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
                if d_form == 1 {
                    u64::from(F16Format::put(sum))
                } else {
                    u64::from(sum.to_bits())
                }
            }
        };
    }
    let bits = width(d_form);
    let per = (32 / bits).max(1);
    for (register, &d) in d_rows.iter().enumerate() {
        let values: [u64; 32] = std::array::from_fn(|lane| {
            (0..per).fold(0, |value, part| {
                value | out[((register * 32 + lane) * per + part) % out.len()] << (part * bits)
            })
        });
        // SAFETY: as above.
        unsafe {
            if bits == 64 {
                super::vector::write::<u64>(w.row(d), mask, &values);
            } else {
                super::vector::write::<u32>(w.row(d), mask, &values.map(|value| value as u32));
            }
        }
    }
    true
}
