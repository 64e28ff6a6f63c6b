//! VSW: a variable's use becomes another variable of the same scope.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "VSW",
    Origin::Own,
    "variable swap: the use of a variable becomes that of another of the same scope",
    &[
        ("a = 1\nb = 2\nc = a", "a = 1\nb = 2\nc = b"),
        ("def f(p, q):\n    return p", "def f(p, q):\n    return q"),
    ],
    offer,
);

/// Enough to choose from, as in VIN.
const MOST_VARIABLES: usize = 6;

fn offer(expression: &Expr, context: &Context, out: &mut Vec<Expr>) {
    let Expr::Name(node) = expression else { return };
    if context.variables.contains(&node.id) {
        let others = context.variables.iter().filter(|&name| *name != node.id);
        out.extend(others.take(MOST_VARIABLES).map(|name| build::name(name.clone())));
    }
}

super::operator_test!(untouched: ["a = 1\nprint(a)", "y = len"]);
