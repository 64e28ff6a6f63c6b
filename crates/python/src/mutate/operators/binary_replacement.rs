//! BOR: a binary operator becomes any other.

use ruff_python_ast::{Expr, Operator as BinaryOperator, Stmt};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "BOR",
    Origin::CosmicRay,
    "binary operator replacement: every ordered pair of binary operators, also in augmented assignments",
    &[
        ("y = a + b", "y = a ^ b"),
        ("y = a % b", "y = a // b"),
        ("y += b", "y <<= b"),
    ],
    offer,
)
.and_statements(offer_augmented);

const OPERATORS: [BinaryOperator; 12] = [
    BinaryOperator::Add,
    BinaryOperator::Sub,
    BinaryOperator::Mult,
    BinaryOperator::Div,
    BinaryOperator::FloorDiv,
    BinaryOperator::Mod,
    BinaryOperator::Pow,
    BinaryOperator::LShift,
    BinaryOperator::RShift,
    BinaryOperator::BitOr,
    BinaryOperator::BitXor,
    BinaryOperator::BitAnd,
];

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::BinOp(node) = expression else { return };
    out.extend(OPERATORS.into_iter().filter(|&op| op != node.op).map(|op| {
        let mut new = node.clone();
        new.op = op;
        Expr::BinOp(new)
    }));
}

fn offer_augmented(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    let Stmt::AugAssign(node) = statement else { return };
    out.extend(OPERATORS.into_iter().filter(|&op| op != node.op).map(|op| {
        let mut new = node.clone();
        new.op = op;
        Stmt::AugAssign(new)
    }));
}

super::operator_test!(untouched: ["y = -a", "y = a < b"]);
