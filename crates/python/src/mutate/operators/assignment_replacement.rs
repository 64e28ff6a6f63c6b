//! ASR: the operator of an augmented assignment becomes one of its neighbours.

use ruff_python_ast::Stmt;

use super::arithmetic_replacement::neighbours;
use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "ASR",
    Origin::MutPy,
    "assignment operator replacement: AOR's map on augmented assignments",
    &[("y += x", "y -= x"), ("y //= x", "y /= x")],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    if let Stmt::AugAssign(node) = statement {
        for &op in neighbours(node.op) {
            let mut new = node.clone();
            new.op = op;
            out.push(Stmt::AugAssign(new));
        }
    }
}

super::operator_test!(untouched: ["y = x", "y |= x"]);
