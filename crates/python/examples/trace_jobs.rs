//! Traces a file of programs: `trace_jobs IN.jsonl OUT.jsonl [SECONDS [MEGABYTES]]`, one JSON object a line with `id`, `code` and
//! `stdin`; limits of time and memory for each.

#[path = "../tests/support/mod.rs"]
mod support;

use python::{Limits, Tracer};
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader, BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: trace_jobs IN.jsonl OUT.jsonl".into());
    };
    let mut limits = Limits::default();
    if let Some(seconds) = arguments.next() {
        limits.seconds = seconds.parse()?;
    }
    if let Some(megabytes) = arguments.next() {
        limits.max_memory = megabytes.parse::<usize>()? << 20;
    }
    let mut out = BufWriter::new(std::fs::File::create(output)?);
    let mut tracer = Tracer::new();
    for line in BufReader::new(std::fs::File::open(input)?).lines() {
        let program: Value = serde_json::from_str(&line?)?;
        let stdin = program["stdin"].as_str().unwrap_or_default();
        let trace = tracer.trace(program["code"].as_str().unwrap_or_default(), stdin, &limits);
        let mut answer = Map::from_iter([("id".to_owned(), program["id"].clone())]);
        if let Value::Object(parts) = support::as_json(&trace) {
            answer.extend(parts);
        }
        writeln!(out, "{}", Value::Object(answer))?;
    }
    Ok(())
}
