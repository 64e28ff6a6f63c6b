//! Variables of a program being written: names as contest programs choose them, types, start values.

use super::Level;
use crate::data::random::Stream;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Int,
    Float,
    Bool,
    Str,
    IntList,
    StrList,
    Tuple,
    Dict,
    Set,
    Grid,
    None,
}

/// A variable, and what a line needs to know of its value to use it without raising.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub kind: Type,
    /// The value as it is written in the program.
    pub text: String,
    /// Elements of a container, characters of a string.
    pub length: usize,
    /// Keys of a dict, elements of the other containers, as literals; of a string, its characters.
    pub items: Vec<String>,
}

const INT_NAMES: [&str; 18] = [
    "n", "m", "k", "i", "j", "a", "b", "c", "x", "y", "cnt", "ans", "total", "num", "p", "q", "count", "low",
];
const FLOAT_NAMES: [&str; 6] = ["f", "avg", "rate", "mean", "w", "ratio"];
const BOOL_NAMES: [&str; 5] = ["ok", "flag", "found", "done", "valid"];
const STR_NAMES: [&str; 7] = ["s", "t", "word", "text", "name", "u", "line"];
const INT_LIST_NAMES: [&str; 7] = ["l", "arr", "nums", "h", "A", "v", "data"];
const STR_LIST_NAMES: [&str; 4] = ["words", "names", "parts", "res"];
const TUPLE_NAMES: [&str; 3] = ["pair", "pos", "tup"];
const DICT_NAMES: [&str; 4] = ["d", "freq", "memo", "table"];
const SET_NAMES: [&str; 3] = ["seen", "st", "used"];
const GRID_NAMES: [&str; 3] = ["grid", "mat", "g"];
const NONE_NAMES: [&str; 3] = ["best", "prev", "last"];
const WORDS: [&str; 40] = [
    "ab", "cat", "dog", "abc", "xyz", "foo", "bar", "red", "a", "b", "no", "yes", "hello", "World", "Py", "code",
    "aba", "level", "sun", "tree", "x1", "key", "val", "one", "two", "Hi", "aab", "RUN", "z", "mno", "apple", "kiwi",
    "blue", "noon", "abab", "cool", "data", "old", "new", "top",
];

impl Type {
    fn names(self) -> &'static [&'static str] {
        match self {
            Type::Int => &INT_NAMES,
            Type::Float => &FLOAT_NAMES,
            Type::Bool => &BOOL_NAMES,
            Type::Str => &STR_NAMES,
            Type::IntList => &INT_LIST_NAMES,
            Type::StrList => &STR_LIST_NAMES,
            Type::Tuple => &TUPLE_NAMES,
            Type::Dict => &DICT_NAMES,
            Type::Set => &SET_NAMES,
            Type::Grid => &GRID_NAMES,
            Type::None => &NONE_NAMES,
        }
    }
}

/// A name that fits the type and is not among `taken`.
pub fn fresh_name<'a>(stream: &mut Stream, kind: Type, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    for _ in 0..8 {
        let name = stream.pick(kind.names());
        if taken.clone().all(|other| other != name) {
            return name.to_owned();
        }
    }
    let mut number = 1;
    loop {
        let name = format!("{}{number}", stream.pick(kind.names()));
        if taken.clone().all(|other| other != name) {
            return name;
        }
        number += 1;
    }
}

/// An integer as programs hold them: mostly small.
pub fn integer(stream: &mut Stream, level: Level) -> i64 {
    match (level, stream.below(20)) {
        (Level::Easy, 0..=15) => stream.between(0, 9),
        (Level::Easy, _) => stream.between(10, 30),
        (Level::Full, 0..=9) => stream.between(0, 10),
        (Level::Full, 10..=14) => stream.between(10, 100),
        (Level::Full, 15 | 16) => stream.between(-20, -1),
        (Level::Full, 17) => stream.pick(&[&0i64, &1, &100, &1000, &10]).to_owned(),
        (Level::Full, _) => stream.between(100, 2000),
    }
}

pub fn float(stream: &mut Stream) -> String {
    let fraction = *stream.pick(&[&0i64, &5, &25, &75, &1, &2]);
    format!(
        "{}{}.{fraction}",
        if stream.chance(0.15) { "-" } else { "" },
        stream.between(0, 20)
    )
}

/// A word without its quotes.
pub fn word(stream: &mut Stream) -> String {
    if stream.chance(0.6) {
        return stream.pick(&WORDS).to_owned();
    }
    let letters = if stream.chance(0.7) {
        "abcd"
    } else {
        "abcdefghijklmnopqrstuvwxyz"
    };
    let count = 1 + stream.below(5);
    (0..count)
        .map(|_| letters.as_bytes()[stream.below(letters.len())] as char)
        .collect()
}

fn quoted(text: &str) -> String {
    format!("'{text}'")
}

/// A start value of the type, as a variable called `name`.
pub fn start_value(stream: &mut Stream, level: Level, kind: Type, name: String) -> Variable {
    let longest = if level == Level::Easy { 4 } else { 6 };
    let mut items: Vec<String> = Vec::new();
    let text = match kind {
        Type::Int => integer(stream, level).to_string(),
        Type::Float => float(stream),
        Type::Bool => if stream.chance(0.5) { "True" } else { "False" }.to_owned(),
        Type::None => "None".to_owned(),
        Type::Str => {
            let mut text = match stream.below(10) {
                0 if level == Level::Full => integer(stream, level).unsigned_abs().to_string(),
                1 | 2 if level == Level::Full => format!("{} {}", word(stream), word(stream)),
                _ => word(stream),
            };
            if level == Level::Full && stream.chance(0.04) {
                text.clear();
            }
            items = text.chars().map(|c| quoted(&c.to_string())).collect();
            quoted(&text)
        }
        Type::IntList | Type::Set => {
            let count = (kind == Type::Set) as usize + stream.below(longest);
            while items.len() < count.max((level == Level::Easy) as usize) {
                let item = integer(stream, level).to_string();
                if kind == Type::IntList || !items.contains(&item) {
                    items.push(item);
                }
            }
            let (open, close) = if kind == Type::Set { ("{", "}") } else { ("[", "]") };
            format!("{open}{}{close}", items.join(", "))
        }
        Type::StrList => {
            items = (0..1 + stream.below(3)).map(|_| quoted(&word(stream))).collect();
            format!("[{}]", items.join(", "))
        }
        Type::Tuple => {
            items = (0..2 + stream.below(2))
                .map(|_| integer(stream, level).to_string())
                .collect();
            format!("({})", items.join(", "))
        }
        Type::Dict => {
            let numbers = stream.chance(0.3);
            for _ in 0..stream.below(longest - 1).max((level == Level::Easy) as usize) {
                let key = if numbers {
                    stream.between(0, 20).to_string()
                } else {
                    quoted(&word(stream))
                };
                if !items.contains(&key) {
                    items.push(key);
                }
            }
            let pairs: Vec<String> = items
                .iter()
                .map(|key| format!("{key}: {}", integer(stream, level)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Type::Grid => {
            let columns = 1 + stream.below(3);
            for _ in 0..2 + stream.below(2) {
                let row: Vec<String> = (0..columns).map(|_| stream.between(0, 9).to_string()).collect();
                items.push(format!("[{}]", row.join(", ")));
            }
            format!("[{}]", items.join(", "))
        }
    };
    Variable {
        name,
        kind,
        text,
        length: items.len(),
        items,
    }
}
