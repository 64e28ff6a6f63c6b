//! LCR: and and or change places.

use ruff_python_ast::{BoolOp, Expr};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "LCR",
    Origin::MutPy,
    "logical connector replacement: and and or replace each other",
    &[("y = a and b", "y = a or b"), ("y = a or b or c", "y = a and b and c")],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    if let Expr::BoolOp(node) = expression {
        let mut new = node.clone();
        new.op = if node.op == BoolOp::And {
            BoolOp::Or
        } else {
            BoolOp::And
        };
        out.push(Expr::BoolOp(new));
    }
}

super::operator_test!(untouched: ["y = a & b"]);
