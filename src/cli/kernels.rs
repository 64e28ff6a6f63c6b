//! `codeexecutor kernels`: what the CUDA kernels' machine code says about them.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

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

/// Registers, spills and the hot loops' instruction mix, from what kernels/build.sh leaves
#[derive(Args)]
#[command(after_help = "Example:\n  codeexecutor kernels report --machine-code target/kernels/output --check")]
struct Report {
    /// Directory with NAME.sass (nvdisasm -c) and NAME.resources (ptxas -v)
    #[arg(long, value_name = "DIRECTORY", default_value = "target/kernels/output")]
    machine_code: PathBuf,
    /// Write the page there instead of printing it
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Fail when a kernel spills or a hot loop falls short of its goal
    #[arg(long)]
    check: bool,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let What::Report(report) = arguments.what;
    let found = kernels::read(&report.machine_code)?;
    let page = kernels::render(&found);
    match &report.output {
        Some(path) => std::fs::write(path, page).with_context(|| path.display().to_string())?,
        None => super::print(&page)?,
    }
    let shortcomings = kernels::shortcomings(&found);
    if report.check && !shortcomings.is_empty() {
        bail!("{}", shortcomings.join("\n"));
    }
    Ok(())
}
