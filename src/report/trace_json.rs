//! A trace as JSON, in the shape and order of keys that `trace --jobs` has:
//! `{"id", "status", "stdout", "exception", "trace": [{"line", "state", "output"}]}`.

use python::{Limits, State, Status, TraceSink, Tracer};
use serde_json::Value;

/// Writes entries as they come.
struct Entries {
    text: Vec<u8>,
}

fn string(text: &mut Vec<u8>, value: &str) {
    serde_json::to_writer(text, value).expect("memory takes all that is written");
}

impl TraceSink for Entries {
    fn entry(&mut self, line: usize, state: State<'_>, output: Option<&str>) {
        let text = &mut self.text;
        if !text.is_empty() {
            text.extend_from_slice(b", ");
        }
        text.extend_from_slice(format!("{{\"line\": {line}, \"state\": {{").as_bytes());
        for (index, (name, value)) in state.iter().enumerate() {
            if index > 0 {
                text.extend_from_slice(b", ");
            }
            string(text, name);
            text.extend_from_slice(b": ");
            string(text, value);
        }
        text.push(b'}');
        if let Some(output) = output {
            text.extend_from_slice(b", \"output\": ");
            string(text, output);
        }
        text.push(b'}');
    }
}

/// Runs a program and returns its trace as one line of JSON, without the line's end.
pub fn trace_json(tracer: &mut Tracer, id: &Value, source: &str, stdin: &str, limits: &Limits) -> Vec<u8> {
    let mut entries = Entries { text: Vec::new() };
    let outcome = tracer.run(source, stdin, limits, &mut entries);
    let mut text = Vec::with_capacity(entries.text.len() + outcome.stdout.len() + 256);
    text.extend_from_slice(b"{\"id\": ");
    text.extend_from_slice(id.to_string().as_bytes());
    text.extend_from_slice(b", \"status\": ");
    string(&mut text, outcome.status.name());
    text.extend_from_slice(b", \"stdout\": ");
    string(&mut text, &outcome.stdout);
    text.extend_from_slice(b", \"exception\": ");
    // A limit is no exception of the program's: the status says it all.
    match outcome.exception.filter(|_| outcome.status != Status::Limit) {
        None => text.extend_from_slice(b"null"),
        Some(exception) => {
            text.extend_from_slice(b"{\"type\": ");
            string(&mut text, &exception.type_name);
            text.extend_from_slice(b", \"message\": ");
            string(&mut text, &exception.message);
            text.extend_from_slice(format!(", \"line\": {}}}", exception.line).as_bytes());
        }
    }
    text.extend_from_slice(b", \"trace\": [");
    text.extend_from_slice(&entries.text);
    text.extend_from_slice(b"]}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_have_the_agreed_shape() {
        let line = |source: &str, limits: &Limits| {
            let text = trace_json(&mut Tracer::new(), &Value::from(7), source, "", limits);
            String::from_utf8(text).unwrap()
        };
        assert_eq!(
            line("s = 'é'\nprint(s)\n1 // 0\n", &Limits::default()),
            "{\"id\": 7, \"status\": \"exception\", \"stdout\": \"é\\n\", \"exception\": {\"type\": \"ZeroDivisionError\", \
             \"message\": \"integer division or modulo by zero\", \"line\": 2}, \"trace\": [{\"line\": 0, \"state\": {\"s\": \
             \"'é'\"}}, {\"line\": 1, \"state\": {\"s\": \"'é'\"}, \"output\": \"é\\n\"}, {\"line\": 2, \"state\": {\"s\": \
             \"'é'\"}}]}"
        );
        let limited = line(
            "while True: pass\n",
            &Limits {
                max_events: 5,
                ..Limits::default()
            },
        );
        assert!(
            limited.contains("\"status\": \"limit\", \"stdout\": \"\", \"exception\": null"),
            "{limited}"
        );
    }
}
