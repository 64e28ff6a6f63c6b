//! VIN: an assignment also takes another variable into account.

use ruff_python_ast::{Operator as BinaryOperator, Stmt};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "VIN",
    Origin::CosmicRay,
    "variable insertion: y = x becomes y = x + z or y = x - z for another variable z",
    &[
        ("z = 1\ny = 2", "z = 1\ny = 2 + z"),
        ("z = 1\ny = 2", "z = 1\ny = 2 - z"),
    ],
    offer,
);

/// Enough to choose from; a program with many variables would give as many mutants squared.
const MOST_VARIABLES: usize = 4;

fn offer(statement: &Stmt, context: &Context, out: &mut Vec<Stmt>) {
    let Stmt::Assign(node) = statement else { return };
    let [target] = &*node.targets else { return };
    let Some(target) = target.as_name_expr() else { return };
    for variable in context
        .variables
        .iter()
        .filter(|&name| *name != target.id)
        .take(MOST_VARIABLES)
    {
        for op in [BinaryOperator::Add, BinaryOperator::Sub] {
            let mut new = node.clone();
            *new.value = build::binary((*node.value).clone(), op, build::name(variable.clone()));
            out.push(Stmt::Assign(new));
        }
    }
}

super::operator_test!(untouched: ["y = 2", "a, b = 1, 2"]);
