//! The tuner: every tile and number of splits for a model's products, on the card itself; and, where there is no card, what
//! the model of time by waves finds for well-known ones.

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::cases::dense::Product;
use crate::device::cuda::Cuda;
use crate::device::cuda::driver::DriverKind;
use crate::device::cuda::gemm::{self, Form, MAX_SPLITS, Multiprocessors};
use crate::device::cuda::tiling::{Card, Choice, name_of};

/// The paper's model: hidden and intermediate size, and tokens to a batch.
pub const PAPER: (usize, usize, [usize; 5]) = (768, 3072, [1024, 2048, 4096, 8192, 16_384]);

/// Well-known cards: architecture, multiprocessors, KiB of shared memory of each.
const CARDS: [(&str, (i32, i32), usize, usize); 6] = [
    ("A100", (8, 0), 108, 164),
    ("RTX 3090", (8, 6), 82, 100),
    ("RTX 4090", (8, 9), 128, 100),
    ("H100 SXM", (9, 0), 132, 228),
    ("B200", (10, 0), 148, 228),
    ("RTX 5090", (12, 0), 170, 100),
];

/// The products of a layer `hidden` wide for batches of so many tokens: form, rows, inputs, outputs.
fn products(hidden: usize, intermediate: usize, rows: &[usize]) -> Vec<(Form, [usize; 3])> {
    let layers = [
        (hidden, 3 * hidden),
        (hidden, hidden),
        (hidden, intermediate),
        (intermediate, hidden),
    ];
    let mut all = Vec::new();
    for &rows in rows {
        for (inputs, outputs) in layers {
            all.extend([Form::Nt, Form::Nn, Form::Tn].map(|form| (form, [rows, inputs, outputs])));
        }
    }
    all
}

/// m, n, k of a product as the kernels have them.
pub fn sizes(form: Form, [rows, inputs, outputs]: [usize; 3]) -> [usize; 3] {
    match form {
        Form::Nt => [rows, outputs, inputs],
        Form::Nn => [rows, inputs, outputs],
        Form::Tn => [outputs, inputs, rows],
    }
}

/// What the model of time by waves finds for the paper's model on well-known cards.
pub fn derive() -> Vec<(&'static str, Card)> {
    let (hidden, intermediate, rows) = PAPER;
    let derive = |(title, capability, count, kib): (&'static str, (i32, i32), usize, usize)| {
        let on = Multiprocessors {
            count,
            shared: kib << 10,
            block_shared: (kib - 1) << 10,
        };
        let choose = |(form, layer): (Form, [usize; 3])| {
            let [m, n, k] = sizes(form, layer);
            let (tile, splits) = gemm::modelled(&on, [m, n, k]);
            Choice {
                form,
                m,
                n,
                k,
                tile,
                splits,
            }
        };
        let card = Card {
            name: name_of(capability, count),
            products: products(hidden, intermediate, &rows).into_iter().map(choose).collect(),
        };
        (title, card)
    };
    CARDS.into_iter().map(derive).collect()
}

/// Cards as `kernels/tiles.toml` has them, each with a title.
pub fn render<'a>(cards: impl IntoIterator<Item = (&'a str, &'a Card)>) -> String {
    let mut text = String::new();
    for (title, card) in cards {
        let _ = writeln!(text, "\n# {title}\n[[card]]\nname = {:?}\nproducts = [", card.name);
        for Choice {
            form,
            m,
            n,
            k,
            tile,
            splits,
        } in &card.products
        {
            let form = form.to_string().to_lowercase();
            let _ = writeln!(
                text,
                "  {{ form = {form:?}, m = {m}, n = {n}, k = {k}, tile = {tile:?}, splits = {splits} }},"
            );
        }
        text.push_str("]\n");
    }
    text
}

/// What the tuner found.
pub struct Tuned {
    pub card: Card,
    /// Products and candidates tried.
    pub tried: usize,
}

/// Times every candidate for the layers of a model `hidden` wide, `rows` tokens a batch. On the software device, whose
/// times say nothing of a card, each candidate's result is compared with the first one's instead, and no product is listed.
pub fn run(device: &Arc<Cuda>, hidden: usize, intermediate: usize, rows: &[usize]) -> Result<Tuned> {
    let driver = device.driver();
    let mut tuned = Tuned {
        card: Card {
            name: driver.context.name().unwrap_or_default(),
            products: Vec::new(),
        },
        tried: 0,
    };
    for (form, layer) in products(hidden, intermediate, rows) {
        let [rows, inputs, outputs] = layer;
        let mut product = Product::new(device, form, rows, inputs, outputs)?;
        let mut best: Option<(f64, String, usize)> = None;
        let mut reference: Option<Vec<f32>> = None;
        let [m, n, k] = sizes(form, layer);
        for tile in gemm::tiles(driver, false)? {
            for splits in [1, 2, 3, 4, 6, 8, 12, MAX_SPLITS] {
                if splits > 1 && k / splits < 128 {
                    break;
                }
                *driver.forced() = Some((tile.name(), splits));
                let seconds = measure(device, &mut product);
                *driver.forced() = None;
                let seconds = seconds?;
                tuned.tried += 1;
                if driver.kind == DriverKind::Softcuda {
                    let result = product.read()?;
                    let first = reference.get_or_insert_with(|| result.clone());
                    if let Some(difference) = apart(first, &result) {
                        bail!(
                            "{form} {m} × {n} × {k} with tile {} and {splits} splits differs from the first candidate by {difference:.2e}",
                            tile.name()
                        );
                    }
                } else if best.as_ref().is_none_or(|(least, ..)| seconds < *least) {
                    best = Some((seconds, tile.name(), splits));
                }
            }
        }
        tuned.card.products.extend(best.map(|(_, tile, splits)| Choice {
            form,
            m,
            n,
            k,
            tile,
            splits,
        }));
    }
    Ok(tuned)
}

/// ‖a − b‖ / ‖a‖ where it is more than bf16's rounding of the same sums.
fn apart(first: &[f32], result: &[f32]) -> Option<f64> {
    let norm = |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum::<f64>().sqrt();
    let size = norm(&mut first.iter().map(|value| f64::from(*value)));
    let difference = norm(&mut first.iter().zip(result).map(|(a, b)| f64::from(*a) - f64::from(*b))) / size;
    (difference.is_nan() || difference > 5e-3).then_some(difference)
}

/// Seconds of one run: the least of some on a card, after one that nobody counts.
fn measure(device: &Cuda, product: &mut Product) -> Result<f64> {
    let driver = device.driver();
    if driver.kind == DriverKind::Softcuda {
        product.clear()?;
        return Ok(driver.time(|| product.run())?);
    }
    product.run()?;
    let mut best = f64::INFINITY;
    for _ in 0..10 {
        best = best.min(driver.time(|| product.run())?);
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::cuda::tiling::TABLE;

    /// The head of the shipped table; measured cards go behind the derived ones.
    #[test]
    fn the_shipped_table_holds_what_the_model_finds() {
        let cards = derive();
        let derived = render(cards.iter().map(|(title, card)| (*title, card)));
        assert!(
            TABLE.contains(&derived),
            "kernels/tiles.toml is stale: `codeexecutor bench kernels --device softcuda --tune FILE` writes it"
        );
    }

    /// Tiles fit, and no choice leaves half of a card's multiprocessors idle on the average.
    #[test]
    fn derived_choices_fill_their_cards() {
        for ((_, card), (title, _, multiprocessors, kib)) in derive().iter().zip(CARDS) {
            for choice in &card.products {
                let (m, n) = choice.tile.split_once('x').unwrap();
                let (m, n): (usize, usize) = (m.parse().unwrap(), n.parse().unwrap());
                assert!(3 * (m + n) * 128 <= (kib - 1) << 10, "{title}: {choice:?}");
                let blocks = choice.m.div_ceil(m) * choice.n.div_ceil(n) * choice.splits;
                let waves = blocks.div_ceil(multiprocessors);
                let busy = blocks as f64 / (waves * multiprocessors) as f64;
                assert!(busy > 0.5, "{title}: {choice:?} keeps {:.0} % busy", 100.0 * busy);
            }
        }
    }
}
