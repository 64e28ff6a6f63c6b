//! `repr` and `ascii` of str, `repr` of bytes.

use std::fmt::Write;

use super::unicode;

/// Appends `repr(text)`.
pub fn write_repr(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) & (byte != b'\'') & (byte != b'\\');
    // Without a way out of the loop, so that many bytes are looked at at once.
    if text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        out.push('\'');
        out.push_str(text);
        out.push('\'');
        return;
    }
    let quote = quote_for(text.as_bytes());
    out.push(quote as char);
    // Runs of plain characters are copied whole; what needs an escape breaks the run.
    let mut plain = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if matches!(byte, b' '..=b'~') {
            if byte == quote || byte == b'\\' {
                out.push_str(&text[plain..at]);
                out.push('\\');
                plain = at;
            }
            at += 1;
            continue;
        }
        let c = text[at..].chars().next().unwrap_or_default();
        let end = at + c.len_utf8();
        if !unicode::is_printable(c) {
            out.push_str(&text[plain..at]);
            push_escape(out, c);
            plain = end;
        }
        at = end;
    }
    out.push_str(&text[plain..]);
    out.push(quote as char);
}

/// `repr(text)`.
pub fn repr(text: &str) -> String {
    let mut out = String::new();
    write_repr(&mut out, text);
    out
}

/// Appends `ascii(text)` of a str, or what `ascii` makes of any object's repr: only its non-ASCII characters are escaped.
pub fn write_ascii(out: &mut String, repr: &str) {
    for c in repr.chars() {
        if c.is_ascii() { out.push(c) } else { push_escape(out, c) }
    }
}

/// Appends `repr(bytes)`.
pub fn write_bytes_repr(out: &mut String, bytes: &[u8]) {
    let quote = quote_for(bytes);
    out.reserve(bytes.len() + 3);
    out.push('b');
    out.push(quote as char);
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            _ if byte == quote => {
                out.push('\\');
                out.push(quote as char);
            }
            b' '..=b'~' => out.push(byte as char),
            _ => push_escape(out, byte as char),
        }
    }
    out.push(quote as char);
}

/// Single quotes, unless the text holds those and no double ones.
fn quote_for(bytes: &[u8]) -> u8 {
    if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        b'"'
    } else {
        b'\''
    }
}

fn push_escape(out: &mut String, c: char) {
    match c {
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        _ => push_code(out, c),
    }
}

/// A character by its number: `\xe9`, `\u20ac` or `\U0001f600`.
pub fn push_code(out: &mut String, c: char) {
    let code = c as u32;
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("it's \"x\""), "'it\\'s \"x\"'");
        assert_eq!(repr("a\\b\n\t\r\x00\x7f"), "'a\\\\b\\n\\t\\r\\x00\\x7f'");
        assert_eq!(repr("é\u{a0}\u{2028}\u{e0001}中"), "'é\\xa0\\u2028\\U000e0001中'");
        let mut out = String::new();
        write_ascii(&mut out, "'é中😀'");
        assert_eq!(out, "'\\xe9\\u4e2d\\U0001f600'");
        out.clear();
        write_bytes_repr(&mut out, b"a'\xff\n\\");
        assert_eq!(out, "b\"a'\\xff\\n\\\\\"");
    }
}
