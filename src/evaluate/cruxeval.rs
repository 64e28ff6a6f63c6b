//! CRUXEval's output prediction (Gu et al., 2024): what does `f(input)` return?

use crate::data::text::{Joined, Unfit, parse_trace, value_tokens};
use python::{Limits, Status, Tracer};
use serde::Deserialize;

/// One line of the benchmark.
#[derive(Clone, Debug, Deserialize)]
pub struct Problem {
    pub id: String,
    /// Defines `f`.
    pub code: String,
    /// The arguments' text.
    pub input: String,
    /// The repr of what comes back.
    pub output: String,
}

/// The variable that holds what comes back.
const RESULT: &str = "result";

impl Problem {
    /// The program whose last state holds the answer.
    pub fn program(&self) -> String {
        format!("{}\n{RESULT} = f({})\n", self.code.trim_end(), self.input)
    }

    /// The true output as a trace writes it: strings without quotes, so that `'1'` and `1` are not told apart.
    pub fn expected(&self) -> Result<String, Unfit> {
        let mut text = Joined::default();
        value_tokens(self.output.trim(), &mut text)?;
        Ok(text.text)
    }

    /// What our own Python gives, to find labels that it does not agree with.
    pub fn executed(&self, tracer: &mut Tracer, limits: &Limits) -> Option<String> {
        let outcome = tracer.execute(&format!("{}\nprint(repr(f({})))\n", self.code, self.input), "", limits);
        (outcome.status == Status::Ok).then(|| outcome.stdout.trim_end_matches('\n').to_owned())
    }
}

/// The answer that a predicted trace holds: the result's value in the last state that has one.
pub fn answer(trace: &str) -> Option<String> {
    let entries = parse_trace(trace);
    let mut values = entries.iter().rev().filter(|entry| entry.complete);
    values.find_map(|entry| {
        let (_, value) = entry.state.iter().find(|(name, _)| name == RESULT)?;
        Some(value.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::text::trace_text;

    #[test]
    fn a_true_trace_holds_the_right_answer() {
        let problem = Problem {
            id: "sample_0".to_owned(),
            code: "def f(nums, s):\n    print(s)\n    return {s: nums[::-1]}".to_owned(),
            input: "[1, -2], 'a b'".to_owned(),
            output: "{'a b': [-2, 1]}".to_owned(),
        };
        let mut tracer = Tracer::new();
        let mut trace = Joined::default();
        let (_, _, written) = trace_text(&mut tracer, &problem.program(), "", &Limits::default(), &mut trace);
        written.unwrap();
        assert_eq!(answer(&trace.text), Some(problem.expected().unwrap()));
        assert_eq!(problem.expected().unwrap(), "{ a b : [ - 2 , 1 ] }");
        assert_eq!(answer("<line> <0> <state> f : <function>"), None);
        let clean = Problem {
            code: problem.code.replace("    print(s)\n", ""),
            ..problem
        };
        assert_eq!(
            clean.executed(&mut tracer, &Limits::default()).as_ref(),
            Some(&clean.output)
        );
    }
}
