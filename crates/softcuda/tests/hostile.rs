//! Texts that are no PTX, or not any more: refused with a line, never a panic.

mod common;
#[path = "common/mutation.rs"]
mod mutation;

use common::{random, stored};
use softcuda::device::{FaultKind, Image, LaunchConfig, Memory, Options, launch};
use softcuda::ptx::Module;

const SYMBOLS: &[u8] = b" .;,{}[]()%0123456789abcdefr_$@!-+<>\"\n";

fn load(text: &str) -> Result<Module, softcuda::ptx::JitError> {
    Module::from_ptx(text, &Default::default())
}

#[test]
fn truncated_and_mutated_texts() {
    let text = stored("locks.sm_90.O0.ptx") + &stored("gemm.sm_80.O3.ptx")[..4000];
    let mut next = random(7);
    for _ in 0..150 {
        let cut = next() as usize % text.len();
        let _ = load(&text[..cut]);
        let mut bytes = text.clone().into_bytes();
        for _ in 0..1 + next() % 20 {
            let at = next() as usize % bytes.len();
            match next() % 4 {
                0 => bytes[at] = SYMBOLS[next() as usize % SYMBOLS.len()],
                1 => {
                    bytes.remove(at);
                }
                2 => bytes.insert(at, (next() % 128) as u8),
                _ => {
                    let from = next() as usize % bytes.len();
                    bytes[at] = bytes[from];
                }
            }
        }
        let _ = load(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn random_bytes_and_absurd_declarations() {
    let mut next = random(9);
    for length in [0, 1, 2, 10, 1000] {
        for _ in 0..50 {
            let bytes: Vec<u8> = (0..length).map(|_| next() as u8).collect();
            assert!(load(&String::from_utf8_lossy(&bytes)).is_err());
        }
    }
    let head = ".version 8.0\n.target sm_80\n.address_size 64\n";
    for body in [
        ".global .b8 x[999999999999999];".to_owned(),
        ".global .b8 x[99999999][99999999][99999999];".to_owned(),
        ".global .b32 x[1] = {1, 2, 3};".to_owned(),
        format!(".global .b32 x[1] = {}", "{".repeat(100_000)),
        ".entry k() { .reg .b32 r<4000000000>; }".to_owned(),
        ".entry k() { .shared .b8 x[4000000000]; }".to_owned(),
        ".entry k() { .local .b8 x[4000000000]; }".to_owned(),
        format!(".entry k() {}", "{".repeat(100_000)),
        format!(".entry k() {{ mov.u32 {}", "{".repeat(100_000)),
        format!(".entry k() {{ ld.u32 r, {}", "[".repeat(100_000)),
        ".entry k(.param .b8 x[99999999]) { ret; }".to_owned(),
        ".entry k() { bra k; }".to_owned(),
        ".entry k() { ret; } .entry k() { ret; }".to_owned(),
    ] {
        assert!(
            load(&format!("{head}{body}")).is_err(),
            "{}",
            &body[..body.len().min(60)]
        );
    }
}

#[test]
fn absurd_launches() {
    let text = ".version 8.0\n.target sm_80\n.address_size 64\n.entry k(.param .u64 p) { ret; }\n.entry spin() { L: bra L; }\n";
    let memory = Memory::new(1 << 20).unwrap();
    let image = Image::load(load(text).unwrap().into(), &memory).unwrap();
    let options = Options {
        step_limit: 100_000,
        ..Options::default()
    };
    for (grid, block, shared, parameters) in [
        ([0, 1, 1], [1, 1, 1], 0, 8),
        ([1, 1, 1], [0, 1, 1], 0, 8),
        ([1, 1, 1], [1025, 1, 1], 0, 8),
        ([1, 1, 1], [u32::MAX, u32::MAX, u32::MAX], 0, 8),
        ([1, 70000, 1], [1, 1, 1], 0, 8),
        ([u32::MAX, 1, 1], [1, 1, 1], 0, 8),
        ([1, 1, 1], [1, 1, 65], 0, 8),
        ([1, 1, 1], [1, 1, 1], u32::MAX, 8),
        ([1, 1, 1], [1, 1, 1], 0, 4),
    ] {
        let parameters = vec![0; parameters];
        let config = LaunchConfig {
            grid,
            block,
            shared_bytes: shared,
            parameters: &parameters,
            cooperative: false,
        };
        let report = launch(&image, 0, &config, &memory, &options);
        assert_eq!(report.fault.unwrap().kind, FaultKind::InvalidValue, "{config:?}");
    }
    let config = LaunchConfig {
        grid: [1; 3],
        block: [1; 3],
        ..LaunchConfig::default()
    };
    assert_eq!(
        launch(&image, 9, &config, &memory, &options).fault.unwrap().kind,
        FaultKind::InvalidValue
    );
    assert_eq!(
        launch(&image, 1, &config, &memory, &options).fault.unwrap().kind,
        FaultKind::Timeout
    );
}

#[test]
fn texts_with_changed_tokens_load_or_not_and_run_or_fault() {
    let mut loaded = 0;
    for seed in 0..300 {
        let mut next = random(seed);
        let name = mutation::TEXTS[next() as usize % mutation::TEXTS.len()];
        let text = mutation::mutate(&stored(name), &mut next);
        loaded += u32::from(mutation::attempt(&text, &mut next));
    }
    // Mutations that nothing could load would test little.
    assert!(loaded > 20, "{loaded}");
}
