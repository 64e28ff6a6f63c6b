//! Launchers of the dense products (`kernels/gemm.cu`, `gemm_f32.cu`, `gemm_reduce.cu`), and the choice of tiles.

use std::sync::Arc;

use super::arguments::{Epilogue, Gemm};
use super::driver::{Driver, Shape, launch};
use super::scratch::{Area, Scratch};
use crate::device::{Limits, Precision, Result};
use serde::{Deserialize, Serialize};

/// How the operands lie; see `kernels/gemm.cu`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// `[m, k]` by `[n, k]`: a linear layer forward.
    Nt,
    /// `[m, k]` by `[k, n]`: the gradient of its input.
    Nn,
    /// `[k, m]` by `[k, n]`: the gradient of its weight.
    Tn,
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(["NT", "NN", "TN"][*self as usize])
    }
}

/// A tile shape that is compiled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tile {
    m: usize,
    n: usize,
    threads: u32,
    stages: usize,
    /// Kernels by form.
    names: [&'static str; 3],
    /// Time of one step of k relative to its multiplications: what smaller tiles lose to loads and instructions (the hot
    /// loops' share of tensor instructions in `kernels/REPORT.md`).
    overhead: f64,
    /// Blocks that a multiprocessor's registers hold, as far as they count: two at most.
    resident: usize,
}

impl Tile {
    fn shared(&self) -> usize {
        self.stages * (self.m + self.n) * 64 * 2
    }
}

const TILES: [Tile; 3] = [
    Tile {
        m: 128,
        n: 256,
        threads: 256,
        stages: 3,
        names: ["gemm_nt_128x256", "gemm_nn_128x256", "gemm_tn_128x256"],
        overhead: 1.0,
        resident: 1,
    },
    Tile {
        m: 128,
        n: 128,
        threads: 128,
        stages: 3,
        names: ["gemm_nt_128x128", "gemm_nn_128x128", "gemm_tn_128x128"],
        overhead: 1.05,
        resident: 2,
    },
    Tile {
        m: 64,
        n: 64,
        threads: 128,
        stages: 3,
        names: ["gemm_nt_64x64", "gemm_nn_64x64", "gemm_tn_64x64"],
        overhead: 1.6,
        resident: 2,
    },
];

const F32_NAMES: [&str; 3] = ["gemm_nt_f32", "gemm_nn_f32", "gemm_tn_f32"];
const F32_TILE: usize = 64;
const STEP: usize = 64;
/// Bytes that partial sums of splits may take.
const SPLIT_BYTES: usize = 64 << 20;
pub const MAX_SPLITS: usize = 16;

/// The multiprocessors of a card.
#[derive(Debug, Clone, Copy)]
pub struct Multiprocessors {
    pub count: usize,
    /// Shared memory of each, bytes.
    pub shared: usize,
    /// Of it, what one block may ask for.
    pub block_shared: usize,
}

/// Tile and number of splits for a product: the least time by waves over the multiprocessors. A block's time is its
/// multiplications times the tile's overhead; small tiles share a multiprocessor; splits pay for writing and adding up
/// their partial sums.
fn choose(tiles: &[Tile], [m, n, k]: [usize; 3], on: &Multiprocessors, may_split: bool) -> (usize, usize) {
    let mut best = (0, 1, f64::INFINITY);
    let steps = k.div_ceil(STEP).max(1);
    for (index, tile) in tiles.iter().enumerate() {
        let blocks = m.div_ceil(tile.m) * n.div_ceil(tile.n);
        // A second block hides what the first one waits for; more share the same tensor cores.
        let resident = (on.shared / (tile.shared() + 1024)).clamp(1, tile.resident);
        let area = (tile.m * tile.n) as f64;
        for splits in 1..=if may_split { MAX_SPLITS.min(steps / 2).max(1) } else { 1 } {
            if splits > 1 && splits * m * n * 4 > SPLIT_BYTES {
                break;
            }
            let waves = (blocks * splits).div_ceil(on.count * resident) as f64;
            let work = steps.div_ceil(splits) as f64 * area * tile.overhead * resident as f64;
            // A partial sum is written and read once, 8 bytes: at an A100's 9 bytes a clock and multiprocessor, beside its
            // 1,024 products a clock, about as long as 14 steps' multiplications of it take. Another kernel's start takes
            // about as long as two steps of the largest tile.
            let reduction = if splits > 1 {
                (splits * m * n) as f64 * 14.0 / on.count as f64 + 65_536.0
            } else {
                0.0
            };
            let time = waves * work + reduction;
            if time < best.2 {
                best = (index, splits, time);
            }
        }
    }
    (best.0, best.1)
}

/// Tile and splits that the model of [`choose`] finds for a product of m, n, k on a card.
pub fn modelled(on: &Multiprocessors, sizes: [usize; 3]) -> (String, usize) {
    let fitting = fitting(&TILES, on.block_shared);
    let (index, splits) = choose(fitting, sizes, on, true);
    (fitting[index].name(), splits)
}

/// The tiles, largest first, from the first one on that a block's shared memory holds.
fn fitting(tiles: &[Tile], block_shared: usize) -> &[Tile] {
    let first = tiles.iter().position(|tile| tile.shared() <= block_shared);
    &tiles[first.unwrap_or(tiles.len())..]
}

impl Tile {
    /// Such as `128x256`.
    pub fn name(&self) -> String {
        format!("{}x{}", self.m, self.n)
    }
}

/// Dynamic shared memory of a tile's kernel.
pub fn shared(kernel: &str) -> Option<u32> {
    let tile = TILES.iter().find(|tile| tile.names.contains(&kernel))?;
    Some(tile.shared() as u32)
}

/// Tile and splits of a product in bf16: what the tuner asks for just now, what the table has for this card, or what the
/// model of [`choose`] finds.
fn select(driver: &Driver, form: Form, sizes: [usize; 3], loss: bool) -> Result<(&'static Tile, usize)> {
    let fitting = tiles(driver, loss)?;
    let may_split = sizes[1].is_multiple_of(8) && !loss;
    let named = |name: &str, splits: usize| {
        let tile = fitting.iter().find(|tile| tile.name() == name)?;
        Some((tile, if may_split { splits.clamp(1, MAX_SPLITS) } else { 1 }))
    };
    if let Some((tile, splits)) = driver.forced().clone()
        && let Some(chosen) = named(&tile, splits)
    {
        return Ok(chosen);
    }
    let known = driver.tilings.find(form, sizes);
    if let Some(chosen) = known.and_then(|choice| named(&choice.tile, choice.splits)) {
        return Ok(chosen);
    }
    let on = Multiprocessors {
        count: driver.multiprocessors,
        shared: driver.multiprocessor_shared,
        block_shared: driver.shared_memory,
    };
    let (index, splits) = choose(fitting, sizes, &on, may_split);
    Ok((&fitting[index], splits))
}

/// The tiles that a device's shared memory holds. The loss's statistics need warps of 64 columns.
pub fn tiles(driver: &Driver, loss: bool) -> Result<&'static [Tile]> {
    let known = if loss { &TILES[..2] } else { &TILES[..] };
    match fitting(known, driver.shared_memory) {
        [] => Err(driver.error(format!("{} bytes of shared memory are too few", driver.shared_memory))),
        tiles => Ok(tiles),
    }
}

/// A form's kernels that the device holds, and their tiles' names.
pub fn kernels(driver: &Driver, precision: Precision, form: Form) -> Result<Vec<(&'static str, String)>> {
    Ok(match precision {
        Precision::F32 => vec![(F32_NAMES[form as usize], format!("{F32_TILE}x{F32_TILE}"))],
        Precision::Bf16 => {
            let kernel = |tile: &Tile| (tile.names[form as usize], tile.name());
            tiles(driver, false)?.iter().map(kernel).collect()
        }
    })
}

/// Length of a split's part of k.
fn split_length(k: usize, splits: usize) -> usize {
    k.div_ceil(splits).next_multiple_of(STEP)
}

/// Splits of the product of `m` × `n` × `k` in bf16.
pub fn splits(driver: &Driver, form: Form, m: usize, n: usize, k: usize) -> usize {
    select(driver, form, [m, n, k], false).map_or(1, |(_, splits)| k.div_ceil(split_length(k, splits)))
}

/// Bytes that partial sums need at most for a model within `limits`.
pub fn split_bytes(limits: &Limits) -> usize {
    let widest = limits.intermediate.max(3 * limits.hidden);
    (MAX_SPLITS * widest * limits.tokens.max(limits.hidden) * 4).min(SPLIT_BYTES)
}

/// Queues `arguments` (m, n, k, operands, epilogue) as one product. Column sums go with TN and `AccumulateFloats` only.
///
/// # Safety
/// Addresses are of device memory of the sizes that m, n, k, the strides and the epilogue imply, padded as
/// [`Driver::allocate`] pads.
pub unsafe fn run(
    driver: &Arc<Driver>,
    scratch: &mut Scratch,
    precision: Precision,
    form: Form,
    epilogue: Epilogue,
    mut arguments: Gemm,
) -> Result<()> {
    let (m, n, k) = (arguments.m as usize, arguments.n as usize, arguments.k as usize);
    if m == 0 || n == 0 {
        return Ok(());
    }
    arguments.epilogue = epilogue as i32;
    let loss = matches!(epilogue, Epilogue::LossStatistics | Epilogue::LossGradient);
    let (name, shape, splits, split_k) = match precision {
        Precision::Bf16 => {
            let (tile, splits) = select(driver, form, [m, n, k], loss)?;
            let split_k = split_length(k, splits);
            let shape = Shape {
                grid: (
                    (m.div_ceil(tile.m) * n.div_ceil(tile.n)) as u32,
                    1,
                    k.div_ceil(split_k) as u32,
                ),
                block: tile.threads,
                shared: tile.shared() as u32,
            };
            (tile.names[form as usize], shape, k.div_ceil(split_k), split_k)
        }
        Precision::F32 => {
            let shape = Shape {
                grid: ((m.div_ceil(F32_TILE) * n.div_ceil(F32_TILE)) as u32, 1, 1),
                block: 256,
                shared: 0,
            };
            (F32_NAMES[form as usize], shape, 1, k)
        }
    };
    arguments.split_k = split_k as i32;
    if splits == 1 {
        // SAFETY: the caller's promise; the kernel's one argument is this structure.
        return unsafe { launch!(driver, name, shape, arguments) };
    }
    let partials = scratch.get(driver, Area::Splits, splits * m * n * 4)?;
    let with_columns = arguments.column_sums != 0;
    let columns = if with_columns {
        scratch.get(driver, Area::SplitColumns, splits * m * 4)?
    } else {
        0
    };
    let mut part = arguments;
    part.epilogue = Epilogue::StoreFloats as i32;
    part.floats = partials;
    part.column_sums = columns;
    part.bias = 0;
    part.ldc = arguments.n;
    let splits = splits as i32;
    let threads = (m * n / 4).max(if with_columns { m } else { 0 });
    // SAFETY: as above; partial sums have room for every split.
    unsafe {
        launch!(driver, name, shape, part)?;
        launch!(
            driver,
            "gemm_reduce",
            Shape::cover(threads, 256),
            arguments,
            partials,
            columns,
            splits
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_products_take_large_tiles_and_small_ones_split() {
        let a100 = Multiprocessors {
            count: 108,
            shared: 164 << 10,
            block_shared: 163 << 10,
        };
        assert_eq!(choose(&TILES, [8192, 3072, 768], &a100, true).1, 1);
        let (tile, splits) = choose(&TILES, [768, 768, 8192], &a100, true);
        let blocks = 768usize.div_ceil(TILES[tile].m) * 768usize.div_ceil(TILES[tile].n) * splits;
        assert!(blocks >= 54, "{blocks} blocks leave most of 108 multiprocessors idle");
        assert_eq!(choose(&TILES, [8, 51_627, 768], &a100, false).1, 1);
        // A card with 100 KiB does not hold the largest tile.
        assert_eq!(fitting(&TILES, 99 << 10).len(), 2);
    }
}
