//! `sorted` and `list.sort`: CPython's stable sort, whose comparisons may run Python code.

use crate::heap::Heap;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::Args;
use std::cmp::Ordering;
use std::mem::discriminant;

fn options(vm: &mut Vm, a: Args<'_>, name: &str) -> Res<(Value, bool)> {
    let (mut key, mut reverse) = (Value::None, false);
    for (keyword, value) in a.keywords() {
        match vm.heap.text(keyword) {
            "key" => {
                if matches!(value, Value::Native(id) if vm.natives[id.0 as usize].definition.name == "id") {
                    return Err(vm.unsupported("an order by addresses"));
                }
                key = value;
            }
            "reverse" => {
                reverse = vm.c_int_value(value)? != 0;
            }
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
            if vm.heap[list].items.capacity() != 0 {
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
    } else if all(|v| matches!(v, Value::Float(f) if !f.get().is_nan())) {
        pairs.sort_by(|(x, _), (y, _)| match (x, y) {
            (Value::Float(x), Value::Float(y)) => x.get().partial_cmp(&y.get()).unwrap_or(Ordering::Equal),
            _ => Ordering::Equal,
        });
    } else if alike(&vm.heap, &pairs) {
        let heap = &vm.heap;
        pairs.sort_by(|(x, _), (y, _)| {
            let (x, y) = (items_of(heap, *x), items_of(heap, *y));
            x.iter()
                .zip(y)
                .map(|(a, b)| compare_alike(heap, *a, *b))
                .find(|ordering| ordering.is_ne())
                .unwrap_or_else(|| x.len().cmp(&y.len()))
        });
    } else {
        pairs = timsort(vm, pairs)?;
    }
    if reverse {
        pairs.reverse();
    }
    Ok(pairs.into_iter().map(|(_, item)| item).collect())
}

fn items_of(heap: &Heap, sequence: Value) -> &[Value] {
    match sequence {
        Value::Tuple(tuple) => &heap[tuple].items,
        Value::List(list) => &heap[list].items,
        _ => &[],
    }
}

/// Whether the keys are all tuples or all lists, and at each place of them stand only integers, only strings or only floats: to
/// compare such keys runs no Python code, and no order of comparisons can be told from another.
fn alike(heap: &Heap, pairs: &Pairs) -> bool {
    let Some((first @ (Value::Tuple(_) | Value::List(_)), _)) = pairs.first() else {
        return false;
    };
    let mut columns: Vec<Value> = Vec::new();
    pairs.iter().all(|(key, _)| {
        discriminant(key) == discriminant(first)
            && items_of(heap, *key).iter().enumerate().all(|(place, item)| {
                let simple = match item {
                    Value::Int(_) | Value::Str(_) => true,
                    Value::Float(f) => !f.get().is_nan(),
                    _ => false,
                };
                if place == columns.len() {
                    columns.push(*item);
                }
                simple && discriminant(item) == discriminant(&columns[place])
            })
    })
}

fn compare_alike(heap: &Heap, x: Value, y: Value) -> Ordering {
    match (x, y) {
        (Value::Int(x), Value::Int(y)) => x.cmp(&y),
        (Value::Str(x), Value::Str(y)) if x != y => heap.text(x).cmp(heap.text(y)),
        (Value::Float(x), Value::Float(y)) => x.get().partial_cmp(&y.get()).unwrap_or(Ordering::Equal),
        _ => Ordering::Equal,
    }
}

type Pairs = Vec<(Value, Value)>;

/// CPython's `listsort`: natural runs, lengthened by binary insertion, merged by galloping. The order of comparisons is its order,
/// since they may run the program's own `__lt__`.
fn timsort(vm: &mut Vm, mut pairs: Pairs) -> Res<Pairs> {
    let total = pairs.len();
    if total < 2 {
        return Ok(pairs);
    }
    let shortest = shortest_run(total);
    let mut merging = Merging {
        gallop: MIN_GALLOP,
        runs: Vec::new(),
    };
    let mut start = 0;
    while start < total {
        let left = total - start;
        let mut length = count_run(vm, &mut pairs[start..])?;
        if length < shortest {
            let forced = left.min(shortest);
            binary_insertion(vm, &mut pairs[start..start + forced], length)?;
            length = forced;
        }
        merging.found_new_run(vm, &mut pairs, start, length, total)?;
        start += length;
    }
    while merging.runs.len() > 1 {
        let mut at = merging.runs.len() - 2;
        if at > 0 && merging.runs[at - 1].length < merging.runs[at + 1].length {
            at -= 1;
        }
        merging.merge_at(vm, &mut pairs, at)?;
    }
    Ok(pairs)
}

const MIN_GALLOP: usize = 7;

/// The least length of a run: `total` over a power of two, or a little more, so that merges stay balanced.
fn shortest_run(mut total: usize) -> usize {
    let mut odd = 0;
    while total >= 64 {
        odd |= total & 1;
        total >>= 1;
    }
    total + odd
}

/// The length of the run that is there already: ascending, or strictly descending and then reversed.
fn count_run(vm: &mut Vm, pairs: &mut [(Value, Value)]) -> Res<usize> {
    if pairs.len() < 2 {
        return Ok(pairs.len());
    }
    let descending = vm.less(pairs[1].0, pairs[0].0)?;
    let mut run = 2;
    while run < pairs.len() && vm.less(pairs[run].0, pairs[run - 1].0)? == descending {
        run += 1;
    }
    if descending {
        pairs[..run].reverse();
    }
    Ok(run)
}

/// Sorts `pairs`, whose first `run` are sorted.
fn binary_insertion(vm: &mut Vm, pairs: &mut [(Value, Value)], run: usize) -> Res<()> {
    for next in run..pairs.len() {
        vm.tick(1)?;
        let pivot = pairs[next].0;
        let (mut low, mut high) = (0, next);
        while low < high {
            let middle = low + (high - low) / 2;
            if vm.less(pivot, pairs[middle].0)? {
                high = middle
            } else {
                low = middle + 1
            }
        }
        pairs[low..=next].rotate_right(1);
    }
    Ok(())
}

/// Where `key` belongs in the sorted `run`, galloping from `hint`: before its equals, or after them (`right`).
fn gallop(vm: &mut Vm, key: Value, run: &[(Value, Value)], hint: usize, right: bool) -> Res<usize> {
    // Whether the key belongs after the item at `i`, by the one comparison that CPython makes.
    let after = |vm: &mut Vm, i: usize| -> Res<bool> {
        Ok(if right {
            !vm.less(key, run[i].0)?
        } else {
            vm.less(run[i].0, key)?
        })
    };
    vm.tick(1)?;
    let (mut last, mut offset) = (0, 1);
    let (mut low, mut high);
    if after(vm, hint)? {
        let most = run.len() - hint;
        while offset < most && after(vm, hint + offset)? {
            last = offset;
            offset = offset * 2 + 1;
        }
        (low, high) = (hint + last + 1, hint + offset.min(most));
    } else {
        let most = hint + 1;
        while offset < most && !after(vm, hint - offset)? {
            last = offset;
            offset = offset * 2 + 1;
        }
        (low, high) = (hint + 1 - offset.min(most), hint - last);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if after(vm, middle)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

#[derive(Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
    power: u32,
}

struct Merging {
    gallop: usize,
    runs: Vec<Run>,
}

/// The depth at which two neighbouring runs meet in a nearly optimal tree of merges.
fn power(start: usize, first: usize, second: usize, total: usize) -> u32 {
    let (mut a, mut result) = (2 * start + first, 0);
    let mut b = a + first + second;
    loop {
        result += 1;
        if a >= total {
            a -= total;
            b -= total;
        } else if b >= total {
            return result;
        }
        a <<= 1;
        b <<= 1;
    }
}

impl Merging {
    fn found_new_run(&mut self, vm: &mut Vm, pairs: &mut Pairs, start: usize, length: usize, total: usize) -> Res<()> {
        if let Some(last) = self.runs.last() {
            let power = power(last.start, last.length, length, total);
            while self.runs.len() > 1 && self.runs[self.runs.len() - 2].power > power {
                self.merge_at(vm, pairs, self.runs.len() - 2)?;
            }
            if let Some(last) = self.runs.last_mut() {
                last.power = power;
            }
        }
        self.runs.push(Run {
            start,
            length,
            power: 0,
        });
        Ok(())
    }

    /// Merges the runs at `at` and `at + 1`.
    fn merge_at(&mut self, vm: &mut Vm, pairs: &mut Pairs, at: usize) -> Res<()> {
        let (first, second) = (self.runs[at], self.runs[at + 1]);
        self.runs[at].length = first.length + second.length;
        self.runs.remove(at + 1);
        let end = second.start + second.length;
        let skipped = gallop(vm, pairs[second.start].0, &pairs[first.start..second.start], 0, true)?;
        let start = first.start + skipped;
        if start == second.start {
            return Ok(());
        }
        let last = pairs[second.start - 1].0;
        let kept = gallop(vm, last, &pairs[second.start..end], second.length - 1, false)?;
        if kept == 0 {
            return Ok(());
        }
        let left = pairs[start..second.start].to_vec();
        let right = pairs[second.start..second.start + kept].to_vec();
        let merged = if left.len() <= right.len() {
            self.merge_low(vm, &left, &right)?
        } else {
            self.merge_high(vm, &left, &right)?
        };
        pairs[start..start + merged.len()].copy_from_slice(&merged);
        Ok(())
    }

    /// Merges from the front: the left run is the shorter. Its last item is the last of all, the right's first the first of all.
    fn merge_low(&mut self, vm: &mut Vm, a: &[(Value, Value)], b: &[(Value, Value)]) -> Res<Pairs> {
        let mut out = Vec::with_capacity(a.len() + b.len());
        out.push(b[0]);
        let (mut i, mut j) = (0, 1);
        'merge: while j < b.len() && i + 1 < a.len() {
            let (mut of_a, mut of_b) = (0, 0);
            loop {
                vm.tick(1)?;
                if vm.less(b[j].0, a[i].0)? {
                    out.push(b[j]);
                    j += 1;
                    (of_a, of_b) = (0, of_b + 1);
                    if j == b.len() {
                        break 'merge;
                    }
                    if of_b >= self.gallop {
                        break;
                    }
                } else {
                    out.push(a[i]);
                    i += 1;
                    (of_a, of_b) = (of_a + 1, 0);
                    if i + 1 == a.len() {
                        break 'merge;
                    }
                    if of_a >= self.gallop {
                        break;
                    }
                }
            }
            self.gallop += 1;
            loop {
                self.gallop -= usize::from(self.gallop > 1);
                let of_a = gallop(vm, b[j].0, &a[i..], 0, true)?;
                out.extend_from_slice(&a[i..i + of_a]);
                i += of_a;
                // An inconsistent order may use up the left run here.
                if i + 1 >= a.len() {
                    break 'merge;
                }
                out.push(b[j]);
                j += 1;
                if j == b.len() {
                    break 'merge;
                }
                let of_b = gallop(vm, a[i].0, &b[j..], 0, false)?;
                out.extend_from_slice(&b[j..j + of_b]);
                j += of_b;
                if j == b.len() {
                    break 'merge;
                }
                out.push(a[i]);
                i += 1;
                if i + 1 == a.len() {
                    break 'merge;
                }
                if of_a < MIN_GALLOP && of_b < MIN_GALLOP {
                    break;
                }
            }
            self.gallop += 1;
        }
        if i + 1 == a.len() {
            out.extend_from_slice(&b[j..]);
            out.push(a[i]);
        } else {
            out.extend_from_slice(&a[i..]);
            out.extend_from_slice(&b[j..]);
        }
        Ok(out)
    }

    /// Merges from the back: the right run is the shorter. `out` is built backwards.
    fn merge_high(&mut self, vm: &mut Vm, a: &[(Value, Value)], b: &[(Value, Value)]) -> Res<Pairs> {
        let mut out = Vec::with_capacity(a.len() + b.len());
        out.push(a[a.len() - 1]);
        // How many are left of each.
        let (mut i, mut j) = (a.len() - 1, b.len());
        'merge: while i > 0 && j > 1 {
            let (mut of_a, mut of_b) = (0, 0);
            loop {
                vm.tick(1)?;
                if vm.less(b[j - 1].0, a[i - 1].0)? {
                    i -= 1;
                    out.push(a[i]);
                    (of_a, of_b) = (of_a + 1, 0);
                    if i == 0 {
                        break 'merge;
                    }
                    if of_a >= self.gallop {
                        break;
                    }
                } else {
                    j -= 1;
                    out.push(b[j]);
                    (of_a, of_b) = (0, of_b + 1);
                    if j == 1 {
                        break 'merge;
                    }
                    if of_b >= self.gallop {
                        break;
                    }
                }
            }
            self.gallop += 1;
            loop {
                self.gallop -= usize::from(self.gallop > 1);
                let stay = gallop(vm, b[j - 1].0, &a[..i], i - 1, true)?;
                let of_a = i - stay;
                out.extend(a[stay..i].iter().rev());
                i = stay;
                if i == 0 {
                    break 'merge;
                }
                j -= 1;
                out.push(b[j]);
                if j == 1 {
                    break 'merge;
                }
                let stay = gallop(vm, a[i - 1].0, &b[..j], j - 1, false)?;
                let of_b = j - stay;
                out.extend(b[stay..j].iter().rev());
                j = stay;
                // An inconsistent order may use up the right run here.
                if j <= 1 {
                    break 'merge;
                }
                i -= 1;
                out.push(a[i]);
                if i == 0 {
                    break 'merge;
                }
                if of_a < MIN_GALLOP && of_b < MIN_GALLOP {
                    break;
                }
            }
            self.gallop += 1;
        }
        if j == 1 {
            out.extend(a[..i].iter().rev());
            out.push(b[0]);
        } else {
            out.extend(b[..j].iter().rev());
            out.extend(a[..i].iter().rev());
        }
        out.reverse();
        Ok(out)
    }
}
