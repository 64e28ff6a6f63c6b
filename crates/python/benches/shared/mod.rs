//! What `cargo bench -p codeexecutor-python` and `codeexecutor bench tracer` both measure with: this file is part of both.

use python::compiler::{CompileOptions, compile};
use python::numeric::int_text;
use python::syntax::{LineIndex, parse};
use python::{State, TraceSink};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Processor time of this thread, or wall time where there is no such count.
fn now(start: Instant) -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Seconds of a call.
pub struct Times {
    pub mean: f64,
    pub best: f64,
}

/// Measures `work` over about `seconds`, after a first call that does not count.
pub fn measure(seconds: f64, mut work: impl FnMut()) -> Times {
    work();
    let wall = Instant::now();
    let begin = now(wall);
    let (mut last, mut rounds, mut best) = (begin, 0u32, f64::INFINITY);
    while rounds == 0 || wall.elapsed().as_secs_f64() < seconds {
        work();
        let end = now(wall);
        best = best.min((end - last).as_secs_f64());
        last = end;
        rounds += 1;
    }
    Times {
        mean: (last - begin).as_secs_f64() / f64::from(rounds),
        best,
    }
}

/// Seconds that parsing all of `sources` takes, and compiling them, each measured over about `seconds`.
pub fn parse_and_compile(sources: &[&str], seconds: f64) -> (f64, f64) {
    let parsing = measure(seconds, || {
        for source in sources {
            let _ = black_box(parse(source));
        }
    });
    let trees: Vec<_> = sources
        .iter()
        .filter_map(|source| Some((parse(source).ok()?, LineIndex::new(source))))
        .collect();
    let compiling = measure(seconds, || {
        for (tree, lines) in &trees {
            let _ = black_box(compile(tree, lines, &CompileOptions::default()));
        }
    });
    (parsing.mean, compiling.mean)
}

/// Writes each entry as a line of text: number, then `name : value` pairs, then what it printed.
#[derive(Default)]
pub struct TextOut {
    pub text: String,
    pub events: u64,
}

impl TraceSink for TextOut {
    fn entry(&mut self, line: usize, state: State<'_>, output: Option<&str>) {
        self.events += 1;
        let text = &mut self.text;
        int_text::write_i64(text, line as i64);
        for (name, value) in state.iter() {
            text.reserve(name.len() + value.len() + 4);
            text.push(' ');
            text.push_str(name);
            text.push_str(" : ");
            text.push_str(value);
        }
        if let Some(output) = output {
            text.push_str(output);
        }
        text.push('\n');
    }
}

/// Programs of four to six lines.
pub fn small_programs() -> Vec<String> {
    (0..64)
        .map(|i| match i % 4 {
            0 => format!("a = {i}\nb = a * 3 + 1\nc = [a, b]\nc.append(a - b)\nprint(c)\n"),
            1 => format!("s = 'word{i}'\nt = s.upper()\nn = len(t)\nd = {{'s': s, 'n': n}}\n"),
            2 => format!(
                "total = 0\nfor i in range({}):\n    total += i * i\nprint(total)\n",
                i % 9
            ),
            _ => format!("x = {i}\nif x % 2:\n    y = x // 2\nelse:\n    y = x * 2\nz = (x, y)\n"),
        })
        .collect()
}
