//! Expressions.

use super::flow::{BlockId, Op};
use super::{Access, Compiler, Outcome};
use crate::bytecode::{BinaryOperator, Constant, Opcode};
use crate::compiler::symbols::ScopeKind;
use ruff_python_ast::{self as ast, BoolOp, CmpOp, Expr, ExprContext, Operator, UnaryOp};
use ruff_text_size::Ranged;

/// Above this many operands CPython builds containers and calls piece by piece (`STACK_USE_GUIDELINE`).
pub(super) const STACK_USE_GUIDELINE: usize = 30;

impl<'a> Compiler<'a> {
    /// Evaluates an expression (or stores to, or deletes, a target); the current line is kept.
    pub(super) fn expression(&mut self, expression: &'a Expr) -> Outcome {
        let line = self.unit.line;
        self.set_line(expression);
        self.expression_here(expression)?;
        self.unit.line = line;
        Ok(())
    }

    pub(super) fn expressions(&mut self, expressions: &'a [Expr]) -> Outcome {
        expressions
            .iter()
            .try_for_each(|expression| self.expression(expression))
    }

    fn expression_here(&mut self, expression: &'a Expr) -> Outcome {
        if let Some(constant) = self.constant_of(expression) {
            self.load_constant(constant);
            return Ok(());
        }
        match expression {
            Expr::Named(node) => {
                self.expression(&node.value)?;
                self.emit(Opcode::Copy, 1);
                self.expression(&node.target)
            }
            Expr::BoolOp(node) => self.boolean(node),
            Expr::BinOp(node) => {
                if self.percent_format(node)? {
                    return Ok(());
                }
                self.expression(&node.left)?;
                self.expression(&node.right)?;
                self.emit(Opcode::BinaryOp, binary_operator(node.op) as u32);
                Ok(())
            }
            Expr::UnaryOp(node) => {
                if let Some((compare, operator)) = inverted_comparison(expression) {
                    self.set_line(compare);
                    return self.compare(compare, Some(operator));
                }
                self.expression(&node.operand)?;
                self.op(match node.op {
                    UnaryOp::Invert => Opcode::UnaryInvert,
                    UnaryOp::Not => Opcode::UnaryNot,
                    UnaryOp::UAdd => Opcode::UnaryPositive,
                    UnaryOp::USub => Opcode::UnaryNegative,
                });
                Ok(())
            }
            Expr::Lambda(node) => self.lambda(node),
            Expr::If(node) => {
                let (end, next) = (self.block(), self.block());
                self.jump_if(&node.test, next, false)?;
                self.expression(&node.body)?;
                self.jump_without_line(Op::Jump, end);
                self.use_block(next);
                self.expression(&node.orelse)?;
                self.use_block(end);
                Ok(())
            }
            Expr::Dict(node) => self.dict(node),
            Expr::Set(node) => self.unpacked(
                &node.elts,
                0,
                Opcode::BuildSet,
                Opcode::SetAdd,
                Opcode::SetUpdate,
                false,
            ),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.comprehension(expression)
            }
            Expr::Yield(node) => {
                if !self.unit.kind.is_function() {
                    return self.error("'yield' outside function");
                }
                match &node.value {
                    Some(value) => self.expression(value)?,
                    None => self.load_constant(Constant::None),
                }
                self.yield_value();
                Ok(())
            }
            Expr::YieldFrom(node) => {
                if !self.unit.kind.is_function() {
                    return self.error("'yield' outside function");
                }
                if self.unit.kind == ScopeKind::AsyncFunction {
                    return self.error("'yield from' inside async function");
                }
                self.expression(&node.value)?;
                self.op(Opcode::GetYieldFromIter);
                self.load_constant(Constant::None);
                self.yield_from(false);
                Ok(())
            }
            Expr::Await(node) => {
                if !self.unit.kind.is_function() {
                    return self.error("'await' outside function");
                }
                if !matches!(self.unit.kind, ScopeKind::AsyncFunction | ScopeKind::Comprehension) {
                    return self.error("'await' outside async function");
                }
                self.expression(&node.value)?;
                self.emit(Opcode::GetAwaitable, 0);
                self.load_constant(Constant::None);
                self.yield_from(true);
                Ok(())
            }
            Expr::Compare(node) => self.compare(node, None),
            Expr::Call(node) => self.call(node),
            Expr::FString(node) => self.formatted_string(node),
            Expr::Attribute(node) => {
                self.expression(&node.value)?;
                self.move_to_attribute(node);
                match node.ctx {
                    ExprContext::Store => {
                        self.check_name(&node.attr, Access::Store)?;
                        self.name_op(Opcode::StoreAttr, &node.attr);
                    }
                    ExprContext::Del => self.name_op(Opcode::DeleteAttr, &node.attr),
                    _ => self.name_op(Opcode::LoadAttr, &node.attr),
                }
                Ok(())
            }
            Expr::Subscript(node) => {
                self.expression(&node.value)?;
                self.expression(&node.slice)?;
                self.op(match node.ctx {
                    ExprContext::Store => Opcode::StoreSubscr,
                    ExprContext::Del => Opcode::DeleteSubscr,
                    _ => Opcode::BinarySubscr,
                });
                Ok(())
            }
            Expr::Starred(node) if node.ctx == ExprContext::Store => {
                self.error("starred assignment target must be in a list or tuple")
            }
            Expr::Starred(_) => self.error("can't use starred expression here"),
            Expr::Slice(node) => {
                for bound in [&node.lower, &node.upper] {
                    match bound {
                        Some(bound) => self.expression(bound)?,
                        None => self.load_constant(Constant::None),
                    }
                }
                if let Some(step) = &node.step {
                    self.expression(step)?;
                }
                self.emit(Opcode::BuildSlice, if node.step.is_some() { 3 } else { 2 });
                Ok(())
            }
            Expr::Name(node) => {
                let access = match node.ctx {
                    ExprContext::Store => Access::Store,
                    ExprContext::Del => Access::Delete,
                    _ => Access::Load,
                };
                self.variable(&node.id, access)
            }
            Expr::List(node) => self.sequence(&node.elts, node.ctx, false),
            Expr::Tuple(node) => self.sequence(&node.elts, node.ctx, true),
            _ => self.error(format!("cannot use {} here", description(expression))),
        }
    }

    fn sequence(&mut self, elements: &'a [Expr], context: ExprContext, tuple: bool) -> Outcome {
        match context {
            ExprContext::Store => {
                let mut starred = elements
                    .iter()
                    .enumerate()
                    .filter(|(_, element)| element.is_starred_expr());
                match (starred.next(), starred.next()) {
                    (_, Some(_)) => return self.error("multiple starred expressions in assignment"),
                    (Some((at, _)), None) => {
                        if at >= 1 << 8 {
                            return self.error("too many expressions in star-unpacking assignment");
                        }
                        self.emit(Opcode::UnpackEx, (at + ((elements.len() - at - 1) << 8)) as u32);
                    }
                    (None, None) => self.emit(Opcode::UnpackSequence, elements.len() as u32),
                }
                for element in elements {
                    match element {
                        Expr::Starred(starred) => self.expression(&starred.value)?,
                        element => self.expression(element)?,
                    }
                }
                Ok(())
            }
            ExprContext::Del => self.expressions(elements),
            _ => self.unpacked(
                elements,
                0,
                Opcode::BuildList,
                Opcode::ListAppend,
                Opcode::ListExtend,
                tuple,
            ),
        }
    }

    /// Builds a container of `elements` and `pushed` values that are on the stack already.
    pub(super) fn unpacked(
        &mut self,
        elements: &'a [Expr],
        pushed: u32,
        build: Opcode,
        add: Opcode,
        extend: Opcode,
        tuple: bool,
    ) -> Outcome {
        if elements.len() > 2
            && elements.iter().all(|element| self.is_constant(element))
            && let Some(items) = elements
                .iter()
                .map(|element| self.constant_of(element))
                .collect::<Option<Vec<_>>>()
        {
            if tuple && pushed == 0 {
                self.load_constant(Constant::Tuple(items));
                return Ok(());
            }
            self.emit(build, pushed);
            let constant = if add == Opcode::SetAdd {
                self.constant_sets.make(items, self.tree)
            } else {
                Constant::Tuple(items)
            };
            self.load_constant(constant);
            self.emit(extend, 1);
            if tuple {
                self.op(Opcode::ListToTuple);
            }
            return Ok(());
        }
        let big = elements.len() + pushed as usize > STACK_USE_GUIDELINE;
        if !big && !elements.iter().any(Expr::is_starred_expr) {
            self.expressions(elements)?;
            self.emit(
                if tuple { Opcode::BuildTuple } else { build },
                elements.len() as u32 + pushed,
            );
            return Ok(());
        }
        let mut built = big;
        if big {
            self.emit(build, pushed);
        }
        for (at, element) in elements.iter().enumerate() {
            match element {
                Expr::Starred(starred) => {
                    if !built {
                        self.emit(build, at as u32 + pushed);
                        built = true;
                    }
                    self.expression(&starred.value)?;
                    self.emit(extend, 1);
                }
                element => {
                    self.expression(element)?;
                    if built {
                        self.emit(add, 1);
                    }
                }
            }
        }
        if tuple {
            self.op(Opcode::ListToTuple);
        }
        Ok(())
    }

    /// What a loop or `in` looks through: list and set displays become tuples and frozen sets where possible.
    pub(super) fn iterable(&mut self, expression: &'a Expr) -> Outcome {
        let elements = match expression {
            Expr::List(node) if !node.elts.iter().any(Expr::is_starred_expr) => &node.elts,
            Expr::Set(node) if node.elts.iter().all(|element| self.is_constant(element)) => &node.elts,
            expression => return self.expression(expression),
        };
        let line = self.unit.line;
        self.set_line(expression);
        match elements
            .iter()
            .map(|element| self.constant_of(element))
            .collect::<Option<Vec<_>>>()
        {
            Some(items) => {
                let constant = if expression.is_set_expr() {
                    self.constant_sets.make(items, self.tree)
                } else {
                    Constant::Tuple(items)
                };
                self.load_constant(constant);
            }
            None => self.unpacked(
                elements,
                0,
                Opcode::BuildList,
                Opcode::ListAppend,
                Opcode::ListExtend,
                true,
            )?,
        }
        self.unit.line = line;
        Ok(())
    }

    fn dict(&mut self, node: &'a ast::ExprDict) -> Outcome {
        let items = node.items.as_slice();
        let mut have_dict = false;
        // Key-value pairs seen and not yet emitted.
        let mut pending = 0;
        for (at, item) in items.iter().enumerate() {
            if item.key.is_none() {
                if pending > 0 {
                    self.dict_part(&items[at - pending..at])?;
                    if have_dict {
                        self.emit(Opcode::DictUpdate, 1);
                    }
                    have_dict = true;
                    pending = 0;
                }
                if !have_dict {
                    self.emit(Opcode::BuildMap, 0);
                    have_dict = true;
                }
                self.expression(&item.value)?;
                self.emit(Opcode::DictUpdate, 1);
            } else if pending * 2 > STACK_USE_GUIDELINE {
                self.dict_part(&items[at - pending..=at])?;
                if have_dict {
                    self.emit(Opcode::DictUpdate, 1);
                }
                have_dict = true;
                pending = 0;
            } else {
                pending += 1;
            }
        }
        if pending > 0 {
            self.dict_part(&items[items.len() - pending..])?;
            if have_dict {
                self.emit(Opcode::DictUpdate, 1);
            }
        } else if !have_dict {
            self.emit(Opcode::BuildMap, 0);
        }
        Ok(())
    }

    fn dict_part(&mut self, items: &'a [ast::DictItem]) -> Outcome {
        let big = items.len() * 2 > STACK_USE_GUIDELINE;
        if items.len() > 1
            && !big
            && let Some(keys) = items
                .iter()
                .map(|item| item.key.as_ref().and_then(|key| self.constant_of(key)))
                .collect::<Option<Vec<_>>>()
        {
            for item in items {
                self.expression(&item.value)?;
            }
            self.load_constant(Constant::Tuple(keys));
            self.emit(Opcode::BuildConstKeyMap, items.len() as u32);
            return Ok(());
        }
        if big {
            self.emit(Opcode::BuildMap, 0);
        }
        for item in items {
            if let Some(key) = &item.key {
                self.expression(key)?;
            }
            self.expression(&item.value)?;
            if big {
                self.emit(Opcode::MapAdd, 1);
            }
        }
        if !big {
            self.emit(Opcode::BuildMap, items.len() as u32);
        }
        Ok(())
    }

    fn boolean(&mut self, node: &'a ast::ExprBoolOp) -> Outcome {
        let jump = if node.op == BoolOp::And {
            Opcode::JumpIfFalseOrPop
        } else {
            Opcode::JumpIfTrueOrPop
        };
        let end = self.block();
        let Some((last, values)) = node.values.split_last() else {
            return Ok(());
        };
        for value in values {
            self.expression(value)?;
            self.jump(jump, end);
            let next = self.block();
            self.use_block(next);
        }
        self.expression(last)?;
        self.use_block(end);
        Ok(())
    }

    fn compare(&mut self, node: &'a ast::ExprCompare, operator: Option<CmpOp>) -> Outcome {
        self.expression(&node.left)?;
        let last = node.ops.len() - 1;
        if last == 0 {
            let operator = operator.unwrap_or(node.ops[0]);
            self.comparand(&node.comparators[0], operator)?;
            self.comparison(operator);
            return Ok(());
        }
        let cleanup = self.block();
        for at in 0..last {
            self.expression(&node.comparators[at])?;
            self.emit(Opcode::Swap, 2);
            self.emit(Opcode::Copy, 2);
            self.comparison(node.ops[at]);
            self.jump(Opcode::JumpIfFalseOrPop, cleanup);
        }
        self.comparand(&node.comparators[last], node.ops[last])?;
        self.comparison(node.ops[last]);
        let end = self.block();
        self.jump_without_line(Op::Jump, end);
        self.use_block(cleanup);
        self.emit(Opcode::Swap, 2);
        self.op(Opcode::PopTop);
        self.use_block(end);
        Ok(())
    }

    fn comparand(&mut self, expression: &'a Expr, operator: CmpOp) -> Outcome {
        if matches!(operator, CmpOp::In | CmpOp::NotIn) {
            self.iterable(expression)
        } else {
            self.expression(expression)
        }
    }

    pub(super) fn comparison(&mut self, operator: CmpOp) {
        let (opcode, argument) = match operator {
            CmpOp::Lt => (Opcode::CompareOp, 0),
            CmpOp::LtE => (Opcode::CompareOp, 1),
            CmpOp::Eq => (Opcode::CompareOp, 2),
            CmpOp::NotEq => (Opcode::CompareOp, 3),
            CmpOp::Gt => (Opcode::CompareOp, 4),
            CmpOp::GtE => (Opcode::CompareOp, 5),
            CmpOp::Is => (Opcode::IsOp, 0),
            CmpOp::IsNot => (Opcode::IsOp, 1),
            CmpOp::In => (Opcode::ContainsOp, 0),
            CmpOp::NotIn => (Opcode::ContainsOp, 1),
        };
        self.emit(opcode, argument);
    }

    /// Jumps to `target` if the truth of the expression is `condition`.
    pub(super) fn jump_if(&mut self, expression: &'a Expr, target: BlockId, condition: bool) -> Outcome {
        match expression {
            Expr::UnaryOp(node)
                if node.op == UnaryOp::Not
                    && !self.is_constant(expression)
                    && inverted_comparison(expression).is_none() =>
            {
                return self.jump_if(&node.operand, target, !condition);
            }
            Expr::BoolOp(node) => {
                let short = node.op == BoolOp::Or;
                let inner = if short == condition { target } else { self.block() };
                let Some((last, values)) = node.values.split_last() else {
                    return Ok(());
                };
                for value in values {
                    self.jump_if(value, inner, short)?;
                }
                self.jump_if(last, target, condition)?;
                if inner != target {
                    self.use_block(inner);
                }
                return Ok(());
            }
            Expr::If(node) => {
                let (end, next) = (self.block(), self.block());
                self.jump_if(&node.test, next, false)?;
                self.jump_if(&node.body, target, condition)?;
                self.jump_without_line(Op::Jump, end);
                self.use_block(next);
                self.jump_if(&node.orelse, target, condition)?;
                self.use_block(end);
                return Ok(());
            }
            Expr::Compare(node) => {
                self.set_line(node);
                if node.ops.len() > 1 {
                    return self.jump_if_chain(node, target, condition);
                }
            }
            Expr::UnaryOp(_) => {
                if let Some((compare, _)) = inverted_comparison(expression) {
                    self.set_line(compare);
                }
            }
            _ => {}
        }
        self.expression(expression)?;
        self.jump(
            if condition {
                Op::PopJumpIfTrue
            } else {
                Op::PopJumpIfFalse
            },
            target,
        );
        Ok(())
    }

    fn jump_if_chain(&mut self, node: &'a ast::ExprCompare, target: BlockId, condition: bool) -> Outcome {
        let last = node.ops.len() - 1;
        let cleanup = self.block();
        self.expression(&node.left)?;
        for at in 0..last {
            self.expression(&node.comparators[at])?;
            self.emit(Opcode::Swap, 2);
            self.emit(Opcode::Copy, 2);
            self.comparison(node.ops[at]);
            self.jump(Op::PopJumpIfFalse, cleanup);
        }
        self.comparand(&node.comparators[last], node.ops[last])?;
        self.comparison(node.ops[last]);
        self.jump(
            if condition {
                Op::PopJumpIfTrue
            } else {
                Op::PopJumpIfFalse
            },
            target,
        );
        let end = self.block();
        self.jump_without_line(Op::Jump, end);
        self.use_block(cleanup);
        self.op(Opcode::PopTop);
        if !condition {
            self.jump_without_line(Op::Jump, target);
        }
        self.use_block(end);
        Ok(())
    }

    /// An attribute on another line than its expression's start moves the current line to the attribute's name.
    pub(super) fn move_to_attribute(&mut self, node: &ast::ExprAttribute) {
        self.unit.line = self.line_at(node.attr.start());
    }

    pub(super) fn yield_value(&mut self) {
        if self.scope().generator && self.scope().coroutine {
            self.op(Opcode::AsyncGenWrap);
        }
        self.op(Opcode::YieldValue);
        self.emit(Opcode::Resume, 1);
    }

    pub(super) fn yield_from(&mut self, awaits: bool) {
        let (start, resume, exit) = (self.block(), self.block(), self.block());
        self.use_block(start);
        self.jump(Opcode::Send, exit);
        self.use_block(resume);
        self.op(Opcode::YieldValue);
        self.emit(Opcode::Resume, if awaits { 3 } else { 2 });
        self.jump(Op::JumpNoInterrupt, start);
        self.use_block(exit);
    }
}

/// `not a in b`, `not a is b`: the comparison and its opposite operator.
fn inverted_comparison(expression: &Expr) -> Option<(&ast::ExprCompare, CmpOp)> {
    let mut operand = expression;
    let mut inverted = false;
    while let Expr::UnaryOp(node) = operand {
        if node.op != UnaryOp::Not {
            return None;
        }
        inverted = !inverted;
        operand = &node.operand;
    }
    let Expr::Compare(compare) = operand else { return None };
    let [operator] = *compare.ops else { return None };
    let opposite = match operator {
        CmpOp::Is => CmpOp::IsNot,
        CmpOp::IsNot => CmpOp::Is,
        CmpOp::In => CmpOp::NotIn,
        CmpOp::NotIn => CmpOp::In,
        _ => return None,
    };
    Some((compare, if inverted { opposite } else { operator }))
}

pub(super) fn binary_operator(operator: Operator) -> BinaryOperator {
    match operator {
        Operator::Add => BinaryOperator::Add,
        Operator::Sub => BinaryOperator::Subtract,
        Operator::Mult => BinaryOperator::Multiply,
        Operator::MatMult => BinaryOperator::MatrixMultiply,
        Operator::Div => BinaryOperator::TrueDivide,
        Operator::Mod => BinaryOperator::Remainder,
        Operator::Pow => BinaryOperator::Power,
        Operator::LShift => BinaryOperator::LeftShift,
        Operator::RShift => BinaryOperator::RightShift,
        Operator::BitOr => BinaryOperator::Or,
        Operator::BitXor => BinaryOperator::Xor,
        Operator::BitAnd => BinaryOperator::And,
        Operator::FloorDiv => BinaryOperator::FloorDivide,
    }
}

/// What CPython's messages call an expression.
pub(super) fn description(expression: &Expr) -> &'static str {
    match expression {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::FString(_) | Expr::TString(_) => "f-string expression",
        Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => "literal",
        Expr::BooleanLiteral(node) if node.value => "True",
        Expr::BooleanLiteral(_) => "False",
        Expr::NoneLiteral(_) => "None",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Named(_) => "named expression",
        Expr::Slice(_) | Expr::IpyEscapeCommand(_) => "expression",
    }
}
