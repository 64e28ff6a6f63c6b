//! DDL: decorators are dropped.

use ruff_python_ast::Stmt;

use super::{Context, Operator, Origin};

pub(super) const OPERATOR: Operator = Operator::on_statements(
    "DDL",
    Origin::MutPy,
    "decorator deletion: all decorators of a function or class, or one of several",
    &[
        ("@a\ndef f():\n    pass", "def f():\n    pass"),
        ("@a\n@b\nclass C:\n    pass", "@b\nclass C:\n    pass"),
    ],
    offer,
);

fn offer(statement: &Stmt, _: &Context, out: &mut Vec<Stmt>) {
    let count = match statement {
        Stmt::FunctionDef(node) => node.decorator_list.len(),
        Stmt::ClassDef(node) => node.decorator_list.len(),
        _ => 0,
    };
    if count == 0 {
        return;
    }
    let mut without = |keep: &dyn Fn(usize) -> bool| {
        let mut new = statement.clone();
        let decorators = match &mut new {
            Stmt::FunctionDef(node) => &mut node.decorator_list,
            Stmt::ClassDef(node) => &mut node.decorator_list,
            _ => return,
        };
        let mut index = 0;
        decorators.retain(|_| {
            index += 1;
            keep(index - 1)
        });
        out.push(new);
    };
    without(&|_| false);
    if count > 1 {
        for dropped in 0..count {
            without(&|index| index != dropped);
        }
    }
}

super::operator_test!(untouched: ["def f():\n    pass"]);
