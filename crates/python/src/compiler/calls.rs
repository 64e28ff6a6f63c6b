//! Calls.

use super::expressions::STACK_USE_GUIDELINE;
use super::{Access, Compiler, Outcome};
use crate::bytecode::{Constant, Opcode};
use crate::compiler::builder::text;
use crate::compiler::symbols::DEF_IMPORT;
use ruff_python_ast::{self as ast, Expr, ExprContext};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a> {
    pub(super) fn call(&mut self, node: &'a ast::ExprCall) -> Outcome {
        self.check_keywords(&node.arguments.keywords)?;
        let arguments = &node.arguments;
        if let Expr::Attribute(method) = &*node.func
            && self.is_method_call(method, arguments)
        {
            self.expression(&method.value)?;
            self.move_to_attribute(method);
            self.name_op(Opcode::LoadMethod, &method.attr);
            self.positional(arguments)?;
            self.keyword_values(&arguments.keywords)?;
            self.move_to_attribute(method);
            self.emit(Opcode::Call, (arguments.args.len() + arguments.keywords.len()) as u32);
            return Ok(());
        }
        let line = self.unit.line;
        self.set_line(&*node.func);
        self.op(Opcode::PushNull);
        self.unit.line = line;
        self.expression(&node.func)?;
        self.call_with(0, Some(arguments))
    }

    fn is_method_call(&mut self, method: &ast::ExprAttribute, arguments: &ast::Arguments) -> bool {
        if method.ctx != ExprContext::Load {
            return false;
        }
        if let Expr::Name(name) = &*method.value {
            let id = self.names.intern(&name.id);
            if self.table.scopes[0].flags(id) & DEF_IMPORT != 0 {
                return false;
            }
        }
        let keywords = arguments.keywords.len();
        arguments.args.len() + keywords + usize::from(keywords != 0) < STACK_USE_GUIDELINE
            && !arguments.args.iter().any(Expr::is_starred_expr)
            && arguments.keywords.iter().all(|keyword| keyword.arg.is_some())
    }

    fn check_keywords(&mut self, keywords: &'a [ast::Keyword]) -> Outcome {
        for (at, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else { continue };
            self.check_name(name, Access::Store)?;
            // Quadratic only in the keywords of one call; long calls go by a set.
            if keywords.len() <= 32
                && let Some(other) = keywords[at + 1..]
                    .iter()
                    .find(|other| other.arg.as_ref().is_some_and(|other| other.id == name.id))
            {
                self.set_line(other);
                return self.error(format!("keyword argument repeated: {name}"));
            }
        }
        if keywords.len() > 32 {
            let mut seen = rustc_hash::FxHashSet::default();
            for keyword in keywords {
                if let Some(name) = &keyword.arg
                    && !seen.insert(name.as_str())
                {
                    self.set_line(keyword);
                    return self.error(format!("keyword argument repeated: {name}"));
                }
            }
        }
        Ok(())
    }

    /// Positional arguments; a lone generator expression starts at the call's parenthesis.
    fn positional(&mut self, arguments: &'a ast::Arguments) -> Outcome {
        if let [argument @ Expr::Generator(generator)] = &*arguments.args
            && !generator.parenthesized
        {
            let line = self.unit.line;
            self.unit.line = self.line_at(arguments.range.start());
            self.comprehension(argument)?;
            self.unit.line = line;
            return Ok(());
        }
        self.expressions(&arguments.args)
    }

    fn keyword_values(&mut self, keywords: &'a [ast::Keyword]) -> Outcome {
        if keywords.is_empty() {
            return Ok(());
        }
        for keyword in keywords {
            self.expression(&keyword.value)?;
        }
        let names = keywords
            .iter()
            .filter_map(|keyword| keyword.arg.as_ref())
            .map(|name| text(name))
            .collect();
        let position = self.unit.constants.add(Constant::Tuple(names));
        self.emit(Opcode::KwNames, position);
        Ok(())
    }

    /// Calls what is on the stack, with `pushed` arguments on it already.
    pub(super) fn call_with(&mut self, pushed: u32, arguments: Option<&'a ast::Arguments>) -> Outcome {
        let Some(arguments) = arguments else {
            self.emit(Opcode::Call, pushed);
            return Ok(());
        };
        self.check_keywords(&arguments.keywords)?;
        let (positional, keywords) = (&arguments.args, &arguments.keywords);
        if positional.len() + keywords.len() * 2 <= STACK_USE_GUIDELINE
            && !positional.iter().any(Expr::is_starred_expr)
            && keywords.iter().all(|keyword| keyword.arg.is_some())
        {
            self.positional(arguments)?;
            self.keyword_values(keywords)?;
            self.emit(Opcode::Call, pushed + (positional.len() + keywords.len()) as u32);
            return Ok(());
        }
        match &**positional {
            [Expr::Starred(starred)] if pushed == 0 => self.expression(&starred.value)?,
            positional => self.unpacked(
                positional,
                pushed,
                Opcode::BuildList,
                Opcode::ListAppend,
                Opcode::ListExtend,
                true,
            )?,
        }
        if !keywords.is_empty() {
            let mut have_dict = false;
            let mut pending = 0;
            for (at, keyword) in keywords.iter().enumerate() {
                if keyword.arg.is_some() {
                    pending += 1;
                    continue;
                }
                if pending > 0 {
                    self.keyword_dict(&keywords[at - pending..at])?;
                    if have_dict {
                        self.emit(Opcode::DictMerge, 1);
                    }
                    have_dict = true;
                    pending = 0;
                }
                if !have_dict {
                    self.emit(Opcode::BuildMap, 0);
                    have_dict = true;
                }
                self.expression(&keyword.value)?;
                self.emit(Opcode::DictMerge, 1);
            }
            if pending > 0 {
                self.keyword_dict(&keywords[keywords.len() - pending..])?;
                if have_dict {
                    self.emit(Opcode::DictMerge, 1);
                }
            }
        }
        self.emit(Opcode::CallFunctionEx, u32::from(!keywords.is_empty()));
        Ok(())
    }

    fn keyword_dict(&mut self, keywords: &'a [ast::Keyword]) -> Outcome {
        let names = || {
            keywords
                .iter()
                .filter_map(|keyword| keyword.arg.as_ref())
                .map(|name| text(name))
        };
        let big = keywords.len() * 2 > STACK_USE_GUIDELINE;
        if keywords.len() > 1 && !big {
            for keyword in keywords {
                self.expression(&keyword.value)?;
            }
            self.load_constant(Constant::Tuple(names().collect()));
            self.emit(Opcode::BuildConstKeyMap, keywords.len() as u32);
            return Ok(());
        }
        let line = self.unit.line;
        if big {
            self.unit.line = crate::bytecode::NO_LINE;
            self.emit(Opcode::BuildMap, 0);
            self.unit.line = line;
        }
        for (keyword, name) in keywords.iter().zip(names()) {
            self.load_constant(name);
            self.expression(&keyword.value)?;
            if big {
                self.unit.line = crate::bytecode::NO_LINE;
                self.emit(Opcode::MapAdd, 1);
                self.unit.line = line;
            }
        }
        if !big {
            self.emit(Opcode::BuildMap, keywords.len() as u32);
        }
        Ok(())
    }

    /// Applies decorators, innermost first, each on its own line.
    pub(super) fn apply_decorators(&mut self, decorators: &[ast::Decorator]) {
        let line = self.unit.line;
        for decorator in decorators.iter().rev() {
            self.unit.line = self.line_at(decorator.expression.start());
            self.emit(Opcode::Call, 0);
        }
        self.unit.line = line;
    }
}
