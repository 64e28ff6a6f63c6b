//! RNB: a bound of a range moves by one.

use ruff_python_ast::{Expr, Operator as BinaryOperator};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "RNB",
    Origin::Own,
    "range bound: an argument of range moves by one, up or down",
    &[
        ("r = range(n)", "r = range(n + 1)"),
        ("r = range(1, 5)", "r = range(1, 4)"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::Call(node) = expression else { return };
    if node.func.as_name_expr().is_none_or(|name| name.id != "range") {
        return;
    }
    for (index, argument) in node.arguments.args.iter().enumerate() {
        for moved in moved_by_one(argument) {
            let mut new = node.clone();
            new.arguments.args[index] = moved;
            out.push(Expr::Call(new));
        }
    }
}

/// `n + 1` and `n - 1`, worked out where `n` is a literal.
pub(super) fn moved_by_one(expression: &Expr) -> Vec<Expr> {
    if expression.is_starred_expr() || expression.is_slice_expr() {
        return Vec::new();
    }
    match build::int_value(expression) {
        Some(value) => [value.checked_add(1), value.checked_sub(1)]
            .into_iter()
            .flatten()
            .map(build::int)
            .collect(),
        None => [BinaryOperator::Add, BinaryOperator::Sub]
            .map(|op| build::binary(expression.clone(), op, build::int(1)))
            .into(),
    }
}

super::operator_test!(untouched: ["r = f(n)", "r = range()"]);
