//! What has run and how it ended, over all runs: a file with one JSON object a run.

use crate::Failure;
use crate::answer::Verdict;
use crate::source::Kind;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub struct Ledger {
    file: Option<String>,
    /// The lines of earlier runs.
    earlier: String,
    before: u64,
    seed: u64,
    label: String,
    counts: BTreeMap<(Kind, &'static str), u64>,
}

impl Ledger {
    /// Continues `file`, if there is one; `label` says what ran (a commit).
    pub fn open(file: Option<String>, seed: u64, label: String) -> Result<Ledger, Failure> {
        let earlier = match &file {
            Some(name) if std::fs::exists(name)? => std::fs::read_to_string(name)?,
            _ => String::new(),
        };
        let mut before = 0;
        for line in earlier.lines() {
            let run: Value = serde_json::from_str(line).map_err(|error| format!("the ledger: {error}"))?;
            before += run["programs"].as_u64().unwrap_or(0);
        }
        Ok(Ledger {
            file,
            earlier,
            before,
            seed,
            label,
            counts: BTreeMap::new(),
        })
    }

    pub fn count(&mut self, kind: Kind, verdict: Option<Verdict>) {
        let verdict = verdict.map_or("lost", Verdict::name);
        *self.counts.entry((kind, verdict)).or_default() += 1;
    }

    /// Programs of this run that both sides have answered.
    pub fn programs(&self) -> u64 {
        let compared = |(&(_, verdict), count): (&(Kind, &str), &u64)| match verdict {
            "refused" | "lost" => 0,
            _ => *count,
        };
        self.counts.iter().map(compared).sum()
    }

    /// Programs of all runs.
    pub fn total(&self) -> u64 {
        self.before + self.programs()
    }

    pub fn summary(&self) -> String {
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        for ((_, verdict), count) in &self.counts {
            *sums.entry(verdict).or_default() += count;
        }
        let sums: Vec<String> = sums
            .iter()
            .map(|(verdict, count)| format!("{count} {verdict}"))
            .collect();
        sums.join(", ")
    }

    /// Writes the file anew.
    pub fn save(&self, signatures: usize) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut kinds = serde_json::Map::new();
        for ((kind, verdict), count) in &self.counts {
            kinds.entry(kind.name()).or_insert_with(|| json!({}))[*verdict] = json!(count);
        }
        let line = json!({
            "label": self.label, "seed": self.seed, "programs": self.programs(), "kinds of difference": signatures,
            "kinds": kinds,
        });
        let new = format!("{file}.new");
        std::fs::write(&new, format!("{}{line}\n", self.earlier))?;
        Ok(std::fs::rename(&new, file)?)
    }
}
