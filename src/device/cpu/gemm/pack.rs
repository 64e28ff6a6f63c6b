//! Packing: operands laid out in the order in which the tile reads them.

use super::super::element::Element;
use super::super::vector::LANES;
use super::kernel::{PANEL, TILE};
use crate::kernel;

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
pub fn pack_panel<V, S: Element, E: Element>(
    source: &[S], stride: usize, inner: usize, columns: usize, panel: &mut [E]
) {
    for (group, destination) in panel[..panel_length::<E>(inner)].chunks_exact_mut(PANEL * E::GROUP).enumerate() {
        if columns == PANEL && (group + 1) * E::GROUP <= inner {
            for half in 0..2 {
                let first: V = super::super::element::load(source, group * E::GROUP * stride + half * LANES);
                let destination = &mut destination[half * LANES * E::GROUP..];
                if E::GROUP == 1 {
                    super::super::element::store(destination, 0, first);
                } else {
                    let second: V = super::super::element::load(source, (group * E::GROUP + 1) * stride + half * LANES);
                    let (mut a, mut b) = ([E::default(); LANES], [E::default(); LANES]);
                    super::super::element::store(&mut a, 0, first);
                    super::super::element::store(&mut b, 0, second);
                    for (i, pair) in destination[..2 * LANES].chunks_exact_mut(2).enumerate() {
                        pair[0] = a[i];
                        pair[1] = b[i];
                    }
                }
            }
        } else {
            for column in 0..PANEL {
                for i in 0..E::GROUP {
                    let k = group * E::GROUP + i;
                    destination[column * E::GROUP + i] = if k < inner && column < columns {
                        E::from_f32(source[k * stride + column].to_f32())
                    } else {
                        E::default()
                    };
                }
            }
        }
    }
}
}

kernel! {
/// Packs one panel from a source whose rows are the panel's columns: `source[columns, inner]` at `stride`, at most 32
/// columns; missing columns and the rest of the last group become zero.
pub fn pack_panel_transposed<V, S: Element, E: Element>(
    source: &[S], stride: usize, inner: usize, columns: usize, panel: &mut [E]
) {
    let _ = V::WIDE;
    let whole = inner / E::GROUP;
    for column in 0..PANEL {
        let row = if column < columns { &source[column * stride..column * stride + inner] } else { &[] };
        let mut place = column * E::GROUP;
        if column < columns {
            for group in 0..whole {
                for i in 0..E::GROUP {
                    panel[place + i] = E::from_f32(row[group * E::GROUP + i].to_f32());
                }
                place += PANEL * E::GROUP;
            }
        }
        let done = if column < columns { whole } else { 0 };
        for group in done..groups::<E>(inner) {
            for i in 0..E::GROUP {
                panel[place + i] = match row.get(group * E::GROUP + i) {
                    Some(value) => E::from_f32(value.to_f32()),
                    None => E::default(),
                };
            }
            place += PANEL * E::GROUP;
        }
    }
}
}

kernel! {
/// Packs a left operand from its transpose: `source[inner, rows]` at `stride` becomes tiles `[groups][12][GROUP]`;
/// missing rows and the rest of the last group become zero.
pub fn pack_left_transposed<V, E: Element>(
    source: &[E], stride: usize, inner: usize, rows: usize, tiles: &mut [E]
) {
    let _ = V::WIDE;
    let tile_length = groups::<E>(inner) * TILE * E::GROUP;
    for (number, tile) in tiles[..rows.div_ceil(TILE) * tile_length].chunks_exact_mut(tile_length).enumerate() {
        let first = number * TILE;
        let count = (rows - first).min(TILE);
        for (group, destination) in tile.chunks_exact_mut(TILE * E::GROUP).enumerate() {
            for i in 0..E::GROUP {
                let k = group * E::GROUP + i;
                if k < inner && count == TILE {
                    let row: &[E; TILE] = source[k * stride + first..][..TILE].try_into().expect("twelve values");
                    for j in 0..TILE {
                        destination[j * E::GROUP + i] = row[j];
                    }
                } else {
                    for j in 0..TILE {
                        destination[j * E::GROUP + i] =
                            if k < inner && j < count { source[k * stride + first + j] } else { E::default() };
                    }
                }
            }
        }
    }
}
}
