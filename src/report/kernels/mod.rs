//! `kernels/REPORT.md`: what can be known of the CUDA kernels without a card.

pub mod architecture;
pub mod machine_code;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use crate::bench::kernels::catalogue::CATALOGUE;
use crate::bench::kernels::counters::{MOST_ATTENTION, MOST_BYTES, MOST_SECTORS, Measured, table};
use crate::device::cuda::dynamic_shared;
use architecture::{ARCHITECTURES, Architecture};
use machine_code::{CLASSES, HotLoop, Kernel};

/// The kernels as compiled for one architecture.
pub struct Build {
    pub architecture: Architecture,
    pub kernels: Vec<Kernel>,
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

/// Reads every architecture out of a directory that `kernels/build.sh` filled.
pub fn read(directory: &Path) -> Result<Vec<Build>> {
    ARCHITECTURES
        .into_iter()
        .map(|architecture| {
            Ok(Build {
                architecture,
                kernels: machine_code::read(directory, architecture.name)?,
            })
        })
        .collect()
}

/// What falls short: spills, fewer resident blocks than the launch bounds intend, the base's hot loops below their goal.
pub fn shortcomings(build: &Build) -> Vec<String> {
    let mut found = Vec::new();
    let on = build.architecture;
    for Kernel {
        name,
        resources,
        hot_loop,
        ..
    } in &build.kernels
    {
        let mut miss = |what: String| found.push(format!("{name} ({}): {what}", on.name));
        if resources.spilled_bytes > 0 {
            miss(format!("spills {} bytes of registers", resources.spilled_bytes));
        }
        let dynamic = dynamic_shared(name);
        let (resident, room) = (on.resident(resources, dynamic), on.room(resources, dynamic));
        if resources.intended == 0 {
            miss("its launch bounds name no number of blocks to a multiprocessor".to_string());
        }
        // Elsewhere than on the base, warps and shared memory may leave room for fewer; registers must not.
        let base = on == ARCHITECTURES[0];
        let wanted = if base {
            resources.intended
        } else {
            resources.intended.min(room)
        };
        if resident < wanted {
            miss(format!(
                "{resident} blocks fit on a multiprocessor, {wanted} are intended"
            ));
        }
        let share = hot_loop.as_ref().map_or(0.0, HotLoop::tensor_share);
        if let Some(goal) = goal(name).filter(|goal| base && share < *goal) {
            miss(format!(
                "{:.1} % of its hot loop are tensor instructions, {:.0} % are wanted",
                100.0 * share,
                100.0 * goal
            ));
        }
    }
    found
}

/// The page's beginning.
pub const TITLE: &str = "# The kernels without a card\n\n\
    Made by `kernels/build.sh` (through `codeexecutor kernels report --machine-code … --counters`); not edited by hand.\n";

/// Every kernel's contract, minimum, launcher, test and bench, as Markdown.
pub fn render_catalogue() -> String {
    let mut page = String::from(
        "\n## Kernels\n\n\
         `T` tokens (rows), `H` hidden, `V` vocabulary, `e` bytes per activation (2 or 4), `N` parameters. Bytes are what must cross \
         DRAM at least. Launchers lie in `src/device/cuda/`, tests in `tests/cuda_operations.rs` (against f64, outputs poisoned, memory, \
         race and barrier checks on); a bench is a line of `codeexecutor bench kernels`.\n\n\
         | kernels | contract | bytes | FLOPs | launcher | test | bench |\n|---|---|---|---|---|---|---|\n",
    );
    for entry in CATALOGUE {
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | `{}` | `{}` | {} |",
            entry.kernels.join(", "),
            entry.contract,
            entry.bytes,
            entry.flops,
            entry.launcher,
            entry.test,
            entry.bench
        );
    }
    page
}

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
pub fn render(builds: &[Build]) -> String {
    let mut page = String::from(
        "\n## Hot loops\n\n\
         From ptxas 13.5. The innermost loop with the most tensor instructions, as it stands for sm_80: instructions that a warp issues \
         per turn, and the tensor instructions' share of them. The share bounds the use of the tensor cores by issue slots alone. On the \
         right the share on the other architectures; goals are the base's.\n\n\
         | kernel | tensor share | goal | tensor / issued |",
    );
    for (name, _) in &CLASSES[1..] {
        let _ = write!(page, " {name} |");
    }
    page.push_str(" other |");
    let [base, others @ ..] = builds else { return page };
    for build in others {
        let _ = write!(page, " {} |", build.architecture.name);
    }
    page.push_str("\n|---|---|---|---|");
    page.push_str(&"---|".repeat(CLASSES.len() + others.len()));
    page.push('\n');
    for kernel in &base.kernels {
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
        let _ = write!(page, " {} |", found.issued - found.counts.iter().sum::<u32>());
        for build in others {
            let same = build.kernels.iter().find(|other| other.name == kernel.name);
            let share = same.and_then(|other| Some(other.hot_loop.as_ref()?.tensor_share()));
            let _ = write!(page, " {:.1} % |", 100.0 * share.unwrap_or(0.0));
        }
        page.push('\n');
    }
    page.push_str(
        "\n## Resources\n\n\
         For each architecture, from `ptxas -v`: registers per thread / bytes of shared memory per block, static and dynamic (of layer \
         norm's backward for 768 columns) / bytes spilled / blocks of the largest size that a multiprocessor holds, and the share of its \
         warps that they are. *Intended* is the number of blocks that the launch bounds in the source name; where an architecture's shared \
         memory or warps have no room for as many, registers must not be what is short. A tile that does not fit (0 blocks) is not \
         used there: the next smaller one is.\n\n\
         | module | kernel | threads | intended |",
    );
    for build in builds {
        let _ = write!(page, " {} |", build.architecture.name);
    }
    page.push_str("\n|---|---|---|---|");
    page.push_str(&"---|".repeat(builds.len()));
    page.push('\n');
    for (index, kernel) in base.kernels.iter().enumerate() {
        let Kernel {
            module,
            name,
            resources,
            ..
        } = kernel;
        let _ = write!(
            page,
            "| {module} | {name} | {} | {} |",
            resources.threads, resources.intended
        );
        for Build { architecture, kernels } in builds {
            let resources = &kernels[index].resources;
            let dynamic = dynamic_shared(name);
            let blocks = architecture.resident(resources, dynamic);
            let _ = write!(
                page,
                " {} / {} / {} / {blocks} ({:.0} %) |",
                resources.registers,
                resources.shared + dynamic,
                resources.spilled_bytes,
                100.0 * architecture.occupancy(resources, blocks)
            );
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use super::machine_code::Resources;
    use super::*;

    fn build(architecture: usize, name: &str, registers: u32, intended: u32) -> Build {
        Build {
            architecture: ARCHITECTURES[architecture],
            kernels: vec![Kernel {
                module: "m".into(),
                name: name.into(),
                resources: Resources {
                    registers,
                    threads: 256,
                    intended,
                    ..Resources::default()
                },
                hot_loop: None,
            }],
        }
    }

    #[test]
    fn what_falls_short_is_told() {
        assert_eq!(shortcomings(&build(0, "one", 32, 8)), Vec::<String>::new());
        // 48 warps have room for six such blocks; on the base eight were meant.
        assert_eq!(shortcomings(&build(1, "one", 32, 8)), Vec::<String>::new());
        assert_eq!(shortcomings(&build(1, "one", 64, 8)).len(), 1);
        assert_eq!(shortcomings(&build(0, "one", 40, 8)).len(), 1);
        assert_eq!(shortcomings(&build(0, "one", 40, 0)).len(), 1);
        let mut spilling = build(0, "gemm_nt_128x256", 255, 1);
        spilling.kernels[0].resources.spilled_bytes = 8;
        // It spills, and has no hot loop.
        assert_eq!(shortcomings(&spilling).len(), 2);
        assert!(render(&[spilling]).contains("| m | gemm_nt_128x256 | 256 | 1 | 255 / 147456 / 8 / 1 (12 %) |"));
    }
}
