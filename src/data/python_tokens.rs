//! Python 3.11's token stream, as its `tokenize` module gives it: what the text format calls "Python's own tokens".
//!
//! A lexer of our own, because texts that are not whole programs (values, predictions) go through it too, and f-strings
//! are one token here as they are in 3.11.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    Number,
    String,
    Operator,
    Indent,
    Dedent,
    /// Ends a logical line.
    Newline,
}

/// A token, its text and the 0-based physical line on which it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub line: usize,
}

/// Why a text has no token stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexicalError {
    /// 0-based.
    pub line: usize,
    pub message: &'static str,
}

impl fmt::Display for LexicalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line + 1, self.message)
    }
}

impl std::error::Error for LexicalError {}

const OPERATORS: [&str; 47] = [
    "**=", "//=", ">>=", "<<=", "...", "!=", "->", ":=", "**", "//", ">>", "<<", "<=", ">=", "==", "+=", "-=", "*=",
    "/=", "%=", "&=", "|=", "^=", "@=", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]",
    "{", "}", ",", ":", ".", ";", "=",
];

/// The tokens of a program (comments, blank lines and joined line ends left out).
pub fn tokens(source: &str) -> Result<Vec<Token<'_>>, LexicalError> {
    let mut lexer = Lexer {
        source,
        position: 0,
        line: 0,
        tokens: Vec::new(),
        indents: vec![0],
        depth: 0,
    };
    lexer.run()?;
    Ok(lexer.tokens)
}

/// The tokens of one expression's text such as a repr, in which line ends mean nothing.
pub fn expression_tokens(text: &str) -> Result<Vec<Token<'_>>, LexicalError> {
    let mut lexer = Lexer {
        source: text,
        position: 0,
        line: 0,
        tokens: Vec::new(),
        indents: vec![0],
        depth: 1,
    };
    while lexer.skip_space()? {
        lexer.token()?;
    }
    Ok(lexer.tokens)
}

/// The text of a string token without its quotes. A prefix (`b`, `r`, `f`) stays.
pub fn without_quotes(token: &str) -> (&str, &str) {
    let prefix = token.bytes().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (prefix, body) = token.split_at(prefix);
    let quotes = if body.len() >= 6 && (body.starts_with("'''") || body.starts_with("\"\"\"")) {
        3
    } else {
        1
    };
    (
        prefix,
        body.get(quotes..body.len().saturating_sub(quotes)).unwrap_or(""),
    )
}

struct Lexer<'a> {
    source: &'a str,
    position: usize,
    line: usize,
    tokens: Vec<Token<'a>>,
    indents: Vec<usize>,
    /// Open brackets: inside them line ends are white space.
    depth: usize,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) -> Result<(), LexicalError> {
        while self.position < self.source.len() {
            if !self.indentation()? {
                continue;
            }
            loop {
                if !self.skip_space()? {
                    break;
                }
                if matches!(self.byte(0), Some(b'\n' | b'\r')) {
                    break;
                }
                self.token()?;
            }
            self.push(Kind::Newline, self.position);
            self.line_end();
        }
        for _ in 1..self.indents.len() {
            self.push(Kind::Dedent, self.position);
        }
        if self.depth > 0 {
            Err(self.error("a bracket is never closed"))
        } else {
            Ok(())
        }
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.source.as_bytes().get(self.position + ahead).copied()
    }

    fn error(&self, message: &'static str) -> LexicalError {
        LexicalError {
            line: self.line,
            message,
        }
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token {
            kind,
            text: &self.source[start..self.position],
            line: self.line,
        });
    }

    /// Steps over one line end, in any of its three forms.
    fn line_end(&mut self) {
        if self.byte(0) == Some(b'\r') {
            self.position += 1;
            if self.byte(0) == Some(b'\n') {
                self.position += 1;
            }
            self.line += 1;
        } else if self.byte(0) == Some(b'\n') {
            self.position += 1;
            self.line += 1;
        }
    }

    /// Reads a logical line's indentation. False when the line holds no code; it is stepped over.
    fn indentation(&mut self) -> Result<bool, LexicalError> {
        let mut column = 0;
        loop {
            match self.byte(0) {
                Some(b' ') => column += 1,
                Some(b'\t') => column = (column / 8 + 1) * 8,
                Some(b'\x0c') => column = 0,
                _ => break,
            }
            self.position += 1;
        }
        match self.byte(0) {
            None => return Ok(false),
            Some(b'#') => {
                self.comment();
                self.line_end();
                return Ok(false);
            }
            Some(b'\n' | b'\r') => {
                self.line_end();
                return Ok(false);
            }
            _ => {}
        }
        if column > *self.indents.last().expect("never empty") {
            self.indents.push(column);
            self.push(Kind::Indent, self.position);
        }
        while column < *self.indents.last().expect("never empty") {
            self.indents.pop();
            self.push(Kind::Dedent, self.position);
        }
        if column != *self.indents.last().expect("never empty") {
            return Err(self.error("unindent does not match any outer indentation level"));
        }
        Ok(true)
    }

    fn comment(&mut self) {
        while !matches!(self.byte(0), None | Some(b'\n' | b'\r')) {
            self.position += 1;
        }
    }

    /// Steps to the next token, over white space, comments, joined lines and, inside brackets, line ends. False at the end.
    fn skip_space(&mut self) -> Result<bool, LexicalError> {
        loop {
            match self.byte(0) {
                None => return Ok(false),
                Some(b' ' | b'\t' | b'\x0c') => self.position += 1,
                Some(b'#') => self.comment(),
                Some(b'\\') if matches!(self.byte(1), Some(b'\n' | b'\r')) => {
                    self.position += 1;
                    self.line_end();
                }
                Some(b'\n' | b'\r') if self.depth > 0 => self.line_end(),
                Some(_) => return Ok(true),
            }
        }
    }

    fn token(&mut self) -> Result<(), LexicalError> {
        let start = self.position;
        let rest = &self.source[start..];
        let first = rest.chars().next().expect("a token begins here");
        if first == '\'' || first == '"' {
            return self.string(start);
        }
        if first.is_ascii_digit() || (first == '.' && self.byte(1).is_some_and(|byte| byte.is_ascii_digit())) {
            self.number();
            self.push(Kind::Number, start);
            return Ok(());
        }
        if first == '_' || first.is_alphabetic() {
            let length = rest
                .find(|c: char| !(c == '_' || c.is_alphanumeric()))
                .unwrap_or(rest.len());
            let prefix = rest[..length].bytes().all(|byte| b"rRbBfFuU".contains(&byte));
            if length <= 2 && prefix && matches!(rest.as_bytes().get(length), Some(b'\'' | b'"')) {
                self.position += length;
                return self.string(start);
            }
            self.position += length;
            self.push(Kind::Name, start);
            return Ok(());
        }
        let Some(operator) = OPERATORS.iter().find(|operator| rest.starts_with(**operator)) else {
            return Err(self.error("invalid character"));
        };
        match *operator {
            "(" | "[" | "{" => self.depth += 1,
            ")" | "]" | "}" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.position += operator.len();
        self.push(Kind::Operator, start);
        Ok(())
    }

    fn string(&mut self, start: usize) -> Result<(), LexicalError> {
        let line = self.line;
        let quote = self.byte(0).expect("a quote stands here");
        let triple = self.byte(1) == Some(quote) && self.byte(2) == Some(quote);
        self.position += if triple { 3 } else { 1 };
        loop {
            match self.byte(0) {
                None => {
                    return Err(LexicalError {
                        line,
                        message: "unterminated string literal",
                    });
                }
                Some(b'\\') => {
                    self.position += 1;
                    match self.source[self.position..].chars().next() {
                        Some('\n' | '\r') => self.line_end(),
                        Some(escaped) => self.position += escaped.len_utf8(),
                        None => {}
                    }
                }
                Some(b'\n' | b'\r') if triple => self.line_end(),
                Some(b'\n' | b'\r') => {
                    return Err(LexicalError {
                        line,
                        message: "unterminated string literal",
                    });
                }
                Some(byte) if byte == quote => {
                    self.position += 1;
                    if !triple {
                        break;
                    }
                    if self.byte(0) == Some(quote) && self.byte(1) == Some(quote) {
                        self.position += 2;
                        break;
                    }
                }
                Some(_) => self.position += 1,
            }
        }
        self.tokens.push(Token {
            kind: Kind::String,
            text: &self.source[start..self.position],
            line,
        });
        Ok(())
    }

    fn digits(&mut self, valid: impl Fn(u8) -> bool) {
        while self.byte(0).is_some_and(&valid) || (self.byte(0) == Some(b'_') && self.byte(1).is_some_and(&valid)) {
            self.position += 1;
        }
    }

    fn number(&mut self) {
        if self.byte(0) == Some(b'0') {
            let valid: Option<fn(u8) -> bool> = match self.byte(1) {
                Some(b'x' | b'X') => Some(|byte| byte.is_ascii_hexdigit()),
                Some(b'o' | b'O') => Some(|byte| (b'0'..=b'7').contains(&byte)),
                Some(b'b' | b'B') => Some(|byte| byte == b'0' || byte == b'1'),
                _ => None,
            };
            let after = if self.byte(2) == Some(b'_') { 3 } else { 2 };
            if let Some(valid) = valid.filter(|valid| self.byte(after).is_some_and(valid)) {
                self.position += after;
                self.digits(valid);
                return;
            }
        }
        let decimal = |byte: u8| byte.is_ascii_digit();
        self.digits(decimal);
        if self.byte(0) == Some(b'.') {
            self.position += 1;
            self.digits(decimal);
        }
        if matches!(self.byte(0), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.byte(1), Some(b'+' | b'-')));
            if self.byte(1 + sign).is_some_and(decimal) {
                self.position += 1 + sign;
                self.digits(decimal);
            }
        }
        if matches!(self.byte(0), Some(b'j' | b'J')) {
            self.position += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        tokens(source)
            .unwrap()
            .into_iter()
            .filter(|token| token.kind != Kind::Newline)
            .map(|token| token.text)
            .collect()
    }

    #[test]
    fn operators_numbers_and_strings_split_as_in_python() {
        assert_eq!(texts("x**=-1_000//.5e-3"), ["x", "**=", "-", "1_000", "//", ".5e-3"]);
        assert_eq!(
            texts("a=0x_fF+0b10j or 1if y else 2."),
            ["a", "=", "0x_fF", "+", "0b10", "j", "or", "1", "if", "y", "else", "2."]
        );
        assert_eq!(
            texts("print(f'{a!r:>{w}}', rb\"\\\"\", '''x\ny''')"),
            ["print", "(", "f'{a!r:>{w}}'", ",", "rb\"\\\"\"", ",", "'''x\ny'''", ")"]
        );
        assert_eq!(
            texts("if (n:=10)!=1e5j:pass"),
            ["if", "(", "n", ":=", "10", ")", "!=", "1e5j", ":", "pass"]
        );
        assert_eq!(texts("naïve = ñ...y"), ["naïve", "=", "ñ", "...", "y"]);
    }

    #[test]
    fn indentation_and_lines() {
        let source = "if a:\n    # no code\n\n    b = (1,\n  2)\n  c\nd\\\n = 1";
        let error = tokens(source).unwrap_err();
        assert_eq!(error.line, 5);
        let source = "if a:\n    # no code\n\n    b = (1,\n  2)\nd\\\n = 1\nif x:\n  if y:\n    z";
        let found: Vec<(Kind, usize, &str)> = tokens(source)
            .unwrap()
            .iter()
            .filter(|token| matches!(token.kind, Kind::Indent | Kind::Dedent) || token.text == "2" || token.text == "=")
            .map(|token| (token.kind, token.line, token.text))
            .collect();
        assert_eq!(
            found,
            [
                (Kind::Indent, 3, ""),
                (Kind::Operator, 3, "="),
                (Kind::Number, 4, "2"),
                (Kind::Dedent, 5, ""),
                (Kind::Operator, 6, "="),
                (Kind::Indent, 8, ""),
                (Kind::Indent, 9, ""),
                (Kind::Dedent, 9, ""),
                (Kind::Dedent, 9, ""),
            ]
        );
    }

    #[test]
    fn what_is_no_token_is_an_error() {
        assert_eq!(tokens("a = 'x\n'").unwrap_err().message, "unterminated string literal");
        assert_eq!(tokens("a = (1,").unwrap_err().message, "a bracket is never closed");
        assert_eq!(tokens("a = $").unwrap_err().message, "invalid character");
        assert!(tokens("'\\").is_err());
    }

    #[test]
    fn quotes_come_off() {
        assert_eq!(without_quotes("'a b'"), ("", "a b"));
        assert_eq!(without_quotes("''"), ("", ""));
        assert_eq!(without_quotes("b\"x\""), ("b", "x"));
        assert_eq!(without_quotes("'''a\nb'''"), ("", "a\nb"));
    }
}
