//! CPython as the peer: a process that traces programs one after the other (`tests/cpython/tracer.py --compact`).

use crate::source::Program;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub struct Peer {
    command: String,
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Whether each program gets a process of its own, where nothing of an earlier one can be seen.
    alone: bool,
}

impl Peer {
    /// Starts `command` (`python3`, a path); None unless it is CPython 3.11.
    pub fn start(command: &str, alone: bool) -> Option<Peer> {
        let version = "import sys; print(sys.implementation.name, *sys.version_info[:2])";
        let version = Command::new(command).args(["-c", version]).output().ok()?;
        if version.stdout != b"cpython 3 11\n" {
            return None;
        }
        let (child, requests, answers) = spawn(command)?;
        Some(Peer {
            command: command.into(),
            child,
            requests,
            answers,
            alone,
        })
    }

    /// Hands programs over; their answers are to be [taken](Peer::answer) in order.
    pub fn send<'a>(&mut self, programs: impl Iterator<Item = &'a Program>) {
        let programs: Vec<Value> = programs
            .map(|program| {
                let bounds = &program.bounds;
                json!({
                    "code": program.code, "stdin": program.stdin, "fork": self.alone, "events": bounds.events,
                    "characters": bounds.characters, "seconds": bounds.seconds,
                })
            })
            .collect();
        let line = Value::Array(programs).to_string() + "\n";
        // Where the process is gone, the missing answer tells so.
        let _ = self
            .requests
            .write_all(line.as_bytes())
            .and_then(|()| self.requests.flush());
    }

    /// The next answer; None when the process died before it gave one. Then it has been started anew, and what was sent
    /// before is forgotten.
    pub fn answer(&mut self) -> Option<String> {
        let answer = self.read();
        if answer.is_none() {
            self.restart();
        }
        answer
    }

    fn read(&mut self) -> Option<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line).ok()?;
        let mut text = vec![0; line.trim_end().parse().ok()?];
        self.answers.read_exact(&mut text).ok()?;
        String::from_utf8(text).ok()
    }

    /// The answer to one program.
    pub fn ask(&mut self, program: &Program) -> Option<String> {
        self.send(std::iter::once(program));
        self.answer()
    }

    pub fn restart(&mut self) {
        self.stop();
        (self.child, self.requests, self.answers) = spawn(&self.command).expect("CPython starts as it did before");
    }

    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawn(command: &str) -> Option<(Child, ChildStdin, BufReader<ChildStdout>)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cpython/tracer.py");
    let mut child = Command::new(command)
        .arg(script)
        .arg("--compact")
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let requests = child.stdin.take()?;
    let answers = BufReader::with_capacity(1 << 18, child.stdout.take()?);
    Some((child, requests, answers))
}
