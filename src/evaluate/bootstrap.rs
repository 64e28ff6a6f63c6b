//! Bootstrap intervals (Efron, 1979): how far a figure would move on other examples of the same kind.

use super::Counts;
use crate::data::random::Stream;

/// Samples that are drawn.
pub const RESAMPLES: usize = 1000;

/// The 95 % percentile interval of each of `figures`, over resampled examples. The same seed gives the same intervals.
pub fn intervals<const N: usize>(
    examples: &[Counts],
    seed: u64,
    figures: impl Fn(&Counts) -> [f64; N],
) -> [[f64; 2]; N] {
    if examples.is_empty() {
        return [[0.0; 2]; N];
    }
    let mut drawn: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(RESAMPLES));
    for resample in 0..RESAMPLES as u64 {
        let mut stream = Stream::new(seed, "bootstrap", resample);
        let mut sum = Counts::default();
        for _ in 0..examples.len() {
            sum += examples[stream.below(examples.len())];
        }
        for (values, value) in drawn.iter_mut().zip(figures(&sum)) {
            values.push(value);
        }
    }
    drawn.map(|mut values| {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values[((RESAMPLES - 1) as f64 * share).round() as usize];
        [at(0.025), at(0.975)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_have_the_binomial_width() {
        let examples: Vec<Counts> = (0..400)
            .map(|index| Counts {
                examples: 1,
                right_traces: u64::from(index % 4 == 0),
                ..Counts::default()
            })
            .collect();
        let share = |counts: &Counts| [counts.right_traces as f64 / counts.examples as f64];
        let [[low, high]] = intervals(&examples, 1, share);
        // 1.96 standard deviations of a share of 0.25 in 400.
        let half = 1.96 * (0.25f64 * 0.75 / 400.0).sqrt();
        assert!(
            (low - (0.25 - half)).abs() < 0.01 && (high - (0.25 + half)).abs() < 0.01,
            "{low} {high}"
        );
        assert_eq!(intervals(&examples, 1, share), [[low, high]]);
    }
}
