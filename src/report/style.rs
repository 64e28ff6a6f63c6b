//! Colours, where there is a terminal to show them.

use std::io::IsTerminal;

/// ANSI colours, or none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    colour: bool,
}

impl Style {
    pub const PLAIN: Style = Style { colour: false };

    /// For standard output: colours on a terminal, unless NO_COLOR is set (no-color.org).
    pub fn stdout() -> Style {
        Style {
            colour: std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    pub fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// What changed.
    pub fn changed(self, text: &str) -> String {
        self.paint("1;33", text)
    }

    pub fn right(self, text: &str) -> String {
        self.paint("32", text)
    }

    pub fn wrong(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    /// Whether differences show by colour alone.
    pub fn has_colour(self) -> bool {
        self.colour
    }
}

/// `text` cut to `width` characters, with `…` where something is missing.
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// `text`, which shows `shown` characters, filled up with spaces.
pub fn padded(text: &str, shown: usize, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(shown)))
}
