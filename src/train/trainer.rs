//! The training loop.

use super::checkpoint::{self, Position};
use super::log::{EvaluationMetrics, Log, StepMetrics};
use super::schedule::{learning_rate, run_fraction, stage_fraction};
use crate::config::{RunConfig, Stage};
use crate::data::files::{writable_directory, write_atomically};
use crate::data::packing::{LossWeights, Sequence, pack};
use crate::data::stream::{Batches, Feed, Feeder, Split};
use crate::data::tokenizer::Tokenizer;
use crate::device::{AdamW, Device};
use crate::evaluate::Counts;
use crate::evaluate::predict::{Predictor, score};
use crate::model::{BatchLimits, DropoutSettings, Inference, Model, ModelConfig, PackedBatch, Training};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Programs of each source that a new tokenizer is trained on.
const TOKENIZER_PROGRAMS: u64 = 4000;

/// Shortest sequence that a batch is planned for.
const SHORTEST: usize = 12;

/// Whether a run may, or must, go on from a checkpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Resume {
    /// The run's folder must be new.
    #[default]
    No,
    /// From the folder's last checkpoint, if it has one.
    Auto,
    /// From this checkpoint, or run.
    From(PathBuf),
}

/// What happens during a run, for those who watch.
#[derive(Debug)]
pub enum Event<'a> {
    Began {
        parameters: usize,
        vocabulary: usize,
        device: &'a str,
        step: u64,
    },
    Stage {
        stage: &'a Stage,
        number: usize,
        of: usize,
    },
    /// How much of the stage is behind.
    Progress {
        fraction: f64,
    },
    Step(&'a StepMetrics),
    Evaluation(&'a EvaluationMetrics),
    Checkpoint {
        directory: &'a Path,
        step: u64,
    },
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Finished,
    /// Asked to stop before its end; the last checkpoint goes on from there.
    Stopped {
        step: u64,
    },
}

/// Trains as `config` says. `stop` ends the run after the update under way, with a checkpoint; so does the number of
/// updates `most`.
pub fn train<D: Device>(
    device: Arc<D>,
    config: &RunConfig,
    resume: &Resume,
    most: Option<u64>,
    stop: &AtomicBool,
    observe: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome> {
    let directory = &config.directory;
    let from = match resume {
        Resume::No => None,
        Resume::Auto => checkpoint::find(directory),
        Resume::From(path) => Some(checkpoint::find(path).unwrap_or_else(|| path.clone())),
    };
    if from.is_none() && directory.join("metrics.jsonl").exists() {
        bail!(
            "{}: holds a run already; go on with it by --resume auto, or choose another directory by --set directory=PATH",
            directory.display()
        );
    }
    let position = from
        .as_deref()
        .map(checkpoint::position)
        .transpose()?
        .unwrap_or_default();
    if position.stage > config.stages.len() {
        bail!(
            "the checkpoint stands in stage {}, but there are {}",
            position.stage + 1,
            config.stages.len()
        );
    }
    writable_directory(directory)?;
    let (tokenizer, model) = open_model(&device, config, from.as_deref())?;
    let mut run = Run::new(model, tokenizer, config, position, from.as_deref())?;
    write_atomically(&directory.join("config.toml"), config.to_toml().as_bytes())?;
    observe(Event::Began {
        parameters: run.model.layout.tensors.iter().map(|tensor| tensor.span.length).sum(),
        vocabulary: run.tokenizer.size(),
        device: &device.name(),
        step: run.position.step,
    });
    let end = most.map(|most| run.position.step + most);
    while run.position.stage < config.stages.len() {
        if !run.stage(end, stop, observe)? {
            return Ok(Outcome::Stopped {
                step: run.position.step,
            });
        }
    }
    Ok(Outcome::Finished)
}

/// The tokenizer and the model that a run starts with.
fn open_model<D: Device>(
    device: &Arc<D>,
    config: &RunConfig,
    from: Option<&Path>,
) -> Result<(Arc<Tokenizer>, Model<D>)> {
    let section = &config.model;
    if let Some(folder) = from.map(Path::to_owned).or_else(|| section.start.clone()) {
        let (model, tokenizer) = checkpoint::open_as(device.clone(), &folder, true, section.format)?;
        return Ok((Arc::new(tokenizer), model));
    }
    let tokenizer = match &section.tokenizer {
        Some(path) => Tokenizer::open(path)?,
        None => {
            let mut texts = Vec::new();
            for stage in &config.stages {
                let feed = Feed::open_as(stage, config.seed, Split::Train, section.format)?;
                texts.extend(feed.texts(TOKENIZER_PROGRAMS)?);
            }
            Tokenizer::train_as(texts.into_iter(), section.vocabulary, section.format).context("model.vocabulary")?
        }
    };
    let mut shape = ModelConfig::preset(&section.preset, tokenizer.size()).context("model.preset")?;
    shape.hidden_dropout_prob = section.dropout;
    shape.attention_probs_dropout_prob = section.dropout;
    shape.pad_token_id = tokenizer.ids.pad;
    let model = Model::initialize(device.clone(), shape, config.seed, true)?;
    Ok((Arc::new(tokenizer), model))
}

struct Run<'a, D: Device> {
    config: &'a RunConfig,
    model: Model<D>,
    tokenizer: Arc<Tokenizer>,
    training: Training<D>,
    weights: LossWeights,
    batches: Vec<PackedBatch>,
    position: Position,
    log: Log,
}

/// Sums since the last line of the log.
#[derive(Default)]
struct Interval {
    updates: u64,
    tokens: u64,
    programs: u64,
    waited: Duration,
    seconds: f64,
}

impl<'a, D: Device> Run<'a, D> {
    fn new(
        model: Model<D>,
        tokenizer: Arc<Tokenizer>,
        config: &'a RunConfig,
        position: Position,
        from: Option<&Path>,
    ) -> Result<Self> {
        let tokens = config.batch.tokens;
        let mut training = Training::new(
            &model,
            BatchLimits {
                tokens,
                segments: tokens / SHORTEST + 1,
                targets: tokens,
            },
        )?;
        if let Some(from) = from {
            let [first, second] = checkpoint::moments(from, &model.layout)?;
            let device = model.device();
            device
                .write_floats(&mut training.first_moment, 0, &first)
                .map_err(crate::model::ModelError::from)?;
            device
                .write_floats(&mut training.second_moment, 0, &second)
                .map_err(crate::model::ModelError::from)?;
        }
        Ok(Run {
            weights: LossWeights::new(&tokenizer),
            batches: vec![PackedBatch::new(); config.batch.accumulation],
            log: Log::open(&config.directory.join("metrics.jsonl"), position.step)?,
            config,
            model,
            tokenizer,
            training,
            position,
        })
    }

    /// Trains to the end of the current stage. False when it was stopped before.
    fn stage(&mut self, end: Option<u64>, stop: &AtomicBool, observe: &mut dyn FnMut(Event<'_>)) -> Result<bool> {
        let config = self.config;
        let stage = &config.stages[self.position.stage];
        observe(Event::Stage {
            stage,
            number: self.position.stage + 1,
            of: config.stages.len(),
        });
        let held_out = Feed::open_as(stage, config.seed, Split::HeldOut, self.tokenizer.format)?
            .take(&self.tokenizer, config.evaluation.examples)?;
        let feed = Arc::new(Feed::open_as(stage, config.seed, Split::Train, self.tokenizer.format)?);
        let feeder = Feeder::start(feed, self.tokenizer.clone(), self.position.place, config.data_threads)?;
        let first_position = self.model.config.first_position();
        let mut batches = Batches::new(feeder, config.batch.tokens, first_position, self.weights.clone());
        let mut interval = Interval::default();
        loop {
            let fraction = self.fraction();
            if fraction >= 1.0 {
                break;
            }
            observe(Event::Progress { fraction });
            self.update(&mut batches, &mut interval, fraction)?;
            let step = self.position.step;
            let ended = self.fraction() >= 1.0;
            if step.is_multiple_of(config.log.interval) || ended {
                let metrics = self.step_metrics(&mut interval, fraction)?;
                if !metrics.loss.is_finite() {
                    bail!(
                        "the loss at step {step} is {}: try a smaller optimizer.learning_rate",
                        metrics.loss
                    );
                }
                self.log.write(&metrics)?;
                observe(Event::Step(&metrics));
            }
            let stopped = stop.load(Ordering::Relaxed) || end.is_some_and(|end| step >= end);
            if stopped && !ended {
                self.save_last(observe)?;
                return Ok(false);
            }
            if step.is_multiple_of(config.evaluation.interval) && !ended {
                self.evaluate(stage, &held_out, observe)?;
                self.save_last(observe)?;
            }
        }
        self.evaluate(stage, &held_out, observe)?;
        let done = Position {
            step: self.position.step,
            draw: self.position.draw,
            stage: self.position.stage + 1,
            seconds: self.position.seconds,
            ..Position::default()
        };
        self.position = done;
        self.save_last(observe)?;
        let finished = self.position.stage == config.stages.len();
        Ok(finished || !(stop.load(Ordering::Relaxed) || end.is_some_and(|end| self.position.step >= end)))
    }

    fn fraction(&self) -> f64 {
        let position = &self.position;
        let stage = &self.config.stages[position.stage];
        stage_fraction(
            stage,
            position.stage_steps,
            position.stage_examples,
            position.stage_seconds,
        )
    }

    fn learning_rate(&self, step: u64, fraction: f64) -> f64 {
        learning_rate(
            self.config,
            step,
            run_fraction(&self.config.stages, self.position.stage, fraction),
        )
    }

    /// One update from the stream's next batches.
    fn update(&mut self, batches: &mut Batches, interval: &mut Interval, fraction: f64) -> Result<()> {
        let began = Instant::now();
        let (waited, programs) = (batches.feeder.waited, batches.feeder.programs);
        for batch in &mut self.batches {
            self.position.stage_examples += batches.fill(batch)? as u64;
        }
        let targets: usize = self.batches.iter().map(PackedBatch::target_count).sum();
        let (model, training, settings) = (&mut self.model, &mut self.training, &self.config.optimizer);
        // The loss is summed on the device over an interval of the log, and read at its end.
        if interval.updates == 0 {
            training.zero_gradients(model)?;
        } else {
            training.zero_gradients_alone(model)?;
        }
        for batch in &self.batches {
            let dropout = DropoutSettings {
                hidden: model.config.hidden_dropout_prob,
                attention: model.config.attention_probs_dropout_prob,
                seed: self.config.seed,
                draw: self.position.draw as u32,
            };
            training.accumulate(model, batch, &dropout, 1.0 / targets as f32)?;
            self.position.draw += 1;
        }
        let step = self.position.step + 1;
        let rate = learning_rate(
            self.config,
            step,
            run_fraction(&self.config.stages, self.position.stage, fraction),
        );
        let adamw = AdamW {
            learning_rate: rate as f32,
            beta1: settings.beta1 as f32,
            beta2: settings.beta2 as f32,
            epsilon: settings.epsilon as f32,
            weight_decay: settings.weight_decay as f32,
            step,
            max_norm: settings.clip as f32,
        };
        training.update(model, &adamw)?;
        interval.updates += 1;
        interval.tokens += self.batches.iter().map(|batch| batch.token_count() as u64).sum::<u64>();
        interval.programs += batches.feeder.programs - programs;
        interval.waited += batches.feeder.waited - waited;
        let seconds = began.elapsed().as_secs_f64();
        interval.seconds += seconds;
        let position = &mut self.position;
        position.step = step;
        position.stage_steps += 1;
        position.stage_seconds += seconds;
        position.seconds += seconds;
        position.place = batches.place();
        Ok(())
    }

    /// Reads the interval's loss, which is the only place where a run waits for the device.
    fn step_metrics(&mut self, interval: &mut Interval, fraction: f64) -> Result<StepMetrics> {
        let mut interval = std::mem::take(interval);
        let began = Instant::now();
        let loss = self.training.read_loss(&self.model)?;
        let waited = began.elapsed().as_secs_f64();
        interval.seconds += waited;
        self.position.stage_seconds += waited;
        self.position.seconds += waited;
        let seconds = interval.seconds.max(1e-9);
        Ok(StepMetrics {
            step: self.position.step,
            stage: self.config.stages[self.position.stage].name.clone(),
            loss: f64::from(loss) / interval.updates.max(1) as f64,
            learning_rate: self.learning_rate(self.position.step, fraction),
            gradient_norm: f64::from(self.training.read_gradient_norm(&self.model)?),
            tokens_per_second: interval.tokens as f64 / seconds,
            programs_per_second: interval.programs as f64 / seconds,
            data_wait: interval.waited.as_secs_f64() / seconds,
            seconds: self.position.seconds,
        })
    }

    /// Looks at held-out programs, and keeps the model as the best when its loss is the stage's least.
    fn evaluate(&mut self, stage: &Stage, held_out: &[Sequence], observe: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        if held_out.is_empty() {
            return Ok(());
        }
        let loss = self.held_out_loss(held_out)?;
        let predictor = Predictor::greedy(&self.model, &self.tokenizer);
        let mut counts = Counts::default();
        for chunk in held_out.chunks(32) {
            counts += score(&predictor, chunk)?;
        }
        let metrics = EvaluationMetrics {
            step: self.position.step,
            stage: stage.name.clone(),
            evaluation_loss: loss,
            trace_accuracy: counts.trace_accuracy(),
            identifier_f1: counts.identifier_f1(),
            examples: counts.examples,
        };
        self.log.write(&metrics)?;
        observe(Event::Evaluation(&metrics));
        if self.position.best.is_none_or(|best| loss < best) {
            self.position.best = Some(loss);
            checkpoint::save(&self.config.directory.join("best"), &self.model, &self.tokenizer, None)?;
        }
        Ok(())
    }

    fn held_out_loss(&self, held_out: &[Sequence]) -> Result<f64> {
        let tokens = self.config.batch.tokens;
        let limits = BatchLimits {
            tokens,
            segments: tokens / SHORTEST + 1,
            targets: tokens,
        };
        let mut inference = Inference::new(&self.model, limits)?;
        let first_position = self.model.config.first_position();
        let (mut loss, mut targets) = (0.0, 0);
        let mut batch = PackedBatch::new();
        let mut rest = held_out;
        while !rest.is_empty() {
            batch.clear();
            while let Some((sequence, after)) = rest.split_first() {
                if !pack(&mut batch, sequence, tokens, first_position, &self.weights) {
                    break;
                }
                rest = after;
            }
            loss += f64::from(inference.loss(&self.model, &batch, 1.0)?);
            targets += batch.target_count();
        }
        Ok(loss / targets as f64)
    }

    fn save_last(&self, observe: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        let directory = self.config.directory.join("last");
        checkpoint::save(
            &directory,
            &self.model,
            &self.tokenizer,
            Some((&self.training, &self.position)),
        )?;
        observe(Event::Checkpoint {
            directory: &directory,
            step: self.position.step,
        });
        Ok(())
    }
}
