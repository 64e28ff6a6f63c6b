//! IOP: the call of the overridden method moves to the other end of the method.

use ruff_python_ast::{Expr, Stmt};

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "IOP",
    Origin::MutPy,
    "overridden method calling position change: super().f() moves to the start or the end of f",
    &[(
        "class B(A):\n    def f(self):\n        super().f()\n        self.x = 1",
        "class B(A):\n    def f(self):\n        self.x = 1\n        super().f()",
    )],
    offer,
);

fn offer(statement: &Stmt, context: &Context, out: &mut Vec<Stmt>) {
    let (true, Stmt::FunctionDef(node)) = (context.class_body, statement) else {
        return;
    };
    let Some(at) = node
        .body
        .iter()
        .position(|s| is_super_call(s, Some(node.name.id.as_str())))
    else {
        return;
    };
    let last = node.body.len() - 1;
    for to in [0, last] {
        if to != at {
            let mut new = node.clone();
            let call = new.body.remove(at);
            new.body.insert(to, call);
            out.push(Stmt::FunctionDef(new));
        }
    }
}

/// Whether `statement` is `super().method(…)`, of the method `name` where one is given.
pub(super) fn is_super_call(statement: &Stmt, name: Option<&str>) -> bool {
    if let Stmt::Expr(node) = statement
        && let Expr::Call(call) = &*node.value
        && let Expr::Attribute(method) = &*call.func
        && let Expr::Call(parent) = &*method.value
        && let Expr::Name(function) = &*parent.func
    {
        return function.id == "super" && name.is_none_or(|name| method.attr.id == name);
    }
    false
}

super::operator_test!(untouched: ["class B(A):\n    def f(self):\n        self.x = 1"]);
