//! What `from module import *` brings where the module has no `__all__` here: CPython's names in its order. A name may be marked as a
//! function, `name()`, or as a class, `name=title`: where the module lacks it, something stands for it that refuses to be used.

use crate::value::*;
use crate::vm::Vm;

const NAMES: &[(&str, &str)] = &[
    (
        "abc",
        "\
        abstractmethod() abstractclassmethod=abc.abstractclassmethod \
        abstractstaticmethod=abc.abstractstaticmethod abstractproperty=abc.abstractproperty get_cache_token() \
        ABCMeta=abc.ABCMeta update_abstractmethods() ABC=abc.ABC",
    ),
    (
        "base64",
        "\
        encode() decode() encodebytes() decodebytes() b64encode() b64decode() b32encode() b32decode() \
        b32hexencode() b32hexdecode() b16encode() b16decode() b85encode() b85decode() a85encode() a85decode() \
        standard_b64encode() standard_b64decode() urlsafe_b64encode() urlsafe_b64decode()",
    ),
    (
        "binascii",
        "\
        a2b_uu() b2a_uu() a2b_base64 b2a_base64 a2b_hex b2a_hex hexlify unhexlify crc_hqx crc32 \
        a2b_qp() b2a_qp() Error Incomplete",
    ),
    (
        "calendar",
        "\
        IllegalMonthError=calendar.IllegalMonthError IllegalWeekdayError=calendar.IllegalWeekdayError \
        setfirstweekday() firstweekday() isleap() leapdays() weekday() monthrange() monthcalendar() prmonth() \
        month() prcal() calendar() timegm() month_name month_abbr day_name day_abbr Calendar=calendar.Calendar \
        TextCalendar=calendar.TextCalendar HTMLCalendar=calendar.HTMLCalendar \
        LocaleTextCalendar=calendar.LocaleTextCalendar LocaleHTMLCalendar=calendar.LocaleHTMLCalendar \
        weekheader() MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY",
    ),
    (
        "cmath",
        "\
        acos() acosh() asin() asinh() atan() atanh() cos() cosh() exp() isclose() isfinite() isinf() isnan() \
        log() log10() phase() polar() rect() sin() sinh() sqrt() tan() tanh() pi e tau inf infj nan nanj",
    ),
    (
        "contextlib",
        "\
        asynccontextmanager() contextmanager() closing=contextlib.closing nullcontext=contextlib.nullcontext \
        AbstractContextManager=contextlib.AbstractContextManager \
        AbstractAsyncContextManager=contextlib.AbstractAsyncContextManager \
        AsyncExitStack=contextlib.AsyncExitStack ContextDecorator=contextlib.ContextDecorator \
        ExitStack=contextlib.ExitStack redirect_stdout=contextlib.redirect_stdout \
        redirect_stderr=contextlib.redirect_stderr suppress=contextlib.suppress aclosing=contextlib.aclosing \
        chdir=contextlib.chdir",
    ),
    (
        "csv",
        "\
        QUOTE_MINIMAL QUOTE_ALL QUOTE_NONNUMERIC QUOTE_NONE Error=_csv.Error Dialect=csv.Dialect \
        excel=csv.excel excel_tab=csv.excel_tab field_size_limit() reader() writer() register_dialect() \
        get_dialect() list_dialects() Sniffer=csv.Sniffer unregister_dialect() __version__ \
        DictReader=csv.DictReader DictWriter=csv.DictWriter unix_dialect=csv.unix_dialect",
    ),
    (
        "datetime",
        "\
        date=datetime.date datetime=datetime.datetime time=datetime.time timedelta=datetime.timedelta \
        timezone=datetime.timezone tzinfo=datetime.tzinfo MINYEAR MAXYEAR UTC",
    ),
    (
        "decimal",
        "\
        getcontext setcontext localcontext Decimal Context DecimalTuple DecimalException Clamped Rounded Inexact Subnormal \
        Underflow Overflow DivisionByZero FloatOperation InvalidOperation ConversionSyntax DivisionImpossible \
        DivisionUndefined InvalidContext DefaultContext HAVE_CONTEXTVAR HAVE_THREADS BasicContext ExtendedContext MAX_PREC \
        MAX_EMAX MIN_EMIN MIN_ETINY ROUND_UP ROUND_DOWN ROUND_CEILING ROUND_FLOOR ROUND_HALF_UP ROUND_HALF_DOWN \
        ROUND_HALF_EVEN ROUND_05UP",
    ),
    (
        "enum",
        "\
        EnumType=enum.EnumType EnumMeta=enum.EnumType Enum=enum.Enum IntEnum=enum.IntEnum StrEnum=enum.StrEnum \
        Flag=enum.Flag IntFlag=enum.IntFlag ReprEnum=enum.ReprEnum auto=enum.auto unique() property=enum.property \
        verify=enum.verify member=enum.member nonmember=enum.nonmember FlagBoundary=enum.FlagBoundary STRICT \
        CONFORM EJECT KEEP global_flag_repr() global_enum_repr() global_str() global_enum() \
        EnumCheck=enum.EnumCheck CONTINUOUS NAMED_FLAGS UNIQUE pickle_by_global_name() pickle_by_enum_name()",
    ),
    (
        "hashlib",
        "\
        md5() sha1() sha224() sha256() sha384() sha512() blake2b=_blake2.blake2b blake2s=_blake2.blake2s \
        sha3_224() sha3_256() sha3_384() sha3_512() shake_128() shake_256() new() algorithms_guaranteed \
        algorithms_available pbkdf2_hmac() file_digest()",
    ),
    (
        "io",
        "\
        BlockingIOError open open_code() IOBase RawIOBase \
        FileIO=_io.FileIO BytesIO StringIO BufferedIOBase \
        BufferedReader=_io.BufferedReader BufferedWriter=_io.BufferedWriter BufferedRWPair=_io.BufferedRWPair \
        BufferedRandom=_io.BufferedRandom TextIOBase TextIOWrapper \
        UnsupportedOperation SEEK_SET SEEK_CUR SEEK_END DEFAULT_BUFFER_SIZE \
        text_encoding() IncrementalNewlineDecoder=_io.IncrementalNewlineDecoder",
    ),
    (
        "os.path",
        "\
        normcase() isabs() join() splitdrive() split() splitext() basename() dirname() commonprefix() getsize() \
        getmtime() getatime() getctime() islink() exists() lexists() isdir() isfile() ismount() expanduser() \
        expandvars() normpath() abspath() samefile() sameopenfile() samestat() curdir pardir sep pathsep defpath \
        altsep extsep devnull realpath() supports_unicode_filenames relpath() commonpath()",
    ),
    (
        "pprint",
        "pprint() pformat() isreadable() isrecursive() saferepr() PrettyPrinter=pprint.PrettyPrinter pp()",
    ),
    (
        "time",
        "\
        time() time_ns() clock_gettime() clock_gettime_ns() clock_settime() clock_settime_ns() clock_getres() \
        pthread_getcpuclockid() sleep() gmtime() localtime() asctime() ctime() mktime() strftime() strptime() \
        tzset() monotonic() monotonic_ns() process_time() process_time_ns() thread_time() thread_time_ns() \
        perf_counter() perf_counter_ns() get_clock_info() timezone altzone daylight tzname CLOCK_REALTIME \
        CLOCK_MONOTONIC CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID CLOCK_THREAD_CPUTIME_ID CLOCK_BOOTTIME \
        CLOCK_TAI struct_time=time.struct_time",
    ),
    (
        "types",
        "\
        FunctionType=function LambdaType=function CodeType=code MappingProxyType=mappingproxy \
        SimpleNamespace=types.SimpleNamespace CellType=cell GeneratorType=generator CoroutineType=coroutine \
        AsyncGeneratorType=async_generator MethodType=method BuiltinFunctionType=builtin_function_or_method \
        BuiltinMethodType=builtin_function_or_method WrapperDescriptorType=wrapper_descriptor \
        MethodWrapperType=method-wrapper MethodDescriptorType=method_descriptor \
        ClassMethodDescriptorType=classmethod_descriptor ModuleType=module TracebackType=traceback \
        FrameType=frame GetSetDescriptorType=getset_descriptor MemberDescriptorType=member_descriptor new_class() \
        resolve_bases() prepare_class() DynamicClassAttribute=types.DynamicClassAttribute coroutine() \
        GenericAlias=types.GenericAlias UnionType=types.UnionType EllipsisType=ellipsis NoneType=NoneType \
        NotImplementedType=NotImplementedType",
    ),
    (
        "unicodedata",
        "\
        decimal() digit() numeric() category() bidirectional() combining() mirrored() east_asian_width() \
        decomposition() name() lookup() is_normalized() normalize() unidata_version UCD=unicodedata.UCD ucd_3_2_0",
    ),
    (
        "warnings",
        "\
        warn() warn_explicit() showwarning() formatwarning() filterwarnings() simplefilter() resetwarnings() \
        catch_warnings=warnings.catch_warnings",
    ),
];

/// The names that `import *` takes from a module, with what they stand for; `None` where the module tells it itself.
pub fn names(vm: &mut Vm, module: &str) -> Res<Option<Vec<(&'static str, Absent)>>> {
    if matches!(
        module,
        "builtins" | "sys" | "os" | "posix" | "asyncio" | "zlib" | "errno" | "gc" | "hmac" | "inspect"
    ) {
        return Err(vm.unsupported(format!("from {module} import *")));
    }
    let module = if module == "posixpath" { "os.path" } else { module };
    let words = NAMES.iter().find(|(name, _)| *name == module).map(|(_, words)| *words);
    Ok(words.map(|words| {
        words
            .split_whitespace()
            .map(|word| match (word.strip_suffix("()"), word.split_once('=')) {
                (Some(name), _) => (name, Absent::Function),
                (None, Some((name, title))) => (name, Absent::Class(title)),
                (None, None) => (word, Absent::Refused),
            })
            .collect()
    }))
}

/// What stands for a name that a module lacks.
pub enum Absent {
    Function,
    /// A class of this full name.
    Class(&'static str),
    /// Nothing: the import is refused.
    Refused,
}

/// A function or class that refuses to be used.
pub fn absent(vm: &mut Vm, module: &str, name: &str, kind: &Absent) -> Res<Option<Value>> {
    let (maker, text) = match kind {
        Absent::Function => ("function", format!("{module}.{name}")),
        Absent::Class(title) => ("kind", (*title).to_owned()),
        Absent::Refused => return Ok(None),
    };
    let library = vm.import_by_name("_absent")?;
    let (maker, text) = (vm.heap.intern(maker), vm.new_string(text));
    let maker = vm.get_attribute(Value::Module(library), maker)?;
    vm.call(maker, &[text]).map(Some)
}
