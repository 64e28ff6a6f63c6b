//! Double-precision arithmetic in every rounding mode against exact integers, and conversions to 8-bit formats against
//! their tables.

mod common;

use common::{Device, random};

/// mantissa × 2^exponent rounded to a double; the mantissa's lowest bit may stand for all that is left.
fn round(mantissa: i128, exponent: i32, mode: &str) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let (negative, magnitude) = (mantissa < 0, mantissa.unsigned_abs());
    let drop = (128 - magnitude.leading_zeros()).saturating_sub(53);
    let (kept, rest) = (magnitude >> drop, magnitude & ((1 << drop) - 1));
    let half = 1u128 << drop >> 1;
    let up = match mode {
        "rn" => drop != 0 && (rest > half || rest == half && kept & 1 != 0),
        "rz" => false,
        "rm" => negative && rest != 0,
        _ => !negative && rest != 0,
    };
    let value = (kept + u128::from(up)) as f64 * 2f64.powi(exponent + drop as i32);
    if negative { -value } else { value }
}

/// A double's mantissa and exponent.
fn parts(value: f64) -> (i128, i32) {
    let bits = value.to_bits();
    let mantissa = ((bits & ((1 << 52) - 1)) | (1 << 52)) as i128;
    let exponent = (bits >> 52 & 0x7ff) as i32 - 1075;
    (if value < 0.0 { -mantissa } else { mantissa }, exponent)
}

fn add(a: (i128, i32), b: (i128, i32), mode: &str) -> f64 {
    let low = a.1.min(b.1);
    round((a.0 << (a.1 - low)) + (b.0 << (b.1 - low)), low, mode)
}

fn want(operation: &str, mode: &str, x: f64, y: f64, z: f64) -> f64 {
    let (a, b, c) = (parts(x), parts(y), parts(z));
    match operation {
        "add" => add(a, b, mode),
        "sub" => add(a, (-b.0, b.1), mode),
        "mul" => round(a.0 * b.0, a.1 + b.1, mode),
        "fma" => add((a.0 * b.0, a.1 + b.1), c, mode),
        "div" | "rcp" => {
            let a = if operation == "rcp" { parts(1.0) } else { a };
            let b = if operation == "rcp" { parts(x) } else { b };
            let (top, bottom) = (a.0.abs() << 64, b.0.abs());
            let quotient = ((top / bottom) << 1) | i128::from(top % bottom != 0);
            round(
                if (a.0 < 0) != (b.0 < 0) { -quotient } else { quotient },
                a.1 - b.1 - 65,
                mode,
            )
        }
        _ => {
            // The root of an even power of two times an integer of 116 bits.
            let shift = 62 + (a.1 & 1);
            let square = a.0.unsigned_abs() << shift;
            let root = square.isqrt();
            let sticky = i128::from(root * root != square);
            round((root as i128) << 1 | sticky, (a.1 - shift) / 2 - 1, mode)
        }
    }
}

#[test]
fn doubles_in_every_mode() {
    let operations = [
        ("add", 2),
        ("sub", 2),
        ("mul", 2),
        ("div", 2),
        ("fma", 3),
        ("rcp", 1),
        ("sqrt", 1),
    ];
    let modes = ["rn", "rz", "rm", "rp"];
    let mut text = String::from(
        ".version 8.0\n.target sm_80\n.address_size 64\n.visible .entry k(.param .u64 x, .param .u64 out) {\n\
         .reg .b64 %x, %o; .reg .b32 %t; .reg .b64 %at; .reg .f64 %a, %b, %c, %d;\n\
         ld.param.u64 %x, [x]; ld.param.u64 %o, [out]; mov.u32 %t, %tid.x; mul.wide.u32 %at, %t, 24; add.u64 %x, %x, %at;\n\
         mul.wide.u32 %at, %t, 224; add.u64 %o, %o, %at; ld.global.f64 %a, [%x]; ld.global.f64 %b, [%x+8]; ld.global.f64 %c, [%x+16];\n",
    );
    for (index, (operation, count)) in operations.iter().enumerate() {
        for (at, mode) in modes.iter().enumerate() {
            let sources = &["%a", "%b", "%c"][..*count];
            let sources = if *operation == "sqrt" {
                "%b".to_owned()
            } else {
                sources.join(", ")
            };
            let offset = (index * 4 + at) * 8;
            text += &format!("{operation}.{mode}.f64 %d, {sources}; st.global.f64 [%o+{offset}], %d;\n");
        }
    }
    text += "ret;\n}\n";
    let device = Device::new(&text);
    let mut next = random(11);
    let mut draw = |near: u64, signed: bool| {
        let value = next();
        let mantissa = if value.is_multiple_of(7) {
            value & (0xff << 44)
        } else {
            value & ((1 << 52) - 1)
        };
        let sign = if signed { next() & 1 << 63 } else { 0 };
        f64::from_bits(mantissa | (1023 - near / 2 + next() % near) << 52 | sign)
    };
    let count = 1024;
    let values: Vec<[f64; 3]> = (0..count)
        .map(|_| [draw(12, true), draw(12, false), draw(8, true)])
        .collect();
    let x = device.upload(&values.concat());
    let out = device.empty(count as u64 * 224);
    device.run("k", 1, count, 0, &[&x.to_le_bytes(), &out.to_le_bytes()]);
    let got: Vec<f64> = device.download(out, count as usize * 28);
    for (row, [a, b, c]) in values.iter().enumerate() {
        for (index, (operation, _)) in operations.iter().enumerate() {
            for (at, mode) in modes.iter().enumerate() {
                let (first, got) = (if *operation == "sqrt" { b } else { a }, got[row * 28 + index * 4 + at]);
                let want = want(operation, mode, *first, *b, *c);
                assert!(
                    got == want,
                    "{operation}.{mode} {a:e} {b:e} {c:e}: {got:e}, not {want:e}"
                );
            }
        }
    }
}

/// The value of an 8-bit number with so many bits of mantissa.
fn decode(bits: u8, mantissa_bits: u32) -> f64 {
    let (exponent_bits, mantissa) = (7 - mantissa_bits, u32::from(bits) & ((1 << mantissa_bits) - 1));
    let exponent = u32::from(bits & 0x7f) >> mantissa_bits;
    let bias = (1 << (exponent_bits - 1)) - 1;
    let fraction = f64::from(mantissa) / f64::from(1 << mantissa_bits);
    let magnitude = if exponent == 0 {
        fraction * 2f64.powi(1 - bias)
    } else {
        (1.0 + fraction) * 2f64.powi(exponent as i32 - bias)
    };
    if bits & 0x80 != 0 { -magnitude } else { magnitude }
}

/// The nearest finite number of a format, ties to even; `largest` is the last finite code.
fn encode(value: f32, mantissa_bits: u32, largest: u8) -> u8 {
    if value.is_nan() {
        return 0x7f;
    }
    let sign = if value.is_sign_negative() { 0x80 } else { 0 };
    let magnitude = f64::from(value).abs();
    if magnitude >= decode(largest, mantissa_bits) {
        return sign | largest;
    }
    let above = (0..=largest)
        .find(|&code| decode(code, mantissa_bits) >= magnitude)
        .unwrap_or(largest);
    if above == 0 {
        return sign;
    }
    let (low, high) = (decode(above - 1, mantissa_bits), decode(above, mantissa_bits));
    let nearer = match (magnitude - low).total_cmp(&(high - magnitude)) {
        std::cmp::Ordering::Less => above - 1,
        std::cmp::Ordering::Greater => above,
        _ if above % 2 == 0 => above,
        _ => above - 1,
    };
    sign | nearer
}

#[test]
fn eight_bit_floats() {
    let text = ".version 8.6\n.target sm_90\n.address_size 64\n.visible .entry k(.param .u64 x, .param .u64 out) {\n\
        .reg .b64 %x, %o, %at; .reg .b32 %t, %h; .reg .f32 %a, %b; .reg .b16 %q;\n\
        ld.param.u64 %x, [x]; ld.param.u64 %o, [out]; mov.u32 %t, %tid.x; mul.wide.u32 %at, %t, 8; add.u64 %x, %x, %at;\n\
        mul.wide.u32 %at, %t, 16; add.u64 %o, %o, %at; ld.global.v2.f32 {%a, %b}, [%x];\n\
        cvt.rn.satfinite.e4m3x2.f32 %q, %a, %b; st.global.b16 [%o], %q; cvt.rn.f16x2.e4m3x2 %h, %q; st.global.b32 [%o+4], %h;\n\
        cvt.rn.satfinite.e5m2x2.f32 %q, %a, %b; st.global.b16 [%o+2], %q; cvt.rn.f16x2.e5m2x2 %h, %q; st.global.b32 [%o+8], %h;\nret;\n}\n";
    let device = Device::new(text);
    let mut next = random(3);
    let mut values: Vec<f32> = vec![
        0.0,
        -0.0,
        448.0,
        464.0,
        465.0,
        1e9,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        57344.0,
    ];
    values.extend([
        1.0625,
        1.1875,
        0.001953125,
        0.0009765625,
        0.0029296875,
        1.525_878_9e-5,
        61440.0,
        1e-30,
    ]);
    while values.len() < 512 {
        let value = f32::from_bits((next() as u32 & 0x807f_ffff) | ((110 + next() as u32 % 34) << 23));
        values.push(if next().is_multiple_of(3) {
            f32::from_bits(value.to_bits() & 0xfff0_0000)
        } else {
            value
        });
    }
    let x = device.upload(&values);
    let out = device.empty(256 * 16);
    device.run("k", 1, 256, 0, &[&x.to_le_bytes(), &out.to_le_bytes()]);
    let got: Vec<u16> = device.download(out, 256 * 8);
    for (index, pair) in values.chunks_exact(2).enumerate() {
        for (format, mantissa_bits, largest) in [(0, 3, 0x7e), (1, 2, 0x7b)] {
            let codes = got[index * 8 + format].to_le_bytes();
            // The first operand goes to the high half.
            for (code, value) in [(codes[1], pair[0]), (codes[0], pair[1])] {
                let want = encode(value, mantissa_bits, largest);
                let same = code == want || value.is_nan() && code & 0x7f == 0x7f;
                assert!(same, "{value:e} in format {format}: {code:#x}, not {want:#x}");
            }
            for half in 0..2 {
                let back = half::f16::from_bits(got[index * 8 + 2 + format * 2 + half]).to_f64();
                let code = codes[half];
                let nan = (code & 0x7f) > largest;
                assert!(
                    back.is_nan() == nan && (nan || back == decode(code, mantissa_bits)),
                    "{code:#x}: {back}"
                );
            }
        }
    }
}
