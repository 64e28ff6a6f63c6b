//! Syntax tree to bytecode, as CPython 3.11 compiles it: the same instructions on the same lines.
//!
//! Passes: [`builder`] (symbol table, constant folding), code generation ([`statements`], [`expressions`], …) into a
//! control flow graph ([`flow`]), [`optimise`], [`assemble`].

mod assemble;
mod builder;
mod calls;
mod comprehensions;
mod exceptions;
mod expressions;
mod flow;
mod fold;
mod functions;
mod interning;
mod optimise;
mod patterns;
mod statements;
mod strings;
mod symbols;
mod unit;

use crate::bytecode::{Code, Constant, NO_LINE, Opcode};
use crate::syntax::{LineIndex, SyntaxError, on_large_stack};
use flow::{BlockId, Graph, Op};
use ruff_python_ast::{Expr, ModModule, Stmt};
use ruff_text_size::{Ranged, TextSize};
use std::sync::Arc;
pub use symbols::mangle;
use symbols::{DEF_FREE_CLASS, NameId, Names, Place, Scope, ScopeId, ScopeKind, SymbolTable};
use unit::{Constants, FrameBlock, FrameKind, Ordered, Spare, Unit};

/// How to compile.
#[derive(Clone, Copy, Debug)]
pub struct CompileOptions {
    /// Do the frames of this module fire trace events? False for library modules.
    pub traced: bool,
    /// Is it compiled by code that has `from __future__ import annotations`?
    pub future_annotations: bool,
}

impl Default for CompileOptions {
    fn default() -> Self {
        CompileOptions {
            traced: true,
            future_annotations: false,
        }
    }
}

/// Levels of the tree that are compiled on the caller's stack.
const USUAL_DEPTH: u32 = 150;
/// CPython's compiler gives up near here with a RecursionError.
const MAX_DEPTH: u32 = 3000;

/// What compiling one module leaves to the next: names, and emptied vectors. Keeps a bounded amount.
#[derive(Default)]
pub struct Workspace {
    names: Names,
    table: SymbolTable,
    folded: fold::Folded,
    spare: Spare,
}

impl Workspace {
    fn empty(&mut self) {
        self.names.forget_if_many();
        self.table.empty();
        if self.folded.capacity() > MAX_KEPT {
            self.folded = fold::Folded::default();
        } else {
            self.folded.clear();
        }
        self.spare.shrink();
    }
}

/// Entries that a workspace keeps of each kind.
const MAX_KEPT: usize = 1 << 10;

/// Compiles a module. `lines` maps the tree's offsets to lines. A deep tree is compiled on a thread with a large stack.
pub fn compile(module: &ModModule, lines: &LineIndex, options: &CompileOptions) -> Result<Code, SyntaxError> {
    compile_in(&mut Workspace::default(), module, lines, options)
}

/// [`compile`], for many modules one after the other.
pub fn compile_in(
    workspace: &mut Workspace,
    module: &ModModule,
    lines: &LineIndex,
    options: &CompileOptions,
) -> Result<Code, SyntaxError> {
    match compile_within(workspace, module, lines, options, USUAL_DEPTH, false) {
        Ok(result) => result,
        Err(TooDeep) => on_large_stack(|| {
            match compile_within(&mut Workspace::default(), module, lines, options, MAX_DEPTH, false) {
                Ok(result) => result,
                Err(TooDeep) => Err(SyntaxError::unsupported("an expression nested this deep", 0)),
            }
        }),
    }
}

struct TooDeep;

/// Compiles a module that is one expression to code that returns the expression's value, as for `eval`.
pub fn compile_expression(
    module: &ModModule,
    lines: &LineIndex,
    options: &CompileOptions,
) -> Result<Code, SyntaxError> {
    match compile_within(&mut Workspace::default(), module, lines, options, USUAL_DEPTH, true) {
        Ok(result) => result,
        Err(TooDeep) => Err(SyntaxError::unsupported("an expression nested this deep", 0)),
    }
}

fn compile_within(
    workspace: &mut Workspace,
    module: &ModModule,
    lines: &LineIndex,
    options: &CompileOptions,
    max_depth: u32,
    expression: bool,
) -> Result<Result<Code, SyntaxError>, TooDeep> {
    workspace.empty();
    let mut builder = builder::Builder::new(lines, max_depth, workspace);
    builder.future_annotations = options.future_annotations;
    let built = builder.module(module);
    let (too_deep, future_annotations) = (builder.too_deep, builder.future_annotations);
    if let Err(error) = built {
        return if too_deep { Err(TooDeep) } else { Ok(Err(error)) };
    }
    let mut compiler = Compiler {
        lines,
        hint: 0,
        names: &mut workspace.names,
        table: &workspace.table,
        folded: &workspace.folded,
        tree: module,
        constant_sets: interning::ConstantSets::default(),
        future_annotations,
        future_allowed: true,
        traced: options.traced,
        unit: Unit::placeholder(),
        outer: Vec::new(),
        frames: Vec::new(),
        spare: &mut workspace.spare,
    };
    Ok(match (expression, module.body.as_slice()) {
        (true, [Stmt::Expr(node)]) => compiler.lone_expression(module, &node.value),
        _ => compiler.module(module),
    })
}

type Outcome<T = ()> = Result<T, SyntaxError>;

/// The name is being …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Load,
    Store,
    Delete,
}

struct Compiler<'a> {
    lines: &'a LineIndex,
    hint: u32,
    names: &'a mut Names,
    table: &'a SymbolTable,
    folded: &'a fold::Folded,
    tree: &'a ModModule,
    constant_sets: interning::ConstantSets,
    future_annotations: bool,
    /// Still among the statements where `from __future__` may stand.
    future_allowed: bool,
    traced: bool,
    unit: Unit,
    /// The units around the current one, with their frame blocks.
    outer: Vec<(Unit, Vec<FrameBlock<'a>>)>,
    frames: Vec<FrameBlock<'a>>,
    spare: &'a mut Spare,
}

impl Unit {
    fn placeholder() -> Unit {
        Unit {
            scope: 0,
            kind: ScopeKind::Module,
            qualname: Arc::default(),
            name: Arc::default(),
            class: None,
            first_line: 1,
            line: NO_LINE,
            graph: Graph::default(),
            constants: Constants::default(),
            names: Ordered::default(),
            variables: Ordered::default(),
            cells: Vec::new(),
            frees: Vec::new(),
            argument_count: 0,
            positional_only_count: 0,
            keyword_only_count: 0,
        }
    }
}

impl<'a> Compiler<'a> {
    fn module(&mut self, module: &'a ModModule) -> Outcome<Code> {
        let scope = self.table.scope_of(symbols::address(module));
        let name = self.shared("<module>");
        self.enter(scope, ScopeKind::Module, name, 1);
        self.unit.line = module
            .body
            .first()
            .map_or(1, |statement| self.statement_line(statement));
        self.body(&module.body)?;
        self.finish(true)
    }

    fn lone_expression(&mut self, module: &'a ModModule, expression: &'a Expr) -> Outcome<Code> {
        let scope = self.table.scope_of(symbols::address(module));
        let name = self.shared("<module>");
        self.enter(scope, ScopeKind::Module, name, 1);
        self.set_line(expression);
        self.expression(expression)?;
        self.op(Opcode::ReturnValue);
        self.leave()
    }

    /// Starts a code object.
    fn enter(&mut self, scope: ScopeId, kind: ScopeKind, name: Arc<str>, first_line: u32) {
        let qualname = self.qualified_name(kind, &name);
        let table_scope = &self.table.scopes[scope as usize];
        let mut variables = self.spare.ordered();
        for &parameter in &table_scope.parameters {
            variables.add(parameter);
        }
        let mut cells = self.sorted(table_scope, |place, _| place == Place::Cell);
        if table_scope.needs_class_closure {
            let class_cell = self.names.intern("__class__");
            cells.push(class_cell);
        }
        let frees = self.sorted(&self.table.scopes[scope as usize], |place, flags| {
            place == Place::Free || flags & DEF_FREE_CLASS != 0
        });
        let unit = Unit {
            scope,
            kind,
            name,
            qualname,
            class: self.unit.class.clone(),
            first_line,
            line: if kind == ScopeKind::Module { 0 } else { first_line },
            graph: Graph::new(self.spare),
            constants: Constants::default(),
            names: self.spare.ordered(),
            variables,
            cells,
            frees,
            argument_count: 0,
            positional_only_count: 0,
            keyword_only_count: 0,
        };
        let outer = std::mem::replace(&mut self.unit, unit);
        self.outer.push((outer, std::mem::take(&mut self.frames)));
        self.emit(Opcode::Resume, 0);
    }

    /// The one text of a name.
    fn shared(&mut self, name: &str) -> Arc<str> {
        let id = self.names.intern(name);
        self.names.text(id).clone()
    }

    fn sorted(&self, scope: &Scope, wanted: impl Fn(Place, u16) -> bool) -> Vec<NameId> {
        let mut ids: Vec<NameId> = scope
            .symbols
            .iter()
            .filter(|symbol| wanted(symbol.place, symbol.flags))
            .map(|symbol| symbol.name)
            .collect();
        ids.sort_by(|&a, &b| self.names.text(a).chars().cmp(self.names.text(b).chars()));
        ids
    }

    fn qualified_name(&mut self, kind: ScopeKind, name: &Arc<str>) -> Arc<str> {
        if self.outer.len() < 2 && self.unit.kind == ScopeKind::Module && kind == ScopeKind::Module {
            return name.clone();
        }
        let parent = &self.unit;
        if matches!(kind, ScopeKind::Function | ScopeKind::AsyncFunction | ScopeKind::Class) {
            let mangled = self.names.mangled(parent.class.as_deref(), name);
            if self.table.scopes[parent.scope as usize].place(mangled) == Place::GlobalExplicit {
                return name.clone();
            }
        }
        match parent.kind {
            ScopeKind::Module => name.clone(),
            ScopeKind::Function | ScopeKind::AsyncFunction | ScopeKind::Lambda => {
                Arc::from(format!("{}.<locals>.{name}", parent.qualname))
            }
            ScopeKind::Class | ScopeKind::Comprehension => Arc::from(format!("{}.{name}", parent.qualname)),
        }
    }

    /// Ends the current code object; `add_none`: one that falls off its end returns None.
    fn finish(&mut self, add_none: bool) -> Outcome<Code> {
        if !self.unit.graph.blocks[self.unit.graph.current as usize].returns {
            self.unit.line = NO_LINE;
            if add_none {
                self.load_constant(Constant::None);
            }
            self.emit(Opcode::ReturnValue, 0);
        }
        self.leave()
    }

    fn leave(&mut self) -> Outcome<Code> {
        let Some((outer, frames)) = self.outer.pop() else {
            return Err(SyntaxError::unsupported("an unbalanced scope", 0));
        };
        let unit = std::mem::replace(&mut self.unit, outer);
        self.frames = frames;
        let context = assemble::Context {
            names: self.names,
            scope: &self.table.scopes[unit.scope as usize],
            future_annotations: self.future_annotations,
            traced: self.traced,
        };
        Ok(assemble::assemble(unit, &context, self.spare))
    }

    fn scope(&self) -> &Scope {
        &self.table.scopes[self.unit.scope as usize]
    }

    // Lines.

    /// 1-based line of an offset.
    fn line_at(&mut self, offset: TextSize) -> u32 {
        self.hint = self.lines.line_near(offset, self.hint);
        self.hint + 1
    }

    fn set_line(&mut self, node: &impl Ranged) {
        self.unit.line = self.line_at(node.start());
    }

    fn error<T>(&self, message: impl Into<String>) -> Outcome<T> {
        Err(SyntaxError::new(
            message,
            if self.unit.line == NO_LINE {
                0
            } else {
                self.unit.line.saturating_sub(1)
            },
        ))
    }

    // Instructions.

    fn emit(&mut self, opcode: Opcode, argument: u32) {
        self.unit
            .graph
            .emit(opcode.into(), argument, self.unit.line, self.spare);
    }

    fn op(&mut self, opcode: Opcode) {
        self.emit(opcode, 0);
    }

    fn pseudo(&mut self, op: Op) {
        self.unit.graph.emit(op, 0, self.unit.line, self.spare);
    }

    fn jump(&mut self, op: impl Into<Op>, target: BlockId) {
        self.unit.graph.emit(op.into(), target, self.unit.line, self.spare);
    }

    fn jump_without_line(&mut self, op: Op, target: BlockId) {
        self.unit.graph.emit(op, target, NO_LINE, self.spare);
    }

    fn block(&mut self) -> BlockId {
        self.unit.graph.new_block(self.spare)
    }

    fn use_block(&mut self, block: BlockId) {
        self.unit.graph.use_block(block);
    }

    fn load_constant(&mut self, value: Constant) {
        let position = self.unit.constants.add(value);
        self.emit(Opcode::LoadConst, position);
    }

    /// An instruction on an attribute or global name.
    fn name_op(&mut self, opcode: Opcode, name: &str) {
        let id = self.names.mangled(self.unit.class.as_deref(), name);
        let position = self.unit.names.add(id);
        self.emit(opcode, position);
    }

    /// Loads, stores or deletes a variable wherever it lives.
    fn variable(&mut self, name: &str, access: Access) -> Outcome {
        self.check_name(name, access)?;
        let id = self.names.mangled(self.unit.class.as_deref(), name);
        let function = self.unit.kind.is_function();
        let select = |load, store, delete| match access {
            Access::Load => load,
            Access::Store => store,
            Access::Delete => delete,
        };
        match self.scope().place(id) {
            Place::Free | Place::Cell => {
                let load = if self.unit.kind == ScopeKind::Class {
                    Opcode::LoadClassderef
                } else {
                    Opcode::LoadDeref
                };
                let slot = self.cell_position(id);
                self.emit(select(load, Opcode::StoreDeref, Opcode::DeleteDeref), slot);
            }
            Place::Local if function => {
                let slot = self.unit.variables.add(id);
                self.emit(select(Opcode::LoadFast, Opcode::StoreFast, Opcode::DeleteFast), slot);
            }
            place if place == Place::GlobalExplicit || (place == Place::GlobalImplicit && function) => {
                let position = self.unit.names.add(id);
                let position = if access == Access::Load {
                    position << 1
                } else {
                    position
                };
                self.emit(
                    select(Opcode::LoadGlobal, Opcode::StoreGlobal, Opcode::DeleteGlobal),
                    position,
                );
            }
            _ => {
                let position = self.unit.names.add(id);
                self.emit(
                    select(Opcode::LoadName, Opcode::StoreName, Opcode::DeleteName),
                    position,
                );
            }
        }
        Ok(())
    }

    /// Index among cells and free variables.
    fn cell_position(&self, id: NameId) -> u32 {
        let unit = &self.unit;
        let free = || {
            unit.frees
                .iter()
                .position(|&free| free == id)
                .map(|at| at + unit.cells.len())
        };
        let cell = || unit.cells.iter().position(|&cell| cell == id);
        let found = if self.scope().place(id) == Place::Free {
            free().or_else(cell)
        } else {
            cell().or_else(free)
        };
        found.unwrap_or(0) as u32
    }

    fn check_name(&self, name: &str, access: Access) -> Outcome {
        match access {
            Access::Store if name == "__debug__" => self.error("cannot assign to __debug__"),
            Access::Delete if name == "__debug__" => self.error("cannot delete __debug__"),
            _ => Ok(()),
        }
    }

    fn constant_of(&self, expression: &Expr) -> Option<Constant> {
        fold::constant_of(expression, self.folded)
    }

    fn is_constant(&self, expression: &Expr) -> bool {
        fold::is_constant(expression, self.folded)
    }

    // Frame blocks.

    fn push_frame(&mut self, kind: FrameKind<'a>, start: BlockId, exit: BlockId) -> Outcome {
        if self.frames.len() >= 20 {
            return self.error("too many statically nested blocks");
        }
        self.frames.push(FrameBlock { kind, start, exit });
        Ok(())
    }

    fn pop_frame(&mut self) {
        self.frames.pop();
    }
}
