//! A batch without padding: one run of tokens with segment bounds and prefix lengths.

use super::{ModelConfig, ModelError};

/// Packed sequences. Segment `s` holds tokens `segment_starts[s] .. segment_starts[s + 1]`; its first
/// `prefix_lengths[s]` positions see each other both ways, the rest see the prefix and what precedes them.
#[derive(Debug, Clone, PartialEq)]
pub struct PackedBatch {
    /// `[tokens]`
    pub tokens: Vec<u32>,
    /// `[tokens]`, position ids as the position table counts them: from `pad_token_id + 1` in every segment.
    pub positions: Vec<u32>,
    /// `[segments + 1]`, from 0 to the number of tokens.
    pub segment_starts: Vec<u32>,
    /// `[segments]`
    pub prefix_lengths: Vec<u32>,
    /// `[targets]`, strictly ascending: rows whose hidden state predicts a token.
    pub target_rows: Vec<u32>,
    /// `[targets]`: the token that is right there.
    pub target_tokens: Vec<u32>,
    /// `[targets]`: weight of its loss.
    pub target_weights: Vec<f32>,
}

impl Default for PackedBatch {
    fn default() -> Self {
        PackedBatch {
            tokens: Vec::new(),
            positions: Vec::new(),
            segment_starts: vec![0],
            prefix_lengths: Vec::new(),
            target_rows: Vec::new(),
            target_tokens: Vec::new(),
            target_weights: Vec::new(),
        }
    }
}

impl PackedBatch {
    pub fn new() -> Self {
        Self::default()
    }

    /// Empties it and keeps its memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.positions.clear();
        self.segment_starts.truncate(1);
        self.prefix_lengths.clear();
        self.target_rows.clear();
        self.target_tokens.clear();
        self.target_weights.clear();
    }

    pub fn token_count(&self) -> usize {
        self.tokens.len()
    }

    pub fn segment_count(&self) -> usize {
        self.prefix_lengths.len()
    }

    pub fn target_count(&self) -> usize {
        self.target_rows.len()
    }

    /// Appends one sequence. Its tokens from `first_target` on (at least 1) are predicted, each from the row before it,
    /// with the loss weight that `weight` gives it. `first_position` is the configuration's
    /// [`first_position`](ModelConfig::first_position).
    pub fn push(
        &mut self,
        tokens: &[u32],
        prefix_length: usize,
        first_target: usize,
        first_position: u32,
        weight: impl Fn(u32) -> f32,
    ) {
        let start = self.tokens.len() as u32;
        self.tokens.extend_from_slice(tokens);
        self.positions
            .extend((0..tokens.len() as u32).map(|index| first_position + index));
        self.segment_starts.push(self.tokens.len() as u32);
        self.prefix_lengths.push(prefix_length as u32);
        for (index, &token) in tokens.iter().enumerate().skip(first_target.max(1)) {
            self.target_rows.push(start + index as u32 - 1);
            self.target_tokens.push(token);
            self.target_weights.push(weight(token));
        }
    }

    /// Checks everything that an operation relies on, against a model's shape.
    pub fn validate(&self, config: &ModelConfig) -> Result<(), ModelError> {
        let fail = |message: String| Err(ModelError::Batch(message));
        let tokens = self.tokens.len();
        if self.positions.len() != tokens {
            return fail(format!("{} positions for {tokens} tokens", self.positions.len()));
        }
        if let Some(&token) = self.tokens.iter().find(|&&token| token as usize >= config.vocab_size) {
            return fail(format!(
                "token {token} lies outside the vocabulary of {}",
                config.vocab_size
            ));
        }
        if let Some(&position) = self
            .positions
            .iter()
            .find(|&&p| p as usize >= config.max_position_embeddings)
        {
            return fail(format!(
                "position {position} lies outside the {} position embeddings: sequences hold at most {} tokens",
                config.max_position_embeddings,
                config.max_length()
            ));
        }
        let bounds = &self.segment_starts;
        if bounds.len() != self.prefix_lengths.len() + 1
            || bounds[0] != 0
            || bounds[bounds.len() - 1] as usize != tokens
            || bounds.windows(2).any(|pair| pair[0] >= pair[1])
        {
            return fail("segment bounds do not ascend from 0 to the number of tokens".to_string());
        }
        for (segment, pair) in bounds.windows(2).enumerate() {
            if self.prefix_lengths[segment] > pair[1] - pair[0] {
                return fail(format!("segment {segment}: prefix longer than the segment"));
            }
        }
        let targets = self.target_rows.len();
        if self.target_tokens.len() != targets || self.target_weights.len() != targets {
            return fail("target rows, tokens and weights differ in number".to_string());
        }
        if self.target_rows.windows(2).any(|pair| pair[0] >= pair[1])
            || self.target_rows.last().is_some_and(|&row| row as usize >= tokens)
        {
            return fail("target rows do not ascend within the batch".to_string());
        }
        if let Some(&token) = self
            .target_tokens
            .iter()
            .find(|&&token| token as usize >= config.vocab_size)
        {
            return fail(format!(
                "target token {token} lies outside the vocabulary of {}",
                config.vocab_size
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn push_shifts_targets_by_one() {
        let mut batch = PackedBatch::new();
        batch.push(&[0, 7, 8, 9], 2, 2, 2, |_| 10.0);
        batch.push(&[0, 5, 6], 1, 1, 2, |token| token as f32);
        assert_eq!(batch.target_rows, [1, 2, 4, 5]);
        assert_eq!(batch.target_tokens, [8, 9, 5, 6]);
        assert_eq!(batch.target_weights, [10.0, 10.0, 5.0, 6.0]);
        assert_eq!(batch.positions, [2, 3, 4, 5, 2, 3, 4]);
        assert_eq!(batch.segment_starts, [0, 4, 7]);
        let config = ModelConfig::preset("tiny", 10).unwrap();
        batch.validate(&config).unwrap();
        batch.tokens[0] = 10;
        assert!(batch.validate(&config).unwrap_err().to_string().contains("token 10"));
    }
}
