//! Training: the curriculum's loop, its schedule, its checkpoints and its log.

pub mod checkpoint;
pub mod log;
pub mod schedule;
mod trainer;

pub use trainer::{Event, Outcome, Resume, train};
