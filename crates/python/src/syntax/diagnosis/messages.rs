//! The diagnoses that take more than a place and a text.

use super::grammar::{Action, Kind};
use super::machine::{Captures, Machine, NodeId};
use crate::syntax::SyntaxError;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Assign,
    Loop,
    Delete,
}

/// The error of an alternative that matched up to token `end`; None: it is no error after all.
pub(super) fn decide(machine: &Machine, action: &Action, captures: Captures, end: usize) -> Option<SyntaxError> {
    let first = captures[0];
    let at = |node: Option<NodeId>| node.map_or(0, |node| machine.line_of(node));
    let raise = |message: &str| Some(SyntaxError::new(message, at(first)));
    match action {
        Action::RaiseAtCapture(message) => {
            let kind = first.map_or(Kind::Plain, |node| machine.nodes[node as usize].kind);
            raise(&message.replace("{}", kind.text()).replace("\\\"", "\""))
        }
        Action::RaiseAtLast(message) => Some(SyntaxError::new(*message, machine.last_line())),
        Action::MissingBlock(what) => {
            let message = format!("expected an indented block after {what} on line {}", at(first) + 1);
            Some(SyntaxError::of_type("IndentationError", message, machine.last_line()))
        }
        Action::MissingAnyBlock(message) => {
            Some(SyntaxError::of_type("IndentationError", *message, machine.last_line()))
        }
        Action::Call("assign_target") => target_error(machine, first?, Target::Assign),
        Action::Call("for_target") => target_error(machine, first?, Target::Loop),
        Action::Call("delete_target") => target_error(machine, first?, Target::Delete),
        Action::Call("legacy") => {
            let name = legacy_name(machine, first?)?;
            raise(&format!(
                "Missing parentheses in call to '{name}'. Did you mean {name}(...)?"
            ))
        }
        Action::Call("comma") => {
            if legacy_name(machine, first?).is_some() || machine.tokens.tokens[end - 1].level == 0 {
                return None;
            }
            raise("invalid syntax. Perhaps you forgot a comma?")
        }
        Action::Call("bare_generator") => {
            let arguments = arguments(machine, first?);
            let last = *arguments.last()?;
            let message = "Generator expression must be parenthesized";
            (arguments.len() > 1).then(|| SyntaxError::new(message, machine.line_of(last)))
        }
        Action::Call("argument_order") => {
            let unpacking = (arguments(machine, first?).iter())
                .any(|&argument| machine.nodes[argument as usize].kind == Kind::DoubleStarred);
            let message = if unpacking {
                "positional argument follows keyword argument unpacking"
            } else {
                "positional argument follows keyword argument"
            };
            Some(SyntaxError::new(message, machine.last_line()))
        }
        _ => None,
    }
}

fn legacy_name<'a>(machine: &Machine<'a>, node: NodeId) -> Option<&'a str> {
    let node = &machine.nodes[node as usize];
    let name = machine.text(node.start);
    (node.kind == Kind::Name && matches!(name, "print" | "exec")).then_some(name)
}

/// The expressions directly in a node, whatever lists they stand in.
fn elements(machine: &Machine, node: NodeId, into: &mut Vec<NodeId>) {
    for &child in &machine.nodes[node as usize].children {
        match machine.nodes[child as usize].kind {
            Kind::Plain => elements(machine, child, into),
            _ => into.push(child),
        }
    }
}

fn arguments(machine: &Machine, node: NodeId) -> Vec<NodeId> {
    let mut all = Vec::new();
    match machine.nodes[node as usize].kind {
        Kind::Plain => elements(machine, node, &mut all),
        _ => all.push(node),
    }
    all
}

fn target_error(machine: &Machine, node: NodeId, target: Target) -> Option<SyntaxError> {
    let wrong = invalid_target(machine, node, target)?;
    let verb = if target == Target::Delete {
        "delete"
    } else {
        "assign to"
    };
    let kind = machine.nodes[wrong as usize].kind.text();
    Some(SyntaxError::new(
        format!("cannot {verb} {kind}"),
        machine.line_of(wrong),
    ))
}

/// The first part that can't be a target.
fn invalid_target(machine: &Machine, id: NodeId, target: Target) -> Option<NodeId> {
    let node = &machine.nodes[id as usize];
    match node.kind {
        Kind::Name | Kind::Attribute | Kind::Subscript => None,
        Kind::List | Kind::Tuple => {
            let mut all = Vec::new();
            elements(machine, id, &mut all);
            all.into_iter()
                .find_map(|element| invalid_target(machine, element, target))
        }
        Kind::Starred if target != Target::Delete => invalid_target(machine, *node.children.last()?, target),
        Kind::Compare if target == Target::Loop => {
            let left = node.children[0];
            let operator = machine.nodes[left as usize].end;
            if machine.text(operator) == "in" {
                invalid_target(machine, left, target)
            } else {
                None
            }
        }
        _ => Some(id),
    }
}
