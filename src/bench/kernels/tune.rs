//! The tuner: every tile and number of splits for a model's products, on the card itself.

use std::sync::Arc;

use anyhow::{Result, bail};

use crate::device::cuda::Cuda;
use crate::device::cuda::driver::DriverKind;
use crate::device::cuda::gemm::{self, Form, MAX_SPLITS};
use crate::device::cuda::tiling::{Product, Table};
use crate::device::{BackwardEpilogue, DenseEpilogue, Device, Matrix, Parameters, Span};

/// A layer's product in one of its forms.
#[derive(Debug, Clone, Copy)]
struct Layer {
    form: Form,
    rows: usize,
    inputs: usize,
    outputs: usize,
}

impl Layer {
    /// m, n, k as the kernels have them.
    fn sizes(&self) -> [usize; 3] {
        match self.form {
            Form::Nt => [self.rows, self.outputs, self.inputs],
            Form::Nn => [self.rows, self.inputs, self.outputs],
            Form::Tn => [self.outputs, self.inputs, self.rows],
        }
    }
}

/// What the tuner found.
pub struct Tuned {
    pub table: Table,
    /// Products and candidates tried.
    pub tried: usize,
}

/// Times every candidate for the layers of a model `hidden` wide, `rows` tokens a batch. On the software device, whose
/// times say nothing of a card, each candidate's result is compared with the first one's instead, and the table is empty.
pub fn run(device: &Arc<Cuda>, hidden: usize, intermediate: usize, rows: &[usize]) -> Result<Tuned> {
    let driver = device.driver();
    let name = driver.context.name().unwrap_or_default();
    let mut tuned = Tuned {
        table: Table::default(),
        tried: 0,
    };
    let layers = [
        (hidden, 3 * hidden),
        (hidden, hidden),
        (hidden, intermediate),
        (intermediate, hidden),
    ];
    for &rows in rows {
        for (inputs, outputs) in layers {
            for form in [Form::Nt, Form::Nn, Form::Tn] {
                let layer = Layer {
                    form,
                    rows,
                    inputs,
                    outputs,
                };
                let mut bench = Bench::new(device, layer)?;
                let mut best: Option<(f64, String, usize)> = None;
                let mut reference: Option<Vec<f32>> = None;
                for tile in gemm::tiles(driver, false)? {
                    let [_, _, k] = layer.sizes();
                    for splits in [1, 2, 3, 4, 6, 8, 12, MAX_SPLITS] {
                        if splits > 1 && k / splits < 128 {
                            break;
                        }
                        *driver.forced() = Some((tile.name(), splits));
                        let seconds = bench.measure(driver.kind);
                        *driver.forced() = None;
                        let seconds = seconds?;
                        tuned.tried += 1;
                        if driver.kind == DriverKind::Softcuda {
                            let result = bench.read()?;
                            let first = reference.get_or_insert_with(|| result.clone());
                            agree(&layer, &tile.name(), splits, first, &result)?;
                        } else if best.as_ref().is_none_or(|(least, ..)| seconds < *least) {
                            best = Some((seconds, tile.name(), splits));
                        }
                    }
                }
                if let Some((_, tile, splits)) = best {
                    let [m, n, k] = layer.sizes();
                    tuned.table.product.push(Product {
                        device: name.clone(),
                        form,
                        m,
                        n,
                        k,
                        tile,
                        splits,
                    });
                }
            }
        }
    }
    Ok(tuned)
}

/// Both are sums of the same products in bf16's rounding.
fn agree(layer: &Layer, tile: &str, splits: usize, first: &[f32], result: &[f32]) -> Result<()> {
    let norm = |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum::<f64>().sqrt();
    let size = norm(&mut first.iter().map(|value| f64::from(*value)));
    let difference = norm(&mut first.iter().zip(result).map(|(a, b)| f64::from(*a) - f64::from(*b)));
    if difference.is_nan() || difference > 5e-3 * size {
        bail!(
            "{layer:?} with tile {tile} and {splits} splits differs from the first candidate by {difference:.2e} of {size:.2e}"
        );
    }
    Ok(())
}

/// Buffers of one product.
struct Bench {
    device: Arc<Cuda>,
    layer: Layer,
    matrix: Matrix,
    bias: Span,
    master: <Cuda as Device>::Floats,
    weights: <Cuda as Device>::Weights,
    input: <Cuda as Device>::Activations,
    output: <Cuda as Device>::Activations,
    gradients: <Cuda as Device>::Floats,
}

impl Bench {
    fn new(device: &Arc<Cuda>, layer: Layer) -> Result<Bench> {
        let Layer {
            rows, inputs, outputs, ..
        } = layer;
        let matrix = Matrix {
            index: 0,
            offset: 0,
            outputs,
            inputs,
        };
        let bias = Span {
            offset: (outputs * inputs).next_multiple_of(64),
            length: outputs,
        };
        let length = (bias.offset + outputs).next_multiple_of(64);
        let values = |length: usize| {
            (0..length)
                .map(|i| ((i * 37 + 11) % 101) as f32 / 101.0 - 0.5)
                .collect::<Vec<_>>()
        };
        let (mut master, mut weights) = (device.floats(length)?, device.weights(&[matrix], true)?);
        device.write_floats(&mut master, 0, &values(length))?;
        device.refresh_weights(&master, &mut weights)?;
        let (mut input, mut output) = (device.activations(rows * inputs)?, device.activations(rows * outputs)?);
        device.write_activations(&mut input, 0, &values(rows * inputs))?;
        device.write_activations(&mut output, 0, &values(rows * outputs))?;
        Ok(Bench {
            gradients: device.floats(length)?,
            device: device.clone(),
            layer,
            matrix,
            bias,
            master,
            weights,
            input,
            output,
        })
    }

    fn run(&mut self) -> crate::device::Result<()> {
        let (device, rows) = (&self.device, self.layer.rows);
        let parameters = Parameters {
            master: &self.master,
            weights: &self.weights,
        };
        match self.layer.form {
            Form::Nt => {
                let linear = DenseEpilogue::Linear;
                device.dense(
                    parameters,
                    &self.matrix,
                    self.bias,
                    &self.input,
                    rows,
                    linear,
                    &mut self.output,
                )
            }
            Form::Nn => {
                let overwrite = BackwardEpilogue::Overwrite;
                device.dense_backward_input(parameters, &self.matrix, &self.output, rows, overwrite, &mut self.input)
            }
            Form::Tn => {
                let (input, output) = (&self.input, &self.output);
                device.dense_backward_weight(&self.matrix, self.bias, input, output, rows, &mut self.gradients)
            }
        }
    }

    /// Seconds of one run: the least of some on a card, after one that nobody counts.
    fn measure(&mut self, kind: DriverKind) -> Result<f64> {
        let driver = self.device.driver().clone();
        if kind == DriverKind::Softcuda {
            let length = self.bias.offset;
            self.device.zero(&mut self.gradients, Span { offset: 0, length })?;
            return Ok(driver.time(|| self.run())?);
        }
        self.run()?;
        let mut best = f64::INFINITY;
        for _ in 0..10 {
            best = best.min(driver.time(|| self.run())?);
        }
        Ok(best)
    }

    fn read(&self) -> Result<Vec<f32>> {
        let Layer {
            rows, inputs, outputs, ..
        } = self.layer;
        let mut values = match self.layer.form {
            Form::Nt => vec![0.0; rows * outputs],
            Form::Nn => vec![0.0; rows * inputs],
            Form::Tn => vec![0.0; inputs * outputs],
        };
        match self.layer.form {
            Form::Nt => self.device.read_activations(&self.output, 0, &mut values)?,
            Form::Nn => self.device.read_activations(&self.input, 0, &mut values)?,
            Form::Tn => self.device.read_floats(&self.gradients, 0, &mut values)?,
        }
        Ok(values)
    }
}
