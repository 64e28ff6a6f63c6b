//! Python 3.11 in Rust, made for tracing: programs run line by line, within limits, and reach neither files nor network.
//!
//! ```
//! use python::{Limits, Status, Tracer};
//!
//! let mut tracer = Tracer::new();
//! let trace = tracer.trace("total = 0\nfor n in [3, 4]:\n    total += n\nprint(total)\n", "", &Limits::default());
//! assert_eq!((trace.status, trace.stdout.as_str()), (Status::Ok, "7\n"));
//! for entry in &trace.entries {
//!     println!("line {}: {:?}, prints {:?}", entry.line + 1, entry.state, entry.output);
//! }
//! let last = trace.entries.last().unwrap();
//! assert_eq!(last.state, [("total".into(), "7".into()), ("n".into(), "4".into())]);
//! ```
//!
//! A [`Tracer`] keeps its memory between programs: keep one per thread. A [`TraceSink`] sees entries without a copy of
//! them being made, and where it asks, calls, returns and exceptions too.
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

pub use api::{Entry, ExceptionInfo, FrameEvent, Limits, Outcome, State, Status, Trace, TraceSink, Tracer, trace};
