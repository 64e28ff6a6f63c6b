//! ld, st and the hints around them (PTX ISA 9.7.9).

use super::vector::{Lane, Scratch};
use crate::decode::{Address, Builder, Field, RegisterClass, Result};
use crate::device::FaultKind;
use crate::device::op::*;
use crate::device::warp::{Warp, each};
use crate::ptx::{Operand, Space, Type, Type::*};

/// What an access does, for checks and counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
    Atomic,
    /// Volatile, relaxed, acquiring: meant for other threads' writes.
    StrongRead,
    /// Volatile, relaxed, releasing.
    StrongWrite,
}

impl Access {
    #[inline(always)]
    pub fn writes(self) -> bool {
        !matches!(self, Access::Read | Access::StrongRead)
    }

    /// Whether concurrent accesses of this kind are meant.
    #[inline(always)]
    pub fn is_strong(self) -> bool {
        matches!(self, Access::Atomic | Access::StrongRead | Access::StrongWrite)
    }
}

pub const GLOBAL: u8 = 0;
pub const SHARED: u8 = 1;
pub const LOCAL: u8 = 2;
pub const PARAM: u8 = 3;
pub const GENERIC: u8 = 4;

/// Puts an address into an instruction: row in `a`, offset in `immediate`, space and width in `mode`.
pub fn set_address(b: &mut Builder<'_, '_, '_>, index: usize, space: Option<Space>) -> Result<()> {
    let Address {
        base,
        wide,
        offset,
        space: named,
    } = b.address(index)?;
    let space = match (space, named) {
        (Some(Space::Param), Some(Space::Local)) => Space::Local,
        (Some(Space::Constant), _) => Space::Global,
        (None | Some(Space::Generic), Some(named)) => named,
        (Some(space), _) => space,
        (None, None) => Space::Generic,
    };
    let code = match space {
        Space::Global | Space::Constant => GLOBAL,
        Space::Shared => SHARED,
        Space::Local => LOCAL,
        Space::Param => {
            if !b.function.entry && base != NONE {
                LOCAL
            } else {
                PARAM
            }
        }
        _ => GENERIC,
    };
    b.put(Field::A, base);
    b.op.immediate = offset;
    b.op.mode = code | u8::from(wide) << 4;
    Ok(())
}

/// The address operand as a field, when it is a row.
pub fn address_field(b: &Builder<'_, '_, '_>) -> Vec<Field> {
    if b.op.a == NONE { Vec::new() } else { vec![Field::A] }
}

/// Addresses of the lanes in the operand's own space.
#[inline(always)]
pub fn addresses(w: &Warp, op: &Op) -> [u64; 32] {
    let offset = op.immediate as u64;
    let mut at = [offset; 32];
    if op.a == NONE {
        return at;
    }
    let row = w.row(op.a);
    // SAFETY: the decoder gave a row of this width.
    unsafe {
        if op.mode >> 4 & 1 != 0 {
            for (lane, address) in at.iter_mut().enumerate() {
                *address = u64::get(row, lane).wrapping_add(offset);
            }
        } else {
            for (lane, address) in at.iter_mut().enumerate() {
                *address = u64::from(u32::get(row, lane).wrapping_add(offset as u32));
            }
        }
    }
    at
}

/// How the addresses of a warp's access lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All lanes of the mask at one address.
    Uniform,
    /// All 32 lanes, one element after the other.
    Contiguous,
    Scattered,
}

/// Host addresses of an access by the lanes of a mask, in place; None after a fault.
#[inline(always)]
pub fn resolve(w: &mut Warp, op: &Op, mask: u32, size: u64, access: Access) -> Option<([u64; 32], Shape)> {
    let mut at = addresses(w, op);
    let shape = resolve_at(w, op.mode & 15, &mut at, mask, size, access)?;
    Some((at, shape))
}

/// As [`resolve`], for addresses that are known already: makes them host addresses.
#[inline(always)]
pub fn resolve_at(w: &mut Warp, space: u8, at: &mut [u64; 32], mask: u32, size: u64, access: Access) -> Option<Shape> {
    let mut shape = Shape::Scattered;
    let (mut low, mut high, mut bits) = (at[0], at[0], at[0]);
    if mask == !0 {
        // The usual shapes at a glance.
        let (mut apart, mut uneven) = (0, 0);
        for (lane, &address) in at.iter().enumerate() {
            apart |= address ^ low;
            uneven |= address ^ low.wrapping_add(lane as u64 * size);
        }
        if apart == 0 {
            shape = Shape::Uniform;
        } else if uneven == 0 && low < u64::MAX - 32 * size {
            shape = Shape::Contiguous;
            high = low + 31 * size;
        }
    }
    if shape == Shape::Scattered {
        (low, high, bits) = (u64::MAX, 0, 0);
        for (lane, &address) in at.iter().enumerate() {
            let on = ((mask >> lane & 1) as u64).wrapping_neg();
            low = low.min(address | !on);
            high = high.max(address & on);
            bits |= address & on;
        }
        if low == high {
            shape = Shape::Uniform;
        }
    }
    if bits & (size - 1) != 0 {
        return misaligned(w, at, mask, size, access);
    }
    let mut space = space;
    if space == GENERIC {
        let window = low >> 32;
        if window > 3 {
            space = GLOBAL;
        } else if window == high >> 32 && window > 0 {
            at.iter_mut().for_each(|address| *address &= 0xffff_ffff);
            (low, high) = (low & 0xffff_ffff, high & 0xffff_ffff);
            space = window as u8;
        } else {
            return mixed(w, at, mask, size, access);
        }
    }
    let (base, length, what) = match space {
        GLOBAL => {
            let span = (high - low).wrapping_add(size);
            let writes = access.writes();
            match w.block().range(low, span) {
                Some((_, _, read_only)) if !(read_only && writes) => {}
                _ => check_each(w, at, mask, size, access)?,
            }
            observe(w, space, at, mask, size, access, shape);
            return Some(shape);
        }
        SHARED => {
            let block = w.block();
            (
                block.shared.as_mut_ptr() as u64,
                u64::from(block.context().shared_bytes),
                "shared memory of the block",
            )
        }
        LOCAL => (
            w.local.as_mut_ptr() as u64,
            w.local_stride as u64,
            "local memory of the thread",
        ),
        _ => {
            let parameters = w.block().context().parameters;
            if access.writes() {
                w.fault(
                    FaultKind::IllegalAddress,
                    mask.trailing_zeros(),
                    "write to kernel parameters".to_owned(),
                );
                return None;
            }
            (
                parameters.as_ptr() as u64,
                parameters.len() as u64,
                "parameters of the kernel",
            )
        }
    };
    if high.saturating_add(size) > length {
        return outside(w, at, mask, size, length, access, what);
    }
    if space != PARAM {
        observe(w, space, at, mask, size, access, shape);
    }
    if space == LOCAL {
        let stride = length;
        for (lane, address) in at.iter_mut().enumerate() {
            *address = address.wrapping_add(base + lane as u64 * stride);
        }
        return Some(Shape::Scattered);
    }
    at.iter_mut().for_each(|address| *address = address.wrapping_add(base));
    Some(shape)
}

#[cold]
fn misaligned(w: &mut Warp, at: &[u64; 32], mask: u32, size: u64, access: Access) -> Option<Shape> {
    let lane = each(mask).find(|&lane| at[lane] & (size - 1) != 0).unwrap_or(0);
    let message = format!("misaligned {} of {size} bytes at {:#x}", verb(access), at[lane]);
    w.fault(FaultKind::MisalignedAddress, lane as u32, message);
    None
}

fn verb(access: Access) -> &'static str {
    match access {
        Access::Read | Access::StrongRead => "read",
        Access::Write | Access::StrongWrite => "write",
        Access::Atomic => "atomic operation",
    }
}

#[cold]
fn outside(
    w: &mut Warp,
    at: &[u64; 32],
    mask: u32,
    size: u64,
    length: u64,
    access: Access,
    what: &str,
) -> Option<Shape> {
    let lane = each(mask)
        .find(|&lane| at[lane].saturating_add(size) > length)
        .unwrap_or(0);
    let message = format!(
        "out-of-bounds {} of {size} bytes at {:#x}: the {what} has {length} bytes",
        verb(access),
        at[lane]
    );
    w.fault(FaultKind::IllegalAddress, lane as u32, message);
    None
}

/// Lanes that point into several allocations, or outside all of them.
#[cold]
fn check_each(w: &mut Warp, at: &[u64; 32], mask: u32, size: u64, access: Access) -> Option<()> {
    for lane in each(mask) {
        let address = at[lane];
        match w.block().range(address, size) {
            Some((_, _, true)) if access.writes() => {
                let message = format!("{} to constant memory at {address:#x}", verb(access));
                w.fault(FaultKind::IllegalAddress, lane as u32, message);
                return None;
            }
            Some(_) => {}
            None => {
                let message = explain(w, address, size, access);
                w.fault(FaultKind::IllegalAddress, lane as u32, message);
                return None;
            }
        }
    }
    Some(())
}

fn explain(w: &mut Warp, address: u64, size: u64, access: Access) -> String {
    let memory = w.block().memory();
    let what = verb(access);
    if address < 4096 {
        return format!("{what} of {size} bytes through a null pointer ({address:#x})");
    }
    if let Some((base, length)) = memory.find_freed(address) {
        return format!("use after free: {what} of {size} bytes at {address:#x}, in {length} bytes freed at {base:#x}");
    }
    match memory.find_below(address) {
        Some(below) if address - below.base < below.size + (1 << 20) => {
            let past = address.saturating_add(size).saturating_sub(below.end());
            format!(
                "out-of-bounds {what} of {size} bytes at {address:#x}: ends {past} bytes past the end of the allocation of {} bytes at {:#x}",
                below.size, below.base
            )
        }
        _ => format!("out-of-bounds {what} of {size} bytes at {address:#x}, in no allocation"),
    }
}

/// Generic addresses that fall into several windows.
#[cold]
fn mixed(w: &mut Warp, at: &mut [u64; 32], mask: u32, size: u64, access: Access) -> Option<Shape> {
    for lane in each(mask) {
        let window = at[lane] >> 32;
        let (space, address) = match window {
            1..=3 => (window as u8, at[lane] & 0xffff_ffff),
            _ => (GLOBAL, at[lane]),
        };
        let mut one = [address; 32];
        resolve_at(w, space, &mut one, 1 << lane, size, access)?;
        at[lane] = one[lane];
    }
    Some(Shape::Scattered)
}

/// Tells checks and counters of an access, where any are on.
#[inline(always)]
fn observe(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access, shape: Shape) {
    if w.block().observing {
        crate::device::observe::access(w, space, at, mask, size, access, shape);
    }
}

/// A value in memory.
pub trait Element: Copy + 'static {
    const SIZE: u64 = size_of::<Self>() as u64;
}
impl Element for u8 {}
impl Element for i8 {}
impl Element for u16 {}
impl Element for i16 {}
impl Element for u32 {}
impl Element for i32 {}
impl Element for u64 {}
impl Element for i64 {}
impl Element for u128 {}

/// Widens an element to its register.
pub trait Widen<R>: Element {
    fn widen(self) -> R;
}
macro_rules! widen {
    ($($from:ty => $to:ty),*) => {$(impl Widen<$to> for $from {
        #[inline(always)]
        fn widen(self) -> $to { self as $to }
    })*};
}
widen!(u8 => u32, i8 => u32, u16 => u32, i16 => u32, u32 => u32, i32 => u32);
widen!(u8 => u64, i8 => u64, u16 => u64, i16 => u64, u32 => u64, i32 => u64, u64 => u64, u128 => u128);

/// Loads part `index` of vectors of `count` for 16 lanes. Blocks of 16 threads a row make halves of warps regular.
///
/// # Safety
/// Every pointer has to be valid for the vector, and `to` a row of `R`.
#[inline(always)]
unsafe fn gather_half<T: Widen<R>, R: Lane>(
    to: *mut u32,
    pointers: &[u64; 32],
    from: usize,
    index: usize,
    count: usize,
) {
    let first = pointers[from];
    let (mut apart, mut uneven) = (0, 0);
    for lane in 0..16 {
        apart |= pointers[from + lane] ^ first;
        uneven |= pointers[from + lane] ^ first.wrapping_add(lane as u64 * T::SIZE);
    }
    // SAFETY: by contract.
    unsafe {
        if apart == 0 {
            let value: R = (first as *const T).add(index).read_unaligned().widen();
            for lane in 0..16 {
                R::put(to, from + lane, value);
            }
        } else if uneven == 0 && count == 1 {
            let source = first as *const T;
            for lane in 0..16 {
                R::put(to, from + lane, source.add(lane).read_unaligned().widen());
            }
        } else {
            for lane in 0..16 {
                let value = (pointers[from + lane] as *const T).add(index).read_unaligned();
                R::put(to, from + lane, value.widen());
            }
        }
    }
}

#[inline(always)]
unsafe fn load_body<T: Widen<R>, R: Lane>(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let count = usize::from(op.list_length);
    let strong = op.flops != 0;
    let access = if strong { Access::StrongRead } else { Access::Read };
    let Some((mut pointers, shape)) = resolve(w, op, mask, T::SIZE * count as u64, access) else {
        return false;
    };
    if strong {
        w.polls += 1;
        w.budget -= super::atomic::POLL;
    }
    let first = pointers[mask.trailing_zeros() as usize];
    if mask != !0 && shape == Shape::Scattered {
        // Inactive lanes read what the first active one reads.
        for (lane, pointer) in pointers.iter_mut().enumerate() {
            *pointer = if mask >> lane & 1 != 0 { *pointer } else { first };
        }
    }
    let mut scratch = Scratch::new();
    for (index, &d) in w.list(op).iter().enumerate() {
        let row = w.row(d);
        let to = if mask == !0 { row } else { scratch.row() };
        // SAFETY: `resolve` proved every active lane's range; the decoder gave rows of `R`.
        unsafe {
            match shape {
                Shape::Uniform => {
                    let value: R = (first as *const T).add(index).read_unaligned().widen();
                    for lane in 0..32 {
                        R::put(to, lane, value);
                    }
                }
                Shape::Contiguous if count == 1 => {
                    let from = first as *const T;
                    for lane in 0..32 {
                        R::put(to, lane, from.add(lane).read_unaligned().widen());
                    }
                }
                _ => {
                    for half in 0..2 {
                        gather_half::<T, R>(to, &pointers, half * 16, index, count);
                    }
                }
            }
            if mask != !0 {
                super::vector::blend::<R>(row, to, mask);
            }
        }
    }
    true
}

/// A releasing access is a fence before it, to the race check.
#[inline(always)]
pub fn release(w: &mut Warp, op: &Op) {
    if op.flops == Strength::Release as u16 && w.block().observing {
        crate::device::races::fence(w);
    }
}

/// Narrows a register's lane to an element.
pub trait Narrow: Lane {
    type Element: Element;
    fn narrow(self) -> Self::Element;
}
macro_rules! narrow {
    ($($from:ty),*) => {$(impl Narrow for $from {
        type Element = $from;
        #[inline(always)]
        fn narrow(self) -> $from { self }
    })*};
}
narrow!(u8, u16, u32, u64, u128);

#[inline(always)]
unsafe fn store_body<T: Narrow>(w: &mut Warp, op: &Op, mask: u32) -> bool {
    let count = usize::from(op.list_length);
    let size = size_of::<T>() as u64 * count as u64;
    let access = if op.flops != 0 {
        release(w, op);
        Access::StrongWrite
    } else {
        Access::Write
    };
    let Some((pointers, shape)) = resolve(w, op, mask, size, access) else {
        return false;
    };
    let list = w.list(op);
    // SAFETY: `resolve` proved every active lane's range; the decoder gave rows of `T`.
    unsafe {
        if shape == Shape::Contiguous && count == 1 {
            let (row, to) = (w.row(list[0]), pointers[0] as *mut T::Element);
            for lane in 0..32 {
                to.add(lane).write_unaligned(T::get(row, lane).narrow());
            }
            return true;
        }
        // Lanes in order, so that the highest wins where several write to one place.
        if mask == !0 {
            for (index, &source) in list.iter().enumerate() {
                let row = w.row(source);
                for (lane, &pointer) in pointers.iter().enumerate() {
                    (pointer as *mut T::Element)
                        .add(index)
                        .write_unaligned(T::get(row, lane).narrow());
                }
            }
            return true;
        }
        for lane in each(mask) {
            for (index, &source) in list.iter().enumerate() {
                let value = T::get(w.row(source), lane).narrow();
                (pointers[lane] as *mut T::Element).add(index).write_unaligned(value);
            }
        }
    }
    true
}

super::vector::leveled!(load, load_body, T: Widen<R>, R: Lane);
super::vector::leveled!(store, store_body, T: Narrow);

const HINTS: [&str; 8] = ["ca", "cg", "cs", "lu", "cv", "wb", "wt", "nc"];

/// How much order an access gives: none, as meant for other threads (volatile, relaxed, acquiring), or releasing too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    Weak,
    Strong,
    Release,
}

/// Takes the state space, cache and ordering modifiers.
pub fn take_space(b: &mut Builder<'_, '_, '_>) -> (Option<Space>, Strength) {
    let strength = match b.take_any(&[
        "volatile", "relaxed", "acquire", "release", "acq_rel", "mmio", "seq_cst",
    ]) {
        None => Strength::Weak,
        Some("release" | "acq_rel" | "seq_cst") => Strength::Release,
        Some(_) => Strength::Strong,
    };
    b.take_any(&["weak"]);
    b.take("mmio");
    b.take_any(&["cta", "cluster", "gpu", "sys"]);
    let space = b.take_any(&[
        "global",
        "shared",
        "shared::cta",
        "local",
        "const",
        "param",
        "param::entry",
        "param::func",
    ]);
    let space = space.map(|name| match name {
        "global" => Space::Global,
        "shared" | "shared::cta" => Space::Shared,
        "local" => Space::Local,
        "const" => Space::Constant,
        _ => Space::Param,
    });
    (space, strength)
}

/// Takes cache hints, which change nothing here.
pub fn take_hints(b: &mut Builder<'_, '_, '_>) {
    while b.take_any(&HINTS).is_some() {}
    b.take("unified");
    while b.take_prefixed("L1::") || b.take_prefixed("L2::") || b.take_prefixed("level::") {}
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "ld" | "ldu" => load_instruction(b),
        "st" => store_instruction(b),
        "prefetch" | "prefetchu" | "applypriority" | "discard" => {
            while b.take_next().is_some() {}
            b.address(0)?;
            b.emit(crate::decode::nothing, Class::Other, &[])
        }
        "createpolicy" => {
            while b.take_next().is_some() {}
            let d = b.dst(0, B64)?;
            let zero = b.constant(0, RegisterClass::Double);
            b.a(zero);
            b.d(d);
            b.emit(super::vector::unary(|x: u64| x), Class::Other, &[Field::A])
        }
        _ => b.unsupported(),
    }
}

fn vector_count(b: &mut Builder<'_, '_, '_>) -> usize {
    match b.take_any(&["v2", "v4", "v8"]) {
        Some("v2") => 2,
        Some("v4") => 4,
        Some(_) => 8,
        None => 1,
    }
}

fn parts<'s, 'a>(b: &Builder<'s, 'a, '_>, operand: &'s Operand<'a>, count: usize) -> Result<Vec<&'s Operand<'a>>> {
    let list = match operand {
        Operand::Vector(list) => list.iter().collect(),
        single => vec![single],
    };
    if list.len() != count {
        return b.error(format!("a vector of {count} is expected"));
    }
    Ok(list)
}

fn load_instruction(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let (space, strength) = take_space(&mut b);
    let polls = strength != Strength::Weak;
    take_hints(&mut b);
    let count = vector_count(&mut b);
    let ty = b.ty()?;
    if !(2..=3).contains(&b.count()) {
        return b.error("2 operands expected");
    }
    set_address(&mut b, 1, space)?;
    let memory = matches!(b.op.mode & 15, GLOBAL | GENERIC);
    b.function.ordered |= polls && memory;
    b.op.flops = polls.into();
    let list = parts(&b, b.operand(0)?, count)?;
    let wide = list
        .iter()
        .any(|operand| b.class_of(operand) == Some(RegisterClass::Double));
    if ty.bytes() * count as u32 > 32 {
        return b.error("the vector is longer than 32 bytes");
    }
    for operand in list {
        let d = b.destination(
            operand,
            if wide {
                B64
            } else if ty.bytes() == 16 {
                B128
            } else {
                B32
            },
        )?;
        b.list_define(d);
    }
    b.op.width = ty.bytes() as u8;
    b.function.smallest_access(b.op.mode & 15, ty.bytes() as u8);
    let signed = ty.is_signed();
    let run = match (ty.bytes(), signed, wide) {
        (1, false, false) => load::<u8, u32>(),
        (1, true, false) => load::<i8, u32>(),
        (2, false, false) => load::<u16, u32>(),
        (2, true, false) => load::<i16, u32>(),
        (4, _, false) => load::<u32, u32>(),
        (1, false, true) => load::<u8, u64>(),
        (1, true, true) => load::<i8, u64>(),
        (2, false, true) => load::<u16, u64>(),
        (2, true, true) => load::<i16, u64>(),
        (4, false, true) => load::<u32, u64>(),
        (4, true, true) => load::<i32, u64>(),
        (8, _, true) => load::<u64, u64>(),
        (16, _, false) => load::<u128, u128>(),
        _ => return b.error("the destination register is too narrow"),
    };
    let fields = address_field(&b);
    b.emit(run, Class::Load, &fields)
}

fn store_instruction(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let (space, strength) = take_space(&mut b);
    b.op.flops = strength as u16;
    if b.take("async") || b.take("bulk") {
        return b.unsupported();
    }
    take_hints(&mut b);
    let count = vector_count(&mut b);
    let ty = b.ty()?;
    if !(2..=3).contains(&b.count()) {
        return b.error("2 operands expected");
    }
    set_address(&mut b, 0, space)?;
    for operand in parts(&b, b.operand(1)?, count)? {
        // The register may be wider than what is stored.
        let class = b.class_of(operand);
        let source = match class {
            Some(RegisterClass::Double) if ty.bytes() < 8 => {
                let wide = b.source(operand, B64)?;
                let narrowed = b.fresh(RegisterClass::Word);
                b.helper(super::vector::unary(|x: u64| x as u32), narrowed, &[wide]);
                narrowed
            }
            _ => b.source(operand, storage(ty))?,
        };
        b.list_source(source);
    }
    b.op.width = ty.bytes() as u8;
    b.function.smallest_access(b.op.mode & 15, ty.bytes() as u8);
    let run = match ty.bytes() {
        1 => store::<u8>(),
        2 => store::<u16>(),
        4 => store::<u32>(),
        8 => store::<u64>(),
        _ => store::<u128>(),
    };
    let fields = address_field(&b);
    b.emit(run, Class::Store, &fields)
}

/// Predicates are no memory type.
fn storage(ty: Type) -> Type {
    if ty == Pred { B32 } else { ty }
}
