//! `match` statements.
//!
//! Every pattern consumes the subject on top of the stack. Captured values wait below the subjects in use until the
//! whole pattern has matched; a failure jumps to a block that pops what is there.

use super::flow::{BlockId, Op};
use super::{Access, Compiler, Outcome};
use crate::bytecode::{BinaryOperator, Constant, NO_LINE, Opcode};
use crate::compiler::builder::text;
use ruff_python_ast::{self as ast, CmpOp, Expr, Pattern, Singleton};

#[derive(Default)]
struct Context<'a> {
    /// Names captured so far, in stack order.
    stores: Vec<&'a str>,
    /// Blocks that pop as many values as their index and go on with the next case.
    fail_pop: Vec<BlockId>,
    /// Values on the stack above the captures.
    on_top: usize,
    allow_irrefutable: bool,
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchAs(node) if node.name.is_none() && node.pattern.is_none())
}

impl<'a> Compiler<'a> {
    pub(super) fn match_statement(&mut self, node: &'a ast::StmtMatch) -> Outcome {
        self.expression(&node.subject)?;
        let end = self.block();
        let count = node.cases.len();
        let has_default = count > 1 && node.cases.last().is_some_and(|case| is_wildcard(&case.pattern));
        let tested = count - usize::from(has_default);
        for (at, case) in node.cases[..tested].iter().enumerate() {
            self.set_line(&case.pattern);
            let last = at + 1 == tested;
            if !last {
                self.emit(Opcode::Copy, 1);
            }
            let mut context = Context {
                allow_irrefutable: case.guard.is_some() || at + 1 == count,
                ..Context::default()
            };
            self.pattern(&case.pattern, &mut context)?;
            for name in &context.stores {
                self.variable(name, Access::Store)?;
            }
            if let Some(guard) = &case.guard {
                self.ensure_fail_pop(&mut context, 0);
                self.jump_if(guard, context.fail_pop[0], false)?;
            }
            if !last {
                self.op(Opcode::PopTop);
            }
            self.statements(&case.body)?;
            self.unit.line = NO_LINE;
            self.jump(Op::Jump, end);
            self.set_line(&case.pattern);
            self.emit_fail_pop(&mut context);
        }
        if let Some(case) = node.cases.last().filter(|_| has_default) {
            self.set_line(&case.pattern);
            self.op(Opcode::Nop);
            if let Some(guard) = &case.guard {
                self.jump_if(guard, end, false)?;
            }
            self.statements(&case.body)?;
        }
        self.use_block(end);
        Ok(())
    }

    fn ensure_fail_pop(&mut self, context: &mut Context<'a>, count: usize) {
        while context.fail_pop.len() <= count {
            let block = self.block();
            context.fail_pop.push(block);
        }
    }

    fn fail(&mut self, context: &mut Context<'a>, op: Op) {
        let pops = context.on_top + context.stores.len();
        self.ensure_fail_pop(context, pops);
        self.jump(op, context.fail_pop[pops]);
    }

    fn emit_fail_pop(&mut self, context: &mut Context<'a>) {
        let blocks = std::mem::take(&mut context.fail_pop);
        for (at, &block) in blocks.iter().enumerate().rev() {
            self.use_block(block);
            if at > 0 {
                self.op(Opcode::PopTop);
            }
        }
    }

    fn rotate(&mut self, count: usize) {
        for depth in (2..=count).rev() {
            self.emit(Opcode::Swap, depth as u32);
        }
    }

    fn capture(&mut self, name: Option<&'a ast::Identifier>, context: &mut Context<'a>) -> Outcome {
        let Some(name) = name else {
            self.op(Opcode::PopTop);
            return Ok(());
        };
        self.check_name(name, Access::Store)?;
        if context.stores.contains(&name.as_str()) {
            return self.error(format!("multiple assignments to name '{name}' in pattern"));
        }
        self.rotate(context.on_top + context.stores.len() + 1);
        context.stores.push(name);
        Ok(())
    }

    fn subpattern(&mut self, pattern: &'a Pattern, context: &mut Context<'a>) -> Outcome {
        let allowed = std::mem::replace(&mut context.allow_irrefutable, true);
        self.pattern(pattern, context)?;
        context.allow_irrefutable = allowed;
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern, context: &mut Context<'a>) -> Outcome {
        self.set_line(pattern);
        match pattern {
            Pattern::MatchValue(node) => {
                if !self.is_constant(&node.value) && !node.value.is_attribute_expr() && !node.value.is_f_string_expr() {
                    return self.error("patterns may only match literals and attribute lookups");
                }
                self.expression(&node.value)?;
                self.comparison(CmpOp::Eq);
                self.fail(context, Op::PopJumpIfFalse);
                Ok(())
            }
            Pattern::MatchSingleton(node) => {
                self.load_constant(match node.value {
                    Singleton::None => Constant::None,
                    Singleton::True => Constant::Bool(true),
                    Singleton::False => Constant::Bool(false),
                });
                self.comparison(CmpOp::Is);
                self.fail(context, Op::PopJumpIfFalse);
                Ok(())
            }
            Pattern::MatchSequence(node) => self.sequence_pattern(&node.patterns, context),
            Pattern::MatchMapping(node) => self.mapping_pattern(node, context),
            Pattern::MatchClass(node) => self.class_pattern(node, context),
            Pattern::MatchStar(node) => self.capture(node.name.as_ref(), context),
            Pattern::MatchAs(node) => {
                let Some(inner) = &node.pattern else {
                    if !context.allow_irrefutable {
                        return match &node.name {
                            Some(name) => {
                                self.error(format!("name capture '{name}' makes remaining patterns unreachable"))
                            }
                            None => self.error("wildcard makes remaining patterns unreachable"),
                        };
                    }
                    return self.capture(node.name.as_ref(), context);
                };
                context.on_top += 1;
                self.emit(Opcode::Copy, 1);
                self.pattern(inner, context)?;
                context.on_top -= 1;
                self.capture(node.name.as_ref(), context)
            }
            Pattern::MatchOr(node) => self.or_pattern(&node.patterns, context),
        }
    }

    fn sequence_pattern(&mut self, patterns: &'a [Pattern], context: &mut Context<'a>) -> Outcome {
        let size = patterns.len();
        let mut star = None;
        let mut only_wildcards = true;
        let mut wild_star = false;
        for (at, pattern) in patterns.iter().enumerate() {
            if let Pattern::MatchStar(node) = pattern {
                if star.is_some() {
                    return self.error("multiple starred expressions in sequence pattern");
                }
                wild_star = node.name.is_none();
                only_wildcards &= wild_star;
                star = Some(at);
            } else {
                only_wildcards &= is_wildcard(pattern);
            }
        }
        context.on_top += 1;
        self.op(Opcode::MatchSequence);
        self.fail(context, Op::PopJumpIfFalse);
        let check = match star {
            None => Some((size, CmpOp::Eq)),
            Some(_) if size > 1 => Some((size - 1, CmpOp::GtE)),
            Some(_) => None,
        };
        if let Some((length, operator)) = check {
            self.op(Opcode::GetLen);
            self.load_constant(Constant::Int(length as i64));
            self.comparison(operator);
            self.fail(context, Op::PopJumpIfFalse);
        }
        context.on_top -= 1;
        if only_wildcards {
            self.op(Opcode::PopTop);
            return Ok(());
        }
        if let Some(star) = star.filter(|_| wild_star) {
            return self.subscripted_items(patterns, star, context);
        }
        match star {
            Some(at) if at >= 1 << 8 => return self.error("too many expressions in star-unpacking sequence pattern"),
            Some(at) => self.emit(Opcode::UnpackEx, (at + ((size - at - 1) << 8)) as u32),
            None => self.emit(Opcode::UnpackSequence, size as u32),
        }
        context.on_top += size;
        for pattern in patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        Ok(())
    }

    /// `[first, *_, last]`: items by index, nothing unpacked.
    fn subscripted_items(&mut self, patterns: &'a [Pattern], star: usize, context: &mut Context<'a>) -> Outcome {
        context.on_top += 1;
        for (at, pattern) in patterns.iter().enumerate() {
            if at == star || is_wildcard(pattern) {
                continue;
            }
            self.emit(Opcode::Copy, 1);
            if at < star {
                self.load_constant(Constant::Int(at as i64));
            } else {
                self.op(Opcode::GetLen);
                self.load_constant(Constant::Int((patterns.len() - at) as i64));
                self.emit(Opcode::BinaryOp, BinaryOperator::Subtract as u32);
            }
            self.op(Opcode::BinarySubscr);
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 1;
        self.op(Opcode::PopTop);
        Ok(())
    }

    fn class_pattern(&mut self, node: &'a ast::PatternMatchClass, context: &mut Context<'a>) -> Outcome {
        let (patterns, keywords) = (&node.arguments.patterns, &node.arguments.keywords);
        for (at, keyword) in keywords.iter().enumerate() {
            self.set_line(&keyword.pattern);
            self.check_name(&keyword.attr, Access::Store)?;
            if let Some(other) = keywords[at + 1..].iter().find(|other| other.attr.id == keyword.attr.id) {
                self.set_line(&other.pattern);
                return self.error(format!("attribute name repeated in class pattern: {}", keyword.attr));
            }
        }
        self.set_line(node);
        self.expression(&node.cls)?;
        self.load_constant(Constant::Tuple(
            keywords.iter().map(|keyword| text(&keyword.attr)).collect(),
        ));
        self.emit(Opcode::MatchClass, patterns.len() as u32);
        self.emit(Opcode::Copy, 1);
        self.load_constant(Constant::None);
        self.comparison(CmpOp::IsNot);
        context.on_top += 1;
        self.fail(context, Op::PopJumpIfFalse);
        let count = patterns.len() + keywords.len();
        self.emit(Opcode::UnpackSequence, count as u32);
        context.on_top += count;
        context.on_top -= 1;
        for pattern in patterns.iter().chain(keywords.iter().map(|keyword| &keyword.pattern)) {
            context.on_top -= 1;
            if is_wildcard(pattern) {
                self.op(Opcode::PopTop);
            } else {
                self.subpattern(pattern, context)?;
            }
        }
        Ok(())
    }

    fn mapping_pattern(&mut self, node: &'a ast::PatternMatchMapping, context: &mut Context<'a>) -> Outcome {
        let size = node.keys.len();
        context.on_top += 1;
        self.op(Opcode::MatchMapping);
        self.fail(context, Op::PopJumpIfFalse);
        if size == 0 && node.rest.is_none() {
            context.on_top -= 1;
            self.op(Opcode::PopTop);
            return Ok(());
        }
        if size > 0 {
            self.op(Opcode::GetLen);
            self.load_constant(Constant::Int(size as i64));
            self.comparison(CmpOp::GtE);
            self.fail(context, Op::PopJumpIfFalse);
        }
        let mut seen: Vec<Constant> = Vec::new();
        for key in &node.keys {
            if let Some(constant) = self.constant_of(key) {
                if seen.contains(&constant) {
                    let shown = match &constant {
                        Constant::Str(key) if !key.contains(['\'', '\\']) => format!("'{key}'"),
                        Constant::Int(key) => key.to_string(),
                        Constant::None => "None".to_owned(),
                        Constant::Bool(key) => if *key { "True" } else { "False" }.to_owned(),
                        _ => "...".to_owned(),
                    };
                    return self.error(format!("mapping pattern checks duplicate key ({shown})"));
                }
                seen.push(constant);
            } else if !matches!(key, Expr::Attribute(_)) {
                return self.error("mapping pattern keys may only match literals and attribute lookups");
            }
            self.expression(key)?;
        }
        self.emit(Opcode::BuildTuple, size as u32);
        self.op(Opcode::MatchKeys);
        context.on_top += 2;
        self.emit(Opcode::Copy, 1);
        self.load_constant(Constant::None);
        self.comparison(CmpOp::IsNot);
        self.fail(context, Op::PopJumpIfFalse);
        self.emit(Opcode::UnpackSequence, size as u32);
        context.on_top += size;
        context.on_top -= 1;
        for pattern in &node.patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 2;
        let Some(rest) = &node.rest else {
            self.op(Opcode::PopTop);
            self.op(Opcode::PopTop);
            return Ok(());
        };
        self.emit(Opcode::BuildMap, 0);
        self.emit(Opcode::Swap, 3);
        self.emit(Opcode::DictUpdate, 2);
        self.emit(Opcode::UnpackSequence, size as u32);
        for left in (1..=size).rev() {
            self.emit(Opcode::Copy, 1 + left as u32);
            self.emit(Opcode::Swap, 2);
            self.op(Opcode::DeleteSubscr);
        }
        self.capture(Some(rest), context)
    }

    fn or_pattern(&mut self, patterns: &'a [Pattern], context: &mut Context<'a>) -> Outcome {
        let end = self.block();
        let mut control: Option<Vec<&'a str>> = None;
        for (at, alternative) in patterns.iter().enumerate() {
            self.set_line(alternative);
            let mut inner = Context {
                allow_irrefutable: at + 1 == patterns.len() && context.allow_irrefutable,
                ..Context::default()
            };
            self.emit(Opcode::Copy, 1);
            self.pattern(alternative, &mut inner)?;
            match &control {
                None => control = Some(inner.stores.clone()),
                Some(control) => self.align_captures(control, &mut inner)?,
            }
            self.jump(Op::Jump, end);
            self.emit_fail_pop(&mut inner);
        }
        self.op(Opcode::PopTop);
        self.fail(context, Op::Jump);
        self.use_block(end);
        let control = control.unwrap_or_default();
        let rotations = control.len() + 1 + context.on_top + context.stores.len();
        for name in control {
            self.rotate(rotations);
            if context.stores.contains(&name) {
                return self.error(format!("multiple assignments to name '{name}' in pattern"));
            }
            context.stores.push(name);
        }
        self.op(Opcode::PopTop);
        Ok(())
    }

    /// Brings an alternative's captures into the order of the first alternative's.
    fn align_captures(&mut self, control: &[&'a str], inner: &mut Context<'a>) -> Outcome {
        let differ = "alternative patterns bind different names";
        if control.len() != inner.stores.len() {
            return self.error(differ);
        }
        for wanted in (0..control.len()).rev() {
            let Some(found) = inner.stores.iter().position(|name| *name == control[wanted]) else {
                return self.error(differ);
            };
            if found != wanted {
                let rotations = found + 1;
                let rotated: Vec<&'a str> = inner.stores.drain(..rotations).collect();
                let place = wanted - found;
                inner.stores.splice(place..place, rotated);
                for _ in 0..rotations {
                    self.rotate(wanted + 1);
                }
            }
        }
        Ok(())
    }
}
