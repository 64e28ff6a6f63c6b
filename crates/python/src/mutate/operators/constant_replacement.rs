//! CRP: a number grows by one, a string becomes another or the empty one.

use ruff_python_ast::{Expr, Number};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "CRP",
    Origin::MutPy,
    "constant replacement: n becomes n + 1, a string another one or the empty one",
    &[
        ("x = 1", "x = 2"),
        ("x = 2.5", "x = 3.5"),
        ("x = 'a'", "x = 'mutant'"),
        ("x = 'a'", "x = ''"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    match expression {
        Expr::NumberLiteral(node) => match &node.value {
            Number::Int(value) => out.extend(value.as_i64().and_then(|value| value.checked_add(1)).map(build::int)),
            Number::Float(value) => out.push(build::float(value + 1.0)),
            Number::Complex { .. } => {}
        },
        Expr::StringLiteral(node) => {
            let value = node.value.to_str();
            out.push(build::string(if value == "mutant" { "other" } else { "mutant" }));
            if !value.is_empty() {
                out.push(build::string(""));
            }
        }
        _ => {}
    }
}

super::operator_test!(untouched: ["x = None", "def f():\n    'docstring'"]);
