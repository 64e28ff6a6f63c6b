//! `try` and `with`.

use super::flow::{BlockId, NO_BLOCK, Op};
use super::unit::FrameKind;
use super::{Access, Compiler, Outcome};
use crate::bytecode::{Constant, NO_LINE, Opcode};
use crate::compiler::symbols::ScopeKind;
use ruff_python_ast as ast;

impl<'a> Compiler<'a> {
    pub(super) fn try_statement(&mut self, node: &'a ast::StmtTry) -> Outcome {
        if node.finalbody.is_empty() {
            self.try_except(node)
        } else {
            self.try_finally(node)
        }
    }

    fn try_finally(&mut self, node: &'a ast::StmtTry) -> Outcome {
        let (body, end, exit, cleanup) = (self.block(), self.block(), self.block(), self.block());
        self.jump(Op::SetupFinally, end);
        self.use_block(body);
        self.push_frame(FrameKind::FinallyTry(&node.finalbody), body, end)?;
        if node.handlers.is_empty() {
            self.statements(&node.body)?;
        } else {
            self.try_except(node)?;
        }
        self.jump_without_line(Op::PopBlock, 0);
        self.pop_frame();
        self.statements(&node.finalbody)?;
        self.jump_without_line(Op::Jump, exit);
        // The copy that runs with an exception under way.
        self.use_block(end);
        self.unit.line = NO_LINE;
        self.jump(Op::SetupCleanup, cleanup);
        self.op(Opcode::PushExcInfo);
        self.push_frame(FrameKind::FinallyEnd, end, NO_BLOCK)?;
        self.statements(&node.finalbody)?;
        self.pop_frame();
        self.emit(Opcode::Reraise, 0);
        self.use_block(cleanup);
        self.pop_except_and_reraise();
        self.use_block(exit);
        Ok(())
    }

    fn try_except(&mut self, node: &'a ast::StmtTry) -> Outcome {
        if node.is_star {
            return self.try_star(node);
        }
        let (body, except, end, cleanup) = (self.block(), self.block(), self.block(), self.block());
        self.jump(Op::SetupFinally, except);
        self.use_block(body);
        self.push_frame(FrameKind::TryExcept, body, NO_BLOCK)?;
        self.statements(&node.body)?;
        self.pop_frame();
        self.jump_without_line(Op::PopBlock, 0);
        self.statements(&node.orelse)?;
        self.jump_without_line(Op::Jump, end);
        self.use_block(except);
        self.unit.line = NO_LINE;
        self.jump(Op::SetupCleanup, cleanup);
        self.op(Opcode::PushExcInfo);
        self.push_frame(FrameKind::ExceptionHandler, NO_BLOCK, NO_BLOCK)?;
        let count = node.handlers.len();
        for (at, handler) in node.handlers.iter().enumerate() {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            self.set_line(handler);
            if handler.type_.is_none() && at + 1 < count {
                return self.error("default 'except:' must be last");
            }
            let next = self.block();
            if let Some(kind) = &handler.type_ {
                self.expression(kind)?;
                self.op(Opcode::CheckExcMatch);
                self.jump(Op::PopJumpIfFalse, next);
            }
            match &handler.name {
                Some(name) => {
                    let (cleanup_end, cleanup_body) = (self.block(), self.block());
                    self.variable(name, Access::Store)?;
                    self.jump(Op::SetupCleanup, cleanup_end);
                    self.use_block(cleanup_body);
                    self.push_frame(FrameKind::HandlerCleanup(Some(name)), cleanup_body, NO_BLOCK)?;
                    self.statements(&handler.body)?;
                    self.pop_frame();
                    self.unit.line = NO_LINE;
                    self.pseudo(Op::PopBlock);
                    self.pseudo(Op::PopBlock);
                    self.op(Opcode::PopExcept);
                    self.forget_exception(name)?;
                    self.jump(Op::Jump, end);
                    self.use_block(cleanup_end);
                    self.unit.line = NO_LINE;
                    self.forget_exception(name)?;
                    self.emit(Opcode::Reraise, 1);
                }
                None => {
                    let cleanup_body = self.block();
                    self.op(Opcode::PopTop);
                    self.use_block(cleanup_body);
                    self.push_frame(FrameKind::HandlerCleanup(None), cleanup_body, NO_BLOCK)?;
                    self.statements(&handler.body)?;
                    self.pop_frame();
                    self.unit.line = NO_LINE;
                    self.pseudo(Op::PopBlock);
                    self.op(Opcode::PopExcept);
                    self.jump(Op::Jump, end);
                }
            }
            self.use_block(next);
        }
        self.unit.line = NO_LINE;
        self.pop_frame();
        self.emit(Opcode::Reraise, 0);
        self.use_block(cleanup);
        self.pop_except_and_reraise();
        self.use_block(end);
        Ok(())
    }

    fn try_star(&mut self, node: &'a ast::StmtTry) -> Outcome {
        let (body, except, orelse) = (self.block(), self.block(), self.block());
        let (end, cleanup, reraise_star) = (self.block(), self.block(), self.block());
        self.jump(Op::SetupFinally, except);
        self.use_block(body);
        self.push_frame(FrameKind::TryExcept, body, NO_BLOCK)?;
        self.statements(&node.body)?;
        self.pop_frame();
        self.jump_without_line(Op::PopBlock, 0);
        self.jump_without_line(Op::Jump, orelse);
        self.use_block(except);
        self.unit.line = NO_LINE;
        self.jump(Op::SetupCleanup, cleanup);
        self.op(Opcode::PushExcInfo);
        self.push_frame(FrameKind::ExceptionGroupHandler, NO_BLOCK, NO_BLOCK)?;
        let count = node.handlers.len();
        for (at, handler) in node.handlers.iter().enumerate() {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            self.set_line(handler);
            let (next, matched, not_matched) = (self.block(), self.block(), self.block());
            if at == 0 {
                self.emit(Opcode::Copy, 1);
                self.emit(Opcode::BuildList, 0);
                self.emit(Opcode::Swap, 2);
            }
            if let Some(kind) = &handler.type_ {
                self.expression(kind)?;
                self.op(Opcode::CheckEgMatch);
                self.emit(Opcode::Copy, 1);
                self.jump(Op::PopJumpIfNone, not_matched);
            }
            let (cleanup_end, cleanup_body) = (self.block(), self.block());
            let name = handler.name.as_deref();
            match name {
                Some(name) => self.variable(name, Access::Store)?,
                None => self.op(Opcode::PopTop),
            }
            self.jump(Op::SetupCleanup, cleanup_end);
            self.use_block(cleanup_body);
            self.push_frame(FrameKind::HandlerCleanup(name), cleanup_body, NO_BLOCK)?;
            self.statements(&handler.body)?;
            self.pop_frame();
            self.unit.line = NO_LINE;
            self.pseudo(Op::PopBlock);
            if let Some(name) = name {
                self.forget_exception(name)?;
            }
            self.jump(Op::Jump, matched);
            self.use_block(cleanup_end);
            self.unit.line = NO_LINE;
            if let Some(name) = name {
                self.forget_exception(name)?;
            }
            self.emit(Opcode::ListAppend, 3);
            self.op(Opcode::PopTop);
            self.jump(Op::Jump, next);
            self.use_block(matched);
            // Holds the line that the handler ended on.
            self.op(Opcode::Nop);
            self.jump(Op::Jump, next);
            self.use_block(not_matched);
            self.op(Opcode::PopTop);
            self.use_block(next);
            if at + 1 == count {
                self.emit(Opcode::ListAppend, 1);
                self.jump(Op::Jump, reraise_star);
            }
        }
        self.unit.line = NO_LINE;
        self.pop_frame();
        let reraise = self.block();
        self.use_block(reraise_star);
        self.op(Opcode::PrepReraiseStar);
        self.emit(Opcode::Copy, 1);
        self.jump(Op::PopJumpIfNotNone, reraise);
        self.op(Opcode::PopTop);
        self.pseudo(Op::PopBlock);
        self.op(Opcode::PopExcept);
        self.jump(Op::Jump, end);
        self.use_block(reraise);
        self.pseudo(Op::PopBlock);
        self.emit(Opcode::Swap, 2);
        self.op(Opcode::PopExcept);
        self.emit(Opcode::Reraise, 0);
        self.use_block(cleanup);
        self.pop_except_and_reraise();
        self.use_block(orelse);
        self.statements(&node.orelse)?;
        self.use_block(end);
        Ok(())
    }

    /// `name = None; del name`, at the end of `except … as name`.
    pub(super) fn forget_exception(&mut self, name: &str) -> Outcome {
        self.load_constant(Constant::None);
        self.variable(name, Access::Store)?;
        self.variable(name, Access::Delete)
    }

    fn pop_except_and_reraise(&mut self) {
        self.emit(Opcode::Copy, 3);
        self.op(Opcode::PopExcept);
        self.emit(Opcode::Reraise, 1);
    }

    pub(super) fn call_exit_with_nones(&mut self) {
        for _ in 0..3 {
            self.load_constant(Constant::None);
        }
        self.emit(Opcode::Call, 2);
    }

    pub(super) fn with_statement(&mut self, node: &'a ast::StmtWith, at: usize) -> Outcome {
        let line = self.line_at(node.range.start());
        let is_async = node.is_async;
        if is_async && self.unit.kind != ScopeKind::AsyncFunction {
            return self.error("'async with' outside async function");
        }
        let (block, handler, exit, cleanup) = (self.block(), self.block(), self.block(), self.block());
        let item = &node.items[at];
        self.expression(&item.context_expr)?;
        if is_async {
            self.op(Opcode::BeforeAsyncWith);
            self.await_value(1);
        } else {
            self.op(Opcode::BeforeWith);
        }
        self.jump(Op::SetupWith, handler);
        self.use_block(block);
        self.push_frame(FrameKind::With { line, is_async }, block, handler)?;
        match &item.optional_vars {
            Some(target) => self.expression(target)?,
            None => self.op(Opcode::PopTop),
        }
        if at + 1 == node.items.len() {
            self.statements(&node.body)?;
        } else {
            self.with_statement(node, at + 1)?;
        }
        if is_async {
            self.pop_frame();
            self.pseudo(Op::PopBlock);
        } else {
            self.unit.line = NO_LINE;
            self.pseudo(Op::PopBlock);
            self.pop_frame();
        }
        self.unit.line = line;
        self.call_exit_with_nones();
        if is_async {
            self.await_value(2);
        }
        self.op(Opcode::PopTop);
        self.jump(Op::Jump, exit);
        self.use_block(handler);
        self.jump(Op::SetupCleanup, cleanup);
        self.op(Opcode::PushExcInfo);
        self.op(Opcode::WithExceptStart);
        if is_async {
            self.await_value(2);
        }
        self.finish_with(cleanup);
        self.use_block(exit);
        Ok(())
    }

    fn await_value(&mut self, kind: u32) {
        self.emit(Opcode::GetAwaitable, kind);
        self.load_constant(Constant::None);
        self.yield_from(true);
    }

    fn finish_with(&mut self, cleanup: BlockId) {
        self.unit.line = NO_LINE;
        let exit = self.block();
        self.jump(Op::PopJumpIfTrue, exit);
        self.emit(Opcode::Reraise, 2);
        self.use_block(cleanup);
        self.pop_except_and_reraise();
        self.use_block(exit);
        self.op(Opcode::PopTop);
        self.pseudo(Op::PopBlock);
        self.op(Opcode::PopExcept);
        self.op(Opcode::PopTop);
        self.op(Opcode::PopTop);
    }
}
