//! atom and red of every operation and type against plain Rust: one lane per cell for values, all lanes at one cell
//! for the sum of their effects; in global and in shared memory.

mod common;

use common::{Device, random};

/// An operation's new value from memory's, the operand and the third operand.
type Update = fn(u64, u64, u64) -> u64;

fn single(x: u64) -> f32 {
    f32::from_bits(x as u32)
}

/// The two halves of a pair, each changed.
fn halves(x: u64, y: u64, f: impl Fn(u16, u16) -> u16) -> u64 {
    u64::from(f(x as u16, y as u16)) | u64::from(f((x >> 16) as u16, (y >> 16) as u16)) << 16
}

fn f16(f: impl Fn(f32, f32) -> f32) -> impl Fn(u16, u16) -> u16 {
    move |x, y| half::f16::from_f32(f(half::f16::from_bits(x).to_f32(), half::f16::from_bits(y).to_f32())).to_bits()
}

fn bf16(f: impl Fn(f32, f32) -> f32) -> impl Fn(u16, u16) -> u16 {
    move |x, y| half::bf16::from_f32(f(half::bf16::from_bits(x).to_f32(), half::bf16::from_bits(y).to_f32())).to_bits()
}

/// (operation, type, bits, whether `red` has it too, update)
fn operations() -> Vec<(&'static str, &'static str, u32, bool, Update)> {
    vec![
        ("add", "u32", 32, true, |x, y, _| {
            (x as u32).wrapping_add(y as u32).into()
        }),
        ("add", "s32", 32, true, |x, y, _| {
            (x as u32).wrapping_add(y as u32).into()
        }),
        ("add", "u64", 64, true, |x, y, _| x.wrapping_add(y)),
        ("add", "f32", 32, true, |x, y, _| {
            (single(x) + single(y)).to_bits().into()
        }),
        ("add", "f64", 64, true, |x, y, _| {
            (f64::from_bits(x) + f64::from_bits(y)).to_bits()
        }),
        ("add.noftz", "f16", 16, true, |x, y, _| {
            f16(|x, y| x + y)(x as u16, y as u16).into()
        }),
        ("add.noftz", "bf16", 16, true, |x, y, _| {
            bf16(|x, y| x + y)(x as u16, y as u16).into()
        }),
        ("add.noftz", "f16x2", 32, true, |x, y, _| {
            halves(x, y, f16(|x, y| x + y))
        }),
        ("add.noftz", "bf16x2", 32, true, |x, y, _| {
            halves(x, y, bf16(|x, y| x + y))
        }),
        ("min", "u32", 32, true, |x, y, _| (x as u32).min(y as u32).into()),
        ("min", "s32", 32, true, |x, y, _| (x as i32).min(y as i32) as u32 as u64),
        ("min", "u64", 64, true, |x, y, _| x.min(y)),
        ("min", "s64", 64, true, |x, y, _| (x as i64).min(y as i64) as u64),
        ("max", "u32", 32, true, |x, y, _| (x as u32).max(y as u32).into()),
        ("max", "s32", 32, true, |x, y, _| (x as i32).max(y as i32) as u32 as u64),
        ("max", "u64", 64, true, |x, y, _| x.max(y)),
        ("max", "s64", 64, true, |x, y, _| (x as i64).max(y as i64) as u64),
        ("inc", "u32", 32, true, |x, y, _| if x >= y { 0 } else { x + 1 }),
        (
            "dec",
            "u32",
            32,
            true,
            |x, y, _| if x == 0 || x > y { y } else { x - 1 },
        ),
        ("and", "b32", 32, true, |x, y, _| x & y),
        ("and", "b64", 64, true, |x, y, _| x & y),
        ("or", "b32", 32, true, |x, y, _| x | y),
        ("or", "b64", 64, true, |x, y, _| x | y),
        ("xor", "b32", 32, true, |x, y, _| x ^ y),
        ("xor", "b64", 64, true, |x, y, _| x ^ y),
        ("exch", "b32", 32, false, |_, y, _| y),
        ("exch", "b64", 64, false, |_, y, _| y),
        ("cas", "b16", 16, false, |x, y, z| if x == y { z } else { x }),
        ("cas", "b32", 32, false, |x, y, z| if x == y { z } else { x }),
        ("cas", "b64", 64, false, |x, y, z| if x == y { z } else { x }),
    ]
}

/// Reads a cell, an operand and a third one per lane, applies the operation to global or shared memory, and writes
/// the old and the new value.
fn kernel(form: &str, operation: &str, ty: &str, bits: u32, shared: bool) -> String {
    let third = if operation == "cas" { ", %c" } else { "" };
    let (space, address) = if shared { ("shared", "%s") } else { ("global", "%x") };
    let (register, old) = (format!("b{bits}"), if form == "atom" { "%o, " } else { "" });
    let stage = if shared {
        format!("ld.global.{register} %o, [%x]; st.shared.{register} [%s], %o; bar.sync 0;")
    } else {
        String::new()
    };
    let back = if shared {
        format!("ld.shared.{register} %a, [%s]; st.global.{register} [%x], %a;")
    } else {
        String::new()
    };
    format!(
        ".version 8.6\n.target sm_90\n.address_size 64\n.visible .entry k(.param .u64 x, .param .u64 y, .param .u64 z, .param .u64 o) {{\n\
         .reg .{register} %a, %b, %c, %o; .reg .b32 %t, %s; .reg .b64 %x, %y, %z, %w, %at; .shared .align 8 .b8 tile[256];\n\
         ld.param.u64 %x, [x]; ld.param.u64 %y, [y]; ld.param.u64 %z, [z]; ld.param.u64 %w, [o]; mov.u32 %t, %tid.x;\n\
         mul.wide.u32 %at, %t, 8; add.u64 %x, %x, %at; add.u64 %y, %y, %at; add.u64 %z, %z, %at; add.u64 %w, %w, %at;\n\
         mov.u32 %s, tile; mad.lo.u32 %s, %t, 8, %s;\n\
         ld.global.{register} %b, [%y]; ld.global.{register} %c, [%z]; {stage}\n\
         {form}.{space}.{operation}.{ty} {old}[{address}], %b{third};\n\
         {back} st.global.{register} [%w], %o;\nret;\n}}\n"
    )
}

#[test]
fn every_operation_and_type() {
    let mut next = random(5);
    for (operation, ty, bits, red, update) in operations() {
        let mask = if bits == 64 { !0 } else { (1u64 << bits) - 1 };
        // Numbers in floating formats, so that no NaN hides a wrong result.
        let mut draw = || -> u64 {
            let value = next();
            let small = (value % 33) as f32 - 16.0;
            match ty {
                "f32" => small.to_bits().into(),
                "f64" => f64::from(small).to_bits(),
                "f16" | "f16x2" => (u64::from(half::f16::from_f32(small).to_bits()) * 0x1_0001) & mask,
                "bf16" | "bf16x2" => (u64::from(half::bf16::from_f32(small).to_bits()) * 0x1_0001) & mask,
                _ if value.is_multiple_of(5) => value & 1,
                _ => value & mask,
            }
        };
        let (x, mut y, z): (Vec<u64>, Vec<u64>, Vec<u64>) = {
            let mut column = || (0..32).map(|_| draw()).collect::<Vec<u64>>();
            (column(), column(), column())
        };
        if operation == "cas" {
            // Half of the comparisons succeed.
            (0..32).step_by(2).for_each(|lane| y[lane] = x[lane]);
        }
        for form in ["atom", "red"].into_iter().filter(|form| *form == "atom" || red) {
            for shared in [false, true] {
                let device = Device::new(&kernel(form, operation, ty, bits, shared));
                let [dx, dy, dz, out] = [&x, &y, &z, &vec![0; 32]].map(|column| device.upload(column));
                let arguments = [dx, dy, dz, out].map(u64::to_le_bytes);
                let arguments: Vec<&[u8]> = arguments.iter().map(|bytes| &bytes[..]).collect();
                device.run("k", 1, 32, 0, &arguments);
                let (new, old): (Vec<u64>, Vec<u64>) = (device.download(dx, 32), device.download(out, 32));
                for lane in 0..32 {
                    let name = format!(
                        "{form}.{operation}.{ty} shared {shared}: {:x} {:x} {:x}",
                        x[lane], y[lane], z[lane]
                    );
                    assert_eq!(new[lane] & mask, update(x[lane], y[lane], z[lane]) & mask, "{name}");
                    if form == "atom" {
                        assert_eq!(old[lane] & mask, x[lane], "{name}");
                    }
                }
            }
        }
    }
}

#[test]
fn vectors_and_wide_exchanges() {
    let text = ".version 8.6\n.target sm_90\n.address_size 64\n.visible .entry k(.param .u64 x) {\n\
        .reg .b64 %x; .reg .f32 %f<9>; .reg .b64 %d<6>; .reg .b128 %q<3>; ld.param.u64 %x, [x];\n\
        mov.f32 %f1, 0f3F800000; mov.f32 %f2, 0f40000000;\n\
        red.global.add.v2.f32 [%x], {%f1, %f2};\n\
        atom.global.v2.f32.add {%f3, %f4}, [%x+8], {%f1, %f2};\n\
        mov.b64 %d1, 7; mov.b64 %d2, 9; mov.b128 %q1, {%d1, %d2};\n\
        atom.global.exch.b128 %q2, [%x+16], %q1; mov.b128 {%d3, %d4}, %q2; st.global.v2.u64 [%x+32], {%d3, %d4};\nret;\n}\n";
    let device = Device::new(text);
    let mut words = vec![0u32; 16];
    (words[4], words[6]) = (5, 6);
    let x = device.upload(&words);
    device.run("k", 1, 1, 0, &[&x.to_le_bytes()]);
    let floats: Vec<f32> = device.download(x, 4);
    assert_eq!(floats, [1.0, 2.0, 1.0, 2.0]);
    let wide: Vec<u64> = device.download(x + 16, 4);
    assert_eq!(wide, [7, 9, 5, 6]);
}

#[test]
fn all_lanes_and_blocks_at_one_cell() {
    let text = ".version 8.0\n.target sm_80\n.address_size 64\n.visible .entry k(.param .u64 x) {\n\
        .reg .b64 %x; .reg .b32 %t; .reg .f32 %f; .reg .f64 %d; ld.param.u64 %x, [x]; mov.u32 %t, %tid.x;\n\
        red.global.add.u32 [%x], %t; red.global.max.u32 [%x+4], %t; mov.f32 %f, 0f3F000000; red.global.add.f32 [%x+8], %f;\n\
        mov.f64 %d, 0d3FD0000000000000; red.global.add.f64 [%x+16], %d; red.global.inc.u32 [%x+24], 1000;\nret;\n}\n";
    let device = Device::new(text);
    let x = device.upload(&[0u64; 4]);
    device.run("k", 10, 100, 0, &[&x.to_le_bytes()]);
    let words: Vec<u32> = device.download(x, 8);
    assert_eq!(words[..2], [10 * 4950, 99]);
    assert_eq!(f32::from_bits(words[2]), 500.0);
    assert_eq!(device.download::<f64>(x + 16, 1), [250.0]);
    assert_eq!(words[6], 1000);
}
