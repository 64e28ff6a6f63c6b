//! LOR: a bitwise operator becomes another.

use ruff_python_ast::{Expr, Operator as BinaryOperator};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "LOR",
    Origin::MutPy,
    "logical operator replacement: & and |, ^ to &, << and >>",
    &[
        ("y = a & b", "y = a | b"),
        ("y = a ^ b", "y = a & b"),
        ("y = a << b", "y = a >> b"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::BinOp(node) = expression else { return };
    let mut new = node.clone();
    new.op = match node.op {
        BinaryOperator::BitAnd => BinaryOperator::BitOr,
        BinaryOperator::BitOr | BinaryOperator::BitXor => BinaryOperator::BitAnd,
        BinaryOperator::LShift => BinaryOperator::RShift,
        BinaryOperator::RShift => BinaryOperator::LShift,
        _ => return,
    };
    out.push(Expr::BinOp(new));
}

super::operator_test!(untouched: ["y = a + b"]);
