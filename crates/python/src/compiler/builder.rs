//! The first pass: fills the symbol table and folds constant expressions.

use super::Workspace;
use super::fold::{self, Folded};
use super::symbols::*;
use crate::bytecode::Constant;
use crate::syntax::{LineIndex, SyntaxError};
use ruff_python_ast::{self as ast, Expr, Pattern, Stmt};
use ruff_text_size::{Ranged, TextSize};
use std::sync::Arc;

type Outcome = Result<(), SyntaxError>;

pub(super) struct Builder<'a> {
    lines: &'a LineIndex,
    hint: u32,
    names: &'a mut Names,
    table: &'a mut SymbolTable,
    folded: &'a mut Folded,
    pub(super) future_annotations: bool,
    scope: ScopeId,
    class: Option<Arc<str>>,
    /// Depth of comprehension iterables around the current expression.
    in_iterable: u32,
    /// Statements and expressions around the current one, and how many the stack holds.
    depth: u32,
    max_depth: u32,
    pub(super) too_deep: bool,
}

impl<'a> Builder<'a> {
    /// Fills the table and the folded constants of an emptied workspace.
    pub(super) fn new(lines: &'a LineIndex, max_depth: u32, workspace: &'a mut Workspace) -> Self {
        Builder {
            lines,
            hint: 0,
            names: &mut workspace.names,
            table: &mut workspace.table,
            folded: &mut workspace.folded,
            future_annotations: false,
            scope: 0,
            class: None,
            in_iterable: 0,
            depth: 0,
            max_depth,
            too_deep: false,
        }
    }

    fn line(&mut self, offset: TextSize) -> u32 {
        self.hint = self.lines.line_near(offset, self.hint);
        self.hint
    }

    fn fail<T>(&mut self, node: &impl Ranged, message: impl Into<String>) -> Result<T, SyntaxError> {
        let line = self.line(node.start());
        Err(SyntaxError::new(message, line))
    }

    fn current(&mut self) -> &mut Scope {
        &mut self.table.scopes[self.scope as usize]
    }

    pub(super) fn module(&mut self, module: &ast::ModModule) -> Outcome {
        self.scope = self.table.enter(address(module), ScopeKind::Module, None);
        self.statements(&module.body)?;
        let class_cell = self.names.intern("__class__");
        if let Err((scope, name, problem)) = self.table.resolve(class_cell) {
            let text = self.names.text(name).clone();
            let directives = &self.table.scopes[scope as usize].directives;
            let line = directives
                .iter()
                .find(|directive| directive.0 == name)
                .map_or(0, |directive| directive.1);
            let message = match problem {
                "module" => "nonlocal declaration not allowed at module level".to_owned(),
                "no binding" => format!("no binding for nonlocal '{text}' found"),
                problem => format!("name '{text}' {problem}"),
            };
            return Err(SyntaxError::new(message, line));
        }
        Ok(())
    }

    fn statements(&mut self, body: &[Stmt]) -> Outcome {
        body.iter().try_for_each(|statement| self.statement(statement))
    }

    fn define(&mut self, name: &str, flags: u16, node: &impl Ranged) -> Outcome {
        let id = self.names.mangled(self.class.as_deref(), name);
        self.define_id(id, name, flags, node)
    }

    fn define_id(&mut self, id: NameId, name: &str, flags: u16, node: &impl Ranged) -> Outcome {
        let scope = self.current();
        let known = scope.flags(id);
        if flags & DEF_PARAM != 0 && known & DEF_PARAM != 0 {
            return self.fail(node, format!("duplicate argument '{name}' in function definition"));
        }
        let mut flags = flags;
        if scope.in_comprehension_target {
            if known & (DEF_GLOBAL | DEF_NONLOCAL) != 0 {
                return self.fail(
                    node,
                    format!("comprehension inner loop cannot rebind assignment expression target '{name}'"),
                );
            }
            flags |= DEF_COMP_ITER;
        }
        if flags & DEF_GLOBAL != 0 {
            self.table.scopes[0].add(id, DEF_GLOBAL);
        }
        let scope = self.current();
        scope.add(id, flags);
        if flags & DEF_PARAM != 0 {
            scope.parameters.push(id);
        }
        Ok(())
    }

    fn use_name(&mut self, name: &str) {
        let id = self.names.mangled(self.class.as_deref(), name);
        self.current().add(id, USE);
    }

    fn in_scope(&mut self, node: usize, kind: ScopeKind, body: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let outer = self.scope;
        self.scope = self.table.enter(node, kind, Some(outer));
        body(self)?;
        self.scope = outer;
        Ok(())
    }

    /// One level further down the tree, or the end of the attempt.
    fn descend(&mut self, node: &impl Ranged) -> Outcome {
        self.depth += 1;
        if self.depth > self.max_depth {
            self.too_deep = true;
            let line = self.line(node.start());
            return Err(SyntaxError::unsupported("an expression nested this deep", line));
        }
        Ok(())
    }

    fn statement(&mut self, statement: &Stmt) -> Outcome {
        self.descend(statement)?;
        self.statement_here(statement)?;
        self.depth -= 1;
        Ok(())
    }

    fn statement_here(&mut self, statement: &Stmt) -> Outcome {
        match statement {
            Stmt::FunctionDef(node) => {
                self.define(&node.name, DEF_LOCAL, statement)?;
                self.parameter_defaults(&node.parameters)?;
                self.parameter_annotations(node)?;
                for decorator in &node.decorator_list {
                    self.expression(&decorator.expression)?;
                }
                let kind = if node.is_async {
                    ScopeKind::AsyncFunction
                } else {
                    ScopeKind::Function
                };
                self.in_scope(address(node), kind, |this| {
                    this.current().coroutine = node.is_async;
                    this.parameters(&node.parameters)?;
                    this.statements(&node.body)
                })
            }
            Stmt::ClassDef(node) => {
                self.define(&node.name, DEF_LOCAL, statement)?;
                if let Some(arguments) = &node.arguments {
                    self.arguments(arguments)?;
                }
                for decorator in &node.decorator_list {
                    self.expression(&decorator.expression)?;
                }
                let outer = self.class.replace(Arc::from(node.name.as_str()));
                self.in_scope(address(node), ScopeKind::Class, |this| this.statements(&node.body))?;
                self.class = outer;
                Ok(())
            }
            Stmt::Return(node) => self.optional(node.value.as_deref()),
            Stmt::Delete(node) => self.expressions(&node.targets),
            Stmt::Assign(node) => {
                self.expressions(&node.targets)?;
                self.expression(&node.value)
            }
            Stmt::AugAssign(node) => {
                self.expression(&node.target)?;
                self.expression(&node.value)
            }
            Stmt::AnnAssign(node) => self.annotated_assignment(node),
            Stmt::For(node) => {
                self.expression(&node.target)?;
                self.expression(&node.iter)?;
                self.statements(&node.body)?;
                self.statements(&node.orelse)
            }
            Stmt::While(node) => {
                self.expression(&node.test)?;
                self.statements(&node.body)?;
                self.statements(&node.orelse)
            }
            Stmt::If(node) => {
                self.expression(&node.test)?;
                self.statements(&node.body)?;
                for clause in &node.elif_else_clauses {
                    self.optional(clause.test.as_ref())?;
                    self.statements(&clause.body)?;
                }
                Ok(())
            }
            Stmt::With(node) => {
                for item in &node.items {
                    self.expression(&item.context_expr)?;
                    self.optional(item.optional_vars.as_deref())?;
                }
                self.statements(&node.body)
            }
            Stmt::Match(node) => {
                self.expression(&node.subject)?;
                for case in &node.cases {
                    self.pattern(&case.pattern)?;
                    self.optional(case.guard.as_deref())?;
                    self.statements(&case.body)?;
                }
                Ok(())
            }
            Stmt::Raise(node) => {
                self.optional(node.exc.as_deref())?;
                self.optional(node.cause.as_deref())
            }
            Stmt::Try(node) => {
                self.statements(&node.body)?;
                self.statements(&node.orelse)?;
                for handler in &node.handlers {
                    let ast::ExceptHandler::ExceptHandler(handler) = handler;
                    self.optional(handler.type_.as_deref())?;
                    if let Some(name) = &handler.name {
                        self.define(name, DEF_LOCAL, handler)?;
                    }
                    self.statements(&handler.body)?;
                }
                self.statements(&node.finalbody)
            }
            Stmt::Assert(node) => {
                self.expression(&node.test)?;
                self.optional(node.msg.as_deref())
            }
            Stmt::Import(node) => node.names.iter().try_for_each(|alias| self.alias(alias, statement)),
            Stmt::ImportFrom(node) => {
                if node.module.as_deref() == Some("__future__") {
                    for alias in &node.names {
                        self.future(alias, statement)?;
                    }
                }
                node.names.iter().try_for_each(|alias| self.alias(alias, statement))
            }
            Stmt::Global(node) => self.directive(&node.names, DEF_GLOBAL, "global", statement),
            Stmt::Nonlocal(node) => self.directive(&node.names, DEF_NONLOCAL, "nonlocal", statement),
            Stmt::Expr(node) => self.expression(&node.value),
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) => Ok(()),
            Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => self.fail(statement, "invalid syntax"),
        }
    }

    fn future(&mut self, alias: &ast::Alias, statement: &Stmt) -> Outcome {
        match alias.name.as_str() {
            "annotations" => self.future_annotations = true,
            "nested_scopes" | "generators" | "division" | "absolute_import" | "with_statement" | "print_function"
            | "unicode_literals" | "generator_stop" => {}
            "braces" => return self.fail(statement, "not a chance"),
            "barry_as_FLUFL" => {
                let line = self.line(statement.start());
                return Err(SyntaxError::unsupported("from __future__ import barry_as_FLUFL", line));
            }
            name => return self.fail(statement, format!("future feature {name} is not defined")),
        }
        Ok(())
    }

    fn directive(&mut self, names: &[ast::Identifier], flag: u16, word: &str, statement: &Stmt) -> Outcome {
        for name in names {
            let id = self.names.mangled(self.class.as_deref(), name);
            let known = self.current().flags(id);
            let problem = if known & DEF_PARAM != 0 {
                Some(format!("name '{name}' is parameter and {word}"))
            } else if known & USE != 0 {
                Some(format!("name '{name}' is used prior to {word} declaration"))
            } else if known & DEF_ANNOT != 0 {
                Some(format!("annotated name '{name}' can't be {word}"))
            } else if known & DEF_LOCAL != 0 {
                Some(format!("name '{name}' is assigned to before {word} declaration"))
            } else {
                None
            };
            if let Some(problem) = problem {
                return self.fail(statement, problem);
            }
            self.define_id(id, name, flag, statement)?;
            let line = self.line(statement.start());
            self.current().directives.push((id, line));
        }
        Ok(())
    }

    fn alias(&mut self, alias: &ast::Alias, statement: &Stmt) -> Outcome {
        if &*alias.name == "*" {
            if self.current().kind != ScopeKind::Module {
                return self.fail(statement, "import * only allowed at module level");
            }
            return Ok(());
        }
        let bound = match &alias.asname {
            Some(name) => name.as_str(),
            None => alias.name.split('.').next().unwrap_or_default(),
        };
        self.define(bound, DEF_IMPORT, statement)
    }

    fn annotated_assignment(&mut self, node: &ast::StmtAnnAssign) -> Outcome {
        if let Expr::Name(name) = &*node.target {
            let id = self.names.mangled(self.class.as_deref(), &name.id);
            let known = self.current().flags(id);
            if known & (DEF_GLOBAL | DEF_NONLOCAL) != 0 && self.scope != 0 && node.simple {
                let word = if known & DEF_GLOBAL != 0 { "global" } else { "nonlocal" };
                return self.fail(node, format!("annotated name '{}' can't be {word}", name.id));
            }
            if node.simple {
                self.define_id(id, &name.id, DEF_ANNOT | DEF_LOCAL, node)?;
            } else if node.value.is_some() {
                self.define_id(id, &name.id, DEF_LOCAL, node)?;
            }
        } else {
            self.expression(&node.target)?;
        }
        self.annotation(&node.annotation)?;
        self.optional(node.value.as_deref())
    }

    /// Annotations that are not evaluated don't count as uses.
    fn annotation(&mut self, expression: &Expr) -> Outcome {
        if !self.future_annotations {
            return self.expression(expression);
        }
        Ok(())
    }

    fn parameter_annotations(&mut self, node: &ast::StmtFunctionDef) -> Outcome {
        for parameter in node.parameters.iter() {
            if let Some(annotation) = parameter.annotation() {
                match annotation {
                    Expr::Starred(starred) => self.annotation(&starred.value)?,
                    annotation => self.annotation(annotation)?,
                }
            }
        }
        match &node.returns {
            Some(returns) => self.annotation(returns),
            None => Ok(()),
        }
    }

    fn parameter_defaults(&mut self, parameters: &ast::Parameters) -> Outcome {
        parameters
            .iter_non_variadic_params()
            .try_for_each(|parameter| self.optional(parameter.default.as_deref()))
    }

    fn parameters(&mut self, parameters: &ast::Parameters) -> Outcome {
        for parameter in parameters
            .posonlyargs
            .iter()
            .chain(&parameters.args)
            .chain(&parameters.kwonlyargs)
        {
            self.define(&parameter.parameter.name, DEF_PARAM, parameter)?;
        }
        if let Some(parameter) = &parameters.vararg {
            self.define(&parameter.name, DEF_PARAM, &**parameter)?;
            self.current().variable_arguments = true;
        }
        if let Some(parameter) = &parameters.kwarg {
            self.define(&parameter.name, DEF_PARAM, &**parameter)?;
            self.current().variable_keywords = true;
        }
        Ok(())
    }

    fn arguments(&mut self, arguments: &ast::Arguments) -> Outcome {
        self.expressions(&arguments.args)?;
        arguments
            .keywords
            .iter()
            .try_for_each(|keyword| self.expression(&keyword.value))
    }

    fn optional(&mut self, expression: Option<&Expr>) -> Outcome {
        expression.map_or(Ok(()), |expression| self.expression(expression))
    }

    fn expressions(&mut self, expressions: &[Expr]) -> Outcome {
        expressions
            .iter()
            .try_for_each(|expression| self.expression(expression))
    }

    fn expression(&mut self, expression: &Expr) -> Outcome {
        self.descend(expression)?;
        self.expression_here(expression)?;
        self.depth -= 1;
        Ok(())
    }

    fn expression_here(&mut self, expression: &Expr) -> Outcome {
        match expression {
            Expr::BoolOp(node) => self.expressions(&node.values),
            Expr::Named(node) => self.named(node),
            Expr::BinOp(node) => {
                self.expression(&node.left)?;
                self.expression(&node.right)?;
                fold::binary(node, self.folded);
                Ok(())
            }
            Expr::UnaryOp(node) => {
                self.expression(&node.operand)?;
                fold::unary(node, self.folded);
                Ok(())
            }
            Expr::Lambda(node) => {
                if let Some(parameters) = &node.parameters {
                    self.parameter_defaults(parameters)?;
                }
                self.in_scope(address(node), ScopeKind::Lambda, |this| {
                    if let Some(parameters) = &node.parameters {
                        this.parameters(parameters)?;
                    }
                    this.expression(&node.body)
                })
            }
            Expr::If(node) => {
                self.expression(&node.test)?;
                self.expression(&node.body)?;
                self.expression(&node.orelse)
            }
            Expr::Dict(node) => {
                for item in &node.items {
                    self.optional(item.key.as_ref())?;
                }
                node.items.iter().try_for_each(|item| self.expression(&item.value))
            }
            Expr::Set(node) => self.expressions(&node.elts),
            Expr::ListComp(node) => self.comprehension(
                address(node),
                "list comprehension",
                &node.generators,
                &node.elt,
                None,
                false,
            ),
            Expr::SetComp(node) => self.comprehension(
                address(node),
                "set comprehension",
                &node.generators,
                &node.elt,
                None,
                false,
            ),
            Expr::DictComp(node) => {
                let Some(key) = node.key.as_deref() else {
                    return self.fail(node, "dict unpacking cannot be used in dict comprehension");
                };
                self.comprehension(
                    address(node),
                    "dict comprehension",
                    &node.generators,
                    key,
                    Some(&node.value),
                    false,
                )
            }
            Expr::Generator(node) => self.comprehension(
                address(node),
                "generator expression",
                &node.generators,
                &node.elt,
                None,
                true,
            ),
            Expr::Await(node) => {
                self.expression(&node.value)?;
                self.current().coroutine = true;
                Ok(())
            }
            Expr::Yield(node) => {
                self.optional(node.value.as_deref())?;
                self.yields(expression)
            }
            Expr::YieldFrom(node) => {
                self.expression(&node.value)?;
                self.yields(expression)
            }
            Expr::Compare(node) => {
                self.expression(&node.left)?;
                self.expressions(&node.comparators)
            }
            Expr::Call(node) => {
                self.expression(&node.func)?;
                self.arguments(&node.arguments)
            }
            Expr::FString(node) => {
                for part in &node.value {
                    if let ast::FStringPart::FString(part) = part {
                        self.interpolations(&part.elements)?;
                    }
                }
                Ok(())
            }
            Expr::TString(_) | Expr::IpyEscapeCommand(_) => self.fail(expression, "invalid syntax"),
            Expr::NumberLiteral(node) => {
                let Some(digits) = fold::too_many_digits(node) else {
                    return Ok(());
                };
                self.fail(
                    node,
                    format!(
                        "Exceeds the limit (4300 digits) for integer string conversion: value has {digits} digits; use \
                         sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
                         literals to avoid decimal conversion limits."
                    ),
                )
            }
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => Ok(()),
            Expr::Attribute(node) => self.expression(&node.value),
            Expr::Subscript(node) => {
                self.expression(&node.value)?;
                self.expression(&node.slice)?;
                fold::subscript(node, self.folded);
                Ok(())
            }
            Expr::Starred(node) => self.expression(&node.value),
            Expr::Name(node) => {
                if node.ctx == ast::ExprContext::Load {
                    if node.id == "__debug__" {
                        return Ok(());
                    }
                    self.use_name(&node.id);
                    if node.id == "super" && self.current().kind.is_function() {
                        self.use_name("__class__");
                    }
                    Ok(())
                } else {
                    self.define(&node.id, DEF_LOCAL, node)
                }
            }
            Expr::List(node) => self.expressions(&node.elts),
            Expr::Tuple(node) => {
                self.expressions(&node.elts)?;
                fold::tuple(node, self.folded);
                Ok(())
            }
            Expr::Slice(node) => {
                self.optional(node.lower.as_deref())?;
                self.optional(node.upper.as_deref())?;
                self.optional(node.step.as_deref())
            }
        }
    }

    fn interpolations(&mut self, elements: &[ast::InterpolatedStringElement]) -> Outcome {
        for element in elements {
            if let ast::InterpolatedStringElement::Interpolation(element) = element {
                self.expression(&element.expression)?;
                if let Some(specification) = &element.format_spec {
                    self.interpolations(&specification.elements)?;
                }
            }
        }
        Ok(())
    }

    fn yields(&mut self, node: &Expr) -> Outcome {
        if let Some(comprehension) = self.current().comprehension {
            return self.fail(node, format!("'yield' inside {comprehension}"));
        }
        self.current().generator = true;
        Ok(())
    }

    fn named(&mut self, node: &ast::ExprNamed) -> Outcome {
        if self.in_iterable > 0 {
            return self.fail(
                node,
                "assignment expression cannot be used in a comprehension iterable expression",
            );
        }
        if self.current().comprehension.is_some()
            && let Expr::Name(name) = &*node.target
        {
            self.extend_scope(name)?;
        }
        self.expression(&node.value)?;
        self.expression(&node.target)
    }

    /// A walrus in a comprehension binds in the function around it.
    fn extend_scope(&mut self, name: &ast::ExprName) -> Outcome {
        let id = self.names.mangled(self.class.as_deref(), &name.id);
        let line = self.line(name.start());
        let mut walk = Some(self.scope);
        while let Some(at) = walk {
            let scope = &mut self.table.scopes[at as usize];
            if scope.comprehension.is_some() {
                if scope.flags(id) & DEF_COMP_ITER != 0 {
                    let message = format!(
                        "assignment expression cannot rebind comprehension iteration variable '{}'",
                        name.id
                    );
                    return self.fail(name, message);
                }
                walk = scope.parent;
                continue;
            }
            let flag = match scope.kind {
                ScopeKind::Class => {
                    return self.fail(
                        name,
                        "assignment expression within a comprehension cannot be used in a class body",
                    );
                }
                ScopeKind::Module => {
                    scope.add(id, DEF_GLOBAL);
                    DEF_GLOBAL
                }
                _ => {
                    let flag = if scope.flags(id) & DEF_GLOBAL != 0 {
                        DEF_GLOBAL
                    } else {
                        DEF_NONLOCAL
                    };
                    scope.add(id, DEF_LOCAL);
                    flag
                }
            };
            let inner = self.current();
            inner.add(id, flag);
            inner.directives.push((id, line));
            return Ok(());
        }
        Ok(())
    }

    fn comprehension(
        &mut self,
        node: usize,
        what: &'static str,
        generators: &[ast::Comprehension],
        element: &Expr,
        value: Option<&Expr>,
        is_generator: bool,
    ) -> Outcome {
        let Some((outermost, inner)) = generators.split_first() else {
            return Ok(());
        };
        self.in_iterable += 1;
        self.expression(&outermost.iter)?;
        self.in_iterable -= 1;
        let outer_iterable = std::mem::take(&mut self.in_iterable);
        let outer = self.scope;
        self.in_scope(node, ScopeKind::Comprehension, |this| {
            let argument = this.names.intern(".0");
            let scope = this.current();
            scope.comprehension = Some(what);
            scope.coroutine = outermost.is_async;
            scope.add(argument, DEF_PARAM);
            scope.parameters.push(argument);
            this.target(&outermost.target)?;
            this.expressions(&outermost.ifs)?;
            for generator in inner {
                this.target(&generator.target)?;
                this.in_iterable += 1;
                this.expression(&generator.iter)?;
                this.in_iterable -= 1;
                this.expressions(&generator.ifs)?;
                if generator.is_async {
                    this.current().coroutine = true;
                }
            }
            if let Some(value) = value {
                this.expression(value)?;
            }
            this.expression(element)?;
            let scope = this.current();
            scope.generator = is_generator;
            if scope.coroutine && !is_generator {
                this.table.scopes[outer as usize].coroutine = true;
            }
            Ok(())
        })?;
        self.in_iterable = outer_iterable;
        Ok(())
    }

    fn target(&mut self, target: &Expr) -> Outcome {
        self.current().in_comprehension_target = true;
        self.expression(target)?;
        self.current().in_comprehension_target = false;
        Ok(())
    }

    fn pattern(&mut self, pattern: &Pattern) -> Outcome {
        match pattern {
            Pattern::MatchValue(node) => self.expression(&node.value),
            Pattern::MatchSingleton(_) => Ok(()),
            Pattern::MatchSequence(node) => node.patterns.iter().try_for_each(|pattern| self.pattern(pattern)),
            Pattern::MatchMapping(node) => {
                self.expressions(&node.keys)?;
                node.patterns.iter().try_for_each(|pattern| self.pattern(pattern))?;
                self.capture(node.rest.as_ref())
            }
            Pattern::MatchClass(node) => {
                self.expression(&node.cls)?;
                node.arguments
                    .patterns
                    .iter()
                    .try_for_each(|pattern| self.pattern(pattern))?;
                node.arguments
                    .keywords
                    .iter()
                    .try_for_each(|keyword| self.pattern(&keyword.pattern))
            }
            Pattern::MatchStar(node) => self.capture(node.name.as_ref()),
            Pattern::MatchAs(node) => {
                if let Some(pattern) = &node.pattern {
                    self.pattern(pattern)?;
                }
                self.capture(node.name.as_ref())
            }
            Pattern::MatchOr(node) => node.patterns.iter().try_for_each(|pattern| self.pattern(pattern)),
        }
    }

    fn capture(&mut self, name: Option<&ast::Identifier>) -> Outcome {
        name.map_or(Ok(()), |name| self.define(name, DEF_LOCAL, name))
    }
}

/// The docstring of a body, if its first statement is one.
pub(super) fn docstring(body: &[Stmt]) -> Option<&ast::ExprStringLiteral> {
    match body.first()? {
        Stmt::Expr(statement) => statement.value.as_string_literal_expr(),
        _ => None,
    }
}

pub(super) fn text(constant: &str) -> Constant {
    Constant::Str(Arc::from(constant))
}
