//! Functions, lambdas and classes.

use super::builder::{docstring, text};
use super::symbols::{Place, ScopeKind, address};
use super::{Access, Compiler, Outcome};
use crate::bytecode::{Code, Constant, NO_LINE, Opcode};
use ruff_python_ast as ast;
use ruff_text_size::Ranged;
use std::sync::Arc;

impl<'a> Compiler<'a> {
    fn decorators(&mut self, decorators: &'a [ast::Decorator]) -> Outcome<Option<u32>> {
        for decorator in decorators {
            self.expression(&decorator.expression)?;
        }
        Ok(decorators.first().map(|first| self.line_at(first.expression.start())))
    }

    pub(super) fn function(&mut self, node: &'a ast::StmtFunctionDef) -> Outcome {
        let line = self.unit.line;
        self.check_parameters(&node.parameters)?;
        let first_line = self.decorators(&node.decorator_list)?.unwrap_or(line);
        let mut flags = self.defaults(&node.parameters)?;
        if self.parameter_annotations(node)? {
            flags |= 4;
        }
        let kind = if node.is_async {
            ScopeKind::AsyncFunction
        } else {
            ScopeKind::Function
        };
        let scope = self.table.scope_of(address(node));
        let name = self.shared(&node.name);
        self.enter(scope, kind, name, first_line);
        let documentation = docstring(&node.body);
        let first = documentation.map_or(Constant::None, |documentation| text(documentation.value.to_str()));
        self.unit.constants.add(first);
        self.count_parameters(&node.parameters);
        self.statements(&node.body[usize::from(documentation.is_some())..])?;
        let code = self.finish(true)?;
        self.closure(code, flags);
        self.apply_decorators(&node.decorator_list);
        self.variable(&node.name, Access::Store)
    }

    pub(super) fn lambda(&mut self, node: &'a ast::ExprLambda) -> Outcome {
        let mut flags = 0;
        if let Some(parameters) = &node.parameters {
            self.check_parameters(parameters)?;
            flags = self.defaults(parameters)?;
        }
        let scope = self.table.scope_of(address(node));
        let first_line = self.unit.line;
        let name = self.shared("<lambda>");
        self.enter(scope, ScopeKind::Lambda, name, first_line);
        self.unit.constants.add(Constant::None);
        if let Some(parameters) = &node.parameters {
            self.count_parameters(parameters);
        }
        self.expression(&node.body)?;
        let generator = self.scope().generator;
        if !generator {
            self.op(Opcode::ReturnValue);
        }
        let code = self.finish(!generator)?;
        self.closure(code, flags);
        Ok(())
    }

    pub(super) fn class(&mut self, node: &'a ast::StmtClassDef) -> Outcome {
        let line = self.unit.line;
        let first_line = self.decorators(&node.decorator_list)?.unwrap_or(line);
        let scope = self.table.scope_of(address(node));
        let name = self.shared(&node.name);
        self.enter(scope, ScopeKind::Class, name.clone(), first_line);
        self.unit.class = Some(name.clone());
        self.variable("__name__", Access::Load)?;
        self.variable("__module__", Access::Store)?;
        let qualname = self.unit.qualname.clone();
        self.load_constant(Constant::Str(qualname));
        self.variable("__qualname__", Access::Store)?;
        self.body(&node.body)?;
        self.unit.line = NO_LINE;
        if self.scope().needs_class_closure {
            self.emit(Opcode::LoadClosure, 0);
            self.emit(Opcode::Copy, 1);
            self.variable("__classcell__", Access::Store)?;
        } else {
            self.load_constant(Constant::None);
        }
        self.op(Opcode::ReturnValue);
        let code = self.finish(true)?;
        self.op(Opcode::PushNull);
        self.op(Opcode::LoadBuildClass);
        self.closure(code, 0);
        self.load_constant(Constant::Str(name));
        self.call_with(2, node.arguments.as_deref())?;
        self.apply_decorators(&node.decorator_list);
        self.variable(&node.name, Access::Store)
    }

    fn count_parameters(&mut self, parameters: &ast::Parameters) {
        self.unit.argument_count = (parameters.posonlyargs.len() + parameters.args.len()) as u32;
        self.unit.positional_only_count = parameters.posonlyargs.len() as u32;
        self.unit.keyword_only_count = parameters.kwonlyargs.len() as u32;
    }

    fn check_parameters(&mut self, parameters: &ast::Parameters) -> Outcome {
        parameters
            .iter()
            .try_for_each(|parameter| self.check_name(parameter.name(), Access::Store))
    }

    /// Pushes the defaults; MAKE_FUNCTION's flags for them.
    fn defaults(&mut self, parameters: &'a ast::Parameters) -> Outcome<u32> {
        let mut flags = 0;
        let mut count = 0;
        for default in parameters
            .posonlyargs
            .iter()
            .chain(&parameters.args)
            .filter_map(|parameter| parameter.default.as_deref())
        {
            self.expression(default)?;
            count += 1;
        }
        if count > 0 {
            self.emit(Opcode::BuildTuple, count);
            flags |= 1;
        }
        let mut keys = Vec::new();
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = &parameter.default {
                let id = self
                    .names
                    .mangled(self.unit.class.as_deref(), &parameter.parameter.name);
                keys.push(Constant::Str(self.names.text(id).clone()));
                self.expression(default)?;
            }
        }
        if !keys.is_empty() {
            let count = keys.len() as u32;
            self.load_constant(Constant::Tuple(keys));
            self.emit(Opcode::BuildConstKeyMap, count);
            flags |= 2;
        }
        Ok(flags)
    }

    fn parameter_annotations(&mut self, node: &'a ast::StmtFunctionDef) -> Outcome<bool> {
        let parameters = &node.parameters;
        let ordered = (parameters.args.iter().map(|parameter| &parameter.parameter))
            .chain(parameters.posonlyargs.iter().map(|parameter| &parameter.parameter))
            .chain(parameters.vararg.as_deref())
            .chain(parameters.kwonlyargs.iter().map(|parameter| &parameter.parameter))
            .chain(parameters.kwarg.as_deref());
        let mut count = 0;
        for parameter in ordered {
            let Some(annotation) = &parameter.annotation else {
                continue;
            };
            let id = self.names.mangled(self.unit.class.as_deref(), &parameter.name);
            self.load_constant(Constant::Str(self.names.text(id).clone()));
            match &**annotation {
                ast::Expr::Starred(starred) if !self.future_annotations => {
                    self.expression(&starred.value)?;
                    self.emit(Opcode::UnpackSequence, 1);
                }
                annotation => self.annotation(annotation)?,
            }
            count += 2;
        }
        if let Some(returns) = &node.returns {
            self.load_constant(text("return"));
            self.annotation(returns)?;
            count += 2;
        }
        if count > 0 {
            self.emit(Opcode::BuildTuple, count);
        }
        Ok(count > 0)
    }

    /// Makes a function of a code object, with the cells it needs.
    pub(super) fn closure(&mut self, code: Code, flags: u32) {
        let mut flags = flags;
        if !code.free_variables.is_empty() {
            for name in &code.free_variables {
                let id = self.names.intern(name);
                let unit = &self.unit;
                let cell = unit.cells.iter().position(|&cell| cell == id);
                let free = unit
                    .frees
                    .iter()
                    .position(|&free| free == id)
                    .map(|at| at + unit.cells.len());
                let class_cell = unit.kind == ScopeKind::Class && &**name == "__class__";
                let is_cell = class_cell || self.scope().place(id) == Place::Cell;
                let slot = if is_cell { cell.or(free) } else { free.or(cell) };
                self.emit(Opcode::LoadClosure, slot.unwrap_or(0) as u32);
            }
            flags |= 8;
            self.emit(Opcode::BuildTuple, code.free_variables.len() as u32);
        }
        self.load_constant(Constant::Code(Arc::new(code)));
        self.emit(Opcode::MakeFunction, flags);
    }
}
