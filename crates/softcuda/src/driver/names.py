#!/usr/bin/env python3
"""Writes names.rs: the table of all names that the CUDA toolkit's headers declare for the driver.

Usage: names.py INCLUDE_DIRECTORY... (CUDA 12.9's and 13's, holding cuda.h and cudaTypedefs.h: 13 dropped names that 12
has), after a function was added to or removed from this directory. Takes names and versions only.
"""
import pathlib
import re
import sys

here = pathlib.Path(__file__).parent
includes = [pathlib.Path(argument) for argument in sys.argv[1:]]


def read(name):
    text = "\n".join((include / name).read_text() for include in includes)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"//.*", "", text)


header = read("cuda.h")
names = set()
for name in ["cuda.h", "cudaGL.h", "cudaEGL.h", "cudaVDPAU.h"]:
    text = read(name)
    names |= set(re.findall(r"CUresult\s+CUDAAPI\s+(cu\w+)\s*\(", text))
    names |= set(re.findall(r"#define\s+cu\w+\s+(cu\w+)\s*$", text, flags=re.M))
    for suffix in ["ptds", "ptsz"]:
        marked = set(re.findall(rf"__CUDA_API_{suffix.upper()}\((cu\w+)\)", text))
        names |= marked | {f"{name}_{suffix}" for name in marked}
names |= {"cuProfilerInitialize", "cuProfilerStart", "cuProfilerStop"}

implemented = set()
for source in here.glob("*.rs"):
    if source.name != "names.rs":
        for line in source.read_text().splitlines():
            found = re.match(r"\s*fn (cu[A-Z]\w+)(?: \| (\w+))?", line) or re.match(r"\s*(cu[A-Z]\w+) = cu", line)
            implemented |= {name for name in found.groups() if name} if found else set()
names |= implemented

versions = {}
for base, version in re.findall(r"PFN_(cu\w+?)_v(\d+)\)", read("cudaTypedefs.h")):
    versions.setdefault(base, set()).add(int(version))
rows = []
for base, since in versions.items():
    forms = [form for form in [base] + [f"{base}_v{number}" for number in range(2, 6)] if form in names]
    # A function whose plain form was never declared with a version of its own starts with its newest forms.
    forms = forms[-len(since):] if len(forms) >= len(since) else forms
    rows += zip([base] * len(forms), sorted(since), forms)
rows.append(("cuGraphInstantiate", 12000, "cuGraphInstantiateWithFlags"))

order = lambda name: name.encode()
lines = [
    "//! The names that CUDA 12.9's and 13's headers declare for the driver. Written by names.py; not edited by hand.",
    "",
    "#![allow(clippy::doc_markdown)]",
    "",
    "use std::ffi::c_void;",
    "",
    "use super::status::Status;",
    "",
    "/// The address of an exported function.",
    "pub struct Entry(pub *const c_void);",
    "",
    "// SAFETY: the address of code, which is the same for every thread.",
    "unsafe impl Sync for Entry {}",
    "",
    "macro_rules! unsupported {",
    "    ($($name:ident)*) => {",
    "        $(#[unsafe(no_mangle)] pub extern \"C\" fn $name() -> u32 { Status::NOT_SUPPORTED.0 })*",
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
    "// Declared, but beyond this device: they answer CUDA_ERROR_NOT_SUPPORTED.",
    "unsupported! {",
    *[f"    {name}" for name in sorted(names - implemented, key=order)],
    "}",
    "",
    "exports! {",
    *[f"    {name}" for name in sorted(names, key=order)],
    "}",
    "",
    "/// Which form of a function came with which CUDA version (1000 * major + 10 * minor), sorted by name.",
    "#[rustfmt::skip]",
    "pub static VERSIONS: &[(&str, i32, &str)] = &[",
    *[f'    ("{base}", {since}, "{form}"),' for base, since, form in sorted(rows, key=lambda row: (order(row[0]), row[1]))],
    "];",
]
(here / "names.rs").write_text("\n".join(lines) + "\n")
print(f"{len(names)} names, {len(implemented)} implemented")
