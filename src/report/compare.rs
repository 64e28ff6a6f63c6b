//! A predicted trace beside the true one, differences marked.

use super::style::{Style, cut, padded};
use crate::data::text::{TextEntry, parse_trace};
use std::fmt::Write;

const WIDTH: usize = 58;

/// The comparison, and whether all entries are equal. Rows that differ begin with `x`; the first of them, and the first
/// value in it, are named below.
pub fn compare(prediction: &str, truth: &str, style: Style) -> (String, bool) {
    let (predicted, true_entries) = (parse_trace(prediction), parse_trace(truth));
    let mut text = String::new();
    let head = format!("  {}  {}", padded("predicted", 9, WIDTH), "true");
    let _ = writeln!(text, "{}", style.bold(&head));
    let mut first = None;
    for index in 0..predicted.len().max(true_entries.len()) {
        let (left, right) = (predicted.get(index), true_entries.get(index));
        let same = left.is_some_and(|entry| entry.complete) && left == right;
        let shown = cut(&left.map_or("(nothing)".to_owned(), describe), WIDTH);
        let count = shown.chars().count();
        let shown = if same { style.right(&shown) } else { style.wrong(&shown) };
        let truth = right.map_or("(nothing)".to_owned(), describe);
        let _ = writeln!(
            text,
            "{} {}  {}",
            if same { " " } else { "x" },
            padded(&shown, count, WIDTH),
            truth
        );
        if !same && first.is_none() {
            first = Some(difference(left, right));
        }
    }
    match &first {
        Some(difference) => {
            let _ = writeln!(text, "{}", style.wrong(&format!("first difference: {difference}")));
        }
        None => {
            let _ = writeln!(text, "{}", style.right("the prediction is right"));
        }
    }
    (text, first.is_none())
}

/// An entry for people: lines count from 1.
pub fn describe(entry: &TextEntry) -> String {
    if let Some(output) = &entry.output {
        return format!("prints {output}");
    }
    let state: Vec<String> = entry
        .state
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let line = entry.line.map_or(String::new(), |line| format!("{:>3}: ", line + 1));
    format!(
        "{line}{}{}",
        state.join("; "),
        if entry.complete { "" } else { " (unfinished)" }
    )
}

fn difference(left: Option<&TextEntry>, right: Option<&TextEntry>) -> String {
    let (left, right) = match (left, right) {
        (Some(left), Some(right)) => (left, right),
        (Some(_), None) => return "the true trace has ended".to_owned(),
        _ => return "the predicted trace has ended".to_owned(),
    };
    let name = |line: Option<usize>| line.map_or("no line".to_owned(), |line| format!("line {}", line + 1));
    if left.output.is_some() || right.output.is_some() {
        let output = |entry: &TextEntry| {
            entry
                .output
                .as_ref()
                .map_or("nothing printed".to_owned(), |o| format!("{o:?}"))
        };
        return format!("output {} instead of {}", output(left), output(right));
    }
    if left.line != right.line {
        return format!("{} instead of {}", name(left.line), name(right.line));
    }
    let place = name(right.line);
    for (variable, value) in &right.state {
        match left.state.iter().find(|(other, _)| other == variable) {
            Some((_, found)) if found == value => {}
            Some((_, found)) => return format!("{place}: {variable} = {found} instead of {value}"),
            None => return format!("{place}: {variable} is missing"),
        }
    }
    match left
        .state
        .iter()
        .find(|(name, _)| right.state.iter().all(|(other, _)| other != name))
    {
        Some((extra, _)) => format!("{place}: {extra} is not there in truth"),
        None if !left.complete => format!("{place}: the state is unfinished"),
        None => format!("{place}: the variables stand in another order"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_marked_and_named() {
        let truth = "<line> <0> <state> a : 1 </state> <line> <1> <state> a : 1 <dictsep> b : 2 </state> <output> 3";
        let (text, right) = compare(truth, truth, Style::PLAIN);
        assert!(right && text.contains("the prediction is right") && !text.contains("\nx"));
        let wrong = |prediction: &str| {
            let (text, right) = compare(prediction, truth, Style::PLAIN);
            assert!(!right && text.contains("\nx"));
            text.lines().last().unwrap().to_owned()
        };
        assert!(wrong(&truth.replace("b : 2", "b : 7")).ends_with("line 2: b = 7 instead of 2"));
        assert!(wrong(&truth.replace("<1>", "<4>")).ends_with("line 5 instead of line 2"));
        assert!(wrong(&truth.replace("<output> 3", "<output> 4")).ends_with("output \"4\" instead of \"3\""));
        assert!(wrong("<line> <0> <state> a : 1 </state>").ends_with("the predicted trace has ended"));
        assert!(wrong(&truth.replace("a : 1 <dictsep> b : 2", "a : 1")).ends_with("line 2: b is missing"));
    }
}
