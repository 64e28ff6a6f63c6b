//! ROR: a comparison becomes one of its neighbours.

use ruff_python_ast::{CmpOp, Expr};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "ROR",
    Origin::MutPy,
    "relational operator replacement: <, >, <= and >= among each other, == and !=",
    &[
        ("y = a < b", "y = a > b"),
        ("y = a < b", "y = a <= b"),
        ("y = a == b", "y = a != b"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::Compare(node) = expression else { return };
    for (index, op) in node.ops.iter().enumerate() {
        let neighbours: &[CmpOp] = match op {
            CmpOp::Lt => &[CmpOp::Gt, CmpOp::LtE],
            CmpOp::Gt => &[CmpOp::Lt, CmpOp::GtE],
            CmpOp::LtE => &[CmpOp::GtE, CmpOp::Lt],
            CmpOp::GtE => &[CmpOp::LtE, CmpOp::Gt],
            CmpOp::Eq => &[CmpOp::NotEq],
            CmpOp::NotEq => &[CmpOp::Eq],
            CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => &[],
        };
        for &neighbour in neighbours {
            let mut new = node.clone();
            new.ops[index] = neighbour;
            out.push(Expr::Compare(new));
        }
    }
}

super::operator_test!(untouched: ["y = a in b", "y = a is b"]);
