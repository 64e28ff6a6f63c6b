//! Makes a program that shows a difference smaller, line by line, as long as it shows the same one.

use crate::answer::{Verdict, judge, signature, trace_here};
use crate::peer::Peer;
use crate::source::Program;
use python::Tracer;

/// Programs that are tried.
const TRIES: usize = 80;

/// The smallest program found, with the answers of both sides.
pub fn reduce(
    program: Program,
    ours: String,
    theirs: String,
    tracer: &mut Tracer,
    peer: &mut Peer,
) -> (Program, String, String) {
    let wanted = signature(&ours, &theirs);
    let mut best = (program, ours, theirs);
    let mut tries = 0;
    let mut size = best.0.code.lines().count().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        loop {
            let lines: Vec<&str> = best.0.code.split_inclusive('\n').collect();
            if at >= lines.len() {
                break;
            }
            if tries == TRIES {
                return best;
            }
            tries += 1;
            let mut smaller = best.0.clone();
            smaller.code = [&lines[..at], &lines[(at + size).min(lines.len())..]].concat().concat();
            let (ours, _) = trace_here(tracer, &smaller);
            // What does not even compile here is not worth the peer's time.
            let compiles = !ours.starts_with('\x1d') || wanted.contains("syntax_error");
            let theirs = if compiles { peer.ask(&smaller) } else { None };
            match theirs {
                Some(theirs) if judge(&ours, &theirs) == Verdict::Different && signature(&ours, &theirs) == wanted => {
                    best = (smaller, ours, theirs);
                }
                _ => at += size,
            }
        }
        size /= 2;
    }
    best
}
