//! STC: a string changes its case, or grows.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "STC",
    Origin::Mutmut,
    "string case: a string becomes lower case, upper case, or is wrapped in XX",
    &[
        ("x = 'Ab'", "x = 'ab'"),
        ("x = 'Ab'", "x = 'AB'"),
        ("x = 'Ab'", "x = 'XXAbXX'"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::StringLiteral(node) = expression else { return };
    let value = node.value.to_str();
    for new in [value.to_lowercase(), value.to_uppercase(), format!("XX{value}XX")] {
        if new != value {
            out.push(build::string(&new));
        }
    }
}

super::operator_test!(untouched: ["x = 1", "def f():\n    'Docstring'"]);
