//! COD: a negation is dropped.

use ruff_python_ast::{CmpOp, Expr, UnaryOp};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "COD",
    Origin::MutPy,
    "conditional operator deletion: not x becomes x, not in becomes in",
    &[("y = not x", "y = x"), ("y = a not in b", "y = a in b")],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    match expression {
        Expr::UnaryOp(node) if node.op == UnaryOp::Not => out.push((*node.operand).clone()),
        Expr::Compare(node) => {
            for (index, &op) in node.ops.iter().enumerate() {
                if op == CmpOp::NotIn {
                    let mut new = node.clone();
                    new.ops[index] = build::negated(op);
                    out.push(Expr::Compare(new));
                }
            }
        }
        _ => {}
    }
}

super::operator_test!(untouched: ["y = -x", "y = a in b"]);
