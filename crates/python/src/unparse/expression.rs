//! Expressions, with parentheses only where the grammar wants them.

use ruff_python_ast::{
    Arguments, BoolOp, CmpOp, Comprehension, Expr, ExprBinOp, ExprCompare, ExprSlice, Number, Operator, UnaryOp,
};
use ruff_text_size::TextRange;

use super::{Printer, Unprintable};

/// How tightly an expression binds: an operand that binds less tightly than its place demands gets parentheses.
/// (The Python 3.11 reference, "Operator precedence"; `Yield`, `Tuple` and `Named` are places that allow those bare.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precedence {
    Yield,
    Tuple,
    Named,
    Test,
    Or,
    And,
    Not,
    Comparison,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Precedence {
    fn next(self) -> Precedence {
        use Precedence::*;
        match self {
            Yield => Tuple,
            Tuple => Named,
            Named => Test,
            Test => Or,
            Or => And,
            And => Not,
            Not => Comparison,
            Comparison => BitOr,
            BitOr => BitXor,
            BitXor => BitAnd,
            BitAnd => Shift,
            Shift => Sum,
            Sum => Term,
            Term => Factor,
            Factor => Power,
            Power => Await,
            Await | Atom => Atom,
        }
    }
}

fn precedence_of(expression: &Expr) -> Precedence {
    match expression {
        Expr::Yield(_) | Expr::YieldFrom(_) => Precedence::Yield,
        // `()` carries its parentheses itself.
        Expr::Tuple(node) if !node.elts.is_empty() => Precedence::Tuple,
        Expr::Named(_) => Precedence::Named,
        Expr::Lambda(_) | Expr::If(_) => Precedence::Test,
        Expr::BoolOp(node) if node.op == BoolOp::Or => Precedence::Or,
        Expr::BoolOp(_) => Precedence::And,
        Expr::UnaryOp(node) if node.op == UnaryOp::Not => Precedence::Not,
        Expr::Compare(_) => Precedence::Comparison,
        Expr::BinOp(node) => operator_precedence(node.op),
        Expr::UnaryOp(_) => Precedence::Factor,
        Expr::Await(_) => Precedence::Await,
        // A starred expression stands only where its place allows it bare.
        _ => Precedence::Atom,
    }
}

fn operator_precedence(operator: Operator) -> Precedence {
    match operator {
        Operator::BitOr => Precedence::BitOr,
        Operator::BitXor => Precedence::BitXor,
        Operator::BitAnd => Precedence::BitAnd,
        Operator::LShift | Operator::RShift => Precedence::Shift,
        Operator::Add | Operator::Sub => Precedence::Sum,
        Operator::Mult | Operator::MatMult | Operator::Div | Operator::Mod | Operator::FloorDiv => Precedence::Term,
        Operator::Pow => Precedence::Power,
    }
}

impl Printer {
    /// Prints `expression` where a `place` stands.
    pub(super) fn expression(&mut self, expression: &mut Expr, place: Precedence) -> Result<(), Unprintable> {
        let own = precedence_of(expression);
        // An assignment expression stands bare in few places, and never where a tuple may.
        let enclosed = if own == Precedence::Named {
            place != own
        } else {
            own < place
        };
        let outer = self.position();
        if enclosed {
            self.put("(");
        }
        let start = self.position();
        self.bare(expression)?;
        let range = self.since(start);
        if enclosed {
            self.put(")");
        }
        // The parentheses of a tuple are its own; those around anything else are not.
        if let Expr::Tuple(tuple) = expression {
            tuple.parenthesized = enclosed || tuple.elts.is_empty();
            tuple.range = self.since(outer);
        } else {
            set_expression_range(expression, range);
        }
        Ok(())
    }

    fn bare(&mut self, expression: &mut Expr) -> Result<(), Unprintable> {
        match expression {
            Expr::BoolOp(node) => {
                let (word, place) = match node.op {
                    BoolOp::And => (" and ", Precedence::And),
                    BoolOp::Or => (" or ", Precedence::Or),
                };
                for (index, value) in node.values.iter_mut().enumerate() {
                    if index > 0 {
                        self.put(word);
                    }
                    self.expression(value, place.next())?;
                }
            }
            Expr::Named(node) => {
                self.expression(&mut node.target, Precedence::Atom)?;
                self.put(" := ");
                self.expression(&mut node.value, Precedence::Test)?;
            }
            Expr::BinOp(node) => self.binary(node)?,
            Expr::UnaryOp(node) => {
                let (symbol, place) = match node.op {
                    UnaryOp::Not => ("not ", Precedence::Not),
                    UnaryOp::Invert => ("~", Precedence::Factor),
                    UnaryOp::UAdd => ("+", Precedence::Factor),
                    UnaryOp::USub => ("-", Precedence::Factor),
                };
                self.put(symbol);
                self.expression(&mut node.operand, place)?;
            }
            Expr::Lambda(node) => {
                self.put("lambda");
                if let Some(parameters) = &mut node.parameters {
                    self.put(" ");
                    self.parameters(parameters, false)?;
                }
                self.put(": ");
                self.expression(&mut node.body, Precedence::Test)?;
            }
            Expr::If(node) => {
                self.expression(&mut node.body, Precedence::Or)?;
                self.put(" if ");
                self.expression(&mut node.test, Precedence::Or)?;
                self.put(" else ");
                self.expression(&mut node.orelse, Precedence::Test)?;
            }
            Expr::Dict(node) => {
                self.put("{");
                self.list(&mut node.items, |printer, item| match &mut item.key {
                    Some(key) => {
                        printer.expression(key, Precedence::Test)?;
                        printer.put(": ");
                        printer.expression(&mut item.value, Precedence::Test)
                    }
                    None => {
                        printer.put("**");
                        printer.expression(&mut item.value, Precedence::BitOr)
                    }
                })?;
                self.put("}");
            }
            Expr::Set(node) if node.elts.is_empty() => return Err(Unprintable::Incomplete("an empty set display")),
            Expr::Set(node) => self.display("{", &mut node.elts, "}")?,
            Expr::List(node) => self.display("[", &mut node.elts, "]")?,
            Expr::Tuple(node) if node.elts.is_empty() => self.put("()"),
            Expr::Tuple(node) => {
                self.list(&mut node.elts, |printer, element| {
                    printer.expression(element, Precedence::Named)
                })?;
                if node.elts.len() == 1 {
                    self.put(",");
                }
            }
            Expr::ListComp(node) => {
                self.put("[");
                self.comprehension(&mut node.elt, &mut node.generators)?;
                self.put("]");
            }
            Expr::SetComp(node) => {
                self.put("{");
                self.comprehension(&mut node.elt, &mut node.generators)?;
                self.put("}");
            }
            Expr::Generator(node) => {
                node.parenthesized = true;
                self.put("(");
                self.comprehension(&mut node.elt, &mut node.generators)?;
                self.put(")");
            }
            Expr::DictComp(node) => {
                let Some(key) = &mut node.key else {
                    return Err(Unprintable::Node("a dict comprehension that unpacks"));
                };
                self.put("{");
                self.expression(key, Precedence::Test)?;
                self.put(": ");
                self.expression(&mut node.value, Precedence::Test)?;
                self.generators(&mut node.generators)?;
                self.put("}");
            }
            Expr::Await(node) => {
                self.put("await ");
                self.expression(&mut node.value, Precedence::Atom)?;
            }
            Expr::Yield(node) => {
                self.put("yield");
                if let Some(value) = &mut node.value {
                    self.put(" ");
                    self.expression(value, Precedence::Tuple)?;
                }
            }
            Expr::YieldFrom(node) => {
                self.put("yield from ");
                self.expression(&mut node.value, Precedence::Test)?;
            }
            Expr::Compare(node) => self.comparison(node)?,
            Expr::Call(node) => {
                self.expression(&mut node.func, Precedence::Atom)?;
                self.arguments(&mut node.arguments)?;
            }
            Expr::FString(node) => self.formatted_string(node)?,
            Expr::StringLiteral(node) => self.string_literal(node),
            Expr::BytesLiteral(node) => self.bytes_literal(node),
            Expr::NumberLiteral(node) => self.number(&node.value),
            Expr::BooleanLiteral(node) => self.put(if node.value { "True" } else { "False" }),
            Expr::NoneLiteral(_) => self.put("None"),
            Expr::EllipsisLiteral(_) => self.put("..."),
            Expr::Attribute(node) => {
                // `1.real` would be read as the number `1.` before a name.
                let number =
                    matches!(&*node.value, Expr::NumberLiteral(literal) if matches!(literal.value, Number::Int(_)));
                self.put(if number { "(" } else { "" });
                self.expression(&mut node.value, Precedence::Atom)?;
                self.put(if number { ")." } else { "." });
                self.identifier(&mut node.attr);
            }
            Expr::Subscript(node) => {
                self.expression(&mut node.value, Precedence::Atom)?;
                self.put("[");
                self.subscript(&mut node.slice)?;
                self.put("]");
            }
            Expr::Starred(node) => {
                self.put("*");
                self.expression(&mut node.value, Precedence::BitOr)?;
            }
            Expr::Name(node) if node.id.as_str().is_empty() => return Err(Unprintable::Incomplete("a name")),
            Expr::Name(node) => self.put(node.id.as_str()),
            Expr::Slice(node) => self.slice(node)?,
            Expr::TString(_) => return Err(Unprintable::Node("a template string")),
            Expr::IpyEscapeCommand(_) => return Err(Unprintable::Node("an IPython command")),
        }
        Ok(())
    }

    fn binary(&mut self, node: &mut ExprBinOp) -> Result<(), Unprintable> {
        let own = operator_precedence(node.op);
        // `**` binds to the right, and its right operand may be a bare unary minus: `2 ** -1`.
        let (left, right) = match node.op {
            Operator::Pow => (Precedence::Await, Precedence::Factor),
            _ => (own, own.next()),
        };
        self.expression(&mut node.left, left)?;
        self.put(" ");
        self.put(node.op.as_str());
        self.put(" ");
        self.expression(&mut node.right, right)
    }

    fn comparison(&mut self, node: &mut ExprCompare) -> Result<(), Unprintable> {
        self.expression(&mut node.left, Precedence::BitOr)?;
        for (operator, operand) in node.ops.iter().zip(&mut node.comparators) {
            self.put(match operator {
                CmpOp::Eq => " == ",
                CmpOp::NotEq => " != ",
                CmpOp::Lt => " < ",
                CmpOp::LtE => " <= ",
                CmpOp::Gt => " > ",
                CmpOp::GtE => " >= ",
                CmpOp::Is => " is ",
                CmpOp::IsNot => " is not ",
                CmpOp::In => " in ",
                CmpOp::NotIn => " not in ",
            });
            self.expression(operand, Precedence::BitOr)?;
        }
        Ok(())
    }

    fn display(&mut self, open: &str, elements: &mut [Expr], close: &str) -> Result<(), Unprintable> {
        self.put(open);
        self.list(elements, |printer, element| {
            printer.expression(element, Precedence::Named)
        })?;
        self.put(close);
        Ok(())
    }

    fn comprehension(&mut self, element: &mut Expr, generators: &mut [Comprehension]) -> Result<(), Unprintable> {
        self.expression(element, Precedence::Named)?;
        self.generators(generators)
    }

    fn generators(&mut self, generators: &mut [Comprehension]) -> Result<(), Unprintable> {
        for generator in generators {
            self.put(" ");
            let start = self.position();
            self.put(if generator.is_async { "async for " } else { "for " });
            self.expression(&mut generator.target, Precedence::Tuple)?;
            self.put(" in ");
            self.expression(&mut generator.iter, Precedence::Or)?;
            for condition in &mut generator.ifs {
                self.put(" if ");
                self.expression(condition, Precedence::Or)?;
            }
            generator.range = self.since(start);
        }
        Ok(())
    }

    /// `(…)` of a call or of a class's bases. A sole generator argument needs no parentheses of its own.
    pub(super) fn arguments(&mut self, arguments: &mut Arguments) -> Result<(), Unprintable> {
        let start = self.position();
        self.put("(");
        if let ([Expr::Generator(generator)], true) = (&mut *arguments.args, arguments.keywords.is_empty()) {
            let inner = self.position();
            self.comprehension(&mut generator.elt, &mut generator.generators)?;
            generator.range = self.since(inner);
            generator.parenthesized = false;
            self.put(")");
            arguments.range = self.since(start);
            return Ok(());
        }
        self.list(&mut arguments.args, |printer, argument| {
            printer.expression(argument, Precedence::Named)
        })?;
        if !arguments.args.is_empty() && !arguments.keywords.is_empty() {
            self.put(", ");
        }
        self.list(&mut arguments.keywords, |printer, keyword| {
            let start = printer.position();
            match &mut keyword.arg {
                Some(name) => {
                    printer.identifier(name);
                    printer.put("=");
                }
                None => printer.put("**"),
            }
            printer.expression(&mut keyword.value, Precedence::Test)?;
            keyword.range = printer.since(start);
            Ok(())
        })?;
        self.put(")");
        arguments.range = self.since(start);
        Ok(())
    }

    /// What stands between the brackets: a tuple is bare there, and may hold slices.
    fn subscript(&mut self, index: &mut Expr) -> Result<(), Unprintable> {
        self.expression(index, Precedence::Tuple)
    }

    fn slice(&mut self, node: &mut ExprSlice) -> Result<(), Unprintable> {
        if let Some(lower) = &mut node.lower {
            self.expression(lower, Precedence::Test)?;
        }
        self.put(":");
        if let Some(upper) = &mut node.upper {
            self.expression(upper, Precedence::Test)?;
        }
        if let Some(step) = &mut node.step {
            self.put(":");
            self.expression(step, Precedence::Test)?;
        }
        Ok(())
    }

    fn number(&mut self, number: &Number) {
        match number {
            Number::Int(value) => self.put(&value.to_string()),
            Number::Float(value) => self.float(*value),
            Number::Complex { imag, .. } => {
                self.float(*imag);
                self.put("j");
            }
        }
    }

    /// A float literal that reads back as the same value: infinity, which has no literal, overflows on purpose.
    fn float(&mut self, value: f64) {
        if value.is_infinite() {
            self.put("1e309");
        } else {
            self.put(&format!("{value:?}"));
        }
    }
}

fn set_expression_range(expression: &mut Expr, range: TextRange) {
    match expression {
        Expr::BoolOp(node) => node.range = range,
        Expr::Named(node) => node.range = range,
        Expr::BinOp(node) => node.range = range,
        Expr::UnaryOp(node) => node.range = range,
        Expr::Lambda(node) => node.range = range,
        Expr::If(node) => node.range = range,
        Expr::Dict(node) => node.range = range,
        Expr::Set(node) => node.range = range,
        Expr::ListComp(node) => node.range = range,
        Expr::SetComp(node) => node.range = range,
        Expr::DictComp(node) => node.range = range,
        Expr::Generator(node) => node.range = range,
        Expr::Await(node) => node.range = range,
        Expr::Yield(node) => node.range = range,
        Expr::YieldFrom(node) => node.range = range,
        Expr::Compare(node) => node.range = range,
        Expr::Call(node) => node.range_start = range.start(),
        Expr::FString(node) => node.range = range,
        Expr::TString(node) => node.range = range,
        Expr::StringLiteral(node) => node.range = range,
        Expr::BytesLiteral(node) => node.range = range,
        Expr::NumberLiteral(node) => node.range = range,
        Expr::BooleanLiteral(node) => node.range = range,
        Expr::NoneLiteral(node) => node.range = range,
        Expr::EllipsisLiteral(node) => node.range = range,
        Expr::Attribute(node) => node.range = range,
        Expr::Subscript(node) => node.range = range,
        Expr::Starred(node) => node.range = range,
        Expr::Name(node) => node.range = range,
        Expr::List(node) => node.range = range,
        Expr::Tuple(node) => node.range = range,
        Expr::Slice(node) => node.range = range,
        Expr::IpyEscapeCommand(node) => node.range = range,
    }
}
