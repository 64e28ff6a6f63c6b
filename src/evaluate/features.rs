//! What a program is made of: the groups of the error analysis (after CodeExecutor, section 5, which looks at built-in
//! types, control flow and calls).

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Number, Operator, Stmt};

/// The features, in the order in which tables show them.
pub const FEATURES: [&str; 20] = [
    "branches",
    "for loops",
    "while loops",
    "nested loops",
    "break, continue",
    "functions",
    "recursion",
    "classes",
    "exceptions",
    "lists",
    "tuples",
    "dicts",
    "sets",
    "strings",
    "floats",
    "powers, shifts, bits",
    "subscripts, slices",
    "comprehensions, lambdas",
    "method calls",
    "function calls",
];

const BUILDERS: [(&str, usize); 6] = [
    ("list", 9),
    ("tuple", 10),
    ("dict", 11),
    ("set", 12),
    ("str", 13),
    ("float", 14),
];

/// Which of [`FEATURES`] a program has, one bit each; none of a program that does not parse.
pub fn features(source: &str) -> Option<u32> {
    let module = python::syntax::parse(source).ok()?;
    let mut finder = Finder::default();
    finder.visit_body(&module.body);
    Some(finder.found)
}

#[derive(Default)]
struct Finder<'a> {
    found: u32,
    loops: usize,
    functions: Vec<&'a str>,
}

impl Finder<'_> {
    fn mark(&mut self, feature: usize) {
        self.found |= 1 << feature;
    }

    fn operator(&mut self, operator: Operator) {
        match operator {
            Operator::Pow
            | Operator::LShift
            | Operator::RShift
            | Operator::BitAnd
            | Operator::BitOr
            | Operator::BitXor => self.mark(15),
            Operator::Div => self.mark(14),
            _ => {}
        }
    }
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let (loops, functions) = (self.loops, self.functions.len());
        match statement {
            Stmt::If(_) | Stmt::Match(_) => self.mark(0),
            Stmt::For(_) | Stmt::While(_) => {
                self.mark(if matches!(statement, Stmt::For(_)) { 1 } else { 2 });
                if self.loops > 0 {
                    self.mark(3);
                }
                self.loops += 1;
            }
            Stmt::Break(_) | Stmt::Continue(_) => self.mark(4),
            Stmt::FunctionDef(function) => {
                self.mark(5);
                self.loops = 0;
                self.functions.push(function.name.as_str());
            }
            Stmt::ClassDef(_) => self.mark(7),
            Stmt::Try(_) | Stmt::Raise(_) | Stmt::Assert(_) => self.mark(8),
            Stmt::AugAssign(assignment) => self.operator(assignment.op),
            _ => {}
        }
        visitor::walk_stmt(self, statement);
        self.loops = loops;
        self.functions.truncate(functions);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::If(_) => self.mark(0),
            Expr::List(_) => self.mark(9),
            Expr::Tuple(_) => self.mark(10),
            Expr::Dict(_) => self.mark(11),
            Expr::Set(_) => self.mark(12),
            Expr::StringLiteral(_) | Expr::FString(_) | Expr::BytesLiteral(_) => self.mark(13),
            Expr::NumberLiteral(literal) if !matches!(literal.value, Number::Int(_)) => self.mark(14),
            Expr::BinOp(operation) => self.operator(operation.op),
            Expr::Subscript(_) | Expr::Slice(_) => self.mark(16),
            Expr::ListComp(_) => {
                self.mark(17);
                self.mark(9);
            }
            Expr::DictComp(_) => {
                self.mark(17);
                self.mark(11);
            }
            Expr::SetComp(_) => {
                self.mark(17);
                self.mark(12);
            }
            Expr::Generator(_) | Expr::Lambda(_) => self.mark(17),
            Expr::Call(call) => match call.func.as_ref() {
                Expr::Attribute(_) => self.mark(18),
                Expr::Name(name) => {
                    self.mark(19);
                    if self.functions.contains(&name.id.as_str()) {
                        self.mark(6);
                    }
                    if let Some((_, feature)) = BUILDERS.iter().find(|(builder, _)| *builder == name.id.as_str()) {
                        self.mark(*feature);
                    }
                }
                _ => self.mark(19),
            },
            _ => {}
        }
        visitor::walk_expr(self, expression);
    }
}

/// A program without its docstrings; a body that was nothing else becomes `pass`. What does not parse stays as it is.
pub fn without_docstrings(source: &str) -> String {
    let Ok(module) = python::syntax::parse(source) else {
        return source.to_owned();
    };
    let mut finder = Docstrings::default();
    finder.body(&module.body, false);
    finder.visit_body(&module.body);
    let mut text = String::with_capacity(source.len());
    let mut end = 0;
    for (range, lonely) in finder.found {
        text.push_str(&source[end..range.start]);
        if lonely || source[range.end..].trim_start_matches(' ').starts_with(';') {
            text.push_str("pass");
        }
        end = range.end;
    }
    text.push_str(&source[end..]);
    text
}

/// Where docstrings stand, and whether each is all of its body.
#[derive(Default)]
struct Docstrings {
    found: Vec<(std::ops::Range<usize>, bool)>,
}

impl Docstrings {
    fn body(&mut self, body: &[Stmt], needed: bool) {
        if let Some(Stmt::Expr(first)) = body.first()
            && first.value.is_string_literal_expr()
        {
            self.found.push((first.range.to_std_range(), needed && body.len() == 1));
        }
    }
}

impl<'a> Visitor<'a> for Docstrings {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.body(&function.body, true),
            Stmt::ClassDef(class) => self.body(&class.body, true),
            _ => {}
        }
        visitor::walk_stmt(self, statement);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(source: &str) -> Vec<&'static str> {
        let found = features(source).unwrap();
        (0..FEATURES.len())
            .filter(|bit| found >> bit & 1 == 1)
            .map(|bit| FEATURES[bit])
            .collect()
    }

    #[test]
    fn features_are_read_off_the_tree() {
        assert_eq!(named("a = 1\nb = a + 2\n"), [""; 0]);
        assert_eq!(
            named("def f(n):\n    return n if n < 2 else f(n - 1) / 2\n"),
            ["branches", "functions", "recursion", "floats", "function calls"]
        );
        assert_eq!(
            named("for i in s:\n    while i:\n        x.append((i, 'a'[0]))\n        break\n"),
            [
                "for loops",
                "while loops",
                "nested loops",
                "break, continue",
                "tuples",
                "strings",
                "subscripts, slices",
                "method calls"
            ]
        );
        assert_eq!(
            named("d = {k: set() for k in [1.5]}\n"),
            [
                "lists",
                "dicts",
                "sets",
                "floats",
                "comprehensions, lambdas",
                "function calls"
            ]
        );
        assert_eq!(features("a = = 1"), None);
    }

    #[test]
    fn docstrings_go() {
        let source = "'Top.'; a = 1\nclass C:\n    'Doc.'\n    def f(self):\n        \"\"\"A\n\n        B.\"\"\"\n        return 'x'\n\
                      def g():\n    'only'\n";
        assert_eq!(
            without_docstrings(source),
            "pass; a = 1\nclass C:\n    \n    def f(self):\n        \n        return 'x'\ndef g():\n    pass\n"
        );
        assert_eq!(without_docstrings("def"), "def");
    }
}
