//! Video instructions: scalar on parts of registers, and on two halves or four bytes at once (PTX ISA 9.7.10, 9.7.17).

use super::vector::Lane;
use crate::decode::{Builder, Result};
use crate::device::op::{Class, Op};
use crate::device::warp::{Warp, each};
use crate::ptx::{Operand, Type::*};

const OPERATIONS: [&str; 9] = [
    "vadd", "vsub", "vabsdiff", "vmin", "vmax", "vshl", "vshr", "vset", "vavrg",
];
const COMPARISONS: [&str; 6] = ["eq", "ne", "lt", "le", "gt", "ge"];
const SECOND: [&str; 3] = ["add", "min", "max"];

/// How many values an instruction of this name works on in a lane.
fn parts(name: &str) -> Option<(&str, u32)> {
    let (stem, parts) = match name.as_bytes().last() {
        Some(b'2') => (&name[..name.len() - 1], 2),
        Some(b'4') => (&name[..name.len() - 1], 4),
        _ => (name, 1),
    };
    let known = match parts {
        1 => stem == "vmad" || OPERATIONS[..8].contains(&stem),
        _ => OPERATIONS.contains(&stem) && !stem.starts_with("vsh"),
    };
    known.then_some((stem, parts))
}

pub fn knows(name: &str) -> bool {
    parts(name).is_some()
}

/// What to compute, packed into an instruction's list as constants.
#[derive(Clone, Copy, Default)]
struct Form {
    operation: u32,
    parts: u32,
    signed: [bool; 3],
    saturate: bool,
    /// Index into [`COMPARISONS`].
    comparison: u32,
    /// 0 none, else one more than an index into [`SECOND`]; 4 merges into the third operand.
    second: u32,
    /// Selectors of the operands: four bits for each part; for scalars byte 0 to 3, half 4 or 5, or 15.
    select: [u32; 2],
    /// Destination parts written (SIMD), or the part of the destination (scalar), as above.
    mask: u32,
    /// vmad: shift right, round up, negate.
    shift: u32,
    plus_one: bool,
    negate: [bool; 2],
}

fn selector(text: &str, parts: u32) -> Option<u32> {
    let (kind, digits) = text.split_at_checked(1)?;
    let numbers: Vec<u32> = digits.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    match (parts, kind, &numbers[..]) {
        (1, "b", [byte @ 0..=3]) => Some(*byte),
        (1, "h", [half @ 0..=1]) => Some(4 + half),
        (2, "h", [high @ 0..=3, low @ 0..=3]) => Some(low | high << 4),
        (4, "b", [d, c, b, a]) if numbers.iter().all(|n| *n < 8) => Some(a | b << 4 | c << 8 | d << 12),
        _ => None,
    }
}

fn write_mask(text: &str, parts: u32) -> Option<u32> {
    let (kind, digits) = text.split_at_checked(1)?;
    if kind != if parts == 2 { "h" } else { "b" } || digits.is_empty() {
        return None;
    }
    digits.chars().try_fold(0, |mask, c| {
        let part = c.to_digit(10).filter(|&part| part < parts)?;
        Some(mask | 1 << part)
    })
}

pub fn decode(mut b: Builder<'_, '_, '_>) -> Result<()> {
    let Some((stem, parts)) = parts(b.instruction.opcode) else {
        return b.unsupported();
    };
    let mut form = Form {
        operation: OPERATIONS.iter().position(|name| *name == stem).unwrap_or(9) as u32,
        parts,
        ..Form::default()
    };
    let comparing = stem == "vset";
    let types: Vec<_> = (0..if comparing { 2 } else { 3 })
        .map(|_| b.ty())
        .collect::<Result<_>>()?;
    if types.iter().any(|ty| !matches!(ty, U32 | S32)) {
        return b.error("types are .u32 or .s32");
    }
    let signed: Vec<bool> = types.iter().map(|ty| *ty == S32).collect();
    form.signed = if comparing {
        [false, signed[0], signed[1]]
    } else {
        [signed[0], signed[1], signed[2]]
    };
    form.saturate = b.take("sat");
    if comparing {
        let Some(name) = b.take_any(&COMPARISONS) else {
            return b.error("the comparison is missing");
        };
        form.comparison = COMPARISONS.iter().position(|known| *known == name).unwrap_or(0) as u32;
    }
    if stem.starts_with("vsh") && b.take_any(&["clamp", "wrap"]) == Some("wrap") {
        form.plus_one = true;
    }
    if stem == "vmad" {
        form.plus_one = b.take("po");
        form.shift = match b.take_any(&["shr7", "shr15"]) {
            Some("shr7") => 7,
            Some(_) => 15,
            None => 0,
        };
    } else if let Some(second) = b.take_any(&SECOND) {
        form.second = 1 + SECOND.iter().position(|known| *known == second).unwrap_or(0) as u32;
    }
    form.mask = if parts == 1 { 15 } else { (1 << parts) - 1 };
    let (d, selected) = register(b.operand(0)?);
    if let Some(text) = selected {
        let mask = if parts == 1 {
            selector(text, 1)
        } else {
            write_mask(text, parts)
        };
        let Some(mask) = mask else {
            return b.error(format!("`.{text}` selects no part of a register"));
        };
        form.mask = mask;
        form.second = if parts == 1 { 4 } else { form.second };
    }
    let plain = match parts {
        1 => 15,
        2 => 0x10,
        _ => 0x3210,
    };
    for index in 0..2 {
        let mut operand = b.operand(index + 1)?.clone();
        if let Operand::Negative(name) = operand {
            form.negate[index] = true;
            operand = Operand::Name(name, None);
        }
        let (name, selected) = register(&operand);
        form.select[index] = match selected {
            None => plain,
            Some(text) => match selector(text, parts) {
                Some(selector) => selector,
                None => return b.error(format!("`.{text}` selects no part of a register")),
            },
        };
        let source = b.source(&name, U32)?;
        b.list_source(source);
    }
    let third = if b.count() > 3 {
        b.src(3, U32)?
    } else {
        if parts > 1 || form.second != 0 || stem == "vmad" {
            return b.error("4 operands expected");
        }
        b.constant(0, crate::decode::RegisterClass::Word)
    };
    b.list_source(third);
    for word in form.pack() {
        let constant = b.constant(word.into(), crate::decode::RegisterClass::Word);
        b.list_source(constant);
    }
    let d = b.destination(&d, U32)?;
    b.d(d);
    unsafe fn run(w: &mut Warp, op: &Op, mask: u32) -> bool {
        let list = w.list(op);
        // SAFETY: the decoder gave 32-bit rows.
        unsafe {
            let form = Form::unpack([u32::get(w.row(list[3]), 0), u32::get(w.row(list[4]), 0)]);
            for lane in each(mask) {
                let [a, b, c] = [0, 1, 2].map(|index| u32::get(w.row(list[index]), lane));
                u32::put(w.row(op.d), lane, form.apply(a, b, c));
            }
        }
        true
    }
    b.emit(run, Class::Integer, &[])
}

/// An operand without its selector.
fn register<'a>(operand: &Operand<'a>) -> (Operand<'a>, Option<&'a str>) {
    match operand {
        Operand::Name(name, Some(part)) => (Operand::Name(name, None), Some(part)),
        other => (other.clone(), None),
    }
}

impl Form {
    fn pack(self) -> [u32; 2] {
        let flag = |bit: bool, at: u32| u32::from(bit) << at;
        [
            self.operation
                | self.parts << 4
                | flag(self.signed[0], 8)
                | flag(self.signed[1], 9)
                | flag(self.signed[2], 10)
                | flag(self.saturate, 11)
                | self.comparison << 12
                | self.second << 16
                | self.shift << 20
                | flag(self.plus_one, 24)
                | flag(self.negate[0], 25)
                | flag(self.negate[1], 26)
                | self.mask << 28,
            self.select[0] | self.select[1] << 16,
        ]
    }

    fn unpack([first, second]: [u32; 2]) -> Form {
        let flag = |at: u32| first >> at & 1 != 0;
        Form {
            operation: first & 15,
            parts: first >> 4 & 15,
            signed: [flag(8), flag(9), flag(10)],
            saturate: flag(11),
            comparison: first >> 12 & 15,
            second: first >> 16 & 15,
            shift: first >> 20 & 15,
            plus_one: flag(24),
            negate: [flag(25), flag(26)],
            mask: first >> 28,
            select: [second & 0xffff, second >> 16],
        }
    }

    fn apply(&self, a: u32, b: u32, c: u32) -> u32 {
        if self.parts == 1 {
            return self.scalar(a, b, c);
        }
        let bits = 32 / self.parts;
        let pick = |selector: u32, part: u32, signed: bool| {
            let index = selector >> (4 * part) & 15;
            let from = if index < self.parts { a } else { b };
            extend(from >> (index % self.parts * bits), bits, signed)
        };
        let mut merged = c;
        let mut sum = i64::from(c);
        for part in 0..self.parts {
            // An operand's own parts come first in its selector.
            let x = pick(self.select[0], part, self.signed[1]);
            let y = {
                let index = self.select[1] >> (4 * part) & 15;
                let from = if index < self.parts { b } else { a };
                extend(from >> (index % self.parts * bits), bits, self.signed[2])
            };
            if self.mask >> part & 1 == 0 {
                continue;
            }
            let value = self.combine(x, y, bits);
            let value = if self.saturate {
                clamp(value, bits, self.signed[0])
            } else {
                value
            };
            let keep = ((1u64 << bits) - 1) as u32;
            merged = merged & !(keep << (part * bits)) | (value as u32 & keep) << (part * bits);
            sum += if self.signed[0] {
                extend(value as u32, bits, true)
            } else {
                i64::from(value as u32 & keep)
            };
        }
        if self.second == 1 { sum as u32 } else { merged }
    }

    fn scalar(&self, a: u32, b: u32, c: u32) -> u32 {
        let take = |value: u32, selector: u32, signed: bool| match selector {
            byte @ 0..=3 => extend(value >> (8 * byte), 8, signed),
            half @ 4..=5 => extend(value >> (16 * (half - 4)), 16, signed),
            _ => extend(value, 32, signed),
        };
        let x = take(a, self.select[0], self.signed[1]);
        let y = take(b, self.select[1], self.signed[2]);
        if self.operation == 9 {
            let any = self.signed[0];
            let c = extend(c, 32, any);
            let product = i128::from(x) * i128::from(y);
            let product = if self.negate[0] != self.negate[1] {
                -product
            } else {
                product
            };
            let sum = (product + i128::from(c) + i128::from(self.plus_one)) >> self.shift;
            return if self.saturate {
                let (low, high) = if any {
                    (i128::from(i32::MIN), i128::from(i32::MAX))
                } else {
                    (0, u32::MAX.into())
                };
                sum.clamp(low, high) as u32
            } else {
                sum as u32
            };
        }
        let value = self.combine(x, y, 32);
        let value = if self.saturate {
            clamp(value, 32, self.signed[0])
        } else {
            value
        };
        let signed = self.signed[0];
        match self.second {
            0 => value as u32,
            1 => (value as u32).wrapping_add(c),
            2 | 3 => {
                let (value, c) = (extend(value as u32, 32, signed), extend(c, 32, signed));
                (if self.second == 2 { value.min(c) } else { value.max(c) }) as u32
            }
            // The result goes to a part of the third operand.
            _ => {
                let (bits, at) = match self.mask {
                    byte @ 0..=3 => (8, 8 * byte),
                    half @ 4..=5 => (16, 16 * (half - 4)),
                    _ => return value as u32,
                };
                let value = if self.saturate {
                    clamp(value, bits, signed)
                } else {
                    value
                };
                let keep = ((1u64 << bits) - 1) as u32;
                c & !(keep << at) | (value as u32 & keep) << at
            }
        }
    }

    fn combine(&self, x: i64, y: i64, bits: u32) -> i64 {
        match OPERATIONS.get(self.operation as usize) {
            Some(&"vadd") => x + y,
            Some(&"vsub") => x - y,
            Some(&"vabsdiff") => (x - y).abs(),
            Some(&"vmin") => x.min(y),
            Some(&"vmax") => x.max(y),
            Some(&"vavrg") => (x + y + i64::from(x + y >= 0)) >> 1,
            Some(&"vset") => i64::from(match COMPARISONS[self.comparison as usize % 6] {
                "eq" => x == y,
                "ne" => x != y,
                "lt" => x < y,
                "le" => x <= y,
                "gt" => x > y,
                _ => x >= y,
            }),
            shift => {
                let amount = y as u64 & 0xffff_ffff;
                let amount = if self.plus_one {
                    amount & 31
                } else {
                    amount.min(u64::from(bits))
                };
                if shift == Some(&"vshl") {
                    x << amount
                } else {
                    x >> amount
                }
            }
        }
    }
}

fn extend(value: u32, bits: u32, signed: bool) -> i64 {
    let value = i64::from(value) << (64 - bits);
    if signed {
        value >> (64 - bits)
    } else {
        (value as u64 >> (64 - bits)) as i64
    }
}

fn clamp(value: i64, bits: u32, signed: bool) -> i64 {
    if signed {
        value.clamp(-(1 << (bits - 1)), (1 << (bits - 1)) - 1)
    } else {
        value.clamp(0, ((1u64 << bits) - 1) as i64)
    }
}
