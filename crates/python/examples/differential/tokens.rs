//! Edits of a program's tokens: dropped, doubled, swapped, replaced by others.

use crate::random::Random;

const OTHERS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ";",
    ".",
    "=",
    "==",
    "->",
    ":=",
    "+=",
    "*",
    "**",
    "//",
    "@",
    "~",
    "!=",
    "<",
    "if",
    "else",
    "elif",
    "for",
    "in",
    "not",
    "and",
    "or",
    "is",
    "while",
    "def",
    "class",
    "return",
    "yield",
    "lambda",
    "try",
    "except",
    "finally",
    "raise",
    "with",
    "as",
    "import",
    "from",
    "global",
    "nonlocal",
    "del",
    "pass",
    "break",
    "continue",
    "assert",
    "async",
    "await",
    "match",
    "case",
    "None",
    "True",
    "print",
    "_",
    "x",
    "0",
    "1.5",
    "07",
    "1_000",
    "0x",
    "2j",
    "'a'",
    "f'{x}'",
    "b'a'",
    "'",
    "\"\"\"",
    "\\",
    "\n",
    "\n    ",
    "\t",
    " ",
    "# note\n",
    "...",
    "$",
    "?",
    "!",
    "é",
    "print(1)",
    "x = 1",
    "*x",
    "**x",
    "x: int",
    "f'{'",
    "f'}'",
    "f'{x!r:>{y}}'",
    "f'{x!z}'",
    "f'{}'",
    "yield x",
    "x for x in x",
    "lambda: 0",
];

/// One to three edits.
pub fn edit(code: &str, random: &mut Random) -> String {
    let mut tokens = split(code);
    for _ in 0..1 + random.below(3) {
        if tokens.is_empty() {
            break;
        }
        let at = random.below(tokens.len());
        let other = random.below(tokens.len());
        match random.below(6) {
            0 => drop(tokens.remove(at)),
            1 => tokens.insert(at, tokens[other]),
            2 => tokens.swap(at, other),
            3 => tokens[at] = tokens[other],
            4 => tokens.insert(at, OTHERS[random.below(OTHERS.len())]),
            _ => tokens[at] = OTHERS[random.below(OTHERS.len())],
        }
    }
    tokens.concat()
}

/// Words, runs of spaces, and single other characters; a string's quotes and inside are separate tokens.
fn split(code: &str) -> Vec<&str> {
    let class = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' => 0,
        ' ' => 1,
        _ => 2,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut characters = code.char_indices().peekable();
    while let Some((_, c)) = characters.next() {
        let next = characters.peek().copied();
        if class(c) == 2 || next.is_none_or(|(_, next)| class(next) != class(c)) {
            let end = next.map_or(code.len(), |(at, _)| at);
            tokens.push(&code[start..end]);
            start = end;
        }
    }
    tokens
}
