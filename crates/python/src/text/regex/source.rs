//! Tokens of patterns and replacements, and the wording of their errors.

use super::{Error, quoted};

/// A pattern character, or a backslash with what follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Token {
    Char(char),
    Escape(char),
}

/// Cuts text into tokens and words errors, for patterns and for replacements.
pub struct Source {
    chars: Vec<char>,
    /// Behind `next`.
    index: usize,
    pub next: Option<Token>,
}

impl Source {
    pub fn new(text: &str) -> Result<Self, Error> {
        let mut source = Source {
            chars: text.chars().collect(),
            index: 0,
            next: None,
        };
        source.advance()?;
        Ok(source)
    }

    pub fn advance(&mut self) -> Result<(), Error> {
        self.next = match self.chars.get(self.index) {
            None => None,
            Some('\\') => {
                self.index += 1;
                let Some(&escaped) = self.chars.get(self.index) else {
                    return Err(Error::at("bad escape (end of pattern)", self.chars.len() - 1));
                };
                Some(Token::Escape(escaped))
            }
            Some(&c) => Some(Token::Char(c)),
        };
        self.index += usize::from(self.next.is_some());
        Ok(())
    }

    pub fn get(&mut self) -> Result<Option<Token>, Error> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    pub fn eat(&mut self, c: char) -> Result<bool, Error> {
        let matches = self.next == Some(Token::Char(c));
        if matches {
            self.advance()?;
        }
        Ok(matches)
    }

    pub fn peek_char(&self) -> Option<char> {
        match self.next {
            Some(Token::Char(c)) => Some(c),
            _ => None,
        }
    }

    /// Index of `next`.
    pub fn tell(&self) -> usize {
        self.index
            - match self.next {
                None => 0,
                Some(Token::Char(_)) => 1,
                Some(Token::Escape(_)) => 2,
            }
    }

    pub fn seek(&mut self, index: usize) -> Result<(), Error> {
        self.index = index;
        self.advance()
    }

    /// Appends up to `limit` characters that `accepts` takes.
    pub fn take_while(&mut self, out: &mut String, limit: usize, accepts: fn(char) -> bool) -> Result<(), Error> {
        for _ in 0..limit {
            match self.peek_char() {
                Some(c) if accepts(c) => out.push(c),
                _ => break,
            }
            self.advance()?;
        }
        Ok(())
    }

    /// Reads a name up to `terminator`.
    pub fn take_until(&mut self, terminator: char, what: &str) -> Result<String, Error> {
        let mut name = String::new();
        loop {
            match self.get()? {
                None if name.is_empty() => return Err(self.error(format!("missing {what}"), 0)),
                None => {
                    let length = name.chars().count();
                    return Err(self.error(format!("missing {terminator}, unterminated name"), length));
                }
                Some(Token::Char(c)) if c == terminator => {
                    if name.is_empty() {
                        return Err(self.error(format!("missing {what}"), 1));
                    }
                    return Ok(name);
                }
                Some(Token::Char(c)) => name.push(c),
                Some(Token::Escape(c)) => name.extend(['\\', c]),
            }
        }
    }

    /// An error `back` characters before `next`.
    pub fn error(&self, message: impl Into<String>, back: usize) -> Error {
        Error::at(message, self.tell().saturating_sub(back))
    }

    pub fn check_name(&self, name: &str) -> Result<(), Error> {
        if crate::text::methods::is_identifier(name) {
            return Ok(());
        }
        Err(self.error(
            format!("bad character in group name {}", quoted(name)),
            name.chars().count() + 1,
        ))
    }
}

pub fn is_octal(c: char) -> bool {
    ('0'..='7').contains(&c)
}
