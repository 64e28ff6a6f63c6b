//! `format(Decimal)`: the format mini-language as libmpdec reads it.

use super::coefficient::Coefficient;
use super::context::{Context, Work};
use super::number::{Kind, Number, Style};

struct Spec {
    fill: char,
    /// One of `<>=^`, or `z` for zeros behind the sign.
    align: char,
    sign: char,
    no_negative_zero: bool,
    width: usize,
    grouped: bool,
    places: Option<i64>,
    kind: char,
    capitals: bool,
}

fn parse(text: &str, capitals: bool) -> Option<Spec> {
    let mut left: Vec<char> = text.chars().rev().collect();
    let is_align = |c: Option<&char>| matches!(c, Some('<' | '>' | '=' | '^'));
    let mut spec = Spec {
        fill: ' ',
        align: '>',
        sign: '-',
        no_negative_zero: false,
        width: 0,
        grouped: false,
        places: None,
        kind: 'g',
        capitals,
    };
    let mut aligned = false;
    if left.len() > 1 && is_align(left.get(left.len() - 2)) {
        spec.fill = left.pop()?;
        spec.align = left.pop()?;
        aligned = true;
    } else if is_align(left.last()) {
        spec.align = left.pop()?;
        aligned = true;
    }
    if let Some('+' | '-' | ' ') = left.last() {
        spec.sign = left.pop()?;
    }
    if left.last() == Some(&'z') {
        left.pop();
        spec.no_negative_zero = true;
    }
    if left.last() == Some(&'0') {
        if aligned {
            return None;
        }
        spec.align = 'z';
        left.pop();
    }
    let number = |left: &mut Vec<char>| -> Option<i64> {
        let mut digits = String::new();
        while left.last().is_some_and(char::is_ascii_digit) {
            digits.extend(left.pop());
        }
        digits.parse().ok()
    };
    if left.last().is_some_and(char::is_ascii_digit) {
        if left.last() == Some(&'0') {
            return None;
        }
        spec.width = usize::try_from(number(&mut left)?).ok()?;
    }
    if left.last() == Some(&',') {
        left.pop();
        spec.grouped = true;
    }
    if left.last() == Some(&'.') {
        left.pop();
        spec.places = Some(number(&mut left)?);
    }
    if let Some(kind) = left.pop() {
        spec.kind = match kind {
            'n' | 'N' if spec.grouped => return None,
            'n' | 'N' => 'g',
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => kind.to_ascii_lowercase(),
            _ => return None,
        };
        spec.capitals = kind.is_ascii_uppercase();
    }
    left.is_empty().then_some(spec)
}

/// Digits in groups of three, with zeros in front until they fill `width`.
fn grouped(digits: &str, width: usize) -> String {
    let mut out: Vec<u8> = Vec::new();
    let mut count = 0;
    let mut digits = digits.bytes().rev();
    loop {
        let next = digits.next();
        // A separator never stands first.
        if next.is_none() && out.len() >= width {
            break;
        }
        if count > 0 && count % 3 == 0 {
            out.push(b',');
        }
        out.push(next.unwrap_or(b'0'));
        count += 1;
    }
    out.reverse();
    String::from_utf8_lossy(&out).into_owned()
}

/// The text, or the room that it needs where that is more than `room`; `None` for a specification that is none.
pub fn format(number: &Number, text: &str, context: &Context, room: usize) -> Option<Result<String, usize>> {
    let spec = parse(text, context.capitals)?;
    let wanted = spec.width.saturating_add(spec.places.unwrap_or(0) as usize);
    if wanted > room {
        return Some(Err(wanted));
    }
    let mut shown = number.clone();
    let mut style = Style::Scientific;
    let percent = if spec.kind == '%' { "%" } else { "" };
    if number.is_finite() {
        if spec.kind == '%' {
            shown.exponent += 2;
        }
        let mut work = Work::new(Context {
            rounding: context.rounding,
            ..Context::LARGEST
        });
        let zero = shown.is_zero();
        match (spec.kind, spec.places) {
            ('e', Some(places)) if zero => style = Style::Exponent(1 - places),
            ('e' | 'g', places) => {
                if let Some(places) = places {
                    work.context.prec = if spec.kind == 'e' { places + 1 } else { places.max(1) };
                    let surplus = shown.coefficient.digits() - work.context.prec;
                    if surplus > 0 || spec.kind == 'e' {
                        shown = work.finish(shown);
                        let missing = work.context.prec - shown.coefficient.digits();
                        if spec.kind == 'e' && missing > 0 {
                            shown.coefficient = shown.coefficient.raised(missing);
                            shown.exponent -= missing;
                        }
                    }
                }
                if spec.kind == 'e' {
                    style = Style::Exponent(1);
                }
            }
            (_, places) => {
                style = Style::Fixed;
                let places = places.unwrap_or((-shown.exponent).max(0));
                let shift = shown.exponent + places;
                if shift > i64::try_from(room).unwrap_or(i64::MAX) {
                    return Some(Err(shift as usize));
                }
                if shift >= 0 {
                    shown.coefficient = shown.coefficient.raised(shift);
                } else {
                    work.shift_rounded(&mut shown, -shift);
                }
                shown.exponent = -places;
            }
        }
        // What only `F` rounds to zero keeps its sign in libmpdec.
        let kept = spec.kind == 'f' && spec.capitals && !number.is_zero();
        if spec.no_negative_zero && shown.coefficient == Coefficient::ZERO && !kept {
            shown.negative = false;
        }
    }
    let sign = match (shown.negative, spec.sign) {
        (true, _) => "-",
        (false, '+') => "+",
        (false, ' ') => " ",
        _ => "",
    };
    shown.negative = false;
    let body = shown.write(style, spec.capitals) + percent;
    let special = number.kind != Kind::Finite;
    let zeros = spec.align == 'z' && !special;
    let body = if special || !spec.grouped && !zeros {
        body
    } else {
        let end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
        let (whole, tail) = body.split_at(end);
        let width = if zeros {
            spec.width.saturating_sub(sign.len() + tail.len())
        } else {
            0
        };
        if spec.grouped {
            grouped(whole, width) + tail
        } else {
            format!("{whole:0>width$}{tail}")
        }
    };
    let missing = spec.width.saturating_sub(sign.len() + body.chars().count());
    let pad = |count: usize| -> String { std::iter::repeat_n(spec.fill, count).collect() };
    Some(Ok(match spec.align {
        '<' => format!("{sign}{body}{}", pad(missing)),
        '^' => format!("{}{sign}{body}{}", pad(missing / 2), pad(missing - missing / 2)),
        '=' => format!("{sign}{}{body}", pad(missing)),
        _ => format!("{}{sign}{body}", pad(missing)),
    }))
}
