//! Symbol tables: for each scope, what every name in it is.

use super::MAX_KEPT;
use ruff_python_ast as ast;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Index of an interned name.
pub(super) type NameId = u32;
pub(super) type ScopeId = u32;

pub(super) const DEF_GLOBAL: u16 = 1;
pub(super) const DEF_LOCAL: u16 = 1 << 1;
pub(super) const DEF_PARAM: u16 = 1 << 2;
pub(super) const DEF_NONLOCAL: u16 = 1 << 3;
pub(super) const USE: u16 = 1 << 4;
pub(super) const DEF_FREE_CLASS: u16 = 1 << 5;
pub(super) const DEF_IMPORT: u16 = 1 << 6;
pub(super) const DEF_ANNOT: u16 = 1 << 7;
pub(super) const DEF_COMP_ITER: u16 = 1 << 8;
pub(super) const DEF_BOUND: u16 = DEF_LOCAL | DEF_PARAM | DEF_IMPORT;

/// Where a name lives, seen from one scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Place {
    #[default]
    Unknown,
    Local,
    GlobalExplicit,
    GlobalImplicit,
    Free,
    Cell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
}

impl ScopeKind {
    pub(super) fn is_function(self) -> bool {
        !matches!(self, ScopeKind::Module | ScopeKind::Class)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Symbol {
    pub(super) name: NameId,
    pub(super) flags: u16,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct Scope {
    pub(super) kind: ScopeKind,
    pub(super) parent: Option<ScopeId>,
    pub(super) nested: bool,
    pub(super) generator: bool,
    pub(super) coroutine: bool,
    pub(super) variable_arguments: bool,
    pub(super) variable_keywords: bool,
    pub(super) needs_class_closure: bool,
    pub(super) symbols: Vec<Symbol>,
    index: FxHashMap<NameId, u32>,
    /// Parameters in CPython's order.
    pub(super) parameters: Vec<NameId>,
    /// `global` and `nonlocal` declarations: name and 1-based line.
    pub(super) directives: Vec<(NameId, u32)>,
    /// What a comprehension is called in errors; the target is being visited.
    pub(super) comprehension: Option<&'static str>,
    pub(super) in_comprehension_target: bool,
}

/// Above this size a scope's symbols are found by hash.
const LINEAR: usize = 12;

impl Scope {
    pub(super) fn new(kind: ScopeKind, parent: Option<ScopeId>, nested: bool) -> Self {
        Scope {
            kind,
            parent,
            nested,
            generator: false,
            coroutine: false,
            variable_arguments: false,
            variable_keywords: false,
            needs_class_closure: false,
            symbols: Vec::new(),
            index: FxHashMap::default(),
            parameters: Vec::new(),
            directives: Vec::new(),
            comprehension: None,
            in_comprehension_target: false,
        }
    }

    pub(super) fn position(&self, name: NameId) -> Option<usize> {
        if self.symbols.len() <= LINEAR {
            self.symbols.iter().position(|symbol| symbol.name == name)
        } else {
            self.index.get(&name).map(|&position| position as usize)
        }
    }

    pub(super) fn get(&self, name: NameId) -> Option<&Symbol> {
        self.position(name).map(|position| &self.symbols[position])
    }

    pub(super) fn flags(&self, name: NameId) -> u16 {
        self.get(name).map_or(0, |symbol| symbol.flags)
    }

    pub(super) fn place(&self, name: NameId) -> Place {
        self.get(name).map_or(Place::Unknown, |symbol| symbol.place)
    }

    pub(super) fn add(&mut self, name: NameId, flags: u16) {
        match self.position(name) {
            Some(position) => self.symbols[position].flags |= flags,
            None => self.push(Symbol {
                name,
                flags,
                place: Place::Unknown,
            }),
        }
    }

    fn push(&mut self, symbol: Symbol) {
        self.symbols.push(symbol);
        if self.symbols.len() == LINEAR + 1 {
            self.index = self
                .symbols
                .iter()
                .enumerate()
                .map(|(at, symbol)| (symbol.name, at as u32))
                .collect();
        } else if self.symbols.len() > LINEAR {
            self.index.insert(symbol.name, self.symbols.len() as u32 - 1);
        }
    }
}

/// Interned names.
#[derive(Debug)]
pub(super) struct Names {
    /// Names of at most eight bytes, as most are, by these bytes; 0 is free. Linear probing; at least half is free.
    short: Vec<(u64, NameId)>,
    short_count: usize,
    long: FxHashMap<Arc<str>, NameId>,
    texts: Vec<Arc<str>>,
}

impl Default for Names {
    fn default() -> Self {
        Names {
            short: vec![(0, 0); 128],
            short_count: 0,
            long: FxHashMap::default(),
            texts: Vec::with_capacity(32),
        }
    }
}

/// The bytes of a short name as a number. A name holds no null byte, so no two have the same.
fn short_key(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
        let shared = 8usize.checked_sub(bytes.len())? * 8;
        return Some(u64::from(head) | (u64::from(tail) >> shared) << 32);
    }
    match *bytes {
        [a] => Some(u64::from(a)),
        [a, b] => Some(u64::from(a) | u64::from(b) << 8),
        [a, b, c] => Some(u64::from(a) | u64::from(b) << 8 | u64::from(c) << 16),
        _ => None,
    }
}

impl Names {
    pub(super) fn intern(&mut self, text: &str) -> NameId {
        let Some(key) = short_key(text).filter(|&key| key != 0) else {
            if let Some(&id) = self.long.get(text) {
                return id;
            }
            let id = self.add(text);
            self.long.insert(self.texts[id as usize].clone(), id);
            return id;
        };
        let slot = self.short_slot(key);
        if self.short[slot].0 == key {
            return self.short[slot].1;
        }
        let id = self.add(text);
        self.short[slot] = (key, id);
        self.short_count += 1;
        if self.short_count * 2 > self.short.len() {
            let twice = vec![(0, 0); self.short.len() * 2];
            for (key, id) in std::mem::replace(&mut self.short, twice) {
                if key != 0 {
                    let slot = self.short_slot(key);
                    self.short[slot] = (key, id);
                }
            }
        }
        id
    }

    /// Where a short name stands, or where it would.
    #[inline]
    fn short_slot(&self, key: u64) -> usize {
        let mask = self.short.len() - 1;
        let mut slot = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & mask;
        while self.short[slot].0 != key && self.short[slot].0 != 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[cold]
    fn add(&mut self, text: &str) -> NameId {
        self.texts.push(Arc::from(text));
        self.texts.len() as NameId - 1
    }

    /// Interns `name` as seen inside `class`: `__name` becomes `_Class__name`.
    pub(super) fn mangled(&mut self, class: Option<&str>, name: &str) -> NameId {
        match class.and_then(|class| mangle(class, name)) {
            Some(mangled) => self.intern(&mangled),
            None => self.intern(name),
        }
    }

    /// Names stay from module to module, but not any number of them.
    pub(super) fn forget_if_many(&mut self) {
        if self.texts.len() > MAX_KEPT {
            *self = Names::default();
        }
    }

    pub(super) fn text(&self, id: NameId) -> &Arc<str> {
        &self.texts[id as usize]
    }
}

/// The name of a private variable of a class, as its users do not write it.
pub fn mangle(class: &str, name: &str) -> Option<String> {
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return None;
    }
    let class = class.trim_start_matches('_');
    (!class.is_empty()).then(|| format!("_{class}{name}"))
}

/// The address of a syntax node: what scopes and folded constants are found by.
pub(super) fn address<T>(node: &T) -> usize {
    std::ptr::from_ref(node) as usize
}

/// All scopes of a module.
#[derive(Debug, Default)]
pub(super) struct SymbolTable {
    pub(super) scopes: Vec<Scope>,
    by_node: FxHashMap<usize, ScopeId>,
    /// Scopes of another module, whose room is used again.
    spare: Vec<Scope>,
}

impl SymbolTable {
    pub(super) fn empty(&mut self) {
        if self.by_node.capacity() > MAX_KEPT {
            *self = SymbolTable::default();
            return;
        }
        self.by_node.clear();
        let few = |scope: &Scope| scope.symbols.capacity() <= 256;
        self.spare.extend(self.scopes.drain(..).filter(few));
        self.spare.truncate(64);
    }

    pub(super) fn enter(&mut self, node: usize, kind: ScopeKind, parent: Option<ScopeId>) -> ScopeId {
        let nested = parent.is_some_and(|parent| {
            let parent = &self.scopes[parent as usize];
            parent.nested || parent.kind.is_function()
        });
        let id = self.scopes.len() as ScopeId;
        let mut scope = Scope::new(kind, parent, nested);
        if let Some(mut old) = self.spare.pop() {
            old.symbols.clear();
            old.parameters.clear();
            scope.symbols = old.symbols;
            scope.parameters = old.parameters;
        }
        self.scopes.push(scope);
        self.by_node.insert(node, id);
        id
    }

    pub(super) fn scope_of(&self, node: usize) -> ScopeId {
        self.by_node[&node]
    }

    /// Decides where each name lives, outer scopes first. The error is a name and its scope.
    pub(super) fn resolve(&mut self, class_cell: NameId) -> Result<(), (ScopeId, NameId, &'static str)> {
        for id in 0..self.scopes.len() {
            for position in 0..self.scopes[id].symbols.len() {
                let Symbol { name, flags, place } = self.scopes[id].symbols[position];
                if place == Place::Free || place == Place::Cell {
                    continue;
                }
                let place = if flags & DEF_GLOBAL != 0 {
                    if flags & DEF_NONLOCAL != 0 {
                        return Err((id as ScopeId, name, "is nonlocal and global"));
                    }
                    Place::GlobalExplicit
                } else if flags & DEF_NONLOCAL != 0 {
                    if self.scopes[id].kind == ScopeKind::Module {
                        return Err((id as ScopeId, name, "module"));
                    }
                    if !self.bind_free(id as ScopeId, name, class_cell) {
                        return Err((id as ScopeId, name, "no binding"));
                    }
                    continue;
                } else if flags & DEF_BOUND != 0 {
                    Place::Local
                } else if self.bind_free(id as ScopeId, name, class_cell) {
                    continue;
                } else {
                    Place::GlobalImplicit
                };
                self.scopes[id].symbols[position].place = place;
            }
        }
        Ok(())
    }

    /// Finds the enclosing function that binds `name`, makes its variable a cell and every scope on the way carry it.
    fn bind_free(&mut self, from: ScopeId, name: NameId, class_cell: NameId) -> bool {
        let mut walk = self.scopes[from as usize].parent;
        let owner = loop {
            let Some(id) = walk else { return false };
            let scope = &self.scopes[id as usize];
            match scope.kind {
                ScopeKind::Module => return false,
                ScopeKind::Class if name == class_cell => break id,
                ScopeKind::Class => {}
                _ => {
                    let flags = scope.flags(name);
                    if flags & DEF_GLOBAL != 0 {
                        return false;
                    }
                    if flags & DEF_BOUND != 0 && flags & DEF_NONLOCAL == 0 {
                        break id;
                    }
                }
            }
            walk = scope.parent;
        };
        let scope = &mut self.scopes[owner as usize];
        if scope.kind == ScopeKind::Class {
            scope.needs_class_closure = true;
        } else if let Some(position) = scope.position(name) {
            scope.symbols[position].place = Place::Cell;
        }
        let mut walk = Some(from);
        while let Some(id) = walk.filter(|&id| id != owner) {
            let scope = &mut self.scopes[id as usize];
            match scope.position(name) {
                Some(position) => {
                    let symbol = &mut scope.symbols[position];
                    if id != from
                        && scope.kind == ScopeKind::Class
                        && symbol.flags & (DEF_BOUND | DEF_GLOBAL) != 0
                        && symbol.flags & DEF_NONLOCAL == 0
                    {
                        symbol.flags |= DEF_FREE_CLASS;
                    } else {
                        symbol.place = Place::Free;
                    }
                }
                None => scope.push(Symbol {
                    name,
                    flags: 0,
                    place: Place::Free,
                }),
            }
            walk = scope.parent;
        }
        true
    }
}

/// Does a function body annotate variables (and so need `__annotations__`)?
pub(super) fn has_annotations(body: &[ast::Stmt]) -> bool {
    body.iter().any(|statement| match statement {
        ast::Stmt::AnnAssign(_) => true,
        ast::Stmt::For(node) => has_annotations(&node.body) || has_annotations(&node.orelse),
        ast::Stmt::While(node) => has_annotations(&node.body) || has_annotations(&node.orelse),
        ast::Stmt::If(node) => {
            has_annotations(&node.body)
                || node
                    .elif_else_clauses
                    .iter()
                    .any(|clause| has_annotations(&clause.body))
        }
        ast::Stmt::With(node) => has_annotations(&node.body),
        ast::Stmt::Match(node) => node.cases.iter().any(|case| has_annotations(&case.body)),
        ast::Stmt::Try(node) => {
            has_annotations(&node.body)
                || node.handlers.iter().any(|handler| {
                    let ast::ExceptHandler::ExceptHandler(handler) = handler;
                    has_annotations(&handler.body)
                })
                || has_annotations(&node.finalbody)
                || has_annotations(&node.orelse)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_lengths_have_numbers_of_their_own() {
        let mut names = Names::default();
        let texts: Vec<String> = (1..=12)
            .flat_map(|length| ["a", "b", "ab", "é"].map(|unit| unit.repeat(length)))
            .chain((0..500).map(|number| format!("n{number}")))
            .collect();
        let ids: Vec<NameId> = texts.iter().map(|text| names.intern(text)).collect();
        for (text, id) in texts.iter().zip(ids) {
            assert_eq!(&**names.text(id), text);
            assert_eq!(names.intern(text), id);
        }
    }
}
