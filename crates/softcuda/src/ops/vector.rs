//! Instructions as functions of one lane, lifted to 32-lane vectors for the widest instruction set at hand.
//!
//! The closures given here capture nothing: their type alone says what to compute, and each is compiled three times
//! (baseline, AVX2, AVX-512) inside a function whose loop over the lanes the compiler vectorises.

use crate::device::op::{Op, Run};
use crate::device::warp::Warp;
use std::sync::OnceLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Level {
    Baseline,
    Avx2,
    Avx512,
}

/// The widest instruction set this processor has.
pub fn level() -> Level {
    static LEVEL: OnceLock<Level> = OnceLock::new();
    *LEVEL.get_or_init(|| {
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("fma")
                && is_x86_feature_detected!("f16c")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("lzcnt");
            let avx512 = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512cd");
            match (avx2, avx512) {
                (true, true) => return Level::Avx512,
                (true, false) => return Level::Avx2,
                _ => {}
            }
        }
        Level::Baseline
    })
}

/// A value that a lane of a register row can hold.
pub trait Lane: Copy {
    /// 32-bit words of a row.
    const WORDS: usize;
    /// # Safety
    /// `row` must point to a row of this type's size.
    unsafe fn get(row: *const u32, lane: usize) -> Self;
    /// # Safety
    /// As [`Lane::get`].
    unsafe fn put(row: *mut u32, lane: usize, value: Self);
}

macro_rules! lane {
    ($($ty:ty: |$bits:ident| $from:expr, |$value:ident| $to:expr, $word:ty;)*) => {$(
        impl Lane for $ty {
            const WORDS: usize = 32 * size_of::<$word>() / 4;
            #[inline(always)]
            unsafe fn get(row: *const u32, lane: usize) -> $ty {
                // SAFETY: the caller's row has 32 lanes of this width.
                let $bits = unsafe { *row.cast::<$word>().add(lane) };
                $from
            }
            #[inline(always)]
            unsafe fn put(row: *mut u32, lane: usize, $value: $ty) {
                // SAFETY: the caller's row has 32 lanes of this width.
                unsafe { *row.cast::<$word>().add(lane) = $to }
            }
        }
    )*};
}

lane! {
    u8: |bits| bits as u8, |value| value as u32, u32;
    i8: |bits| bits as i8, |value| value as u8 as u32, u32;
    u16: |bits| bits as u16, |value| value as u32, u32;
    i16: |bits| bits as i16, |value| value as u16 as u32, u32;
    u32: |bits| bits, |value| value, u32;
    i32: |bits| bits as i32, |value| value as u32, u32;
    f32: |bits| f32::from_bits(bits), |value| value.to_bits(), u32;
    u64: |bits| bits, |value| value, u64;
    i64: |bits| bits as i64, |value| value as u64, u64;
    f64: |bits| f64::from_bits(bits), |value| value.to_bits(), u64;
}

impl Lane for u128 {
    const WORDS: usize = 128;
    #[inline(always)]
    unsafe fn get(row: *const u32, lane: usize) -> u128 {
        let row = row.cast::<u64>();
        // SAFETY: a 128-bit row is a row of low and a row of high halves.
        unsafe { *row.add(lane) as u128 | (*row.add(32 + lane) as u128) << 64 }
    }
    #[inline(always)]
    unsafe fn put(row: *mut u32, lane: usize, value: u128) {
        let row = row.cast::<u64>();
        // SAFETY: as in `get`.
        unsafe {
            *row.add(lane) = value as u64;
            *row.add(32 + lane) = (value >> 64) as u64;
        }
    }
}

/// Writes the masked lanes of a result.
///
/// # Safety
/// `row` must point to a row of `R`.
#[inline(always)]
pub unsafe fn write<R: Lane>(row: *mut u32, mask: u32, values: &[R; 32]) {
    // SAFETY: the caller's row has 32 lanes.
    unsafe {
        if mask == !0 {
            for (lane, value) in values.iter().enumerate() {
                R::put(row, lane, *value);
            }
        } else {
            for (lane, value) in values.iter().enumerate() {
                let old = R::get(row, lane);
                R::put(row, lane, if mask >> lane & 1 != 0 { *value } else { old });
            }
        }
    }
}

/// Replaces the masked bits of a predicate.
///
/// # Safety
/// `word` must point to a predicate.
#[inline(always)]
pub unsafe fn write_predicate(word: *mut u32, mask: u32, bits: u32) {
    // SAFETY: by contract.
    unsafe { *word = *word & !mask | bits & mask }
}

/// Conjures a closure that captures nothing.
#[inline(always)]
#[allow(clippy::uninit_assumed_init)]
pub fn function<F: Copy>() -> F {
    const { assert!(size_of::<F>() == 0, "an instruction's closure must not capture") };
    // SAFETY: a value of a type without size has no bytes; its existence was proved by the value given at decoding.
    unsafe { std::mem::MaybeUninit::<F>::uninit().assume_init() }
}

macro_rules! lifted {
    ($name:ident, $body:ident, $($generic:ident: $bound:path),+; $f:ident: $signature:path) => {
        /// Lifts a function of one lane to a warp.
        pub fn $name<$($generic: $bound),+, $f: $signature + Copy>(_: $f) -> Run {
            mod levels {
                use super::*;
                pub unsafe fn baseline<$($generic: $bound),+, $f: $signature + Copy>(w: &mut Warp, op: &Op, mask: u32) -> bool {
                    // SAFETY: the decoder made the operands' rows of these types.
                    unsafe { $body::<$($generic),+, $f>(w, op, mask) }
                    true
                }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
                pub unsafe fn avx2<$($generic: $bound),+, $f: $signature + Copy>(w: &mut Warp, op: &Op, mask: u32) -> bool {
                    // SAFETY: as above.
                    unsafe { $body::<$($generic),+, $f>(w, op, mask) }
                    true
                }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
                pub unsafe fn avx512<$($generic: $bound),+, $f: $signature + Copy>(w: &mut Warp, op: &Op, mask: u32) -> bool {
                    // SAFETY: as above.
                    unsafe { $body::<$($generic),+, $f>(w, op, mask) }
                    true
                }
            }
            match level() {
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => levels::avx512::<$($generic),+, $f>,
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => levels::avx2::<$($generic),+, $f>,
                _ => levels::baseline::<$($generic),+, $f>,
            }
        }
    };
}

/// A row on the stack, as large as the largest.
#[repr(C, align(64))]
pub struct Scratch(std::mem::MaybeUninit<[u32; 128]>);

impl Scratch {
    #[inline(always)]
    pub fn new() -> Scratch {
        Scratch(std::mem::MaybeUninit::uninit())
    }

    #[inline(always)]
    pub fn row(&mut self) -> *mut u32 {
        self.0.as_mut_ptr().cast()
    }
}

/// A source row that does not overlap the destination: a copy where they are the same. The loops over lanes can be
/// vectorised then.
///
/// # Safety
/// `source` must point to a row of `A`.
#[inline(always)]
unsafe fn apart<A: Lane>(source: *mut u32, destination: *mut u32, copy: &mut Scratch) -> *const u32 {
    if source != destination {
        return source;
    }
    // SAFETY: rows are as long as their type says, and no row is longer than the scratch.
    unsafe { std::ptr::copy_nonoverlapping(source, copy.row(), A::WORDS) };
    copy.row()
}

/// Replaces the masked lanes of a row by those of another.
///
/// # Safety
/// Both must point to rows of `R`.
#[inline(never)]
pub unsafe fn blend<R: Lane>(to: *mut u32, from: *const u32, mask: u32) {
    for lane in 0..32 {
        // SAFETY: by contract.
        unsafe {
            let (old, new) = (R::get(to, lane), R::get(from, lane));
            R::put(to, lane, if mask >> lane & 1 != 0 { new } else { old });
        }
    }
}

/// Runs a loop over lanes into the destination itself, or into a scratch row of which the masked lanes are kept.
macro_rules! into_row {
    ($w:ident, $op:ident, $mask:ident, $result:ty, |$to:ident| $body:block) => {
        let (d, mut scratch) = ($w.row($op.d), Scratch::new());
        let $to = if $mask == !0 { d } else { scratch.row() };
        $body
        if $mask != !0 {
            // SAFETY: the decoder made the destination of this type; the loop filled the scratch.
            unsafe { blend::<$result>(d, $to, $mask) };
        }
    };
}

#[inline(always)]
unsafe fn unary_body<A: Lane, R: Lane, F: Fn(A) -> R + Copy>(w: &mut Warp, op: &Op, mask: u32) {
    let f = function::<F>();
    let mut copy = Scratch::new();
    into_row!(w, op, mask, R, |to| {
        // SAFETY: the decoder made these rows.
        unsafe {
            let a = apart::<A>(w.row(op.a), to, &mut copy);
            for lane in 0..32 {
                R::put(to, lane, f(A::get(a, lane)));
            }
        }
    });
}

#[inline(always)]
unsafe fn binary_body<A: Lane, B: Lane, R: Lane, F: Fn(A, B) -> R + Copy>(w: &mut Warp, op: &Op, mask: u32) {
    let f = function::<F>();
    let mut copies = [Scratch::new(), Scratch::new()];
    into_row!(w, op, mask, R, |to| {
        // SAFETY: the decoder made these rows.
        unsafe {
            let a = apart::<A>(w.row(op.a), to, &mut copies[0]);
            let b = apart::<B>(w.row(op.b), to, &mut copies[1]);
            for lane in 0..32 {
                R::put(to, lane, f(A::get(a, lane), B::get(b, lane)));
            }
        }
    });
}

#[inline(always)]
unsafe fn ternary_body<A: Lane, B: Lane, C: Lane, R: Lane, F: Fn(A, B, C) -> R + Copy>(
    w: &mut Warp,
    op: &Op,
    mask: u32,
) {
    let f = function::<F>();
    let mut copies = [Scratch::new(), Scratch::new(), Scratch::new()];
    into_row!(w, op, mask, R, |to| {
        // SAFETY: the decoder made these rows.
        unsafe {
            let a = apart::<A>(w.row(op.a), to, &mut copies[0]);
            let b = apart::<B>(w.row(op.b), to, &mut copies[1]);
            let c = apart::<C>(w.row(op.c), to, &mut copies[2]);
            for lane in 0..32 {
                R::put(to, lane, f(A::get(a, lane), B::get(b, lane), C::get(c, lane)));
            }
        }
    });
}

#[inline(always)]
unsafe fn ternary_immediate_body<A: Lane, B: Lane, C: Lane, R: Lane, F: Fn(A, B, C, i64) -> R + Copy>(
    w: &mut Warp,
    op: &Op,
    mask: u32,
) {
    let f = function::<F>();
    let immediate = op.immediate;
    let mut copies = [Scratch::new(), Scratch::new(), Scratch::new()];
    into_row!(w, op, mask, R, |to| {
        // SAFETY: the decoder made these rows.
        unsafe {
            let a = apart::<A>(w.row(op.a), to, &mut copies[0]);
            let b = apart::<B>(w.row(op.b), to, &mut copies[1]);
            let c = apart::<C>(w.row(op.c), to, &mut copies[2]);
            for lane in 0..32 {
                R::put(
                    to,
                    lane,
                    f(A::get(a, lane), B::get(b, lane), C::get(c, lane), immediate),
                );
            }
        }
    });
}

/// Eight truth values as bits.
#[inline(always)]
fn pack_truth(bytes: [u8; 8]) -> u32 {
    // Each product bit lands in the top byte once.
    (u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
}

/// 32 truth values (0 or 1) as a lane mask.
#[inline(always)]
pub fn truth_mask(truth: &[u8; 32]) -> u32 {
    let part = |at: usize| {
        pack_truth([
            truth[at],
            truth[at + 1],
            truth[at + 2],
            truth[at + 3],
            truth[at + 4],
            truth[at + 5],
            truth[at + 6],
            truth[at + 7],
        ])
    };
    part(0) | part(8) << 8 | part(16) << 16 | part(24) << 24
}

/// A comparison: bits to the predicate `d`, combined with the predicate `c` by `mode`, the complement to `immediate`.
#[inline(always)]
unsafe fn compare_body<A: Lane, F: Fn(A, A) -> bool + Copy>(w: &mut Warp, op: &Op, mask: u32) {
    let f = function::<F>();
    let (a, b) = (w.row(op.a), w.row(op.b));
    let mut truth = [0u8; 32];
    for (lane, yes) in truth.iter_mut().enumerate() {
        // SAFETY: the decoder made these rows.
        *yes = unsafe { f(A::get(a, lane), A::get(b, lane)) } as u8;
    }
    finish_compare(w, op, mask, truth_mask(&truth));
}

/// Combines a comparison's result with its predicate operand and writes both destinations.
#[inline(always)]
pub fn finish_compare(w: &mut Warp, op: &Op, mask: u32, bits: u32) {
    let (mut yes, mut no) = (bits, !bits);
    if op.mode & 7 != 0 {
        // SAFETY: with a mode the decoder set `c` to a predicate.
        let mut c = unsafe { *w.row(op.c) };
        if op.mode & 8 != 0 {
            c = !c;
        }
        (yes, no) = match op.mode & 7 {
            1 => (yes & c, no & c),
            2 => (yes | c, no | c),
            _ => (yes ^ c, no ^ c),
        };
    }
    // SAFETY: destinations are predicates.
    unsafe {
        write_predicate(w.row(op.d), mask, yes);
        if op.immediate != -1 {
            write_predicate(w.row(op.immediate as u32), mask, no);
        }
    }
}

lifted!(unary, unary_body, A: Lane, R: Lane; F: Fn(A) -> R);
lifted!(binary, binary_body, A: Lane, B: Lane, R: Lane; F: Fn(A, B) -> R);
lifted!(ternary, ternary_body, A: Lane, B: Lane, C: Lane, R: Lane; F: Fn(A, B, C) -> R);
lifted!(ternary_immediate, ternary_immediate_body, A: Lane, B: Lane, C: Lane, R: Lane; F: Fn(A, B, C, i64) -> R);
lifted!(compare, compare_body, A: Lane; F: Fn(A, A) -> bool);

/// Compiles a generic function of a warp for each instruction set, and makes the function that picks one.
macro_rules! leveled {
    ($name:ident, $body:ident $(, $generic:ident: $bound:path)*) => {
        pub fn $name<$($generic: $bound),*>() -> crate::device::op::Run {
            mod levels {
                use super::*;
                pub unsafe fn baseline<$($generic: $bound),*>(w: &mut Warp, op: &Op, mask: u32) -> bool {
                    // SAFETY: the decoder made the operands' rows of these types.
                    unsafe { $body::<$($generic),*>(w, op, mask) }
                }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
                pub unsafe fn avx2<$($generic: $bound),*>(w: &mut Warp, op: &Op, mask: u32) -> bool {
                    // SAFETY: as above.
                    unsafe { $body::<$($generic),*>(w, op, mask) }
                }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
                pub unsafe fn avx512<$($generic: $bound),*>(w: &mut Warp, op: &Op, mask: u32) -> bool {
                    // SAFETY: as above.
                    unsafe { $body::<$($generic),*>(w, op, mask) }
                }
            }
            match crate::ops::vector::level() {
                #[cfg(target_arch = "x86_64")]
                crate::ops::vector::Level::Avx512 => levels::avx512::<$($generic),*>,
                #[cfg(target_arch = "x86_64")]
                crate::ops::vector::Level::Avx2 => levels::avx2::<$($generic),*>,
                _ => levels::baseline::<$($generic),*>,
            }
        }
    };
}
pub(super) use leveled;
