//! PTX broken on purpose: token by token, loaded, and launched where it loads.
#![allow(dead_code)]

use softcuda::device::{Image, Kind, LaunchConfig, Memory, Options, Schedule, launch};
use softcuda::ptx::{JitOptions, Module};

/// The texts that mutations start from.
pub const TEXTS: [&str; 5] = [
    "basics.sm_80.O3.ptx",
    "gemm.sm_80.O3.ptx",
    "locks.sm_90.O0.ptx",
    "printing.sm_80.O3.ptx",
    "simt.sm_80.O3.ptx",
];

/// Splits a text where a lexer would: words, numbers and marks, with the blanks between them.
pub fn tokens(text: &str) -> Vec<&str> {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '%' | '.');
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, left) = rest.split_at(end);
        out.push(token);
        rest = left;
    }
    out
}

/// Changes a few tokens: swapped, dropped, doubled, taken from elsewhere, or with another modifier.
pub fn mutate(text: &str, next: &mut impl FnMut() -> u64) -> String {
    let mut tokens: Vec<String> = tokens(text).into_iter().map(str::to_owned).collect();
    let pool = [
        ".u8",
        ".s16",
        ".u16",
        ".b32",
        ".f32",
        ".u64",
        ".f64",
        ".b128",
        ".pred",
        ".v4",
        ".shared",
        ".global",
        ".local",
        ".param",
        "0",
        "1",
        "-1",
        "31",
        "4294967295",
        "9223372036854775807",
        "0f7F800000",
        "0d7FF0000000000000",
        "%tid.x",
        "%r1",
        "%rd1",
        "%f1",
        "%p1",
        "_",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ",",
        ";",
        "@",
        "!",
        "bra",
        "call",
        "ret",
        "exit",
        "bar.sync",
        "shfl.sync.bfly.b32",
        "ld.global.u32",
        "st.shared.u64",
        "atom.add.u32",
        "mov.b64",
    ];
    for _ in 0..1 + next() % 2 {
        if tokens.is_empty() {
            break;
        }
        let (at, from) = (next() as usize % tokens.len(), next() as usize % tokens.len());
        match next() % 6 {
            0 => tokens.swap(at, from),
            1 => drop(tokens.remove(at)),
            2 => tokens.insert(at, tokens[from].clone()),
            3 => tokens[at] = tokens[from].clone(),
            4 => tokens[at] = pool[next() as usize % pool.len()].to_owned(),
            _ => {
                // One part of a dotted name.
                let name = tokens[at].clone();
                let mut parts: Vec<&str> = name.split('.').collect();
                let part = next() as usize % parts.len();
                parts[part] = pool[next() as usize % 14].trim_start_matches('.');
                tokens[at] = parts.join(".");
            }
        }
    }
    tokens.concat()
}

/// Loads a text and launches its kernels with arguments that are addresses, numbers and nonsense. Whether it loaded.
pub fn attempt(text: &str, next: &mut impl FnMut() -> u64) -> bool {
    let Ok(module) = Module::from_ptx(text, &JitOptions::default()) else {
        return false;
    };
    let memory = Memory::new(1 << 24).unwrap();
    let check = next().is_multiple_of(3);
    if check {
        memory.track_writes();
    }
    let Ok(image) = Image::load(module.into(), &memory) else {
        return true;
    };
    let buffers: Vec<u64> = (0..4)
        .map(|_| memory.allocate(1 << 16, Kind::Device).unwrap())
        .collect();
    let options = Options {
        counters: next().is_multiple_of(4),
        check_memory: check,
        check_races: check,
        check_barriers: check,
        step_limit: 20_000,
        schedule: [Schedule::Forward, Schedule::Reverse, Schedule::Random(next())][next() as usize % 3],
        ..Options::default()
    };
    for kernel in 0..image.module.kernels.len() {
        let description = &image.module.kernels[kernel];
        let mut parameters = vec![0u8; description.parameter_bytes.min(1 << 16) as usize];
        for (index, chunk) in parameters.chunks_mut(8).enumerate() {
            let value = match next() % 8 {
                0 => next(),
                1 => 64,
                _ => buffers[index % buffers.len()],
            };
            chunk.copy_from_slice(&value.to_le_bytes()[..chunk.len()]);
        }
        let config = LaunchConfig {
            grid: [1 + next() as u32 % 3, 1, 1],
            block: [[1, 32, 40, 64][next() as usize % 4], 1 + next() as u32 % 2, 1],
            shared_bytes: next() as u32 % 3 * 4096,
            parameters: &parameters,
            cooperative: next().is_multiple_of(16),
        };
        let report = launch(&image, kernel, &config, &memory, &options);
        drop(report.fault.map(|fault| fault.to_string()));
    }
    image.unload(&memory);
    true
}
