//! The model against PyTorch and transformers: forward, loss, every gradient, three updates.

use codeexecutor::device::cpu::vector::Isa;
use codeexecutor::device::cpu::{Bf16, Cpu};
use codeexecutor::model::reference::Reference;
use std::path::PathBuf;
use std::sync::Arc;

fn fixtures() -> Vec<Reference> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    ["odd", "even", "wide"]
        .map(|name| Reference::read(&directory.join(format!("{name}.safetensors"))).unwrap())
        .into()
}

#[test]
fn f32_equals_the_reference_on_every_instruction_set() {
    for reference in fixtures() {
        for isa in Isa::available() {
            for comparison in reference
                .validate(Arc::new(Cpu::<f32>::with_isa(2, isa).unwrap()))
                .unwrap()
            {
                assert!(comparison.passes(), "{}: {comparison:?}", isa.name());
            }
        }
    }
}

#[test]
fn bf16_stays_near_the_reference() {
    for reference in fixtures() {
        for isa in Isa::available() {
            for comparison in reference
                .validate(Arc::new(Cpu::<Bf16>::with_isa(2, isa).unwrap()))
                .unwrap()
            {
                // Eight bits of mantissa: 2^-9 per rounding, some tens of roundings in a row, nearly cancelling sums
                // in small gradients. Single tensors may be off by several percent, losses not.
                let bound = match comparison.name.as_str() {
                    "loss" | "step_losses" => 0.01,
                    "hidden" | "logits" | "gradient_norms" => 0.03,
                    name if name.starts_with("gradient.") => 0.25,
                    _ => 0.02,
                };
                assert!(comparison.error < bound, "{}: {comparison:?}", isa.name());
            }
        }
    }
}
