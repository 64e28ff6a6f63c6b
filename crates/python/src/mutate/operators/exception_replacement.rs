//! EXR: a handler waits for another exception.

use ruff_python_ast::name::Name;
use ruff_python_ast::{ExceptHandler, Stmt};

use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "EXR",
    Origin::CosmicRay,
    "exception replacement: a handler's exception becomes one that is never raised",
    &[(
        "try:\n    f()\nexcept KeyError:\n    pass",
        "try:\n    f()\nexcept BufferError:\n    pass",
    )],
    offer,
);

/// A built-in exception that programs without buffers never meet.
const NEVER_RAISED: &str = "BufferError";

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    let Stmt::Try(node) = statement else { return };
    for (index, ExceptHandler::ExceptHandler(handler)) in node.handlers.iter().enumerate() {
        if handler.type_.is_some() {
            let mut new = node.clone();
            let ExceptHandler::ExceptHandler(handler) = &mut new.handlers[index];
            handler.type_ = Some(Box::new(build::name(Name::new(NEVER_RAISED))));
            out.push(Stmt::Try(new));
        }
    }
}

super::operator_test!(untouched: ["try:\n    f()\nexcept:\n    pass"]);
