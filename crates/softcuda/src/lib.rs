//! A software CUDA device: PTX on the CPU behind the CUDA driver API.
//!
//! [`ptx`] parses PTX text and decodes it to a dense form, [`device`] executes that form warp by warp against a
//! device [`device::Memory`], with optional checks and counters.

// Bit fields are dense enough here without parentheses around every shift.
#![allow(clippy::precedence)]

mod decode;
pub mod device;
pub mod driver;
mod ops;
pub mod ptx;

pub use driver::install;
