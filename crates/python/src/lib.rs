//! Python 3.11 in Rust, made for tracing.
#![forbid(unsafe_code)]
