//! Expressions of a wanted type over the variables in scope.

use super::Level;
use super::scope::{self, Type, Variable};
use crate::data::random::Stream;

/// Writes expressions with one stream of random numbers.
pub struct Writer<'a> {
    pub stream: &'a mut Stream,
    pub level: Level,
    pub variables: Vec<Variable>,
}

/// What an expression's innermost parts are made of.
const MAX_DEPTH: usize = 2;

impl Writer<'_> {
    /// A variable of the type, if there is one.
    pub fn variable(&mut self, kind: Type) -> Option<Variable> {
        self.variable_where(|variable| variable.kind == kind)
    }

    /// A variable of the type with at least one element.
    pub fn filled(&mut self, kind: Type) -> Option<Variable> {
        self.variable_where(|variable| variable.kind == kind && variable.length > 0)
    }

    pub fn variable_where(&mut self, fits: impl Fn(&Variable) -> bool) -> Option<Variable> {
        let fitting: Vec<&Variable> = self.variables.iter().filter(|variable| fits(variable)).collect();
        if fitting.is_empty() {
            None
        } else {
            Some(fitting[self.stream.below(fitting.len())].clone())
        }
    }

    /// A name that no variable has.
    pub fn fresh(&mut self, kind: Type) -> String {
        let variables = &self.variables;
        scope::fresh_name(
            self.stream,
            kind,
            variables.iter().map(|variable| variable.name.as_str()),
        )
    }

    /// A fresh name, or now and then that of a variable of the type.
    pub fn target(&mut self, kind: Type) -> String {
        match self.variable(kind) {
            Some(variable) if self.stream.chance(0.45) => variable.name,
            _ => self.fresh(kind),
        }
    }

    fn easy(&self) -> bool {
        self.level == Level::Easy
    }

    pub fn small(&mut self) -> String {
        self.stream.between(1, if self.easy() { 5 } else { 10 }).to_string()
    }

    /// An index into a container of that length, written as programs write them.
    pub fn index(&mut self, length: usize) -> String {
        match self.stream.below(6) {
            0 => "-1".to_owned(),
            1 | 2 => "0".to_owned(),
            3 if length > 1 => format!("-{}", 1 + self.stream.below(length)),
            _ => self.stream.below(length.max(1)).to_string(),
        }
    }

    /// A slice's bounds.
    pub fn slice(&mut self, length: usize) -> String {
        let bound = |writer: &mut Self| writer.stream.below(length + 1).to_string();
        match self.stream.below(if self.easy() { 4 } else { 8 }) {
            0 => "1:".to_owned(),
            1 => format!(":{}", bound(self)),
            2 => ":-1".to_owned(),
            3 => format!("{}:", bound(self)),
            4 => "::-1".to_owned(),
            5 => "::2".to_owned(),
            6 => format!("{}:{}", bound(self), bound(self)),
            _ => format!("-{}:", 1 + self.stream.below(3)),
        }
    }

    pub fn expression(&mut self, kind: Type, depth: usize) -> String {
        match kind {
            Type::Int => self.int(depth),
            Type::Float => self.float(depth),
            Type::Bool => self.condition(depth),
            Type::Str => self.str(depth),
            Type::IntList => self.int_list(depth),
            Type::StrList => self.str_list(depth),
            Type::Tuple => {
                let (first, second) = (self.atom(), self.atom());
                format!("({first}, {second})")
            }
            Type::Dict => self.dict(depth),
            Type::Set => self.set(),
            Type::Grid => {
                let (rows, columns) = (1 + self.stream.below(3), 1 + self.stream.below(3));
                format!("[[{}] * {columns} for _ in range({rows})]", self.stream.below(3))
            }
            Type::None => "None".to_owned(),
        }
    }

    /// An int variable or literal.
    pub fn atom(&mut self) -> String {
        match self.variable(Type::Int) {
            Some(variable) if self.stream.chance(0.75) => variable.name,
            _ => scope::integer(self.stream, self.level).unsigned_abs().to_string(),
        }
    }

    pub fn int(&mut self, depth: usize) -> String {
        if depth >= MAX_DEPTH {
            return self.atom();
        }
        let list = self.filled(Type::IntList);
        let text = self.filled(Type::Str);
        let dict = self.filled(Type::Dict);
        if let Some(list) = list.filter(|_| self.stream.chance(0.4)) {
            return self.int_of_list(&list, depth);
        }
        if let Some(text) = text.filter(|_| self.stream.chance(0.25)) {
            return self.int_of_text(&text);
        }
        if let Some(dict) = dict.filter(|_| self.stream.chance(0.4)) {
            let key = dict.items[self.stream.below(dict.items.len())].clone();
            return match self.stream.below(if self.easy() { 3 } else { 6 }) {
                0 | 1 => format!("{}[{key}]", dict.name),
                2 => format!("len({})", dict.name),
                3 => format!("{}.get({key}, 0)", dict.name),
                4 => format!("sum({}.values())", dict.name),
                _ => format!("max({}.values())", dict.name),
            };
        }
        if let Some(tuple) = self.filled(Type::Tuple).filter(|_| self.stream.chance(0.4)) {
            let index = self.index(tuple.length);
            return format!("{}[{index}]", tuple.name);
        }
        if let Some(grid) = self.filled(Type::Grid).filter(|_| self.stream.chance(0.5)) {
            let index = self.index(grid.length);
            return match self.stream.below(3) {
                0 => format!("{}[{index}][0]", grid.name),
                1 => format!("sum({}[{index}])", grid.name),
                _ => format!("len({})", grid.name),
            };
        }
        self.arithmetic(depth)
    }

    fn arithmetic(&mut self, depth: usize) -> String {
        let a = self.atom();
        if self.easy() {
            return match self.stream.below(8) {
                0..=2 => a,
                3 | 4 => format!("{a} + {}", self.small()),
                5 => format!("{a} - {}", self.small()),
                6 => {
                    let b = self.atom();
                    format!("{a} + {b}")
                }
                _ => {
                    let b = self.atom();
                    format!("{}({a}, {b})", self.stream.pick(&["max", "min"]))
                }
            };
        }
        match self.stream.below(22) {
            0..=3 => {
                let b = self.int(depth + 1);
                format!("{a} + {b}")
            }
            4 | 5 => {
                let b = self.int(depth + 1);
                format!("{a} - {b}")
            }
            6 | 7 => {
                let b = self.atom();
                format!("{a} * {b}")
            }
            8 => format!("{a} // {}", self.small()),
            9 => format!("{a} % {}", self.small()),
            10 => {
                let b = self.atom();
                format!("abs({a} - {b})")
            }
            11 | 12 => {
                let b = self.int(depth + 1);
                format!("{}({a}, {b})", self.stream.pick(&["max", "min"]))
            }
            13 => format!("{a} ** {}", self.stream.pick(&["2", "2", "3"])),
            14 => {
                let b = self.atom();
                format!("{a} {} {b}", self.stream.pick(&["&", "|", "^"]))
            }
            15 => format!("{a} {} {}", self.stream.pick(&["<<", ">>"]), self.stream.between(1, 3)),
            16 => format!("({a} + {}) // 2", self.small()),
            17 => {
                let (condition, b) = (self.condition(1), self.atom());
                format!("{a} if {condition} else {b}")
            }
            18 => {
                let b = self.atom();
                format!("({a} + {b}) % {}", self.stream.pick(&["10", "7", "100", "1000", "2"]))
            }
            19 => {
                let number = self.variable(Type::Float).map(|variable| variable.name);
                number.map_or(format!("-{a}"), |f| {
                    format!("{}({f})", self.stream.pick(&["int", "round"]))
                })
            }
            20 => format!(
                "pow({a}, {}, {})",
                self.stream.between(2, 5),
                self.stream.pick(&["7", "10", "13", "100"])
            ),
            _ => format!("len(str({a}))"),
        }
    }

    fn int_of_list(&mut self, list: &Variable, depth: usize) -> String {
        let name = &list.name;
        let index = self.index(list.length);
        match self.stream.below(if self.easy() { 6 } else { 14 }) {
            0..=2 => format!("{name}[{index}]"),
            3 => format!("len({name})"),
            4 => format!("max({name})"),
            5 => format!("min({name})"),
            6 => format!("sum({name})"),
            7 => format!("{name}[{index}] + {}", self.int(depth + 1)),
            8 => format!("{name}.count({})", self.atom()),
            9 => format!("{name}.index({name}[{index}])"),
            10 => format!("sum({name}[{}])", self.slice(list.length)),
            11 => format!("max({name}) - min({name})"),
            12 => format!("sum(e for e in {name} if e % 2 == {})", self.stream.below(2)),
            _ => format!("sum(1 for e in {name} if e > {})", self.small()),
        }
    }

    fn int_of_text(&mut self, text: &Variable) -> String {
        let name = &text.name;
        let item = text.items[self.stream.below(text.items.len())].clone();
        match self.stream.below(if self.easy() { 1 } else { 6 }) {
            0 | 1 => format!("len({name})"),
            2 => format!("{name}.count({item})"),
            3 => format!("{name}.find({item})"),
            4 => format!("ord({name}[0]) - ord('a')"),
            _ => format!("len(set({name}))"),
        }
    }

    fn float(&mut self, depth: usize) -> String {
        let variable = self.variable(Type::Float).map(|variable| variable.name);
        let a = self.atom();
        match (variable, self.stream.below(6)) {
            (Some(f), 0) => format!("{f} * 2"),
            (Some(f), 1) => format!("{f} + {}", self.int(depth + 1)),
            (Some(f), 2) => format!("round({f}, 1)"),
            (Some(f), 3) => format!("{f} / {}", self.stream.pick(&["2", "4", "10"])),
            (_, 4) => format!("float({a})"),
            (_, 5) => scope::float(self.stream),
            _ => format!("{a} / {}", self.stream.pick(&["2", "4", "5", "10"])),
        }
    }

    /// A test.
    pub fn condition(&mut self, depth: usize) -> String {
        if let Some(flag) = self.variable(Type::Bool).filter(|_| self.stream.chance(0.3)) {
            return match self.stream.below(3) {
                0 => format!("not {}", flag.name),
                _ => flag.name,
            };
        }
        if let Some(list) = self.variable(Type::IntList).filter(|_| self.stream.chance(0.25)) {
            let item = self.atom();
            return match self.stream.below(3) {
                0 => format!("{item} in {}", list.name),
                1 => format!("len({}) > {}", list.name, self.stream.below(4)),
                _ => format!("{item} not in {}", list.name),
            };
        }
        if let Some(text) = self.filled(Type::Str).filter(|_| self.stream.chance(0.3)) {
            let item = text.items[0].clone();
            let name = text.name;
            return match self.stream.below(6) {
                0 => format!("{item} in {name}"),
                1 => format!("{name} == {name}[::-1]"),
                2 => format!("{name}.startswith({item})"),
                3 => format!("{name}.isalpha()"),
                4 => format!("{name}.isdigit()"),
                _ => format!("{name} == '{}'", scope::word(self.stream)),
            };
        }
        if let Some(seen) = self.variable(Type::Set).filter(|_| self.stream.chance(0.4)) {
            let item = self.atom();
            return format!("{item} in {}", seen.name);
        }
        let a = self.atom();
        match self.stream.below(if self.easy() || depth > 0 { 5 } else { 9 }) {
            0 | 1 => {
                let b = self.atom();
                format!("{a} {} {b}", self.stream.pick(&["<", ">", "<=", ">=", "==", "!="]))
            }
            2 | 3 => format!("{a} {} {}", self.stream.pick(&["<", ">", "==", ">="]), self.small()),
            4 => format!("{a} % {} == 0", self.stream.pick(&["2", "2", "3", "5"])),
            5 => format!("{} < {a} <= {}", self.stream.below(5), self.stream.between(5, 20)),
            6 => {
                let (first, second) = (self.condition(1), self.condition(1));
                format!("{first} {} {second}", self.stream.pick(&["and", "or"]))
            }
            7 => format!("not {a}"),
            _ => format!("bool({a})"),
        }
    }

    /// A string variable's slice or a literal.
    fn text_atom(&mut self) -> String {
        match self.variable(Type::Str) {
            Some(variable) if self.stream.chance(0.75) => variable.name,
            _ => format!("'{}'", scope::word(self.stream)),
        }
    }

    pub fn str(&mut self, depth: usize) -> String {
        let a = self.text_atom();
        if depth >= MAX_DEPTH {
            return a;
        }
        if let Some(words) = self.filled(Type::StrList).filter(|_| self.stream.chance(0.4)) {
            let index = self.index(words.length);
            return match self.stream.below(if self.easy() { 2 } else { 4 }) {
                0 | 1 => format!("{}[{index}]", words.name),
                2 => format!(
                    "{}.join({})",
                    self.stream.pick(&["''", "' '", "'-'", "','"]),
                    words.name
                ),
                _ => format!("max({}, key=len)", words.name),
            };
        }
        if self.easy() {
            return match self.stream.below(4) {
                0 => a,
                1 => format!("{a} + '{}'", scope::word(self.stream)),
                2 => format!("{a}.upper()"),
                _ => self
                    .variable(Type::Int)
                    .map_or(a, |number| format!("str({})", number.name)),
            };
        }
        let text = self.filled(Type::Str);
        match (text, self.stream.below(18)) {
            (Some(text), 0..=2) => format!("{}[{}]", text.name, self.slice(text.length)),
            (Some(text), 3) => {
                let item = text.items[self.stream.below(text.items.len())].clone();
                format!(
                    "{}.replace({item}, '{}')",
                    text.name,
                    self.stream.pick(&["", "x", "_", "z", "0"])
                )
            }
            (Some(text), 4) => format!("{}[{}]", text.name, self.index(text.length)),
            (Some(text), 5) => format!("''.join(sorted({}))", text.name),
            (Some(text), 6) => format!("''.join(reversed({}))", text.name),
            (_, 7) => format!(
                "{a}.{}()",
                self.stream
                    .pick(&["upper", "lower", "title", "capitalize", "swapcase", "strip"])
            ),
            (_, 8) => format!("{a} * {}", self.stream.between(2, 3)),
            (_, 9) => {
                let b = self.str(depth + 1);
                format!("{a} + {b}")
            }
            (_, 10) => format!("str({})", self.int(depth + 1)),
            (_, 11) => {
                let n = self.atom();
                format!("{}({n})", self.stream.pick(&["bin", "hex", "oct"]))
            }
            (_, 12) => {
                let n = self.atom();
                format!(
                    "f'{{{n}}}-{{{}}}'",
                    self.variable(Type::Int).map_or("1".to_owned(), |v| v.name)
                )
            }
            (_, 13) => {
                let n = self.atom();
                format!(
                    "f'{}={{{n}:{}}}'",
                    scope::word(self.stream),
                    self.stream.pick(&["03d", "4d", "x", ">5", "b"])
                )
            }
            (_, 14) => {
                let n = self.atom();
                format!("'%d %s' % ({n}, {a})")
            }
            (_, 15) => {
                let n = self.atom();
                format!("'{{}}:{{}}'.format({n}, {a})")
            }
            (_, 16) => format!(
                "{a}.{}({}, '{}')",
                self.stream.pick(&["center", "ljust", "rjust"]),
                self.stream.between(4, 9),
                self.stream.pick(&["*", "-", "0"])
            ),
            _ => {
                let (condition, b) = (self.condition(1), self.text_atom());
                format!("{a} if {condition} else {b}")
            }
        }
    }

    pub fn int_list(&mut self, depth: usize) -> String {
        let n = self.stream.between(2, 5);
        let list = self.filled(Type::IntList);
        let Some(list) = list else {
            return match self.stream.below(4) {
                0 => format!("list(range({n}))"),
                1 => format!("[{}] * {n}", self.stream.below(3)),
                2 => format!("[i * {} for i in range({n})]", self.small()),
                _ => {
                    let (a, b) = (self.atom(), self.atom());
                    format!("[{a}, {b}]")
                }
            };
        };
        let name = list.name;
        if self.easy() {
            return match self.stream.below(5) {
                0 => format!("{name}[:]"),
                1 => format!("{name}[{}]", self.slice(list.length)),
                2 => format!("sorted({name})"),
                3 => format!("{name} + [{}]", self.small()),
                _ => format!("{name}[::-1]"),
            };
        }
        match self.stream.below(16) {
            0 => format!("{name}[{}]", self.slice(list.length)),
            1 => format!("sorted({name})"),
            2 => format!("sorted({name}, reverse=True)"),
            3 => format!("[e * {} for e in {name}]", self.small()),
            4 => format!("[e for e in {name} if e > {}]", self.small()),
            5 => format!("[e for e in {name} if e % 2 == {}]", self.stream.below(2)),
            6 => {
                let item = self.int(depth + 1);
                format!("{name} + [{item}]")
            }
            7 => format!("list(reversed({name}))"),
            8 => format!("list(set({name}))"),
            9 => format!("[i for i, e in enumerate({name}) if e > {}]", self.small()),
            10 => format!("list(map(lambda e: e + {}, {name}))", self.small()),
            11 => format!("[a + b for a, b in zip({name}, {name}[1:])]"),
            12 => format!("list(filter(lambda e: e > {}, {name}))", self.small()),
            13 => format!("{name} * 2"),
            14 => format!("[*{name}, {}]", self.small()),
            _ => format!("sorted({name}, key=lambda e: -e)"),
        }
    }

    fn str_list(&mut self, _depth: usize) -> String {
        let a = self.text_atom();
        if let Some(words) = self.filled(Type::StrList).filter(|_| self.stream.chance(0.6)) {
            let name = words.name;
            return match self.stream.below(if self.easy() { 2 } else { 6 }) {
                0 => format!("sorted({name})"),
                1 => format!("{name} + [{a}]"),
                2 => format!("[w.upper() for w in {name}]"),
                3 => format!("[w for w in {name} if len(w) > {}]", self.stream.between(1, 3)),
                4 => format!("sorted({name}, key=len)"),
                _ => format!("{name}[::-1]"),
            };
        }
        match self.stream.below(4) {
            0 => format!("list({a})"),
            1 => format!("{a}.split()"),
            2 => format!("[c for c in {a}]"),
            _ => {
                let b = self.text_atom();
                format!("[{a}, {b}]")
            }
        }
    }

    fn dict(&mut self, _depth: usize) -> String {
        if let Some(list) = self.filled(Type::IntList).filter(|_| self.stream.chance(0.6)) {
            let name = list.name;
            return match self.stream.below(3) {
                0 => format!("{{e: e * e for e in {name}}}"),
                1 => format!("{{i: e for i, e in enumerate({name})}}"),
                _ => format!("dict(zip({name}, range(len({name}))))"),
            };
        }
        if let Some(text) = self.filled(Type::Str).filter(|_| self.stream.chance(0.6)) {
            return format!("{{c: {0}.count(c) for c in {0}}}", text.name);
        }
        if let Some(dict) = self.filled(Type::Dict) {
            return match self.stream.below(3) {
                0 => format!("{{v: k for k, v in {}.items()}}", dict.name),
                1 => format!("{{k: v for k, v in {}.items() if v > {}}}", dict.name, self.small()),
                _ => format!("dict({})", dict.name),
            };
        }
        let (key, value) = (scope::word(self.stream), self.atom());
        format!("{{'{key}': {value}}}")
    }

    fn set(&mut self) -> String {
        let other = self.variable(Type::Set);
        if let Some(list) = self
            .filled(Type::IntList)
            .filter(|_| other.is_none() || self.stream.chance(0.5))
        {
            return match self.stream.below(2) {
                0 => format!("set({})", list.name),
                _ => format!("{{e % {} for e in {}}}", self.stream.between(2, 5), list.name),
            };
        }
        let (a, b) = (self.atom(), self.atom());
        match other {
            Some(other) => format!(
                "{} {} {{{a}, {b}}}",
                other.name,
                self.stream.pick(&["|", "&", "-", "^"])
            ),
            None => format!("{{{a}, {b}}}"),
        }
    }
}
