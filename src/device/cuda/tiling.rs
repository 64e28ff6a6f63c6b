//! Tiles and splits of products on known cards: `kernels/tiles.toml`.

use serde::Deserialize;

use super::gemm::Form;

/// The table that is part of the program.
pub const TABLE: &str = include_str!("../../../kernels/tiles.toml");

/// The fastest tile and splits of one product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub form: Form,
    pub m: usize,
    pub n: usize,
    pub k: usize,
    /// Tile, such as `128x256`.
    pub tile: String,
    pub splits: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// A measured card's name, as its driver has it; or, of choices that were derived, what [`name_of`] says.
    pub name: String,
    pub products: Vec<Choice>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    card: Vec<Card>,
}

/// The name of all cards of a capability and number of multiprocessors.
pub fn name_of((major, minor): (i32, i32), multiprocessors: usize) -> String {
    format!("sm_{major}{minor}, {multiprocessors} multiprocessors")
}

/// The number of rows of the batch among a product's sizes goes by powers of two, the others are the model's own.
fn key(form: Form, [m, n, k]: [usize; 3]) -> (Form, [usize; 3]) {
    match form {
        Form::Nt | Form::Nn => (form, [m.next_power_of_two(), n, k]),
        Form::Tn => (form, [m, n, k.next_power_of_two()]),
    }
}

/// What is known of one card.
#[derive(Debug, Default)]
pub struct Tilings(Vec<Choice>);

impl Tilings {
    /// Of a card by its name, and by its capability and multiprocessors; what was measured comes first.
    pub fn of(device: &str, capability: (i32, i32), multiprocessors: usize) -> Tilings {
        Tilings::read(TABLE, [device, &name_of(capability, multiprocessors)])
    }

    fn read(text: &str, names: [&str; 2]) -> Tilings {
        let table: Table = toml::from_str(text).unwrap_or_default();
        let cards = names
            .iter()
            .flat_map(|name| table.card.iter().filter(move |card| card.name == *name));
        Tilings(cards.flat_map(|card| card.products.clone()).collect())
    }

    pub fn find(&self, form: Form, sizes: [usize; 3]) -> Option<&Choice> {
        let wanted = key(form, sizes);
        self.0
            .iter()
            .find(|choice| key(choice.form, [choice.m, choice.n, choice.k]) == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_matched_by_shape() {
        let text = "[[card]]\nname = \"sm_80, 4 multiprocessors\"\nproducts = [\n  \
                    { form = \"tn\", m = 768, n = 768, k = 8000, tile = \"64x64\", splits = 4 },\n  \
                    { form = \"nt\", m = 8, n = 8, k = 8, tile = \"64x64\", splits = 1 },\n]\n\
                    [[card]]\nname = \"a card\"\nproducts = [\n  \
                    { form = \"tn\", m = 768, n = 768, k = 8000, tile = \"128x128\", splits = 2 },\n]\n";
        let table = Tilings::read(text, ["a card", &name_of((8, 0), 4)]);
        let splits = |form, sizes| table.find(form, sizes).map(|choice| choice.splits);
        // Measured before derived; rows by powers of two.
        assert_eq!(splits(Form::Tn, [768, 768, 5000]), Some(2));
        assert_eq!(splits(Form::Nt, [7, 8, 8]), Some(1));
        assert_eq!(splits(Form::Tn, [768, 768, 4000]), None);
        assert_eq!(splits(Form::Nt, [768, 768, 8000]), None);
        assert!(Tilings::read(text, ["another", "none"]).0.is_empty());
    }

    #[test]
    fn the_shipped_table_knows_the_paper_model_on_an_a100() {
        assert!(toml::from_str::<Table>(TABLE).is_ok());
        let table = Tilings::of("NVIDIA A100-SXM4-80GB", (8, 0), 108);
        assert!(table.find(Form::Nt, [8000, 3072, 768]).is_some());
    }
}
