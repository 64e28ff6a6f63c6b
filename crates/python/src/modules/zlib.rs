//! `zlib`: its checksums.

use super::binascii::{adler32, crc32};
use super::lazy::{self, Member, function};
use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::Arity;

const MEMBERS: &[Member] = &[
    function("adler32", Arity::Between(1, 2), adler32),
    function("crc32", Arity::Between(1, 2), crc32),
    Member::Make("error", |vm| {
        lazy::make_error(vm, "zlib", "error", crate::vm::types::EXCEPTION)
    }),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "zlib", |vm, a| lazy::member(vm, "zlib", MEMBERS, a))
}
