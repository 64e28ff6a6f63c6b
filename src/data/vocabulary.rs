//! The special tokens of CodeExecutor (Liu et al., ACL Findings 2023, and its release).

/// Special tokens of the base tokenizer (UniXcoder's), in the order of their ids where those are fixed.
pub const BASE: [&str; 6] = ["<s>", "<pad>", "</s>", "<mask0>", "<encoder-decoder>", "<encoder-only>"];

pub const BEGIN: &str = "<s>";
pub const PAD: &str = "<pad>";
pub const END: &str = "</s>";
pub const MASK: &str = "<mask0>";
pub const ENCODER_DECODER: &str = "<encoder-decoder>";
pub const ENCODER_ONLY: &str = "<encoder-only>";

pub const LINE: &str = "<line>";
pub const STATE: &str = "<state>";
pub const STATE_END: &str = "</state>";
pub const SEPARATOR: &str = "<dictsep>";
pub const OUTPUT: &str = "<output>";
pub const FUNCTION: &str = "<function>";
pub const INDENT: &str = "<indent>";
pub const DEDENT: &str = "<dedent>";

/// Tokens that CodeExecutor adds, besides the line numbers.
pub const ADDED_WORDS: [&str; 11] = [
    LINE,
    STATE,
    STATE_END,
    SEPARATOR,
    OUTPUT,
    FUNCTION,
    "<singleline>",
    "<tutorial>",
    "<codenet>",
    INDENT,
    DEDENT,
];

/// Line numbers that have a token: `<0>` to `<199>`.
pub const LINE_NUMBERS: usize = 200;

/// The 211 tokens that CodeExecutor adds to the base vocabulary, in order.
pub fn added_tokens() -> Vec<String> {
    ADDED_WORDS
        .iter()
        .map(|word| word.to_string())
        .chain((0..LINE_NUMBERS).map(|line| format!("<{line}>")))
        .collect()
}

/// Whether `text` contains the text of a special token anywhere: such a program can't be told from its own markup.
pub fn contains_special(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if special_at_start(rest).is_some() {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// Length of the special token that `text` begins with.
pub fn special_at_start(text: &str) -> Option<usize> {
    // None is longer than `<encoder-decoder>`.
    let end = text.bytes().take(20).position(|byte| byte == b'>')?;
    let token = &text[..=end];
    is_special(token).then_some(end + 1)
}

/// Whether `token` is one of the special tokens.
pub fn is_special(token: &str) -> bool {
    BASE.contains(&token) || ADDED_WORDS.contains(&token) || line_number(token).is_some()
}

/// The number of a line token such as `<12>`.
pub fn line_number(token: &str) -> Option<usize> {
    let digits = token.strip_prefix('<')?.strip_suffix('>')?;
    if digits.is_empty()
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
        || (digits.len() > 1 && digits.starts_with('0'))
    {
        return None;
    }
    digits.parse().ok().filter(|&line| line < LINE_NUMBERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_the_releases() {
        assert_eq!(added_tokens().len(), 211);
        assert_eq!(added_tokens()[210], "<199>");
    }

    #[test]
    fn special_texts_are_found() {
        for text in ["a<7>b", "x <dictsep>", "<<s>", "<<<199>"] {
            assert!(contains_special(text), "{text}");
        }
        for text in ["<200>", "<007>", "<>", "a < b > c", "<lines>", "<é>", "< 7>"] {
            assert!(!contains_special(text), "{text}");
        }
    }
}
