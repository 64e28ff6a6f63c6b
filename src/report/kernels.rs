//! `kernels/REPORT.md`: what the kernels' machine code says about them. Reads what `kernels/build.sh` leaves: for every
//! module `NAME.resources` (the words of `ptxas -v`) and `NAME.sass` (the text of `nvdisasm -c`).

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::bench::kernels::counters::{MOST_ATTENTION, MOST_BYTES, MOST_SECTORS, Measured, table};
use crate::device::cuda::dynamic_shared;

/// What ptxas says of a kernel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resources {
    pub registers: u32,
    pub spilled_bytes: u32,
    /// Static shared memory, bytes.
    pub shared: u32,
    /// Threads of a block at most, from the PTX.
    pub threads: u32,
}

impl Resources {
    /// Blocks of the largest size that one multiprocessor of sm_80 holds with `dynamic` bytes of dynamic shared memory:
    /// 65,536 registers, given to warps by 256; 164 KiB of shared memory, of which every block takes 1 KiB for the system;
    /// 2,048 threads; 32 blocks (CUDA C++ Programming Guide, "Compute Capabilities").
    pub fn resident_blocks(&self, dynamic: u32) -> u32 {
        let warps = self.threads.div_ceil(32).max(1);
        let registers = (self.registers.max(1) * 32).next_multiple_of(256) * warps;
        let shared = self.shared + dynamic + 1024;
        (65_536 / registers).min((164 << 10) / shared).min(64 / warps).min(32)
    }
}

/// Blocks that must be resident on a multiprocessor, by the beginning of a kernel's name; 2 of the others.
const RESIDENT: [(&str, u32); 7] = [
    ("gemm_nt_128", 1),
    ("gemm_nn_128", 1),
    ("gemm_tn_128", 1),
    ("attention_backward", 1),
    ("attention_forward", 2),
    // Rows wider than 4,096 columns alone take so large a block; each lane has 64 loads under way.
    ("embed_", 1),
    ("add_layer_norm_backward", 1),
];

/// Classes of machine instructions, in the order in which they are tried, with their mnemonics' beginnings.
const CLASSES: [(&str, &[&str]); 8] = [
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

/// Least shares of tensor instructions, by the beginning of a kernel's name and its end.
const GOALS: [(&str, &str, f64); 6] = [
    ("gemm_", "_128x256", 0.64),
    ("gemm_", "_128x128", 0.60),
    ("attention_forward_64", "_64", 0.18),
    ("attention_forward_64", "_dropout", 0.13),
    ("attention_backward_64", "_64", 0.24),
    ("attention_backward_64", "_dropout", 0.18),
];

/// The least share of tensor instructions that a kernel's hot loop must have.
pub fn goal(name: &str) -> Option<f64> {
    GOALS
        .iter()
        .find(|(start, end, _)| name.starts_with(start) && name.ends_with(end))
        .map(|goal| goal.2)
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

/// Reads the kernels' largest blocks off their PTX.
fn parse_threads(text: &str) -> HashMap<&str, u32> {
    let (mut threads, mut name) = (HashMap::new(), "");
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix(".visible .entry ") {
            name = rest.trim_end_matches('(');
        } else if let Some(rest) = line.strip_prefix(".maxntid ") {
            let sizes = rest.split(',').filter_map(|size| size.trim().parse::<u32>().ok());
            threads.insert(name, sizes.product());
        }
    }
    threads
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

/// Reads a directory that `kernels/build.sh` filled.
pub fn read(directory: &Path) -> Result<Vec<Kernel>> {
    let mut kernels = Vec::new();
    let entries = std::fs::read_dir(directory).with_context(|| directory.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "sass") {
            continue;
        }
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let words = path.with_extension("resources");
        let words = std::fs::read_to_string(&words).with_context(|| words.display().to_string())?;
        let mut resources = parse_resources(&words);
        let ptx = path.with_extension("ptx");
        let ptx = std::fs::read_to_string(&ptx).with_context(|| ptx.display().to_string())?;
        for (name, threads) in parse_threads(&ptx) {
            resources.entry(name.to_string()).or_default().threads = threads;
        }
        for (name, body) in functions(&text) {
            kernels.push(Kernel {
                module: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                resources: resources.remove(&name).unwrap_or_default(),
                hot_loop: hot_loop(&body),
                name,
            });
        }
    }
    ensure!(
        !kernels.is_empty(),
        "{}: holds no disassembly (*.sass): run kernels/build.sh, which leaves it in target/kernels/output",
        directory.display()
    );
    kernels.sort_by(|a, b| (&a.module, &a.name).cmp(&(&b.module, &b.name)));
    Ok(kernels)
}

/// What falls short: spills, and hot loops below their goal.
pub fn shortcomings(kernels: &[Kernel]) -> Vec<String> {
    let mut found = Vec::new();
    for kernel in kernels {
        if kernel.resources.spilled_bytes > 0 {
            found.push(format!(
                "{} spills {} bytes of registers",
                kernel.name, kernel.resources.spilled_bytes
            ));
        }
        let resident = kernel.resources.resident_blocks(dynamic_shared(&kernel.name));
        let wanted = RESIDENT
            .iter()
            .find(|(start, _)| kernel.name.starts_with(start))
            .map_or(2, |(_, blocks)| *blocks);
        if resident < wanted {
            found.push(format!(
                "{}: {resident} blocks fit on a multiprocessor, {wanted} are wanted",
                kernel.name
            ));
        }
        let share = kernel.hot_loop.as_ref().map_or(0.0, HotLoop::tensor_share);
        if let Some(goal) = goal(&kernel.name).filter(|goal| share < *goal) {
            found.push(format!(
                "{}: {:.1} % of its hot loop are tensor instructions, {:.0} % are wanted",
                kernel.name,
                100.0 * share,
                100.0 * goal
            ));
        }
    }
    found
}

/// The page's beginning.
pub const TITLE: &str = "# The kernels without a card\n\n\
    Made by `kernels/build.sh` (through `codeexecutor kernels report --machine-code … --counters`); not edited by hand.\n\n";

/// What the software device counted, as Markdown.
pub fn render_counters(measured: &[Measured]) -> String {
    format!(
        "\n## Counters\n\n\
         Each bf16 kernel on the software device (`codeexecutor kernels report --counters`), shapes as named. A *sector* is 32 bytes: \
         four for 128 bytes that a warp asks for is full coalescing (fewer: lanes that ask for the same), at most {MOST_SECTORS} are \
         wanted. *Moved* are distinct bytes read and distinct bytes written, which cross DRAM once each; for kernels that memory bounds they may be \
         {MOST_BYTES} times what the operation's operands and results hold. Attention may execute {MOST_ATTENTION} times the operations \
         that the packed batch's prefix mask needs (4 or 10 per visible pair and column). No bank conflicts are allowed.\n\n{}",
        table(measured)
    )
}

/// Machine code as Markdown.
pub fn render(kernels: &[Kernel]) -> String {
    let mut page = String::from(
        "From ptxas 13.5 for sm_80.\n\n\
         ## Hot loops\n\n\
         The innermost loop with the most tensor instructions, as it stands: instructions that a warp issues per turn, and the \
         tensor instructions' share of them. The share bounds the use of the tensor cores by issue slots alone.\n\n\
         | kernel | tensor share | goal | tensor / issued |",
    );
    for (name, _) in &CLASSES[1..] {
        let _ = write!(page, " {name} |");
    }
    page.push_str(" other |\n|---|---|---|---|");
    page.push_str(&"---|".repeat(CLASSES.len()));
    page.push('\n');
    for kernel in kernels {
        let Some(found) = &kernel.hot_loop else { continue };
        let goal = goal(&kernel.name).map_or(String::from("–"), |goal| format!("{:.0} %", 100.0 * goal));
        let share = 100.0 * found.tensor_share();
        let _ = write!(
            page,
            "| {} | {share:.1} % | {goal} | {} / {} |",
            kernel.name, found.counts[0], found.issued
        );
        for count in &found.counts[1..] {
            let _ = write!(page, " {count} |");
        }
        let _ = writeln!(page, " {} |", found.issued - found.counts.iter().sum::<u32>());
    }
    page.push_str(
        "\n## Resources\n\n\
         Registers per thread, bytes spilled, static and dynamic shared memory per block (of layer norm's backward for 768 columns), \
         threads of the largest block, and how many such blocks and what share of its 64 warps a multiprocessor of sm_80 holds.\n\n\
         | module | kernel | registers | spilled | static shared | dynamic shared | threads | blocks | occupancy |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for kernel in kernels {
        let Resources {
            registers,
            spilled_bytes,
            shared,
            threads,
        } = kernel.resources;
        let dynamic = dynamic_shared(&kernel.name);
        let blocks = kernel.resources.resident_blocks(dynamic);
        let _ = writeln!(
            page,
            "| {} | {} | {registers} | {spilled_bytes} | {shared} | {dynamic} | {threads} | {blocks} | {:.0} % |",
            kernel.module,
            kernel.name,
            100.0 * f64::from(blocks * threads.div_ceil(32)) / 64.0
        );
    }
    page
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
                threads: 0,
            }
        );
        let kernel = Kernel {
            module: "m".into(),
            name: "gemm_nt_128x256".into(),
            resources: one,
            hot_loop: hot_loop(BODY),
        };
        assert_eq!(shortcomings(&[kernel]).len(), 2);
    }

    #[test]
    fn residency_is_bound_by_what_runs_out_first() {
        let text = ".visible .entry one(\n)\n.maxntid 256, 1, 1\n{\n";
        assert_eq!(parse_threads(text)["one"], 256);
        let of = |registers, shared, dynamic| {
            let resources = Resources {
                registers,
                shared,
                threads: 256,
                ..Resources::default()
            };
            resources.resident_blocks(dynamic)
        };
        assert_eq!(
            (of(255, 0, 0), of(32, 0, 0), of(32, 40_000, 0), of(32, 0, 98_304)),
            (1, 8, 4, 1)
        );
    }
}
