//! Traces as JSON, and CPython 3.11 as a peer to compare them with.

use python::Trace;
use serde_json::{Map, Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Status, standard output, exception and entries, in the order and under the names that `cpython/tracer.py` uses.
pub fn as_json(trace: &Trace) -> Value {
    let entries: Vec<Value> = trace
        .entries
        .iter()
        .map(|entry| {
            let state: Map<String, Value> = entry
                .state
                .iter()
                .map(|(name, value)| (name.clone(), json!(value)))
                .collect();
            let mut object = json!({"line": entry.line, "state": state});
            if let Some(output) = &entry.output {
                object["output"] = json!(output);
            }
            object
        })
        .collect();
    let exception = trace
        .exception
        .as_ref()
        .map(|e| json!({"type": e.type_name, "message": e.message, "line": e.line}));
    json!({"status": trace.status.name(), "stdout": trace.stdout, "exception": exception, "trace": entries})
}

#[allow(dead_code, reason = "not every user of this file compares")]
/// An answer as text, without the addresses that CPython prints: they differ from run to run.
pub fn without_addresses(answer: &Value) -> String {
    let text = answer.to_string();
    let mut pieces = text.split(" at 0x");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(piece.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

/// A running `cpython/tracer.py`.
#[allow(dead_code, reason = "not every user of this file compares")]
pub struct Cpython {
    command: String,
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

#[allow(dead_code, reason = "not every user of this file compares")]
impl Cpython {
    /// Starts `command` (`python3`, a path); None unless it is CPython 3.11.
    pub fn start(command: &str) -> Option<Cpython> {
        let version = Command::new(command)
            .args([
                "-c",
                "import sys; print(sys.implementation.name, *sys.version_info[:2])",
            ])
            .output()
            .ok()?;
        if version.stdout != b"cpython 3 11\n" {
            return None;
        }
        let (child, requests, answers) = spawn(command)?;
        Some(Cpython {
            command: command.into(),
            child,
            requests,
            answers,
        })
    }

    /// The traces of `programs` (objects with `code`, `stdin` and, for a process of its own, `fork`). None when the process
    /// died over them; it has been started anew then.
    pub fn trace(&mut self, programs: &[Value]) -> Option<Vec<Value>> {
        let mut line = serde_json::to_vec(programs).ok()?;
        line.push(b'\n');
        let sent = self.requests.write_all(&line).and_then(|()| self.requests.flush());
        let mut answer = String::new();
        if sent.is_ok() && self.answers.read_line(&mut answer).is_ok() && !answer.is_empty() {
            return serde_json::from_str(&answer).ok();
        }
        let _ = self.child.wait();
        (self.child, self.requests, self.answers) = spawn(&self.command).expect("CPython starts as it did before");
        None
    }
}

impl Drop for Cpython {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(command: &str) -> Option<(Child, ChildStdin, BufReader<ChildStdout>)> {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cpython/tracer.py");
    let mut child = Command::new(command)
        .arg(script)
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let requests = child.stdin.take()?;
    let answers = BufReader::new(child.stdout.take()?);
    Some((child, requests, answers))
}
