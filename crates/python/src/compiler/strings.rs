//! F-strings, `%` formatting that CPython compiles like them, and annotations as text.

use super::builder::text;
use super::expressions::STACK_USE_GUIDELINE;
use super::{Compiler, Outcome};
use crate::bytecode::{Constant, NO_LINE, Opcode};
use ruff_python_ast::{self as ast, ConversionFlag, Expr, InterpolatedStringElement, Operator};
use ruff_text_size::TextSize;

enum Piece<'a> {
    Text(String),
    /// With the start of the string part it stands in.
    Value(&'a ast::InterpolatedElement, TextSize),
}

/// Joins adjacent literal text; `{x=}` contributes its own.
fn pieces<'a>(elements: &mut dyn Iterator<Item = Part<'a>>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    for element in elements {
        match element {
            Part::Text(part) => literal.push_str(part),
            Part::Element(InterpolatedStringElement::Literal(part), _) => literal.push_str(&part.value),
            Part::Element(InterpolatedStringElement::Interpolation(value), start) => {
                if let Some(debug) = &value.debug_text {
                    literal.push_str(debug.as_str());
                }
                if !literal.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut literal)));
                }
                pieces.push(Piece::Value(value, start));
            }
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Text(literal));
    }
    pieces
}

enum Part<'a> {
    Text(&'a str),
    Element(&'a InterpolatedStringElement, TextSize),
}

impl<'a> Compiler<'a> {
    pub(super) fn formatted_string(&mut self, node: &'a ast::ExprFString) -> Outcome {
        let mut parts = node
            .value
            .iter()
            .flat_map(|part| -> Box<dyn Iterator<Item = Part<'a>> + 'a> {
                match part {
                    ast::FStringPart::Literal(literal) => Box::new(std::iter::once(Part::Text(&literal.value))),
                    ast::FStringPart::FString(part) => Box::new(
                        part.elements
                            .iter()
                            .map(|element| Part::Element(element, part.range.start())),
                    ),
                }
            });
        let pieces = pieces(&mut parts);
        self.join_pieces(pieces)
    }

    fn join_pieces(&mut self, pieces: Vec<Piece<'a>>) -> Outcome {
        let count = pieces.len();
        let long = count > STACK_USE_GUIDELINE;
        if long {
            self.load_constant(text(""));
            self.name_op(Opcode::LoadMethod, "join");
            self.emit(Opcode::BuildList, 0);
        }
        for piece in pieces {
            match piece {
                Piece::Text(literal) => self.load_constant(text(&literal)),
                Piece::Value(value, start) => self.formatted_value(value, start)?,
            }
            if long {
                self.emit(Opcode::ListAppend, 1);
            }
        }
        if long {
            self.emit(Opcode::Call, 1);
        } else if count != 1 {
            self.emit(Opcode::BuildString, count as u32);
        }
        Ok(())
    }

    fn formatted_value(&mut self, value: &'a ast::InterpolatedElement, part: TextSize) -> Outcome {
        if value.expression.is_starred_expr() {
            return self.error("f-string: cannot use starred expression here");
        }
        self.expression(&value.expression)?;
        let mut flags = match value.conversion {
            ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => 2,
            ConversionFlag::None => 0,
            ConversionFlag::Str => 1,
            ConversionFlag::Repr => 2,
            ConversionFlag::Ascii => 3,
        };
        if let Some(specification) = &value.format_spec {
            let nests = |element: &InterpolatedStringElement| {
                matches!(element, InterpolatedStringElement::Interpolation(inner)
                    if inner.format_spec.as_ref().is_some_and(|deeper| deeper.elements.interpolations().next().is_some()))
            };
            if specification.elements.iter().any(nests) {
                return self.error("f-string: expressions nested too deeply");
            }
            let pieces = pieces(
                &mut specification
                    .elements
                    .iter()
                    .map(|element| Part::Element(element, part)),
            );
            let line = self.unit.line;
            self.unit.line = self.line_at(part);
            self.join_pieces(pieces)?;
            self.unit.line = line;
            flags |= 4;
        }
        self.emit(Opcode::FormatValue, flags);
        Ok(())
    }

    /// `'…' % (…)` with only `%s`, `%r` and `%a`: compiled like an f-string. False: it is not of that kind.
    pub(super) fn percent_format(&mut self, node: &'a ast::ExprBinOp) -> Outcome<bool> {
        let (Operator::Mod, Expr::Tuple(arguments)) = (node.op, &*node.right) else {
            return Ok(false);
        };
        if self.is_constant(&node.right) || arguments.elts.iter().any(Expr::is_starred_expr) {
            return Ok(false);
        }
        let Some(Constant::Str(format)) = self.constant_of(&node.left) else {
            return Ok(false);
        };
        let Some(pieces) = percent_pieces(&format, arguments.elts.len()) else {
            return Ok(false);
        };
        let line = self.unit.line;
        let mut arguments = arguments.elts.iter();
        let count = pieces.len();
        let long = count > STACK_USE_GUIDELINE;
        if long {
            self.load_constant(text(""));
            self.name_op(Opcode::LoadMethod, "join");
            self.emit(Opcode::BuildList, 0);
        }
        for piece in pieces {
            match piece {
                PercentPiece::Text(literal) => {
                    self.unit.line = NO_LINE;
                    self.load_constant(text(&literal));
                }
                PercentPiece::Value {
                    conversion,
                    specification,
                } => {
                    let Some(argument) = arguments.next() else { break };
                    self.set_line(argument);
                    self.expression(argument)?;
                    let mut flags = conversion;
                    if !specification.is_empty() {
                        let argument_line = std::mem::replace(&mut self.unit.line, NO_LINE);
                        self.load_constant(text(&specification));
                        self.unit.line = argument_line;
                        flags |= 4;
                    }
                    self.emit(Opcode::FormatValue, flags);
                }
            }
            self.unit.line = line;
            if long {
                self.emit(Opcode::ListAppend, 1);
            }
        }
        if long {
            self.emit(Opcode::Call, 1);
        } else if count != 1 {
            self.emit(Opcode::BuildString, count as u32);
        }
        Ok(true)
    }
}

enum PercentPiece {
    Text(String),
    Value { conversion: u32, specification: String },
}

fn percent_pieces(format: &str, arguments: usize) -> Option<Vec<PercentPiece>> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut characters = format.chars().peekable();
    let mut used = 0;
    while let Some(character) = characters.next() {
        if character != '%' {
            literal.push(character);
            continue;
        }
        if characters.next_if_eq(&'%').is_some() {
            literal.push('%');
            continue;
        }
        if !literal.is_empty() {
            pieces.push(PercentPiece::Text(std::mem::take(&mut literal)));
        }
        used += 1;
        if used > arguments {
            return None;
        }
        let mut left = false;
        while let Some(flag) = characters.next_if(|flag| "-+ #0".contains(*flag)) {
            left |= flag == '-';
        }
        let digits = |characters: &mut std::iter::Peekable<std::str::Chars<'_>>| {
            let mut digits = String::new();
            while let Some(digit) = characters.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            digits
        };
        let width = digits(&mut characters);
        let mut precision = None;
        if characters.next_if_eq(&'.').is_some() {
            precision = Some(digits(&mut characters));
        }
        if width.len() > 3 || precision.as_ref().is_some_and(|precision| precision.len() > 3) {
            return None;
        }
        let conversion = match characters.next()? {
            's' => 1,
            'r' => 2,
            'a' => 3,
            _ => return None,
        };
        let mut specification = String::new();
        let width_value: u32 = width.parse().unwrap_or(0);
        if !left && width_value > 0 {
            specification.push('>');
        }
        if !width.is_empty() {
            specification.push_str(&width_value.to_string());
        }
        if let Some(precision) = precision {
            let value: u32 = precision.parse().unwrap_or(0);
            specification.push_str(&format!(".{value}"));
        }
        pieces.push(PercentPiece::Value {
            conversion,
            specification,
        });
    }
    if !literal.is_empty() {
        pieces.push(PercentPiece::Text(literal));
    }
    (used == arguments).then_some(pieces)
}

/// The text of an annotation as CPython writes it, for the shapes that annotations have.
pub(super) fn annotation_text(expression: &Expr) -> Option<String> {
    Some(match expression {
        Expr::Name(node) => node.id.to_string(),
        Expr::NoneLiteral(_) => "None".to_owned(),
        Expr::BooleanLiteral(node) => if node.value { "True" } else { "False" }.to_owned(),
        Expr::EllipsisLiteral(_) => "...".to_owned(),
        Expr::Attribute(node) if node.value.is_name_expr() || node.value.is_attribute_expr() => {
            format!("{}.{}", annotation_text(&node.value)?, node.attr)
        }
        Expr::StringLiteral(node) => {
            let content = node.value.to_str();
            let plain = content
                .chars()
                .all(|character| character.is_ascii_graphic() || character == ' ');
            if !plain || content.contains(['\'', '\\']) {
                return None;
            }
            format!("'{content}'")
        }
        Expr::NumberLiteral(node) => match &node.value {
            ast::Number::Int(value) => value.as_i64()?.to_string(),
            ast::Number::Float(value) => crate::numeric::float_text::repr(*value),
            ast::Number::Complex { .. } => return None,
        },
        Expr::UnaryOp(node) if node.op == ast::UnaryOp::USub && node.operand.is_number_literal_expr() => {
            format!("-{}", annotation_text(&node.operand)?)
        }
        Expr::Tuple(node) if node.parenthesized => {
            let elements = node.elts.iter().map(annotation_text).collect::<Option<Vec<_>>>()?;
            match elements.as_slice() {
                [element] => format!("({element},)"),
                elements => format!("({})", elements.join(", ")),
            }
        }
        Expr::Call(node) if node.func.is_name_expr() || node.func.is_attribute_expr() => {
            let mut arguments = Vec::new();
            for argument in &node.arguments.args {
                arguments.push(annotation_text(argument)?);
            }
            for keyword in &node.arguments.keywords {
                let value = annotation_text(&keyword.value)?;
                arguments.push(format!("{}={value}", keyword.arg.as_ref()?));
            }
            format!("{}({})", annotation_text(&node.func)?, arguments.join(", "))
        }
        Expr::Subscript(node) if node.value.is_name_expr() || node.value.is_attribute_expr() => {
            let slice = match &*node.slice {
                Expr::Tuple(tuple) if !tuple.elts.is_empty() => {
                    let elements = tuple.elts.iter().map(annotation_text).collect::<Option<Vec<_>>>()?;
                    if let [element] = elements.as_slice() {
                        format!("({element},)")
                    } else {
                        elements.join(", ")
                    }
                }
                slice => annotation_text(slice)?,
            };
            format!("{}[{slice}]", annotation_text(&node.value)?)
        }
        Expr::List(node) => {
            format!(
                "[{}]",
                node.elts
                    .iter()
                    .map(annotation_text)
                    .collect::<Option<Vec<_>>>()?
                    .join(", ")
            )
        }
        Expr::BinOp(node) if node.op == Operator::BitOr && !node.right.is_bin_op_expr() => {
            format!("{} | {}", annotation_text(&node.left)?, annotation_text(&node.right)?)
        }
        _ => return None,
    })
}
