//! Streams of training examples: made in threads of this process, handed out in one order whatever their number.

use super::cwm;
use super::dataset::inspect::data_files;
use super::dataset::read_records;
use super::example::{DataSet, TraceFormat, limits, write_texts};
use super::generate::{Level, program, singleline};
use super::mutants::{Mutants, default_set};
use super::packing::{Encoder, LossWeights, MAX_ENTRIES, Sequence, pack};
use super::random::{Stream, stable_hash};
use super::text::{Code, Joined};
use super::tokenizer::Tokenizer;
use crate::config::{Generator, Stage, StageData};
use crate::model::PackedBatch;
use anyhow::{Context, Result, bail};
use python::Tracer;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Examples that a thread makes at a time.
const CHUNK: u64 = 32;

/// Draws for one place in the stream before it is left empty: generated lines may raise, be too long or be held out.
const ATTEMPTS: u64 = 32;

/// One program in this many (by a hash of its text) is held out for evaluation, whatever the seed.
const HELD_OUT: u64 = 50;

/// Places of the mix that are laid out at a time.
const CYCLE: u64 = 100;

/// Which programs a stream takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    Train,
    HeldOut,
}

impl Split {
    pub(super) fn takes(self, code: &str) -> bool {
        stable_hash(code).is_multiple_of(HELD_OUT) == (self == Split::HeldOut)
    }
}

/// One origin of programs.
#[derive(Clone, Debug)]
enum Source {
    Generator {
        generator: Generator,
        level: Level,
        set: DataSet,
    },
    /// Programs that are mutated as they are drawn.
    Mutants { mutants: Mutants, set: DataSet },
    /// Texts of code and trace tokens.
    Examples { texts: Vec<(String, String)>, set: DataSet },
    /// The programs of examples, to be run again for a trace in another format.
    Programs { codes: Vec<String>, set: DataSet },
}

/// A stage's programs: place `i` of the stream is a function of seed, stage and `i`.
#[derive(Clone, Debug)]
pub struct Feed {
    seed: u64,
    purpose: String,
    split: Split,
    format: TraceFormat,
    sources: Vec<Source>,
    /// Places of each source in a cycle of the mix.
    shares: Vec<u64>,
}

impl Feed {
    /// Opens a stage's sources; files are read whole.
    pub fn open(stage: &Stage, seed: u64, split: Split) -> Result<Feed> {
        Self::open_as(stage, seed, split, TraceFormat::CodeExecutor)
    }

    /// [`Feed::open`] for traces in a format; the encoder that draws from it must have the same.
    pub fn open_as(stage: &Stage, seed: u64, split: Split, format: TraceFormat) -> Result<Feed> {
        let sources = stage
            .data
            .iter()
            .map(|data| Source::open(data, split, format))
            .collect::<Result<Vec<_>>>()?;
        let purpose = format!(
            "{} {}",
            if split == Split::Train { "train" } else { "held out" },
            stage.name
        );
        Ok(Feed {
            seed,
            purpose,
            split,
            format,
            sources,
            shares: shares(&stage.data),
        })
    }

    /// The source of place `index`, and how many of its places came before.
    fn place(&self, index: u64) -> (usize, u64) {
        let (cycle, place) = (index / CYCLE, (index % CYCLE) as usize);
        let mut slots: Vec<usize> = Vec::with_capacity(CYCLE as usize);
        for (source, &share) in self.shares.iter().enumerate() {
            slots.extend(std::iter::repeat_n(source, share as usize));
        }
        if self.sources.len() > 1 {
            Stream::new(self.seed, &format!("mix {}", self.purpose), cycle).shuffle(&mut slots);
        }
        let source = slots[place];
        let before = slots[..place].iter().filter(|&&other| other == source).count() as u64;
        (source, cycle * self.shares[source] + before)
    }

    /// Calls `attempt` with the programs for a place until one suits; generated ones are drawn anew, a file's are not.
    fn draw<T>(&self, index: u64, mut attempt: impl FnMut(Program<'_>) -> Result<Option<T>>) -> Result<Option<T>> {
        let (source, rank) = self.place(index);
        match &self.sources[source] {
            Source::Generator { generator, level, set } => {
                let seed = Stream::new(self.seed, &self.purpose, source as u64).next_u64();
                // Held-out programs are rare among the drawn.
                let attempts = if self.split == Split::HeldOut {
                    ATTEMPTS * HELD_OUT
                } else {
                    ATTEMPTS
                };
                for number in 0..attempts {
                    let draw = rank * ATTEMPTS * HELD_OUT + number;
                    let code = match generator {
                        Generator::SingleLine => singleline(seed, draw, *level),
                        Generator::Program => program(seed, draw, *level),
                    };
                    if self.split.takes(&code)
                        && let Some(found) = attempt(Program::Code(code.as_str().into(), *set))?
                    {
                        return Ok(Some(found));
                    }
                }
                Ok(None)
            }
            Source::Mutants { mutants, set } => {
                let seed = Stream::new(self.seed, &self.purpose, source as u64).next_u64();
                for number in 0..ATTEMPTS {
                    // Attempts go on in the next round of the stream: a place's neighbours keep their own mutants.
                    if let Some(mutant) = mutants.draw(seed, rank + (number << 40))
                        && let Some(found) = attempt(Program::Code((&*mutant).into(), *set))?
                    {
                        return Ok(Some(found));
                    }
                }
                Ok(None)
            }
            Source::Examples { texts, set } => {
                let length = texts.len() as u64;
                let at = shuffled(self.seed, rank / length, rank % length, length);
                let (code, trace) = &texts[at as usize];
                attempt(Program::Texts(code, trace, *set))
            }
            Source::Programs { codes, set } => {
                let length = codes.len() as u64;
                let at = shuffled(self.seed, rank / length, rank % length, length);
                attempt(Program::Code(codes[at as usize].as_str().into(), *set))
            }
        }
    }

    /// The sequence at a place, if the place holds one, and how many programs were run for it.
    fn sequence(&self, index: u64, encoder: &mut Encoder<'_>) -> Result<(Option<Sequence>, u64)> {
        let mut programs = 0;
        let sequence = self.draw(index, |program| {
            programs += 1;
            Ok(match program {
                Program::Code(code, set) => encoder.run(set, code)?.ok(),
                Program::Texts(code, trace, set) => encoder.sequence(set, code, trace)?.ok(),
            })
        })?;
        Ok((sequence, programs))
    }

    /// The texts at the first places, to train a tokenizer on.
    pub fn texts(&self, places: u64) -> Result<Vec<String>> {
        let mut tracer = Tracer::new();
        let limits = limits(MAX_ENTRIES);
        let mut all = Vec::new();
        for index in 0..places {
            let found = self.draw(index, |program| {
                Ok(match program {
                    Program::Code(program, _) if self.format == TraceFormat::Cwm => {
                        let texts = cwm::texts(&mut tracer, program.source, "", &limits);
                        texts.ok().map(|(prompt, frames)| [prompt, frames])
                    }
                    Program::Code(source, set) => {
                        let (mut code, mut trace) = (Joined::default(), Joined::default());
                        write_texts(&mut tracer, set, source, "", &limits, &mut code, &mut trace)
                            .ok()
                            .map(|()| [code.text, trace.text])
                    }
                    Program::Texts(code, trace, _) => Some([code.to_owned(), trace.to_owned()]),
                })
            })?;
            all.extend(found.into_iter().flatten());
        }
        if all.is_empty() {
            bail!("none of the first {places} programs of the data can be used");
        }
        Ok(all)
    }

    /// The first `count` sequences of the stream, one after the other.
    pub fn take(&self, tokenizer: &Tokenizer, count: usize) -> Result<Vec<Sequence>> {
        let mut encoder = Encoder::new(tokenizer);
        let mut sequences = Vec::new();
        let mut index = 0;
        while sequences.len() < count && index < 2 * count as u64 {
            sequences.extend(self.sequence(index, &mut encoder)?.0);
            index += 1;
        }
        Ok(sequences)
    }
}

/// A program on its way into the stream.
enum Program<'a> {
    Code(Code<'a>, DataSet),
    Texts(&'a str, &'a str, DataSet),
}

impl Source {
    fn open(data: &StageData, split: Split, format: TraceFormat) -> Result<Source> {
        if let Some(generator) = data.generator {
            let set = data.set.unwrap_or(generator.default_set());
            return Ok(Source::Generator {
                generator,
                level: data.level,
                set,
            });
        }
        if let Some(from) = &data.mutate {
            let set = data.set.or(default_set(from)).context("a folder needs its data set")?;
            let mutants = Mutants::open(from, data.order, split == Split::HeldOut)?;
            return Ok(Source::Mutants { mutants, set });
        }
        let (Some(path), Some(set)) = (&data.path, data.set) else {
            bail!("a source needs a generator, programs to mutate, or a path and its set")
        };
        let (mut texts, mut codes) = (Vec::new(), Vec::new());
        for file in data_files(path)? {
            for record in read_records(&file)? {
                if split.takes(&record.code) {
                    match format {
                        TraceFormat::CodeExecutor => {
                            texts.push((record.code_tokens.join(" "), record.trace_tokens.join(" ")));
                        }
                        TraceFormat::Cwm => codes.push(record.code),
                    }
                }
            }
        }
        if texts.is_empty() && codes.is_empty() {
            bail!(
                "{}: holds no example for {}",
                path.display(),
                if split == Split::Train {
                    "training"
                } else {
                    "evaluation"
                }
            );
        }
        Ok(match format {
            TraceFormat::CodeExecutor => Source::Examples { texts, set },
            TraceFormat::Cwm => Source::Programs { codes, set },
        })
    }
}

/// Places of each source in a cycle: by weight, at least one each.
fn shares(data: &[StageData]) -> Vec<u64> {
    let total: f64 = data.iter().map(|data| data.weight).sum();
    let mut shares: Vec<u64> = data
        .iter()
        .map(|data| ((data.weight / total * CYCLE as f64).round() as u64).max(1))
        .collect();
    // Rounding's remainder goes to the largest.
    while shares.iter().sum::<u64>() != CYCLE {
        let sum: u64 = shares.iter().sum();
        let largest = shares.iter_mut().max().expect("a stage has data");
        if sum > CYCLE { *largest -= 1 } else { *largest += 1 }
    }
    shares
}

/// Element `index` of a shuffle of `0..length` that belongs to `epoch`: a Feistel network over the next power of four,
/// walked until it lands inside.
fn shuffled(seed: u64, epoch: u64, index: u64, length: u64) -> u64 {
    let half = (64 - (length.max(2) - 1).leading_zeros()).div_ceil(2);
    let mask = (1u64 << half) - 1;
    let keys: [u64; 4] = std::array::from_fn(|round| Stream::new(seed, "shuffle", epoch * 4 + round as u64).next_u64());
    let mut value = index;
    loop {
        let (mut left, mut right) = (value >> half, value & mask);
        for key in keys {
            (left, right) = (right, left ^ (Stream::new(key, "", right).next_u64() & mask));
        }
        value = left << half | right;
        if value < length {
            return value;
        }
    }
}

/// What a chunk of places gave.
struct Chunk {
    sequences: Vec<Option<Sequence>>,
    programs: u64,
}

#[derive(Default)]
struct Ready {
    chunks: BTreeMap<u64, Result<Chunk>>,
    /// The chunk that is waited for.
    wanted: u64,
}

struct Shared {
    ready: Mutex<Ready>,
    changed: Condvar,
    next: AtomicU64,
    stop: AtomicBool,
    /// Chunks that may lie ready at a time.
    window: u64,
}

/// Sequences in the stream's order, made ahead of time by threads.
pub struct Feeder {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    current: std::vec::IntoIter<Option<Sequence>>,
    /// The place of the next sequence.
    place: u64,
    pub waited: Duration,
    pub programs: u64,
}

impl Feeder {
    /// Starts at place `start`.
    pub fn start(feed: Arc<Feed>, tokenizer: Arc<Tokenizer>, start: u64, threads: usize) -> Result<Feeder> {
        let first = start / CHUNK;
        let shared = Arc::new(Shared {
            ready: Mutex::new(Ready {
                chunks: BTreeMap::new(),
                wanted: first,
            }),
            changed: Condvar::new(),
            next: AtomicU64::new(first),
            stop: AtomicBool::new(false),
            window: 4 * threads as u64 + 12,
        });
        let threads = (0..threads)
            .map(|number| {
                let (shared, feed, tokenizer) = (shared.clone(), feed.clone(), tokenizer.clone());
                std::thread::Builder::new()
                    .name(format!("data {number}"))
                    // Traced programs recurse.
                    .stack_size(64 << 20)
                    .spawn(move || work(&shared, &feed, &tokenizer))
            })
            .collect::<std::io::Result<Vec<_>>>()
            .context("starting a data thread")?;
        let mut feeder = Feeder {
            shared,
            threads,
            current: Vec::new().into_iter(),
            place: first * CHUNK,
            waited: Duration::ZERO,
            programs: 0,
        };
        while feeder.place < start {
            feeder.advance()?;
        }
        Ok(feeder)
    }

    /// The place at which the next sequence will be looked for.
    pub fn place(&self) -> u64 {
        self.place
    }

    fn advance(&mut self) -> Result<Option<Sequence>> {
        if let Some(sequence) = self.current.next() {
            self.place += 1;
            return Ok(sequence);
        }
        let began = Instant::now();
        let mut ready = self.shared.ready.lock().unwrap_or_else(PoisonError::into_inner);
        let chunk = loop {
            let wanted = ready.wanted;
            if let Some(chunk) = ready.chunks.remove(&wanted) {
                ready.wanted += 1;
                break chunk;
            }
            if self.threads.iter().all(JoinHandle::is_finished) {
                bail!("the threads that make data have stopped");
            }
            (ready, _) = self
                .shared
                .changed
                .wait_timeout(ready, Duration::from_millis(200))
                .unwrap_or_else(PoisonError::into_inner);
        };
        drop(ready);
        self.shared.changed.notify_all();
        self.waited += began.elapsed();
        let chunk = chunk?;
        self.programs += chunk.programs;
        self.current = chunk.sequences.into_iter();
        self.advance()
    }

    pub fn next_sequence(&mut self) -> Result<Sequence> {
        // Generators that nearly always fail, and files of unusable examples, must not run for ever.
        for _ in 0..1_000_000 {
            if let Some(sequence) = self.advance()? {
                return Ok(sequence);
            }
        }
        bail!("a million places of the data stream in a row hold no usable program")
    }
}

impl Drop for Feeder {
    fn drop(&mut self) {
        // Under the lock, so that no thread goes to sleep between looking and being told.
        let ready = self.shared.ready.lock();
        self.shared.stop.store(true, Ordering::Relaxed);
        drop(ready);
        self.shared.changed.notify_all();
        for thread in self.threads.drain(..) {
            // Its panic, if any, was reported where the stream stopped.
            let _ = thread.join();
        }
    }
}

fn work(shared: &Shared, feed: &Feed, tokenizer: &Tokenizer) {
    let mut encoder = Encoder::new(tokenizer);
    while !shared.stop.load(Ordering::Relaxed) {
        let number = shared.next.fetch_add(1, Ordering::Relaxed);
        let mut ready = shared.ready.lock().unwrap_or_else(PoisonError::into_inner);
        while number >= ready.wanted + shared.window {
            if shared.stop.load(Ordering::Relaxed) {
                return;
            }
            ready = shared.changed.wait(ready).unwrap_or_else(PoisonError::into_inner);
        }
        drop(ready);
        let chunk = (number * CHUNK..(number + 1) * CHUNK).try_fold(
            Chunk {
                sequences: Vec::with_capacity(CHUNK as usize),
                programs: 0,
            },
            |mut chunk, index| {
                let (sequence, programs) = feed.sequence(index, &mut encoder)?;
                chunk.sequences.push(sequence);
                chunk.programs += programs;
                Ok(chunk)
            },
        );
        let failed = chunk.is_err();
        shared
            .ready
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .chunks
            .insert(number, chunk);
        shared.changed.notify_all();
        if failed {
            return;
        }
    }
}

/// Packed batches from a stream. Its whole state is the place of the first sequence that no batch holds yet.
pub struct Batches {
    pub feeder: Feeder,
    pending: Option<(u64, Sequence)>,
    budget: usize,
    first_position: u32,
    weights: LossWeights,
}

impl Batches {
    pub fn new(feeder: Feeder, budget: usize, first_position: u32, weights: LossWeights) -> Batches {
        Batches {
            feeder,
            pending: None,
            budget,
            first_position,
            weights,
        }
    }

    /// Where a stream that goes on from here has to start.
    pub fn place(&self) -> u64 {
        self.pending.as_ref().map_or(self.feeder.place(), |(place, _)| *place)
    }

    /// Fills a batch up to its budget; returns its sequences' number.
    pub fn fill(&mut self, batch: &mut PackedBatch) -> Result<usize> {
        batch.clear();
        loop {
            let (place, sequence) = match self.pending.take() {
                Some(pending) => pending,
                None => {
                    let sequence = self.feeder.next_sequence()?;
                    (self.feeder.place() - 1, sequence)
                }
            };
            if !pack(batch, &sequence, self.budget, self.first_position, &self.weights) {
                self.pending = Some((place, sequence));
                return Ok(batch.segment_count());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tokenizer::tests::small;

    fn stage(text: &str) -> Stage {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn the_mix_keeps_its_shares_and_counts_each_source() {
        let stage = stage(
            "name = 'x'\nsteps = 1\n[[data]]\ngenerator = 'singleline'\nweight = 3\n[[data]]\ngenerator = 'program'\nweight = 1\n",
        );
        let feed = Feed::open(&stage, 1, Split::Train).unwrap();
        let mut next = [0u64; 2];
        for index in 0..1000 {
            let (source, rank) = feed.place(index);
            assert_eq!(rank, next[source]);
            next[source] += 1;
        }
        assert_eq!(next, [750, 250]);
    }

    #[test]
    fn shuffles_are_permutations_and_differ_by_epoch() {
        for length in [1, 2, 7, 100] {
            let mut seen: Vec<u64> = (0..length).map(|index| shuffled(3, 0, index, length)).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..length).collect::<Vec<_>>());
        }
        let epoch = |epoch| (0..50).map(|index| shuffled(3, epoch, index, 50)).collect::<Vec<_>>();
        assert_ne!(epoch(0), epoch(1));
    }

    #[test]
    fn the_stream_is_the_same_for_any_threads_and_start() {
        let tokenizer = Arc::new(small());
        let stage = stage("name = 'x'\nsteps = 1\n[[data]]\ngenerator = 'singleline'\nlevel = 'easy'\n");
        let feed = Arc::new(Feed::open(&stage, 5, Split::Train).unwrap());
        let batches = |start, threads| {
            let feeder = Feeder::start(feed.clone(), tokenizer.clone(), start, threads).unwrap();
            Batches::new(feeder, 1024, 2, LossWeights::new(&tokenizer))
        };
        let (mut one, mut three) = (batches(0, 1), batches(0, 3));
        let (mut first, mut second) = (PackedBatch::new(), PackedBatch::new());
        for _ in 0..12 {
            one.fill(&mut first).unwrap();
            three.fill(&mut second).unwrap();
            assert_eq!(first, second);
            assert!(first.token_count() <= 1024 && first.token_count() > 800);
        }
        let mut resumed = batches(one.place(), 2);
        for _ in 0..3 {
            one.fill(&mut first).unwrap();
            resumed.fill(&mut second).unwrap();
            assert_eq!(first, second);
        }
    }

    #[test]
    fn held_out_programs_are_never_trained_on() {
        let stage = stage("name = 'x'\nsteps = 1\n[[data]]\ngenerator = 'singleline'\nlevel = 'easy'\n");
        let tokenizer = small();
        let take = |split| Feed::open(&stage, 5, split).unwrap().take(&tokenizer, 300).unwrap();
        let train = take(Split::Train);
        let held_out = take(Split::HeldOut);
        assert_eq!((train.len(), held_out.len()), (300, 300));
        assert!(held_out.iter().all(|sequence| !train.contains(sequence)));
    }
}
