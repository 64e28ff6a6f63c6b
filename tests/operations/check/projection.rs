//! Projection with the weighted loss, logits, the best of them.

use super::*;

impl<D: Device> Check<D> {
    pub fn projection(&self, count: usize, columns: usize, vocabulary: usize) {
        let what = format!("projection {count}×{columns}×{vocabulary}");
        let words = Matrix {
            index: 0,
            offset: 0,
            outputs: vocabulary,
            inputs: columns,
        };
        let bias = Span {
            offset: padded(vocabulary * columns),
            length: vocabulary,
        };
        let master = values(1, padded(bias.offset + vocabulary));
        let (w, b) = (wide(&master[..vocabulary * columns]), wide(&master[bias.range()]));
        let floats = self.floats(&master);
        let weights = self.weights(words, &floats);
        let parameters = Parameters {
            master: &floats,
            weights: &weights,
        };
        let limits = Limits {
            tokens: count,
            segments: 1,
            targets: count,
            hidden: columns,
            intermediate: columns,
            vocabulary,
            heads: 1,
            training: true,
        };
        self.device.prepare(&limits).unwrap();
        let h = values(2, count * columns);
        let targets: Vec<u32> = (0..count).map(|i| (i * 7 % vocabulary) as u32).collect();
        let target_weights: Vec<f32> = (0..count).map(|i| if i % 3 == 0 { 1.0 } else { 10.0 }).collect();
        let scale = 1.0 / count as f32;
        let mut logits = product(&wide(&h), &w, count, columns, vocabulary);
        logits.iter_mut().enumerate().for_each(|(i, z)| *z += b[i % vocabulary]);
        let before = values(3, master.len());
        let (mut loss, mut gradient) = (0.0, wide(&before));
        let mut dh = vec![0.0; count * columns];
        let mut log_softmax = logits.clone();
        for row in 0..count {
            let z = &mut log_softmax[row * vocabulary..][..vocabulary];
            let largest = z.iter().copied().fold(f64::MIN, f64::max);
            let sum = z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln() + largest;
            z.iter_mut().for_each(|z| *z -= sum);
            let factor = f64::from(target_weights[row]) * f64::from(scale);
            loss -= factor * z[targets[row] as usize];
            for (token, z) in z.iter().enumerate() {
                let d = factor * (z.exp() - f64::from(u8::from(token == targets[row] as usize)));
                gradient[bias.offset + token] += d;
                for k in 0..columns {
                    gradient[token * columns + k] += d * f64::from(h[row * columns + k]);
                    dh[row * columns + k] += d * w[token * columns + k];
                }
            }
        }
        let hidden = self.activations(&h);
        let (tokens, token_weights) = (self.indices(&targets), self.floats(&target_weights));
        let (mut sum, mut gradients) = (self.floats(&[0.5]), self.floats(&before));
        let mut hidden_gradient = self.poisoned(count * columns);
        let wanted = ProjectionGradients {
            parameters: &mut gradients,
            hidden: &mut hidden_gradient,
        };
        let device = &self.device;
        let add_loss = |sum: &mut D::Floats, wanted: Option<ProjectionGradients<'_, D>>| {
            device
                .projection_loss(
                    parameters,
                    &words,
                    bias,
                    &hidden,
                    &tokens,
                    &token_weights,
                    count,
                    scale,
                    sum,
                    wanted,
                )
                .unwrap();
        };
        add_loss(&mut sum, Some(wanted));
        self.near(&format!("{what}, loss"), &self.read_floats(&sum, 0, 1), &[loss + 0.5]);
        self.near(
            &format!("{what}, d hidden"),
            &self.read(&hidden_gradient, count * columns),
            &dh,
        );
        let after = self.read_floats(&gradients, 0, master.len());
        self.near(&format!("{what}, d parameters"), &after, &gradient);
        let mut sum = self.floats(&[0.0]);
        add_loss(&mut sum, None);
        self.near(&format!("{what}, loss alone"), &self.read_floats(&sum, 0, 1), &[loss]);

        let mut output = device.floats(count * vocabulary).unwrap();
        device
            .logits(parameters, &words, bias, &hidden, count, &mut output)
            .unwrap();
        let ours = self.read_floats(&output, 0, count * vocabulary);
        self.near(&format!("{what}, logits"), &ours, &logits);
        let k = vocabulary.min(5);
        let (mut best, mut scores) = (device.indices(count * k).unwrap(), device.floats(count * k).unwrap());
        device
            .top_k(&output, count, vocabulary, k, &mut best, &mut scores)
            .unwrap();
        let mut chosen = vec![0; count * k];
        device.read_indices(&best, 0, &mut chosen).unwrap();
        let expected: Vec<f64> = (0..count * k)
            .map(|i| log_softmax[i / k * vocabulary + chosen[i] as usize])
            .collect();
        self.near(
            &format!("{what}, top k"),
            &self.read_floats(&scores, 0, count * k),
            &expected,
        );
        for row in 0..count {
            let row_logits = &ours[row * vocabulary..][..vocabulary];
            let mut order: Vec<u32> = (0..vocabulary as u32).collect();
            order.sort_by(|a, b| {
                row_logits[*b as usize]
                    .total_cmp(&row_logits[*a as usize])
                    .then(a.cmp(b))
            });
            assert_eq!(chosen[row * k..(row + 1) * k], order[..k], "{what}");
        }
    }
}
