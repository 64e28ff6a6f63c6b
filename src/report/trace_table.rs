//! A trace as a table: source and state side by side, one row per executed line.

use super::style::{Style, cut, padded};
use python::{Entry, Trace};
use std::collections::HashMap;
use std::fmt::Write;

/// Characters of a value, and of a line of source, that are shown unless all are asked for.
const VALUE_WIDTH: usize = 48;
const SOURCE_WIDTH: usize = 56;

/// The table; with `full` nothing is cut. Values that a line made or changed stand out: in colour, else after a `*`.
pub fn trace_table(source: &str, trace: &Trace, full: bool, style: Style) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let (value_width, source_width) = if full {
        (usize::MAX, usize::MAX)
    } else {
        (VALUE_WIDTH, SOURCE_WIDTH)
    };
    let text_of = |line: usize| cut(lines.get(line).copied().unwrap_or(""), source_width);
    let width = trace
        .entries
        .iter()
        .map(|entry| text_of(entry.line).chars().count())
        .max()
        .unwrap_or(0)
        .max(6);
    let mut table = String::new();
    let _ = writeln!(
        table,
        "{}",
        style.bold(&format!(
            "{:>5}  {}  state after the line",
            "line",
            padded("source", 6, width)
        ))
    );
    let mut cut_any = false;
    for entry in &trace.entries {
        let Entry {
            line, state, output, ..
        } = entry;
        let source = text_of(*line);
        let before: HashMap<&str, &str> = entry
            .previous
            .iter()
            .flat_map(|&at| &trace.entries[at].state)
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let mut variables = Vec::new();
        for (name, value) in state {
            let shown = cut(value, value_width);
            cut_any |= shown != *value;
            let text = format!("{name} = {shown}");
            variables.push(match before.get(name.as_str()) {
                Some(old) if old == value => style.dim(&text),
                _ if style.has_colour() => style.changed(&text),
                _ => format!("*{text}"),
            });
        }
        let shown = source.chars().count();
        let _ = writeln!(
            table,
            "{:>5}  {}  {}",
            line + 1,
            padded(&source, shown, width),
            variables.join("  ")
        );
        if let Some(output) = output {
            for text in output.lines() {
                let _ = writeln!(
                    table,
                    "{:>5}  {}  {}",
                    "",
                    padded("", 0, width),
                    style.right(&format!("prints: {text}"))
                );
            }
        }
    }
    if cut_any {
        let _ = writeln!(
            table,
            "{}",
            style.dim("Long values are cut (…); --full shows them whole.")
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use python::Status;

    #[test]
    fn changed_values_stand_out_and_long_ones_are_cut() {
        let state = |pairs: &[(&str, &str)]| pairs.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        let long = "9".repeat(100);
        let trace = Trace {
            status: Status::Ok,
            stdout: "1\n".into(),
            exception: None,
            entries: vec![
                Entry {
                    line: 0,
                    state: state(&[("a", "1")]),
                    output: None,
                    previous: None,
                },
                Entry {
                    line: 1,
                    state: state(&[("a", "1"), ("b", &long)]),
                    output: Some("1\n".into()),
                    previous: Some(0),
                },
            ],
        };
        let table = trace_table("a = 1\nb = f(print(a))", &trace, false, Style::PLAIN);
        let rows: Vec<&str> = table.lines().collect();
        assert!(
            rows[1].ends_with("*a = 1") && rows[1].contains("    1  a = 1"),
            "{table}"
        );
        assert!(
            rows[2].contains("  a = 1  *b = 999") && rows[2].ends_with('…'),
            "{table}"
        );
        assert!(rows[3].ends_with("prints: 1") && rows[4].contains("--full"), "{table}");
        assert!(trace_table("", &trace, true, Style::PLAIN).contains(&long));
    }
    #[test]
    fn what_a_frame_found_before_a_call_is_not_new_after_it() {
        let source = "def f(x):\n    yield x\n    y = x\n    yield y\n\na = 1\ng = f(a)\nb = next(g)\nc = next(g)\n";
        let table = trace_table(
            source,
            &python::trace(source, "", &python::Limits::default()),
            true,
            Style::PLAIN,
        );
        let new = |row: &str| -> Vec<String> {
            let marked = row.split("  ").filter_map(|cell| cell.strip_prefix('*'));
            marked
                .map(|cell| cell.split(' ').next().unwrap_or("").to_owned())
                .collect()
        };
        let found: Vec<Vec<String>> = table.lines().skip(1).map(new).collect();
        let wanted: [&[&str]; 8] = [&["f"], &["a"], &["g"], &["x"], &["b"], &["y"], &[], &["c"]];
        assert_eq!(found, wanted, "{table}");
    }
}
