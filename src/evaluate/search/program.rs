//! What search compares of a program: its text without comments, and what it is predicted to do.

use super::{SIGNAL_WEIGHT, Signal};
use crate::data::cwm;
use crate::data::python_tokens::{Kind, tokens};
use crate::data::text::parse_trace;
use crate::evaluate::released::outputs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A program on one line: comments and docstrings left out, white space folded. What is no Python 3 (CodeNet holds
/// Python 2) is only folded.
pub fn clean(source: &str) -> String {
    let Ok(tokens) = tokens(source) else {
        return fold(source);
    };
    let mut text = String::with_capacity(source.len());
    let start = source.as_ptr() as usize;
    let mut end = 0;
    let mut before = Kind::Indent;
    for token in tokens {
        let kind = std::mem::replace(&mut before, token.kind);
        if matches!(token.kind, Kind::Newline | Kind::Indent | Kind::Dedent) {
            text.push(' ');
            continue;
        }
        let at = token.text.as_ptr() as usize - start;
        // The release takes a string that begins a logical line, or stands at a line's very beginning, for a docstring.
        let opens = matches!(kind, Kind::Indent | Kind::Newline);
        let docstring = token.kind == Kind::String && (opens || at == 0 || source[..at].ends_with('\n'));
        if at > end {
            text.push(' ');
        }
        if !docstring {
            text.push_str(token.text);
        }
        end = at + token.text.len();
    }
    fold(&text)
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a predicted trace tells of its program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Execution {
    /// What it prints, joined by spaces; the release drops an output that ends the trace.
    pub output: String,
    /// How often each value is taken on: names differ from program to program, values less so.
    pub values: BTreeMap<String, u32>,
}

impl Execution {
    pub fn of(trace: &str) -> Execution {
        let mut values = BTreeMap::new();
        let mut state: Vec<(String, String)> = Vec::new();
        // An entry of frames has its event before the variables.
        let first = usize::from(cwm::is_frames(trace));
        for entry in parse_trace(trace) {
            for (name, value) in entry.state.iter().skip(first) {
                let old = state.iter().find(|(other, _)| other == name);
                if old.is_none_or(|(_, old)| old != value) {
                    *values.entry(value.clone()).or_default() += 1;
                }
            }
            if entry.output.is_none() {
                state = entry.state;
            }
        }
        Execution {
            output: outputs(trace).join(" "),
            values,
        }
    }

    /// What a signal adds to the score of two programs.
    pub fn signal(&self, other: &Execution, signal: Signal) -> f64 {
        match signal {
            Signal::None => 0.0,
            Signal::Outputs if self.output.is_empty() || other.output.is_empty() => 0.0,
            Signal::Outputs => SIGNAL_WEIGHT * strsim::jaro(&self.output, &other.output),
            Signal::Traces => SIGNAL_WEIGHT * self.shared_values(other),
        }
    }

    /// Jaccard index of the values, counted with their multiplicity.
    fn shared_values(&self, other: &Execution) -> f64 {
        let total = |execution: &Execution| execution.values.values().map(|&count| u64::from(count)).sum::<u64>();
        let shared: u64 = self
            .values
            .iter()
            .filter_map(|(value, &count)| Some(u64::from(count.min(*other.values.get(value)?))))
            .sum();
        let all = total(self) + total(other) - shared;
        if all == 0 { 0.0 } else { shared as f64 / all as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_docstrings_go() {
        let source = "\"\"\"Top.\"\"\"\nimport os  # why\n\ndef f(a,  b=1):\n    '''Doc.'''\n    s = 'kept  twice'\n    \
                      return a+ b \\\n        + 1\n";
        assert_eq!(
            clean(source),
            "import os def f(a, b=1): s = 'kept twice' return a+ b + 1"
        );
        assert_eq!(clean("print 'x'  # two\n"), "print 'x'");
        assert_eq!(clean("a = '\n  b"), "a = ' b");
    }

    #[test]
    fn signals_compare_executions() {
        let one = Execution::of(
            "<line> <0> <state> a : 1 </state> <line> <1> <state> a : 1 <dictsep> b : 7 </state> <output> 8 \
             <line> <2> <state> a : 1 <dictsep> b : 7 </state>",
        );
        let two = Execution::of("<line> <0> <state> x : 7 </state> <output> 8 <line> <0> <state> x : 5 </state>");
        assert_eq!(one.output, "8");
        assert_eq!(one.signal(&two, Signal::Outputs), 0.2);
        // 7 of {1, 7, 5}.
        assert!((one.signal(&two, Signal::Traces) - 0.2 / 3.0).abs() < 1e-12);
        assert_eq!(one.signal(&Execution::default(), Signal::Outputs), 0.0);
        assert_eq!(one.signal(&Execution::default(), Signal::None), 0.0);
    }
}
