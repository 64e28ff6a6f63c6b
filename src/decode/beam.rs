//! Beam search as CodeExecutor's release does it, over several programs at once. One beam is greedy search.
//!
//! In every step the likeliest continuations of a program's live beams, as many as there are beams, become its next beams;
//! one that ends is recorded and has no children. A program is done when its likeliest beam has ended and as many
//! hypotheses as there are beams were recorded.

use super::{Marks, started, steps_left};
use crate::device::Device;
use crate::model::{Model, ModelError};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchOptions {
    pub beams: usize,
    /// Most tokens of a target, `</s>` included.
    pub max_tokens: usize,
    /// Scores are divided by length to this power; the release has 0.
    pub length_penalty: f64,
    /// Stop as soon as no live beam can overtake the best recorded one. With no length penalty the best hypothesis is the
    /// same; of the others some may be missing.
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
}

impl Program {
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
        let length = tokens.len().max(1) as f64;
        let ended = tokens.last() == Some(&end);
        if ended {
            tokens.pop();
        }
        Hypothesis {
            tokens,
            log_probabilities,
            score: score / length.powf(penalty),
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
}

/// Finds the likeliest targets of all prompts (each ends with the source's `</s>`). `observe` sees each step's leading
/// token of each program that is still searched: with one beam, the target as it grows.
pub fn search<D: Device>(
    model: &Model<D>,
    prompts: &[Vec<u32>],
    marks: Marks,
    options: &SearchOptions,
    mut observe: impl FnMut(usize, u32),
) -> Result<Vec<Beams>, ModelError> {
    let beams = options.beams.clamp(1, model.config.vocab_size);
    let steps = steps_left(model, prompts, options.max_tokens);
    if prompts.is_empty() || steps == 0 {
        return Ok(prompts.iter().map(|_| Vec::new()).collect());
    }
    let mut decoder = started(model, prompts, prompts.len() * beams, steps, beams)?;
    let mut programs: Vec<Program> = prompts
        .iter()
        .map(|_| Program {
            nodes: Vec::new(),
            live: Vec::new(),
            finished: Vec::new(),
            top_ended: false,
            done: false,
        })
        .collect();
    let mut tokens: Vec<u32> = vec![marks.start; prompts.len()];
    let mut sequences: Vec<u32> = (0..prompts.len() as u32).collect();
    let mut parents: Vec<u32> = vec![0; prompts.len()];
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
                    row: index,
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
            if let Some(first) = next.first() {
                observe(index, first.2);
                program.top_ended |= first.2 == marks.end;
            }
            for (score, beam, token, log_probability) in next {
                let parent = &parents[beam];
                let node = program.nodes.len();
                program.nodes.push(Node {
                    token,
                    log_probability,
                    parent: (step > 0).then_some(parent.node),
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
            let best = program
                .finished
                .iter()
                .map(|finished| finished.0)
                .fold(f64::NEG_INFINITY, f64::max);
            let overtaken = options.early_stop && program.live.iter().all(|live| live.score <= best);
            program.done =
                program.live.is_empty() || (program.top_ended && program.finished.len() >= beams) || overtaken;
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
mod tests {
    use super::*;
    use crate::device::cpu::Cpu;
    use crate::model::{BatchLimits, Inference, ModelConfig, PackedBatch};
    use std::sync::Arc;

    const MARKS: Marks = Marks { start: 3, end: 2 };

    fn model(seed: u64) -> Model<Cpu<f32>> {
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
        for (seed, beams) in [(1, 1), (2, 3), (3, 5)] {
            let model = model(seed);
            let options = SearchOptions {
                beams,
                max_tokens: 12,
                ..SearchOptions::default()
            };
            let found = search(&model, &prompts, MARKS, &options, |_, _| ()).unwrap();
            for (prompt, beams) in prompts.iter().zip(&found) {
                let expected = reference(&model, prompt, &options);
                assert_eq!(beams.len(), expected.len());
                for (found, (tokens, score)) in beams.iter().zip(&expected) {
                    let mut whole = found.tokens.clone();
                    whole.extend(found.ended.then_some(MARKS.end));
                    assert_eq!(&whole, tokens);
                    assert!((found.score - score).abs() < 1e-3, "{} {score}", found.score);
                    let sum: f64 = found.log_probabilities.iter().map(|&value| f64::from(value)).sum();
                    assert!((sum - score).abs() < 1e-3);
                }
            }
        }
    }

    #[test]
    fn early_stop_keeps_the_best() {
        let prompts = vec![vec![0, 4, 2, 9, 12, 3, 2]];
        let model = model(4);
        let options = SearchOptions {
            beams: 4,
            max_tokens: 20,
            ..SearchOptions::default()
        };
        let whole = search(&model, &prompts, MARKS, &options, |_, _| ()).unwrap();
        let early = search(
            &model,
            &prompts,
            MARKS,
            &SearchOptions {
                early_stop: true,
                ..options
            },
            |_, _| (),
        )
        .unwrap();
        assert_eq!(whole[0][0].tokens, early[0][0].tokens);
    }

    #[test]
    fn prompts_that_fill_the_positions_give_nothing() {
        let found = search(&model(1), &[vec![7; 38]], MARKS, &SearchOptions::default(), |_, _| ()).unwrap();
        assert!(found[0].is_empty());
    }
}
