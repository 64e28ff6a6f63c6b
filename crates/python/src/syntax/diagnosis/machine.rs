//! Runs the grammar over a program's tokens, as CPython's parser does: once plainly, once more with the diagnoses.

use super::grammar::{Action, Alternative, GRAMMAR, Item, Kind, RuleId};
use super::tokens::{Token, TokenKind, Tokens, never_closed};
use super::{messages, strings};
use crate::syntax::SyntaxError;
use rustc_hash::FxHashMap;

/// Index into [`Machine::nodes`].
pub(super) type NodeId = u32;

#[derive(Debug)]
pub(super) struct Node {
    pub kind: Kind,
    /// Tokens, from and behind.
    pub start: usize,
    pub end: usize,
    pub children: Vec<NodeId>,
}

pub(super) type Captures = [Option<NodeId>; 2];
/// A result and the token behind it, or no match; or the error that ends everything.
pub(super) type Match = Result<Option<(NodeId, usize)>, SyntaxError>;

pub(super) struct Machine<'a> {
    pub source: &'a str,
    pub tokens: &'a Tokens,
    pub nodes: Vec<Node>,
    /// Tokens read so far.
    pub filled: usize,
    diagnosing: bool,
    kept: FxHashMap<(RuleId, usize), Option<(NodeId, usize)>>,
    steps: u64,
    depth: usize,
    /// f-strings around this text.
    pub nesting: usize,
    /// Tokens whose strings were found well-formed.
    checked_strings: FxHashMap<usize, Kind>,
}

/// CPython's own time would be out of bounds behind this.
const MAX_STEPS: u64 = 200_000_000;
const MAX_DEPTH: usize = 60_000;

impl<'a> Machine<'a> {
    pub fn new(source: &'a str, tokens: &'a Tokens, nesting: usize) -> Self {
        Machine {
            source,
            tokens,
            nodes: Vec::new(),
            filled: 0,
            diagnosing: false,
            kept: FxHashMap::default(),
            steps: 0,
            depth: 0,
            nesting,
            checked_strings: FxHashMap::default(),
        }
    }

    /// The error of the text as a `start`; None if it has none.
    pub fn diagnose(&mut self, start: &str) -> Option<SyntaxError> {
        let start = GRAMMAR.rule(start);
        match self.rule(start, 0) {
            Ok(Some(_)) => return None,
            Ok(None) => {}
            Err(error) => return Some(self.outranked(error)),
        }
        let last = self.tokens.tokens[self.filled - 1];
        self.diagnosing = true;
        self.kept.clear();
        if let Err(error) = self.rule(start, 0) {
            return Some(self.outranked(error));
        }
        Some(match last.kind {
            TokenKind::Indent => SyntaxError::of_type("IndentationError", "unexpected indent", self.last_line()),
            TokenKind::Dedent => SyntaxError::of_type("IndentationError", "unexpected unindent", self.last_line()),
            _ => self.outranked(SyntaxError::new("invalid syntax", last.line)),
        })
    }

    /// Errors of the tokenizer further on come before those of the grammar.
    fn outranked(&self, error: SyntaxError) -> SyntaxError {
        if error.unsupported || self.filled > self.tokens.tokens.len() {
            return error;
        }
        match (&self.tokens.stop, self.tokens.open) {
            (Some(stop), _) if stop.raised => stop.error.clone(),
            (Some(_), Some(open)) if self.last_line() > open.1 => never_closed(open),
            _ => error,
        }
    }

    /// The line of the last token that was read.
    pub fn last_line(&self) -> u32 {
        let tokens = &self.tokens.tokens;
        let read = self.filled.clamp(1, tokens.len().max(1));
        tokens.get(read - 1).map_or(0, |token| token.line)
    }

    pub fn line_of(&self, node: NodeId) -> u32 {
        self.tokens.tokens[self.nodes[node as usize].start].line
    }

    pub fn text(&self, token: usize) -> &'a str {
        let token = self.tokens.tokens[token];
        &self.source[token.start..token.end]
    }

    fn token(&mut self, at: usize) -> Result<Token, SyntaxError> {
        match self.tokens.tokens.get(at) {
            Some(token) => {
                self.filled = self.filled.max(at + 1);
                Ok(*token)
            }
            None => {
                self.filled = at + 1;
                let unknown = || SyntaxError::unsupported("this syntax error", self.last_line());
                Err(self
                    .tokens
                    .stop
                    .as_ref()
                    .map_or_else(unknown, |stop| stop.error.clone()))
            }
        }
    }

    fn node(&mut self, kind: Kind, start: usize, end: usize, children: Vec<NodeId>) -> NodeId {
        self.nodes.push(Node {
            kind,
            start,
            end,
            children,
        });
        self.nodes.len() as NodeId - 1
    }

    fn rule(&mut self, id: RuleId, at: usize) -> Match {
        let rule = &GRAMMAR.rules[id];
        if rule.keep
            && let Some(&kept) = self.kept.get(&(id, at))
        {
            return Ok(kept);
        }
        self.steps += 1;
        self.depth += 1;
        if self.steps > MAX_STEPS || self.depth > MAX_DEPTH {
            return Err(SyntaxError::unsupported(
                "a syntax error in a text this involved",
                self.last_line(),
            ));
        }
        let diagnosing = self.diagnosing;
        self.diagnosing &= !rule.quiet;
        let result = self.alternatives(&rule.alternatives, at);
        self.diagnosing = diagnosing;
        self.depth -= 1;
        let result = result?;
        if rule.keep {
            self.kept.insert((id, at), result);
        }
        Ok(result)
    }

    fn alternatives(&mut self, alternatives: &'static [Alternative], at: usize) -> Match {
        for alternative in alternatives {
            // CPython holds a diagnosis back in the first pass only where it is all of an alternative.
            if let [(_, Item::Rule(id))] = alternative.items[..]
                && GRAMMAR.rules[id].invalid
                && !self.diagnosing
            {
                continue;
            }
            let mut committed = false;
            if let Some(found) = self.alternative(alternative, at, &mut committed)? {
                return Ok(Some(found));
            }
            if committed {
                break;
            }
        }
        Ok(None)
    }

    fn alternative(&mut self, alternative: &'static Alternative, start: usize, committed: &mut bool) -> Match {
        let mut at = start;
        let mut parts: Vec<NodeId> = Vec::new();
        let mut captures: Captures = [None; 2];
        for (capture, item) in &alternative.items {
            if matches!(item, Item::Commit) {
                *committed = true;
                continue;
            }
            let Some((node, behind)) = self.item(item, at)? else {
                return Ok(None);
            };
            at = behind;
            if let Some(letter) = capture {
                captures[usize::from(letter - b'a')] = Some(node);
            }
            if !matches!(item, Item::Ahead(_) | Item::NotAhead(_)) {
                parts.push(node);
            }
        }
        let result = match &alternative.action {
            Action::Pass if parts.len() == 1 => parts[0],
            Action::Pass => self.node(Kind::Plain, start, at, parts),
            Action::Kind(kind) => self.node(*kind, start, at, parts),
            Action::KindIfMore(kind) => {
                let more = parts
                    .last()
                    .is_some_and(|&last| !self.nodes[last as usize].children.is_empty());
                if more {
                    self.node(*kind, start, at, parts)
                } else {
                    parts[0]
                }
            }
            Action::Last => {
                let trailers = parts
                    .last()
                    .and_then(|&last| self.nodes[last as usize].children.last().copied());
                match trailers {
                    Some(trailer) => self.node(self.nodes[trailer as usize].kind, start, at, parts),
                    None => parts[0],
                }
            }
            Action::Group => match captures[0] {
                Some(inner) => {
                    let Node {
                        kind,
                        start,
                        end,
                        ref children,
                    } = self.nodes[inner as usize];
                    let children = children.clone();
                    self.node(kind, start, end, children)
                }
                None => parts[0],
            },
            Action::Strings => {
                let mut kind = Kind::Literal;
                if let Some(&known) = self.checked_strings.get(&start) {
                    kind = known;
                } else {
                    if strings::check(self, start, at)? {
                        kind = Kind::FString;
                    }
                    self.checked_strings.insert(start, kind);
                }
                self.node(kind, start, at, Vec::new())
            }
            diagnosis => {
                return match messages::decide(self, diagnosis, captures, at) {
                    Some(error) => Err(error),
                    None => Ok(None),
                };
            }
        };
        Ok(Some((result, at)))
    }

    fn item(&mut self, item: &'static Item, at: usize) -> Match {
        match item {
            Item::Rule(id) => self.rule(*id, at),
            Item::Group(alternatives) => self.alternatives(alternatives, at),
            Item::Optional(inner) => match self.item(inner, at)? {
                Some(found) => Ok(Some(found)),
                None => Ok(Some((self.node(Kind::Plain, at, at, Vec::new()), at))),
            },
            Item::Repeat(inner, least, separator) => self.repeat(inner, *least, *separator, at),
            Item::Ahead(inner) => Ok(self.item(inner, at)?.map(|(node, _)| (node, at))),
            Item::NotAhead(inner) => match self.item(inner, at)? {
                Some(_) => Ok(None),
                None => Ok(Some((self.node(Kind::Plain, at, at, Vec::new()), at))),
            },
            Item::Commit => Ok(None),
            Item::Demanded(literal) => {
                let token = self.token(at)?;
                if self.text(at) == *literal {
                    return Ok(Some((self.node(Kind::Plain, at, at + 1, Vec::new()), at + 1)));
                }
                Err(SyntaxError::new(format!("expected '{literal}'"), token.line))
            }
            terminal => {
                let token = self.token(at)?;
                let fits = match terminal {
                    Item::Literal(text) => {
                        matches!(token.kind, TokenKind::Operator | TokenKind::Name) && self.text(at) == *text
                    }
                    Item::Name => token.kind == TokenKind::Name && !is_keyword(self.text(at)),
                    // CPython 3.11 takes the beginning of a soft keyword for one.
                    Item::SoftKeyword => {
                        token.kind == TokenKind::Name
                            && ["match", "case", "_"]
                                .iter()
                                .any(|word| word.starts_with(self.text(at)))
                    }
                    Item::Number => token.kind == TokenKind::Number,
                    Item::String => token.kind == TokenKind::String,
                    Item::Newline => token.kind == TokenKind::Newline,
                    Item::Indent => token.kind == TokenKind::Indent,
                    Item::Dedent => token.kind == TokenKind::Dedent,
                    _ => token.kind == TokenKind::End,
                };
                if !fits {
                    return Ok(None);
                }
                let kind = if matches!(terminal, Item::Name) {
                    Kind::Name
                } else {
                    Kind::Plain
                };
                Ok(Some((self.node(kind, at, at + 1, Vec::new()), at + 1)))
            }
        }
    }

    fn repeat(&mut self, inner: &'static Item, least: usize, separator: Option<&str>, start: usize) -> Match {
        let mut at = start;
        let mut found = Vec::new();
        while let Some((node, behind)) = self.item(inner, at)? {
            found.push(node);
            let empty = behind == at;
            at = behind;
            if let Some(separator) = separator {
                self.token(at)?;
                if self.text(at) != separator {
                    break;
                }
                match self.item(inner, at + 1)? {
                    Some(_) => at += 1,
                    None => break,
                }
            } else if empty {
                break;
            }
        }
        if found.len() < least {
            return Ok(None);
        }
        Ok(Some((self.node(Kind::Plain, start, at, found), at)))
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "False"
            | "None"
            | "True"
            | "and"
            | "as"
            | "assert"
            | "async"
            | "await"
            | "break"
            | "class"
            | "continue"
            | "def"
            | "del"
            | "elif"
            | "else"
            | "except"
            | "finally"
            | "for"
            | "from"
            | "global"
            | "if"
            | "import"
            | "in"
            | "is"
            | "lambda"
            | "nonlocal"
            | "not"
            | "or"
            | "pass"
            | "raise"
            | "return"
            | "try"
            | "while"
            | "with"
            | "yield"
    )
}
