//! PTX text to tokens.

use super::JitError;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token<'a> {
    /// An identifier: names, opcodes, registers (`%r1`), labels (`$L__BB0_1`).
    Word(&'a str),
    /// `.name`, with any `::qualifier`s, without the leading dot.
    Dot(&'a str),
    /// An integer literal and whether it was written with a `U`.
    Integer(u64, bool),
    /// `0f` literal, as bits.
    Single(u32),
    /// `0d` or decimal literal, as bits.
    Double(u64),
    Text(&'a str),
    Symbol(u8),
    End,
}

pub struct Tokens<'a> {
    pub tokens: Vec<Token<'a>>,
    pub lines: Vec<u32>,
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte == b'%'
}

/// Splits a text into tokens. Comments, preprocessor lines (`#line`, `# 1 "file"`) and trailing nuls disappear.
pub fn tokenize(source: &str) -> Result<Tokens<'_>, JitError> {
    let bytes = source.as_bytes();
    let mut out = Tokens {
        tokens: Vec::with_capacity(bytes.len() / 4),
        lines: Vec::new(),
    };
    let (mut at, mut line) = (0, 1u32);
    let mut line_start = true;
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'\n' => {
                line += 1;
                at += 1;
                line_start = true;
                continue;
            }
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {
                at += 1;
                continue;
            }
            0 => break,
            b'#' if line_start => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let start = line;
                at += 2;
                loop {
                    match bytes.get(at) {
                        None => {
                            return Err(JitError {
                                line: start,
                                message: "comment without an end".into(),
                            });
                        }
                        Some(b'*') if bytes.get(at + 1) == Some(&b'/') => break,
                        Some(b'\n') => line += 1,
                        _ => {}
                    }
                    at += 1;
                }
                at += 2;
                continue;
            }
            _ => {}
        }
        line_start = false;
        let start = at;
        let token = if byte == b'"' {
            at += 1;
            while at < bytes.len() && bytes[at] != b'"' {
                if bytes[at] == b'\n' {
                    return Err(JitError {
                        line,
                        message: "string without an end".into(),
                    });
                }
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            if at >= bytes.len() {
                return Err(JitError {
                    line,
                    message: "string without an end".into(),
                });
            }
            at += 1;
            Token::Text(source.get(start + 1..at - 1).unwrap_or(""))
        } else if byte.is_ascii_digit() {
            let (token, end) = number(source, start).map_err(|message| JitError { line, message })?;
            at = end;
            token
        } else if byte == b'.' && bytes.get(at + 1).is_some_and(|&next| is_word(next)) {
            at += 1;
            loop {
                while at < bytes.len() && is_word(bytes[at]) {
                    at += 1;
                }
                if bytes[at..].starts_with(b"::") && bytes.get(at + 2).is_some_and(|&next| is_word(next)) {
                    at += 2;
                } else {
                    break;
                }
            }
            Token::Dot(&source[start + 1..at])
        } else if is_word(byte) {
            while at < bytes.len() && is_word(bytes[at]) {
                at += 1;
            }
            Token::Word(&source[start..at])
        } else if byte.is_ascii_graphic() {
            at += 1;
            Token::Symbol(byte)
        } else {
            return Err(JitError {
                line,
                message: format!("unexpected byte {byte:#04x}"),
            });
        };
        out.tokens.push(token);
        out.lines.push(line);
    }
    out.tokens.push(Token::End);
    out.lines.push(line);
    Ok(out)
}

fn number(source: &str, start: usize) -> Result<(Token<'_>, usize), String> {
    let bytes = source.as_bytes();
    let mut end = start;
    while end < bytes.len() && (bytes[end].is_ascii_alphanumeric() || bytes[end] == b'_') {
        end += 1;
    }
    let word = &source[start..end];
    let bad = || format!("malformed number `{word}`");
    if let Some(hex) = word.strip_prefix("0f").or(word.strip_prefix("0F")) {
        if hex.len() != 8 {
            return Err(bad());
        }
        return u32::from_str_radix(hex, 16)
            .map(|bits| (Token::Single(bits), end))
            .map_err(|_| bad());
    }
    if let Some(hex) = word.strip_prefix("0d").or(word.strip_prefix("0D")) {
        if hex.len() != 16 {
            return Err(bad());
        }
        return u64::from_str_radix(hex, 16)
            .map(|bits| (Token::Double(bits), end))
            .map_err(|_| bad());
    }
    let digits_only = word.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = digits_only
        && bytes.get(end) == Some(&b'.')
        && bytes.get(end + 1).is_none_or(|&b| !is_word(b) || b.is_ascii_digit());
    let exponent = word.contains(['e', 'E']) && !word.starts_with("0x") && !word.starts_with("0X");
    if fraction || exponent {
        if fraction {
            end += 1;
            while end < bytes.len() && bytes[end].is_ascii_alphanumeric() {
                end += 1;
            }
        }
        if matches!(bytes[end - 1], b'e' | b'E') && matches!(bytes.get(end), Some(b'+' | b'-')) {
            end += 1;
            while end < bytes.len() && bytes[end].is_ascii_digit() {
                end += 1;
            }
        }
        let text = &source[start..end];
        let value: f64 = text.parse().map_err(|_| format!("malformed number `{text}`"))?;
        return Ok((Token::Double(value.to_bits()), end));
    }
    let (digits, unsigned) = match word.strip_suffix(['U', 'u']) {
        Some(rest) => (rest, true),
        None => (word, false),
    };
    let (digits, radix) = if let Some(hex) = digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
        (hex, 16)
    } else if let Some(binary) = digits.strip_prefix("0b").or(digits.strip_prefix("0B")) {
        (binary, 2)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (&digits[1..], 8)
    } else {
        (digits, 10)
    };
    u64::from_str_radix(digits, radix)
        .map(|value| (Token::Integer(value, unsigned), end))
        .map_err(|_| bad())
}
