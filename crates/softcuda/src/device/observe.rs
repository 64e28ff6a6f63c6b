//! What checks and counters see of each memory access.

use super::FaultKind;
use super::races;
use super::warp::{Warp, each};
use crate::ops::{Access, GLOBAL, SHARED};

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
    /// Distinct sectors, filled in at the end of a launch.
    pub sectors_distinct: u64,
}

/// Distinct sectors; addresses need no strong hash.
pub type SectorSet = std::collections::HashSet<u64, std::hash::BuildHasherDefault<races::Multiplicative>>;

/// Sectors a block has touched: the latest in a small table, so that most repeats cost nothing.
pub struct Sectors {
    recent: Box<[u64; 4096]>,
    all: Vec<u64>,
}

impl Default for Sectors {
    fn default() -> Sectors {
        Sectors {
            recent: Box::new([u64::MAX; 4096]),
            all: Vec::new(),
        }
    }
}

impl Sectors {
    #[inline(always)]
    fn insert(&mut self, sector: u64) {
        let slot = &mut self.recent[(sector & 4095) as usize];
        if *slot != sector {
            *slot = sector;
            self.all.push(sector);
        }
    }

    /// Moves what was touched into a set.
    pub fn drain(&mut self, into: &mut SectorSet) {
        into.extend(self.all.drain(..));
        self.recent.fill(u64::MAX);
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
        self.sectors_distinct += other.sectors_distinct;
    }
}

/// Looks at one access of a warp: `at` are addresses in the space itself.
pub fn access(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access) {
    let block = w.block();
    let options = block.context().options;
    let (counters, memory, race) = (options.counters, options.check_memory, options.check_races);
    if counters {
        count(&mut block.traffic, &mut block.sectors, space, at, mask, size, access);
    }
    if memory && matches!(space, GLOBAL | SHARED) {
        initialised(w, space, at, mask, size, access);
    }
    if race && matches!(space, GLOBAL | SHARED) {
        races::access(w, space, at, mask, size, access);
    }
}

fn count(
    traffic: &mut Traffic,
    touched: &mut Sectors,
    space: u8,
    at: &[u64; 32],
    mask: u32,
    size: u64,
    access: Access,
) {
    let lanes = u64::from(mask.count_ones());
    traffic.atomics += if access == Access::Atomic { lanes } else { 0 };
    match space {
        GLOBAL => {
            traffic.global_requests += 1;
            traffic.global_bytes += lanes * size;
            // Most accesses ascend: count changes of sector, and sort only when they don't.
            let (mut sectors, mut last, mut ascending) = (0, u64::MAX, true);
            for lane in each(mask) {
                let (first, end) = (at[lane] >> 5, (at[lane] + size - 1) >> 5);
                ascending &= last == u64::MAX || first >= last;
                sectors += end - first + u64::from(first != last);
                if end != last {
                    (first..=end).for_each(|sector| touched.insert(sector));
                }
                last = end;
            }
            if !ascending {
                let mut all: Vec<u64> = each(mask)
                    .flat_map(|lane| at[lane] >> 5..=(at[lane] + size - 1) >> 5)
                    .collect();
                all.sort_unstable();
                all.dedup();
                sectors = all.len() as u64;
            }
            traffic.global_sectors += sectors;
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
            for part in 0..32 / group {
                let lanes = mask >> (part * group) & (if group == 32 { !0 } else { (1 << group) - 1 });
                if lanes != 0 {
                    traffic.shared_wavefronts += conflicts(&at[part * group..(part + 1) * group], lanes, size);
                    traffic.shared_minimum += 1;
                }
            }
        }
        _ => {}
    }
}

/// The largest number of distinct words that one of the 32 banks has to give.
fn conflicts(at: &[u64], lanes: u32, size: u64) -> u64 {
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
    u64::from(counts.into_iter().max().unwrap_or(1).max(1))
}

/// Reads of bytes that nobody wrote.
fn initialised(w: &mut Warp, space: u8, at: &[u64; 32], mask: u32, size: u64, access: Access) {
    let pc = w.group.pc;
    for lane in each(mask) {
        let block = w.block();
        let shadow = if space == SHARED {
            // SAFETY: the shadow is as long as the shared memory, whose bounds were checked.
            Some(unsafe { block.written.as_mut_ptr().add(at[lane] as usize) })
        } else {
            block.memory().written_shadow(at[lane])
        };
        let Some(shadow) = shadow else { continue };
        // SAFETY: `size` bytes of live memory have as many shadow bytes.
        let bytes = unsafe { std::slice::from_raw_parts_mut(shadow, size as usize) };
        if access == Access::Write {
            bytes.fill(1);
        } else if bytes.contains(&0) {
            bytes.fill(1);
            let (address, what) = (at[lane], if space == SHARED { "shared" } else { "global" });
            block.note(FaultKind::IllegalAddress, pc, lane as u32, "uninitialised", || {
                format!("uninitialised read of {size} bytes of {what} memory at {address:#x}")
            });
        }
    }
}
