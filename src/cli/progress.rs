//! Progress: a bar on a terminal, plain lines now and then elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Time between plain lines.
const INTERVAL: Duration = Duration::from_secs(10);

pub struct Progress {
    what: String,
    total: Option<u64>,
    done: u64,
    bar: Option<ProgressBar>,
    last: Instant,
}

impl Progress {
    /// Counts `what` up to `total`, if that is known, on standard error.
    pub fn new(what: &str, total: Option<u64>) -> Progress {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
            let template = if total.is_some() {
                "{msg} {wide_bar} {human_pos}/{human_len}  {per_sec}  {eta} left"
            } else {
                "{msg} {human_pos}  {per_sec}"
            };
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(what.to_owned());
            bar
        });
        Progress {
            what: what.to_owned(),
            total,
            done: 0,
            bar,
            last: Instant::now(),
        }
    }

    pub fn advance(&mut self, by: u64) {
        self.done += by;
        if let Some(bar) = &self.bar {
            bar.inc(by);
        } else if self.last.elapsed() >= INTERVAL {
            self.last = Instant::now();
            match self.total {
                Some(total) => eprintln!("{}: {} of {total}", self.what, self.done),
                None => eprintln!("{}: {}", self.what, self.done),
            }
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
