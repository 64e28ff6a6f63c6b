//! Linear layers forward and backward.

use super::*;

impl<D: Device> Check<D> {
    pub fn dense(&self, rows: usize, inputs: usize, outputs: usize) {
        let what = format!("dense {rows}×{inputs}×{outputs}");
        let matrix = Matrix {
            index: 0,
            offset: 64,
            outputs,
            inputs,
        };
        let bias = Span {
            offset: padded(64 + outputs * inputs),
            length: outputs,
        };
        let master = values(1, padded(bias.offset + outputs));
        let (w, b) = (wide(&master[64..64 + outputs * inputs]), wide(&master[bias.range()]));
        let floats = self.floats(&master);
        let weights = self.weights(matrix, &floats);
        let parameters = Parameters {
            master: &floats,
            weights: &weights,
        };
        let (x, dy, old) = (
            values(2, rows * inputs),
            values(3, rows * outputs),
            values(4, rows * inputs),
        );
        let (input, gradient) = (self.activations(&x), self.activations(&dy));

        let mut z = product(&wide(&x), &w, rows, inputs, outputs);
        z.iter_mut().enumerate().for_each(|(i, z)| *z += b[i % outputs]);
        let mut output = self.poisoned(rows * outputs);
        let linear = DenseEpilogue::Linear;
        self.device
            .dense(parameters, &matrix, bias, &input, rows, linear, &mut output)
            .unwrap();
        self.near(&what, &self.read(&output, rows * outputs), &z);

        let (mut output, mut slope) = (self.poisoned(rows * outputs), self.poisoned(rows * outputs));
        let gelu = DenseEpilogue::Gelu {
            derivative: Some(&mut slope),
        };
        self.device
            .dense(parameters, &matrix, bias, &input, rows, gelu, &mut output)
            .unwrap();
        let cumulative = |z: f64| 0.5 * (1.0 + erf(z / 2f64.sqrt()));
        let density = |z: f64| (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
        let expected: Vec<f64> = z.iter().map(|z| z * cumulative(*z)).collect();
        self.near(&format!("{what} gelu"), &self.read(&output, rows * outputs), &expected);
        let expected: Vec<f64> = z.iter().map(|z| cumulative(*z) + z * density(*z)).collect();
        self.near(&format!("{what} gelu'"), &self.read(&slope, rows * outputs), &expected);

        let dx = product(&wide(&dy), &transpose(&w, outputs, inputs), rows, outputs, inputs);
        let mut output = self.poisoned(rows * inputs);
        let how = BackwardEpilogue::Overwrite;
        self.device
            .dense_backward_input(parameters, &matrix, &gradient, rows, how, &mut output)
            .unwrap();
        self.near(&format!("{what} dX"), &self.read(&output, rows * inputs), &dx);
        let mut output = self.activations(&old);
        let how = BackwardEpilogue::Accumulate;
        self.device
            .dense_backward_input(parameters, &matrix, &gradient, rows, how, &mut output)
            .unwrap();
        let sum: Vec<f64> = dx.iter().zip(&old).map(|(a, b)| a + f64::from(*b)).collect();
        self.near(&format!("{what} dX +="), &self.read(&output, rows * inputs), &sum);
        let factor = self.activations(&old);
        let mut output = self.poisoned(rows * inputs);
        let how = BackwardEpilogue::Multiply { derivative: &factor };
        self.device
            .dense_backward_input(parameters, &matrix, &gradient, rows, how, &mut output)
            .unwrap();
        let scaled: Vec<f64> = dx.iter().zip(&old).map(|(a, b)| a * f64::from(*b)).collect();
        self.near(&format!("{what} dX ∘"), &self.read(&output, rows * inputs), &scaled);

        // Weight gradients add to what is there, and touch nothing else.
        let before = values(5, master.len());
        let mut gradients = self.floats(&before);
        self.device
            .dense_backward_weight(&matrix, bias, &input, &gradient, rows, &mut gradients)
            .unwrap();
        let mut expected = wide(&before);
        for row in 0..rows {
            for out in 0..outputs {
                let dy = f64::from(dy[row * outputs + out]);
                expected[bias.offset + out] += dy;
                for k in 0..inputs {
                    expected[64 + out * inputs + k] += dy * f64::from(x[row * inputs + k]);
                }
            }
        }
        let after = self.read_floats(&gradients, 0, master.len());
        assert_eq!(after[..64], before[..64]);
        self.near(&format!("{what} dW, db"), &after, &expected);

        // Set, they are the same without what was there.
        self.device
            .set_weight_gradient(&matrix, bias, &input, &gradient, rows, &mut gradients)
            .unwrap();
        for place in matrix.span().range().chain(bias.range()) {
            expected[place] -= f64::from(before[place]);
        }
        let after = self.read_floats(&gradients, 0, master.len());
        self.near(&format!("{what} dW, db, set"), &after, &expected);
    }
}
