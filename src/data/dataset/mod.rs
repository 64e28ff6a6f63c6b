//! Data sets on disk: programs multiplied by mutation, traced, filtered and written as shards.
//!
//! A shard is the unit of work: the programs it is made from, and so its content, follow from the plan alone. Whatever
//! the number of threads, and whether in one run or several, the same plan gives the same bytes. A shard appears under
//! its name when it is whole, with a record of its counts in `.shards/`; `manifest.json` sums them up at the end.
//!
//! Programs are split into training and test before they are mutated: no mutant of a training program is tested on.

pub mod inspect;
pub mod manifest;
mod parquet;
pub mod picture;
mod record;
mod unit;
mod writer;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use python::mutate::Operator;
use serde::{Deserialize, Serialize};

use super::files::writable_directory;
use super::generate::Level;
use super::parallel::ordered;
use super::random::stable_hash;
use super::sources::{Program, held_out};
use super::tokenizer::Tokenizer;
pub use record::{Record, read_records};
pub use unit::Filters;
use unit::{Made, Worker};
pub use writer::Format;
use writer::ShardWriter;

/// What the examples are made from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// Generated single lines.
    Generator(Level),
    /// Programs and their mutants.
    Mutants(Vec<Program>),
    /// Single lines out of the programs' traces.
    Harvest(Vec<Program>),
}

/// A data set to be made.
#[derive(Clone, Debug)]
pub struct Plan {
    pub origin: Origin,
    /// What the programs are, and under which licence; for the manifest.
    pub description: String,
    pub license: String,
    pub settings: Settings,
    pub operators: Vec<&'static Operator>,
    /// Counts subword tokens for the length filter; without one, the format's own tokens are counted.
    pub tokenizer: Option<Tokenizer>,
}

/// The part of a plan that a manifest repeats word for word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub data_set: super::example::DataSet,
    /// Examples over all shards of both splits.
    pub count: u64,
    pub seed: u64,
    /// Shards of the training split.
    pub shards: u64,
    /// The share of the programs that is kept for the test split.
    pub test_share: f64,
    pub format: Format,
    /// Only the released schema's fields.
    pub compatible: bool,
    /// The highest mutation order that is tried; 0 takes the programs alone.
    pub order: usize,
    pub filters: Filters,
}

/// Counts of a shard, or of all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    pub examples: u64,
    /// Programs and mutants that were run.
    pub run: u64,
    /// By reason.
    pub left_out: BTreeMap<String, u64>,
    /// Kept mutants by operator; one of a higher order counts for each of its operators.
    pub operators: BTreeMap<String, u64>,
}

impl Counts {
    fn leave_out(&mut self, reason: &str, count: u64) {
        if count > 0 {
            *self.left_out.entry(reason.to_owned()).or_default() += count;
        }
    }

    pub fn add(&mut self, other: &Counts) {
        self.examples += other.examples;
        self.run += other.run;
        for (reason, count) in &other.left_out {
            self.leave_out(reason, *count);
        }
        for (operator, count) in &other.operators {
            *self.operators.entry(operator.clone()).or_default() += count;
        }
    }
}

/// One file of the data set.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shard {
    split: &'static str,
    index: u64,
    of: u64,
    quota: u64,
}

impl Shard {
    fn name(&self, format: Format) -> String {
        format!(
            "{}-{:05}-of-{:05}.{}",
            self.split,
            self.index,
            self.of,
            format.extension()
        )
    }
}

/// Makes the plan's shards in `directory`: all, or with `only` those whose number leaves that rest when divided by the
/// second number. `advance` is called with the number of examples that were added.
///
/// # Errors
/// A directory that holds shards of another plan, or any at all unless `resume`; whatever writing meets.
pub fn build(
    plan: &Plan,
    directory: &Path,
    only: Option<(u64, u64)>,
    resume: bool,
    threads: usize,
    mut advance: impl FnMut(u64),
) -> Result<Counts> {
    writable_directory(directory)?;
    writable_directory(&manifest::records(directory))?;
    let shards = shards(plan);
    let fingerprint = plan.fingerprint()?;
    manifest::check_directory(directory, &fingerprint, resume)?;
    let mine = shards
        .iter()
        .enumerate()
        .filter(|(number, _)| only.is_none_or(|(rest, of)| *number as u64 % of == rest));
    for (_, shard) in mine {
        let path = directory.join(shard.name(plan.settings.format));
        if let Some(counts) = manifest::finished(directory, &path)? {
            advance(counts.examples);
            continue;
        }
        let counts = build_shard(plan, shard, &path, threads, &mut advance)
            .with_context(|| format!("making {}", path.display()))?;
        manifest::record(directory, &path, &fingerprint, &counts)?;
    }
    let names: Vec<PathBuf> = shards
        .iter()
        .map(|shard| directory.join(shard.name(plan.settings.format)))
        .collect();
    manifest::write(plan, directory, &names)
}

impl Plan {
    /// A hash of all that decides the content of the shards.
    fn fingerprint(&self) -> Result<String> {
        let mut text = serde_json::to_string(&self.settings)?;
        text.push_str(env!("CARGO_PKG_VERSION"));
        for operator in &self.operators {
            text.push_str(operator.code);
        }
        match &self.origin {
            Origin::Generator(level) => text.push_str(&serde_json::to_string(level)?),
            Origin::Mutants(programs) | Origin::Harvest(programs) => {
                for program in programs {
                    text.push_str(&format!("\0{}\0{}\0{}", program.name, program.source, program.stdin));
                }
            }
        }
        if let Some(tokenizer) = &self.tokenizer {
            text.push_str(&tokenizer.to_json()?);
        }
        Ok(format!("{:016x}", stable_hash(&text)))
    }

    fn programs(&self) -> &[Program] {
        match &self.origin {
            Origin::Generator(_) => &[],
            Origin::Mutants(programs) | Origin::Harvest(programs) => programs,
        }
    }

    /// The numbers of the split's programs.
    fn split(&self, split: &str) -> Vec<usize> {
        let tested = |program: &Program| held_out(&program.name, self.settings.test_share);
        (0..self.programs().len())
            .filter(|&index| tested(&self.programs()[index]) == (split == "test"))
            .collect()
    }
}

/// The plan's shards, each with its share of the count.
fn shards(plan: &Plan) -> Vec<Shard> {
    let settings = &plan.settings;
    let test = match &plan.origin {
        Origin::Generator(_) => (settings.count as f64 * settings.test_share).round() as u64,
        _ if plan.split("test").is_empty() => 0,
        _ => (settings.count as f64 * settings.test_share).round().max(1.0) as u64,
    }
    .min(settings.count);
    let train = settings.count - test;
    let per_shard = train.div_ceil(settings.shards.max(1)).max(1);
    let spread = |split, total: u64, of: u64| {
        (0..of).map(move |index| Shard {
            split,
            index,
            of,
            quota: total / of + u64::from(index < total % of),
        })
    };
    spread("train", train, settings.shards.max(1))
        .chain(spread("test", test, test.div_ceil(per_shard)))
        .filter(|shard| shard.quota > 0)
        .collect()
}

fn build_shard(
    plan: &Plan,
    shard: &Shard,
    path: &Path,
    threads: usize,
    advance: &mut impl FnMut(u64),
) -> Result<Counts> {
    let mut writer = ShardWriter::create(path, &plan.settings)?;
    let mut counts = Counts::default();
    let mut seen: HashSet<u64> = HashSet::new();
    let mut take = |made: Made, counts: &mut Counts, writer: &mut ShardWriter| -> Result<u64> {
        counts.run += made.run;
        for (reason, count) in &made.left_out {
            counts.leave_out(reason, *count);
        }
        let mut taken = 0;
        for mut record in made.records {
            if counts.examples == shard.quota {
                break;
            }
            if !seen.insert(stable_hash(&record.code)) {
                counts.leave_out("duplicate", 1);
                continue;
            }
            record.id = format!("{}-{}-{}", shard.split, shard.index, counts.examples).into();
            writer.write(&record)?;
            for operator in &record.operators {
                *counts.operators.entry(operator.clone()).or_default() += 1;
            }
            counts.examples += 1;
            taken += 1;
        }
        Ok(taken)
    };
    // Every pass asks each unit of work for its fair part of what is missing, until there is enough or nothing new comes.
    let units = units(plan, shard);
    let mut barren = 0;
    for pass in 0.. {
        let missing = shard.quota - counts.examples;
        if missing == 0 || barren > plan.settings.order.max(1) || units == 0 {
            break;
        }
        let share = missing.div_ceil(units);
        let mut taken = 0;
        let items = (0..units).map(|unit| Ok((unit, pass, share)));
        let prepare = || Worker::new(plan, shard.split, shard.index, shard.of);
        let ended = ordered(
            threads,
            items,
            prepare,
            |worker, (unit, pass, share)| Ok(worker.make(unit, pass, share)),
            |made| {
                if counts.examples == shard.quota {
                    return Err(Enough.into());
                }
                let new = take(made, &mut counts, &mut writer)?;
                advance(new);
                taken += new;
                Ok(())
            },
        );
        match ended {
            Err(error) if !error.is::<Enough>() => return Err(error),
            _ => {}
        }
        barren = if taken == 0 { barren + 1 } else { 0 };
    }
    ensure!(counts.examples > 0, "no program gave an example: {}", reasons(&counts));
    writer.commit()?;
    Ok(counts)
}

/// How many units of work a pass over the shard has: its programs, or blocks of generated lines.
fn units(plan: &Plan, shard: &Shard) -> u64 {
    match &plan.origin {
        Origin::Generator(_) => shard.quota.div_ceil(unit::BLOCK),
        _ => unit::programs_of(plan, shard.split, shard.index, shard.of).len() as u64,
    }
}

/// Signals that the shard is full.
#[derive(Debug, thiserror::Error)]
#[error("enough examples")]
struct Enough;

/// `12 duplicate, 3 limit`
pub fn reasons(counts: &Counts) -> String {
    if counts.left_out.is_empty() {
        return "nothing was left out".to_owned();
    }
    let parts: Vec<String> = counts
        .left_out
        .iter()
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    parts.join(", ")
}

/// Reads `I/N`, a part of a data set's shards.
///
/// # Errors
/// Says what is wanted where `text` is not of that form.
pub fn parse_part(text: &str) -> Result<(u64, u64)> {
    let parts = text
        .split_once('/')
        .and_then(|(i, n)| Some((i.parse::<u64>().ok()?, n.parse::<u64>().ok()?)));
    match parts {
        Some((index, of)) if index < of => Ok((index, of)),
        _ => bail!("`{text}` is not a part: wanted is I/N with I from 0 to N - 1, as in 0/4"),
    }
}

#[cfg(test)]
mod tests;
