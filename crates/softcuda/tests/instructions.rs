//! Each instruction against plain Rust, over edge values and lane masks.

mod common;

use common::{Device, random};

type Reference = fn(u64, u64, u64) -> u64;

/// An instruction over registers d, a, b, c; the types of d and of the three sources; what it should give.
struct Case {
    text: &'static str,
    types: [&'static str; 4],
    want: Reference,
}

fn f(bits: u64) -> f32 {
    f32::from_bits(bits as u32)
}
fn d(bits: u64) -> f64 {
    f64::from_bits(bits)
}
fn s(value: f32) -> u64 {
    if value.is_nan() {
        0x7fff_ffff
    } else {
        value.to_bits().into()
    }
}
fn flush(value: f32) -> f32 {
    if value.is_subnormal() {
        0f32.copysign(value)
    } else {
        value
    }
}
fn narrow_up(value: f64) -> u64 {
    let near = value as f32;
    s(if f64::from(near) < value { near.next_up() } else { near })
}
fn narrow_down(value: f64) -> u64 {
    let near = value as f32;
    s(if f64::from(near) > value {
        near.next_down()
    } else {
        near
    })
}
fn narrow_zero(value: f64) -> u64 {
    let near = value as f32;
    s(if f64::from(near).abs() > value.abs() {
        f32::from_bits(near.to_bits() - 1)
    } else {
        near
    })
}

const B32: [&str; 4] = ["b32"; 4];
const B64: [&str; 4] = ["b64"; 4];

macro_rules! cases {
    ($($text:literal $types:expr => |$a:tt, $b:tt, $c:tt| $body:expr;)*) => {
        vec![$(Case { text: $text, types: $types, want: |$a, $b, $c| ($body) as u64 }),*]
    };
}

fn integer_cases() -> Vec<Case> {
    cases! {
        "add.s32 %d, %a, %b;" B32 => |a, b, _| (a as u32).wrapping_add(b as u32);
        "add.sat.s32 %d, %a, %b;" B32 => |a, b, _| (a as i32).saturating_add(b as i32) as u32;
        "sub.sat.s32 %d, %a, %b;" B32 => |a, b, _| (a as i32).saturating_sub(b as i32) as u32;
        "add.u64 %d, %a, %b;" B64 => |a, b, _| a.wrapping_add(b);
        "sub.s64 %d, %a, %b;" B64 => |a, b, _| a.wrapping_sub(b);
        "mul.lo.s32 %d, %a, %b;" B32 => |a, b, _| (a as u32).wrapping_mul(b as u32);
        "mul.hi.s32 %d, %a, %b;" B32 => |a, b, _| ((a as i32 as i64 * b as i32 as i64) >> 32) as u32;
        "mul.hi.u32 %d, %a, %b;" B32 => |a, b, _| ((a as u32 as u64 * b as u32 as u64) >> 32) as u32;
        "mul.wide.s32 %d, %a, %b;" ["b64", "b32", "b32", "b32"] => |a, b, _| a as i32 as i64 * b as i32 as i64;
        "mul.hi.u64 %d, %a, %b;" B64 => |a, b, _| (a as u128 * b as u128) >> 64;
        "mul.hi.s64 %d, %a, %b;" B64 => |a, b, _| (a as i64 as i128 * b as i64 as i128) >> 64;
        "mad.lo.s32 %d, %a, %b, %c;" B32 => |a, b, c| (a as u32).wrapping_mul(b as u32).wrapping_add(c as u32);
        "mad.wide.u32 %d, %a, %b, %c;" ["b64", "b32", "b32", "b64"] => |a, b, c| (a as u32 as u64 * b as u32 as u64).wrapping_add(c);
        "mad24.lo.s32 %d, %a, %b, %c;" B32 => |a, b, c| ((((a as i32) << 8) >> 8).wrapping_mul(((b as i32) << 8) >> 8)).wrapping_add(c as i32) as u32;
        "div.s32 %d, %a, %b;" B32 => |a, b, _| if b as u32 == 0 { !0u32 } else { (a as i32).wrapping_div(b as i32) as u32 };
        "div.u32 %d, %a, %b;" B32 => |a, b, _| (a as u32).checked_div(b as u32).unwrap_or(!0);
        "rem.s32 %d, %a, %b;" B32 => |a, b, _| if b as u32 == 0 { a as u32 } else { (a as i32).wrapping_rem(b as i32) as u32 };
        "div.s64 %d, %a, %b;" B64 => |a, b, _| if b == 0 { !0 } else { (a as i64).wrapping_div(b as i64) as u64 };
        "rem.u64 %d, %a, %b;" B64 => |a, b, _| a.checked_rem(b).unwrap_or(a);
        "abs.s32 %d, %a;" B32 => |a, _, _| (a as i32).wrapping_abs() as u32;
        "neg.s64 %d, %a;" B64 => |a, _, _| a.wrapping_neg();
        "min.s32 %d, %a, %b;" B32 => |a, b, _| (a as i32).min(b as i32) as u32;
        "max.u64 %d, %a, %b;" B64 => |a, b, _| a.max(b);
        "sad.s32 %d, %a, %b, %c;" B32 => |a, b, c| (c as u32).wrapping_add((a as i32).abs_diff(b as i32));
        "popc.b64 %d, %a;" ["b32", "b64", "b64", "b64"] => |a, _, _| a.count_ones();
        "clz.b32 %d, %a;" B32 => |a, _, _| (a as u32).leading_zeros();
        "brev.b64 %d, %a;" B64 => |a, _, _| a.reverse_bits();
        "bfind.s32 %d, %a;" B32 => |a, _, _| { let x = a as i32; let x = if x < 0 { !x } else { x }; if x == 0 { !0u32 } else { 31 - x.leading_zeros() } };
        "bfind.shiftamt.u32 %d, %a;" B32 => |a, _, _| if a as u32 == 0 { !0u32 } else { (a as u32).leading_zeros() };
        "and.b32 %d, %a, %b;" B32 => |a, b, _| (a & b) as u32;
        "xor.b64 %d, %a, %b;" B64 => |a, b, _| a ^ b;
        "not.b32 %d, %a;" B32 => |a, _, _| !(a as u32);
        "cnot.b32 %d, %a;" B32 => |a, _, _| (a as u32 == 0) as u32;
        "lop3.b32 %d, %a, %b, %c, 0x1b;" B32 => |a, b, c| {
            (0..32).fold(0u32, |out, bit| {
                let index = (a >> bit & 1) << 2 | (b >> bit & 1) << 1 | c >> bit & 1;
                out | ((0x1bu32 >> index) & 1) << bit
            })
        };
        "shl.b32 %d, %a, %b;" B32 => |a, b, _| if b as u32 > 31 { 0 } else { (a as u32) << b as u32 };
        "shr.s32 %d, %a, %b;" B32 => |a, b, _| ((a as i32) >> (b as u32).min(31)) as u32;
        "shr.u64 %d, %a, %b;" ["b64", "b64", "b32", "b32"] => |a, b, _| if b as u32 > 63 { 0 } else { a >> b as u32 };
        "shf.l.wrap.b32 %d, %a, %b, %c;" B32 => |a, b, c| ((b << 32 | a & 0xffff_ffff) << (c & 31) >> 32) as u32;
        "shf.r.clamp.b32 %d, %a, %b, %c;" B32 => |a, b, c| ((b << 32 | a & 0xffff_ffff) >> (c as u32).min(32)) as u32;
        "bfe.u32 %d, %a, 5, 9;" B32 => |a, _, _| (a as u32) >> 5 & 0x1ff;
        "bfe.s32 %d, %a, 28, 9;" B32 => |a, _, _| ((a as i32) >> 28) as u32;
        "bfe.s64 %d, %a, 3, 20;" B64 => |a, _, _| ((a as i64) << 41 >> 44) as u64;
        "bfi.b32 %d, %a, %b, 4, 8;" B32 => |a, b, _| (b as u32) & !0xff0 | (a as u32) << 4 & 0xff0;
        "bmsk.clamp.b32 %d, %a, %b;" B32 => |a, b, _| { let (p, n) = (a as u32, b as u32); if p > 31 { 0 } else { ((((1u64 << n.min(32)) - 1) << p) & 0xffff_ffff) as u32 } };
        "prmt.b32 %d, %a, %b, 0x7c31;" B32 => |a, b, _| {
            let bytes = (b << 32 | a & 0xffff_ffff).to_le_bytes();
            u32::from_le_bytes([bytes[1], bytes[3], if bytes[4] & 0x80 != 0 { 0xff } else { 0 }, bytes[7]])
        };
        "dp4a.s32.u32 %d, %a, %b, %c;" B32 => |a, b, c| (0..4).fold(c as u32, |sum, i| sum.wrapping_add(((a >> (8 * i)) as i8 as i32 * (b >> (8 * i)) as u8 as i32) as u32));
        "slct.b32.s32 %d, %a, %b, %c;" B32 => |a, b, c| if c as i32 >= 0 { a as u32 } else { b as u32 };
        "{ .reg .pred q; setp.lt.u32 q, %a, %b; selp.b32 %d, %a, %c, q; }" B32 => |a, b, c| if (a as u32) < b as u32 { a as u32 } else { c as u32 };
        "{ .reg .pred q, r; setp.ge.s32 q|r, %a, %b; selp.b32 %d, 1, 2, r; @q add.s32 %d, %d, 10; }" B32 => |a, b, _| if a as i32 >= b as i32 { 12u32 } else { 1 };
        "set.gt.u32.s32 %d, %a, %b;" B32 => |a, b, _| if a as i32 > b as i32 { !0u32 } else { 0 };
        "{ .reg .b32 t; add.cc.u32 t, %a, %b; addc.u32 %d, %c, 0; }" B32 => |a, b, c| (c as u32).wrapping_add((a as u32).overflowing_add(b as u32).1 as u32);
        "{ .reg .b32 t; sub.cc.u32 t, %a, %b; subc.u32 %d, %c, 0; }" B32 => |a, b, c| (c as u32).wrapping_sub((a as u32).overflowing_sub(b as u32).1 as u32);
        "{ .reg .b16 l, h; mov.b32 {l, h}, %a; mov.b32 %d, {h, l}; }" B32 => |a, _, _| (a as u32).rotate_left(16);
        "{ .reg .b32 l, h; mov.b64 {l, h}, %a; mov.b64 %d, {h, l}; }" B64 => |a, _, _| a.rotate_left(32);
        "{ .reg .pred q, r; setp.ne.u32 q, %a, 0; setp.eq.u32 r, %b, 0; xor.pred q, q, r; not.pred r, q; selp.u32 %d, 1, 0, r; }" B32 => |a, b, _| !((a as u32 != 0) ^ (b as u32 == 0)) as u32;
    }
}

fn float_cases() -> Vec<Case> {
    cases! {
        "add.rn.f32 %d, %a, %b;" B32 => |a, b, _| s(f(a) + f(b));
        "add.ftz.f32 %d, %a, %b;" B32 => |a, b, _| s(flush(flush(f(a)) + flush(f(b))));
        "sub.f32 %d, %a, %b;" B32 => |a, b, _| s(f(a) - f(b));
        "mul.rn.f32 %d, %a, %b;" B32 => |a, b, _| s(f(a) * f(b));
        "mul.rp.f32 %d, %a, %b;" B32 => |a, b, _| narrow_up(f64::from(f(a)) * f64::from(f(b)));
        "mul.rm.f32 %d, %a, %b;" B32 => |a, b, _| narrow_down(f64::from(f(a)) * f64::from(f(b)));
        "mul.rz.f32 %d, %a, %b;" B32 => |a, b, _| narrow_zero(f64::from(f(a)) * f64::from(f(b)));
        "mul.sat.f32 %d, %a, %b;" B32 => |a, b, _| { let v = f(a) * f(b); s(if v > 0.0 { v.min(1.0) } else { 0.0 }) };
        "fma.rn.f32 %d, %a, %b, %c;" B32 => |a, b, c| s(f(a).mul_add(f(b), f(c)));
        "div.rn.f32 %d, %a, %b;" B32 => |a, b, _| s(f(a) / f(b));
        "sqrt.rn.f32 %d, %a;" B32 => |a, _, _| s(f(a).sqrt());
        "rcp.rn.f32 %d, %a;" B32 => |a, _, _| s(1.0 / f(a));
        "min.f32 %d, %a, %b;" B32 => |a, b, _| { let (x, y) = (f(a), f(b)); s(if x == 0.0 && y == 0.0 { f32::from_bits((a | b) as u32) } else { x.min(y) }) };
        "max.NaN.f32 %d, %a, %b;" B32 => |a, b, _| { let (x, y) = (f(a), f(b)); s(if x.is_nan() || y.is_nan() { f32::NAN } else if x == 0.0 && y == 0.0 { f32::from_bits((a & b) as u32) } else { x.max(y) }) };
        "neg.f32 %d, %a;" B32 => |a, _, _| a as u32 ^ 0x8000_0000;
        "abs.f32 %d, %a;" B32 => |a, _, _| a as u32 & 0x7fff_ffff;
        "copysign.f32 %d, %a, %b;" B32 => |a, b, _| b as u32 & 0x7fff_ffff | a as u32 & 0x8000_0000;
        "add.rn.f64 %d, %a, %b;" B64 => |a, b, _| { let v = d(a) + d(b); v.to_bits() };
        "fma.rn.f64 %d, %a, %b, %c;" B64 => |a, b, c| d(a).mul_add(d(b), d(c)).to_bits();
        "div.rn.f64 %d, %a, %b;" B64 => |a, b, _| (d(a) / d(b)).to_bits();
        "sqrt.rn.f64 %d, %a;" B64 => |a, _, _| d(a).sqrt().to_bits();
        "{ .reg .pred q; setp.lt.f32 q, %a, %b; selp.u32 %d, 1, 0, q; }" B32 => |a, b, _| (f(a) < f(b)) as u32;
        "{ .reg .pred q; setp.neu.f32 q, %a, %b; selp.u32 %d, 1, 0, q; }" B32 => |a, b, _| (f(a) != f(b)) as u32;
        "{ .reg .pred q; setp.ne.f32 q, %a, %b; selp.u32 %d, 1, 0, q; }" B32 => |a, b, _| (f(a) < f(b) || f(a) > f(b)) as u32;
        "{ .reg .pred q; setp.nan.f32 q, %a, %b; selp.u32 %d, 1, 0, q; }" B32 => |a, b, _| (f(a).is_nan() || f(b).is_nan()) as u32;
        "{ .reg .pred q; testp.subnormal.f32 q, %a; selp.u32 %d, 1, 0, q; }" B32 => |a, _, _| f(a).is_subnormal() as u32;
        "set.le.f32.f32 %d, %a, %b;" B32 => |a, b, _| if f(a) <= f(b) { 0x3f80_0000u32 } else { 0 };
        "cvt.rzi.s32.f32 %d, %a;" B32 => |a, _, _| f(a) as i32 as u32;
        "cvt.rni.s32.f32 %d, %a;" B32 => |a, _, _| f(a).round_ties_even() as i32 as u32;
        "cvt.rmi.u32.f32 %d, %a;" B32 => |a, _, _| f(a).floor() as u32;
        "cvt.rpi.f32.f32 %d, %a;" B32 => |a, _, _| s(f(a).ceil());
        "cvt.rn.f32.s32 %d, %a;" B32 => |a, _, _| s(a as i32 as f32);
        "cvt.rz.f32.u32 %d, %a;" B32 => |a, _, _| narrow_zero(a as u32 as f64);
        "cvt.rn.f32.f64 %d, %a;" ["b32", "b64", "b64", "b64"] => |a, _, _| s(d(a) as f32);
        "cvt.rp.f32.f64 %d, %a;" ["b32", "b64", "b64", "b64"] => |a, _, _| if d(a).is_nan() { 0x7fff_ffff } else { narrow_up(d(a)) };
        "cvt.f64.f32 %d, %a;" ["b64", "b32", "b32", "b32"] => |a, _, _| f64::from(f(a)).to_bits();
        "cvt.s64.s32 %d, %a;" ["b64", "b32", "b32", "b32"] => |a, _, _| a as i32 as i64;
        "cvt.u16.u32 %d, %a;" ["b16", "b32", "b32", "b32"] => |a, _, _| a as u16;
        "cvt.sat.s8.s32 %d, %a;" ["b32", "b32", "b32", "b32"] => |a, _, _| (a as i32).clamp(-128, 127) as u32;
        "cvt.rn.f16.f32 %d, %a;" ["b16", "b32", "b32", "b32"] => |a, _, _| if f(a).is_nan() { 0x7fff } else { half::f16::from_f32(f(a)).to_bits() };
        "cvt.rn.bf16.f32 %d, %a;" ["b16", "b32", "b32", "b32"] => |a, _, _| if f(a).is_nan() { 0x7fff } else { half::bf16::from_f32(f(a)).to_bits() };
        "cvt.f32.f16 %d, %a;" ["b32", "b16", "b16", "b16"] => |a, _, _| s(half::f16::from_bits(a as u16).to_f32());
        "cvt.rn.bf16x2.f32 %d, %a, %b;" B32 => |a, b, _| { let one = |x: u64| if f(x).is_nan() { 0x7fff } else { half::bf16::from_f32(f(x)).to_bits() } as u32; one(a) << 16 | one(b) };
        "cvt.rna.tf32.f32 %d, %a;" B32 => |a, _, _| if f(a).is_nan() { 0x7fff_ffff } else if f(a).is_infinite() { a as u32 } else { (a as u32).wrapping_add(0x1000) & !0x1fff };
    }
}

fn half_cases() -> Vec<Case> {
    const B16: [&str; 4] = ["b16"; 4];
    fn h(bits: u64) -> f32 {
        half::f16::from_bits(bits as u16).to_f32()
    }
    fn put(value: f32) -> u16 {
        if value.is_nan() {
            0x7fff
        } else {
            half::f16::from_f32(value).to_bits()
        }
    }
    fn g(bits: u64) -> f32 {
        half::bf16::from_bits(bits as u16).to_f32()
    }
    fn put_g(value: f32) -> u16 {
        if value.is_nan() {
            0x7fff
        } else {
            half::bf16::from_f32(value).to_bits()
        }
    }
    cases! {
        "add.f16 %d, %a, %b;" B16 => |a, b, _| put(h(a) + h(b));
        "mul.f16 %d, %a, %b;" B16 => |a, b, _| put(h(a) * h(b));
        "mul.bf16 %d, %a, %b;" B16 => |a, b, _| put_g(g(a) * g(b));
        "sub.f16x2 %d, %a, %b;" B32 => |a, b, _| put(h(a) - h(b)) as u32 | (put(h(a >> 16) - h(b >> 16)) as u32) << 16;
        "add.bf16x2 %d, %a, %b;" B32 => |a, b, _| put_g(g(a) + g(b)) as u32 | (put_g(g(a >> 16) + g(b >> 16)) as u32) << 16;
        "neg.f16x2 %d, %a;" B32 => |a, _, _| a as u32 ^ 0x8000_8000;
        "abs.bf16 %d, %a;" B16 => |a, _, _| a as u16 & 0x7fff;
        "{ .reg .pred q; setp.lt.f16 q, %a, %b; selp.b16 %d, 1, 0, q; }" B16 => |a, b, _| (h(a) < h(b)) as u16;
    }
}

fn bits(ty: &str) -> u32 {
    ty[1..].parse().unwrap()
}

/// One kernel per case: guarded by a bit of the mask, over a destination filled before.
fn module(cases: &[Case]) -> String {
    let mut text = String::from(".version 8.0\n.target sm_90\n.address_size 64\n");
    for (index, case) in cases.iter().enumerate() {
        let [d, a, b, c] = case.types;
        let body = case
            .text
            .replace("%d", "d")
            .replace("%a", "a")
            .replace("%b", "b")
            .replace("%c", "c");
        let load = |name: &str, ty: &str, at: u32| format!("ld.global.{ty} {name}, [x+{}];\n", at * 8);
        text += &format!(
            ".visible .entry k{index}(.param .u64 pin, .param .u64 pout, .param .u32 pmask) {{\n\
             .reg .pred p; .reg .b32 m, t, l; .reg .b64 x, y, o; .reg .{d} d; .reg .{a} a; .reg .{b} b; .reg .{c} c;\n\
             ld.param.u64 x, [pin]; ld.param.u64 y, [pout]; ld.param.u32 m, [pmask];\n\
             mov.u32 t, %tid.x; mov.u32 l, %laneid; shr.u32 m, m, l; and.b32 m, m, 1; setp.ne.u32 p, m, 0;\n\
             mul.wide.u32 o, t, 24; add.s64 x, x, o; mul.wide.u32 o, t, 8; add.s64 y, y, o;\n\
             {}{}{} mov.{d} d, 85;\n @!p bra END; {body}\n END: st.global.{d} [y], d; ret; }}\n",
            load("a", a, 0),
            load("b", b, 1),
            load("c", c, 2)
        );
    }
    text
}

fn edges(width: u32) -> Vec<u64> {
    match width {
        16 => vec![
            0, 0x8000, 1, 0x8001, 0x3ff, 0x400, 0x3c00, 0xbc00, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x3f80, 0x7f80, 0x0080,
        ],
        32 => vec![
            0,
            1,
            2,
            31,
            32,
            33,
            0x7fff_ffff,
            0x8000_0000,
            0xffff_ffff,
            0x3f80_0000,
            0xbf80_0000,
            0x3f00_0000,
            0x0000_0001,
            0x8000_0001,
            0x007f_ffff,
            0x0080_0000,
            0x7f7f_ffff,
            0xff7f_ffff,
            0x7f80_0000,
            0xff80_0000,
            0x7fc0_0000,
            0x4f00_0000,
            0xcf00_0000,
            0x4f80_0000,
            0x4020_0000,
            0x4060_0000,
            0xc020_0000,
            0x3eaa_aaab,
            0x477f_f000,
        ],
        _ => vec![
            0,
            1,
            63,
            64,
            u64::MAX,
            1 << 63,
            i64::MAX as u64,
            1.0f64.to_bits(),
            (-1.5f64).to_bits(),
            f64::MAX.to_bits(),
            f64::MIN_POSITIVE.to_bits(),
            3,
            f64::INFINITY.to_bits(),
            f64::NEG_INFINITY.to_bits(),
            0.1f64.to_bits(),
            1e300f64.to_bits(),
            1e-300f64.to_bits(),
            1e10f64.to_bits(),
            0x47ef_ffff_f000_0000,
        ],
    }
}

fn run(cases: Vec<Case>) {
    let device = Device::new(&module(&cases));
    let mut next = random(42);
    for (index, case) in cases.iter().enumerate() {
        let pick = |ty: &str, raw: u64| {
            let list = edges(bits(ty));
            let value = if raw & 3 != 0 {
                list[(raw >> 8) as usize % list.len()]
            } else {
                raw >> 2
            };
            if bits(ty) == 64 {
                value
            } else {
                value & ((1 << bits(ty)) - 1)
            }
        };
        let mut input = Vec::new();
        for _ in 0..1024 {
            for ty in &case.types[1..] {
                input.push(pick(ty, next()));
            }
        }
        let (source, out) = (device.upload(&input), device.upload(&vec![0u64; 1024]));
        for mask in [!0u32, 0, 0x8000_0001, 0x5555_aaaa, next() as u32] {
            let arguments: [&[u8]; 3] = [&source.to_le_bytes(), &out.to_le_bytes(), &mask.to_le_bytes()];
            device.run(&format!("k{index}"), 1, 1024, 0, &arguments);
            let got: Vec<u64> = device.download(out, 1024);
            for (thread, &value) in got.iter().enumerate() {
                let [a, b, c] = [0, 1, 2].map(|operand| input[thread * 3 + operand]);
                let on = mask >> (thread % 32) & 1 != 0;
                let width = bits(case.types[0]);
                let keep = if width == 64 { !0 } else { (1 << width) - 1 };
                let want = if on { (case.want)(a, b, c) & keep } else { 85 };
                let nan = |bits: u64| width == 64 && case.text.contains("f64") && f64::from_bits(bits).is_nan();
                let same = value & keep == want || nan(value) && nan(want);
                assert!(
                    same,
                    "{} of {a:#x}, {b:#x}, {c:#x}: {:#x}, not {want:#x}",
                    case.text,
                    value & keep
                );
            }
        }
    }
}

#[test]
fn integer_instructions() {
    run(integer_cases());
}

/// Parts of `bits` bits of a word, each as a number, combined and put back.
fn parts(bits: u32, x: u64, y: u64, signed: bool, f: impl Fn(i64, i64) -> i64) -> Vec<i64> {
    let part = |word: u64, at: u32| {
        let value = (word as u32 as u64) << (64 - bits - at * bits);
        if signed {
            value as i64 >> (64 - bits)
        } else {
            (value >> (64 - bits)) as i64
        }
    };
    (0..32 / bits).map(|at| f(part(x, at), part(y, at))).collect()
}

fn join(bits: u32, parts: &[i64]) -> u32 {
    let keep = (1i64 << bits) - 1;
    parts
        .iter()
        .rev()
        .fold(0u64, |word, part| word << bits | (part & keep) as u64) as u32
}

fn video_cases() -> Vec<Case> {
    cases! {
        "add.u16x2 %d, %a, %b;" B32 => |a, b, _| join(16, &parts(16, a, b, false, |x, y| x + y));
        "min.u16x2 %d, %a, %b;" B32 => |a, b, _| join(16, &parts(16, a, b, false, i64::min));
        "max.s16x2 %d, %a, %b;" B32 => |a, b, _| join(16, &parts(16, a, b, true, i64::max));
        "min.relu.s16x2 %d, %a, %b;" B32 => |a, b, _| join(16, &parts(16, a, b, true, |x, y| x.min(y).max(0)));
        "vabsdiff4.u32.u32.u32 %d, %a, %b, %c;" B32 => |a, b, _| join(8, &parts(8, a, b, false, |x, y| (x - y).abs()));
        "vabsdiff4.u32.s32.s32.add %d, %a, %b, %c;" B32 => |a, b, c| parts(8, a, b, true, |x, y| (x - y).abs()).iter().sum::<i64>().wrapping_add(c as i64) as u32;
        "vadd2.s32.s32.s32.sat %d, %a, %b, %c;" B32 => |a, b, _| join(16, &parts(16, a, b, true, |x, y| (x + y).clamp(-32768, 32767)));
        "vsub4.u32.u32.u32.sat %d, %a, %b, %c;" B32 => |a, b, _| join(8, &parts(8, a, b, false, |x, y| (x - y).clamp(0, 255)));
        "vavrg4.u32.u32.u32 %d, %a, %b, %c;" B32 => |a, b, _| join(8, &parts(8, a, b, false, |x, y| (x + y + 1) >> 1));
        "vmax2.s32.s32.s32 %d.h1, %a, %b, %c;" B32 => |a, b, c| join(16, &parts(16, a, b, true, i64::max)) & 0xffff_0000 | c as u32 & 0xffff;
        "vset4.s32.s32.lt %d, %a, %b, %c;" B32 => |a, b, _| join(8, &parts(8, a, b, true, |x, y| i64::from(x < y)));
        "vmin4.u32.u32.u32 %d, %a.b0123, %b, %c;" B32 => |a, b, _| join(8, &parts(8, u64::from((a as u32).swap_bytes()), b, false, i64::min));
        "vadd.s32.s32.s32.sat %d, %a.h0, %b.b3;" B32 => |a, b, _| i64::from(a as i16) + i64::from((b >> 24) as i8);
        "vsub.u32.u32.u32.sat %d, %a, %b;" B32 => |a, b, _| (a as u32).saturating_sub(b as u32);
        "vabsdiff.u32.u32.u32.max %d, %a, %b, %c;" B32 => |a, b, c| (a as u32).abs_diff(b as u32).max(c as u32);
        "vset.s32.u32.ge %d, %a, %b;" B32 => |a, b, _| i64::from(a as i32 as i64 >= b as u32 as i64);
        "vmin.s32.s32.s32 %d.b1, %a.b0, %b.b0, %c;" B32 => |a, b, c| c as u32 & 0xffff_00ff | u32::from((a as i8).min(b as i8) as u8) << 8;
        "vshl.u32.u32.u32.clamp %d, %a, %b;" B32 => |a, b, _| if b as u32 > 31 { 0 } else { (a as u32) << b as u32 };
        "vshr.s32.s32.u32.wrap %d, %a, %b;" B32 => |a, b, _| (a as i32 >> (b & 31)) as u32;
        "vmad.s32.s32.s32.shr7 %d, %a.h1, %b.b0, %c;" B32 => |a, b, c| ((i64::from((a >> 16) as i16) * i64::from(b as i8) + i64::from(c as i32)) >> 7) as u32;
        "vmad.u32.u32.u32.po %d, %a, %b, %c;" B32 => |a, b, c| ((a as u32 as u64).wrapping_mul(b as u32 as u64).wrapping_add(c as u32 as u64).wrapping_add(1)) as u32;
    }
}

#[test]
fn video_instructions() {
    run(video_cases());
}

#[test]
fn float_instructions() {
    run(float_cases());
}

#[test]
fn half_instructions() {
    run(half_cases());
}

#[test]
fn unknown_instructions_are_refused_with_their_line() {
    for (text, what) in [
        (
            "tex.2dms.v4.f32.s32 {a, a, a, a}, [x, {a, a, a, a}];",
            "`tex.2dms.v4.f32.s32`",
        ),
        ("tex.2d.v4.f32.f32 {a, a, a, a}, [x, x, {a, a}];", "sampler"),
        ("tex.2d.v4.f32.f32 {a, a, a, a}, [x, {a}];", "2 coordinates"),
        ("suld.b.2d.b32.trap a, [x];", "coordinates"),
        ("wgmma.fence.sync.aligned;", "`wgmma.fence.sync.aligned`"),
        ("add.q32 a, a, a;", "type is missing"),
        ("frobnicate.u32 a, a;", "frobnicate"),
        ("add.u32 a, a, zz;", "`zz`"),
        ("bra NOWHERE;", "NOWHERE"),
        ("add.rn.u32 a, a, a;", "`.rn`"),
        ("ld.global.u64 a, [x];", "narrow"),
    ] {
        let ptx = format!(
            ".version 8.0\n.target sm_80\n.address_size 64\n.entry k() {{\n.reg .b32 a;\n.reg .b64 x;\n{text}\nret;\n}}\n"
        );
        let error = softcuda::ptx::Module::from_ptx(&ptx, &Default::default()).unwrap_err();
        assert_eq!(error.line, 7, "{error}");
        assert!(error.message.contains(what), "{error}");
    }
}
