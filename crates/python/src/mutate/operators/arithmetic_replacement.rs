//! AOR: an arithmetic operator becomes one of its neighbours.

use ruff_python_ast::{Expr, Operator as BinaryOperator, UnaryOp};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "AOR",
    Origin::MutPy,
    "arithmetic operator replacement: + and -, *, /, //, % and **, unary + and -",
    &[
        ("y = a + b", "y = a - b"),
        ("y = a * b", "y = a ** b"),
        ("y = a % b", "y = a * b"),
        ("y = -x", "y = +x"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    match expression {
        Expr::BinOp(node) => {
            for &op in neighbours(node.op) {
                let mut new = node.clone();
                new.op = op;
                out.push(Expr::BinOp(new));
            }
        }
        Expr::UnaryOp(node) => {
            let op = match node.op {
                UnaryOp::UAdd => UnaryOp::USub,
                UnaryOp::USub => UnaryOp::UAdd,
                UnaryOp::Not | UnaryOp::Invert => return,
            };
            let mut new = node.clone();
            new.op = op;
            out.push(Expr::UnaryOp(new));
        }
        _ => {}
    }
}

/// What MutPy puts in the place of each arithmetic operator.
pub(super) fn neighbours(operator: BinaryOperator) -> &'static [BinaryOperator] {
    use BinaryOperator::*;
    match operator {
        Add => &[Sub],
        Sub => &[Add],
        Mult => &[Div, FloorDiv, Pow],
        Div => &[Mult, FloorDiv],
        FloorDiv => &[Div, Mult],
        Mod | Pow => &[Mult],
        MatMult | LShift | RShift | BitOr | BitXor | BitAnd => &[],
    }
}

super::operator_test!(untouched: ["y = a & b", "y += b"]);
