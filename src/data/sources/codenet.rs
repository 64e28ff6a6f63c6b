//! Submissions with inputs: Project CodeNet's folder layout (Puri et al., NeurIPS 2021), or a plain folder of programs.
//!
//! ```text
//! data/p00001/Python/s123.py                     NAME.py
//! derived/input_output/data/p00001/input.txt     NAME.in  (optional)
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Program, Source, UNKNOWN_LICENSE};

/// Reads the programs below `root`, in the order of their names. A CodeNet problem without a sample input is left out.
pub fn read(root: &Path) -> Result<Source> {
    let mut programs = Vec::new();
    let problems = root.join("data");
    let (description, license) = if problems.is_dir() {
        for problem in sorted_entries(&problems)? {
            let submissions = problem.join("Python");
            let Some(name) = problem.file_name().filter(|_| submissions.is_dir()) else {
                continue;
            };
            let input = root.join("derived/input_output/data").join(name).join("input.txt");
            let Ok(stdin) = fs::read_to_string(&input) else {
                continue;
            };
            let problem = name.to_string_lossy();
            push_programs(&submissions, &mut programs, |stem| {
                (format!("{problem}/{stem}"), stdin.clone())
            })?;
        }
        ("Project CodeNet", "CDLA-Permissive-2.0 (Project CodeNet)")
    } else {
        push_programs(root, &mut programs, |stem| {
            let input = fs::read_to_string(root.join(format!("{stem}.in"))).unwrap_or_default();
            (stem.to_owned(), input)
        })?;
        ("a folder of programs", UNKNOWN_LICENSE)
    };
    if programs.is_empty() {
        bail!(
            "{}: holds no programs; wanted are *.py with *.in beside them, or CodeNet's data/pNNNNN/Python/*.py with \
             derived/input_output/data/pNNNNN/input.txt",
            root.display()
        );
    }
    Ok(Source {
        description: format!("{description} ({})", root.display()),
        license: license.to_owned(),
        programs,
    })
}

/// Adds every `*.py` of `directory` that is UTF-8; submissions in other encodings are no loss.
fn push_programs(
    directory: &Path,
    programs: &mut Vec<Program>,
    name_and_stdin: impl Fn(&str) -> (String, String),
) -> Result<()> {
    for path in sorted_entries(directory)? {
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let Some(stem) = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()) else {
            continue;
        };
        if let Ok(source) = fs::read_to_string(&path) {
            let (name, stdin) = name_and_stdin(&stem);
            programs.push(Program { name, source, stdin });
        }
    }
    Ok(())
}

pub(in crate::data) fn sorted_entries(directory: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = || format!("{}: cannot be read as a folder", directory.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).with_context(unreadable)? {
        paths.push(entry.with_context(unreadable)?.path());
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn codenet_and_plain_folders_are_read() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "data/p00002/Python/s9.py", "print(input())\n");
        write(root.path(), "data/p00001/Python/s2.py", "print(2)\n");
        write(root.path(), "data/p00001/Python/s1.py", "print(1)\n");
        write(root.path(), "data/p00001/C++/s1.cpp", "int main(){}\n");
        write(root.path(), "data/p00003/Python/s3.py", "no_input()\n");
        write(root.path(), "derived/input_output/data/p00001/input.txt", "1 2\n");
        write(root.path(), "derived/input_output/data/p00002/input.txt", "x\n");
        let names: Vec<String> = read(root.path())
            .unwrap()
            .programs
            .into_iter()
            .map(|p| p.name)
            .collect();
        assert_eq!(names, ["p00001/s1", "p00001/s2", "p00002/s9"]);

        let plain = tempfile::tempdir().unwrap();
        write(plain.path(), "b.py", "print(1)\n");
        write(plain.path(), "a.py", "print(input())\n");
        write(plain.path(), "a.in", "7\n");
        let programs = read(plain.path()).unwrap().programs;
        assert_eq!((programs[0].name.as_str(), programs[0].stdin.as_str()), ("a", "7\n"));
        assert_eq!((programs[1].name.as_str(), programs[1].stdin.as_str()), ("b", ""));
    }

    #[test]
    fn an_empty_folder_is_an_error_that_says_what_is_wanted() {
        let root = tempfile::tempdir().unwrap();
        let error = read(root.path()).unwrap_err().to_string();
        assert!(error.contains("holds no programs") && error.contains("*.in"), "{error}");
        assert!(read(&root.path().join("missing")).is_err());
    }
}
