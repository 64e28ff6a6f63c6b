//! NRP: a number moves by one.

use ruff_python_ast::{Expr, Number};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "NRP",
    Origin::CosmicRay,
    "number replacement: n becomes n + 1 or n - 1",
    &[
        ("x = 5", "x = 6"),
        ("x = 5", "x = 4"),
        ("x = 0", "x = -1"),
        ("x = 0.5", "x = 1.5"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::NumberLiteral(node) = expression else { return };
    match &node.value {
        Number::Int(value) => {
            if let Some(value) = value.as_i64() {
                out.extend(
                    [value.checked_add(1), value.checked_sub(1)]
                        .into_iter()
                        .flatten()
                        .map(build::int),
                );
            }
        }
        Number::Float(value) => {
            out.push(build::float(value + 1.0));
            if *value >= 1.0 {
                out.push(build::float(value - 1.0));
            }
        }
        Number::Complex { .. } => {}
    }
}

super::operator_test!(untouched: ["x = True", "x = 'a'"]);
