//! Making exceptions.

use super::types::*;
use super::{Vm, names};
use crate::api::Status;
use crate::heap::objects::Exception;
use crate::text::failure::{Failure, Kind};
use crate::value::*;

macro_rules! constructors {
    ($($function:ident $class:ident;)*) => {
        $(#[cold]
        pub fn $function(&mut self, message: impl AsRef<str>) -> Stop {
            self.raise($class, message.as_ref())
        })*
    };
}

impl Vm {
    constructors! {
        type_error TYPE_ERROR;
        value_error VALUE_ERROR;
        index_error INDEX_ERROR;
        overflow_error OVERFLOW_ERROR;
        zero_division ZERO_DIVISION_ERROR;
        runtime_error RUNTIME_ERROR;
    }

    /// Raises an exception of a built-in class with a message.
    #[cold]
    pub fn raise(&mut self, class: ClassId, message: &str) -> Stop {
        let text = Value::Str(self.heap.str(message));
        self.raise_with(class, &[text])
    }

    #[cold]
    /// "f() argument 1 must be str, not int", where `place` is "f() argument 1"; CPython's `_PyArg_BadArgument`.
    pub fn bad_argument(&mut self, place: &str, expected: &str, value: Value) -> Stop {
        let got = if value.is_none() { "None" } else { self.type_name(value) };
        let message = format!("{place} must be {expected}, not {got}");
        self.type_error(message)
    }

    /// The value of an argument that CPython takes as a C `int`.
    pub fn c_int_value(&mut self, value: Value) -> Res<i32> {
        let number = match self.index_value(value)? {
            Value::Int(number) => i32::try_from(number).ok(),
            _ => None,
        };
        number.ok_or_else(|| self.overflow_error("Python int too large to convert to C int"))
    }

    pub fn raise_with(&mut self, class: ClassId, args: &[Value]) -> Stop {
        let exception = self.new_exception(class, args);
        self.heap[exception].context = self.handled;
        Stop::Raise(exception)
    }

    pub fn new_exception(&mut self, class: ClassId, args: &[Value]) -> ExceptionId {
        let args = self.heap.new_tuple(args);
        self.heap.new_exception(Exception {
            class,
            args,
            ..Exception::default()
        })
    }

    /// Notes the exception being handled as the context of one that the program raises.
    pub fn chain(&mut self, exception: ExceptionId) {
        if let Value::Exception(handled) = self.handled
            && handled != exception
        {
            // A cycle through the new exception is cut, as CPython does; one that the program made is left, and noticed by a
            // second walker at half the pace.
            let (mut at, mut behind, mut odd) = (handled, handled, false);
            while let Value::Exception(next) = self.heap[at].context {
                self.ticks = self.ticks.saturating_sub(1);
                if next == exception {
                    self.heap[at].context = Value::None;
                    break;
                }
                at = next;
                if at == behind {
                    break;
                }
                if odd && let Value::Exception(next) = self.heap[behind].context {
                    behind = next;
                }
                odd = !odd;
            }
            self.heap[exception].context = self.handled;
        }
    }

    pub fn exception_field(&self, exception: ExceptionId, name: StrId) -> Option<Value> {
        self.heap[exception]
            .fields
            .iter()
            .find(|field| field.0 == name)
            .map(|field| field.1)
    }

    pub fn set_exception_field(&mut self, exception: ExceptionId, name: StrId, value: Value) {
        let fields = &mut self.heap[exception].fields;
        match fields.iter_mut().find(|field| field.0 == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }

    #[cold]
    pub fn attribute_error(&mut self, object: Value, name: StrId) -> Stop {
        let message = match object {
            Value::Class(class) => {
                format!(
                    "type object '{}' has no attribute '{}'",
                    self.class_name(class),
                    self.heap.text(name)
                )
            }
            Value::Module(module) => {
                let module_name = self.heap[module].name;
                format!(
                    "module '{}' has no attribute '{}'",
                    self.heap.text(module_name),
                    self.heap.text(name)
                )
            }
            _ => format!(
                "'{}' object has no attribute '{}'",
                self.type_name(object),
                self.heap.text(name)
            ),
        };
        self.attribute_error_message(&message, object, name)
    }

    #[cold]
    pub fn attribute_error_message(&mut self, message: &str, object: Value, name: StrId) -> Stop {
        let stop = self.raise(ATTRIBUTE_ERROR, message);
        if let Stop::Raise(exception) = stop {
            self.heap[exception]
                .fields
                .extend([(names::NAME_FIELD, Value::Str(name)), (names::OBJ, object)]);
        }
        stop
    }

    #[cold]
    pub fn key_error(&mut self, key: Value) -> Stop {
        self.raise_with(KEY_ERROR, &[key])
    }

    #[cold]
    pub fn name_error(&mut self, name: StrId) -> Stop {
        let text = self.heap.text(name).to_owned();
        if crate::builtins::KNOWN_NAMES.contains(&text.as_str()) {
            return self.unsupported(format!("the built-in '{text}'"));
        }
        let stop = self.raise(NAME_ERROR, &format!("name '{text}' is not defined"));
        if let Stop::Raise(exception) = stop {
            self.heap[exception].fields.push((names::NAME_FIELD, Value::Str(name)));
        }
        stop
    }

    /// The exception of a library failure.
    #[cold]
    pub fn failure(&mut self, failure: Failure) -> Stop {
        let class = match failure.kind {
            Kind::Value => VALUE_ERROR,
            Kind::Type => TYPE_ERROR,
            Kind::Overflow => OVERFLOW_ERROR,
            Kind::Key => KEY_ERROR,
            Kind::Index => INDEX_ERROR,
            Kind::Attribute => ATTRIBUTE_ERROR,
            Kind::Lookup => LOOKUP_ERROR,
            Kind::ZeroDivision => ZERO_DIVISION_ERROR,
            Kind::Memory => return self.stop(Status::Limit, "memory"),
            Kind::Budget => return self.stop(Status::Limit, "time"),
            Kind::Unsupported => return self.unsupported(failure.message),
        };
        self.raise(class, &failure.message)
    }

    /// `str(exception)`.
    pub fn exception_message(&mut self, exception: ExceptionId) -> Res<String> {
        let id = self.str_of(Value::Exception(exception))?;
        Ok(self.heap.text(id).to_owned())
    }

    /// Whether an exception is of a class.
    pub fn stop_is(&self, stop: Stop, class: ClassId) -> bool {
        matches!(stop, Stop::Raise(exception) if self.is_subclass(self.heap[exception].class, class))
    }

    /// Turns an exception of the given class into `None`.
    pub fn catch<T>(&self, result: Res<T>, class: ClassId) -> Res<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(stop) if self.stop_is(stop, class) => Ok(None),
            Err(stop) => Err(stop),
        }
    }
}
