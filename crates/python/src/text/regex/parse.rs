//! The grammar of Python's regular expressions, with the messages and positions of CPython 3.11's `re.error`.

use super::class::{Case, Category, Class, Kind, Member};
use super::source::{Source, Token, is_octal};
use super::tree::{Anchor, Greed, Node, Tree, UNBOUNDED, width_of};
use super::{Error, flags, quoted};
use crate::text::{Failure, unicode};

const MAX_GROUPS: usize = 1 << 30;
/// Deeper patterns exceed CPython's recursion limit in their own way.
const MAX_NESTING: usize = 120;

/// Flags that hold at a place of the pattern.
#[derive(Clone, Copy)]
struct Scope {
    flags: u32,
}

impl Scope {
    fn has(self, flag: u32) -> bool {
        self.flags & flag != 0
    }

    fn case(self) -> Case {
        match (self.has(flags::IGNORECASE), self.has(flags::ASCII)) {
            (false, _) => Case::Exact,
            (true, true) => Case::IgnoreAscii,
            (true, false) => Case::IgnoreUnicode,
        }
    }
}

struct Parser {
    source: Source,
    is_bytes: bool,
    /// Flags given and global flags seen so far.
    global: u32,
    /// Width of each group by number, `None` while it is open; the whole pattern is group 0.
    widths: Vec<Option<(u64, u64)>>,
    names: Vec<(String, usize)>,
    /// Groups that existed when the outermost look-behind began.
    look_behind: Option<usize>,
    /// Numbers of conditional groups with the place of their first use.
    conditions: Vec<(usize, usize)>,
}

pub fn parse(pattern: &str, given: u32, is_bytes: bool) -> Result<Tree, Error> {
    let source = Source::new(pattern)?;
    let mut parser = Parser {
        source,
        is_bytes,
        global: given,
        widths: vec![None],
        names: Vec::new(),
        look_behind: None,
        conditions: Vec::new(),
    };
    // Without the ASCII flag a str pattern is Unicode; bytes know ASCII letters only.
    let scope = Scope {
        flags: given | if is_bytes { flags::ASCII } else { 0 },
    };
    if given & flags::LOCALE != 0 && is_bytes {
        return Err(Failure::unsupported("re.LOCALE").into());
    }
    let nodes = parser.alternatives(scope, 0)?;
    let flags = fix_flags(parser.global, is_bytes)?;
    if parser.source.next.is_some() {
        return Err(parser.source.error("unbalanced parenthesis", 0));
    }
    let groups = parser.widths.len() - 1;
    for &(group, position) in &parser.conditions {
        if group > groups {
            return Err(Error::at(format!("invalid group reference {group}"), position));
        }
    }
    Ok(Tree {
        nodes,
        flags,
        groups,
        names: parser.names,
        widths: parser.widths,
    })
}

fn fix_flags(given: u32, is_bytes: bool) -> Result<u32, Error> {
    let refused = |message: &str| Err(Failure::value(message).into());
    let has = |flag: u32| given & flag != 0;
    if is_bytes {
        return match () {
            () if has(flags::UNICODE) => refused("cannot use UNICODE flag with a bytes pattern"),
            () if has(flags::LOCALE) && has(flags::ASCII) => refused("ASCII and LOCALE flags are incompatible"),
            () => Ok(given),
        };
    }
    match () {
        () if has(flags::LOCALE) => refused("cannot use LOCALE flag with a str pattern"),
        () if !has(flags::ASCII) => Ok(given | flags::UNICODE),
        () if has(flags::UNICODE) => refused("ASCII and UNICODE flags are incompatible"),
        () => Ok(given),
    }
}

/// A member of a set: what it adds, and the character it is when it may bound a range.
struct SetItem {
    member: Member,
    literal: Option<char>,
    /// As written, for messages.
    written: String,
}

impl Parser {
    fn alternatives(&mut self, scope: Scope, depth: usize) -> Result<Vec<Node>, Error> {
        if depth > MAX_NESTING {
            return Err(Failure::unsupported("deeply nested regular expressions").into());
        }
        // A global flag at the start of the pattern changes the scope of all that follows.
        let mut scope = scope;
        let mut branches = Vec::new();
        loop {
            branches.push(self.sequence(&mut scope, depth, depth == 0 && branches.is_empty())?);
            if !self.source.eat('|')? {
                break;
            }
        }
        if branches.len() == 1 {
            return Ok(branches.pop().unwrap_or_default());
        }
        Ok(vec![Node::Branch(branches)])
    }

    fn sequence(&mut self, scope: &mut Scope, depth: usize, first: bool) -> Result<Vec<Node>, Error> {
        let mut nodes = Vec::new();
        loop {
            let token = match self.source.next {
                None | Some(Token::Char('|' | ')')) => return Ok(nodes),
                Some(token) => token,
            };
            self.source.advance()?;
            let c = match token {
                Token::Escape(c) => {
                    let node = self.escape(c, *scope)?;
                    nodes.push(node);
                    continue;
                }
                Token::Char(c) => c,
            };
            if scope.has(flags::VERBOSE) {
                if matches!(c, ' ' | '\t'..='\r') {
                    continue;
                }
                if c == '#' {
                    while !matches!(self.source.get()?, None | Some(Token::Char('\n'))) {}
                    continue;
                }
            }
            match c {
                '[' => nodes.push(self.set(*scope)?),
                '*' | '+' | '?' | '{' => self.quantifier(c, &mut nodes, *scope)?,
                '.' => nodes.push(Node::Any {
                    newlines: scope.has(flags::DOTALL),
                }),
                '(' => {
                    let at_start = first && nodes.is_empty();
                    nodes.extend(self.group(scope, depth, at_start)?);
                }
                '^' => nodes.push(Node::Anchor(if scope.has(flags::MULTILINE) {
                    Anchor::LineStart
                } else {
                    Anchor::StringStart
                })),
                '$' => nodes.push(Node::Anchor(if scope.has(flags::MULTILINE) {
                    Anchor::LineEnd
                } else {
                    Anchor::TextEnd
                })),
                _ => nodes.push(literal(c, *scope)),
            }
        }
    }

    fn quantifier(&mut self, c: char, nodes: &mut Vec<Node>, scope: Scope) -> Result<(), Error> {
        let here = self.source.tell();
        let (mut least, mut most) = match c {
            '?' => (0, 1),
            '*' => (0, UNBOUNDED),
            _ => (1, UNBOUNDED),
        };
        if c == '{' {
            if self.source.peek_char() == Some('}') {
                nodes.push(literal(c, scope));
                return Ok(());
            }
            let (mut low, mut high) = (String::new(), String::new());
            self.source.take_while(&mut low, usize::MAX, |c| c.is_ascii_digit())?;
            if self.source.eat(',')? {
                self.source.take_while(&mut high, usize::MAX, |c| c.is_ascii_digit())?;
            } else {
                high.clone_from(&low);
            }
            if !self.source.eat('}')? {
                nodes.push(literal(c, scope));
                return self.source.seek(here);
            }
            let bound = |digits: &str, default: u32| -> Result<u32, Error> {
                if digits.is_empty() {
                    return Ok(default);
                }
                let value = digits.parse().ok().filter(|&value: &u32| value < UNBOUNDED);
                value.ok_or_else(|| Failure::overflow("the repetition number is too large").into())
            };
            least = bound(&low, 0)?;
            most = bound(&high, UNBOUNDED)?;
            if most < least {
                return Err(self
                    .source
                    .error("min repeat greater than max repeat", self.source.tell() - here));
            }
        }
        let back = self.source.tell() - here + 1;
        match nodes.last() {
            None | Some(Node::Anchor(_)) => return Err(self.source.error("nothing to repeat", back)),
            Some(Node::Repeat { .. }) => return Err(self.source.error("multiple repeat", back)),
            Some(_) => {}
        }
        let greed = if self.source.eat('?')? {
            Greed::Lazy
        } else if self.source.eat('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        let body = match nodes.pop() {
            Some(Node::Plain(body)) => body,
            node => node.into_iter().collect(),
        };
        nodes.push(Node::Repeat {
            least,
            most,
            greed,
            body,
        });
        Ok(())
    }

    fn unterminated(&self, start: usize) -> Error {
        self.source
            .error("missing ), unterminated subpattern", self.source.tell() - start)
    }

    /// Reads a group behind its `(`; comments and global flags give no node.
    fn group(&mut self, scope: &mut Scope, depth: usize, at_start: bool) -> Result<Option<Node>, Error> {
        let start = self.source.tell() - 1;
        if !self.source.eat('?')? {
            return self.capture(None, *scope, depth, start).map(Some);
        }
        let c = self.extension_char()?;
        match c {
            'P' => {
                if self.source.eat('<')? {
                    let name = self.source.take_until('>', "group name")?;
                    self.source.check_name(&name)?;
                    return self.capture(Some(name), *scope, depth, start).map(Some);
                }
                if self.source.eat('=')? {
                    let name = self.source.take_until(')', "group name")?;
                    self.source.check_name(&name)?;
                    let back = name.chars().count() + 1;
                    let group = self.named_group(&name, back)?;
                    self.check_group(group, back)?;
                    return Ok(Some(Node::BackReference(group, scope.case())));
                }
                let c = self.extension_text()?;
                Err(self
                    .source
                    .error(format!("unknown extension ?P{c}"), c.chars().count() + 2))
            }
            ':' => self.plain(*scope, depth, start).map(|body| Some(Node::Plain(body))),
            '>' => self.plain(*scope, depth, start).map(|body| Some(Node::Atomic(body))),
            '#' => loop {
                if self.source.next.is_none() {
                    let back = self.source.tell() - start;
                    return Err(self.source.error("missing ), unterminated comment", back));
                }
                if self.source.get()? == Some(Token::Char(')')) {
                    return Ok(None);
                }
            },
            '=' | '!' => self.look(false, c == '!', *scope, depth, start).map(Some),
            '<' => {
                let text = self.extension_text()?;
                match text.as_str() {
                    "=" | "!" => self.look(true, text == "!", *scope, depth, start).map(Some),
                    _ => Err(self
                        .source
                        .error(format!("unknown extension ?<{text}"), text.chars().count() + 2)),
                }
            }
            '(' => self.conditional(*scope, depth, start).map(Some),
            '-' | 'i' | 'L' | 'm' | 's' | 'x' | 'a' | 'u' => {
                let Some((added, removed)) = self.flags(c)? else {
                    if !at_start {
                        let back = self.source.tell() - start;
                        return Err(self
                            .source
                            .error("global flags not at the start of the expression", back));
                    }
                    scope.flags |= self.global;
                    return Ok(None);
                };
                let mut inner = scope.flags;
                if added & (flags::ASCII | flags::UNICODE | flags::LOCALE) != 0 {
                    inner &= !(flags::ASCII | flags::UNICODE | flags::LOCALE);
                }
                inner = (inner | added) & !removed;
                self.plain(Scope { flags: inner }, depth, start)
                    .map(|body| Some(Node::Plain(body)))
            }
            _ => Err(self.source.error(format!("unknown extension ?{c}"), 2)),
        }
    }

    /// The character that says what kind of extension follows `(?`.
    fn extension_char(&mut self) -> Result<char, Error> {
        match self.source.get()? {
            None => Err(self.source.error("unexpected end of pattern", 0)),
            Some(Token::Char(c)) => Ok(c),
            Some(Token::Escape(c)) => Err(self.source.error(format!("unknown extension ?\\{c}"), 3)),
        }
    }

    fn extension_text(&mut self) -> Result<String, Error> {
        match self.source.get()? {
            None => Err(self.source.error("unexpected end of pattern", 0)),
            Some(Token::Char(c)) => Ok(c.to_string()),
            Some(Token::Escape(c)) => Ok(format!("\\{c}")),
        }
    }

    fn plain(&mut self, scope: Scope, depth: usize, start: usize) -> Result<Vec<Node>, Error> {
        let body = self.alternatives(scope, depth + 1)?;
        if self.source.eat(')')? {
            Ok(body)
        } else {
            Err(self.unterminated(start))
        }
    }

    fn capture(&mut self, name: Option<String>, scope: Scope, depth: usize, start: usize) -> Result<Node, Error> {
        let index = self.widths.len();
        self.widths.push(None);
        if index > MAX_GROUPS {
            return Err(Error::Pattern {
                message: "too many groups".into(),
                position: None,
            });
        }
        if let Some(name) = name {
            if let Some((_, earlier)) = self.names.iter().find(|(known, _)| *known == name) {
                let message = format!(
                    "redefinition of group name {} as group {index}; was group {earlier}",
                    quoted(&name)
                );
                return Err(self.source.error(message, name.chars().count() + 1));
            }
            self.names.push((name, index));
        }
        let body = self.plain(scope, depth, start)?;
        self.widths[index] = Some(width_of(&body, &self.widths));
        Ok(Node::Group { index, body })
    }

    fn look(&mut self, behind: bool, negated: bool, scope: Scope, depth: usize, start: usize) -> Result<Node, Error> {
        let outermost = behind && self.look_behind.is_none();
        if outermost {
            self.look_behind = Some(self.widths.len());
        }
        let body = self.alternatives(scope, depth + 1)?;
        if outermost {
            self.look_behind = None;
        }
        if !self.source.eat(')')? {
            return Err(self.unterminated(start));
        }
        Ok(Node::Look { behind, negated, body })
    }

    fn conditional(&mut self, scope: Scope, depth: usize, start: usize) -> Result<Node, Error> {
        let name = self.source.take_until(')', "group name")?;
        let back = name.chars().count() + 1;
        let group = if crate::text::methods::is_identifier(&name) {
            self.named_group(&name, back)?
        } else {
            let group = parse_number(&name).ok_or_else(|| {
                self.source
                    .error(format!("bad character in group name {}", quoted(&name)), back)
            })?;
            if group == 0 {
                return Err(self.source.error("bad group number", back));
            }
            if group >= MAX_GROUPS {
                return Err(self.source.error(format!("invalid group reference {name}"), back));
            }
            if !self.conditions.iter().any(|&(known, _)| known == group) {
                self.conditions.push((group, self.source.tell() - back));
            }
            group
        };
        if self.look_behind.is_some() {
            self.check_look_behind(group)?;
        }
        if depth > MAX_NESTING {
            return Err(Failure::unsupported("deeply nested regular expressions").into());
        }
        let yes = self.sequence(&mut scope.clone(), depth + 1, false)?;
        let no = if self.source.eat('|')? {
            let no = self.sequence(&mut scope.clone(), depth + 1, false)?;
            if self.source.peek_char() == Some('|') {
                return Err(self.source.error("conditional backref with more than two branches", 0));
            }
            Some(no)
        } else {
            None
        };
        if !self.source.eat(')')? {
            return Err(self.unterminated(start));
        }
        Ok(Node::Conditional { group, yes, no })
    }

    fn named_group(&self, name: &str, back: usize) -> Result<usize, Error> {
        let found = self.names.iter().find(|(known, _)| known == name);
        found
            .map(|&(_, group)| group)
            .ok_or_else(|| self.source.error(format!("unknown group name {}", quoted(name)), back))
    }

    /// A back-reference needs a group that is closed.
    fn check_group(&self, group: usize, back: usize) -> Result<(), Error> {
        if self.widths[group].is_none() {
            return Err(self.source.error("cannot refer to an open group", back));
        }
        self.check_look_behind(group)
    }

    fn check_look_behind(&self, group: usize) -> Result<(), Error> {
        let Some(existing) = self.look_behind else {
            return Ok(());
        };
        if self.widths.get(group).copied().flatten().is_none() {
            return Err(self.source.error("cannot refer to an open group", 0));
        }
        if group >= existing {
            return Err(self
                .source
                .error("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }

    /// Reads flags behind `(?`: those a `(?i-m:` adds and removes, or `None` for global ones.
    fn flags(&mut self, first: char) -> Result<Option<(u32, u32)>, Error> {
        let (mut added, mut removed) = (0, 0);
        let types = flags::ASCII | flags::UNICODE | flags::LOCALE;
        let global_only = flags::DEBUG;
        let mut c = Some(first);
        if first != '-' {
            loop {
                let flag = c.and_then(flag_of).unwrap_or(0);
                if !self.is_bytes && c == Some('L') {
                    return Err(self
                        .source
                        .error("bad inline flags: cannot use 'L' flag with a str pattern", 0));
                }
                if self.is_bytes && c == Some('u') {
                    return Err(self
                        .source
                        .error("bad inline flags: cannot use 'u' flag with a bytes pattern", 0));
                }
                added |= flag;
                if flag & types != 0 && added & types != flag {
                    let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                    return Err(self.source.error(message, 0));
                }
                c = self.flag_char("missing -, : or )")?;
                if matches!(c, Some(')' | '-' | ':')) {
                    break;
                }
                self.check_flag(c, "missing -, : or )")?;
            }
        }
        if c == Some(')') {
            self.global |= added;
            if self.is_bytes && added & flags::LOCALE != 0 {
                return Err(Failure::unsupported("re.LOCALE").into());
            }
            return Ok(None);
        }
        if added & global_only != 0 {
            return Err(self.source.error("bad inline flags: cannot turn on global flag", 1));
        }
        if c == Some('-') {
            c = self.flag_char("missing flag")?;
            self.check_flag(c, "missing flag")?;
            loop {
                let flag = c.and_then(flag_of).unwrap_or(0);
                if flag & types != 0 {
                    let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                    return Err(self.source.error(message, 0));
                }
                removed |= flag;
                c = self.flag_char("missing :")?;
                if c == Some(':') {
                    break;
                }
                self.check_flag(c, "missing :")?;
            }
        }
        if added & removed != 0 {
            return Err(self.source.error("bad inline flags: flag turned on and off", 1));
        }
        if self.is_bytes && added & flags::LOCALE != 0 {
            return Err(Failure::unsupported("re.LOCALE").into());
        }
        Ok(Some((added, removed)))
    }

    /// The next character among flags; an escape stands for none.
    fn flag_char(&mut self, missing: &str) -> Result<Option<char>, Error> {
        match self.source.get()? {
            None => Err(self.source.error(missing, 0)),
            Some(Token::Char(c)) => Ok(Some(c)),
            Some(Token::Escape(_)) => Err(self.source.error(missing, 2)),
        }
    }

    fn check_flag(&self, c: Option<char>, missing: &str) -> Result<(), Error> {
        match c {
            Some(c) if flag_of(c).is_some() => Ok(()),
            Some(c) if c.is_alphabetic() => Err(self.source.error("unknown flag", 1)),
            _ => Err(self.source.error(missing, 1)),
        }
    }

    /// A number written behind `\x`, `\u` or `\U`.
    fn hex_escape(&mut self, c: char, digits: usize) -> Result<char, Error> {
        let mut written = format!("\\{c}");
        self.source
            .take_while(&mut written, digits, |c| c.is_ascii_hexdigit())?;
        let length = written.len();
        if length != digits + 2 {
            return Err(self.source.error(format!("incomplete escape {written}"), length));
        }
        let code = u32::from_str_radix(&written[2..], 16).unwrap_or(u32::MAX);
        if (0xd800..0xe000).contains(&code) {
            return Err(Failure::unsupported("lone surrogates in str").into());
        }
        char::from_u32(code).ok_or_else(|| self.source.error(format!("bad escape {written}"), length))
    }

    fn octal(&self, written: &str) -> Result<char, Error> {
        let code = u32::from_str_radix(&written[1..], 8).unwrap_or(u32::MAX);
        if code > 0o377 {
            let message = format!("octal escape value {written} outside of range 0-0o377");
            return Err(self.source.error(message, written.len()));
        }
        Ok(code as u8 as char)
    }

    /// Escapes that mean the same inside and outside of sets.
    fn common_escape(&mut self, c: char) -> Result<Option<char>, Error> {
        Ok(Some(match c {
            'a' => '\x07',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            '\\' => '\\',
            'x' => self.hex_escape(c, 2)?,
            'u' if !self.is_bytes => self.hex_escape(c, 4)?,
            'U' if !self.is_bytes => self.hex_escape(c, 8)?,
            'N' if !self.is_bytes => {
                if !self.source.eat('{')? {
                    return Err(self.source.error("missing {", 0));
                }
                self.source.take_until('}', "character name")?;
                return Err(Failure::unsupported("character names in regular expressions").into());
            }
            _ => return Ok(None),
        }))
    }

    fn escape(&mut self, c: char, scope: Scope) -> Result<Node, Error> {
        let ascii = scope.has(flags::ASCII);
        if let Some(category) = category_of(c, ascii) {
            return Ok(Node::Class(Box::new(Class::new(
                &[Member::Category(category)],
                false,
                Case::Exact,
            ))));
        }
        match c {
            'A' => return Ok(Node::Anchor(Anchor::StringStart)),
            'Z' => return Ok(Node::Anchor(Anchor::StringEnd)),
            'b' | 'B' => {
                return Ok(Node::Anchor(Anchor::WordBoundary {
                    negated: c == 'B',
                    ascii,
                }));
            }
            _ => {}
        }
        if let Some(c) = self.common_escape(c)? {
            return Ok(literal(c, scope));
        }
        let mut written = format!("\\{c}");
        if c == '0' {
            self.source.take_while(&mut written, 2, is_octal)?;
            return Ok(literal(self.octal(&written)?, scope));
        }
        if c.is_ascii_digit() {
            self.source.take_while(&mut written, 1, |c| c.is_ascii_digit())?;
            if written.len() == 3 && written[1..].chars().all(is_octal) && self.source.peek_char().is_some_and(is_octal)
            {
                self.source.take_while(&mut written, 1, is_octal)?;
                return Ok(literal(self.octal(&written)?, scope));
            }
            let group: usize = written[1..].parse().unwrap_or(usize::MAX);
            if group < self.widths.len() {
                self.check_group(group, written.len())?;
                return Ok(Node::BackReference(group, scope.case()));
            }
            return Err(self
                .source
                .error(format!("invalid group reference {group}"), written.len() - 1));
        }
        if c.is_ascii_alphabetic() {
            return Err(self.source.error(format!("bad escape {written}"), 2));
        }
        Ok(literal(c, scope))
    }

    fn set_item(&mut self, token: Token, ascii: bool) -> Result<SetItem, Error> {
        let one = |c: char, written: String| SetItem {
            member: Member::Range(c, c),
            literal: Some(c),
            written,
        };
        let c = match token {
            Token::Char(c) => return Ok(one(c, c.to_string())),
            Token::Escape(c) => c,
        };
        let written = format!("\\{c}");
        if let Some(category) = category_of(c, ascii) {
            return Ok(SetItem {
                member: Member::Category(category),
                literal: None,
                written,
            });
        }
        if c == 'b' {
            return Ok(one('\x08', written));
        }
        if let Some(value) = self.common_escape(c)? {
            return Ok(one(value, written));
        }
        if is_octal(c) {
            let mut digits = written.clone();
            self.source.take_while(&mut digits, 2, is_octal)?;
            return Ok(one(self.octal(&digits)?, written));
        }
        if c.is_ascii_alphanumeric() {
            return Err(self.source.error(format!("bad escape {written}"), 2));
        }
        Ok(one(c, written))
    }

    fn set(&mut self, scope: Scope) -> Result<Node, Error> {
        let here = self.source.tell() - 1;
        let ascii = scope.has(flags::ASCII);
        let negated = self.source.eat('^')?;
        let mut members: Vec<Member> = Vec::new();
        loop {
            let token = self.set_token(here)?;
            if token == Token::Char(']') && !members.is_empty() {
                break;
            }
            let first = self.set_item(token, ascii)?;
            if !self.source.eat('-')? {
                members.push(first.member);
                continue;
            }
            let token = self.set_token(here)?;
            if token == Token::Char(']') {
                members.extend([first.member, Member::Range('-', '-')]);
                break;
            }
            let second = self.set_item(token, ascii)?;
            match (first.literal, second.literal) {
                (Some(low), Some(high)) if low <= high => members.push(Member::Range(low, high)),
                _ => {
                    let written = format!("{}-{}", first.written, second.written);
                    let back = written.chars().count();
                    return Err(self.source.error(format!("bad character range {written}"), back));
                }
            }
        }
        members.dedup();
        let mut case = scope.case();
        if let [Member::Range(first, last)] = members[..]
            && first == last
            && !negated
        {
            return Ok(literal(first, scope));
        }
        let cased = members.iter().any(|member| match *member {
            Member::Range(first, last) => first != last || case.is_cased(first),
            Member::Category(_) => false,
        });
        if !cased {
            case = Case::Exact;
        }
        Ok(Node::Class(Box::new(Class::new(&members, negated, case))))
    }

    fn set_token(&mut self, here: usize) -> Result<Token, Error> {
        match self.source.get()? {
            Some(token) => Ok(token),
            None => Err(self
                .source
                .error("unterminated character set", self.source.tell() - here)),
        }
    }
}

/// A non-negative number as `int()` reads it, for group numbers.
pub fn parse_number(text: &str) -> Option<usize> {
    let digits = text.trim_matches(unicode::is_space);
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let mut value: usize = 0;
    let mut previous = '_';
    for c in digits.chars() {
        match unicode::decimal_value(c) {
            Some(digit) => value = value.saturating_mul(10).saturating_add(digit.into()),
            None if c == '_' && previous != '_' => {}
            None => return None,
        }
        previous = c;
    }
    (previous != '_').then_some(value)
}

fn literal(c: char, scope: Scope) -> Node {
    let case = scope.case();
    if !case.is_cased(c) {
        return Node::Literal(c, Case::Exact);
    }
    let lower = case.lower(c);
    if case.equals_of(lower).next().is_some() {
        return Node::Class(Box::new(Class::new(&[Member::Range(c, c)], false, case)));
    }
    Node::Literal(lower, case)
}

fn category_of(c: char, ascii: bool) -> Option<Category> {
    let kind = match c {
        'd' | 'D' => Kind::Digit,
        's' | 'S' => Kind::Space,
        'w' | 'W' => Kind::Word,
        _ => return None,
    };
    Some(Category {
        kind,
        negated: c.is_ascii_uppercase(),
        ascii,
    })
}

fn flag_of(c: char) -> Option<u32> {
    Some(match c {
        'i' => flags::IGNORECASE,
        'L' => flags::LOCALE,
        'm' => flags::MULTILINE,
        's' => flags::DOTALL,
        'x' => flags::VERBOSE,
        'a' => flags::ASCII,
        'u' => flags::UNICODE,
        _ => return None,
    })
}
