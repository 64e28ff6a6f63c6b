//! What the kernels' machine code says of them. Reads what `kernels/build.sh` leaves: `NAME.ptx`, and for every
//! architecture and module `ARCHITECTURE/NAME.resources` (the words of `ptxas -v`) and `NAME.sass` (the text of `nvdisasm -c`).

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// What ptxas says of a kernel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resources {
    pub registers: u32,
    pub spilled_bytes: u32,
    /// Static shared memory, bytes.
    pub shared: u32,
    /// Threads of a block at most, from the PTX.
    pub threads: u32,
    /// Blocks that are to live on a multiprocessor together, as the source's launch bounds have it, from the PTX.
    pub intended: u32,
}

/// Classes of machine instructions, in the order in which they are tried, with their mnemonics' beginnings.
pub const CLASSES: [(&str, &[&str]); 8] = [
    ("tensor", &["HMMA", "IMMA", "BMMA", "HGMMA", "IGMMA", "QGMMA"]),
    ("matrix loads", &["LDSM"]),
    ("shared", &["LDS", "STS"]),
    ("async copies", &["LDGSTS", "UTMALDG", "UBLKCP"]),
    ("global", &["LDG", "STG", "RED", "ATOM"]),
    ("special", &["MUFU"]),
    (
        "float",
        &[
            "FFMA", "FADD", "FMUL", "FMNMX", "FSEL", "FSETP", "HFMA2", "HADD2", "HMUL2", "F2F",
        ],
    ),
    ("local", &["LDL", "STL"]),
];

/// The innermost loop with the most tensor instructions (or else float ones), as it stands in the machine code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HotLoop {
    pub issued: u32,
    /// By class, as in [`CLASSES`]; the rest of `issued` is addresses, conversions, branches, waiting.
    pub counts: [u32; CLASSES.len()],
}

impl HotLoop {
    /// Share of tensor instructions among all that a warp issues in the loop.
    pub fn tensor_share(&self) -> f64 {
        f64::from(self.counts[0]) / f64::from(self.issued.max(1))
    }
}

/// One kernel's figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kernel {
    pub module: String,
    pub name: String,
    pub resources: Resources,
    pub hot_loop: Option<HotLoop>,
}

fn number_before(text: &str, words: &str) -> Option<u32> {
    let end = text.find(words)?;
    text[..end]
        .trim_end()
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

/// Reads the words of `ptxas -v`: kernel by kernel.
pub fn parse_resources(text: &str) -> HashMap<String, Resources> {
    let (mut kernels, mut name) = (HashMap::new(), String::new());
    for line in text.lines() {
        if let Some(rest) = line.split("Compiling entry function '").nth(1) {
            name = rest.split('\'').next().unwrap_or_default().to_string();
        }
        let entry: &mut Resources = kernels.entry(name.clone()).or_default();
        if let Some(stores) = number_before(line, " bytes spill stores") {
            entry.spilled_bytes = stores + number_before(line, " bytes spill loads").unwrap_or(0);
        }
        if let Some(rest) = line.split("Used ").nth(1) {
            entry.registers = number_before(rest, " registers").unwrap_or(0);
            entry.shared = number_before(rest, " bytes smem").unwrap_or(0);
        }
    }
    kernels.remove("");
    kernels
}

/// Reads the kernels' launch bounds off their PTX: threads of the largest block, and blocks to a multiprocessor.
pub fn parse_bounds(text: &str) -> HashMap<&str, (u32, u32)> {
    let (mut bounds, mut name) = (HashMap::<&str, (u32, u32)>::new(), "");
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix(".visible .entry ") {
            name = rest.trim_end_matches('(');
        } else if let Some(rest) = line.strip_prefix(".maxntid ") {
            let sizes = rest.split(',').filter_map(|size| size.trim().parse::<u32>().ok());
            bounds.entry(name).or_default().0 = sizes.product();
        } else if let Some(rest) = line.strip_prefix(".minnctapersm ") {
            bounds.entry(name).or_default().1 = rest.trim().parse().unwrap_or(0);
        }
    }
    bounds
}

/// One instruction: its mnemonic and, of a branch, where it goes.
struct Instruction<'a> {
    mnemonic: &'a str,
    target: Option<&'a str>,
}

fn parse_instruction(line: &str) -> Option<Instruction<'_>> {
    let rest = line.trim_start().strip_prefix("/*")?;
    let (address, rest) = rest.split_once("*/")?;
    if address.len() < 4 || !address.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let mut words = rest.split_whitespace();
    let mut mnemonic = words.next()?;
    if mnemonic.starts_with('@') {
        mnemonic = words.next()?;
    }
    let mnemonic = mnemonic.trim_end_matches(';');
    let target = mnemonic
        .starts_with("BRA")
        .then(|| rest.split("`(").nth(1)?.split(')').next())
        .flatten();
    Some(Instruction { mnemonic, target })
}

fn class(mnemonic: &str) -> Option<usize> {
    // LDSM and LDGSTS begin like LDS and LDG do: what is tried first decides, and whole parts are compared.
    let stem = mnemonic.split('.').next().unwrap_or(mnemonic);
    CLASSES.iter().position(|(_, stems)| stems.contains(&stem))
}

/// Finds the hot loop in a function's disassembly. A loop is a backward branch; it is innermost when no other loop with
/// tensor instructions lies in it.
pub fn hot_loop(body: &str) -> Option<HotLoop> {
    let (mut instructions, mut labels) = (Vec::new(), HashMap::new());
    for line in body.lines() {
        let trimmed = line.trim();
        if let Some(label) = trimmed.strip_suffix(':').filter(|label| label.starts_with(".L")) {
            labels.insert(label, instructions.len());
        } else if let Some(instruction) = parse_instruction(line) {
            instructions.push(instruction);
        }
    }
    let loops: Vec<(usize, usize)> = instructions
        .iter()
        .enumerate()
        .filter_map(|(at, instruction)| {
            let start = *labels.get(instruction.target?)?;
            (start <= at).then_some((start, at + 1))
        })
        .collect();
    let tensor = |(start, end): (usize, usize)| {
        instructions[start..end]
            .iter()
            .filter(|one| class(one.mnemonic) == Some(0))
            .count()
    };
    let innermost = |outer: (usize, usize)| {
        !loops
            .iter()
            .any(|inner| *inner != outer && inner.0 >= outer.0 && inner.1 <= outer.1 && tensor(*inner) > 0)
    };
    let mut best: Option<(usize, (usize, usize))> = None;
    for candidate in loops
        .iter()
        .copied()
        .filter(|candidate| tensor(*candidate) > 0 && innermost(*candidate))
    {
        if best.is_none_or(|(most, _)| tensor(candidate) > most) {
            best = Some((tensor(candidate), candidate));
        }
    }
    let (start, end) = best?.1;
    let mut found = HotLoop {
        issued: (end - start) as u32,
        ..HotLoop::default()
    };
    for instruction in &instructions[start..end] {
        if let Some(class) = class(instruction.mnemonic) {
            found.counts[class] += 1;
        }
    }
    Some(found)
}

/// The functions of a disassembly: name and text.
fn functions(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let section = line
            .trim_start()
            .trim_start_matches('/')
            .trim_start_matches('-')
            .trim_start();
        if line.trim_start().starts_with("//-") {
            let name = section
                .strip_prefix(".text.")
                .and_then(|rest| rest.split_whitespace().next());
            found.push((name.unwrap_or_default().to_string(), String::new()));
        } else if let Some((_, body)) = found.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    found.retain(|(name, _)| !name.is_empty());
    found
}

/// Reads the kernels of one architecture out of a directory that `kernels/build.sh` filled.
pub fn read(directory: &Path, architecture: &str) -> Result<Vec<Kernel>> {
    let mut kernels = Vec::new();
    let folder = directory.join(architecture);
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "sass") {
            continue;
        }
        let text = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
        let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut resources = parse_resources(&text(&path.with_extension("resources"))?);
        for (name, (threads, intended)) in parse_bounds(&text(&directory.join(format!("{module}.ptx")))?) {
            let entry = resources.entry(name.to_string()).or_default();
            (entry.threads, entry.intended) = (threads, intended);
        }
        for (name, body) in functions(&text(&path)?) {
            kernels.push(Kernel {
                module: module.clone(),
                resources: resources.remove(&name).unwrap_or_default(),
                hot_loop: hot_loop(&body),
                name,
            });
        }
    }
    ensure!(
        !kernels.is_empty(),
        "{}: holds no disassembly (*.sass): run kernels/build.sh, which leaves it in target/kernels/output",
        folder.display()
    );
    kernels.sort_by(|a, b| (&a.module, &a.name).cmp(&(&b.module, &b.name)));
    Ok(kernels)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "
        /*0000*/                   MOV R1, c[0x0][0x28] ;
.L_x_1:
        /*0010*/                   LDSM.16.M88.4 R4, [R2] ;
        /*0020*/              @!P0 HMMA.16816.F32.BF16 R8, R4, R6, R8 ;
        /*0030*/                   HMMA.16816.F32.BF16 R8, R4, R6, R8 ;
        /*0040*/               @P0 LDGSTS.E.BYPASS.128 [R3], [R10.64] ;
        /*0050*/               @P0 BRA `(.L_x_1) ;
        /*0060*/                   BRA `(.L_x_2) ;
.L_x_2:
        /*0070*/                   EXIT ;
";

    #[test]
    fn the_hot_loop_is_read_off_the_disassembly() {
        let found = hot_loop(BODY).expect("a loop");
        assert_eq!(
            (found.issued, found.counts[0], found.counts[1], found.counts[3]),
            (5, 2, 1, 1)
        );
        assert!((found.tensor_share() - 0.4).abs() < 1e-9);
        assert_eq!(hot_loop("        /*0000*/  EXIT ;"), None);
        let text = format!("\t.headerflags\n//--------------------- .text.one --------------------------\n{BODY}");
        assert_eq!(functions(&text).len(), 1);
        assert_eq!(functions(&text)[0].0, "one");
    }

    #[test]
    fn resources_are_read_off_ptxas() {
        let text = "ptxas info    : Compiling entry function 'one' for 'sm_80'\n\
                    ptxas info    : Function properties for one\n\
                    \x20   24 bytes stack frame, 8 bytes spill stores, 4 bytes spill loads\n\
                    ptxas info    : Used 255 registers, used 1 barriers, 32 bytes smem, 472 bytes cmem[0]\n";
        let one = parse_resources(text).remove("one").expect("kernel");
        assert_eq!(
            one,
            Resources {
                registers: 255,
                spilled_bytes: 12,
                shared: 32,
                ..Resources::default()
            }
        );
        let text = ".visible .entry one(\n)\n.maxntid 64, 2, 1\n.minnctapersm 3\n{\n.visible .entry two(\n)\n{\n";
        assert_eq!(parse_bounds(text), HashMap::from([("one", (128, 3))]));
    }
}
