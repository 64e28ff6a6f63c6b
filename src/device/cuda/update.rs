//! Launchers of `kernels/optimizer.cu`: the gradients' norm and AdamW.

use super::arguments;
use super::driver::{Memory, Shape, launch};
use super::scratch::Area;
use super::{Buffer, Cuda, Weights};
use crate::device::{AdamW, Result, Span};

/// Blocks that share the sum of squares: fixed, so that its order is.
pub const NORM_BLOCKS: usize = 512;

/// The decay groups' bounds on the device.
pub struct Decay {
    spans: Vec<Span>,
    bounds: Memory,
    count: usize,
}

/// Begin and end of each group, ascending. Tensors side by side are one group; behind others lies a gap up to a multiple of
/// 64 elements, of zeros, which may as well belong to the group.
fn bounds(decay: &[Span]) -> Vec<u64> {
    let mut bounds: Vec<u64> = Vec::new();
    for span in decay {
        let (begin, end) = (span.offset as u64, (span.offset + span.length) as u64);
        match bounds.last_mut() {
            Some(last) if *last == begin => *last = end,
            _ => bounds.extend([begin, end]),
        }
    }
    for end in bounds.iter_mut().skip(1).step_by(2) {
        *end = end.next_multiple_of(4);
    }
    bounds
}

pub fn squared_norm(device: &Cuda, gradients: &Buffer, length: usize, output: &mut Buffer) -> Result<()> {
    device.holds("the gradients", gradients, length)?;
    device.holds("the norm", output, 1)?;
    let partials = device.scratch().get(&device.driver, Area::Squares, NORM_BLOCKS * 4)?;
    let (from, to, count, blocks) = (gradients.address(), output.address(), length as u64, NORM_BLOCKS as i32);
    let shape = Shape {
        grid: (NORM_BLOCKS as u32, 1, 1),
        block: 256,
        shared: 0,
    };
    let total = Shape {
        grid: (1, 1, 1),
        block: 256,
        shared: 0,
    };
    // SAFETY: sizes were checked; there is a partial sum for every block.
    unsafe {
        launch!(device.driver, "squared_norm", shape, from, count, partials)?;
        launch!(device.driver, "squared_norm_total", total, partials, blocks, to)
    }
}

#[allow(clippy::too_many_arguments)]
pub fn adamw(
    device: &Cuda,
    settings: &AdamW,
    decay: &[Span],
    squared_norm: &Buffer,
    gradients: &Buffer,
    master: &mut Buffer,
    moments: (&mut Buffer, &mut Buffer),
    weights: &mut Weights,
) -> Result<()> {
    let length = master.length;
    if !length.is_multiple_of(4) {
        return Err(device
            .driver
            .error(format!("{length} parameters: AdamW needs a multiple of 4")));
    }
    for (what, buffer) in [
        ("the gradients", gradients),
        ("the first moment", moments.0),
        ("the second moment", moments.1),
    ] {
        device.holds(what, buffer, length)?;
    }
    device.holds("the norm", squared_norm, 1)?;
    let mut cached = device.decay.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if cached.as_ref().is_none_or(|cached| cached.spans != decay) {
        let bounds = bounds(decay);
        // Four parameters to a thread, all of one group.
        if let Some(bound) = bounds.iter().find(|bound| !bound.is_multiple_of(4)) {
            return Err(device
                .driver
                .error(format!("a decay group begins at {bound}: AdamW needs multiples of 4")));
        }
        let memory = device.driver.allocate(size_of_val(&bounds[..]))?;
        device.driver.write(&memory, 0, &bounds)?;
        *cached = Some(Decay {
            spans: decay.to_vec(),
            count: bounds.len(),
            bounds: memory,
        });
    }
    let (bounds, decay_bounds) = cached
        .as_ref()
        .map_or((0, 0), |cached| (cached.bounds.address(), cached.count as i32));
    let step = settings.step.max(1) as f64;
    let correction = |beta: f32| 1.0 - f64::from(beta).powf(step);
    let arguments = arguments::AdamW {
        gradients: gradients.address(),
        parameters: master.address(),
        first_moment: moments.0.address(),
        second_moment: moments.1.address(),
        copies: weights.copies.as_ref().map_or(0, Memory::address),
        decay: bounds,
        squared_norm: squared_norm.address(),
        length: length as u64,
        copied: weights.copies.as_ref().map_or(0, |_| weights.length.min(length) as u64),
        decay_bounds,
        max_norm: settings.max_norm,
        beta1: settings.beta1,
        beta2: settings.beta2,
        epsilon: settings.epsilon,
        step_size: (f64::from(settings.learning_rate) / correction(settings.beta1)) as f32,
        decay_factor: 1.0 - settings.learning_rate * settings.weight_decay,
        second_correction: (1.0 / correction(settings.beta2).sqrt()) as f32,
    };
    // SAFETY: sizes were checked; four parameters to a thread.
    unsafe { launch!(device.driver, "adamw", Shape::cover(length / 4, 256), arguments) }
}
