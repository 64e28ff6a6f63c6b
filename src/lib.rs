//! CodeExecutor: a Transformer that learns to run Python.

pub mod device;
pub mod model;
