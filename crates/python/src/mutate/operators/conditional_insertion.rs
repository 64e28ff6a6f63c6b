//! COI: a test is negated.

use ruff_python_ast::{CmpOp, Expr, Stmt, UnaryOp};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "COI",
    Origin::MutPy,
    "conditional operator insertion: tests of if and while are negated, in becomes not in",
    &[
        ("if x:\n    pass", "if not x:\n    pass"),
        ("while x < 1:\n    x += 1", "while not x < 1:\n    x += 1"),
        (
            "if a:\n    pass\nelif b:\n    pass",
            "if a:\n    pass\nelif not b:\n    pass",
        ),
    ],
    offer,
)
.and_expressions(offer_membership);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    match statement {
        Stmt::If(node) => {
            let mut new = node.clone();
            *new.test = negation(&node.test);
            out.push(Stmt::If(new));
            for (index, clause) in node.elif_else_clauses.iter().enumerate() {
                if let Some(test) = &clause.test {
                    let mut new = node.clone();
                    new.elif_else_clauses[index].test = Some(negation(test));
                    out.push(Stmt::If(new));
                }
            }
        }
        Stmt::While(node) => {
            let mut new = node.clone();
            *new.test = negation(&node.test);
            out.push(Stmt::While(new));
        }
        _ => {}
    }
}

fn offer_membership(expression: &Expr, _: &Context, out: &mut Vec<Expr>) {
    if let Expr::Compare(node) = expression {
        for (index, &op) in node.ops.iter().enumerate() {
            if op == CmpOp::In {
                let mut new = node.clone();
                new.ops[index] = build::negated(op);
                out.push(Expr::Compare(new));
            }
        }
    }
}

fn negation(test: &Expr) -> Expr {
    build::unary(UnaryOp::Not, test.clone())
}

super::operator_test!(untouched: ["x = y", "for x in y:\n    pass"]);
