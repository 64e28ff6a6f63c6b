//! Beam search as CodeExecutor's release does it, over several programs at once. One beam is greedy search.
//!
//! In every step the likeliest continuations of a program's live beams, as many as there are beams, become its next beams;
//! one that ends is recorded and has no children. A program is done when its likeliest beam has ended and as many
//! hypotheses as there are beams were recorded.

use super::{Marks, Settled, started, steps_left};
use crate::device::Device;
use crate::model::{Model, ModelError};

#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct SearchOptions {
    pub beams: usize,
    /// Most tokens of a target, `</s>` included.
    pub max_tokens: usize,
    /// Scores are divided by length (`</s>` included) to this power; the release has 0.
    pub length_penalty: f64,
    /// Stop as soon as no live beam can overtake the best recorded one: the best hypothesis is the best that ends, of the
    /// others some may be missing.
    pub early_stop: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions {
            beams: 10,
            max_tokens: 768,
            length_penalty: 0.0,
            early_stop: false,
        }
    }
}

/// A target that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    /// Without `<mask0>` and `</s>`.
    pub tokens: Vec<u32>,
    /// Log probability of each token, and of `</s>` where the target has ended.
    pub log_probabilities: Vec<f32>,
    /// Their sum, divided as the length penalty says.
    pub score: f64,
    /// Whether it came to its `</s>`.
    pub ended: bool,
}

/// One program's hypotheses, the best first.
pub type Beams = Vec<Hypothesis>;

/// A token in the tree of all beams of a program.
struct Node {
    token: u32,
    log_probability: f32,
    parent: Option<usize>,
    /// Tokens up to and including this one.
    depth: usize,
}

/// A beam that goes on.
#[derive(Clone, Copy)]
struct Live {
    node: usize,
    score: f64,
    /// Its row in the decoder's last step.
    row: usize,
}

struct Program {
    nodes: Vec<Node>,
    live: Vec<Live>,
    /// Score and last node.
    finished: Vec<(f64, usize)>,
    top_ended: bool,
    done: bool,
    /// Most tokens of its target.
    limit: usize,
    /// Tokens at the start that all its beams share, and that were told.
    settled: usize,
}

impl Program {
    fn new(limit: usize) -> Program {
        Program {
            nodes: Vec::new(),
            live: Vec::new(),
            finished: Vec::new(),
            top_ended: false,
            done: limit == 0,
            limit,
            settled: 0,
        }
    }

    fn hypothesis(&self, score: f64, last: usize, end: u32, penalty: f64) -> Hypothesis {
        let (mut tokens, mut log_probabilities) = (Vec::new(), Vec::new());
        let mut next = Some(last);
        while let Some(node) = next.map(|index| &self.nodes[index]) {
            tokens.push(node.token);
            log_probabilities.push(node.log_probability);
            next = node.parent;
        }
        tokens.reverse();
        log_probabilities.reverse();
        let length = tokens.len();
        let ended = tokens.last() == Some(&end);
        if ended {
            tokens.pop();
        }
        Hypothesis {
            tokens,
            log_probabilities,
            score: penalized(score, length, penalty),
            ended,
        }
    }

    /// The hypotheses, best first; live beams fill up what has not ended.
    fn results(&self, options: &SearchOptions, end: u32) -> Beams {
        let make = |(score, last): (f64, usize)| self.hypothesis(score, last, end, options.length_penalty);
        let best_first = |beams: &mut Beams| beams.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut beams: Beams = self.finished.iter().copied().map(make).collect();
        best_first(&mut beams);
        beams.truncate(options.beams);
        if beams.len() < options.beams {
            let mut rest: Beams = self.live.iter().map(|live| make((live.score, live.node))).collect();
            best_first(&mut rest);
            rest.truncate(options.beams - beams.len());
            beams.extend(rest);
        }
        beams
    }

    /// Whether no live beam can come to a better score than the best recorded one: log probabilities only fall, and what
    /// a longer target's penalty gives back is bounded by the longest that may be.
    fn overtaken(&self, step: usize, penalty: f64) -> bool {
        let best = self
            .finished
            .iter()
            .map(|&(score, node)| penalized(score, self.nodes[node].depth, penalty))
            .fold(f64::NEG_INFINITY, f64::max);
        let length = if penalty > 0.0 { self.limit } else { step + 2 };
        self.live
            .iter()
            .all(|live| penalized(live.score, length, penalty) <= best)
    }

    /// The tokens after the settled ones that all beams, live and recorded, now have in common.
    fn settle(&mut self, end: u32) -> Vec<Settled> {
        let mut tips: Vec<usize> = self.live.iter().map(|live| live.node).collect();
        tips.extend(self.finished.iter().map(|finished| finished.1));
        // The deepest give way to their parents until all are one, or none lies beyond what is settled.
        while tips.len() > 1 {
            let deepest = tips.iter().map(|&tip| self.nodes[tip].depth).max().unwrap_or(0);
            if deepest <= self.settled {
                return Vec::new();
            }
            let mut parents = Vec::with_capacity(tips.len());
            for &tip in &tips {
                if self.nodes[tip].depth < deepest {
                    parents.push(tip);
                } else {
                    match self.nodes[tip].parent {
                        Some(parent) => parents.push(parent),
                        None => return Vec::new(),
                    }
                }
            }
            parents.sort_unstable();
            parents.dedup();
            tips = parents;
        }
        let mut settled = Vec::new();
        let mut next = tips.first().copied();
        while let Some(node) = next
            .map(|index| &self.nodes[index])
            .filter(|node| node.depth > self.settled)
        {
            if node.token != end {
                settled.push((node.token, node.log_probability));
            }
            next = node.parent;
        }
        settled.reverse();
        self.settled = tips.first().map_or(self.settled, |&tip| self.nodes[tip].depth);
        settled
    }
}

fn penalized(score: f64, length: usize, penalty: f64) -> f64 {
    score / (length.max(1) as f64).powf(penalty)
}

/// Finds the likeliest targets of all prompts (each ends with the source's `</s>`). `observe` hears of a program's tokens
/// when all its beams agree on them, which no later step changes; `</s>` is not among them.
pub fn search<D: Device>(
    model: &Model<D>,
    prompts: &[Vec<u32>],
    marks: Marks,
    options: &SearchOptions,
    mut observe: impl FnMut(usize, &[Settled]),
) -> Result<Vec<Beams>, ModelError> {
    let beams = options.beams.clamp(1, model.config.vocab_size);
    let mut programs: Vec<Program> = prompts
        .iter()
        .map(|prompt| Program::new(steps_left(model, prompt, options.max_tokens)))
        .collect();
    let steps = programs.iter().map(|program| program.limit).max().unwrap_or(0);
    if steps == 0 {
        return Ok(prompts.iter().map(|_| Vec::new()).collect());
    }
    let mut decoder = started(model, prompts, prompts.len() * beams, steps, beams)?;
    // Rows of the step: a token each, its program, and the row of the step before that it continues.
    let (mut tokens, mut sequences, mut parents) = (Vec::new(), Vec::new(), Vec::new());
    for (index, _) in programs.iter().enumerate().filter(|(_, program)| !program.done) {
        parents.push(0);
        tokens.push(marks.start);
        sequences.push(index as u32);
    }
    for step in 0..steps {
        if tokens.is_empty() {
            break;
        }
        let candidates = decoder.step(model, &tokens, &sequences, &parents, beams)?;
        for (index, program) in programs.iter_mut().enumerate().filter(|(_, program)| !program.done) {
            let parents: Vec<Live> = if step == 0 {
                vec![Live {
                    node: usize::MAX,
                    score: 0.0,
                    row: sequences.partition_point(|&sequence| (sequence as usize) < index),
                }]
            } else {
                std::mem::take(&mut program.live)
            };
            // By score, then as the release's flat order has it: by beam, then by token.
            let mut next: Vec<(f64, usize, u32, f32)> = Vec::with_capacity(parents.len() * beams);
            for (beam, parent) in parents.iter().enumerate() {
                let (tokens, values) = candidates.row(parent.row);
                next.extend(
                    tokens
                        .iter()
                        .zip(values)
                        .map(|(&token, &value)| (parent.score + f64::from(value), beam, token, value)),
                );
            }
            next.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
            next.truncate(beams);
            program.top_ended |= next.first().is_some_and(|first| first.2 == marks.end);
            for (score, beam, token, log_probability) in next {
                let parent = &parents[beam];
                let node = program.nodes.len();
                program.nodes.push(Node {
                    token,
                    log_probability,
                    parent: (step > 0).then_some(parent.node),
                    depth: step + 1,
                });
                if token == marks.end {
                    program.finished.push((score, node));
                } else {
                    program.live.push(Live {
                        node,
                        score,
                        row: parent.row,
                    });
                }
            }
            let settled = program.settle(marks.end);
            if !settled.is_empty() {
                observe(index, &settled);
            }
            program.done = program.live.is_empty()
                || (program.top_ended && program.finished.len() >= beams)
                || step + 1 >= program.limit
                || (options.early_stop
                    && !program.finished.is_empty()
                    && program.overtaken(step, options.length_penalty));
        }
        tokens.clear();
        sequences.clear();
        parents.clear();
        for (index, program) in programs.iter_mut().enumerate().filter(|(_, program)| !program.done) {
            for live in &mut program.live {
                parents.push(live.row as u32);
                live.row = tokens.len();
                tokens.push(program.nodes[live.node].token);
                sequences.push(index as u32);
            }
        }
    }
    Ok(programs
        .iter()
        .map(|program| program.results(&SearchOptions { beams, ..*options }, marks.end))
        .collect())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::device::cpu::Cpu;
    use crate::model::{BatchLimits, Inference, ModelConfig, PackedBatch};
    use std::sync::Arc;

    pub const MARKS: Marks = Marks { start: 3, end: 2 };

    pub fn model(seed: u64) -> Model<Cpu<f32>> {
        let config = ModelConfig {
            hidden_size: 32,
            intermediate_size: 64,
            num_hidden_layers: 2,
            num_attention_heads: 2,
            max_position_embeddings: 40,
            ..ModelConfig::preset("tiny", 24).unwrap()
        };
        let mut model = Model::initialize(Arc::new(Cpu::new(1).unwrap()), config, seed, false).unwrap();
        // Fresh weights give nearly even odds; larger ones make searches differ.
        let parameters: Vec<f32> = model.read_parameters().unwrap().iter().map(|p| p * 6.0).collect();
        model.write_parameters(&parameters).unwrap();
        model
    }

    fn log_softmax(logits: &[f32]) -> Vec<f64> {
        let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f64 = logits.iter().map(|&l| f64::from(l - most).exp()).sum();
        logits.iter().map(|&l| f64::from(l - most) - sum.ln()).collect()
    }

    /// The plain way: no cache, one program, every prefix run whole, all continuations sorted.
    fn reference(model: &Model<Cpu<f32>>, prompt: &[u32], options: &SearchOptions) -> Vec<(Vec<u32>, f64)> {
        let next = |target: &[u32]| {
            let mut sequence = prompt.to_vec();
            sequence.push(MARKS.start);
            sequence.extend_from_slice(target);
            sequence.push(0);
            let mut batch = PackedBatch::new();
            batch.push(&sequence, prompt.len(), sequence.len() - 1, 2, |_| 1.0);
            let mut inference = Inference::new(model, BatchLimits::of(&batch)).unwrap();
            log_softmax(&inference.logits(model, &batch).unwrap())
        };
        let mut live: Vec<(Vec<u32>, f64)> = vec![(Vec::new(), 0.0)];
        let mut finished: Vec<(Vec<u32>, f64)> = Vec::new();
        let mut top_ended = false;
        for _ in 0..options.max_tokens {
            let mut all: Vec<(Vec<u32>, f64)> = Vec::new();
            for (target, score) in &live {
                for (token, value) in next(target).into_iter().enumerate() {
                    let mut longer = target.clone();
                    longer.push(token as u32);
                    all.push((longer, score + value));
                }
            }
            all.sort_by(|a, b| b.1.total_cmp(&a.1));
            all.truncate(options.beams);
            top_ended |= all[0].0.last() == Some(&MARKS.end);
            (live, finished) = {
                let (ended, open): (Vec<_>, Vec<_>) = all.into_iter().partition(|a| a.0.last() == Some(&MARKS.end));
                finished.extend(ended);
                (open, finished)
            };
            if live.is_empty() || (top_ended && finished.len() >= options.beams) {
                break;
            }
        }
        for (target, score) in finished.iter_mut().chain(&mut live) {
            *score /= (target.len() as f64).powf(options.length_penalty);
        }
        finished.sort_by(|a, b| b.1.total_cmp(&a.1));
        finished.truncate(options.beams);
        live.sort_by(|a, b| b.1.total_cmp(&a.1));
        live.truncate(options.beams - finished.len());
        finished.extend(live);
        finished
    }

    #[test]
    fn batched_search_equals_the_plain_one() {
        let prompts: Vec<Vec<u32>> = vec![
            vec![0, 4, 2, 9, 12, 3, 2],
            vec![0, 4, 2, 20, 3, 2],
            vec![0, 4, 2, 7, 7, 8, 3, 2],
        ];
        for (seed, beams, length_penalty) in [(1, 1, 0.0), (2, 3, 0.0), (3, 5, 0.0), (4, 4, 1.0), (5, 3, -0.5)] {
            let model = model(seed);
            let options = SearchOptions {
                beams,
                max_tokens: 12,
                length_penalty,
                ..SearchOptions::default()
            };
            let mut settled = vec![Vec::new(); prompts.len()];
            let found = search(&model, &prompts, MARKS, &options, |program, tokens| {
                settled[program].extend(tokens.iter().map(|token| token.0));
            })
            .unwrap();
            for (settled, beams) in settled.iter().zip(&found) {
                // What was told early is how the best hypothesis begins, and with one beam all of it.
                assert!(beams[0].tokens.starts_with(settled));
                assert!(options.beams > 1 || settled.len() == beams[0].tokens.len());
            }
            for (prompt, beams) in prompts.iter().zip(&found) {
                let expected = reference(&model, prompt, &options);
                assert_eq!(beams.len(), expected.len());
                for (found, (tokens, score)) in beams.iter().zip(&expected) {
                    let mut whole = found.tokens.clone();
                    whole.extend(found.ended.then_some(MARKS.end));
                    assert_eq!(&whole, tokens);
                    assert!((found.score - score).abs() < 1e-3, "{} {score}", found.score);
                    let sum: f64 = found.log_probabilities.iter().map(|&value| f64::from(value)).sum();
                    assert!((penalized(sum, whole.len(), length_penalty) - score).abs() < 1e-3);
                }
            }
        }
    }

    #[test]
    fn early_stop_keeps_the_best() {
        let prompts = vec![vec![0, 4, 2, 9, 12, 3, 2]];
        for (seed, length_penalty) in [(4, 0.0), (5, 0.0), (6, 1.0), (7, 0.6)] {
            let model = model(seed);
            let options = SearchOptions {
                beams: 4,
                max_tokens: 20,
                length_penalty,
                early_stop: false,
            };
            let early = SearchOptions {
                early_stop: true,
                ..options
            };
            let whole = search(&model, &prompts, MARKS, &options, |_, _| ()).unwrap();
            let early = search(&model, &prompts, MARKS, &early, |_, _| ()).unwrap();
            assert_eq!(whole[0][0].tokens, early[0][0].tokens);
        }
    }

    #[test]
    fn a_program_is_searched_alike_in_any_company() {
        let model = model(8);
        let options = SearchOptions {
            beams: 3,
            max_tokens: 30,
            ..SearchOptions::default()
        };
        // The second leaves less room than the first, the third none.
        let prompts = vec![vec![0, 4, 2], vec![9; 25], vec![7; 38]];
        let together = search(&model, &prompts, MARKS, &options, |_, _| ()).unwrap();
        for (prompt, beams) in prompts.iter().zip(&together) {
            let alone = search(&model, std::slice::from_ref(prompt), MARKS, &options, |_, _| ()).unwrap();
            let tokens = |beams: &Beams| beams.iter().map(|beam| beam.tokens.clone()).collect::<Vec<_>>();
            assert_eq!(tokens(&alone[0]), tokens(beams));
        }
        assert!(together[1][0].tokens.len() <= 13 && together[2].is_empty());
    }

    #[test]
    fn prompts_that_fill_the_positions_give_nothing() {
        let found = search(&model(1), &[vec![7; 38]], MARKS, &SearchOptions::default(), |_, _| ()).unwrap();
        assert!(found[0].is_empty());
    }
}
