//! Statements, one to a line.

use ruff_python_ast::{
    Alias, Decorator, ExceptHandler, Expr, Identifier, Parameter, ParameterWithDefault, Parameters, Stmt, TypeParams,
};

use super::expression::Precedence;
use super::{Printer, Unprintable};

impl Printer {
    pub(super) fn body(&mut self, body: &mut [Stmt]) -> Result<(), Unprintable> {
        for statement in body {
            self.statement(statement)?;
        }
        Ok(())
    }

    /// `:`, then the body one step further in.
    fn block(&mut self, body: &mut [Stmt], what: &'static str) -> Result<(), Unprintable> {
        if body.is_empty() {
            return Err(Unprintable::Incomplete(what));
        }
        self.put(":\n");
        self.depth += 1;
        self.body(body)?;
        self.depth -= 1;
        Ok(())
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.put("    ");
        }
    }

    fn or_else(&mut self, keyword: &'static str, body: &mut [Stmt]) -> Result<(), Unprintable> {
        if body.is_empty() {
            return Ok(());
        }
        self.indent();
        self.put(keyword);
        self.block(body, keyword)
    }

    fn statement(&mut self, statement: &mut Stmt) -> Result<(), Unprintable> {
        self.indent();
        let mut start = self.position();
        match statement {
            Stmt::FunctionDef(node) => {
                refuse_type_parameters(node.type_params.as_deref())?;
                self.decorators(&mut node.decorator_list)?;
                self.put(if node.is_async { "async def " } else { "def " });
                self.identifier(&mut node.name);
                self.put("(");
                self.parameters(&mut node.parameters, true)?;
                self.put(")");
                if let Some(returns) = &mut node.returns {
                    self.put(" -> ");
                    self.expression(returns, Precedence::Test)?;
                }
                self.block(&mut node.body, "a function")?;
            }
            Stmt::ClassDef(node) => {
                refuse_type_parameters(node.type_params.as_deref())?;
                self.decorators(&mut node.decorator_list)?;
                self.put("class ");
                self.identifier(&mut node.name);
                if let Some(arguments) = &mut node.arguments {
                    self.arguments(arguments)?;
                }
                self.block(&mut node.body, "a class")?;
            }
            Stmt::For(node) => {
                self.put(if node.is_async { "async for " } else { "for " });
                self.expression(&mut node.target, Precedence::Tuple)?;
                self.put(" in ");
                self.expression(&mut node.iter, Precedence::Tuple)?;
                self.block(&mut node.body, "a for loop")?;
                self.or_else("else", &mut node.orelse)?;
            }
            Stmt::While(node) => {
                self.put("while ");
                self.expression(&mut node.test, Precedence::Named)?;
                self.block(&mut node.body, "a while loop")?;
                self.or_else("else", &mut node.orelse)?;
            }
            Stmt::If(node) => {
                self.put("if ");
                self.expression(&mut node.test, Precedence::Named)?;
                self.block(&mut node.body, "an if statement")?;
                for clause in &mut node.elif_else_clauses {
                    self.indent();
                    let start = self.position();
                    match &mut clause.test {
                        Some(test) => {
                            self.put("elif ");
                            self.expression(test, Precedence::Named)?;
                        }
                        None => self.put("else"),
                    }
                    self.block(&mut clause.body, "an else branch")?;
                    clause.range = self.since(start);
                }
            }
            Stmt::With(node) => {
                self.put(if node.is_async { "async with " } else { "with " });
                self.list(&mut node.items, |printer, item| {
                    let start = printer.position();
                    printer.expression(&mut item.context_expr, Precedence::Test)?;
                    if let Some(target) = &mut item.optional_vars {
                        printer.put(" as ");
                        printer.expression(target, Precedence::Test)?;
                    }
                    item.range = printer.since(start);
                    Ok(())
                })?;
                self.block(&mut node.body, "a with statement")?;
            }
            Stmt::Match(node) => {
                self.put("match ");
                self.expression(&mut node.subject, Precedence::Tuple)?;
                self.put(":\n");
                self.depth += 1;
                for case in &mut node.cases {
                    self.indent();
                    let start = self.position();
                    self.put("case ");
                    self.open_pattern(&mut case.pattern)?;
                    if let Some(guard) = &mut case.guard {
                        self.put(" if ");
                        self.expression(guard, Precedence::Named)?;
                    }
                    self.block(&mut case.body, "a case")?;
                    case.range = self.since(start);
                }
                self.depth -= 1;
            }
            Stmt::Try(node) => {
                self.put("try");
                self.block(&mut node.body, "a try statement")?;
                for ExceptHandler::ExceptHandler(handler) in &mut node.handlers {
                    self.indent();
                    let start = self.position();
                    self.put(if node.is_star { "except*" } else { "except" });
                    if let Some(kind) = &mut handler.type_ {
                        self.put(" ");
                        self.expression(kind, Precedence::Test)?;
                    }
                    if let Some(name) = &mut handler.name {
                        self.put(" as ");
                        self.identifier(name);
                    }
                    self.block(&mut handler.body, "an except clause")?;
                    handler.range = self.since(start);
                }
                self.or_else("else", &mut node.orelse)?;
                self.or_else("finally", &mut node.finalbody)?;
            }
            simple => {
                self.simple_statement(simple)?;
                let range = self.since(start);
                set_statement_range(simple, range);
                self.put("\n");
                return Ok(());
            }
        }
        // A compound statement ends where its last line does, before the line break.
        let end = self.position() - ruff_text_size::TextSize::new(1);
        start = start.min(end);
        set_statement_range(statement, ruff_text_size::TextRange::new(start, end));
        Ok(())
    }

    fn simple_statement(&mut self, statement: &mut Stmt) -> Result<(), Unprintable> {
        match statement {
            Stmt::Return(node) => {
                self.put("return");
                self.optional(&mut node.value, Precedence::Tuple)?;
            }
            Stmt::Delete(node) => {
                self.put("del ");
                self.list(&mut node.targets, |printer, target| {
                    printer.expression(target, Precedence::Test)
                })?;
            }
            Stmt::Assign(node) => {
                for target in &mut node.targets {
                    self.expression(target, Precedence::Tuple)?;
                    self.put(" = ");
                }
                self.expression(&mut node.value, Precedence::Yield)?;
            }
            Stmt::AugAssign(node) => {
                self.expression(&mut node.target, Precedence::Test)?;
                self.put(" ");
                self.put(node.op.as_str());
                self.put("= ");
                self.expression(&mut node.value, Precedence::Yield)?;
            }
            Stmt::AnnAssign(node) => {
                // A name in parentheses is not a simple target: it is not recorded in `__annotations__`.
                let bare = node.simple || !node.target.is_name_expr();
                self.put(if bare { "" } else { "(" });
                self.expression(&mut node.target, Precedence::Test)?;
                self.put(if bare { ": " } else { "): " });
                self.expression(&mut node.annotation, Precedence::Test)?;
                if let Some(value) = &mut node.value {
                    self.put(" = ");
                    self.expression(value, Precedence::Yield)?;
                }
            }
            Stmt::Raise(node) => {
                self.put("raise");
                self.optional(&mut node.exc, Precedence::Test)?;
                if let Some(cause) = &mut node.cause {
                    self.put(" from ");
                    self.expression(cause, Precedence::Test)?;
                }
            }
            Stmt::Assert(node) => {
                self.put("assert ");
                self.expression(&mut node.test, Precedence::Test)?;
                if let Some(message) = &mut node.msg {
                    self.put(", ");
                    self.expression(message, Precedence::Test)?;
                }
            }
            Stmt::Import(node) => {
                self.put("import ");
                self.aliases(&mut node.names)?;
            }
            Stmt::ImportFrom(node) => {
                self.put("from ");
                for _ in 0..node.level {
                    self.put(".");
                }
                if let Some(module) = &mut node.module {
                    self.identifier(module);
                }
                self.put(" import ");
                self.aliases(&mut node.names)?;
            }
            Stmt::Global(node) => self.names("global ", &mut node.names)?,
            Stmt::Nonlocal(node) => self.names("nonlocal ", &mut node.names)?,
            Stmt::Expr(node) => self.expression(&mut node.value, Precedence::Yield)?,
            Stmt::Pass(_) => self.put("pass"),
            Stmt::Break(_) => self.put("break"),
            Stmt::Continue(_) => self.put("continue"),
            Stmt::TypeAlias(_) => return Err(Unprintable::Node("a type alias statement")),
            _ => return Err(Unprintable::Node("an IPython command")),
        }
        Ok(())
    }

    fn optional(&mut self, value: &mut Option<Box<Expr>>, precedence: Precedence) -> Result<(), Unprintable> {
        if let Some(value) = value {
            self.put(" ");
            self.expression(value, precedence)?;
        }
        Ok(())
    }

    fn names(&mut self, keyword: &str, names: &mut [Identifier]) -> Result<(), Unprintable> {
        self.put(keyword);
        self.list(names, |printer, name| {
            printer.identifier(name);
            Ok(())
        })
    }

    fn aliases(&mut self, aliases: &mut [Alias]) -> Result<(), Unprintable> {
        self.list(aliases, |printer, alias| {
            let start = printer.position();
            printer.identifier(&mut alias.name);
            if let Some(name) = &mut alias.asname {
                printer.put(" as ");
                printer.identifier(name);
            }
            alias.range = printer.since(start);
            Ok(())
        })
    }

    fn decorators(&mut self, decorators: &mut [Decorator]) -> Result<(), Unprintable> {
        for decorator in decorators {
            let start = self.position();
            self.put("@");
            self.expression(&mut decorator.expression, Precedence::Named)?;
            decorator.range = self.since(start);
            self.put("\n");
            self.indent();
        }
        Ok(())
    }

    /// The parameters of a `def` (`annotated`) or of a lambda.
    pub(super) fn parameters(&mut self, parameters: &mut Parameters, annotated: bool) -> Result<(), Unprintable> {
        let start = self.position();
        let mut first = true;
        let mut separate = |printer: &mut Self| {
            if !std::mem::take(&mut first) {
                printer.put(", ");
            }
        };
        for parameter in &mut parameters.posonlyargs {
            separate(self);
            self.parameter_with_default(parameter, annotated)?;
        }
        if !parameters.posonlyargs.is_empty() {
            separate(self);
            self.put("/");
        }
        for parameter in &mut parameters.args {
            separate(self);
            self.parameter_with_default(parameter, annotated)?;
        }
        if let Some(parameter) = &mut parameters.vararg {
            separate(self);
            self.put("*");
            self.parameter(parameter, annotated)?;
        } else if !parameters.kwonlyargs.is_empty() {
            separate(self);
            self.put("*");
        }
        for parameter in &mut parameters.kwonlyargs {
            separate(self);
            self.parameter_with_default(parameter, annotated)?;
        }
        if let Some(parameter) = &mut parameters.kwarg {
            separate(self);
            self.put("**");
            self.parameter(parameter, annotated)?;
        }
        parameters.range = self.since(start);
        Ok(())
    }

    fn parameter_with_default(
        &mut self,
        parameter: &mut ParameterWithDefault,
        annotated: bool,
    ) -> Result<(), Unprintable> {
        let start = self.position();
        self.parameter(&mut parameter.parameter, annotated)?;
        if let Some(default) = &mut parameter.default {
            let spaced = parameter.parameter.annotation.is_some();
            self.put(if spaced { " = " } else { "=" });
            self.expression(default, Precedence::Test)?;
        }
        parameter.range = self.since(start);
        Ok(())
    }

    fn parameter(&mut self, parameter: &mut Parameter, annotated: bool) -> Result<(), Unprintable> {
        let start = self.position();
        self.identifier(&mut parameter.name);
        if let Some(annotation) = parameter.annotation.as_mut().filter(|_| annotated) {
            self.put(": ");
            self.expression(annotation, Precedence::Test)?;
        }
        parameter.range = self.since(start);
        Ok(())
    }
}

fn refuse_type_parameters(parameters: Option<&TypeParams>) -> Result<(), Unprintable> {
    match parameters {
        Some(_) => Err(Unprintable::Node("a type parameter list")),
        None => Ok(()),
    }
}

fn set_statement_range(statement: &mut Stmt, range: ruff_text_size::TextRange) {
    match statement {
        Stmt::FunctionDef(node) => node.range = range,
        Stmt::ClassDef(node) => node.range = range,
        Stmt::Return(node) => node.range = range,
        Stmt::Delete(node) => node.range = range,
        Stmt::TypeAlias(node) => node.range = range,
        Stmt::Assign(node) => node.range = range,
        Stmt::AugAssign(node) => node.range = range,
        Stmt::AnnAssign(node) => node.range = range,
        Stmt::For(node) => node.range = range,
        Stmt::While(node) => node.range = range,
        Stmt::If(node) => node.range = range,
        Stmt::With(node) => node.range = range,
        Stmt::Match(node) => node.range = range,
        Stmt::Raise(node) => node.range = range,
        Stmt::Try(node) => node.range = range,
        Stmt::Assert(node) => node.range = range,
        Stmt::Import(node) => node.range = range,
        Stmt::ImportFrom(node) => node.range = range,
        Stmt::Global(node) => node.range = range,
        Stmt::Nonlocal(node) => node.range = range,
        Stmt::Expr(node) => node.range = range,
        Stmt::Pass(node) => node.range = range,
        Stmt::Break(node) => node.range = range,
        Stmt::Continue(node) => node.range = range,
        Stmt::IpyEscapeCommand(node) => node.range = range,
    }
}
