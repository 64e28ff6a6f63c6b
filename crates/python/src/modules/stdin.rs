//! Standard input: one text, read by `input`, `sys.stdin` and `open(0)`.

use crate::value::*;
use crate::vm::{Vm, names};

/// The program's input and how much of it has been read.
#[derive(Default)]
pub struct Input {
    text: String,
    at: usize,
}

impl Input {
    /// Line ends are translated as a text file's are.
    pub fn reset(&mut self, text: &str) {
        self.text.clear();
        if text.contains('\r') {
            self.text.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.text.push_str(text);
        }
        self.at = 0;
    }

    /// The next line with its end; empty at the end of the input.
    pub fn line(&mut self) -> &str {
        let rest = &self.text[self.at..];
        let length = rest.find('\n').map_or(rest.len(), |i| i + 1);
        self.at += length;
        &self.text[self.at - length..self.at]
    }

    /// Everything that is left.
    pub fn rest(&mut self) -> &str {
        let rest = &self.text[self.at..];
        self.at = self.text.len();
        rest
    }

    /// At most `count` characters.
    pub fn characters(&mut self, count: usize) -> &str {
        let rest = &self.text[self.at..];
        let length = rest.char_indices().nth(count).map_or(rest.len(), |(i, _)| i);
        self.at += length;
        &self.text[self.at - length..self.at]
    }
}

/// The next line for `input()`, from whatever `sys.stdin` is now.
pub fn read_line_for_input(vm: &mut Vm) -> Res<Option<String>> {
    if let Some(sys) = vm.sys
        && let Some(stream) = vm.heap.get_name(sys, names::STDIN)
        && !super::io::is_original_stdin(vm, stream)
    {
        let line = vm.call_method(stream, names::READLINE, &[])?;
        let text = vm
            .str_id(line)
            .map(|id| vm.heap.text(id).to_owned())
            .unwrap_or_default();
        return Ok((!text.is_empty()).then_some(text));
    }
    let line = vm.stdin.line();
    Ok((!line.is_empty()).then(|| line.to_owned()))
}
