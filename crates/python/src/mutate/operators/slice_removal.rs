//! SIR: a bound or the step of a slice is dropped.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "SIR",
    Origin::MutPy,
    "slice index removal: the lower bound, the upper one or the step",
    &[
        ("y = a[1:2]", "y = a[:2]"),
        ("y = a[1:2]", "y = a[1:]"),
        ("y = a[::2]", "y = a[:]"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::Slice(node) = expression else { return };
    if node.lower.is_some() {
        let mut new = node.clone();
        new.lower = None;
        out.push(Expr::Slice(new));
    }
    if node.upper.is_some() {
        let mut new = node.clone();
        new.upper = None;
        out.push(Expr::Slice(new));
    }
    if node.step.is_some() {
        let mut new = node.clone();
        new.step = None;
        out.push(Expr::Slice(new));
    }
}

super::operator_test!(untouched: ["y = a[:]", "y = a[1]"]);
