//! Python 3.11 in Rust, made for tracing.
#![forbid(unsafe_code)]

mod api;
mod builtins;
pub mod bytecode;
pub mod compiler;
mod heap;
mod modules;
pub mod mutate;
pub mod numeric;
pub mod syntax;
pub mod text;
mod trace;
pub mod unparse;
mod value;
mod vm;

pub use api::{Entry, ExceptionInfo, Limits, Outcome, State, Status, Trace, TraceSink, Tracer, trace};
