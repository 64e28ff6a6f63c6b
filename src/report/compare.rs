//! A predicted trace beside the true one, differences marked.

use super::style::{Style, cut, padded};
use crate::data::text::{TextEntry, parse_trace};
use crate::evaluate::difference::{Difference, first_difference, same};
use std::fmt::Write;

const WIDTH: usize = 58;

/// The comparison as a table, and the first difference, if there is one. The first wrong row begins with `X`, later ones
/// with `x`; a wrong variable stands out: in colour, else after a `!`. Below, the first difference is said in words.
pub fn compare(prediction: &str, truth: &str, style: Style) -> (String, Option<Difference>) {
    let (predicted, true_entries) = (parse_trace(prediction), parse_trace(truth));
    let first = first_difference(&predicted, &true_entries);
    let mut text = String::new();
    let head = format!("  {}  {}", padded("predicted", 9, WIDTH), "true");
    let _ = writeln!(text, "{}", style.bold(&head));
    for index in 0..predicted.len().max(true_entries.len()) {
        let (left, right) = (predicted.get(index), true_entries.get(index));
        let right_here = matches!((left, right), (Some(left), Some(right)) if same(left, right));
        let mark = match &first {
            _ if right_here => " ",
            Some(difference) if difference.entry == index => "X",
            _ => "x",
        };
        let (shown, width) = match left {
            None => (style.wrong("(nothing)"), 9),
            Some(left) if right_here => {
                let shown = cut(&describe(left), WIDTH);
                (style.right(&shown), shown.chars().count())
            }
            Some(left) => marked(left, right, style),
        };
        let truth = right.map_or("(nothing)".to_owned(), describe);
        let _ = writeln!(text, "{mark} {}  {truth}", padded(&shown, width, WIDTH));
    }
    let verdict = match &first {
        Some(difference) => style.wrong(&format!("first difference: {}", difference.description)),
        None => style.right("the prediction is right"),
    };
    let _ = writeln!(text, "{verdict}");
    (text, first)
}

/// A wrong entry with what is wrong in it marked, cut to the column; and the characters that it shows.
fn marked(left: &TextEntry, right: Option<&TextEntry>, style: Style) -> (String, usize) {
    let wrong = |variable: &(String, String)| right.is_none_or(|right| !right.state.contains(variable));
    let same_line = right.is_some_and(|right| right.line == left.line && right.output.is_none());
    if left.output.is_some() || !same_line {
        let shown = cut(&describe(left), WIDTH);
        return (style.wrong(&shown), shown.chars().count());
    }
    let mut pieces = vec![(
        false,
        left.line.map_or(String::new(), |line| format!("{:>3}: ", line + 1)),
    )];
    for (index, variable) in left.state.iter().enumerate() {
        let mark = if wrong(variable) && !style.has_colour() {
            "!"
        } else {
            ""
        };
        if index > 0 {
            pieces.push((false, "; ".to_owned()));
        }
        pieces.push((wrong(variable), format!("{mark}{} = {}", variable.0, variable.1)));
    }
    if !left.complete {
        pieces.push((true, " (unfinished)".to_owned()));
    }
    let (mut text, mut width) = (String::new(), 0);
    for (wrong, piece) in pieces {
        let room = WIDTH - width;
        let shown = cut(&piece, room);
        width += shown.chars().count();
        text += &if wrong { style.wrong(&shown) } else { shown };
        if width == WIDTH {
            break;
        }
    }
    (text, width)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_marked_and_named() {
        let truth = "<line> <0> <state> a : 1 </state> <line> <1> <state> a : 1 <dictsep> b : 2 </state> <output> 3";
        let (text, first) = compare(truth, truth, Style::PLAIN);
        assert!(first.is_none() && text.contains("the prediction is right") && !text.to_lowercase().contains("\nx"));
        let wrong = truth.replace("b : 2", "b : 7").replace("<output> 3", "<output> 4");
        let (text, first) = compare(&wrong, truth, Style::PLAIN);
        let rows: Vec<&str> = text.lines().collect();
        assert!(rows[1].starts_with("    1: a = 1  "), "{text}");
        assert!(
            rows[2].starts_with("X   2: a = 1; !b = 7 ") && rows[2].ends_with("  2: a = 1; b = 2"),
            "{text}"
        );
        assert!(rows[3].starts_with("x prints 4"), "{text}");
        assert_eq!(rows[4], "first difference: line 2: b = 7 instead of 2");
        assert_eq!(first.unwrap().variable.as_deref(), Some("b"));
    }
}
