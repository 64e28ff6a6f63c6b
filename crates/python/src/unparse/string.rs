//! Strings, bytes and f-strings.

use ruff_python_ast::{
    BytesLiteral, BytesLiteralFlags, BytesLiteralValue, DebugText, ExprBytesLiteral, ExprFString, ExprStringLiteral,
    FString, FStringFlags, FStringPart, FStringValue, InterpolatedElement, InterpolatedStringElement,
    InterpolatedStringLiteralElement, StringLiteral, StringLiteralFlags, StringLiteralValue,
};
use ruff_text_size::{Ranged, TextRange};

use super::expression::Precedence;
use super::{Printer, Unprintable};

impl Printer {
    /// One literal in single quotes, or in double ones where that saves escapes. What was concatenated becomes one part.
    pub(super) fn string_literal(&mut self, node: &mut ExprStringLiteral) {
        let start = self.position();
        let value: Box<str> = node.value.to_str().into();
        let quote = if value.contains('\'') && !value.contains('"') {
            '"'
        } else {
            '\''
        };
        self.text.push(quote);
        for character in value.chars() {
            self.character(character, quote);
        }
        self.text.push(quote);
        let (range, flags) = (self.since(start), StringLiteralFlags::empty());
        node.value = StringLiteralValue::single(StringLiteral {
            range,
            node_index: Default::default(),
            value,
            flags,
        });
    }

    pub(super) fn bytes_literal(&mut self, node: &mut ExprBytesLiteral) {
        let start = self.position();
        let value: Box<[u8]> = node.value.bytes().collect();
        self.put("b'");
        for &byte in &value {
            match byte {
                0x80.. => self.put(&format!("\\x{byte:02x}")),
                _ => self.character(char::from(byte), '\''),
            }
        }
        self.put("'");
        let (range, flags) = (self.since(start), BytesLiteralFlags::empty());
        node.value = BytesLiteralValue::single(BytesLiteral {
            range,
            node_index: Default::default(),
            value,
            flags,
        });
    }

    /// A character of a literal between `quote`s, escaped where it has to be.
    fn character(&mut self, character: char, quote: char) {
        match character {
            '\\' => self.put("\\\\"),
            '\n' => self.put("\\n"),
            '\r' => self.put("\\r"),
            '\t' => self.put("\\t"),
            _ if character == quote => {
                self.text.push('\\');
                self.text.push(character);
            }
            '\0'..'\x20' | '\x7f' => self.put(&format!("\\x{:02x}", u32::from(character))),
            _ => self.text.push(character),
        }
    }

    /// An f-string as Python 3.11 has it: no backslash and none of its own quotes within a replacement field.
    pub(super) fn formatted_string(&mut self, node: &mut ExprFString) -> Result<(), Unprintable> {
        let start = self.position();
        let mut elements = flattened(&mut node.value);
        let quote = fitting_quote(&mut elements)?;
        self.put("f");
        self.put(quote);
        self.elements(&mut elements, quote)?;
        self.put(quote);
        let string = FString {
            range: self.since(start),
            node_index: Default::default(),
            elements: elements.into(),
            flags: FStringFlags::empty(),
        };
        node.value = FStringValue::single(string);
        Ok(())
    }

    fn elements(&mut self, elements: &mut [InterpolatedStringElement], quote: &str) -> Result<(), Unprintable> {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    let start = self.position();
                    // A triple-quoted literal escapes single quotes as well: it may end in one.
                    let mark = quote.chars().next().unwrap_or('\'');
                    for character in literal.value.chars() {
                        match character {
                            '{' => self.put("{{"),
                            '}' => self.put("}}"),
                            _ => self.character(character, mark),
                        }
                    }
                    literal.range = self.since(start);
                }
                InterpolatedStringElement::Interpolation(field) => self.replacement_field(field, quote)?,
            }
        }
        Ok(())
    }

    fn replacement_field(&mut self, field: &mut InterpolatedElement, quote: &str) -> Result<(), Unprintable> {
        let start = self.position();
        self.put("{");
        let before = self.text.len();
        // A conditional expression or a lambda is put in parentheses: its colon would end the field.
        self.expression(&mut field.expression, Precedence::Or)?;
        if self.text[before..].starts_with('{') {
            // `{{` would be a brace: print the field again, one space further.
            self.text.truncate(before);
            self.put(" ");
            self.expression(&mut field.expression, Precedence::Or)?;
        }
        if let Some(debug) = &mut field.debug_text {
            let after = debug.trailing().rsplit('=').next().unwrap_or_default();
            let (leading, printed) = self.text[before..].split_at(usize::from(self.text[before..].starts_with(' ')));
            let renewed = DebugText::new(leading, printed, &format!("={after}"));
            self.text.push('=');
            let after = after.to_owned();
            *debug = renewed;
            self.put(&after);
        }
        if let Some(conversion) = field.conversion.to_char() {
            self.text.push('!');
            self.text.push(conversion);
        }
        if let Some(specification) = &mut field.format_spec {
            self.put(":");
            let from = self.position();
            for element in specification.elements.iter() {
                if element
                    .as_literal()
                    .is_some_and(|literal| literal.value.contains(['{', '}', '\\', '\'', '"']))
                {
                    return Err(Unprintable::FormattedString);
                }
            }
            self.elements(&mut specification.elements, quote)?;
            specification.range = self.since(from);
        }
        self.put("}");
        field.range = self.since(start);
        Ok(())
    }
}

/// All parts of a (perhaps concatenated) f-string as one run of elements, neighbouring literals joined.
fn flattened(value: &mut FStringValue) -> Vec<InterpolatedStringElement> {
    let mut elements: Vec<InterpolatedStringElement> = Vec::new();
    let literal = |elements: &mut Vec<InterpolatedStringElement>, text: &str, range: TextRange| {
        if text.is_empty() {
            return;
        }
        if let Some(InterpolatedStringElement::Literal(last)) = elements.last_mut() {
            last.value = format!("{}{text}", last.value).into();
        } else {
            elements.push(InterpolatedStringElement::Literal(InterpolatedStringLiteralElement {
                range,
                node_index: Default::default(),
                value: text.into(),
            }));
        }
    };
    for part in value.iter() {
        match part {
            FStringPart::Literal(text) => literal(&mut elements, &text.value, text.range()),
            FStringPart::FString(string) => {
                for element in string.elements.iter() {
                    match element {
                        InterpolatedStringElement::Literal(text) => literal(&mut elements, &text.value, text.range),
                        field => elements.push(field.clone()),
                    }
                }
            }
        }
    }
    elements
}

/// The first kind of quotes that stands in no replacement field.
fn fitting_quote(elements: &mut [InterpolatedStringElement]) -> Result<&'static str, Unprintable> {
    let mut fields = Printer::default();
    collect_fields(elements, &mut fields)?;
    if fields.text.contains(['\\', '\n']) {
        return Err(Unprintable::FormattedString);
    }
    ["'", "\"", "'''", "\"\"\""]
        .into_iter()
        .find(|quote| !fields.text.contains(quote))
        .ok_or(Unprintable::FormattedString)
}

fn collect_fields(elements: &mut [InterpolatedStringElement], fields: &mut Printer) -> Result<(), Unprintable> {
    for element in elements {
        if let InterpolatedStringElement::Interpolation(field) = element {
            fields.expression(&mut field.expression, Precedence::Or)?;
            fields.put(" ");
            if let Some(specification) = &mut field.format_spec {
                collect_fields(&mut specification.elements, fields)?;
            }
        }
    }
    Ok(())
}
