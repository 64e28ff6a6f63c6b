//! VRP: a variable's use becomes a number.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "VRP",
    Origin::CosmicRay,
    "variable replacement: the use of a variable becomes a number",
    &[
        ("x = 1\ny = x + 2", "x = 1\ny = 0 + 2"),
        ("x = 1\ny = x + 2", "x = 1\ny = -1 + 2"),
    ],
    offer,
);

fn offer(expression: &Expr, context: &Context, out: &mut Vec<Expr>) {
    if let Expr::Name(node) = expression
        && context.variables.contains(&node.id)
    {
        out.extend([0, 1, -1].map(build::int));
    }
}

super::operator_test!(untouched: ["y = print", "f(1)"]);
