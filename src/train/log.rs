//! `metrics.jsonl`: one line per logging interval and one per evaluation.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// What training looked like since the line before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepMetrics {
    /// Updates since the run began.
    pub step: u64,
    pub stage: String,
    /// Mean over the interval of the weighted loss per target token.
    pub loss: f64,
    pub learning_rate: f64,
    /// Of the interval's last update, before clipping.
    pub gradient_norm: f64,
    /// Tokens of source and target that were trained on, in a second. There is no padding to count.
    pub tokens_per_second: f64,
    /// Programs made and run in a second, the unusable ones included.
    pub programs_per_second: f64,
    /// Share of the time in which training waited for data.
    pub data_wait: f64,
    /// Seconds of training since the run began.
    pub seconds: f64,
}

/// A look at programs that were never trained on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvaluationMetrics {
    pub step: u64,
    pub stage: String,
    /// Weighted loss per target token.
    pub evaluation_loss: f64,
    /// Of greedily predicted traces, in percent.
    pub trace_accuracy: f64,
    pub identifier_f1: f64,
    pub examples: u64,
}

pub struct Log {
    file: File,
}

impl Log {
    /// Opens the log for appending, without the lines after `step`: a run that stopped between two checkpoints will write
    /// them again.
    pub fn open(path: &Path, step: u64) -> Result<Log> {
        let failed = || path.display().to_string();
        if path.exists() {
            let text = std::fs::read_to_string(path).with_context(failed)?;
            let kept: String = text
                .lines()
                .filter(|line| {
                    serde_json::from_str::<serde_json::Value>(line)
                        .is_ok_and(|value| value["step"].as_u64().is_some_and(|at| at <= step))
                })
                .flat_map(|line| [line, "\n"])
                .collect();
            if kept != text {
                crate::data::files::write_atomically(path, kept.as_bytes())?;
            }
        }
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .with_context(failed)?;
        Ok(Log { file })
    }

    pub fn write(&mut self, line: &impl Serialize) -> Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.file.write_all(&text).context("writing metrics.jsonl")
    }
}
