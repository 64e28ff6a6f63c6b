//! RIL: a for loop goes backwards.

use ruff_python_ast::Stmt;
use ruff_python_ast::name::Name;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "RIL",
    Origin::MutPy,
    "reverse iteration loop: for x in y becomes for x in reversed(y)",
    &[("for x in y:\n    f(x)", "for x in reversed(y):\n    f(x)")],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    if let Stmt::For(node) = statement {
        let mut new = node.clone();
        *new.iter = build::call(build::name(Name::new("reversed")), vec![(*node.iter).clone()]);
        out.push(Stmt::For(new));
    }
}

super::operator_test!(untouched: ["while x:\n    pass"]);
