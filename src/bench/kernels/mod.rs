//! The CUDA kernels by themselves: what the software device counts of them, and how fast they are on a card.

pub mod cases;
pub mod catalogue;
pub mod counters;
pub mod timing;
pub mod tune;
