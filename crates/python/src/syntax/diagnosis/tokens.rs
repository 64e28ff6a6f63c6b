//! Tokens as CPython 3.11's tokenizer cuts them (The Python Language Reference, chapter 2), and its errors.

use crate::syntax::SyntaxError;
use crate::text::unicode;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Name,
    Number,
    String,
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
    /// 0-based.
    pub line: u32,
    /// Brackets open around it (behind it, for a bracket itself).
    pub level: usize,
}

/// Why the tokenizer stopped.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub error: SyntaxError,
    /// It outranks errors of the grammar that stand before it.
    pub raised: bool,
}

#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub tokens: Vec<Token>,
    /// What ended the tokens, if not their end.
    pub stop: Option<Stop>,
    /// The innermost bracket that is open at the stop, with its line.
    pub open: Option<(u8, u32)>,
}

struct Tokenizer<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    line: u32,
    brackets: Vec<(u8, u32)>,
    /// Columns of the open blocks with tabs to 8, and with tabs to 1.
    indents: Vec<(usize, usize)>,
    tokens: Vec<Token>,
}

type Step<T = ()> = Result<T, Stop>;

pub(super) fn tokenize(source: &str) -> Tokens {
    let mut tokenizer = Tokenizer {
        source,
        bytes: source.as_bytes(),
        at: 0,
        line: 0,
        brackets: Vec::new(),
        indents: vec![(0, 0)],
        tokens: Vec::new(),
    };
    let stop = tokenizer.run().err();
    Tokens {
        tokens: tokenizer.tokens,
        stop,
        open: tokenizer.brackets.last().copied(),
    }
}

pub(super) fn never_closed((bracket, line): (u8, u32)) -> SyntaxError {
    SyntaxError::new(format!("'{}' was never closed", bracket as char), line)
}

impl Tokenizer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn ended(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn raise<T>(&self, message: impl Into<String>) -> Step<T> {
        Err(Stop {
            error: SyntaxError::new(message, self.line),
            raised: true,
        })
    }

    fn stop<T>(&self, type_name: &'static str, message: &str, line: u32) -> Step<T> {
        Err(Stop {
            error: SyntaxError::of_type(type_name, message, line),
            raised: false,
        })
    }

    fn push(&mut self, kind: TokenKind, start: usize, line: u32) {
        let level = self.brackets.len();
        let end = self.at;
        self.tokens.push(Token {
            kind,
            start,
            end,
            line,
            level,
        });
    }

    /// Steps over a line break.
    fn line_break(&mut self) {
        self.at += if self.peek(0) == b'\r' && self.peek(1) == b'\n' {
            2
        } else {
            1
        };
        self.line += 1;
    }

    fn run(&mut self) -> Step {
        let mut line_start = true;
        loop {
            if line_start {
                line_start = false;
                self.indentation()?;
            }
            while matches!(self.peek(0), b' ' | b'\t' | b'\x0c') {
                self.at += 1;
            }
            if self.peek(0) == b'#' {
                while !self.ended() && !matches!(self.peek(0), b'\n' | b'\r') {
                    self.at += 1;
                }
            }
            if self.ended() {
                return self.end();
            }
            match self.peek(0) {
                b'\n' | b'\r' => {
                    let blank = self.tokens.last().is_none_or(|token| {
                        matches!(token.kind, TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent)
                    });
                    if self.brackets.is_empty() {
                        line_start = true;
                        if !blank {
                            self.push(TokenKind::Newline, self.at, self.line);
                        }
                    }
                    self.line_break();
                }
                b'\\' => {
                    self.at += 1;
                    if !self.ended() && !matches!(self.peek(0), b'\n' | b'\r') {
                        let message = "unexpected character after line continuation character";
                        return self.stop("SyntaxError", message, self.line);
                    }
                    let line = self.line;
                    self.line_break();
                    if self.at >= self.bytes.len() {
                        return match self.brackets.last() {
                            Some(&open) => Err(Stop {
                                error: never_closed(open),
                                raised: false,
                            }),
                            None => self.stop("SyntaxError", "unexpected EOF while parsing", line),
                        };
                    }
                }
                _ => self.token()?,
            }
        }
    }

    fn end(&mut self) -> Step {
        if let Some(&open) = self.brackets.last() {
            return Err(Stop {
                error: never_closed(open),
                raised: false,
            });
        }
        let fresh = |token: &Token| matches!(token.kind, TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent);
        // The end stands on the last line, whether that has a line break or not.
        if matches!(self.bytes.last(), Some(b'\n' | b'\r')) {
            self.line = self.line.saturating_sub(1);
        }
        if !self.tokens.is_empty() && !self.tokens.last().is_some_and(fresh) {
            self.push(TokenKind::Newline, self.at, self.line);
        }
        while self.indents.len() > 1 {
            self.indents.pop();
            self.push(TokenKind::Dedent, self.at, self.line);
        }
        self.push(TokenKind::End, self.at, self.line);
        Ok(())
    }

    fn indentation(&mut self) -> Step {
        let start = self.at;
        let (mut column, mut plain) = (0, 0);
        loop {
            match self.peek(0) {
                b' ' => (column, plain) = (column + 1, plain + 1),
                b'\t' => (column, plain) = ((column / 8 + 1) * 8, plain + 1),
                b'\x0c' => (column, plain) = (0, 0),
                _ => break,
            }
            self.at += 1;
        }
        if self.ended() || matches!(self.peek(0), b'\n' | b'\r' | b'#' | b'\\') || !self.brackets.is_empty() {
            return Ok(());
        }
        let tabs = "inconsistent use of tabs and spaces in indentation";
        let (top, plain_top) = self.indents.last().copied().unwrap_or_default();
        if column == top {
            return if plain == plain_top {
                Ok(())
            } else {
                self.stop("TabError", tabs, self.line)
            };
        }
        if column > top {
            if self.indents.len() >= 100 {
                return self.stop("IndentationError", "too many levels of indentation", self.line);
            }
            if plain <= plain_top {
                return self.stop("TabError", tabs, self.line);
            }
            self.indents.push((column, plain));
            self.push(TokenKind::Indent, start, self.line);
            return Ok(());
        }
        let mut dedents = 0;
        while self.indents.last().is_some_and(|&(open, _)| column < open) {
            self.indents.pop();
            dedents += 1;
        }
        let (top, plain_top) = self.indents.last().copied().unwrap_or_default();
        if column != top {
            let message = "unindent does not match any outer indentation level";
            return self.stop("IndentationError", message, self.line);
        }
        if plain != plain_top {
            return self.stop("TabError", tabs, self.line);
        }
        for _ in 0..dedents {
            self.push(TokenKind::Dedent, self.at, self.line);
        }
        Ok(())
    }

    fn token(&mut self) -> Step {
        let (start, line) = (self.at, self.line);
        let first = self.peek(0);
        if first.is_ascii_alphabetic() || first == b'_' || first >= 0x80 {
            if let Some(quote) = self.string_prefix() {
                self.at = quote;
                return self.string(start);
            }
            while self.peek(0).is_ascii_alphanumeric() || self.peek(0) == b'_' || self.peek(0) >= 0x80 {
                self.at += 1;
            }
            self.check_identifier(&self.source[start..self.at])?;
            self.push(TokenKind::Name, start, line);
            return Ok(());
        }
        if first.is_ascii_digit() || (first == b'.' && self.peek(1).is_ascii_digit()) {
            self.number()?;
            self.push(TokenKind::Number, start, line);
            return Ok(());
        }
        if matches!(first, b'\'' | b'"') {
            return self.string(start);
        }
        self.at += operator_length(&self.bytes[start..]);
        match first {
            b'(' | b'[' | b'{' => {
                if self.brackets.len() >= 200 {
                    return self.raise("too many nested parentheses");
                }
                self.brackets.push((first, line));
            }
            b')' | b']' | b'}' => {
                let Some((open, open_line)) = self.brackets.pop() else {
                    return self.raise(format!("unmatched '{}'", first as char));
                };
                if !matches!((open, first), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                    let (first, open) = (first as char, open as char);
                    let mut message =
                        format!("closing parenthesis '{first}' does not match opening parenthesis '{open}'");
                    if open_line != line {
                        message.push_str(&format!(" on line {}", open_line + 1));
                    }
                    return self.raise(message);
                }
            }
            _ if first < b' ' || first == 0x7f => {
                return self.raise(format!("invalid non-printable character U+{first:04X}"));
            }
            _ => {}
        }
        self.push(TokenKind::Operator, start, line);
        Ok(())
    }

    fn check_identifier(&self, name: &str) -> Step {
        for (at, character) in name.char_indices() {
            let fits = match at {
                0 => unicode::is_identifier_start(character),
                _ => unicode::is_identifier_continue(character),
            };
            if !fits && !unicode::is_printable(character) {
                return self.raise(format!("invalid non-printable character U+{:04X}", character as u32));
            }
            if !fits {
                return self.raise(format!("invalid character '{character}' (U+{:04X})", character as u32));
            }
        }
        Ok(())
    }

    /// The offset of the quote behind `b`, `r`, `u`, `f`, `br`, `fr`, … here.
    fn string_prefix(&self) -> Option<usize> {
        let lower = |ahead: usize| self.peek(ahead).to_ascii_lowercase();
        let is_quote = |ahead: usize| matches!(self.peek(ahead), b'\'' | b'"');
        if matches!(lower(0), b'b' | b'r' | b'u' | b'f') && is_quote(1) {
            return Some(self.at + 1);
        }
        let pair = matches!((lower(0), lower(1)), (b'b' | b'f', b'r') | (b'r', b'b' | b'f'));
        (pair && is_quote(2)).then_some(self.at + 2)
    }

    fn string(&mut self, start: usize) -> Step {
        let quote = self.peek(0);
        let first_line = self.line;
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        loop {
            if self.ended() || (!triple && matches!(self.peek(0), b'\n' | b'\r')) {
                let detected = match self.bytes.last() {
                    Some(b'\n' | b'\r') if triple => self.line,
                    _ => self.line + 1,
                };
                self.line = first_line;
                let kind = if triple { "triple-quoted string" } else { "string" };
                return self.raise(format!("unterminated {kind} literal (detected at line {detected})"));
            }
            match self.peek(0) {
                b'\\' => {
                    self.at += 1;
                    match self.peek(0) {
                        b'\n' | b'\r' => self.line_break(),
                        _ => self.at = (self.at + 1).min(self.bytes.len()),
                    }
                }
                b'\n' | b'\r' => self.line_break(),
                byte if byte == quote && !triple => {
                    self.at += 1;
                    break;
                }
                byte if byte == quote && self.peek(1) == quote && self.peek(2) == quote => {
                    self.at += 3;
                    break;
                }
                _ => self.at += 1,
            }
        }
        self.push(TokenKind::String, start, first_line);
        Ok(())
    }

    fn number(&mut self) -> Step {
        if self.peek(0) == b'0' {
            let (kind, radix) = match self.peek(1) {
                b'x' | b'X' => ("hexadecimal", 16),
                b'o' | b'O' => ("octal", 8),
                b'b' | b'B' => ("binary", 2),
                _ => return self.decimal(),
            };
            self.at += 2;
            loop {
                if self.peek(0) == b'_' {
                    self.at += 1;
                }
                let digit = |byte: u8| (byte as char).is_digit(radix);
                if !digit(self.peek(0)) {
                    if self.peek(0).is_ascii_digit() {
                        return self.raise(format!("invalid digit '{}' in {kind} literal", self.peek(0) as char));
                    }
                    return self.raise(format!("invalid {kind} literal"));
                }
                while digit(self.peek(0)) {
                    self.at += 1;
                }
                if self.peek(0) != b'_' {
                    break;
                }
            }
            if self.peek(0).is_ascii_digit() {
                return self.raise(format!("invalid digit '{}' in {kind} literal", self.peek(0) as char));
            }
            return self.number_end(kind);
        }
        self.decimal()
    }

    fn digits(&mut self) -> Step {
        loop {
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek(0).is_ascii_digit() {
                return self.raise("invalid decimal literal");
            }
        }
    }

    fn decimal(&mut self) -> Step {
        let start = self.at;
        if self.peek(0) != b'.' {
            self.digits()?;
        }
        let whole = &self.bytes[start..self.at];
        let leading_zeros = whole.first() == Some(&b'0') && whole.iter().any(|byte| (b'1'..=b'9').contains(byte));
        let mut kind = "decimal";
        let mut float = false;
        if self.peek(0) == b'.' {
            float = true;
            self.at += 1;
            if self.peek(0).is_ascii_digit() {
                self.digits()?;
            }
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
            if self.peek(1 + sign).is_ascii_digit() {
                float = true;
                self.at += 1 + sign;
                self.digits()?;
            } else if sign == 1 || (leading_zeros && !self.bytes[self.at..].starts_with(b"else")) {
                return self.raise("invalid decimal literal");
            }
        }
        if matches!(self.peek(0), b'j' | b'J') {
            float = true;
            self.at += 1;
            kind = "imaginary";
        }
        if leading_zeros && !float {
            return self.raise(
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
            );
        }
        self.number_end(kind)
    }

    /// Only some keywords may follow a number at once.
    fn number_end(&self, kind: &str) -> Step {
        let rest = &self.bytes[self.at..];
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        let whole: [&[u8]; 5] = [b"and", b"else", b"for", b"or", b"not"];
        let keyword = [b"if", b"in", b"is"].iter().any(|word| rest.starts_with(*word))
            || (whole.iter())
                .any(|word| rest.starts_with(word) && !rest.get(word.len()).is_some_and(|&next| is_word(next)));
        if !keyword && is_word(self.peek(0)) {
            return self.raise(format!("invalid {kind} literal"));
        }
        Ok(())
    }
}

fn operator_length(text: &[u8]) -> usize {
    const THREE: [&[u8]; 5] = [b"**=", b"//=", b">>=", b"<<=", b"..."];
    const TWO: [&[u8]; 20] = [
        b"!=", b"%=", b"&=", b"**", b"*=", b"+=", b"-=", b"->", b"//", b"/=", b":=", b"<<", b"<=", b"<>", b"==", b">=",
        b">>", b"@=", b"^=", b"|=",
    ];
    if THREE.iter().any(|operator| text.starts_with(operator)) {
        3
    } else if TWO.iter().any(|operator| text.starts_with(operator)) {
        2
    } else {
        1
    }
}
