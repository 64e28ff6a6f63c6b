//! ARD: an argument of a call goes, or becomes None.

use ruff_python_ast::{Expr, ExprCall};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "ARD",
    Origin::Mutmut,
    "argument dropped: an argument of a call goes or becomes None, a keyword argument goes",
    &[("f(a, b)", "f(b)"), ("f(a, b)", "f(a, None)"), ("f(a, key=b)", "f(a)")],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::Call(node) = expression else { return };
    for index in 0..node.arguments.args.len() {
        out.push(Expr::Call(without_argument(node, index)));
        if !node.arguments.args[index].is_starred_expr() && !node.arguments.args[index].is_none_literal_expr() {
            let mut new = node.clone();
            new.arguments.args[index] = build::none();
            out.push(Expr::Call(new));
        }
    }
    for index in 0..node.arguments.keywords.len() {
        let mut new = node.clone();
        new.arguments.keywords.remove(index);
        out.push(Expr::Call(new));
    }
}

fn without_argument(node: &ExprCall, dropped: usize) -> ExprCall {
    let mut new = node.clone();
    let mut arguments = std::mem::take(&mut new.arguments.args).into_vec();
    arguments.remove(dropped);
    new.arguments.args = arguments.into();
    new
}

super::operator_test!(untouched: ["f()"]);
