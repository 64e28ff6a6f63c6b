//! The metrics of CodeExecutor's release (microsoft/CodeBERT, CodeExecutor/inference), to the second decimal.
//!
//! They read predictions as text, and their peculiarities are part of them:
//! - A text is cut before every `<line>` and `<output>`. Its last part is dropped unless it holds `</state>`; so is an output
//!   that ends a trace.
//! - Parts are compared position by position. One that mentions `<output>` must be equal as text; others by the line's
//!   marks and by name and value, whatever their order. Of a name that occurs twice the last value counts.
//! - SingleLine's states are split at *every* colon and only what stands between the first two is compared.
//! - Where nothing can be divided the release stops with an error; here the figure is 0.

use super::Counts;
use crate::data::example::DataSet;
use crate::data::text::cut_entries;
use crate::data::vocabulary::{OUTPUT, SEPARATOR, STATE, STATE_END};
use std::collections::HashMap;

/// What the release prints for Tutorial and CodeNetMut, in percent.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct TraceMetrics {
    pub output_accuracy: f64,
    pub trace_accuracy: f64,
    pub line_precision: f64,
    pub line_recall: f64,
    pub line_f1: f64,
    pub identifier_precision: f64,
    pub identifier_recall: f64,
    pub identifier_f1: f64,
}

/// What the release prints for SingleLine, in percent.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct SingleLineMetrics {
    pub trace_accuracy: f64,
    pub identifier_precision: f64,
    pub identifier_recall: f64,
    pub identifier_f1: f64,
}

/// The parts of a trace's text, its unfinished end dropped.
pub fn parts(text: &str) -> Vec<&str> {
    let mut parts = cut_entries(text);
    if parts.last().is_some_and(|last| !last.contains(STATE_END)) {
        parts.pop();
    }
    parts
}

/// The outputs that a trace's text holds, with its unfinished end dropped.
pub fn outputs(text: &str) -> Vec<&str> {
    parts(text)
        .into_iter()
        .filter(|part| part.contains(OUTPUT))
        .filter_map(|part| {
            // Python's slice from the length of `<output> ` on, counted in characters.
            let start = part
                .char_indices()
                .nth(OUTPUT.len() + 1)
                .map_or(part.len(), |(at, _)| at);
            let output = strip(&part[start..]);
            let output = output.split("_____event").next().map_or("", strip);
            (!output.is_empty()).then_some(output)
        })
        .collect()
}

/// `str.strip()`: Unicode's white space and the information separators U+001C to U+001F.
fn strip(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

/// The state that stands in a part: what precedes it, and its variables.
fn state(part: &str) -> (&str, HashMap<&str, &str>) {
    // Python's find gives -1 where there is no `<state>`: the part then begins at, and its mark ends before, its last
    // character.
    let last = part.char_indices().next_back().map_or(0, |(at, _)| at);
    let at = part.find(STATE).unwrap_or(last);
    (
        strip(&part[..at]),
        variables(strip(&part[at..]), |variable| variable.split_once(':')),
    )
}

fn variables<'a>(text: &'a str, split: impl Fn(&'a str) -> Option<(&'a str, &'a str)>) -> HashMap<&'a str, &'a str> {
    let text = text.strip_prefix(STATE).unwrap_or(text);
    let text = text.strip_suffix(STATE_END).unwrap_or(text);
    text.split(SEPARATOR)
        .filter_map(split)
        .map(|(name, value)| (strip(name), strip(value)))
        .collect()
}

fn shared(prediction: &HashMap<&str, &str>, gold: &HashMap<&str, &str>) -> u64 {
    gold.iter()
        .filter(|(name, value)| prediction.get(*name) == Some(*value))
        .count() as u64
}

/// Compares two parts that stand at one position: whether they are equal, and how many variables agree.
fn compare(prediction: &str, gold: &str) -> (bool, u64) {
    let textual =
        prediction.contains(OUTPUT) || gold.contains(OUTPUT) || !prediction.contains(STATE) || !gold.contains(STATE);
    if textual {
        return (prediction == gold, 0);
    }
    let ((prediction_line, prediction), (gold_line, gold)) = (state(prediction), state(gold));
    let same_line = prediction_line == gold_line;
    (
        same_line && prediction == gold,
        if same_line { shared(&prediction, &gold) } else { 0 },
    )
}

/// The counts of one example of a data set.
pub fn count(set: DataSet, prediction: &str, gold: &str) -> Counts {
    match set {
        DataSet::SingleLine => count_singleline(prediction, gold),
        DataSet::Tutorial | DataSet::CodeNet => count_trace(prediction, gold),
    }
}

/// The counts of one Tutorial or CodeNetMut example.
pub fn count_trace(prediction: &str, gold: &str) -> Counts {
    let (prediction, gold) = (strip(prediction), strip(gold));
    let gold_outputs = outputs(gold);
    let (prediction_parts, gold_parts) = (parts(prediction), parts(gold));
    let mut counts = Counts {
        examples: 1,
        with_output: u64::from(!gold_outputs.is_empty()),
        right_output: u64::from(!gold_outputs.is_empty() && outputs(prediction) == gold_outputs),
        predicted_lines: prediction_parts.len() as u64,
        gold_lines: gold_parts.len() as u64,
        ..Counts::default()
    };
    for (prediction, gold) in prediction_parts.iter().zip(&gold_parts) {
        let (same, variables) = compare(prediction, gold);
        counts.right_lines += u64::from(same);
        counts.right_identifiers += variables;
    }
    let number = |parts: &[&str]| parts.iter().map(|part| state(part).1.len() as u64).sum();
    counts.predicted_identifiers = number(&prediction_parts);
    counts.gold_identifiers = number(&gold_parts);
    counts.right_traces =
        u64::from(counts.right_lines == counts.gold_lines && counts.predicted_lines == counts.gold_lines);
    counts
}

/// The counts of one SingleLine example.
pub fn count_singleline(prediction: &str, gold: &str) -> Counts {
    fn read(text: &str) -> HashMap<&str, &str> {
        variables(strip(text), |variable| {
            // What follows a second colon is lost.
            let mut pieces = variable.split(':');
            Some((pieces.next()?, pieces.next()?))
        })
    }
    let (prediction, gold) = (read(prediction), read(gold));
    Counts {
        examples: 1,
        right_traces: u64::from(prediction == gold),
        predicted_identifiers: prediction.len() as u64,
        gold_identifiers: gold.len() as u64,
        right_identifiers: shared(&prediction, &gold),
        ..Counts::default()
    }
}

/// In percent, rounded to two decimals as the release prints them.
fn percent(value: f64) -> f64 {
    round_to_even(value * 100.0)
}

/// Python's `round(x, 2)`: the decimal nearest to the exact value of `x`.
fn round_to_even(value: f64) -> f64 {
    // Formatting rounds exactly, ties to even.
    format!("{value:.2}").parse().unwrap_or(value)
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 {
        0.0
    } else {
        2.0 * precision * recall / (precision + recall)
    }
}

impl TraceMetrics {
    pub fn of(counts: &Counts) -> TraceMetrics {
        let (line_precision, line_recall) = (
            ratio(counts.right_lines, counts.predicted_lines),
            ratio(counts.right_lines, counts.gold_lines),
        );
        let (precision, recall) = (
            ratio(counts.right_identifiers, counts.predicted_identifiers),
            ratio(counts.right_identifiers, counts.gold_identifiers),
        );
        TraceMetrics {
            output_accuracy: percent(ratio(counts.right_output, counts.with_output)),
            trace_accuracy: percent(ratio(counts.right_traces, counts.examples)),
            line_precision: percent(line_precision),
            line_recall: percent(line_recall),
            line_f1: percent(f1(line_precision, line_recall)),
            identifier_precision: percent(precision),
            identifier_recall: percent(recall),
            identifier_f1: percent(f1(precision, recall)),
        }
    }
}

impl TraceMetrics {
    pub const NAMES: [&str; 8] = [
        "output_accuracy",
        "trace_accuracy",
        "line_precision",
        "line_recall",
        "line_f1",
        "identifier_precision",
        "identifier_recall",
        "identifier_f1",
    ];

    /// The figures in the order of their names.
    pub fn values(&self) -> [f64; 8] {
        [
            self.output_accuracy,
            self.trace_accuracy,
            self.line_precision,
            self.line_recall,
            self.line_f1,
            self.identifier_precision,
            self.identifier_recall,
            self.identifier_f1,
        ]
    }
}

impl SingleLineMetrics {
    /// Of [`TraceMetrics::NAMES`], those that SingleLine has.
    pub const NAMES: [&str; 4] = [
        "trace_accuracy",
        "identifier_precision",
        "identifier_recall",
        "identifier_f1",
    ];

    pub fn of(counts: &Counts) -> SingleLineMetrics {
        let (precision, recall) = (
            ratio(counts.right_identifiers, counts.predicted_identifiers),
            ratio(counts.right_identifiers, counts.gold_identifiers),
        );
        SingleLineMetrics {
            trace_accuracy: percent(ratio(counts.right_traces, counts.examples)),
            identifier_precision: percent(precision),
            identifier_recall: percent(recall),
            identifier_f1: percent(f1(precision, recall)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by hand from the rules above.
    #[test]
    fn traces_are_counted_as_in_the_release() {
        let gold = "<line> <0> <state> a : 1 </state> <line> <1> <state> a : 1 <dictsep> b : 2 </state> <output> 3 \
                    <line> <2> <state> a : 1 <dictsep> b : 3 </state>";
        let same = count_trace(gold, gold);
        assert_eq!((same.right_traces, same.right_lines, same.gold_lines), (1, 4, 4));
        assert_eq!(
            (same.right_identifiers, same.gold_identifiers, same.right_output),
            (5, 5, 1)
        );
        // Order of variables does not matter, a wrong line number voids its variables, the unfinished end is dropped.
        let prediction = "<line> <0> <state> a : 1 </state> <line> <1> <state> b : 2 <dictsep> a : 1 </state> <output> 4 \
                          <line> <3> <state> a : 1 <dictsep> b : 3 </state> <line> <3> <state> a : 1";
        let counts = count_trace(prediction, gold);
        assert_eq!(
            (counts.right_traces, counts.right_lines, counts.predicted_lines),
            (0, 2, 4)
        );
        assert_eq!((counts.right_identifiers, counts.predicted_identifiers), (3, 5));
        assert_eq!((counts.with_output, counts.right_output), (1, 0));
        // An output that ends a trace is dropped from gold and prediction alike.
        let ending = "<line> <0> <state> </state> <output> 5";
        assert_eq!(count_trace(ending, ending).with_output, 0);
        assert_eq!(count_trace("", gold).predicted_lines, 0);
    }

    #[test]
    fn singleline_cuts_values_at_their_second_colon() {
        let counts = count_singleline(
            "<state> d : { a : 1 } <dictsep> n : 3 </state>",
            "<state> d : { a : 2 } <dictsep> n : 4 </state>",
        );
        assert_eq!(
            (counts.right_identifiers, counts.gold_identifiers, counts.right_traces),
            (1, 2, 0)
        );
        let metrics = SingleLineMetrics::of(&counts);
        assert_eq!((metrics.identifier_f1, metrics.trace_accuracy), (50.0, 0.0));
    }

    #[test]
    fn figures_round_as_in_python() {
        let counts = Counts {
            examples: 3,
            right_traces: 2,
            ..Counts::default()
        };
        assert_eq!(SingleLineMetrics::of(&counts).trace_accuracy, 66.67);
        assert_eq!(percent(0.00125), 0.12);
    }
}
