//! Statements, but for functions, classes and those that handle exceptions.

use super::flow::{NO_BLOCK, Op};
use super::unit::{FrameBlock, FrameKind};
use super::{Access, Compiler, Outcome};
use crate::bytecode::{Constant, NO_LINE, Opcode};
use crate::compiler::builder::{docstring, text};
use crate::compiler::symbols::{ScopeKind, has_annotations};
use crate::syntax::SyntaxError;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a> {
    /// A statement's line: that of `def` or `class`, not of the decorators.
    pub(super) fn statement_line(&mut self, statement: &Stmt) -> u32 {
        let offset = match statement {
            Stmt::FunctionDef(node) if !node.decorator_list.is_empty() => node.name.start(),
            Stmt::ClassDef(node) if !node.decorator_list.is_empty() => node.name.start(),
            statement => statement.start(),
        };
        self.line_at(offset)
    }

    /// The body of a module or class.
    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Outcome {
        if has_annotations(body) {
            self.op(Opcode::SetupAnnotations);
        }
        let mut body = body;
        if let Some(docstring) = docstring(body) {
            self.set_line(docstring);
            self.load_constant(text(docstring.value.to_str()));
            self.unit.line = NO_LINE;
            self.variable("__doc__", Access::Store)?;
            body = &body[1..];
        }
        self.statements(body)
    }

    pub(super) fn statements(&mut self, body: &'a [Stmt]) -> Outcome {
        body.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &'a Stmt) -> Outcome {
        self.unit.line = self.statement_line(statement);
        let is_future = matches!(statement, Stmt::ImportFrom(node) if node.module.as_deref() == Some("__future__"));
        if !is_future {
            self.future_allowed = false;
        }
        match statement {
            Stmt::FunctionDef(node) => self.function(node),
            Stmt::ClassDef(node) => self.class(node),
            Stmt::Return(node) => self.return_statement(node),
            Stmt::Delete(node) => node.targets.iter().try_for_each(|target| self.expression(target)),
            Stmt::Assign(node) => {
                self.expression(&node.value)?;
                let last = node.targets.len() - 1;
                for (at, target) in node.targets.iter().enumerate() {
                    if at < last {
                        self.emit(Opcode::Copy, 1);
                    }
                    self.expression(target)?;
                }
                Ok(())
            }
            Stmt::AugAssign(node) => self.augmented_assignment(node),
            Stmt::AnnAssign(node) => self.annotated_assignment(node),
            Stmt::For(node) if node.is_async => self.async_for(node),
            Stmt::For(node) => self.for_statement(node),
            Stmt::While(node) => self.while_statement(node),
            Stmt::If(node) => self.if_statement(node),
            Stmt::With(node) => self.with_statement(node, 0),
            Stmt::Match(node) => self.match_statement(node),
            Stmt::Raise(node) => {
                let mut count = 0;
                for value in [&node.exc, &node.cause].into_iter().flatten() {
                    self.expression(value)?;
                    count += 1;
                }
                self.emit(Opcode::RaiseVarargs, count);
                Ok(())
            }
            Stmt::Try(node) => self.try_statement(node),
            Stmt::Assert(node) => {
                let end = self.block();
                self.jump_if(&node.test, end, true)?;
                self.op(Opcode::LoadAssertionError);
                if let Some(message) = &node.msg {
                    self.expression(message)?;
                    self.emit(Opcode::Call, 0);
                }
                self.emit(Opcode::RaiseVarargs, 1);
                self.use_block(end);
                Ok(())
            }
            Stmt::Import(node) => node.names.iter().try_for_each(|alias| self.import(alias)),
            Stmt::ImportFrom(node) => self.import_from(node, is_future),
            Stmt::Global(_) | Stmt::Nonlocal(_) => Ok(()),
            Stmt::Expr(node) => self.expression_statement(&node.value),
            Stmt::Pass(_) => {
                self.op(Opcode::Nop);
                Ok(())
            }
            Stmt::Break(_) => self.break_statement(),
            Stmt::Continue(_) => self.continue_statement(),
            Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => self.error("invalid syntax"),
        }
    }

    fn expression_statement(&mut self, value: &'a Expr) -> Outcome {
        // A string that folding made first in a body is evaluated by CPython too, and dropped: no event differs.
        if self.is_constant(value) {
            self.op(Opcode::Nop);
            return Ok(());
        }
        self.expression(value)?;
        self.unit.line = NO_LINE;
        self.op(Opcode::PopTop);
        Ok(())
    }

    fn return_statement(&mut self, node: &'a ast::StmtReturn) -> Outcome {
        let line = self.unit.line;
        if !self.unit.kind.is_function() {
            return self.error("'return' outside function");
        }
        let value = node.value.as_deref();
        if value.is_some() && self.scope().coroutine && self.scope().generator {
            return self.error("'return' with value in async generator");
        }
        let computed = value.filter(|value| !self.is_constant(value));
        let mut value_line = None;
        if let Some(value) = value {
            value_line = Some(self.line_at(value.start()));
            if computed.is_some() {
                self.expression(value)?;
            } else {
                self.set_line(value);
                self.op(Opcode::Nop);
            }
        }
        if value_line != Some(line) {
            self.unit.line = line;
            self.op(Opcode::Nop);
        }
        self.unwind_all(computed.is_some(), false)?;
        match value {
            None => self.load_constant(Constant::None),
            Some(value) => {
                if let Some(constant) = self.constant_of(value) {
                    self.load_constant(constant);
                }
            }
        }
        self.op(Opcode::ReturnValue);
        Ok(())
    }

    fn break_statement(&mut self) -> Outcome {
        let line = self.unit.line;
        self.op(Opcode::Nop);
        let Some(target) = self.unwind_all(false, true)? else {
            self.unit.line = line;
            return self.error("'break' outside loop");
        };
        self.unwind(&target, false)?;
        self.jump(Op::Jump, target.exit);
        Ok(())
    }

    fn continue_statement(&mut self) -> Outcome {
        let line = self.unit.line;
        self.op(Opcode::Nop);
        let Some(target) = self.unwind_all(false, true)? else {
            self.unit.line = line;
            return self.error("'continue' not properly in loop");
        };
        self.jump(Op::Jump, target.start);
        Ok(())
    }

    /// Emits what leaving the open frame blocks needs, up to the innermost loop if `to_loop`, and leaves them open.
    fn unwind_all(&mut self, preserve_top: bool, to_loop: bool) -> Outcome<Option<FrameBlock<'a>>> {
        let mut taken = Vec::new();
        let mut found = None;
        while let Some(&frame) = self.frames.last() {
            if matches!(frame.kind, FrameKind::ExceptionGroupHandler) {
                return self.error("'break', 'continue' and 'return' cannot appear in an except* block");
            }
            if to_loop && matches!(frame.kind, FrameKind::While | FrameKind::For) {
                found = Some(frame);
                break;
            }
            self.frames.pop();
            taken.push(frame);
            self.unwind(&frame, preserve_top)?;
        }
        self.frames.extend(taken.into_iter().rev());
        Ok(found)
    }

    fn for_statement(&mut self, node: &'a ast::StmtFor) -> Outcome {
        let (start, body, cleanup, end) = (self.block(), self.block(), self.block(), self.block());
        self.push_frame(FrameKind::For, start, end)?;
        self.iterable(&node.iter)?;
        self.op(Opcode::GetIter);
        self.use_block(start);
        self.jump(Opcode::ForIter, cleanup);
        self.use_block(body);
        self.expression(&node.target)?;
        self.statements(&node.body)?;
        self.unit.line = NO_LINE;
        self.jump(Op::Jump, start);
        self.use_block(cleanup);
        self.pop_frame();
        self.statements(&node.orelse)?;
        self.use_block(end);
        Ok(())
    }

    fn async_for(&mut self, node: &'a ast::StmtFor) -> Outcome {
        if self.unit.kind != ScopeKind::AsyncFunction {
            return self.error("'async for' outside async function");
        }
        let (start, except, end) = (self.block(), self.block(), self.block());
        self.expression(&node.iter)?;
        self.op(Opcode::GetAiter);
        self.use_block(start);
        self.push_frame(FrameKind::For, start, end)?;
        self.jump(Op::SetupFinally, except);
        self.op(Opcode::GetAnext);
        self.load_constant(Constant::None);
        self.yield_from(true);
        self.pseudo(Op::PopBlock);
        self.expression(&node.target)?;
        self.statements(&node.body)?;
        self.unit.line = NO_LINE;
        self.jump(Op::Jump, start);
        self.pop_frame();
        self.use_block(except);
        self.set_line(&*node.iter);
        self.op(Opcode::EndAsyncFor);
        self.statements(&node.orelse)?;
        self.use_block(end);
        Ok(())
    }

    fn while_statement(&mut self, node: &'a ast::StmtWhile) -> Outcome {
        let line = self.unit.line;
        let (start, body, anchor, end) = (self.block(), self.block(), self.block(), self.block());
        self.use_block(start);
        self.push_frame(FrameKind::While, start, end)?;
        self.jump_if(&node.test, anchor, false)?;
        self.use_block(body);
        self.statements(&node.body)?;
        self.unit.line = line;
        self.jump_if(&node.test, body, true)?;
        self.pop_frame();
        self.use_block(anchor);
        self.statements(&node.orelse)?;
        self.use_block(end);
        Ok(())
    }

    fn if_statement(&mut self, node: &'a ast::StmtIf) -> Outcome {
        let mut test = &*node.test;
        let mut body = &node.body;
        let mut clauses = node.elif_else_clauses.as_slice();
        // The blocks behind each `if` and `elif`, which CPython nests.
        let mut ends = Vec::new();
        loop {
            let end = self.block();
            ends.push(end);
            let next = if clauses.is_empty() { end } else { self.block() };
            self.jump_if(test, next, false)?;
            self.statements(body)?;
            let Some((clause, rest)) = clauses.split_first() else {
                break;
            };
            self.jump_without_line(Op::Jump, end);
            self.use_block(next);
            match &clause.test {
                Some(elif) => {
                    self.set_line(clause);
                    (test, body, clauses) = (elif, &clause.body, rest);
                }
                None => {
                    self.statements(&clause.body)?;
                    break;
                }
            }
        }
        for end in ends.into_iter().rev() {
            self.use_block(end);
        }
        Ok(())
    }

    fn augmented_assignment(&mut self, node: &'a ast::StmtAugAssign) -> Outcome {
        let line = self.unit.line;
        let target = &*node.target;
        self.set_line(target);
        match target {
            Expr::Attribute(target) => {
                self.expression(&target.value)?;
                self.emit(Opcode::Copy, 1);
                self.move_to_attribute(target);
                self.name_op(Opcode::LoadAttr, &target.attr);
            }
            Expr::Subscript(target) => {
                self.expression(&target.value)?;
                self.expression(&target.slice)?;
                self.emit(Opcode::Copy, 2);
                self.emit(Opcode::Copy, 2);
                self.op(Opcode::BinarySubscr);
            }
            Expr::Name(target) => self.variable(&target.id, Access::Load)?,
            target => {
                let what = super::expressions::description(target);
                return self.error(format!("'{what}' is an illegal expression for augmented assignment"));
            }
        }
        self.unit.line = line;
        self.expression(&node.value)?;
        self.emit(
            Opcode::BinaryOp,
            super::expressions::binary_operator(node.op) as u32 + crate::bytecode::BinaryOperator::IN_PLACE,
        );
        self.set_line(target);
        match target {
            Expr::Attribute(target) => {
                self.move_to_attribute(target);
                self.emit(Opcode::Swap, 2);
                self.name_op(Opcode::StoreAttr, &target.attr);
            }
            Expr::Subscript(_) => {
                self.emit(Opcode::Swap, 3);
                self.emit(Opcode::Swap, 2);
                self.op(Opcode::StoreSubscr);
            }
            Expr::Name(target) => self.variable(&target.id, Access::Store)?,
            _ => {}
        }
        Ok(())
    }

    fn annotated_assignment(&mut self, node: &'a ast::StmtAnnAssign) -> Outcome {
        if let Some(value) = &node.value {
            self.expression(value)?;
            self.expression(&node.target)?;
        }
        let evaluated = matches!(self.unit.kind, ScopeKind::Module | ScopeKind::Class);
        match &*node.target {
            Expr::Name(target) => {
                self.check_name(&target.id, Access::Store)?;
                if node.simple && evaluated {
                    self.annotation(&node.annotation)?;
                    self.name_op(Opcode::LoadName, "__annotations__");
                    let name = self.names.mangled(self.unit.class.as_deref(), &target.id);
                    self.load_constant(Constant::Str(self.names.text(name).clone()));
                    self.op(Opcode::StoreSubscr);
                }
            }
            Expr::Attribute(target) => {
                self.check_name(&target.attr, Access::Store)?;
                if node.value.is_none() {
                    self.evaluate_and_drop(&target.value)?;
                }
            }
            Expr::Subscript(target) => {
                if node.value.is_none() {
                    self.evaluate_and_drop(&target.value)?;
                    self.check_subscript(&target.slice)?;
                }
            }
            Expr::Tuple(_) => return self.error("only single target (not tuple) can be annotated"),
            Expr::List(_) => return self.error("only single target (not list) can be annotated"),
            _ => return self.error("illegal target for annotation"),
        }
        if !node.simple && evaluated && !self.future_annotations {
            self.evaluate_and_drop(&node.annotation)?;
        }
        Ok(())
    }

    fn evaluate_and_drop(&mut self, expression: &'a Expr) -> Outcome {
        self.expression(expression)?;
        self.op(Opcode::PopTop);
        Ok(())
    }

    fn check_subscript(&mut self, slice: &'a Expr) -> Outcome {
        match slice {
            Expr::Slice(slice) => [&slice.lower, &slice.upper, &slice.step]
                .into_iter()
                .flatten()
                .try_for_each(|bound| self.evaluate_and_drop(bound)),
            Expr::Tuple(tuple) if !self.is_constant(slice) => {
                tuple.elts.iter().try_for_each(|element| self.check_subscript(element))
            }
            slice => self.evaluate_and_drop(slice),
        }
    }

    fn import(&mut self, alias: &'a ast::Alias) -> Outcome {
        let name = alias.name.as_str();
        self.load_constant(Constant::Int(0));
        self.load_constant(Constant::None);
        self.name_op(Opcode::ImportName, name);
        let mut parts = name.split('.');
        let first = parts.next().unwrap_or_default();
        let Some(bound) = &alias.asname else {
            return self.variable(first, Access::Store);
        };
        if first.len() == name.len() {
            return self.variable(bound, Access::Store);
        }
        for (at, part) in parts.enumerate() {
            if at > 0 {
                self.emit(Opcode::Swap, 2);
                self.op(Opcode::PopTop);
            }
            let id = self.names.intern(part);
            let position = self.unit.names.add(id);
            self.emit(Opcode::ImportFrom, position);
        }
        self.variable(bound, Access::Store)?;
        self.op(Opcode::PopTop);
        Ok(())
    }

    fn import_from(&mut self, node: &'a ast::StmtImportFrom, is_future: bool) -> Outcome {
        self.load_constant(Constant::Int(i64::from(node.level)));
        if is_future && !self.future_allowed {
            return self.error("from __future__ imports must occur at the beginning of the file");
        }
        self.load_constant(Constant::Tuple(
            node.names.iter().map(|alias| text(&alias.name)).collect(),
        ));
        self.name_op(Opcode::ImportName, node.module.as_deref().unwrap_or_default());
        for alias in &node.names {
            if &*alias.name == "*" {
                self.op(Opcode::ImportStar);
                return Ok(());
            }
            self.name_op(Opcode::ImportFrom, &alias.name);
            self.variable(alias.asname.as_ref().unwrap_or(&alias.name), Access::Store)?;
        }
        self.op(Opcode::PopTop);
        Ok(())
    }

    /// An annotation's value, or its text under `from __future__ import annotations`.
    pub(super) fn annotation(&mut self, annotation: &'a Expr) -> Outcome {
        if !self.future_annotations {
            return self.expression(annotation);
        }
        let Some(written) = super::strings::annotation_text(annotation) else {
            let line = self.line_at(annotation.start());
            return Err(SyntaxError::unsupported(
                "this annotation with from __future__ import annotations",
                line - 1,
            ));
        };
        self.load_constant(text(&written));
        Ok(())
    }

    /// Emits what leaving `frame` needs.
    pub(super) fn unwind(&mut self, frame: &FrameBlock<'a>, preserve_top: bool) -> Outcome {
        let keep = |this: &mut Self| {
            if preserve_top {
                this.emit(Opcode::Swap, 2);
            }
        };
        match frame.kind {
            FrameKind::While
            | FrameKind::ExceptionHandler
            | FrameKind::ExceptionGroupHandler
            | FrameKind::AsyncComprehension => {}
            FrameKind::For | FrameKind::PopValue => {
                keep(self);
                self.op(Opcode::PopTop);
            }
            FrameKind::TryExcept => self.pseudo(Op::PopBlock),
            FrameKind::FinallyTry(body) => {
                self.pseudo(Op::PopBlock);
                if preserve_top {
                    self.push_frame(FrameKind::PopValue, NO_BLOCK, NO_BLOCK)?;
                }
                self.statements(body)?;
                if preserve_top {
                    self.pop_frame();
                }
                self.unit.line = NO_LINE;
            }
            FrameKind::FinallyEnd => {
                keep(self);
                self.op(Opcode::PopTop);
                keep(self);
                self.pseudo(Op::PopBlock);
                self.op(Opcode::PopExcept);
            }
            FrameKind::With { line, is_async } => {
                self.unit.line = line;
                self.pseudo(Op::PopBlock);
                keep(self);
                self.call_exit_with_nones();
                if is_async {
                    self.emit(Opcode::GetAwaitable, 2);
                    self.load_constant(Constant::None);
                    self.yield_from(true);
                }
                self.op(Opcode::PopTop);
                self.unit.line = NO_LINE;
            }
            FrameKind::HandlerCleanup(name) => {
                if name.is_some() {
                    self.pseudo(Op::PopBlock);
                }
                keep(self);
                self.pseudo(Op::PopBlock);
                self.op(Opcode::PopExcept);
                if let Some(name) = name {
                    self.forget_exception(name)?;
                }
            }
        }
        Ok(())
    }
}
