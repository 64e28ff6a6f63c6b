//! Calls the driver's functions at random until stopped: `fuzz_driver [SEED [ROUNDS]]` starts at a seed and makes that many calls
//! with each (default 0 and 1,000,000). Each seed is named before it starts, so that what fails can be repeated.

#[path = "../tests/harness/mod.rs"]
#[allow(dead_code)]
mod harness;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: u64| match arguments.next() {
        None => default,
        Some(text) => text.parse().unwrap_or_else(|_| {
            eprintln!("fuzz_driver: `{text}` is no number; usage: fuzz_driver [SEED [ROUNDS]]");
            std::process::exit(2);
        }),
    };
    let (first, rounds) = (number(0), number(1_000_000));
    harness::call("cuInit", &[0]);
    for seed in first.. {
        eprintln!("seed {seed}");
        harness::fuzz(seed, rounds as u32);
    }
}
