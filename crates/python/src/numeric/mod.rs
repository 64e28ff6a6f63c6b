//! Python's number rules over plain Rust types: texts of floats and integers, hashes, random numbers, special functions.

pub mod address;
pub mod error_function;
pub mod float_parse;
pub mod float_text;
pub mod hash;
pub mod int_text;
pub mod mersenne;
pub mod special;
