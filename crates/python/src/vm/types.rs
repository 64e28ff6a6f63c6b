//! The built-in classes: fixed handles, made once with the machine.

use super::Vm;
use crate::heap::Layout;
use crate::heap::objects::Class;
use crate::value::*;

macro_rules! classes {
    ($($id:ident $name:literal $base:ident $layout:ident $module:literal $open:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($id),* }
        $(pub const $id: ClassId = ClassId(Number::$id as u64);)*
        const TABLE: &[(ClassId, &str, ClassId, Layout, &str, bool)] = &[$(($id, $name, $base, Layout::$layout, $module, $open)),*];
    };
}

classes! {
    OBJECT "object" OBJECT Object "builtins" true;
    TYPE "type" OBJECT Type "builtins" true;
    INT "int" OBJECT Int "builtins" true;
    BOOL "bool" INT Bool "builtins" false;
    FLOAT "float" OBJECT Float "builtins" true;
    COMPLEX "complex" OBJECT Complex "builtins" true;
    STR "str" OBJECT Str "builtins" true;
    BYTES "bytes" OBJECT Bytes "builtins" true;
    BYTEARRAY "bytearray" OBJECT ByteArray "builtins" true;
    LIST "list" OBJECT List "builtins" true;
    TUPLE "tuple" OBJECT Tuple "builtins" true;
    DICT "dict" OBJECT Dict "builtins" true;
    SET "set" OBJECT Set "builtins" true;
    FROZENSET "frozenset" OBJECT FrozenSet "builtins" true;
    RANGE "range" OBJECT Sealed "builtins" false;
    SLICE "slice" OBJECT Sealed "builtins" false;
    NONE_TYPE "NoneType" OBJECT Sealed "builtins" false;
    ELLIPSIS_TYPE "ellipsis" OBJECT Sealed "builtins" false;
    NOT_IMPLEMENTED_TYPE "NotImplementedType" OBJECT Sealed "builtins" false;
    FUNCTION "function" OBJECT Sealed "builtins" false;
    METHOD "method" OBJECT Sealed "builtins" false;
    BUILTIN_FUNCTION "builtin_function_or_method" OBJECT Sealed "builtins" false;
    METHOD_DESCRIPTOR "method_descriptor" OBJECT Sealed "builtins" false;
    WRAPPER_DESCRIPTOR "wrapper_descriptor" OBJECT Sealed "builtins" false;
    METHOD_WRAPPER "method-wrapper" OBJECT Sealed "builtins" false;
    CLASSMETHOD_DESCRIPTOR "classmethod_descriptor" OBJECT Sealed "builtins" false;
    GETSET_DESCRIPTOR "getset_descriptor" OBJECT Opaque "builtins" false;
    MEMBER_DESCRIPTOR "member_descriptor" OBJECT Opaque "builtins" false;
    MODULE "module" OBJECT Module "builtins" true;
    CODE "code" OBJECT Sealed "builtins" false;
    CELL "cell" OBJECT Sealed "builtins" false;
    GENERATOR "generator" OBJECT Sealed "builtins" false;
    COROUTINE "coroutine" OBJECT Sealed "builtins" false;
    ASYNC_GENERATOR "async_generator" OBJECT Sealed "builtins" false;
    PROPERTY "property" OBJECT Opaque "builtins" true;
    STATICMETHOD "staticmethod" OBJECT Opaque "builtins" true;
    CLASSMETHOD "classmethod" OBJECT Opaque "builtins" true;
    SUPER "super" OBJECT Opaque "builtins" true;
    ENUMERATE "enumerate" OBJECT Sealed "builtins" true;
    ZIP "zip" OBJECT Sealed "builtins" true;
    MAP "map" OBJECT Sealed "builtins" true;
    FILTER "filter" OBJECT Sealed "builtins" true;
    REVERSED "reversed" OBJECT Sealed "builtins" true;
    LIST_ITERATOR "list_iterator" OBJECT Sealed "builtins" false;
    LIST_REVERSE_ITERATOR "list_reverseiterator" OBJECT Sealed "builtins" false;
    TUPLE_ITERATOR "tuple_iterator" OBJECT Sealed "builtins" false;
    STR_ITERATOR "str_iterator" OBJECT Sealed "builtins" false;
    STR_ASCII_ITERATOR "str_ascii_iterator" OBJECT Sealed "builtins" false;
    BYTES_ITERATOR "bytes_iterator" OBJECT Sealed "builtins" false;
    BYTEARRAY_ITERATOR "bytearray_iterator" OBJECT Sealed "builtins" false;
    RANGE_ITERATOR "range_iterator" OBJECT Sealed "builtins" false;
    DICT_KEYITERATOR "dict_keyiterator" OBJECT Sealed "builtins" false;
    DICT_VALUEITERATOR "dict_valueiterator" OBJECT Sealed "builtins" false;
    DICT_ITEMITERATOR "dict_itemiterator" OBJECT Sealed "builtins" false;
    DICT_REVERSEKEYITERATOR "dict_reversekeyiterator" OBJECT Sealed "builtins" false;
    DICT_REVERSEVALUEITERATOR "dict_reversevalueiterator" OBJECT Sealed "builtins" false;
    DICT_REVERSEITEMITERATOR "dict_reverseitemiterator" OBJECT Sealed "builtins" false;
    SET_ITERATOR "set_iterator" OBJECT Sealed "builtins" false;
    SEQUENCE_ITERATOR "iterator" OBJECT Sealed "builtins" false;
    CALLABLE_ITERATOR "callable_iterator" OBJECT Sealed "builtins" false;
    DICT_KEYS "dict_keys" OBJECT Sealed "builtins" false;
    DICT_VALUES "dict_values" OBJECT Sealed "builtins" false;
    DICT_ITEMS "dict_items" OBJECT Sealed "builtins" false;
    MAPPING_PROXY "mappingproxy" OBJECT Opaque "builtins" false;
    GENERIC_ALIAS "GenericAlias" OBJECT Opaque "types" false;
    UNION_TYPE "UnionType" OBJECT Opaque "types" false;
    TRACEBACK "traceback" OBJECT Opaque "builtins" false;
    TEXT_STREAM "TextIOWrapper" OBJECT Opaque "_io" false;
    BYTE_STREAM "BytesIO" OBJECT Opaque "_io" false;
    BUFFERED_READER "BufferedReader" OBJECT Opaque "_io" false;
    STANDARD_OUTPUT "Stdout" OBJECT Opaque "__main__" false;
    MEMORYVIEW "memoryview" OBJECT Opaque "builtins" false;
    MEMORY_ITERATOR "memory_iterator" OBJECT Opaque "builtins" false;
    ASYNC_SEND "async_generator_asend" OBJECT Opaque "builtins" false;
    ASYNC_THROW "async_generator_athrow" OBJECT Opaque "builtins" false;
    UNKNOWN "object" OBJECT Opaque "builtins" false;
    BASE_EXCEPTION "BaseException" OBJECT Exception "builtins" true;
    EXCEPTION "Exception" BASE_EXCEPTION Exception "builtins" true;
    GENERATOR_EXIT "GeneratorExit" BASE_EXCEPTION Exception "builtins" true;
    KEYBOARD_INTERRUPT "KeyboardInterrupt" BASE_EXCEPTION Exception "builtins" true;
    SYSTEM_EXIT "SystemExit" BASE_EXCEPTION Exception "builtins" true;
    ARITHMETIC_ERROR "ArithmeticError" EXCEPTION Exception "builtins" true;
    FLOATING_POINT_ERROR "FloatingPointError" ARITHMETIC_ERROR Exception "builtins" true;
    OVERFLOW_ERROR "OverflowError" ARITHMETIC_ERROR Exception "builtins" true;
    ZERO_DIVISION_ERROR "ZeroDivisionError" ARITHMETIC_ERROR Exception "builtins" true;
    ASSERTION_ERROR "AssertionError" EXCEPTION Exception "builtins" true;
    ATTRIBUTE_ERROR "AttributeError" EXCEPTION Exception "builtins" true;
    BUFFER_ERROR "BufferError" EXCEPTION Exception "builtins" true;
    EOF_ERROR "EOFError" EXCEPTION Exception "builtins" true;
    IMPORT_ERROR "ImportError" EXCEPTION Exception "builtins" true;
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" IMPORT_ERROR Exception "builtins" true;
    LOOKUP_ERROR "LookupError" EXCEPTION Exception "builtins" true;
    INDEX_ERROR "IndexError" LOOKUP_ERROR Exception "builtins" true;
    KEY_ERROR "KeyError" LOOKUP_ERROR Exception "builtins" true;
    MEMORY_ERROR "MemoryError" EXCEPTION Exception "builtins" true;
    NAME_ERROR "NameError" EXCEPTION Exception "builtins" true;
    UNBOUND_LOCAL_ERROR "UnboundLocalError" NAME_ERROR Exception "builtins" true;
    OS_ERROR "OSError" EXCEPTION Exception "builtins" true;
    BLOCKING_IO_ERROR "BlockingIOError" OS_ERROR Exception "builtins" true;
    CHILD_PROCESS_ERROR "ChildProcessError" OS_ERROR Exception "builtins" true;
    CONNECTION_ERROR "ConnectionError" OS_ERROR Exception "builtins" true;
    BROKEN_PIPE_ERROR "BrokenPipeError" CONNECTION_ERROR Exception "builtins" true;
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError" CONNECTION_ERROR Exception "builtins" true;
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError" CONNECTION_ERROR Exception "builtins" true;
    CONNECTION_RESET_ERROR "ConnectionResetError" CONNECTION_ERROR Exception "builtins" true;
    FILE_EXISTS_ERROR "FileExistsError" OS_ERROR Exception "builtins" true;
    FILE_NOT_FOUND_ERROR "FileNotFoundError" OS_ERROR Exception "builtins" true;
    INTERRUPTED_ERROR "InterruptedError" OS_ERROR Exception "builtins" true;
    IS_A_DIRECTORY_ERROR "IsADirectoryError" OS_ERROR Exception "builtins" true;
    NOT_A_DIRECTORY_ERROR "NotADirectoryError" OS_ERROR Exception "builtins" true;
    PERMISSION_ERROR "PermissionError" OS_ERROR Exception "builtins" true;
    PROCESS_LOOKUP_ERROR "ProcessLookupError" OS_ERROR Exception "builtins" true;
    TIMEOUT_ERROR "TimeoutError" OS_ERROR Exception "builtins" true;
    REFERENCE_ERROR "ReferenceError" EXCEPTION Exception "builtins" true;
    RUNTIME_ERROR "RuntimeError" EXCEPTION Exception "builtins" true;
    NOT_IMPLEMENTED_ERROR "NotImplementedError" RUNTIME_ERROR Exception "builtins" true;
    RECURSION_ERROR "RecursionError" RUNTIME_ERROR Exception "builtins" true;
    STOP_ASYNC_ITERATION "StopAsyncIteration" EXCEPTION Exception "builtins" true;
    STOP_ITERATION "StopIteration" EXCEPTION Exception "builtins" true;
    SYNTAX_ERROR "SyntaxError" EXCEPTION Exception "builtins" true;
    INDENTATION_ERROR "IndentationError" SYNTAX_ERROR Exception "builtins" true;
    TAB_ERROR "TabError" INDENTATION_ERROR Exception "builtins" true;
    SYSTEM_ERROR "SystemError" EXCEPTION Exception "builtins" true;
    TYPE_ERROR "TypeError" EXCEPTION Exception "builtins" true;
    VALUE_ERROR "ValueError" EXCEPTION Exception "builtins" true;
    UNICODE_ERROR "UnicodeError" VALUE_ERROR Exception "builtins" true;
    UNICODE_DECODE_ERROR "UnicodeDecodeError" UNICODE_ERROR Exception "builtins" true;
    UNICODE_ENCODE_ERROR "UnicodeEncodeError" UNICODE_ERROR Exception "builtins" true;
    UNICODE_TRANSLATE_ERROR "UnicodeTranslateError" UNICODE_ERROR Exception "builtins" true;
    WARNING "Warning" EXCEPTION Exception "builtins" true;
    BYTES_WARNING "BytesWarning" WARNING Exception "builtins" true;
    DEPRECATION_WARNING "DeprecationWarning" WARNING Exception "builtins" true;
    ENCODING_WARNING "EncodingWarning" WARNING Exception "builtins" true;
    FUTURE_WARNING "FutureWarning" WARNING Exception "builtins" true;
    IMPORT_WARNING "ImportWarning" WARNING Exception "builtins" true;
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" WARNING Exception "builtins" true;
    RESOURCE_WARNING "ResourceWarning" WARNING Exception "builtins" true;
    RUNTIME_WARNING "RuntimeWarning" WARNING Exception "builtins" true;
    SYNTAX_WARNING "SyntaxWarning" WARNING Exception "builtins" true;
    UNICODE_WARNING "UnicodeWarning" WARNING Exception "builtins" true;
    USER_WARNING "UserWarning" WARNING Exception "builtins" true;
}

/// Built-in classes that programs reach through `builtins`.
const EXPORTED: &[ClassId] = &[
    OBJECT,
    TYPE,
    INT,
    BOOL,
    FLOAT,
    COMPLEX,
    STR,
    BYTES,
    BYTEARRAY,
    LIST,
    TUPLE,
    DICT,
    SET,
    FROZENSET,
    RANGE,
    SLICE,
    PROPERTY,
    STATICMETHOD,
    CLASSMETHOD,
    SUPER,
    ENUMERATE,
    ZIP,
    MAP,
    FILTER,
    REVERSED,
    MEMORYVIEW,
];

impl Vm {
    /// Makes the built-in classes and puts those that programs see into `builtins`.
    pub(super) fn make_classes(&mut self) {
        for &(id, name, base, layout, module, open) in TABLE {
            let name = self.heap.intern(name);
            let dict = self.heap.new_dict();
            let title = (module == "types").then(|| self.heap.intern(&format!("{module}.{}", self.heap.text(name))));
            let module = self.heap.intern(module);
            self.heap.set_name(dict, super::names::MODULE, Value::Str(module));
            let (bases, mut mro) = if id == OBJECT {
                (Vec::new(), Vec::new())
            } else {
                (vec![base], self.heap[base].mro.clone())
            };
            mro.insert(0, id);
            let has_dict = layout == Layout::Exception || matches!(id, STATICMETHOD | CLASSMETHOD);
            self.next_version += 1;
            let version = self.next_version;
            let class = Class {
                name,
                qualname: name,
                title,
                bases,
                mro,
                dict,
                metaclass: TYPE,
                layout,
                has_dict,
                builtin: true,
                subclassable: open,
                version,
                ..Class::default()
            };
            assert_eq!(self.heap.classes.add(class), id.0);
        }
        // The two classes of exception groups: the narrower one has two bases.
        let exported = EXPORTED
            .iter()
            .copied()
            .chain((BASE_EXCEPTION.0..=USER_WARNING.0).map(ClassId));
        for class in exported {
            let name = self.heap[class].name;
            self.heap.set_name(self.builtins, name, Value::Class(class));
        }
        for (alias, class) in [("IOError", OS_ERROR), ("EnvironmentError", OS_ERROR)] {
            let name = self.heap.intern(alias);
            self.heap.set_name(self.builtins, name, Value::Class(class));
        }
    }

    #[inline]
    pub fn class_of(&self, value: Value) -> ClassId {
        use crate::heap::objects::{DictPart, GeneratorKind, Iter};
        match value {
            Value::Null | Value::None => NONE_TYPE,
            Value::Ellipsis => ELLIPSIS_TYPE,
            Value::NotImplemented => NOT_IMPLEMENTED_TYPE,
            Value::Bool(_) => BOOL,
            Value::Int(_) | Value::BigInt(_) => INT,
            Value::Float(_) => FLOAT,
            Value::Complex(_) => COMPLEX,
            Value::Str(_) => STR,
            Value::Bytes(_) => BYTES,
            Value::ByteArray(_) => BYTEARRAY,
            Value::List(_) => LIST,
            Value::Tuple(_) => TUPLE,
            Value::Dict(_) => DICT,
            Value::Set(_) => SET,
            Value::FrozenSet(_) => FROZENSET,
            Value::Range(_) => RANGE,
            Value::Slice(_) => SLICE,
            Value::Cell(_) => CELL,
            Value::Function(h) => match self.in_c(h) {
                Some(native) if !native.method => BUILTIN_FUNCTION,
                _ => FUNCTION,
            },
            Value::Method(h) => match self.heap[h].function {
                Value::Native(native) => match self.natives[native.0 as usize].kind {
                    super::native::NativeKind::Slot(_) => METHOD_WRAPPER,
                    _ => BUILTIN_FUNCTION,
                },
                _ => METHOD,
            },
            Value::Native(h) => match self.natives[h.0 as usize].kind {
                super::native::NativeKind::Method(_) => METHOD_DESCRIPTOR,
                super::native::NativeKind::ClassMethod(_) => CLASSMETHOD_DESCRIPTOR,
                super::native::NativeKind::Slot(_) => WRAPPER_DESCRIPTOR,
                _ => BUILTIN_FUNCTION,
            },
            Value::Class(h) => self.heap[h].metaclass,
            Value::Instance(h) => self.heap[h].class,
            Value::Exception(h) => self.heap[h].class,
            Value::Module(_) => MODULE,
            Value::Generator(h) => match self.heap[h].kind {
                GeneratorKind::Generator => GENERATOR,
                GeneratorKind::Coroutine => COROUTINE,
                GeneratorKind::AsyncGenerator => ASYNC_GENERATOR,
            },
            Value::Iterator(h) => match &self.heap[h] {
                Iter::Done => SEQUENCE_ITERATOR,
                Iter::List { .. } => LIST_ITERATOR,
                Iter::Tuple { .. } => TUPLE_ITERATOR,
                Iter::Str { text, .. } => {
                    if self.heap[*text].is_ascii() {
                        STR_ASCII_ITERATOR
                    } else {
                        STR_ITERATOR
                    }
                }
                Iter::Bytes {
                    bytes: Value::Bytes(_), ..
                } => BYTES_ITERATOR,
                Iter::Bytes { .. } => BYTEARRAY_ITERATOR,
                Iter::Range { .. } => RANGE_ITERATOR,
                Iter::Dict { part, reversed, .. } => match (part, reversed) {
                    (DictPart::Keys, false) => DICT_KEYITERATOR,
                    (DictPart::Values, false) => DICT_VALUEITERATOR,
                    (DictPart::Items, false) => DICT_ITEMITERATOR,
                    (DictPart::Keys, true) => DICT_REVERSEKEYITERATOR,
                    (DictPart::Values, true) => DICT_REVERSEVALUEITERATOR,
                    (DictPart::Items, true) => DICT_REVERSEITEMITERATOR,
                },
                Iter::Set { .. } => SET_ITERATOR,
                Iter::ReversedList { .. } => LIST_REVERSE_ITERATOR,
                Iter::Reversed { .. } => REVERSED,
                Iter::Sequence { .. } => SEQUENCE_ITERATOR,
                Iter::Enumerate { .. } => ENUMERATE,
                Iter::Zip { .. } => ZIP,
                Iter::Map { .. } => MAP,
                Iter::Filter { .. } => FILTER,
                Iter::Callable { .. } => CALLABLE_ITERATOR,
                Iter::View { part, .. } => match part {
                    DictPart::Keys => DICT_KEYS,
                    DictPart::Values => DICT_VALUES,
                    DictPart::Items => DICT_ITEMS,
                },
            },
            Value::Opaque(h) => self.heap[h].class.unwrap_or(OBJECT),
            Value::Code(_) => CODE,
        }
    }

    pub fn type_name(&self, value: Value) -> &str {
        self.class_title(self.class_of(value))
    }

    /// The name by which complaints call a class.
    pub fn class_title(&self, class: ClassId) -> &str {
        let class = &self.heap[class];
        self.heap.text(class.title.unwrap_or(class.name))
    }

    pub fn class_name(&self, class: ClassId) -> &str {
        self.heap.text(self.heap[class].name)
    }

    #[inline]
    pub fn is_subclass(&self, class: ClassId, base: ClassId) -> bool {
        class == base || self.heap[class].mro.contains(&base)
    }

    #[inline]
    pub fn is_instance(&self, value: Value, class: ClassId) -> bool {
        self.is_subclass(self.class_of(value), class)
    }

    /// The built-in value that an instance of a derived class stands for; any other value is itself.
    #[inline]
    pub fn payload(&self, value: Value) -> Value {
        match value {
            Value::Instance(h) => match self.heap[h].payload {
                Value::Null => value,
                payload => payload,
            },
            _ => value,
        }
    }
}
