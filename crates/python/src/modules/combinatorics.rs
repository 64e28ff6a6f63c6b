//! `itertools.product`, `permutations`, `combinations` and `combinations_with_replacement`.

use super::itertools::{bind, iterator_class, made, state};
use crate::heap::NativeNext;
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::Args;

/// Indices into pools of items, moved on to the next selection at each step.
struct Selection {
    /// One pool for each place of `product`, else one.
    pools: Vec<Vec<Value>>,
    indices: Vec<usize>,
    /// `permutations`: how many choices each place has left.
    cycles: Vec<usize>,
    started: bool,
    over: bool,
}

impl NativeData for Selection {
    fn trace(&self, visit: &mut dyn FnMut(Value)) {
        self.pools.iter().flatten().copied().for_each(visit);
    }

    fn size(&self) -> usize {
        self.pools.iter().map(|pool| pool.len() * size_of::<Value>()).sum()
    }
}

pub fn class(vm: &mut Vm, name: &'static str) -> Res<Value> {
    match name {
        "product" => iterator_class(vm, name, product, &[]),
        "permutations" => iterator_class(vm, name, permutations, &[]),
        "combinations" => iterator_class(vm, name, combinations, &[]),
        _ => iterator_class(vm, name, combinations_with_replacement, &[]),
    }
}

/// One step: `advance` moves the indices on, or says that there are no more.
fn step(vm: &mut Vm, id: OpaqueId, advance: fn(&mut Selection) -> bool) -> Res<Option<Value>> {
    let places = state::<Selection>(vm, id).indices.len();
    vm.tick(1 + (places / 16) as u32)?;
    let selection = state::<Selection>(vm, id);
    if selection.over {
        return Ok(None);
    }
    if selection.started && !advance(selection) {
        selection.over = true;
        return Ok(None);
    }
    selection.started = true;
    let many = selection.pools.len() > 1 || selection.pools.len() == selection.indices.len();
    let items: Vec<Value> = selection
        .indices
        .iter()
        .enumerate()
        .map(|(place, &index)| selection.pools[if many { place } else { 0 }][index])
        .collect();
    Ok(Some(vm.heap.new_tuple(&items)))
}

fn product(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let mut times = 1;
    for (keyword, value) in a.keywords() {
        let text = vm.heap.text(keyword);
        if text != "repeat" {
            let message = format!("'{text}' is an invalid keyword argument for product()");
            return Err(vm.type_error(message));
        }
        times = vm.to_i64(value)?;
        if times < 0 {
            return Err(vm.value_error("repeat argument cannot be negative"));
        }
    }
    let given = &a.plain()[1..];
    vm.reserve(given.len().saturating_mul(times as usize).saturating_mul(64))?;
    let mut once = Vec::new();
    if times > 0 {
        for &iterable in given {
            once.push(vm.collect_items(iterable)?);
        }
    }
    let mut pools: Vec<Vec<Value>> = Vec::new();
    for _ in 0..times {
        pools.extend(once.iter().cloned());
    }
    let over = pools.iter().any(Vec::is_empty);
    let indices = vec![0; pools.len()];
    let selection = Selection {
        pools,
        indices,
        cycles: Vec::new(),
        started: false,
        over,
    };
    let next: NativeNext = |vm, id| {
        step(vm, id, |selection| {
            for place in (0..selection.indices.len()).rev() {
                selection.indices[place] += 1;
                if selection.indices[place] < selection.pools[place].len() {
                    return true;
                }
                selection.indices[place] = 0;
            }
            false
        })
    };
    Ok(made(vm, a, selection, next))
}

/// The pool and the length of the selections.
fn pool_and_length(vm: &mut Vm, a: Args<'_>, name: &str, required: usize) -> Res<(Vec<Value>, usize)> {
    let values = bind(vm, a, name, &["iterable", "r"], required)?;
    // `permutations` looks at its items first, the others at the length.
    let (pool, length) = match values[1].some() {
        Some(length) if required == 2 => {
            let length = vm.to_i64(length)?;
            (vm.collect_items(values[0])?, length)
        }
        None | Some(Value::None) => {
            let pool = vm.collect_items(values[0])?;
            let length = pool.len() as i64;
            (pool, length)
        }
        Some(length) => {
            let pool = vm.collect_items(values[0])?;
            if !matches!(vm.payload(length), Value::Int(_) | Value::Bool(_) | Value::BigInt(_)) {
                return Err(vm.type_error("Expected int as r"));
            }
            (pool, vm.to_i64(length)?)
        }
    };
    if length < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    vm.reserve((length as usize).saturating_mul(8))?;
    Ok((pool, length as usize))
}

fn permutations(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (pool, length) = pool_and_length(vm, a, "permutations", 1)?;
    let count = pool.len();
    let over = length > count;
    // All the pool's indices are permuted; the first `length` are shown.
    let selection = Selection {
        pools: vec![pool],
        indices: (0..count).collect(),
        cycles: if over {
            Vec::new()
        } else {
            (0..length).map(|place| count - place).collect()
        },
        started: false,
        over,
    };
    let next: NativeNext = |vm, id| {
        vm.tick(1)?;
        let selection = state::<Selection>(vm, id);
        if selection.over {
            return Ok(None);
        }
        if selection.started && !next_permutation(selection) {
            selection.over = true;
            return Ok(None);
        }
        selection.started = true;
        let shown = &selection.indices[..selection.cycles.len()];
        let items: Vec<Value> = shown.iter().map(|&index| selection.pools[0][index]).collect();
        Ok(Some(vm.heap.new_tuple(&items)))
    };
    Ok(made(vm, a, selection, next))
}

fn next_permutation(selection: &mut Selection) -> bool {
    let count = selection.indices.len();
    for place in (0..selection.cycles.len()).rev() {
        selection.cycles[place] -= 1;
        if selection.cycles[place] == 0 {
            selection.indices[place..].rotate_left(1);
            selection.cycles[place] = count - place;
        } else {
            let other = count - selection.cycles[place];
            selection.indices.swap(place, other);
            return true;
        }
    }
    false
}

fn combinations(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (pool, length) = pool_and_length(vm, a, "combinations", 2)?;
    let over = length > pool.len();
    let indices = if over { Vec::new() } else { (0..length).collect() };
    let selection = Selection {
        pools: vec![pool],
        indices,
        cycles: Vec::new(),
        started: false,
        over,
    };
    let next: NativeNext = |vm, id| {
        step(vm, id, |selection| {
            let (count, length) = (selection.pools[0].len(), selection.indices.len());
            for place in (0..length).rev() {
                if selection.indices[place] != place + count - length {
                    let first = selection.indices[place] + 1;
                    for (offset, index) in selection.indices[place..].iter_mut().enumerate() {
                        *index = first + offset;
                    }
                    return true;
                }
            }
            false
        })
    };
    Ok(made(vm, a, selection, next))
}

fn combinations_with_replacement(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let (pool, length) = pool_and_length(vm, a, "combinations_with_replacement", 2)?;
    let over = pool.is_empty() && length > 0;
    let selection = Selection {
        pools: vec![pool],
        indices: vec![0; length],
        cycles: Vec::new(),
        started: false,
        over,
    };
    let next: NativeNext = |vm, id| {
        step(vm, id, |selection| {
            let last = selection.pools[0].len().wrapping_sub(1);
            for place in (0..selection.indices.len()).rev() {
                if selection.indices[place] != last {
                    let index = selection.indices[place] + 1;
                    selection.indices[place..].fill(index);
                    return true;
                }
            }
            false
        })
    };
    Ok(made(vm, a, selection, next))
}
