//! LMB: a lambda gives None or zero.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "LMB",
    Origin::Mutmut,
    "lambda body: lambda x: y becomes lambda x: None, or 0 where it was None",
    &[
        ("f = lambda x: x", "f = lambda x: None"),
        ("f = lambda: None", "f = lambda: 0"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    if let Expr::Lambda(node) = expression {
        let mut new = node.clone();
        *new.body = if node.body.is_none_literal_expr() {
            build::int(0)
        } else {
            build::none()
        };
        out.push(Expr::Lambda(new));
    }
}

super::operator_test!(untouched: ["f = x"]);
