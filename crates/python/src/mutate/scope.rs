//! What operators know about the place they look at: the variables in reach, and the classes of the module.

use std::collections::HashMap;

use ruff_python_ast::name::Name;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ModModule, Parameters, Stmt, StmtClassDef};

/// Where in the program a node stands.
#[derive(Debug, Default)]
pub struct Context {
    /// Variables of the innermost function, or of the module: parameters and assigned names, in order of appearance.
    pub variables: Vec<Name>,
    /// The classes around the node, outermost first.
    pub classes: Vec<Name>,
    /// Whether the node stands directly in a class body, not in one of its methods.
    pub class_body: bool,
    /// How many loops of the same function surround the node.
    pub loops: usize,
    /// How many functions surround the node.
    pub functions: usize,
    pub(super) hierarchy: Hierarchy,
}

impl Context {
    /// Whether a base class of the innermost class, found in the same module, has a member `name`.
    pub fn inherits(&self, name: &Name) -> bool {
        self.classes
            .last()
            .is_some_and(|class| self.hierarchy.inherits(class, name))
    }
}

/// The module's classes: their bases that are plain names, and their members.
#[derive(Debug, Default)]
pub(super) struct Hierarchy(HashMap<Name, Class>);

#[derive(Debug, Default)]
struct Class {
    bases: Vec<Name>,
    members: Vec<Name>,
}

impl Hierarchy {
    pub(super) fn of(module: &ModModule) -> Hierarchy {
        let mut hierarchy = Hierarchy::default();
        hierarchy.visit_body(&module.body);
        hierarchy
    }

    fn inherits(&self, class: &Name, member: &Name) -> bool {
        // Bases come before their subclasses, so a chain is at most as long as there are classes; a cycle ends there too.
        let mut queue = vec![class];
        for _ in 0..=self.0.len() {
            let bases: Vec<&Name> = queue
                .iter()
                .filter_map(|name| self.0.get(*name))
                .flat_map(|c| &c.bases)
                .collect();
            if bases
                .iter()
                .any(|base| self.0.get(*base).is_some_and(|c| c.members.contains(member)))
            {
                return true;
            }
            queue = bases;
            queue.truncate(64);
        }
        false
    }
}

impl<'a> Visitor<'a> for Hierarchy {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::ClassDef(StmtClassDef {
            name, arguments, body, ..
        }) = statement
        {
            let class = self.0.entry(name.id.clone()).or_default();
            class.bases.extend(
                arguments
                    .iter()
                    .flat_map(|a| &a.args)
                    .filter_map(|base| base.as_name_expr())
                    .map(|base| base.id.clone()),
            );
            for member in body {
                match member {
                    Stmt::FunctionDef(method) => class.members.push(method.name.id.clone()),
                    Stmt::Assign(assignment) => {
                        class
                            .members
                            .extend(assignment.targets.iter().filter_map(target_name).cloned());
                    }
                    _ => {}
                }
            }
        }
        visitor::walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

fn target_name(target: &Expr) -> Option<&Name> {
    target.as_name_expr().map(|name| &name.id)
}

/// The names that a function with `parameters`, or a module, binds in `body` itself; imports and nested definitions are
/// not variables.
pub(super) fn variables(parameters: Option<&Parameters>, body: &[Stmt]) -> Vec<Name> {
    let mut names: Vec<Name> = parameters
        .into_iter()
        .flat_map(|p| p.iter())
        .map(|parameter| parameter.name().id.clone())
        .collect();
    names.retain(|name| name != "self" && name != "cls");
    let mut binders = Binders(names);
    binders.visit_body(body);
    binders.0
}

struct Binders(Vec<Name>);

impl<'a> Visitor<'a> for Binders {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            visitor::walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx.is_store() && !self.0.contains(&name.id) => self.0.push(name.id.clone()),
            // A comprehension's variable lives in the comprehension alone.
            Expr::Lambda(_) | Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {}
            _ => visitor::walk_expr(self, expression),
        }
    }
}
