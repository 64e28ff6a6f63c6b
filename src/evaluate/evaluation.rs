//! A whole evaluation: each example's counts, and every figure that is drawn from them.

use super::bootstrap::intervals;
use super::difference::{Kind, first_difference};
use super::features::{FEATURES, features};
use super::released::{SingleLineMetrics, TraceMetrics};
use super::{Counts, corrected, released};
use crate::data::cwm::is_frames;
use crate::data::example::DataSet;
use crate::data::text::parse_trace;
use serde::Serialize;
use serde_json::{Value, json};

/// One example's part in the figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    pub released: Counts,
    pub corrected: Counts,
    /// How and at which entry the prediction first goes wrong, if it does.
    pub difference: Option<(Kind, usize)>,
    pub entries: usize,
    /// Bits of [`FEATURES`], if the program is known.
    pub features: Option<u32>,
}

/// All examples of one data set.
#[derive(Clone, Debug)]
pub struct Evaluation {
    pub set: DataSet,
    pub examples: Vec<Scored>,
}

/// A figure with its interval, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub name: &'static str,
    pub value: f64,
    /// 95 %, from resampled examples.
    pub interval: [f64; 2],
}

/// Examples that go wrong in one way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    pub kind: &'static str,
    pub examples: usize,
    /// In percent of all examples.
    pub share: f64,
    /// Mean share of the true trace that is right before the first wrong entry, in percent.
    pub right_before: Option<f64>,
}

/// Examples that have one feature.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    pub feature: String,
    pub examples: u64,
    /// Of the corrected metrics, in percent.
    pub trace_accuracy: f64,
    pub output_accuracy: Option<f64>,
    pub line_f1: f64,
    pub identifier_f1: f64,
}

impl Evaluation {
    pub fn new(set: DataSet) -> Evaluation {
        Evaluation {
            set,
            examples: Vec::new(),
        }
    }

    /// Adds an example. `source` is its program, where that is known.
    pub fn add(&mut self, prediction: &str, gold: &str, source: Option<&str>) {
        let (predicted, truth) = (parse_trace(prediction), parse_trace(gold));
        let corrected = corrected::count_entries(&predicted, &truth);
        self.examples.push(Scored {
            // The release knows no frames.
            released: if is_frames(gold) {
                corrected
            } else {
                released::count(self.set, prediction, gold)
            },
            corrected,
            difference: first_difference(&predicted, &truth).map(|found| (found.kind, found.entry)),
            entries: truth.len(),
            features: source.and_then(features),
        });
    }

    pub fn released(&self) -> Counts {
        sum(self.examples.iter().map(|example| example.released))
    }

    /// The released figures, as the release prints them, with their intervals.
    pub fn released_figures(&self) -> Vec<Figure> {
        self.figures(|example| example.released)
    }

    /// The figures of the corrected metrics.
    pub fn corrected_figures(&self) -> Vec<Figure> {
        self.figures(|example| example.corrected)
    }

    fn figures(&self, counts: impl Fn(&Scored) -> Counts) -> Vec<Figure> {
        let examples: Vec<Counts> = self.examples.iter().map(counts).collect();
        let values = TraceMetrics::of(&sum(examples.iter().copied())).values();
        let intervals = intervals(&examples, 0, |counts| TraceMetrics::of(counts).values());
        let names = TraceMetrics::NAMES;
        (0..names.len())
            .filter(|&index| self.set != DataSet::SingleLine || SingleLineMetrics::NAMES.contains(&names[index]))
            .map(|index| Figure {
                name: names[index],
                value: values[index],
                interval: intervals[index],
            })
            .collect()
    }

    /// Right predictions, then the ways to go wrong.
    pub fn statuses(&self) -> Vec<Status> {
        let status = |name: &'static str, kind: Option<Kind>| {
            let those: Vec<&Scored> = self
                .examples
                .iter()
                .filter(|example| example.difference.map(|difference| difference.0) == kind)
                .collect();
            let before: f64 = those
                .iter()
                .filter_map(|example| Some(example.difference?.1 as f64 / example.entries.max(1) as f64))
                .sum();
            Status {
                kind: name,
                examples: those.len(),
                share: percent(those.len() as f64, self.examples.len() as f64),
                right_before: (kind.is_some() && !those.is_empty())
                    .then(|| percent(before.min(those.len() as f64), those.len() as f64)),
            }
        };
        std::iter::once(status("right", None))
            .chain(Kind::ALL.map(|kind| status(kind.name(), Some(kind))))
            .collect()
    }

    /// Figures by program feature and by length of the true trace; empty groups are left out.
    pub fn groups(&self) -> Vec<Group> {
        let group = |feature: String, belongs: &dyn Fn(&Scored) -> bool| {
            let counts = sum(self
                .examples
                .iter()
                .filter(|example| belongs(example))
                .map(|example| example.corrected));
            let metrics = TraceMetrics::of(&counts);
            (counts.examples > 0).then_some(Group {
                feature,
                examples: counts.examples,
                trace_accuracy: metrics.trace_accuracy,
                output_accuracy: (counts.with_output > 0).then_some(metrics.output_accuracy),
                line_f1: metrics.line_f1,
                identifier_f1: metrics.identifier_f1,
            })
        };
        let mut groups = Vec::new();
        for (bit, feature) in FEATURES.iter().enumerate() {
            groups.extend(group(feature.to_string(), &|example| {
                example.features.is_some_and(|found| found >> bit & 1 == 1)
            }));
        }
        if self.set != DataSet::SingleLine {
            for (low, high) in [(1, 5), (6, 10), (11, 20), (21, 40), (41, usize::MAX)] {
                let name = if high == usize::MAX {
                    format!("{low} entries and more")
                } else {
                    format!("{low} to {high} entries")
                };
                groups.extend(group(name, &|example| (low..=high).contains(&example.entries)));
            }
        }
        groups
    }

    /// All of it for a file.
    pub fn to_json(&self) -> Value {
        let metrics = if self.set == DataSet::SingleLine {
            json!(SingleLineMetrics::of(&self.released()))
        } else {
            json!(TraceMetrics::of(&self.released()))
        };
        json!({
            "dataset": self.set,
            "examples": self.examples.len(),
            "metrics": metrics,
            "counts": self.released(),
            "released": self.released_figures(),
            "corrected": self.corrected_figures(),
            "statuses": self.statuses(),
            "groups": self.groups(),
        })
    }
}

fn sum(counts: impl Iterator<Item = Counts>) -> Counts {
    let mut sum = Counts::default();
    counts.for_each(|one| sum += one);
    sum
}

fn percent(part: f64, whole: f64) -> f64 {
    if whole == 0.0 {
        0.0
    } else {
        (part / whole * 10_000.0).round() / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_fall_into_statuses_and_groups() {
        let gold = "<line> <0> <state> a : 1 </state> <line> <1> <state> a : 2 </state> <output> 2";
        let mut evaluation = Evaluation::new(DataSet::Tutorial);
        evaluation.add(gold, gold, Some("a = 1\nfor i in [2]: print(i)\n"));
        evaluation.add(&gold.replace("a : 2", "a : 3"), gold, Some("a = 1\nprint(2)\n"));
        evaluation.add("", gold, None);
        let statuses = evaluation.statuses();
        let status = |kind: &str| statuses.iter().find(|status| status.kind == kind).unwrap();
        assert_eq!((status("right").examples, status("right").share), (1, 33.33));
        assert_eq!(status("wrong value").right_before, Some(33.33));
        assert_eq!(status("truncated").right_before, Some(0.0));
        let groups = evaluation.groups();
        let group = |feature: &str| groups.iter().find(|group| group.feature == feature).unwrap();
        assert_eq!(
            (group("for loops").examples, group("for loops").trace_accuracy),
            (1, 100.0)
        );
        assert_eq!(
            (group("function calls").examples, group("function calls").trace_accuracy),
            (2, 50.0)
        );
        assert_eq!(group("1 to 5 entries").examples, 3);
        let figures = evaluation.corrected_figures();
        let figure = figures.iter().find(|figure| figure.name == "trace_accuracy").unwrap();
        assert_eq!(figure.value, 33.33);
        assert_eq!(figure.interval, [0.0, 100.0]);
        assert_eq!(evaluation.to_json()["metrics"]["trace_accuracy"], 33.33);
    }
}
