//! The command line as its users meet it: what it prints, and how it refuses.

use std::path::Path;
use std::process::{Command, Output};

fn codeexecutor(directory: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_codeexecutor"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap()
}

/// One line on standard error that says `part`, and a failing exit.
fn refuses(directory: &Path, arguments: &[&str], part: &str) {
    let output = codeexecutor(directory, arguments);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?} succeeded");
    assert_eq!(error.trim_end().lines().count(), 1, "{arguments:?}: {error}");
    assert!(error.contains(part), "{arguments:?}: {error}");
}

#[test]
fn every_subcommand_helps() {
    let directory = tempfile::tempdir().unwrap();
    for command in [
        "quickstart",
        "trace",
        "train",
        "predict",
        "evaluate",
        "search",
        "rerank",
        "cruxeval",
    ] {
        let output = codeexecutor(directory.path(), &[command, "--help"]);
        assert!(output.status.success());
        assert!(String::from_utf8_lossy(&output.stdout).contains("Example"), "{command}");
    }
}

#[test]
fn metrics_of_two_files_are_printed_and_kept() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text).unwrap();
    write(
        "golds",
        "<state> a : 1 </state>\n<state> a : 2 <dictsep> b : 3 </state>\n",
    );
    write(
        "preds",
        "<state> a : 1 </state>\n<state> a : 2 <dictsep> b : 4 </state>\n",
    );
    let arguments = [
        "evaluate",
        "--predictions",
        "preds",
        "--golds",
        "golds",
        "--dataset",
        "singleline",
    ];
    let output = codeexecutor(
        directory.path(),
        &[&arguments[..], &["--json", "figures.json"]].concat(),
    );
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.contains("Trace accuracy         50.00") && text.contains("Identifier F1          66.67"),
        "{text}"
    );
    let json = std::fs::read_to_string(directory.path().join("figures.json")).unwrap();
    let figures: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(figures["metrics"]["trace_accuracy"], 50.0);
    write("preds", "<state> a : 1 </state>\n");
    refuses(directory.path(), &arguments, "preds: ends after 1 lines");
}

#[test]
fn bad_input_gets_one_line() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let write = |name: &str, text: &str| std::fs::write(path.join(name), text).unwrap();
    refuses(path, &["trace", "missing.py"], "missing.py");
    write("empty.py", "\n");
    refuses(path, &["trace", "empty.py"], "holds no program");
    write("bad.jsonl", "{\"id\": 1, \"code\": \"a = 1\"}\n{\"id\": 2}\n");
    refuses(
        path,
        &["trace", "--jobs", "bad.jsonl", "--out", "out.jsonl"],
        "bad.jsonl: line 2: missing field `code`",
    );
    assert!(!path.join("out.jsonl").exists());
    write("file", "");
    refuses(
        path,
        &["dataset", "singleline", "--count", "1", "--out", "file/below"],
        "file/below",
    );
    write("run.toml", "directory = 'runs/x'\n[model]\npreset = 'huge'\n");
    refuses(path, &["train", "--config", "run.toml"], "missing field `stage`");
    write("program.py", "a = 1\n");
    refuses(
        path,
        &["trace", "program.py", "--html", "nowhere/page.html"],
        "nowhere/page.html",
    );
    refuses(
        path,
        &["predict", "program.py", "--model", "nowhere"],
        "nowhere: there is no such folder",
    );
    refuses(
        path,
        &["predict", "program.py", "--model", "."],
        "config.json is missing",
    );
}

#[test]
fn traces_are_shown_in_every_form() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    std::fs::write(path.join("program.py"), "a = 'x' * 90\nprint(1)\n").unwrap();
    let shown = |arguments: &[&str]| {
        let output = codeexecutor(path, &[&["trace", "program.py"], arguments].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(shown(&[]).contains('…') && shown(&["--full"]).contains(&"x".repeat(90)));
    assert!(shown(&["--format", "cwm"]).contains("<|line_sep|>{}<|action_sep|>a = 'x' * 90<|frame_sep|>"));
    assert!(shown(&["--format", "cwm-short"]).contains("<|return_sep|>"));
    assert!(shown(&["--html", "page.html"]).is_empty());
    let page = std::fs::read_to_string(path.join("page.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("\"output\":\"1\\n\""));
}
