//! Replacement templates of `sub` and `Match.expand`.

use super::parse::parse_number;
use super::source::{Source, Token, is_octal};
use super::{Error, Regex, quoted};
use crate::text::{Failure, Kind};

/// A piece of a replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    Text(String),
    /// The text of a group, empty where it took no part.
    Group(usize),
}

fn push_text(pieces: &mut Vec<Replacement>, c: char) {
    match pieces.last_mut() {
        Some(Replacement::Text(text)) => text.push(c),
        _ => pieces.push(Replacement::Text(c.to_string())),
    }
}

/// Parses a replacement for a pattern.
pub fn parse_replacement(template: &str, regex: &Regex) -> Result<Vec<Replacement>, Error> {
    let mut pieces = Vec::new();
    let mut source = Source::new(template)?;
    let check = |source: &Source, group: usize, back: usize| {
        if group > regex.groups {
            return Err(source.error(format!("invalid group reference {group}"), back));
        }
        Ok(Replacement::Group(group))
    };
    while let Some(token) = source.get()? {
        let c = match token {
            Token::Char(c) => {
                push_text(&mut pieces, c);
                continue;
            }
            Token::Escape(c) => c,
        };
        let mut written = format!("\\{c}");
        match c {
            'g' => {
                if !source.eat('<')? {
                    return Err(source.error("missing <", 0));
                }
                let name = source.take_until('>', "group name")?;
                let back = name.chars().count() + 1;
                let group = if crate::text::methods::is_identifier(&name) {
                    let found = regex.names.iter().find(|(known, _)| *known == name);
                    found
                        .map(|&(_, group)| group)
                        .ok_or_else(|| Failure::new(Kind::Index, format!("unknown group name {}", quoted(&name))))?
                } else {
                    parse_number(&name)
                        .ok_or_else(|| source.error(format!("bad character in group name {}", quoted(&name)), back))?
                };
                pieces.push(check(&source, group, back)?);
            }
            '0' => {
                source.take_while(&mut written, 2, is_octal)?;
                let code = u32::from_str_radix(&written[1..], 8).unwrap_or(0);
                push_text(&mut pieces, (code & 0xff) as u8 as char);
            }
            '1'..='9' => {
                source.take_while(&mut written, 1, |c| c.is_ascii_digit())?;
                let octal = written.len() == 3 && written[1..].chars().all(is_octal);
                if octal && source.peek_char().is_some_and(is_octal) {
                    source.take_while(&mut written, 1, is_octal)?;
                    let code = u32::from_str_radix(&written[1..], 8).unwrap_or(u32::MAX);
                    if code > 0o377 {
                        let message = format!("octal escape value {written} outside of range 0-0o377");
                        return Err(source.error(message, 4));
                    }
                    push_text(&mut pieces, code as u8 as char);
                } else {
                    let group = written[1..].parse().unwrap_or(usize::MAX);
                    pieces.push(check(&source, group, written.len() - 1)?);
                }
            }
            'a' => push_text(&mut pieces, '\x07'),
            'b' => push_text(&mut pieces, '\x08'),
            'f' => push_text(&mut pieces, '\x0c'),
            'n' => push_text(&mut pieces, '\n'),
            'r' => push_text(&mut pieces, '\r'),
            't' => push_text(&mut pieces, '\t'),
            'v' => push_text(&mut pieces, '\x0b'),
            '\\' => push_text(&mut pieces, '\\'),
            _ if c.is_ascii_alphabetic() => return Err(source.error(format!("bad escape {written}"), 2)),
            _ => {
                push_text(&mut pieces, '\\');
                push_text(&mut pieces, c);
            }
        }
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_errors() {
        let regex = Regex::new("(?P<word>a)(b)", 0, false).unwrap();
        let group = Replacement::Group;
        let text = |text: &str| Replacement::Text(text.into());
        assert_eq!(
            parse_replacement(r"x\1\g<word>\g<02>\n\.\0\101", &regex).unwrap(),
            [text("x"), group(1), group(1), group(2), text("\n\\.\0A")]
        );
        for (template, message) in [
            (r"\3", "invalid group reference 3 at position 1"),
            (r"\g<x", "missing >, unterminated name at position 3"),
            (r"\g<no>", "unknown group name 'no'"),
            (r"\g<>", "missing group name at position 3"),
            (r"\q", r"bad escape \q at position 0"),
            (r"\g<-1>", "bad character in group name '-1' at position 3"),
        ] {
            assert_eq!(
                parse_replacement(template, &regex).unwrap_err().text(template),
                message,
                "{template}"
            );
        }
    }
}
