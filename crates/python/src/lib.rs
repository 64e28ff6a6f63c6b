//! Python 3.11 in Rust, made for tracing.
#![forbid(unsafe_code)]

mod api;
pub mod bytecode;
pub mod compiler;
pub mod mutate;
pub mod numeric;
pub mod syntax;
pub mod text;
pub mod unparse;

pub use api::{Entry, ExceptionInfo, Limits, Outcome, State, Status, Trace, TraceSink, Tracer, trace};
