//! How subcommands are told to choose a model's tokens.

use crate::decode::{SampleOptions, SearchOptions, Strategy};
use anyhow::{Result, bail};

/// Candidates of a draw unless others are asked for.
const TOP_K: usize = 40;

#[derive(clap::Args, Clone, Debug)]
pub struct DecodeArguments {
    /// Beams of the search; 1 is greedy, the release has 10.
    #[arg(long, default_value_t = 1, help_heading = "Decoding")]
    pub beam: usize,
    /// Divide scores by length to this power; above 0 favours long traces. The release has 0.
    #[arg(
        long,
        default_value_t = 0.0,
        allow_negative_numbers = true,
        help_heading = "Decoding"
    )]
    pub length_penalty: f64,
    /// Stop a search as soon as no beam can overtake the best finished one.
    #[arg(long, help_heading = "Decoding")]
    pub early_stop: bool,
    /// Draw tokens instead of searching, at this temperature (1 unless given with --top-k).
    #[arg(long, value_name = "T", conflicts_with_all = ["beam", "length_penalty", "early_stop"], help_heading = "Decoding")]
    pub temperature: Option<f64>,
    /// Draw each token from the K likeliest (40 unless given with --temperature).
    #[arg(long, value_name = "K", conflicts_with_all = ["beam", "length_penalty", "early_stop"], help_heading = "Decoding")]
    pub top_k: Option<usize>,
    /// Decides what is drawn.
    #[arg(long, default_value_t = 0, help_heading = "Decoding")]
    pub seed: u64,
    /// Most tokens of a trace.
    #[arg(long, default_value_t = 768, help_heading = "Decoding")]
    pub max_tokens: usize,
}

impl DecodeArguments {
    pub fn strategy(&self) -> Result<Strategy> {
        let above_zero = |name: &str, value: usize| {
            if value == 0 {
                bail!("--{name} 0: must be at least 1");
            }
            Ok(value)
        };
        let max_tokens = above_zero("max-tokens", self.max_tokens)?;
        if self.temperature.is_none() && self.top_k.is_none() {
            if !self.length_penalty.is_finite() {
                bail!("--length-penalty {}: must be a number", self.length_penalty);
            }
            return Ok(Strategy::Search(SearchOptions {
                beams: above_zero("beam", self.beam)?,
                max_tokens,
                length_penalty: self.length_penalty,
                early_stop: self.early_stop,
            }));
        }
        let temperature = self.temperature.unwrap_or(1.0);
        if !(temperature > 0.0 && temperature.is_finite()) {
            bail!("--temperature {temperature}: must be above 0; --top-k 1 or no temperature is greedy");
        }
        Ok(Strategy::Sample(SampleOptions {
            temperature,
            top_k: above_zero("top-k", self.top_k.unwrap_or(TOP_K))?,
            seed: self.seed,
            max_tokens,
        }))
    }
}
