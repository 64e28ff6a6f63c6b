//! ASW: two neighbouring arguments of a call change places.

use ruff_python_ast::Expr;

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_expressions(
    "ASW",
    Origin::Own,
    "argument swap: two neighbouring arguments of a call change places",
    &[("f(a, b)", "f(b, a)"), ("f(a, b, c)", "f(a, c, b)")],
    offer,
);

fn offer(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    let Expr::Call(node) = expression else { return };
    for index in 1..node.arguments.args.len() {
        let mut new = node.clone();
        new.arguments.args.swap(index - 1, index);
        out.push(Expr::Call(new));
    }
}

super::operator_test!(untouched: ["f(a)", "f(a, key=b)"]);
