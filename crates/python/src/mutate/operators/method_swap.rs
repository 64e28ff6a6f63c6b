//! MSW: a container's method, or a built-in function, becomes a sibling.

use ruff_python_ast::Expr;
use ruff_python_ast::name::Name;

use super::method_pair::rename_method;
use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "MSW",
    Origin::Own,
    "method swap: append and extend, keys, values and items, min and max, any and all, …",
    &[
        ("x.append(y)", "x.extend(y)"),
        ("y = min(x)", "y = max(x)"),
        ("y = d.keys()", "y = d.items()"),
    ],
    offer,
);

const METHODS: [(&str, &str); 12] = [
    ("append", "extend"),
    ("append", "remove"),
    ("add", "discard"),
    ("sort", "reverse"),
    ("keys", "values"),
    ("keys", "items"),
    ("values", "items"),
    ("union", "intersection"),
    ("difference", "symmetric_difference"),
    ("issubset", "issuperset"),
    ("popleft", "pop"),
    ("appendleft", "append"),
];

const FUNCTIONS: [(&str, &str); 8] = [
    ("min", "max"),
    ("any", "all"),
    ("sum", "len"),
    ("sorted", "list"),
    ("list", "set"),
    ("list", "tuple"),
    ("int", "float"),
    ("abs", "int"),
];

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    rename_method(expression, &METHODS, out);
    let Expr::Call(node) = expression else { return };
    let Expr::Name(function) = &*node.func else { return };
    for (one, other) in FUNCTIONS {
        let partner = match function.id.as_str() {
            name if name == one => other,
            name if name == other => one,
            _ => continue,
        };
        let mut new = node.clone();
        *new.func = build::name(Name::new(partner));
        out.push(Expr::Call(new));
    }
}

super::operator_test!(untouched: ["y = x.lower()", "y = f(x)"]);
