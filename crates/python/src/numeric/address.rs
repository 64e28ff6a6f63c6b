//! What `id()` returns: a number that may be compared for equality, kept and looked up, but never shown.
//!
//! CPython's addresses change from run to run. So they are numbers here that no program computes otherwise, and whatever would
//! bring one into a text, an order or a sum can tell it by its upper word and refuse.

use num_bigint::{BigInt, Sign};

/// The upper of the two words of every address.
pub const MARK: u64 = 0x2545_F491_4F6C_DD1D;

/// Why a program with a visible address is refused.
pub const UNSUPPORTED: &str = "the value of an address (id)";

pub fn address(identity: i64) -> BigInt {
    BigInt::from(u128::from(MARK) << 64 | u128::from(identity as u64))
}

pub fn is_address(value: &BigInt) -> bool {
    value.sign() == Sign::Plus && value.bits() <= 128 && value.iter_u64_digits().nth(1) == Some(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_addresses() {
        assert!(is_address(&address(0x7f00_0000_0010)));
        assert!(!is_address(&(address(16) << 64)));
        assert!(!is_address(&-address(16)));
        assert!(!is_address(&BigInt::from(0x7f00_0000_0010_i64)));
    }
}
