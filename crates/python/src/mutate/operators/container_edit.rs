//! CED: a list, tuple, set or dict display loses an element, or doubles one.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "CED",
    Origin::Own,
    "container edit: a display loses an element, doubles one, or is reversed",
    &[
        ("y = [a, b]", "y = [b]"),
        ("y = [a, b]", "y = [a, b, b]"),
        ("y = (a, b)", "y = (b, a)"),
        ("y = {1: a}", "y = {}"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    match expression {
        Expr::List(node) => edits(&node.elts, |elements| {
            let mut new = node.clone();
            new.elts = elements;
            out.push(Expr::List(new));
        }),
        Expr::Tuple(node) => edits(&node.elts, |elements| {
            let mut new = node.clone();
            new.elts = elements;
            out.push(Expr::Tuple(new));
        }),
        Expr::Set(node) => edits(&node.elts, |elements| {
            // There is no display of the empty set.
            if !elements.is_empty() {
                let mut new = node.clone();
                new.elts = elements;
                out.push(Expr::Set(new));
            }
        }),
        Expr::Dict(node) => edits(&node.items, |items| {
            let mut new = node.clone();
            new.items = items;
            out.push(Expr::Dict(new));
        }),
        _ => {}
    }
}

fn edits<T: Clone>(elements: &[T], mut offer: impl FnMut(Vec<T>)) {
    for index in 0..elements.len() {
        let mut shorter = elements.to_vec();
        shorter.remove(index);
        offer(shorter);
    }
    if let Some(last) = elements.last() {
        let mut longer = elements.to_vec();
        longer.push(last.clone());
        offer(longer);
    }
    if elements.len() > 1 {
        offer(elements.iter().rev().cloned().collect());
    }
}

super::operator_test!(untouched: ["y = []", "[a, b] = y", "a, b = y"]);
