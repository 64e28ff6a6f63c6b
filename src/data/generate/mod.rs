//! Programs that the project writes itself: single lines with a start state, and small programs of several lines.
//!
//! Example `i` of a seed is a function of seed and `i` alone, whatever thread makes it.

mod expression;
mod program;
mod scope;
mod singleline;

pub use program::program;
pub use singleline::singleline;

use serde::{Deserialize, Serialize};

/// How hard the programs of a generator are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Few variables, small numbers, mostly steps that move values rather than compute them.
    Easy,
    /// One to six variables, all operators, methods and calls.
    #[default]
    Full,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::python_tokens::tokens;
    use std::collections::HashSet;

    #[test]
    fn generated_programs_are_python_and_varied() {
        for level in [Level::Easy, Level::Full] {
            let lines: HashSet<String> = (0..500).map(|index| singleline(7, index, level)).collect();
            let programs: HashSet<String> = (0..500).map(|index| program(7, index, level)).collect();
            // Easy lines are few enough to repeat now and then.
            assert!(
                lines.len() > 400 && programs.len() > 450,
                "{} {}",
                lines.len(),
                programs.len()
            );
            for source in lines.iter().chain(&programs) {
                tokens(source).unwrap_or_else(|error| panic!("{error} in\n{source}"));
                assert!(ruff_python_parser::parse_module(source).is_ok(), "{source}");
            }
        }
        assert_eq!(singleline(7, 3, Level::Full), singleline(7, 3, Level::Full));
        assert_ne!(singleline(7, 3, Level::Full), singleline(8, 3, Level::Full));
    }
}
