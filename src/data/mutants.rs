//! Programs that are mutated on the fly, as an endless source of training examples.

use std::collections::VecDeque;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, bail};
use python::Tracer;
use python::mutate::{Mutant, Mutator, OPERATORS};
use ruff_python_ast::ModModule;

use super::example::{DataSet, limits, write_texts};
use super::packing::{MAX_ENTRIES, MAX_SOURCE, MAX_TARGET};
use super::random::Stream;
use super::sources::{self, embed};

/// Mutants that are drawn of one program at a time: finding a program's places costs more than making a mutant.
const BLOCK: u64 = 32;

/// Blocks that are kept while their mutants are handed out.
const KEPT: usize = 16;

/// The share of the programs that is held out, with all of their mutants.
const HELD_OUT: f64 = 0.05;

/// A block's number and its mutants.
type Block = (u64, Arc<[Mutant]>);

/// Programs of a corpus, ready to be mutated.
#[derive(Clone)]
pub struct Mutants {
    programs: Arc<[ModModule]>,
    mutator: Mutator,
    /// The last blocks that were made.
    blocks: Arc<Mutex<VecDeque<Block>>>,
}

/// A mutant, shared with its block.
#[derive(Debug)]
pub struct Drawn {
    block: Arc<[Mutant]>,
    at: usize,
}

impl Deref for Drawn {
    type Target = Mutant;

    fn deref(&self) -> &Mutant {
        &self.block[self.at]
    }
}

impl std::fmt::Debug for Mutants {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Mutants of {} programs", self.programs.len())
    }
}

/// The data set that programs named so belong to, where it is plain.
pub fn default_set(from: &str) -> Option<DataSet> {
    match from {
        "tutorial" => Some(DataSet::Tutorial),
        "contest" => Some(DataSet::CodeNet),
        _ => None,
    }
}

/// Whether a program can become an example. Hardly any mutant of one that is too long is short enough.
fn fits(source: &str, tracer: &mut Tracer) -> bool {
    let (mut code, mut trace) = (Vec::new(), Vec::new());
    let (set, limits) = (DataSet::CodeNet, limits(MAX_ENTRIES));
    let written = write_texts(tracer, set, source, "", &limits, &mut code, &mut trace);
    // Subwords are never fewer than the format's own tokens.
    written.is_ok() && code.len() < MAX_SOURCE && trace.len() < MAX_TARGET
}

impl Mutants {
    /// Opens `tutorial`, `contest` or a folder; programs that read input get it put into them.
    pub fn open(from: &str, order: usize, held_out: bool) -> Result<Mutants> {
        let source = match from {
            "tutorial" => sources::tutorial_corpus(),
            "contest" => sources::contest(),
            path => sources::codenet::read(Path::new(path))?,
        };
        let mut tracer = Tracer::new();
        let limits = limits(1000);
        let chosen = source
            .programs
            .iter()
            .filter(|program| sources::held_out(&program.name, HELD_OUT) == held_out);
        let programs: Vec<ModModule> = chosen
            .filter_map(|program| {
                let source = embed::self_contained(program, &mut tracer, &limits, false).ok()?;
                fits(&source, &mut tracer).then_some(source)
            })
            .filter_map(|source| Some(ruff_python_parser::parse_module(&source).ok()?.into_syntax()))
            .collect();
        if programs.is_empty() {
            bail!("{from}: holds no program that can be mutated and traced");
        }
        Ok(Mutants {
            programs: programs.into(),
            mutator: Mutator::new(OPERATORS.iter().collect()).with_order(order),
            blocks: Arc::default(),
        })
    }

    /// Mutant `rank` of the stream with `seed`: neighbours in rank are mutants of one program.
    pub fn draw(&self, seed: u64, rank: u64) -> Option<Drawn> {
        let (number, at) = (rank / BLOCK, rank % BLOCK);
        let kept = {
            let blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
            blocks
                .iter()
                .find(|(kept, _)| *kept == number)
                .map(|(_, block)| Arc::clone(block))
        };
        let block = kept.unwrap_or_else(|| {
            let block = self.block(seed, number);
            let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
            if blocks.len() == KEPT {
                blocks.pop_front();
            }
            blocks.push_back((number, Arc::clone(&block)));
            block
        });
        (!block.is_empty()).then(|| Drawn {
            at: at as usize % block.len(),
            block,
        })
    }

    fn block(&self, seed: u64, number: u64) -> Arc<[Mutant]> {
        let mut stream = Stream::new(seed, "mutants on the fly", number);
        let program = &self.programs[stream.below(self.programs.len())];
        self.mutator.sample(program, BLOCK as usize, stream.next_u64()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mutants_are_the_same_in_any_order_of_asking() {
        let mutants = Mutants::open("tutorial", 1, false).unwrap();
        let forward: Vec<_> = (0..100)
            .map(|rank| mutants.draw(5, rank).map(|drawn| drawn.source.clone()))
            .collect();
        let again = Mutants::open("tutorial", 1, false).unwrap();
        let backward: Vec<_> = (0..100)
            .rev()
            .map(|rank| again.draw(5, rank).map(|drawn| drawn.source.clone()))
            .collect();
        assert!(forward.iter().eq(backward.iter().rev()));
        let different: std::collections::HashSet<_> = forward.iter().collect();
        assert!(different.len() > 50, "{}", different.len());
    }

    #[test]
    fn the_splits_share_no_program() {
        let [train, test] = [false, true].map(|held_out| Mutants::open("contest", 1, held_out).unwrap().programs.len());
        assert!(train > 10 * test && test > 0, "{train} {test}");
        assert!(Mutants::open("no/such/folder", 1, false).is_err());
    }
}
