//! Structure of a packed batch on the device, with the attention kernels' tasks derived from it.

use std::sync::Arc;

use super::arguments::Task;
use super::driver::{Driver, Memory};
use crate::device::Result;

/// Queries per block forward, keys per block and queries per tile backward; see the kernels.
const FORWARD_QUERIES: usize = 128;
const KEYS: usize = 128;
const QUERIES: usize = 64;
/// Blocks that share a segment's key blocks backward, each with sums of its own for the query gradients.
pub const MAX_SLOTS: usize = 4;

/// A list of tasks on the device, and where each task's segment starts in tiles of 64 queries.
pub struct Tasks {
    memory: Memory,
    tiles: Memory,
    pub count: usize,
}

impl Tasks {
    fn new(driver: &Arc<Driver>, capacity: usize) -> Result<Tasks> {
        Ok(Tasks {
            memory: driver.allocate(capacity * size_of::<Task>())?,
            tiles: driver.allocate(capacity * size_of::<i32>())?,
            count: 0,
        })
    }

    fn write(&mut self, driver: &Driver, tasks: &[(Task, i32)]) -> Result<()> {
        let (tasks, tiles): (Vec<Task>, Vec<i32>) = tasks.iter().copied().unzip();
        driver.write(&self.memory, 0, &tasks)?;
        driver.write(&self.tiles, 0, &tiles)?;
        self.count = tasks.len();
        Ok(())
    }

    pub fn tasks(&self) -> u64 {
        self.memory.address()
    }
    pub fn first_tiles(&self) -> u64 {
        self.tiles.address()
    }
}

/// A packed batch's structure.
pub struct Segments {
    starts: Memory,
    capacity: (usize, usize),
    pub tokens: usize,
    pub count: usize,
    /// Tiles of 64 queries in all segments.
    pub tiles: usize,
    pub slots: usize,
    /// A segment each, in order.
    pub whole: Tasks,
    /// A block of 128 queries each.
    pub forward: Tasks,
    /// A slot of a segment each.
    pub backward: Tasks,
    /// A tile of 64 queries each.
    pub query_tiles: Tasks,
}

impl Segments {
    pub fn new(driver: &Arc<Driver>, tokens: usize, segments: usize) -> Result<Segments> {
        Ok(Segments {
            starts: driver.allocate((segments + 1) * 4)?,
            capacity: (tokens, segments),
            tokens: 0,
            count: 0,
            tiles: 0,
            slots: 1,
            whole: Tasks::new(driver, segments)?,
            forward: Tasks::new(driver, tokens / FORWARD_QUERIES + segments)?,
            backward: Tasks::new(driver, segments * MAX_SLOTS)?,
            query_tiles: Tasks::new(driver, tokens / QUERIES + segments)?,
        })
    }

    /// Address of the bounds, `[count + 1]`.
    pub fn starts(&self) -> u64 {
        self.starts.address()
    }

    pub fn write(&mut self, driver: &Driver, heads: usize, starts: &[u32], prefixes: &[u32]) -> Result<()> {
        let tokens = starts.last().copied().unwrap_or(0) as usize;
        if prefixes.len() > self.capacity.1 || tokens > self.capacity.0 {
            return Err(driver.error(format!(
                "a batch of {tokens} tokens in {} segments, beyond the planned {} in {}",
                prefixes.len(),
                self.capacity.0,
                self.capacity.1
            )));
        }
        if starts.len() != prefixes.len() + 1 || starts[0] != 0 || starts.windows(2).any(|pair| pair[0] > pair[1]) {
            return Err(driver.error("segment bounds must ascend from 0, one more than prefix lengths".to_string()));
        }
        driver.write(&self.starts, 0, starts)?;
        let segments = || {
            starts.windows(2).zip(prefixes).map(|(pair, prefix)| Task {
                start: pair[0] as i32,
                length: (pair[1] - pair[0]) as i32,
                prefix: (*prefix).min(pair[1] - pair[0]) as i32,
                index: 0,
            })
        };
        let blocks_of = |task: &Task, size: usize| (task.length as usize).div_ceil(size);
        let schedule = schedule(segments(), blocks_of, driver.multiprocessors, heads);
        self.tokens = tokens;
        self.count = prefixes.len();
        self.slots = schedule.slots;
        self.tiles = schedule.tiles;
        let whole: Vec<_> = segments().map(|task| (task, 0)).collect();
        self.whole.write(driver, &whole)?;
        self.forward.write(driver, &schedule.forward)?;
        self.backward.write(driver, &schedule.backward)?;
        self.query_tiles.write(driver, &schedule.query_tiles)
    }
}

struct Schedule {
    forward: Vec<(Task, i32)>,
    backward: Vec<(Task, i32)>,
    query_tiles: Vec<(Task, i32)>,
    tiles: usize,
    slots: usize,
}

/// The longest tasks come first, so that the short ones fill the end.
fn schedule(
    segments: impl Iterator<Item = Task> + Clone,
    blocks_of: impl Fn(&Task, usize) -> usize,
    multiprocessors: usize,
    heads: usize,
) -> Schedule {
    let (mut forward, mut backward, mut query_tiles) = (Vec::new(), Vec::new(), Vec::new());
    let longest = segments.clone().map(|task| blocks_of(&task, KEYS)).max().unwrap_or(0);
    let chains = segments.clone().count().max(1) * heads.max(1);
    // Two blocks for every multiprocessor, if the segments have as many key blocks.
    let slots = (2 * multiprocessors)
        .div_ceil(chains)
        .clamp(1, MAX_SLOTS)
        .min(longest.max(1));
    let mut tiles = 0;
    for task in segments {
        let first_tile = tiles as i32;
        for block in 0..blocks_of(&task, FORWARD_QUERIES) {
            forward.push((
                Task {
                    index: (block * FORWARD_QUERIES) as i32,
                    ..task
                },
                first_tile,
            ));
        }
        for slot in 0..slots.min(blocks_of(&task, KEYS)) {
            backward.push((
                Task {
                    index: slot as i32,
                    ..task
                },
                first_tile,
            ));
        }
        for tile in 0..blocks_of(&task, QUERIES) {
            query_tiles.push((
                Task {
                    index: tile as i32,
                    ..task
                },
                first_tile,
            ));
        }
        tiles += blocks_of(&task, QUERIES);
    }
    let seen = |task: &Task| task.prefix.max((task.index + FORWARD_QUERIES as i32).min(task.length));
    forward.sort_by_key(|(task, _)| std::cmp::Reverse(seen(task)));
    backward.sort_by_key(|(task, _)| std::cmp::Reverse(task.length));
    Schedule {
        forward,
        backward,
        query_tiles,
        tiles,
        slots,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_and_key_block_has_one_task() {
        let segments = [(0, 300, 100), (300, 1, 1), (301, 0, 0), (301, 128, 0)].map(|(start, length, prefix)| Task {
            start,
            length,
            prefix,
            index: 0,
        });
        let blocks_of = |task: &Task, size: usize| (task.length as usize).div_ceil(size);
        let schedule = schedule(segments.into_iter(), blocks_of, 108, 12);
        assert_eq!(schedule.forward.len(), 3 + 1 + 1);
        assert_eq!(schedule.query_tiles.len(), 5 + 1 + 2);
        assert_eq!(schedule.tiles, 8);
        assert!(schedule.slots >= 1 && schedule.slots <= 3);
        assert_eq!(schedule.backward.len(), schedule.slots.min(3) + 2);
        assert!(schedule.forward.windows(2).all(|pair| {
            let seen = |task: &Task| task.prefix.max((task.index + 128).min(task.length));
            seen(&pair[0].0) >= seen(&pair[1].0)
        }));
    }
}
