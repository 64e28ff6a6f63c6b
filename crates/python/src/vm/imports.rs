//! `import`.

use super::native::Args;
use super::types::*;
use super::{Vm, names};
use crate::builtins::{evaluate::Unknown, known};
use crate::modules::{NATIVE, PYTHON, star};
use crate::value::*;
use std::sync::{Arc, OnceLock};

/// Packages that are nothing but their modules.
const PACKAGES: &[&str] = &["concurrent", "urllib", "xml"];

/// Modules that have modules inside, which their tables of names do not tell.
const IMPORTING_PACKAGES: &[&str] = &[
    "asyncio",
    "concurrent",
    "concurrent.futures",
    "ctypes",
    "email",
    "encodings",
    "html",
    "http",
    "importlib",
    "json",
    "logging",
    "multiprocessing",
    "os",
    "re",
    "unittest",
    "urllib",
    "xml",
    "zoneinfo",
];

/// Modules of CPython's library: what is not made here is refused, not reported missing.
const LIBRARY: &[&str] = &[
    "_testmultiphase",
    "_testbuffer",
    "_testinternalcapi",
    "_testcapi",
    "xxlimited",
    "xxsubtype",
    "__future__",
    "__hello__",
    "__phello__",
    "_abc",
    "_aix_support",
    "_ast",
    "_asyncio",
    "_bisect",
    "_blake2",
    "_bootsubprocess",
    "_bz2",
    "_codecs",
    "_codecs_cn",
    "_codecs_hk",
    "_codecs_iso2022",
    "_codecs_jp",
    "_codecs_kr",
    "_codecs_tw",
    "_collections",
    "_collections_abc",
    "_compat_pickle",
    "_compression",
    "_contextvars",
    "_crypt",
    "_csv",
    "_ctypes",
    "_curses",
    "_curses_panel",
    "_datetime",
    "_dbm",
    "_decimal",
    "_elementtree",
    "_frozen_importlib",
    "_frozen_importlib_external",
    "_functools",
    "_gdbm",
    "_hashlib",
    "_heapq",
    "_imp",
    "_io",
    "_json",
    "_locale",
    "_lsprof",
    "_lzma",
    "_markupbase",
    "_md5",
    "_msi",
    "_multibytecodec",
    "_multiprocessing",
    "_opcode",
    "_operator",
    "_osx_support",
    "_overlapped",
    "_pickle",
    "_posixshmem",
    "_posixsubprocess",
    "_py_abc",
    "_pydecimal",
    "_pyio",
    "_queue",
    "_random",
    "_scproxy",
    "_sha1",
    "_sha256",
    "_sha3",
    "_sha512",
    "_signal",
    "_sitebuiltins",
    "_socket",
    "_sqlite3",
    "_sre",
    "_ssl",
    "_stat",
    "_statistics",
    "_string",
    "_strptime",
    "_struct",
    "_symtable",
    "_thread",
    "_threading_local",
    "_tkinter",
    "_tokenize",
    "_tracemalloc",
    "_typing",
    "_uuid",
    "_warnings",
    "_weakref",
    "_weakrefset",
    "_winapi",
    "_zoneinfo",
    "abc",
    "aifc",
    "antigravity",
    "argparse",
    "array",
    "ast",
    "asynchat",
    "asyncio",
    "asyncore",
    "atexit",
    "audioop",
    "base64",
    "bdb",
    "binascii",
    "bisect",
    "builtins",
    "bz2",
    "cProfile",
    "calendar",
    "cgi",
    "cgitb",
    "chunk",
    "cmath",
    "cmd",
    "code",
    "codecs",
    "codeop",
    "colorsys",
    "compileall",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "copyreg",
    "crypt",
    "csv",
    "ctypes",
    "curses",
    "dataclasses",
    "datetime",
    "dbm",
    "decimal",
    "difflib",
    "dis",
    "distutils",
    "doctest",
    "email",
    "encodings",
    "ensurepip",
    "enum",
    "errno",
    "faulthandler",
    "fcntl",
    "filecmp",
    "fileinput",
    "fnmatch",
    "fractions",
    "ftplib",
    "functools",
    "gc",
    "genericpath",
    "getopt",
    "getpass",
    "gettext",
    "glob",
    "graphlib",
    "grp",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "idlelib",
    "imaplib",
    "imghdr",
    "imp",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "json",
    "keyword",
    "lib2to3",
    "linecache",
    "locale",
    "logging",
    "lzma",
    "mailbox",
    "mailcap",
    "marshal",
    "math",
    "mimetypes",
    "mmap",
    "modulefinder",
    "msilib",
    "msvcrt",
    "multiprocessing",
    "netrc",
    "nis",
    "nntplib",
    "nt",
    "ntpath",
    "nturl2path",
    "numbers",
    "opcode",
    "operator",
    "optparse",
    "os",
    "ossaudiodev",
    "pathlib",
    "pdb",
    "pickle",
    "pickletools",
    "pipes",
    "pkgutil",
    "platform",
    "plistlib",
    "poplib",
    "posix",
    "posixpath",
    "pprint",
    "profile",
    "pstats",
    "pty",
    "pwd",
    "py_compile",
    "pyclbr",
    "pydoc",
    "pydoc_data",
    "pyexpat",
    "queue",
    "quopri",
    "random",
    "re",
    "readline",
    "reprlib",
    "resource",
    "rlcompleter",
    "runpy",
    "sched",
    "secrets",
    "select",
    "selectors",
    "shelve",
    "shlex",
    "shutil",
    "signal",
    "site",
    "smtpd",
    "smtplib",
    "sndhdr",
    "socket",
    "socketserver",
    "spwd",
    "sqlite3",
    "sre_compile",
    "sre_constants",
    "sre_parse",
    "ssl",
    "stat",
    "statistics",
    "string",
    "stringprep",
    "struct",
    "subprocess",
    "sunau",
    "symtable",
    "sys",
    "sysconfig",
    "syslog",
    "tabnanny",
    "tarfile",
    "telnetlib",
    "tempfile",
    "termios",
    "test",
    "textwrap",
    "this",
    "threading",
    "time",
    "timeit",
    "tkinter",
    "token",
    "tokenize",
    "tomllib",
    "trace",
    "traceback",
    "tracemalloc",
    "tty",
    "turtle",
    "turtledemo",
    "types",
    "typing",
    "unicodedata",
    "unittest",
    "urllib",
    "uu",
    "uuid",
    "venv",
    "warnings",
    "wave",
    "weakref",
    "webbrowser",
    "winreg",
    "winsound",
    "wsgiref",
    "xdrlib",
    "xml",
    "xmlrpc",
    "zipapp",
    "zipfile",
    "zipimport",
    "zlib",
    "zoneinfo",
];

/// Modules whose import itself is refused: it prints, fails on some machines, or brings what CPython's library has not.
const NEVER: &[&str] = &[
    "__hello__",
    "__phello__",
    "_curses",
    "_curses_panel",
    "_dbm",
    "_gdbm",
    "_msi",
    "_overlapped",
    "_scproxy",
    "_testbuffer",
    "_testcapi",
    "_testinternalcapi",
    "_testmultiphase",
    "_tkinter",
    "_winapi",
    "antigravity",
    "asynchat",
    "asyncore",
    "curses",
    "distutils",
    "idlelib",
    "imp",
    "msilib",
    "msvcrt",
    "nt",
    "readline",
    "rlcompleter",
    "site",
    "smtpd",
    "test",
    "this",
    "tkinter",
    "turtle",
    "turtledemo",
    "winreg",
    "winsound",
    "xxlimited",
    "xxsubtype",
    "numpy",
    "scipy",
    "pandas",
    "sympy",
    "networkx",
    "numba",
    "sortedcontainers",
    "matplotlib",
    "torch",
    "sklearn",
    "requests",
    "bs4",
    "PIL",
    "cv2",
    "nltk",
    "pytest",
];

/// Modules written in Python that a program imported are loaded once more before the next one, and kept: later programs find
/// them ready, and whatever a program changes in them is restored after it.
#[derive(Default)]
pub(super) struct Ready {
    modules: Vec<(StrId, ModuleId)>,
    wanted: Vec<&'static str>,
    loading: bool,
    pub disabled: bool,
}

impl Vm {
    /// Loads what the last program wanted, on a machine that is as new. Says whether there was anything.
    pub(super) fn load_wanted(&mut self) -> bool {
        let wanted = std::mem::take(&mut self.ready.wanted);
        if wanted.is_empty() {
            return false;
        }
        let limits = std::mem::take(&mut self.limits);
        self.deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
        self.ready.loading = true;
        let loaded = wanted.iter().all(|name| self.require_module(name).is_ok());
        self.ready.loading = false;
        self.limits = limits;
        if !loaded {
            self.ready.disabled = true;
            return true;
        }
        for (name, module) in self.heap[self.modules].iter().collect::<Vec<_>>() {
            if let (Value::Str(name), Value::Module(module)) = (name, module)
                && self.ready.modules.iter().all(|ready| ready.0 != name)
            {
                self.ready.modules.push((name, module));
            }
        }
        self.keep();
        true
    }

    fn find_module(&mut self, name: &str) -> Res<Option<ModuleId>> {
        let interned = self.heap.intern(name);
        match self.heap.get_name(self.modules, interned) {
            Some(Value::Module(module)) => return Ok(Some(module)),
            Some(_) => return Err(self.unsupported("importing what a program put into sys.modules")),
            None => {}
        }
        if let Some(&(_, module)) = self.ready.modules.iter().find(|ready| ready.0 == interned) {
            self.heap.set_name(self.modules, interned, Value::Module(module));
            // The module may use `sys`, which is that of the program that runs now.
            let sys = self.heap.intern("sys");
            if self.sys.is_none()
                && let Some(&(_, module)) = self.ready.modules.iter().find(|ready| ready.0 == sys)
            {
                let dict = self.heap[module].dict;
                crate::modules::sys::attach(self, dict);
            }
            return Ok(Some(module));
        }
        let module = self.heap.new_module(interned);
        let dict = self.heap[module].dict;
        self.heap.set_name(dict, names::NAME, Value::Str(interned));
        if let Some(native) = NATIVE.iter().find(|m| m.name == name) {
            self.heap.set_name(self.modules, interned, Value::Module(module));
            (native.fill)(self, dict)?;
            return Ok(Some(module));
        }
        if let Some(number) = PYTHON.iter().position(|library| library.name == name) {
            if !self.ready.loading && !self.ready.disabled {
                self.ready.wanted.push(PYTHON[number].name);
            }
            self.heap.set_name(self.modules, interned, Value::Module(module));
            let outer = self.loading.replace(PYTHON[number].name);
            let code = self.load_code(library_code(number));
            self.loading = outer;
            self.run_code(code, dict, Value::Dict(dict), crate::heap::EMPTY_TUPLE)?;
            // What it says is not CPython's: refused where a program asks.
            self.heap.remove_name(dict, names::DOC);
            return Ok(Some(module));
        }
        Ok(None)
    }

    /// A module for native code.
    pub fn import_by_name(&mut self, name: &str) -> Res<ModuleId> {
        self.require_module(name)
    }

    fn require_module(&mut self, name: &str) -> Res<ModuleId> {
        if name == "__main__" {
            return Err(self.unsupported("import of __main__"));
        }
        if let Some(module) = self.find_module(name)? {
            return Ok(module);
        }
        let root = name.split('.').next().unwrap_or(name);
        if LIBRARY.contains(&root) || NEVER.contains(&root) {
            if root == name && !NEVER.contains(&name) {
                // Programs import more than they use: an empty module, whose members are refused.
                let interned = self.heap.intern(name);
                let module = self.heap.new_module(interned);
                let dict = self.heap[module].dict;
                self.heap.set_name(dict, names::NAME, Value::Str(interned));
                self.heap.set_name(self.modules, interned, Value::Module(module));
                return Ok(module);
            }
            return Err(self.unsupported(format!("import {name}")));
        }
        let stop = self.raise(MODULE_NOT_FOUND_ERROR, &format!("No module named '{root}'"));
        if let Stop::Raise(exception) = stop {
            let root = self.new_str(root);
            self.set_exception_field(exception, names::NAME_FIELD, root);
        }
        Err(stop)
    }

    /// `IMPORT_NAME`.
    pub(super) fn import(&mut self, name: StrId, from: Value, level: Value) -> Res<Value> {
        if !matches!(level, Value::Int(0)) {
            return Err(self.raise(IMPORT_ERROR, "attempted relative import with no known parent package"));
        }
        let text = self.heap.text(name).to_owned();
        let module = self.require_module(&text)?;
        if let Some((parent, child)) = text.rsplit_once('.') {
            // A submodule is an attribute of its package once it is imported.
            let parent = self.require_module(parent)?;
            let (dict, child) = (self.heap[parent].dict, self.heap.intern(child));
            self.heap.set_name(dict, child, Value::Module(module));
        }
        if from.is_none() && text.contains('.') {
            let root = text.split('.').next().unwrap_or(&text).to_owned();
            let root = self.require_module(&root)?;
            return Ok(Value::Module(root));
        }
        Ok(Value::Module(module))
    }

    pub fn import_function(&mut self, args: Args<'_>) -> Res<Value> {
        match args.plain() {
            [Value::Str(name)] => {
                let name = *name;
                self.import(name, Value::None, Value::Int(0))
            }
            _ => Err(self.unsupported("__import__ with options")),
        }
    }

    pub(super) fn import_from(&mut self, module: Value, name: StrId) -> Res<Value> {
        if let Value::Module(id) = module
            && PACKAGES.contains(&self.heap.text(self.heap[id].name))
        {
            let full = format!("{}.{}", self.heap.text(self.heap[id].name), self.heap.text(name));
            if let Some(child) = self.find_module(&full)? {
                let dict = self.heap[id].dict;
                self.heap.set_name(dict, name, Value::Module(child));
                return Ok(Value::Module(child));
            }
        }
        if let Some(value) = self.try_attribute(module, name)? {
            return Ok(value);
        }
        let Value::Module(id) = module else {
            return Err(self.attribute_error(module, name));
        };
        let full = format!("{}.{}", self.heap.text(self.heap[id].name), self.heap.text(name));
        if let Some(module) = self.find_module(&full)? {
            return Ok(Value::Module(module));
        }
        let own = self.heap.text(self.heap[id].name);
        if own != "__main__" {
            let wanted = self.heap.text(name);
            if !IMPORTING_PACKAGES.contains(&own)
                && known::of_module(own).is_some_and(|mut names| names.all(|name| name != wanted))
            {
                // The message says where CPython's file is.
                let own = self.new_string(own.to_owned());
                let message = Unknown::value(self, "where a module comes from");
                let stop = self.raise_with(IMPORT_ERROR, &[message]);
                if let Stop::Raise(exception) = stop {
                    self.set_exception_field(exception, names::NAME_FIELD, own);
                    self.set_exception_field(exception, names::PATH, message);
                }
                return Err(stop);
            }
            return Err(self.unsupported(format!(
                "from {} import {}",
                self.heap.text(self.heap[id].name),
                self.heap.text(name)
            )));
        }
        let message = format!("cannot import name '{}'", self.heap.text(name));
        Err(self.raise(IMPORT_ERROR, &message))
    }

    pub(super) fn import_star(&mut self, module: Value) -> Res<()> {
        let Value::Module(id) = module else { return Ok(()) };
        let dict = self.heap[id].dict;
        let locals = self.frames.last().map_or(Value::Null, |frame| frame.locals);
        let Value::Dict(target) = locals else { return Ok(()) };
        let own = self.heap.text(self.heap[id].name).to_owned();
        let is_made =
            NATIVE.iter().any(|native| native.name == own) || PYTHON.iter().any(|library| library.name == own);
        if !is_made && own != "__main__" {
            return Err(self.unsupported(format!("from {own} import *")));
        }
        if let Some(known) = star::names(self, &own)? {
            for (text, kind) in known {
                let name = self.heap.intern(text);
                let found = match self.heap.get_name(dict, name) {
                    Some(value) => Some(value),
                    None => star::absent(self, &own, text, &kind)?,
                };
                let value = match found {
                    Some(value) => value,
                    None => self.get_attribute(module, name)?,
                };
                self.heap.set_name(target, name, value);
            }
            return Ok(());
        }
        let listed = match self.try_attribute(module, names::ALL)? {
            Some(all) => Some(self.collect_items(all)?),
            None => None,
        };
        match listed {
            Some(all) => {
                for name in all {
                    if let Value::Str(name) = name {
                        let value = self.get_attribute(module, name)?;
                        self.heap.set_name(target, name, value);
                    }
                }
            }
            None => {
                for (key, value) in self.heap[dict].iter().collect::<Vec<_>>() {
                    if let Value::Str(name) = key
                        && !self.heap.text(name).starts_with('_')
                    {
                        self.heap.set_name(target, name, value);
                    }
                }
            }
        }
        Ok(())
    }

    /// `sys.setrecursionlimit`.
    pub fn set_recursion_limit(&mut self, limit: usize) {
        self.recursion_limit = limit;
    }

    pub fn shown_recursion_limit(&self) -> usize {
        self.recursion_limit
    }
}

/// The code of a library module: compiled once per process.
fn library_code(number: usize) -> &'static Arc<crate::bytecode::Code> {
    static CODES: [OnceLock<Arc<crate::bytecode::Code>>; PYTHON.len()] = [const { OnceLock::new() }; PYTHON.len()];
    CODES[number].get_or_init(|| {
        let library = &PYTHON[number];
        let complain = |message: String| -> ! { unreachable!("library module {}: {message}", library.name) };
        let module = crate::syntax::parse(library.source).unwrap_or_else(|error| complain(error.message));
        let options = crate::compiler::CompileOptions {
            traced: false,
            ..Default::default()
        };
        let lines = crate::syntax::LineIndex::new(library.source);
        Arc::new(crate::compiler::compile(&module, &lines, &options).unwrap_or_else(|error| complain(error.message)))
    })
}
