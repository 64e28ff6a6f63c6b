//! EHD: an exception handler raises again what it caught.

use ruff_python_ast::{ExceptHandler, Stmt};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "EHD",
    Origin::MutPy,
    "exception handler deletion: a handler's body becomes raise",
    &[(
        "try:\n    f()\nexcept E:\n    g()",
        "try:\n    f()\nexcept E:\n    raise",
    )],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    replace_handler_bodies(statement, &build::reraise(), out);
}

/// One variant for each handler whose body is not `replacement` already.
pub(super) fn replace_handler_bodies(statement: &Stmt, replacement: &Stmt, out: &mut Vec<Stmt>) {
    let Stmt::Try(node) = statement else { return };
    for (index, ExceptHandler::ExceptHandler(handler)) in node.handlers.iter().enumerate() {
        let same = match (&*handler.body, replacement) {
            ([Stmt::Raise(raise)], Stmt::Raise(_)) => raise.exc.is_none(),
            ([Stmt::Pass(_)], Stmt::Pass(_)) => true,
            _ => false,
        };
        if !same {
            let mut new = node.clone();
            let ExceptHandler::ExceptHandler(handler) = &mut new.handlers[index];
            handler.body = std::iter::once(replacement.clone()).collect();
            out.push(Stmt::Try(new));
        }
    }
}

super::operator_test!(untouched: ["try:\n    f()\nexcept E:\n    raise"]);
