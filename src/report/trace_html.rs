//! A trace as one page of HTML that steps through it: nothing else is needed to look at it.

use python::{Status, Trace};
use serde_json::json;

const PAGE: &str = include_str!("trace.html");

/// The page of a program's trace: source on the left, the state after the chosen step on the right, output below. Steps are
/// chosen by slider, keys and clicks on lines.
pub fn trace_html(title: &str, source: &str, trace: &Trace) -> String {
    let steps: Vec<_> = trace
        .entries
        .iter()
        .map(|entry| json!({"line": entry.line, "state": entry.state, "output": entry.output, "previous": entry.previous}))
        .collect();
    let end = match (&trace.status, &trace.exception) {
        (Status::Ok, _) => String::new(),
        (Status::Exception, Some(e)) => format!("raised {}: {} on line {}", e.type_name, e.message, e.line + 1),
        (_, Some(e)) => format!("stopped: {} on line {}", e.message, e.line + 1),
        _ => "stopped at a limit".to_owned(),
    };
    let data = json!({
        "title": title,
        "source": source.lines().collect::<Vec<_>>(),
        "steps": steps,
        "end": end,
    });
    // Within a script element no `<` of the program may be read as markup.
    let data = data.to_string().replace('<', "\\u003c");
    PAGE.replacen("{{title}}", &escaped(title), 1)
        .replacen("{{data}}", &data, 1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_cannot_break_out_of_its_page() {
        let source = "s = '</script><script>alert(1)</script>'\nprint(s)\n1 // 0\n";
        let trace = python::trace(source, "", &python::Limits::default());
        let page = trace_html("<b>.py", source, &trace);
        assert_eq!(page.matches("</script>").count(), 1);
        assert!(page.contains("<title>&lt;b&gt;.py") && page.contains("raised ZeroDivisionError"));
        assert!(!page.contains("{{"));
        // Nothing is loaded from elsewhere.
        assert!(!page.contains("http") && !page.contains("src="));
    }
}
