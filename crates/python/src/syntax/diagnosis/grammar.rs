//! Reads `python311.peg` into rules.

use std::collections::HashMap;
use std::sync::LazyLock;

pub(super) static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| Grammar::read(include_str!("python311.peg")));

macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident => $text:literal,)*) => {
        /// What a node is, as CPython's messages call it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind {
            $($(#[$about])* $kind,)*
        }

        impl Kind {
            pub fn text(self) -> &'static str {
                match self {
                    $(Kind::$kind => $text,)*
                }
            }

            fn named(name: &str) -> Option<Kind> {
                [$((stringify!($kind), Kind::$kind),)*]
                    .into_iter()
                    .find_map(|(known, kind)| (known == name).then_some(kind))
            }
        }
    };
}

kinds! {
    /// No expression: a token, a list, a statement.
    Plain => "expression",
    Name => "name",
    Attribute => "attribute",
    Subscript => "subscript",
    Starred => "starred",
    DoubleStarred => "expression",
    Keyword => "expression",
    List => "list",
    Tuple => "tuple",
    Set => "set display",
    Dict => "dict literal",
    Lambda => "lambda",
    Call => "function call",
    Operation => "expression",
    GenExp => "generator expression",
    ListComp => "list comprehension",
    SetComp => "set comprehension",
    DictComp => "dict comprehension",
    Yield => "yield expression",
    Await => "await expression",
    Literal => "literal",
    FString => "f-string expression",
    True => "True",
    False => "False",
    None => "None",
    Ellipsis => "ellipsis",
    Compare => "comparison",
    IfExp => "conditional expression",
    Named => "named expression",
}

pub(super) type RuleId = usize;

#[derive(Debug)]
pub(super) enum Item {
    Rule(RuleId),
    Literal(&'static str),
    Name,
    Number,
    String,
    Newline,
    Indent,
    Dedent,
    End,
    SoftKeyword,
    Group(Vec<Alternative>),
    Optional(Box<Item>),
    /// At least so many, with this separator.
    Repeat(Box<Item>, usize, Option<&'static str>),
    Ahead(Box<Item>),
    NotAhead(Box<Item>),
    Commit,
    Demanded(&'static str),
}

#[derive(Debug)]
pub(super) enum Action {
    /// The only part's result, or a list of all.
    Pass,
    Kind(Kind),
    /// The kind, if the last part matched something; else the first part's result.
    KindIfMore(Kind),
    /// The first part's result, or what the last repetition makes of it.
    Last,
    /// The kind of what `a` caught, over the whole extent.
    Group,
    Strings,
    RaiseAtCapture(&'static str),
    RaiseAtLast(&'static str),
    MissingBlock(&'static str),
    MissingAnyBlock(&'static str),
    Call(&'static str),
}

#[derive(Debug)]
pub(super) struct Alternative {
    pub items: Vec<(Option<u8>, Item)>,
    pub action: Action,
}

#[derive(Debug, Default)]
pub(super) struct Rule {
    pub keep: bool,
    pub invalid: bool,
    /// Diagnoses are off below it.
    pub quiet: bool,
    pub alternatives: Vec<Alternative>,
}

#[derive(Debug)]
pub(super) struct Grammar {
    pub rules: Vec<Rule>,
    names: HashMap<&'static str, RuleId>,
}

impl Grammar {
    pub fn rule(&self, name: &str) -> RuleId {
        self.names[name]
    }

    fn read(text: &'static str) -> Grammar {
        let mut definitions: Vec<(&'static str, bool, Vec<&'static str>)> = Vec::new();
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        {
            let mut words = split(line);
            if !line.starts_with(' ') {
                let name = words.remove(0);
                let keep = words.first() == Some(&"+");
                words.drain(..=usize::from(keep));
                definitions.push((name, keep, Vec::new()));
            }
            if let Some((_, _, body)) = definitions.last_mut() {
                body.extend(words);
            }
        }
        let names = definitions
            .iter()
            .enumerate()
            .map(|(id, (name, ..))| (*name, id))
            .collect();
        let mut grammar = Grammar {
            rules: Vec::new(),
            names,
        };
        for (name, keep, words) in definitions {
            let mut reader = Reader {
                words: &words,
                at: 0,
                names: &grammar.names,
            };
            let alternatives = reader.alternatives();
            let invalid = name.starts_with("invalid_");
            let quiet = name == "expression_without_invalid";
            grammar.rules.push(Rule {
                keep,
                invalid,
                quiet,
                alternatives,
            });
        }
        grammar
    }
}

/// Words, punctuation and quoted text of a line.
fn split(line: &'static str) -> Vec<&'static str> {
    let bytes = line.as_bytes();
    let mut words = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b' ' => {
                at += 1;
                continue;
            }
            quote @ (b'\'' | b'"') => {
                at += 1;
                while bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'&' if bytes[at + 1] == b'&' => at += 2,
            b'=' | b'-' if bytes.get(at + 1) == Some(&b'>') => {
                at += if bytes.get(at + 2) == Some(&b'?') { 3 } else { 2 };
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'_' => {
                while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
                    at += 1;
                }
            }
            _ => at += 1,
        }
        words.push(&line[start..at]);
    }
    words
}

struct Reader<'a> {
    words: &'a [&'static str],
    at: usize,
    names: &'a HashMap<&'static str, RuleId>,
}

impl Reader<'_> {
    fn peek(&self) -> &'static str {
        self.words.get(self.at).copied().unwrap_or("")
    }

    fn next(&mut self) -> &'static str {
        self.at += 1;
        self.words[self.at - 1]
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        self.at += usize::from(found);
        found
    }

    fn alternatives(&mut self) -> Vec<Alternative> {
        let mut all = vec![self.alternative()];
        while self.take("|") {
            all.push(self.alternative());
        }
        all
    }

    fn alternative(&mut self) -> Alternative {
        let mut items = Vec::new();
        let action = loop {
            match self.peek() {
                "" | "|" | ")" | "]" => break Action::Pass,
                "->" => {
                    self.at += 1;
                    break match self.next() {
                        "last" => Action::Last,
                        "group" => Action::Group,
                        "strings" => Action::Strings,
                        name => Action::Kind(Kind::named(name).expect("a kind of the grammar")),
                    };
                }
                "->?" => {
                    self.at += 1;
                    break Action::KindIfMore(Kind::named(self.next()).expect("a kind of the grammar"));
                }
                "=>" => {
                    self.at += 1;
                    break self.diagnosis();
                }
                _ => {
                    let capture = (self.words.get(self.at + 1) == Some(&"=")).then(|| self.next().as_bytes()[0]);
                    self.at += usize::from(capture.is_some());
                    items.push((capture, self.item()));
                }
            }
        };
        Alternative { items, action }
    }

    fn diagnosis(&mut self) -> Action {
        match self.next() {
            "@" => match self.next() {
                "last" => Action::RaiseAtLast(unquoted(self.next())),
                _ => Action::RaiseAtCapture(unquoted(self.next())),
            },
            "indent" => {
                self.at += 1;
                Action::MissingBlock(unquoted(self.next()))
            }
            "block" => Action::MissingAnyBlock(unquoted(self.next())),
            _ => Action::Call(self.next()),
        }
    }

    fn item(&mut self) -> Item {
        match self.peek() {
            "&&" => {
                self.at += 1;
                return Item::Demanded(unquoted(self.next()));
            }
            "&" => {
                self.at += 1;
                return Item::Ahead(Box::new(self.item()));
            }
            "!" => {
                self.at += 1;
                return Item::NotAhead(Box::new(self.item()));
            }
            "~" => {
                self.at += 1;
                return Item::Commit;
            }
            _ => {}
        }
        let item = match self.next() {
            "(" => {
                let group = Item::Group(self.alternatives());
                self.at += 1;
                group
            }
            "[" => {
                let group = Item::Group(self.alternatives());
                self.at += 1;
                Item::Optional(Box::new(group))
            }
            "NAME" => Item::Name,
            "NUMBER" => Item::Number,
            "STRING" => Item::String,
            "NEWLINE" => Item::Newline,
            "INDENT" => Item::Indent,
            "DEDENT" => Item::Dedent,
            "ENDMARKER" => Item::End,
            "SOFT_KEYWORD" => Item::SoftKeyword,
            word if word.starts_with('\'') => {
                let literal = unquoted(word);
                if self.take(".") {
                    let element = self.simple();
                    self.at += 1;
                    return Item::Repeat(Box::new(element), 1, Some(literal));
                }
                Item::Literal(literal)
            }
            name => Item::Rule(*self.names.get(name).expect("a rule of the grammar")),
        };
        match self.peek() {
            "*" => {
                self.at += 1;
                Item::Repeat(Box::new(item), 0, None)
            }
            "+" => {
                self.at += 1;
                Item::Repeat(Box::new(item), 1, None)
            }
            _ => item,
        }
    }

    /// An element of a separated list: a word or a group.
    fn simple(&mut self) -> Item {
        match self.next() {
            "(" => {
                let group = Item::Group(self.alternatives());
                self.at += 1;
                group
            }
            "NAME" => Item::Name,
            name => Item::Rule(*self.names.get(name).expect("a rule of the grammar")),
        }
    }
}

fn unquoted(word: &'static str) -> &'static str {
    &word[1..word.len() - 1]
}
