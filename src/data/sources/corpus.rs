//! The corpora of the project's own programs, in the binary.

use include_dir::{Dir, include_dir};

use super::{Program, Source};

static CONTEST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus/contest");
static TUTORIAL: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus/tutorial");

/// Contest-style solutions, each with its input.
pub fn contest() -> Source {
    source(&CONTEST, "corpus/contest")
}

/// Short programs over the topics of a Python course.
pub fn tutorial() -> Source {
    source(&TUTORIAL, "corpus/tutorial")
}

fn source(directory: &Dir<'_>, description: &str) -> Source {
    let text = |path: &std::path::Path| directory.get_file(path).and_then(|file| file.contents_utf8());
    let mut programs: Vec<Program> = directory
        .files()
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "py"))
        .map(|file| Program {
            name: file.path().with_extension("").display().to_string(),
            source: file.contents_utf8().unwrap_or_default().to_owned(),
            stdin: text(&file.path().with_extension("in")).unwrap_or_default().to_owned(),
        })
        .collect();
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    Source {
        description: description.to_owned(),
        license: env!("CARGO_PKG_LICENSE").to_owned(),
        programs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corpora_hold_what_they_promise() {
        let (contest, tutorial) = (contest(), tutorial());
        assert!(contest.programs.len() >= 300 && tutorial.programs.len() >= 150);
        assert!(
            contest
                .programs
                .iter()
                .filter(|program| !program.stdin.is_empty())
                .count()
                >= 300
        );
        for program in contest.programs.iter().chain(&tutorial.programs) {
            assert!(
                ruff_python_parser::parse_module(&program.source).is_ok(),
                "{}",
                program.name
            );
        }
    }
}
