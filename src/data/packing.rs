//! Sequences for the model, and batches without padding.

use super::cwm;
use super::example::{self, DataSet, Rejection, TraceFormat, write_texts};
use super::text::{Code, Joined, Unfit, code_tokens};
use super::tokenizer::{EncoderCache, Tokenizer};
use crate::model::PackedBatch;
use anyhow::Result;
use python::{Limits, Tracer};

/// Most tokens of a source (the data set's token and the code) and of a target (`<mask0>` and the trace): with the marks
/// around them they fill a block of 1024.
pub const MAX_SOURCE: usize = 255;
pub const MAX_TARGET: usize = 763;

/// Entries that a target can hold: the shortest has four tokens, `<line> <0> <state> </state>`.
pub const MAX_ENTRIES: usize = MAX_TARGET / 4;

/// `<s> <encoder-decoder> </s> SOURCE <mask0> </s> <mask0> TRACE </s>`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequence {
    pub tokens: Vec<u32>,
    /// Tokens up to and including the source's last `</s>`.
    pub prefix: usize,
}

impl Sequence {
    /// Text that the target holds, without `<mask0>` and `</s>`.
    pub fn target(&self) -> &[u32] {
        &self.tokens[self.prefix + 1..self.tokens.len() - 1]
    }
}

/// Why an encoded program has no place in a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TooLong {
    Source(usize),
    Target(usize),
}

impl std::fmt::Display for TooLong {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, tokens, most) = match self {
            TooLong::Source(tokens) => ("program", tokens, MAX_SOURCE),
            TooLong::Target(tokens) => ("trace", tokens, MAX_TARGET),
        };
        write!(
            formatter,
            "the {what} has {tokens} tokens, the model takes at most {most}"
        )
    }
}

impl std::error::Error for TooLong {}

/// Turns texts into sequences. One per thread: it keeps what it has encoded.
pub struct Encoder<'a> {
    tokenizer: &'a Tokenizer,
    cache: EncoderCache,
    tracer: Tracer,
    code: Joined,
    trace: Joined,
    limits: Limits,
}

impl<'a> Encoder<'a> {
    pub fn new(tokenizer: &'a Tokenizer) -> Self {
        // What runs longer than a target can hold is of no use, and must not hold up the others.
        let limits = example::limits(MAX_ENTRIES);
        Encoder {
            tokenizer,
            cache: EncoderCache::default(),
            tracer: Tracer::new(),
            code: Joined::default(),
            trace: Joined::default(),
            limits,
        }
    }

    /// A program as [`Encoder::prompt`] takes it.
    pub fn source(&self, source: &str) -> std::result::Result<String, Unfit> {
        if self.tokenizer.format == TraceFormat::Cwm {
            return cwm::prompt(source);
        }
        let mut code = Joined::default();
        code_tokens(source, &mut code)?;
        Ok(code.text)
    }

    /// The model's input for a program: everything before the target. Frames need no data set's token.
    pub fn prompt(&mut self, data_set: DataSet, code: &str) -> Result<std::result::Result<Vec<u32>, TooLong>> {
        let ids = self.tokenizer.ids;
        let mut tokens = vec![ids.begin, ids.encoder_decoder, ids.end];
        let token = self
            .tokenizer
            .special_id(data_set.token())
            .expect("checked when the tokenizer was opened");
        if self.tokenizer.format == TraceFormat::CodeExecutor {
            tokens.push(token);
        }
        self.tokenizer.encode(code, &mut self.cache, &mut tokens)?;
        let source = tokens.len() - 3;
        if source > MAX_SOURCE {
            return Ok(Err(TooLong::Source(source)));
        }
        tokens.extend([ids.mask, ids.end]);
        Ok(Ok(tokens))
    }

    /// The whole sequence of a program and its trace, given as texts.
    pub fn sequence(
        &mut self,
        data_set: DataSet,
        code: &str,
        trace: &str,
    ) -> Result<std::result::Result<Sequence, TooLong>> {
        let ids = self.tokenizer.ids;
        let mut tokens = match self.prompt(data_set, code)? {
            Ok(tokens) => tokens,
            Err(too_long) => return Ok(Err(too_long)),
        };
        let prefix = tokens.len();
        tokens.push(ids.mask);
        self.tokenizer.encode(trace, &mut self.cache, &mut tokens)?;
        let target = tokens.len() - prefix;
        if target > MAX_TARGET {
            return Ok(Err(TooLong::Target(target)));
        }
        tokens.push(ids.end);
        Ok(Ok(Sequence { tokens, prefix }))
    }

    /// Runs a program and encodes it with its trace.
    pub fn run<'c>(
        &mut self,
        data_set: DataSet,
        program: impl Into<Code<'c>>,
    ) -> Result<std::result::Result<Sequence, Unusable>> {
        let (mut code, mut trace) = (std::mem::take(&mut self.code), std::mem::take(&mut self.trace));
        code.clear();
        trace.clear();
        let written = match self.tokenizer.format {
            TraceFormat::CodeExecutor => write_texts(
                &mut self.tracer,
                data_set,
                program,
                "",
                &self.limits,
                &mut code,
                &mut trace,
            ),
            TraceFormat::Cwm => {
                let texts = cwm::texts(&mut self.tracer, program.into().source, "", &self.limits);
                texts.map(|texts| (code.text, trace.text) = texts)
            }
        };
        let sequence = match written {
            Err(rejection) => Ok(Err(Unusable::Rejected(rejection))),
            Ok(()) => self
                .sequence(data_set, &code.text, &trace.text)
                .map(|made| made.map_err(Unusable::TooLong)),
        };
        self.code = code;
        self.trace = trace;
        sequence
    }
}

/// Why a program gives no sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    Rejected(Rejection),
    TooLong(TooLong),
}

impl Unusable {
    /// The name under which it is counted.
    pub fn name(&self) -> &'static str {
        match self {
            Unusable::Rejected(rejection) => rejection.name(),
            Unusable::TooLong(TooLong::Source(_)) => "source_too_long",
            Unusable::TooLong(TooLong::Target(_)) => "trace_too_long",
        }
    }
}

/// Loss weights: 1 for the tokens that every state holds, 10 for all others.
#[derive(Clone, Debug)]
pub struct LossWeights {
    light: Vec<u32>,
}

impl LossWeights {
    pub fn new(tokenizer: &Tokenizer) -> Self {
        LossWeights {
            light: tokenizer.light_ids(),
        }
    }

    pub fn of(&self, token: u32) -> f32 {
        if self.light.contains(&token) { 1.0 } else { 10.0 }
    }
}

/// Appends a sequence to a batch if it fits into the budget of tokens (the first one always does).
pub fn pack(
    batch: &mut PackedBatch,
    sequence: &Sequence,
    budget: usize,
    first_position: u32,
    weights: &LossWeights,
) -> bool {
    if batch.token_count() > 0 && batch.token_count() + sequence.tokens.len() > budget {
        return false;
    }
    batch.push(
        &sequence.tokens,
        sequence.prefix,
        sequence.prefix,
        first_position,
        |token| weights.of(token),
    );
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tokenizer::tests::small;

    #[test]
    fn sequences_have_the_released_form() {
        let tokenizer = small();
        let mut encoder = Encoder::new(&tokenizer);
        let sequence = encoder
            .sequence(DataSet::SingleLine, "<0> a = 1", "<state> a : 1 </state>")
            .unwrap()
            .unwrap();
        assert_eq!(
            tokenizer.decode(&sequence.tokens),
            "<s> <encoder-decoder> </s> <singleline> <0> a = 1 <mask0> </s> <mask0> <state> a : 1 </state> </s>"
        );
        assert_eq!(tokenizer.decode(sequence.target()), "<state> a : 1 </state>");
        let mut batch = PackedBatch::new();
        let weights = LossWeights::new(&tokenizer);
        assert!(pack(&mut batch, &sequence, 50, 2, &weights));
        assert!(pack(&mut batch, &sequence, 50, 2, &weights));
        assert!(!pack(&mut batch, &sequence, 50, 2, &weights));
        // <mask0> <state> a : 1 </state> </s>
        assert_eq!(batch.target_weights[..7], [10.0, 1.0, 10.0, 1.0, 10.0, 1.0, 10.0]);
        assert_eq!(batch.target_rows[0], sequence.prefix as u32 - 1);
    }

    #[test]
    fn long_programs_are_named() {
        let tokenizer = small();
        let mut encoder = Encoder::new(&tokenizer);
        let code = "a = 1 ".repeat(100);
        let message = encoder
            .prompt(DataSet::CodeNet, &code)
            .unwrap()
            .unwrap_err()
            .to_string();
        assert_eq!(message, "the program has 301 tokens, the model takes at most 255");
    }
}
