//! Examples: a program and its trace, in memory and in the released JSON schema.

use super::text::{Code, Joined, TokenSink, Unfit, code_tokens, trace_text, write_state};
use python::{Limits, State, Status, TraceSink, Tracer};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// Which of the three data sets a program belongs to: it decides the token before the source, and the trace's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
#[value(rename_all = "lowercase")]
pub enum DataSet {
    /// One line of code after a start state; the trace is the bare end state.
    SingleLine,
    Tutorial,
    CodeNet,
}

/// How a trace is written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TraceFormat {
    /// The released format: the state after each line, in Python's tokens.
    #[default]
    CodeExecutor,
    /// Code World Model frames: the state before each line, calls, returns and exceptions.
    Cwm,
}

impl DataSet {
    pub fn token(self) -> &'static str {
        match self {
            DataSet::SingleLine => "<singleline>",
            DataSet::Tutorial => "<tutorial>",
            DataSet::CodeNet => "<codenet>",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            DataSet::SingleLine => "singleline",
            DataSet::Tutorial => "tutorial",
            DataSet::CodeNet => "codenet",
        }
    }
}

/// One line of a data set, in the released schema and its order of keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    pub id: serde_json::Value,
    pub code: String,
    #[serde(deserialize_with = "token_list")]
    pub code_tokens: Vec<String>,
    #[serde(default, deserialize_with = "text_list")]
    pub trace: Vec<String>,
    #[serde(deserialize_with = "token_list")]
    pub trace_tokens: Vec<String>,
}

/// A list, or one text of tokens joined by spaces.
fn token_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::Many(tokens) => tokens,
        OneOrMany::One(text) => text.split(' ').map(str::to_owned).collect(),
    })
}

fn text_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::Many(texts) => texts,
        OneOrMany::One(text) => vec![text],
    })
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a list of strings")]
enum OneOrMany {
    Many(Vec<String>),
    One(String),
}

/// Why a program gives no example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// It ended otherwise than by running to its end.
    Status(Status),
    Unfit(Unfit),
    /// It ran no line at all.
    Empty,
}

impl Rejection {
    /// The name under which a data set counts it.
    pub fn name(&self) -> &'static str {
        match self {
            Rejection::Status(status) => status.name(),
            Rejection::Unfit(Unfit::TooManyLines) => "too_many_lines",
            Rejection::Unfit(Unfit::SpecialToken) => "special_token",
            Rejection::Unfit(Unfit::Lexical(_)) => "lexical",
            Rejection::Empty => "empty",
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::Status(status) => write!(formatter, "status {}", status.name()),
            Rejection::Unfit(unfit) => unfit.fmt(formatter),
            Rejection::Empty => write!(formatter, "it holds no line to run"),
        }
    }
}

impl std::error::Error for Rejection {}

impl From<Unfit> for Rejection {
    fn from(unfit: Unfit) -> Self {
        Rejection::Unfit(unfit)
    }
}

/// Bounds on a program that is to become an example. They are counts, not times, so that the same programs stay on any
/// machine under any load; the time is there for the tracer's own safety.
pub fn limits(events: usize) -> Limits {
    Limits {
        max_events: events,
        max_bytes: 1 << 18,
        max_steps: 1 << 20,
        max_output: 1 << 16,
        seconds: 60.0,
        ..Limits::default()
    }
}

/// Traces a program and writes both of its texts into the sinks.
pub fn write_texts<'a, S: TokenSink>(
    tracer: &mut Tracer,
    data_set: DataSet,
    program: impl Into<Code<'a>>,
    stdin: &str,
    limits: &Limits,
    code: &mut S,
    trace: &mut S,
) -> Result<(), Rejection> {
    let program = program.into();
    code_tokens(program.source, code)?;
    if data_set == DataSet::SingleLine {
        let mut last = LastState::default();
        let outcome = program.run(tracer, stdin, limits, &mut last);
        accept(outcome.status, last.lines)?;
        write_state(
            last.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())),
            trace,
        )?;
        return Ok(());
    }
    let (outcome, entries, written) = trace_text(tracer, program, stdin, limits, trace);
    accept(outcome.status, entries)?;
    Ok(written?)
}

pub(super) fn accept(status: Status, entries: usize) -> Result<(), Rejection> {
    match status {
        Status::Ok if entries == 0 => Err(Rejection::Empty),
        Status::Ok => Ok(()),
        other => Err(Rejection::Status(other)),
    }
}

/// Keeps the state of the last entry alone.
#[derive(Default)]
struct LastState {
    lines: usize,
    pairs: Vec<(String, String)>,
}

impl TraceSink for LastState {
    fn entry(&mut self, _: usize, state: State<'_>, _: Option<&str>) {
        self.lines += 1;
        self.pairs.clear();
        self.pairs
            .extend(state.iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}

/// A trace's tokens as one text per entry.
pub fn entry_texts(tokens: &[String]) -> Vec<String> {
    use super::vocabulary::{LINE, OUTPUT};
    let mut texts: Vec<Joined> = Vec::new();
    for token in tokens {
        if texts.is_empty() || token == LINE || token == OUTPUT {
            texts.push(Joined::default());
        }
        texts.last_mut().expect("just made").token(token);
    }
    texts.into_iter().map(|joined| joined.text).collect()
}
