//! Managed memory's hints: advice and prefetches, which change nothing here but can be asked about.

use super::context::current;
use super::device;
use super::export::{Handle, In, Out, export};
use super::memory::with_advice;
use super::status::{Result, Status};
use super::stream::Stream;
use super::work::Operation;
use crate::device::Kind;

/// The host's number among devices (`CU_DEVICE_CPU`).
const HOST: i32 = -1;
/// No device (`CU_DEVICE_INVALID`).
const NOWHERE: i32 = -2;

/// What cuMemAdvise and cuMemPrefetchAsync have said of an allocation.
#[derive(Clone, Debug)]
pub struct Advice {
    read_mostly: bool,
    preferred: i32,
    accessed_by: Vec<i32>,
    prefetched: i32,
}

impl Default for Advice {
    fn default() -> Advice {
        Advice {
            read_mostly: false,
            preferred: NOWHERE,
            accessed_by: Vec::new(),
            prefetched: NOWHERE,
        }
    }
}

/// Checks that a range is managed memory and gives its allocation's address.
fn managed(address: u64, size: u64) -> Result<u64> {
    let owner = device::owner(address).ok_or(Status::INVALID_VALUE)?;
    let range = owner.memory.find(address).filter(|range| range.kind == Kind::Managed);
    let range = range.ok_or(Status::INVALID_VALUE)?;
    if size > 0 && size <= range.end() - address {
        Ok(range.base)
    } else {
        Err(Status::INVALID_VALUE)
    }
}

/// A device or the host.
fn place(ordinal: i32) -> Result<i32> {
    if ordinal != HOST {
        device::get(ordinal)?;
    }
    Ok(ordinal)
}

/// CUmemLocation as it is passed by value: its kind below, its number above.
fn location(location: u64) -> Result<i32> {
    match location as u32 {
        1 => place((location >> 32) as i32),
        // The host, one of its NUMA nodes, or the nearest of them.
        2..=4 => Ok(HOST),
        _ => Err(Status::INVALID_VALUE),
    }
}

fn prefetch(address: u64, size: u64, to: i32, stream: Handle) -> Result {
    let stream = Stream::get(stream)?;
    let base = managed(address, size)?;
    with_advice(base, |advice| advice.prefetched = to)?;
    stream.submit(Operation::Empty)
}

fn advise(address: u64, size: u64, advice: u32, at: impl FnOnce() -> Result<i32>) -> Result {
    current()?;
    let base = managed(address, size)?;
    match advice {
        1 | 2 => with_advice(base, |known| known.read_mostly = advice == 1),
        3 => {
            let at = at()?;
            with_advice(base, |known| known.preferred = at)
        }
        4 => with_advice(base, |known| known.preferred = NOWHERE),
        5 | 6 => {
            let at = at()?;
            with_advice(base, |known| {
                known.accessed_by.retain(|&place| place != at);
                if advice == 5 {
                    known.accessed_by.push(at);
                }
            })
        }
        _ => Err(Status::INVALID_VALUE),
    }
}

/// Kind and number of a place, as CUmemLocation has them.
fn described(place: i32) -> (i32, i32) {
    match place {
        NOWHERE => (0, 0),
        HOST => (2, 0),
        device => (1, device),
    }
}

fn attribute(data: Out<i32>, bytes: u64, attribute: u32, address: u64, size: u64) -> Result {
    let base = managed(address, size)?;
    let advice = with_advice(base, |advice| advice.clone())?;
    if attribute == 3 {
        if bytes == 0 || !bytes.is_multiple_of(4) || bytes > 1 << 16 {
            return Err(Status::INVALID_VALUE);
        }
        let places = advice.accessed_by.iter().copied().chain(std::iter::repeat(NOWHERE));
        return (0..bytes as usize / 4)
            .zip(places)
            .try_for_each(|(index, place)| data.set_at(index, place));
    }
    if bytes != 4 {
        return Err(Status::INVALID_VALUE);
    }
    data.set(match attribute {
        1 => advice.read_mostly.into(),
        2 => advice.preferred,
        4 => advice.prefetched,
        5 => described(advice.preferred).0,
        6 => described(advice.preferred).1,
        7 => described(advice.prefetched).0,
        8 => described(advice.prefetched).1,
        _ => return Err(Status::INVALID_VALUE),
    })
}

export! {
    fn cuMemPrefetchAsync | cuMemPrefetchAsync_ptsz (address: u64, size: u64, to: i32, stream: Handle) {
        prefetch(address, size, place(to)?, stream)
    }
    fn cuMemPrefetchAsync_v2 | cuMemPrefetchAsync_v2_ptsz (
        address: u64, size: u64, to: u64, flags: u32, stream: Handle,
    ) {
        if flags != 0 {
            return Err(Status::INVALID_VALUE);
        }
        prefetch(address, size, location(to)?, stream)
    }
    fn cuMemAdvise(address: u64, size: u64, advice: u32, at: i32) {
        advise(address, size, advice, || place(at))
    }
    fn cuMemAdvise_v2(address: u64, size: u64, advice: u32, at: u64) {
        advise(address, size, advice, || location(at))
    }
    fn cuMemRangeGetAttribute(data: Out<i32>, bytes: u64, number: u32, address: u64, size: u64) {
        super::devices()?;
        attribute(data, bytes, number, address, size)
    }
    fn cuMemRangeGetAttributes(
        data: In<u64>, bytes: In<u64>, numbers: In<u32>, count: u64, address: u64, size: u64,
    ) {
        super::devices()?;
        if count == 0 || count > 64 {
            return Err(Status::INVALID_VALUE);
        }
        (0..count as usize).try_for_each(|index| {
            attribute(Out::at(data.get_at(index)?), bytes.get_at(index)?, numbers.get_at(index)?, address, size)
        })
    }
}
