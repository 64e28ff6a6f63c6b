//! SingleLine programs: a start state and one line of code that changes it.

use super::Level;
use super::expression::Writer;
use super::scope::{Type, Variable, fresh_name, start_value};
use crate::data::random::Stream;

/// Program `index` of the seed: assignments of the start state, one a line, and the line after them. It may raise; callers
/// run it and draw on.
pub fn singleline(seed: u64, index: u64, level: Level) -> String {
    let mut stream = Stream::new(seed, "singleline", index);
    let count = match level {
        Level::Easy => 1 + stream.weighted(&[3.0, 4.0, 2.0]),
        Level::Full => 1 + stream.weighted(&[2.0, 4.0, 5.0, 4.0, 2.0, 1.0]),
    };
    let mut variables: Vec<Variable> = Vec::new();
    while variables.len() < count {
        let kind = start_type(&mut stream, level);
        let name = fresh_name(
            &mut stream,
            kind,
            variables.iter().map(|variable| variable.name.as_str()),
        );
        variables.push(start_value(&mut stream, level, kind, name));
    }
    let mut source = String::new();
    for variable in &variables {
        source += &format!("{} = {}\n", variable.name, variable.text);
    }
    let mut writer = Writer {
        stream: &mut stream,
        level,
        variables,
    };
    source + &line(&mut writer) + "\n"
}

fn start_type(stream: &mut Stream, level: Level) -> Type {
    let types = [
        (Type::Int, 10.0),
        (Type::Str, 3.5),
        (Type::IntList, 4.5),
        (Type::StrList, 1.2),
        (Type::Bool, 0.8),
        (Type::Dict, 1.6),
        (Type::Tuple, 0.8),
        (Type::Float, 1.2),
        (Type::Set, 0.8),
        (Type::Grid, 0.8),
        (Type::None, 0.3),
    ];
    // Easy states keep to the first five.
    let types = if level == Level::Easy { &types[..5] } else { &types };
    let weights: Vec<f64> = types.iter().map(|&(_, weight)| weight).collect();
    types[stream.weighted(&weights)].0
}

/// One line of code over the variables in scope.
pub fn line(writer: &mut Writer<'_>) -> String {
    let subject = writer.variables[writer.stream.below(writer.variables.len())].clone();
    if writer.stream.chance(0.4)
        && let Some(line) = change(writer, &subject)
    {
        return line;
    }
    assignment(writer, &subject)
}

/// Changes a variable in place, by the means that its type has.
fn change(writer: &mut Writer<'_>, subject: &Variable) -> Option<String> {
    let name = &subject.name;
    let easy = writer.level == Level::Easy;
    let index = writer.index(subject.length);
    let line = match subject.kind {
        Type::Int => {
            let operator = if easy {
                writer.stream.pick(&["+=", "+=", "-="])
            } else {
                writer.stream.pick(&[
                    "+=", "+=", "+=", "-=", "-=", "*=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^=",
                ])
            };
            let amount = match operator {
                "//=" | "%=" => writer.small(),
                "**=" => "2".to_owned(),
                "<<=" | ">>=" => "1".to_owned(),
                _ if easy => writer.small(),
                _ => writer.int(1),
            };
            format!("{name} {operator} {amount}")
        }
        Type::Float => format!(
            "{name} {} {}",
            writer.stream.pick(&["+=", "-=", "*=", "/="]),
            writer.small()
        ),
        Type::Str => {
            let other = writer.str(2);
            match writer.stream.below(3) {
                0 => format!("{name} *= 2"),
                _ => format!("{name} += {other}"),
            }
        }
        Type::Bool => match writer.stream.below(3) {
            0 if !easy => format!("{name} &= {}", writer.condition(1)),
            1 if !easy => format!("{name} |= {}", writer.condition(1)),
            _ => format!("{name} = not {name}"),
        },
        Type::IntList if subject.length == 0 => format!("{name}.append({})", writer.atom()),
        Type::IntList => list_change(writer, subject, &index),
        Type::StrList => match writer.stream.below(if easy { 3 } else { 6 }) {
            0 | 1 => {
                let item = writer.str(2);
                format!("{name}.append({item})")
            }
            2 => format!("{name}.reverse()"),
            3 => format!("{name}.sort()"),
            4 => {
                let word = writer.fresh(Type::Str);
                format!("{word} = {name}.pop()")
            }
            _ => {
                let item = writer.str(2);
                format!("{name}[{index}] += {item}")
            }
        },
        Type::Dict => dict_change(writer, subject),
        Type::Set => {
            let item = writer.atom();
            match writer.stream.below(5) {
                0 | 1 => format!("{name}.add({item})"),
                2 => format!("{name}.discard({item})"),
                3 => format!("{name} |= {{{item}, {}}}", writer.small()),
                _ => format!("{name}.update([{item}, {}])", writer.small()),
            }
        }
        Type::Grid => {
            let value = writer.atom();
            match writer.stream.below(3) {
                0 => format!("{name}[{index}][0] = {value}"),
                1 => format!("{name}.append([{value}])"),
                _ => format!("{name}[{index}][-1] += {value}"),
            }
        }
        Type::Tuple | Type::None => return None,
    };
    Some(line)
}

fn list_change(writer: &mut Writer<'_>, subject: &Variable, index: &str) -> String {
    let name = &subject.name;
    let easy = writer.level == Level::Easy;
    let value = if easy { writer.atom() } else { writer.int(1) };
    match writer.stream.below(if easy { 9 } else { 18 }) {
        0..=2 => format!("{name}.append({value})"),
        3 | 4 => format!("{name}[{index}] = {value}"),
        5 => format!("{name}.pop()"),
        6 => format!("{name}.reverse()"),
        7 => format!("{name} += [{value}]"),
        8 => {
            let target = writer.fresh(Type::Int);
            format!("{target} = {name}.pop()")
        }
        9 => format!("{name}[{index}] += {value}"),
        10 => format!("{name}.insert({}, {value})", writer.stream.below(subject.length + 1)),
        11 => format!("{name}.sort()"),
        12 => format!("{name}.extend([{value}, {}])", writer.small()),
        13 => format!("del {name}[{index}]"),
        14 => format!("{name}.remove({name}[{index}])"),
        15 => format!("{name}[0], {name}[-1] = {name}[-1], {name}[0]"),
        16 => format!("{name}.sort(reverse=True)"),
        _ => {
            let slice = writer.slice(subject.length);
            // An extended slice takes only as many elements as it has.
            if slice.contains("::") {
                format!("{name}.pop(0)")
            } else {
                format!("{name}[{slice}] = [{value}]")
            }
        }
    }
}

fn dict_change(writer: &mut Writer<'_>, subject: &Variable) -> String {
    let name = &subject.name;
    let value = writer.atom();
    let numeric = subject.items.first().is_some_and(|key| !key.starts_with('\''));
    let fresh = if numeric {
        writer.stream.between(0, 30).to_string()
    } else {
        format!("'{}'", super::scope::word(writer.stream))
    };
    if subject.items.is_empty() {
        return format!("{name}[{fresh}] = {value}");
    }
    let key = subject.items[writer.stream.below(subject.items.len())].clone();
    match writer.stream.below(9) {
        0 | 1 => format!("{name}[{fresh}] = {value}"),
        2 => format!("{name}[{key}] = {value}"),
        3 | 4 => format!("{name}[{key}] += {}", writer.small()),
        5 => format!("{name}[{fresh}] = {name}.get({fresh}, 0) + 1"),
        6 => format!("{name}.update({{{fresh}: {value}}})"),
        7 => {
            let target = writer.fresh(Type::Int);
            format!("{target} = {name}.pop({key})")
        }
        _ => format!("del {name}[{key}]"),
    }
}

/// Computes something and names it.
fn assignment(writer: &mut Writer<'_>, subject: &Variable) -> String {
    let easy = writer.level == Level::Easy;
    if easy && writer.stream.chance(0.25) {
        let target = writer.fresh(subject.kind);
        return format!("{target} = {}", subject.name);
    }
    if !easy && writer.stream.chance(0.18) {
        return special(writer, subject);
    }
    // Mostly the line has to do with what there is.
    let kind = match subject.kind {
        Type::None => Type::Int,
        Type::Tuple | Type::Grid if writer.stream.chance(0.7) => Type::Int,
        Type::IntList | Type::Str | Type::Dict if writer.stream.chance(0.4) => Type::Int,
        Type::Int if !easy && writer.stream.chance(0.15) => Type::Bool,
        Type::Int if !easy && writer.stream.chance(0.08) => Type::Float,
        Type::Int if !easy && writer.stream.chance(0.06) => Type::Str,
        Type::IntList if !easy && writer.stream.chance(0.12) => Type::Set,
        Type::IntList | Type::Str if !easy && writer.stream.chance(0.08) => Type::Dict,
        Type::Str if !easy && writer.stream.chance(0.15) => Type::StrList,
        other => other,
    };
    let value = writer.expression(kind, 0);
    format!("{} = {value}", writer.target(kind))
}

/// Unpacking, swaps, several targets, one-line loops and tests.
fn special(writer: &mut Writer<'_>, subject: &Variable) -> String {
    let ints: Vec<String> = writer
        .variables
        .iter()
        .filter(|variable| variable.kind == Type::Int)
        .map(|variable| variable.name.clone())
        .collect();
    match (writer.stream.below(9), ints.as_slice()) {
        (0, [a, b, ..]) => format!("{a}, {b} = {b}, {a}"),
        (1, [a, b, ..]) => format!("{a}, {b} = {b}, {a} + {b}"),
        (2, [a, ..]) => {
            let (quotient, divisor) = (writer.fresh(Type::Int), writer.small());
            format!("{quotient}, r = divmod({a}, {divisor})")
        }
        (3, [a, ..]) => {
            let condition = writer.condition(0);
            format!("if {condition}: {a} += {}", writer.small())
        }
        (4, [a, ..]) => {
            let (body, count) = (writer.small(), writer.stream.between(2, 4));
            format!("for _ in range({count}): {a} += {body}")
        }
        (5, _) => {
            let (first, second, value) = (writer.fresh(Type::Int), writer.fresh(Type::Float), writer.int(1));
            format!("{first} = {second} = {value}")
        }
        (6, [a, ..]) if !a.is_empty() => {
            format!("while {a} > {}: {a} -= {}", writer.small(), writer.stream.between(3, 7))
        }
        _ if subject.length > 1 && matches!(subject.kind, Type::IntList | Type::Tuple | Type::Str | Type::StrList) => {
            let name = &subject.name;
            match writer.stream.below(2) {
                0 => format!("first, *rest = {name}"),
                _ => format!("*init, tail = {name}"),
            }
        }
        _ => {
            let (kind, target) = (Type::Int, writer.target(Type::Int));
            let (first, condition, second) = (
                writer.expression(kind, 1),
                writer.condition(0),
                writer.expression(kind, 1),
            );
            format!("{target} = {first} if {condition} else {second}")
        }
    }
}
