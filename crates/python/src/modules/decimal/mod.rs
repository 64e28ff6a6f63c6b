//! `decimal`: numbers, contexts and signals. The exceptions and what rests on them are Python, in `_decimal_python`.

mod arithmetic;
mod coefficient;
mod context;
mod contexts;
mod format;
mod functions;
mod neighbours;
mod number;
mod objects;

use super::lazy::{self, Member, function};
use crate::heap::objects::NativeData;
use crate::value::*;
use crate::vm::Vm;
use crate::vm::in_c::Signature;
use crate::vm::native::{Args, Arity};
use context::*;
use number::Number;

/// A `Decimal`.
struct DecimalData(Number);

impl NativeData for DecimalData {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}

    fn size(&self) -> usize {
        match &self.0.coefficient {
            coefficient::Coefficient::Small(_) => 0,
            coefficient::Coefficient::Big(big) => big.bits() as usize / 8,
        }
    }
}

/// A `Context`.
struct ContextData(Context);

impl NativeData for ContextData {
    fn trace(&self, _: &mut dyn FnMut(Value)) {}
}

/// What a program's computations with decimals need at hand.
#[derive(Clone, Copy)]
pub struct Decimals {
    class: ClassId,
    context_class: ClassId,
    /// The current context.
    pub current: Value,
}

fn state(vm: &mut Vm) -> Res<Decimals> {
    if let Some(state) = vm.decimals {
        return Ok(state);
    }
    let class = lazy::class_named(vm, "decimal", "Decimal")?;
    let context_class = lazy::class_named(vm, "decimal", "Context")?;
    let template = member(vm, "DefaultContext")?;
    let context = Context {
        status: 0,
        ..context_of(vm, template).unwrap_or(Context::DEFAULT)
    };
    let current = Value::Opaque(vm.heap.new_opaque(context_class, Box::new(ContextData(context)), None));
    let state = Decimals {
        class,
        context_class,
        current,
    };
    vm.decimals = Some(state);
    Ok(state)
}

/// A member of the module.
fn member(vm: &mut Vm, name: &str) -> Res<Value> {
    let module = vm.import_by_name("decimal")?;
    let name = vm.heap.intern(name);
    vm.get_attribute(Value::Module(module), name)
}

fn new_decimal(vm: &mut Vm, number: Number) -> Res<Value> {
    let class = state(vm)?.class;
    Ok(Value::Opaque(vm.heap.new_opaque(
        class,
        Box::new(DecimalData(number)),
        None,
    )))
}

fn new_context(vm: &mut Vm, context: Context) -> Res<Value> {
    let class = state(vm)?.context_class;
    Ok(Value::Opaque(vm.heap.new_opaque(
        class,
        Box::new(ContextData(context)),
        None,
    )))
}

fn number_of(vm: &Vm, value: Value) -> Option<&Number> {
    match vm.payload(value) {
        Value::Opaque(id) => vm.heap.native::<DecimalData>(id).map(|data| &data.0),
        _ => None,
    }
}

fn context_of(vm: &Vm, value: Value) -> Option<Context> {
    match vm.payload(value) {
        Value::Opaque(id) => vm.heap.native::<ContextData>(id).map(|data| data.0),
        _ => None,
    }
}

/// The context that an optional argument names.
fn chosen_context(vm: &mut Vm, value: Option<Value>) -> Res<(Value, Context)> {
    let value = match value {
        Some(value) if !value.is_none() => value,
        _ => state(vm)?.current,
    };
    match context_of(vm, value) {
        Some(context) => Ok((value, context)),
        None => Err(vm.type_error("optional argument must be a context")),
    }
}

/// Asks for the room and the time of a computation with so many digits.
fn afford(vm: &mut Vm, digits: i64) -> Res<()> {
    if digits > 1000 {
        vm.reserve(usize::try_from(digits).unwrap_or(usize::MAX).saturating_mul(4))?;
        let words = digits as f64 / 19.0;
        vm.spend(words * words * 2.0)?;
    }
    vm.tick(1)
}

/// Notes what a computation met, and raises what the context traps.
fn tell(vm: &mut Vm, context: Value, status: u16) -> Res<()> {
    if status == 0 {
        return Ok(());
    }
    if status & TOO_LONG != 0 {
        return Err(vm.limit("memory"));
    }
    let Value::Opaque(id) = vm.payload(context) else {
        return Ok(());
    };
    let Some(known) = vm.heap.native::<ContextData>(id).map(|data| data.0) else {
        return Ok(());
    };
    if known.status | status != known.status
        && let Some(data) = vm.heap.native_mut::<ContextData>(id)
    {
        data.0.status |= status;
    }
    let trapped = status & known.traps;
    if trapped == 0 {
        return Ok(());
    }
    let Some(&(signal, _)) = SIGNALS.iter().find(|row| row.1 & trapped != 0) else {
        return Ok(());
    };
    let mut met = Vec::new();
    for (name, bit) in CONDITIONS.iter().chain(&SIGNALS[1..]) {
        if trapped & bit != 0 {
            met.push(member(vm, name)?);
        }
    }
    let Value::Class(class) = member(vm, signal)? else {
        return Ok(());
    };
    let met = vm.heap.new_list(met);
    Err(vm.raise_with(class, &[met]))
}

/// Computes in a context and makes a Decimal of the result. `digits` bounds the size of the work.
fn compute(
    vm: &mut Vm,
    context: Option<Value>,
    digits: impl FnOnce(&Context) -> i64,
    operation: impl FnOnce(&mut Work) -> Number,
) -> Res<Value> {
    let (place, context) = chosen_context(vm, context)?;
    afford(vm, digits(&context))?;
    let mut work = Work::new(context);
    let result = operation(&mut work);
    tell(vm, place, work.status)?;
    new_decimal(vm, result)
}

/// The arguments of a method by their parameters, `Null` where absent, behind the receiver.
fn bind(vm: &mut Vm, a: Args<'_>, parameters: &[&str], required: usize) -> Res<Vec<Value>> {
    let signature = Signature {
        parameters,
        required,
        positional_only: 0,
        keyword_only: parameters.len(),
    };
    vm.bind_named("", a, 1, &signature)
}

const TEMPLATES: [(&str, Context); 3] = [
    ("DefaultContext", Context::DEFAULT),
    ("BasicContext", Context::BASIC),
    ("ExtendedContext", Context::EXTENDED),
];

fn template(vm: &mut Vm, context: Context) -> Res<Value> {
    let class = lazy::class_named(vm, "decimal", "Context")?;
    Ok(Value::Opaque(vm.heap.new_opaque(
        class,
        Box::new(ContextData(context)),
        None,
    )))
}

fn set_context(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let Some(context) = context_of(vm, a[0]) else {
        return Err(vm.type_error("argument must be a context"));
    };
    let mut current = a[0];
    for (name, _) in TEMPLATES {
        // The templates themselves stay as they are.
        if member(vm, name)?.is(current) {
            current = new_context(vm, Context { status: 0, ..context })?;
            break;
        }
    }
    state(vm)?;
    if let Some(state) = &mut vm.decimals {
        state.current = current;
    }
    Ok(Value::None)
}

macro_rules! constant {
    ($name:literal, $value:expr) => {
        Member::Make($name, |_| Ok($value))
    };
}

macro_rules! rounding {
    ($name:literal) => {
        Member::Make($name, |vm| Ok(Value::Str(vm.heap.intern($name))))
    };
}

macro_rules! python {
    ($name:literal) => {
        Member::Python($name, "_decimal_python")
    };
}

const MEMBERS: &[Member] = &[
    Member::Make("Decimal", |vm| Ok(Value::Class(objects::make_class(vm)))),
    Member::Make("Context", |vm| Ok(Value::Class(contexts::make_class(vm)))),
    python!("DecimalTuple"),
    Member::Make("DefaultContext", |vm| template(vm, Context::DEFAULT)),
    Member::Make("BasicContext", |vm| template(vm, Context::BASIC)),
    Member::Make("ExtendedContext", |vm| template(vm, Context::EXTENDED)),
    python!("DecimalException"),
    python!("Clamped"),
    python!("InvalidOperation"),
    python!("DivisionByZero"),
    python!("Inexact"),
    python!("Rounded"),
    python!("Subnormal"),
    python!("Overflow"),
    python!("Underflow"),
    python!("FloatOperation"),
    python!("DivisionImpossible"),
    python!("InvalidContext"),
    python!("ConversionSyntax"),
    python!("DivisionUndefined"),
    rounding!("ROUND_DOWN"),
    rounding!("ROUND_HALF_UP"),
    rounding!("ROUND_HALF_EVEN"),
    rounding!("ROUND_CEILING"),
    rounding!("ROUND_FLOOR"),
    rounding!("ROUND_UP"),
    rounding!("ROUND_HALF_DOWN"),
    rounding!("ROUND_05UP"),
    function("setcontext", Arity::One, set_context),
    function("getcontext", Arity::None, |vm, _| Ok(state(vm)?.current)),
    python!("localcontext"),
    constant!("MAX_PREC", Value::Int(MAX_PREC)),
    constant!("MAX_EMAX", Value::Int(MAX_EMAX)),
    constant!("MIN_EMIN", Value::Int(MIN_EMIN)),
    constant!("MIN_ETINY", Value::Int(MIN_EMIN - (MAX_PREC - 1))),
    constant!("HAVE_THREADS", Value::from(true)),
    constant!("HAVE_CONTEXTVAR", Value::from(true)),
];

pub fn fill(vm: &mut Vm, dict: DictId) -> Res<()> {
    lazy::fill(vm, dict, "decimal", |vm, a| {
        if matches!(a[0], Value::Str(crate::vm::names::ALL)) {
            // C modules have none.
            return Err(vm.attribute_error_message(
                "module 'decimal' has no attribute '__all__'",
                Value::None,
                crate::vm::names::ALL,
            ));
        }
        if matches!(a[0], Value::Str(id) if matches!(vm.heap.text(id), "_signal" | "_set_signal" | "_set_signals")) {
            return lazy::member(vm, "decimal", contexts::HIDDEN, a);
        }
        lazy::member(vm, "decimal", MEMBERS, a)
    })
}
