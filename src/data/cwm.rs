//! Code World Model frames (Meta's CWM, 2025: PROMPTING_GUIDE.md and demos/cwmdbg.py of facebookresearch/cwm).
//!
//! ```text
//! <|trace_context_start|>SOURCE<|frame_sep|>
//! <|call_sep|>LOCALS<|action_sep|>SOURCE_LINE<|frame_sep|>
//! <|line_sep|>LOCALS<|action_sep|>SOURCE_LINE<|frame_sep|>
//! <|return_sep|><|action_sep|>SOURCE_LINE<|arg_sep|>VALUE<|frame_sep|>
//! <|exception_sep|><|action_sep|>SOURCE_LINE<|arg_sep|>VALUE<|frame_sep|>
//! ```
//! without the line ends. LOCALS is the state before the line, a JSON object of reprs; VALUE a JSON string.

use super::example::{Rejection, accept};
use super::text::{TextEntry, Unfit};
use python::{FrameEvent, Limits, Outcome, State, TraceSink, Tracer};

pub const CONTEXT: &str = "<|trace_context_start|>";
pub const FRAME: &str = "<|frame_sep|>";
pub const CALL: &str = "<|call_sep|>";
pub const LINE: &str = "<|line_sep|>";
pub const RETURN: &str = "<|return_sep|>";
pub const EXCEPTION: &str = "<|exception_sep|>";
pub const ACTION: &str = "<|action_sep|>";
pub const ARGUMENT: &str = "<|arg_sep|>";

/// All marks of the format.
pub const MARKS: [&str; 8] = [CONTEXT, FRAME, CALL, LINE, RETURN, EXCEPTION, ACTION, ARGUMENT];

/// The comment that marks the entry point.
pub const START: &str = "<< START_OF_TRACE";

/// What stands for a value that has not changed since the frame before.
const UNCHANGED: &str = "..";

/// The source with its entry point marked: as it is where a comment marks one, else with a first line that marks all of it.
pub fn context(source: &str) -> String {
    if entry_line(source).is_some() {
        source.to_owned()
    } else {
        format!("# {START}\n{source}")
    }
}

/// The 0-based line that carries the mark.
fn entry_line(source: &str) -> Option<usize> {
    source
        .lines()
        .position(|line| line.split_once('#').is_some_and(|(_, comment)| comment.contains(START)))
}

/// Writes frames as they come.
struct Frames<'a> {
    lines: Vec<&'a str>,
    /// Whether unchanged values are abbreviated.
    short: bool,
    text: String,
    /// The function whose call is looked for, by the line of its `def`; None takes the whole program.
    entry: Option<usize>,
    /// Depth of the entry point's frame while it is under way.
    inside: Option<usize>,
    done: bool,
    /// The frame written before, as long as no call or return came between: its depth and variables.
    before: Option<(usize, Vec<(String, String)>)>,
}

impl Frames<'_> {
    fn source_line(&self, line: usize) -> &str {
        self.lines.get(line).copied().unwrap_or("")
    }

    fn locals(&mut self, mark: &str, line: usize, depth: usize, state: State<'_>) {
        let known = match &self.before {
            Some((at, variables)) if self.short && *at == depth && mark == LINE => variables.as_slice(),
            _ => &[],
        };
        let mut locals = String::from("{");
        for (index, (name, value)) in state.iter().enumerate() {
            if index > 0 {
                locals.push_str(", ");
            }
            let same = known.iter().any(|(other, old)| other == name && old == value);
            let shown = if same { UNCHANGED } else { value };
            locals += &format!("{}: {}", json(name), json(shown));
        }
        locals.push('}');
        self.before = Some((
            depth,
            state
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        ));
        let frame = format!("{mark}{locals}{ACTION}{}{FRAME}", self.source_line(line));
        self.text += &frame;
    }

    fn value(&mut self, mark: &str, line: usize, value: &str) {
        let frame = format!(
            "{mark}{ACTION}{}{ARGUMENT}{}{FRAME}",
            self.source_line(line),
            json(value)
        );
        self.text += &frame;
    }
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl TraceSink for Frames<'_> {
    fn entry(&mut self, _: usize, _: State<'_>, _: Option<&str>) {}

    fn wants_frames(&self) -> bool {
        true
    }

    fn frame(&mut self, line: usize, depth: usize, event: FrameEvent<'_>) {
        if self.inside.is_none()
            && matches!(event, FrameEvent::Call(_))
            && self.entry.is_none_or(|entry| entry == line && depth > 1)
        {
            self.inside = Some(depth);
        }
        let Some(entry) = self.inside.filter(|&entry| !self.done && depth >= entry) else {
            // The entry point's frame was left by an exception.
            self.done |= self.inside.is_some();
            return;
        };
        match event {
            FrameEvent::Call(state) => self.locals(CALL, line, depth, state),
            FrameEvent::Line(state) => self.locals(LINE, line, depth, state),
            FrameEvent::Return(value) => {
                self.value(RETURN, line, value);
                self.before = None;
                self.done = depth == entry;
            }
            FrameEvent::Exception(value) => self.value(EXCEPTION, line, value),
        }
    }
}

/// Runs a program and writes its frames, the context first. `short` abbreviates values that have not changed since the
/// frame before, as Meta's model does. Where the source marks a function with `<< START_OF_TRACE` its first call is the
/// trace, else the whole program is.
///
/// # Errors
/// A source that contains one of the format's marks, or whose marked line is no function that is called.
pub fn trace_frames(
    tracer: &mut Tracer,
    source: &str,
    stdin: &str,
    limits: &Limits,
    short: bool,
) -> (Outcome, Result<String, String>) {
    let entry = entry_line(source);
    let context = context(source);
    let mut frames = Frames {
        lines: context.lines().collect(),
        short,
        text: format!("{CONTEXT}{context}{FRAME}"),
        entry: entry.filter(|&line| source.lines().nth(line).is_some_and(is_definition)),
        inside: None,
        done: false,
        before: None,
    };
    let outcome = tracer.run(&context, stdin, limits, &mut frames);
    let text = if let Some(mark) = MARKS.iter().find(|mark| source.contains(**mark)) {
        Err(format!("the text of the mark {mark} occurs in it"))
    } else if frames.inside.is_none() && frames.entry.is_some() {
        Err(format!("the function marked with {START} is never called"))
    } else {
        Ok(frames.text)
    };
    (outcome, text)
}

/// Runs a program and gives the texts that a model reads and writes: the context with its marks, and the frames.
pub fn texts(tracer: &mut Tracer, source: &str, stdin: &str, limits: &Limits) -> Result<(String, String), Rejection> {
    let prompt = prompt(source)?;
    let (outcome, text) = trace_frames(tracer, source, stdin, limits, false);
    // The context is no frame.
    let frames = text
        .map_err(|_| Rejection::Unfit(Unfit::SpecialToken))?
        .split_off(prompt.len());
    accept(outcome.status, frames.len())?;
    // A function's value is the one special token that belongs there.
    if super::vocabulary::contains_special(&frames.replace(super::vocabulary::FUNCTION, "")) {
        return Err(Unfit::SpecialToken.into());
    }
    Ok((prompt, frames))
}

/// What a model reads of a program.
pub fn prompt(source: &str) -> Result<String, Unfit> {
    if MARKS.iter().any(|mark| source.contains(mark)) || super::vocabulary::contains_special(source) {
        return Err(Unfit::SpecialToken);
    }
    Ok(format!("{CONTEXT}{}{FRAME}", context(source)))
}

/// Whether a text is in this format: it begins with one of its marks.
pub fn is_frames(text: &str) -> bool {
    let text = text.trim_start();
    MARKS.iter().any(|mark| text.starts_with(mark))
}

/// Reads frames back, as far as they can be read: an entry's first variable is its event with the line's source, then come
/// the locals or the value.
pub fn parse(text: &str) -> Vec<TextEntry> {
    let mut entries: Vec<TextEntry> = text
        .split_inclusive(FRAME)
        .filter(|part| !part.trim().is_empty())
        .map(entry)
        .collect();
    // The context is no frame.
    if text.trim_start().starts_with(CONTEXT) {
        entries.remove(0);
    }
    entries
}

/// The repr that the program's last line got from the function that it calls: what was returned last, but for the program's
/// own return.
pub fn last_returned(frames: &str, program: &str) -> Option<String> {
    let last_line = program.trim_end().lines().next_back().unwrap_or("").trim();
    let entries = parse(frames);
    let mut returns = entries.iter().rev().filter_map(|entry| match entry.state.as_slice() {
        [(event, line), .., (_, value)] if entry.complete && event == "return" && line != last_line => Some(value),
        _ => None,
    });
    serde_json::from_str(returns.next()?).ok()
}

fn entry(part: &str) -> TextEntry {
    let (body, ended) = match part.strip_suffix(FRAME) {
        Some(body) => (body.trim(), true),
        None => (part.trim(), false),
    };
    let events = [
        (CALL, "call"),
        (LINE, "line"),
        (RETURN, "return"),
        (EXCEPTION, "exception"),
    ];
    let found = events
        .iter()
        .find_map(|(mark, name)| Some((*name, body.strip_prefix(mark)?)));
    let (event, rest) = found.unwrap_or(("", body));
    let (locals, action) = rest.split_once(ACTION).unwrap_or((rest, ""));
    let (line, value) = match action.split_once(ARGUMENT) {
        Some((line, value)) => (line, Some(value)),
        None => (action, None),
    };
    let mut state = vec![(event.to_owned(), line.trim().to_owned())];
    let mut readable = !event.is_empty();
    if !locals.trim().is_empty() {
        match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(locals.trim()) {
            Ok(locals) => state.extend(locals.into_iter().map(|(name, value)| {
                (
                    name,
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), |text| text.trim().to_owned()),
                )
            })),
            Err(_) => readable = false,
        }
    }
    if let Some(value) = value {
        state.push(("value".to_owned(), value.trim().to_owned()));
    }
    TextEntry {
        line: None,
        state,
        output: None,
        complete: ended && readable,
    }
}

fn is_definition(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("def ") || line.starts_with("async def ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(source: &str, short: bool) -> String {
        trace_frames(&mut Tracer::new(), source, "", &Limits::default(), short)
            .1
            .unwrap()
    }

    #[test]
    fn a_marked_function_is_traced_from_call_to_return() {
        let source =
            "def g(s):\n    return s * 2\ndef main(): # << START_OF_TRACE\n    a = 'x'\n    return g(a)\nmain()\n";
        assert_eq!(
            frames(source, false),
            format!(
                "<|trace_context_start|>{source}<|frame_sep|>\
                 <|call_sep|>{{}}<|action_sep|>def main(): # << START_OF_TRACE<|frame_sep|>\
                 <|line_sep|>{{}}<|action_sep|>    a = 'x'<|frame_sep|>\
                 <|line_sep|>{{\"a\": \"'x'\"}}<|action_sep|>    return g(a)<|frame_sep|>\
                 <|call_sep|>{{\"s\": \"'x'\"}}<|action_sep|>def g(s):<|frame_sep|>\
                 <|line_sep|>{{\"s\": \"'x'\"}}<|action_sep|>    return s * 2<|frame_sep|>\
                 <|return_sep|><|action_sep|>    return s * 2<|arg_sep|>\"'xx'\"<|frame_sep|>\
                 <|return_sep|><|action_sep|>    return g(a)<|arg_sep|>\"'xx'\"<|frame_sep|>"
            )
        );
        assert!(frames(source, true).contains("<|line_sep|>{\"s\": \"..\"}<|action_sep|>    return s * 2"));
    }

    #[test]
    fn frames_are_read_back() {
        let source = "def f(x):\n    return x\nf(2)\n";
        let entries = parse(&frames(source, false));
        assert!(entries.iter().all(|entry| entry.complete));
        let texts: Vec<String> = entries
            .iter()
            .map(|entry| {
                entry
                    .state
                    .iter()
                    .map(|(name, value)| format!("{name}={value};"))
                    .collect()
            })
            .collect();
        assert_eq!(
            texts[3..6],
            [
                "call=def f(x):;x=2;",
                "line=return x;x=2;",
                "return=return x;value=\"2\";"
            ]
        );
        let (prompt, trace) = texts_of(source);
        assert!(prompt.ends_with(FRAME) && is_frames(&trace) && parse(&trace) == entries);
        assert!(!parse("<|line_sep|>{\"a\": \"1<|action_sep|>a = 1<|frame_sep|>")[0].complete);
    }

    fn texts_of(source: &str) -> (String, String) {
        texts(&mut Tracer::new(), source, "", &Limits::default()).unwrap()
    }

    #[test]
    fn a_program_without_a_mark_is_traced_whole() {
        let text = frames("a = 1\n1 // 0\n", false);
        assert!(text.starts_with(
            "<|trace_context_start|># << START_OF_TRACE\na = 1\n1 // 0\n<|frame_sep|><|call_sep|>{}<|action_sep|>"
        ));
        assert!(text.ends_with(
            "<|line_sep|>{\"a\": \"1\"}<|action_sep|>1 // 0<|frame_sep|><|exception_sep|><|action_sep|>1 // 0<|arg_sep|>\
             \"ZeroDivisionError('integer division or modulo by zero')\"<|frame_sep|>"
        ));
        let never = trace_frames(
            &mut Tracer::new(),
            "def f(): # << START_OF_TRACE\n    pass\n",
            "",
            &Limits::default(),
            false,
        );
        assert!(never.1.unwrap_err().contains("never called"));
    }

    #[test]
    fn the_last_call_s_value_is_found() {
        let program = "def g(n):\n    return n\ndef f(n):\n    return [g(n), 'a']\nprint(f(2))\n";
        let all = frames(program, false);
        assert_eq!(last_returned(&all, program).as_deref(), Some("[2, 'a']"));
        // A prediction that was cut off has only the values before.
        let cut = all.rfind(RETURN).unwrap();
        assert_eq!(last_returned(&all[..cut], program).as_deref(), Some("[2, 'a']"));
        let cut = all[..cut].rfind(RETURN).unwrap();
        assert_eq!(last_returned(&all[..cut], program).as_deref(), Some("2"));
        assert_eq!(last_returned("no frames", program), None);
    }
}
