//! Search, re-ranking and CRUXEval from the command line, with a small model of random weights.

mod common;

use common::{prints, refuses, workplace};
use serde_json::{Value, json};

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

#[test]
fn an_index_finds_its_own_programs() {
    let place = workplace();
    let path = place.path();
    std::fs::create_dir(path.join("programs")).unwrap();
    for (name, text) in [
        ("one.py", "for i in range(3):\n    print(i)\n"),
        ("two.py", "def f(x):\n    return x * 2\n"),
        ("three.py", "s = 'a'\nwhile s:\n    s = s[1:]\n"),
    ] {
        std::fs::write(path.join("programs").join(name), text).unwrap();
    }
    let few = ["--max-tokens", "16"];
    let index = [
        "search",
        "index",
        "programs",
        "--model",
        "model",
        "--index",
        "index",
        "--executions",
    ];
    let said = prints(path, &[&index[..], &few].concat(), "");
    assert!(said.contains("3 programs"), "{said}");
    for signal in ["none", "outputs", "traces"] {
        let query = [
            "search",
            "query",
            "programs/two.py",
            "--index",
            "index",
            "--signal",
            signal,
            "--json",
        ];
        let found = prints(path, &[&query[..], &few].concat(), "");
        let first: Value = serde_json::from_str(found.lines().next().unwrap()).unwrap();
        assert_eq!(first["name"], "programs/two.py");
        assert!((first["cosine"].as_f64().unwrap() - 1.0).abs() < 1e-4);
    }
    // Another model's embeddings cannot be compared.
    let weights = path.join("model/model.safetensors");
    let mut bytes = std::fs::read(&weights).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&weights, bytes).unwrap();
    let query = ["search", "query", "programs/two.py", "--index", "index"];
    refuses(path, &query, "is not the model that made index");
    refuses(
        path,
        &["search", "query", "program.py", "--index", "nothing"],
        "nothing: holds no index",
    );
}

#[test]
fn a_search_is_evaluated_on_the_released_schema() {
    let place = workplace();
    let path = place.path();
    let program = |id: u32, problem: u32, code: &str| json!({"code_id": id, "problem_id": problem, "original_code": code, "id": id});
    let loops = "for i in range(9):\n    print(i)\n";
    let text = lines(&[
        program(1, 7, loops),
        program(2, 8, "a = {}\n"),
        program(3, 7, loops),
        program(4, 9, "import os\n"),
    ]);
    std::fs::write(path.join("search.jsonl"), text).unwrap();
    let evaluate = [
        "search",
        "evaluate",
        "--data",
        "search.jsonl",
        "--model",
        "model",
        "--json",
        "figures.json",
    ];
    let said = prints(path, &[&evaluate[..], &["--max-tokens", "8"]].concat(), "");
    // Each of two equal programs finds the other first.
    assert!(said.contains("MAP                  100.00"), "{said}");
    let figures: Value = serde_json::from_str(&std::fs::read_to_string(path.join("figures.json")).unwrap()).unwrap();
    assert_eq!(figures["made_by"]["sha256"]["search.jsonl"].as_str().unwrap().len(), 64);
    std::fs::write(path.join("traces.txt"), "<output> 1\n").unwrap();
    refuses(
        path,
        &[&evaluate[..], &["--traces", "traces.txt"]].concat(),
        "holds 1 traces for the 4 programs",
    );
}

#[test]
fn samples_are_ranked_and_run() {
    let place = workplace();
    let path = place.path();
    let problem = json!({
        "task_id": "T/0", "prompt": "def add(a, b):\n    \"\"\">>> add(1, 2)\n    3\n    \"\"\"\n", "entry_point": "add",
        "test": "def check(candidate):\n    assert candidate(2, 3) == 5\n", "canonical_solution": "    return a + b\n",
    });
    std::fs::write(path.join("problems.jsonl"), lines(&[problem])).unwrap();
    let sample = |completion: &str| json!({"task_id": "T/0", "completion": completion});
    let samples = [
        sample("    return a + b\n"),
        sample("    return a - b\n"),
        sample("    return (\n"),
        sample("    return b + a\n"),
    ];
    std::fs::write(path.join("samples.jsonl"), lines(&samples)).unwrap();
    let rerank = [
        "rerank",
        "--samples",
        "samples.jsonl",
        "--problems",
        "problems.jsonl",
        "--model",
        "model",
        "--max-tokens",
        "8",
    ];
    let said = prints(
        path,
        &[&rerank[..], &["--k", "1,2,4", "--out", "ranked.jsonl"]].concat(),
        "",
    );
    let rows: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(rows.contains(&vec!["pass@4", "100.00", "100.00"]), "{said}");
    // 1 − C(2, 2) / C(4, 2).
    assert!(rows.iter().any(|row| row.starts_with(&["pass@2", "83.33"])), "{said}");
    let ranked = std::fs::read_to_string(path.join("ranked.jsonl")).unwrap();
    assert_eq!(ranked.matches("\"passed\":true").count(), 2, "{ranked}");
    refuses(
        path,
        &[&rerank[..], &["--k", "9"]].concat(),
        "a task has only 4 samples",
    );
    refuses(
        path,
        &["rerank", "--samples", "samples.jsonl", "--model", "model"],
        "samples.jsonl: line 1: T/0: neither here nor in --problems",
    );
}

#[test]
fn cruxeval_is_scored() {
    let place = workplace();
    let path = place.path();
    let problem = |id: &str, output: &str| json!({"id": id, "code": "def f(a):\n    return a[::-1]", "input": "[1, 2]", "output": output});
    std::fs::write(
        path.join("crux.jsonl"),
        lines(&[problem("s0", "[2, 1]"), problem("s1", "[9]")]),
    )
    .unwrap();
    let cruxeval = [
        "cruxeval",
        "--data",
        "crux.jsonl",
        "--model",
        "model",
        "--max-tokens",
        "8",
    ];
    let said = prints(
        path,
        &[
            &cruxeval[..],
            &["--temperature", "1", "--samples", "2", "--json", "figures.json"],
        ]
        .concat(),
        "",
    );
    assert!(said.contains("2 problems\npass@1      0.00"), "{said}");
    assert!(
        said.contains("1 have outputs that running them does not give: s1"),
        "{said}"
    );
    assert!(path.join("figures.json").exists());
    refuses(
        path,
        &[&cruxeval[..], &["--samples", "2"]].concat(),
        "a search gives one answer",
    );
    std::fs::write(
        path.join("crux.jsonl"),
        "{\"id\": \"s0\", \"code\": \"\", \"input\": \"\"}\n",
    )
    .unwrap();
    refuses(path, &cruxeval, "crux.jsonl: line 1: missing field `output`");
}
