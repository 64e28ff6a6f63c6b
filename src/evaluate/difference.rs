//! Where a predicted trace first goes wrong, and how.

use crate::data::text::TextEntry;
use serde::Serialize;

/// How a prediction first departs from the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It stops, or breaks off within an entry, while what it has said is right.
    Truncated,
    /// It goes on after the true trace has ended.
    RunsOn,
    /// Another line is executed.
    WrongLine,
    /// A variable has another value.
    WrongValue,
    /// A variable is missing, or there that should not be.
    WrongVariables,
    /// Another text is printed, or one where none is, or none where one is.
    WrongOutput,
}

impl Kind {
    pub const ALL: [Kind; 6] = [
        Kind::WrongLine,
        Kind::WrongValue,
        Kind::WrongVariables,
        Kind::WrongOutput,
        Kind::Truncated,
        Kind::RunsOn,
    ];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Truncated => "truncated",
            Kind::RunsOn => "runs on",
            Kind::WrongLine => "wrong line",
            Kind::WrongValue => "wrong value",
            Kind::WrongVariables => "wrong variables",
            Kind::WrongOutput => "wrong output",
        }
    }
}

/// The first entry that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub kind: Kind,
    /// Its place in the trace, from 0.
    pub entry: usize,
    /// The line that should have been there, from 1.
    pub line: Option<usize>,
    /// The first variable that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variable: Option<String>,
    /// In words.
    pub description: String,
}

/// Whether two entries say the same; the order of variables does not matter.
pub fn same(predicted: &TextEntry, truth: &TextEntry) -> bool {
    predicted.complete
        && predicted.line == truth.line
        && predicted.output == truth.output
        && predicted.state.len() == truth.state.len()
        && (predicted.state == truth.state || truth.state.iter().all(|pair| predicted.state.contains(pair)))
}

/// The first difference of two traces, entry by entry.
pub fn first_difference(predicted: &[TextEntry], truth: &[TextEntry]) -> Option<Difference> {
    let entry = (0..predicted.len().max(truth.len()))
        .find(|&at| !matches!((predicted.get(at), truth.get(at)), (Some(left), Some(right)) if same(left, right)))?;
    let line = truth.get(entry).and_then(|right| right.line).map(|line| line + 1);
    let (kind, variable, description) = match (predicted.get(entry), truth.get(entry)) {
        (Some(left), Some(right)) => describe(left, right),
        (Some(_), None) => (Kind::RunsOn, None, "the true trace has ended".to_owned()),
        _ => (Kind::Truncated, None, "the predicted trace has ended".to_owned()),
    };
    Some(Difference {
        kind,
        entry,
        line,
        variable,
        description,
    })
}

fn describe(left: &TextEntry, right: &TextEntry) -> (Kind, Option<String>, String) {
    let name = |line: Option<usize>| line.map_or("no line".to_owned(), |line| format!("line {}", line + 1));
    if left.output.is_some() || right.output.is_some() {
        let output = |entry: &TextEntry| {
            entry
                .output
                .as_ref()
                .map_or("nothing printed".to_owned(), |o| format!("{o:?}"))
        };
        let text = format!("output {} instead of {}", output(left), output(right));
        return (Kind::WrongOutput, None, text);
    }
    let place = right.line.map_or(String::new(), |line| format!("line {}: ", line + 1));
    let unfinished = || (Kind::Truncated, None, format!("{place}the state is unfinished"));
    if left.line != right.line {
        // What breaks off before its number has said nothing wrong yet.
        if !left.complete && left.line.is_none() && left.state.is_empty() {
            return unfinished();
        }
        let text = format!("{} instead of {}", name(left.line), name(right.line));
        return (Kind::WrongLine, None, text);
    }
    // The last value of an unfinished state may lack its end.
    let certain = if left.complete {
        left.state.len()
    } else {
        left.state.len().saturating_sub(1)
    };
    for (variable, found) in &left.state[..certain] {
        match right.state.iter().find(|(other, _)| other == variable) {
            Some((_, value)) if found == value => {}
            Some((_, value)) => {
                let text = format!("{place}{variable} = {found} instead of {value}");
                return (Kind::WrongValue, Some(variable.clone()), text);
            }
            None => {
                let text = format!("{place}{variable} is not there in truth");
                return (Kind::WrongVariables, Some(variable.clone()), text);
            }
        }
    }
    if !left.complete {
        return unfinished();
    }
    let missing = right
        .state
        .iter()
        .find(|(name, _)| left.state.iter().all(|(other, _)| other != name));
    match missing {
        Some((missing, _)) => (
            Kind::WrongVariables,
            Some(missing.clone()),
            format!("{place}{missing} is missing"),
        ),
        None => (
            Kind::WrongVariables,
            None,
            format!("{place}a variable stands there twice"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::text::parse_trace;

    const TRUTH: &str =
        "<line> <0> <state> a : 1 </state> <line> <1> <state> a : 1 <dictsep> b : 2 </state> <output> 3";

    fn first(prediction: &str) -> Option<(Kind, usize, String)> {
        first_difference(&parse_trace(prediction), &parse_trace(TRUTH))
            .map(|difference| (difference.kind, difference.entry, difference.description))
    }

    #[test]
    fn each_kind_is_told_from_the_others() {
        assert_eq!(first(TRUTH), None);
        assert_eq!(
            first(&TRUTH.replace("a : 1 <dictsep> b : 2", "b : 2 <dictsep> a : 1")),
            None
        );
        let cases = [
            (
                TRUTH.replace("b : 2", "b : 7"),
                Kind::WrongValue,
                1,
                "line 2: b = 7 instead of 2",
            ),
            (
                TRUTH.replace("<1>", "<4>"),
                Kind::WrongLine,
                1,
                "line 5 instead of line 2",
            ),
            (
                TRUTH.replace("<output> 3", "<output> 4"),
                Kind::WrongOutput,
                2,
                "output \"4\" instead of \"3\"",
            ),
            (
                TRUTH.replace("a : 1 <dictsep> b : 2", "a : 1"),
                Kind::WrongVariables,
                1,
                "line 2: b is missing",
            ),
            (
                TRUTH.replace("b : 2", "b : 2 <dictsep> c : 2"),
                Kind::WrongVariables,
                1,
                "line 2: c is not there in truth",
            ),
            (
                "<line> <0> <state> a : 1 </state> <line> <1> <state> a : 1 <dictsep> b".to_owned(),
                Kind::Truncated,
                1,
                "line 2: the state is unfinished",
            ),
            (
                "<line> <0> <state> a : 1 </state>".to_owned(),
                Kind::Truncated,
                1,
                "the predicted trace has ended",
            ),
            (
                format!("{TRUTH} <output> 4"),
                Kind::RunsOn,
                3,
                "the true trace has ended",
            ),
        ];
        for (prediction, kind, entry, description) in cases {
            assert_eq!(
                first(&prediction),
                Some((kind, entry, description.to_owned())),
                "{prediction}"
            );
        }
    }
}
