//! Programs of our own, each with the trace that CPython 3.11 gives it: `programs/NAME.py`, its input `NAME.in` if it reads any, and
//! `NAME.json` with status, standard output, exception and entries (`trace` is null where only the rest is compared).

mod support;

use python::{Limits, Tracer};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use support::{Cpython, as_json, without_addresses};

fn traced(source: &str, stdin: &str) -> Value {
    let limits = Limits {
        seconds: 60.0,
        ..Default::default()
    };
    as_json(&Tracer::new().trace(source, stdin, &limits))
}

/// Each program with its input.
fn programs() -> Vec<(PathBuf, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let files = std::fs::read_dir(&folder).expect("the folder of programs");
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    paths.sort();
    let read = |path: PathBuf| {
        let source = std::fs::read_to_string(&path).expect("a program");
        let stdin = std::fs::read_to_string(path.with_extension("in")).unwrap_or_default();
        (path, source, stdin)
    };
    paths.into_iter().map(read).collect()
}

/// Compares as text, so that the order of variables counts.
#[test]
fn programs_have_cpythons_traces() {
    let programs = programs();
    assert!(programs.len() >= 8, "only {} programs found", programs.len());
    for (path, source, stdin) in programs {
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
}

/// The stored expectations are what a local CPython 3.11 answers, where there is one.
#[test]
fn expectations_are_cpythons() {
    let Some(mut cpython) = Cpython::start("python3") else {
        return eprintln!("python3 is not CPython 3.11: nothing to compare with");
    };
    for (path, source, stdin) in programs() {
        let wanted = std::fs::read_to_string(path.with_extension("json")).expect("its expected trace");
        let wanted: Value = serde_json::from_str(&wanted).expect("JSON");
        if ["RecursionError", "recursion depth"]
            .iter()
            .any(|word| wanted.to_string().contains(word))
        {
            // Where and in which words it comes depends on the frames below the program.
            continue;
        }
        // On a busy machine threads take over, and sleepers wake, in another order now and then: it is asked again.
        let timed = ["concurrent.futures", "sleep"].iter().any(|word| source.contains(word));
        for tries_left in (0..if timed { 5 } else { 1 }).rev() {
            let answers = cpython.trace(&[json!({"code": source, "stdin": stdin, "fork": true})]);
            let theirs = answers.expect("CPython answers").remove(0);
            let parts = ["status", "stdout", "exception", "trace"];
            let differs = parts.into_iter().find(|&part| {
                !(part == "trace" && wanted[part].is_null())
                    && without_addresses(&theirs[part]) != without_addresses(&wanted[part])
            });
            let Some(part) = differs else { break };
            if tries_left == 0 {
                let name = path.display();
                assert_eq!(
                    without_addresses(&theirs[part]),
                    without_addresses(&wanted[part]),
                    "{part} of {name}"
                );
            }
        }
    }
}

/// A tracer that has run one program knows nothing of it in the next.
#[test]
fn programs_do_not_see_each_other() {
    let mut tracer = Tracer::new();
    let limits = Limits::default();
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
        let limits = Limits {
            seconds: if limit == "time" { 1.0 } else { 60.0 },
            max_memory: 64 << 20,
            ..Default::default()
        };
        let trace = tracer.trace(source, "", &limits);
        assert_eq!(trace.status, python::Status::Limit, "{source}");
        assert_eq!(trace.exception.expect("the limit").message, limit, "{source}");
    }
}

/// Library modules are kept from one program to the next: `sys` among them is each program's own.
#[test]
fn kept_modules_serve_the_next_program() {
    let source = "import types, sys, io\nkept = sys.stdout\nsys.stdout = io.StringIO()\nprint('inside')\n\
                  text = sys.stdout.getvalue()\nsys.stdout = kept\nprint(repr(text), 'types' in sys.modules)\n";
    let mut tracer = Tracer::new();
    for _ in 0..3 {
        let trace = tracer.trace(source, "", &Limits::default());
        assert_eq!(trace.stdout, "'inside\\n' True\n");
    }
}
