//! Programs of our own, each with the trace that CPython 3.11 gives it: `programs/NAME.py`, its input `NAME.in` if it reads any, and
//! `NAME.json` with status, standard output, exception and entries (`trace` is null where only the rest is compared).

use python::Tracer;
use serde_json::{Value, json};
use std::path::Path;

fn traced(source: &str, stdin: &str) -> Value {
    let trace = Tracer::new().trace(
        source,
        stdin,
        &python::Limits {
            seconds: 60.0,
            ..Default::default()
        },
    );
    let entries: Vec<Value> = trace
        .entries
        .iter()
        .map(|entry| {
            let state: serde_json::Map<String, Value> = entry
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

/// Compares as text, so that the order of variables counts.
#[test]
fn programs_have_cpythons_traces() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut seen = 0;
    for file in std::fs::read_dir(&folder).expect("the folder of programs") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        seen += 1;
        let source = std::fs::read_to_string(&path).expect("a program");
        let stdin = std::fs::read_to_string(path.with_extension("in")).unwrap_or_default();
        let wanted = std::fs::read_to_string(path.with_extension("json")).expect("its expected trace");
        let wanted: Value = serde_json::from_str(&wanted).expect("JSON");
        let got = traced(&source, &stdin);
        for part in ["status", "stdout", "exception", "trace"] {
            if !(part == "trace" && wanted[part].is_null()) {
                assert_eq!(
                    got[part].to_string(),
                    wanted[part].to_string(),
                    "{part} of {}",
                    path.display()
                );
            }
        }
    }
    assert!(seen >= 8, "only {seen} programs found");
}

/// A tracer that has run one program knows nothing of it in the next.
#[test]
fn programs_do_not_see_each_other() {
    let mut tracer = Tracer::new();
    let limits = python::Limits::default();
    tracer.trace("import sys\nx = 1\nsys.stdout = None\nclass A: y = 2", "", &limits);
    let trace = tracer.trace("print(x)", "", &limits);
    let exception = trace.exception.expect("a NameError");
    assert_eq!(
        (exception.type_name.as_str(), exception.message.as_str()),
        ("NameError", "name 'x' is not defined")
    );
    assert_eq!(tracer.trace("print(1)", "", &limits).stdout, "1\n");
}

/// Programs that would eat time or memory end at a limit.
#[test]
fn hostile_programs_meet_limits() {
    let limits = python::Limits {
        seconds: 1.0,
        max_memory: 64 << 20,
        ..Default::default()
    };
    let mut tracer = Tracer::new();
    for (source, limit) in [
        ("x = 10 ** 10 ** 10", "memory"),
        ("x = 'a' * 10 ** 12", "memory"),
        ("x = 1 << 10 ** 12", "memory"),
        ("x = [0] * 10 ** 12", "memory"),
        ("(lambda: [None for _ in iter(int, 1)])()", "memory"),
        ("x = 0\nwhile True:\n    x += 1", "events"),
        ("x = sum(1 for _ in iter(int, 1))", "time"),
    ] {
        let trace = tracer.trace(source, "", &limits);
        assert_eq!(trace.status, python::Status::Limit, "{source}");
        assert_eq!(trace.exception.expect("the limit").message, limit, "{source}");
    }
}
