//! UOR: a unary operator becomes another, or goes.

use ruff_python_ast::{Expr, UnaryOp};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "UOR",
    Origin::CosmicRay,
    "unary operator replacement: every ordered pair of +, -, ~ and not, and none at all",
    &[("y = -x", "y = ~x"), ("y = not x", "y = -x"), ("y = ~x", "y = x")],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::UnaryOp(node) = expression else { return };
    for op in [UnaryOp::UAdd, UnaryOp::USub, UnaryOp::Invert, UnaryOp::Not] {
        if op != node.op {
            let mut new = node.clone();
            new.op = op;
            out.push(Expr::UnaryOp(new));
        }
    }
    out.push((*node.operand).clone());
}

super::operator_test!(untouched: ["y = a - b"]);
