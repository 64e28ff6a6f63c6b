//! What people look at: tables and comparisons in a terminal.

pub mod compare;
pub mod kernels;
pub mod metrics;
pub mod style;
pub mod trace_html;
pub mod trace_json;
pub mod trace_table;
