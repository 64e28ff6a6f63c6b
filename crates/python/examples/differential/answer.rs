//! Traces as text, as `tests/cpython/tracer.py --compact` writes them, and what two of them have in common: entries, each after a
//! record separator, then the outcome after a group separator; fields are parted by unit separators.

use crate::source::{Bounds, Program};
use python::{Limits, Outcome, State, Status, TraceSink, Tracer};
use serde_json::{Map, Value, json};
use std::fmt::Write;

const ENTRY: char = '\x1e';
const OUTCOME: char = '\x1d';
const FIELD: char = '\x1f';

/// The answer of this crate, and what it refused or which limit it met.
pub fn trace_here(tracer: &mut Tracer, program: &Program) -> (String, Outcome) {
    struct Text(String);
    impl TraceSink for Text {
        fn entry(&mut self, line: usize, state: State<'_>, output: Option<&str>) {
            let _ = write!(self.0, "{ENTRY}{line}{FIELD}{}", output.unwrap_or_default());
            for (name, value) in state.iter() {
                self.0.extend([
                    FIELD.encode_utf8(&mut [0; 4]),
                    name,
                    FIELD.encode_utf8(&mut [0; 4]),
                    value,
                ]);
            }
        }
    }
    let Bounds {
        events,
        characters,
        seconds,
    } = program.bounds;
    let limits = Limits {
        max_events: events,
        max_bytes: characters,
        seconds,
        ..Limits::default()
    };
    let mut text = Text(String::new());
    let outcome = tracer.run(&program.code, &program.stdin, &limits, &mut text);
    let exception = outcome.exception.as_ref().filter(|_| outcome.status != Status::Limit);
    let (type_name, message, line) = match exception {
        Some(exception) => (&*exception.type_name, &*exception.message, exception.line),
        None => ("", "", 0),
    };
    let _ = write!(
        text.0,
        "{OUTCOME}{}{FIELD}{}{FIELD}{type_name}{FIELD}{message}{FIELD}{line}",
        outcome.status.name(),
        outcome.stdout
    );
    (without_addresses(text.0), outcome)
}

fn without_addresses(text: String) -> String {
    if !text.contains(" at 0x") {
        return text;
    }
    let mut pieces = text.split(" at 0x");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| matches!(c, '0'..='9' | 'a'..='f'));
        if rest.len() == piece.len() {
            out.push_str(" at 0x");
        }
        out.push_str(rest);
    }
    out
}

/// An answer taken apart.
struct Parts<'a> {
    entries: Vec<&'a str>,
    /// Status, standard output, type, message and line of the exception.
    outcome: Vec<&'a str>,
}

fn parts(answer: &str) -> Parts<'_> {
    let (entries, outcome) = answer.rsplit_once(OUTCOME).unwrap_or((answer, ""));
    Parts {
        entries: entries.split(ENTRY).skip(1).collect(),
        outcome: outcome.split(FIELD).collect(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    Same,
    Refused,
    /// One side or both met a limit of time or memory; the entries before it are the same.
    Limit,
    Different,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Refused => "refused",
            Verdict::Limit => "limit",
            Verdict::Different => "different",
        }
    }
}

pub fn judge(ours: &str, theirs: &str) -> Verdict {
    if ours == theirs {
        return Verdict::Same;
    }
    let (ours, theirs) = (parts(ours), parts(theirs));
    match (ours.outcome[0], theirs.outcome[0]) {
        ("unsupported", _) => Verdict::Refused,
        ("limit", _) | (_, "limit") => {
            // The last entry is of a line that the limit has cut short.
            let common = ours.entries.len().min(theirs.entries.len()).saturating_sub(1);
            match ours.entries[..common] == theirs.entries[..common] {
                true => Verdict::Limit,
                false => Verdict::Different,
            }
        }
        _ => Verdict::Different,
    }
}

/// The kind of a difference: what differs first, and how, without the names and numbers in it. One cause has one signature,
/// mostly.
pub fn signature(ours: &str, theirs: &str) -> String {
    let (ours, theirs) = (parts(ours), parts(theirs));
    let outcome = |parts: &Parts| match parts.outcome.get(2..4) {
        Some([name, message]) => format!("{} {name} {}", parts.outcome[0], shape(message)),
        _ => "no outcome".to_owned(),
    };
    let first = ours
        .entries
        .iter()
        .zip(&theirs.entries)
        .position(|(ours, theirs)| ours != theirs);
    let entry = match first.map(|at| (ours.entries[at], theirs.entries[at])) {
        None if ours.entries.len() == theirs.entries.len() => String::new(),
        None => "fewer or more entries".into(),
        Some((ours, theirs)) => {
            let (ours, theirs): (Vec<_>, Vec<_>) = (ours.split(FIELD).collect(), theirs.split(FIELD).collect());
            match ours.iter().zip(&theirs).position(|(ours, theirs)| ours != theirs) {
                Some(0) => "line".into(),
                Some(1) => format!("output {} for {}", shape(ours[1]), shape(theirs[1])),
                Some(at) if at % 2 == 1 => format!("value {} for {}", shape(ours[at]), shape(theirs[at])),
                _ => "names".into(),
            }
        }
    };
    let (ours, theirs) = (outcome(&ours), outcome(&theirs));
    match ours == theirs {
        true => format!("{entry} | {ours}"),
        false => format!("{entry} | {ours} for {theirs}"),
    }
}

/// A text's first characters, with `0` for each number and `a` for each quoted text.
fn shape(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '0'..='9' => {
                while characters.next_if(|c| c.is_ascii_digit() || *c == '.').is_some() {}
                out.push('0');
            }
            '\'' | '"' if !out.ends_with("Error(") => {
                while characters.next_if(|next| *next != c).is_some() {}
                characters.next();
                out.push_str("'a'");
            }
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
        if out.len() > 60 {
            break;
        }
    }
    out
}

/// An answer as it stands in the file of differences.
pub fn as_json(answer: &str) -> Value {
    let parts = parts(answer);
    let field = |at: usize| parts.outcome.get(at).copied().unwrap_or_default();
    let entries: Vec<Value> = parts
        .entries
        .iter()
        .map(|entry| {
            let mut fields = entry.split(FIELD);
            let (line, output) = (fields.next(), fields.next());
            let mut state = Map::new();
            while let (Some(name), Some(value)) = (fields.next(), fields.next()) {
                state.insert(name.to_owned(), json!(value));
            }
            json!({"line": line, "output": output, "state": state})
        })
        .collect();
    json!({
        "status": field(0), "stdout": field(1),
        "exception": {"type": field(2), "message": field(3), "line": field(4)}, "trace": entries,
    })
}
