//! Fat binaries: the container in which nvcc packs PTX and machine code of several architectures.
//!
//! Layout as `cuobjdump` shows it and CUDA's `fatbinary_section.h` begins it: a header (magic 0xBA55ED50, version,
//! header size, size of all entries), then entries (kind 1 = PTX, 2 = machine code; header size, payload size,
//! compressed size, architecture, flags).

use std::borrow::Cow;

use super::export::In;
use super::status::{Result, Status};

const WRAPPER_MAGIC: u32 = 0x466243b1;
const CONTAINER_MAGIC: u32 = 0xba55_ed50;
const ELF_MAGIC: u32 = 0x464c_457f;
const PTX: u16 = 1;
const FLAG_LZ4: u64 = 0x2000;
const FLAG_ZSTANDARD: u64 = 0x8000;
/// No sane image is larger.
const MOST: u64 = 1 << 30;

/// The PTX in an image as cuModuleLoadData takes it: plain text ending in nul, or a fat binary, wrapped or not.
///
/// # Errors
/// NO_BINARY_FOR_GPU for machine code and for containers without PTX, INVALID_IMAGE for anything else.
pub fn ptx_of_image(image: In<u8>, capability: i32) -> Result<String> {
    let address = image.address();
    if address == 0 {
        return Err(Status::INVALID_VALUE);
    }
    // Texts may be shorter than a magic number: look at one byte at a time up to the nul.
    let mut start = [0; 4];
    for (index, byte) in start.iter_mut().enumerate() {
        *byte = image.get_at(index)?;
        if *byte == 0 {
            break;
        }
    }
    match u32::from_le_bytes(start) {
        WRAPPER_MAGIC => {
            let container = In::<u64>::at(address + 8).get()?;
            if container == 0 {
                Err(Status::INVALID_IMAGE)
            } else {
                ptx_of_image(In::at(container), capability)
            }
        }
        CONTAINER_MAGIC => {
            let header = In::<u16>::at(address + 6).get()?;
            let size = In::<u64>::at(address + 8).get()?;
            if size > MOST {
                return Err(Status::INVALID_IMAGE);
            }
            let bytes = In::<u8>::at(address + u64::from(header)).list(size as usize)?;
            ptx_of_entries(&bytes, capability)
        }
        ELF_MAGIC => Err(Status::NO_BINARY_FOR_GPU),
        _ => {
            let length = (0..MOST as usize).find(|&index| image.get_at(index) == Ok(0));
            let text = image.list(length.ok_or(Status::INVALID_IMAGE)?)?;
            String::from_utf8(text).map_err(|_| Status::INVALID_IMAGE)
        }
    }
}

/// The PTX in bytes of known length, which need not end in nul.
pub fn ptx_of_bytes(bytes: &[u8], capability: i32) -> Result<String> {
    let magic = bytes.first_chunk().map_or(0, |start| u32::from_le_bytes(*start));
    match magic {
        CONTAINER_MAGIC => {
            let header = u16::from_le_bytes(
                *bytes
                    .get(6..)
                    .and_then(<[u8]>::first_chunk)
                    .ok_or(Status::INVALID_IMAGE)?,
            );
            ptx_of_entries(bytes.get(header.into()..).ok_or(Status::INVALID_IMAGE)?, capability)
        }
        ELF_MAGIC => Err(Status::NO_BINARY_FOR_GPU),
        _ => {
            let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
            String::from_utf8(bytes[..end].to_vec()).map_err(|_| Status::INVALID_IMAGE)
        }
    }
}

/// Of several texts the one for the newest architecture that the device still has.
fn ptx_of_entries(mut entries: &[u8], capability: i32) -> Result<String> {
    let mut best: Option<(i32, String)> = None;
    while entries.len() >= 64 {
        let field = |offset: usize| u32::from_le_bytes(std::array::from_fn(|index| entries[offset + index]));
        let wide = |offset: usize| u64::from(field(offset)) | u64::from(field(offset + 4)) << 32;
        let kind = field(0) as u16;
        let (header, payload) = (u64::from(field(4)), wide(8));
        let (compressed, architecture) = (u64::from(field(16)), field(28) as i32);
        let (flags, plain) = (wide(40), wide(56));
        let end = header
            .checked_add(payload)
            .filter(|&end| header >= 64 && end <= entries.len() as u64);
        let Some(end) = end else { break };
        let stored = &entries[header as usize..end as usize];
        let usable =
            kind == PTX && architecture <= capability && best.as_ref().is_none_or(|best| best.0 < architecture);
        if usable && plain <= MOST {
            let stored = if compressed != 0 {
                stored.get(..compressed as usize).unwrap_or(stored)
            } else {
                stored
            };
            let text = if flags & FLAG_ZSTANDARD != 0 {
                let unpacked = zstd::bulk::decompress(stored, plain as usize).ok();
                unpacked.filter(|text| text.len() as u64 == plain).map(Cow::Owned)
            } else if flags & FLAG_LZ4 != 0 {
                unpack_lz4(stored, plain as usize).map(Cow::Owned)
            } else {
                Some(Cow::Borrowed(stored))
            };
            if let Some(text) = text {
                let length = text.iter().position(|&byte| byte == 0).unwrap_or(text.len());
                if let Ok(text) = std::str::from_utf8(&text[..length]) {
                    best = Some((architecture, text.to_string()));
                }
            }
        }
        entries = &entries[end as usize..];
    }
    best.map(|best| best.1).ok_or(Status::NO_BINARY_FOR_GPU)
}

/// One LZ4 block (LZ4 block format description); None where it is damaged.
fn unpack_lz4(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut input = packed.iter().copied();
    let length = |input: &mut dyn Iterator<Item = u8>, nibble: u8| {
        let mut length = usize::from(nibble);
        if nibble == 15 {
            loop {
                let byte = input.next()?;
                length += usize::from(byte);
                if byte != 255 {
                    break;
                }
            }
        }
        Some(length)
    };
    while out.len() < size {
        let Some(token) = input.next() else { break };
        for _ in 0..length(&mut input, token >> 4)? {
            out.push(input.next()?);
        }
        let Some(low) = input.next() else { break };
        let offset = usize::from(low) | usize::from(input.next()?) << 8;
        let count = length(&mut input, token & 15)? + 4;
        let start = out.len().checked_sub(offset).filter(|_| offset > 0)?;
        if out.len() + count > size {
            return None;
        }
        for index in start..start + count {
            out.push(out[index]);
        }
    }
    (out.len() == size).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(architecture: u32, flags: u64, payload: &[u8], plain: usize) -> Vec<u8> {
        let mut bytes = vec![0; 64];
        bytes[0..2].copy_from_slice(&PTX.to_le_bytes());
        bytes[4..8].copy_from_slice(&64u32.to_le_bytes());
        bytes[8..16].copy_from_slice(&(payload.len() as u64).to_le_bytes());
        if flags != 0 {
            bytes[16..20].copy_from_slice(&(payload.len() as u32).to_le_bytes());
        }
        bytes[28..32].copy_from_slice(&architecture.to_le_bytes());
        bytes[40..48].copy_from_slice(&flags.to_le_bytes());
        bytes[56..64].copy_from_slice(&(plain as u64).to_le_bytes());
        bytes.extend_from_slice(payload);
        bytes
    }

    #[test]
    fn the_newest_usable_text_is_taken() {
        let entries = [
            entry(70, 0, b"old\0", 0),
            entry(80, 0, b"right", 0),
            entry(90, 0, b"too new", 0),
        ]
        .concat();
        assert_eq!(ptx_of_entries(&entries, 80).unwrap(), "right");
        assert_eq!(ptx_of_entries(&entries, 60), Err(Status::NO_BINARY_FOR_GPU));
        assert_eq!(ptx_of_entries(&entries[..66], 80), Err(Status::NO_BINARY_FOR_GPU));
    }

    #[test]
    fn lz4_blocks_are_unpacked_and_damaged_ones_refused() {
        // Four literals, a match of eight at distance four, one literal.
        let packed = [0x44, b'a', b'b', b'c', b'd', 4, 0, 0x10, b'e'];
        assert_eq!(unpack_lz4(&packed, 13).unwrap(), b"abcdabcdabcde");
        assert_eq!(
            ptx_of_entries(&entry(80, FLAG_LZ4, &packed, 13), 80).unwrap(),
            "abcdabcdabcde"
        );
        assert_eq!(unpack_lz4(&packed, 11), None);
        assert_eq!(unpack_lz4(&[0x44, b'a', b'b', b'c', b'd', 9, 0], 12), None);
    }
}
