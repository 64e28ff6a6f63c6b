//! mma.sync of every shape and type against a plain product, over small integers that every type holds exactly.

mod common;

use common::{Device, random};

/// How many bits an element has, and a small integer as such an element.
fn element(name: &str, value: i64) -> (usize, u64) {
    let small = |exponent_bits: u32, mantissa_bits: u32| -> u64 {
        if value == 0 {
            return 0;
        }
        let magnitude = value.unsigned_abs();
        let exponent = 63 - magnitude.leading_zeros();
        let bias = (1 << (exponent_bits - 1)) - 1;
        let mantissa = (magnitude << mantissa_bits >> exponent) & ((1 << mantissa_bits) - 1);
        u64::from(value < 0) << (exponent_bits + mantissa_bits) | u64::from(exponent + bias) << mantissa_bits | mantissa
    };
    match name {
        "f64" => (64, (value as f64).to_bits()),
        "tf32" | "f32" => (32, (value as f32).to_bits().into()),
        "f16" => (16, small(5, 10)),
        "bf16" => (16, small(8, 7)),
        "e4m3" => (8, small(4, 3)),
        "e5m2" => (8, small(5, 2)),
        "s8" | "u8" => (8, value as u64 & 0xff),
        "s4" | "u4" => (4, value as u64 & 0xf),
        "s32" => (32, value as u64 & 0xffff_ffff),
        _ => (1, value as u64 & 1),
    }
}

/// Words of a fragment: `at(lane, register, part)` names the element there.
fn fragment(bits: usize, registers: usize, at: impl Fn(usize, usize, usize) -> u64) -> Vec<u32> {
    let mut words = Vec::new();
    for register in 0..registers {
        for lane in 0..32 {
            if bits == 64 {
                let value = at(lane, register, 0);
                words.extend([value as u32, (value >> 32) as u32]);
            } else {
                let parts = (0..32 / bits).map(|part| at(lane, register, part) << (part * bits));
                words.push(parts.sum::<u64>() as u32);
            }
        }
    }
    words
}

struct Product {
    shape: &'static str,
    m: usize,
    k: usize,
    /// Types of D, A, B, C.
    types: [&'static str; 4],
    suffix: &'static str,
}

fn check(product: &Product, seed: u64) {
    let Product {
        shape,
        m,
        k,
        types: [d_type, a_type, b_type, c_type],
        suffix,
    } = *product;
    let mut next = random(seed);
    let mut draw = |name: &str| -> i64 {
        let value = next() as i64;
        match name {
            "b1" => value & 1,
            "u8" | "u4" => value & 7,
            _ => value % 4,
        }
    };
    let a: Vec<i64> = (0..m * k).map(|_| draw(a_type)).collect();
    let b: Vec<i64> = (0..k * 8).map(|_| draw(b_type)).collect();
    let c: Vec<i64> = (0..m * 8).map(|_| draw(c_type)).collect();
    let (a_bits, c_bits, d_bits) = (element(a_type, 0).0, element(c_type, 0).0, element(d_type, 0).0);
    let per = (32 / a_bits).max(1);
    // A and B: four lanes side by side along k, `per` elements each; A's registers go down eight rows first (manual,
    // figures of 9.7.14.5).
    let down = m / 8;
    let place = |lane: usize, register: usize, part: usize| (lane / 4, lane % 4 * per + part + register * 4 * per);
    let a_registers = m * k / 32 / per;
    let a_words = fragment(a_bits, a_registers, |lane, register, part| {
        let (row, column) = place(lane, register / down, part);
        element(a_type, a[(row + register % down * 8) * k + column]).1
    });
    let b_registers = k * 8 / 32 / per;
    let b_words = fragment(a_bits, b_registers, |lane, register, part| {
        let (column, row) = place(lane, register, part);
        element(b_type, b[row * 8 + column]).1
    });
    // C and D: a lane has two neighbours of a row; halves share a register.
    let accumulator = |bits: usize, register: usize, lane: usize, part: usize| {
        let index = if bits == 16 { register * 2 + part } else { register };
        (lane / 4 + index / 2 * 8) * 8 + lane % 4 * 2 + index % 2
    };
    let count = |bits: usize| m * 8 / 32 / if bits == 16 { 2 } else { 1 };
    let c_words = fragment(c_bits, count(c_bits), |lane, register, part| {
        element(c_type, c[accumulator(c_bits, register, lane, part)]).1
    });
    let want: Vec<i64> = (0..m * 8)
        .map(|at| {
            let term = |index: usize| {
                let (x, y) = (a[at / 8 * k + index], b[index * 8 + at % 8]);
                match suffix {
                    ".xor.popc" => x ^ y,
                    ".and.popc" => x & y,
                    _ => x * y,
                }
            };
            (0..k).map(term).sum::<i64>() + c[at]
        })
        .collect();
    let d_words = fragment(d_bits, count(d_bits), |lane, register, part| {
        element(d_type, want[accumulator(d_bits, register, lane, part)]).1
    });

    // The kernel: fragments from buffers, the product, the result to a buffer.
    let width = |bits: usize| if bits == 64 { "b64" } else { "b32" };
    let mut text = String::from(
        ".version 8.6\n.target sm_90\n.address_size 64\n.visible .entry k(.param .u64 a, .param .u64 b, .param .u64 c, .param .u64 d) {\n\
         .reg .b32 %r<99>; .reg .b64 %rd<99>; .reg .b64 %x<9>;\n mov.u32 %r90, %laneid;\n",
    );
    let mut lists = Vec::new();
    let operands = [
        ("d", d_bits, count(d_bits)),
        ("a", a_bits, a_registers),
        ("b", a_bits, b_registers),
        ("c", c_bits, count(c_bits)),
    ];
    for (index, (name, bits, registers)) in operands.into_iter().enumerate() {
        let size = if bits == 64 { 8 } else { 4 };
        let register = |number: usize| {
            let number = index * 20 + number;
            if bits == 64 {
                format!("%rd{number}")
            } else {
                format!("%r{number}")
            }
        };
        text += &format!(
            "ld.param.u64 %x{index}, [{name}];\n mul.wide.u32 %x8, %r90, {size};\n add.u64 %x{index}, %x{index}, %x8;\n"
        );
        if name != "d" {
            for number in 0..registers {
                let offset = number * 32 * size;
                text += &format!(
                    "ld.global.{} {}, [%x{index}+{offset}];\n",
                    width(bits),
                    register(number)
                );
            }
        }
        let list: Vec<String> = (0..registers).map(register).collect();
        lists.push(list);
    }
    let group = |list: &[String]| format!("{{{}}}", list.join(", "));
    text += &format!(
        "mma.sync.aligned.{shape}.row.col.{d_type}.{a_type}.{b_type}.{c_type}{suffix} {}, {}, {}, {};\n",
        group(&lists[0]),
        group(&lists[1]),
        group(&lists[2]),
        group(&lists[3])
    );
    for (number, register) in lists[0].iter().enumerate() {
        let offset = number * 32 * if d_bits == 64 { 8 } else { 4 };
        text += &format!("st.global.{} [%x0+{offset}], {register};\n", width(d_bits));
    }
    text += "ret;\n}\n";
    let device = Device::new(&text);
    let buffers = [&a_words, &b_words, &c_words].map(|words| device.upload(words));
    let out = device.empty(d_words.len() as u64 * 4);
    let arguments = [buffers[0], buffers[1], buffers[2], out].map(u64::to_le_bytes);
    let arguments: Vec<&[u8]> = arguments.iter().map(|bytes| &bytes[..]).collect();
    device.run("k", 1, 32, 0, &arguments);
    let got: Vec<u32> = device.download(out, d_words.len());
    assert_eq!(got, d_words, "{shape} {:?}{suffix}", product.types);
}

#[test]
fn every_shape_and_type() {
    let f32_from = |a| ["f32", a, a, "f32"];
    let mut products = Vec::new();
    let mut add = |shape: &'static str, m: usize, k: usize, types: [&'static str; 4], suffix: &'static str| {
        products.push(Product {
            shape,
            m,
            k,
            types,
            suffix,
        });
    };
    add("m16n8k8", 16, 8, f32_from("bf16"), "");
    add("m16n8k16", 16, 16, f32_from("bf16"), "");
    for types in [f32_from("f16"), ["f16", "f16", "f16", "f16"]] {
        add("m16n8k8", 16, 8, types, "");
        add("m16n8k16", 16, 16, types, "");
    }
    add("m16n8k4", 16, 4, f32_from("tf32"), "");
    add("m16n8k8", 16, 8, f32_from("tf32"), "");
    for (shape, m, k) in [
        ("m8n8k4", 8, 4),
        ("m16n8k4", 16, 4),
        ("m16n8k8", 16, 8),
        ("m16n8k16", 16, 16),
    ] {
        add(shape, m, k, ["f64"; 4], "");
    }
    for (a, b) in [("s8", "s8"), ("u8", "u8"), ("s8", "u8"), ("u8", "s8")] {
        for (shape, m, k) in [("m8n8k16", 8, 16), ("m16n8k16", 16, 16), ("m16n8k32", 16, 32)] {
            add(shape, m, k, ["s32", a, b, "s32"], "");
        }
    }
    for (a, b) in [("s4", "s4"), ("u4", "u4"), ("s4", "u4"), ("u4", "s4")] {
        for (shape, m, k) in [("m8n8k32", 8, 32), ("m16n8k32", 16, 32), ("m16n8k64", 16, 64)] {
            add(shape, m, k, ["s32", a, b, "s32"], "");
        }
    }
    for suffix in [".xor.popc", ".and.popc"] {
        for (shape, m, k) in [("m8n8k128", 8, 128), ("m16n8k128", 16, 128), ("m16n8k256", 16, 256)] {
            add(shape, m, k, ["s32", "b1", "b1", "s32"], suffix);
        }
    }
    for (a, b) in [("e4m3", "e4m3"), ("e5m2", "e5m2"), ("e4m3", "e5m2"), ("e5m2", "e4m3")] {
        add("m16n8k32", 16, 32, ["f32", a, b, "f32"], "");
    }
    for (seed, product) in products.iter().enumerate() {
        check(product, seed as u64);
    }
}
