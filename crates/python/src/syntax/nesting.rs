//! The scan before parsing: how deep may the syntax tree of this source become?
//!
//! The parser, the drop of the tree and the compiler recurse over it, so the depth is bounded first. The bound counts,
//! for every bracket that is open, the operators since its last comma: each of them can nest one level.

use super::{LineIndex, SyntaxError, diagnosis};
use ruff_text_size::TextSize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Fits on any thread's stack.
    Usual,
    /// Needs [`super::on_large_stack`].
    Deep,
}

/// Brackets that CPython's tokenizer nests (`MAXLEVEL` in Parser/tokenizer.c).
const MAX_BRACKETS: usize = 200;
/// Levels that run on the caller's stack.
const USUAL_DEPTH: usize = 150;
/// CPython's compiler gives up at 3,000 levels with a RecursionError.
const MAX_DEPTH: usize = 2900;
/// Indentation levels of CPython's tokenizer (`MAXINDENT`).
const MAX_INDENT: usize = 100;

struct Level {
    /// Operators since the last comma.
    chain: usize,
    /// `lambda`s, which commas between their parameters don't end.
    lambdas: usize,
}

/// Longer sources are never so plain that it would show at once.
const SHORT: usize = 1 << 10;

/// Whether a source has so few words and signs in all that no count of the scan can matter. Told of many bytes at a time.
fn is_plain(bytes: &[u8]) -> bool {
    if bytes.len() > SHORT {
        return false;
    }
    let (mut weight, mut braces, mut tabs, mut spaces) = (0usize, 0usize, false, bytes.first() == Some(&b' '));
    let follows = bytes.get(1..).unwrap_or_default();
    for (bytes, follows) in bytes.chunks(128).zip(follows.chunks(128)) {
        let (mut here, mut open) = (0u8, 0u8);
        for (&byte, &next) in bytes.iter().zip(follows) {
            let word = is_word_byte(byte);
            // Each end of a word counts, and each sign: a line has at least two.
            here += u8::from(word & !is_word_byte(next)) + u8::from(!word & (byte != b' '));
            open += u8::from(byte == b'{');
            tabs |= byte == b'\t';
            spaces |= (next == b' ') & ((byte == b'\n') | (byte == b'\r') | (byte == b'\t') | (byte == b'\x0c'));
        }
        weight += usize::from(here);
        braces += usize::from(open);
    }
    // The last byte was not looked at, and what ends with the source was not counted.
    weight + 4 <= USUAL_DEPTH && braces < 20 && !(tabs && spaces)
}

pub(super) fn scan(source: &str) -> Result<Depth, SyntaxError> {
    let bytes = source.as_bytes();
    if is_plain(bytes) {
        return Ok(Depth::Usual);
    }
    scan_closely(source)
}

fn scan_closely(source: &str) -> Result<Depth, SyntaxError> {
    let bytes = source.as_bytes();
    let line_of = |position: usize| LineIndex::new(source).line(TextSize::new(position as u32));
    if u32::try_from(bytes.len()).is_err() {
        return Err(SyntaxError::unsupported("a source of 4 GiB or more", 0));
    }
    let mut levels = vec![Level { chain: 0, lambdas: 0 }];
    let mut total = 0usize;
    let mut deepest = 0usize;
    let mut indents: Vec<usize> = Vec::new();
    let mut at_line_start = true;
    let mut elifs = 0usize;
    let (mut tabs, mut spaces) = (false, false);
    let mut position = 0;
    while position < bytes.len() {
        let byte = bytes[position];
        if !at_line_start {
            // Most of a source is words and what stands between them.
            if WORD[usize::from(byte)] {
                let start = position;
                while bytes.get(position).is_some_and(|&byte| WORD[usize::from(byte)]) {
                    position += 1;
                }
                if !matches!(byte, b'n' | b'i' | b'a' | b'y' | b'o' | b'l' | b'e') || position - start > 6 {
                    continue;
                }
                let nests = match &bytes[start..position] {
                    b"not" | b"if" | b"await" | b"yield" | b"and" | b"or" => true,
                    b"lambda" => {
                        if let Some(level) = levels.last_mut() {
                            level.lambdas += 1;
                            total += 1;
                        }
                        false
                    }
                    b"elif" => {
                        elifs += 1;
                        false
                    }
                    _ => continue,
                };
                if nests && let Some(level) = levels.last_mut() {
                    level.chain += 1;
                    total += 1;
                }
                deepest = deepest.max(total);
                if deepest > MAX_DEPTH {
                    return Err(too_deep(line_of(start)));
                }
                continue;
            }
            if matches!(byte, b' ' | b':' | b'=') {
                position += 1;
                continue;
            }
        }
        if at_line_start {
            let start = position;
            let (mut tab, mut space) = (false, false);
            loop {
                match bytes.get(position) {
                    Some(b' ') => space = true,
                    Some(b'\t') => tab = true,
                    Some(b'\x0c') => {}
                    _ => break,
                }
                position += 1;
            }
            at_line_start = false;
            let width = position - start;
            if !matches!(bytes.get(position), None | Some(b'\n' | b'\r' | b'#')) {
                tabs |= tab;
                spaces |= space;
                while indents.last().is_some_and(|&indent| indent > width) {
                    indents.pop();
                }
                if width > 0 && indents.last().is_none_or(|&indent| indent < width) {
                    indents.push(width);
                    if indents.len() >= MAX_INDENT {
                        let line = line_of(position);
                        return Err(SyntaxError::of_type(
                            "IndentationError",
                            "too many levels of indentation",
                            line,
                        ));
                    }
                }
            }
            continue;
        }
        let mut step = 1;
        let mut weight = 0;
        match byte {
            b'\n' | b'\r' if levels.len() == 1 => {
                total = 0;
                levels[0] = Level { chain: 0, lambdas: 0 };
                at_line_start = true;
            }
            b'#' => {
                step = bytes[position..]
                    .iter()
                    .position(|&byte| byte == b'\n' || byte == b'\r')
                    .unwrap_or(bytes.len() - position);
            }
            b'\'' | b'"' => {
                // The pieces of an f-string are scanned as if they were code: at most that refuses too much.
                let formatted = prefix_is_formatted(bytes, position);
                let end = string_end(bytes, position);
                if formatted {
                    let (deep, open) = formatted_depth(&bytes[position..end]);
                    deepest = deepest.max(total + deep);
                    if open > 20 {
                        return Err(SyntaxError::unsupported("a deeply nested f-string", line_of(position)));
                    }
                }
                step = end - position;
            }
            b'(' | b'[' | b'{' => {
                levels.push(Level { chain: 1, lambdas: 0 });
                total += 1;
                if levels.len() > MAX_BRACKETS {
                    return Err(SyntaxError::new("too many nested parentheses", line_of(position)));
                }
            }
            b')' | b']' | b'}' => {
                if levels.len() > 1
                    && let Some(level) = levels.pop()
                {
                    total -= level.chain + level.lambdas;
                    // A call or a subscript of what stands before.
                    weight = 1;
                }
            }
            b',' => {
                if let Some(level) = levels.last_mut() {
                    total -= level.chain;
                    level.chain = 0;
                }
            }
            b';' if levels.len() == 1 => {
                total = 0;
                levels[0] = Level { chain: 0, lambdas: 0 };
            }
            b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'~' | b'@' | b'<' | b'>' => weight = 1,
            b'.' => weight = usize::from(!bytes.get(position + 1).is_some_and(u8::is_ascii_digit)),
            b'\\' => step = 2,
            _ => {}
        }
        if weight > 0
            && let Some(level) = levels.last_mut()
        {
            level.chain += weight;
            total += weight;
        }
        deepest = deepest.max(total);
        if deepest > MAX_DEPTH {
            return Err(too_deep(line_of(position)));
        }
        position += step;
    }
    if tabs
        && spaces
        && let Some(error) = diagnosis::tab_error(source)
    {
        return Err(error);
    }
    if deepest + indents.len() <= USUAL_DEPTH && elifs <= USUAL_DEPTH {
        Ok(Depth::Usual)
    } else {
        Ok(Depth::Deep)
    }
}

fn too_deep(line: u32) -> SyntaxError {
    SyntaxError::unsupported("an expression nested this deep", line)
}

/// Whether each byte is part of a word.
const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_word_byte(byte as u8);
        byte += 1;
    }
    table
};

/// Without a branch or a look-up.
const fn is_word_byte(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | (byte == b'_') | (byte >= 0x80)
}

fn is_word(byte: u8) -> bool {
    WORD[usize::from(byte)]
}

fn prefix_is_formatted(bytes: &[u8], quote: usize) -> bool {
    bytes[..quote]
        .iter()
        .rev()
        .take(2)
        .take_while(|byte| is_word(**byte))
        .any(|byte| matches!(byte, b'f' | b'F'))
}

/// The offset behind the string that opens at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let triple = bytes[start..].starts_with(&[quote; 3]);
    let mut position = start + if triple { 3 } else { 1 };
    while position < bytes.len() {
        match bytes[position] {
            b'\\' => position += 2,
            b'\n' | b'\r' if !triple => return position,
            byte if byte == quote => {
                if !triple {
                    return position + 1;
                }
                if bytes[position..].starts_with(&[quote; 3]) {
                    return position + 3;
                }
                position += 1;
            }
            _ => position += 1,
        }
    }
    bytes.len()
}

/// Nesting inside an f-string: operators and brackets at most, and braces open at once.
fn formatted_depth(text: &[u8]) -> (usize, usize) {
    let (mut open, mut most_open, mut operators) = (0usize, 0usize, 0usize);
    for &byte in text {
        match byte {
            b'{' => {
                open += 1;
                most_open = most_open.max(open);
            }
            b'}' => open = open.saturating_sub(1),
            b'(' | b'[' | b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'~' | b'@' | b'.' if open > 0 => {
                operators += 1
            }
            _ => {}
        }
    }
    (operators + most_open, most_open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_plain_is_not_deep() {
        let indented: String = (0..75).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        for unit in [
            "(",
            "-",
            "not ",
            "lambda:",
            "a.",
            "x if y else ",
            "1\n",
            "elif a:\n",
            "f'{",
            "f'{{",
            "{",
            "\t",
            "\n\t \n",
            " ",
            "é+",
            "\\",
            "#(\n",
            ";",
            "'(",
            ",",
            "await ",
        ] {
            for count in [
                1, 5, 19, 20, 21, 30, 45, 60, 70, 73, 74, 75, 100, 140, 147, 148, 150, 151, 200,
            ] {
                for source in [
                    unit.repeat(count),
                    format!("\tx\n {}", unit.repeat(count)),
                    indented.clone() + unit,
                ] {
                    if is_plain(source.as_bytes()) {
                        assert_eq!(scan_closely(&source), Ok(Depth::Usual), "{unit:?} {count}");
                    }
                }
            }
        }
        assert!(is_plain(b"def f(x):\n    return [x + 1, -x]\n"));
        assert!(!is_plain("-".repeat(150).as_bytes()));
    }
}
