//! ZIF: a for loop goes over nothing.

use ruff_python_ast::{self as ast, Expr, Stmt};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "ZIF",
    Origin::CosmicRay,
    "zero iteration for loop: for x in y becomes for x in []",
    &[("for x in y:\n    f(x)", "for x in []:\n    f(x)")],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    if let Stmt::For(node) = statement {
        let mut new = node.clone();
        *new.iter = Expr::List(ast::ExprList {
            node_index: Default::default(),
            range: Default::default(),
            elts: Vec::new(),
            ctx: ast::ExprContext::Load,
        });
        out.push(Stmt::For(new));
    }
}

super::operator_test!(untouched: ["while y:\n    pass"]);
