//! `codeexecutor train`: a run as a TOML file describes it.

use super::device::{DeviceTask, on_device};
use super::print;
use crate::config::{DataType, DeviceKind, RunConfig, WeightFormat};
use crate::device::Device;
use crate::report::style::Style;
use crate::train::{Event, Outcome, Resume, train};
use anyhow::{Context, Result, bail};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Train a model through a curriculum, its data made on the fly.
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor train --config configs/tiny.toml
  codeexecutor train --config configs/tiny.toml --set directory=runs/second --set optimizer.learning_rate=1e-3
  codeexecutor train --config configs/tiny.toml --resume auto

Ctrl-C writes a checkpoint and stops; --resume auto goes on from there, to the same weights as an unbroken run.")]
pub struct Arguments {
    /// The run's description.
    #[arg(long, value_name = "FILE.toml")]
    config: PathBuf,
    /// Replace a value of the description; keys go by dots, stages by number from 0.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// Where to compute, instead of the description's `device`.
    #[arg(long, value_enum)]
    device: Option<DeviceKind>,
    /// Number format of weights and activations, instead of the description's `dtype`.
    #[arg(long, value_enum)]
    dtype: Option<DataType>,
    /// Go on from a checkpoint: auto takes the run's last one, if it has one.
    #[arg(long, value_name = "auto|PATH")]
    resume: Option<PathBuf>,
    /// Stop, with a checkpoint, after this many updates.
    #[arg(long, value_name = "STEPS")]
    stop_after: Option<u64>,
    /// Print the checked description and do nothing.
    #[arg(long)]
    print_config: bool,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let mut settings = arguments.settings;
    let name = |value: Option<PossibleValue>| value.map(|value| value.get_name().to_string());
    let device = arguments.device.and_then(|device| name(device.to_possible_value()));
    let dtype = arguments.dtype.and_then(|dtype| name(dtype.to_possible_value()));
    settings.extend(device.map(|device| format!("device={device}")));
    settings.extend(dtype.map(|dtype| format!("dtype={dtype}")));
    let config = RunConfig::read(&arguments.config, &settings)?;
    if arguments.print_config {
        return print(&config.to_toml());
    }
    let resume = match arguments.resume {
        None => Resume::No,
        Some(path) if path.as_os_str() == "auto" => Resume::Auto,
        Some(path) => Resume::From(path),
    };
    let stop = stop_on_interrupt()?;
    let mut watcher = Watcher::new();
    let outcome = run_training(&config, &resume, arguments.stop_after, &stop, &mut |event| {
        watcher.see(&event)
    })?;
    watcher.finish();
    match outcome {
        Outcome::Finished => print(&format!("finished: {}", config.directory.display())),
        Outcome::Stopped { step } => print(&format!(
            "stopped after update {step}; go on with: codeexecutor train --config {} --resume auto",
            arguments.config.display()
        )),
    }
}

/// A flag that Ctrl-C and a request to terminate set; a second one ends the process at once.
pub fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("stopping after this update; once more to stop at once");
    })
    .context("watching for Ctrl-C")?;
    Ok(stop)
}

/// Trains on the device that the description names.
pub fn run_training(
    config: &RunConfig,
    resume: &Resume,
    most: Option<u64>,
    stop: &AtomicBool,
    observe: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome> {
    struct Task<'a> {
        config: &'a RunConfig,
        resume: &'a Resume,
        most: Option<u64>,
        stop: &'a AtomicBool,
        observe: &'a mut dyn FnMut(Event<'_>),
    }
    impl DeviceTask for Task<'_> {
        type Output = Outcome;
        fn run<D: Device>(self, device: Arc<D>) -> Result<Outcome> {
            train(device, self.config, self.resume, self.most, self.stop, self.observe)
        }
    }
    if config.stages.is_empty() {
        bail!("stage: there must be at least one [[stage]]");
    }
    on_device(
        config.device,
        config.dtype,
        WeightFormat::Dtype,
        config.threads,
        Task {
            config,
            resume,
            most,
            stop,
            observe,
        },
    )
}

/// Shows a run: a bar per stage on a terminal, plain lines elsewhere.
pub struct Watcher {
    bar: Option<ProgressBar>,
    last: Option<Instant>,
    /// First and last loss of each stage.
    pub losses: Vec<(String, f64, f64)>,
}

/// Time between plain lines.
const INTERVAL: Duration = Duration::from_secs(5);

impl Watcher {
    pub fn new() -> Watcher {
        Watcher {
            bar: None,
            last: None,
            losses: Vec::new(),
        }
    }

    fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{text}")),
            None => eprintln!("{text}"),
        }
    }

    pub fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Began {
                parameters,
                vocabulary,
                device,
                step,
            } => {
                let from = if *step > 0 {
                    format!(", going on after update {step}")
                } else {
                    String::new()
                };
                self.line(&format!(
                    "{parameters} parameters, vocabulary of {vocabulary}, on {device}{from}"
                ));
            }
            Event::Stage { stage, number, of } => {
                self.finish();
                self.line(&format!(
                    "stage {number} of {of}: {}",
                    Style::stdout().bold(&stage.name)
                ));
                self.bar = std::io::stderr().is_terminal().then(|| {
                    let bar = ProgressBar::new(1000);
                    let style = ProgressStyle::with_template("{wide_bar} {percent}%  {msg}  {eta} left");
                    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                    bar
                });
                self.last = None;
            }
            Event::Progress { fraction } => {
                if let Some(bar) = &self.bar {
                    bar.set_position((fraction * 1000.0) as u64);
                }
            }
            Event::Step(metrics) => {
                match self.losses.last_mut() {
                    Some((stage, _, last)) if *stage == metrics.stage => *last = metrics.loss,
                    _ => self.losses.push((metrics.stage.clone(), metrics.loss, metrics.loss)),
                }
                let text = format!(
                    "update {}  loss {:.3}  rate {:.1e}  {:.0} tokens/s  {:.0} programs/s  waiting for data {:.1}%",
                    metrics.step,
                    metrics.loss,
                    metrics.learning_rate,
                    metrics.tokens_per_second,
                    metrics.programs_per_second,
                    100.0 * metrics.data_wait
                );
                if let Some(bar) = &self.bar {
                    bar.set_message(text);
                } else if self.last.is_none_or(|last| last.elapsed() >= INTERVAL) {
                    self.last = Some(Instant::now());
                    eprintln!("{text}");
                }
            }
            Event::Evaluation(metrics) => self.line(&format!(
                "update {}  held-out loss {:.3}  traces right {:.1}%  identifier F1 {:.1}%  ({} programs)",
                metrics.step, metrics.evaluation_loss, metrics.trace_accuracy, metrics.identifier_f1, metrics.examples
            )),
            Event::Checkpoint { directory, step } => {
                self.line(&format!("update {step}  checkpoint {}", directory.display()));
            }
        }
    }

    /// Takes the bar away.
    pub fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
