//! Functions of the library that are Python here and C in CPython: what they show of themselves, and how they complain of the
//! number and the names of their arguments. The rules are those of Argument Clinic (CPython's `Python/getargs.c`).

use super::Vm;
use super::code::CodeObject;
use crate::value::*;

/// Library modules, the modules that CPython's functions name, and the functions; methods stand with their class.
const FUNCTIONS: &[(&str, &str, &str)] = &[
    ("asyncio", "_asyncio", "get_event_loop get_running_loop"),
    (
        "cmath",
        "cmath",
        "acos acosh asin asinh atan atanh cos cosh exp isclose isfinite isinf isnan log log10 phase polar rect sin sinh sqrt tan tanh",
    ),
    ("contextvars", "_contextvars", "copy_context"),
    (
        "csv",
        "_csv",
        "reader writer register_dialect unregister_dialect list_dialects",
    ),
    ("_decimal_python", "decimal", "localcontext"),
    (
        "gc",
        "gc",
        "enable disable isenabled collect get_threshold set_threshold get_debug set_debug freeze unfreeze is_tracked",
    ),
    (
        "hashlib",
        "_hashlib",
        "openssl_md5 openssl_sha1 openssl_sha224 openssl_sha256 openssl_sha384 openssl_sha512 openssl_sha3_224 openssl_sha3_256 \
         openssl_sha3_384 openssl_sha3_512 openssl_shake_128 openssl_shake_256",
    ),
    ("hmac", "_hashlib", "compare_digest"),
    (
        "re",
        "re",
        "Match.expand Match.groups Match.groupdict Match.start Match.end Match.span Pattern.search Pattern.match \
         Pattern.fullmatch Pattern.findall Pattern.finditer Pattern.split Pattern.sub Pattern.subn",
    ),
    ("pickle", "_pickle", "dump dumps load loads"),
    ("threading", "_thread", "allocate_lock get_ident stack_size"),
    (
        "time",
        "time",
        "sleep localtime ctime time time_ns perf_counter perf_counter_ns process_time process_time_ns monotonic monotonic_ns thread_time",
    ),
    ("_time_struct", "time", "gmtime strftime asctime strptime"),
    (
        "unicodedata",
        "unicodedata",
        "category bidirectional combining east_asian_width mirrored decimal digit numeric name lookup decomposition normalize \
         is_normalized",
    ),
    ("warnings", "_warnings", "warn"),
    ("weakref", "_weakref", "proxy"),
];

/// Such a function.
#[derive(Clone, Copy)]
pub struct InC {
    /// The name of its module.
    pub module: &'static str,
    /// Its first argument is the object.
    pub method: bool,
}

impl InC {
    /// The function `qualname` of a module of the library, if CPython has it in C.
    pub fn find(module: &str, qualname: &str) -> Option<InC> {
        let &(_, module, names) = FUNCTIONS.iter().find(|row| row.0 == module)?;
        let found = names.split_whitespace().any(|name| name == qualname);
        found.then_some(InC {
            module,
            method: qualname.contains('.'),
        })
    }
}

/// What a function takes: `required` parameters at least, the first `positional_only` not by name, those from `keyword_only` on only so.
pub struct Signature<'a> {
    pub parameters: &'a [&'a str],
    pub required: usize,
    pub positional_only: usize,
    pub keyword_only: usize,
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl Signature<'_> {
    /// The complaint of a function that takes keywords, in the order in which `_PyArg_UnpackKeywords` looks.
    pub fn complaint(&self, name: &str, given: usize, keywords: &[&str]) -> Option<String> {
        let (all, positional) = (self.parameters.len(), self.keyword_only);
        let total = given + keywords.len();
        if total > all {
            let kind = if given == 0 { "keyword " } else { "" };
            return Some(format!(
                "{name}() takes at most {all} {kind}argument{} ({total} given)",
                plural(all)
            ));
        }
        if given > positional {
            let bound = if self.required < positional {
                "at most"
            } else {
                "exactly"
            };
            return Some(match positional {
                0 => format!("{name}() takes no positional arguments"),
                _ => format!(
                    "{name}() takes {bound} {positional} positional argument{} ({given} given)",
                    plural(positional)
                ),
            });
        }
        let least = self.positional_only.min(self.required);
        if given < least {
            let bound = if least < positional { "at least" } else { "exactly" };
            return Some(format!(
                "{name}() takes {bound} {least} positional argument{} ({given} given)",
                plural(least)
            ));
        }
        for place in given.max(self.positional_only)..self.required {
            let parameter = self.parameters[place];
            if !keywords.contains(&parameter) {
                return Some(format!(
                    "{name}() missing required argument '{parameter}' (pos {})",
                    place + 1
                ));
            }
        }
        for place in self.positional_only..given {
            let parameter = self.parameters[place];
            if keywords.contains(&parameter) {
                let place = place + 1;
                return Some(format!(
                    "argument for {name}() given by name ('{parameter}') and position ({place})"
                ));
            }
        }
        let named = &self.parameters[self.positional_only..];
        let unknown = keywords.iter().find(|keyword| !named.contains(keyword))?;
        Some(format!("'{unknown}' is an invalid keyword argument for {name}()"))
    }
}

/// The complaint of a function without keywords that takes from `low` to `high` arguments: "f expected at most 2 arguments, got 3".
pub fn expected(name: &str, low: usize, high: usize, given: usize) -> String {
    let (bound, word) = match () {
        () if low == high => (low, ""),
        () if given < low => (low, "at least "),
        () => (high, "at most "),
    };
    format!("{name} expected {word}{bound} argument{}, got {given}", plural(bound))
}

impl Vm {
    /// What CPython has in C in place of this function.
    #[inline]
    pub fn in_c(&self, function: FunctionId) -> Option<InC> {
        self.codes[self.heap.function(function).code].in_c
    }

    /// What CPython says of such arguments, `given` of them by position, if they do not fit.
    #[cold]
    pub(super) fn complaint_in_c(
        &self,
        function: InC,
        code: &CodeObject,
        defaults: Value,
        given: usize,
        keywords: &[StrId],
    ) -> Option<String> {
        let text = |name: &StrId| self.heap.text(*name);
        let qualname = self.heap.text(code.qualname);
        let own = usize::from(function.method);
        let given = given.checked_sub(own)?;
        let (name, constructor) = match qualname.rsplit_once('.') {
            Some((class, "__init__" | "__new__")) => (class, true),
            Some((_, method)) => (method, false),
            None => (qualname, false),
        };
        let parameters: Vec<&str> = code.fast_names[own..code.parameter_count()].iter().map(text).collect();
        let optional = match defaults {
            Value::Tuple(defaults) => self.heap[defaults].items.len(),
            _ => 0,
        };
        let count = code.argument_count - own;
        let signature = Signature {
            parameters: &parameters,
            required: count - optional,
            positional_only: code.positional_only_count.saturating_sub(own),
            keyword_only: count,
        };
        if code.variable_keywords {
            return None;
        }
        let keywords: Vec<&str> = keywords.iter().map(text).collect();
        let full = || match function.method {
            true => qualname.to_owned(),
            false => format!("{}.{name}", function.module),
        };
        if signature.positional_only < parameters.len() || constructor {
            return signature.complaint(name, given, &keywords);
        }
        if !keywords.is_empty() {
            return Some(format!("{}() takes no keyword arguments", full()));
        }
        let low = signature.required;
        if code.variable_arguments || (low..=count).contains(&given) {
            return None;
        }
        Some(match (low, count) {
            (0, 0) => format!("{}() takes no arguments ({given} given)", full()),
            (1, 1) => format!("{}() takes exactly one argument ({given} given)", full()),
            _ => expected(name, low, count, given),
        })
    }
}
