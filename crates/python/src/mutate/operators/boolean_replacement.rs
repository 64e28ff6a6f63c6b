//! BLR: True and False change places.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "BLR",
    Origin::CosmicRay,
    "boolean replacement: True and False replace each other",
    &[("x = True", "x = False"), ("x = False", "x = True")],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    if let Expr::BooleanLiteral(node) = expression {
        out.push(build::boolean(!node.value));
    }
}

super::operator_test!(untouched: ["x = None"]);
