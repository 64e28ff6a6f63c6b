//! Finds the places of a program that operators apply to, and puts a replacement into one of them.
//!
//! A place is the number of a node in the order of one fixed walk, so that the same number names the same node in any copy
//! of the tree.

use std::cell::{Cell, RefCell};

use ruff_python_ast::visitor::transformer::{self, Transformer};
use ruff_python_ast::{Arguments, Expr, ExprContext, ModModule, Pattern, Stmt};

use super::Operator;
use super::scope::{self, Context, Hierarchy};

/// A change of one place: the node that stands there instead.
#[derive(Debug, Clone)]
pub(super) enum Replacement {
    Expression(Expr),
    Statement(Stmt),
    /// A body with as many statements as before.
    Body(Vec<Stmt>),
}

/// One mutation that can be made: which operator makes it, where, and what comes there.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    pub(super) operator: &'static Operator,
    pub(super) place: usize,
    pub(super) replacement: Replacement,
}

/// Every edit that `operators` offer for `module`, in the order of the walk.
pub(super) fn edits(module: &mut ModModule, operators: &[&'static Operator]) -> Vec<Edit> {
    let context = Context {
        variables: scope::variables(None, &module.body),
        hierarchy: Hierarchy::of(module),
        ..Context::default()
    };
    let walk = Walk::new(
        Task::Collect {
            operators,
            edits: RefCell::default(),
        },
        context,
    );
    walk.visit_body(&mut module.body);
    match walk.task {
        Task::Collect { edits, .. } => edits.into_inner(),
        Task::Apply { .. } => Vec::new(),
    }
}

/// Puts `replacement` where `place` is.
pub(super) fn apply(module: &mut ModModule, place: usize, replacement: Replacement) {
    let walk = Walk::new(
        Task::Apply {
            place,
            replacement: RefCell::new(Some(replacement)),
        },
        Context::default(),
    );
    walk.visit_body(&mut module.body);
}

enum Task<'a> {
    Collect {
        operators: &'a [&'static Operator],
        edits: RefCell<Vec<Edit>>,
    },
    Apply {
        place: usize,
        replacement: RefCell<Option<Replacement>>,
    },
}

struct Walk<'a> {
    task: Task<'a>,
    next: Cell<usize>,
    context: RefCell<Context>,
    /// Within a pattern only literals may be replaced, by literals.
    pattern: Cell<bool>,
}

impl<'a> Walk<'a> {
    fn new(task: Task<'a>, context: Context) -> Walk<'a> {
        Walk {
            task,
            next: Cell::new(0),
            context: RefCell::new(context),
            pattern: Cell::new(false),
        }
    }

    fn number(&self) -> usize {
        self.next.replace(self.next.get() + 1)
    }

    fn collect(&self, place: usize, offer: impl Fn(&Operator, &Context) -> Vec<Replacement>) {
        let Task::Collect { operators, edits } = &self.task else {
            return;
        };
        for &operator in *operators {
            let offered = offer(operator, &self.context.borrow());
            edits.borrow_mut().extend(offered.into_iter().map(|replacement| Edit {
                operator,
                place,
                replacement,
            }));
        }
    }

    /// The replacement, where this is the place that it is meant for.
    fn take(&self, number: usize) -> Option<Replacement> {
        match &self.task {
            Task::Apply { place, replacement } if *place == number => replacement.borrow_mut().take(),
            _ => None,
        }
    }

    /// Whether nothing is left to do: the replacement is in its place.
    fn done(&self) -> bool {
        matches!(&self.task, Task::Apply { replacement, .. } if replacement.borrow().is_none())
    }

    /// Walks a statement with `change` made to the context, and takes the change back.
    fn within(&self, change: impl FnOnce(&mut Context), walk: impl FnOnce()) {
        let hierarchy = std::mem::take(&mut self.context.borrow_mut().hierarchy);
        let outer = {
            let context = self.context.borrow();
            Context {
                variables: context.variables.clone(),
                classes: context.classes.clone(),
                hierarchy: Hierarchy::default(),
                ..*context
            }
        };
        {
            let mut context = self.context.borrow_mut();
            context.hierarchy = hierarchy;
            change(&mut context);
        }
        walk();
        let hierarchy = std::mem::take(&mut self.context.borrow_mut().hierarchy);
        *self.context.borrow_mut() = Context { hierarchy, ..outer };
    }
}

impl Transformer for Walk<'_> {
    fn visit_body(&self, body: &mut [Stmt]) {
        let place = self.number();
        self.collect(place, |operator, context| {
            let mut bodies = Vec::new();
            if let Some(offer) = operator.body {
                offer(body, context, &mut bodies);
            }
            bodies.into_iter().map(Replacement::Body).collect()
        });
        if let Some(Replacement::Body(statements)) = self.take(place) {
            for (old, new) in body.iter_mut().zip(statements) {
                *old = new;
            }
            return;
        }
        transformer::walk_body(self, body);
    }

    fn visit_stmt(&self, statement: &mut Stmt) {
        if self.done() {
            return;
        }
        let place = self.number();
        self.collect(place, |operator, context| {
            let mut statements = Vec::new();
            if let Some(offer) = operator.statement {
                offer(statement, context, &mut statements);
            }
            statements.into_iter().map(Replacement::Statement).collect()
        });
        if let Some(Replacement::Statement(new)) = self.take(place) {
            *statement = new;
            return;
        }
        match statement {
            Stmt::FunctionDef(node) => {
                let variables = scope::variables(Some(&node.parameters), &node.body);
                let enter = |context: &mut Context| {
                    context.variables = variables;
                    context.class_body = false;
                    context.loops = 0;
                    context.functions += 1;
                };
                self.within(enter, || transformer::walk_stmt(self, statement));
            }
            Stmt::ClassDef(node) => {
                let name = node.name.id.clone();
                let enter = |context: &mut Context| {
                    context.classes.push(name);
                    context.class_body = true;
                    context.loops = 0;
                };
                self.within(enter, || transformer::walk_stmt(self, statement));
            }
            Stmt::For(_) | Stmt::While(_) => {
                self.within(|context| context.loops += 1, || transformer::walk_stmt(self, statement));
            }
            // A docstring, or any other string that stands alone, is not code.
            Stmt::Expr(node) if node.value.is_string_literal_expr() => {}
            _ => transformer::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&self, expression: &mut Expr) {
        if self.done() {
            return;
        }
        let place = self.number();
        if is_read(expression) {
            let pattern = self.pattern.get();
            self.collect(place, |operator, context| {
                let mut expressions = Vec::new();
                if let Some(offer) = operator.expression {
                    offer(expression, context, &mut expressions);
                }
                expressions.retain(|new| !pattern || is_pattern_literal(new));
                expressions.into_iter().map(Replacement::Expression).collect()
            });
        }
        if let Some(Replacement::Expression(new)) = self.take(place) {
            *expression = new;
            return;
        }
        match expression {
            // The name of a called function is no variable to be replaced.
            Expr::Call(node) => {
                if !node.func.is_name_expr() {
                    self.visit_expr(&mut node.func);
                }
                self.visit_arguments(&mut node.arguments);
            }
            _ => transformer::walk_expr(self, expression),
        }
    }

    fn visit_arguments(&self, arguments: &mut Arguments) {
        transformer::walk_arguments(self, arguments);
    }

    fn visit_pattern(&self, pattern: &mut Pattern) {
        let outer = self.pattern.replace(true);
        transformer::walk_pattern(self, pattern);
        self.pattern.set(outer);
    }

    fn visit_annotation(&self, _: &mut Expr) {}
}

/// Whether `expression` gives a value: targets of assignments and deletions are left as they are.
fn is_read(expression: &Expr) -> bool {
    let context = match expression {
        Expr::Name(node) => node.ctx,
        Expr::Attribute(node) => node.ctx,
        Expr::Subscript(node) => node.ctx,
        Expr::Starred(node) => node.ctx,
        Expr::List(node) => node.ctx,
        Expr::Tuple(node) => node.ctx,
        _ => ExprContext::Load,
    };
    context == ExprContext::Load
}

fn is_pattern_literal(expression: &Expr) -> bool {
    match expression {
        Expr::UnaryOp(node) => node.op == ruff_python_ast::UnaryOp::USub && node.operand.is_number_literal_expr(),
        _ => expression.is_number_literal_expr() || expression.is_string_literal_expr(),
    }
}
