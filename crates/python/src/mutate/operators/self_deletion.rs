//! SVD: an attribute of self becomes a plain variable.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "SVD",
    Origin::MutPy,
    "self variable deletion: self.x becomes x",
    &[(
        "class C:\n    def f(self):\n        return self.x",
        "class C:\n    def f(self):\n        return x",
    )],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    if let Expr::Attribute(node) = expression
        && let Expr::Name(object) = &*node.value
        && object.id == "self"
    {
        out.push(build::name(node.attr.id.clone()));
    }
}

super::operator_test!(untouched: ["y = a.x"]);
