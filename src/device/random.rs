//! The counter-based generator behind dropout: Philox4x32 with 7 rounds (Salmon, Moraes, Dror, Shaw, "Parallel random
//! numbers: as easy as 1, 2, 3", SC 2011). These scalar functions are the specification; devices vectorise them.
//!
//! Key: the run's seed, low word first. Counter: `(column block, row, stream, draw)`.
//! - `row`: the row in the packed batch, or among its targets where the last layer computes those alone; for attention, the
//!   query's row in the batch.
//! - `stream`: `head << 16 | layer << 2 | purpose`, see [`stream`]; `head` is 0 except in attention.
//! - `draw`: the number of the micro-batch since the run began, so that a resumed run draws the same masks.
//!
//! *Hidden dropout* takes 16-bit decisions, 8 per counter: element `(row, column)` uses column block `column / 8` and
//! the 16-bit half `i % 2` (0 is the low one) of output word `i / 2`, `i = column % 8`.
//!
//! *Attention dropout* takes 8-bit decisions, 16 per counter, laid out after the accumulator fragments of the tensor
//! cores' m16n8 products: key `j` of a segment lies in block `j / 64`; with `o = j % 64`, tile `o / 8`,
//! pair `t = o % 8 / 2`, parity `o % 2`, the column block is `block × 4 + t` and the decision is byte
//! `tile % 2 × 2 + parity` (0 is the lowest) of output word `tile / 2`.
//!
//! An element is kept when its decision is at least the threshold, `round(p × 2^bits)`, and then scaled by
//! `2^bits / (2^bits − threshold)`, so that the mean is exact whatever the rounding of `p`.

/// What a dropout mask is for; the low two bits of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    Embeddings = 0,
    AttentionProbabilities = 1,
    AttentionOutput = 2,
    FeedForwardOutput = 3,
}

/// The stream of a layer's mask (embeddings: layer 0).
pub fn stream(layer: usize, purpose: Purpose) -> u32 {
    ((layer as u32) << 2) | purpose as u32
}

pub const PHILOX_MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
pub const PHILOX_WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
pub const PHILOX_ROUNDS: usize = 7;

/// Philox4x32-7.
pub fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for round in 0..PHILOX_ROUNDS {
        if round > 0 {
            key = [key[0].wrapping_add(PHILOX_WEYL[0]), key[1].wrapping_add(PHILOX_WEYL[1])];
        }
        let first = u64::from(PHILOX_MULTIPLIERS[0]) * u64::from(counter[0]);
        let second = u64::from(PHILOX_MULTIPLIERS[1]) * u64::from(counter[2]);
        counter = [
            (second >> 32) as u32 ^ counter[1] ^ key[0],
            second as u32,
            (first >> 32) as u32 ^ counter[3] ^ key[1],
            first as u32,
        ];
    }
    counter
}

/// The generator's key for a seed.
pub fn key(seed: u64) -> [u32; 2] {
    [seed as u32, (seed >> 32) as u32]
}

/// Threshold and scale of hidden dropout's 16-bit decisions.
pub fn hidden_threshold(probability: f32) -> (u32, f32) {
    threshold(probability, 16)
}

/// Threshold and scale of attention dropout's 8-bit decisions.
pub fn attention_threshold(probability: f32) -> (u32, f32) {
    threshold(probability, 8)
}

fn threshold(probability: f32, bits: u32) -> (u32, f32) {
    let range = f64::from(1u32 << bits);
    // A probability that rounds to 1 would keep nothing and scale by infinity.
    let threshold = (f64::from(probability) * range).round().min(range - 1.0);
    (threshold as u32, (range / (range - threshold)) as f32)
}

/// The 16-bit decision of hidden dropout for element `(row, column)`.
pub fn hidden_decision(seed: u64, draw: u32, stream: u32, row: u32, column: u32) -> u32 {
    let word = philox([column / 8, row, stream, draw], key(seed))[(column % 8 / 2) as usize];
    (word >> (16 * (column % 2))) & 0xFFFF
}

/// The 8-bit decision of attention dropout for a query's row and a key counted from its segment's start.
pub fn attention_decision(seed: u64, draw: u32, stream: u32, head: u32, row: u32, key_index: u32) -> u32 {
    let (block, offset) = (key_index / 64, key_index % 64);
    let (tile, pair, parity) = (offset / 8, offset % 8 / 2, offset % 2);
    let word = philox([block * 4 + pair, row, (head << 16) | stream, draw], key(seed))[(tile / 2) as usize];
    (word >> (8 * (tile % 2 * 2 + parity))) & 0xFF
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of Random123's kat_vectors file, "philox4x32 7".
    #[test]
    fn philox_known_answers() {
        assert_eq!(
            philox([0; 4], [0; 2]),
            [0x5f6f_b709, 0x0d89_3f64, 0x4f12_1f81, 0x4f73_0a48]
        );
        assert_eq!(
            philox([u32::MAX; 4], [u32::MAX; 2]),
            [0x5207_ddc2, 0x4516_5e59, 0x4d8e_e751, 0x8c52_f662]
        );
        assert_eq!(
            philox(
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0]
            ),
            [0x4dfc_caba, 0x190a_87f0, 0xc473_62ba, 0xb6b5_242a]
        );
    }

    #[test]
    fn decisions_are_uniform() {
        let (threshold, scale) = hidden_threshold(0.1);
        let dropped = (0..40_000)
            .filter(|&i| hidden_decision(7, 1, 2, i / 200, i % 200) < threshold)
            .count();
        assert!((dropped as f64 / 40_000.0 - 0.1).abs() < 0.01, "{dropped}");
        assert!((scale - 1.0 / 0.9).abs() < 1e-4);
        let (threshold, _) = attention_threshold(0.1);
        let dropped = (0..40_000)
            .filter(|&i| attention_decision(7, 1, 2, 1, i / 200, i % 200) < threshold)
            .count();
        assert!((dropped as f64 / 40_000.0 - 26.0 / 256.0).abs() < 0.01, "{dropped}");
    }
}
