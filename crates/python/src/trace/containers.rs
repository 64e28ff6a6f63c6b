//! Texts of lists, dicts, sets and of tuples that hold some, remembered item by item: after a change only the items that differ
//! are written anew, between copies of what stands before and after them.

use super::state::{Nature, REPR_DEPTH, Source, Span, Text, clean, count_chars};
use crate::numeric::int_text;
use crate::value::*;
use crate::vm::{Vm, names};

/// Containers nested deeper are written anew each time.
const MAX_LEVEL: usize = 40;
/// Lists of at most so many numbers are written anew whenever they change.
const BRIEF: usize = 8;
/// Longer containers are written anew each time.
const MAX_ITEMS: usize = 1 << 17;
/// Remembered items in all; beyond, everything is forgotten.
const MAX_REMEMBERED: usize = 1 << 21;

/// An item of a list, tuple or set, or a key or value of a dict.
#[derive(Clone, Copy)]
struct Item {
    value: Value,
    /// Of the text of a container; 0 for a value whose text is always the same.
    version: u32,
    /// End of its text in the container's.
    end: u32,
}

#[derive(Default)]
struct Entry {
    items: Vec<Item>,
    span: Span,
    chars: u32,
    /// A number that no other text has; 0 if there is none yet.
    version: u32,
    /// Some items are containers.
    nested: bool,
    /// At least as many levels of containers lie within it.
    height: usize,
    /// The count of changes of watched containers when it was last looked through.
    seen: u32,
    /// It is being written: met again, it contains itself.
    busy: bool,
    /// It holds what can't be remembered.
    dynamic: bool,
}

/// Which entry remembers each container, by handle; 0 is none.
#[derive(Default)]
pub(super) struct Containers {
    entries: Vec<Entry>,
    lists: Vec<u32>,
    tuples: Vec<u32>,
    dicts: Vec<u32>,
    sets: Vec<u32>,
    last_version: u32,
    remembered: usize,
    spare: Vec<Vec<Value>>,
}

impl Containers {
    pub fn clear(&mut self) {
        if self.entries.is_empty() {
            return;
        }
        self.entries.clear();
        self.lists.clear();
        self.tuples.clear();
        self.dicts.clear();
        self.sets.clear();
        self.remembered = 0;
        self.last_version = 0;
    }

    fn entry_of(&mut self, value: Value) -> usize {
        let (table, index) = match value {
            Value::List(h) => (&mut self.lists, h.0),
            Value::Tuple(h) => (&mut self.tuples, h.0),
            Value::Dict(h) => (&mut self.dicts, h.0),
            Value::Set(h) | Value::FrozenSet(h) => (&mut self.sets, h.0),
            _ => unreachable!("a container"),
        };
        let index = index as usize;
        if index >= table.len() {
            table.resize(index + 64, 0);
        }
        if table[index] == 0 {
            self.entries.push(Entry::default());
            table[index] = self.entries.len() as u32;
        }
        table[index] as usize - 1
    }
}

/// The text around and between the items of a container.
struct Style {
    open: &'static str,
    close: &'static str,
    /// Keys and values by turns.
    pairs: bool,
}

impl Style {
    fn separator(&self, index: usize) -> &'static str {
        match index {
            0 => "",
            _ if self.pairs && index % 2 == 1 => ": ",
            _ => ", ",
        }
    }
}

fn style(value: Value, items: usize) -> Style {
    let (open, close) = match value {
        Value::List(_) => ("[", "]"),
        Value::Tuple(_) => ("(", if items == 1 { ",)" } else { ")" }),
        Value::Dict(_) => ("{", "}"),
        Value::Set(_) if items == 0 => ("set(", ")"),
        Value::Set(_) => ("{", "}"),
        _ if items == 0 => ("frozenset(", ")"),
        _ => ("frozenset({", "})"),
    };
    Style {
        open,
        close,
        pairs: matches!(value, Value::Dict(_)),
    }
}

impl Vm {
    /// The text of a container, if it can be remembered.
    pub(super) fn show_container(&mut self, text: &mut String, value: Value) -> Res<Option<Text>> {
        if self.trace.containers.remembered > MAX_REMEMBERED {
            self.trace.forget();
        }
        Ok(self.refresh(text, value, 0)?.map(|index| {
            let entry = &self.trace.containers.entries[index];
            Text {
                span: entry.span,
                chars: entry.chars,
                source: Source::Container(entry.version),
            }
        }))
    }

    fn changes(&self) -> u32 {
        let heap = &self.heap;
        (heap.lists.changes())
            .wrapping_add(heap.dicts.changes())
            .wrapping_add(heap.sets.changes())
    }

    /// CPython counts nested reprs against the recursion limit.
    fn has_room_for(&self, level: usize) -> bool {
        level <= MAX_LEVEL && self.depth + REPR_DEPTH + level + 12 < self.recursion_limit
    }

    /// Whether a container still shows what it showed, without a look into it.
    fn is_current(&self, value: Value, entry: &Entry, level: usize) -> bool {
        let unchanged = match value {
            Value::List(h) => self.heap.lists.is_unchanged(h.0),
            Value::Dict(h) => self.heap.dicts.is_unchanged(h.0),
            Value::Set(h) => self.heap.sets.is_unchanged(h.0),
            _ => true,
        };
        unchanged
            && entry.version != 0
            && !entry.busy
            && self.has_room_for(level + entry.height)
            && (!entry.nested || entry.seen == self.changes())
    }

    /// Whether a container that is an item shows what it showed as one, without a look into it.
    pub(super) fn is_current_item(&self, value: Value, version: u32, level: usize) -> bool {
        let containers = &self.trace.containers;
        let (table, index) = match value {
            Value::List(h) => (&containers.lists, h.0),
            Value::Tuple(h) => (&containers.tuples, h.0),
            Value::Dict(h) => (&containers.dicts, h.0),
            Value::Set(h) | Value::FrozenSet(h) => (&containers.sets, h.0),
            _ => return false,
        };
        let number = table.get(index as usize).map_or(0, |&number| number as usize);
        number != 0 && {
            let entry = &containers.entries[number - 1];
            entry.version == version && self.is_current(value, entry, level)
        }
    }

    /// Brings the remembered text of a container up to date, and gives its entry.
    fn refresh(&mut self, text: &mut String, value: Value, level: usize) -> Res<Option<usize>> {
        if !self.has_room_for(level) {
            return Ok(None);
        }
        let index = self.trace.containers.entry_of(value);
        let unchanged = match value {
            Value::List(h) => self.heap.lists.is_unchanged(h.0),
            Value::Dict(h) => self.heap.dicts.is_unchanged(h.0),
            Value::Set(h) => self.heap.sets.is_unchanged(h.0),
            _ => true,
        };
        let entry = &self.trace.containers.entries[index];
        if entry.busy || (unchanged && entry.dynamic) {
            return Ok(None);
        }
        if self.is_current(value, entry, level) {
            return Ok(Some(index));
        }
        let clean = unchanged && entry.version != 0;
        if let Value::List(list) = value
            && self.is_brief_list(list)
        {
            self.write_brief_list(text, list, index)?;
            return Ok(Some(index));
        }
        let mut entry = std::mem::take(&mut self.trace.containers.entries[index]);
        self.trace.containers.entries[index].busy = true;
        let known = entry.items.len();
        let result = self.refresh_entry(text, value, &mut entry, clean, level);
        if !matches!(result, Ok(true)) {
            entry = Entry {
                dynamic: true,
                ..Entry::default()
            };
        }
        entry.seen = self.changes();
        let containers = &mut self.trace.containers;
        containers.remembered = (containers.remembered + entry.items.len()).saturating_sub(known);
        containers.entries[index] = entry;
        match value {
            Value::List(h) => self.heap.lists.watch(h.0),
            Value::Dict(h) => self.heap.dicts.watch(h.0),
            Value::Set(h) => self.heap.sets.watch(h.0),
            _ => {}
        }
        Ok(result?.then_some(index))
    }

    /// So short that its items need not be remembered.
    fn is_brief_list(&self, list: ListId) -> bool {
        let items = &self.heap[list].items;
        items.len() <= BRIEF
            && items
                .iter()
                .all(|item| matches!(item, Value::Int(_) | Value::Bool(_) | Value::None | Value::Float(_)))
    }

    fn write_brief_list(&mut self, text: &mut String, list: ListId, index: usize) -> Res<()> {
        let start = text.len();
        text.push('[');
        for at in 0..self.heap[list].items.len() {
            if at > 0 {
                text.push_str(", ");
            }
            match self.heap[list].items[at] {
                Value::Int(i) => int_text::write_i64(text, i),
                other => self.repr_into(text, other)?,
            }
        }
        text.push(']');
        let containers = &mut self.trace.containers;
        containers.last_version += 1;
        let entry = &mut containers.entries[index];
        containers.remembered = containers.remembered.saturating_sub(entry.items.len());
        entry.items.clear();
        entry.span = Span::new(start, text.len());
        entry.chars = (text.len() - start) as u32;
        entry.version = containers.last_version;
        entry.nested = false;
        entry.height = 0;
        entry.dynamic = false;
        self.heap.lists.watch(list.0);
        self.tick(1)
    }

    /// Whether an item shows what it showed: true, or false if it differs, or none if that can't be told.
    fn is_same(&mut self, text: &mut String, old: Item, new: Value, level: usize) -> Res<Option<bool>> {
        if !old.value.is(new) {
            return Ok(Some(false));
        }
        if old.version == 0 || self.is_current_item(old.value, old.version, level + 1) {
            return Ok(Some(true));
        }
        Ok(self
            .refresh(text, new, level + 1)?
            .map(|child| self.trace.containers.entries[child].version == old.version))
    }

    fn refresh_entry(
        &mut self,
        text: &mut String,
        value: Value,
        entry: &mut Entry,
        clean: bool,
        level: usize,
    ) -> Res<bool> {
        if clean {
            let mut same = true;
            for at in 0..entry.items.len() {
                let item = entry.items[at];
                if item.version != 0 {
                    match self.is_same(text, item, item.value, level)? {
                        None => return Ok(false),
                        Some(answer) => same &= answer,
                    }
                }
            }
            if same {
                return Ok(true);
            }
        }
        let mut items = self.trace.containers.spare.pop().unwrap_or_default();
        items.clear();
        let result = match self.list_items(value, &mut items) {
            Ok(()) if items.len() > MAX_ITEMS => Ok(false),
            Ok(()) => self.rewrite(text, value, entry, &items, level),
            Err(stop) => Err(stop),
        };
        self.trace.containers.spare.push(items);
        result
    }

    fn list_items(&mut self, value: Value, items: &mut Vec<Value>) -> Res<()> {
        match value {
            Value::List(h) => items.extend_from_slice(&self.heap[h].items),
            Value::Tuple(h) => items.extend_from_slice(&self.heap[h].items),
            Value::Dict(h) => {
                let builtins = self.hidden_builtins(h)?;
                for (key, value) in self.heap[h].iter() {
                    items.push(key);
                    items.push(value);
                    if key.is(Value::Str(names::SPEC)) {
                        items.extend(builtins.into_iter().flatten());
                    }
                }
            }
            Value::Set(h) | Value::FrozenSet(h) => {
                self.check_set_order(h)?;
                items.extend(self.heap[h].iter().map(|entry| entry.key));
            }
            _ => unreachable!("a container"),
        }
        Ok(())
    }

    fn rewrite(
        &mut self,
        text: &mut String,
        value: Value,
        entry: &mut Entry,
        items: &[Value],
        level: usize,
    ) -> Res<bool> {
        let (old_count, count) = (entry.items.len(), items.len());
        let shorter = old_count.min(count);
        let is_flat = !entry.nested;
        let mut prefix = 0;
        if is_flat {
            let pairs = entry.items.iter().zip(items);
            prefix = pairs.take_while(|(old, new)| old.value.is(**new)).count();
        }
        while prefix < shorter {
            match self.is_same(text, entry.items[prefix], items[prefix], level)? {
                None => return Ok(false),
                Some(true) => prefix += 1,
                Some(false) => break,
            }
        }
        if entry.version != 0 && prefix == count && prefix == old_count {
            return Ok(true);
        }
        let mut suffix = 0;
        if is_flat {
            let pairs = entry.items[prefix..].iter().rev().zip(items[prefix..].iter().rev());
            suffix = pairs.take_while(|(old, new)| old.value.is(**new)).count();
        }
        while suffix < shorter - prefix {
            let (old, new) = (entry.items[old_count - 1 - suffix], items[count - 1 - suffix]);
            match self.is_same(text, old, new, level)? {
                None => return Ok(false),
                Some(true) => suffix += 1,
                Some(false) => break,
            }
        }
        // The texts of nested containers first: the new text stands in one piece.
        let mut changed = Vec::with_capacity(count - suffix - prefix);
        for &item in &items[prefix..count - suffix] {
            let version = match self.nature(item, 0) {
                Nature::Stable => 0,
                Nature::Dynamic => return Ok(false),
                Nature::Container => {
                    entry.nested = true;
                    match self.refresh(text, item, level + 1)? {
                        None => return Ok(false),
                        Some(child) => {
                            let child = &self.trace.containers.entries[child];
                            entry.height = entry.height.max(child.height + 1);
                            child.version
                        }
                    }
                }
            };
            changed.push(Item {
                value: item,
                version,
                end: 0,
            });
        }
        let style = style(value, count);
        let start = text.len();
        let old_start = entry.span.start();
        if prefix == 0 {
            text.push_str(style.open);
        } else {
            let end = entry.items[prefix - 1].end as usize;
            text.extend_from_within(old_start..old_start + end);
        }
        for (offset, item) in changed.iter_mut().enumerate() {
            text.push_str(style.separator(prefix + offset));
            self.write_item(text, item)?;
            item.end = (text.len() - start) as u32;
            self.check_state_text(text.len() - start)?;
        }
        if suffix > 0 {
            let old_first = old_count - suffix;
            let from = match old_first {
                0 => style.open.len(),
                _ => entry.items[old_first - 1].end as usize + style.separator(old_first).len(),
            };
            let to = entry.items[old_count - 1].end as usize;
            text.push_str(style.separator(count - suffix));
            let shift = ((text.len() - start) as u32).wrapping_sub(from as u32);
            text.extend_from_within(old_start + from..old_start + to);
            if shift != 0 {
                for item in &mut entry.items[old_first..] {
                    item.end = item.end.wrapping_add(shift);
                }
            }
        }
        text.push_str(style.close);
        self.check_state_text(text.len() - start)?;
        if prefix + suffix == old_count && suffix == 0 {
            entry.items.extend_from_slice(&changed);
        } else if old_count == count {
            entry.items[prefix..count - suffix].copy_from_slice(&changed);
        } else {
            entry.items.splice(prefix..old_count - suffix, changed);
        }
        entry.span = Span::new(start, text.len());
        entry.chars = count_chars(&text[start..]);
        self.trace.containers.last_version += 1;
        entry.version = self.trace.containers.last_version;
        Ok(true)
    }

    fn write_item(&mut self, text: &mut String, item: &Item) -> Res<()> {
        if item.version != 0 {
            let child = self.trace.containers.entry_of(item.value);
            let span = self.trace.containers.entries[child].span;
            if span.len() > 1 << 16 {
                self.check_state_text(span.len() * 2)?;
            }
            text.extend_from_within(span.range());
            return Ok(());
        }
        match item.value {
            Value::Int(i) => int_text::write_i64(text, i),
            value => {
                let start = text.len();
                self.repr_into(text, value)?;
                clean(text, start, value);
            }
        }
        Ok(())
    }

    /// Stops a text that outgrows what a state may hold.
    #[inline]
    fn check_state_text(&mut self, length: usize) -> Res<()> {
        if length > 1 << 16 && length > (self.limits.max_memory / 4).min(u32::MAX as usize / 4) {
            return Err(self.limit("memory"));
        }
        self.tick(1)
    }
}
