//! The tokenizer: byte-level BPE with every digit a token of its own and all special tokens of CodeExecutor.
//!
//! The work is done by the `tokenizers` crate and kept in its `tokenizer.json`. What stands here is the quick way to the
//! same ids: words between single spaces do not touch each other in this tokenizer, and few words make up most of all
//! traces, so that each is encoded once and looked up after that.

use super::cwm;
use super::example::TraceFormat;
use super::vocabulary::{self, BASE, added_tokens};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use tokenizers::models::bpe::{BPE, BpeTrainerBuilder};
use tokenizers::normalizers::Prepend;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{AddedToken, PreTokenizerWrapper, SplitDelimiterBehavior, TokenizerImpl};

/// One digit, or a run of letters, of marks or of space, each with the one space before it.
const PATTERN: &str = r" ?\p{N}| ?[\p{L}_]+| ?[^\s\p{L}\p{N}_]+|\s+(?!\S)|\s+";

/// Words that a cache keeps before it starts anew: values of random programs have no end.
const CACHE_WORDS: usize = 1 << 16;

/// The ids that the model's sequences are built with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialIds {
    pub begin: u32,
    pub pad: u32,
    pub end: u32,
    pub mask: u32,
    pub encoder_decoder: u32,
    pub encoder_only: u32,
    pub state: u32,
    pub state_end: u32,
    pub separator: u32,
    pub line: u32,
    pub output: u32,
}

#[derive(Clone, Debug)]
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    special: HashMap<String, u32>,
    /// Bytes of each ordinary token; None for special ones, which stand in `names`.
    pieces: Vec<Option<Vec<u8>>>,
    names: HashMap<u32, String>,
    pub ids: SpecialIds,
    /// Whether the first word after a special token is written with a space before it.
    prefix_space: bool,
    /// How the models of this tokenizer write traces: in frames where it has their marks.
    pub format: TraceFormat,
    /// Of CodeExecutor's tokens, and of the format's, those that were not in the tokenizer's files.
    pub added: usize,
}

/// Word ids that one thread has seen.
#[derive(Default)]
pub struct EncoderCache {
    words: HashMap<String, Box<[u32]>>,
}

impl Tokenizer {
    /// Trains a vocabulary of at most `size` tokens, the special ones included, on `texts`.
    pub fn train(texts: impl Iterator<Item = String> + Send, size: usize) -> Result<Tokenizer> {
        Self::train_as(texts, size, TraceFormat::CodeExecutor)
    }

    /// [`Tokenizer::train`] for traces in a format.
    pub fn train_as(texts: impl Iterator<Item = String> + Send, size: usize, format: TraceFormat) -> Result<Tokenizer> {
        let first: Vec<AddedToken> = BASE.iter().map(|token| special_token(token)).collect();
        let added = tokens_of(format);
        let least = 256 + BASE.len() + added.len();
        if size < least {
            bail!("a vocabulary of {size} is too small: bytes and special tokens alone take {least}");
        }
        let mut trainer = BpeTrainerBuilder::new()
            .show_progress(false)
            .vocab_size(size - added.len())
            .special_tokens(first)
            .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
            .build();
        let mut tokenizer = TokenizerImpl::<BPE, Prepend, Sequence, ByteLevel, ByteLevel>::new(BPE::default());
        let split = Split::new(
            SplitPattern::Regex(PATTERN.to_owned()),
            SplitDelimiterBehavior::Isolated,
            false,
        )
        .map_err(|error| anyhow::anyhow!("{error}"))?;
        tokenizer
            .with_normalizer(Some(Prepend::new(" ".to_owned())))
            .with_pre_tokenizer(Some(Sequence::new(vec![
                PreTokenizerWrapper::Split(split),
                PreTokenizerWrapper::ByteLevel(ByteLevel::new(false, false, false)),
            ])))
            .with_decoder(Some(ByteLevel::new(false, false, false)));
        // Special tokens cut the texts as they will when they are encoded.
        let added: Vec<AddedToken> = added.iter().map(|token| special_token(token)).collect();
        let segments = texts.flat_map(|text| ordinary_segments(&text, format).map(str::to_owned).collect::<Vec<_>>());
        tokenizer
            .train(&mut trainer, segments)
            .map_err(|error| anyhow::anyhow!("training the tokenizer: {error}"))?;
        tokenizer.add_special_tokens(&added);
        let json = tokenizer.to_string(true).map_err(|error| anyhow::anyhow!("{error}"))?;
        Self::from_json(&json)
    }

    pub fn from_json(json: &str) -> Result<Tokenizer> {
        let inner: tokenizers::Tokenizer = json
            .parse()
            .map_err(|error: tokenizers::Error| anyhow::anyhow!("not a tokenizer.json: {error}"))?;
        Self::new(inner)
    }

    pub fn open(path: &Path) -> Result<Tokenizer> {
        let json = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        Self::from_json(&json).with_context(|| path.display().to_string())
    }

    /// Opens the tokenizer of a model's folder: `tokenizer.json`, or the `vocab.json`, `merges.txt` and `added_tokens.json`
    /// of a RoBERTa tokenizer. CodeExecutor's tokens are added where they are missing.
    pub fn open_folder(directory: &Path) -> Result<Tokenizer> {
        Self::open_folder_as(directory, TraceFormat::CodeExecutor)
    }

    /// [`Tokenizer::open_folder`], with the marks of a format added where they are missing.
    pub fn open_folder_as(directory: &Path, format: TraceFormat) -> Result<Tokenizer> {
        let place = || directory.display().to_string();
        let whole = directory.join("tokenizer.json");
        let failed = |error: tokenizers::Error| anyhow::anyhow!("{error}");
        let mut inner = if whole.is_file() {
            let json = std::fs::read_to_string(&whole).with_context(|| whole.display().to_string())?;
            json.parse::<tokenizers::Tokenizer>()
                .map_err(failed)
                .with_context(|| whole.display().to_string())?
        } else {
            Self::read_roberta(directory).with_context(place)?
        };
        if let Some(missing) = BASE.iter().find(|token| inner.token_to_id(token).is_none()) {
            bail!(
                "{}: its tokenizer has no token {missing}: it is neither UniXcoder's nor CodeExecutor's",
                place()
            );
        }
        let own = added_tokens();
        let missing: Vec<&String> = own.iter().filter(|token| inner.token_to_id(token).is_none()).collect();
        if let (Some(first), true) = (missing.first(), missing.len() < own.len()) {
            bail!(
                "{}: its tokenizer has only {} of CodeExecutor's {} tokens ({first} is missing): wanted are all or none",
                place(),
                own.len() - missing.len(),
                own.len()
            );
        }
        let before = inner.get_vocab_size(true);
        // Tokens that are there keep their ids; all become special, so that they are cut out of any text.
        let names: Vec<AddedToken> = BASE
            .iter()
            .map(|token| token.to_string())
            .chain(tokens_of(format))
            .map(|name| special_token(&name))
            .collect();
        inner.add_special_tokens(&names);
        let added = inner.get_vocab_size(true) - before;
        Ok(Tokenizer {
            added,
            ..Self::new(inner).with_context(place)?
        })
    }

    fn read_roberta(directory: &Path) -> Result<tokenizers::Tokenizer> {
        let (vocabulary, merges) = (directory.join("vocab.json"), directory.join("merges.txt"));
        if !vocabulary.is_file() || !merges.is_file() {
            bail!("holds no tokenizer: neither tokenizer.json nor vocab.json with merges.txt");
        }
        let bpe = BPE::from_file(&vocabulary.to_string_lossy(), &merges.to_string_lossy())
            .unk_token("<unk>".to_owned())
            .build()
            .map_err(|error| anyhow::anyhow!("vocab.json and merges.txt: {error}"))?;
        let mut inner = tokenizers::Tokenizer::new(bpe);
        inner.with_pre_tokenizer(Some(ByteLevel::new(false, true, true)));
        inner.with_decoder(Some(ByteLevel::new(false, true, true)));
        let path = directory.join("added_tokens.json");
        if path.is_file() {
            let text = std::fs::read_to_string(&path).context("added_tokens.json")?;
            let added: HashMap<String, u32> = serde_json::from_str(&text).context("added_tokens.json")?;
            let mut added: Vec<(String, u32)> = added.into_iter().collect();
            added.sort_by_key(|(_, id)| *id);
            for (name, id) in added {
                inner.add_special_tokens(&[special_token(&name)]);
                if inner.token_to_id(&name) != Some(id) {
                    bail!("added_tokens.json gives {name} the id {id}, which does not follow vocab.json");
                }
            }
        }
        Ok(inner)
    }

    /// Wraps a tokenizer whose special tokens are all there.
    pub fn new(inner: tokenizers::Tokenizer) -> Result<Tokenizer> {
        let has_marks = cwm::MARKS.iter().all(|mark| inner.token_to_id(mark).is_some());
        let format = if has_marks {
            TraceFormat::Cwm
        } else {
            TraceFormat::CodeExecutor
        };
        let mut special = HashMap::new();
        for name in BASE.iter().map(|token| token.to_string()).chain(tokens_of(format)) {
            let Some(id) = inner.token_to_id(&name) else {
                bail!("the tokenizer has no token {name}: it is not one of CodeExecutor's");
            };
            special.insert(name, id);
        }
        let size = inner.get_vocab_size(true);
        let names: HashMap<u32, String> = special.iter().map(|(name, &id)| (id, name.clone())).collect();
        let alphabet = byte_alphabet();
        let mut pieces = vec![None; size];
        for (text, id) in inner.get_vocab(true) {
            let Some(piece) = pieces.get_mut(id as usize) else {
                bail!("token {text:?} has the id {id}, but the vocabulary holds {size} tokens");
            };
            if !names.contains_key(&id) {
                *piece = Some(
                    text.chars()
                        .flat_map(|c| {
                            alphabet
                                .get(&c)
                                .copied()
                                .map_or_else(|| c.to_string().into_bytes(), |byte| vec![byte])
                        })
                        .collect(),
                );
            }
        }
        let id = |name: &str| special[name];
        let ids = SpecialIds {
            begin: id(vocabulary::BEGIN),
            pad: id(vocabulary::PAD),
            end: id(vocabulary::END),
            mask: id(vocabulary::MASK),
            encoder_decoder: id(vocabulary::ENCODER_DECODER),
            encoder_only: id(vocabulary::ENCODER_ONLY),
            state: id(vocabulary::STATE),
            state_end: id(vocabulary::STATE_END),
            separator: id(vocabulary::SEPARATOR),
            line: id(vocabulary::LINE),
            output: id(vocabulary::OUTPUT),
        };
        let mut tokenizer = Tokenizer {
            inner,
            special,
            pieces,
            names,
            ids,
            prefix_space: false,
            format,
            added: 0,
        };
        let start = tokenizer.slow("a")?.first().copied();
        tokenizer.prefix_space = start
            .and_then(|id| tokenizer.pieces.get(id as usize)?.as_ref())
            .is_some_and(|piece| piece.first() == Some(&b' '));
        Ok(tokenizer)
    }

    /// What a `tokenizer.json` holds. Merges stand as `a b`, which all versions of the tokenizers library read: pairs of texts
    /// came with 0.20.
    pub fn to_json(&self) -> Result<String> {
        let text = self
            .inner
            .to_string(false)
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        let mut json: Value = serde_json::from_str(&text)?;
        let merges = json.pointer_mut("/model/merges").and_then(Value::as_array_mut);
        for merge in merges.into_iter().flatten() {
            // Byte-level tokens hold no space.
            if let Some([Value::String(left), Value::String(right)]) = merge.as_array().map(Vec::as_slice) {
                *merge = format!("{left} {right}").into();
            }
        }
        Ok(serde_json::to_string_pretty(&json)?)
    }

    /// Tokens in the vocabulary, special ones included.
    pub fn size(&self) -> usize {
        self.pieces.len()
    }

    pub fn special_id(&self, token: &str) -> Option<u32> {
        self.special.get(token).copied()
    }

    /// Ids of the tokens that the released loss counts once instead of ten times: state marks and `:`.
    pub fn light_ids(&self) -> Vec<u32> {
        if self.format == TraceFormat::Cwm {
            return [cwm::FRAME, cwm::ACTION, cwm::ARGUMENT]
                .iter()
                .filter_map(|mark| self.special_id(mark))
                .collect();
        }
        let mut ids = vec![self.ids.state, self.ids.state_end, self.ids.separator];
        ids.extend([":", "Ġ:"].iter().filter_map(|token| self.inner.token_to_id(token)));
        ids
    }

    /// Ids of the tokens that an entry of a trace begins with.
    pub fn entry_marks(&self) -> Vec<u32> {
        match self.format {
            TraceFormat::CodeExecutor => vec![self.ids.line, self.ids.output],
            TraceFormat::Cwm => [cwm::CALL, cwm::LINE, cwm::RETURN, cwm::EXCEPTION]
                .iter()
                .filter_map(|mark| self.special_id(mark))
                .collect(),
        }
    }

    fn slow(&self, text: &str) -> Result<Vec<u32>> {
        let encoding = self
            .inner
            .encode(text, false)
            .map_err(|error| anyhow::anyhow!("encoding: {error}"))?;
        Ok(encoding.get_ids().to_vec())
    }

    /// Appends the ids of a text, in which special tokens stand for themselves.
    pub fn encode(&self, text: &str, cache: &mut EncoderCache, ids: &mut Vec<u32>) -> Result<()> {
        let mut rest = text;
        while !rest.is_empty() {
            let (ordinary, after) = split_at_special(rest, self.format);
            // Special tokens take the space on both their sides.
            self.segment(ordinary, cache, ids)?;
            let Some(length) = special_at_start(after, self.format) else {
                break;
            };
            ids.push(self.special[&after[..length]]);
            rest = &after[length..];
        }
        Ok(())
    }

    fn segment(&self, text: &str, cache: &mut EncoderCache, ids: &mut Vec<u32>) -> Result<()> {
        let text = text.trim_matches(char::is_whitespace);
        if text.is_empty() {
            return Ok(());
        }
        if text.contains("  ") || text.chars().any(|c| c.is_whitespace() && c != ' ') {
            ids.extend(self.slow(text)?);
            return Ok(());
        }
        if cache.words.len() > CACHE_WORDS {
            cache.words.clear();
        }
        let mut start = 0;
        while start < text.len() {
            let mut rest = text.as_bytes()[start + 1..].iter();
            let end = rest
                .position(|byte| *byte == b' ')
                .map_or(text.len(), |space| start + 1 + space);
            // Where the tokenizer sets a space before a text itself, all words look alike; else the first has none.
            let word = if self.prefix_space {
                text[start..end].trim_start()
            } else {
                &text[start..end]
            };
            if let Some(found) = cache.words.get(word) {
                ids.extend_from_slice(found);
            } else {
                let found = self.slow(word)?;
                ids.extend_from_slice(&found);
                cache.words.insert(word.to_owned(), found.into());
            }
            start = end;
        }
        Ok(())
    }

    /// The text of ids: special tokens set off by single spaces, as the data sets are written.
    pub fn decode(&self, ids: &[u32]) -> String {
        let mut bytes: Vec<u8> = Vec::new();
        let mut after_special = false;
        for id in ids {
            if let Some(name) = self.names.get(id) {
                while bytes.last() == Some(&b' ') {
                    bytes.pop();
                }
                if !bytes.is_empty() {
                    bytes.push(b' ');
                }
                bytes.extend_from_slice(name.as_bytes());
                after_special = true;
            } else if let Some(Some(piece)) = self.pieces.get(*id as usize) {
                if after_special && piece.first() != Some(&b' ') {
                    bytes.push(b' ');
                }
                bytes.extend_from_slice(piece);
                after_special = false;
            }
        }
        String::from_utf8_lossy(&bytes).trim().to_owned()
    }
}

fn special_token(text: &str) -> AddedToken {
    AddedToken::from(text, true).lstrip(true).rstrip(true)
}

/// The tokens that a format adds to the base vocabulary, in order.
fn tokens_of(format: TraceFormat) -> Vec<String> {
    let mut tokens = added_tokens();
    if format == TraceFormat::Cwm {
        tokens.extend(cwm::MARKS.iter().map(|mark| mark.to_string()));
    }
    tokens
}

/// Length of the special token that `text` begins with.
fn special_at_start(text: &str, format: TraceFormat) -> Option<usize> {
    let mark = || {
        let marks = cwm::MARKS.iter().filter(|_| format == TraceFormat::Cwm);
        marks
            .map(|mark| mark.len())
            .find(|&length| cwm::MARKS.contains(&text.get(..length).unwrap_or("")))
    };
    vocabulary::special_at_start(text).or_else(mark)
}

/// What stands before the first special token, and the rest.
fn split_at_special(text: &str, format: TraceFormat) -> (&str, &str) {
    let mut from = 0;
    while let Some(found) = text[from..].find('<') {
        let at = from + found;
        if special_at_start(&text[at..], format).is_some() {
            return text.split_at(at);
        }
        from = at + 1;
    }
    (text, "")
}

/// The parts of a text between its special tokens.
fn ordinary_segments(text: &str, format: TraceFormat) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let (ordinary, after) = split_at_special(rest?, format);
        rest = special_at_start(after, format).map(|length| &after[length..]);
        Some(ordinary.trim())
    })
    .filter(|segment| !segment.is_empty())
}

/// Byte-level BPE writes each byte as one printable character (GPT-2's `bytes_to_unicode`): printable Latin-1 as itself,
/// the others from U+0100 on.
fn byte_alphabet() -> HashMap<char, u8> {
    let mut next = 0x100;
    (0..=255u8)
        .map(|byte| {
            let itself = matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF);
            let c = if itself {
                char::from(byte)
            } else {
                next += 1;
                char::from_u32(next - 1).expect("a character of Latin Extended")
            };
            (c, byte)
        })
        .collect()
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::data::generate::{Level, program, singleline};
    use crate::data::text::{Joined, code_tokens};

    fn corpus() -> impl Iterator<Item = String> + Send {
        (0..400u64)
            .flat_map(|index| [singleline(1, index, Level::Full), program(1, index, Level::Full)])
            .map(|source| {
                let mut joined = Joined::default();
                code_tokens(&source, &mut joined).expect("the generator writes Python");
                joined.text
            })
    }

    /// A small tokenizer for tests.
    pub fn small() -> Tokenizer {
        Tokenizer::train(corpus(), 700).unwrap()
    }

    #[test]
    fn special_tokens_have_their_places() {
        let tokenizer = small();
        assert_eq!(tokenizer.size(), 700);
        let ids = tokenizer.ids;
        assert_eq!(
            (
                ids.begin,
                ids.pad,
                ids.end,
                ids.mask,
                ids.encoder_decoder,
                ids.encoder_only
            ),
            (0, 1, 2, 3, 4, 5)
        );
        assert_eq!(tokenizer.special_id("<199>"), Some(699));
        assert_eq!(tokenizer.special_id("<line>"), Some(489));
    }

    #[test]
    fn the_quick_way_gives_the_same_ids() {
        let tokenizer = small();
        let mut cache = EncoderCache::default();
        let texts = [
            "<line> <0> <state> s : [ x , y ] </state>",
            "<0> a = 1234 <1> b_c += - 5.25",
            "<state>x : it's  two  <dictsep> y : \u{e9}\u{4e2d} \u{a0} z \u{a0}</state>  ",
            "<output> <200> a <b> <",
            "x : <function> <dictsep> t :  </state>",
            "tab\there \n\n there",
            "\u{c2}\u{c4} e\u{301} \u{1f600}",
        ];
        for text in corpus().take(100).chain(texts.iter().map(|text| text.to_string())) {
            let mut ids = Vec::new();
            tokenizer.encode(&text, &mut cache, &mut ids).unwrap();
            assert_eq!(ids, tokenizer.slow(&text).unwrap(), "{text:?}");
        }
    }

    #[test]
    fn frames_come_back_as_they_were() {
        let tokenizer = Tokenizer::train_as(corpus(), 700, TraceFormat::Cwm).unwrap();
        assert_eq!(tokenizer.format, TraceFormat::Cwm);
        let text = "<|line_sep|> {\"a\": \"[1, 'x y']\"} <|action_sep|> a = f(b) <|frame_sep|>";
        let mut ids = Vec::new();
        tokenizer.encode(text, &mut EncoderCache::default(), &mut ids).unwrap();
        assert_eq!(ids, tokenizer.slow(text).unwrap());
        assert_eq!(
            ids.iter()
                .filter(|&&id| tokenizer.special.values().any(|&special| special == id))
                .count(),
            3
        );
        assert_eq!(tokenizer.decode(&ids), text);
        // Other tokenizers take the marks for any text.
        let mut ids = Vec::new();
        small()
            .encode("a <|frame_sep|>", &mut EncoderCache::default(), &mut ids)
            .unwrap();
        assert!(ids.len() > 2);
    }

    #[test]
    fn digits_stand_alone_and_texts_come_back() {
        let tokenizer = small();
        let mut ids = Vec::new();
        tokenizer
            .encode("<state> n : 1234 </state>", &mut EncoderCache::default(), &mut ids)
            .unwrap();
        let digits = ids
            .iter()
            .filter(|&&id| tokenizer.decode(&[id]).chars().all(|c| c.is_ascii_digit()))
            .count();
        assert_eq!(digits, 4);
        for text in [
            "<line> <12> <state> s : [ x1 , caf\u{e9} ] <dictsep> f : - 2.50 </state> <output> a b",
            "a  b",
        ] {
            let mut ids = Vec::new();
            tokenizer.encode(text, &mut EncoderCache::default(), &mut ids).unwrap();
            assert_eq!(tokenizer.decode(&ids), text);
        }
    }

    #[test]
    fn its_file_says_the_same_and_holds_merges_as_texts() {
        let tokenizer = small();
        let text = tokenizer.to_json().unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        let merges = json["model"]["merges"].as_array().unwrap();
        assert!(merges.len() > 100 && merges.iter().all(Value::is_string));
        let again = Tokenizer::from_json(&text).unwrap();
        assert_eq!(again.to_json().unwrap(), text);
        for text in corpus().take(50) {
            let [mut ours, mut read] = [Vec::new(), Vec::new()];
            tokenizer
                .encode(&text, &mut EncoderCache::default(), &mut ours)
                .unwrap();
            again.encode(&text, &mut EncoderCache::default(), &mut read).unwrap();
            assert_eq!(ours, read);
        }
    }

    #[test]
    fn foreign_tokenizers_are_refused() {
        assert!(
            Tokenizer::from_json("{}")
                .unwrap_err()
                .to_string()
                .contains("not a tokenizer.json")
        );
        assert!(
            Tokenizer::train(corpus(), 300)
                .unwrap_err()
                .to_string()
                .contains("too small")
        );
        // One of CodeExecutor's tokens is away: the others stand for themselves only with all of them.
        let mut json: Value = serde_json::from_str(&small().to_json().unwrap()).unwrap();
        let added = json["added_tokens"].as_array_mut().unwrap();
        added.retain(|token| token["content"] != "<line>");
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("tokenizer.json"), json.to_string()).unwrap();
        let refused = Tokenizer::open_folder(directory.path()).err().unwrap().to_string();
        assert!(
            refused.contains("210 of CodeExecutor's 211 tokens (<line> is missing)"),
            "{refused}"
        );
    }
}
