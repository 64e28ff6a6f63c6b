//! RTV: a function returns nothing.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "RTV",
    Origin::Own,
    "return value: return x becomes return",
    &[("def f(x):\n    return x", "def f(x):\n    return")],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    if let Stmt::Return(node) = statement
        && node.value.is_some()
    {
        let mut new = node.clone();
        new.value = None;
        out.push(Stmt::Return(new));
    }
}

super::operator_test!(untouched: ["def f():\n    return"]);
