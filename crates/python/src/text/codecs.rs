//! Codecs between text and bytes, with their error handlers (CPython's `encodings` and `Objects/unicodeobject.c`).

use super::escape::push_code;
use super::failure::Failure;
use std::fmt::Write;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Codec {
    Utf8,
    /// UTF-8 that begins with a byte order mark.
    Utf8Signed,
    Ascii,
    Latin1,
    /// Two or four bytes a unit, little-endian after a byte order mark, or as named.
    Wide {
        bytes: usize,
        order: Order,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    Marked,
    Little,
    Big,
}

/// Beginnings of the names of CPython's codecs that are not made here.
const OTHER_CODECS: &[&str] = &[
    "cp",
    "iso",
    "windows",
    "mac",
    "koi",
    "big5",
    "euc",
    "gb",
    "hz",
    "johab",
    "ksc",
    "ptcp",
    "shift",
    "sjis",
    "s_jis",
    "tis",
    "hex",
    "base",
    "bz2",
    "quopri",
    "quoted",
    "rot",
    "uu",
    "zlib",
    "zip",
    "idna",
    "punycode",
    "raw",
    "unicode",
    "undefined",
    "latin",
    "l",
    "u7",
    "utf",
    "ibm",
    "arabic",
    "greek",
    "hebrew",
    "cyrillic",
    "kz",
    "ms",
    "ujis",
    "csiso",
];

impl Codec {
    /// The codec of this name, in any of its spellings.
    pub fn named(name: &str) -> Result<Codec, Failure> {
        let mut words = name
            .to_ascii_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>();
        words.retain(|word| !word.is_empty());
        let wide = |bytes, order| Ok(Codec::Wide { bytes, order });
        match words.join("_").as_str() {
            "utf_8" | "utf8" | "u8" | "utf" | "cp65001" | "utf8_ucs2" | "utf8_ucs4" => Ok(Codec::Utf8),
            "utf_8_sig" | "utf8_sig" => Ok(Codec::Utf8Signed),
            "ascii" | "us_ascii" | "646" | "us" | "ansi_x3.4_1968" | "iso646_us" => Ok(Codec::Ascii),
            "latin_1" | "latin1" | "latin" | "l1" | "iso8859_1" | "iso_8859_1" | "8859" | "cp819" | "iso8859" => {
                Ok(Codec::Latin1)
            }
            "utf_16" | "utf16" | "u16" => wide(2, Order::Marked),
            "utf_16_le" | "utf_16le" | "utf16_le" => wide(2, Order::Little),
            "utf_16_be" | "utf_16be" | "utf16_be" => wide(2, Order::Big),
            "utf_32" | "utf32" | "u32" => wide(4, Order::Marked),
            "utf_32_le" | "utf_32le" | "utf32_le" => wide(4, Order::Little),
            "utf_32_be" | "utf_32be" | "utf32_be" => wide(4, Order::Big),
            other if OTHER_CODECS.iter().any(|known| other.starts_with(known)) => {
                Err(Failure::unsupported(format!("the codec '{name}'")))
            }
            _ => Err(Failure::new(
                super::failure::Kind::Lookup,
                format!("unknown encoding: {name}"),
            )),
        }
    }

    /// Its name in error messages.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Utf8 | Codec::Utf8Signed => "utf-8",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
            Codec::Wide { bytes: 2, .. } => "utf-16",
            Codec::Wide { .. } => "utf-32",
        }
    }
}

/// What stands at `start..end`, in characters or bytes, has no counterpart.
#[derive(Debug, PartialEq, Eq)]
pub struct Gap {
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

/// Why text or bytes are not converted.
#[derive(Debug, PartialEq, Eq)]
pub enum Obstacle {
    Gap(Gap),
    Failure(Failure),
}

impl From<Failure> for Obstacle {
    fn from(failure: Failure) -> Self {
        Obstacle::Failure(failure)
    }
}

fn unknown_handler(name: &str) -> Obstacle {
    Obstacle::Failure(match name {
        "namereplace" | "surrogateescape" | "surrogatepass" => {
            Failure::unsupported(format!("the error handler '{name}'"))
        }
        _ => Failure::new(
            super::failure::Kind::Lookup,
            format!("unknown error handler name '{name}'"),
        ),
    })
}

/// The bytes of a text; `errors` says what becomes of characters that have none.
pub fn encode(text: &str, codec: Codec, errors: &str) -> Result<Vec<u8>, Obstacle> {
    match codec {
        Codec::Utf8 => Ok(text.as_bytes().to_vec()),
        Codec::Utf8Signed => Ok(["\u{feff}".as_bytes(), text.as_bytes()].concat()),
        Codec::Ascii => encode_narrow(text, 0x80, "ordinal not in range(128)", errors),
        Codec::Latin1 => encode_narrow(text, 0x100, "ordinal not in range(256)", errors),
        Codec::Wide { bytes, order } => {
            let mut out = Vec::with_capacity(text.len() * bytes);
            let mut unit = |value: u32| match order {
                Order::Big => out.extend_from_slice(&value.to_be_bytes()[4 - bytes..]),
                _ => out.extend_from_slice(&value.to_le_bytes()[..bytes]),
            };
            if order == Order::Marked {
                unit(0xfeff);
            }
            for c in text.chars() {
                if bytes == 4 {
                    unit(c.into());
                } else {
                    c.encode_utf16(&mut [0; 2]).iter().for_each(|&half| unit(half.into()));
                }
            }
            Ok(out)
        }
    }
}

fn encode_narrow(text: &str, top: u32, reason: &'static str, errors: &str) -> Result<Vec<u8>, Obstacle> {
    let mut out = Vec::with_capacity(text.len());
    let mut characters = text.chars().enumerate().peekable();
    while let Some((start, c)) = characters.next() {
        if u32::from(c) < top {
            out.push(u32::from(c) as u8);
            continue;
        }
        let mut escaped = String::new();
        match errors {
            "strict" => {
                let mut end = start + 1;
                while characters.next_if(|&(_, c)| u32::from(c) >= top).is_some() {
                    end += 1;
                }
                return Err(Obstacle::Gap(Gap { start, end, reason }));
            }
            "ignore" => {}
            "replace" => escaped.push('?'),
            "backslashreplace" => push_code(&mut escaped, c),
            "xmlcharrefreplace" => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            other => return Err(unknown_handler(other)),
        }
        out.extend_from_slice(escaped.as_bytes());
    }
    Ok(out)
}

/// The text of some bytes; `errors` says what becomes of bytes that stand for nothing.
pub fn decode(bytes: &[u8], codec: Codec, errors: &str) -> Result<String, Obstacle> {
    match codec {
        Codec::Latin1 => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
        Codec::Wide { bytes: size, order } => decode_wide(bytes, size, order),
        Codec::Utf8Signed => decode_by(
            bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes),
            errors,
            utf8_gap,
        ),
        Codec::Utf8 => decode_by(bytes, errors, utf8_gap),
        Codec::Ascii => decode_by(bytes, errors, |bytes| {
            let start = bytes.iter().position(|byte| !byte.is_ascii())?;
            Some(Gap {
                start,
                end: start + 1,
                reason: "ordinal not in range(128)",
            })
        }),
    }
}

/// The first place where UTF-8 is malformed.
fn utf8_gap(bytes: &[u8]) -> Option<Gap> {
    let error = std::str::from_utf8(bytes).err()?;
    let start = error.valid_up_to();
    Some(match error.error_len() {
        None => Gap {
            start,
            end: bytes.len(),
            reason: "unexpected end of data",
        },
        Some(length) => Gap {
            start,
            end: start + length,
            reason: match bytes[start] {
                0xc2..=0xf4 => "invalid continuation byte",
                _ => "invalid start byte",
            },
        },
    })
}

/// Decodes UTF-8, or what is a part of it, around the gaps.
fn decode_by(bytes: &[u8], errors: &str, gap: impl Fn(&[u8]) -> Option<Gap>) -> Result<String, Obstacle> {
    let mut out = String::with_capacity(bytes.len());
    let mut from = 0;
    let whole = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    while let Some(found) = gap(&bytes[from..]) {
        out.push_str(&whole(&bytes[from..from + found.start]));
        let (start, end) = (from + found.start, from + found.end);
        match errors {
            "strict" => {
                return Err(Obstacle::Gap(Gap {
                    start,
                    end,
                    reason: found.reason,
                }));
            }
            "ignore" => {}
            "replace" => out.push('\u{fffd}'),
            "backslashreplace" => bytes[start..end]
                .iter()
                .for_each(|&byte| push_code(&mut out, char::from(byte))),
            other => return Err(unknown_handler(other)),
        }
        from = end;
    }
    out.push_str(&whole(&bytes[from..]));
    Ok(out)
}

fn decode_wide(bytes: &[u8], size: usize, order: Order) -> Result<String, Obstacle> {
    let mut big = order == Order::Big;
    let mut bytes = bytes;
    if order == Order::Marked && bytes.len() >= size {
        let (mark, rest) = bytes.split_at(size);
        let little = if size == 2 {
            &[0xff, 0xfe][..]
        } else {
            &[0xff, 0xfe, 0, 0]
        };
        if mark == little {
            bytes = rest;
        } else if mark.iter().rev().eq(little) {
            (bytes, big) = (rest, true);
        }
    }
    let units = bytes.chunks(size).map(|unit| {
        let fold = |value: u32, &byte: &u8| value << 8 | u32::from(byte);
        if big {
            unit.iter().fold(0, fold)
        } else {
            unit.iter().rev().fold(0, fold)
        }
    });
    let malformed = || Obstacle::Failure(Failure::unsupported("malformed UTF-16 or UTF-32"));
    if !bytes.len().is_multiple_of(size) {
        return Err(malformed());
    }
    let text: Option<String> = if size == 4 {
        units.map(char::from_u32).collect()
    } else {
        char::decode_utf16(units.map(|unit| unit as u16))
            .map(Result::ok)
            .collect()
    };
    text.ok_or_else(malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_as_cpython_tells_them() {
        let gap = |start, end, reason| Err(Obstacle::Gap(Gap { start, end, reason }));
        assert_eq!(
            encode("aéü€b", Codec::Ascii, "strict"),
            gap(1, 4, "ordinal not in range(128)")
        );
        assert_eq!(
            encode("é€", Codec::Latin1, "xmlcharrefreplace"),
            Ok(b"\xe9&#8364;".to_vec())
        );
        let strict = |bytes: &[u8]| decode(bytes, Codec::Utf8, "strict").map(|_| Vec::new());
        assert_eq!(strict(b"a\xff"), gap(1, 2, "invalid start byte"));
        assert_eq!(strict(b"\xe2\x82"), gap(0, 2, "unexpected end of data"));
        assert_eq!(strict(b"\xe2\x28\xa1"), gap(0, 1, "invalid continuation byte"));
        assert_eq!(strict(b"\xf0\x9f\x98z"), gap(0, 3, "invalid continuation byte"));
        assert_eq!(
            decode(b"a\xe2\x82b\x80", Codec::Utf8, "replace").as_deref(),
            Ok("a\u{fffd}b\u{fffd}")
        );
    }

    #[test]
    fn wide_units_come_back() {
        for name in [
            "utf-16",
            "UTF-16LE",
            "utf_16_be",
            "utf-32",
            "utf-32-le",
            "utf-32-be",
            "utf-8-sig",
        ] {
            let codec = Codec::named(name).unwrap();
            let bytes = encode("aé😀", codec, "strict").unwrap();
            assert_eq!(decode(&bytes, codec, "strict").as_deref(), Ok("aé😀"), "{name}");
        }
    }
}
