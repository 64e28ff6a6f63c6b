//! Programs from a grammar. A line `@name` starts a rule, each further line is one of its alternatives:
//!
//! - `$name` or `${name}` stands for one of the rule's alternatives, `$$` for a dollar sign;
//! - `\n` is a line break, and what stands for a `$name` is indented like the line on which it stands;
//! - `∅` alone is the empty alternative;
//! - an alternative that starts with `N*` is N times as likely; lines that start with `##` are comments.

use crate::random::Random;
use std::collections::HashMap;

pub struct Grammar {
    rules: Vec<Vec<Alternative>>,
    names: HashMap<String, usize>,
}

struct Alternative {
    parts: Vec<Part>,
    /// Levels of rules below, at least.
    depth: usize,
}

enum Part {
    Text(String),
    Rule(usize),
}

/// Levels after which the shallowest alternatives are taken.
const DEPTH: usize = 9;

impl Grammar {
    pub fn parse(text: &str) -> Result<Grammar, String> {
        let mut names: HashMap<String, usize> = HashMap::new();
        for line in text.lines().filter_map(|line| line.strip_prefix('@')) {
            let next = names.len();
            names.entry(line.trim().to_owned()).or_insert(next);
        }
        let mut rules: Vec<Vec<Alternative>> = names.iter().map(|_| Vec::new()).collect();
        let mut current = None;
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with("##") {
                continue;
            }
            if let Some(name) = line.strip_prefix('@') {
                current = Some(names[name.trim()]);
                continue;
            }
            let rule = current.ok_or_else(|| format!("line {}: an alternative outside a rule", number + 1))?;
            let (times, body) = match line.split_once('*') {
                Some((times, body)) if times.parse::<usize>().is_ok() && !body.starts_with(['*', ' ']) => {
                    (times.parse().unwrap_or(1), body)
                }
                _ => (1, line),
            };
            for _ in 0..times {
                let parts = parts(if body == "∅" { "" } else { body }, &names)
                    .map_err(|name| format!("line {}: no rule {name}", number + 1))?;
                rules[rule].push(Alternative {
                    parts,
                    depth: usize::MAX,
                });
            }
        }
        measure(&mut rules)?;
        Ok(Grammar { rules, names })
    }

    /// A text for the rule `start`, which must exist.
    pub fn expand(&self, start: &str, random: &mut Random) -> String {
        let mut out = String::new();
        self.write(self.names[start], 0, random, "", &mut out);
        out.push('\n');
        out
    }

    fn write(&self, rule: usize, depth: usize, random: &mut Random, indentation: &str, out: &mut String) {
        let alternatives = &self.rules[rule];
        let chosen = if depth < DEPTH {
            &alternatives[random.below(alternatives.len())]
        } else {
            let least = alternatives
                .iter()
                .map(|alternative| alternative.depth)
                .min()
                .unwrap_or(0);
            let shallow: Vec<_> = alternatives
                .iter()
                .filter(|alternative| alternative.depth == least)
                .collect();
            shallow[random.below(shallow.len())]
        };
        let mut indentation = indentation.to_owned();
        let outer = indentation.clone();
        for part in &chosen.parts {
            match part {
                Part::Text(text) => {
                    out.push_str(&text.replace('\n', &format!("\n{outer}")));
                    if let Some((_, line)) = text.rsplit_once('\n') {
                        let spaces = line.len() - line.trim_start().len();
                        indentation = format!("{outer}{}", &line[..spaces]);
                    }
                }
                Part::Rule(rule) => self.write(*rule, depth + 1, random, &indentation, out),
            }
        }
    }
}

fn parts(body: &str, names: &HashMap<String, usize>) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("$$") {
            text.push('$');
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\\n") {
            text.push('\n');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('$') {
            let braced = after.strip_prefix('{');
            let after = braced.unwrap_or(after);
            let end = after
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(after.len());
            let name = &after[..end];
            parts.push(Part::Text(std::mem::take(&mut text)));
            parts.push(Part::Rule(*names.get(name).ok_or_else(|| format!("${name}"))?));
            rest = &after[end + usize::from(braced.is_some())..];
        } else {
            text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    parts.push(Part::Text(text));
    Ok(parts)
}

/// Fills in the depths, from the leaves up.
fn measure(rules: &mut [Vec<Alternative>]) -> Result<(), String> {
    loop {
        let least: Vec<usize> = rules
            .iter()
            .map(|rule| rule.iter().map(|a| a.depth).min().unwrap_or(usize::MAX))
            .collect();
        let mut changed = false;
        for alternative in rules.iter_mut().flatten() {
            let below = alternative.parts.iter().filter_map(|part| match part {
                Part::Rule(rule) => Some(least[*rule]),
                Part::Text(_) => None,
            });
            let depth = below.max().map_or(0, |deepest| deepest.saturating_add(1));
            changed |= depth < alternative.depth;
            alternative.depth = alternative.depth.min(depth);
        }
        if !changed {
            return match least.iter().position(|depth| *depth == usize::MAX) {
                Some(rule) => Err(format!("rule {rule} (from 0) never ends")),
                None => Ok(()),
            };
        }
    }
}
