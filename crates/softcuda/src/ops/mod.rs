//! The instructions, one family per file: how each is decoded, and what it does.

mod asynchronous;
mod atomic;
mod barrier;
mod compare;
mod convert;
mod float;
mod half;
mod integer;
mod matrix;
mod mbarrier;
mod memory;
mod moves;
pub mod numbers;
mod packed;
pub mod special;
mod stack;
mod texture;
pub mod vector;
mod video;
mod warp;
mod wmma;

pub use memory::{Access, GENERIC, GLOBAL, SHARED, Shape};

use crate::decode::{Builder, Result};

/// Decodes an instruction other than control flow.
pub fn decode(b: Builder<'_, '_, '_>) -> Result<()> {
    match b.instruction.opcode {
        "add" | "sub" | "mul" | "mad" | "fma" | "div" | "rem" | "abs" | "neg" | "min" | "max" => arithmetic(b),
        "addc" | "subc" | "madc" | "mul24" | "mad24" | "sad" | "popc" | "clz" | "bfind" | "fns" | "brev" | "bfe"
        | "bfi" | "bmsk" | "szext" | "dp4a" | "dp2a" | "shf" | "shl" | "shr" | "and" | "or" | "xor" | "not"
        | "cnot" | "lop3" | "prmt" => integer::decode(b),
        "rcp" | "sqrt" | "rsqrt" | "sin" | "cos" | "lg2" | "ex2" | "tanh" | "testp" | "copysign" => special::decode(b),
        "set" | "setp" | "selp" | "slct" => compare::decode(b),
        "cvt" => convert::decode(b),
        "mov" | "cvta" | "isspacep" | "mapa" | "getctarank" => moves::decode(b),
        "ld" | "ldu" | "st" | "prefetch" | "prefetchu" | "applypriority" | "discard" | "createpolicy" => {
            memory::decode(b)
        }
        "alloca" | "stacksave" | "stackrestore" => stack::decode(b),
        "atom" | "red" => atomic::decode(b),
        "bar" | "barrier" | "membar" | "fence" | "nanosleep" | "trap" | "brkpt" | "pmevent" | "griddepcontrol" => {
            barrier::decode(b)
        }
        "shfl" | "vote" | "match" | "redux" | "activemask" | "elect" => warp::decode(b),
        "wmma" => wmma::decode(b),
        "mbarrier" => mbarrier::decode(b),
        name if video::knows(name) => video::decode(b),
        "cp" => asynchronous::decode(b),
        "tex" | "tld4" | "txq" | "suld" | "sust" | "sured" | "suq" => texture::decode(b),
        "ldmatrix" | "stmatrix" | "mma" | "movmatrix" => matrix::decode(b),
        _ => b.unsupported(),
    }
}

/// Instructions that exist for integers and for floating point.
fn arithmetic(b: Builder<'_, '_, '_>) -> Result<()> {
    if b.has("u16x2") || b.has("s16x2") {
        return packed::decode(b);
    }
    let floating = |name: &&str| matches!(*name, "f32" | "f64" | "f16" | "f16x2" | "bf16" | "bf16x2" | "f32x2");
    match b.instruction.modifiers.iter().rev().find(|name| floating(name)) {
        Some(&"f32" | &"f64") => float::decode(b),
        Some(_) => half::decode(b),
        None => integer::decode(b),
    }
}
