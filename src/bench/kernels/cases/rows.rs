//! Rows gathered and scattered, and the update.

use std::sync::Arc;

use super::*;

pub fn gather_scatter(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (total, columns, e) = (scale.rows, 768.min(scale.hidden * 3), element(device));
    let list: Vec<u32> = (0..total as u32).filter(|row| row % 3 != 0).collect();
    let count = list.len();
    let (input, list) = (activations(device, total * columns)?, indices(device, &list)?);
    let (mut gathered, mut scattered) = (
        device.activations(count * columns)?,
        device.activations(total * columns)?,
    );
    let row = columns * e;
    let work = vec![
        memory(
            pick(device, "gather_rows_bf16", "gather_rows_f32"),
            count * (2 * row + 4),
        ),
        memory(
            pick(device, "scatter_rows_bf16", "scatter_rows_f32"),
            count * (row + 4) + total * row,
        ),
    ];
    let device = device.clone();
    Ok(Case {
        name: format!("gather and scatter, {count} of {total} × {columns}"),
        work,
        run: Box::new(move || {
            device.gather_rows(&input, &list, count, columns, &mut gathered)?;
            device.scatter_rows(&gathered, &list, count, columns, &mut scattered, total)
        }),
    })
}

pub fn update(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let length = scale.parameters;
    let gradients = floats(device, length)?;
    let (mut master, mut first, mut second) = (floats(device, length)?, device.floats(length)?, device.floats(length)?);
    let matrix = Matrix {
        index: 0,
        offset: 0,
        outputs: length / 64,
        inputs: 64,
    };
    let mut weights = device.weights(&[matrix], true)?;
    let mut norm = device.floats(1)?;
    let settings = AdamW {
        learning_rate: 1e-4,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-6,
        weight_decay: 0.01,
        step: 10,
        max_norm: 1.0,
    };
    let decay = [Span {
        offset: 0,
        length: length / 2,
    }];
    let copies = if device.precision() == Precision::Bf16 { 2 } else { 0 };
    let adamw = memory("adamw", length * (28 + copies));
    let work = vec![memory("squared_norm", 4 * length), latency("squared_norm_total"), adamw];
    let device = device.clone();
    Ok(Case {
        name: format!("norm, clipping, AdamW: {length} parameters"),
        work,
        run: Box::new(move || {
            device.squared_norm(&gradients, length, &mut norm)?;
            let (first, second) = (&mut first, &mut second);
            device.adamw(
                &settings,
                &decay,
                &norm,
                &gradients,
                &mut master,
                first,
                second,
                &mut weights,
            )
        }),
    })
}

pub fn refresh(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let mut layer = Layer::new(device, 64, scale.parameters / 64)?;
    let work = match device.precision() {
        Precision::Bf16 => vec![memory("round_bf16", 6 * scale.parameters)],
        Precision::F32 => vec![],
    };
    let device = device.clone();
    Ok(Case {
        name: format!("rounding of weights: {} parameters", scale.parameters),
        work,
        run: Box::new(move || device.refresh_weights(&layer.master, &mut layer.weights)),
    })
}
