//! Packing: operands laid out in the order in which the tile reads them.

use super::super::element::{Element, load, store};
use super::super::vector::LANES;
use super::kernel::{PANEL, TILE};
use crate::kernel;

/// Rows ahead of the one being packed that are asked for: their distance is beyond what the hardware foresees.
const AHEAD: usize = 24;

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
            unsafe {
                E::pack::<V>(rows, target.as_mut_ptr());
                let rows = [rows[0].add(LANES), rows[1].add(LANES)];
                E::pack::<V>(rows, target.as_mut_ptr().add(LANES * E::GROUP));
            }
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
        (done_groups, done_columns) = (whole / LANES * LANES, columns / LANES * LANES);
        for column in (0..done_columns).step_by(LANES) {
            for group in (0..done_groups).step_by(LANES) {
                // SAFETY: 16 columns and 16 groups that both sides hold.
                unsafe {
                    let source = source.as_ptr().add(column * stride + group * E::GROUP).cast::<u32>();
                    let target = panel.as_mut_ptr().add((group * PANEL + column) * E::GROUP).cast::<u32>();
                    V::transpose(source, stride / E::GROUP, target, PANEL);
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
/// `sums[rows] += Σ tiles` over the inner dimension, of tiles as [`pack_left_transposed`] writes them; they must go on
/// for [`TILE_SLACK`] values.
pub fn add_tile_sums<V, E: Element>(tiles: &[E], groups: usize, sums: &mut [f32]) {
    let size = TILE * E::GROUP;
    let ones = [E::from_f32(1.0); 2];
    // SAFETY: two values are a group or more.
    let ones = unsafe { E::splat_operand::<V>(ones.as_ptr()) };
    assert!(sums.len().div_ceil(TILE) * groups * size + TILE_SLACK <= tiles.len());
    for (tile, sums) in sums.chunks_mut(TILE).enumerate() {
        let tile = &tiles[tile * groups * size..];
        // Four sums hide the latency of addition.
        let mut totals = [V::splat(0.0); 4];
        for group in 0..groups {
            // SAFETY: sixteen groups where twelve are wanted: the last four are of the next group, or the slack.
            let values = unsafe { E::load_operand::<V>(tile.as_ptr().add(group * size)) };
            totals[group % 4] = E::dot(totals[group % 4], values, ones);
        }
        let total = totals[0].add(totals[1]).add(totals[2].add(totals[3]));
        let sum = total.add(load(sums, 0));
        store(sums, 0, sum);
    }
}
}

/// Values that [`add_tile_sums`] may read behind the last tile.
pub const TILE_SLACK: usize = 2 * (LANES - TILE);

kernel! {
/// Packs a left operand from its transpose: `source[inner, rows]` at `stride` becomes tiles `[groups][12][GROUP]`;
/// missing rows and the rest of the last group become zero.
pub fn pack_left_transposed<V, E: Element>(
    source: &[E], stride: usize, inner: usize, rows: usize, tiles: &mut [E]
) {
    let size = TILE * E::GROUP;
    let count = groups::<E>(inner);
    let tiles = &mut tiles[..rows.div_ceil(TILE) * count * size];
    for group in 0..count {
        let (k, last) = (group * E::GROUP, group * E::GROUP + E::GROUP - 1);
        for row in k + AHEAD..k + AHEAD + E::GROUP {
            for column in (0..rows).step_by(64 / size_of::<E>()) {
                V::prefetch(source.as_ptr().wrapping_add(row * stride + column).cast());
            }
        }
        for first in (0..rows).step_by(TILE) {
            let place = (first / TILE * count + group) * size;
            // Sixteen are written where twelve are wanted: into the tile's next group, which comes after. So not for the
            // tile's last group.
            let fits = group + 1 < count && last * stride + first + LANES <= source.len();
            if fits && rows - first >= TILE {
                // SAFETY: the source as just checked; two groups of twelve hold one of sixteen.
                unsafe {
                    let rows = [k, last].map(|k| source.as_ptr().add(k * stride + first));
                    E::pack::<V>(rows, tiles[place..place + 2 * size].as_mut_ptr());
                }
            } else {
                for j in 0..TILE {
                    for i in 0..E::GROUP {
                        let inside = k + i < inner && first + j < rows;
                        tiles[place + j * E::GROUP + i] =
                            if inside { source[(k + i) * stride + first + j] } else { E::default() };
                    }
                }
            }
        }
    }
}
}
