//! AOD: a unary plus or minus is dropped.

use ruff_python_ast::{Expr, UnaryOp};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "AOD",
    Origin::MutPy,
    "arithmetic operator deletion: +x and -x become x",
    &[("y = -x", "y = x"), ("y = 2 * +x", "y = 2 * x")],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    if let Expr::UnaryOp(node) = expression
        && matches!(node.op, UnaryOp::UAdd | UnaryOp::USub)
    {
        out.push((*node.operand).clone());
    }
}

super::operator_test!(untouched: ["y = ~x", "y = not x"]);
