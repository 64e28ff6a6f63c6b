//! MTP: a string method becomes its opposite.

use ruff_python_ast::Expr;
use ruff_python_ast::name::Name;

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "MTP",
    Origin::Mutmut,
    "method pairs: lower and upper, find and rfind, split and rsplit, removeprefix and removesuffix, …",
    &[
        ("y = x.lower()", "y = x.upper()"),
        ("y = x.rsplit(',')", "y = x.split(',')"),
    ],
    offer,
);

const PAIRS: [(&str, &str); 11] = [
    ("lower", "upper"),
    ("lstrip", "rstrip"),
    ("find", "rfind"),
    ("index", "rindex"),
    ("split", "rsplit"),
    ("partition", "rpartition"),
    ("ljust", "rjust"),
    ("removeprefix", "removesuffix"),
    ("startswith", "endswith"),
    ("isupper", "islower"),
    ("title", "capitalize"),
];

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    rename_method(expression, &PAIRS, out);
}

/// Variants of a method call with the method's partner in each pair that has it.
pub(super) fn rename_method(expression: &Expr, pairs: &[(&str, &str)], out: &mut Vec<Expr>) {
    let Expr::Call(node) = expression else { return };
    let Expr::Attribute(method) = &*node.func else { return };
    for &(one, other) in pairs {
        let partner = match method.attr.id.as_str() {
            name if name == one => other,
            name if name == other => one,
            _ => continue,
        };
        let mut new = node.clone();
        let mut renamed = method.clone();
        renamed.attr = build::identifier(Name::new(partner));
        *new.func = Expr::Attribute(renamed);
        out.push(Expr::Call(new));
    }
}

super::operator_test!(untouched: ["y = x.append(1)", "y = lower(x)"]);
