//! Names that the machine itself uses, interned first so that their handles are constants.

use crate::heap::Heap;
use crate::value::StrId;

macro_rules! names {
    ($($name:ident $text:literal)*) => {
        const TEXTS: &[&str] = &[$($text),*];
        // The table names every special method, also those that only the library asks for.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)]
        enum Number { $($name),* }
        $(#[allow(dead_code)] pub const $name: StrId = StrId(257 + Number::$name as u64);)*
    };
}

names! {
    INIT "__init__" NEW "__new__" REPR "__repr__" STR "__str__" EQ "__eq__" NE "__ne__" LT "__lt__" LE "__le__" GT "__gt__" GE "__ge__"
    HASH "__hash__" BOOL "__bool__" LEN "__len__" ITER "__iter__" NEXT "__next__" GETITEM "__getitem__" SETITEM "__setitem__"
    DELITEM "__delitem__" CONTAINS "__contains__" CALL "__call__" GETATTR "__getattr__" GETATTRIBUTE "__getattribute__"
    SETATTR "__setattr__" DELATTR "__delattr__" GET "__get__" SET "__set__" DELETE "__delete__" ENTER "__enter__" EXIT "__exit__"
    ADD "__add__" AND "__and__" FLOORDIV "__floordiv__" LSHIFT "__lshift__" MATMUL "__matmul__" MUL "__mul__" MOD "__mod__" OR "__or__"
    POW "__pow__" RSHIFT "__rshift__" SUB "__sub__" TRUEDIV "__truediv__" XOR "__xor__"
    RADD "__radd__" RAND "__rand__" RFLOORDIV "__rfloordiv__" RLSHIFT "__rlshift__" RMATMUL "__rmatmul__" RMUL "__rmul__" RMOD "__rmod__"
    ROR "__ror__" RPOW "__rpow__" RRSHIFT "__rrshift__" RSUB "__rsub__" RTRUEDIV "__rtruediv__" RXOR "__rxor__"
    IADD "__iadd__" IAND "__iand__" IFLOORDIV "__ifloordiv__" ILSHIFT "__ilshift__" IMATMUL "__imatmul__" IMUL "__imul__" IMOD "__imod__"
    IOR "__ior__" IPOW "__ipow__" IRSHIFT "__irshift__" ISUB "__isub__" ITRUEDIV "__itruediv__" IXOR "__ixor__"
    NEG "__neg__" POS "__pos__" INVERT "__invert__" ABS "__abs__" INT "__int__" FLOAT "__float__" COMPLEX "__complex__" INDEX "__index__"
    ROUND "__round__" TRUNC "__trunc__" FLOOR "__floor__" CEIL "__ceil__" DIVMOD "__divmod__" RDIVMOD "__rdivmod__"
    REVERSED "__reversed__" FORMAT "__format__" BYTES "__bytes__" DICT "__dict__" CLASS "__class__" NAME "__name__" QUALNAME "__qualname__"
    MODULE "__module__" DOC "__doc__" SLOTS "__slots__" DEL "__del__" SET_NAME "__set_name__" INIT_SUBCLASS "__init_subclass__"
    CLASS_GETITEM "__class_getitem__" MISSING "__missing__" LENGTH_HINT "__length_hint__" INSTANCECHECK "__instancecheck__"
    SUBCLASSCHECK "__subclasscheck__" SUBCLASSHOOK "__subclasshook__" PREPARE "__prepare__" CLASSCELL "__classcell__" MRO_ENTRIES "__mro_entries__"
    ANNOTATIONS "__annotations__" MATCH_ARGS "__match_args__" BUILTINS "__builtins__" MAIN "__main__" ALL "__all__" DIR "__dir__"
    AWAIT "__await__" AITER "__aiter__" ANEXT "__anext__" AENTER "__aenter__" AEXIT "__aexit__" WRAPPED "__wrapped__" SELF "__self__"
    FUNC "__func__" DEFAULTS "__defaults__" KWDEFAULTS "__kwdefaults__" CODE "__code__" CLOSURE "__closure__" GLOBALS "__globals__"
    MRO "__mro__" BASES "__bases__" BASE "__base__" SUBCLASSES "__subclasses__" METACLASS "metaclass" ABSTRACTMETHODS "__abstractmethods__"
    ARGS "args" CAUSE "__cause__" CONTEXT "__context__" SUPPRESS_CONTEXT "__suppress_context__" TRACEBACK "__traceback__" NOTES "__notes__"
    WITH_TRACEBACK "with_traceback" ADD_NOTE "add_note" VALUE "value" WRITE "write" FLUSH "flush" KEY "key" REVERSE "reverse"
    SEP "sep" END "end" FILE "file" LAMBDA "<lambda>" SEND "send" THROW "throw" CLOSE "close" CODE_FIELD "code" MSG "msg" NAME_FIELD "name"
    OBJ "obj" START "start" STOP "stop" STEP "step" KEYS "keys" REAL "real" IMAG "imag" COPY "__copy__" DEEPCOPY "__deepcopy__"
    REDUCE "__reduce__" REDUCE_EX "__reduce_ex__" SIZEOF "__sizeof__" WEAKREF "__weakref__" TYPE_PARAMS "__type_params__"
    ISABSTRACT "__isabstractmethod__" FILE_NAME "__file__" SPEC "__spec__" LOADER "__loader__" PACKAGE "__package__" STDOUT "stdout"
    STDIN "stdin" STDERR "stderr" READLINE "readline" FSPATH "__fspath__" NOFILE "print_file_and_line" FILENAME "filename"
    LINENO "lineno" OFFSET "offset" TEXT "text" EXCEPTIONS "exceptions" ERRNO "errno" STRERROR "strerror" PATH "path" MODULE_ROOT "builtins"
    ITEMS "items" GENERIC_ALIAS_ORIGIN "__origin__" GENERIC_ALIAS_ARGS "__args__" STATICMETHOD "staticmethod" CLASSMETHOD "classmethod"
    LIBRARY_DOC "the docstring of what the library has"
    PROGRAM "<program>" STRING "<string>"
}

/// Interns the names; must come first on a new heap.
pub fn intern_all(heap: &mut Heap) {
    for (number, text) in TEXTS.iter().enumerate() {
        let id = heap.intern(text);
        assert_eq!(
            id,
            StrId(257 + number as u64),
            "{text} stands twice, or is one character long"
        );
    }
}
