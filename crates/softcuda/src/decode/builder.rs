//! One instruction under construction: its modifiers and operands, typed and resolved.

use super::function::FunctionState;
use super::{Place, RESERVED_SHARED, Result, error};
use crate::device::op::*;
use crate::ops::vector::unary;
use crate::ptx::{Instruction, Operand, Space, Type};

/// The size class of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegisterClass {
    Predicate,
    Word,
    Double,
    Quad,
}

impl RegisterClass {
    pub fn of(ty: Type) -> RegisterClass {
        match (ty, ty.bytes()) {
            (Type::Pred, _) => RegisterClass::Predicate,
            (_, 8) => RegisterClass::Double,
            (_, 16) => RegisterClass::Quad,
            _ => RegisterClass::Word,
        }
    }

    pub fn words(self) -> u32 {
        match self {
            RegisterClass::Predicate => 1,
            RegisterClass::Word => 32,
            RegisterClass::Double => 64,
            RegisterClass::Quad => 128,
        }
    }
}

/// Which field of an [`Op`] holds an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    D,
    A,
    B,
    C,
    Guard,
    Immediate,
    List(u32),
}

/// An operand of an emitted instruction that names a virtual register.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    pub field: Field,
    pub register: u32,
    pub defines: bool,
}

/// A destination operand before it is put into a field.
pub type Dst = u32;

/// A resolved memory operand.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// Row of addresses, or [`NONE`].
    pub base: u32,
    /// The row has 64-bit lanes.
    pub wide: bool,
    pub offset: i64,
    /// The space that the name itself has, where a name is given.
    pub space: Option<Space>,
}

pub struct Builder<'s, 'a, 'm> {
    pub function: &'s mut FunctionState<'a, 'm>,
    pub instruction: &'s Instruction<'a>,
    modifiers: Vec<&'a str>,
    pub op: Op,
    pub list: Vec<u32>,
    defined: Vec<(Field, u32)>,
}

/// What has no effect here.
pub unsafe fn nothing(_: &mut crate::device::warp::Warp, _: &Op, _: u32) -> bool {
    true
}

pub fn empty_op() -> Op {
    Op {
        run: nothing,
        guard: NO_GUARD,
        d: NONE,
        a: NONE,
        b: NONE,
        c: NONE,
        list: 0,
        list_length: 0,
        kind: Kind::Plain,
        class: Class::Other,
        immediate: 0,
        width: 0,
        mode: 0,
        flops: 0,
    }
}

impl<'s, 'a, 'm> Builder<'s, 'a, 'm> {
    pub fn new(function: &'s mut FunctionState<'a, 'm>, instruction: &'s Instruction<'a>) -> Self {
        let modifiers = instruction.modifiers.clone();
        Builder {
            function,
            instruction,
            modifiers,
            op: empty_op(),
            list: Vec::new(),
            defined: Vec::new(),
        }
    }

    pub fn error<T>(&self, message: impl Into<String>) -> Result<T> {
        let name = self.full_name();
        error(self.instruction.line, format!("{} in `{name}`", message.into()))
    }

    pub fn full_name(&self) -> String {
        let mut name = self.instruction.opcode.to_owned();
        for modifier in &self.instruction.modifiers {
            name.push('.');
            name.push_str(modifier);
        }
        name
    }

    /// The instruction is none this device knows.
    pub fn unsupported<T>(&self) -> Result<T> {
        error(
            self.instruction.line,
            format!("instruction `{}` is not supported", self.full_name()),
        )
    }

    /// Takes a modifier if it is there.
    pub fn take(&mut self, name: &str) -> bool {
        match self.modifiers.iter().position(|modifier| *modifier == name) {
            Some(index) => {
                self.modifiers.remove(index);
                true
            }
            None => false,
        }
    }

    /// Takes the first of several modifiers that is there.
    pub fn take_any(&mut self, names: &[&str]) -> Option<&'a str> {
        let index = self.modifiers.iter().position(|modifier| names.contains(modifier))?;
        Some(self.modifiers.remove(index))
    }

    /// Takes the next modifier, whatever it is.
    pub fn take_next(&mut self) -> Option<&'a str> {
        (!self.modifiers.is_empty()).then(|| self.modifiers.remove(0))
    }

    pub fn take_prefixed(&mut self, prefix: &str) -> bool {
        match self.modifiers.iter().position(|modifier| modifier.starts_with(prefix)) {
            Some(index) => {
                self.modifiers.remove(index);
                true
            }
            None => false,
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.modifiers.contains(&name)
    }

    /// Takes the first modifier that is a type.
    pub fn ty(&mut self) -> Result<Type> {
        match self
            .modifiers
            .iter()
            .position(|modifier| Type::parse(modifier).is_some())
        {
            Some(index) => Ok(Type::parse(self.modifiers.remove(index)).unwrap_or(Type::B32)),
            None => self.error("a type is missing"),
        }
    }

    /// Refuses modifiers that nobody took.
    pub fn finish_modifiers(&self) -> Result<()> {
        match self.modifiers.first() {
            Some(modifier) => error(
                self.instruction.line,
                format!("`.{modifier}` is not supported in `{}`", self.full_name()),
            ),
            None => Ok(()),
        }
    }

    pub fn operand(&self, index: usize) -> Result<&'s Operand<'a>> {
        match self.instruction.operands.get(index) {
            Some(operand) => Ok(operand),
            None => self.error(format!("operand {} is missing", index + 1)),
        }
    }

    pub fn count(&self) -> usize {
        self.instruction.operands.len()
    }

    pub fn expect_operands(&self, count: usize) -> Result<()> {
        if self.count() != count {
            return self.error(format!("{count} operands expected, {} found", self.count()));
        }
        Ok(())
    }

    /// A register of a class, by name.
    fn register(&mut self, name: &'a str, class: RegisterClass) -> Result<Option<u32>> {
        let Some((register, found)) = self.function.register(name) else {
            return Ok(None);
        };
        if found != class {
            return self.error(format!("register `{name}` has the wrong size"));
        }
        Ok(Some(register))
    }

    /// A source operand of a type: a register's, special register's or constant's row.
    pub fn source(&mut self, operand: &Operand<'a>, ty: Type) -> Result<u32> {
        let class = RegisterClass::of(ty);
        match operand {
            Operand::Name(name, component) => {
                if component.is_none()
                    && let Some(register) = self.register(name, class)?
                {
                    return Ok(register);
                }
                if name.starts_with('%') || *name == "WARP_SZ" {
                    return self.special(name, *component, class);
                }
                if component.is_some() {
                    return self.error(format!("unknown name `{name}`"));
                }
                self.symbol(name, 0, class)
            }
            Operand::NamePlus(name, offset) => self.symbol(name, *offset, class),
            Operand::Integer(value, _) => {
                let bits = match ty {
                    Type::F32 => u64::from((*value as i64 as f32).to_bits()),
                    Type::F64 => (*value as i64 as f64).to_bits(),
                    _ => *value,
                };
                let mut wide = u128::from(bits);
                if ty == Type::B128 && (*value as i64) < 0 {
                    wide = *value as i64 as i128 as u128;
                }
                Ok(self.constant(wide, class))
            }
            Operand::Single(bits) => {
                let bits = match ty {
                    Type::F64 => f64::from(f32::from_bits(*bits)).to_bits(),
                    Type::F16 => u64::from(half::f16::from_f32(f32::from_bits(*bits)).to_bits()),
                    Type::Bf16 => u64::from(half::bf16::from_f32(f32::from_bits(*bits)).to_bits()),
                    _ => u64::from(*bits),
                };
                Ok(self.constant(bits.into(), class))
            }
            Operand::Double(bits) => {
                let value = f64::from_bits(*bits);
                let bits = match ty {
                    Type::F32 => u64::from((value as f32).to_bits()),
                    Type::F16 => u64::from(half::f16::from_f64(value).to_bits()),
                    Type::Bf16 => u64::from(half::bf16::from_f64(value).to_bits()),
                    _ => *bits,
                };
                Ok(self.constant(bits.into(), class))
            }
            _ => self.error("an operand has a form that is not allowed here"),
        }
    }

    pub fn src(&mut self, index: usize, ty: Type) -> Result<u32> {
        let operand = self.operand(index)?;
        self.source(operand, ty)
    }

    /// A source predicate and whether it is negated.
    pub fn predicate(&mut self, operand: &Operand<'a>) -> Result<(u32, bool)> {
        match operand {
            Operand::Not(name) => match self.register(name, RegisterClass::Predicate)? {
                Some(register) => Ok((register, true)),
                None => self.error(format!("unknown predicate `{name}`")),
            },
            Operand::Integer(value, _) => Ok((self.constant(u128::from(*value != 0), RegisterClass::Predicate), false)),
            _ => Ok((self.source(operand, Type::Pred)?, false)),
        }
    }

    /// A destination register; `_` gives one that nobody reads.
    pub fn destination(&mut self, operand: &Operand<'a>, ty: Type) -> Result<Dst> {
        let class = RegisterClass::of(ty);
        match operand {
            Operand::Sink => Ok(self.fresh(class)),
            Operand::Name(name, None) => match self.register(name, class)? {
                Some(register) => Ok(register),
                None => self.error(format!("unknown register `{name}`")),
            },
            _ => self.error("the destination is not a register"),
        }
    }

    pub fn dst(&mut self, index: usize, ty: Type) -> Result<Dst> {
        let operand = self.operand(index)?;
        self.destination(operand, ty)
    }

    /// The class of the register that an operand names.
    pub fn class_of(&self, operand: &Operand<'a>) -> Option<RegisterClass> {
        match operand {
            Operand::Name(name, None) | Operand::Not(name) => self.function.register_peek(name),
            _ => None,
        }
    }

    pub fn fresh(&mut self, class: RegisterClass) -> u32 {
        self.function.fresh(class)
    }

    /// A row in the constant pool that holds a value in each lane.
    pub fn constant(&mut self, bits: u128, class: RegisterClass) -> u32 {
        let state = &mut *self.function.module;
        let pool = &mut state.code.pool;
        *state.pool_index.entry((bits, class.words() as u8)).or_insert_with(|| {
            let offset = pool.len() as u32;
            match class {
                RegisterClass::Predicate => pool.resize(pool.len() + 32, if bits & 1 != 0 { !0 } else { 0 }),
                RegisterClass::Word => pool.resize(pool.len() + 32, bits as u32),
                RegisterClass::Double => (0..32).for_each(|_| pool.extend([bits as u32, (bits >> 32) as u32])),
                RegisterClass::Quad => {
                    (0..32).for_each(|_| pool.extend([bits as u32, (bits >> 32) as u32]));
                    (0..32).for_each(|_| pool.extend([(bits >> 64) as u32, (bits >> 96) as u32]));
                }
            }
            POOL | offset
        })
    }

    fn global_row(&mut self, global: u32, addend: i64) -> u32 {
        let state = &mut *self.function.module;
        let code = &mut state.code;
        *state.relocation_index.entry((global, addend)).or_insert_with(|| {
            let offset = code.pool.len() as u32;
            code.pool.resize(code.pool.len() + 64, 0);
            code.relocations.push(Relocation { offset, global, addend });
            POOL | offset
        })
    }

    /// The value of a name in an expression: its address in its own space.
    fn symbol(&mut self, name: &'a str, offset: i64, class: RegisterClass) -> Result<u32> {
        if !matches!(class, RegisterClass::Word | RegisterClass::Double) {
            return self.error(format!("`{name}` can't be used here"));
        }
        if let Some(&(space, at)) = self.function.variable(name) {
            let value = i64::from(at).wrapping_add(offset);
            if space == Space::Shared || self.function.kernel_parameter(space) {
                return Ok(self.constant(u128::from(value as u64), class));
            }
            return Ok(self.local_address(value, class));
        }
        match self.function.module_place(name)? {
            Some(Place::Global(index)) if class == RegisterClass::Double => Ok(self.global_row(index, offset)),
            Some(Place::Global(_)) => self.error(format!("the address of `{name}` has 64 bits")),
            Some(Place::CommonShared(at) | Place::KernelShared(at)) => {
                let value = i64::from(at).wrapping_add(offset);
                Ok(self.constant(u128::from(value as u64), class))
            }
            Some(Place::DynamicShared) => {
                let (row, ty) = match class {
                    RegisterClass::Word => (SpecialRow::DynamicOffset, Type::U32),
                    _ => (SpecialRow::DynamicOffset64, Type::U64),
                };
                let row = SPECIAL | row as u32 * 32;
                if offset == 0 {
                    return Ok(row);
                }
                let addend = self.constant(u128::from(offset as u64), class);
                let d = self.fresh(class);
                let run = match ty {
                    Type::U32 => crate::ops::vector::binary(|a: u32, b: u32| a.wrapping_add(b)),
                    _ => crate::ops::vector::binary(|a: u64, b: u64| a.wrapping_add(b)),
                };
                self.helper(run, d, &[row, addend]);
                Ok(d)
            }
            Some(Place::Local(at)) => {
                let value = i64::from(at).wrapping_add(offset);
                Ok(self.constant(u128::from(value as u64), class))
            }
            Some(Place::Function(index)) => Ok(self.constant(u128::from(CODE_WINDOW + 16 * u64::from(index)), class)),
            None => self.error(format!("unknown name `{name}`")),
        }
    }

    fn local_address(&mut self, offset: i64, class: RegisterClass) -> u32 {
        let addend = self.constant(u128::from(offset as u64), RegisterClass::Double);
        let d = self.fresh(class);
        let run = match class {
            RegisterClass::Double => crate::ops::vector::binary(|a: u64, b: u64| a.wrapping_add(b)),
            _ => crate::ops::vector::binary(|a: u64, b: u64| a.wrapping_add(b) as u32),
        };
        self.helper(run, d, &[HEADER | LOCAL_ROW, addend]);
        d
    }

    /// Emits an unguarded instruction before the one under construction.
    pub fn helper(&mut self, run: Run, d: u32, sources: &[u32]) {
        let mut op = Op {
            run,
            d,
            class: Class::Move,
            ..empty_op()
        };
        let fields = [Field::A, Field::B, Field::C];
        let mut references = vec![Reference {
            field: Field::D,
            register: d,
            defines: true,
        }];
        for (&field, &source) in fields.iter().zip(sources) {
            set(&mut op, field, source);
            if source >> 30 == 0 {
                references.push(Reference {
                    field,
                    register: source,
                    defines: false,
                });
            }
        }
        self.function.push(op, references, self.instruction);
    }

    fn special(&mut self, name: &str, component: Option<&str>, class: RegisterClass) -> Result<u32> {
        use SpecialRow::*;
        let row = match (name, component) {
            ("%tid", Some("x")) => TidX,
            ("%tid", Some("y")) => TidY,
            ("%tid", Some("z")) => TidZ,
            ("%ntid", Some("x")) => NtidX,
            ("%ntid", Some("y")) => NtidY,
            ("%ntid", Some("z")) => NtidZ,
            ("%ctaid", Some("x")) => CtaidX,
            ("%ctaid", Some("y")) => CtaidY,
            ("%ctaid", Some("z")) => CtaidZ,
            ("%nctaid", Some("x")) => NctaidX,
            ("%nctaid", Some("y")) => NctaidY,
            ("%nctaid", Some("z")) => NctaidZ,
            ("%laneid", None) => LaneId,
            ("%warpid", None) => WarpId,
            ("%nwarpid", None) => NWarpId,
            ("%smid", None) => SmId,
            ("%nsmid", None) => NSmId,
            ("%gridid", None) if class == RegisterClass::Double => return Ok(self.constant(1, class)),
            ("%gridid", None) => GridId,
            ("%lanemask_eq", None) => LanemaskEq,
            ("%lanemask_le", None) => LanemaskLe,
            ("%lanemask_lt", None) => LanemaskLt,
            ("%lanemask_ge", None) => LanemaskGe,
            ("%lanemask_gt", None) => LanemaskGt,
            ("%dynamic_smem_size", None) => DynamicShared,
            ("%total_smem_size" | "%aggr_smem_size", None) => TotalShared,
            ("%reserved_smem_offset_begin" | "%reserved_smem_offset_0", None) => Zero,
            ("%reserved_smem_offset_1", None) => return Ok(self.constant(u128::from(RESERVED_SHARED / 2), class)),
            ("%reserved_smem_offset_end" | "%reserved_smem_offset_cap", None) => {
                return Ok(self.constant(u128::from(RESERVED_SHARED), class));
            }
            ("%is_explicit_cluster", None) => return Ok(self.constant(0, RegisterClass::Predicate)),
            ("%nclusterid" | "%cluster_nctaid", Some("x" | "y" | "z")) | ("%cluster_nctarank", None) => One,
            ("%clusterid" | "%cluster_ctaid", Some("x" | "y" | "z")) | ("%cluster_ctarank", None) => Zero,
            ("WARP_SZ", None) => return Ok(self.constant(32, class)),
            ("%clock" | "%clock_hi" | "%globaltimer_lo" | "%globaltimer_hi", None) => {
                let d = self.fresh(RegisterClass::Word);
                let run = match name {
                    "%clock" => crate::ops::special::clock32(),
                    "%clock_hi" => crate::ops::special::clock_high(),
                    "%globaltimer_lo" => crate::ops::special::timer32(),
                    _ => crate::ops::special::timer_high(),
                };
                self.helper(run, d, &[]);
                return Ok(d);
            }
            ("%clock64" | "%globaltimer", None) => {
                let d = self.fresh(RegisterClass::Double);
                let run = if name == "%clock64" {
                    crate::ops::special::clock64()
                } else {
                    crate::ops::special::timer64()
                };
                self.helper(run, d, &[]);
                return Ok(d);
            }
            // Where the toolkit's grid groups look for what they synchronise by.
            ("%envreg1", None) => WorkspaceHigh,
            ("%envreg2", None) => WorkspaceLow,
            _ if name.starts_with("%envreg") => Zero,
            _ if name.starts_with("%pm") => return Ok(self.constant(0, class)),
            _ => return self.error(format!("unknown register `{name}`")),
        };
        let row = SPECIAL | row as u32 * 32;
        match class {
            RegisterClass::Word => Ok(row),
            RegisterClass::Double => {
                let d = self.fresh(class);
                self.helper(unary(|a: u32| u64::from(a)), d, &[row]);
                Ok(d)
            }
            _ => self.error(format!("`{name}` has 32 bits")),
        }
    }

    /// A memory operand.
    pub fn address(&mut self, index: usize) -> Result<Address> {
        let Operand::Address(base, offset) = self.operand(index)? else {
            return self.error("an address in brackets is expected");
        };
        let offset = *offset;
        match &**base {
            Operand::Integer(value, _) => Ok(Address {
                base: NONE,
                wide: true,
                offset: (*value as i64).wrapping_add(offset),
                space: None,
            }),
            Operand::Name(name, None) => {
                if let Some((register, class)) = self.function.register(name) {
                    return match class {
                        RegisterClass::Word => Ok(Address {
                            base: register,
                            wide: false,
                            offset,
                            space: None,
                        }),
                        RegisterClass::Double => Ok(Address {
                            base: register,
                            wide: true,
                            offset,
                            space: None,
                        }),
                        _ => self.error(format!("register `{name}` can't hold an address")),
                    };
                }
                if let Some(&(space, at)) = self.function.variable(name) {
                    let offset = i64::from(at).wrapping_add(offset);
                    if space == Space::Shared || self.function.kernel_parameter(space) {
                        return Ok(Address {
                            base: NONE,
                            wide: true,
                            offset,
                            space: Some(space),
                        });
                    }
                    return Ok(Address {
                        base: HEADER | LOCAL_ROW,
                        wide: true,
                        offset,
                        space: Some(Space::Local),
                    });
                }
                let known = |space| Some(space);
                match self.function.module_place(name)? {
                    Some(Place::Global(global)) => {
                        let base = self.global_row(global, 0);
                        Ok(Address {
                            base,
                            wide: true,
                            offset,
                            space: known(Space::Global),
                        })
                    }
                    Some(Place::CommonShared(at) | Place::KernelShared(at)) => {
                        let offset = i64::from(at).wrapping_add(offset);
                        Ok(Address {
                            base: NONE,
                            wide: true,
                            offset,
                            space: known(Space::Shared),
                        })
                    }
                    Some(Place::DynamicShared) => {
                        let base = SPECIAL | SpecialRow::DynamicOffset as u32 * 32;
                        Ok(Address {
                            base,
                            wide: false,
                            offset,
                            space: known(Space::Shared),
                        })
                    }
                    Some(Place::Local(at)) => {
                        let offset = i64::from(at).wrapping_add(offset);
                        Ok(Address {
                            base: NONE,
                            wide: true,
                            offset,
                            space: known(Space::Local),
                        })
                    }
                    Some(Place::Function(_)) => self.error(format!("function `{name}` is no memory")),
                    None => self.error(format!("unknown name `{name}`")),
                }
            }
            _ => self.error("this form of address is not supported"),
        }
    }

    /// Puts a source into a field.
    pub fn put(&mut self, field: Field, operand: u32) {
        match field {
            Field::List(_) => self.list.push(operand),
            _ => set(&mut self.op, field, operand),
        }
        self.defined.retain(|(known, _)| *known != field);
    }

    pub fn d(&mut self, register: u32) {
        self.define(Field::D, register);
    }

    pub fn a(&mut self, operand: u32) {
        self.put(Field::A, operand);
    }

    pub fn b(&mut self, operand: u32) {
        self.put(Field::B, operand);
    }

    pub fn c(&mut self, operand: u32) {
        self.put(Field::C, operand);
    }

    /// Puts a destination into a field.
    pub fn define(&mut self, field: Field, register: u32) {
        set(&mut self.op, field, register);
        self.defined.push((field, register));
    }

    pub fn list_source(&mut self, operand: u32) {
        self.list.push(operand);
    }

    pub fn list_define(&mut self, register: u32) {
        self.defined.push((Field::List(self.list.len() as u32), register));
        self.list.push(register);
    }

    /// Emits the instruction; the fields named hold operands (destinations were noted by `define`).
    pub fn emit(self, run: Run, class: Class, fields: &[Field]) -> Result<()> {
        self.emit_parts(run, class, fields).map(|_| ())
    }

    fn emit_parts(
        mut self,
        run: Run,
        class: Class,
        fields: &[Field],
    ) -> Result<(&'s mut FunctionState<'a, 'm>, &'s Instruction<'a>)> {
        self.finish_modifiers()?;
        self.op.run = run;
        self.op.class = class;
        let mut references: Vec<Reference> = self
            .defined
            .iter()
            .map(|&(field, register)| Reference {
                field,
                register,
                defines: true,
            })
            .collect();
        let list: Vec<Field> = (0..self.list.len() as u32).map(Field::List).collect();
        let lists: &[Field] = if self.raw_list() { &[] } else { &list };
        for &field in fields.iter().chain(lists) {
            let operand = match field {
                Field::D => self.op.d,
                Field::A => self.op.a,
                Field::B => self.op.b,
                Field::C => self.op.c,
                Field::Immediate => self.op.immediate as u32,
                Field::List(index) => self.list[index as usize],
                Field::Guard => continue,
            };
            let known = references.iter().any(|reference| reference.field == field);
            if operand >> 30 == 0 && !known {
                references.push(Reference {
                    field,
                    register: operand,
                    defines: false,
                });
            }
        }
        if let Some((name, negated)) = self.instruction.guard {
            match self.register(name, RegisterClass::Predicate)? {
                Some(register) => {
                    self.op.guard = register << 1 | u32::from(negated);
                    references.push(Reference {
                        field: Field::Guard,
                        register,
                        defines: false,
                    });
                }
                None => return self.error(format!("unknown predicate `{name}`")),
            }
        }
        let code = &mut self.function.module.code;
        self.op.list = code.lists.len() as u32;
        self.op.list_length = self.list.len() as u16;
        code.lists.extend_from_slice(&self.list);
        self.function.push(self.op, references, self.instruction);
        Ok((self.function, self.instruction))
    }

    /// Emits what is built so far and goes on with a second instruction under the same guard.
    pub fn split(self, run: Run, class: Class, fields: &[Field]) -> Result<Builder<'s, 'a, 'm>> {
        let (function, instruction) = self.emit_parts(run, class, fields)?;
        Ok(Builder {
            function,
            instruction,
            modifiers: Vec::new(),
            op: empty_op(),
            list: Vec::new(),
            defined: Vec::new(),
        })
    }

    /// Lists of calls and branches hold offsets and targets, not operands.
    fn raw_list(&self) -> bool {
        matches!(self.op.kind, Kind::Call | Kind::CallIndirect | Kind::BranchIndexed)
    }

    /// Destination and up to three sources of one type each, the common form.
    pub fn simple(mut self, run: Run, class: Class, d: Type, sources: &[Type]) -> Result<()> {
        self.expect_operands(sources.len() + 1)?;
        let fields = [Field::A, Field::B, Field::C];
        for (index, &ty) in sources.iter().enumerate() {
            let operand = self.src(index + 1, ty)?;
            self.put(fields[index], operand);
        }
        let register = self.dst(0, d)?;
        self.d(register);
        self.emit(run, class, &fields[..sources.len()])
    }
}

pub fn set(op: &mut Op, field: Field, operand: u32) {
    match field {
        Field::D => op.d = operand,
        Field::A => op.a = operand,
        Field::B => op.b = operand,
        Field::C => op.c = operand,
        Field::Immediate => op.immediate = i64::from(operand),
        Field::Guard => op.guard = operand << 1 | op.guard & 1,
        Field::List(_) => {}
    }
}
