//! Loops that look for the next number that passes a test, as comprehensions with a condition do: `FOR_ITER` and the test run here
//! until an item passes, without turns of the machine's loop.

use super::steps::Step;
use super::{Vm, quick};
use crate::bytecode::{BinaryOperator, Opcode};
use crate::heap::Iter;
use crate::value::*;

/// Items that are looked at before the limits are.
const TURN: usize = 1024;

const REMAINDER: u8 = BinaryOperator::Remainder as u8;

/// An operand of the test.
#[derive(Clone, Copy)]
enum Operand {
    Item,
    Fixed(Value),
}

impl Operand {
    #[inline(always)]
    fn value(self, item: i64) -> Value {
        match self {
            Operand::Item => Value::Int(item),
            Operand::Fixed(value) => value,
        }
    }

    /// The number, if it can be divided in half the time; zero for the item, since nothing is divided by zero here.
    fn short(self) -> Option<u32> {
        match self {
            Operand::Item => Some(0),
            Operand::Fixed(Value::Int(value)) => u32::try_from(value).ok().filter(|&value| value != 0),
            Operand::Fixed(_) => None,
        }
    }
}

/// How many of `count` items fail the test in a row, and whether the one behind them passes. An item or a test that takes more
/// than a look ends the row.
#[inline(always)]
fn failures(count: usize, item: impl Fn(usize) -> Option<i64>, passes: impl Fn(i64) -> Option<bool>) -> (usize, bool) {
    for at in 0..count {
        match item(at).and_then(&passes) {
            Some(false) => {}
            passed => return (at, passed.is_some()),
        }
    }
    (count, false)
}

impl Vm {
    /// An item failed the test of the group `step`, which stands right behind `FOR_ITER` and `STORE_FAST` of `slot` and jumps back
    /// to them: goes through those that follow. True if the one now in the slot passed.
    #[inline(never)]
    pub(super) fn skip_items(&mut self, step: Step, constants: &[Value], base: usize, slot: u8) -> Res<bool> {
        let Value::Iterator(id) = self.peek(1) else {
            return Ok(false);
        };
        let (a, b) = (self.stack[base + step.a as usize], step.b);
        let fast = |at: u8, value: Value| match at == slot {
            true => Operand::Item,
            false => Operand::Fixed(value),
        };
        let (left, right) = match (step.opcode, a) {
            (Opcode::BinaryDerefFastTest, Value::Cell(cell)) => (
                Operand::Fixed(self.heap[cell].0),
                fast(b, self.stack[base + b as usize]),
            ),
            (Opcode::BinaryFastFastTest, _) => (fast(step.a, a), fast(b, self.stack[base + b as usize])),
            (Opcode::BinaryFastConstTest, _) => (fast(step.a, a), Operand::Fixed(constants[b as usize])),
            _ => return Ok(false),
        };
        let test = step.test();
        let with = constants[test.constant];
        let simple = |item: i64| {
            let value = quick::operation(test.operator, left.value(item), right.value(item))?;
            Some(quick::comparison(test.comparison, value, with)? != test.jump_if)
        };
        let (failed, last) = match self.heap.iterators.get_mut(id.0) {
            Iter::Range { next, step, left: rest } => {
                let (first, by, count) = (*next, *step, (*rest as usize).min(TURN));
                let item = |at: usize| Some(first.wrapping_add((at as i64).wrapping_mul(by)));
                let (failed, passed) = match (test.operator, left.short(), right.short(), with) {
                    (REMAINDER, Some(dividend), Some(divisor), Value::Int(with)) => failures(count, item, |item| {
                        let item = u32::try_from(item).ok()?;
                        let dividend = if dividend == 0 { item } else { dividend };
                        let remainder = dividend.checked_rem(if divisor == 0 { item } else { divisor })?;
                        Some(quick::decide(test.comparison, i64::from(remainder), with) != test.jump_if)
                    }),
                    _ => failures(count, item, simple),
                };
                let taken = failed + usize::from(passed);
                *next = first.wrapping_add((taken as i64).wrapping_mul(by));
                *rest -= taken as i64;
                (failed, (taken > 0).then(|| (next.wrapping_sub(by), passed)))
            }
            Iter::List { list, at } => {
                let items = self.heap.lists.get(list.0).items.get(*at..).unwrap_or_default();
                let item = |at: usize| match items[at] {
                    Value::Int(item) => Some(item),
                    _ => None,
                };
                let (failed, passed) = failures(items.len().min(TURN), item, simple);
                let taken = failed + usize::from(passed);
                *at += taken;
                (failed, taken.checked_sub(1).and_then(item).map(|last| (last, passed)))
            }
            _ => return Ok(false),
        };
        let Some((last, passed)) = last else { return Ok(false) };
        self.stack[base + slot as usize] = Value::Int(last);
        self.tick(failed as u32)?;
        Ok(passed)
    }
}
