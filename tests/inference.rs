//! Prediction and evaluation from the command line, with a small model of random weights.

mod common;

use common::{PROGRAM, codeexecutor, prints, refuses, workplace};

#[test]
fn programs_are_predicted_in_every_form() {
    let place = workplace();
    let path = place.path();
    let predict = ["predict", "program.py", "--model", "model", "--max-tokens", "24"];
    let with = |more: &[&'static str]| -> Vec<&str> { predict.iter().copied().chain(more.iter().copied()).collect() };
    let text = prints(path, &with(&["--format", "codeexecutor"]), "");
    assert_eq!(text.trim_end().lines().count(), 1);
    // The same from standard input, and from a line of JSON.
    let mut stdin = with(&["--format", "codeexecutor"]);
    stdin[1] = "-";
    assert_eq!(prints(path, &stdin, PROGRAM), text);
    let line = |id: &str, code: &str| format!("{}\n", serde_json::json!({"id": id, "code": code}));
    std::fs::write(
        path.join("programs.jsonl"),
        line("p", PROGRAM) + &line("q", "c = [1, 2]\n"),
    )
    .unwrap();
    let many = ["predict", "programs.jsonl", "--model", "model", "--max-tokens", "24"];
    let json = prints(path, &[&many[..], &["--format", "json", "--compare"]].concat(), "");
    let records: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&records[0]["id"], &records[1]["id"]), (&"p".into(), &"q".into()));
    assert_eq!(records[0]["prediction"], text.trim_end());
    assert!(records[0]["truth"].as_str().unwrap().ends_with("<output> 2"));
    assert_eq!(records[0]["first_difference"]["entry"], 0);
    let lines = records[0]["lines"].as_array().unwrap();
    let sum: f64 = lines.iter().map(|line| line["log_probability"].as_f64().unwrap()).sum();
    assert!(sum < 0.0 && (sum - records[0]["log_probability"].as_f64().unwrap()).abs() < 1e-6);
    // With a file to write to, the screen stays empty and the file is whole.
    let out = prints(path, &[&many[..], &["--out", "out.jsonl"]].concat(), "");
    assert!(out.is_empty());
    assert_eq!(
        std::fs::read_to_string(path.join("out.jsonl")).unwrap().lines().count(),
        2
    );
    // A seed decides what is drawn; beams and their options run.
    let drawn = |seed| {
        prints(
            path,
            &with(&["--format", "codeexecutor", "--temperature", "2", "--seed", seed]),
            "",
        )
    };
    assert_eq!(drawn("1"), drawn("1"));
    assert!(drawn("1") != drawn("2") || drawn("1") != drawn("3"));
    let beams = prints(
        path,
        &with(&[
            "--beam",
            "3",
            "--early-stop",
            "--length-penalty",
            "0.6",
            "--log-probabilities",
        ]),
        "",
    );
    assert!(beams.trim_start().starts_with('-'), "{beams}");
    let compared = prints(path, &with(&["--compare"]), "");
    assert!(
        compared.contains("\nX ") && compared.contains("first difference: "),
        "{compared}"
    );
}

#[test]
fn a_folder_is_predicted_past_what_cannot_be() {
    let place = workplace();
    let path = place.path();
    let arguments = [
        "predict",
        ".",
        "--model",
        "model",
        "--max-tokens",
        "8",
        "--out",
        "out.jsonl",
    ];
    let output = codeexecutor(path, &arguments, "");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(
        error.contains("long.py: the program has") && error.contains("at most 255"),
        "{error}"
    );
    assert!(error.contains("4 of 5 programs could not be predicted"), "{error}");
    let lines = std::fs::read_to_string(path.join("out.jsonl")).unwrap();
    assert_eq!(lines.matches("\"error\"").count(), 4);
    assert_eq!(lines.matches("\"prediction\"").count(), 1);
}

#[test]
fn an_evaluation_names_what_made_it() {
    let place = workplace();
    let path = place.path();
    let example = serde_json::json!({
        "id": 1, "code": "a = 1\nprint(a)", "code_tokens": "<0> a = 1 <1> print ( a )".split(' ').collect::<Vec<_>>(),
        "trace": [], "trace_tokens": "<line> <0> <state> a : 1 </state> <line> <1> <state> a : 1 </state> <output> 1",
    });
    std::fs::write(path.join("data.jsonl"), format!("{example}\n{example}\n")).unwrap();
    let arguments = [
        "evaluate",
        "--model",
        "model",
        "--data",
        "data.jsonl",
        "--max-tokens",
        "16",
        "--beam",
        "2",
        "--json",
        "figures.json",
    ];
    let text = prints(path, &arguments, "");
    assert!(
        text.contains("2 examples of codenet") && text.contains("function calls"),
        "{text}"
    );
    let figures: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path.join("figures.json")).unwrap()).unwrap();
    assert_eq!(figures["made_by"]["decoding"]["search"]["beams"], 2);
    assert_eq!(figures["made_by"]["sha256"]["data.jsonl"].as_str().unwrap().len(), 64);
    assert_eq!(figures["statuses"].as_array().unwrap().len(), 7);
}

#[test]
fn bad_input_gets_one_line_and_leaves_nothing() {
    let place = workplace();
    let path = place.path();
    let predict = |program: &str, part: &str| {
        refuses(
            path,
            &["predict", program, "--model", "model", "--out", "out.jsonl"],
            part,
        );
        assert!(!path.join("out.jsonl").exists());
    };
    predict("empty.py", "empty.py: holds no program");
    predict("comment.py", "comment.py: holds no program");
    predict("long.py", "tokens, the model takes at most 255");
    predict("marked.py", "the text of a special token occurs in it");
    predict("missing.py", "missing.py");
    refuses(
        path,
        &["predict", "program.py", "--model", "model", "--beam", "0"],
        "--beam 0: must be at least 1",
    );
    refuses(
        path,
        &["predict", "program.py", "--model", "model", "--temperature", "0"],
        "--temperature 0: must be above 0",
    );
    std::fs::create_dir(path.join("none")).unwrap();
    predict("none", "none: holds no *.py");
    let write = |name: &str, text: &str| std::fs::write(path.join(name), text).unwrap();
    write("bad.jsonl", "{\"id\": 1}\n");
    predict("bad.jsonl", "bad.jsonl: line 1: missing field `code`");
    // Labels are missing, or empty.
    write("data.jsonl", "{\"id\": 1, \"code\": \"a = 1\", \"code_tokens\": []}\n");
    let evaluate = [
        "evaluate",
        "--model",
        "model",
        "--data",
        "data.jsonl",
        "--json",
        "figures.json",
    ];
    refuses(path, &evaluate, "data.jsonl: line 1: missing field `trace_tokens`");
    write(
        "data.jsonl",
        "{\"id\": 1, \"code\": \"a = 1\", \"code_tokens\": [\"<0>\"], \"trace_tokens\": []}\n",
    );
    refuses(path, &evaluate, "example 1: trace_tokens is empty");
    assert!(!path.join("figures.json").exists());
    // A tokenizer of another model, and one without the special tokens.
    let config = std::fs::read_to_string(path.join("model/config.json")).unwrap();
    std::fs::write(path.join("model/config.json"), config.replace("600", "599")).unwrap();
    predict("program.py", "model.safetensors");
    std::fs::write(path.join("model/config.json"), &config).unwrap();
    let tokenizer = std::fs::read_to_string(path.join("model/tokenizer.json")).unwrap();
    std::fs::write(
        path.join("model/tokenizer.json"),
        tokenizer.replace("<encoder-only>", "<encoder-other>"),
    )
    .unwrap();
    predict("program.py", "has no token <encoder-only>");
    std::fs::write(path.join("model/tokenizer.json"), "{}").unwrap();
    predict("program.py", "tokenizer.json");
}
