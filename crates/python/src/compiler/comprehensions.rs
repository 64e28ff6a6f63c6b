//! Comprehensions and generator expressions: functions that are called on the spot.

use super::flow::{NO_BLOCK, Op};
use super::symbols::{ScopeKind, address};
use super::unit::FrameKind;
use super::{Compiler, Outcome};
use crate::bytecode::{Constant, Opcode};
use ruff_python_ast::{self as ast, Expr};

#[derive(Clone, Copy)]
struct Parts<'a> {
    generators: &'a [ast::Comprehension],
    element: &'a Expr,
    value: Option<&'a Expr>,
    /// The instruction that adds an element; none: yield it.
    add: Option<Opcode>,
}

impl<'a> Compiler<'a> {
    /// Compiles a comprehension; the current line is its first one.
    pub(super) fn comprehension(&mut self, expression: &'a Expr) -> Outcome {
        let (node, name, build, parts) = match expression {
            Expr::ListComp(node) => {
                let parts = Parts {
                    generators: &node.generators,
                    element: &node.elt,
                    value: None,
                    add: Some(Opcode::ListAppend),
                };
                (address(node), "<listcomp>", Some(Opcode::BuildList), parts)
            }
            Expr::SetComp(node) => {
                let parts = Parts {
                    generators: &node.generators,
                    element: &node.elt,
                    value: None,
                    add: Some(Opcode::SetAdd),
                };
                (address(node), "<setcomp>", Some(Opcode::BuildSet), parts)
            }
            Expr::DictComp(node) => {
                let Some(key) = node.key.as_deref() else {
                    return self.error("dict unpacking cannot be used in dict comprehension");
                };
                let parts = Parts {
                    generators: &node.generators,
                    element: key,
                    value: Some(&node.value),
                    add: Some(Opcode::MapAdd),
                };
                (address(node), "<dictcomp>", Some(Opcode::BuildMap), parts)
            }
            Expr::Generator(node) => (
                address(node),
                "<genexpr>",
                None,
                Parts {
                    generators: &node.generators,
                    element: &node.elt,
                    value: None,
                    add: None,
                },
            ),
            _ => return self.error("not a comprehension"),
        };
        let outer_kind = self.unit.kind;
        let line = self.unit.line;
        let scope = self.table.scope_of(node);
        let name = self.shared(name);
        self.enter(scope, ScopeKind::Comprehension, name, line);
        let is_async = self.scope().coroutine;
        if is_async && build.is_some() && !matches!(outer_kind, ScopeKind::AsyncFunction | ScopeKind::Comprehension) {
            return self.error("asynchronous comprehension outside of an asynchronous function");
        }
        if let Some(build) = build {
            self.emit(build, 0);
        }
        self.generator(&parts, 0, 0)?;
        if build.is_some() {
            self.op(Opcode::ReturnValue);
        }
        let code = self.finish(true)?;
        self.closure(code, 0);
        let outermost = &parts.generators[0];
        self.iterable(&outermost.iter)?;
        self.op(if outermost.is_async {
            Opcode::GetAiter
        } else {
            Opcode::GetIter
        });
        self.emit(Opcode::Call, 0);
        if is_async && build.is_some() {
            self.emit(Opcode::GetAwaitable, 0);
            self.load_constant(Constant::None);
            self.yield_from(true);
        }
        Ok(())
    }

    fn generator(&mut self, parts: &Parts<'a>, at: usize, depth: u32) -> Outcome {
        let generator = &parts.generators[at];
        if generator.is_async {
            return self.async_generator(parts, at, depth);
        }
        let (start, skip, anchor) = (self.block(), self.block(), self.block());
        let mut depth = depth;
        let mut loops = true;
        if at == 0 {
            self.unit.argument_count = 1;
            self.emit(Opcode::LoadFast, 0);
        } else {
            // `for y in [f(x)]` is an assignment.
            let single = match &generator.iter {
                Expr::List(node) if !self.is_constant_list(&generator.iter) => node.elts.as_slice(),
                Expr::Tuple(node) if !self.is_constant(&generator.iter) => node.elts.as_slice(),
                _ => &[],
            };
            match single {
                [element] if !element.is_starred_expr() => {
                    self.expression(element)?;
                    loops = false;
                }
                _ => {
                    self.iterable(&generator.iter)?;
                    self.op(Opcode::GetIter);
                }
            }
        }
        if loops {
            depth += 1;
            self.use_block(start);
            self.jump(Opcode::ForIter, anchor);
        }
        self.expression(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, skip, false)?;
        }
        if at + 1 < parts.generators.len() {
            self.generator(parts, at + 1, depth)?;
        } else {
            self.element(parts, depth)?;
        }
        self.use_block(skip);
        if loops {
            self.jump(Op::Jump, start);
            self.use_block(anchor);
        }
        Ok(())
    }

    fn is_constant_list(&self, expression: &Expr) -> bool {
        matches!(expression, Expr::List(node) if node.elts.iter().all(|element| self.is_constant(element)))
    }

    fn async_generator(&mut self, parts: &Parts<'a>, at: usize, depth: u32) -> Outcome {
        let generator = &parts.generators[at];
        let (start, except, skip) = (self.block(), self.block(), self.block());
        if at == 0 {
            self.unit.argument_count = 1;
            self.emit(Opcode::LoadFast, 0);
        } else {
            self.iterable(&generator.iter)?;
            self.op(Opcode::GetAiter);
        }
        self.use_block(start);
        self.push_frame(FrameKind::AsyncComprehension, start, NO_BLOCK)?;
        self.jump(Op::SetupFinally, except);
        self.op(Opcode::GetAnext);
        self.load_constant(Constant::None);
        self.yield_from(true);
        self.pseudo(Op::PopBlock);
        self.expression(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, skip, false)?;
        }
        if at + 1 < parts.generators.len() {
            self.generator(parts, at + 1, depth + 1)?;
        } else {
            self.element(parts, depth + 1)?;
        }
        self.use_block(skip);
        self.jump(Op::Jump, start);
        self.pop_frame();
        self.use_block(except);
        self.op(Opcode::EndAsyncFor);
        Ok(())
    }

    fn element(&mut self, parts: &Parts<'a>, depth: u32) -> Outcome {
        self.expression(parts.element)?;
        if let Some(value) = parts.value {
            self.expression(value)?;
        }
        match parts.add {
            Some(add) => self.emit(add, depth + 1),
            None => {
                self.yield_value();
                self.op(Opcode::PopTop);
            }
        }
        Ok(())
    }
}
