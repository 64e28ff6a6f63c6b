//! One code object in the making.

use super::flow::{Block, BlockId, Graph, Instr};
use super::fold;
use super::symbols::{NameId, ScopeId, ScopeKind};
use crate::bytecode::{Constant, Name};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Names in order of first use.
#[derive(Debug, Default)]
pub(super) struct Ordered {
    ids: Vec<NameId>,
    index: FxHashMap<NameId, u32>,
}

const LINEAR: usize = 16;

/// Emptied vectors to use again.
#[derive(Default)]
pub(super) struct Spare {
    pub(super) instructions: Vec<Vec<Instr>>,
    pub(super) blocks: Vec<Vec<Block>>,
    ids: Vec<Vec<u32>>,
}

impl Spare {
    pub(super) fn ids(&mut self) -> Vec<u32> {
        self.ids.pop().unwrap_or_default()
    }

    pub(super) fn ordered(&mut self) -> Ordered {
        Ordered {
            ids: self.ids(),
            index: FxHashMap::default(),
        }
    }

    pub(super) fn recycle(&mut self, mut ids: Vec<u32>) {
        ids.clear();
        self.ids.push(ids);
    }

    /// Gives back what a large module left.
    pub(super) fn shrink(&mut self) {
        fn shrink<T>(vectors: &mut Vec<Vec<T>>) {
            vectors.truncate(64);
            vectors.retain(|vector| vector.capacity() <= 256);
        }
        shrink(&mut self.instructions);
        shrink(&mut self.blocks);
        shrink(&mut self.ids);
    }
}

impl Ordered {
    pub(super) fn ids(&self) -> &[NameId] {
        &self.ids
    }

    pub(super) fn into_ids(self) -> Vec<NameId> {
        self.ids
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn position(&self, id: NameId) -> Option<usize> {
        if self.ids.len() <= LINEAR {
            self.ids.iter().position(|&known| known == id)
        } else {
            self.index.get(&id).map(|&at| at as usize)
        }
    }

    pub(super) fn add(&mut self, id: NameId) -> u32 {
        if let Some(position) = self.position(id) {
            return position as u32;
        }
        self.ids.push(id);
        if self.ids.len() == LINEAR + 1 {
            self.index = self.ids.iter().enumerate().map(|(at, &id)| (id, at as u32)).collect();
        } else if self.ids.len() > LINEAR {
            self.index.insert(id, self.ids.len() as u32 - 1);
        }
        self.ids.len() as u32 - 1
    }
}

/// Constants without duplicates.
#[derive(Debug, Default)]
pub(super) struct Constants {
    values: Vec<Constant>,
    index: FxHashMap<u64, u32>,
}

impl Constants {
    pub(super) fn get(&self, position: u32) -> &Constant {
        &self.values[position as usize]
    }

    pub(super) fn add(&mut self, value: Constant) -> u32 {
        if self.values.is_empty() {
            self.values.reserve(8);
        }
        let next = self.values.len() as u32;
        if self.values.len() < LINEAR {
            if let Some(position) = self.values.iter().position(|known| fold::same(known, &value)) {
                return position as u32;
            }
        } else {
            if self.values.len() == LINEAR {
                self.index = self
                    .values
                    .iter()
                    .enumerate()
                    .map(|(at, value)| (fold::hash(value), at as u32))
                    .collect();
            }
            let slot = self.index.entry(fold::hash(&value)).or_insert(next);
            if *slot != next && fold::same(&self.values[*slot as usize], &value) {
                return *slot;
            }
        }
        self.values.push(value);
        next
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.values.truncate(length);
    }

    pub(super) fn into_values(self) -> Vec<Constant> {
        self.values
    }
}

/// A statement that must be unwound by `return`, `break` and `continue`.
#[derive(Clone, Copy)]
pub(super) enum FrameKind<'a> {
    While,
    For,
    TryExcept,
    FinallyTry(&'a [ruff_python_ast::Stmt]),
    FinallyEnd,
    With { line: u32, is_async: bool },
    HandlerCleanup(Option<&'a str>),
    ExceptionHandler,
    ExceptionGroupHandler,
    AsyncComprehension,
    PopValue,
}

#[derive(Clone, Copy)]
pub(super) struct FrameBlock<'a> {
    pub(super) kind: FrameKind<'a>,
    pub(super) start: BlockId,
    pub(super) exit: BlockId,
}

pub(super) struct Unit {
    pub(super) scope: ScopeId,
    pub(super) kind: ScopeKind,
    pub(super) name: Name,
    pub(super) qualname: Name,
    pub(super) class: Option<Arc<str>>,
    pub(super) first_line: u32,
    /// Line of the next instruction, 1-based.
    pub(super) line: u32,
    pub(super) graph: Graph,
    pub(super) constants: Constants,
    pub(super) names: Ordered,
    pub(super) variables: Ordered,
    pub(super) cells: Vec<NameId>,
    pub(super) frees: Vec<NameId>,
    pub(super) argument_count: u32,
    pub(super) positional_only_count: u32,
    pub(super) keyword_only_count: u32,
}
