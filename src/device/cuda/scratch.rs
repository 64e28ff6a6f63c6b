//! Scratch memory of the operations: areas that grow to what they are asked for and stay.

use std::sync::Arc;

use super::driver::{Driver, Memory};
use crate::device::Result;

/// What a piece of scratch memory is for. Pieces of one operation are different areas; operations follow each other on
/// one stream and share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Partial sums of split products, and their column sums.
    Splits,
    SplitColumns,
    /// Attention's backward: row statistics, and sums of query gradients.
    AttentionStatistics,
    QuerySums,
    /// The loss: statistics per row and 64 columns, target logits, normalizers, weighted terms.
    LossStatistics,
    TargetLogits,
    Normalizers,
    LossTerms,
    /// Gradients of one chunk of logits, and of the hidden states.
    LogitGradients,
    HiddenGradients,
    /// Column sums by block.
    Columns,
    /// Partial sums of squares.
    Squares,
    /// Decoding's partial results.
    Decode,
}

const AREAS: usize = 13;

#[derive(Default)]
pub struct Scratch {
    areas: [Option<Memory>; AREAS],
}

impl Scratch {
    /// Address of at least `bytes` bytes.
    pub fn get(&mut self, driver: &Arc<Driver>, area: Area, bytes: usize) -> Result<u64> {
        let slot = &mut self.areas[area as usize];
        match slot {
            Some(memory) if memory.bytes() >= bytes => Ok(memory.address()),
            _ => {
                // The old one goes first: both together might not fit.
                *slot = None;
                let memory = driver.allocate(bytes)?;
                let address = memory.address();
                *slot = Some(memory);
                Ok(address)
            }
        }
    }
}
