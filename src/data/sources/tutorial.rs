//! Reads a Python tutorial as users have it: reStructuredText sources, or the HTML that is made from them.
//!
//! A doctest session (`>>> `) becomes statements: an expression whose value the session shows is printed. A code block is
//! taken as it stands. Blocks of one page build on each other, so each is completed by as few of the blocks before it as
//! let it run.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use python::{Limits, Status, Tracer};

use super::codenet::sorted_entries;
use super::{Program, Source};

/// Reads every `.rst`, `.txt` and `.html` file of a folder (or one such file) and completes its blocks into programs.
pub fn read(path: &Path, limits: &Limits) -> Result<Source> {
    let files = if path.is_dir() {
        sorted_entries(path)?
    } else {
        vec![path.to_owned()]
    };
    let mut programs = Vec::new();
    for file in files {
        let blocks = match file.extension().and_then(|extension| extension.to_str()) {
            Some("rst" | "txt") => blocks_of_text(&readable(&file)?),
            Some("html" | "htm") => blocks_of_html(&readable(&file)?),
            _ => continue,
        };
        let page = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        complete(&page, &blocks, limits, &mut programs);
    }
    if programs.is_empty() {
        bail!(
            "{}: no block of Python was found; wanted are .rst or .html files of a tutorial",
            path.display()
        );
    }
    Ok(Source {
        description: format!("tutorial ({})", path.display()),
        license: "as its documentation (Python's: PSF-2.0 and 0BSD)".to_owned(),
        programs,
    })
}

fn readable(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{}: cannot be read as UTF-8 text", path.display()))
}

/// Keeps each block that runs, alone or behind some of those before it.
fn complete(page: &str, blocks: &[String], limits: &Limits, programs: &mut Vec<Program>) {
    let mut tracer = Tracer::new();
    let mut runs = |source: &str| {
        let mut entries = Vec::new();
        let outcome = tracer.run(source, "", limits, &mut entries);
        outcome.status == Status::Ok && !entries.is_empty()
    };
    for index in 0..blocks.len() {
        // The block itself, then with its nearest predecessors: most need one definition that stands close by.
        for start in (index.saturating_sub(NEAREST)..=index).rev() {
            let source = blocks[start..=index].concat();
            if runs(&source) {
                programs.push(Program {
                    name: format!("{page}-{index:03}"),
                    source,
                    stdin: String::new(),
                });
                break;
            }
        }
    }
}

/// How many blocks before one are tried.
const NEAREST: usize = 6;

/// The blocks of reStructuredText: doctest sessions anywhere, and the literal blocks that parse as Python.
fn blocks_of_text(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if line.trim_start().starts_with(">>> ") {
            let margin = indentation(line);
            let end = lines[at..]
                .iter()
                .position(|line| !line.trim().is_empty() && indentation(line) < margin)
                .map_or(lines.len(), |length| at + length);
            push_block(session(&lines[at..end]), &mut blocks);
            at = end;
        } else if opens_literal_block(line) {
            let margin = indentation(line);
            let mut end = at + 1;
            while end < lines.len() && (lines[end].trim().is_empty() || indentation(lines[end]) > margin) {
                end += 1;
            }
            let body: Vec<&str> = lines[at + 1..end]
                .iter()
                .copied()
                .skip_while(|line| line.trim().is_empty() || is_option(line))
                .collect();
            if body.iter().any(|line| line.trim_start().starts_with(">>> ")) {
                push_block(session(&body), &mut blocks);
            } else {
                push_block(dedented(&body), &mut blocks);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    blocks
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_option(line: &str) -> bool {
    line.trim_start().starts_with(':')
}

fn opens_literal_block(line: &str) -> bool {
    let line = line.trim();
    match line.strip_prefix(".. ") {
        Some(directive) => {
            let mut words = directive.split_whitespace();
            matches!(
                words.next(),
                Some("code-block::" | "testcode::" | "sourcecode::" | "code::")
            ) && words.next().is_none_or(|language| language.starts_with("py"))
        }
        None => line.ends_with("::"),
    }
}

fn dedented(lines: &[&str]) -> String {
    let margin = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| indentation(line))
        .min()
        .unwrap_or(0);
    lines
        .iter()
        .map(|line| format!("{}\n", line.get(margin..).unwrap_or("").trim_end()))
        .collect()
}

/// The `<pre>` elements of a page that show Python.
fn blocks_of_html(html: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<pre>") {
        let language = rest[..start]
            .rfind("class=\"highlight-")
            .map(|at| &rest[at + 17..start]);
        let Some(length) = rest[start..].find("</pre>") else {
            break;
        };
        let text = plain_text(&rest[start + 5..start + length]);
        rest = &rest[start + length..];
        let python = language.is_none_or(|name| {
            ["python", "pycon", "default", "py3", "doctest"]
                .iter()
                .any(|known| name.starts_with(known))
        });
        if !python {
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        if lines.iter().any(|line| line.starts_with(">>> ")) {
            push_block(session(&lines), &mut blocks);
        } else {
            push_block(dedented(&lines), &mut blocks);
        }
    }
    blocks
}

/// The text of an HTML fragment: tags dropped, character references resolved.
fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with('<') { '>' } else { ';' };
        let Some(length) = rest.find(end) else { break };
        if end == ';' {
            match character(&rest[1..length]) {
                Some(character) => text.push(character),
                None => text.push_str(&rest[..=length]),
            }
        }
        rest = &rest[length + 1..];
    }
    text.push_str(rest);
    text
}

fn character(reference: &str) -> Option<char> {
    match reference {
        "gt" => Some('>'),
        "lt" => Some('<'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

fn push_block(source: String, blocks: &mut Vec<String>) {
    let parses = ruff_python_parser::parse_module(&source).is_ok_and(|module| !module.syntax().body.is_empty());
    if parses && !blocks.contains(&source) {
        blocks.push(source);
    }
}

/// The statements of a doctest session. An example that ends in a traceback is left out.
fn session(lines: &[&str]) -> String {
    let mut source = String::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(first) = lines[at].trim_start().strip_prefix(">>> ") else {
            at += 1;
            continue;
        };
        let margin = indentation(lines[at]);
        let mut example = format!("{}\n", first.trim_end());
        at += 1;
        while let Some(more) = lines
            .get(at)
            .and_then(|line| line.get(margin..))
            .and_then(|line| line.strip_prefix("..."))
        {
            example.push_str(more.strip_prefix(' ').unwrap_or(more).trim_end());
            example.push('\n');
            at += 1;
        }
        let mut shown: Vec<&str> = Vec::new();
        while let Some(line) = lines.get(at).map(|line| line.trim()) {
            if line.is_empty() || line.starts_with(">>>") {
                break;
            }
            shown.push(line);
            at += 1;
        }
        if !shown
            .first()
            .is_some_and(|line| line.starts_with("Traceback") || line.starts_with("File \""))
        {
            source.push_str(&statement(&example, shown.first().copied()));
        }
    }
    source
}

/// An example as a statement of a program: the session's echo of a value becomes a print of it.
fn statement(example: &str, shown: Option<&str>) -> String {
    let expression = ruff_python_parser::parse_expression(example.trim()).ok();
    match (expression, shown) {
        (Some(parsed), Some(shown)) => {
            let prints = matches!(&*parsed.syntax().body, ruff_python_ast::Expr::Call(call)
                if call.func.as_name_expr().is_some_and(|name| name.id == "print" || name.id == "help"));
            let comment = example.find("  #").filter(|_| !example.contains(['\'', '"']));
            let code = comment.map_or(example.trim(), |at| example[..at].trim());
            match (prints, shown.starts_with(['\'', '"'])) {
                (true, _) => example.to_owned(),
                (false, true) => format!("print(repr({code}))\n"),
                (false, false) => format!("print({code})\n"),
            }
        }
        _ => example.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "
Numbers
=======

Type this::

   >>> 2 + 2   # a sum
   4
   >>> name = 'x'
   >>> name * 3
   'xxx'
   >>> 1 / 0
   Traceback (most recent call last):
     ...
   ZeroDivisionError: division by zero
   >>> if name:
   ...     print(name)
   ...
   x

And code:

.. code-block:: python3
   :linenos:

   def twice(n):
       return 2 * n

.. code-block:: sh

   ls -l

It is used so:

   >>> twice(4)
   8
";

    #[test]
    fn sessions_and_code_blocks_of_text_are_found() {
        let blocks = blocks_of_text(REST);
        assert_eq!(
            blocks,
            [
                "print(2 + 2)\nname = 'x'\nprint(repr(name * 3))\nif name:\n    print(name)\n\n",
                "def twice(n):\n    return 2 * n\n\n",
                "print(twice(4))\n",
            ]
        );
    }

    #[test]
    fn the_same_of_a_page() {
        let html = "<div class=\"highlight-python3 notranslate\"><div class=\"highlight\"><pre><span></span>\
                    <span class=\"gp\">&gt;&gt;&gt; </span><span class=\"n\">a</span> <span>&amp;</span> <span>b</span>\n\
                    <span class=\"go\">0</span>\n</pre></div></div>\
                    <div class=\"highlight-shell\"><pre>ls\n</pre></div>\
                    <div class=\"highlight-default notranslate\"><pre>x = &#39;é&#x21;&#39;\n</pre></div>";
        assert_eq!(blocks_of_html(html), ["print(a & b)\n", "x = 'é!'\n"]);
    }
}
