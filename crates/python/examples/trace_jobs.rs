//! Traces a file of programs: `trace_jobs IN.jsonl OUT.jsonl [SECONDS [MEGABYTES]]`, one JSON object a line with `id`, `code` and
//! `stdin`; limits of time and memory for each.

use python::{Limits, Trace, Tracer};
use serde_json::{Map, Value, json};
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
        writeln!(out, "{}", as_json(&program["id"], &trace))?;
    }
    Ok(())
}

fn as_json(id: &Value, trace: &Trace) -> Value {
    let entries: Vec<Value> = trace
        .entries
        .iter()
        .map(|entry| {
            let state: Map<String, Value> = entry
                .state
                .iter()
                .map(|(name, value)| (name.clone(), json!(value)))
                .collect();
            let mut object = json!({"line": entry.line, "state": state});
            if let Some(output) = &entry.output {
                object["output"] = json!(output);
            }
            object
        })
        .collect();
    let exception = trace
        .exception
        .as_ref()
        .map(|e| json!({"type": e.type_name, "message": e.message, "line": e.line}));
    json!({"id": id, "status": trace.status.name(), "stdout": trace.stdout, "exception": exception, "trace": entries})
}
