//! OSW: the operands of an operator change places.

use ruff_python_ast::{Expr, Operator as BinaryOperator};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "OSW",
    Origin::Own,
    "operand swap: a - b becomes b - a, a < b becomes b < a, the branches of a conditional expression change places",
    &[
        ("y = a - b", "y = b - a"),
        ("y = a < b", "y = b < a"),
        ("y = a if c else b", "y = b if c else a"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    match expression {
        Expr::BinOp(node) => {
            // Products and bitwise operators give the same either way on nearly all values.
            let commutes = matches!(
                node.op,
                BinaryOperator::Mult | BinaryOperator::BitAnd | BinaryOperator::BitOr | BinaryOperator::BitXor
            );
            if !commutes {
                let mut new = node.clone();
                std::mem::swap(&mut new.left, &mut new.right);
                out.push(Expr::BinOp(new));
            }
        }
        Expr::Compare(node) if node.comparators.len() == 1 => {
            let mut new = node.clone();
            std::mem::swap(&mut *new.left, &mut new.comparators[0]);
            out.push(Expr::Compare(new));
        }
        Expr::BoolOp(node) => {
            let mut new = node.clone();
            new.values.reverse();
            out.push(Expr::BoolOp(new));
        }
        Expr::If(node) => {
            let mut new = node.clone();
            std::mem::swap(&mut new.body, &mut new.orelse);
            out.push(Expr::If(new));
        }
        _ => {}
    }
}

super::operator_test!(untouched: ["y = a * b", "y = a < b < c"]);
