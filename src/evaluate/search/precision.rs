//! Mean average precision, as the release computes it.

use super::{Execution, Signal, cosine};
use rayon::prelude::*;

/// A program of an evaluation: who it is, and which problem it solves.
#[derive(Clone, Debug)]
pub struct Labelled {
    pub id: String,
    pub problem: String,
    /// Of unit length.
    pub embedding: Vec<f32>,
    pub execution: Execution,
}

/// The mean over all programs of the average precision of a search for it among the others; programs that are the only
/// ones of their problem are left out, as are candidates with the query's own id. `done` is called once per query.
pub fn mean_average_precision(programs: &[Labelled], signal: Signal, done: impl Fn() + Sync) -> Option<f64> {
    let precisions: Vec<f64> = programs
        .par_iter()
        .filter_map(|query| {
            let mut scores: Vec<(f64, usize)> = programs
                .iter()
                .enumerate()
                .filter(|(_, candidate)| candidate.id != query.id)
                .map(|(index, candidate)| {
                    let score = cosine(&query.embedding, &candidate.embedding);
                    (score + query.execution.signal(&candidate.execution, signal), index)
                })
                .collect();
            // The release sorts upwards and reads from the end.
            scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
            let (mut found, mut sum) = (0u64, 0.0);
            for (rank, &(_, index)) in scores.iter().enumerate() {
                if programs[index].problem == query.problem {
                    found += 1;
                    sum += found as f64 / (rank + 1) as f64;
                }
            }
            done();
            (found > 0).then(|| sum / found as f64)
        })
        .collect();
    (!precisions.is_empty()).then(|| precisions.iter().sum::<f64>() / precisions.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_is_averaged_over_ranks_and_queries() {
        let program = |id: &str, problem: &str, angle: f64, output: &str| Labelled {
            id: id.to_owned(),
            problem: problem.to_owned(),
            embedding: vec![angle.cos() as f32, angle.sin() as f32],
            execution: Execution {
                output: output.to_owned(),
                ..Execution::default()
            },
        };
        let programs = [
            program("a", "p", 0.0, "1 2"),
            program("b", "q", 0.1, "9"),
            program("c", "p", 0.3, "1 2"),
            program("d", "r", 1.5, ""),
        ];
        // a finds c behind b, c finds a behind b: 1/2 each; b and d have no fellows.
        assert_eq!(mean_average_precision(&programs, Signal::None, || ()), Some(0.5));
        // Equal outputs lift them to the top.
        assert_eq!(mean_average_precision(&programs, Signal::Outputs, || ()), Some(1.0));
        assert_eq!(mean_average_precision(&programs[..2], Signal::None, || ()), None);
    }
}
