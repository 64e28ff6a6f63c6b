//! Packing: operands laid out in the order in which the tile reads them.

use super::super::element::{Element, load, store};
use super::super::vector::LANES;
use super::kernel::PANEL;
use crate::kernel;

/// Rows ahead of the one being packed that are asked for: their distance is beyond what the hardware foresees.
const AHEAD: usize = 24;
/// The same where whole rows are read.
const ROWS_AHEAD: usize = 8;

const CACHE_LINE: usize = 64;

/// Groups that `inner` values make.
pub fn groups<E: Element>(inner: usize) -> usize {
    inner.div_ceil(E::GROUP)
}

/// Elements of one packed panel of 32 columns.
pub fn panel_length<E: Element>(inner: usize) -> usize {
    groups::<E>(inner) * PANEL * E::GROUP
}

/// Elements of a packed right operand.
pub fn packed_length<E: Element>(inner: usize, columns: usize) -> usize {
    columns.div_ceil(PANEL) * panel_length::<E>(inner)
}

kernel! {
/// Packs one panel from a source whose rows run along the inner dimension: `source[inner, columns]` at `stride`,
/// at most 32 columns; missing columns and the rest of the last group become zero.
pub fn pack_panel<V, E: Element>(source: &[E], stride: usize, inner: usize, columns: usize, panel: &mut [E]) {
    for (group, target) in panel[..panel_length::<E>(inner)].chunks_exact_mut(PANEL * E::GROUP).enumerate() {
        let first = group * E::GROUP;
        if columns == PANEL && first + E::GROUP <= inner {
            let last = first + E::GROUP - 1;
            for row in first + AHEAD..first + AHEAD + E::GROUP {
                V::prefetch(source.as_ptr().wrapping_add(row * stride).cast());
            }
            let rows = [&source[first * stride..][..PANEL], &source[last * stride..][..PANEL]].map(|row| row.as_ptr());
            // SAFETY: 32 values of every row, 32 groups of the panel.
            unsafe { E::pack::<V>(rows, target.as_mut_ptr()) }
        } else {
            for column in 0..PANEL {
                for i in 0..E::GROUP {
                    let inside = first + i < inner && column < columns;
                    target[column * E::GROUP + i] =
                        if inside { source[(first + i) * stride + column] } else { E::default() };
                }
            }
        }
    }
}
}

kernel! {
/// Packs some columns: `source[inner, columns]` at `stride`. Goes along the rows, which memory likes better than a panel's
/// narrow column.
pub fn pack_panels<V, E: Element>(source: &[E], stride: usize, inner: usize, columns: usize, panels: &mut [E]) {
    let (length, whole) = (panel_length::<E>(inner), columns / PANEL);
    let full = inner / E::GROUP;
    if full > 0 && whole > 0 {
        assert!((full * E::GROUP - 1) * stride + whole * PANEL <= source.len() && whole * length <= panels.len());
    }
    for group in 0..full {
        let first = group * E::GROUP;
        let last = first + E::GROUP - 1;
        for number in 0..whole {
            let column = number * PANEL;
            for row in first + ROWS_AHEAD..first + ROWS_AHEAD + E::GROUP {
                V::prefetch(source.as_ptr().wrapping_add(row * stride + column).cast());
            }
            // SAFETY: 32 values of every row and 32 groups of the panel, as asserted.
            unsafe {
                let rows = [first, last].map(|row| source.as_ptr().add(row * stride + column));
                E::pack::<V>(rows, panels.as_mut_ptr().add(number * length + group * PANEL * E::GROUP));
            }
        }
    }
    // What is left: the last rows where they make no group, the last columns where they make no panel.
    for (number, panel) in panels.chunks_exact_mut(length).enumerate().take(columns.div_ceil(PANEL)) {
        let skipped = if number < whole { full } else { 0 };
        for (group, target) in panel.chunks_exact_mut(PANEL * E::GROUP).enumerate().skip(skipped) {
            for (place, target) in target.iter_mut().enumerate() {
                let (row, column) = (group * E::GROUP + place % E::GROUP, number * PANEL + place / E::GROUP);
                *target = if row < inner && column < columns { source[row * stride + column] } else { E::default() };
            }
        }
    }
}
}

kernel! {
/// Asks for some rows of `columns` elements at `stride`, which will be packed later, into the second-level cache.
pub fn prefetch_rows<V, E: Element>(source: &[E], stride: usize, rows: std::ops::Range<usize>, columns: usize) {
    for row in rows {
        for column in (0..columns).step_by(CACHE_LINE / size_of::<E>()) {
            V::prefetch_far(source.as_ptr().wrapping_add(row * stride + column).cast());
        }
    }
}
}

kernel! {
/// Packs one panel from a source whose rows are the panel's columns: `source[columns, inner]` at `stride`, at most 32
/// columns; missing columns and the rest of the last group become zero.
pub fn pack_panel_transposed<V, E: Element>(
    source: &[E], stride: usize, inner: usize, columns: usize, panel: &mut [E]
) {
    assert!(E::GROUP * size_of::<E>() == 4, "groups are words");
    let panel = &mut panel[..panel_length::<E>(inner)];
    let whole = inner / E::GROUP;
    let (mut done_groups, mut done_columns) = (0, 0);
    if stride.is_multiple_of(E::GROUP) && columns > 0 {
        assert!((columns - 1) * stride + inner <= source.len());
        (done_groups, done_columns) = (whole / LANES * LANES, PANEL);
        for column in (0..PANEL).step_by(LANES) {
            let count = LANES.min(columns.saturating_sub(column));
            for group in (0..done_groups).step_by(LANES) {
                // SAFETY: so many columns and 16 groups that the source holds, and the panel's own.
                unsafe {
                    let source = source.as_ptr().wrapping_add(column * stride + group * E::GROUP).cast::<u32>();
                    let target = panel.as_mut_ptr().add((group * PANEL + column) * E::GROUP).cast::<u32>();
                    V::transpose(source, stride / E::GROUP, count, target, PANEL);
                }
            }
        }
    }
    for (group, target) in panel.chunks_exact_mut(PANEL * E::GROUP).enumerate() {
        let skipped = if group < done_groups { done_columns } else { 0 };
        for column in skipped..PANEL {
            for i in 0..E::GROUP {
                let k = group * E::GROUP + i;
                let inside = k < inner && column < columns;
                target[column * E::GROUP + i] = if inside { source[column * stride + k] } else { E::default() };
            }
        }
    }
}
}

kernel! {
/// `sums[columns] += Σ panel` over the inner dimension, at most 32 columns.
pub fn add_panel_sums<V, E: Element>(panel: &[E], groups: usize, sums: &mut [f32]) {
    let ones = [E::from_f32(1.0); 2];
    // SAFETY: two values are a group or more.
    let ones = unsafe { E::splat_operand::<V>(ones.as_ptr()) };
    let panel = &panel[..groups * PANEL * E::GROUP];
    // Two sums for each half hide the latency of addition.
    let mut totals = [[V::splat(0.0); PANEL / LANES]; 2];
    for (group, values) in panel.chunks_exact(PANEL * E::GROUP).enumerate() {
        for (half, total) in totals[group % 2].iter_mut().enumerate() {
            // SAFETY: sixteen groups of the thirty-two.
            let values = unsafe { E::load_operand::<V>(values.as_ptr().add(half * LANES * E::GROUP)) };
            *total = E::dot(*total, values, ones);
        }
    }
    for column in (0..sums.len()).step_by(LANES) {
        let total = totals[0][column / LANES].add(totals[1][column / LANES]);
        let sum = total.add(load(sums, column));
        store(sums, column, sum);
    }
}
}
