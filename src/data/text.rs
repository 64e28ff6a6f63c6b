//! The text format: programs and traces as CodeExecutor writes them.
//!
//! ```text
//! code tokens    <0> s = [ 'x' , 'y' ]
//! trace tokens   <line> <0> <state> s : [ x , y ] </state>
//! ```
//! A value's text is its repr in Python's own tokens, string tokens bare of their quotes. A repr that is no Python
//! expression (`<P object>`) goes by its words.

use super::python_tokens::{Kind, LexicalError, Token, expression_tokens, tokens, without_quotes};
use super::vocabulary::{self, DEDENT, FUNCTION, INDENT, LINE, LINE_NUMBERS, OUTPUT, SEPARATOR, STATE, STATE_END};
use python::mutate::Mutant;
use python::{Limits, Outcome, State, TraceSink, Tracer};
use ruff_python_ast::ModModule;
use std::fmt;

/// Receives the tokens of a text one by one.
pub trait TokenSink {
    fn token(&mut self, text: &str);
}

impl TokenSink for Vec<String> {
    fn token(&mut self, text: &str) {
        self.push(text.to_owned());
    }
}

/// Tokens joined by single spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    pub text: String,
    started: bool,
}

impl Joined {
    pub fn clear(&mut self) {
        self.text.clear();
        self.started = false;
    }
}

impl TokenSink for Joined {
    fn token(&mut self, text: &str) {
        if self.started {
            self.text.push(' ');
        }
        self.started = true;
        self.text.push_str(text);
    }
}

/// Why a program has no place in a data set of this format. Such programs are counted, not cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Its line tokens end at `<199>`.
    TooManyLines,
    /// The text of a special token occurs in it.
    SpecialToken,
    Lexical(LexicalError),
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::TooManyLines => write!(
                formatter,
                "it has more than {LINE_NUMBERS} lines, one for each line token"
            ),
            Unfit::SpecialToken => write!(formatter, "the text of a special token occurs in it"),
            Unfit::Lexical(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Unfit {}

/// The source side: a line token before each physical line that holds code, `<indent>` and `<dedent>`, Python's tokens.
pub fn code_tokens(source: &str, sink: &mut impl TokenSink) -> Result<(), Unfit> {
    if vocabulary::contains_special(source) {
        return Err(Unfit::SpecialToken);
    }
    let mut line = None;
    let tokens = tokens(source).map_err(Unfit::Lexical)?;
    let mut rest = tokens.len();
    // What closes the file's last blocks stands on no line.
    while rest > 0 && tokens[rest - 1].kind == Kind::Dedent {
        rest -= 1;
    }
    for (index, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Newline {
            continue;
        }
        if index < rest && line != Some(token.line) {
            line = Some(token.line);
            sink.token(&line_token(token.line)?);
        }
        sink.token(match token.kind {
            Kind::Indent => INDENT,
            Kind::Dedent => DEDENT,
            _ => token.text,
        });
    }
    Ok(())
}

/// `<12>`
fn line_token(line: usize) -> Result<String, Unfit> {
    if line < LINE_NUMBERS {
        Ok(format!("<{line}>"))
    } else {
        Err(Unfit::TooManyLines)
    }
}

/// The tokens of a value, given its repr.
pub fn value_tokens(value: &str, sink: &mut impl TokenSink) -> Result<(), Unfit> {
    if value == FUNCTION {
        sink.token(FUNCTION);
        return Ok(());
    }
    if vocabulary::contains_special(value) {
        return Err(Unfit::SpecialToken);
    }
    match expression_tokens(value) {
        Ok(tokens) if is_literal(&tokens) || is_expression(value) => {
            for token in tokens {
                if token.kind == Kind::String {
                    let (prefix, body) = without_quotes(token.text);
                    if prefix.is_empty() {
                        sink.token(body);
                    } else {
                        sink.token(&format!("{prefix}{body}"));
                    }
                } else {
                    sink.token(token.text);
                }
            }
        }
        _ => value.split_whitespace().for_each(|word| sink.token(word)),
    }
    Ok(())
}

/// Whether tokens form what nearly all reprs are: numbers, strings, names and calls in nested brackets. Quick, and never
/// true of what is no Python; [`is_expression`] decides about the rest.
fn is_literal(tokens: &[Token<'_>]) -> bool {
    let mut literal = Literal { tokens, position: 0 };
    literal.value(0) && literal.position == tokens.len()
}

struct Literal<'a> {
    tokens: &'a [Token<'a>],
    position: usize,
}

impl Literal<'_> {
    const MAX_DEPTH: usize = 100;

    fn operator(&mut self, texts: &[&str]) -> bool {
        let found = self
            .tokens
            .get(self.position)
            .is_some_and(|token| texts.contains(&token.text));
        self.position += usize::from(found);
        found
    }

    fn number(&mut self) -> bool {
        let found = self
            .tokens
            .get(self.position)
            .is_some_and(|token| token.kind == Kind::Number);
        self.position += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> bool {
        if depth > Self::MAX_DEPTH {
            return false;
        }
        let signed = self.operator(&["-"]);
        let Some(token) = self.tokens.get(self.position) else {
            return false;
        };
        match token.kind {
            // A complex number's two parts stand as a sum.
            Kind::Number => self.number() && (!self.operator(&["+", "-"]) || self.number()),
            Kind::String => {
                self.position += 1;
                !signed
            }
            Kind::Name if !KEYWORDS.contains(&token.text) => {
                self.position += 1;
                !self.operator(&["("]) || self.items(")", depth)
            }
            Kind::Operator if !signed => {
                self.position += 1;
                match token.text {
                    "(" => self.items(")", depth),
                    "[" => self.items("]", depth),
                    "{" => self.braces(depth),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn items(&mut self, close: &str, depth: usize) -> bool {
        while !self.operator(&[close]) {
            if !self.value(depth + 1) || !(self.operator(&[","]) || self.at(close)) {
                return false;
            }
        }
        true
    }

    fn braces(&mut self, depth: usize) -> bool {
        if self.operator(&["}"]) {
            return true;
        }
        let mut dict = None;
        while !self.operator(&["}"]) {
            if !self.value(depth + 1) {
                return false;
            }
            let pair = self.operator(&[":"]);
            if *dict.get_or_insert(pair) != pair || (pair && !self.value(depth + 1)) {
                return false;
            }
            if !(self.operator(&[","]) || self.at("}")) {
                return false;
            }
        }
        true
    }

    fn at(&self, text: &str) -> bool {
        self.tokens.get(self.position).is_some_and(|token| token.text == text)
    }
}

/// Python's keywords but for `None`, `True` and `False`, which are values.
const KEYWORDS: [&str; 32] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
];

/// Whether Python reads `text` as one expression.
fn is_expression(text: &str) -> bool {
    // Deep nesting would exhaust the parser's stack, and no repr of use is like that.
    text.len() < 10_000 && ruff_python_parser::parse_expression(text).is_ok()
}

/// Writes a program's trace in this format while the tracer makes it. What can't be written is kept as `unfit`.
pub struct TraceText<'a, S> {
    pub sink: &'a mut S,
    pub unfit: Option<Unfit>,
    pub entries: usize,
}

impl<'a, S: TokenSink> TraceText<'a, S> {
    pub fn new(sink: &'a mut S) -> Self {
        TraceText {
            sink,
            unfit: None,
            entries: 0,
        }
    }

    fn write(&mut self, line: usize, state: State<'_>, output: Option<&str>) -> Result<(), Unfit> {
        self.entries += 1;
        self.sink.token(LINE);
        self.sink.token(&line_token(line)?);
        write_state(state.iter(), self.sink)?;
        output.map_or(Ok(()), |output| write_output(output, self.sink))
    }
}

impl<S: TokenSink> TraceSink for TraceText<'_, S> {
    fn entry(&mut self, line: usize, state: State<'_>, output: Option<&str>) {
        if self.unfit.is_none() {
            self.unfit = self.write(line, state, output).err();
        }
    }
}

/// `<state> a : 1 <dictsep> b : 2 </state>`
pub fn write_state<'a>(
    state: impl Iterator<Item = (&'a str, &'a str)>,
    sink: &mut impl TokenSink,
) -> Result<(), Unfit> {
    sink.token(STATE);
    for (index, (name, value)) in state.enumerate() {
        if index > 0 {
            sink.token(SEPARATOR);
        }
        sink.token(name);
        sink.token(":");
        value_tokens(value, sink)?;
    }
    sink.token(STATE_END);
    Ok(())
}

/// `<output> text`
pub fn write_output(output: &str, sink: &mut impl TokenSink) -> Result<(), Unfit> {
    if vocabulary::contains_special(output) {
        return Err(Unfit::SpecialToken);
    }
    sink.token(OUTPUT);
    output.split_whitespace().for_each(|word| sink.token(word));
    Ok(())
}

/// A program to be run: its text and, where it is at hand, the tree of that text, which then is not parsed again.
#[derive(Clone, Copy, Debug)]
pub struct Code<'a> {
    pub source: &'a str,
    pub tree: Option<&'a ModModule>,
}

impl<'a> From<&'a str> for Code<'a> {
    fn from(source: &'a str) -> Self {
        Code { source, tree: None }
    }
}

impl<'a> From<&'a String> for Code<'a> {
    fn from(source: &'a String) -> Self {
        source.as_str().into()
    }
}

impl<'a> From<&'a Mutant> for Code<'a> {
    fn from(mutant: &'a Mutant) -> Self {
        Code {
            source: &mutant.source,
            tree: Some(&mutant.module),
        }
    }
}

impl Code<'_> {
    pub fn run(self, tracer: &mut Tracer, stdin: &str, limits: &Limits, sink: &mut dyn TraceSink) -> Outcome {
        match self.tree {
            Some(tree) => tracer.run_module(tree, self.source, stdin, limits, sink),
            None => tracer.run(self.source, stdin, limits, sink),
        }
    }
}

/// Runs a program and writes its trace; the outcome says how it ended.
pub fn trace_text<'a>(
    tracer: &mut Tracer,
    code: impl Into<Code<'a>>,
    stdin: &str,
    limits: &Limits,
    sink: &mut impl TokenSink,
) -> (Outcome, usize, Result<(), Unfit>) {
    let mut writer = TraceText::new(sink);
    let outcome = code.into().run(tracer, stdin, limits, &mut writer);
    let (entries, unfit) = (writer.entries, writer.unfit);
    (outcome, entries, unfit.map_or(Ok(()), Err))
}

/// One entry of a trace's text, as far as it can be read: a prediction may be anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextEntry {
    /// None for an output, for SingleLine's bare state, and where no line number can be read.
    pub line: Option<usize>,
    /// Name and value text of each variable.
    pub state: Vec<(String, String)>,
    /// What an `<output>` entry holds.
    pub output: Option<String>,
    /// Whether its `</state>` is there (always so for outputs).
    pub complete: bool,
}

/// Cuts a trace's text before every `<line>` and `<output>`.
pub fn cut_entries(text: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = text
        .match_indices(LINE)
        .chain(text.match_indices(OUTPUT))
        .map(|(at, _)| at)
        .collect();
    cuts.push(0);
    cuts.push(text.len());
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|bounds| &text[bounds[0]..bounds[1]]).collect()
}

/// Reads a trace's text back into entries, in whichever format it is.
pub fn parse_trace(text: &str) -> Vec<TextEntry> {
    if super::cwm::is_frames(text) {
        return super::cwm::parse(text);
    }
    cut_entries(text)
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .map(entry)
        .collect()
}

fn entry(text: &str) -> TextEntry {
    if let Some(output) = text.strip_prefix(OUTPUT) {
        return TextEntry {
            output: Some(output.trim().to_owned()),
            complete: true,
            ..TextEntry::default()
        };
    }
    let (head, body) = text.split_once(STATE).unwrap_or((text, ""));
    let line = head
        .trim()
        .strip_prefix(LINE)
        .and_then(|rest| vocabulary::line_number(rest.trim()));
    let (body, complete) = match body.split_once(STATE_END) {
        Some((body, _)) => (body, true),
        None => (body, false),
    };
    let state = body
        .split(SEPARATOR)
        .filter_map(|variable| variable.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    TextEntry {
        line,
        state,
        output: None,
        complete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> String {
        let mut joined = Joined::default();
        value_tokens(text, &mut joined).unwrap();
        joined.text
    }

    fn code(text: &str) -> String {
        let mut joined = Joined::default();
        code_tokens(text, &mut joined).unwrap();
        joined.text
    }

    #[test]
    fn values_are_pythons_tokens_without_quotes() {
        assert_eq!(value("{'a': [1, -2.5]}"), "{ a : [ 1 , - 2.5 ] }");
        assert_eq!(
            value("[['x', 'y z'], (1,), {2, 3}, set()]"),
            "[ [ x , y z ] , ( 1 , ) , { 2 , 3 } , set ( ) ]"
        );
        assert_eq!(value("(1-2j)"), "( 1 - 2j )");
        assert_eq!(value("-0.5"), "- 0.5");
        assert_eq!(
            value("deque([1, None], maxlen=3)"),
            "deque ( [ 1 , None ] , maxlen = 3 )"
        );
        assert_eq!(value("datetime.date(2020, 1, 2)"), "datetime . date ( 2020 , 1 , 2 )");
        assert_eq!(value("'it\\'s'"), "it\\'s");
        assert_eq!(value("\"it's\""), "it's");
        assert_eq!(value("b'ab'"), "bab");
        assert_eq!(value("<function>"), "<function>");
    }

    #[test]
    fn what_is_no_python_goes_by_its_words() {
        assert_eq!(value("<P object>"), "<P object>");
        assert_eq!(value("[<P object>, 1]"), "[<P object>, 1]");
        assert_eq!(value("<class 'int'>"), "<class 'int'>");
        assert_eq!(value("1 2\n 3"), "1 2 3");
        assert_eq!(value("a) + (b"), "a) + (b");
        assert_eq!(value("x = 5"), "x = 5");
        assert_eq!(value("a-b*2"), "a - b * 2");
    }

    #[test]
    fn special_tokens_make_unfit() {
        assert_eq!(
            value_tokens("'<state>'", &mut Joined::default()),
            Err(Unfit::SpecialToken)
        );
        assert_eq!(
            value_tokens("['<function>']", &mut Joined::default()),
            Err(Unfit::SpecialToken)
        );
        assert_eq!(
            code_tokens("a = '<3>'", &mut Joined::default()),
            Err(Unfit::SpecialToken)
        );
        assert_eq!(
            code_tokens(&"a = 1\n".repeat(201), &mut Joined::default()),
            Err(Unfit::TooManyLines)
        );
        assert!(code_tokens(&"a = 1\n".repeat(200), &mut Joined::default()).is_ok());
    }

    #[test]
    fn code_is_written_line_by_line() {
        assert_eq!(code("s = ['x', 'y', 'z']"), "<0> s = [ 'x' , 'y' , 'z' ]");
        let program = "# first\n\nfor i in x:\n    if i:\n        f(i,\n          2)\n    # no\nprint(f'{i}')\n";
        assert_eq!(
            code(program),
            "<2> for i in x : <3> <indent> if i : <4> <indent> f ( i , <5> 2 ) <7> <dedent> <dedent> print ( f'{i}' )"
        );
        assert_eq!(code("if a:\n  b\n"), "<0> if a : <1> <indent> b <dedent>");
    }

    #[test]
    fn traces_are_read_back() {
        let text = "<line> <0> <state> a : 1 <dictsep> t : x : y </state> <output> 1 2 <line> <3> <state> </state> \
                    <line> <x> <state> b : 2";
        let entries = parse_trace(text);
        assert_eq!(entries.len(), 4);
        assert_eq!(entries[0].line, Some(0));
        assert_eq!(
            entries[0].state,
            [("a".into(), "1".into()), ("t".into(), "x : y".into())]
        );
        assert_eq!(entries[1].output.as_deref(), Some("1 2"));
        assert!(entries[2].state.is_empty() && entries[2].complete);
        assert_eq!((entries[3].line, entries[3].complete), (None, false));
        assert_eq!(
            parse_trace("<state> a : 1 </state>")[0].state,
            [("a".into(), "1".into())]
        );
        assert!(parse_trace(" ").is_empty());
    }
}
