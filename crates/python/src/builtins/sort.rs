//! `sorted` and `list.sort`: a stable merge sort whose comparisons may run Python code.

use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::Args;
use std::cmp::Ordering;

fn options(vm: &mut Vm, a: Args<'_>, name: &str) -> Res<(Value, bool)> {
    let (mut key, mut reverse) = (Value::None, false);
    for (keyword, value) in a.keywords() {
        match vm.heap.text(keyword) {
            "key" => key = value,
            "reverse" => reverse = vm.truth(value)?,
            other => {
                let message = format!("'{other}' is an invalid keyword argument for {name}()");
                return Err(vm.type_error(message));
            }
        }
    }
    Ok((key, reverse))
}

pub fn sorted(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if a.plain().len() != 1 {
        let message = format!("sorted expected 1 argument, got {}", a.plain().len());
        return Err(vm.type_error(message));
    }
    let items = vm.collect_items(a[0])?;
    let (key, reverse) = options(vm, a, "sort")?;
    let items = sort(vm, items, key, reverse)?;
    Ok(vm.heap.new_list(items))
}

pub fn sort_list(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    if a.plain().len() != 1 {
        return Err(vm.type_error("sort() takes no positional arguments"));
    }
    let (key, reverse) = options(vm, a, "sort")?;
    let Value::List(list) = vm.payload(a[0]) else {
        return Ok(Value::None);
    };
    let items = std::mem::take(&mut vm.heap[list].items);
    let backup = items.clone();
    match sort(vm, items, key, reverse) {
        Ok(items) => {
            if !vm.heap[list].items.is_empty() {
                vm.heap[list].items = items;
                return Err(vm.value_error("list modified during sort"));
            }
            vm.heap[list].items = items;
            Ok(Value::None)
        }
        Err(stop) => {
            vm.heap[list].items = backup;
            Err(stop)
        }
    }
}

/// Sorts by `key`, stably; `reverse` keeps the order of equals too.
pub fn sort(vm: &mut Vm, items: Vec<Value>, key: Value, reverse: bool) -> Res<Vec<Value>> {
    vm.reserve(items.len() * 64)?;
    let mut pairs: Vec<(Value, Value)> = Vec::with_capacity(items.len());
    for item in items {
        let measured = if key.is_none() { item } else { vm.call(key, &[item])? };
        vm.tick(1)?;
        pairs.push((measured, item));
    }
    if reverse {
        pairs.reverse();
    }
    let all = |test: fn(&Value) -> bool| pairs.iter().all(|(measured, _)| test(measured));
    vm.tick(pairs.len() as u32)?;
    if all(|v| matches!(v, Value::Int(_))) {
        pairs.sort_by_key(|(measured, _)| match measured {
            Value::Int(i) => *i,
            _ => 0,
        });
    } else if all(|v| matches!(v, Value::Str(_))) {
        let heap = &vm.heap;
        pairs.sort_by(|(x, _), (y, _)| match (x, y) {
            (Value::Str(x), Value::Str(y)) => heap.text(*x).cmp(heap.text(*y)),
            _ => Ordering::Equal,
        });
    } else if all(|v| matches!(v, Value::Float(f) if !f.is_nan())) {
        pairs.sort_by(|(x, _), (y, _)| match (x, y) {
            (Value::Float(x), Value::Float(y)) => x.partial_cmp(y).unwrap_or(Ordering::Equal),
            _ => Ordering::Equal,
        });
    } else {
        pairs = insertion_merge(vm, pairs)?;
    }
    if reverse {
        pairs.reverse();
    }
    Ok(pairs.into_iter().map(|(_, item)| item).collect())
}

/// Binary insertion of short runs, as CPython sorts fewer than 64 items, then merges.
fn insertion_merge(vm: &mut Vm, pairs: Vec<(Value, Value)>) -> Res<Vec<(Value, Value)>> {
    const RUN: usize = 64;
    if pairs.len() < RUN {
        return binary_insertion(vm, pairs);
    }
    let middle = pairs.len() / 2;
    let right = insertion_merge(vm, pairs[middle..].to_vec())?;
    let left = insertion_merge(vm, pairs[..middle].to_vec())?;
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        vm.tick(1)?;
        if vm.less(right[j].0, left[i].0)? {
            merged.push(right[j]);
            j += 1;
        } else {
            merged.push(left[i]);
            i += 1;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    Ok(merged)
}

fn binary_insertion(vm: &mut Vm, mut pairs: Vec<(Value, Value)>) -> Res<Vec<(Value, Value)>> {
    if pairs.len() < 2 {
        return Ok(pairs);
    }
    // The run that is there already: ascending, or strictly descending and then reversed.
    let mut run = 2;
    if vm.less(pairs[1].0, pairs[0].0)? {
        while run < pairs.len() && vm.less(pairs[run].0, pairs[run - 1].0)? {
            run += 1;
        }
        pairs[..run].reverse();
    } else {
        while run < pairs.len() && !vm.less(pairs[run].0, pairs[run - 1].0)? {
            run += 1;
        }
    }
    for next in run..pairs.len() {
        vm.tick(1)?;
        let pivot = pairs[next];
        let (mut low, mut high) = (0, next);
        while low < high {
            let middle = low + (high - low) / 2;
            if vm.less(pivot.0, pairs[middle].0)? {
                high = middle
            } else {
                low = middle + 1
            }
        }
        pairs[low..=next].rotate_right(1);
    }
    Ok(pairs)
}
