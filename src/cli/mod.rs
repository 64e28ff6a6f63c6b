//! The command line: one file per subcommand, which reads arguments, calls the library and prints.

mod bench;
mod cruxeval;
mod dataset;
mod decoding;
mod device;
mod doctor;
mod evaluate;
mod files;
mod kernels;
mod mutate;
mod predict;
mod programs;
mod progress;
mod quickstart;
mod rerank;
mod search;
mod trace;
mod train;
mod validate;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Trains and runs a Transformer that predicts what Python programs do.
#[derive(Parser)]
#[command(name = "codeexecutor", version, max_term_width = 110)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Quickstart(quickstart::Arguments),
    Trace(trace::Arguments),
    Dataset(dataset::Arguments),
    Train(train::Arguments),
    Predict(predict::Arguments),
    Evaluate(evaluate::Arguments),
    Search(search::Arguments),
    Rerank(rerank::Arguments),
    Cruxeval(cruxeval::Arguments),
    Mutate(mutate::Arguments),
    Bench(bench::Arguments),
    Kernels(kernels::Arguments),
    Doctor(doctor::Arguments),
    Validate(validate::Arguments),
}

/// Runs the command line of this process.
pub fn run() -> Result<()> {
    match Arguments::parse().command {
        Command::Quickstart(arguments) => quickstart::run(arguments),
        Command::Train(arguments) => train::run(arguments),
        Command::Predict(arguments) => predict::run(arguments),
        Command::Trace(arguments) => trace::run(arguments),
        Command::Dataset(arguments) => dataset::run(arguments),
        Command::Evaluate(arguments) => evaluate::run(arguments),
        Command::Search(arguments) => search::run(arguments),
        Command::Rerank(arguments) => rerank::run(arguments),
        Command::Cruxeval(arguments) => cruxeval::run(arguments),
        Command::Mutate(arguments) => mutate::run(arguments),
        Command::Bench(arguments) => bench::run(arguments),
        Command::Kernels(arguments) => kernels::run(arguments),
        Command::Doctor(arguments) => doctor::run(arguments),
        Command::Validate(arguments) => validate::run(arguments),
    }
}

/// Whether an error is only that nobody reads standard output any more.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Prints to standard output; a closed pipe is an error and not a panic.
fn print(text: &str) -> Result<()> {
    use std::io::Write;
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    if !text.ends_with('\n') && !text.is_empty() {
        stdout.write_all(b"\n")?;
    }
    Ok(stdout.flush()?)
}

/// The text of a program; `-` is standard input.
fn read_program(path: &std::path::Path) -> Result<String> {
    use anyhow::Context;
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).context("standard input")?;
        bytes
    } else {
        std::fs::read(path).with_context(|| path.display().to_string())?
    };
    let text = String::from_utf8(bytes).with_context(|| format!("{}: not UTF-8", path.display()))?;
    anyhow::ensure!(!text.trim().is_empty(), "{}: holds no program", path.display());
    Ok(text)
}
