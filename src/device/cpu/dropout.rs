//! Dropout masks as bits, sixteen elements a word, drawn as `device::random` specifies.

use super::vector::{LANES, Vector};
use crate::device::Dropout;
use crate::device::random::{self, PHILOX_MULTIPLIERS, PHILOX_ROUNDS, PHILOX_WEYL};

/// Philox4x32-7 on sixteen counters that differ in their first word: `first, first + 1, …`.
#[inline(always)]
fn philox<V: Vector>(first: u32, row: u32, stream: u32, draw: u32, mut key: [u32; 2]) -> [V::Words; 4] {
    let mut counter = [
        V::ascending_words(first),
        V::splat_word(row),
        V::splat_word(stream),
        V::splat_word(draw),
    ];
    for round in 0..PHILOX_ROUNDS {
        if round > 0 {
            key = [key[0].wrapping_add(PHILOX_WEYL[0]), key[1].wrapping_add(PHILOX_WEYL[1])];
        }
        let (first_high, first_low) = V::multiply_wide(counter[0], PHILOX_MULTIPLIERS[0]);
        let (second_high, second_low) = V::multiply_wide(counter[2], PHILOX_MULTIPLIERS[1]);
        counter = [
            V::xor(V::xor(second_high, counter[1]), V::splat_word(key[0])),
            second_low,
            V::xor(V::xor(first_high, counter[3]), V::splat_word(key[1])),
            first_low,
        ];
    }
    counter
}

/// Words of mask that a row of `columns` takes: rounded up to what one draw fills.
pub fn hidden_mask_length(columns: usize) -> usize {
    columns.div_ceil(128) * 8
}

/// Keep bits of hidden dropout for one row: bit `i` of word `w` is column `16 w + i`.
#[inline(always)]
pub fn hidden_mask<V: Vector>(dropout: &Dropout, row: usize, columns: usize, mask: &mut [u16]) {
    let (threshold, _) = random::hidden_threshold(dropout.probability);
    let key = random::key(dropout.seed);
    for (block, words) in mask[..hidden_mask_length(columns)].chunks_exact_mut(8).enumerate() {
        let drawn = philox::<V>(block as u32 * 16, row as u32, dropout.stream, dropout.draw, key);
        // Word w of counter c decides on columns 8c + 2w and 8c + 2w + 1.
        let (mut low, mut high) = (0, 0);
        for (word, place) in drawn.into_iter().zip([0x0303_u64, 0x0C0C, 0x3030, 0xC0C0]) {
            let bits = u64::from(V::halves_at_least(word, threshold as u16));
            let places = place * 0x0001_0001_0001_0001;
            low |= V::deposit_bits(bits & 0xFFFF, places);
            high |= V::deposit_bits(bits >> 16, places);
        }
        for i in 0..4 {
            words[i] = (low >> (16 * i)) as u16;
            words[4 + i] = (high >> (16 * i)) as u16;
        }
    }
}

/// Words of mask for `keys` keys: rounded up to what one draw fills.
pub fn attention_mask_length(keys: usize) -> usize {
    keys.div_ceil(256) * LANES
}

/// Keep bits of attention dropout for one query: bit `i` of word `w` is key `16 w + i` of the segment.
#[inline(always)]
pub fn attention_mask<V: Vector>(dropout: &Dropout, head: usize, row: usize, keys: usize, mask: &mut [u16]) {
    let (threshold, _) = random::attention_threshold(dropout.probability);
    let key = random::key(dropout.seed);
    let stream = (head as u32) << 16 | dropout.stream;
    for (block, words) in mask[..attention_mask_length(keys)].chunks_exact_mut(LANES).enumerate() {
        let drawn = philox::<V>(block as u32 * 16, row as u32, stream, dropout.draw, key);
        for (word, drawn) in drawn.into_iter().enumerate() {
            // Bit 16 b + 4 t + 2 h + l decides on key 64 b + 16 word + 8 h + 2 t + l.
            let bits = V::bytes_at_least(drawn, threshold as u8);
            let first = V::extract_bits(bits, 0x3333_3333_3333_3333);
            let second = V::extract_bits(bits, 0xCCCC_CCCC_CCCC_CCCC);
            for b in 0..4 {
                words[4 * b + word] = ((first >> (8 * b)) & 0xFF | ((second >> (8 * b)) & 0xFF) << 8) as u16;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::vector::Isa;
    use super::*;
    use crate::kernel;

    kernel! { fn hidden<V>(dropout: &Dropout, row: usize, columns: usize, mask: &mut [u16]) {
        hidden_mask::<V>(dropout, row, columns, mask)
    } }
    kernel! { fn attention<V>(dropout: &Dropout, head: usize, row: usize, keys: usize, mask: &mut [u16]) {
        attention_mask::<V>(dropout, head, row, keys, mask)
    } }

    #[test]
    fn masks_follow_the_specification() {
        let dropout = Dropout {
            probability: 0.3,
            seed: 0x1234_5678_9ABC_DEF0,
            draw: 17,
            stream: 4 << 2 | 3,
        };
        let (hidden_threshold, _) = random::hidden_threshold(0.3);
        let (attention_threshold, _) = random::attention_threshold(0.3);
        for isa in Isa::available() {
            let mut mask = vec![0; 64];
            for columns in [1, 24, 128, 300] {
                hidden(isa, &dropout, 5, columns, &mut mask);
                for column in 0..columns {
                    let decision = random::hidden_decision(dropout.seed, 17, dropout.stream, 5, column as u32);
                    let kept = mask[column / 16] >> (column % 16) & 1 == 1;
                    assert_eq!(kept, decision >= hidden_threshold, "{} column {column}", isa.name());
                }
            }
            for keys in [1, 65, 256, 700] {
                attention(isa, &dropout, 3, 9, keys, &mut mask);
                for key in 0..keys {
                    let decision = random::attention_decision(dropout.seed, 17, dropout.stream, 3, 9, key as u32);
                    let kept = mask[key / 16] >> (key % 16) & 1 == 1;
                    assert_eq!(kept, decision >= attention_threshold, "{} key {key}", isa.name());
                }
            }
        }
    }
}
