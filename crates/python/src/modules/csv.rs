//! `_csv`: the common case of `csv`, a record on a line of its own. What is out of the ordinary is left to the module in Python.

use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, native};

/// The one character of a str, if it is one.
fn character(vm: &Vm, value: Value) -> Option<char> {
    let Value::Str(id) = value else { return None };
    let mut characters = vm.heap.text(id).chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// The fields of a line; `None` where it does not end its record, or ends more than one.
fn fields(line: &str, delimiter: char, quote: char, skip_blanks: bool) -> Option<Vec<String>> {
    let mut fields = Vec::new();
    let mut left = line;
    if left.trim_end_matches(['\r', '\n']).is_empty() {
        return Some(fields);
    }
    loop {
        if skip_blanks {
            left = left.trim_start_matches(' ');
        }
        let mut field = String::new();
        if let Some(mut quoted) = left.strip_prefix(quote) {
            loop {
                let end = quoted.find(quote)?;
                field.push_str(&quoted[..end]);
                quoted = &quoted[end + quote.len_utf8()..];
                match quoted.strip_prefix(quote) {
                    Some(rest) => {
                        field.push(quote);
                        quoted = rest;
                    }
                    None => break,
                }
            }
            left = quoted;
        }
        let end = left.find([delimiter, '\r', '\n']).unwrap_or(left.len());
        field.push_str(&left[..end]);
        fields.push(field);
        left = &left[end..];
        match left.strip_prefix(delimiter) {
            Some(rest) => left = rest,
            None => return left.trim_end_matches(['\r', '\n']).is_empty().then_some(fields),
        }
    }
}

/// `split(line, delimiter, quotechar, skipinitialspace)`: a list, or None.
fn split(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (Value::Str(line), Some(delimiter), Some(quote)) = (a[0], character(vm, a[1]), character(vm, a[2])) else {
        return Ok(Value::None);
    };
    let skip = vm.truth(a[3])?;
    let length = vm.heap.text(line).len();
    vm.tick((length / 32) as u32 + 1)?;
    // An empty field takes one character of text.
    vm.reserve(length.saturating_mul(64))?;
    let found = fields(vm.heap.text(line), delimiter, quote, skip);
    Ok(match found {
        None => Value::None,
        Some(fields) => {
            let fields = fields.into_iter().map(|field| vm.new_string(field)).collect();
            vm.heap.new_list(fields)
        }
    })
}

/// `join(row, delimiter, quotechar, lineterminator, quoting)`: the record's text, or None. Quotes are doubled.
fn join(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    const ALL: i64 = 1;
    const NONNUMERIC: i64 = 2;
    let (Value::List(row), Some(delimiter), Some(quote), Value::Str(end), Value::Int(quoting @ 0..=NONNUMERIC)) =
        (a[0], character(vm, a[1]), character(vm, a[2]), a[3], a[4])
    else {
        return Ok(Value::None);
    };
    let cells = vm.heap[row].items.clone();
    let end = vm.heap.text(end).to_owned();
    let mut out = String::new();
    for (at, &cell) in cells.iter().enumerate() {
        let (text, numeric) = match cell {
            Value::None => (String::new(), false),
            Value::Str(id) => (vm.heap.text(id).to_owned(), false),
            Value::Int(_) | Value::Bool(_) | Value::Float(_) => (vm.repr_string(cell)?, true),
            _ => return Ok(Value::None),
        };
        vm.tick((text.len() / 32) as u32 + 1)?;
        vm.grow(&mut out, 2 * text.len() + 16)?;
        if at > 0 {
            out.push(delimiter);
        }
        let special = |c: char| c == delimiter || c == quote || c == '\r' || c == '\n' || end.contains(c);
        let quoted = match quoting {
            ALL => true,
            NONNUMERIC => !numeric || text.contains(special),
            _ => text.contains(special) || text.is_empty() && cells.len() == 1,
        };
        if quoted {
            out.push(quote);
            for c in text.chars() {
                if c == quote {
                    out.push(quote);
                }
                out.push(c);
            }
            out.push(quote);
        } else {
            out.push_str(&text);
        }
    }
    out.push_str(&end);
    vm.reserve(out.len())?;
    Ok(vm.new_string(out))
}

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    let functions = [
        native("split", Arity::Between(4, 4), split),
        native("join", Arity::Between(5, 5), join),
    ];
    vm.add_functions(dict, "_csv", &functions);
    Ok(())
}
