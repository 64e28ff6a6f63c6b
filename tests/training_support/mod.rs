//! What runs of the trainer learn from in tests.

use std::path::Path;

/// Additions with their end states, in the released schema.
pub fn write_examples(path: &Path, count: usize) {
    let mut text = String::new();
    for index in 0..count {
        let (a, b) = (index % 13, index / 13 % 11);
        let code = format!("a = {a}\nb = {b} + {index}\n");
        text += &format!(
            "{{\"id\": {index}, \"code\": {code:?}, \"code_tokens\": [\"<0>\", \"a\", \"=\", \"{a}\", \"<1>\", \"b\", \
             \"=\", \"{b}\", \"+\", \"{index}\"], \"trace\": [], \"trace_tokens\": [\"<state>\", \"a\", \":\", \"{a}\", \
             \"<dictsep>\", \"b\", \":\", \"{}\", \"</state>\"]}}\n",
            b + index
        );
    }
    std::fs::write(path, text).unwrap();
}
