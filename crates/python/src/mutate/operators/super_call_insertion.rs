//! SCI: an overriding method calls the overridden one first.

use ruff_python_ast::name::Name;
use ruff_python_ast::{Expr, Stmt};

use super::super_call_position::is_super_call;
use super::{Context, Operator, Origin};
use crate::syntax::build;

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "SCI",
    Origin::MutPy,
    "super calling insertion: an overriding method begins with super().f(…), its own arguments passed on",
    &[(
        "class A:\n    def f(self, x):\n        pass\nclass B(A):\n    def f(self, x):\n        return x",
        "class A:\n    def f(self, x):\n        pass\nclass B(A):\n    def f(self, x):\n        super().f(x)\n        return x",
    )],
    offer,
);

fn offer(statement: &Stmt, context: &Context, out: &mut Vec<Stmt>) {
    let (true, Stmt::FunctionDef(node)) = (context.class_body, statement) else {
        return;
    };
    let calls_super = node
        .body
        .iter()
        .any(|statement| is_super_call(statement, Some(node.name.id.as_str())));
    let parameters = &node.parameters;
    if calls_super
        || !node.decorator_list.is_empty()
        || !context.inherits(&node.name.id)
        || !parameters.kwonlyargs.is_empty()
    {
        return;
    }
    let positional = parameters.posonlyargs.iter().chain(&parameters.args).skip(1);
    let mut arguments: Vec<Expr> = positional
        .map(|parameter| build::name(parameter.name().id.clone()))
        .collect();
    arguments.extend(
        parameters
            .vararg
            .iter()
            .map(|rest| build::starred(build::name(rest.name.id.clone()))),
    );
    let parent = build::call(build::name(Name::new("super")), Vec::new());
    let call = build::call(build::attribute(parent, node.name.id.clone()), arguments);
    let mut new = node.clone();
    new.body.insert(0, build::expression_statement(call));
    out.push(Stmt::FunctionDef(new));
}

super::operator_test!(untouched: ["class A:\n    def f(self):\n        pass"]);
