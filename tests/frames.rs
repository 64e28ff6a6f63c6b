//! Training and predicting in Code World Model frames, by one option.

mod common;

use codeexecutor::data::cwm;
use common::{prints, refuses, workplace};

const CONFIG: &str = "directory = 'run'\n[model]\npreset = 'tiny'\nvocabulary = 700\nformat = 'cwm'\n[evaluation]\n\
                      interval = 2\nexamples = 2\n[batch]\ntokens = 1024\n[[stage]]\nname = 'lines'\nsteps = 2\n\
                      [[stage.data]]\ngenerator = 'singleline'\nlevel = 'easy'\n";

#[test]
fn a_model_of_frames_trains_and_predicts() {
    let place = workplace();
    let path = place.path();
    std::fs::write(path.join("run.toml"), CONFIG).unwrap();
    let trained = std::process::Command::new(env!("CARGO_BIN_EXE_codeexecutor"))
        .args(["train", "--config", "run.toml", "--set", "threads=1"])
        .current_dir(path)
        .output()
        .unwrap();
    assert!(trained.status.success(), "{}", String::from_utf8_lossy(&trained.stderr));
    let tokenizer = std::fs::read_to_string(path.join("run/last/tokenizer.json")).unwrap();
    assert!(cwm::MARKS.iter().all(|mark| tokenizer.contains(mark)));
    let predict = [
        "predict",
        "program.py",
        "--model",
        "run",
        "--max-tokens",
        "12",
        "--format",
        "json",
        "--compare",
    ];
    let record: serde_json::Value = serde_json::from_str(&prints(path, &predict, "")).unwrap();
    let truth = record["truth"].as_str().unwrap();
    assert!(
        truth.starts_with("<|call_sep|>{}<|action_sep|># << START_OF_TRACE<|frame_sep|><|line_sep|>"),
        "{truth}"
    );
    assert!(record["first_difference"]["entry"].is_u64());
    std::fs::write(path.join("marked.py"), "a = '<|frame_sep|>'\n").unwrap();
    refuses(
        path,
        &["predict", "marked.py", "--model", "run"],
        "the text of a special token occurs in it",
    );
}
