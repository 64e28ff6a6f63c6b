//! Standard input: read by `input`, `sys.stdin` and `open(0)`.
//!
//! `sys.stdin` is a text layer over bytes. The layer reads the bytes in chunks, so that who asks for bytes afterwards finds less
//! than the text that was read would suggest. `open(0)` reads the same input from its beginning, by itself.

use crate::value::*;
use crate::vm::{Vm, names};

/// What CPython's text layer takes from the bytes at once.
const CHUNK: usize = 8192;

/// Bytes with a position, and a text layer over them.
#[derive(Clone, Default)]
pub struct Input {
    source: String,
    /// How many of the bytes have been taken.
    taken: usize,
    /// What the text layer has taken and not given out yet, with line ends translated, from `at` on.
    ahead: String,
    at: usize,
    /// How many bytes `os.read` has taken from the descriptor, which knows nothing of the layers above it.
    pub descriptor: usize,
    /// What `open(0)` reads from, once it has been called.
    pub opened: Option<Box<Input>>,
}

impl Input {
    pub fn reset(&mut self, text: &str) {
        self.source.clear();
        self.source.push_str(text);
        self.taken = 0;
        self.ahead.clear();
        self.at = 0;
        self.descriptor = 0;
        self.opened = None;
    }

    /// The same input from its beginning.
    pub fn anew(&self) -> Input {
        Input {
            source: self.source.clone(),
            ..Input::default()
        }
    }

    /// Takes another chunk of bytes for the text layer; false at their end.
    fn more(&mut self, size: usize) -> bool {
        if self.taken == self.source.len() {
            return false;
        }
        let mut end = self.taken.saturating_add(size).min(self.source.len());
        while !self.source.is_char_boundary(end) || self.source[..end].ends_with('\r') && end < self.source.len() {
            end += 1;
        }
        if self.at == self.ahead.len() {
            self.ahead.clear();
            self.at = 0;
        }
        let chunk = &self.source[self.taken..end];
        if chunk.contains('\r') {
            self.ahead.push_str(&chunk.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.ahead.push_str(chunk);
        }
        self.taken = end;
        true
    }

    fn give(&mut self, length: usize) -> &str {
        self.at += length;
        &self.ahead[self.at - length..self.at]
    }

    /// The next line of text with its end, or its first `limit` characters; empty at the end of the input.
    pub fn line(&mut self, limit: usize) -> &str {
        let mut searched = 0;
        let length = loop {
            let rest = &self.ahead[self.at..];
            if let Some(end) = rest[searched..].find('\n') {
                break searched + end + 1;
            }
            searched = rest.len();
            if searched >= limit.saturating_mul(4) || !self.more(CHUNK) {
                break self.ahead.len() - self.at;
            }
        };
        let length = prefix(&self.ahead[self.at..self.at + length], limit);
        self.give(length)
    }

    /// All text that is left.
    pub fn rest(&mut self) -> &str {
        self.more(usize::MAX / 2);
        self.give(self.ahead.len() - self.at)
    }

    /// At most `count` characters of text.
    pub fn characters(&mut self, count: usize) -> &str {
        while self.ahead[self.at..].chars().take(count).count() < count && self.more(CHUNK) {}
        let length = prefix(&self.ahead[self.at..], count);
        self.give(length)
    }

    /// The next line of bytes, or the first `limit` of them.
    pub fn byte_line(&mut self, limit: usize) -> &[u8] {
        let rest = &self.source.as_bytes()[self.taken..];
        let length = rest
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(rest.len(), |i| i + 1);
        self.take_bytes(length.min(limit))
    }

    /// At most `count` bytes.
    pub fn take_bytes(&mut self, count: usize) -> &[u8] {
        let start = self.taken;
        self.taken = start.saturating_add(count).min(self.source.len());
        // Text is only taken at the boundaries of characters.
        &self.source.as_bytes()[start..self.taken]
    }

    /// At most `count` bytes as the system gives them.
    pub fn read_descriptor(&mut self, count: usize) -> &[u8] {
        let start = self.descriptor;
        self.descriptor = start.saturating_add(count).min(self.source.len());
        &self.source.as_bytes()[start..self.descriptor]
    }

    pub fn all_bytes(&self) -> &[u8] {
        self.source.as_bytes()
    }

    pub fn byte_position(&self) -> usize {
        self.taken
    }

    pub fn seek_bytes(&mut self, position: usize) {
        self.taken = position.min(self.source.len());
    }

    /// Whether the bytes have been taken up to the middle of a character.
    pub fn is_torn(&self) -> bool {
        !self.source.is_char_boundary(self.taken)
    }
}

/// How many bytes the first `count` characters have.
fn prefix(text: &str, count: usize) -> usize {
    if text.len() <= count {
        return text.len();
    }
    text.char_indices().nth(count).map_or(text.len(), |(i, _)| i)
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
    if vm.stdin.is_torn() {
        return Err(vm.unsupported("text after a part of a character has been read"));
    }
    let line = vm.stdin.line(usize::MAX);
    Ok((!line.is_empty()).then(|| line.to_owned()))
}
