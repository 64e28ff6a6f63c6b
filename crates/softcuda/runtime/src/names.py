#!/usr/bin/env python3
"""Writes names.rs: the table of all names that the CUDA toolkit's headers declare for the runtime.

Usage: names.py INCLUDE_DIRECTORY... (CUDA 12.9's and 13's, holding cuda_runtime_api.h and crt/host_runtime.h: 13 dropped
names that 12 has), after a function was added to or removed from this directory. Takes names only.
"""
import pathlib
import re
import sys

here = pathlib.Path(__file__).parent
includes = [pathlib.Path(argument) for argument in sys.argv[1:]]
headers = ["cuda_runtime_api.h", "cuda_profiler_api.h", "cuda_gl_interop.h", "cuda_egl_interop.h", "cuda_vdpau_interop.h",
           "crt/host_runtime.h"]

names = set()
for header in headers:
    for include in includes:
        if not (include / header).exists():
            continue
        text = re.sub(r"/\*.*?\*/", "", (include / header).read_text(), flags=re.S)
        text = re.sub(r"//.*", "", text)
        names |= set(re.findall(r"\bextern\b[^;{}()]*?CUDARTAPI(?:_CDECL)?\s+(\w+)\s*\(", text))
        names |= set(re.findall(r"#define\s+cuda\w+\s+(cuda\w+_v\d+)\s*$", text, flags=re.M))
        for suffix in ["ptds", "ptsz"]:
            marked = set(re.findall(rf"__CUDART_API_{suffix.upper()}\((cuda\w+)\)", text))
            names |= marked | {f"{name}_{suffix}" for name in marked}
# Functions of the device's code, which is linked with another library.
names = {name for name in names if re.match(r"(__)?cuda[A-Z]", name) and not name.startswith("cudaGetParameterBuffer")}

implemented = set()
for source in here.glob("*.rs"):
    if source.name not in ["names.rs", "driver.rs"]:
        for line in source.read_text().splitlines():
            found = re.match(r'\s*(?:pub extern "C" )?fn ((?:__)?cuda[A-Z]\w+)(?: \| (\w+))?', line)
            implemented |= {name for name in found.groups() if name} if found else set()
names |= implemented

order = lambda name: name.encode()
lines = [
    "//! The names that CUDA 12.9's and 13's headers declare for the runtime. Written by names.py; not edited by hand.",
    "",
    "#![allow(clippy::doc_markdown)]",
    "",
    "use std::ffi::c_void;",
    "",
    "/// The address of an exported function.",
    "pub struct Entry(pub *const c_void);",
    "",
    "// SAFETY: the address of code, which is the same for every thread.",
    "unsafe impl Sync for Entry {}",
    "",
    "macro_rules! unsupported {",
    "    ($($name:ident)*) => {",
    "        $(#[unsafe(no_mangle)] pub extern \"C\" fn $name() -> u32 {",
    "            crate::export::guard(stringify!($name), || Err(crate::errors::Error::NotSupported))",
    "        })*",
    "    };",
    "}",
    "",
    "macro_rules! exports {",
    "    ($($name:ident)*) => {",
    "        mod declared {",
    "            unsafe extern \"C\" { $(pub fn $name();)* }",
    "        }",
    "        /// Every exported function, sorted by name.",
    "        pub static EXPORTS: &[(&str, Entry)] =",
    "            &[$((stringify!($name), Entry(declared::$name as *const c_void)),)*];",
    "    };",
    "}",
    "",
    "// Declared, but not there: they answer cudaErrorNotSupported.",
    "unsupported! {",
    *[f"    {name}" for name in sorted(names - implemented, key=order)],
    "}",
    "",
    "exports! {",
    *[f"    {name}" for name in sorted(names, key=order)],
    "}",
]
(here / "names.rs").write_text("\n".join(lines) + "\n")
print(f"{len(names)} names, {len(implemented)} implemented")
