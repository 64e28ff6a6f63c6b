//! CFD: a comprehension loses a filter.

use ruff_python_ast::{Comprehension, Expr};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "CFD",
    Origin::Own,
    "comprehension filter dropped",
    &[
        ("y = [x for x in z if x]", "y = [x for x in z]"),
        ("y = {a: b for a, b in z if a if b}", "y = {a: b for a, b in z if b}"),
    ],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Some(generators) = generators(expression) else {
        return;
    };
    for (outer, generator) in generators.iter().enumerate() {
        for index in 0..generator.ifs.len() {
            let mut new = expression.clone();
            if let Some(generators) = generators_mut(&mut new) {
                generators[outer].ifs.remove(index);
            }
            out.push(new);
        }
    }
}

fn generators(expression: &Expr) -> Option<&[Comprehension]> {
    match expression {
        Expr::ListComp(node) => Some(&node.generators),
        Expr::SetComp(node) => Some(&node.generators),
        Expr::DictComp(node) => Some(&node.generators),
        Expr::Generator(node) => Some(&node.generators),
        _ => None,
    }
}

fn generators_mut(expression: &mut Expr) -> Option<&mut Vec<Comprehension>> {
    match expression {
        Expr::ListComp(node) => Some(&mut node.generators),
        Expr::SetComp(node) => Some(&mut node.generators),
        Expr::DictComp(node) => Some(&mut node.generators),
        Expr::Generator(node) => Some(&mut node.generators),
        _ => None,
    }
}

super::operator_test!(untouched: ["y = [x for x in z]"]);
