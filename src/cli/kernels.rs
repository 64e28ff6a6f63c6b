//! `codeexecutor kernels`: what the CUDA kernels' machine code says about them.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use crate::bench::kernels::counters;
use crate::report::kernels;

/// Look into the CUDA kernels
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Report(Report),
}

/// Registers, spills, the hot loops' instruction mix, from what kernels/build.sh leaves; and what the software device counts
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor kernels report --machine-code target/kernels/output --check
  codeexecutor kernels report --counters --check")]
struct Report {
    /// Directory with NAME.ptx and, for each architecture, sm_XX/NAME.sass (nvdisasm -c) and sm_XX/NAME.resources (ptxas -v)
    #[arg(long, value_name = "DIRECTORY", required_unless_present = "counters")]
    machine_code: Option<PathBuf>,
    /// Run every kernel on the software device, and count sectors, bank conflicts, bytes and operations
    #[arg(long)]
    counters: bool,
    /// Write the page there instead of printing it
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Fail when a kernel spills, or falls short of a goal
    #[arg(long)]
    check: bool,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let What::Report(report) = arguments.what;
    let mut shortcomings = Vec::new();
    let mut page = String::from(kernels::TITLE);
    page += &kernels::render_catalogue();
    if let Some(directory) = &report.machine_code {
        let found = kernels::read(directory)?;
        page += &kernels::render(&found);
        shortcomings.extend(found.iter().flat_map(kernels::shortcomings));
    }
    if report.counters {
        let measured = counters::measure()?;
        page += &kernels::render_counters(&measured);
        shortcomings.extend(measured.iter().flat_map(counters::Measured::shortcomings));
    }
    match &report.output {
        Some(path) => std::fs::write(path, page).with_context(|| path.display().to_string())?,
        None => super::print(&page)?,
    }
    if report.check && !shortcomings.is_empty() {
        bail!("{}", shortcomings.join("\n"));
    }
    Ok(())
}
