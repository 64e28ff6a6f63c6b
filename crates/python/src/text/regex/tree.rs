//! The tree of a parsed pattern.

use super::class::{Case, Class};

/// What may stand at a place without taking a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    StringStart,
    LineStart,
    StringEnd,
    /// `$`: the end, or before a newline at the end.
    TextEnd,
    LineEnd,
    WordBoundary {
        negated: bool,
        ascii: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// Part of a pattern; flags are already applied.
#[derive(Clone, Debug)]
pub enum Node {
    /// A character, compared as `case` says.
    Literal(char, Case),
    Class(Box<Class>),
    /// `.`; matches newlines, too, where `DOTALL` holds.
    Any {
        newlines: bool,
    },
    Anchor(Anchor),
    Branch(Vec<Vec<Node>>),
    Group {
        index: usize,
        body: Vec<Node>,
    },
    /// A group that doesn't capture but keeps its quantifier and its flags apart.
    Plain(Vec<Node>),
    Atomic(Vec<Node>),
    Repeat {
        least: u32,
        most: u32,
        greed: Greed,
        body: Vec<Node>,
    },
    Look {
        behind: bool,
        negated: bool,
        body: Vec<Node>,
    },
    BackReference(usize, Case),
    Conditional {
        group: usize,
        yes: Vec<Node>,
        no: Option<Vec<Node>>,
    },
}

/// No upper bound.
pub const UNBOUNDED: u32 = u32::MAX;
/// Widths beyond this count as unbounded.
const MAX_WIDTH: u64 = 1 << 32;

/// A parsed pattern.
#[derive(Debug)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub flags: u32,
    /// Number of capturing groups.
    pub groups: usize,
    pub names: Vec<(String, usize)>,
    /// Least and most characters that each group takes, by number; what a back-reference to it takes.
    pub widths: Vec<Option<(u64, u64)>>,
}

/// Least and most characters that nodes take.
pub fn width_of(nodes: &[Node], groups: &[Option<(u64, u64)>]) -> (u64, u64) {
    let mut total = (0u64, 0u64);
    for node in nodes {
        let (least, most) = match node {
            Node::Literal(..) | Node::Class(_) | Node::Any { .. } => (1, 1),
            Node::Anchor(_) | Node::Look { .. } => (0, 0),
            Node::Branch(branches) => branches
                .iter()
                .map(|branch| width_of(branch, groups))
                .fold((MAX_WIDTH, 0), |(least, most), (low, high)| {
                    (least.min(low), most.max(high))
                }),
            Node::Group { body, .. } | Node::Plain(body) | Node::Atomic(body) => width_of(body, groups),
            Node::Repeat { least, most, body, .. } => {
                let (low, high) = width_of(body, groups);
                let high = match *most {
                    UNBOUNDED if high > 0 => MAX_WIDTH,
                    UNBOUNDED => 0,
                    most => high.saturating_mul(most.into()),
                };
                (low.saturating_mul((*least).into()), high)
            }
            Node::BackReference(group, _) => groups.get(*group).copied().flatten().unwrap_or((0, MAX_WIDTH)),
            Node::Conditional { yes, no, .. } => {
                let (low, high) = width_of(yes, groups);
                match no {
                    Some(no) => {
                        let (other_low, other_high) = width_of(no, groups);
                        (low.min(other_low), high.max(other_high))
                    }
                    None => (0, high),
                }
            }
        };
        total = (
            total.0.saturating_add(least).min(MAX_WIDTH),
            total.1.saturating_add(most).min(MAX_WIDTH),
        );
    }
    total
}
