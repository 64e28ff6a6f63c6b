//! `codeexecutor trace`: runs programs and shows what they do, line by line.

use super::{print, read_program};
use crate::data::cwm::trace_frames;
use crate::data::files::{JsonLines, JsonLinesWriter, write_atomically};
use crate::data::parallel::{STACK_BYTES, ordered, threads_or_all};
use crate::data::text::Joined;
use crate::report::style::Style;
use crate::report::trace_html::trace_html;
use crate::report::trace_json::trace_json;
use crate::report::trace_table::trace_table;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use python::{Limits, Status, Tracer};
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Run a Python program and show its trace, or trace many into a file.
///
/// The tracer is the project's own: Python 3.11 in Rust. No Python is needed, and programs reach neither files nor network.
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor trace program.py
  echo 5 | codeexecutor trace program.py --stdin -
  codeexecutor trace program.py --format codeexecutor
  codeexecutor trace program.py --html trace.html
  codeexecutor trace --jobs programs.jsonl --out traces.jsonl --threads 2")]
pub struct Arguments {
    /// The program; - reads it from standard input.
    #[arg(required_unless_present = "jobs", conflicts_with = "jobs")]
    program: Option<PathBuf>,
    /// A file that the program reads as its standard input; - is standard input.
    #[arg(long, value_name = "FILE")]
    stdin: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Show long values and lines whole.
    #[arg(long)]
    full: bool,
    /// Write a page that steps through the trace, by keyboard and slider.
    #[arg(long, value_name = "FILE", conflicts_with = "jobs")]
    html: Option<PathBuf>,
    /// Programs to trace: JSON lines of {"id", "code", "stdin"}.
    #[arg(long, value_name = "IN.jsonl", requires = "out")]
    jobs: Option<PathBuf>,
    /// Where their traces go: JSON lines of {"id", "status", "stdout", "exception", "trace"}.
    #[arg(long, value_name = "OUT.jsonl", requires = "jobs")]
    out: Option<PathBuf>,
    /// Threads; 0 takes all cores.
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Most trace entries of a program.
    #[arg(long, default_value_t = 10_000)]
    max_events: usize,
    /// Most characters of state of a program, over all its entries.
    #[arg(long, default_value_t = 1 << 23)]
    max_bytes: usize,
    /// Most wall time of a program.
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Source and state side by side.
    Table,
    /// The trace as the model is to predict it.
    Codeexecutor,
    /// As --jobs writes it.
    Json,
    /// Code World Model frames: the state before each line, calls, returns and exceptions. A comment with
    /// `<< START_OF_TRACE` at a function's def makes its first call the trace; else the whole program is.
    Cwm,
    /// The same with `..` for values that have not changed, as Meta's model writes them.
    CwmShort,
}

/// One line of `--jobs`.
#[derive(Deserialize)]
struct Job {
    id: Value,
    code: String,
    #[serde(default)]
    stdin: String,
}

pub fn run(arguments: Arguments) -> Result<()> {
    if !(arguments.seconds > 0.0 && arguments.seconds.is_finite()) {
        bail!("--seconds {}: must be above 0", arguments.seconds);
    }
    let limits = Limits {
        max_events: arguments.max_events,
        max_bytes: arguments.max_bytes,
        seconds: arguments.seconds,
        ..Limits::default()
    };
    if let (Some(jobs), Some(out)) = (&arguments.jobs, &arguments.out) {
        return trace_jobs(jobs, out, threads_or_all(arguments.threads), &limits);
    }
    let program = arguments.program.context("a program is needed")?;
    let source = read_program(&program)?;
    let stdin = match &arguments.stdin {
        Some(path) if path.as_os_str() == "-" => {
            if program.as_os_str() == "-" {
                bail!("program and --stdin can't both come from standard input");
            }
            std::io::read_to_string(std::io::stdin()).context("standard input")?
        }
        Some(path) => std::fs::read_to_string(path).with_context(|| path.display().to_string())?,
        None => String::new(),
    };
    let show = Show {
        format: arguments.format,
        full: arguments.full,
        html: arguments.html,
    };
    // Programs recurse, and the main thread's stack is not ours to choose.
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    let worker = thread.spawn(move || trace_one(&program, &source, &stdin, &limits, &show));
    match worker.context("starting a thread")?.join() {
        Ok(result) => result,
        Err(_) => bail!("an internal error stopped the tracer"),
    }
}

/// How a trace is shown.
struct Show {
    format: Format,
    full: bool,
    html: Option<PathBuf>,
}

fn trace_one(path: &Path, source: &str, stdin: &str, limits: &Limits, show: &Show) -> Result<()> {
    let mut tracer = Tracer::new();
    if show.format == Format::Json && show.html.is_none() {
        let id = Value::from(path.display().to_string());
        let line = trace_json(&mut tracer, &id, source, stdin, limits);
        return print(&String::from_utf8_lossy(&line));
    }
    let trace = tracer.trace(source, stdin, limits);
    let place = |line: usize| format!("{}: line {}", path.display(), line + 1);
    if let (Status::SyntaxError | Status::Unsupported, Some(exception)) = (trace.status, &trace.exception) {
        bail!(
            "{}: {}: {}",
            place(exception.line),
            exception.type_name,
            exception.message
        );
    }
    match (&show.html, show.format) {
        (Some(file), _) => {
            let page = trace_html(&path.display().to_string(), source, &trace);
            write_atomically(file, page.as_bytes())?;
        }
        (None, Format::Codeexecutor) => {
            let mut text = Joined::default();
            let (_, _, written) = crate::data::text::trace_text(&mut tracer, source, stdin, limits, &mut text);
            written.with_context(|| format!("{}: has no text in this format", path.display()))?;
            print(&text.text)?;
        }
        (None, Format::Cwm | Format::CwmShort) => {
            let short = show.format == Format::CwmShort;
            let (_, text) = trace_frames(&mut tracer, source, stdin, limits, short);
            let text =
                text.map_err(|error| anyhow::anyhow!("{}: has no text in this format: {error}", path.display()))?;
            print(&text)?;
        }
        (None, Format::Table | Format::Json) => print(&trace_table(source, &trace, show.full, Style::stdout()))?,
    }
    match (&trace.status, &trace.exception) {
        (Status::Exception, Some(e)) => eprintln!("{}: raised {}: {}", place(e.line), e.type_name, e.message),
        (Status::Limit, Some(e)) => eprintln!("{}: stopped: {}", place(e.line), e.message),
        (Status::Limit, None) => eprintln!("{}: stopped at a limit", path.display()),
        _ => {}
    }
    Ok(())
}

fn trace_jobs(jobs: &Path, out: &Path, threads: usize, limits: &Limits) -> Result<()> {
    let mut writer = JsonLinesWriter::create(out)?;
    let input = JsonLines::<Job>::open(jobs)?.map(|line| line.map(|(_, job)| job));
    let mut progress = super::progress::Progress::new("programs", None);
    let work = |tracer: &mut Tracer, job: Job| {
        let mut line = trace_json(tracer, &job.id, &job.code, &job.stdin, limits);
        line.push(b'\n');
        Ok(line)
    };
    ordered(threads, input, Tracer::new, work, |line| {
        progress.advance(1);
        writer.write_bytes(&line)
    })?;
    progress.finish();
    writer.commit()
}
