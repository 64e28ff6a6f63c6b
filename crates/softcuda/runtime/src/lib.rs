//! The CUDA runtime API: the functions that cuda_runtime_api.h declares and those that nvcc's host code calls.
//!
//! It stands on the driver API alone, which it looks up in the `libcuda.so.1` that the loader finds: the software
//! device's, or a card's. So it shares contexts, streams and memory with whatever else in the process uses the driver.

#![allow(non_snake_case, clippy::too_many_arguments)]

mod array;
mod context;
mod copy;
mod device;
mod driver;
mod errors;
mod export;
mod function;
mod generation;
mod graph;
mod graph_nodes;
mod launch;
mod library;
mod memory;
mod names;
mod pool;
mod properties;
mod registration;
mod stream;
mod texture;

pub use names::EXPORTS;
