//! Where programs come from: a grammar, mutation of the programs of a corpus, edits of their tokens.

use crate::Failure;
use crate::grammar::Grammar;
use crate::random::Random;
use crate::tokens;
use python::mutate::{Mutator, OPERATORS};
use ruff_python_ast::ModModule;
use serde_json::Value;
use std::path::Path;

#[derive(Clone, Debug)]
pub struct Program {
    pub kind: Kind,
    pub code: String,
    pub stdin: String,
    pub bounds: Bounds,
}

/// What both sides may do with a program.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub events: usize,
    /// Of state text.
    pub characters: usize,
    /// Of processor time.
    pub seconds: f64,
}

/// Most programs that go on and on do the same all the time: few events show it.
const SHORT: Bounds = Bounds {
    events: 250,
    characters: 1 << 15,
    seconds: 0.3,
};

/// One program in sixteen may run for longer: as deep as recursion goes, among others.
const LONG: Bounds = Bounds {
    events: 4_500,
    characters: 1 << 20,
    seconds: 1.0,
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Grammar,
    Mutants,
    Tokens,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Grammar => "grammar",
            Kind::Mutants => "mutants",
            Kind::Tokens => "tokens",
        }
    }
}

pub struct Source {
    random: Random,
    /// Drawn from evenly.
    kinds: &'static [Kind],
    grammar: Grammar,
    start: String,
    mutator: Mutator,
    corpus: Vec<Original>,
}

struct Original {
    code: String,
    stdin: String,
    /// None where the program does not parse.
    module: Option<ModModule>,
}

impl Source {
    /// `kind` is grammar, mutants, tokens or mixed (2 : 2 : 1); `corpora` are folders of `*.py` (each with its `*.in`) and
    /// files of JSON lines with `code` and `stdin`.
    pub fn new(seed: u64, kind: &str, grammar: &str, start: &str, corpora: &[String]) -> Result<Source, Failure> {
        use Kind::{Grammar as G, Mutants as M, Tokens as T};
        let kinds: &[Kind] = match kind {
            "grammar" => &[G],
            "mutants" => &[M],
            "tokens" => &[T],
            "mixed" => &[G, G, M, M, T],
            _ => return Err(format!("unknown kind {kind}: mixed, grammar, mutants or tokens").into()),
        };
        let mut corpus = Vec::new();
        for name in corpora {
            let before = corpus.len();
            match name.ends_with(".jsonl") {
                true => read_lines(name, &mut corpus)?,
                false => read_folder(name, &mut corpus)?,
            }
            if corpus.len() == before {
                return Err(format!("{name}: no programs").into());
            }
        }
        Ok(Source {
            random: Random::new(seed),
            kinds,
            grammar: Grammar::parse(grammar)?,
            start: start.to_owned(),
            mutator: Mutator::new(OPERATORS.iter().collect()),
            corpus,
        })
    }

    /// The next program; None where a draw gave none.
    pub fn next(&mut self) -> Option<Program> {
        let random = &mut self.random;
        let kind = self.kinds[random.below(self.kinds.len())];
        let bounds = if random.below(16) == 0 { LONG } else { SHORT };
        let original = &self.corpus[random.below(self.corpus.len())];
        let (code, stdin) = match kind {
            Kind::Grammar => (
                self.grammar.expand(&self.start, random),
                "3 5\n1 2 3\nabc\n-7\n\n4.5 x\n",
            ),
            Kind::Mutants => {
                let mutator = self.mutator.clone().with_order(1 + random.below(3));
                let mut mutants = mutator.sample(original.module.as_ref()?, 1, random.next());
                (mutants.pop()?.source, &*original.stdin)
            }
            Kind::Tokens => (tokens::edit(&original.code, random), &*original.stdin),
        };
        Some(Program {
            kind,
            code,
            stdin: stdin.to_owned(),
            bounds,
        })
    }
}

fn original(code: String, stdin: String) -> Original {
    let module = ruff_python_parser::parse_module(&code)
        .ok()
        .map(|parsed| parsed.into_syntax());
    Original { code, stdin, module }
}

fn read_lines(name: &str, corpus: &mut Vec<Original>) -> Result<(), Failure> {
    for line in std::fs::read_to_string(name)
        .map_err(|error| format!("{name}: {error}"))?
        .lines()
    {
        let program: Value = serde_json::from_str(line).map_err(|error| format!("{name}: {error}"))?;
        let text = |key: &str| program[key].as_str().unwrap_or_default().to_owned();
        corpus.push(original(text("code"), text("stdin")));
    }
    Ok(())
}

fn read_folder(name: &str, corpus: &mut Vec<Original>) -> Result<(), Failure> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(name).to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "py") {
                files.push(path);
            }
        }
    }
    files.sort();
    for path in files {
        let stdin = std::fs::read_to_string(path.with_extension("in")).unwrap_or_default();
        corpus.push(original(std::fs::read_to_string(&path)?, stdin));
    }
    Ok(())
}
