//! The examples of one program: itself and its mutants, traced and filtered.

use std::collections::{BTreeMap, HashSet};

use python::mutate::Mutator;
use python::{Limits, Status, Tracer};
use ruff_python_ast::ModModule;
use serde::{Deserialize, Serialize};

use super::{Origin, Plan, Record};
use crate::data::example::{self, DataSet, entry_texts, write_texts};
use crate::data::generate::singleline;
use crate::data::random::{Stream, stable_hash};
use crate::data::sources::Program;
use crate::data::sources::embed;
use crate::data::sources::harvest::single_lines;
use crate::data::stream::Split;
use crate::data::text::{Code, Unfit, code_tokens, trace_text};
use crate::data::tokenizer::EncoderCache;

/// Generated lines that are one unit of work.
pub(super) const BLOCK: u64 = 256;

/// What is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filters {
    /// The most tokens of a source (the paper's block: 255).
    pub source_tokens: usize,
    /// The most tokens of a trace (763).
    pub trace_tokens: usize,
    pub keep_exceptions: bool,
    /// Whether mutants stay whose trace is that of another one or of the program itself.
    pub keep_equivalent: bool,
    /// Whether a program's input stays standard input instead of becoming part of the program.
    pub keep_stdin: bool,
    /// Line events of one program.
    pub events: usize,
}

impl Default for Filters {
    fn default() -> Self {
        Filters {
            source_tokens: 255,
            trace_tokens: 763,
            keep_exceptions: false,
            keep_equivalent: false,
            keep_stdin: false,
            events: 1000,
        }
    }
}

impl Filters {
    pub fn limits(&self) -> Limits {
        example::limits(self.events)
    }
}

/// What a unit of work gave.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) records: Vec<Record>,
    pub(super) run: u64,
    pub(super) left_out: BTreeMap<&'static str, u64>,
}

impl Made {
    fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }
}

/// The numbers of the programs that a shard is made from.
pub(super) fn programs_of(plan: &Plan, split: &str, index: u64, of: u64) -> Vec<usize> {
    let chosen = plan.split(split);
    let own: Vec<usize> = chosen
        .iter()
        .enumerate()
        .filter(|(at, _)| *at as u64 % of == index)
        .map(|(_, &program)| program)
        .collect();
    // More shards than programs: a shard then shares its program with others, and draws other mutants of it.
    if own.is_empty() && !chosen.is_empty() {
        vec![chosen[index as usize % chosen.len()]]
    } else {
        own
    }
}

/// Makes examples in one thread.
pub(super) struct Worker<'a> {
    plan: &'a Plan,
    shard: u64,
    of: u64,
    programs: Vec<usize>,
    split: &'static str,
    tracer: Tracer,
    cache: EncoderCache,
}

impl<'a> Worker<'a> {
    pub(super) fn new(plan: &'a Plan, split: &'static str, shard: u64, of: u64) -> Worker<'a> {
        let programs = programs_of(plan, split, shard, of);
        Worker {
            plan,
            shard,
            of,
            programs,
            split,
            tracer: Tracer::new(),
            cache: EncoderCache::default(),
        }
    }

    /// Unit `unit` of pass `pass`: up to `share` new examples (the whole block of a generator).
    pub(super) fn make(&mut self, unit: u64, pass: u64, share: u64) -> Made {
        let mut made = Made::default();
        match &self.plan.origin {
            Origin::Generator(level) => {
                // The lines that training on the fly holds out, too.
                let split = if self.split == "test" {
                    Split::HeldOut
                } else {
                    Split::Train
                };
                let units_before = (pass * self.of + self.shard) << 32;
                for line in 0..BLOCK {
                    let index = units_before + unit * BLOCK + line;
                    let seed = self.plan.settings.seed ^ stable_hash(self.split);
                    let line = singleline(seed, index, *level);
                    if split.takes(&line) {
                        self.push(&line, "", &[], "", &mut HashSet::new(), &mut made);
                    }
                }
            }
            Origin::Harvest(programs) => {
                let program = &programs[self.programs[unit as usize]];
                if pass == 0 {
                    let limits = self.plan.settings.filters.limits();
                    for line in single_lines(program, &mut self.tracer, &limits) {
                        self.push(&line, "", &[], &program.name, &mut HashSet::new(), &mut made);
                    }
                }
            }
            Origin::Mutants(programs) => {
                let program = &programs[self.programs[unit as usize]];
                self.mutants(program, unit, pass, share, &mut made);
            }
        }
        made
    }

    fn mutants(&mut self, program: &Program, unit: u64, pass: u64, share: u64, made: &mut Made) {
        let settings = &self.plan.settings;
        let (source, stdin) = match self.with_input(program) {
            Ok(pair) => pair,
            Err(reason) => {
                if pass == 0 {
                    made.leave_out(reason);
                }
                return;
            }
        };
        // The traces that were met: those of the program's mutants are to differ from it and from each other.
        let mut traces = HashSet::new();
        if pass == 0 {
            self.push(&source, &stdin, &[], &program.name, &mut traces, made);
        } else {
            self.push(&source, &stdin, &[], &program.name, &mut traces, &mut Made::default());
        }
        let Ok(parsed) = ruff_python_parser::parse_module(&source) else {
            return;
        };
        let module: &ModModule = parsed.syntax();
        if settings.order == 0 {
            return;
        }
        // Easy ones first: later passes apply more operators, and then draw others.
        let order = settings.order.min(1 + pass as usize);
        let mutator = Mutator::new(self.plan.operators.clone()).with_order(order);
        let key = self.shard + (unit << 20) + (pass << 40);
        let seed = Stream::new(settings.seed, &format!("mutants {}", program.name), key).next_u64();
        // Many mutants fall out: three times the share is drawn, and the first that stay are taken.
        for mutant in mutator.sample(module, 3 * share as usize + 8, seed) {
            if made.records.len() as u64 >= share {
                break;
            }
            self.push(&mutant, &stdin, &mutant.operators, &program.name, &mut traces, made);
        }
    }

    /// The program as it is traced, and what it reads; or why it is left out.
    fn with_input(&mut self, program: &Program) -> Result<(String, String), &'static str> {
        let filters = &self.plan.settings.filters;
        let limits = filters.limits();
        if filters.keep_stdin {
            embed::runs_the_same(program, &mut self.tracer, &limits, filters.keep_exceptions)?;
            return Ok((program.source.clone(), program.stdin.clone()));
        }
        let source = embed::self_contained(program, &mut self.tracer, &limits, filters.keep_exceptions)?;
        Ok((source, String::new()))
    }

    /// Runs a program and keeps it where it passes the filters.
    fn push<'c>(
        &mut self,
        code: impl Into<Code<'c>>,
        stdin: &str,
        operators: &[&'static str],
        program: &str,
        traces: &mut HashSet<u64>,
        made: &mut Made,
    ) {
        made.run += 1;
        match self.record(code.into(), stdin, operators, program) {
            Ok(record) => {
                let trace = stable_hash(&record.trace_tokens.join(" "));
                let fresh = traces.insert(trace);
                if fresh || operators.is_empty() || self.plan.settings.filters.keep_equivalent {
                    made.records.push(record);
                } else {
                    made.leave_out("equivalent");
                }
            }
            Err(reason) => made.leave_out(reason),
        }
    }

    fn record(
        &mut self,
        program: Code<'_>,
        stdin: &str,
        operators: &[&'static str],
        name: &str,
    ) -> Result<Record, &'static str> {
        let filters = self.plan.settings.filters.clone();
        let mut code = Vec::new();
        code_tokens(program.source, &mut code).map_err(|unfit| unfit_name(&unfit))?;
        let mut trace = Vec::new();
        let status = if self.plan.settings.data_set == DataSet::SingleLine {
            let ended = write_texts(
                &mut self.tracer,
                DataSet::SingleLine,
                program,
                stdin,
                &filters.limits(),
                &mut Vec::new(),
                &mut trace,
            );
            ended.map_err(|rejection| rejection.name())?;
            Status::Ok
        } else {
            let (outcome, entries, written) =
                trace_text(&mut self.tracer, program, stdin, &filters.limits(), &mut trace);
            match outcome.status {
                Status::Ok => {}
                Status::Exception if filters.keep_exceptions => {}
                other => return Err(other.name()),
            }
            if entries == 0 {
                return Err("empty");
            }
            written.map_err(|unfit| unfit_name(&unfit))?;
            outcome.status
        };
        if self.length(&code) > filters.source_tokens {
            return Err("source_too_long");
        }
        if self.length(&trace) > filters.trace_tokens {
            return Err("trace_too_long");
        }
        Ok(Record {
            id: serde_json::Value::Null,
            code: program.source.to_owned(),
            trace: entry_texts(&trace),
            code_tokens: code,
            trace_tokens: trace,
            program: name.to_owned(),
            operators: operators.iter().map(|&code| code.to_owned()).collect(),
            stdin: stdin.to_owned(),
            status: status.name().to_owned(),
        })
    }

    fn length(&mut self, tokens: &[String]) -> usize {
        let Some(tokenizer) = &self.plan.tokenizer else {
            return tokens.len();
        };
        let mut ids = Vec::new();
        match tokenizer.encode(&tokens.join(" "), &mut self.cache, &mut ids) {
            Ok(()) => ids.len(),
            Err(_) => usize::MAX,
        }
    }
}

fn unfit_name(unfit: &Unfit) -> &'static str {
    example::Rejection::Unfit(unfit.clone()).name()
}
