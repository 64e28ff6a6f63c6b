//! ASV: an assigned value becomes None.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "ASV",
    Origin::Mutmut,
    "assigned value: x = y becomes x = None, or the empty string where it was None",
    &[("x = 1", "x = None"), ("x = None", "x = ''")],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    if let Stmt::Assign(node) = statement {
        let mut new = node.clone();
        *new.value = if node.value.is_none_literal_expr() {
            build::string("")
        } else {
            build::none()
        };
        out.push(Stmt::Assign(new));
    }
}

super::operator_test!(untouched: ["x += 1"]);
