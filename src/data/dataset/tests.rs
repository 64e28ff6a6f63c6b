//! Data sets are the same whatever made them, split by program, resumable, and refuse what does not fit together.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use python::mutate::OPERATORS;

use super::*;
use crate::data::example::DataSet;
use crate::data::sources;

fn plan(format: Format, count: u64) -> Plan {
    let source = sources::tutorial_corpus();
    Plan {
        origin: Origin::Mutants(source.programs.into_iter().take(24).collect()),
        description: source.description,
        license: source.license,
        settings: Settings {
            data_set: DataSet::Tutorial,
            count,
            seed: 3,
            shards: 3,
            test_share: 0.2,
            format,
            compatible: false,
            order: 2,
            filters: Filters::default(),
        },
        operators: OPERATORS.iter().collect(),
        tokenizer: None,
    }
}

fn make(plan: &Plan, directory: &Path, only: Option<(u64, u64)>, resume: bool, threads: usize) -> Result<Counts> {
    build(plan, directory, only, resume, threads, |_| {})
}

fn contents(directory: &Path) -> Vec<(String, Vec<u8>)> {
    inspect::data_files(directory)
        .unwrap()
        .into_iter()
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for format in [Format::Jsonl, Format::Parquet] {
        let plan = plan(format, 120);
        let [one, two, parts] = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let counts = make(&plan, one.path(), None, false, 1).unwrap();
        assert_eq!(counts.examples, 120, "{counts:?}");
        make(&plan, two.path(), None, false, 3).unwrap();
        for part in 0..2 {
            make(&plan, parts.path(), Some((part, 2)), part > 0, 2).unwrap();
        }
        assert_eq!(contents(one.path()), contents(two.path()));
        assert_eq!(contents(one.path()), contents(parts.path()));
        let manifests = [&one, &parts].map(|d| fs::read_to_string(d.path().join("manifest.json")).unwrap());
        assert_eq!(manifests[0], manifests[1]);
    }
}

#[test]
fn no_program_is_in_both_splits() {
    let directory = tempfile::tempdir().unwrap();
    make(&plan(Format::Parquet, 150), directory.path(), None, false, 2).unwrap();
    let mut programs: [HashSet<String>; 2] = Default::default();
    let mut codes = HashSet::new();
    for file in inspect::data_files(directory.path()).unwrap() {
        let test = file.file_name().unwrap().to_string_lossy().starts_with("test");
        for record in read_records(&file).unwrap() {
            assert!(codes.insert(record.code.clone()) || test, "{}", record.code);
            assert!(record.trace_tokens.len() <= 763 && record.code_tokens.len() <= 255);
            assert_eq!(record.trace.join(" "), record.trace_tokens.join(" "));
            programs[usize::from(test)].insert(record.program);
        }
    }
    assert!(!programs[0].is_empty() && !programs[1].is_empty());
    assert!(programs[0].is_disjoint(&programs[1]));
}

#[test]
fn a_run_that_was_cut_off_goes_on() {
    let plan = plan(Format::JsonlZstd, 90);
    let [whole, cut] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    make(&plan, whole.path(), None, false, 2).unwrap();
    make(&plan, cut.path(), None, false, 2).unwrap();
    // One shard is missing, one lies there half written by someone else.
    let files = inspect::data_files(cut.path()).unwrap();
    fs::remove_file(&files[0]).unwrap();
    fs::write(&files[1], b"half").unwrap();
    assert!(
        make(&plan, cut.path(), None, false, 2)
            .unwrap_err()
            .to_string()
            .contains("--resume")
    );
    make(&plan, cut.path(), None, true, 2).unwrap();
    assert_eq!(contents(whole.path()), contents(cut.path()));
    let other = Plan {
        settings: Settings {
            seed: 4,
            ..plan.settings.clone()
        },
        ..plan
    };
    assert!(
        make(&other, cut.path(), None, true, 2)
            .unwrap_err()
            .to_string()
            .contains("other settings")
    );
}

#[test]
fn formats_hold_the_same_records() {
    let [lines, columns] = [Format::JsonlZstd, Format::Parquet].map(|format| {
        let directory = tempfile::tempdir().unwrap();
        make(&plan(format, 40), directory.path(), None, false, 2).unwrap();
        let files = inspect::data_files(directory.path()).unwrap();
        files
            .iter()
            .flat_map(|file| read_records(file).unwrap())
            .collect::<Vec<Record>>()
    });
    assert_eq!(lines, columns);
}

#[test]
fn single_lines_are_generated_and_harvested() {
    for origin in [
        Origin::Generator(Level::Full),
        Origin::Harvest(sources::contest().programs),
    ] {
        let mut plan = plan(Format::Jsonl, 60);
        plan.origin = origin;
        plan.settings.data_set = DataSet::SingleLine;
        plan.settings.shards = 1;
        let directory = tempfile::tempdir().unwrap();
        let counts = make(&plan, directory.path(), None, false, 2).unwrap();
        assert_eq!(counts.examples, 60);
        for file in inspect::data_files(directory.path()).unwrap() {
            for record in read_records(&file).unwrap() {
                assert!(
                    record.trace_tokens[0] == "<state>" && record.trace.len() == 1,
                    "{record:?}"
                );
            }
        }
    }
}

#[test]
fn parts_are_read() {
    assert_eq!(parse_part("2/4").unwrap(), (2, 4));
    for wrong in ["4/4", "1", "a/b", "-1/2"] {
        assert!(parse_part(wrong).unwrap_err().to_string().contains("I/N"));
    }
}
