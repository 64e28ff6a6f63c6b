//! `trace` and `dataset` from the command line: order, thread counts, shapes.

use std::path::Path;
use std::process::{Command, Output};

fn codeexecutor(directory: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_codeexecutor"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

#[test]
fn jobs_keep_their_order_for_any_threads() {
    let directory = tempfile::tempdir().unwrap();
    let jobs: String = (0..200)
        .map(|id| {
            format!(
                "{{\"id\": {id}, \"code\": \"n = int(input())\\nprint(n * {id})\\n\", \"stdin\": \"{}\\n\"}}\n",
                id % 7
            )
        })
        .collect();
    std::fs::write(directory.path().join("in.jsonl"), jobs).unwrap();
    for threads in ["1", "3"] {
        let out = format!("out{threads}.jsonl");
        codeexecutor(
            directory.path(),
            &["trace", "--jobs", "in.jsonl", "--out", &out, "--threads", threads],
        );
    }
    let read = |name: &str| std::fs::read_to_string(directory.path().join(name)).unwrap();
    assert_eq!(read("out1.jsonl"), read("out3.jsonl"));
    for (id, line) in read("out1.jsonl").lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            (value["id"].as_u64(), value["status"].as_str()),
            (Some(id as u64), Some("ok"))
        );
        assert_eq!(value["stdout"], format!("{}\n", id % 7 * id));
    }
}

#[test]
fn a_program_is_shown_in_each_format() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("p.py"), "s = ['x', 'y', 'z']\nprint(len(s))\n").unwrap();
    let show = |format: &str| {
        let output = codeexecutor(directory.path(), &["trace", "p.py", "--format", format]);
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(show("table").contains("*s = ['x', 'y', 'z']") && show("table").contains("prints: 3"));
    assert_eq!(
        show("codeexecutor").trim(),
        "<line> <0> <state> s : [ x , y , z ] </state> <line> <1> <state> s : [ x , y , z ] </state> <output> 3"
    );
    let json: serde_json::Value = serde_json::from_str(&show("json")).unwrap();
    assert_eq!(json["trace"][1]["output"], "3\n");
}

#[test]
fn singleline_data_is_the_same_for_any_threads() {
    let directory = tempfile::tempdir().unwrap();
    for threads in ["1", "2"] {
        let arguments = [
            "dataset",
            "singleline",
            "--count",
            "50",
            "--seed",
            "4",
            "--out",
            threads,
            "--threads",
            threads,
        ];
        codeexecutor(directory.path(), &arguments);
    }
    let read = |folder: &str| {
        std::fs::read_to_string(directory.path().join(folder).join("train-00000-of-00001.jsonl")).unwrap()
    };
    assert_eq!(read("1"), read("2"));
    for line in read("1").lines() {
        let example: codeexecutor::data::example::Example = serde_json::from_str(line).unwrap();
        assert_eq!(example.code_tokens[0], "<0>");
        assert_eq!((example.trace_tokens[0].as_str(), example.trace.len()), ("<state>", 1));
        assert_eq!(example.trace[0], example.trace_tokens.join(" "));
    }
}
