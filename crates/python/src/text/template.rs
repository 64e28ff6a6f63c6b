//! `str.format` and `str.format_map`: replacement fields, numbering, attribute and index access, nested specifications
//! (Library Reference, "Format String Syntax").

use super::{Failure, Kind, unicode};

/// How fields get their values and values become text: the virtual machine's side of the formatting.
pub trait FieldSource {
    type Value;
    type Error: From<Failure>;

    /// The positional argument; `None` beyond the last, or where there are none (`format_map`).
    fn positional(&mut self, index: usize) -> Option<Self::Value>;
    /// False for `format_map`, whose fields must be named.
    fn has_positional(&self) -> bool;
    /// The keyword argument, or its KeyError.
    fn named(&mut self, name: &str) -> Result<Self::Value, Self::Error>;
    fn attribute(&mut self, value: Self::Value, name: &str) -> Result<Self::Value, Self::Error>;
    fn item_at(&mut self, value: Self::Value, index: usize) -> Result<Self::Value, Self::Error>;
    fn item_named(&mut self, value: Self::Value, key: &str) -> Result<Self::Value, Self::Error>;
    /// `!s`, `!r` or `!a`.
    fn convert(&mut self, value: Self::Value, conversion: char) -> Result<Self::Value, Self::Error>;
    /// Appends `format(value, spec)`.
    fn format(&mut self, out: &mut String, value: &Self::Value, spec: &str) -> Result<(), Self::Error>;
}

/// One replacement field, as it stands between braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a str,
    pub conversion: Option<char>,
    pub spec: &'a str,
    /// The specification holds fields of its own.
    pub nested: bool,
}

/// A piece of a format string: literal text (escaped braces already single), or a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Literal(&'a str),
    Field(Field<'a>),
}

/// Cuts a format string into pieces.
pub struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    pub fn new(format: &'a str) -> Self {
        Pieces { rest: format }
    }

    fn next_char(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn piece(&mut self) -> Result<Piece<'a>, Failure> {
        let start = self.rest;
        match start.find(['{', '}']) {
            None => {
                self.rest = "";
                Ok(Piece::Literal(start))
            }
            Some(at) => {
                let brace = start.as_bytes()[at];
                let after = &start[at + 1..];
                if after.as_bytes().first() == Some(&brace) {
                    self.rest = &after[1..];
                    return Ok(Piece::Literal(&start[..=at]));
                }
                if brace == b'}' {
                    return Err(Failure::value("Single '}' encountered in format string"));
                }
                if after.is_empty() {
                    return Err(Failure::value("Single '{' encountered in format string"));
                }
                if at > 0 {
                    self.rest = &start[at..];
                    return Ok(Piece::Literal(&start[..at]));
                }
                self.rest = after;
                self.field().map(Piece::Field)
            }
        }
    }

    /// Reads a field behind its opening brace.
    fn field(&mut self) -> Result<Field<'a>, Failure> {
        let whole = self.rest;
        let mut last = None;
        while let Some(c) = self.next_char() {
            last = Some(c);
            match c {
                '{' => return Err(Failure::value("unexpected '{' in field name")),
                '[' => self.rest = self.rest.find(']').map_or("", |at| &self.rest[at..]),
                '}' | ':' | '!' => break,
                _ => {}
            }
        }
        if !matches!(last, Some('}' | ':' | '!')) {
            return Err(Failure::value("expected '}' before end of string"));
        }
        let name = &whole[..whole.len() - self.rest.len() - 1];
        let mut field = Field {
            name,
            conversion: None,
            spec: "",
            nested: false,
        };
        if last == Some('}') {
            return Ok(field);
        }
        if last == Some('!') {
            let conversion = self.next_char();
            field.conversion =
                Some(conversion.ok_or_else(|| Failure::value("end of string while looking for conversion specifier"))?);
            match self.next_char() {
                Some('}') => return Ok(field),
                Some(':') | None => {}
                Some(_) => return Err(Failure::value("expected ':' after conversion specifier")),
            }
        }
        let spec = self.rest;
        let mut depth = 1;
        while let Some(c) = self.next_char() {
            match c {
                '{' => {
                    field.nested = true;
                    depth += 1;
                }
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                field.spec = &spec[..spec.len() - self.rest.len() - 1];
                return Ok(field);
            }
        }
        Err(Failure::value("unmatched '{' in format spec"))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.rest.is_empty()).then(|| self.piece())
    }
}

/// Reads a whole text of decimal digits; `None` where it isn't one.
fn index_of(text: &str) -> Result<Option<usize>, Failure> {
    let mut value: usize = 0;
    for c in text.chars() {
        let Some(digit) = unicode::decimal_value(c) else {
            return Ok(None);
        };
        value = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(digit.into()))
            .filter(|&value| value <= isize::MAX as usize)
            .ok_or_else(|| Failure::value("Too many decimal digits in format string"))?;
    }
    Ok((!text.is_empty()).then_some(value))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Unknown,
    Automatic(usize),
    Manual,
}

/// `format.format(...)`, appended to `out`.
pub fn format_template<S: FieldSource>(out: &mut String, format: &str, source: &mut S) -> Result<(), S::Error> {
    build(out, format, source, &mut Numbering::Unknown, 2)
}

fn build<S: FieldSource>(
    out: &mut String,
    format: &str,
    source: &mut S,
    numbering: &mut Numbering,
    depth: usize,
) -> Result<(), S::Error> {
    if depth == 0 {
        return Err(Failure::value("Max string recursion exceeded").into());
    }
    for piece in Pieces::new(format) {
        let field = match piece? {
            Piece::Literal(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Field(field) => field,
        };
        let mut value = field_value(field.name, source, numbering)?;
        match field.conversion {
            None => {}
            Some(conversion @ ('r' | 's' | 'a')) => value = source.convert(value, conversion)?,
            Some(other) => {
                let code = other as u32;
                let shown = if (33..127).contains(&code) {
                    other.to_string()
                } else {
                    format!("\\x{code:x}")
                };
                return Err(Failure::value(format!("Unknown conversion specifier {shown}")).into());
            }
        }
        if field.nested {
            let mut spec = String::new();
            build(&mut spec, field.spec, source, numbering, depth - 1)?;
            source.format(out, &value, &spec)?;
        } else {
            source.format(out, &value, field.spec)?;
        }
    }
    Ok(())
}

fn field_value<S: FieldSource>(name: &str, source: &mut S, numbering: &mut Numbering) -> Result<S::Value, S::Error> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut rest) = name.split_at(end);
    let index = index_of(first)?;
    let index = match (*numbering, first.is_empty()) {
        (Numbering::Manual, true) => {
            let message = "cannot switch from manual field specification to automatic field numbering";
            return Err(Failure::value(message).into());
        }
        (Numbering::Automatic(_), false) if index.is_some() => {
            let message = "cannot switch from automatic field numbering to manual field specification";
            return Err(Failure::value(message).into());
        }
        (Numbering::Automatic(next), true) => {
            *numbering = Numbering::Automatic(next + 1);
            Some(next)
        }
        (Numbering::Unknown, true) => {
            *numbering = Numbering::Automatic(1);
            Some(0)
        }
        (_, false) => {
            if index.is_some() {
                *numbering = Numbering::Manual;
            }
            index
        }
    };
    let mut value = match index {
        None => source.named(first)?,
        Some(_) if !source.has_positional() => {
            return Err(Failure::value("Format string contains positional fields").into());
        }
        Some(index) => source.positional(index).ok_or_else(|| {
            Failure::new(
                Kind::Index,
                format!("Replacement index {index} out of range for positional args tuple"),
            )
        })?,
    };
    let empty = || Failure::value("Empty attribute in format string");
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            if end == 0 {
                return Err(empty().into());
            }
            value = source.attribute(value, &after[..end])?;
            rest = &after[end..];
        } else if let Some(after) = rest.strip_prefix('[') {
            let end = after
                .find(']')
                .ok_or_else(|| Failure::value("Missing ']' in format string"))?;
            if end == 0 {
                return Err(empty().into());
            }
            value = match index_of(&after[..end])? {
                Some(index) => source.item_at(value, index)?,
                None => source.item_named(value, &after[..end])?,
            };
            rest = &after[end + 1..];
        } else {
            return Err(Failure::value("Only '.' or '[' may follow ']' in format field specifier").into());
        }
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values are texts; attributes and items are appended to them, so that a result shows how it was reached.
    struct Texts;

    impl FieldSource for Texts {
        type Value = String;
        type Error = Failure;

        fn positional(&mut self, index: usize) -> Option<String> {
            (index < 2).then(|| format!("p{index}"))
        }
        fn has_positional(&self) -> bool {
            true
        }
        fn named(&mut self, name: &str) -> Result<String, Failure> {
            Ok(format!("<{name}>"))
        }
        fn attribute(&mut self, value: String, name: &str) -> Result<String, Failure> {
            Ok(value + "." + name)
        }
        fn item_at(&mut self, value: String, index: usize) -> Result<String, Failure> {
            Ok(format!("{value}#{index}"))
        }
        fn item_named(&mut self, value: String, key: &str) -> Result<String, Failure> {
            Ok(format!("{value}@{key}"))
        }
        fn convert(&mut self, value: String, conversion: char) -> Result<String, Failure> {
            Ok(format!("{conversion}!{value}"))
        }
        fn format(&mut self, out: &mut String, value: &String, spec: &str) -> Result<(), Failure> {
            out.push_str(&format!("({value}:{spec})"));
            Ok(())
        }
    }

    fn template(format: &str) -> String {
        let mut out = String::new();
        match format_template(&mut out, format, &mut Texts) {
            Ok(()) => out,
            Err(failure) => failure.message,
        }
    }

    #[test]
    fn fields() {
        assert_eq!(template("a{}b{!r:>5}{{}}"), "a(p0:)b(r!p1:>5){}");
        assert_eq!(
            template("{1}{0.x.y[3][k]}{name[a.b]}"),
            "(p1:)(p0.x.y#3@k:)(<name>@a.b:)"
        );
        assert_eq!(template("{:{}}"), "(p0:(p1:))");
        assert_eq!(template("{0[}]}"), "(p0@}:)");
        assert_eq!(template("{-1}"), "(<-1>:)");
    }

    #[test]
    fn errors() {
        for (format, message) in [
            ("{", "Single '{' encountered in format string"),
            ("}", "Single '}' encountered in format string"),
            ("{0", "expected '}' before end of string"),
            ("{0[", "expected '}' before end of string"),
            ("{0!", "end of string while looking for conversion specifier"),
            ("{0!r", "unmatched '{' in format spec"),
            ("{0!rr}", "expected ':' after conversion specifier"),
            ("{0!x}", "Unknown conversion specifier x"),
            ("{0.}", "Empty attribute in format string"),
            ("{0[0]x}", "Only '.' or '[' may follow ']' in format field specifier"),
            (
                "{}{0}",
                "cannot switch from automatic field numbering to manual field specification",
            ),
            (
                "{0}{}",
                "cannot switch from manual field specification to automatic field numbering",
            ),
            ("{2}", "Replacement index 2 out of range for positional args tuple"),
            ("{0:{1:{0}}}", "Max string recursion exceeded"),
        ] {
            assert_eq!(template(format), message, "{format}");
        }
    }
}
