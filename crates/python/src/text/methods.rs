//! The methods of str that map, test, cut and pad text.

use super::failure::check_size;
use super::{Failure, unicode};

/// A capital sigma's lower-case form at index `at`: final when a cased letter stands before it and none follows,
/// characters that are case-ignorable looked through.
fn lower_sigma(chars: &[char], at: usize) -> char {
    let before = chars[..at].iter().rev().find(|&&c| !unicode::is_case_ignorable(c));
    let after = chars[at + 1..].iter().find(|&&c| !unicode::is_case_ignorable(c));
    let is_final = before.is_some_and(|&c| unicode::is_cased(c)) && !after.is_some_and(|&c| unicode::is_cased(c));
    if is_final { 'ς' } else { 'σ' }
}

fn push_lower(out: &mut String, chars: &[char], at: usize) {
    match chars[at] {
        'Σ' => out.push(lower_sigma(chars, at)),
        c => unicode::push_lower(out, c),
    }
}

/// Maps each character with its context.
fn map_chars(text: &str, mut push: impl FnMut(&mut String, &[char], usize)) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for at in 0..chars.len() {
        push(&mut out, &chars, at);
    }
    out
}

pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        map_chars(text, push_lower)
    }
}

pub fn upper(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    map_chars(text, |out, chars, at| unicode::push_upper(out, chars[at]))
}

pub fn casefold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    map_chars(text, |out, chars, at| unicode::push_fold(out, chars[at]))
}

pub fn title(text: &str) -> String {
    let mut in_word = false;
    map_chars(text, |out, chars, at| {
        if in_word {
            push_lower(out, chars, at)
        } else {
            unicode::push_title(out, chars[at])
        }
        in_word = unicode::is_cased(chars[at]);
    })
}

pub fn capitalize(text: &str) -> String {
    map_chars(text, |out, chars, at| {
        if at == 0 {
            unicode::push_title(out, chars[0])
        } else {
            push_lower(out, chars, at)
        }
    })
}

pub fn swapcase(text: &str) -> String {
    map_chars(text, |out, chars, at| {
        let c = chars[at];
        if unicode::is_upper(c) {
            push_lower(out, chars, at);
        } else if unicode::is_lower(c) {
            unicode::push_upper(out, c);
        } else {
            out.push(c);
        }
    })
}

/// `isalpha`, `isdigit`, …: the text isn't empty, and each character has the property.
pub fn all(text: &str, property: fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(property)
}

pub fn is_upper(text: &str) -> bool {
    !text.chars().any(|c| unicode::is_lower(c) || unicode::is_title(c)) && text.chars().any(unicode::is_upper)
}

pub fn is_lower(text: &str) -> bool {
    !text.chars().any(|c| unicode::is_upper(c) || unicode::is_title(c)) && text.chars().any(unicode::is_lower)
}

pub fn is_title(text: &str) -> bool {
    let (mut found, mut in_word) = (false, false);
    for c in text.chars() {
        let starts = unicode::is_upper(c) || unicode::is_title(c);
        let continues = !starts && unicode::is_lower(c);
        if (starts && in_word) || (continues && !in_word) {
            return false;
        }
        in_word = starts || continues;
        found |= in_word;
    }
    found
}

/// `isprintable`, true for an empty text.
pub fn is_printable(text: &str) -> bool {
    text.chars().all(unicode::is_printable)
}

pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(unicode::is_identifier_start) && chars.all(unicode::is_identifier_continue)
}

/// Which ends of a text to strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
    Both,
}

/// `strip`, `lstrip`, `rstrip`; without `characters`, white space.
pub fn strip<'a>(text: &'a str, characters: Option<&str>, side: Side) -> &'a str {
    let drops = |c: char| match characters {
        Some(set) => set.contains(c),
        None => unicode::is_space(c),
    };
    let text = if side == Side::Right {
        text
    } else {
        text.trim_start_matches(drops)
    };
    if side == Side::Left {
        text
    } else {
        text.trim_end_matches(drops)
    }
}

/// `split()` at white space, at most `limit` times.
pub fn split_whitespace(text: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(unicode::is_space);
    while !rest.is_empty() {
        let end = if parts.len() == limit {
            None
        } else {
            rest.find(unicode::is_space)
        };
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        parts.push(part);
        rest = after.trim_start_matches(unicode::is_space);
    }
    parts
}

/// `rsplit()` at white space, at most `limit` times.
pub fn rsplit_whitespace(text: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(unicode::is_space);
    while !rest.is_empty() {
        let last = if parts.len() == limit {
            None
        } else {
            rest.char_indices().rfind(|&(_, c)| unicode::is_space(c))
        };
        let start = last.map_or(0, |(at, c)| at + c.len_utf8());
        let (before, part) = rest.split_at(start);
        parts.push(part);
        rest = before.trim_end_matches(unicode::is_space);
    }
    parts.reverse();
    parts
}

/// `split(separator)`, at most `limit` times.
pub fn split<'a>(text: &'a str, separator: &str, limit: usize) -> Result<Vec<&'a str>, Failure> {
    if separator.is_empty() {
        return Err(Failure::value("empty separator"));
    }
    Ok(text.splitn(limit.saturating_add(1), separator).collect())
}

/// `rsplit(separator)`, at most `limit` times.
pub fn rsplit<'a>(text: &'a str, separator: &str, limit: usize) -> Result<Vec<&'a str>, Failure> {
    if separator.is_empty() {
        return Err(Failure::value("empty separator"));
    }
    let mut parts: Vec<&str> = text.rsplitn(limit.saturating_add(1), separator).collect();
    parts.reverse();
    Ok(parts)
}

/// `splitlines(keep_ends)`.
pub fn split_lines(text: &str, keep_ends: bool) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some((at, c)) = rest.char_indices().find(|&(_, c)| unicode::is_line_break(c)) else {
            lines.push(rest);
            break;
        };
        let end = if rest[at..].starts_with("\r\n") {
            at + 2
        } else {
            at + c.len_utf8()
        };
        lines.push(&rest[..if keep_ends { end } else { at }]);
        rest = &rest[end..];
    }
    lines
}

/// Number of characters, quick for ASCII.
pub fn length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

fn padded(left: usize, text: &str, right: usize, fill: char) -> Result<String, Failure> {
    check_size(left.saturating_add(right))?;
    let mut out = String::with_capacity(text.len() + (left + right) * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    Ok(out)
}

pub fn left_justify(text: &str, width: usize, fill: char) -> Result<String, Failure> {
    padded(0, text, width.saturating_sub(length(text)), fill)
}

pub fn right_justify(text: &str, width: usize, fill: char) -> Result<String, Failure> {
    padded(width.saturating_sub(length(text)), text, 0, fill)
}

pub fn center(text: &str, width: usize, fill: char) -> Result<String, Failure> {
    let missing = width.saturating_sub(length(text));
    // An odd remainder goes left when the width is odd, too.
    let left = missing / 2 + (missing & width & 1);
    padded(left, text, missing - left, fill)
}

/// `zfill`: zeros go behind a sign.
pub fn zero_fill(text: &str, width: usize) -> Result<String, Failure> {
    let missing = width.saturating_sub(length(text));
    check_size(missing)?;
    let sign = usize::from(text.starts_with(['+', '-']) && missing > 0);
    Ok(format!("{}{}{}", &text[..sign], "0".repeat(missing), &text[sign..]))
}

pub fn expand_tabs(text: &str, size: usize, room: usize) -> Result<String, Failure> {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' if size > 0 => {
                let blanks = size - column % size;
                let length = out.len().saturating_add(blanks);
                if length > out.capacity() {
                    if length > room {
                        return Err(Failure::memory());
                    }
                    out.reserve_exact(length.max((2 * length).min(room)) - out.len());
                }
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            '\t' => {}
            _ => {
                out.push(c);
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
            }
        }
    }
    Ok(out)
}

/// `replace(old, new, limit)`, of at most `room` bytes; an empty `old` matches before each character and at the end.
pub fn replace(text: &str, old: &str, new: &str, limit: usize, room: usize) -> Result<String, Failure> {
    let count = if old.is_empty() {
        length(text) + 1
    } else {
        text.matches(old).count()
    }
    .min(limit);
    let size = (text.len().saturating_add(count.saturating_mul(new.len()))).saturating_sub(count * old.len());
    if size > room {
        return Err(Failure::memory());
    }
    let mut out = String::with_capacity(size);
    let mut last = 0;
    for (start, part) in text.match_indices(old).take(count) {
        out.push_str(&text[last..start]);
        out.push_str(new);
        last = start + part.len();
    }
    out.push_str(&text[last..]);
    Ok(out)
}

/// Byte range of the characters `start..end`; `None` when `start` lies beyond the end, where not even an empty text is
/// found.
fn byte_range(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    if start > end {
        return None;
    }
    if text.is_ascii() {
        return (start <= text.len()).then(|| (start, end.min(text.len())));
    }
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = places.nth(start)?;
    let to = if end == start {
        from
    } else {
        places.nth(end - start - 1).unwrap_or(text.len())
    };
    Some((from, to))
}

/// `find` (or `rfind`) of `needle` in the characters `start..end`: index of its first character.
pub fn find(text: &str, needle: &str, start: usize, end: usize, from_right: bool) -> Option<usize> {
    let (from, to) = byte_range(text, start, end)?;
    let part = &text[from..to];
    let at = if from_right {
        part.rfind(needle)
    } else {
        part.find(needle)
    }?;
    Some(start + length(&part[..at]))
}

/// `count` of non-overlapping `needle`s in the characters `start..end`.
pub fn count(text: &str, needle: &str, start: usize, end: usize) -> usize {
    let Some((from, to)) = byte_range(text, start, end) else {
        return 0;
    };
    let part = &text[from..to];
    if needle.is_empty() {
        length(part) + 1
    } else {
        part.matches(needle).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_mappings() {
        assert_eq!(lower("ΑΣ ΣΑΣ. Σ"), "ας σας. σ");
        assert_eq!(upper("straße ŉ"), "STRASSE ʼN");
        assert_eq!(title("they're ǆ ﬁx"), "They'Re ǅ Fix");
        assert_eq!(capitalize("ǆABC ΑΣ"), "ǅabc ας");
        assert_eq!(swapcase("aBß Σ"), "AbSS σ");
        assert_eq!(casefold("Straße Σς"), "strasse σσ");
    }

    #[test]
    fn predicates() {
        assert!(is_title("A Bc ǅ1 D") && !is_title("AB") && !is_title(""));
        assert!(is_upper("A1") && !is_upper("1") && !is_upper("Aǅ") && is_lower("aª") && !is_lower("aA"));
        assert!(is_identifier("é_1") && !is_identifier("1a") && !is_identifier(""));
        assert!(all("٣4", unicode::is_decimal) && !all("", unicode::is_decimal));
    }

    #[test]
    fn cutting() {
        assert_eq!(split_whitespace(" a  b c ", 1), ["a", "b c "]);
        assert_eq!(rsplit_whitespace(" a  b c ", 1), [" a  b", "c"]);
        assert_eq!(split_whitespace("\u{3000}", usize::MAX), Vec::<&str>::new());
        assert_eq!(rsplit("a,b,c", ",", 1).unwrap(), ["a,b", "c"]);
        assert_eq!(split("", ",", usize::MAX).unwrap(), [""]);
        assert_eq!(split_lines("a\r\nb\n\nc\x1cd", false), ["a", "b", "", "c", "d"]);
        assert_eq!(split_lines("a\r\nb", true), ["a\r\n", "b"]);
        assert_eq!(strip("xyaxy", Some("yx"), Side::Both), "a");
        assert_eq!(strip("\u{1f} a ", None, Side::Left), "a ");
    }

    #[test]
    fn padding_and_searching() {
        assert_eq!(center("ab", 5, '*').unwrap(), "**ab*");
        assert_eq!(center("abc", 6, '*').unwrap(), "*abc**");
        assert_eq!(zero_fill("-é", 4).unwrap(), "-00é");
        assert_eq!(expand_tabs("a\tb\n\tc", 4, 100).unwrap(), "a   b\n    c");
        assert_eq!(replace("abc", "", "-", 2, 100).unwrap(), "-a-bc");
        assert_eq!(replace("aaa", "a", "b", usize::MAX, 100).unwrap(), "bbb");
        assert_eq!(find("éaéa", "a", 2, 9, false), Some(3));
        assert_eq!(find("abc", "", 3, 9, false), Some(3));
        assert_eq!(find("abc", "", 4, 9, false), None);
        assert_eq!(find("éaéa", "é", 0, 4, true), Some(2));
        assert_eq!(count("aaaa", "aa", 0, 4), 2);
        assert_eq!(count("éé", "", 0, 9), 3);
        assert!(left_justify("a", usize::MAX, ' ').is_err());
    }
}
