//! What checks and counters see of each memory access.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::FaultKind;
use super::block::Block;
use super::races;
use super::warp::{Warp, each};
use crate::ops::vector::{Level, level};
use crate::ops::{Access, GLOBAL, SHARED, Shape};

/// Bytes and transactions of a block's memory accesses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traffic {
    /// Warp requests to global memory, the 32-byte sectors they touch, and the bytes the lanes asked for.
    pub global_requests: u64,
    pub global_sectors: u64,
    pub global_bytes: u64,
    /// Warp requests to shared memory, and the wavefronts that serve them.
    pub shared_requests: u64,
    pub shared_wavefronts: u64,
    /// Wavefronts that a conflict-free layout of the same bytes would need.
    pub shared_minimum: u64,
    pub shared_bytes: u64,
    pub atomics: u64,
    pub barriers: u64,
    /// Branches, calls and returns at which lanes parted.
    pub divergences: u64,
    /// Distinct sectors read, written, and both, filled in at the end of a launch.
    pub sectors_read: u64,
    pub sectors_written: u64,
    pub sectors_both: u64,
}

/// Sectors of 64 KiB, a bit each.
type Chunk = [u64; 32];

/// Binary logarithm of a chunk's words of sectors.
const CHUNK_SHIFT: u32 = 5;
const RECENT: usize = 128;

/// Addresses need no strong hash.
type Index = HashMap<u64, u32, BuildHasherDefault<races::Multiplicative>>;

/// Distinct sectors touched, with a small table of the latest chunks, so that most touches cost little.
#[derive(Default)]
pub struct Sectors {
    /// Chunk numbers plus one, and places in `chunks`.
    recent: Vec<(u64, u32)>,
    index: Index,
    chunks: Vec<Chunk>,
}

impl Sectors {
    #[inline(always)]
    fn insert(&mut self, word: u64, bits: u64) {
        let number = word >> CHUNK_SHIFT;
        if self.recent.is_empty() {
            self.recent.resize(RECENT, (0, 0));
        }
        let recent = self.recent[number as usize % RECENT];
        let place = if recent.0 == number + 1 {
            recent.1
        } else {
            self.find(number)
        };
        self.chunks[place as usize][word as usize % (1 << CHUNK_SHIFT)] |= bits;
    }

    #[cold]
    fn find(&mut self, number: u64) -> u32 {
        let chunks = &mut self.chunks;
        let place = *self.index.entry(number).or_insert_with(|| {
            chunks.push([0; 1 << CHUNK_SHIFT]);
            chunks.len() as u32 - 1
        });
        self.recent[number as usize % RECENT] = (number + 1, place);
        place
    }

    /// Notes the sectors from `first` on whose bits are set.
    #[inline(always)]
    fn touch(&mut self, first: u64, bits: u64) {
        let (word, shift) = (first >> 6, first & 63);
        self.insert(word, bits << shift);
        let rest = bits >> 1 >> (63 - shift);
        if rest != 0 {
            self.insert(word + 1, rest);
        }
    }

    /// Moves what was touched into a set.
    pub fn drain(&mut self, into: &mut Sectors) {
        if into.recent.is_empty() {
            into.recent.resize(RECENT, (0, 0));
        }
        for (number, place) in self.index.drain() {
            let to = into.find(number) as usize;
            for (all, bits) in into.chunks[to].iter_mut().zip(&self.chunks[place as usize]) {
                *all |= bits;
            }
        }
        self.chunks.clear();
        self.recent.clear();
    }

    pub fn count(&self) -> u64 {
        let words = self.chunks.iter().flatten();
        words.map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many sectors are in both sets.
    pub fn common(&self, other: &Sectors) -> u64 {
        let shared = |(number, &place): (&u64, &u32)| {
            let theirs = other.index.get(number).map(|&place| &other.chunks[place as usize])?;
            let words = self.chunks[place as usize].iter().zip(theirs);
            Some(words.map(|(a, b)| u64::from((a & b).count_ones())).sum::<u64>())
        };
        self.index.iter().filter_map(shared).sum()
    }
}

/// What a scattered access costs depends on where its lanes lie to each other, which repeats from step to step of a
/// loop: the costs of the latest patterns, by instruction.
#[derive(Default)]
pub struct Patterns(Vec<Pattern>);

const PATTERNS: usize = 256;

#[derive(Clone)]
#[repr(align(64))]
struct Pattern {
    /// Distance of each lane to the first active one, plus 2^31.
    distance: [u32; 32],
    mask: u32,
    size: u32,
    /// The first address's place in its sector or word.
    phase: u32,
    wavefronts: u32,
    minimum: u32,
    /// Groups of 64 sectors, counted from that of the first address, and those touched in each.
    sectors: Vec<(i32, u64)>,
}

/// An access as its pattern sees it.
struct Request<'a> {
    pc: u32,
    global: bool,
    at: &'a [u64; 32],
    mask: u32,
    size: u64,
    phase: u64,
}

impl Patterns {
    /// The pattern of an access, worked out by `fill` where it is new; None where lanes are too far apart for one.
    #[inline(always)]
    fn find(&mut self, request: &Request<'_>, fill: impl FnOnce(&mut Pattern)) -> Option<&Pattern> {
        if self.0.is_empty() {
            let empty = Pattern {
                distance: [0; 32],
                mask: 0,
                size: 0,
                phase: 0,
                wavefronts: 0,
                minimum: 0,
                sectors: Vec::new(),
            };
            self.0.resize(PATTERNS, empty);
        }
        let &Request {
            at, mask, size, phase, ..
        } = request;
        let origin = at[mask.trailing_zeros() as usize].wrapping_sub(1 << 31);
        let slot = (request.pc as usize * 2 + usize::from(request.global)).wrapping_add(phase as usize) % PATTERNS;
        let pattern = &mut self.0[slot];
        let other = pattern.mask ^ mask | pattern.size ^ size as u32 | pattern.phase ^ phase as u32;
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the processor has what the level says.
        if other == 0 && level() == Level::Avx512 && unsafe { wide::lies_alike(&pattern.distance, at, mask, origin) } {
            return Some(pattern);
        }
        let (mut distance, mut far) = ([0u32; 32], 0);
        for (lane, distance) in distance.iter_mut().enumerate() {
            let on = u64::from(mask >> lane & 1).wrapping_neg();
            let apart = at[lane].wrapping_sub(origin) & on;
            (*distance, far) = (apart as u32, far | apart >> 32);
        }
        if far != 0 {
            return None;
        }
        if other != 0 || pattern.distance != distance {
            (pattern.distance, pattern.mask, pattern.size, pattern.phase) = (distance, mask, size as u32, phase as u32);
            fill(pattern);
        }
        Some(pattern)
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::*;

    /// Whether the lanes of a mask lie as far from `origin` as `distance` says, and none of them 2^32 or farther.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
    pub unsafe fn lies_alike(distance: &[u32; 32], at: &[u64; 32], mask: u32, origin: u64) -> bool {
        // SAFETY: both arrays have 32 elements.
        unsafe {
            let start = _mm512_set1_epi64(origin as i64);
            let mut different = _mm512_setzero_si512();
            for part in 0..4 {
                let address = _mm512_loadu_si512(at.as_ptr().add(part * 8).cast());
                let apart = _mm512_maskz_sub_epi64((mask >> (part * 8)) as u8, address, start);
                let known = _mm256_loadu_si256(distance.as_ptr().add(part * 8).cast());
                let known = _mm512_cvtepu32_epi64(known);
                different = _mm512_or_si512(different, _mm512_xor_si512(apart, known));
            }
            _mm512_test_epi64_mask(different, different) == 0
        }
    }
}

impl Traffic {
    pub fn add(&mut self, other: &Traffic) {
        self.global_requests += other.global_requests;
        self.global_sectors += other.global_sectors;
        self.global_bytes += other.global_bytes;
        self.shared_requests += other.shared_requests;
        self.shared_wavefronts += other.shared_wavefronts;
        self.shared_minimum += other.shared_minimum;
        self.shared_bytes += other.shared_bytes;
        self.atomics += other.atomics;
        self.barriers += other.barriers;
        self.divergences += other.divergences;
    }
}

/// Looks at one access of a warp: `at` are addresses in the space itself.
pub fn access(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access, shape: Shape) {
    match level() {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the processor has what the level says.
        Level::Avx512 => unsafe { avx512(w, space, at, mask, size, access, shape) },
        _ => look(w, space, at, mask, size, access, shape),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
unsafe fn avx512(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access, shape: Shape) {
    look(w, space, at, mask, size, access, shape);
}

#[inline(always)]
fn look(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access, shape: Shape) {
    let pc = w.group.pc;
    let block = w.block();
    let options = block.context().options;
    let (counters, memory, race) = (options.counters, options.check_memory, options.check_races);
    if counters {
        count(block, space, (pc, at, mask, size), access, shape);
    }
    if memory && matches!(space, GLOBAL | SHARED) {
        initialised(w, space, at, mask, size, access, shape);
    }
    if race && matches!(space, GLOBAL | SHARED) {
        races::access(w, space, at, mask, size, access, shape);
    }
}

/// Notes sectors as read or written, or both.
#[inline(always)]
fn touch([read, written]: &mut [Sectors; 2], access: Access, first: u64, bits: u64) {
    if access.writes() {
        written.touch(first, bits);
    }
    if !access.writes() || access == Access::Atomic {
        read.touch(first, bits);
    }
}

#[inline(always)]
fn count(
    block: &mut Block,
    space: u8,
    (pc, at, mask, size): (u32, &[u64; 32], u32, u64),
    access: Access,
    shape: Shape,
) {
    let Block {
        traffic,
        sectors,
        patterns,
        ..
    } = block;
    let lanes = u64::from(mask.count_ones());
    traffic.atomics += if access == Access::Atomic { lanes } else { 0 };
    let first = at[mask.trailing_zeros() as usize];
    let request = |global, phase| Request {
        pc,
        global,
        at,
        mask,
        size,
        phase,
    };
    match space {
        GLOBAL => {
            traffic.global_requests += 1;
            traffic.global_bytes += lanes * size;
            if shape != Shape::Scattered {
                let end = first + if shape == Shape::Uniform { size } else { 32 * size } - 1;
                let (low, high) = (first >> 5, end >> 5);
                traffic.global_sectors += high - low + 1;
                touch(sectors, access, low, !0 >> (63 - (high - low)));
                return;
            }
            let fill = |pattern: &mut Pattern| {
                let all = sectors_of(at, mask, size, first >> 5);
                pattern.wavefronts = all.iter().map(|(_, bits)| bits.count_ones()).sum();
                pattern.sectors.clear();
                pattern
                    .sectors
                    .extend(all.into_iter().map(|(group, bits)| (group as i32, bits)));
            };
            match patterns.find(&request(true, first & 31), fill) {
                Some(pattern) => {
                    traffic.global_sectors += u64::from(pattern.wavefronts);
                    for &(group, bits) in &pattern.sectors {
                        touch(
                            sectors,
                            access,
                            (first >> 5).wrapping_add_signed(i64::from(group) * 64),
                            bits,
                        );
                    }
                }
                None => {
                    for (group, bits) in sectors_of(at, mask, size, 0) {
                        traffic.global_sectors += u64::from(bits.count_ones());
                        touch(sectors, access, group as u64 * 64, bits);
                    }
                }
            }
        }
        SHARED => {
            traffic.shared_requests += 1;
            traffic.shared_bytes += lanes * size;
            // 8-byte accesses are served by halves of the warp, 16-byte ones by quarters.
            let group = match size {
                16.. => 8,
                8 => 16,
                _ => 32,
            };
            if shape != Shape::Scattered && mask == !0 {
                traffic.shared_wavefronts += 32 / group;
                traffic.shared_minimum += 32 / group;
                return;
            }
            let group = group as usize;
            let pattern = patterns.find(&request(false, first & 3), |pattern| {
                (pattern.wavefronts, pattern.minimum) = (0, 0);
                for part in 0..32 / group {
                    let lanes = mask >> (part * group) & (if group == 32 { !0 } else { (1 << group) - 1 });
                    if lanes != 0 {
                        pattern.wavefronts += conflicts(&at[part * group..(part + 1) * group], lanes, size);
                        pattern.minimum += 1;
                    }
                }
            });
            // Shared memory is too small for lanes to be far apart.
            if let Some(pattern) = pattern {
                traffic.shared_wavefronts += u64::from(pattern.wavefronts);
                traffic.shared_minimum += u64::from(pattern.minimum);
            }
        }
        _ => {}
    }
}

/// The sectors that an access touches, by groups of 64 from `origin` on.
fn sectors_of(at: &[u64; 32], mask: u32, size: u64, origin: u64) -> Vec<(i64, u64)> {
    let mut all: Vec<(i64, u64)> = Vec::with_capacity(32);
    for lane in each(mask) {
        for sector in at[lane] >> 5..=(at[lane] + size - 1) >> 5 {
            let distance = sector.wrapping_sub(origin) as i64;
            let (group, bit) = (distance >> 6, 1 << (distance & 63));
            match all.iter_mut().rev().find(|(known, _)| *known == group) {
                Some((_, bits)) => *bits |= bit,
                None => all.push((group, bit)),
            }
        }
    }
    all
}

/// The largest number of distinct words that one of the 32 banks has to give.
fn conflicts(at: &[u64], lanes: u32, size: u64) -> u32 {
    let mut words: [[u64; 4]; 32] = [[u64::MAX; 4]; 32];
    let mut counts = [0u8; 32];
    let mut spill: Vec<(usize, u64)> = Vec::new();
    for lane in each(lanes) {
        for word in at[lane] / 4..=(at[lane] + size - 1) / 4 {
            let bank = (word % 32) as usize;
            let count = usize::from(counts[bank]);
            if words[bank][..count.min(4)].contains(&word) || count >= 4 && spill.contains(&(bank, word)) {
                continue;
            }
            if count < 4 {
                words[bank][count] = word;
            } else {
                spill.push((bank, word));
            }
            counts[bank] += 1;
        }
    }
    u32::from(counts.into_iter().max().unwrap_or(1).max(1))
}

/// Reads of bytes that nobody wrote.
#[inline(always)]
fn initialised(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access, shape: Shape) {
    let block = w.block();
    let (base, of, bytes) = if space == SHARED {
        (block.written.as_mut_ptr() as u64, 0, block.written.len() as u64)
    } else {
        match &block.context().written {
            Some(shadow) => (shadow.base, shadow.of, shadow.bytes),
            None => return,
        }
    };
    // Memory of others (pinned, peers) has no shadow.
    let shadow = |address: u64| {
        let offset = address.wrapping_sub(of);
        (offset < bytes).then(|| (base + offset) as *mut u8)
    };
    let first = mask.trailing_zeros() as usize;
    let whole = match shape {
        Shape::Uniform => size as usize,
        Shape::Contiguous => 32 * size as usize,
        Shape::Scattered => 0,
    };
    if whole != 0 {
        let Some(shadow) = shadow(at[first]) else { return };
        // SAFETY: as many bytes of live memory have as many shadow bytes.
        let shadow = unsafe { std::slice::from_raw_parts_mut(shadow, whole) };
        if !access.writes() {
            if !shadow.contains(&0) {
                return;
            }
        } else if access != Access::Atomic {
            shadow.fill(1);
            return;
        }
    }
    for lane in each(mask) {
        let Some(shadow) = shadow(at[lane]) else { continue };
        // SAFETY: `size` bytes of live memory have as many shadow bytes.
        let bytes = unsafe { std::slice::from_raw_parts_mut(shadow, size as usize) };
        if access.writes() && access != Access::Atomic {
            match size {
                4 => bytes[..4].fill(1),
                8 => bytes[..8].fill(1),
                16 => bytes[..16].fill(1),
                _ => bytes.fill(1),
            }
            continue;
        }
        let written = match size {
            4 => bytes[..4] == [1; 4],
            8 => bytes[..8] == [1; 8],
            16 => bytes[..16] == [1; 16],
            _ => !bytes.contains(&0),
        };
        if !written {
            bytes.fill(1);
            let pc = w.group.pc;
            let (address, what) = (at[lane], if space == SHARED { "shared" } else { "global" });
            w.block()
                .note(FaultKind::IllegalAddress, pc, lane as u32, "uninitialised", || {
                    format!("uninitialised read of {size} bytes of {what} memory at {address:#x}")
                });
        }
    }
}
