//! Python's text rules over plain Rust types: escapes, formatting, string methods, codecs, regular expressions.
//!
//! Nothing here knows the virtual machine's values, so everything can be tested by itself.

pub mod codecs;
pub mod escape;
pub mod failure;
pub mod format_spec;
pub mod methods;
pub mod percent;
pub mod regex;
pub mod template;
pub mod unicode;
mod unicode_tables;

pub use failure::{Failure, Kind};
