//! A small model of random weights, programs beside it, and the command that meets them.

use codeexecutor::data::generate::{Level, program};
use codeexecutor::data::text::{Joined, code_tokens};
use codeexecutor::data::tokenizer::Tokenizer;
use codeexecutor::device::cpu::Cpu;
use codeexecutor::model::{Model, ModelConfig};
use codeexecutor::train::checkpoint;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

pub const PROGRAM: &str = "a = 1\nb = a + 1\nprint(b)\n";

/// A folder `model` with random weights, and programs beside it.
pub fn workplace() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let corpus = (0..200u64).map(|index| {
        let mut joined = Joined::default();
        code_tokens(&program(1, index, Level::Full), &mut joined).unwrap();
        joined.text
    });
    let tokenizer = Tokenizer::train(corpus, 600).unwrap();
    let config = ModelConfig {
        hidden_size: 32,
        intermediate_size: 64,
        num_hidden_layers: 2,
        num_attention_heads: 2,
        ..ModelConfig::preset("tiny", tokenizer.size()).unwrap()
    };
    let model = Model::initialize(Arc::new(Cpu::<f32>::new(1).unwrap()), config, 5, false).unwrap();
    checkpoint::save(&directory.path().join("model"), &model, &tokenizer, None).unwrap();
    let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text).unwrap();
    write("program.py", PROGRAM);
    write("empty.py", "\n\n");
    write("comment.py", "# nothing\n");
    write("long.py", &"value = 1 + 2\n".repeat(100));
    write("marked.py", "a = '<state>'\n");
    directory
}

pub fn codeexecutor(directory: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_codeexecutor"))
        .args(arguments)
        .args(["--threads", "1"])
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments may not wait for its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

pub fn prints(directory: &Path, arguments: &[&str], input: &str) -> String {
    let output = codeexecutor(directory, arguments, input);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// One line on standard error that says `part`, nothing on standard output, and a failing exit.
pub fn refuses(directory: &Path, arguments: &[&str], part: &str) {
    let output = codeexecutor(directory, arguments, "");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?} succeeded");
    assert_eq!(error.trim_end().lines().count(), 1, "{arguments:?}: {error}");
    assert!(error.contains(part), "{arguments:?}: {error}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
}
