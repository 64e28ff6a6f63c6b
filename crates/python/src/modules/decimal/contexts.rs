//! The class `Context`.

use super::context::*;
use super::number::{Kind, Number, Style};
use super::objects::{
    converted, from_float, operand, pair, precise, raise, required, rounding_argument, series, sizes, text,
};
use super::*;
use crate::modules::lazy::{add_property, class_argument};
use crate::vm::native::{NativeDefinition, native};

/// The receiver's settings.
fn own(vm: &Vm, a: Args<'_>) -> Context {
    context_of(vm, a[0]).expect("checked with the receiver")
}

fn change(vm: &mut Vm, a: Args<'_>, change: impl FnOnce(&mut Context)) {
    if let Value::Opaque(id) = vm.payload(a[0])
        && let Some(context) = vm.heap.native_mut::<ContextData>(id)
    {
        change(&mut context.0);
    }
}

fn whole(vm: &mut Vm, value: Value) -> Res<i64> {
    match vm.payload(value) {
        Value::Int(value) => Ok(value),
        Value::Bool(value) => Ok(value.into()),
        Value::BigInt(_) => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
        _ => Err(vm.type_error("an integer is required")),
    }
}

/// An attribute set to a value.
fn set(vm: &mut Vm, a: Args<'_>, name: &str, value: Value) -> Res<()> {
    if name == "rounding" {
        let rounding = match rounding_argument(vm, Some(value))? {
            Some(rounding) => rounding,
            // None is no rounding either.
            None => return rounding_argument(vm, Some(Value::Int(0))).map(|_| ()),
        };
        change(vm, a, |context| context.rounding = rounding);
        return Ok(());
    }
    if matches!(name, "flags" | "traps") {
        let bits = signal_bits(vm, value)?;
        change(vm, a, |context| match name {
            "flags" => context.status = bits,
            _ => context.traps = bits,
        });
        return Ok(());
    }
    let value = whole(vm, value)?;
    let (range, complaint) = match name {
        "prec" => (1..=MAX_PREC, "valid range for prec is [1, MAX_PREC]"),
        "Emin" => (MIN_EMIN..=0, "valid range for Emin is [MIN_EMIN, 0]"),
        "Emax" => (0..=MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]"),
        "capitals" => (0..=1, "valid values for capitals are 0 or 1"),
        _ => (0..=1, "valid values for clamp are 0 or 1"),
    };
    if !range.contains(&value) {
        return Err(vm.value_error(complaint));
    }
    change(vm, a, |context| match name {
        "prec" => context.prec = value,
        "Emin" => context.emin = value,
        "Emax" => context.emax = value,
        "capitals" => context.capitals = value == 1,
        _ => context.clamp = value == 1,
    });
    Ok(())
}

/// The bits of a list or a dict of signals.
fn signal_bits(vm: &mut Vm, value: Value) -> Res<u16> {
    let module = vm.import_by_name("_decimal_python")?;
    let name = vm.heap.intern("_bits");
    let function = vm.get_attribute(Value::Module(module), name)?;
    let places = vm.call(function, &[value])?;
    let places = vm.to_i64(places)?;
    let chosen = SIGNALS.iter().enumerate().filter(|(place, _)| places >> place & 1 == 1);
    Ok(chosen.fold(0, |bits, (_, signal)| bits | signal.1))
}

fn signals(vm: &mut Vm, a: Args<'_>, traps: bool) -> Res<Value> {
    let module = vm.import_by_name("_decimal_python")?;
    let name = vm.heap.intern("SignalDict");
    let class = vm.get_attribute(Value::Module(module), name)?;
    vm.call(class, &[a[0], Value::from(traps)])
}

/// Names as libmpdec lists them, in the order of its bits.
fn names(status: u16) -> String {
    const ORDER: [(u16, &str); 13] = [
        (CLAMPED, "Clamped"),
        (CONVERSION_SYNTAX, "InvalidOperation"),
        (DIVISION_BY_ZERO, "DivisionByZero"),
        (DIVISION_IMPOSSIBLE, "InvalidOperation"),
        (DIVISION_UNDEFINED, "InvalidOperation"),
        (INEXACT, "Inexact"),
        (INVALID_CONTEXT, "InvalidOperation"),
        (INVALID_OPERATION, "InvalidOperation"),
        (FLOAT_OPERATION, "FloatOperation"),
        (OVERFLOW, "Overflow"),
        (ROUNDED, "Rounded"),
        (SUBNORMAL, "Subnormal"),
        (UNDERFLOW, "Underflow"),
    ];
    let mut found: Vec<&str> = Vec::new();
    for (bit, name) in ORDER {
        if status & bit != 0 && !found.contains(&name) {
            found.push(name);
        }
    }
    found.join(", ")
}

fn repr(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let context = own(vm, a);
    Ok(vm.new_string(format!(
        "Context(prec={}, rounding={}, Emin={}, Emax={}, capitals={}, clamp={}, flags=[{}], traps=[{}])",
        context.prec,
        context.rounding.name(),
        context.emin,
        context.emax,
        u8::from(context.capitals),
        u8::from(context.clamp),
        names(context.status),
        names(context.traps)
    )))
}

fn initialize(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    const PARAMETERS: [&str; 8] = [
        "prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps",
    ];
    let bound = bind(vm, a, &PARAMETERS, 0)?;
    for (name, value) in PARAMETERS.into_iter().zip(bound.into_iter().skip(1)) {
        if !value.is_null() && !value.is_none() {
            set(vm, a, name, value)?;
        }
    }
    Ok(Value::None)
}

/// `create_decimal`: rounded to the context.
fn create(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let Some(value) = a.get(1) else {
        return new_decimal(vm, Number::small(0));
    };
    let context = own(vm, a);
    let mut work = Work::new(context);
    let number = match converted(vm, value, a[0], false)? {
        Ok(number) if number.is_nan() && number.coefficient.digits() > context.prec - i64::from(context.clamp) => {
            work.fail(CONVERSION_SYNTAX)
        }
        Ok(number) => work.finish(number),
        Err(status) => work.fail(status),
    };
    tell(vm, a[0], work.status)?;
    new_decimal(vm, number)
}

/// Complains of another number of operands.
fn count(vm: &mut Vm, a: Args<'_>, wanted: usize) -> Res<()> {
    let given = a.len() - 1;
    if given == wanted {
        return Ok(());
    }
    let message = format!("function takes exactly {wanted} arguments ({given} given)");
    Err(vm.type_error(message))
}

fn two(vm: &mut Vm, a: Args<'_>) -> Res<(Number, Number)> {
    count(vm, a, 2)?;
    Ok((required(vm, a[1])?, required(vm, a[2])?))
}

macro_rules! unary {
    ($name:literal, $operation:path, $cost:path) => {
        native($name, Arity::One, |vm, a| {
            let number = required(vm, a[1])?;
            compute(
                vm,
                Some(a[0]),
                |context| $cost(&number, &number, context),
                |work| $operation(work, &number),
            )
        })
    };
}

macro_rules! binary {
    ($name:literal, $operation:path, $cost:path) => {
        native($name, Arity::Positional, |vm, a| {
            let (x, y) = two(vm, a)?;
            compute(
                vm,
                Some(a[0]),
                |context| $cost(&x, &y, context),
                |work| $operation(work, &x, &y),
            )
        })
    };
}

macro_rules! predicate {
    ($name:literal, $test:expr) => {
        native($name, Arity::One, |vm, a| {
            let test: fn(&Number) -> bool = $test;
            let number = required(vm, a[1])?;
            Ok(Value::from(test(&number)))
        })
    };
}

fn integral(work: &mut Work, number: &Number) -> Number {
    arithmetic::to_integral(work, number, false)
}

fn integral_exact(work: &mut Work, number: &Number) -> Number {
    arithmetic::to_integral(work, number, true)
}

fn copy(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let context = own(vm, a);
    new_context(vm, context)
}

const METHODS: &[NativeDefinition] = &[
    native("__new__", Arity::Any, |vm, a| {
        let class = class_argument(a);
        let default = member(vm, "DefaultContext")?;
        let context = Context {
            status: 0,
            ..context_of(vm, default).unwrap_or(Context::DEFAULT)
        };
        Ok(Value::Opaque(vm.heap.new_opaque(
            class,
            Box::new(ContextData(context)),
            None,
        )))
    }),
    native("__init__", Arity::Any, initialize),
    native("__repr__", Arity::None, repr),
    native("__copy__", Arity::None, copy),
    native("copy", Arity::None, copy),
    native("clear_flags", Arity::None, |vm, a| {
        change(vm, a, |context| context.status = 0);
        Ok(Value::None)
    }),
    native("clear_traps", Arity::None, |vm, a| {
        change(vm, a, |context| context.traps = 0);
        Ok(Value::None)
    }),
    native("Etiny", Arity::None, |vm, a| Ok(Value::Int(own(vm, a).etiny()))),
    native("Etop", Arity::None, |vm, a| Ok(Value::Int(own(vm, a).etop()))),
    native("radix", Arity::None, |vm, _| new_decimal(vm, Number::small(10))),
    native("create_decimal", Arity::Between(0, 1), create),
    native("create_decimal_from_float", Arity::One, |vm, a| {
        let number = match vm.payload(a[1]) {
            Value::Float(float) => from_float(float.get()),
            _ => match operand(vm, a[1]).filter(|_| number_of(vm, a[1]).is_none()) {
                Some(number) => number,
                None => return Err(vm.type_error("argument must be int or float")),
            },
        };
        compute(
            vm,
            Some(a[0]),
            |_| number.coefficient.digits(),
            |work| work.finish(number.clone()),
        )
    }),
    unary!("abs", arithmetic::absolute, sizes),
    unary!("minus", arithmetic::minus, sizes),
    unary!("plus", arithmetic::plus, sizes),
    unary!("exp", functions::exponential, series),
    unary!("ln", functions::natural_log, series),
    unary!("log10", functions::log10, series),
    unary!("sqrt", functions::square_root, precise),
    unary!("logb", neighbours::logb, sizes),
    unary!("logical_invert", neighbours::logical_invert, precise),
    unary!("next_minus", neighbours::next_minus, precise),
    unary!("next_plus", neighbours::next_plus, precise),
    unary!("normalize", arithmetic::reduce, sizes),
    unary!("to_integral", integral, sizes),
    unary!("to_integral_value", integral, sizes),
    unary!("to_integral_exact", integral_exact, sizes),
    binary!("add", arithmetic::add, sizes),
    binary!("subtract", arithmetic::subtract, sizes),
    binary!("multiply", arithmetic::multiply, sizes),
    binary!("divide", arithmetic::divide, precise),
    binary!("divide_int", arithmetic::divide_whole, sizes),
    binary!("remainder", arithmetic::remainder, sizes),
    binary!("remainder_near", arithmetic::remainder_near, sizes),
    binary!("compare", arithmetic::compare, sizes),
    binary!("compare_signal", arithmetic::compare_signal, sizes),
    binary!("compare_total", arithmetic::compare_total, sizes),
    binary!("compare_total_mag", arithmetic::compare_total_magnitude, sizes),
    binary!("max", arithmetic::max, sizes),
    binary!("max_mag", arithmetic::max_magnitude, sizes),
    binary!("min", arithmetic::min, sizes),
    binary!("min_mag", arithmetic::min_magnitude, sizes),
    binary!("next_toward", neighbours::next_toward, precise),
    binary!("logical_and", neighbours::logical_and, sizes),
    binary!("logical_or", neighbours::logical_or, sizes),
    binary!("logical_xor", neighbours::logical_xor, sizes),
    binary!("quantize", arithmetic::quantize, sizes),
    binary!("rotate", neighbours::rotate, precise),
    binary!("scaleb", neighbours::scaleb, sizes),
    binary!("shift", neighbours::shift, precise),
    native("divmod", Arity::Positional, |vm, a| {
        let (x, y) = two(vm, a)?;
        pair(vm, Some(a[0]), &x, &y)
    }),
    native("power", Arity::Any, |vm, a| {
        let bound = bind(vm, a, &["a", "b", "modulo"], 2)?;
        let a = Args::positional(&bound);
        let (x, y) = (required(vm, a[1])?, required(vm, a[2])?);
        let modulus = match a.get(3).filter(|value| !value.is_none()) {
            Some(value) => Some(required(vm, value)?),
            None => None,
        };
        raise(vm, Some(a[0]), &x, &y, modulus.as_ref())
    }),
    native("fma", Arity::Positional, |vm, a| {
        count(vm, a, 3)?;
        let (x, y, z) = (required(vm, a[1])?, required(vm, a[2])?, required(vm, a[3])?);
        let cost = |context: &Context| sizes(&x, &y, context) + sizes(&x, &z, context);
        compute(vm, Some(a[0]), cost, |work| arithmetic::fused(work, &x, &y, &z))
    }),
    native("copy_sign", Arity::Positional, |vm, a| {
        let (x, y) = two(vm, a)?;
        new_decimal(vm, x.with_sign(y.negative))
    }),
    native("same_quantum", Arity::Positional, |vm, a| {
        let (x, y) = two(vm, a)?;
        Ok(Value::from(neighbours::same_quantum(&x, &y)))
    }),
    native("copy_abs", Arity::One, |vm, a| {
        let number = required(vm, a[1])?;
        new_decimal(vm, number.with_sign(false))
    }),
    native("copy_negate", Arity::One, |vm, a| {
        let number = required(vm, a[1])?;
        new_decimal(vm, number.with_sign(!number.negative))
    }),
    native("copy_decimal", Arity::One, |vm, a| {
        let number = required(vm, a[1])?;
        new_decimal(vm, number)
    }),
    native("canonical", Arity::One, |vm, a| match number_of(vm, a[1]) {
        Some(_) => Ok(a[1]),
        None => Err(vm.type_error("argument must be a Decimal")),
    }),
    predicate!("is_canonical", |_| true),
    predicate!("is_finite", Number::is_finite),
    predicate!("is_infinite", Number::is_infinite),
    predicate!("is_nan", Number::is_nan),
    predicate!("is_qnan", |number| number.kind == Kind::Quiet),
    predicate!("is_snan", |number| number.kind == Kind::Signaling),
    predicate!("is_signed", |number| number.negative),
    predicate!("is_zero", Number::is_zero),
    native("is_normal", Arity::One, |vm, a| {
        let number = required(vm, a[1])?;
        Ok(Value::from(neighbours::is_normal(&own(vm, a), &number)))
    }),
    native("is_subnormal", Arity::One, |vm, a| {
        let number = required(vm, a[1])?;
        Ok(Value::from(neighbours::is_subnormal(&own(vm, a), &number)))
    }),
    native("number_class", Arity::One, |vm, a| {
        let number = required(vm, a[1])?;
        let name = neighbours::class_of(&own(vm, a), &number);
        Ok(vm.new_str(name))
    }),
    native("to_sci_string", Arity::One, |vm, a| {
        let number = required(vm, a[1])?;
        let text = text(vm, &number, Style::Scientific, Some(a[0]))?;
        Ok(vm.new_string(text))
    }),
    native("to_eng_string", Arity::One, |vm, a| {
        let number = required(vm, a[1])?;
        let text = text(vm, &number, Style::Engineering, Some(a[0]))?;
        Ok(vm.new_string(text))
    }),
];

macro_rules! attribute {
    ($name:literal, $get:expr) => {
        (
            native($name, Arity::One, $get),
            native($name, Arity::Between(2, 2), |vm, a| {
                set(vm, a, $name, a[1])?;
                Ok(Value::None)
            }),
        )
    };
}

const ATTRIBUTES: &[(NativeDefinition, NativeDefinition)] = &[
    attribute!("prec", |vm, a| Ok(Value::Int(own(vm, a).prec))),
    attribute!("rounding", |vm, a| {
        let name = own(vm, a).rounding.name();
        Ok(Value::Str(vm.heap.intern(name)))
    }),
    attribute!("Emin", |vm, a| Ok(Value::Int(own(vm, a).emin))),
    attribute!("Emax", |vm, a| Ok(Value::Int(own(vm, a).emax))),
    attribute!("capitals", |vm, a| Ok(Value::Int(own(vm, a).capitals.into()))),
    attribute!("clamp", |vm, a| Ok(Value::Int(own(vm, a).clamp.into()))),
    attribute!("flags", |vm, a| signals(vm, a, false)),
    attribute!("traps", |vm, a| signals(vm, a, true)),
];

pub fn make_class(vm: &mut Vm) -> ClassId {
    let class = lazy::class(vm, "Context", "decimal", METHODS, &[]);
    for &(getter, setter) in ATTRIBUTES {
        add_property(vm, class, getter, Some(setter));
    }
    class
}

/// What the dicts of signals are made of: the bits at a place of a context's flags, or of its traps.
pub const HIDDEN: &[Member] = &[
    function("_signal", Arity::Between(3, 3), |vm, a| {
        let context = own(vm, a);
        let bits = if vm.truth(a[1])? { context.traps } else { context.status };
        let place = vm.to_i64(a[2])? as usize;
        Ok(Value::from(bits & SIGNALS[place % SIGNALS.len()].1 != 0))
    }),
    function("_set_signal", Arity::Between(4, 4), |vm, a| {
        let (traps, on) = (vm.truth(a[1])?, vm.truth(a[3])?);
        let bits = SIGNALS[vm.to_i64(a[2])? as usize % SIGNALS.len()].1;
        change(vm, a, |context| {
            let kept = if traps { &mut context.traps } else { &mut context.status };
            *kept = if on { *kept | bits } else { *kept & !bits };
        });
        Ok(Value::None)
    }),
    function("_set_signals", Arity::Between(3, 3), |vm, a| {
        for (name, value) in [("flags", a[1]), ("traps", a[2])] {
            if !value.is_none() {
                set(vm, a, name, value)?;
            }
        }
        Ok(Value::None)
    }),
];
