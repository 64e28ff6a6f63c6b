//! Rows gathered and scattered, and AdamW.

use super::*;

impl<D: Device> Check<D> {
    pub fn rows(&self, columns: usize) {
        let total = 9;
        let x = values(1, total * columns);
        let rows = [0, 3, 4, 8];
        let (input, index) = (self.activations(&x), self.indices(&rows));
        let mut gathered = self.poisoned(rows.len() * columns);
        self.device
            .gather_rows(&input, &index, rows.len(), columns, &mut gathered)
            .unwrap();
        let expected: Vec<f32> = rows
            .iter()
            .flat_map(|row| x[*row as usize * columns..][..columns].to_vec())
            .collect();
        assert_eq!(self.read(&gathered, expected.len()), expected);
        let mut scattered = self.poisoned(total * columns);
        self.device
            .scatter_rows(&gathered, &index, rows.len(), columns, &mut scattered, total)
            .unwrap();
        let expected: Vec<f32> = (0..total * columns)
            .map(|i| {
                if rows.contains(&((i / columns) as u32)) {
                    x[i]
                } else {
                    0.0
                }
            })
            .collect();
        assert_eq!(self.read(&scattered, expected.len()), expected);
    }

    pub fn update(&self, length: usize, max_norm: f32) {
        let what = format!("AdamW of {length}, norm {max_norm}");
        let (mut p, g) = (values(1, length), values(2, length));
        let (mut m, mut v): (Vec<f32>, Vec<f32>) = (values(3, length), values(4, length));
        v.iter_mut().for_each(|v| *v = v.abs());
        let decay = [
            Span {
                offset: 4,
                length: length / 12 * 4,
            },
            Span {
                offset: length / 8 * 4,
                length: length / 16 * 4,
            },
        ];
        let settings = AdamW {
            learning_rate: 0.01,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-6,
            weight_decay: 0.1,
            step: 3,
            max_norm,
        };
        let (mut master, gradients) = (self.floats(&p), self.floats(&g));
        let (mut first, mut second) = (self.floats(&m), self.floats(&v));
        let mut norm = self.floats(&[f32::NAN]);
        self.device.squared_norm(&gradients, length, &mut norm).unwrap();
        let squared: f64 = g.iter().map(|g| f64::from(*g).powi(2)).sum();
        self.near(
            &format!("{what}, squared norm"),
            &self.read_floats(&norm, 0, 1),
            &[squared],
        );
        let matrix = Matrix {
            index: 0,
            offset: 0,
            outputs: 1,
            inputs: 8,
        };
        let mut weights = self.device.weights(&[matrix], true).unwrap();
        self.device
            .adamw(
                &settings,
                &decay,
                &norm,
                &gradients,
                &mut master,
                &mut first,
                &mut second,
                &mut weights,
            )
            .unwrap();
        let clip = (f64::from(max_norm) / (squared.sqrt() + 1e-6)).min(1.0);
        let (mut expected, mut sums) = (Vec::new(), (Vec::new(), Vec::new()));
        let (beta1, beta2) = (f64::from(0.9f32), f64::from(0.999f32));
        for i in 0..length {
            let gradient = f64::from(g[i]) * clip;
            let first = beta1 * f64::from(m[i]) + (1.0 - beta1) * gradient;
            let second = beta2 * f64::from(v[i]) + (1.0 - beta2) * gradient * gradient;
            let decayed = decay.iter().any(|span| span.range().contains(&i));
            let kept = f64::from(p[i]) * if decayed { 1.0 - 0.01 * 0.1 } else { 1.0 };
            let corrected = (second / (1.0 - beta2.powi(3))).sqrt() + 1e-6;
            expected.push(kept - 0.01 / (1.0 - beta1.powi(3)) * first / corrected);
            sums.0.push(first);
            sums.1.push(second);
        }
        for (buffer, result) in [(&first, &mut m), (&second, &mut v), (&master, &mut p)] {
            *result = self.read_floats(buffer, 0, length);
        }
        self.near(&what, &p, &expected);
        self.near(&format!("{what}, first moment"), &m, &sums.0);
        self.near(&format!("{what}, second moment"), &v, &sums.1);
    }
}
