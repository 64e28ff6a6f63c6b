//! `codeexecutor validate`: the engine against outputs of PyTorch and transformers.

use anyhow::{Result, ensure};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::device::{DeviceArguments, DeviceTask};
use crate::device::{Device, Precision};
use crate::model::reference::{Comparison, Reference};

/// Compare forward, loss, gradients and updates with a reference file (tests/reference/make.py makes them).
#[derive(clap::Args)]
#[command(
    after_help = "In f32 every error must keep its bound; bf16 is only reported.\n\nExample:\n  codeexecutor validate --reference tests/reference/odd.safetensors"
)]
pub struct Arguments {
    /// Weights, a batch, and what PyTorch made of them.
    #[arg(long, value_name = "FILE")]
    reference: PathBuf,
    /// Take the weights from this folder instead, and compare hidden states, logits and the tokens of the file's text
    /// (tests/reference/interchange.py makes such files).
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    #[command(flatten)]
    device: DeviceArguments,
}

/// Runs the reference's batch on a device.
struct Validation<'a> {
    reference: &'a Reference,
    model: Option<&'a Path>,
}

impl DeviceTask for Validation<'_> {
    type Output = (Precision, Vec<Comparison>);
    fn run<D: Device>(self, device: Arc<D>) -> Result<Self::Output> {
        let precision = device.precision();
        let Some(path) = self.model else {
            return Ok((precision, self.reference.validate(device)?));
        };
        let (model, tokenizer) = crate::train::checkpoint::open(device, path, false)?;
        if let Some((text, wanted)) = self.reference.text()? {
            let mut tokens = Vec::new();
            tokenizer.encode(&text, &mut Default::default(), &mut tokens)?;
            let differs = tokens.iter().zip(&wanted).position(|(ours, theirs)| ours != theirs);
            ensure!(
                tokens == wanted,
                "the file's text has {} tokens here and {} there; the first that differs is number {}",
                tokens.len(),
                wanted.len(),
                differs.unwrap_or(tokens.len().min(wanted.len()))
            );
        }
        Ok((precision, self.reference.validate_outputs(&model)?))
    }
}

pub fn run(arguments: Arguments) -> Result<()> {
    let reference = Reference::read(&arguments.reference)?;
    let (precision, comparisons) = arguments.device.run(Validation {
        reference: &reference,
        model: arguments.model.as_deref(),
    })?;
    let mut text = format!("reference made by {}\n", reference.versions()?);
    for comparison in &comparisons {
        let verdict = if comparison.passes() { "" } else { "  beyond the bound" };
        writeln!(
            text,
            "{:<64}{:>10.2e}  of {:.0e}{verdict}",
            comparison.name, comparison.error, comparison.bound
        )?;
    }
    super::print(&text)?;
    let failed = comparisons.iter().filter(|comparison| !comparison.passes()).count();
    ensure!(
        failed == 0 || precision == Precision::Bf16,
        "{failed} of {} quantities differ from {} by more than their bound",
        comparisons.len(),
        arguments.reference.display()
    );
    Ok(())
}
