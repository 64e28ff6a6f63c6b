//! What CPython checks in string literals while it parses: their kinds, their escapes, the expressions of f-strings.

use super::machine::Machine;
use super::tokens::tokenize;
use crate::syntax::SyntaxError;

/// Checks the adjacent literals of tokens `start..end`; true if one of them is an f-string.
pub(super) fn check(machine: &Machine, start: usize, end: usize) -> Result<bool, SyntaxError> {
    let mut bytes_seen = None;
    let mut formatted_seen = false;
    for token in start..end {
        let text = machine.text(token);
        let line = machine.tokens.tokens[token].line;
        let quote = text.find(['\'', '"']).unwrap_or(0);
        let prefix = text[..quote].to_ascii_lowercase();
        let width = if text[quote..].starts_with("'''") || text[quote..].starts_with("\"\"\"") {
            3
        } else {
            1
        };
        let body = text.get(quote + width..text.len() - width).unwrap_or("");
        let is_bytes = prefix.contains('b');
        if is_bytes && !body.is_ascii() {
            return Err(SyntaxError::new(
                "bytes can only contain ASCII literal characters",
                line,
            ));
        }
        if *bytes_seen.get_or_insert(is_bytes) != is_bytes {
            return Err(SyntaxError::new(
                "cannot mix bytes and nonbytes literals",
                machine.last_line(),
            ));
        }
        let raw = prefix.contains('r');
        if prefix.contains('f') {
            formatted_seen = true;
            let fstring = FString {
                body,
                line,
                raw,
                nesting: machine.nesting,
                last_line: machine.last_line(),
            };
            fstring.pieces(0, 0)?;
        } else if !raw {
            escapes(body, is_bytes, machine.last_line())?;
        }
    }
    Ok(formatted_seen)
}

/// `\x`, `\u`, `\U` and `\N` with what they need.
fn escapes(body: &str, is_bytes: bool, line: u32) -> Result<(), SyntaxError> {
    let bytes = body.as_bytes();
    let mut at = 0;
    // CPython hands a text with escapes to its codec with other characters than ASCII as `\UXXXXXXXX`.
    let mut position = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            if bytes[at] < 0x80 {
                position += 1;
            } else if bytes[at] >= 0xc0 {
                position += 10;
            }
            at += 1;
            continue;
        }
        let (digits, name) = match bytes.get(at + 1) {
            Some(b'x') => (2, "\\xXX escape"),
            Some(b'u') if !is_bytes => (4, "\\uXXXX escape"),
            Some(b'U') if !is_bytes => (8, "\\UXXXXXXXX escape"),
            Some(b'N') if !is_bytes => {
                let end = body[at..].find('}').map_or(bytes.len(), |end| at + end);
                if bytes.get(at + 2) != Some(&b'{') || end == bytes.len() || end == at + 3 {
                    let last = match bytes.get(at + 2) {
                        Some(b'{') => position + (end - at).min(bytes.len() - at) - 1 + usize::from(end == at + 3),
                        _ => position + 1,
                    };
                    return Err(unicode_error(position, last, "malformed \\N character escape", line));
                }
                position += end + 1 - at;
                at = end + 1;
                continue;
            }
            _ => {
                // The escaped character itself may be outside ASCII.
                position += if bytes.get(at + 1).is_some_and(|&byte| byte >= 0x80) {
                    1
                } else {
                    2
                };
                at += if bytes.get(at + 1).is_some_and(|&byte| byte >= 0x80) {
                    1
                } else {
                    2
                };
                continue;
            }
        };
        let found = bytes[at + 2..]
            .iter()
            .take(digits)
            .take_while(|byte| byte.is_ascii_hexdigit())
            .count();
        if found < digits {
            if is_bytes {
                let message = format!("(value error) invalid \\x escape at position {position}");
                return Err(SyntaxError::new(message, line));
            }
            return Err(unicode_error(
                position,
                position + 1 + found,
                &format!("truncated {name}"),
                line,
            ));
        }
        if digits == 8 && u32::from_str_radix(&body[at + 2..at + 10], 16).is_ok_and(|code| code > 0x10_ffff) {
            return Err(unicode_error(position, position + 9, "illegal Unicode character", line));
        }
        position += 2 + digits;
        at += 2 + digits;
    }
    Ok(())
}

fn unicode_error(from: usize, to: usize, reason: &str, line: u32) -> SyntaxError {
    let place = if from == to {
        format!("byte 0x5c in position {from}")
    } else {
        format!("bytes in position {from}-{to}")
    };
    SyntaxError::new(
        format!("(unicode error) 'unicodeescape' codec can't decode {place}: {reason}"),
        line,
    )
}

struct FString<'a> {
    body: &'a str,
    line: u32,
    raw: bool,
    nesting: usize,
    /// Where CPython places what it finds outside an expression.
    last_line: u32,
}

impl FString<'_> {
    fn error<T>(&self, message: impl AsRef<str>) -> Result<T, SyntaxError> {
        Err(SyntaxError::new(message.as_ref(), self.last_line))
    }

    /// Literal text and expressions from `at`; at depth 1 (a format specification) up to its `}`. Gives where it ended.
    fn pieces(&self, mut at: usize, depth: usize) -> Result<usize, SyntaxError> {
        let bytes = self.body.as_bytes();
        let mut literal = at;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if !self.raw => {
                    // `\N{…}` is no expression.
                    if bytes.get(at + 1) == Some(&b'N') && bytes.get(at + 2) == Some(&b'{') {
                        at = self.body[at..].find('}').map_or(bytes.len(), |end| at + end + 1);
                    } else if matches!(bytes.get(at + 1), Some(b'{' | b'}')) {
                        at += 1;
                    } else {
                        at += 2;
                    }
                }
                b'{' if depth == 0 && bytes.get(at + 1) == Some(&b'{') => at += 2,
                b'}' if depth == 0 && bytes.get(at + 1) == Some(&b'}') => at += 2,
                b'{' => {
                    self.literal(literal, at)?;
                    at = self.expression(at, depth)?;
                    literal = at;
                }
                b'}' if depth > 0 => {
                    self.literal(literal, at)?;
                    return Ok(at);
                }
                b'}' => return self.error("f-string: single '}' is not allowed"),
                _ => at += 1,
            }
        }
        let end = at.min(bytes.len());
        self.literal(literal, end)?;
        Ok(end)
    }

    fn literal(&self, from: usize, to: usize) -> Result<(), SyntaxError> {
        if self.raw {
            Ok(())
        } else {
            escapes(&self.body[from..to], false, self.last_line)
        }
    }

    /// One `{…}` from its brace; gives what is behind it.
    fn expression(&self, open: usize, depth: usize) -> Result<usize, SyntaxError> {
        if depth >= 2 {
            return self.error("f-string: expressions nested too deeply");
        }
        let bytes = self.body.as_bytes();
        let start = open + 1;
        let mut at = start;
        let mut brackets: Vec<u8> = Vec::new();
        let mut quote: Option<(u8, usize)> = None;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte == b'\\' {
                return self.error("f-string expression part cannot include a backslash");
            }
            if let Some((mark, width)) = quote {
                if byte == mark && (width == 1 || bytes[at..].starts_with(&[mark; 3])) {
                    quote = None;
                    at += width;
                } else {
                    at += 1;
                }
                continue;
            }
            match byte {
                b'\'' | b'"' => {
                    let width = if bytes[at..].starts_with(&[byte; 3]) { 3 } else { 1 };
                    quote = Some((byte, width));
                    at += width;
                    continue;
                }
                b'(' | b'[' | b'{' => {
                    if brackets.len() >= 200 {
                        return self.error("f-string: too many nested parenthesis");
                    }
                    brackets.push(byte);
                }
                b'#' => return self.error("f-string expression part cannot include '#'"),
                b'!' | b':' | b'=' | b'<' | b'>' if brackets.is_empty() => {
                    if matches!(byte, b'!' | b'=' | b'<' | b'>') && bytes.get(at + 1) == Some(&b'=') {
                        at += 2;
                        continue;
                    }
                    if !matches!(byte, b'<' | b'>') {
                        break;
                    }
                }
                b')' | b']' | b'}' => {
                    if brackets.is_empty() && byte == b'}' {
                        break;
                    }
                    let Some(open) = brackets.pop() else {
                        return self.error(format!("f-string: unmatched '{}'", byte as char));
                    };
                    if !matches!((open, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                        let (byte, open) = (byte as char, open as char);
                        return self.error(format!(
                            "f-string: closing parenthesis '{byte}' does not match opening parenthesis '{open}'"
                        ));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if quote.is_some() {
            return self.error("f-string: unterminated string");
        }
        if let Some(&open) = brackets.last() {
            return self.error(format!("f-string: unmatched '{}'", open as char));
        }
        if at >= bytes.len() {
            return self.error("f-string: expecting '}'");
        }
        self.value(start, at)?;
        if bytes[at] == b'=' {
            at += 1;
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
        }
        if bytes.get(at) == Some(&b'!') {
            at += 1;
            let Some(&conversion) = bytes.get(at) else {
                return self.error("f-string: expecting '}'");
            };
            at += 1;
            if !matches!(conversion, b's' | b'r' | b'a') {
                return self.error("f-string: invalid conversion character: expected 's', 'r', or 'a'");
            }
        }
        match bytes.get(at) {
            Some(b':') => at = self.pieces(at + 1, depth + 1)?,
            Some(_) => {}
            None => return self.error("f-string: expecting '}'"),
        }
        if bytes.get(at) == Some(&b'}') {
            Ok(at + 1)
        } else {
            self.error("f-string: expecting '}'")
        }
    }

    /// Parses the text of one expression.
    fn value(&self, from: usize, to: usize) -> Result<(), SyntaxError> {
        let text = &self.body[from..to];
        if text
            .bytes()
            .all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c'))
        {
            return match self.body.as_bytes().get(to) {
                Some(b'}') | None => self.error("f-string: empty expression not allowed"),
                Some(&mark) => self.error(format!("f-string: expression required before '{}'", mark as char)),
            };
        }
        if self.nesting > 20 {
            return Err(SyntaxError::unsupported("f-strings nested this deep", self.line));
        }
        let lines = self.body[..from].matches('\n').count() as u32;
        let source = format!("({text})");
        let tokens = tokenize(&source);
        match Machine::new(&source, &tokens, self.nesting + 1).diagnose("fstring_group") {
            None => Ok(()),
            Some(mut error) => {
                let raised = tokens
                    .stop
                    .as_ref()
                    .is_some_and(|stop| stop.raised && stop.error == error);
                if !error.unsupported && !raised {
                    error.message.insert_str(0, "f-string: ");
                }
                error.line += self.line + lines;
                Err(error)
            }
        }
    }
}
