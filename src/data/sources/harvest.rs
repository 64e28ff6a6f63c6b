//! SingleLine examples from the traces of any programs: a state, a line that ran in it, and the state after it.

use std::collections::HashSet;

use python::{Entry, Limits, Status, Tracer};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::Program;

/// The most characters of a value that a start state takes along.
const LONGEST_VALUE: usize = 80;
/// The most variables of a start state.
const MOST_VARIABLES: usize = 6;

/// The lines of `program` with the states they ran in, each as a program of its own: assignments, then the line.
/// A line counts once for every different start state; only those stay that run to their end.
pub fn single_lines(program: &Program, tracer: &mut Tracer, limits: &Limits) -> Vec<String> {
    let mut entries: Vec<Entry> = Vec::new();
    tracer.run(&program.source, &program.stdin, limits, &mut entries);
    let lines: Vec<&str> = program.source.lines().collect();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut after = Vec::new();
    for pair in entries.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        let Some(line) = lines.get(now.line).map(|line| line.trim()) else {
            continue;
        };
        let Some(names) = names_of_statement(line) else {
            continue;
        };
        let Some(source) = with_state(&before.state, &names, line) else {
            continue;
        };
        if !seen.insert(source.clone()) {
            continue;
        }
        after.clear();
        let outcome = tracer.run(&source, "", limits, &mut after);
        if outcome.status == Status::Ok && outcome.stdout.is_empty() {
            found.push(source);
        }
    }
    found
}

/// The names that a line reads or changes, where it is one simple statement that changes something.
fn names_of_statement(line: &str) -> Option<Vec<String>> {
    let module = ruff_python_parser::parse_module(line).ok()?.into_syntax();
    let [statement] = &*module.body else { return None };
    let changes = match statement {
        Stmt::Assign(_) | Stmt::AugAssign(_) | Stmt::Delete(_) => true,
        Stmt::Expr(node) => matches!(&*node.value, Expr::Call(call) if call.func.is_attribute_expr()),
        _ => false,
    };
    if !changes || statement.range().len().to_usize() > LONGEST_VALUE {
        return None;
    }
    let mut names = Names(Vec::new());
    names.visit_stmt(statement);
    Some(names.0)
}

struct Names(Vec<String>);

impl<'a> Visitor<'a> for Names {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression
            && !self.0.iter().any(|known| known == name.id.as_str())
        {
            self.0.push(name.id.to_string());
        }
        visitor::walk_expr(self, expression);
    }
}

/// `line` behind assignments of the variables it names, and of a few more; nothing where one that it names is no literal.
fn with_state(state: &[(String, String)], names: &[String], line: &str) -> Option<String> {
    let mut source = String::new();
    let mut count = 0;
    let (named, others): (Vec<_>, Vec<_>) = state.iter().partition(|(name, _)| names.contains(name));
    for (name, value) in &named {
        if value.len() > LONGEST_VALUE || !is_literal(value) {
            return None;
        }
        source.push_str(&format!("{name} = {value}\n"));
        count += 1;
    }
    if count == 0 || count > MOST_VARIABLES {
        return None;
    }
    for (name, value) in others
        .iter()
        .filter(|(_, value)| value.len() <= LONGEST_VALUE / 4 && is_literal(value))
    {
        if count >= MOST_VARIABLES / 2 {
            break;
        }
        source.push_str(&format!("{name} = {value}\n"));
        count += 1;
    }
    source.push_str(line);
    source.push('\n');
    Some(source)
}

/// Whether a repr reads back as the value: displays and literals of built-in types alone.
fn is_literal(repr: &str) -> bool {
    fn literal(expression: &Expr) -> bool {
        match expression {
            Expr::UnaryOp(node) => literal(&node.operand) && node.operand.is_number_literal_expr(),
            Expr::List(node) => node.elts.iter().all(literal),
            Expr::Tuple(node) => node.elts.iter().all(literal),
            Expr::Set(node) => node.elts.iter().all(literal),
            Expr::Dict(node) => node
                .items
                .iter()
                .all(|item| item.key.as_ref().is_some_and(literal) && literal(&item.value)),
            Expr::EllipsisLiteral(_) => false,
            _ => expression.is_literal_expr(),
        }
    }
    ruff_python_parser::parse_expression(repr).is_ok_and(|parsed| literal(&parsed.syntax().body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_and_line_make_a_program() {
        let state = [
            ("x".to_owned(), "[1, -2]".to_owned()),
            ("f".to_owned(), "<function>".to_owned()),
        ];
        let names = names_of_statement("y = x[0] + 1").unwrap();
        assert_eq!(names, ["x", "y"]);
        assert_eq!(
            with_state(&state, &names, "y = x[0] + 1").unwrap(),
            "x = [1, -2]\ny = x[0] + 1\n"
        );
        assert_eq!(with_state(&state, &["f".to_owned()], "y = f(1)"), None);
        assert_eq!(names_of_statement("for x in y:"), None);
        assert_eq!(names_of_statement("print(x)"), None);
        assert!(names_of_statement("x.append(3)").is_some());
    }

    #[test]
    fn only_what_reads_back_is_a_literal() {
        for repr in [
            "1",
            "-2.5",
            "'a'",
            "[1, (2, 'b')]",
            "{'k': {1, 2}}",
            "None",
            "True",
            "b'x'",
        ] {
            assert!(is_literal(repr), "{repr}");
        }
        for repr in ["<function>", "inf", "deque([1])", "[...]", "set()", "P(x=1)", "1 + 2"] {
            assert!(!is_literal(repr), "{repr}");
        }
    }
}
