//! `codeexecutor mutate`: shows mutants of a program.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, ensure};
use clap::{Args, ValueEnum};
use python::mutate::{Mutator, OPERATORS, Operator, operator};
use python::unparse::unparse;
use similar::TextDiff;

/// Show mutants of a program.
#[derive(Args)]
#[command(after_help = "Examples:
  codeexecutor mutate program.py
  codeexecutor mutate program.py --operators AOR,ROR --order 2 --count 3 --seed 7
  codeexecutor mutate --list")]
pub struct Arguments {
    /// The program; - reads standard input.
    #[arg(required_unless_present = "list")]
    program: Option<PathBuf>,
    /// Print the table of operators, each with an example.
    #[arg(long)]
    list: bool,
    /// Operators, as in AOR,ROR; all without it.
    #[arg(long, value_delimiter = ',')]
    operators: Vec<String>,
    /// How many operators make a mutant, one after another.
    #[arg(long, default_value_t = 1)]
    order: usize,
    /// Mutants to draw.
    #[arg(long, default_value_t = 10)]
    count: usize,
    #[arg(long, default_value_t = 0)]
    seed: u64,
    #[arg(long, value_enum, default_value = "diff")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Unified diffs against the program as it is printed.
    Diff,
    /// A JSON object a line: operators and code.
    Json,
}

pub fn run(arguments: Arguments) -> Result<()> {
    if arguments.list {
        return super::print(&list());
    }
    ensure!(arguments.order > 0, "--order is 0: wanted is 1 or more");
    let operators = match arguments.operators.as_slice() {
        [] => OPERATORS.iter().collect(),
        named => operators_named(named)?,
    };
    let path = arguments.program.context("no program was named")?;
    let source = super::read_program(&path)?;
    let module = python::syntax::parse(&source)
        .map_err(|error| anyhow!("{}: line {}: {}", path.display(), error.line + 1, error.message))?;
    let original = unparse(&mut module.clone())?;
    let mutants = Mutator::new(operators)
        .with_order(arguments.order)
        .sample(&module, arguments.count, arguments.seed);
    ensure!(
        !mutants.is_empty(),
        "{}: none of the operators finds a place in it",
        path.display()
    );
    for mutant in mutants {
        super::print(&match arguments.format {
            Format::Diff => TextDiff::from_lines(&original, &mutant.source)
                .unified_diff()
                .context_radius(2)
                .header(&path.display().to_string(), &mutant.operators.join(" "))
                .to_string(),
            Format::Json => serde_json::json!({ "operators": mutant.operators, "code": mutant.source }).to_string(),
        })?;
    }
    Ok(())
}

/// The operators of these codes.
///
/// # Errors
/// Names the first code that no operator has.
pub fn operators_named(codes: &[String]) -> Result<Vec<&'static Operator>> {
    codes
        .iter()
        .map(|code| {
            operator(code.trim())
                .with_context(|| format!("`{code}` is no mutation operator; `codeexecutor mutate --list` names them"))
        })
        .collect()
}

fn list() -> String {
    let mut text = String::new();
    for operator in &OPERATORS {
        text.push_str(&format!(
            "{}  {:<10}  {}\n",
            operator.code,
            operator.origin.name(),
            operator.summary
        ));
        if let Some((before, after)) = operator.examples.first() {
            let indented = |source: &str, mark: &str| -> String {
                source.lines().map(|line| format!("       {mark} {line}\n")).collect()
            };
            text.push_str(&indented(before, "-"));
            text.push_str(&indented(after, "+"));
        }
    }
    text
}
