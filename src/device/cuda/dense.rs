//! Linear layers and the fused projection and loss, as products of `gemm`.

use super::arguments::{Epilogue, Gemm};
use super::driver::{Shape, launch};
use super::gemm::{self, Form};
use super::scratch::Area;
use super::{Buffer, Cuda, float_at, rows};
use crate::device::{
    BackwardEpilogue, DenseEpilogue, Matrix, Parameters, Precision, ProjectionGradients, Result, Span,
};

/// Columns of the vocabulary whose logit gradients are held at once.
const CHUNK: usize = 8192;

fn check(device: &Cuda, matrix: &Matrix) -> Result<()> {
    device.aligned("a layer's number of inputs", matrix.inputs)
}

/// Queues one product with the device's own scratch memory.
///
/// # Safety
/// As [`gemm::run`] asks.
unsafe fn product(device: &Cuda, form: Form, epilogue: Epilogue, arguments: Gemm) -> Result<()> {
    let (driver, precision) = (&device.driver, device.precision);
    // SAFETY: the caller's promise.
    unsafe { gemm::run(driver, &mut device.scratch(), precision, form, epilogue, arguments) }
}

#[allow(clippy::too_many_arguments)]
pub fn forward(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    matrix: &Matrix,
    bias: Span,
    input: &Buffer,
    rows: usize,
    epilogue: DenseEpilogue<Cuda>,
    output: &mut Buffer,
) -> Result<()> {
    check(device, matrix)?;
    device.aligned("a layer's number of outputs", matrix.outputs)?;
    device.holds("the input", input, rows * matrix.inputs)?;
    device.holds("the output", output, rows * matrix.outputs)?;
    let (epilogue, derivative) = match epilogue {
        DenseEpilogue::Linear => (Epilogue::Store, 0),
        DenseEpilogue::Gelu { derivative } => {
            if let Some(derivative) = &derivative {
                device.holds("the derivative", derivative, rows * matrix.outputs)?;
            }
            (Epilogue::Gelu, derivative.map_or(0, |buffer| buffer.address()))
        }
    };
    let arguments = Gemm {
        a: input.address(),
        b: device.weight(&parameters, matrix.offset),
        output: output.address(),
        bias: float_at(parameters.master, bias.offset),
        derivative,
        m: rows as i32,
        n: matrix.outputs as i32,
        k: matrix.inputs as i32,
        lda: matrix.inputs as i32,
        ldb: matrix.inputs as i32,
        ldc: matrix.outputs as i32,
        ..Gemm::default()
    };
    // SAFETY: sizes were checked; the matrix and bias lie in the parameters (the layout's promise).
    unsafe { product(device, Form::Nt, epilogue, arguments) }
}

pub fn backward_input(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    matrix: &Matrix,
    output_gradient: &Buffer,
    rows: usize,
    epilogue: BackwardEpilogue<Cuda>,
    input_gradient: &mut Buffer,
) -> Result<()> {
    check(device, matrix)?;
    device.aligned("a layer's number of outputs", matrix.outputs)?;
    device.holds("the output's gradient", output_gradient, rows * matrix.outputs)?;
    device.holds("the input's gradient", input_gradient, rows * matrix.inputs)?;
    let (epilogue, derivative) = match epilogue {
        BackwardEpilogue::Overwrite => (Epilogue::Store, 0),
        BackwardEpilogue::Accumulate => (Epilogue::Accumulate, 0),
        BackwardEpilogue::Multiply { derivative } => {
            device.holds("the derivative", derivative, rows * matrix.inputs)?;
            (Epilogue::Multiply, derivative.address())
        }
    };
    let arguments = Gemm {
        a: output_gradient.address(),
        b: device.weight(&parameters, matrix.offset),
        output: input_gradient.address(),
        derivative,
        m: rows as i32,
        n: matrix.inputs as i32,
        k: matrix.outputs as i32,
        lda: matrix.outputs as i32,
        ldb: matrix.inputs as i32,
        ldc: matrix.inputs as i32,
        ..Gemm::default()
    };
    // SAFETY: as in `forward`.
    unsafe { product(device, Form::Nn, epilogue, arguments) }
}

pub fn backward_weight(
    device: &Cuda,
    matrix: &Matrix,
    bias: Span,
    input: &Buffer,
    output_gradient: &Buffer,
    rows: usize,
    gradients: &mut Buffer,
) -> Result<()> {
    check(device, matrix)?;
    device.aligned("a layer's number of outputs", matrix.outputs)?;
    device.holds("the input", input, rows * matrix.inputs)?;
    device.holds("the output's gradient", output_gradient, rows * matrix.outputs)?;
    device.holds(
        "the gradients",
        gradients,
        matrix.offset + matrix.outputs * matrix.inputs,
    )?;
    device.holds("the gradients", gradients, bias.offset + bias.length)?;
    if rows == 0 {
        return Ok(());
    }
    let arguments = Gemm {
        a: output_gradient.address(),
        b: input.address(),
        floats: float_at(gradients, matrix.offset),
        column_sums: float_at(gradients, bias.offset),
        m: matrix.outputs as i32,
        n: matrix.inputs as i32,
        k: rows as i32,
        lda: matrix.outputs as i32,
        ldb: matrix.inputs as i32,
        ldc: matrix.inputs as i32,
        ..Gemm::default()
    };
    // SAFETY: sizes were checked.
    unsafe { product(device, Form::Tn, Epilogue::AccumulateFloats, arguments) }
}

pub fn logits(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    words: &Matrix,
    bias: Span,
    hidden: &Buffer,
    rows: usize,
    logits: &mut Buffer,
) -> Result<()> {
    check(device, words)?;
    device.holds("the hidden states", hidden, rows * words.inputs)?;
    device.holds("the logits", logits, rows * words.outputs)?;
    let arguments = Gemm {
        floats: logits.address(),
        ldc: words.outputs as i32,
        ..projection(device, parameters, words, bias, hidden, rows)
    };
    // SAFETY: sizes were checked; the kernels write no column past n.
    unsafe { product(device, Form::Nt, Epilogue::StoreFloats, arguments) }
}

/// Logits of `rows` hidden states: operands, without an output.
fn projection(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    words: &Matrix,
    bias: Span,
    hidden: &Buffer,
    rows: usize,
) -> Gemm {
    Gemm {
        a: hidden.address(),
        b: device.weight(&parameters, words.offset),
        bias: float_at(parameters.master, bias.offset),
        m: rows as i32,
        n: words.outputs as i32,
        k: words.inputs as i32,
        lda: words.inputs as i32,
        ldb: words.inputs as i32,
        ..Gemm::default()
    }
}

/// What [`projection_loss`] projects.
pub struct Projection<'a> {
    pub words: &'a Matrix,
    pub bias: Span,
    pub hidden: &'a Buffer,
    pub targets: &'a Buffer,
    pub target_weights: &'a Buffer,
    pub count: usize,
    pub scale: f32,
}

/// Bytes of one chunk of logit gradients.
pub fn logit_gradient_bytes(device: &Cuda, targets: usize, vocabulary: usize) -> usize {
    targets * CHUNK.min(vocabulary.next_multiple_of(8)) * device.element_bytes()
}

/// Two passes over the vocabulary: the first leaves each target's log-sum-exp, with logits in registers only; the second
/// makes the logits of one chunk of columns again, their gradients from them, and both products of those.
pub fn projection_loss(
    device: &Cuda,
    parameters: Parameters<Cuda>,
    what: &Projection,
    loss: &mut Buffer,
    gradients: Option<ProjectionGradients<Cuda>>,
) -> Result<()> {
    let Projection {
        words,
        bias,
        hidden,
        count,
        ..
    } = *what;
    let (vocabulary, inputs) = (words.outputs, words.inputs);
    check(device, words)?;
    device.holds("the hidden states", hidden, count * inputs)?;
    device.holds("the targets", what.targets, count)?;
    device.holds("the targets' weights", what.target_weights, count)?;
    device.holds("the loss", loss, 1)?;
    if count == 0 {
        return Ok(());
    }
    let (driver, scratch) = (&device.driver, &mut *device.scratch());
    let groups = vocabulary.div_ceil(64);
    let statistics = scratch.get(driver, Area::LossStatistics, groups * count * 8)?;
    let target_logits = scratch.get(driver, Area::TargetLogits, count * 4)?;
    let normalizers = scratch.get(driver, Area::Normalizers, count * 4)?;
    let terms = scratch.get(driver, Area::LossTerms, count * 4)?;
    let (targets, weights, total) = (what.targets.address(), what.target_weights.address(), loss.address());
    let whole = projection(device, parameters, words, bias, hidden, count);
    let first = Gemm {
        targets,
        statistics,
        target_logits,
        ..whole
    };
    let (groups, rows, scale) = (groups as i32, count as i32, what.scale);
    // SAFETY: scratch was sized above; targets are tokens of the vocabulary (the batch's promise).
    unsafe {
        gemm::run(
            driver,
            scratch,
            device.precision,
            Form::Nt,
            Epilogue::LossStatistics,
            first,
        )?;
        let shape = Shape::cover(count, 64);
        launch!(
            driver,
            "loss_rows",
            shape,
            statistics,
            groups,
            rows,
            target_logits,
            weights,
            normalizers,
            terms
        )?;
        let shape = Shape {
            grid: (1, 1, 1),
            block: 256,
            shared: 0,
        };
        launch!(driver, "loss_sum", shape, terms, rows, scale, total)?;
    }
    let Some(ProjectionGradients {
        parameters: flat,
        hidden: hidden_gradient,
    }) = gradients
    else {
        return Ok(());
    };
    device.holds("the gradients", flat, words.offset + vocabulary * inputs)?;
    device.holds("the gradients", flat, bias.offset + bias.length)?;
    device.holds("the hidden states' gradient", hidden_gradient, count * inputs)?;
    let chunk_bytes = logit_gradient_bytes(device, count, vocabulary);
    let logit_gradients = scratch.get(driver, Area::LogitGradients, chunk_bytes)?;
    // f32 sums over chunks; with f32 activations they are the result itself.
    let sums = match device.precision {
        Precision::Bf16 => scratch.get(driver, Area::HiddenGradients, count * inputs * 4)?,
        Precision::F32 => hidden_gradient.address(),
    };
    for start in (0..vocabulary).step_by(CHUNK) {
        let columns = CHUNK.min(vocabulary - start);
        let stride = columns.next_multiple_of(8) as i32;
        let row_offset = start * inputs;
        let gradient = Gemm {
            b: device.weight(&parameters, words.offset + row_offset),
            output: logit_gradients,
            bias: float_at(parameters.master, bias.offset + start),
            targets,
            weights,
            normalizers,
            weight_scale: scale,
            n: columns as i32,
            ldc: stride,
            first_column: start as i32,
            ..whole
        };
        let to_hidden = Gemm {
            a: logit_gradients,
            b: gradient.b,
            floats: sums,
            m: rows,
            n: inputs as i32,
            k: columns as i32,
            lda: stride,
            ldb: inputs as i32,
            ldc: inputs as i32,
            ..Gemm::default()
        };
        let to_words = Gemm {
            a: logit_gradients,
            b: hidden.address(),
            floats: float_at(flat, words.offset + row_offset),
            column_sums: float_at(flat, bias.offset + start),
            m: columns as i32,
            n: inputs as i32,
            k: rows,
            lda: stride,
            ldb: inputs as i32,
            ldc: inputs as i32,
            ..Gemm::default()
        };
        let into_sums = if start == 0 {
            Epilogue::StoreFloats
        } else {
            Epilogue::AccumulateFloats
        };
        // SAFETY: sizes were checked; a chunk's gradients have room for all targets.
        unsafe {
            gemm::run(
                driver,
                scratch,
                device.precision,
                Form::Nt,
                Epilogue::LossGradient,
                gradient,
            )?;
            gemm::run(driver, scratch, device.precision, Form::Nn, into_sums, to_hidden)?;
            gemm::run(
                driver,
                scratch,
                device.precision,
                Form::Tn,
                Epilogue::AccumulateFloats,
                to_words,
            )?;
        }
    }
    if device.precision == Precision::Bf16 {
        // SAFETY: both hold count × inputs elements.
        unsafe { rows::round(device, sums, count * inputs, hidden_gradient.address())? };
    }
    Ok(())
}
