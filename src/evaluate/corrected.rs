//! The release's metrics without their flaws, counted entry by entry:
//! - an output that ends a trace counts (the release drops it, and with it most programs' last line);
//! - an unfinished entry counts as predicted and wrong (the release drops it, so that a trace may break off and be right);
//! - SingleLine's values are whole (the release cuts them at their second colon).

use super::Counts;
use super::difference::same;
use crate::data::text::{TextEntry, parse_trace};

/// The counts of one example, of any data set.
pub fn count(prediction: &str, gold: &str) -> Counts {
    count_entries(&parse_trace(prediction), &parse_trace(gold))
}

/// [`count`] of traces that are read already.
pub fn count_entries(predicted: &[TextEntry], gold: &[TextEntry]) -> Counts {
    let outputs = |entries: &[TextEntry]| -> Vec<String> {
        let texts = entries.iter().filter_map(|entry| entry.output.clone());
        texts.filter(|text| !text.is_empty()).collect()
    };
    let identifiers = |entries: &[TextEntry]| entries.iter().map(|entry| entry.state.len() as u64).sum();
    let gold_outputs = outputs(gold);
    let mut counts = Counts {
        examples: 1,
        with_output: u64::from(!gold_outputs.is_empty()),
        right_output: u64::from(!gold_outputs.is_empty() && outputs(predicted) == gold_outputs),
        gold_lines: gold.len() as u64,
        predicted_lines: predicted.len() as u64,
        gold_identifiers: identifiers(gold),
        predicted_identifiers: identifiers(predicted),
        ..Counts::default()
    };
    for (predicted, gold) in predicted.iter().zip(gold) {
        counts.right_lines += u64::from(same(predicted, gold));
        if predicted.line == gold.line {
            let right = gold.state.iter().filter(|pair| predicted.state.contains(pair));
            counts.right_identifiers += right.count() as u64;
        }
    }
    counts.right_traces =
        u64::from(counts.right_lines == counts.gold_lines && counts.predicted_lines == counts.gold_lines);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::released::{count_singleline, count_trace};

    #[test]
    fn the_released_flaws_are_gone() {
        let gold = "<line> <0> <state> a : 1 </state> <output> 5";
        let wrong = "<line> <0> <state> a : 1 </state> <output> 6";
        assert_eq!(
            (count_trace(wrong, gold).right_traces, count(wrong, gold).right_traces),
            (1, 0)
        );
        assert_eq!((count(gold, gold).with_output, count(gold, gold).right_output), (1, 1));

        let gold = "<line> <0> <state> a : 1 </state>";
        let unfinished = "<line> <0> <state> a : 1 </state> <line> <1> <state> a";
        assert_eq!(
            (
                count_trace(unfinished, gold).right_traces,
                count(unfinished, gold).right_traces
            ),
            (1, 0)
        );

        let (gold, wrong) = ("<state> d : { a : 1 } </state>", "<state> d : { a : 2 } </state>");
        assert_eq!(
            (
                count_singleline(wrong, gold).right_traces,
                count(wrong, gold).right_traces
            ),
            (1, 0)
        );
        assert_eq!(count(gold, gold).right_traces, 1);
    }
}
