//! LOD: a bitwise inversion is dropped.

use ruff_python_ast::{Expr, UnaryOp};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "LOD",
    Origin::MutPy,
    "logical operator deletion: ~x becomes x",
    &[("y = ~x", "y = x")],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    if let Expr::UnaryOp(node) = expression
        && node.op == UnaryOp::Invert
    {
        out.push((*node.operand).clone());
    }
}

super::operator_test!(untouched: ["y = -x"]);
