//! CPR: a comparison operator becomes any other.

use ruff_python_ast::{CmpOp, Expr};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "CPR",
    Origin::CosmicRay,
    "comparison operator replacement: every ordered pair of ==, !=, <, <=, >, >=, is and is not; in and not in",
    &[
        ("y = a < b", "y = a == b"),
        ("y = a is b", "y = a is not b"),
        ("y = a in b", "y = a not in b"),
    ],
    offer,
);

const OPERATORS: [CmpOp; 8] = [
    CmpOp::Eq,
    CmpOp::NotEq,
    CmpOp::Lt,
    CmpOp::LtE,
    CmpOp::Gt,
    CmpOp::GtE,
    CmpOp::Is,
    CmpOp::IsNot,
];
const MEMBERSHIP: [CmpOp; 2] = [CmpOp::In, CmpOp::NotIn];

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::Compare(node) = expression else { return };
    for (index, &old) in node.ops.iter().enumerate() {
        let family: &[CmpOp] = if MEMBERSHIP.contains(&old) {
            &MEMBERSHIP
        } else {
            &OPERATORS
        };
        for &op in family.iter().filter(|&&op| op != old) {
            // `is` with a literal only earns a warning from CPython.
            let identity = matches!(op, CmpOp::Is | CmpOp::IsNot);
            if identity && (is_literal(&node.left) || node.comparators.iter().any(is_literal)) {
                continue;
            }
            let mut new = node.clone();
            new.ops[index] = op;
            out.push(Expr::Compare(new));
        }
    }
}

fn is_literal(expression: &Expr) -> bool {
    expression.is_literal_expr() && !expression.is_none_literal_expr() || expression.is_tuple_expr()
}

super::operator_test!(untouched: ["y = a + b"]);
