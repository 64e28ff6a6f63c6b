//! What activations and packed weights are made of: `f32` or bfloat16.

use super::math;
use super::vector::{LANES, Vector, round_bf16};
use crate::device::Precision;

/// bfloat16: the upper half of an `f32`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct Bf16(pub u16);

/// Plain data whose zero is all bits zero: what a buffer may hold.
pub trait Plain: Copy + Default + Send + Sync + 'static {}
impl Plain for f32 {}
impl Plain for u32 {}
impl Plain for u16 {}
impl Plain for i16 {}
impl Plain for i8 {}
impl Plain for Bf16 {}

/// A number format for activations.
pub trait Element: Plain {
    const PRECISION: Precision;
    /// Consecutive values along the inner dimension that one multiply consumes.
    const GROUP: usize;
    /// Sixteen groups in a register.
    type Operand<V: Vector>: Copy;

    fn to_f32(self) -> f32;
    fn from_f32(value: f32) -> Self;

    /// # Safety
    /// Valid for reading 16 values.
    unsafe fn load<V: Vector>(pointer: *const Self) -> V;
    /// # Safety
    /// Valid for writing 16 values.
    unsafe fn store<V: Vector>(vector: V, pointer: *mut Self);
    /// Sixteen groups.
    /// # Safety
    /// Valid for reading 16 × `GROUP` values.
    unsafe fn load_operand<V: Vector>(pointer: *const Self) -> Self::Operand<V>;
    /// One group, sixteen times.
    /// # Safety
    /// Valid for reading `GROUP` values.
    unsafe fn splat_operand<V: Vector>(pointer: *const Self) -> Self::Operand<V>;
    /// `sum + a · b` per lane.
    fn dot<V: Vector>(sum: V, a: Self::Operand<V>, b: Self::Operand<V>) -> V;
    /// What [`Element::scaled_exp`] takes for a factor and a shift.
    fn exponent(factor: f32, shift: f32) -> [f32; 2];
    /// `e^(factor · x + shift)` as exactly as this format shows; factor and shift as [`Element::exponent`] gives them.
    fn scaled_exp<V: Vector>(x: V, factor: V, shift: V) -> V;
    /// GELU and its derivative, as exactly as this format shows.
    fn gelu<V: Vector>(z: V) -> (V, V);
    /// Writes thirty-two groups out of `GROUP` rows (two pointers, of which one format uses the first alone).
    /// # Safety
    /// The rows are valid for reading 32 values, the target for writing 32 × `GROUP`.
    unsafe fn pack<V: Vector>(rows: [*const Self; 2], target: *mut Self);
}

impl Element for f32 {
    const PRECISION: Precision = Precision::F32;
    const GROUP: usize = 1;
    type Operand<V: Vector> = V;

    #[inline(always)]
    fn to_f32(self) -> f32 {
        self
    }
    #[inline(always)]
    fn from_f32(value: f32) -> Self {
        value
    }
    #[inline(always)]
    unsafe fn load<V: Vector>(pointer: *const f32) -> V {
        // SAFETY: the caller's promise.
        unsafe { V::load(pointer) }
    }
    #[inline(always)]
    unsafe fn store<V: Vector>(vector: V, pointer: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe { vector.store(pointer) }
    }
    #[inline(always)]
    unsafe fn load_operand<V: Vector>(pointer: *const f32) -> V {
        // SAFETY: the caller's promise.
        unsafe { V::load(pointer) }
    }
    #[inline(always)]
    unsafe fn splat_operand<V: Vector>(pointer: *const f32) -> V {
        // SAFETY: the caller's promise.
        V::splat(unsafe { *pointer })
    }
    #[inline(always)]
    fn dot<V: Vector>(sum: V, a: V, b: V) -> V {
        a.mul_add(b, sum)
    }
    #[inline(always)]
    fn exponent(factor: f32, shift: f32) -> [f32; 2] {
        [factor, shift]
    }
    #[inline(always)]
    fn scaled_exp<V: Vector>(x: V, factor: V, shift: V) -> V {
        math::exp(x.mul_add(factor, shift))
    }
    #[inline(always)]
    fn gelu<V: Vector>(z: V) -> (V, V) {
        math::gelu(z)
    }
    #[inline(always)]
    unsafe fn pack<V: Vector>(rows: [*const f32; 2], target: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe {
            V::load(rows[0]).store(target);
            V::load(rows[0].add(LANES)).store(target.add(LANES));
        }
    }
}

impl Element for Bf16 {
    const PRECISION: Precision = Precision::Bf16;
    const GROUP: usize = 2;
    type Operand<V: Vector> = V::Pairs;

    #[inline(always)]
    fn to_f32(self) -> f32 {
        f32::from_bits(u32::from(self.0) << 16)
    }
    #[inline(always)]
    fn from_f32(value: f32) -> Self {
        Bf16(round_bf16(value))
    }
    #[inline(always)]
    unsafe fn load<V: Vector>(pointer: *const Bf16) -> V {
        // SAFETY: the caller's promise.
        unsafe { V::load_bf16(pointer.cast()) }
    }
    #[inline(always)]
    unsafe fn store<V: Vector>(vector: V, pointer: *mut Bf16) {
        // SAFETY: the caller's promise.
        unsafe { vector.store_bf16(pointer.cast()) }
    }
    #[inline(always)]
    unsafe fn load_operand<V: Vector>(pointer: *const Bf16) -> V::Pairs {
        // SAFETY: the caller's promise.
        unsafe { V::load_pairs(pointer.cast()) }
    }
    #[inline(always)]
    unsafe fn splat_operand<V: Vector>(pointer: *const Bf16) -> V::Pairs {
        // SAFETY: the caller's promise; two values are four bytes.
        V::splat_pair(unsafe { pointer.cast::<u32>().read_unaligned() })
    }
    #[inline(always)]
    fn dot<V: Vector>(sum: V, a: V::Pairs, b: V::Pairs) -> V {
        sum.dot(a, b)
    }
    #[inline(always)]
    fn exponent(factor: f32, shift: f32) -> [f32; 2] {
        [factor, shift].map(|value| value * std::f32::consts::LOG2_E)
    }
    #[inline(always)]
    fn scaled_exp<V: Vector>(x: V, factor: V, shift: V) -> V {
        math::power_of_two_short(x.mul_add(factor, shift))
    }
    #[inline(always)]
    fn gelu<V: Vector>(z: V) -> (V, V) {
        math::gelu_short(z)
    }
    #[inline(always)]
    unsafe fn pack<V: Vector>(rows: [*const Bf16; 2], target: *mut Bf16) {
        // SAFETY: the caller's promise.
        unsafe { V::interleave_rows(rows[0].cast(), rows[1].cast(), target.cast()) }
    }
}

/// The values of a slice shorter than a vector, and zeros. Cold, and so out of the way of loops over whole vectors.
#[cold]
#[inline(never)]
fn padded<E: Element>(rest: &[E]) -> [E; LANES] {
    let mut lanes = [E::default(); LANES];
    lanes[..rest.len()].copy_from_slice(rest);
    lanes
}

/// The first values of a vector, as many as there is room for.
#[cold]
#[inline(never)]
fn cut<E: Element>(lanes: &[E; LANES], rest: &mut [E]) {
    let count = rest.len();
    rest.copy_from_slice(&lanes[..count]);
}

/// Sixteen values from `index` on, zeros where the slice ends before.
#[inline(always)]
pub fn load<V: Vector, E: Element>(slice: &[E], index: usize) -> V {
    let rest = &slice[index..];
    if rest.len() >= LANES {
        // SAFETY: 16 values are there.
        unsafe { E::load(rest.as_ptr()) }
    } else {
        let lanes = padded(rest);
        // SAFETY: 16 values are there.
        unsafe { E::load(lanes.as_ptr()) }
    }
}

/// Stores sixteen values from `index` on, those that the slice has room for.
#[inline(always)]
pub fn store<V: Vector, E: Element>(slice: &mut [E], index: usize, vector: V) {
    let rest = &mut slice[index..];
    if rest.len() >= LANES {
        // SAFETY: there is room for 16 values.
        unsafe { E::store(vector, rest.as_mut_ptr()) }
    } else {
        let mut lanes = [E::default(); LANES];
        // SAFETY: there is room for 16 values.
        unsafe { E::store(vector, lanes.as_mut_ptr()) }
        cut(&lanes, rest);
    }
}
