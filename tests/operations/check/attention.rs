//! Attention over packed segments, and of one step of decoding.

use super::*;

impl<D: Device> Check<D> {
    pub fn attention(&self, heads: Heads, lengths: &[(usize, usize)]) {
        let hidden = heads.hidden();
        let mut starts = vec![0u32];
        lengths
            .iter()
            .for_each(|(length, _)| starts.push(starts[starts.len() - 1] + *length as u32));
        let prefixes: Vec<u32> = lengths.iter().map(|(_, prefix)| *prefix as u32).collect();
        let tokens = starts[lengths.len()] as usize;
        let mut segments = self.device.segments(tokens, lengths.len()).unwrap();
        self.device.write_segments(&mut segments, &starts, &prefixes).unwrap();
        let qkv: Vec<f32> = values(1, tokens * 3 * hidden).iter().map(|v| v * 2.0).collect();
        let dy = values(2, tokens * hidden);
        let (q, dq) = (wide(&qkv), wide(&dy));
        for mut dropout in self.dropouts() {
            dropout.stream = random::stream(2, random::Purpose::AttentionProbabilities);
            let what = format!("attention {heads:?} {lengths:?}, dropout {}", dropout.probability);
            let (threshold, keep) = random::attention_threshold(dropout.probability);
            let (mut y, mut lse) = (vec![0.0; tokens * hidden], vec![0.0; heads.count * tokens]);
            let mut gradient = vec![0.0; tokens * 3 * hidden];
            for (segment, &(length, prefix)) in lengths.iter().enumerate() {
                let start = starts[segment] as usize;
                for head in 0..heads.count {
                    let d = heads.dimension;
                    let at = |part: usize, row: usize| (start + row) * 3 * hidden + part * hidden + head * d;
                    for i in 0..length {
                        let seen = prefix.max(i + 1);
                        let scores: Vec<f64> = (0..seen)
                            .map(|j| {
                                let dot: f64 = (0..d).map(|k| q[at(0, i) + k] * q[at(1, j) + k]).sum();
                                dot / (d as f64).sqrt()
                            })
                            .collect();
                        let largest = scores.iter().copied().fold(f64::MIN, f64::max);
                        let sum: f64 = scores.iter().map(|s| (s - largest).exp()).sum();
                        lse[head * tokens + start + i] = largest + sum.ln();
                        let p: Vec<f64> = scores.iter().map(|s| (s - largest).exp() / sum).collect();
                        let mask: Vec<f64> = (0..seen)
                            .map(|j| {
                                let (row, key) = ((start + i) as u32, j as u32);
                                let (seed, draw, stream) = (dropout.seed, dropout.draw, dropout.stream);
                                let decision = random::attention_decision(seed, draw, stream, head as u32, row, key);
                                let kept = !dropout.is_active() || decision >= threshold;
                                if kept { f64::from(keep) } else { 0.0 }
                            })
                            .collect();
                        let out = (start + i) * hidden + head * d;
                        let slopes: Vec<f64> = (0..seen)
                            .map(|j| mask[j] * (0..d).map(|k| dq[out + k] * q[at(2, j) + k]).sum::<f64>())
                            .collect();
                        let delta: f64 = p.iter().zip(&slopes).map(|(p, s)| p * s).sum();
                        for j in 0..seen {
                            let ds = p[j] * (slopes[j] - delta) / (d as f64).sqrt();
                            for k in 0..d {
                                y[out + k] += p[j] * mask[j] * q[at(2, j) + k];
                                gradient[at(0, i) + k] += ds * q[at(1, j) + k];
                                gradient[at(1, j) + k] += ds * q[at(0, i) + k];
                                gradient[at(2, j) + k] += p[j] * mask[j] * dq[out + k];
                            }
                        }
                    }
                }
            }
            let input = self.activations(&qkv);
            let (mut output, mut sums) = (self.poisoned(tokens * hidden), self.device.floats(lse.len()).unwrap());
            self.device
                .attention(heads, &segments, &input, dropout, Some(&mut sums), &mut output)
                .unwrap();
            self.near(&what, &self.read(&output, tokens * hidden), &y);
            self.near(
                &format!("{what}, log sum"),
                &self.read_floats(&sums, 0, lse.len()),
                &lse,
            );
            let mut result = self.poisoned(tokens * 3 * hidden);
            let slope = self.activations(&dy);
            self.device
                .attention_backward(heads, &segments, &input, &output, &sums, &slope, dropout, &mut result)
                .unwrap();
            self.near(
                &format!("{what}, gradient"),
                &self.read(&result, tokens * 3 * hidden),
                &gradient,
            );

            let mut pooled = self.device.floats(lengths.len() * hidden).unwrap();
            self.device
                .mean_pool(&segments, &slope, hidden, true, &mut pooled)
                .unwrap();
            let mut expected = Vec::new();
            for (segment, (length, _)) in lengths.iter().enumerate() {
                let start = starts[segment] as usize;
                let sum: Vec<f64> = (0..hidden)
                    .map(|k| (start..start + length).map(|row| dq[row * hidden + k]).sum())
                    .collect();
                let norm = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
                expected.extend(sum.iter().map(|v| v / norm.max(1e-12)));
            }
            self.near("mean pooling", &self.read_floats(&pooled, 0, expected.len()), &expected);
        }
    }

    /// One step of decoding: the cache's new rows, and attention over prefixes and shared ancestors.
    pub fn decoding(&self, heads: Heads, prefixes: &[usize], step: usize) {
        let what = format!("decoding {heads:?}, prefixes {prefixes:?}, step {step}");
        let (hidden, d) = (heads.hidden(), heads.dimension);
        let (rows, row_capacity, step_capacity) = (2 * prefixes.len() - 1, 2 * prefixes.len(), step + 3);
        let mut starts = vec![0u32];
        prefixes
            .iter()
            .for_each(|length| starts.push(starts[starts.len() - 1] + *length as u32));
        let tokens = starts[prefixes.len()] as usize;
        let sequences: Vec<u32> = (0..rows as u32).map(|row| row / 2).collect();
        let ancestors: Vec<u32> = (0..rows * step_capacity)
            .map(|i| philox([i as u32, 7, 0, 0], [1, 2])[0] % rows as u32)
            .collect();
        let (prefix_keys, prefix_values) = (values(1, tokens * hidden), values(2, tokens * hidden));
        let qkv: Vec<f32> = values(3, rows * 3 * hidden).iter().map(|v| v * 2.0).collect();
        let (mut keys, mut cached) = (
            values(4, step_capacity * row_capacity * hidden),
            values(5, step_capacity * row_capacity * hidden),
        );
        let (mut key_cache, mut value_cache) = (self.activations(&keys), self.activations(&cached));
        let input = self.activations(&qkv);
        let first_row = step * row_capacity;
        self.device
            .append_cache(&input, rows, hidden, first_row, &mut key_cache, &mut value_cache)
            .unwrap();
        for row in 0..rows {
            let to = (first_row + row) * hidden;
            let from = row * 3 * hidden;
            keys[to..to + hidden].copy_from_slice(&qkv[from + hidden..from + 2 * hidden]);
            cached[to..to + hidden].copy_from_slice(&qkv[from + 2 * hidden..from + 3 * hidden]);
        }
        assert_eq!(self.read(&key_cache, keys.len()), keys, "{what}");
        assert_eq!(self.read(&value_cache, cached.len()), cached, "{what}");
        let shape = DecodeShape {
            heads,
            rows,
            row_capacity,
            step,
            step_capacity,
        };
        let mut output = self.poisoned(rows * hidden);
        self.device
            .decode_attention(
                &shape,
                &input,
                &self.activations(&prefix_keys),
                &self.activations(&prefix_values),
                &self.indices(&starts),
                &self.indices(&sequences),
                &key_cache,
                &value_cache,
                &self.indices(&ancestors),
                &mut output,
            )
            .unwrap();
        let mut expected = vec![0.0; rows * hidden];
        for row in 0..rows {
            let sequence = sequences[row] as usize;
            // Where each key that the row sees lies: its cache and row.
            let seen: Vec<(&[f32], &[f32], usize)> = (starts[sequence]..starts[sequence + 1])
                .map(|key| (&prefix_keys[..], &prefix_values[..], key as usize))
                .chain((0..=step).map(|t| {
                    let ancestor = ancestors[row * step_capacity + t] as usize;
                    (&keys[..], &cached[..], t * row_capacity + ancestor)
                }))
                .collect();
            for head in 0..heads.count {
                let query = &qkv[row * 3 * hidden + head * d..][..d];
                let at = |place: usize| place * hidden + head * d;
                let score = |keys: &[f32], place: usize| -> f64 {
                    let pairs = query.iter().zip(&keys[at(place)..]);
                    pairs.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>() / (d as f64).sqrt()
                };
                let weights: Vec<f64> = seen.iter().map(|(keys, _, place)| score(keys, *place).exp()).collect();
                let sum: f64 = weights.iter().sum();
                for ((_, values, place), weight) in seen.iter().zip(&weights) {
                    for k in 0..d {
                        expected[row * hidden + head * d + k] += weight / sum * f64::from(values[at(*place) + k]);
                    }
                }
            }
        }
        self.near(&what, &self.read(&output, rows * hidden), &expected);
    }
}
