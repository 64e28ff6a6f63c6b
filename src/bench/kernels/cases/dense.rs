//! Products of dense layers, and the fused projection and loss.

use std::sync::Arc;

use super::*;
use crate::bench::Draws;
use crate::bench::kernels::tune;
use crate::device::cuda::gemm::{self, Form};

/// A layer's product in one of its forms, on buffers of its own.
pub struct Product {
    device: Arc<Cuda>,
    form: Form,
    rows: usize,
    layer: Layer,
    input: <Cuda as Device>::Activations,
    output: <Cuda as Device>::Activations,
    gradients: <Cuda as Device>::Floats,
}

impl Product {
    pub fn new(device: &Arc<Cuda>, form: Form, rows: usize, inputs: usize, outputs: usize) -> Result<Product> {
        let layer = Layer::new(device, inputs, outputs)?;
        Ok(Product {
            form,
            rows,
            input: activations(device, rows * inputs)?,
            output: activations(device, rows * outputs)?,
            gradients: device.floats(layer.bias.offset + outputs)?,
            device: device.clone(),
            layer,
        })
    }

    /// m, n, k as the kernels have them.
    pub fn sizes(&self) -> [usize; 3] {
        let Matrix { inputs, outputs, .. } = self.layer.matrix;
        tune::sizes(self.form, [self.rows, inputs, outputs])
    }

    pub fn run(&mut self) -> Result<()> {
        let (device, rows) = (&self.device, self.rows);
        let (parameters, matrix, bias) = (self.layer.parameters(), &self.layer.matrix, self.layer.bias);
        match self.form {
            Form::Nt => {
                let linear = DenseEpilogue::Linear;
                device.dense(parameters, matrix, bias, &self.input, rows, linear, &mut self.output)
            }
            Form::Nn => {
                let overwrite = BackwardEpilogue::Overwrite;
                device.dense_backward_input(parameters, matrix, &self.output, rows, overwrite, &mut self.input)
            }
            Form::Tn => {
                device.dense_backward_weight(matrix, bias, &self.input, &self.output, rows, &mut self.gradients)
            }
        }
    }

    /// Clears what runs add to.
    pub fn clear(&mut self) -> Result<()> {
        let length = self.layer.bias.offset;
        self.device.zero(&mut self.gradients, Span { offset: 0, length })
    }

    /// The result of the last run.
    pub fn read(&self) -> Result<Vec<f32>> {
        let [m, n, _] = self.sizes();
        let mut values = vec![0.0; m * n];
        match self.form {
            Form::Nt => self.device.read_activations(&self.output, 0, &mut values)?,
            Form::Nn => self.device.read_activations(&self.input, 0, &mut values)?,
            Form::Tn => self.device.read_floats(&self.gradients, 0, &mut values)?,
        }
        Ok(values)
    }

    /// What the product's kernel must do where it is not split.
    fn work(&self, kernel: &'static str) -> Work {
        let ([m, n, k], e) = (self.sizes(), element(&self.device));
        let result = if self.form == Form::Tn { 8 } else { e };
        tensor(kernel, (m * k + n * k) * e + m * n * result, 2 * m * n * k)
    }
}

fn named(what: &str, [m, n, k]: [usize; 3]) -> String {
    format!("{what}: {m} × {n} × {k}")
}

pub fn forward(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let mut product = Product::new(device, Form::Nt, scale.tokens, scale.hidden, 3 * scale.hidden)?;
    Ok(Case {
        name: named("projection to queries, keys, values", product.sizes()),
        work: vec![product.work("gemm_nt")],
        run: Box::new(move || product.run()),
    })
}

pub fn gelu(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (m, n, k, e) = (scale.tokens, scale.intermediate, scale.hidden, element(device));
    let (layer, input) = (Layer::new(device, k, n)?, activations(device, m * k)?);
    let (mut output, mut slope) = (device.activations(m * n)?, device.activations(m * n)?);
    let device = device.clone();
    Ok(Case {
        name: format!("feed-forward in with GELU: {m} × {n} × {k}"),
        work: vec![tensor("gemm_nt", (m * k + n * k + 2 * m * n) * e, 2 * m * n * k)],
        run: Box::new(move || {
            let epilogue = DenseEpilogue::Gelu {
                derivative: Some(&mut slope),
            };
            let parameters = layer.parameters();
            device.dense(parameters, &layer.matrix, layer.bias, &input, m, epilogue, &mut output)
        }),
    })
}

pub fn backward_input(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (m, n, k, e) = (scale.tokens, scale.intermediate, scale.hidden, element(device));
    let (layer, gradient) = (Layer::new(device, n, k)?, activations(device, m * k)?);
    let (slope, mut output) = (activations(device, m * n)?, device.activations(m * n)?);
    let device = device.clone();
    Ok(Case {
        name: format!("gradient of an input through GELU: {m} × {n} × {k}"),
        work: vec![tensor("gemm_nn", (m * k + n * k + 2 * m * n) * e, 2 * m * n * k)],
        run: Box::new(move || {
            let (parameters, epilogue) = (layer.parameters(), BackwardEpilogue::Multiply { derivative: &slope });
            device.dense_backward_input(parameters, &layer.matrix, &gradient, m, epilogue, &mut output)
        }),
    })
}

/// The gradient of a weight; wide enough that it needs no splits at the card's scale.
pub fn backward_weight(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let mut product = Product::new(device, Form::Tn, scale.tokens, 3 * scale.hidden, scale.intermediate)?;
    Ok(Case {
        name: named("gradient of a weight", product.sizes()),
        work: vec![product.work("gemm_tn")],
        run: Box::new(move || product.run()),
    })
}

/// The gradient of a small weight: k is split over the multiprocessors.
pub fn split_product(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let mut product = Product::new(device, Form::Tn, scale.tokens, scale.hidden, scale.hidden)?;
    let [m, n, k] = product.sizes();
    let splits = device.splits(k, n, m);
    let mut work = vec![product.work("gemm_tn")];
    if splits > 1 {
        let sums = m * n * 4;
        work[0].moved += (splits * sums) as f64 - 2.0 * sums as f64;
        work.push(memory("gemm_reduce", (splits + 2) * sums));
    }
    Ok(Case {
        name: named("gradient of a weight, k split", product.sizes()),
        work,
        run: Box::new(move || product.run()),
    })
}

/// Every form with every tile that the device holds, unsplit.
pub fn tiles(device: &Cuda) -> Result<Vec<Builder>> {
    let mut cases: Vec<Builder> = Vec::new();
    for form in [Form::Nt, Form::Nn, Form::Tn] {
        for (kernel, tile) in gemm::kernels(device.driver(), device.precision(), form)? {
            cases.push(Box::new(move |device, scale| {
                let mut product = Product::new(device, form, scale.tokens, scale.hidden, scale.intermediate)?;
                let (driver, tile) = (device.driver().clone(), tile.clone());
                Ok(Case {
                    name: named(&format!("product {form}, {tile}"), product.sizes()),
                    work: vec![product.work(kernel)],
                    run: Box::new(move || {
                        *driver.forced() = Some((tile.clone(), 1));
                        let outcome = product.run();
                        *driver.forced() = None;
                        outcome
                    }),
                })
            }));
        }
    }
    Ok(cases)
}

pub fn projection_loss(device: &Arc<Cuda>, scale: &Scale) -> Result<Case> {
    let (count, columns, vocabulary, e) = (scale.tokens / 2, scale.hidden, scale.vocabulary, element(device));
    let (layer, hidden) = (
        Layer::new(device, columns, vocabulary)?,
        activations(device, count * columns)?,
    );
    let mut draws = Draws::new(4);
    let targets: Vec<u32> = (0..count).map(|_| draws.between(0, vocabulary as u32 - 1)).collect();
    let (targets, weights) = (indices(device, &targets)?, floats(device, count)?);
    let (mut loss, mut gradients) = (device.floats(1)?, device.floats(layer.bias.offset + vocabulary)?);
    let mut hidden_gradient = device.activations(count * columns)?;
    let (product, groups) = (2 * count * columns * vocabulary, vocabulary.div_ceil(64));
    let (words, states, logits) = (vocabulary * columns * e, count * columns * e, count * vocabulary * e);
    let statistics = memory("loss_rows", count * (groups * 8 + 16));
    let work = vec![
        tensor("gemm_nt", words + states + logits, 2 * product),
        statistics,
        latency("loss_sum"),
        tensor("gemm_nn", logits + words + 2 * states, product),
        tensor("gemm_tn", logits + states + vocabulary * columns * 4, product),
    ];
    let device = device.clone();
    Ok(Case {
        name: format!("projection and loss: {count} × {vocabulary} × {columns}"),
        work,
        run: Box::new(move || {
            let wanted = ProjectionGradients {
                parameters: &mut gradients,
                hidden: &mut hidden_gradient,
            };
            let scale = 1.0 / count as f32;
            let (words, bias) = (&layer.matrix, layer.bias);
            device.projection_loss(
                layer.parameters(),
                words,
                bias,
                &hidden,
                &targets,
                &weights,
                count,
                scale,
                &mut loss,
                Some(wanted),
            )
        }),
    })
}
