//! Which string constants CPython has interned already when it makes a code object.
//!
//! It matters for sets of constants. CPython's compiler makes such a set from the display, makes it anew in that set's own order
//! when it merges constants, and once more where one of its words turns out to be interned as another object (`PyCode_New`,
//! `intern_string_constants`). Each making may change the order in which the set is gone through.
//!
//! A word is interned as another object if the program's text has it as an identifier, or if CPython met it before the program
//! came: in its own code, or in the modules that the reference tracer imports.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, ModModule, Pattern, Stmt};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

use super::fold::same;
use crate::bytecode::{Constant, Interned};

/// Words that are interned in every CPython 3.11 that runs the reference tracer, and those that are in some: it depends on what
/// the installation loads when it starts.
static ALWAYS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("../vm/interned_words.txt").split_whitespace().collect());
static PERHAPS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("../vm/perhaps_interned_words.txt")
        .split_whitespace()
        .collect()
});

/// The sets of constants that a program's code has so far. CPython keeps one object for all that are equal, in whatever order
/// they are written: that of the first.
#[derive(Default)]
pub(super) struct ConstantSets {
    made: Vec<(Vec<Constant>, Interned)>,
    /// The program's identifiers, gathered when they are first asked for.
    identifiers: Option<FxHashSet<String>>,
}

impl ConstantSets {
    /// The constant of a set display.
    pub fn make(&mut self, mut items: Vec<Constant>, module: &ModModule) -> Constant {
        // Of values that are equal the set has the first: `{1, True}` is `{1}`, `{True, 1}` is `{True}`.
        let mut kept = 0;
        for at in 0..items.len() {
            if !items[..kept].iter().any(|first| equal(first, &items[at])) {
                items.swap(kept, at);
                kept += 1;
            }
        }
        items.truncate(kept);
        let within =
            |some: &[Constant], all: &[Constant]| some.iter().all(|item| all.iter().any(|other| same(item, other)));
        let known = |made: &&(Vec<Constant>, Interned)| within(&items, &made.0) && within(&made.0, &items);
        if let Some((first, interned)) = self.made.iter().find(known) {
            return Constant::FrozenSet(first.clone(), *interned);
        }
        let interned = self.interned(&items, module);
        self.made.push((items.clone(), interned));
        Constant::FrozenSet(items, interned)
    }

    /// Whether the code object of a set's constants finds one of them interned as another object.
    fn interned(&mut self, items: &[Constant], module: &ModModule) -> Interned {
        let mut answer = Interned::No;
        for item in items {
            let Constant::Str(text) = item else { continue };
            let is_word = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            if !is_word {
                continue;
            }
            let known = self.identifiers.get_or_insert_with(|| {
                let mut gathered = Gathered::default();
                gathered.visit_body(&module.body);
                gathered.0
            });
            // Strings of one character are one object, wherever the program has them.
            if ALWAYS.contains(&**text) || text.len() > 1 && known.contains(&**text) {
                return Interned::Yes;
            }
            if PERHAPS.contains(&**text) {
                answer = Interned::Unknown;
            }
        }
        answer
    }
}

/// `left == right` as Python has it for constants of a set display.
fn equal(left: &Constant, right: &Constant) -> bool {
    /// Real and imaginary part of a number that a float holds exactly.
    fn number(constant: &Constant) -> Option<(f64, f64)> {
        match *constant {
            Constant::Bool(value) => Some((f64::from(value), 0.0)),
            Constant::Int(value) => (value.unsigned_abs() <= 1 << 53).then_some((value as f64, 0.0)),
            Constant::Float(value) => Some((value, 0.0)),
            Constant::Complex { real, imaginary } => Some((real, imaginary)),
            _ => None,
        }
    }
    same(left, right) || number(left).is_some_and(|left| Some(left) == number(right))
}

#[derive(Default)]
struct Gathered(FxHashSet<String>);

impl Gathered {
    fn add(&mut self, name: &str) {
        self.0.insert(name.to_owned());
    }

    fn add_all(&mut self, names: &[ast::Identifier]) {
        for name in names {
            self.add(name);
        }
    }
}

impl<'a> Visitor<'a> for Gathered {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(node) => self.add(&node.name),
            Stmt::ClassDef(node) => self.add(&node.name),
            Stmt::Global(node) => self.add_all(&node.names),
            Stmt::Nonlocal(node) => self.add_all(&node.names),
            Stmt::ImportFrom(node) => self.add(node.module.as_deref().unwrap_or_default()),
            _ => {}
        }
        visitor::walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(node) => self.add(&node.id),
            Expr::Attribute(node) => self.add(&node.attr),
            _ => {}
        }
        visitor::walk_expr(self, expression);
    }

    fn visit_alias(&mut self, alias: &'a ast::Alias) {
        self.add(&alias.name);
        self.add(alias.asname.as_deref().unwrap_or_default());
    }

    fn visit_keyword(&mut self, keyword: &'a ast::Keyword) {
        self.add(keyword.arg.as_deref().unwrap_or_default());
        visitor::walk_keyword(self, keyword);
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.add(&parameter.name);
        visitor::walk_parameter(self, parameter);
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(node) = handler;
        self.add(node.name.as_deref().unwrap_or_default());
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchAs(node) => self.add(node.name.as_deref().unwrap_or_default()),
            Pattern::MatchStar(node) => self.add(node.name.as_deref().unwrap_or_default()),
            Pattern::MatchMapping(node) => self.add(node.rest.as_deref().unwrap_or_default()),
            Pattern::MatchClass(node) => {
                for keyword in &node.arguments.keywords {
                    self.add(&keyword.attr);
                }
            }
            _ => {}
        }
        visitor::walk_pattern(self, pattern);
    }
}
