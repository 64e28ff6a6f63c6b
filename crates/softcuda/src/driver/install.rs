//! Makes this process's `libcuda.so` be this driver, with no file and no environment variable.
//!
//! The dynamic loader takes a library that is already loaded for every later request of its SONAME. So a small shared
//! object is made in memory whose functions jump to the ones in this program, and loaded through a memfd, once as
//! `libcuda.so` and once as `libcuda.so.1`. Format: System V ABI, chapters 4 and 5 (ELF, dynamic linking).

use std::ffi::{CStr, CString};
use std::io;
use std::sync::Mutex;

use super::names::EXPORTS;

const PAGE: usize = 4096;
const HEADER: usize = 64;
const PROGRAM_HEADER: usize = 56;
const SYMBOL: usize = 24;
const STUB: usize = 16;
const BUCKETS: u32 = 257;

const PT_LOAD: u32 = 1;
const PT_DYNAMIC: u32 = 2;
const PT_GNU_STACK: u32 = 0x6474_e551;
const READ_EXECUTE: u32 = 5;
const READ_WRITE: u32 = 6;

/// Machine number of this architecture.
#[cfg(target_arch = "x86_64")]
const MACHINE: u16 = 62;
#[cfg(target_arch = "aarch64")]
const MACHINE: u16 = 183;

/// Code that jumps to an address and touches no register that carries an argument.
fn stub(target: u64) -> [u8; STUB] {
    let mut code = [0; STUB];
    #[cfg(target_arch = "x86_64")]
    {
        // movabs r11, target; jmp r11
        code[..2].copy_from_slice(&[0x49, 0xbb]);
        code[2..10].copy_from_slice(&target.to_le_bytes());
        code[10..13].copy_from_slice(&[0x41, 0xff, 0xe3]);
    }
    #[cfg(target_arch = "aarch64")]
    {
        // ldr x16, literal; br x16; literal
        code[..4].copy_from_slice(&0x5800_0050u32.to_le_bytes());
        code[4..8].copy_from_slice(&0xd61f_0200u32.to_le_bytes());
        code[8..].copy_from_slice(&target.to_le_bytes());
    }
    code
}

/// The hash function of DT_HASH.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0u32, |hash, byte| {
        let hash = (hash << 4).wrapping_add(byte.into());
        let high = hash & 0xf000_0000;
        (hash ^ (high >> 24)) & !high
    })
}

/// Numbers of any width, little-endian.
trait Push {
    fn push16(&mut self, value: u16);
    fn push32(&mut self, value: u32);
    fn push64(&mut self, value: u64);
    fn align(&mut self, to: usize);
}

impl Push for Vec<u8> {
    fn push16(&mut self, value: u16) {
        self.extend_from_slice(&value.to_le_bytes());
    }
    fn push32(&mut self, value: u32) {
        self.extend_from_slice(&value.to_le_bytes());
    }
    fn push64(&mut self, value: u64) {
        self.extend_from_slice(&value.to_le_bytes());
    }
    fn align(&mut self, to: usize) {
        self.resize(self.len().next_multiple_of(to), 0);
    }
}

/// A shared object named `soname` that exports `symbols`.
fn shared_object(soname: &str, symbols: &[(&str, u64)]) -> Vec<u8> {
    let mut strings = vec![0];
    let mut string = |text: &str| {
        let offset = strings.len() as u32;
        strings.extend_from_slice(text.as_bytes());
        strings.push(0);
        offset
    };
    let soname = string(soname);
    let names: Vec<u32> = symbols.iter().map(|(name, _)| string(name)).collect();

    // One segment of code with all tables, then the dynamic section, which the loader writes to.
    let symbol_table = HEADER + 4 * PROGRAM_HEADER;
    let hash_table = symbol_table + (symbols.len() + 1) * SYMBOL;
    let string_table = hash_table + (2 + BUCKETS as usize + symbols.len() + 1) * 4;
    let code = (string_table + strings.len()).next_multiple_of(STUB);
    let code_end = code + symbols.len() * STUB;
    let dynamic = code_end.next_multiple_of(PAGE);
    let entries: [(u64, usize); 7] = [
        (14, soname as usize),
        (4, hash_table),
        (5, string_table),
        (6, symbol_table),
        (10, strings.len()),
        (11, SYMBOL),
        (0, 0),
    ];
    let dynamic_size = entries.len() * 16;

    let mut file = Vec::with_capacity(dynamic + dynamic_size);
    file.extend_from_slice(&[0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    file.push16(3); // shared object
    file.push16(MACHINE);
    file.push32(1);
    file.push64(0); // entry
    file.push64(HEADER as u64);
    file.push64(0); // no sections
    file.push32(0);
    file.push16(HEADER as u16);
    file.push16(PROGRAM_HEADER as u16);
    file.push16(4);
    file.push16(64);
    file.push16(0);
    file.push16(0);
    let mut segment = |kind: u32, flags: u32, start: usize, size: usize, align: usize| {
        file.push32(kind);
        file.push32(flags);
        for value in [start, start, start, size, size, align] {
            file.push64(value as u64);
        }
    };
    segment(PT_LOAD, READ_EXECUTE, 0, code_end, PAGE);
    segment(PT_LOAD, READ_WRITE, dynamic, dynamic_size, PAGE);
    segment(PT_DYNAMIC, READ_WRITE, dynamic, dynamic_size, 8);
    segment(PT_GNU_STACK, READ_WRITE, 0, 0, 16);

    file.extend_from_slice(&[0; SYMBOL]);
    for (index, name) in names.iter().enumerate() {
        file.push32(*name);
        file.push(0x12); // global function
        file.push(0);
        file.push16(1);
        file.push64((code + index * STUB) as u64);
        file.push64(STUB as u64);
    }
    let mut buckets = vec![0u32; BUCKETS as usize];
    let mut chains = vec![0u32; symbols.len() + 1];
    for (index, (name, _)) in symbols.iter().enumerate() {
        let bucket = &mut buckets[(hash(name) % BUCKETS) as usize];
        chains[index + 1] = std::mem::replace(bucket, index as u32 + 1);
    }
    file.push32(BUCKETS);
    file.push32(chains.len() as u32);
    buckets.iter().chain(&chains).for_each(|&value| file.push32(value));
    file.extend_from_slice(&strings);
    file.align(STUB);
    for (_, target) in symbols {
        file.extend_from_slice(&stub(*target));
    }
    file.align(PAGE);
    for (tag, value) in entries {
        file.push64(tag);
        file.push64(value as u64);
    }
    file
}

fn load(soname: &CStr) -> io::Result<()> {
    // SAFETY: only asks whether a library of that name is loaded.
    let loaded = unsafe { libc::dlopen(soname.as_ptr(), libc::RTLD_LAZY | libc::RTLD_NOLOAD) };
    if !loaded.is_null() {
        return Err(io::Error::other(format!(
            "{} is already loaded in this process",
            soname.to_string_lossy()
        )));
    }
    let symbols: Vec<(&str, u64)> = EXPORTS.iter().map(|(name, entry)| (*name, entry.0 as u64)).collect();
    let bytes = shared_object(&soname.to_string_lossy(), &symbols);
    // SAFETY: a new descriptor; the name is a C string.
    let descriptor = unsafe { libc::memfd_create(c"softcuda".as_ptr(), libc::MFD_CLOEXEC) };
    if descriptor < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the descriptor was just made and is owned by nobody else.
    let mut file = unsafe { <std::fs::File as std::os::fd::FromRawFd>::from_raw_fd(descriptor) };
    io::Write::write_all(&mut file, &bytes)?;
    // The loader knows the object by this path from now on: the descriptor's number must never name another one.
    std::mem::forget(file);
    let path = CString::new(format!("/proc/self/fd/{descriptor}"))?;
    // SAFETY: loads the object made above; it runs no code when loaded and stays loaded.
    let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
    if handle.is_null() {
        // SAFETY: dlerror gives a C string after a failed dlopen.
        let reason = unsafe { CStr::from_ptr(libc::dlerror()) };
        return Err(io::Error::other(reason.to_string_lossy().into_owned()));
    }
    Ok(())
}

/// Makes every later `dlopen` of `libcuda.so` or `libcuda.so.1` in this process give the software device.
/// Call it before anything touches the driver. A second call does nothing.
///
/// # Errors
/// A driver is already loaded, or the system refuses memfd or loading from it.
pub fn install() -> io::Result<()> {
    static INSTALLED: Mutex<bool> = Mutex::new(false);
    let mut installed = INSTALLED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !*installed {
        load(c"libcuda.so")?;
        load(c"libcuda.so.1")?;
        *installed = true;
    }
    Ok(())
}
