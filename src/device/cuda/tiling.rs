//! Tiles and splits that were measured on a card: `kernels/tiles.toml`.

use serde::{Deserialize, Serialize};

use super::gemm::Form;

/// The table that is part of the program.
const TABLE: &str = include_str!("../../../kernels/tiles.toml");

/// The fastest tile and splits of one product on one card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The card's name, as its driver has it.
    pub device: String,
    pub form: Form,
    pub m: usize,
    pub n: usize,
    pub k: usize,
    /// Tile, such as `128x256`.
    pub tile: String,
    pub splits: usize,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(default)]
    pub product: Vec<Product>,
}

/// The number of rows of the batch among a product's sizes goes by powers of two, the others are the model's own.
fn key(form: Form, m: usize, n: usize, k: usize) -> (Form, usize, usize, usize) {
    match form {
        Form::Nt | Form::Nn => (form, m.next_power_of_two(), n, k),
        Form::Tn => (form, m, n, k.next_power_of_two()),
    }
}

impl Table {
    /// Entries for a card.
    pub fn of(device: &str) -> Table {
        let mut table: Table = toml::from_str(TABLE).unwrap_or_default();
        table.product.retain(|product| product.device == device);
        table
    }

    pub fn find(&self, form: Form, m: usize, n: usize, k: usize) -> Option<&Product> {
        let wanted = key(form, m, n, k);
        let of = |product: &&Product| key(product.form, product.m, product.n, product.k) == wanted;
        self.product.iter().find(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_matched_by_shape() {
        assert!(toml::from_str::<Table>(TABLE).is_ok());
        let text = "[[product]]\ndevice = \"a card\"\nform = \"tn\"\nm = 768\nn = 768\nk = 8000\ntile = \"64x64\"\nsplits = 4\n";
        let table: Table = toml::from_str(text).unwrap();
        assert_eq!(table.find(Form::Tn, 768, 768, 5000).unwrap().splits, 4);
        assert!(table.find(Form::Tn, 768, 768, 4000).is_none() && table.find(Form::Nt, 768, 768, 8000).is_none());
    }
}
