//! CodeExecutor: a Transformer that learns to run Python.
