//! How good predicted traces are.

pub mod bootstrap;
pub mod corrected;
pub mod cruxeval;
pub mod difference;
pub mod evaluation;
pub mod features;
pub mod generation;
pub mod predict;
pub mod released;
pub mod search;

/// What the metrics add up; sums of these are the counts of a whole evaluation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    pub examples: u64,
    pub right_traces: u64,
    /// Examples whose gold trace has output, and those whose output is right.
    pub with_output: u64,
    pub right_output: u64,
    pub gold_lines: u64,
    pub predicted_lines: u64,
    pub right_lines: u64,
    pub gold_identifiers: u64,
    pub predicted_identifiers: u64,
    pub right_identifiers: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.examples += other.examples;
        self.right_traces += other.right_traces;
        self.with_output += other.with_output;
        self.right_output += other.right_output;
        self.gold_lines += other.gold_lines;
        self.predicted_lines += other.predicted_lines;
        self.right_lines += other.right_lines;
        self.gold_identifiers += other.gold_identifiers;
        self.predicted_identifiers += other.predicted_identifiers;
        self.right_identifiers += other.right_identifiers;
    }
}

impl Counts {
    /// In percent.
    pub fn trace_accuracy(&self) -> f64 {
        released::SingleLineMetrics::of(self).trace_accuracy
    }

    /// In percent.
    pub fn identifier_f1(&self) -> f64 {
        released::SingleLineMetrics::of(self).identifier_f1
    }
}
