//! Sets of characters: ranges, categories, negation, and what they match when case is ignored.

use crate::text::unicode;

/// Lower-case characters that share an upper-case one: equal when case is ignored (from the simple case mappings of
/// Unicode 14.0.0).
#[rustfmt::skip]
const SAME_UPPER: &[&str] = &[
    "\u{69}\u{131}", "\u{73}\u{17f}", "\u{b5}\u{3bc}", "\u{345}\u{3b9}\u{1fbe}", "\u{390}\u{1fd3}", "\u{3b0}\u{1fe3}",
    "\u{3b2}\u{3d0}", "\u{3b5}\u{3f5}", "\u{3b8}\u{3d1}", "\u{3ba}\u{3f0}", "\u{3c0}\u{3d6}", "\u{3c1}\u{3f1}",
    "\u{3c2}\u{3c3}", "\u{3c6}\u{3d5}", "\u{432}\u{1c80}", "\u{434}\u{1c81}", "\u{43e}\u{1c82}", "\u{441}\u{1c83}",
    "\u{442}\u{1c84}\u{1c85}", "\u{44a}\u{1c86}", "\u{463}\u{1c87}", "\u{1c88}\u{a64b}", "\u{1e61}\u{1e9b}",
    "\u{fb05}\u{fb06}",
];

/// How letters are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Exact,
    IgnoreAscii,
    IgnoreUnicode,
}

impl Case {
    /// What a character is replaced by before it is compared.
    pub fn lower(self, c: char) -> char {
        match self {
            Case::Exact => c,
            Case::IgnoreAscii => c.to_ascii_lowercase(),
            Case::IgnoreUnicode => unicode::simple_lower(c),
        }
    }

    /// The other lower-case characters that count as equal to a lower-case one.
    pub fn equals_of(self, lower: char) -> impl Iterator<Item = char> {
        let group = match self {
            Case::IgnoreUnicode => SAME_UPPER
                .iter()
                .find(|group| group.contains(lower))
                .copied()
                .unwrap_or(""),
            _ => "",
        };
        group.chars().filter(move |&c| c != lower)
    }

    /// Whether ignoring case makes a difference for this character.
    pub fn is_cased(self, c: char) -> bool {
        match self {
            Case::Exact => false,
            Case::IgnoreAscii => c.is_ascii_alphabetic(),
            Case::IgnoreUnicode => unicode::simple_lower(c) != c || unicode::simple_upper(c) != c,
        }
    }
}

/// `\d`, `\s`, `\w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Digit,
    Space,
    Word,
}

/// A category and its conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    pub kind: Kind,
    pub negated: bool,
    pub ascii: bool,
}

impl Category {
    pub fn contains(self, c: char) -> bool {
        let inside = match (self.kind, self.ascii) {
            (Kind::Digit, true) => c.is_ascii_digit(),
            (Kind::Digit, false) => unicode::is_decimal(c),
            (Kind::Space, true) => matches!(c, ' ' | '\t'..='\r'),
            (Kind::Space, false) => unicode::is_space(c),
            (Kind::Word, ascii) => is_word(c, ascii),
        };
        inside != self.negated
    }
}

pub fn is_word(c: char, ascii: bool) -> bool {
    c == '_'
        || if ascii || c.is_ascii() {
            c.is_ascii_alphanumeric()
        } else {
            unicode::is_alphanumeric(c)
        }
}

/// One member of a set as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    Range(char, char),
    Category(Category),
}

/// A compiled set.
#[derive(Clone, Debug)]
pub struct Class {
    /// The answers for the characters below 256.
    low: [u64; 4],
    ranges: Vec<(char, char)>,
    categories: Vec<Category>,
    negated: bool,
    case: Case,
}

impl Class {
    pub fn new(members: &[Member], negated: bool, case: Case) -> Self {
        let mut class = Class {
            low: [0; 4],
            ranges: Vec::new(),
            categories: Vec::new(),
            negated,
            case,
        };
        for member in members {
            match *member {
                Member::Category(category) => class.categories.push(category),
                Member::Range(first, last) if case == Case::Exact => class.ranges.push((first, last)),
                Member::Range(first, last) => class.add_folded(first, last),
            }
        }
        for code in 0..=255u8 {
            if class.decide(code as char) {
                class.low[usize::from(code >> 6)] |= 1 << (code & 63);
            }
        }
        class
    }

    /// Adds what a range's characters are compared as when case is ignored.
    fn add_folded(&mut self, first: char, last: char) {
        // No character at or beyond this one has case: such parts of a range stay as they are.
        const CASELESS: char = '\u{1f000}';
        let mut run: Option<(char, char)> = None;
        for c in first..=last.min(CASELESS) {
            let lower = self.case.lower(c);
            for other in self.case.equals_of(lower) {
                self.ranges.push((other, other));
            }
            match &mut run {
                Some((_, end)) if *end as u32 + 1 == lower as u32 => *end = lower,
                _ => self.ranges.extend(run.replace((lower, lower))),
            }
        }
        self.ranges.extend(run);
        if last > CASELESS {
            self.ranges.push((first.max(CASELESS), last));
        }
    }

    fn decide(&self, c: char) -> bool {
        let c = self.case.lower(c);
        let inside = self.ranges.iter().any(|&(first, last)| first <= c && c <= last)
            || self.categories.iter().any(|category| category.contains(c));
        inside != self.negated
    }

    pub fn contains(&self, c: char) -> bool {
        let code = c as u32;
        if code < 256 {
            self.low[(code >> 6) as usize] >> (code & 63) & 1 == 1
        } else {
            self.decide(c)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        let word = Category {
            kind: Kind::Word,
            negated: false,
            ascii: false,
        };
        let class = Class::new(&[Member::Category(word), Member::Range('-', '/')], true, Case::Exact);
        assert!(!class.contains('é') && !class.contains('.') && class.contains('!') && class.contains('—'));
        let folded = Class::new(
            &[Member::Range('k', 'k'), Member::Range('À', 'Å')],
            false,
            Case::IgnoreUnicode,
        );
        assert!(folded.contains('K') && folded.contains('\u{212a}') && folded.contains('å') && !folded.contains('æ'));
        let ascii = Class::new(&[Member::Range('a', 'z')], false, Case::IgnoreAscii);
        assert!(ascii.contains('Q') && !ascii.contains('\u{212a}'));
        assert!(Case::IgnoreUnicode.equals_of('s').eq(['ſ']));
    }
}
