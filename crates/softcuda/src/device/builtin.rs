//! Functions that the device provides to kernels: vprintf, malloc, free, __assertfail.

use super::FaultKind;
use super::op::*;
use super::warp::{Warp, each};

/// Characters one `%s` may print, and a format may have.
const MAX_TEXT: usize = 1 << 16;

/// Calls a builtin for the lanes of a mask. `returns` and `arguments` are (offset, size) in the caller's local frame.
pub fn call(warp: &mut Warp, builtin: Builtin, mask: u32, returns: &[u32], arguments: &[u32]) -> bool {
    let frame = warp.group.frame;
    let wanted = match builtin {
        Builtin::Printf => 2,
        Builtin::AssertFail => 5,
        Builtin::Malloc | Builtin::Free => 1,
    };
    if arguments.len() / 2 != wanted {
        let message = format!("{builtin:?} called with {} parameters", arguments.len() / 2);
        return warp.fault(FaultKind::LaunchFailed, mask.trailing_zeros(), message);
    }
    for lane in each(mask) {
        let (local, _) = warp.local_frame(frame, lane);
        let argument = |warp: &Warp, index: usize| {
            let at = lane * warp.local_stride + local as usize + arguments[index * 2] as usize;
            let size = (arguments[index * 2 + 1] as usize).min(8);
            let mut bytes = [0; 8];
            bytes[..size].copy_from_slice(&warp.local[at..at + size]);
            u64::from_le_bytes(bytes)
        };
        let result: u64 = match builtin {
            Builtin::Malloc => {
                let (size, block) = (argument(warp, 0), warp.block());
                let limit = block.context().options.heap_bytes;
                block.memory().heap_allocate(size, limit)
            }
            Builtin::Free => {
                let address = argument(warp, 0);
                if address != 0 && !warp.block().memory().heap_free(address) {
                    let message = format!("free of {address:#x}, which malloc did not give or was freed already");
                    return warp.fault(FaultKind::IllegalAddress, lane as u32, message);
                }
                0
            }
            Builtin::Printf => {
                let (format, values) = (argument(warp, 0), argument(warp, 1));
                match text(warp, lane, format).and_then(|format| print(warp, lane, &format, values)) {
                    Ok((line, count)) => {
                        warp.block().printed.push_str(&line);
                        count as u64
                    }
                    Err(address) => {
                        let message = format!("printf reads {address:#x}, which is not mapped");
                        return warp.fault(FaultKind::IllegalAddress, lane as u32, message);
                    }
                }
            }
            Builtin::AssertFail => {
                let named = |warp: &mut Warp, index| text(warp, lane, argument(warp, index)).unwrap_or_default();
                let name = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
                let (what, file, function) = (name(named(warp, 0)), name(named(warp, 1)), name(named(warp, 3)));
                let line = argument(warp, 2) as u32;
                let block = warp.block().id;
                let [bx, by, _] = warp.block().context().block;
                let thread = warp.index * 32 + lane as u32;
                let (x, y, z) = (thread % bx, thread / bx % by, thread / bx / by);
                let place = format!("block: [{},{},{}], thread: [{x},{y},{z}]", block[0], block[1], block[2]);
                let line = format!("{file}:{line}: {function}: {place} Assertion `{what}` failed.");
                warp.block().printed.push_str(&format!("{line}\n"));
                return warp.fault(FaultKind::Assert, lane as u32, line);
            }
        };
        if let [offset, size, ..] = *returns {
            let at = lane * warp.local_stride + local as usize + offset as usize;
            let size = (size as usize).min(8);
            warp.local[at..at + size].copy_from_slice(&result.to_le_bytes()[..size]);
        }
    }
    true
}

/// Reads bytes at a generic address; the address itself when it is not mapped.
pub fn read_generic(warp: &mut Warp, lane: usize, address: u64, out: &mut [u8]) -> Result<(), u64> {
    let size = out.len() as u64;
    match address >> 32 {
        1 => {
            let at = (address - SHARED_WINDOW) as usize;
            let shared = &warp.block().shared;
            out.copy_from_slice(shared.get(at..at + out.len()).ok_or(address)?);
        }
        2 => {
            let at = (address - LOCAL_WINDOW) as usize;
            if at + out.len() > warp.local_stride {
                return Err(address);
            }
            let at = lane * warp.local_stride + at;
            out.copy_from_slice(&warp.local[at..at + out.len()]);
        }
        3 => {
            let at = (address - PARAM_WINDOW) as usize;
            let parameters = warp.block().context().parameters;
            out.copy_from_slice(parameters.get(at..at + out.len()).ok_or(address)?);
        }
        _ => {
            warp.block().range(address, size).ok_or(address)?;
            // SAFETY: the range lies in one live allocation.
            unsafe { std::ptr::copy_nonoverlapping(address as *const u8, out.as_mut_ptr(), out.len()) };
        }
    }
    Ok(())
}

/// A nul-terminated text at a generic address.
fn text(warp: &mut Warp, lane: usize, address: u64) -> Result<Vec<u8>, u64> {
    let mut out = Vec::new();
    while out.len() < MAX_TEXT {
        let mut byte = [0];
        read_generic(warp, lane, address + out.len() as u64, &mut byte)?;
        if byte[0] == 0 {
            break;
        }
        out.push(byte[0]);
    }
    Ok(out)
}

/// C's printf over the argument buffer that the caller packed, each value at its own alignment.
fn print(warp: &mut Warp, lane: usize, format: &[u8], values: u64) -> Result<(String, usize), u64> {
    let mut out = Vec::new();
    let (mut at, mut offset, mut count) = (0, 0u64, 0);
    while at < format.len() {
        if format[at] != b'%' {
            out.push(format[at]);
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        let mut spec = Spec {
            precision: None,
            ..Spec::default()
        };
        while let Some(&flag) = format.get(at) {
            match flag {
                b'-' => spec.left = true,
                b'+' => spec.plus = true,
                b' ' => spec.space = true,
                b'#' => spec.alternate = true,
                b'0' => spec.zero = true,
                _ => break,
            }
            at += 1;
        }
        let mut next = |warp: &mut Warp, size: u64| {
            offset = offset.next_multiple_of(size);
            let mut bytes = [0; 8];
            read_generic(warp, lane, values + offset, &mut bytes[..size as usize])?;
            offset += size;
            Ok::<u64, u64>(u64::from_le_bytes(bytes))
        };
        if format.get(at) == Some(&b'*') {
            at += 1;
            let width = next(warp, 4)? as i32;
            spec.left |= width < 0;
            spec.width = width.unsigned_abs().min(4096) as usize;
        } else {
            while let Some(digit) = format.get(at).filter(|byte| byte.is_ascii_digit()) {
                spec.width = (spec.width * 10 + usize::from(digit - b'0')).min(4096);
                at += 1;
            }
        }
        if format.get(at) == Some(&b'.') {
            at += 1;
            let mut precision = 0;
            if format.get(at) == Some(&b'*') {
                at += 1;
                precision = (next(warp, 4)? as i32).clamp(0, 4096) as usize;
            } else {
                while let Some(digit) = format.get(at).filter(|byte| byte.is_ascii_digit()) {
                    precision = (precision * 10 + usize::from(digit - b'0')).min(4096);
                    at += 1;
                }
            }
            spec.precision = Some(precision);
        }
        let mut long = 0;
        let mut short = 0;
        while let Some(&length) = format.get(at) {
            match length {
                b'l' => long += 1,
                b'h' => short += 1,
                b'z' | b't' | b'j' | b'L' => long += 1,
                _ => break,
            }
            at += 1;
        }
        let Some(&conversion) = format.get(at) else {
            out.extend_from_slice(&format[start..]);
            break;
        };
        at += 1;
        let integer_size = if long > 0 { 8 } else { 4 };
        match conversion {
            b'%' => out.push(b'%'),
            b'd' | b'i' => {
                let raw = next(warp, integer_size)?;
                let value = match (long, short) {
                    (0, 0) => i64::from(raw as i32),
                    (0, 1) => i64::from(raw as i16),
                    (0, _) => i64::from(raw as i8),
                    _ => raw as i64,
                };
                spec.integer(&mut out, value < 0, &value.unsigned_abs().to_string(), "");
                count += 1;
            }
            b'u' | b'x' | b'X' | b'o' => {
                let raw = next(warp, integer_size)?;
                let value = match (long, short) {
                    (0, 1) => u64::from(raw as u16),
                    (0, 2..) => u64::from(raw as u8),
                    _ => raw,
                };
                spec.plus = false;
                spec.space = false;
                let (digits, prefix) = match conversion {
                    b'u' => (value.to_string(), ""),
                    b'x' => (format!("{value:x}"), "0x"),
                    b'X' => (format!("{value:X}"), "0X"),
                    _ => (format!("{value:o}"), "0"),
                };
                let prefix = if spec.alternate && value != 0 { prefix } else { "" };
                spec.integer(&mut out, false, &digits, prefix);
                count += 1;
            }
            b'p' => {
                let value = next(warp, 8)?;
                spec.pad(&mut out, format!("{value:#x}").as_bytes());
                count += 1;
            }
            b'c' => {
                let value = next(warp, 4)? as u8;
                spec.pad(&mut out, &[value]);
                count += 1;
            }
            b's' => {
                let address = next(warp, 8)?;
                let mut value = if address == 0 {
                    b"(null)".to_vec()
                } else {
                    text(warp, lane, address)?
                };
                value.truncate(spec.precision.unwrap_or(usize::MAX));
                spec.pad(&mut out, &value);
                count += 1;
            }
            b'f' | b'F' | b'e' | b'E' | b'g' | b'G' | b'a' | b'A' => {
                let value = f64::from_bits(next(warp, 8)?);
                spec.float(&mut out, value, conversion);
                count += 1;
            }
            _ => out.extend_from_slice(&format[start..at]),
        }
    }
    Ok((String::from_utf8_lossy(&out).into_owned(), count))
}

#[derive(Default)]
struct Spec {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

impl Spec {
    fn pad(&self, out: &mut Vec<u8>, value: &[u8]) {
        let fill = self.width.saturating_sub(value.len());
        if !self.left {
            out.resize(out.len() + fill, b' ');
        }
        out.extend_from_slice(value);
        if self.left {
            out.resize(out.len() + fill, b' ');
        }
    }

    fn signed(&self, out: &mut Vec<u8>, negative: bool, prefix: &str, digits: &str, zero: bool) {
        let sign = match (negative, self.plus, self.space) {
            (true, ..) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        };
        let length = sign.len() + prefix.len() + digits.len();
        let zeros = if zero && !self.left {
            self.width.saturating_sub(length)
        } else {
            0
        };
        self.pad(out, format!("{sign}{prefix}{}{digits}", "0".repeat(zeros)).as_bytes());
    }

    fn integer(&self, out: &mut Vec<u8>, negative: bool, digits: &str, prefix: &str) {
        let digits = match self.precision {
            Some(0) if digits == "0" => String::new(),
            Some(precision) => format!("{digits:0>precision$}"),
            None => digits.to_owned(),
        };
        self.signed(out, negative, prefix, &digits, self.zero && self.precision.is_none());
    }

    fn float(&self, out: &mut Vec<u8>, value: f64, conversion: u8) {
        let upper = conversion.is_ascii_uppercase();
        let magnitude = value.abs();
        let mut digits = if value.is_nan() {
            "nan".to_owned()
        } else if value.is_infinite() {
            "inf".to_owned()
        } else {
            match conversion.to_ascii_lowercase() {
                b'f' => format!("{magnitude:.*}", self.precision.unwrap_or(6)),
                b'e' => exponent_form(magnitude, self.precision.unwrap_or(6)),
                b'a' => hexadecimal(magnitude),
                _ => self.general(magnitude),
            }
        };
        if upper {
            digits.make_ascii_uppercase();
        }
        self.signed(
            out,
            value.is_sign_negative(),
            "",
            &digits,
            self.zero && value.is_finite(),
        );
    }

    fn general(&self, value: f64) -> String {
        let precision = self.precision.unwrap_or(6).max(1);
        let scientific = exponent_form(value, precision - 1);
        let exponent: i32 = scientific.rsplit('e').next().and_then(|e| e.parse().ok()).unwrap_or(0);
        let trim = |digits: &str| match digits.contains('.') && !self.alternate {
            true => digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => digits.to_owned(),
        };
        if exponent < -4 || exponent >= precision as i32 {
            let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "+00"));
            format!("{}e{exponent}", trim(mantissa))
        } else {
            trim(&format!(
                "{value:.*}",
                (precision as i32 - 1 - exponent).max(0) as usize
            ))
        }
    }
}

/// `1.5e+03`, with at least two digits of exponent.
fn exponent_form(value: f64, precision: usize) -> String {
    let text = format!("{value:.precision$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!(
        "{mantissa}e{}{:02}",
        if exponent < 0 { '-' } else { '+' },
        exponent.abs()
    )
}

fn hexadecimal(value: f64) -> String {
    let bits = value.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    let (lead, power) = match (exponent, fraction) {
        (0, 0) => (0, 0),
        (0, _) => (0, -1022),
        _ => (1, exponent - 1023),
    };
    let digits = format!("{fraction:013x}");
    let digits = digits.trim_end_matches('0');
    let point = if digits.is_empty() { "" } else { "." };
    format!("0x{lead}{point}{digits}p{power:+}")
}
