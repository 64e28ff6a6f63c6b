//! CRUXEval's output prediction (Gu et al., 2024): what does `f(input)` return?

use crate::data::cwm;
use crate::data::example::TraceFormat;
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

    /// The true output as a trace writes it. CodeExecutor's form has strings without quotes, so that `'1'` and `1` are not
    /// told apart; frames have the repr.
    pub fn expected(&self, format: TraceFormat) -> Result<String, Unfit> {
        if format == TraceFormat::Cwm {
            return Ok(self.output.trim().to_owned());
        }
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

/// The answer that a predicted trace of a problem holds: the result's value in the last state that has one, or what the
/// frames say that the function returns.
pub fn answer(problem: &Problem, format: TraceFormat, trace: &str) -> Option<String> {
    if format == TraceFormat::Cwm {
        return cwm::last_returned(trace, &problem.program());
    }
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
        let flat = TraceFormat::CodeExecutor;
        let expected = problem.expected(flat).unwrap();
        assert_eq!(answer(&problem, flat, &trace.text).as_ref(), Some(&expected));
        assert_eq!(expected, "{ a b : [ - 2 , 1 ] }");
        assert_eq!(answer(&problem, flat, "<line> <0> <state> f : <function>"), None);
        let frames = cwm::texts(&mut tracer, &problem.program(), "", &Limits::default())
            .unwrap()
            .1;
        let expected = problem.expected(TraceFormat::Cwm).unwrap();
        assert_eq!(answer(&problem, TraceFormat::Cwm, &frames), Some(expected));
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
