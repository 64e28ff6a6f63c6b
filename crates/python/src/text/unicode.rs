//! Character properties and case mappings as Python 3.11 has them (Unicode 14.0.0).

use std::sync::LazyLock;

use super::unicode_tables as tables;

/// The code points where a run table's stretches end, for binary search.
struct Runs(Vec<u32>);

impl Runs {
    fn new(lengths: &[u32]) -> Self {
        let ends = lengths.iter().scan(0, |end, length| {
            *end += length;
            Some(*end)
        });
        Runs(ends.collect())
    }

    fn contains(&self, c: char) -> bool {
        self.0.partition_point(|&end| end <= c as u32) % 2 == 1
    }
}

static PRINTABLE: LazyLock<Runs> = LazyLock::new(|| Runs::new(tables::PRINTABLE));
static ALPHABETIC: LazyLock<Runs> = LazyLock::new(|| Runs::new(tables::ALPHABETIC));
static NUMERIC: LazyLock<Runs> = LazyLock::new(|| Runs::new(tables::NUMERIC));
static DIGIT: LazyLock<Runs> = LazyLock::new(|| Runs::new(tables::DIGIT));
static CASE_IGNORABLE: LazyLock<Runs> = LazyLock::new(|| Runs::new(tables::CASE_IGNORABLE));

pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        (' '..='~').contains(&c)
    } else {
        PRINTABLE.contains(c)
    }
}

pub fn is_alphabetic(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        ALPHABETIC.contains(c)
    }
}

pub fn is_numeric(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_digit()
    } else {
        NUMERIC.contains(c)
    }
}

pub fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_digit()
    } else {
        DIGIT.contains(c)
    }
}

/// The value of a decimal digit of any script.
pub fn decimal_value(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let at = tables::DECIMAL_ZEROS.partition_point(|&zero| zero <= c as u32);
    let value = c as u32 - tables::DECIMAL_ZEROS[at.checked_sub(1)?];
    (value < 10).then_some(value as u8)
}

pub fn is_decimal(c: char) -> bool {
    decimal_value(c).is_some()
}

pub fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || is_numeric(c)
}

/// `str.isspace`, which is what `strip` and `split` cut at.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\x1c'..='\x1f' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Ends a line for `splitlines` (a `\r\n` pair is one end).
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters assigned since Unicode 14 have no properties in Python 3.11.
fn is_known(c: char) -> bool {
    c.is_ascii() || PRINTABLE.contains(c)
}

pub fn is_upper(c: char) -> bool {
    c.is_uppercase() && is_known(c)
}

pub fn is_lower(c: char) -> bool {
    // What later versions changed: a letter that lost its case, and letters that became Other_Lowercase.
    match c {
        '\u{295}' => true,
        '\u{10fc}' | '\u{a7f2}'..='\u{a7f4}' | '\u{ab69}' => false,
        _ => c.is_lowercase() && is_known(c),
    }
}

/// The general category Lt.
pub fn is_title(c: char) -> bool {
    matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}'
        | '\u{1fa8}'..='\u{1faf}' | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}')
}

pub fn is_cased(c: char) -> bool {
    is_lower(c) || is_upper(c) || is_title(c)
}

pub fn is_case_ignorable(c: char) -> bool {
    CASE_IGNORABLE.contains(c)
}

pub fn is_identifier_start(c: char) -> bool {
    c == '_' || (unicode_ident::is_xid_start(c) && is_known(c))
}

pub fn is_identifier_continue(c: char) -> bool {
    // The two katakana middle dots joined later.
    unicode_ident::is_xid_continue(c) && is_known(c) && !matches!(c, '\u{30fb}' | '\u{ff65}')
}

/// Appends the full upper-case mapping.
pub fn push_upper(out: &mut String, c: char) {
    if is_mapped(c) {
        out.extend(c.to_uppercase())
    } else {
        out.push(c)
    }
}

/// Appends the full lower-case mapping (a capital sigma's final form depends on its word: see `methods::lower`).
pub fn push_lower(out: &mut String, c: char) {
    if is_mapped(c) {
        out.extend(c.to_lowercase())
    } else {
        out.push(c)
    }
}

/// Appends the full title-case mapping.
pub fn push_title(out: &mut String, c: char) {
    match tables::TITLE.binary_search_by_key(&c, |entry| entry.0) {
        Ok(at) => out.push_str(tables::TITLE[at].1),
        Err(_) => push_upper(out, c),
    }
}

/// Appends the full case folding.
pub fn push_fold(out: &mut String, c: char) {
    match tables::FOLD.binary_search_by_key(&c, |entry| entry.0) {
        Ok(at) => out.push_str(tables::FOLD[at].1),
        Err(_) => push_lower(out, c),
    }
}

/// Neither this character nor what it maps to is younger than Unicode 14.
fn is_mapped(c: char) -> bool {
    is_known(c) && c.to_uppercase().chain(c.to_lowercase()).all(is_known)
}

/// The lower-case mapping to a single character, as regular expressions compare.
pub fn simple_lower(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{130}' => 'i',
        _ if c.is_ascii() || !is_mapped(c) => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The upper-case mapping to a single character, where there is one.
pub fn simple_upper(c: char) -> char {
    let mut mapped = c.to_uppercase();
    match (mapped.next(), mapped.next()) {
        (Some(upper), None) if is_mapped(c) => upper,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_of_unicode_14() {
        assert!(
            is_printable('é') && !is_printable('\u{a0}') && !is_printable('\u{200b}') && !is_printable('\u{1fae8}')
        );
        assert!(is_alphabetic('ª') && is_alphabetic('中') && !is_alphabetic('Ⅷ') && is_numeric('Ⅷ'));
        assert!(is_digit('²') && !is_decimal('²') && decimal_value('٣') == Some(3));
        assert!(is_space('\u{1f}') && !is_space('\u{200b}'));
        assert!(is_upper('Ⅷ') && is_title('ǅ') && is_cased('ª'));
        assert!(is_identifier_start('_') && is_identifier_continue('·') && !is_identifier_start('1'));
    }

    #[test]
    fn mappings_may_grow() {
        let map = |push: fn(&mut String, char), c| {
            let mut out = String::new();
            push(&mut out, c);
            out
        };
        assert_eq!(map(push_upper, 'ß'), "SS");
        assert_eq!(map(push_title, 'ß'), "Ss");
        assert_eq!(map(push_fold, 'ß'), "ss");
        assert_eq!(map(push_title, 'ǆ'), "ǅ");
        assert_eq!(map(push_lower, 'İ'), "i\u{307}");
        assert_eq!((simple_lower('İ'), simple_upper('ß')), ('i', 'ß'));
    }
}
