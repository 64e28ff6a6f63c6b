//! `_hashlib`: digests by the crates of the RustCrypto project, for `hashlib` in Python.

use crate::value::*;
use crate::vm::Vm;
use crate::vm::native::{Args, Arity, native};
use blake2::digest::{Digest, ExtendableOutput, Update, VariableOutput, XofReader};

fn of<D: Digest>(data: &[u8]) -> Option<Vec<u8>> {
    Some(D::digest(data).to_vec())
}

fn extendable<D: Default + Update + ExtendableOutput>(data: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut state = D::default();
    state.update(data);
    let mut out = vec![0; length];
    state.finalize_xof().read(&mut out);
    Some(out)
}

fn variable<D: Update + VariableOutput>(data: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut state = D::new(length).ok()?;
    state.update(data);
    let mut out = vec![0; length];
    state.finalize_variable(&mut out).ok()?;
    Some(out)
}

fn digest_of(name: &str, data: &[u8], length: usize) -> Option<Vec<u8>> {
    match name {
        "md5" => of::<md5::Md5>(data),
        "sha1" => of::<sha1::Sha1>(data),
        "sha224" => of::<sha2::Sha224>(data),
        "sha256" => of::<sha2::Sha256>(data),
        "sha384" => of::<sha2::Sha384>(data),
        "sha512" => of::<sha2::Sha512>(data),
        "sha3_224" => of::<sha3::Sha3_224>(data),
        "sha3_256" => of::<sha3::Sha3_256>(data),
        "sha3_384" => of::<sha3::Sha3_384>(data),
        "sha3_512" => of::<sha3::Sha3_512>(data),
        "shake_128" => extendable::<sha3::Shake128>(data, length),
        "shake_256" => extendable::<sha3::Shake256>(data, length),
        "blake2b" => variable::<blake2::Blake2bVar>(data, length),
        "blake2s" => variable::<blake2::Blake2sVar>(data, length),
        _ => None,
    }
}

/// `digest(name, data, length)`; the length counts where the algorithm leaves it open.
fn digest(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let length = usize::try_from(vm.to_i64(a[2])?).unwrap_or(0);
    vm.reserve(length)?;
    let Value::Str(name) = a[0] else {
        return Ok(Value::None);
    };
    let data = vm.bytes_of(a[1]).unwrap_or_default();
    let work = (data.len() + length) / 64 + 1;
    let found = digest_of(vm.heap.text(name), data, length);
    vm.tick(u32::try_from(work).unwrap_or(u32::MAX))?;
    Ok(match found {
        Some(bytes) => vm.heap.new_bytes(bytes),
        None => Value::None,
    })
}

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    vm.add_functions(dict, "_hashlib", &[native("digest", Arity::Between(3, 3), digest)]);
    Ok(())
}
