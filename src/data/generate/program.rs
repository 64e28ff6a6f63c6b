//! Small programs of several lines: loops, branches, accumulators, list and dict building, functions.

use super::Level;
use super::expression::Writer;
use super::scope::{Type, Variable, start_value};
use super::singleline::line;
use crate::data::random::Stream;

/// Program `index` of the seed. It may raise; callers run it and draw on.
pub fn program(seed: u64, index: u64, level: Level) -> String {
    let mut stream = Stream::new(seed, "program", index);
    let easy = level == Level::Easy;
    let parts = if easy { 1 } else { 1 + stream.weighted(&[3.0, 4.0, 2.0]) };
    let start = if easy { 1 + stream.below(2) } else { 1 + stream.below(3) };
    let mut writer = ProgramWriter {
        writer: Writer {
            stream: &mut stream,
            level,
            variables: Vec::new(),
        },
        source: String::new(),
        indent: 0,
    };
    for _ in 0..start {
        let weights: &[f64] = if easy {
            &[5.0, 2.0, 1.5]
        } else {
            &[5.0, 3.0, 2.0, 1.0, 0.8]
        };
        let kind =
            [Type::Int, Type::IntList, Type::Str, Type::Dict, Type::StrList][writer.writer.stream.weighted(weights)];
        writer.declare(kind);
    }
    for _ in 0..parts {
        writer.part();
    }
    if writer.writer.stream.chance(if easy { 0.5 } else { 0.8 }) {
        writer.print();
    }
    writer.source
}

struct ProgramWriter<'a> {
    writer: Writer<'a>,
    source: String,
    indent: usize,
}

impl ProgramWriter<'_> {
    fn line(&mut self, text: impl AsRef<str>) {
        for _ in 0..self.indent {
            self.source.push_str("    ");
        }
        self.source.push_str(text.as_ref());
        self.source.push('\n');
    }

    fn block(&mut self, head: impl AsRef<str>, body: impl FnOnce(&mut Self)) {
        self.line(head);
        self.indent += 1;
        body(self);
        self.indent -= 1;
    }

    fn easy(&self) -> bool {
        self.writer.level == Level::Easy
    }

    /// A new variable with a start value.
    fn declare(&mut self, kind: Type) -> Variable {
        let name = self.writer.fresh(kind);
        let variable = start_value(self.writer.stream, self.writer.level, kind, name);
        self.line(format!("{} = {}", variable.name, variable.text));
        self.writer.variables.push(variable.clone());
        variable
    }

    /// A new variable that starts with the given text.
    fn define(&mut self, kind: Type, text: &str) -> String {
        let name = self.writer.fresh(kind);
        self.line(format!("{name} = {text}"));
        self.writer.variables.push(Variable {
            name: name.clone(),
            kind,
            text: text.to_owned(),
            length: 0,
            items: Vec::new(),
        });
        name
    }

    fn existing(&mut self, kind: Type) -> Variable {
        match self.writer.filled(kind) {
            Some(variable) => variable,
            // A start value may be empty, and then nothing would happen to it.
            None => loop {
                let variable = self.declare(kind);
                if variable.length > 0 {
                    break variable;
                }
            },
        }
    }

    fn counter(&mut self) -> &'static str {
        self.writer.stream.pick(&["i", "i", "j", "k", "x"])
    }

    fn turns(&mut self) -> i64 {
        let most = if self.easy() { 3 } else { 6 };
        self.writer.stream.between(2, most)
    }

    fn part(&mut self) {
        match self.writer.stream.below(if self.easy() { 8 } else { 16 }) {
            0 | 1 => self.plain(),
            2 => self.accumulate(),
            3 => self.branch(),
            4 => self.over_list(),
            5 => self.build_list(),
            6 => self.countdown(),
            7 => self.over_text(),
            8 => self.count_items(),
            9 => self.function(),
            10 => self.nested(),
            11 => self.search(),
            12 => self.while_break(),
            13 => self.sequence(),
            14 => self.digits(),
            _ => self.recursion(),
        }
    }

    /// A few lines without control flow.
    fn plain(&mut self) {
        for _ in 0..1 + self.writer.stream.below(2) {
            let text = line(&mut self.writer);
            self.line(text);
        }
    }

    fn print(&mut self) {
        let variable = self
            .writer
            .variable_where(|_| true)
            .map_or("0".to_owned(), |variable| variable.name);
        let text = match self.writer.stream.below(if self.easy() { 2 } else { 6 }) {
            0 | 1 => format!("print({variable})"),
            2 => format!("print('{}', {variable})", super::scope::word(self.writer.stream)),
            3 => format!("print(f'{{{variable}}}')"),
            4 => {
                let other = self
                    .writer
                    .variable_where(|_| true)
                    .map_or("1".to_owned(), |variable| variable.name);
                format!("print({variable}, {other})")
            }
            _ => {
                let value = self.writer.int(0);
                format!("print({value})")
            }
        };
        self.line(text);
    }

    /// `for i in range(n): total += …`
    fn accumulate(&mut self) {
        let product = self.writer.stream.chance(0.2);
        let total = self.define(Type::Int, if product { "1" } else { "0" });
        let (i, n) = (self.counter(), self.turns());
        let head = match self.writer.stream.below(4) {
            0 => format!("for {i} in range(1, {}):", n + 1),
            1 => format!("for {i} in range(0, {}, 2):", n * 2),
            _ => format!("for {i} in range({n}):"),
        };
        let amount = match self.writer.stream.below(if self.easy() { 3 } else { 6 }) {
            0 | 1 => i.to_owned(),
            2 => self.writer.small(),
            3 => format!("{i} * {i}"),
            4 => format!("{i} % {}", self.writer.stream.between(2, 4)),
            _ => format!("2 * {i} + 1"),
        };
        let operator = if product {
            "*="
        } else {
            self.writer.stream.pick(&["+=", "+=", "-="])
        };
        let print = !self.easy() && self.writer.stream.chance(0.25);
        self.block(head, |this| {
            this.line(format!("{total} {operator} {amount}"));
            if print {
                this.line(format!("print({total})"));
            }
        });
    }

    fn branch(&mut self) {
        let target = self.writer.target(Type::Int);
        let tests = 1 + self.writer.stream.below(2);
        for number in 0..tests {
            let (condition, value) = (self.writer.condition(0), self.writer.int(1));
            self.block(
                format!("{} {condition}:", if number == 0 { "if" } else { "elif" }),
                |this| {
                    this.line(format!("{target} = {value}"));
                },
            );
        }
        let value = self.writer.int(1);
        self.block("else:", |this| this.line(format!("{target} = {value}")));
    }

    /// Goes through a list and gathers something from it.
    fn over_list(&mut self) {
        let list = self.existing(Type::IntList).name;
        let item = self.writer.stream.pick(&["x", "e", "num", "v"]);
        let choice = self.writer.stream.below(5);
        let start = if choice == 2 {
            format!("{list}[0]")
        } else {
            "0".to_owned()
        };
        let result = self.define(Type::Int, &start);
        let limit = self.writer.small();
        self.block(format!("for {item} in {list}:"), |this| match choice {
            0 => this.line(format!("{result} += {item}")),
            1 => this.block(format!("if {item} > {limit}:"), |this| {
                this.line(format!("{result} += 1"))
            }),
            2 => this.block(format!("if {item} > {result}:"), |this| {
                this.line(format!("{result} = {item}"))
            }),
            3 => this.block(format!("if {item} % 2 == 0:"), |this| {
                this.line(format!("{result} += {item}"))
            }),
            _ => {
                this.block(format!("if {item} == {limit}:"), |this| this.line("continue"));
                this.line(format!("{result} += {item}"));
            }
        });
    }

    fn build_list(&mut self) {
        let list = self.define(Type::IntList, "[]");
        let (i, n) = (self.counter(), self.turns());
        let value = match self.writer.stream.below(5) {
            0 | 1 => i.to_owned(),
            2 => format!("{i} * {i}"),
            3 => format!("{i} * {}", self.writer.small()),
            _ => format!("{n} - {i}"),
        };
        let test = !self.easy() && self.writer.stream.chance(0.4);
        self.block(format!("for {i} in range({n}):"), |this| {
            if test {
                this.block(format!("if {i} % 2 == 0:"), |this| {
                    this.line(format!("{list}.append({value})"))
                });
            } else {
                this.line(format!("{list}.append({value})"));
            }
        });
    }

    fn countdown(&mut self) {
        let start = self.turns() * if self.easy() { 1 } else { 2 };
        let n = self.define(Type::Int, &start.to_string());
        let step = if self.easy() {
            1
        } else {
            self.writer.stream.between(1, 3)
        };
        let other = self
            .writer
            .variable_where(|variable| variable.kind == Type::Int && variable.name != n);
        self.block(format!("while {n} > 0:"), |this| {
            this.line(format!("{n} -= {step}"));
            if let Some(other) = other {
                this.line(format!("{} += {n}", other.name));
            }
        });
    }

    fn over_text(&mut self) {
        let text = self.existing(Type::Str).name;
        match self.writer.stream.below(3) {
            0 => {
                let result = self.define(Type::Str, "''");
                let body = self
                    .writer
                    .stream
                    .pick(&["c + r", "r + c", "r + c.upper()", "r + c + '-'"])
                    .replace('r', &result);
                self.block(format!("for c in {text}:"), |this| {
                    this.line(format!("{result} = {body}"))
                });
            }
            1 => {
                let count = self.define(Type::Int, "0");
                let test = self
                    .writer
                    .stream
                    .pick(&["c in 'aeiou'", "c == 'a'", "c.isupper()", "c > 'b'"]);
                self.block(format!("for c in {text}:"), |this| {
                    this.block(format!("if {test}:"), |this| this.line(format!("{count} += 1")));
                });
            }
            _ => {
                let (list, i) = (self.define(Type::StrList, "[]"), self.counter());
                self.block(format!("for {i} in range(len({text})):"), |this| {
                    this.line(format!("{list}.append({text}[{i}])"));
                });
            }
        }
    }

    fn count_items(&mut self) {
        let kind = if self.writer.stream.chance(0.5) {
            Type::Str
        } else {
            Type::IntList
        };
        let text = self.existing(kind).name;
        let counts = self.define(Type::Dict, "{}");
        let plain = self.writer.stream.chance(0.5);
        self.block(format!("for e in {text}:"), |this| {
            if plain {
                this.line(format!("{counts}[e] = {counts}.get(e, 0) + 1"));
            } else {
                this.block(format!("if e in {counts}:"), |this| {
                    this.line(format!("{counts}[e] += 1"))
                });
                this.block("else:", |this| this.line(format!("{counts}[e] = 1")));
            }
        });
    }

    fn function(&mut self) {
        let name = self.writer.stream.pick(&["f", "solve", "calc", "check", "add", "step"]);
        let number = self.writer.small();
        let (body, default): (&[&str], &str) = match self.writer.stream.below(6) {
            0 => (&["return a + b"], ""),
            1 => (&["if a > b:", "    return a - b", "return b - a"], ""),
            2 => (&["c = a * b", "return c % 10"], ""),
            3 => (&["return a * b"], " = 2"),
            4 => (&["while b:", "    a, b = b, a % b", "return a"], ""),
            _ => (
                &[
                    "total = 0",
                    "for i in range(a, b + 1):",
                    "    total += i",
                    "return total",
                ],
                " = 4",
            ),
        };
        self.block(format!("def {name}(a, b{default}):"), |this| {
            body.iter().for_each(|line| this.line(line))
        });
        let (first, target) = (self.writer.atom(), self.writer.fresh(Type::Int));
        let second = if default.is_empty() || self.writer.stream.chance(0.5) {
            format!(", {number}")
        } else {
            String::new()
        };
        // A range up to a large number would be a long trace.
        let first = if body.len() == 4 {
            self.writer.stream.between(0, 3).to_string()
        } else {
            first
        };
        self.line(format!("{target} = {name}({first}{second})"));
        self.writer.variables.push(Variable {
            name: target,
            kind: Type::Int,
            text: "0".to_owned(),
            length: 0,
            items: Vec::new(),
        });
    }

    fn nested(&mut self) {
        let total = self.define(Type::Int, "0");
        let (n, m) = (self.writer.stream.between(2, 3), self.writer.stream.between(2, 3));
        let amount = self.writer.stream.pick(&["i * j", "i + j", "1", "j"]);
        let inner = if self.writer.stream.chance(0.3) {
            "i + 1".to_owned()
        } else {
            m.to_string()
        };
        self.block(format!("for i in range({n}):"), |this| {
            this.block(format!("for j in range({inner}):"), |this| {
                this.line(format!("{total} += {amount}"))
            });
        });
    }

    fn search(&mut self) {
        let list = self.existing(Type::IntList);
        let item = list.items[self.writer.stream.below(list.items.len())].clone();
        let wanted = if self.writer.stream.chance(0.7) {
            item
        } else {
            self.writer.small()
        };
        let place = self.define(Type::Int, "-1");
        let otherwise = self.writer.stream.chance(0.4);
        self.block(format!("for i, e in enumerate({}):", list.name), |this| {
            this.block(format!("if e == {wanted}:"), |this| {
                this.line(format!("{place} = i"));
                this.line("break");
            });
        });
        if otherwise {
            self.block("else:", |this| this.line(format!("{place} = len({})", list.name)));
        }
    }

    fn while_break(&mut self) {
        let n = self.define(Type::Int, "1");
        let (factor, limit) = (self.writer.stream.between(2, 3), self.writer.stream.between(5, 40));
        self.block("while True:", |this| {
            this.line(format!("{n} *= {factor}"));
            this.block(format!("if {n} > {limit}:"), |this| this.line("break"));
        });
    }

    /// Fibonacci numbers and their like.
    fn sequence(&mut self) {
        let (a, b) = (self.define(Type::Int, "0"), self.define(Type::Int, "1"));
        let n = self.turns();
        let next = match self.writer.stream.below(3) {
            0 => format!("{a} + 2 * {b}"),
            _ => format!("{a} + {b}"),
        };
        self.block(format!("for _ in range({n}):"), |this| {
            this.line(format!("{a}, {b} = {b}, {next}"))
        });
    }

    fn digits(&mut self) {
        let start = self.writer.stream.between(10, 999).to_string();
        let n = self.define(Type::Int, &start);
        let total = self.define(Type::Int, "0");
        let reverse = self.writer.stream.chance(0.5);
        self.block(format!("while {n}:"), |this| {
            if reverse {
                this.line(format!("{total} = {total} * 10 + {n} % 10"));
            } else {
                this.line(format!("{total} += {n} % 10"));
            }
            this.line(format!("{n} //= 10"));
        });
    }

    fn recursion(&mut self) {
        let (name, rule): (&str, &str) = [
            ("fact", "return n * fact(n - 1)"),
            ("total", "return n + total(n - 1)"),
            ("fib", "return fib(n - 1) + fib(n - 2)"),
            ("power", "return 2 * power(n - 1)"),
        ][self.writer.stream.below(4)];
        let most = if name == "fib" { 4 } else { 6 };
        let n = self.writer.stream.between(1, most);
        self.block(format!("def {name}(n):"), |this| {
            this.block("if n < 2:", |this| this.line("return 1"));
            this.line(rule);
        });
        let target = self.define(Type::Int, &format!("{name}({n})"));
        if self.writer.stream.chance(0.5) {
            self.line(format!("print({target})"));
        }
    }
}
