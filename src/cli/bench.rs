//! `codeexecutor bench`: how fast training steps, decoding, tracing and data are on this machine.

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use std::sync::Arc;

use crate::bench::{data, decode, kernels, mutants, preset, step, tracer};
use crate::config::{DeviceKind, WeightFormat};
use crate::data::parallel::threads_or_all;
use crate::device::Precision;
use crate::device::cuda::Cuda;
use crate::device::cuda::driver::DriverKind;
use crate::model::ModelConfig;

/// Measure the engine on this machine
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Step(Step),
    Decode(Decode),
    Tracer(Tracer),
    Mutants(Mutants),
    Data(Data),
    Kernels(Kernels),
}

/// The CUDA kernels one operation at a time: by events, on buffers that have left the cache, against measured peaks
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor bench kernels --device cuda
  codeexecutor bench kernels --device cuda --tune tiles.toml

On the software device shapes are small and times say nothing of a card; --tune then compares the candidates' results, and writes
what a model of time by waves finds for well-known cards.")]
struct Kernels {
    /// cuda or softcuda
    #[arg(long, value_enum, default_value = "cuda", env = "CODEEXECUTOR_DEVICE")]
    device: DeviceKind,
    /// Runs of each operation, of which the median counts
    #[arg(long, default_value_t = 20)]
    repetitions: usize,
    /// f32 or bf16
    #[arg(long, default_value = "bf16")]
    dtype: Precision,
    /// Time every tile and number of splits of the paper's model's products, and write what kernels/tiles.toml is to hold
    #[arg(long, value_name = "FILE")]
    tune: Option<std::path::PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

fn run_kernels(arguments: &Kernels) -> Result<()> {
    let kind = match arguments.device {
        DeviceKind::Cuda => DriverKind::Cuda,
        DeviceKind::Softcuda => DriverKind::Softcuda,
        other => bail!("bench kernels: --device {other:?} has no CUDA kernels: expected cuda or softcuda"),
    };
    ensure!(
        (1..=100_000).contains(&arguments.repetitions),
        "--repetitions {}: must lie in 1 to 100000",
        arguments.repetitions
    );
    ensure!(
        arguments.tune.is_none() || arguments.dtype == Precision::Bf16,
        "--tune: f32 products have one tile only; leave --dtype f32 away"
    );
    let device = Arc::new(Cuda::open(kind, 0, arguments.dtype)?);
    let Some(path) = &arguments.tune else {
        let report = kernels::timing::run(&device, arguments.repetitions)?;
        return super::print(&if arguments.json {
            serde_json::to_string(&report)?
        } else {
            report.to_string()
        });
    };
    if kind == DriverKind::Softcuda {
        let tuned = kernels::tune::run(&device, 128, 256, &[384])?;
        let cards = kernels::tune::derive();
        let text = kernels::tune::render(cards.iter().map(|(title, card)| (*title, card)));
        crate::data::files::write_atomically(path, text.as_bytes())?;
        return super::print(&format!(
            "{} candidates agree; the software device has no times of a card, so that {} holds what the model of time by waves \
             finds for {} well-known cards",
            tuned.tried,
            path.display(),
            cards.len()
        ));
    }
    let (hidden, intermediate, rows) = kernels::tune::PAPER;
    let tuned = kernels::tune::run(&device, hidden, intermediate, &rows)?;
    let text = kernels::tune::render([("Measured", &tuned.card)]);
    crate::data::files::write_atomically(path, text.as_bytes())?;
    super::print(&format!(
        "{}: the fastest of {} candidates for {} products; add it to kernels/tiles.toml and build again",
        path.display(),
        tuned.tried,
        tuned.card.products.len()
    ))
}

/// Training steps on random sequences: forward, loss, backward, clipping, AdamW
#[derive(Args)]
#[command(after_help = "Example:\n  codeexecutor bench step --model small --dtype bf16 --dropout 0.1 --seconds 10")]
struct Step {
    /// tiny, small or base
    #[arg(long, default_value = "small")]
    model: String,
    /// Where to compute; the shares of single operations are counted on the CPU alone
    #[arg(long, value_enum, default_value_t, env = "CODEEXECUTOR_DEVICE")]
    device: DeviceKind,
    /// f32 or bf16
    #[arg(long, default_value = "bf16")]
    dtype: Precision,
    /// On hidden states and attention probabilities
    #[arg(long, default_value_t = 0.1)]
    dropout: f32,
    /// Bounds of source and target lengths, both drawn evenly [default: 20:60,40:196; base: 40:128,80:384]
    #[arg(long, value_name = "LOW:HIGH,LOW:HIGH")]
    lengths: Option<String>,
    /// Sequences per batch [default: 16; base: 2]
    #[arg(long)]
    batch: Option<usize>,
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    /// 0 takes one per core
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Vocabulary size [default: 2048, 4096 or 51627]
    #[arg(long)]
    vocabulary: Option<usize>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Decoding of random prefixes with a key/value cache, greedy or by beams
#[derive(Args)]
#[command(after_help = "Example:\n  codeexecutor bench decode --model small --dtype bf16 --batch 16 --beam 1")]
struct Decode {
    /// tiny, small or base
    #[arg(long, default_value = "small")]
    model: String,
    /// Where to compute; the shares of single operations are counted on the CPU alone
    #[arg(long, value_enum, default_value_t, env = "CODEEXECUTOR_DEVICE")]
    device: DeviceKind,
    /// f32 or bf16
    #[arg(long, default_value = "bf16")]
    dtype: Precision,
    /// Number format of the weights: as --dtype says, or eight bits (CPU only)
    #[arg(long, value_enum, default_value_t)]
    weights: WeightFormat,
    /// Programs decoded together
    #[arg(long, default_value_t = 1)]
    batch: usize,
    /// Hypotheses per program; 1 is greedy
    #[arg(long, default_value_t = 1)]
    beam: usize,
    /// Tokens of each prefix
    #[arg(long, default_value_t = 64)]
    source: usize,
    /// Tokens to decode for each program
    #[arg(long, default_value_t = 128)]
    steps: usize,
    #[arg(long, default_value_t = 5)]
    repetitions: usize,
    /// 0 takes one per core
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Vocabulary size [default: 2048, 4096 or 51627]
    #[arg(long)]
    vocabulary: Option<usize>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Programs and trace entries a second, the traces written out as text
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor bench tracer
  codeexecutor bench tracer --jobs programs.jsonl --threads 2 --seconds 10")]
struct Tracer {
    /// JSON lines with \"code\" and \"stdin\", as `trace --jobs` reads them; without it, the corpora that ship
    #[arg(long = "jobs", value_name = "FILE")]
    programs: Option<std::path::PathBuf>,
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// 0 takes one per core
    #[arg(long, default_value_t = 1)]
    threads: usize,
    #[arg(long, default_value_t = 10_000)]
    max_events: usize,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Mutants a minute that are made, run and traced, from programs of 10 to 20 lines
#[derive(Args)]
#[command(after_help = "Example:\n  codeexecutor bench mutants --threads 2")]
struct Mutants {
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// 0 takes one per core
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Operators that are applied to make one mutant
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=16))]
    order: u64,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Training tokens a second that one thread makes: from drawing and tracing programs to packed batches
#[derive(Args)]
struct Data {
    /// For each kind of data
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.what {
        What::Step(arguments) => run_step(arguments),
        What::Decode(arguments) => run_decode(arguments),
        What::Tracer(arguments) => run_tracer(&arguments),
        What::Mutants(arguments) => run_mutants(&arguments),
        What::Data(arguments) => run_data(&arguments),
        What::Kernels(arguments) => run_kernels(&arguments),
    }
}

fn model(name: &str, vocabulary: Option<usize>) -> Result<ModelConfig> {
    let Some(mut config) = preset(name) else {
        bail!(
            "unknown model `{name}`: expected one of {}",
            ModelConfig::PRESETS.join(", ")
        );
    };
    if let Some(vocabulary) = vocabulary {
        ensure!(vocabulary >= 16, "--vocabulary {vocabulary}: must be at least 16");
        config.vocab_size = vocabulary;
    }
    config.validate()?;
    Ok(config)
}

/// `LOW:HIGH,LOW:HIGH` of source and target.
fn lengths(text: &str) -> Result<[(u32, u32); 2]> {
    let bounds = |part: &str| -> Option<(u32, u32)> {
        let (low, high) = part.split_once(':')?;
        let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
        (1 <= low && low <= high).then_some((low, high))
    };
    let parsed = text
        .split_once(',')
        .and_then(|(source, target)| Some([bounds(source)?, bounds(target)?]));
    parsed.with_context(|| format!("--lengths {text}: expected LOW:HIGH,LOW:HIGH, such as 20:60,40:196"))
}

fn run_step(arguments: Step) -> Result<()> {
    let model = model(&arguments.model, arguments.vocabulary)?;
    let base = arguments.model == "base";
    let default = if base { "40:128,80:384" } else { "20:60,40:196" };
    let lengths = lengths(arguments.lengths.as_deref().unwrap_or(default))?;
    ensure!(
        (0.0..1.0).contains(&arguments.dropout),
        "--dropout {}: must lie in [0, 1)",
        arguments.dropout
    );
    ensure!(
        arguments.seconds > 0.0 && arguments.seconds <= 86_400.0,
        "--seconds {}: must lie in (0, 86400]",
        arguments.seconds
    );
    let longest = lengths[0].1 as usize + lengths[1].1 as usize;
    ensure!(
        longest <= model.max_length(),
        "--lengths: {longest} tokens exceed the model's {}",
        model.max_length()
    );
    let batch = arguments.batch.unwrap_or(if base { 2 } else { 16 });
    ensure!((1..=4096).contains(&batch), "--batch {batch}: must lie in 1 to 4096");
    let report = step::run(
        arguments.device,
        &step::Options {
            model,
            precision: arguments.dtype,
            dropout: arguments.dropout,
            lengths,
            batch,
            seconds: arguments.seconds,
            threads: arguments.threads,
        },
    )?;
    super::print(&if arguments.json {
        serde_json::to_string(&report)?
    } else {
        report.to_string()
    })
}

fn run_decode(arguments: Decode) -> Result<()> {
    let model = model(&arguments.model, arguments.vocabulary)?;
    for (name, value) in [
        ("--batch", arguments.batch),
        ("--beam", arguments.beam),
        ("--source", arguments.source),
        ("--steps", arguments.steps),
    ] {
        ensure!((1..=4096).contains(&value), "{name} {value}: must lie in 1 to 4096");
    }
    ensure!(
        arguments.beam <= model.vocab_size,
        "--beam {}: exceeds the vocabulary",
        arguments.beam
    );
    let length = arguments.source + arguments.steps;
    ensure!(
        length <= model.max_length(),
        "{length} tokens exceed the model's {}",
        model.max_length()
    );
    let report = decode::run(
        arguments.device,
        &decode::Options {
            model,
            precision: arguments.dtype,
            weights: arguments.weights,
            batch: arguments.batch,
            beam: arguments.beam,
            source: arguments.source,
            steps: arguments.steps,
            repetitions: arguments.repetitions,
            threads: arguments.threads,
        },
    )?;
    super::print(&if arguments.json {
        serde_json::to_string(&report)?
    } else {
        report.to_string()
    })
}

fn run_tracer(arguments: &Tracer) -> Result<()> {
    ensure_positive(arguments.seconds)?;
    let programs = tracer::programs(arguments.programs.as_deref())?;
    let limits = python::Limits {
        max_events: arguments.max_events,
        ..python::Limits::default()
    };
    let report = tracer::run(&programs, threads_or_all(arguments.threads), arguments.seconds, &limits);
    let parts = tracer::parts(&programs, arguments.seconds, &limits);
    if arguments.json {
        let mut json = serde_json::to_value(&report)?;
        json["parts"] = serde_json::to_value(&parts)?;
        return super::print(&json.to_string());
    }
    let statuses: Vec<String> = report
        .statuses
        .iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    let plain: Vec<String> = parts
        .plain
        .iter()
        .map(|plain| format!("  {:<20} {:>8.1} ms", plain.program, plain.milliseconds))
        .collect();
    super::print(&format!(
        "{} programs ({}), {} threads: {:.0} programs/s, {:.0} events/s, {:.1} MB/s of text\n\
         of each program's time: parsing {:.1} µs, compiling {:.1} µs\n\
         programs of a few lines, one thread: {:.0} programs/s\n\
         without tracing (crates/python/benches/plain):\n{}",
        report.programs,
        statuses.join(", "),
        report.threads,
        report.programs_per_second,
        report.events_per_second,
        report.megabytes_per_second,
        parts.parse_microseconds,
        parts.compile_microseconds,
        parts.small_programs_per_second,
        plain.join("\n")
    ))
}

fn run_mutants(arguments: &Mutants) -> Result<()> {
    ensure_positive(arguments.seconds)?;
    let report = mutants::run(
        threads_or_all(arguments.threads),
        arguments.seconds,
        arguments.order as usize,
    )?;
    if arguments.json {
        return super::print(&serde_json::to_string(&report)?);
    }
    super::print(&format!(
        "{} programs, {} threads, order {}: {:.0} mutants a minute ({:.1} entries each), {:.0} of them with a trace of their own",
        report.programs,
        report.threads,
        report.order,
        report.mutants_per_minute,
        report.entries,
        report.distinct_per_minute
    ))
}

fn run_data(arguments: &Data) -> Result<()> {
    ensure_positive(arguments.seconds)?;
    let rates = data::run(arguments.seconds)?;
    if arguments.json {
        return super::print(&serde_json::to_string(&rates)?);
    }
    let mut text = format!(
        "{:<22} {:>12} {:>12} {:>12} {:>10}\n",
        "", "programs/s", "tokens/s", "tokens each", "left out"
    );
    for rate in rates {
        text.push_str(&format!(
            "{:<22} {:>12.0} {:>12.0} {:>12.1} {:>8.1} %\n",
            rate.data,
            rate.programs_per_second,
            rate.tokens_per_second,
            rate.length,
            100.0 * rate.left_out
        ));
    }
    super::print(&text)
}

fn ensure_positive(seconds: f64) -> Result<()> {
    ensure!(
        seconds > 0.0 && seconds.is_finite(),
        "--seconds {seconds}: must be above 0"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn lengths_are_checked() {
        assert_eq!(super::lengths("20:60,40:196").unwrap(), [(20, 60), (40, 196)]);
        for wrong in ["", "20:60", "60:20,1:2", "0:5,1:2", "a:b,c:d"] {
            assert!(
                super::lengths(wrong)
                    .unwrap_err()
                    .to_string()
                    .contains("expected LOW:HIGH"),
                "{wrong}"
            );
        }
    }
}
