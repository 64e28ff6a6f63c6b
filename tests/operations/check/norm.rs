//! Layer norm and embedding, forward and backward.

use super::*;

impl<D: Device> Check<D> {
    pub fn layer_norm(&self, rows: usize, columns: usize) {
        let weight = Span {
            offset: 0,
            length: columns,
        };
        let bias = Span {
            offset: padded(columns),
            length: columns,
        };
        let norm = LayerNorm {
            weight,
            bias,
            epsilon: 1e-5,
        };
        let master = values(1, 2 * padded(columns));
        let (w, b) = (wide(&master[weight.range()]), wide(&master[bias.range()]));
        let (x, residual, dy) = (
            values(2, rows * columns),
            values(3, rows * columns),
            values(4, rows * columns),
        );
        let floats = self.floats(&master);
        let weights = self.device.weights(&[], true).unwrap();
        let parameters = Parameters {
            master: &floats,
            weights: &weights,
        };
        for dropout in self.dropouts() {
            let what = format!("layer norm {rows}×{columns}, dropout {}", dropout.probability);
            let mask = hidden_mask(&dropout, rows, columns);
            let sum: Vec<f64> = (0..rows * columns)
                .map(|i| f64::from(residual[i]) + mask[i] * f64::from(x[i]))
                .collect();
            let (normalized, inverses) = normalize(&sum, columns, 1e-5);
            let y: Vec<f64> = normalized
                .iter()
                .enumerate()
                .map(|(i, v)| v * w[i % columns] + b[i % columns])
                .collect();
            let mut state = self.norm_state(rows, columns);
            let (input, rest) = (self.activations(&x), self.activations(&residual));
            let mut output = self.poisoned(rows * columns);
            self.device
                .add_layer_norm(
                    parameters,
                    &norm,
                    &input,
                    &rest,
                    rows,
                    dropout,
                    Some(&mut state),
                    &mut output,
                )
                .unwrap();
            self.near(&what, &self.read(&output, rows * columns), &y);
            let mut again = self.poisoned(rows * columns);
            self.device
                .add_layer_norm(parameters, &norm, &input, &rest, rows, dropout, None, &mut again)
                .unwrap();
            assert_eq!(self.read(&again, rows * columns), self.read(&output, rows * columns));

            let (dx, dw, db) = norm_backward(&wide(&dy), &normalized, &inverses, &w);
            let before = values(5, master.len());
            let mut gradients = self.floats(&before);
            let (mut rest_gradient, mut masked) = (self.poisoned(rows * columns), self.poisoned(rows * columns));
            self.device
                .add_layer_norm_backward(
                    parameters,
                    &norm,
                    &self.activations(&dy),
                    rows,
                    dropout,
                    &state,
                    &mut rest_gradient,
                    dropout.is_active().then_some(&mut masked),
                    &mut gradients,
                )
                .unwrap();
            self.near(
                &format!("{what}, d residual"),
                &self.read(&rest_gradient, rows * columns),
                &dx,
            );
            if dropout.is_active() {
                let expected: Vec<f64> = dx.iter().zip(&mask).map(|(a, b)| a * b).collect();
                self.near(
                    &format!("{what}, d input"),
                    &self.read(&masked, rows * columns),
                    &expected,
                );
            }
            let mut expected = wide(&before);
            for i in 0..columns {
                expected[weight.offset + i] += dw[i];
                expected[bias.offset + i] += db[i];
            }
            self.near(
                &format!("{what}, d parameters"),
                &self.read_floats(&gradients, 0, before.len()),
                &expected,
            );
        }
    }

    pub fn embedding(&self, rows: usize, columns: usize) {
        let (vocabulary, places) = (11, rows + 3);
        let mut offset = 0;
        let mut span = |length| {
            let span = Span { offset, length };
            offset += padded(length);
            span
        };
        let (words, positions, types) = (span(vocabulary * columns), span(places * columns), span(columns));
        let (weight, bias) = (span(columns), span(columns));
        let matrix = Matrix {
            index: 0,
            offset: words.offset,
            outputs: vocabulary,
            inputs: columns,
        };
        let layer_norm = LayerNorm {
            weight,
            bias,
            epsilon: 1e-5,
        };
        let embedding = Embedding {
            words: matrix,
            positions,
            types,
            layer_norm,
        };
        let master = values(1, offset);
        let tokens: Vec<u32> = (0..rows as u32).map(|i| (i * i + 3) % 11).collect();
        let ids: Vec<u32> = (0..rows as u32).map(|i| i / 2 + 2).collect();
        let floats = self.floats(&master);
        let weights = self.weights(matrix, &floats);
        let parameters = Parameters {
            master: &floats,
            weights: &weights,
        };
        let (token_buffer, id_buffer) = (self.indices(&tokens), self.indices(&ids));
        let at = |span: Span, row: u32, i: usize| span.offset + row as usize * columns + i;
        let sum: Vec<f64> = (0..rows * columns)
            .map(|index| {
                let (row, i) = (index / columns, index % columns);
                [at(words, tokens[row], i), at(positions, ids[row], i), at(types, 0, i)]
                    .map(|place| f64::from(master[place]))
                    .iter()
                    .sum()
            })
            .collect();
        let (normalized, inverses) = normalize(&sum, columns, 1e-5);
        let (w, b) = (wide(&master[weight.range()]), wide(&master[bias.range()]));
        let dy = values(2, rows * columns);
        for dropout in self.dropouts() {
            let what = format!("embedding {rows}×{columns}, dropout {}", dropout.probability);
            let mask = hidden_mask(&dropout, rows, columns);
            let y: Vec<f64> = (0..rows * columns)
                .map(|i| mask[i] * (normalized[i] * w[i % columns] + b[i % columns]))
                .collect();
            let mut state = self.norm_state(rows, columns);
            let mut output = self.poisoned(rows * columns);
            self.device
                .embed(
                    parameters,
                    &embedding,
                    &token_buffer,
                    &id_buffer,
                    rows,
                    dropout,
                    Some(&mut state),
                    &mut output,
                )
                .unwrap();
            self.near(&what, &self.read(&output, rows * columns), &y);

            let masked: Vec<f64> = dy.iter().zip(&mask).map(|(a, b)| f64::from(*a) * b).collect();
            let (dx, dw, db) = norm_backward(&masked, &normalized, &inverses, &w);
            let before = values(5, master.len());
            let mut expected = wide(&before);
            for (index, value) in dx.iter().enumerate() {
                let (row, i) = (index / columns, index % columns);
                expected[at(words, tokens[row], i)] += value;
                expected[at(positions, ids[row], i)] += value;
                expected[at(types, 0, i)] += value;
            }
            for i in 0..columns {
                expected[weight.offset + i] += dw[i];
                expected[bias.offset + i] += db[i];
            }
            let mut gradients = self.floats(&before);
            let mut scratch = self.activations(&dy);
            self.device
                .embed_backward(
                    parameters,
                    &embedding,
                    &token_buffer,
                    &id_buffer,
                    rows,
                    dropout,
                    &state,
                    &mut scratch,
                    &mut gradients,
                )
                .unwrap();
            let after = self.read_floats(&gradients, 0, master.len());
            self.near(&format!("{what}, gradients"), &after, &expected);
        }
    }
}
