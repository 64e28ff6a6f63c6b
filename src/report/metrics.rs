//! An evaluation as tables.

use super::style::Style;
use crate::evaluate::evaluation::Evaluation;
use std::fmt::Write;

/// Released and corrected figures with their intervals, then how predictions go wrong, then figures by program feature.
pub fn tables(evaluation: &Evaluation, style: Style) -> String {
    let mut text = format!("{} examples of {}\n", evaluation.examples.len(), evaluation.set.name());
    let head = format!(
        "{:<23}{:>6}  {:<16}{:>9}  {}",
        "", "as released", "", "corrected", "(95 % of resampled examples)"
    );
    let _ = writeln!(text, "{}", style.bold(&head));
    for (released, corrected) in evaluation.released_figures().iter().zip(evaluation.corrected_figures()) {
        let name = title(released.name);
        let interval = |[low, high]: [f64; 2]| format!("[{low:.2}, {high:.2}]");
        let _ = writeln!(
            text,
            "{name:<21}{:>7.2}  {:<22}{:>9.2}  {}",
            released.value,
            interval(released.interval),
            corrected.value,
            interval(corrected.interval)
        );
    }
    let head = format!(
        "\n{:<21}{:>9}{:>9}  {}",
        "predictions", "examples", "share", "right before it"
    );
    let _ = writeln!(text, "{}", style.bold(&head));
    for status in evaluation.statuses() {
        let before = status
            .right_before
            .map_or(String::new(), |share| format!("{share:>13.2} %"));
        let row = format!(
            "{:<21}{:>9}{:>7.2} %{before}",
            status.kind, status.examples, status.share
        );
        let _ = writeln!(text, "{row}");
    }
    let groups = evaluation.groups();
    if !groups.is_empty() {
        let head = format!(
            "\n{:<25}{:>9}{:>9}{:>9}{:>9}{:>15}",
            "programs with", "examples", "trace", "output", "line F1", "identifier F1"
        );
        let _ = writeln!(text, "{}", style.bold(&head));
        for group in groups {
            let output = group
                .output_accuracy
                .map_or("-".to_owned(), |value| format!("{value:.2}"));
            let _ = writeln!(
                text,
                "{:<25}{:>9}{:>9.2}{output:>9}{:>9.2}{:>15.2}",
                group.feature, group.examples, group.trace_accuracy, group.line_f1, group.identifier_f1
            );
        }
    }
    text
}

/// `line_f1` as `Line F1`.
fn title(name: &str) -> String {
    let words = name.replace('_', " ").replace("f1", "F1");
    let mut letters = words.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
