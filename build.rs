//! Embeds `kernels/ptx`: the text of every module and which module holds which kernel. Looks for no GPU and no toolkit.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let directory = Path::new("kernels/ptx");
    println!("cargo::rerun-if-changed={}", directory.display());
    let mut paths: Vec<_> = std::fs::read_dir(directory)
        .expect("kernels/ptx is part of the source")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "ptx"))
        .collect();
    paths.sort();
    let (mut modules, mut kernels) = (String::new(), Vec::new());
    for (index, path) in paths.iter().enumerate() {
        let text = std::fs::read_to_string(path).expect("PTX is text");
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let absolute = path.canonicalize().expect("the file was just read");
        writeln!(modules, "    ({name:?}, include_str!({absolute:?})),").expect("writing to a string");
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix(".visible .entry ") {
                kernels.push((rest.trim_end_matches('(').trim().to_string(), index));
            }
        }
    }
    kernels.sort();
    let mut table = String::new();
    for (name, index) in &kernels {
        writeln!(table, "    ({name:?}, {index}),").expect("writing to a string");
    }
    let source = format!(
        "/// Name and PTX text of every module.\npub static MODULES: &[(&str, &str)] = &[\n{modules}];\n\
         /// Every kernel with its module's place in [`MODULES`], by name.\n\
         pub static KERNELS: &[(&str, usize)] = &[\n{table}];\n"
    );
    let output = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&output).join("kernels.rs"), source).expect("OUT_DIR is writable");
}
