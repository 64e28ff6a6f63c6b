//! How many training tokens a second one thread makes: a program drawn, traced, written as text, encoded and packed.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::data::example::{DataSet, limits, write_texts};
use crate::data::generate::{Level, program, singleline};
use crate::data::mutants::{self, Mutants};
use crate::data::packing::{Encoder, LossWeights, MAX_ENTRIES, pack};
use crate::data::text::{Code, Joined};
use crate::data::tokenizer::Tokenizer;
use crate::model::PackedBatch;

/// Subwords of the tokenizer that is trained for the measurement.
const VOCABULARY: usize = 4096;
const BATCH_TOKENS: usize = 8192;

enum Drawn {
    Source(String),
    Mutant(mutants::Drawn),
}

impl Drawn {
    fn code(&self) -> Code<'_> {
        match self {
            Drawn::Source(source) => source.as_str().into(),
            Drawn::Mutant(mutant) => (&**mutant).into(),
        }
    }
}

/// The rates of one origin of programs.
#[derive(Debug, Serialize)]
pub struct Rate {
    pub data: &'static str,
    pub programs_per_second: f64,
    pub tokens_per_second: f64,
    /// Mean tokens of a sequence.
    pub length: f64,
    /// Share of the programs that gave no sequence.
    pub left_out: f64,
}

/// Measures every origin for `seconds`, in this thread.
pub fn run(seconds: f64) -> Result<Vec<Rate>> {
    let tutorial = Mutants::open("tutorial", 1, false)?;
    let contest = Mutants::open("contest", 1, false)?;
    type Draw<'a> = Box<dyn Fn(u64) -> Option<Drawn> + 'a>;
    let origins: [(&'static str, DataSet, Draw<'_>); 4] = [
        (
            "singleline, generated",
            DataSet::SingleLine,
            Box::new(|index| Some(Drawn::Source(singleline(1, index, Level::Full)))),
        ),
        (
            "programs, generated",
            DataSet::Tutorial,
            Box::new(|index| Some(Drawn::Source(program(1, index, Level::Full)))),
        ),
        (
            "tutorial, mutated",
            DataSet::Tutorial,
            Box::new(|index| tutorial.draw(1, index).map(Drawn::Mutant)),
        ),
        (
            "contest, mutated",
            DataSet::CodeNet,
            Box::new(|index| contest.draw(1, index).map(Drawn::Mutant)),
        ),
    ];
    let tokenizer = tokenizer(
        origins
            .iter()
            .flat_map(|(_, set, draw)| (0..500).map(move |index| (*set, draw(index)))),
    )?;
    let mut rates = Vec::new();
    for (name, set, draw) in &origins {
        let mut encoder = Encoder::new(&tokenizer);
        let weights = LossWeights::new(&tokenizer);
        let (mut drawn, mut kept, mut tokens) = (0u64, 0u64, 0u64);
        let mut batch = PackedBatch::default();
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs_f64(seconds) {
            drawn += 1;
            let Some(program) = draw(1_000_000 + drawn) else {
                continue;
            };
            if let Ok(sequence) = encoder.run(*set, program.code())? {
                kept += 1;
                tokens += sequence.tokens.len() as u64;
                if !pack(&mut batch, &sequence, BATCH_TOKENS, 2, &weights) {
                    batch.clear();
                    pack(&mut batch, &sequence, BATCH_TOKENS, 2, &weights);
                }
            }
        }
        let took = start.elapsed().as_secs_f64();
        rates.push(Rate {
            data: name,
            programs_per_second: drawn as f64 / took,
            tokens_per_second: tokens as f64 / took,
            length: tokens as f64 / kept.max(1) as f64,
            left_out: 1.0 - kept as f64 / drawn.max(1) as f64,
        });
    }
    Ok(rates)
}

fn tokenizer(programs: impl Iterator<Item = (DataSet, Option<Drawn>)>) -> Result<Tokenizer> {
    let mut tracer = python::Tracer::new();
    let limits = limits(MAX_ENTRIES);
    let mut texts = Vec::new();
    for (set, program) in programs {
        let Some(program) = program else { continue };
        let (mut code, mut trace) = (Joined::default(), Joined::default());
        let written = write_texts(&mut tracer, set, program.code(), "", &limits, &mut code, &mut trace);
        if written.is_ok() {
            texts.extend([code.text, trace.text]);
        }
    }
    Tokenizer::train(texts.into_iter(), VOCABULARY).context("training a tokenizer for the measurement")
}
