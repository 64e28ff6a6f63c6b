//! SSW: two neighbouring statements change places.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_bodies(
    "SSW",
    Origin::Own,
    "statement swap: two neighbouring simple statements change places",
    &[("x = 1\ny = 2", "y = 2\nx = 1")],
    offer,
);

fn offer(body: &[Stmt], _: &Context, out: &mut Vec<Vec<Stmt>>) {
    for (index, pair) in body.windows(2).enumerate() {
        if pair.iter().all(is_movable) {
            let mut new = body.to_vec();
            new.swap(index, index + 1);
            out.push(new);
        }
    }
}

fn is_movable(statement: &Stmt) -> bool {
    match statement {
        Stmt::Expr(node) => !node.value.is_string_literal_expr(),
        Stmt::Assign(_) | Stmt::AugAssign(_) | Stmt::AnnAssign(_) | Stmt::Delete(_) | Stmt::Assert(_) => true,
        _ => false,
    }
}

super::operator_test!(untouched: ["import a\nx = 1", "x = 1\nif x:\n    pass"]);
