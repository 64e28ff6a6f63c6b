//! Puts a program's input into the program itself: the paper's CodeNetMut pairs a submission with its test case.
//!
//! Where every `input()` stands once on the program's straight way, each call becomes the literal that it would have
//! returned. Elsewhere the lines become an iterator, and the calls take its next element.

use crate::data::sources::Program;
use crate::data::text::{Joined, trace_text};
use python::unparse::unparse;
use python::{Limits, Outcome, Status, Tracer};
use ruff_python_ast::name::Name;
use ruff_python_ast::visitor::transformer::{self, Transformer};
use ruff_python_ast::{Expr, ModModule, Stmt};
use std::cell::{Cell, RefCell};

/// The program with its input in it, checked: it runs, twice in the same way, and prints the same with its input inside.
///
/// # Errors
/// The name of the reason for which it is left out.
pub fn self_contained(
    program: &Program,
    tracer: &mut Tracer,
    limits: &Limits,
    keep_exceptions: bool,
) -> Result<String, &'static str> {
    let alone = runs_the_same(program, tracer, limits, keep_exceptions)?;
    if program.stdin.is_empty() {
        return Ok(program.source.clone());
    }
    let embedded = embed_input(&program.source, &program.stdin).ok_or("input_not_embedded")?;
    let (with_input, ..) = trace_text(tracer, &embedded, "", limits, &mut Joined::default());
    let same = with_input.stdout == alone.stdout && with_input.status == alone.status;
    if same { Ok(embedded) } else { Err("input_not_embedded") }
}

/// Runs a program twice; how it ended.
///
/// # Errors
/// The name of the reason for which it is left out.
pub fn runs_the_same(
    program: &Program,
    tracer: &mut Tracer,
    limits: &Limits,
    keep_exceptions: bool,
) -> Result<Outcome, &'static str> {
    let mut traces = [Joined::default(), Joined::default()];
    let [outcome, _] = traces
        .each_mut()
        .map(|trace| trace_text(tracer, &program.source, &program.stdin, limits, trace).0);
    match outcome.status {
        Status::Ok => {}
        Status::Exception if keep_exceptions => {}
        status => return Err(status.name()),
    }
    if traces[0] != traces[1] {
        return Err("non_deterministic");
    }
    Ok(outcome)
}

/// The program with `stdin` in it, printed anew; nothing where its way of reading is not understood.
///
/// The result is a proposal: whoever takes it compares what both programs print.
pub fn embed_input(source: &str, stdin: &str) -> Option<String> {
    let module = ruff_python_parser::parse_module(source).ok()?.into_syntax();
    if !source.contains("input") && !source.contains("stdin") {
        return unparse(&mut module.clone()).ok();
    }
    straight(&module, stdin).or_else(|| with_iterator(&module, stdin))
}

/// Replaces the calls one by one, where all stand outside loops and functions.
fn straight(module: &ModModule, stdin: &str) -> Option<String> {
    let mut module = module.clone();
    let own_input = binds_input(&module);
    let reader = Straight {
        own_input,
        lines: RefCell::new(stdin.lines().collect()),
        nested: Cell::new(0),
        failed: Cell::new(false),
    };
    reader.visit_body(&mut module.body);
    drop_unused_sys(&mut module);
    let printed = unparse(&mut module).ok()?;
    (!reader.failed.get() && !reads_input(&printed)).then_some(printed)
}

struct Straight<'a> {
    /// Whether `input` is the program's own name.
    own_input: bool,
    lines: RefCell<std::collections::VecDeque<&'a str>>,
    /// How many loops, functions and branches surround the node.
    nested: Cell<usize>,
    failed: Cell<bool>,
}

impl Straight<'_> {
    fn nested(&self, walk: impl FnOnce()) {
        self.nested.set(self.nested.get() + 1);
        walk();
        self.nested.set(self.nested.get() - 1);
    }
}

impl Transformer for Straight<'_> {
    fn visit_stmt(&self, statement: &mut Stmt) {
        match statement {
            Stmt::For(node) => {
                self.visit_expr(&mut node.iter);
                self.nested(|| {
                    self.visit_body(&mut node.body);
                    self.visit_body(&mut node.orelse);
                });
            }
            Stmt::If(_) | Stmt::While(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::Try(_) | Stmt::Match(_) => {
                self.nested(|| transformer::walk_stmt(self, statement));
            }
            _ => transformer::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&self, expression: &mut Expr) {
        let comprehension = matches!(
            expression,
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_)
        );
        let lazy = matches!(expression, Expr::Lambda(_) | Expr::If(_) | Expr::BoolOp(_));
        if comprehension || lazy {
            self.nested(|| transformer::walk_expr(self, expression));
            return;
        }
        transformer::walk_expr(self, expression);
        let Some(read) = reading_call(expression, self.own_input) else {
            return;
        };
        if self.nested.get() > 0 {
            self.failed.set(true);
            return;
        }
        let mut lines = self.lines.borrow_mut();
        let text = match read {
            Read::All => lines.drain(..).map(|line| format!("{line}\n")).collect(),
            Read::Line => match lines.pop_front() {
                Some(line) => line.to_owned(),
                None => return self.failed.set(true),
            },
            Read::RawLine => lines.pop_front().map(|line| format!("{line}\n")).unwrap_or_default(),
        };
        *expression = parsed(&literal(&text));
    }
}

/// Puts an iterator over the lines in front, and lets every way of reading take from it.
fn with_iterator(module: &ModModule, stdin: &str) -> Option<String> {
    let mut module = module.clone();
    let mut name = "lines".to_owned();
    let original = unparse(&mut module.clone()).ok()?;
    while original.contains(&name) {
        name.insert(0, '_');
    }
    let own_input = binds_input(&module);
    let reader = Iterated {
        own_input,
        name: name.clone(),
        raw: Cell::new(false),
        stripped: Cell::new(false),
    };
    reader.visit_body(&mut module.body);
    let (raw, stripped) = (reader.raw.get(), reader.stripped.get());
    if raw && stripped {
        return None;
    }
    drop_unused_sys(&mut module);
    let body = unparse(&mut module).ok()?;
    if reads_input(&body) {
        return None;
    }
    let ending = if raw { "\n" } else { "" };
    let lines: Vec<String> = stdin.lines().map(|line| literal(&format!("{line}{ending}"))).collect();
    let mut whole = parse(&format!("{name} = iter([{}])\n{body}", lines.join(", ")))?;
    unparse(&mut whole).ok()
}

struct Iterated {
    own_input: bool,
    name: String,
    /// Whether lines are taken with their line breaks, and without.
    raw: Cell<bool>,
    stripped: Cell<bool>,
}

impl Transformer for Iterated {
    fn visit_expr(&self, expression: &mut Expr) {
        let name = &self.name;
        let new = match reading_call(expression, self.own_input) {
            Some(Read::Line) => {
                self.stripped.set(true);
                format!("next({name})")
            }
            Some(Read::RawLine) => {
                self.raw.set(true);
                format!("next({name}, '')")
            }
            Some(Read::All) => {
                self.raw.set(true);
                format!("''.join({name})")
            }
            None if is_attribute(expression, "readline") => {
                // A reference, as in `input = sys.stdin.readline`.
                self.raw.set(true);
                format!("{name}.__next__")
            }
            None if is_stdin(expression) => {
                self.raw.set(true);
                name.clone()
            }
            None => return transformer::walk_expr(self, expression),
        };
        *expression = parsed(&new);
    }
}

enum Read {
    /// `input()`: a line without its break.
    Line,
    /// `sys.stdin.readline()`
    RawLine,
    /// `sys.stdin.read()`
    All,
}

/// Whether the program gives the name `input` a meaning of its own, as in `input = sys.stdin.readline`.
fn binds_input(module: &ModModule) -> bool {
    struct Finder(Cell<bool>);
    impl Transformer for Finder {
        fn visit_expr(&self, expression: &mut Expr) {
            if matches!(expression, Expr::Name(name) if name.id == "input" && name.ctx.is_store()) {
                self.0.set(true);
            }
            transformer::walk_expr(self, expression);
        }
    }
    let finder = Finder(Cell::new(false));
    finder.visit_body(&mut module.clone().body);
    finder.0.get()
}

fn reading_call(expression: &Expr, own_input: bool) -> Option<Read> {
    let Expr::Call(call) = expression else { return None };
    let plain = call.arguments.args.is_empty() && call.arguments.keywords.is_empty();
    match &*call.func {
        Expr::Name(function) if function.id == "input" && plain && !own_input => Some(Read::Line),
        function if plain && is_attribute(function, "readline") => Some(Read::RawLine),
        function if plain && is_attribute(function, "read") => Some(Read::All),
        _ => None,
    }
}

/// `sys.stdin.<name>`, or `stdin.<name>`.
fn is_attribute(expression: &Expr, name: &str) -> bool {
    matches!(expression, Expr::Attribute(node) if node.attr.id == name && is_stdin(&node.value))
}

fn is_stdin(expression: &Expr) -> bool {
    match expression {
        Expr::Name(node) => node.id == "stdin" && node.ctx.is_load(),
        Expr::Attribute(node) => node.attr.id == "stdin" && node.value.as_name_expr().is_some_and(|n| n.id == "sys"),
        _ => false,
    }
}

/// Whether a printed program still reads: only names count, so a string that says `input` does no harm.
fn reads_input(printed: &str) -> bool {
    struct Finder(Cell<bool>);
    impl Transformer for Finder {
        fn visit_expr(&self, expression: &mut Expr) {
            let reads = match expression {
                // A name of that kind that is assigned is the program's own.
                Expr::Call(call) => match &*call.func {
                    Expr::Name(function) => function.id == "open",
                    _ => false,
                },
                _ => is_stdin(expression),
            };
            if reads {
                self.0.set(true);
            }
            transformer::walk_expr(self, expression);
        }
    }
    let Some(mut module) = parse(printed) else { return true };
    let finder = Finder(Cell::new(false));
    finder.visit_body(&mut module.body);
    finder.0.get()
}

/// Leaves out `import sys` and `from sys import stdin` that nothing uses any more.
fn drop_unused_sys(module: &mut ModModule) {
    let Ok(printed) = unparse(&mut module.clone()) else {
        return;
    };
    let uses_sys = printed.contains("sys.");
    module.body.retain(|statement| match statement {
        Stmt::Import(node) => {
            uses_sys
                || !node
                    .names
                    .iter()
                    .all(|alias| alias.name.id == "sys" && alias.asname.is_none())
        }
        Stmt::ImportFrom(node) => {
            let from_sys = node.module.as_ref().is_some_and(|module| module.id == Name::new("sys"));
            !(from_sys
                && node
                    .names
                    .iter()
                    .all(|alias| alias.name.id == "stdin" && alias.asname.is_none()))
        }
        _ => true,
    });
}

fn parse(source: &str) -> Option<ModModule> {
    ruff_python_parser::parse_module(source)
        .ok()
        .map(|parsed| parsed.into_syntax())
}

fn parsed(expression: &str) -> Expr {
    *ruff_python_parser::parse_expression(expression)
        .expect("made here, of a known form")
        .into_syntax()
        .body
}

/// A Python literal of `text`.
fn literal(text: &str) -> String {
    let mut out = String::from("'");
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..'\x20' | '\x7f' => out.push_str(&format!("\\x{:02x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_reads_become_literals() {
        assert_eq!(
            embed_input("a, b = map(int, input().split())  # two\nprint(a + b)\n", "1 2\n").unwrap(),
            "a, b = map(int, '1 2'.split())\nprint(a + b)\n"
        );
        assert_eq!(
            embed_input(
                "import sys\nfor w in sys.stdin.read().split():\n    print(w)\n",
                "a\nb\n"
            )
            .unwrap(),
            "for w in 'a\\nb\\n'.split():\n    print(w)\n"
        );
        assert_eq!(embed_input("x = 1\n", "").unwrap(), "x = 1\n");
    }

    #[test]
    fn repeated_reads_take_from_an_iterator() {
        assert_eq!(
            embed_input("for _ in range(int(input())):\n    print(input())\n", "2\na\nb\n").unwrap(),
            "lines = iter(['2', 'a', 'b'])\nfor _ in range(int(next(lines))):\n    print(next(lines))\n"
        );
        assert_eq!(
            embed_input("import sys\ninput = sys.stdin.readline\nprint(int(input()))\n", "1\n").unwrap(),
            "lines = iter(['1\\n'])\ninput = lines.__next__\nprint(int(input()))\n"
        );
        assert_eq!(
            embed_input(
                "import sys\nfor line in sys.stdin:\n    print(line.strip())\n",
                "1\n2\n"
            )
            .unwrap(),
            "lines = iter(['1\\n', '2\\n'])\nfor line in lines:\n    print(line.strip())\n"
        );
    }

    #[test]
    fn what_is_not_understood_is_left() {
        assert_eq!(embed_input("print(open(0).read(), input)\n", "1\n"), None);
        assert_eq!(
            embed_input("import sys\nprint(sys.stdin.buffer.peek())\ninput()\n", "1\n"),
            None
        );
    }
}
