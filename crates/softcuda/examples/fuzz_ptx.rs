//! Breaks stored PTX token by token, loads and launches it, for as long as is wanted:
//! `cargo run --release -p softcuda --example fuzz_ptx -- [ATTEMPTS] [SEED]`. Nothing may panic, crash or hang; the seed of
//! each attempt is printed when it starts, so that the last line names a culprit.

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/mutation.rs"]
mod mutation;

fn main() {
    let number = |index: usize| std::env::args().nth(index).and_then(|text| text.parse::<u64>().ok());
    let (attempts, seed) = (number(1).unwrap_or(1000), number(2).unwrap_or(1));
    let mut loaded = 0;
    for attempt in seed..seed.saturating_add(attempts) {
        let mut next = common::random(attempt);
        let name = mutation::TEXTS[next() as usize % mutation::TEXTS.len()];
        let text = mutation::mutate(&common::stored(name), &mut next);
        eprint!("\r{attempt}");
        loaded += u64::from(mutation::attempt(&text, &mut next));
    }
    println!("\n{attempts} texts, {loaded} of them loaded and launched");
}
