//! From programs to packed batches: generators, the text format, the tokenizer, files, streams.

pub mod cwm;
pub mod dataset;
pub mod example;
pub mod files;
pub mod generate;
pub mod mutants;
pub mod packing;
pub mod parallel;
pub mod python_tokens;
pub mod random;
pub mod sources;
pub mod stream;
pub mod text;
pub mod tokenizer;
pub mod vocabulary;
