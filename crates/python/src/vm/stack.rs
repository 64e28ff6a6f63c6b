//! The value stack's ends.

use super::Vm;
use crate::value::*;

impl Vm {
    #[inline]
    pub(super) fn pop(&mut self) -> Value {
        self.stack.pop().expect("an operand")
    }

    #[inline]
    pub(super) fn peek(&self, depth: usize) -> Value {
        self.stack[self.stack.len() - depth]
    }

    #[inline]
    pub(super) fn replace_top(&mut self, value: Value) {
        let top = self.stack.len() - 1;
        self.stack[top] = value;
    }

    #[inline]
    pub(super) fn pop_many(&mut self, count: usize) -> Vec<Value> {
        let at = self.stack.len() - count;
        self.stack.split_off(at)
    }
}
