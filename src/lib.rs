//! CodeExecutor: a Transformer that learns to run Python.
//!
//! ```text
//! program ──▶ trace ──▶ text ──▶ tokens ──▶ packed batch ──▶ device ops ──▶ loss ──▶ update
//! crates/python          src/data                src/model over src/device        src/train
//! ```
//!
//! | module | subject |
//! |---|---|
//! | [`config`] | a run's description |
//! | [`bench`] | benchmarks of training steps and decoding |
//! | [`data`] | programs, the text format, the tokenizer, packing, streams, files |
//! | [`device`] | what a device must do, and the devices |
//! | [`model`] | the Transformer: shape, parameters, forward and backward |
//! | [`evaluate`] | metrics of predicted traces |

pub mod bench;
pub mod cli;
pub mod config;
pub mod data;
pub mod decode;
pub mod device;
pub mod evaluate;
pub mod model;
pub mod report;
pub mod train;
