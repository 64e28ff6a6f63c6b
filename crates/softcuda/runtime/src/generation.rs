//! Which CUDA generation the library is built for: functions changed their arguments from 12 to 13 under one name.

/// Whether the library's callers have the headers of CUDA 13, not 12.
pub const IS_13: bool = cfg!(cuda13);

/// The version of the runtime, 1000 * major + 10 * minor.
pub const VERSION: i32 = if IS_13 { 13_000 } else { 12_090 };
