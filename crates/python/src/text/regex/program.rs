//! Compiles a pattern's tree to a flat program for the backtracking machine.

use super::class::{Case, Class};
use super::tree::{Anchor, Greed, Node, Tree, UNBOUNDED, width_of};
use super::{Error, matcher};

/// What takes exactly one character.
#[derive(Clone, Debug)]
pub enum Single {
    Char(char),
    Folded(char, Case),
    Class(Box<Class>),
    Any,
    AnyButNewline,
}

impl Single {
    #[inline(always)]
    pub fn matches(&self, c: char) -> bool {
        match self {
            Single::Char(wanted) => c == *wanted,
            Single::Folded(lower, case) => case.lower(c) == *lower,
            Single::Class(class) => class.contains(c),
            Single::Any => true,
            Single::AnyButNewline => c != '\n',
        }
    }
}

#[derive(Clone, Debug)]
pub enum Op {
    Single(Single),
    Anchor(Anchor),
    /// Notes the position in a slot; the end of a group makes it the last group.
    Save {
        slot: usize,
        closes: Option<usize>,
    },
    Jump(usize),
    /// Tries the next instruction first, then the target.
    Split(usize),
    /// A repeated single character.
    Run {
        single: Single,
        least: u32,
        most: u32,
        greed: Greed,
    },
    /// Starts a loop: its count is none, and no iteration has begun anywhere.
    LoopStart {
        slot: usize,
    },
    /// Behind each iteration, and at the start.
    Loop {
        slot: usize,
        least: u32,
        most: u32,
        lazy: bool,
        body: usize,
        exit: usize,
    },
    /// Where a lazy loop comes back to when what follows it failed.
    LoopMore {
        slot: usize,
        most: u32,
        body: usize,
    },
    /// Runs what follows as one step up to `BarrierEnd`. `back` characters before the position for a look-behind.
    Barrier {
        kind: Barrier,
        back: usize,
        end: usize,
    },
    BarrierEnd,
    BackReference {
        group: usize,
        case: Case,
    },
    /// Goes on if the group has matched, else jumps.
    IfGroup {
        group: usize,
        otherwise: usize,
    },
    Success,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    Atomic,
    Ahead,
    NotAhead,
}

#[derive(Clone, Debug)]
pub struct Program {
    pub ops: Vec<Op>,
    /// Capture slots (two a group, from group 1), then two a loop.
    pub slots: usize,
    /// Characters below 128 that a match can begin with, where others of them can't; `None` when any can, or nothing.
    pub first: Option<u128>,
}

struct Compiler<'a> {
    tree: &'a Tree,
    ops: Vec<Op>,
    slots: usize,
}

pub fn compile(tree: &Tree) -> Result<Program, Error> {
    let mut compiler = Compiler {
        tree,
        ops: Vec::new(),
        slots: matcher::FIRST_GROUP_SLOT + 2 * tree.groups,
    };
    compiler.sequence(&tree.nodes)?;
    compiler.ops.push(Op::Success);
    let mut first = 0;
    let consumes = first_of(&tree.nodes, &mut first);
    Ok(Program {
        ops: compiler.ops,
        slots: compiler.slots,
        first: (consumes && first != u128::MAX).then_some(first),
    })
}

fn single(node: &Node) -> Option<Single> {
    Some(match node {
        Node::Literal(c, Case::Exact) => Single::Char(*c),
        Node::Literal(c, case) => Single::Folded(*c, *case),
        Node::Class(class) => Single::Class(class.clone()),
        Node::Any { newlines: true } => Single::Any,
        Node::Any { newlines: false } => Single::AnyButNewline,
        Node::Plain(body) if body.len() == 1 => return single(&body[0]),
        _ => return None,
    })
}

/// Adds the ASCII characters that nodes can begin with; true when they always take a character. Everything beyond ASCII
/// may begin a match.
fn first_of(nodes: &[Node], first: &mut u128) -> bool {
    for node in nodes {
        if let Some(single) = single(node) {
            for code in 0..128u8 {
                if single.matches(code as char) {
                    *first |= 1 << code;
                }
            }
            return true;
        }
        let consumes = match node {
            Node::Anchor(_) | Node::Look { .. } => false,
            Node::Branch(branches) => branches.iter().fold(true, |all, branch| first_of(branch, first) & all),
            Node::Group { body, .. } | Node::Plain(body) | Node::Atomic(body) => first_of(body, first),
            Node::Repeat { least, body, .. } => first_of(body, first) && *least > 0,
            _ => {
                *first = u128::MAX;
                true
            }
        };
        if consumes {
            return true;
        }
    }
    false
}

impl Compiler<'_> {
    fn sequence(&mut self, nodes: &[Node]) -> Result<(), Error> {
        nodes.iter().try_for_each(|node| self.node(node))
    }

    /// Adds an instruction whose target is not known yet.
    fn pending(&mut self) -> usize {
        self.ops.push(Op::Success);
        self.ops.len() - 1
    }

    fn node(&mut self, node: &Node) -> Result<(), Error> {
        if let Some(single) = single(node) {
            self.ops.push(Op::Single(single));
            return Ok(());
        }
        match node {
            Node::Literal(..) | Node::Class(_) | Node::Any { .. } => {}
            Node::Anchor(anchor) => self.ops.push(Op::Anchor(*anchor)),
            Node::Branch(branches) => {
                let mut jumps = Vec::new();
                for (index, branch) in branches.iter().enumerate() {
                    if index + 1 == branches.len() {
                        self.sequence(branch)?;
                        break;
                    }
                    let split = self.pending();
                    self.sequence(branch)?;
                    jumps.push(self.pending());
                    self.ops[split] = Op::Split(self.ops.len());
                }
                let end = self.ops.len();
                for jump in jumps {
                    self.ops[jump] = Op::Jump(end);
                }
            }
            Node::Group { index, body } => {
                let slot = matcher::FIRST_GROUP_SLOT + 2 * (index - 1);
                self.ops.push(Op::Save { slot, closes: None });
                self.sequence(body)?;
                self.ops.push(Op::Save {
                    slot: slot + 1,
                    closes: Some(*index),
                });
            }
            Node::Plain(body) => self.sequence(body)?,
            Node::Atomic(body) => self.barrier(Barrier::Atomic, 0, body)?,
            Node::Repeat {
                least,
                most,
                greed,
                body,
            } => self.repeat(*least, *most, *greed, body)?,
            Node::Look { behind, negated, body } => {
                let mut back = 0;
                if *behind {
                    let (least, most) = width_of(body, &self.tree.widths);
                    if least != most {
                        let message = "look-behind requires fixed-width pattern".to_string();
                        return Err(Error::Pattern {
                            message,
                            position: None,
                        });
                    }
                    back = least as usize;
                }
                self.barrier(if *negated { Barrier::NotAhead } else { Barrier::Ahead }, back, body)?;
            }
            Node::BackReference(group, case) => self.ops.push(Op::BackReference {
                group: *group,
                case: *case,
            }),
            Node::Conditional { group, yes, no } => {
                let test = self.pending();
                self.sequence(yes)?;
                let mut otherwise = self.ops.len();
                if let Some(no) = no {
                    let jump = self.pending();
                    otherwise = self.ops.len();
                    self.sequence(no)?;
                    self.ops[jump] = Op::Jump(self.ops.len());
                }
                self.ops[test] = Op::IfGroup {
                    group: *group,
                    otherwise,
                };
            }
        }
        Ok(())
    }

    fn barrier(&mut self, kind: Barrier, back: usize, body: &[Node]) -> Result<(), Error> {
        let start = self.pending();
        self.sequence(body)?;
        self.ops.push(Op::BarrierEnd);
        self.ops[start] = Op::Barrier {
            kind,
            back,
            end: self.ops.len(),
        };
        Ok(())
    }

    fn repeat(&mut self, least: u32, most: u32, greed: Greed, body: &[Node]) -> Result<(), Error> {
        if let [node] = body
            && let Some(single) = single(node)
        {
            self.ops.push(Op::Run {
                single,
                least,
                most,
                greed,
            });
            return Ok(());
        }
        if greed == Greed::Possessive {
            // No iteration is entered again, nor is their number reconsidered.
            let start = self.pending();
            let iteration = [Node::Atomic(body.to_vec())];
            self.repeat(least, most, Greed::Greedy, &iteration)?;
            self.ops.push(Op::BarrierEnd);
            self.ops[start] = Op::Barrier {
                kind: Barrier::Atomic,
                back: 0,
                end: self.ops.len(),
            };
            return Ok(());
        }
        let lazy = greed == Greed::Lazy;
        let slot = self.slots;
        self.slots += 2;
        self.ops.push(Op::LoopStart { slot });
        let head = self.pending();
        if lazy {
            self.ops.push(Op::LoopMore {
                slot,
                most,
                body: head + 2,
            });
        }
        let start = self.ops.len();
        self.sequence(body)?;
        self.ops.push(Op::Jump(head));
        self.ops[head] = Op::Loop {
            slot,
            least,
            most,
            lazy,
            body: start,
            exit: self.ops.len(),
        };
        Ok(())
    }
}

/// The loop may go on after `count` iterations.
pub fn may_repeat(count: u64, most: u32) -> bool {
    most == UNBOUNDED || count < most.into()
}
