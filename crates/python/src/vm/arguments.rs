//! Binding of arguments to a Python function's parameters, with CPython's complaints.

use super::Vm;
use super::code::CodeObject;
use crate::value::*;
use std::rc::Rc;

impl Vm {
    /// Rearranges the arguments on the stack from `start` into the function's parameter slots.
    pub(super) fn bind_arguments(&mut self, function: FunctionId, start: usize, keywords: &[StrId]) -> Res<()> {
        let codes = Rc::clone(&self.codes);
        let code = &codes[self.heap.function(function).code];
        if self.bind_in_place(function, code, start, keywords) {
            return Ok(());
        }
        self.bind_all(function, code, start, keywords)
    }

    /// The same for functions of named parameters alone that get fitting arguments; else changes nothing and gives false.
    fn bind_in_place(&mut self, function: FunctionId, code: &CodeObject, start: usize, keywords: &[StrId]) -> bool {
        /// Keywords that are put in their places here.
        const FEW: usize = 4;
        let positional = self.stack.len() - start - keywords.len();
        let (count, total) = (code.argument_count, code.parameter_count());
        if code.variable_arguments
            || code.variable_keywords
            || code.in_c.is_some()
            || positional > count
            || keywords.len() > FEW
        {
            return false;
        }
        let mut named = [(usize::MAX, Value::Null); FEW];
        for (at, &keyword) in keywords.iter().enumerate() {
            let first = code.positional_only_count.max(positional);
            let mut names = code.fast_names[..total].iter().skip(first);
            let Some(slot) = names.position(|&name| name == keyword).map(|slot| first + slot) else {
                return false;
            };
            named[at] = (slot, self.stack[start + positional + at]);
        }
        let named = &named[..keywords.len()];
        let object = self.heap.function(function);
        let defaults = match object.defaults {
            Value::Tuple(tuple) => &self.heap[tuple].items[..],
            _ => &[],
        };
        let required = count.saturating_sub(defaults.len());
        let keyword_default = |slot: usize| match object.keyword_defaults {
            Value::Dict(dict) => self.heap.get_name(dict, code.fast_names[slot]),
            _ => None,
        };
        let given = |slot: usize| named.iter().find(|named| named.0 == slot).map(|named| named.1);
        let value = |slot: usize| match given(slot) {
            None if slot < count => defaults.get(slot.checked_sub(required)?).copied(),
            None => keyword_default(slot),
            given => given,
        };
        self.stack.truncate(start + positional);
        for slot in positional..total {
            let Some(value) = value(slot) else {
                self.stack.truncate(start + positional);
                self.stack.extend(named.iter().map(|named| named.1));
                return false;
            };
            self.stack.push(value);
        }
        true
    }

    fn bind_all(&mut self, function: FunctionId, code: &CodeObject, start: usize, keywords: &[StrId]) -> Res<()> {
        let given = self.stack.len() - start;
        let positional = given - keywords.len();
        let (count, total) = (code.argument_count, code.parameter_count());
        let object = self.heap.function(function);
        let (defaults, keyword_defaults, qualname) = (object.defaults, object.keyword_defaults, object.qualname);
        if let Some(native) = code.in_c
            && let Some(message) = self.complaint_in_c(native, code, defaults, positional, keywords)
        {
            return Err(self.type_error(message));
        }
        let args = self.stack.split_off(start);
        let (plain, named) = args.split_at(positional);

        self.stack.resize(start + total, Value::Null);
        let direct = positional.min(count);
        self.stack[start..start + direct].copy_from_slice(&plain[..direct]);
        let rest = if code.variable_arguments {
            let rest = self.heap.new_tuple(&plain[direct..]);
            self.stack.push(rest);
            true
        } else {
            false
        };
        let extra = if code.variable_keywords {
            let dict = self.heap.new_dict();
            self.stack.push(Value::Dict(dict));
            Some(dict)
        } else {
            None
        };

        for (&keyword, &value) in keywords.iter().zip(named) {
            let found = (code.positional_only_count..total).find(|&slot| {
                let name = code.fast_names[slot];
                name == keyword || self.heap.text(name) == self.heap.text(keyword)
            });
            match (found, extra) {
                (Some(slot), _) => {
                    if !self.stack[start + slot].is_null() {
                        let message = format!(
                            "{}() got multiple values for argument '{}'",
                            self.heap.text(qualname),
                            self.heap.text(keyword)
                        );
                        return Err(self.type_error(message));
                    }
                    self.stack[start + slot] = value;
                }
                (None, Some(dict)) => {
                    let keyword = self.heap.intern_str(keyword);
                    if self.heap.get_name(dict, keyword).is_some() {
                        let message = format!(
                            "{}() got multiple values for keyword argument '{}'",
                            self.heap.text(qualname),
                            self.heap.text(keyword)
                        );
                        return Err(self.type_error(message));
                    }
                    self.heap.set_name(dict, keyword, value);
                }
                (None, None) => return Err(self.unexpected_keyword(code, qualname, keywords, keyword)),
            }
        }
        if positional > count && !rest {
            return Err(self.too_many_positional(code, qualname, start, positional, defaults));
        }
        // Defaults of positional parameters.
        let default_count = match defaults {
            Value::Tuple(tuple) => self.heap[tuple].items.len(),
            _ => 0,
        };
        let required = count.saturating_sub(default_count);
        let mut missing: Vec<StrId> = Vec::new();
        for slot in direct..count {
            if self.stack[start + slot].is_null() {
                if slot >= required
                    && let Value::Tuple(tuple) = defaults
                {
                    self.stack[start + slot] = self.heap[tuple].items[slot + default_count - count];
                } else {
                    missing.push(code.fast_names[slot]);
                }
            }
        }
        if !missing.is_empty() {
            return Err(self.missing_arguments(qualname, &missing, "positional"));
        }
        for slot in count..total {
            if self.stack[start + slot].is_null() {
                let name = code.fast_names[slot];
                let default = match keyword_defaults {
                    Value::Dict(dict) => self.heap.get_name(dict, name),
                    _ => None,
                };
                match default {
                    Some(value) => self.stack[start + slot] = value,
                    None => missing.push(name),
                }
            }
        }
        if !missing.is_empty() {
            return Err(self.missing_arguments(qualname, &missing, "keyword-only"));
        }
        Ok(())
    }

    #[cold]
    fn unexpected_keyword(&mut self, code: &CodeObject, qualname: StrId, keywords: &[StrId], keyword: StrId) -> Stop {
        let name = self.heap.text(qualname).to_owned();
        let positional_only: Vec<&str> = code.fast_names[..code.positional_only_count]
            .iter()
            .filter(|parameter| {
                keywords
                    .iter()
                    .any(|k| self.heap.text(*k) == self.heap.text(**parameter))
            })
            .map(|parameter| self.heap.text(*parameter))
            .collect();
        let message = if positional_only.is_empty() {
            format!(
                "{name}() got an unexpected keyword argument '{}'",
                self.heap.text(keyword)
            )
        } else {
            format!(
                "{name}() got some positional-only arguments passed as keyword arguments: '{}'",
                positional_only.join(", ")
            )
        };
        self.type_error(message)
    }

    #[cold]
    fn too_many_positional(
        &mut self,
        code: &CodeObject,
        qualname: StrId,
        start: usize,
        given: usize,
        defaults: Value,
    ) -> Stop {
        let count = code.argument_count;
        let default_count = match defaults {
            Value::Tuple(tuple) => self.heap[tuple].items.len(),
            _ => 0,
        };
        let named: usize = (count..code.parameter_count())
            .filter(|&slot| !self.stack[start + slot].is_null())
            .count();
        let (takes, plural) = if default_count > 0 {
            (format!("from {} to {count}", count - default_count), true)
        } else {
            (count.to_string(), count != 1)
        };
        let given_text = if named > 0 {
            format!(
                "{given} positional argument{} (and {named} keyword-only argument{})",
                if given == 1 { "" } else { "s" },
                if named == 1 { "" } else { "s" }
            )
        } else {
            given.to_string()
        };
        let verb = if given == 1 && named == 0 { "was" } else { "were" };
        let name = self.heap.text(qualname).to_owned();
        self.type_error(format!(
            "{name}() takes {takes} positional argument{} but {given_text} {verb} given",
            if plural { "s" } else { "" }
        ))
    }

    #[cold]
    fn missing_arguments(&mut self, qualname: StrId, missing: &[StrId], kind: &str) -> Stop {
        let quoted: Vec<String> = missing
            .iter()
            .map(|&name| format!("'{}'", self.heap.text(name)))
            .collect();
        let list = match quoted.as_slice() {
            [one] => one.clone(),
            [first, second] => format!("{first} and {second}"),
            [head @ .., last] => format!("{}, and {last}", head.join(", ")),
            [] => String::new(),
        };
        let plural = if missing.len() == 1 { "" } else { "s" };
        let name = self.heap.text(qualname).to_owned();
        self.type_error(format!(
            "{name}() missing {} required {kind} argument{plural}: {list}",
            missing.len()
        ))
    }
}
