//! A training run's description: TOML and `--set key=value`, checked as a whole and printed as it is used.

use crate::data::example::{DataSet, TraceFormat};
use crate::data::generate::Level;
use crate::data::mutants::default_set;
use crate::model::{ModelConfig, ModelError};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Where tensors live and are computed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
#[value(rename_all = "lowercase")]
pub enum DeviceKind {
    /// The best that this machine has.
    #[default]
    Auto,
    Cpu,
    Cuda,
    /// The software CUDA device: the CUDA kernels on the CPU.
    Softcuda,
}

/// Number format of weights and activations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
#[value(rename_all = "lowercase")]
pub enum DataType {
    #[default]
    F32,
    Bf16,
}

/// Number format of the weights that a model which is not trained reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "lowercase")]
pub enum WeightFormat {
    /// That of the activations.
    #[default]
    Dtype,
    /// Eight bits and a scale for every output; on the CPU.
    Int8,
}

impl WeightFormat {
    /// For devices other than the CPU.
    pub fn refuse_beside_cpu(self) -> Result<(), ModelError> {
        match self {
            WeightFormat::Dtype => Ok(()),
            WeightFormat::Int8 => Err(ModelError::Config(
                "weights of eight bits: the CPU alone has them; leave out --weights or give --device cpu".to_string(),
            )),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunConfig {
    /// Decides data, initial weights and dropout.
    #[serde(default)]
    pub seed: u64,
    /// Where the run is written.
    pub directory: PathBuf,
    #[serde(default)]
    pub device: DeviceKind,
    #[serde(default)]
    pub dtype: DataType,
    /// Threads of the CPU device; 0 takes all cores.
    #[serde(default)]
    pub threads: usize,
    /// Threads that make, run and encode programs.
    #[serde(default = "one")]
    pub data_threads: usize,
    pub model: ModelSection,
    #[serde(default)]
    pub optimizer: OptimizerSection,
    #[serde(default)]
    pub batch: BatchSection,
    #[serde(default)]
    pub evaluation: EvaluationSection,
    #[serde(default)]
    pub log: LogSection,
    /// The curriculum, in order.
    #[serde(rename = "stage")]
    pub stages: Vec<Stage>,
}

fn one() -> usize {
    1
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSection {
    /// `tiny`, `small` or `base`.
    #[serde(default = "tiny")]
    pub preset: String,
    /// A checkpoint folder to start from; shape and tokenizer are then its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PathBuf>,
    /// Most tokens of the vocabulary, which is trained on the stages' own data.
    #[serde(default = "vocabulary")]
    pub vocabulary: usize,
    /// How traces are written: `codeexecutor`, or `cwm` for Code World Model frames. A model keeps its format.
    #[serde(default)]
    pub format: TraceFormat,
    /// A `tokenizer.json` to use instead of training one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokenizer: Option<PathBuf>,
    #[serde(default = "dropout")]
    pub dropout: f32,
}

fn tiny() -> String {
    "tiny".to_owned()
}
fn vocabulary() -> usize {
    2048
}
fn dropout() -> f32 {
    0.1
}

/// AdamW with linear warm-up and decay. The defaults are the release's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OptimizerSection {
    pub learning_rate: f64,
    pub warmup_steps: u64,
    /// `linear` falls to zero at the end of the last stage, `constant` stays.
    pub schedule: Schedule,
    pub beta1: f64,
    pub beta2: f64,
    pub epsilon: f64,
    pub weight_decay: f64,
    /// Largest norm of all gradients together.
    pub clip: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Schedule {
    #[default]
    Linear,
    Constant,
}

impl Default for OptimizerSection {
    fn default() -> Self {
        OptimizerSection {
            learning_rate: 4e-4,
            warmup_steps: 100,
            schedule: Schedule::Linear,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-6,
            weight_decay: 0.01,
            clip: 1.0,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BatchSection {
    /// Tokens of a packed batch, source and target together.
    pub tokens: usize,
    /// Batches whose gradients one update adds up.
    pub accumulation: usize,
}

impl Default for BatchSection {
    fn default() -> Self {
        BatchSection {
            tokens: 4096,
            accumulation: 1,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EvaluationSection {
    /// Updates between evaluations, each of which writes a checkpoint; every stage ends with one.
    pub interval: u64,
    /// Held-out programs whose traces are predicted.
    pub examples: usize,
}

impl Default for EvaluationSection {
    fn default() -> Self {
        EvaluationSection {
            interval: 1000,
            examples: 64,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogSection {
    /// Updates between lines of `metrics.jsonl`.
    pub interval: u64,
}

impl Default for LogSection {
    fn default() -> Self {
        LogSection { interval: 20 }
    }
}

/// One stage of the curriculum: until `steps` updates, `examples` programs or `seconds` have passed, whichever is first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examples: Option<u64>,
    /// Wall time. Runs that it ends are not reproducible step by step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    pub data: Vec<StageData>,
}

/// Where a stage's programs come from: a generator, programs that are mutated on the fly, or examples on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageData {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generator: Option<Generator>,
    #[serde(default)]
    pub level: Level,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<PathBuf>,
    /// Programs to mutate on the fly: `tutorial` or `contest` for the corpora that ship, or a folder (*.py with *.in
    /// beside them, or Project CodeNet's layout).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mutate: Option<String>,
    /// The highest mutation order.
    #[serde(default = "first_order")]
    pub order: usize,
    /// The data set whose token stands before the source: `singleline`, `tutorial` or `codenet`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<DataSet>,
    /// Share of the stage's programs, relative to the other entries.
    #[serde(default = "whole")]
    pub weight: f64,
}

fn whole() -> f64 {
    1.0
}

fn first_order() -> usize {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Generator {
    /// A start state and one line.
    SingleLine,
    /// Small programs of several lines.
    Program,
}

impl Generator {
    pub fn default_set(self) -> DataSet {
        match self {
            Generator::SingleLine => DataSet::SingleLine,
            Generator::Program => DataSet::Tutorial,
        }
    }
}

impl RunConfig {
    /// Reads a file, applies `--set key=value` and checks the whole.
    pub fn read(path: &Path, settings: &[String]) -> Result<RunConfig> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        Self::parse(&text, settings).with_context(|| path.display().to_string())
    }

    pub fn parse(text: &str, settings: &[String]) -> Result<RunConfig> {
        let mut table: toml::Value = match toml::from_str::<toml::Table>(text) {
            Ok(table) => table.into(),
            Err(error) => {
                let line = error
                    .span()
                    .map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
                bail!("line {line}: {}", error.message().replace('\n', " "));
            }
        };
        for setting in settings {
            set(&mut table, setting)?;
        }
        let config: RunConfig = serde_path_to_error::deserialize(table).map_err(|error| {
            let path = error.path().to_string();
            let message = error.into_inner().to_string().trim().replace('\n', " ");
            if path == "." {
                anyhow::anyhow!("{message}")
            } else {
                anyhow::anyhow!("{path}: {message}")
            }
        })?;
        config.validate()?;
        Ok(config)
    }

    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("a run description is plain data")
    }

    pub fn validate(&self) -> Result<()> {
        let positive = |key: &str, value: f64| {
            if value > 0.0 && value.is_finite() {
                Ok(())
            } else {
                bail!("{key} = {value}: must be above 0")
            }
        };
        let model = &self.model;
        if model.start.is_none() && ModelConfig::preset(&model.preset, model.vocabulary).is_none() {
            bail!(
                "model.preset = {:?}: must be one of {}",
                model.preset,
                ModelConfig::PRESETS.join(", ")
            );
        }
        if !(0.0..1.0).contains(&model.dropout) {
            bail!("model.dropout = {}: must lie in [0, 1)", model.dropout);
        }
        let optimizer = &self.optimizer;
        positive("optimizer.learning_rate", optimizer.learning_rate)?;
        positive("optimizer.epsilon", optimizer.epsilon)?;
        positive("optimizer.clip", optimizer.clip)?;
        for (key, beta) in [
            ("optimizer.beta1", optimizer.beta1),
            ("optimizer.beta2", optimizer.beta2),
        ] {
            if !(0.0..1.0).contains(&beta) {
                bail!("{key} = {beta}: must lie in [0, 1)");
            }
        }
        if !(optimizer.weight_decay >= 0.0 && optimizer.weight_decay.is_finite()) {
            bail!(
                "optimizer.weight_decay = {}: must be 0 or above",
                optimizer.weight_decay
            );
        }
        // A single program can be a block of 1024.
        if self.batch.tokens < 1024 {
            bail!(
                "batch.tokens = {}: must be at least 1024, the longest program with its trace",
                self.batch.tokens
            );
        }
        for (key, number) in [
            ("batch.accumulation", self.batch.accumulation as u64),
            ("evaluation.interval", self.evaluation.interval),
            ("log.interval", self.log.interval),
            ("data_threads", self.data_threads as u64),
        ] {
            if number == 0 {
                bail!("{key} = 0: must be at least 1");
            }
        }
        if self.stages.is_empty() {
            bail!("stage: there must be at least one [[stage]]");
        }
        for (index, stage) in self.stages.iter().enumerate() {
            let key = format!("stage.{index} ({})", stage.name);
            if stage.steps.is_none() && stage.examples.is_none() && stage.seconds.is_none() {
                bail!("{key}: needs steps, examples or seconds to know its end");
            }
            if stage.steps == Some(0) || stage.examples == Some(0) {
                bail!("{key}: steps and examples must be at least 1");
            }
            stage
                .seconds
                .map_or(Ok(()), |seconds| positive(&format!("{key}.seconds"), seconds))?;
            if stage.data.is_empty() {
                bail!("{key}: needs at least one [[stage.data]]");
            }
            for (number, data) in stage.data.iter().enumerate() {
                let key = format!("{key}.data.{number}");
                match (&data.generator, &data.mutate, &data.path) {
                    (Some(_), None, None) => {}
                    (None, Some(from), None) if data.set.is_none() && default_set(from).is_none() => {
                        bail!("{key}.set: missing; a folder needs its data set: tutorial or codenet")
                    }
                    (None, None, Some(_)) if data.set.is_none() => {
                        bail!("{key}.set: missing; a file needs its data set: singleline, tutorial or codenet")
                    }
                    (None, Some(_), None) | (None, None, Some(_)) => {}
                    _ => bail!("{key}: needs one of generator, mutate and path"),
                }
                if data.order == 0 {
                    bail!("{key}.order = 0: must be 1 or above");
                }
                if data.generator == Some(Generator::SingleLine)
                    && data.set.is_some_and(|set| set != DataSet::SingleLine)
                {
                    bail!("{key}.set: programs of the generator singleline belong to the set singleline");
                }
                positive(&format!("{key}.weight"), data.weight)?;
            }
        }
        Ok(())
    }
}

/// Applies one `key=value`; keys go by dots, lists by number: `stage.0.steps=100`.
fn set(table: &mut toml::Value, setting: &str) -> Result<()> {
    let Some((key, value)) = setting.split_once('=') else {
        bail!("--set {setting}: must be key=value, as in optimizer.learning_rate=1e-3");
    };
    let (key, value) = (key.trim(), value.trim());
    // What is no TOML value is taken as text, so that names need no quotes.
    let value = toml::from_str::<toml::Table>(&format!("value = {value}"))
        .ok()
        .and_then(|mut table| table.remove("value"))
        .unwrap_or_else(|| toml::Value::String(value.to_owned()));
    let mut place = table;
    let mut parts = key.split('.').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        place = match place {
            toml::Value::Table(table) if last => {
                table.insert(part.to_owned(), value);
                return Ok(());
            }
            toml::Value::Table(table) => table
                .entry(part)
                .or_insert_with(|| toml::Value::Table(Default::default())),
            toml::Value::Array(items) => {
                let length = items.len();
                part.parse::<usize>()
                    .ok()
                    .and_then(|index| items.get_mut(index))
                    .with_context(|| {
                        format!("--set {key}: {part} is none of the {length} entries, which count from 0")
                    })?
            }
            _ => bail!("--set {key}: nothing lies below {part:?}"),
        };
    }
    bail!("--set {key}: a whole list entry cannot be set, only its keys")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "directory = 'runs/x'\n[model]\npreset = 'tiny'\n[[stage]]\nname = 'a'\nsteps = 10\n\
                        [[stage.data]]\ngenerator = 'singleline'\n";

    fn error(text: &str, settings: &[&str]) -> String {
        let settings: Vec<String> = settings.iter().map(|setting| setting.to_string()).collect();
        format!("{:#}", RunConfig::parse(text, &settings).unwrap_err())
    }

    #[test]
    fn settings_apply_and_the_whole_prints() {
        let settings = [
            "stage.0.steps=20",
            "optimizer.learning_rate=1e-3",
            "model.preset=small",
            "seed=3",
        ];
        let settings: Vec<String> = settings.iter().map(|setting| setting.to_string()).collect();
        let config = RunConfig::parse(GOOD, &settings).unwrap();
        assert_eq!(config.stages[0].steps, Some(20));
        assert_eq!((config.optimizer.learning_rate, config.seed), (1e-3, 3));
        assert_eq!(config.model.preset, "small");
        assert_eq!(RunConfig::parse(&config.to_toml(), &[]).unwrap(), config);
    }

    #[test]
    fn errors_name_key_and_remedy() {
        assert!(error("directory = \n", &[]).contains("line 1"));
        assert!(error(&GOOD.replace("directory = 'runs/x'\n", ""), &[]).contains("missing field `directory`"));
        let wrong = error(GOOD, &["optimizer.learning_rate=fast"]);
        assert!(
            wrong.contains("optimizer.learning_rate") && wrong.contains("fast"),
            "{wrong}"
        );
        let unknown = error(GOOD, &["optimizer.lr=1"]);
        assert!(
            unknown.contains("optimizer") && unknown.contains("`lr`") && unknown.contains("learning_rate"),
            "{unknown}"
        );
        assert!(error(GOOD, &["model.preset=huge"]).contains("tiny, small, base"));
        assert!(error(GOOD, &["stage.1.steps=2"]).contains("none of the 1 entries"));
        assert!(error(GOOD, &["steps"]).contains("key=value"));
        assert!(error(GOOD, &["batch.tokens=10"]).contains("at least 1024"));
        assert!(error(&GOOD.replace("generator = 'singleline'", "path = 'x.jsonl'"), &[]).contains("set"));
        assert!(!error(GOOD, &["stage.0.data.0.generator=magic"]).contains('\n'));
    }
}
