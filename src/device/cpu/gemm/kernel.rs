//! The tile: up to 12 rows × 32 columns of a product, its sums in registers over the whole inner dimension.
//!
//! The right operand is packed in panels of 32 columns: `[groups][32][GROUP]`, where a group is what one multiply
//! consumes (one `f32`, two bfloat16). The left operand is read in place by strides, or out of such panels, whose 32
//! columns are then its rows: tiles of 12, 12 and 8.
//!
//! Twelve rows × two vectors are 24 accumulators, which with two vectors of the panel and one broadcast fit the 32
//! registers of AVX-512 and cover latency (4–6 cycles) × throughput (2 per cycle). Per group that is 24 multiplies for
//! 14 loads. AVX2 has half the registers: 6 rows × one pair of registers at a time.

use super::super::buffer::SharedMut;
use super::super::element::Element;
use super::super::vector::{LANES, Vector};
use crate::kernel;

/// Columns of a panel.
pub const PANEL: usize = 32;
/// Most rows of a tile.
pub const TILE: usize = 12;

/// Left operand: where element `(row, group)` lies.
#[derive(Clone, Copy)]
pub struct Left<'a, E> {
    values: &'a [E],
    /// Elements between rows within a tile.
    row: usize,
    /// Elements between groups.
    group: usize,
    /// Rows that lie at a stride of `row`: tiles do not go across.
    height: usize,
    /// Elements between those blocks of rows.
    block: usize,
}

impl<'a, E: Element> Left<'a, E> {
    /// A row-major matrix in place. Where the inner dimension is no whole number of groups, what follows a row is read
    /// too and must be finite: it meets zeros.
    pub fn rows(values: &'a [E], stride: usize) -> Self {
        Left {
            values,
            row: stride,
            group: E::GROUP,
            height: TILE,
            block: TILE * stride,
        }
    }

    /// Panels of so many groups as [`super::pack::pack_panel`] writes them: the transpose of what was packed.
    pub fn panels(values: &'a [E], groups: usize) -> Self {
        Left {
            values,
            row: E::GROUP,
            group: PANEL * E::GROUP,
            height: PANEL,
            block: groups * PANEL * E::GROUP,
        }
    }

    /// Without the first so many elements of the inner dimension, a whole number of groups.
    pub fn skip(self, inner: usize) -> Self {
        Left {
            values: &self.values[inner / E::GROUP * self.group..],
            ..self
        }
    }
}

/// Where products go: rows of 32 columns at a stride.
pub struct Sums<'a> {
    pointer: *mut f32,
    length: usize,
    stride: usize,
    lifetime: std::marker::PhantomData<&'a mut [f32]>,
}

impl<'a> Sums<'a> {
    pub fn new(values: &'a mut [f32], stride: usize) -> Self {
        Sums {
            pointer: values.as_mut_ptr(),
            length: values.len(),
            stride,
            lifetime: std::marker::PhantomData,
        }
    }

    /// A block of a matrix whose other columns other tasks write.
    ///
    /// # Safety
    /// No other task touches the 32 columns from `offset` on, in the rows that will be written.
    pub unsafe fn shared(values: &SharedMut<'a, f32>, offset: usize, stride: usize) -> Self {
        let (pointer, length) = values.tail(offset);
        Sums {
            pointer,
            length,
            stride,
            lifetime: std::marker::PhantomData,
        }
    }
}

/// What becomes of a tile's sums: it is handed every vector of them from the registers in which they were summed.
///
/// # Safety
/// Whoever makes one promises that its memory is valid for all rows and columns of the product that it is given to, and
/// that nobody else touches it meanwhile.
pub unsafe trait Finish: Copy {
    /// What the sums of 16 columns begin with.
    /// # Safety
    /// The columns lie within what the finisher was made for.
    unsafe fn start<V: Vector>(self, column: usize) -> V;
    /// Asks for the memory that [`Finish::finish`] will touch.
    fn prefetch<V: Vector>(self, row: usize);
    /// # Safety
    /// Row and columns lie within what the finisher was made for.
    unsafe fn finish<V: Vector>(self, row: usize, column: usize, sums: V);
}

/// Sums in `f32`: set, or added to what is there.
#[derive(Clone, Copy)]
struct Keep<const ADD: bool> {
    output: *mut f32,
    stride: usize,
}

// SAFETY: made by `multiply_panel` alone, which checks the rows.
unsafe impl<const ADD: bool> Finish for Keep<ADD> {
    #[inline(always)]
    unsafe fn start<V: Vector>(self, _column: usize) -> V {
        V::splat(0.0)
    }
    #[inline(always)]
    fn prefetch<V: Vector>(self, row: usize) {
        if ADD {
            let row = self.output.wrapping_add(row * self.stride);
            for line in [row, row.wrapping_add(LANES)] {
                // Rows a multiple of 4096 bytes apart would drive one another, and the panel, out of the first level.
                if self.stride.is_multiple_of(4096 / size_of::<f32>()) {
                    V::prefetch_far(line.cast());
                } else {
                    V::prefetch(line.cast());
                }
            }
        }
    }
    #[inline(always)]
    unsafe fn finish<V: Vector>(self, row: usize, column: usize, sums: V) {
        // SAFETY: the caller's promise.
        unsafe {
            let place = self.output.add(row * self.stride + column);
            let sums = if ADD { sums.add(V::load(place)) } else { sums };
            sums.store(place);
        }
    }
}

/// # Safety
/// `left` and `panel` are valid for `groups` groups of `ROWS` rows and `VECTORS` vectors of columns, `finish` for the
/// rows and columns from `first_row` and `first_column` on.
#[allow(clippy::too_many_arguments)]
#[inline(always)]
unsafe fn tile<V: Vector, E: Element, F: Finish, const ROWS: usize, const VECTORS: usize>(
    groups: usize,
    left: *const E,
    row_stride: usize,
    group_stride: usize,
    panel: *const E,
    finish: F,
    first_row: usize,
    first_column: usize,
) {
    // SAFETY: within what the caller promises.
    unsafe {
        let starts: [V; VECTORS] = std::array::from_fn(|v| finish.start(first_column + v * LANES));
        let mut sums = [starts; ROWS];
        for row in 0..ROWS {
            finish.prefetch::<V>(first_row + row);
        }
        let (mut left, mut panel) = (left, panel);
        for _ in 0..groups {
            let columns: [E::Operand<V>; VECTORS] =
                std::array::from_fn(|v| E::load_operand::<V>(panel.add(v * LANES * E::GROUP)));
            for (row, sums) in sums.iter_mut().enumerate() {
                let value = E::splat_operand::<V>(left.add(row * row_stride));
                for v in 0..VECTORS {
                    sums[v] = E::dot(sums[v], value, columns[v]);
                }
            }
            left = left.add(group_stride);
            panel = panel.add(PANEL * E::GROUP);
        }
        for (row, sums) in sums.iter().enumerate() {
            for (v, sum) in sums.iter().enumerate() {
                finish.finish(first_row + row, first_column + v * LANES, *sum);
            }
        }
    }
}

/// All tiles of some rows × one panel.
/// # Safety
/// `left` and `panel` are valid for `groups` groups of `rows` rows and 32 columns, `finish` for the rows and columns.
#[inline(always)]
unsafe fn tiles<V: Vector, E: Element, F: Finish>(
    rows: usize,
    groups: usize,
    left: Left<E>,
    panel: *const E,
    finish: F,
) {
    let mut row = 0;
    while row < rows {
        let within = row % left.height;
        let count = (rows - row).min(TILE).min(left.height - within);
        // SAFETY: the caller's promise.
        unsafe {
            let a = left
                .values
                .as_ptr()
                .add(row / left.height * left.block + within * left.row);
            macro_rules! wide {
                ($($n:literal)*) => {
                    match count {
                        $($n => tile::<V, E, F, $n, 2>(groups, a, left.row, left.group, panel, finish, row, 0),)*
                        _ => unreachable!(),
                    }
                };
            }
            macro_rules! narrow {
                ($count:expr, $a:expr, $panel:expr, $row:expr, $column:expr; $($n:literal)*) => {
                    match $count {
                        $($n => {
                            tile::<V, E, F, $n, 1>(groups, $a, left.row, left.group, $panel, finish, $row, $column)
                        })*
                        _ => unreachable!(),
                    }
                };
            }
            if V::WIDE {
                wide!(1 2 3 4 5 6 7 8 9 10 11 12)
            } else {
                for first in (0..count).step_by(6) {
                    for v in 0..2 {
                        let (a, panel) = (a.add(first * left.row), panel.add(v * LANES * E::GROUP));
                        narrow!((count - first).min(6), a, panel, row + first, v * LANES; 1 2 3 4 5 6)
                    }
                }
            }
        }
        row += count;
    }
}

/// That the operands reach as far as the product reads.
#[inline(always)]
fn check<E: Element>(rows: usize, groups: usize, left: &Left<E>, panel: &[E]) {
    let last = (rows - 1) / left.height * left.block + (rows - 1) % left.height * left.row + (groups - 1) * left.group;
    assert!(last + E::GROUP <= left.values.len());
    assert!(groups * PANEL * E::GROUP <= panel.len());
}

kernel! {
/// `output[rows, 32] (+)= left[rows, inner] · panel[inner, 32]`, in `f32`.
pub fn multiply_panel<V, E: Element>(
    rows: usize, groups: usize, left: Left<E>, panel: &[E], output: Sums, accumulate: bool
) {
    if rows == 0 || groups == 0 {
        return;
    }
    check(rows, groups, &left, panel);
    assert!((rows - 1) * output.stride + PANEL <= output.length);
    let (pointer, stride) = (output.pointer, output.stride);
    // SAFETY: the assertions cover the last row of the last tile, and all before it.
    unsafe {
        if accumulate {
            tiles::<V, E, Keep<true>>(rows, groups, left, panel.as_ptr(), Keep { output: pointer, stride });
        } else {
            tiles::<V, E, Keep<false>>(rows, groups, left, panel.as_ptr(), Keep { output: pointer, stride });
        }
    }
}
}

kernel! {
/// `output[rows, columns] = left[rows, inner] · panels[inner, columns]`, for one tile of rows and whole vectors of columns;
/// up to sixteen columns more may be written.
pub fn multiply_tile<V, E: Element>(
    rows: usize, groups: usize, left: Left<E>, panels: &[E], columns: usize, output: Sums
) {
    assert!(rows > 0 && rows <= TILE && groups > 0 && columns.is_multiple_of(LANES));
    let (count, length) = (columns.div_ceil(PANEL), groups * PANEL * E::GROUP);
    assert!(count * length <= panels.len() && (rows - 1) * output.stride + count * PANEL <= output.length);
    for number in 0..count {
        let panel = &panels[number * length..];
        check(rows, groups, &left, panel);
        let finish = Keep::<false> { output: output.pointer.wrapping_add(number * PANEL), stride: output.stride };
        let a = left.values.as_ptr();
        // SAFETY: the assertions cover operands and output.
        unsafe {
            if V::WIDE && rows == TILE && number * PANEL + LANES == columns {
                tile::<V, E, _, TILE, 1>(groups, a, left.row, left.group, panel.as_ptr(), finish, 0, 0);
            } else {
                tiles::<V, E, _>(rows, groups, left, panel.as_ptr(), finish);
            }
        }
    }
}
}

kernel! {
/// `left[rows, inner] · panel[inner, 32]`, every vector of it handed to `finish`.
pub fn multiply_finish<V, E: Element, F: Finish>(
    rows: usize, groups: usize, left: Left<E>, panel: &[E], finish: F
) {
    if rows == 0 || groups == 0 {
        return;
    }
    check(rows, groups, &left, panel);
    // SAFETY: the assertions cover the operands, the finisher's maker the rest.
    unsafe { tiles::<V, E, F>(rows, groups, left, panel.as_ptr(), finish) }
}
}
