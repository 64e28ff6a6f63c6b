//! Mutation of Python programs, on the syntax tree.
//!
//! Mutants multiply realistic programs into training data (CodeExecutor, Liu et al. 2023, section 3.2). Each
//! [`Operator`] offers replacements for the nodes of a program; a [`Mutator`] draws among them by seed. A mutant is a tree
//! whose ranges are those of its own source text, so it compiles without being parsed again.
//!
//! ```
//! use python::mutate::{Mutator, OPERATORS};
//!
//! let program = ruff_python_parser::parse_module("total = 0\nfor n in range(3):\n    total += n\n").unwrap();
//! let mutator = Mutator::new(OPERATORS.iter().collect());
//! for mutant in mutator.sample(program.syntax(), 5, 42) {
//!     println!("{}\n{}", mutant.operators.join(" "), mutant.source);
//! }
//! ```

mod operators;
mod scope;
mod walk;

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use ruff_python_ast::ModModule;

use crate::unparse::{Unprintable, unparse};
pub use operators::{Context, OPERATORS, Operator, Origin, operator};
use walk::Edit;

/// A program that one or more operators changed.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The tree; its ranges are positions in `source`.
    pub module: ModModule,
    pub source: String,
    /// The codes of the operators that were applied, in order.
    pub operators: Vec<&'static str>,
}

/// Draws mutants of programs.
#[derive(Debug, Clone)]
pub struct Mutator {
    operators: Vec<&'static Operator>,
    /// How likely each operator is drawn, beside the others that apply.
    weights: Vec<f64>,
    order: usize,
}

impl Mutator {
    /// First-order mutants by `operators`, each as likely as any other.
    pub fn new(operators: Vec<&'static Operator>) -> Mutator {
        let weights = vec![1.0; operators.len()];
        Mutator {
            operators,
            weights,
            order: 1,
        }
    }

    /// Sets how many operators are applied, one after another, to make a mutant (at least 1).
    pub fn with_order(mut self, order: usize) -> Mutator {
        self.order = order.max(1);
        self
    }

    /// Sets the weight of each operator, in the order of [`Mutator::new`]'s list; those not named, negative or not finite
    /// count as 0: such an operator is never drawn.
    pub fn with_weights(mut self, weights: &[f64]) -> Mutator {
        for (index, weight) in self.weights.iter_mut().enumerate() {
            *weight = weights
                .get(index)
                .copied()
                .filter(|w| w.is_finite() && *w > 0.0)
                .unwrap_or(0.0);
        }
        self
    }

    /// All first-order mutants of `module`, without duplicates and without the program itself.
    pub fn all(&self, module: &ModModule) -> Vec<Mutant> {
        let mut module = module.clone();
        let mut seen = Seen::with(&module);
        walk::edits(&mut module, &self.operators)
            .into_iter()
            .filter_map(|edit| seen.new_mutant(changed(&module, &[], edit).ok()?))
            .collect()
    }

    /// Up to `count` different mutants of `module`, none of them the program itself. An operator is drawn by weight
    /// first, then one of its places: an operator that applies everywhere does not crowd out the others. The same seed
    /// gives the same mutants.
    pub fn sample(&self, module: &ModModule, count: usize, seed: u64) -> Vec<Mutant> {
        let mut random = Random(seed);
        let mut module = module.clone();
        let mut seen = Seen::with(&module);
        let mut first = Draw::new(self, &mut module);
        let mut mutants = Vec::new();
        // A higher order has more mutants than can be listed: give up when many draws in a row bring nothing new.
        let mut misses = 0;
        while mutants.len() < count && misses < 32 + count {
            let edit = match self.order {
                1 => first.take(&mut random),
                _ => first.peek(&mut random),
            };
            let Some(edit) = edit else { break };
            let mutant = self.grow(&module, edit, &mut random);
            match mutant.ok().and_then(|mutant| seen.new_mutant(mutant)) {
                Some(mutant) => {
                    mutants.push(mutant);
                    misses = 0;
                }
                None => misses += 1,
            }
        }
        mutants
    }

    /// Applies `edit`, then draws the further edits that the order asks for, each on the result of the one before.
    fn grow(&self, module: &ModModule, edit: Edit, random: &mut Random) -> Result<Mutant, Unprintable> {
        let mut mutant = changed(module, &[], edit)?;
        for _ in 1..self.order {
            let mut draw = Draw::new(self, &mut mutant.module);
            let Some(edit) = draw.take(random) else { break };
            mutant = changed(&mutant.module, &mutant.operators, edit)?;
        }
        Ok(mutant)
    }
}

fn changed(module: &ModModule, before: &[&'static str], edit: Edit) -> Result<Mutant, Unprintable> {
    let mut module = module.clone();
    let operators = before.iter().copied().chain([edit.operator.code]).collect();
    walk::apply(&mut module, edit.place, edit.replacement);
    let source = unparse(&mut module)?;
    Ok(Mutant {
        module,
        source,
        operators,
    })
}

/// The sources that were seen, as hashes.
struct Seen(HashSet<u64>);

impl Seen {
    fn with(module: &ModModule) -> Seen {
        let mut seen = Seen(HashSet::new());
        if let Ok(source) = unparse(&mut module.clone()) {
            seen.insert(&source);
        }
        seen
    }

    fn insert(&mut self, source: &str) -> bool {
        self.0
            .insert(BuildHasherDefault::<DefaultHasher>::default().hash_one(source))
    }

    fn new_mutant(&mut self, mutant: Mutant) -> Option<Mutant> {
        self.insert(&mutant.source).then_some(mutant)
    }
}

/// The edits that are left to draw, by operator.
struct Draw {
    groups: Vec<(f64, Vec<Edit>)>,
}

impl Draw {
    fn new(mutator: &Mutator, module: &mut ModModule) -> Draw {
        let mut groups: Vec<(f64, Vec<Edit>)> = mutator.weights.iter().map(|&weight| (weight, Vec::new())).collect();
        for edit in walk::edits(module, &mutator.operators) {
            if let Some(index) = mutator
                .operators
                .iter()
                .position(|operator| operator.code == edit.operator.code)
            {
                groups[index].1.push(edit);
            }
        }
        groups.retain(|(weight, edits)| *weight > 0.0 && !edits.is_empty());
        Draw { groups }
    }

    fn place(&self, random: &mut Random) -> Option<(usize, usize)> {
        let total: f64 = self.groups.iter().map(|(weight, _)| weight).sum();
        let mut point = random.unit() * total;
        let last = self.groups.len().checked_sub(1)?;
        let group = self
            .groups
            .iter()
            .position(|(weight, _)| {
                point -= weight;
                point < 0.0
            })
            .unwrap_or(last);
        Some((group, random.below(self.groups[group].1.len())))
    }

    fn take(&mut self, random: &mut Random) -> Option<Edit> {
        let (group, index) = self.place(random)?;
        let edit = self.groups[group].1.swap_remove(index);
        if self.groups[group].1.is_empty() {
            self.groups.remove(group);
        }
        Some(edit)
    }

    fn peek(&self, random: &mut Random) -> Option<Edit> {
        let (group, index) = self.place(random)?;
        Some(self.groups[group].1[index].clone())
    }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): small, seedable, good enough to draw places with.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "
def best(values, low=0):
    top = low
    for i, v in enumerate(values):
        if v > top and i % 2 == 0:
            top = v
    return top
print(best([3, 1, 4, 1, 5], low=2))
";

    fn program() -> ModModule {
        ruff_python_parser::parse_module(PROGRAM).unwrap().into_syntax()
    }

    fn mutator() -> Mutator {
        Mutator::new(OPERATORS.iter().collect())
    }

    #[test]
    fn the_same_seed_gives_the_same_mutants() {
        let sources = |seed| -> Vec<String> {
            mutator()
                .sample(&program(), 50, seed)
                .into_iter()
                .map(|mutant| mutant.source)
                .collect()
        };
        assert_eq!(sources(7), sources(7));
        assert_ne!(sources(7), sources(8));
        assert_eq!(sources(7).len(), 50);
    }

    #[test]
    fn mutants_differ_from_each_other_and_from_the_program() {
        let mutants = mutator().all(&program());
        let mut sources: HashSet<&str> = mutants.iter().map(|mutant| mutant.source.as_str()).collect();
        assert_eq!(sources.len(), mutants.len());
        assert!(sources.insert(&unparse(&mut program()).unwrap()));
        assert!(mutants.len() > 100, "{}", mutants.len());
    }

    #[test]
    fn sampling_everything_gives_all() {
        let all: HashSet<String> = mutator()
            .all(&program())
            .into_iter()
            .map(|mutant| mutant.source)
            .collect();
        let drawn: HashSet<String> = mutator()
            .sample(&program(), usize::MAX / 2, 1)
            .into_iter()
            .map(|mutant| mutant.source)
            .collect();
        assert_eq!(all, drawn);
    }

    #[test]
    fn a_mutant_stands_where_its_source_says() {
        for mutator in [mutator(), mutator().with_order(2)] {
            for mutant in mutator.sample(&program(), 200, 3) {
                let mut again = ruff_python_parser::parse_module(&mutant.source).unwrap().into_syntax();
                assert_eq!(unparse(&mut again).unwrap(), mutant.source);
            }
        }
    }

    #[test]
    fn the_second_order_applies_two_operators() {
        let mutants = mutator().with_order(2).sample(&program(), 100, 9);
        assert_eq!(mutants.len(), 100);
        assert!(mutants.iter().all(|mutant| mutant.operators.len() == 2));
    }

    #[test]
    fn an_operator_without_weight_is_never_drawn() {
        let chosen: Vec<&'static Operator> = ["AOR", "CRP"].iter().filter_map(|code| operator(code)).collect();
        let mutants = Mutator::new(chosen)
            .with_weights(&[0.0, 1.0])
            .sample(&program(), 100, 5);
        assert!(!mutants.is_empty() && mutants.iter().all(|mutant| mutant.operators == ["CRP"]));
    }
}
