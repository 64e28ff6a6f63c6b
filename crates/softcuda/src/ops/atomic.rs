//! atom and red (PTX ISA 9.7.13.4 on). Every lane's operation is a compare-and-swap loop on the host, lanes in order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU16, AtomicU32, AtomicU64, Ordering};

use super::float::{max32, min32};
use super::half::{Bf16Format, F16Format, Format};
use super::matrix::vector;
use super::memory::{Access, GENERIC, GLOBAL, address_field, release, resolve, set_address, take_hints, take_space};
use super::vector::Lane;
use crate::decode::{Builder, Field, Result};
use crate::device::op::{Class, Op, Run};
use crate::device::warp::{Warp, each};
use crate::ptx::{Operand, Type::*};

/// What an operation that may be waiting for others takes from its warp's time slice.
pub const POLL: i64 = 40;

/// A width that atomics work on.
pub trait Cell: Lane + PartialEq {
    /// Replaces the value by what `f` makes of it; the old one.
    ///
    /// # Safety
    /// `at` must be aligned and valid.
    unsafe fn update(at: u64, f: impl Fn(Self) -> Self) -> Self;
}

macro_rules! cell {
    ($($ty:ty => $atomic:ty),*) => {$(impl Cell for $ty {
        #[inline(always)]
        unsafe fn update(at: u64, f: impl Fn($ty) -> $ty) -> $ty {
            // SAFETY: by contract; kernels touch device memory through the same address.
            let cell = unsafe { <$atomic>::from_ptr(at as *mut $ty) };
            let mut old = cell.load(Ordering::SeqCst);
            loop {
                match cell.compare_exchange_weak(old, f(old), Ordering::SeqCst, Ordering::SeqCst) {
                    Ok(old) => return old,
                    Err(now) => old = now,
                }
            }
        }
    })*};
}
cell!(u16 => AtomicU16, u32 => AtomicU32, u64 => AtomicU64);

impl Cell for u128 {
    unsafe fn update(at: u64, f: impl Fn(u128) -> u128) -> u128 {
        static LOCK: Mutex<()> = Mutex::new(());
        let _guard = LOCK.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // SAFETY: by contract; all 128-bit atomics hold the lock.
        unsafe {
            let old = (at as *const u128).read_unaligned();
            (at as *mut u128).write_unaligned(f(old));
            old
        }
    }
}

/// An operation: memory's value, operand, compare or third operand.
fn atomic<T: Cell, F: Fn(T, T, T) -> T + Copy>(_: F) -> Run {
    unsafe fn run<T: Cell, F: Fn(T, T, T) -> T + Copy>(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let f = super::vector::function::<F>();
        w.polls += 1;
        w.budget -= POLL;
        release(w, op);
        // Each element of a vector: destination, operand.
        let count = usize::from(op.width >> 4).max(1);
        let size = size_of::<T>() as u64;
        let Some((pointers, _)) = resolve(w, op, mask, size * count as u64, Access::Atomic) else {
            return false;
        };
        let list = w.list(op);
        for index in 0..count {
            let (d, b, c) = (list[index * 3], w.row(list[index * 3 + 1]), w.row(list[index * 3 + 2]));
            let mut old = [None; 32];
            for lane in each(mask) {
                // SAFETY: `resolve` proved address and alignment; the decoder gave rows of `T`.
                unsafe {
                    let (b, c) = (T::get(b, lane), T::get(c, lane));
                    old[lane] = Some(T::update(pointers[lane] + size * index as u64, |value| f(value, b, c)));
                }
            }
            for (lane, value) in old.into_iter().enumerate() {
                if let Some(value) = value {
                    // SAFETY: as above.
                    unsafe { T::put(w.row(d), lane, value) };
                }
            }
        }
        true
    }
    run::<T, F>
}

fn float(f: impl Fn(f32, f32) -> f32, x: u32, y: u32) -> u32 {
    f(f32::from_bits(x), f32::from_bits(y)).to_bits()
}

fn half<F: Format>(f: impl Fn(f32, f32) -> f32, x: u16, y: u16) -> u16 {
    F::put(f(F::get(x), F::get(y)))
}

fn pair<F: Format>(f: impl Fn(f32, f32) -> f32 + Copy, x: u32, y: u32) -> u32 {
    u32::from(half::<F>(f, x as u16, y as u16)) | u32::from(half::<F>(f, (x >> 16) as u16, (y >> 16) as u16)) << 16
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let red = b.instruction.opcode == "red";
    if b.take("async") {
        return b.unsupported();
    }
    let (space, strength) = take_space(&mut b);
    b.op.flops = strength as u16;
    let names = ["add", "min", "max", "inc", "dec", "and", "or", "xor", "exch", "cas"];
    let Some(name) = b.take_any(&names) else {
        return b.error("the operation is missing");
    };
    b.take("noftz");
    take_hints(&mut b);
    let count = match b.take_any(&["v2", "v4", "v8"]) {
        Some("v2") => 2,
        Some("v4") => 4,
        Some(_) => 8,
        None => 1,
    };
    let ty = b.ty()?;
    let run = match (name, ty) {
        ("add", U32 | S32) => atomic(|x: u32, y: u32, _: u32| x.wrapping_add(y)),
        ("add", U64 | S64) => atomic(|x: u64, y: u64, _: u64| x.wrapping_add(y)),
        ("add", F32) => atomic(|x: u32, y: u32, _: u32| float(|x, y| x + y, x, y)),
        ("add", F64) => atomic(|x: u64, y: u64, _: u64| (f64::from_bits(x) + f64::from_bits(y)).to_bits()),
        ("add", F16) => atomic(|x: u16, y: u16, _: u16| half::<F16Format>(|x, y| x + y, x, y)),
        ("add", Bf16) => atomic(|x: u16, y: u16, _: u16| half::<Bf16Format>(|x, y| x + y, x, y)),
        ("add", F16x2) => atomic(|x: u32, y: u32, _: u32| pair::<F16Format>(|x, y| x + y, x, y)),
        ("add", Bf16x2) => atomic(|x: u32, y: u32, _: u32| pair::<Bf16Format>(|x, y| x + y, x, y)),
        ("min", U32) => atomic(|x: u32, y: u32, _: u32| x.min(y)),
        ("min", S32) => atomic(|x: u32, y: u32, _: u32| (x as i32).min(y as i32) as u32),
        ("min", U64) => atomic(|x: u64, y: u64, _: u64| x.min(y)),
        ("min", S64) => atomic(|x: u64, y: u64, _: u64| (x as i64).min(y as i64) as u64),
        ("max", U32) => atomic(|x: u32, y: u32, _: u32| x.max(y)),
        ("max", S32) => atomic(|x: u32, y: u32, _: u32| (x as i32).max(y as i32) as u32),
        ("max", U64) => atomic(|x: u64, y: u64, _: u64| x.max(y)),
        ("max", S64) => atomic(|x: u64, y: u64, _: u64| (x as i64).max(y as i64) as u64),
        ("min", F16) => atomic(|x: u16, y: u16, _: u16| half::<F16Format>(min32::<false>, x, y)),
        ("max", F16) => atomic(|x: u16, y: u16, _: u16| half::<F16Format>(max32::<false>, x, y)),
        ("min", Bf16) => atomic(|x: u16, y: u16, _: u16| half::<Bf16Format>(min32::<false>, x, y)),
        ("max", Bf16) => atomic(|x: u16, y: u16, _: u16| half::<Bf16Format>(max32::<false>, x, y)),
        ("min", F16x2) => atomic(|x: u32, y: u32, _: u32| pair::<F16Format>(min32::<false>, x, y)),
        ("max", F16x2) => atomic(|x: u32, y: u32, _: u32| pair::<F16Format>(max32::<false>, x, y)),
        ("min", Bf16x2) => atomic(|x: u32, y: u32, _: u32| pair::<Bf16Format>(min32::<false>, x, y)),
        ("max", Bf16x2) => atomic(|x: u32, y: u32, _: u32| pair::<Bf16Format>(max32::<false>, x, y)),
        ("inc", U32) => atomic(|x: u32, y: u32, _: u32| if x >= y { 0 } else { x + 1 }),
        ("dec", U32) => atomic(|x: u32, y: u32, _: u32| if x == 0 || x > y { y } else { x - 1 }),
        ("and", B32 | U32 | S32) => atomic(|x: u32, y: u32, _: u32| x & y),
        ("and", B64) => atomic(|x: u64, y: u64, _: u64| x & y),
        ("or", B32 | U32 | S32) => atomic(|x: u32, y: u32, _: u32| x | y),
        ("or", B64) => atomic(|x: u64, y: u64, _: u64| x | y),
        ("xor", B32 | U32 | S32) => atomic(|x: u32, y: u32, _: u32| x ^ y),
        ("xor", B64) => atomic(|x: u64, y: u64, _: u64| x ^ y),
        ("exch", B32 | U32 | S32 | F32) => atomic(|_: u32, y: u32, _: u32| y),
        ("exch", B64 | U64 | S64 | F64) => atomic(|_: u64, y: u64, _: u64| y),
        ("exch", B128) => atomic(|_: u128, y: u128, _: u128| y),
        ("cas", B16 | U16 | S16) => atomic(|x: u16, y: u16, z: u16| if x == y { z } else { x }),
        ("cas", B32 | U32 | S32) => atomic(|x: u32, y: u32, z: u32| if x == y { z } else { x }),
        ("cas", B64 | U64 | S64) => atomic(|x: u64, y: u64, z: u64| if x == y { z } else { x }),
        ("cas", B128) => atomic(|x: u128, y: u128, z: u128| if x == y { z } else { x }),
        _ => return b.unsupported(),
    };
    let at = usize::from(!red);
    let wanted = at + if name == "cas" { 3 } else { 2 };
    if b.count() < wanted || b.count() > wanted + 1 {
        return b.error(format!("{wanted} operands expected"));
    }
    set_address(&mut b, at, space)?;
    let values = vector(b.operand(at + 1)?);
    let destinations = if red { Vec::new() } else { vector(b.operand(0)?) };
    if values.len() != count || !red && destinations.len() != count {
        return b.error(format!("a vector of {count} is expected"));
    }
    // The old value makes the order of blocks visible, and so does rounding.
    let used = destinations.iter().any(|operand| !matches!(operand, Operand::Sink));
    let rounds = name == "add" && ty.is_float();
    if matches!(b.op.mode & 15, GLOBAL | GENERIC) {
        b.function.ordered |= used || rounds || matches!(name, "exch" | "cas" | "inc" | "dec");
    }
    b.op.width = ty.bytes() as u8 & 15 | (count as u8) << 4;
    b.function.smallest_access(b.op.mode & 15, ty.bytes() as u8);
    for (index, value) in values.into_iter().enumerate() {
        let value = b.source(value, ty)?;
        let third = if name == "cas" { b.src(at + 2, ty)? } else { value };
        let d = match destinations.get(index) {
            Some(operand) => b.destination(operand, ty)?,
            None => b.fresh(crate::decode::RegisterClass::of(ty)),
        };
        b.list_define(d);
        b.list_source(value);
        b.list_source(third);
    }
    let fields: Vec<Field> = address_field(&b);
    b.emit(run, Class::Atomic, &fields)
}
