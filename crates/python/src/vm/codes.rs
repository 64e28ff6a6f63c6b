//! The code objects of a machine.

use super::code::CodeObject;
use crate::value::CodeId;
use std::cell::{Cell, OnceCell};
use std::ops::Index;

/// Code objects in the first chunk; each chunk has twice as many as the one before it.
const FIRST: usize = 64;

type Chunk = Box<[OnceCell<CodeObject>]>;

/// All code objects, by their handles. A shared reference is enough to add one, and none moves: who runs code holds the table and
/// references into it beside the machine, and counts nothing.
pub struct Codes {
    chunks: [OnceCell<Chunk>; 32],
    length: Cell<usize>,
}

/// The chunk in which a code object stands, and its place there.
#[inline(always)]
fn place(index: usize) -> (usize, usize) {
    let number = index + FIRST;
    let doublings = number.ilog2();
    ((doublings - FIRST.ilog2()) as usize, number - (1 << doublings))
}

impl Codes {
    pub fn new() -> Self {
        Codes {
            chunks: [const { OnceCell::new() }; 32],
            length: Cell::new(0),
        }
    }

    pub fn len(&self) -> usize {
        self.length.get()
    }

    pub fn add(&self, code: CodeObject) -> CodeId {
        let index = self.len();
        let (chunk, at) = place(index);
        let cells = self.chunks[chunk].get_or_init(|| (0..FIRST << chunk).map(|_| OnceCell::new()).collect());
        assert!(cells[at].set(code).is_ok(), "a free place");
        self.length.set(index + 1);
        CodeId(index as u64)
    }

    /// Drops all but the first `length`.
    pub fn truncate(&mut self, length: usize) {
        for index in length..self.len() {
            let (chunk, at) = place(index);
            if let Some(cells) = self.chunks[chunk].get_mut() {
                cells[at].take();
            }
        }
        self.length.set(length);
    }
}

impl Index<CodeId> for Codes {
    type Output = CodeObject;

    #[inline(always)]
    fn index(&self, id: CodeId) -> &CodeObject {
        let (chunk, at) = place(id.0 as usize);
        let code = self.chunks[chunk].get().and_then(|cells| cells[at].get());
        code.expect("a live code object")
    }
}
