//! IDX: an index or a slice's bound moves by one.

use ruff_python_ast::Expr;

use super::range_bound::moved_by_one;
use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "IDX",
    Origin::Own,
    "index shift: an index or a bound of a slice moves by one, up or down",
    &[
        ("y = a[i]", "y = a[i + 1]"),
        ("y = a[0]", "y = a[-1]"),
        ("y = a[1:]", "y = a[2:]"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    match expression {
        Expr::Subscript(node) if !node.slice.is_string_literal_expr() && !node.slice.is_tuple_expr() => {
            for moved in moved_by_one(&node.slice) {
                let mut new = node.clone();
                *new.slice = moved;
                out.push(Expr::Subscript(new));
            }
        }
        Expr::Slice(node) => {
            for moved in node.lower.iter().flat_map(|bound| moved_by_one(bound)) {
                let mut new = node.clone();
                new.lower = Some(Box::new(moved));
                out.push(Expr::Slice(new));
            }
            for moved in node.upper.iter().flat_map(|bound| moved_by_one(bound)) {
                let mut new = node.clone();
                new.upper = Some(Box::new(moved));
                out.push(Expr::Slice(new));
            }
        }
        _ => {}
    }
}

super::operator_test!(untouched: ["y = a['k']", "y = a[:]"]);
