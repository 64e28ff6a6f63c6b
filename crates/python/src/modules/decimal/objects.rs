//! The class `Decimal`.

use super::context::*;
use super::number::{Kind, Number, Style};
use super::*;
use crate::modules::lazy::class_argument;
use crate::numeric::float_parse;
use crate::numeric::hash::hash_decimal;
use crate::vm::compare::{EQ, GE, GT, LE, LT, NE};
use crate::vm::native::{NativeDefinition, NativeFunction, native};
use num_bigint::{BigInt, BigUint, Sign};
use std::cmp::Ordering;

/// The receiver's number.
fn own(vm: &Vm, a: Args<'_>) -> Number {
    number_of(vm, a[0]).expect("checked with the receiver").clone()
}

fn from_int(vm: &Vm, value: Value) -> Option<Number> {
    match vm.payload(value) {
        Value::Int(value) => Some(Number::small(value)),
        Value::Bool(value) => Some(Number::small(value.into())),
        Value::BigInt(id) => {
            let big = &vm.heap[id];
            let negative = big.sign() == Sign::Minus;
            Some(Number::new(negative, big.magnitude().clone().into(), 0))
        }
        _ => None,
    }
}

/// An operand of arithmetic: a Decimal or an int.
pub fn operand(vm: &Vm, value: Value) -> Option<Number> {
    number_of(vm, value).cloned().or_else(|| from_int(vm, value))
}

/// An operand of a method.
pub fn required(vm: &mut Vm, value: Value) -> Res<Number> {
    match operand(vm, value) {
        Some(number) => Ok(number),
        None => {
            let message = format!("conversion from {} to Decimal is not supported", vm.type_name(value));
            Err(vm.type_error(message))
        }
    }
}

/// The exact value of a double.
pub fn from_float(value: f64) -> Number {
    let negative = value.is_sign_negative();
    if value.is_nan() {
        return Number::special(Kind::Quiet, negative);
    }
    match float_parse::integer_ratio(value.abs()) {
        Ok((numerator, denominator)) => {
            let places = denominator.bits() as i64 - 1;
            let coefficient = numerator.magnitude() * BigUint::from(5_u8).pow(places as u32);
            Number::new(negative, coefficient.into(), -places)
        }
        Err(_) => Number::special(Kind::Infinite, negative),
    }
}

/// The number of a text as programs write it, or the condition that it meets.
pub fn from_text(vm: &mut Vm, text: StrId, loose: bool) -> Res<Result<Number, u16>> {
    let text = vm.heap.text(text);
    let length = text.len();
    let ascii = float_parse::to_ascii_number(text).map(|text| {
        if loose {
            text.trim_matches(|c| float_parse::is_c_space(c) || ('\x1c'..='\x1f').contains(&c))
                .replace('_', "")
        } else {
            text.into_owned()
        }
    });
    afford(vm, length as i64)?;
    Ok(match ascii.and_then(|text| Number::parse(&text)) {
        Some(number) => Ok(number),
        None => Err(CONVERSION_SYNTAX),
    })
}

/// A number that is kept as it is, unless it is beyond what any context holds.
fn exact(number: Number) -> Result<Number, u16> {
    let mut widest = Work::new(Context::LARGEST);
    let number = widest.finish(number);
    if widest.status & (INEXACT | ROUNDED | CLAMPED) != 0 {
        return Err(INVALID_OPERATION);
    }
    Ok(number)
}

/// The number of a sign, digits and an exponent.
fn from_parts(vm: &mut Vm, value: Value) -> Res<Result<Number, u16>> {
    let parts = vm.collect_items(value)?;
    let &[sign, digits, exponent] = &parts[..] else {
        return Err(vm.value_error("argument must be a sequence of length 3"));
    };
    let (kind, exponent) = match vm.payload(exponent) {
        Value::Str(text) => match vm.heap.text(text) {
            "F" => (Kind::Infinite, 0),
            "n" => (Kind::Quiet, 0),
            "N" => (Kind::Signaling, 0),
            _ => return Err(vm.value_error("string argument in the third position must be 'F', 'n' or 'N'")),
        },
        Value::Int(exponent) => (Kind::Finite, exponent),
        Value::BigInt(_) => return Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
        _ => return Err(vm.value_error("exponent must be an integer")),
    };
    let negative = match vm.payload(sign) {
        Value::Int(0) => false,
        Value::Int(1) => true,
        Value::Bool(sign) => sign.into(),
        _ => return Err(vm.value_error("sign must be an integer with the value 0 or 1")),
    };
    let items = match vm.payload(digits) {
        Value::Tuple(_) | Value::List(_) => vm.collect_items(digits)?,
        _ => return Err(vm.value_error("coefficient must be a tuple of digits")),
    };
    let mut text = String::with_capacity(items.len());
    for digit in items {
        match vm.payload(digit) {
            Value::Int(digit @ 0..=9) => text.push(char::from(b'0' + digit as u8)),
            Value::Bool(digit) => text.push(if digit.into() { '1' } else { '0' }),
            _ => return Err(vm.value_error("coefficient must be a tuple of digits")),
        }
    }
    afford(vm, text.len() as i64)?;
    if kind == Kind::Infinite {
        return Ok(Ok(Number::special(kind, negative)));
    }
    if kind == Kind::Finite && text.is_empty() {
        text.push('0');
    }
    let mut number = Number::special(kind, negative);
    if let Some(parsed) = Number::parse(&text) {
        number.coefficient = parsed.coefficient;
    }
    number.exponent = exponent.clamp(-4_000_000_000_000_000_000, 4_000_000_000_000_000_000);
    Ok(Ok(number))
}

/// The number of any object that stands for one. `loose`: as the constructor takes it, else as `create_decimal`.
pub fn converted(vm: &mut Vm, value: Value, context: Value, loose: bool) -> Res<Result<Number, u16>> {
    if let Some(number) = operand(vm, value) {
        return Ok(Ok(number));
    }
    match vm.payload(value) {
        Value::Str(text) => from_text(vm, text, loose),
        Value::Float(float) => {
            tell(vm, context, FLOAT_OPERATION)?;
            Ok(Ok(from_float(float.get())))
        }
        Value::Tuple(_) | Value::List(_) => from_parts(vm, value),
        _ => {
            let message = format!("conversion from {} to Decimal is not supported", vm.type_name(value));
            Err(vm.type_error(message))
        }
    }
}

fn construct(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let bound = bind(vm, a, &["value", "context"], 0)?;
    let (value, context) = (bound[1].some(), bound[2].some());
    let class = class_argument(a);
    let (place, _) = chosen_context(vm, context)?;
    let Some(value) = value else {
        return Ok(made(vm, class, Number::small(0)));
    };
    if matches!(value, Value::Opaque(_)) && number_of(vm, value).is_some() && class == state(vm)?.class {
        return Ok(value);
    }
    match converted(vm, value, place, true)?.and_then(exact) {
        Ok(number) => Ok(made(vm, class, number)),
        Err(status) => {
            tell(vm, place, status)?;
            Ok(made(vm, class, Number::special(Kind::Quiet, false)))
        }
    }
}

fn made(vm: &mut Vm, class: ClassId, number: Number) -> Value {
    Value::Opaque(vm.heap.new_opaque(class, Box::new(DecimalData(number)), None))
}

/// How many digits an operation on two numbers may have to look at.
pub fn sizes(a: &Number, b: &Number, context: &Context) -> i64 {
    let gap = a.exponent.saturating_sub(b.exponent).saturating_abs();
    a.coefficient.digits() + b.coefficient.digits() + gap.min(context.prec)
}

type Binary = fn(&mut Work, &Number, &Number) -> Number;

/// Operations whose work goes with the precision.
pub fn precise(a: &Number, b: &Number, context: &Context) -> i64 {
    context
        .prec
        .saturating_add(a.coefficient.digits() + b.coefficient.digits())
}

/// Series, whose terms are about as many as the digits: the digits whose square they cost.
pub fn series(a: &Number, b: &Number, context: &Context) -> i64 {
    let digits = precise(a, b, context);
    if digits > 300 {
        (digits as f64 * (digits as f64).sqrt()) as i64
    } else {
        digits
    }
}

fn operator(
    vm: &mut Vm,
    a: Args<'_>,
    reflected: bool,
    operation: Binary,
    cost: fn(&Number, &Number, &Context) -> i64,
) -> Res<Value> {
    let Some(other) = operand(vm, a[1]) else {
        return Ok(Value::NotImplemented);
    };
    let this = own(vm, a);
    let (x, y) = if reflected { (&other, &this) } else { (&this, &other) };
    compute(vm, None, |context| cost(x, y, context), |work| operation(work, x, y))
}

/// The two results of `divmod`.
pub fn pair(vm: &mut Vm, context: Option<Value>, x: &Number, y: &Number) -> Res<Value> {
    let (place, context) = chosen_context(vm, context)?;
    afford(vm, sizes(x, y, &context))?;
    let mut work = Work::new(context);
    let (quotient, rest) = arithmetic::quotient_and_remainder(&mut work, x, y);
    tell(vm, place, work.status)?;
    let (quotient, rest) = (new_decimal(vm, quotient)?, new_decimal(vm, rest)?);
    Ok(vm.heap.new_tuple(&[quotient, rest]))
}

fn divmod(vm: &mut Vm, a: Args<'_>, reflected: bool) -> Res<Value> {
    let Some(other) = operand(vm, a[1]) else {
        return Ok(Value::NotImplemented);
    };
    let this = own(vm, a);
    let (x, y) = if reflected { (&other, &this) } else { (&this, &other) };
    pair(vm, None, x, y)
}

/// `base ** exponent`, with a modulus that is not None.
pub fn raise(
    vm: &mut Vm,
    context: Option<Value>,
    base: &Number,
    exponent: &Number,
    modulus: Option<&Number>,
) -> Res<Value> {
    let cost = |context: &Context| {
        if !exponent.is_integer() {
            return series(base, exponent, context);
        }
        let digits = precise(base, exponent, context);
        // Squaring repeats the work.
        if digits > 200 { digits.saturating_mul(8) } else { digits }
    };
    compute(vm, context, cost, |work| match modulus {
        Some(modulus) => functions::power_modulo(work, base, exponent, modulus),
        None => functions::power(work, base, exponent),
    })
}

fn power(vm: &mut Vm, a: Args<'_>, reflected: bool) -> Res<Value> {
    let Some(other) = operand(vm, a[1]) else {
        return Ok(Value::NotImplemented);
    };
    let modulus = match a.get(2).filter(|value| !value.is_none()) {
        None => None,
        Some(value) => match operand(vm, value) {
            Some(number) => Some(number),
            None => return Ok(Value::NotImplemented),
        },
    };
    let this = own(vm, a);
    let (base, exponent) = if reflected { (&other, &this) } else { (&this, &other) };
    raise(vm, None, base, exponent, modulus.as_ref())
}

/// The other side of a comparison, and the factor by which this side is to be multiplied first.
fn comparable(vm: &mut Vm, value: Value, equality: bool) -> Res<Option<(Number, Option<Number>)>> {
    if let Some(number) = operand(vm, value) {
        return Ok(Some((number, None)));
    }
    match vm.payload(value) {
        Value::Float(float) => {
            let current = state(vm)?.current;
            if equality {
                if let Value::Opaque(id) = vm.payload(current)
                    && let Some(context) = vm.heap.native_mut::<ContextData>(id)
                {
                    context.0.status |= FLOAT_OPERATION;
                }
            } else {
                tell(vm, current, FLOAT_OPERATION)?;
            }
            Ok(Some((from_float(float.get()), None)))
        }
        Value::Complex(id) if equality && vm.heap[id].imaginary == 0.0 => {
            let real = vm.heap[id].real;
            Ok(Some((from_float(real), None)))
        }
        _ if matches!(value, Value::Instance(_)) => {
            let numbers = vm.import_by_name("numbers")?;
            let name = vm.heap.intern("Rational");
            let rational = vm.get_attribute(Value::Module(numbers), name)?;
            if !vm.isinstance(value, rational)? {
                return Ok(None);
            }
            let (numerator, denominator) = (vm.heap.intern("numerator"), vm.heap.intern("denominator"));
            let numerator = vm.get_attribute(value, numerator)?;
            let denominator = vm.get_attribute(value, denominator)?;
            match (from_int(vm, numerator), from_int(vm, denominator)) {
                (Some(numerator), Some(denominator)) => Ok(Some((numerator, Some(denominator)))),
                _ => Err(vm.unsupported("decimal: comparison with this rational number")),
            }
        }
        _ => Ok(None),
    }
}

fn compare(vm: &mut Vm, a: Args<'_>, operator: usize) -> Res<Value> {
    let equality = matches!(operator, EQ | NE);
    let Some((other, factor)) = comparable(vm, a[1], equality)? else {
        return Ok(Value::NotImplemented);
    };
    let mut this = own(vm, a);
    if this.is_nan() || other.is_nan() {
        if !equality || this.kind == Kind::Signaling || other.kind == Kind::Signaling {
            let current = state(vm)?.current;
            tell(vm, current, INVALID_OPERATION)?;
        }
        return Ok(Value::from(operator == NE));
    }
    if let Some(factor) = factor.filter(|_| this.is_finite()) {
        this.coefficient = this.coefficient.times(&factor.coefficient);
    }
    afford(vm, this.coefficient.digits() + other.coefficient.digits())?;
    let found = arithmetic::order(&this, &other);
    Ok(Value::from(match operator {
        EQ => found == Ordering::Equal,
        NE => found != Ordering::Equal,
        LT => found == Ordering::Less,
        LE => found != Ordering::Greater,
        GT => found == Ordering::Greater,
        _ => found != Ordering::Less,
    }))
}

/// The integer that a number rounds to.
fn to_int(vm: &mut Vm, number: &Number, rounding: Rounding) -> Res<Value> {
    match number.kind {
        Kind::Quiet | Kind::Signaling => return Err(vm.value_error("cannot convert NaN to integer")),
        Kind::Infinite => return Err(vm.overflow_error("cannot convert Infinity to integer")),
        Kind::Finite => {}
    }
    let mut work = Work::new(Context {
        rounding,
        ..Context::LARGEST
    });
    let mut whole = arithmetic::to_integral(&mut work, number, false);
    if !whole.is_zero() {
        afford(vm, whole.adjusted())?;
        whole.coefficient = whole.coefficient.raised(whole.exponent);
    }
    let sign = if whole.negative { Sign::Minus } else { Sign::Plus };
    Ok(vm.heap.int(BigInt::from_biguint(sign, whole.coefficient.big())))
}

/// `to_integral_value` and its kin; the arguments are rounding and context.
fn integral(vm: &mut Vm, a: Args<'_>, exact: bool) -> Res<Value> {
    let rounding = rounding_argument(vm, a.get(1))?;
    let this = own(vm, a);
    compute(
        vm,
        a.get(2),
        |_| this.coefficient.digits(),
        |work| {
            work.context.rounding = rounding.unwrap_or(work.context.rounding);
            arithmetic::to_integral(work, &this, exact)
        },
    )
}

pub fn rounding_argument(vm: &mut Vm, value: Option<Value>) -> Res<Option<Rounding>> {
    let Some(value) = value.filter(|value| !value.is_none()) else {
        return Ok(None);
    };
    let found = vm
        .str_id(value)
        .and_then(|text| ROUNDINGS.iter().find(|row| row.0 == vm.heap.text(text)));
    match found {
        Some(&(_, rounding)) => Ok(Some(rounding)),
        None => Err(vm.type_error(
            "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, \
             ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]",
        )),
    }
}

fn round(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let this = own(vm, a);
    let Some(places) = a.get(1).filter(|value| !value.is_none()) else {
        return to_int(vm, &this, Rounding::HalfEven);
    };
    let places = match vm.payload(places) {
        Value::Int(places) => places,
        Value::Bool(places) => places.into(),
        Value::BigInt(_) => return Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
        _ => return Err(vm.type_error("optional arg must be an integer")),
    };
    let unit = Number::new(false, coefficient::Coefficient::ONE, places.saturating_neg());
    compute(
        vm,
        None,
        |context| sizes(&this, &unit, context),
        |work| arithmetic::quantize(work, &this, &unit),
    )
}

fn hash(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let this = own(vm, a);
    match this.kind {
        Kind::Signaling => Err(vm.type_error("Cannot hash a signaling NaN value")),
        Kind::Quiet => {
            let object = vm.payload(a[0]);
            Ok(Value::Int(vm.hash_address(object)))
        }
        Kind::Infinite => Ok(Value::Int(if this.negative { -314_159 } else { 314_159 })),
        Kind::Finite => Ok(Value::Int(hash_decimal(
            this.negative,
            &this.coefficient.big(),
            this.exponent,
        ))),
    }
}

/// The text of a number in a context's style.
pub fn text(vm: &mut Vm, number: &Number, style: Style, context: Option<Value>) -> Res<String> {
    let (_, context) = chosen_context(vm, context)?;
    afford(vm, number.coefficient.digits())?;
    Ok(number.write(style, context.capitals))
}

fn format(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let Some(spec) = vm.str_id(a[1]) else {
        return Err(vm.type_error("format arg must be str"));
    };
    if a.get(2).is_some() {
        return Err(vm.unsupported("decimal: separators of another locale"));
    }
    let this = own(vm, a);
    let (_, context) = chosen_context(vm, None)?;
    afford(vm, this.coefficient.digits())?;
    let spec = vm.heap.text(spec).to_owned();
    let mut shown = format::format(&this, &spec, &context, 1 << 16);
    if let Some(Err(room)) = shown {
        vm.reserve(room.saturating_mul(4))?;
        shown = format::format(&this, &spec, &context, usize::MAX >> 2);
    }
    match shown {
        Some(Ok(text)) => Ok(vm.new_string(text)),
        Some(Err(_)) => Err(vm.limit("memory")),
        None => Err(vm.value_error("invalid format string")),
    }
}

fn as_tuple(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let this = own(vm, a);
    afford(vm, this.coefficient.digits())?;
    let (digits, exponent) = match this.kind {
        Kind::Infinite => ("0".to_owned(), Some("F")),
        Kind::Quiet | Kind::Signaling => {
            let payload = this.coefficient.to_string();
            let letter = if this.kind == Kind::Quiet { "n" } else { "N" };
            (
                if this.coefficient.is_zero() {
                    String::new()
                } else {
                    payload
                },
                Some(letter),
            )
        }
        Kind::Finite => (this.coefficient.to_string(), None),
    };
    vm.reserve(digits.len() * 16)?;
    let digits: Vec<Value> = digits.bytes().map(|digit| Value::Int((digit - b'0').into())).collect();
    let digits = vm.heap.new_tuple(&digits);
    let exponent = match exponent {
        Some(letter) => vm.new_str(letter),
        None => Value::Int(this.exponent),
    };
    let class = member(vm, "DecimalTuple")?;
    vm.call(class, &[Value::Int(this.negative.into()), digits, exponent])
}

fn as_integer_ratio(vm: &mut Vm, a: Args<'_>) -> Res<Value> {
    let this = own(vm, a);
    if this.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer ratio"));
    }
    if this.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer ratio"));
    }
    let places = if this.is_zero() { 0 } else { this.exponent };
    afford(vm, this.coefficient.digits() + places.abs())?;
    let sign = if this.negative { Sign::Minus } else { Sign::Plus };
    let mut numerator = this.coefficient.raised(places.max(0)).big();
    let mut denominator = coefficient::power_of_ten((-places).max(0) as u64);
    let divisor = num_integer::Integer::gcd(&numerator, &denominator);
    numerator /= &divisor;
    denominator /= divisor;
    let numerator = vm.heap.int(BigInt::from_biguint(sign, numerator));
    let denominator = vm.heap.int(denominator.into());
    Ok(vm.heap.new_tuple(&[numerator, denominator]))
}

fn to_float(vm: &mut Vm, number: &Number) -> Res<f64> {
    match number.kind {
        Kind::Signaling => Err(vm.value_error("cannot convert signaling NaN to float")),
        Kind::Quiet => Ok(f64::NAN.copysign(if number.negative { -1.0 } else { 1.0 })),
        Kind::Infinite => Ok(if number.negative {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        }),
        Kind::Finite => {
            afford(vm, number.coefficient.digits())?;
            let text = number.write(Style::Scientific, true);
            float_parse::parse_float(&text).map_err(|failure| vm.failure(failure))
        }
    }
}

/// A method whose arguments may be given by name: the function gets one value for each parameter.
macro_rules! method {
    ($name:literal, $parameters:expr, $required:literal, $function:expr) => {
        native($name, Arity::Any, |vm, a| {
            let bound = bind(vm, a, &$parameters, $required)?;
            let function: NativeFunction = $function;
            function(vm, Args::positional(&bound))
        })
    };
}

macro_rules! binary {
    ($name:literal, $reflected:expr, $operation:path, $cost:path) => {
        native($name, Arity::One, |vm, a| {
            operator(vm, a, $reflected, $operation, $cost)
        })
    };
}

/// A method without operands.
macro_rules! unary_method {
    ($name:literal, $operation:path, $cost:path) => {
        method!($name, ["context"], 0, |vm, a| {
            let this = own(vm, a);
            compute(
                vm,
                a.get(1),
                |context| $cost(&this, &this, context),
                |work| $operation(work, &this),
            )
        })
    };
}

macro_rules! binary_method {
    ($name:literal, $operation:path) => {
        method!($name, ["other", "context"], 1, |vm, a| {
            let (this, other) = (own(vm, a), required(vm, a[1])?);
            compute(
                vm,
                a.get(2),
                |context| sizes(&this, &other, context),
                |work| $operation(work, &this, &other),
            )
        })
    };
}

macro_rules! predicate {
    ($name:literal, $test:expr) => {
        native($name, Arity::None, |vm, a| {
            let test: fn(&Number) -> bool = $test;
            Ok(Value::from(test(&own(vm, a))))
        })
    };
}

macro_rules! sign_operator {
    ($name:literal, $operation:path) => {
        native($name, Arity::None, |vm, a| {
            let this = own(vm, a);
            compute(vm, None, |_| this.coefficient.digits(), |work| $operation(work, &this))
        })
    };
}

const METHODS: &[NativeDefinition] = &[
    native("__new__", Arity::Any, construct),
    binary!("__add__", false, arithmetic::add, sizes),
    binary!("__radd__", true, arithmetic::add, sizes),
    binary!("__sub__", false, arithmetic::subtract, sizes),
    binary!("__rsub__", true, arithmetic::subtract, sizes),
    binary!("__mul__", false, arithmetic::multiply, sizes),
    binary!("__rmul__", true, arithmetic::multiply, sizes),
    binary!("__truediv__", false, arithmetic::divide, precise),
    binary!("__rtruediv__", true, arithmetic::divide, precise),
    binary!("__floordiv__", false, arithmetic::divide_whole, sizes),
    binary!("__rfloordiv__", true, arithmetic::divide_whole, sizes),
    binary!("__mod__", false, arithmetic::remainder, sizes),
    binary!("__rmod__", true, arithmetic::remainder, sizes),
    native("__divmod__", Arity::One, |vm, a| divmod(vm, a, false)),
    native("__rdivmod__", Arity::One, |vm, a| divmod(vm, a, true)),
    native("__pow__", Arity::Between(1, 2), |vm, a| power(vm, a, false)),
    native("__rpow__", Arity::Between(1, 2), |vm, a| power(vm, a, true)),
    sign_operator!("__neg__", arithmetic::minus),
    sign_operator!("__pos__", arithmetic::plus),
    sign_operator!("__abs__", arithmetic::absolute),
    native("__bool__", Arity::None, |vm, a| Ok(Value::from(!own(vm, a).is_zero()))),
    native("__eq__", Arity::One, |vm, a| compare(vm, a, EQ)),
    native("__ne__", Arity::One, |vm, a| compare(vm, a, NE)),
    native("__lt__", Arity::One, |vm, a| compare(vm, a, LT)),
    native("__le__", Arity::One, |vm, a| compare(vm, a, LE)),
    native("__gt__", Arity::One, |vm, a| compare(vm, a, GT)),
    native("__ge__", Arity::One, |vm, a| compare(vm, a, GE)),
    native("__hash__", Arity::None, hash),
    native("__repr__", Arity::None, |vm, a| {
        let this = own(vm, a);
        let text = text(vm, &this, Style::Scientific, None)?;
        Ok(vm.new_string(format!("Decimal('{text}')")))
    }),
    native("__str__", Arity::None, |vm, a| {
        let this = own(vm, a);
        let text = text(vm, &this, Style::Scientific, None)?;
        Ok(vm.new_string(text))
    }),
    native("__format__", Arity::Between(1, 2), format),
    native("__int__", Arity::None, |vm, a| {
        let this = own(vm, a);
        to_int(vm, &this, Rounding::Down)
    }),
    native("__trunc__", Arity::None, |vm, a| {
        let this = own(vm, a);
        to_int(vm, &this, Rounding::Down)
    }),
    native("__floor__", Arity::None, |vm, a| {
        let this = own(vm, a);
        to_int(vm, &this, Rounding::Floor)
    }),
    native("__ceil__", Arity::None, |vm, a| {
        let this = own(vm, a);
        to_int(vm, &this, Rounding::Ceiling)
    }),
    native("__round__", Arity::Between(0, 1), round),
    native("__float__", Arity::None, |vm, a| {
        let this = own(vm, a);
        Ok(Value::float(to_float(vm, &this)?))
    }),
    native("__complex__", Arity::None, |vm, a| {
        let this = own(vm, a);
        let real = to_float(vm, &this)?;
        Ok(vm.heap.complex(real, 0.0))
    }),
    native("__copy__", Arity::None, |_, a| Ok(a[0])),
    native("__deepcopy__", Arity::One, |_, a| Ok(a[0])),
    native("__reduce__", Arity::None, |vm, a| {
        let this = own(vm, a);
        let text = text(vm, &this, Style::Scientific, None)?;
        let text = vm.new_string(text);
        let (class, arguments) = (vm.class_of(a[0]), vm.heap.new_tuple(&[text]));
        Ok(vm.heap.new_tuple(&[Value::Class(class), arguments]))
    }),
    unary_method!("exp", functions::exponential, series),
    unary_method!("ln", functions::natural_log, series),
    unary_method!("log10", functions::log10, series),
    unary_method!("sqrt", functions::square_root, precise),
    unary_method!("next_minus", neighbours::next_minus, precise),
    unary_method!("next_plus", neighbours::next_plus, precise),
    unary_method!("normalize", arithmetic::reduce, sizes),
    unary_method!("logb", neighbours::logb, sizes),
    unary_method!("logical_invert", neighbours::logical_invert, precise),
    method!("to_integral", ["rounding", "context"], 0, |vm, a| integral(
        vm, a, false
    )),
    method!("to_integral_value", ["rounding", "context"], 0, |vm, a| integral(
        vm, a, false
    )),
    method!("to_integral_exact", ["rounding", "context"], 0, |vm, a| integral(
        vm, a, true
    )),
    binary_method!("compare", arithmetic::compare),
    binary_method!("compare_signal", arithmetic::compare_signal),
    binary_method!("compare_total", arithmetic::compare_total),
    binary_method!("compare_total_mag", arithmetic::compare_total_magnitude),
    binary_method!("max", arithmetic::max),
    binary_method!("max_mag", arithmetic::max_magnitude),
    binary_method!("min", arithmetic::min),
    binary_method!("min_mag", arithmetic::min_magnitude),
    binary_method!("next_toward", neighbours::next_toward),
    binary_method!("remainder_near", arithmetic::remainder_near),
    binary_method!("logical_and", neighbours::logical_and),
    binary_method!("logical_or", neighbours::logical_or),
    binary_method!("logical_xor", neighbours::logical_xor),
    binary_method!("rotate", neighbours::rotate),
    binary_method!("scaleb", neighbours::scaleb),
    binary_method!("shift", neighbours::shift),
    method!("quantize", ["exp", "rounding", "context"], 1, |vm, a| {
        let rounding = rounding_argument(vm, a.get(2))?;
        let (this, unit) = (own(vm, a), required(vm, a[1])?);
        compute(
            vm,
            a.get(3),
            |context| sizes(&this, &unit, context),
            |work| {
                work.context.rounding = rounding.unwrap_or(work.context.rounding);
                arithmetic::quantize(work, &this, &unit)
            },
        )
    }),
    method!("fma", ["other", "third", "context"], 2, |vm, a| {
        let (x, y, z) = (own(vm, a), required(vm, a[1])?, required(vm, a[2])?);
        let cost = |context: &Context| sizes(&x, &y, context) + sizes(&x, &z, context);
        compute(vm, a.get(3), cost, |work| arithmetic::fused(work, &x, &y, &z))
    }),
    method!("copy_sign", ["other", "context"], 1, |vm, a| {
        let (this, other) = (own(vm, a), required(vm, a[1])?);
        new_decimal(vm, this.with_sign(other.negative))
    }),
    method!("same_quantum", ["other", "context"], 1, |vm, a| {
        let (this, other) = (own(vm, a), required(vm, a[1])?);
        Ok(Value::from(neighbours::same_quantum(&this, &other)))
    }),
    native("copy_abs", Arity::None, |vm, a| {
        let this = own(vm, a);
        new_decimal(vm, this.with_sign(false))
    }),
    native("copy_negate", Arity::None, |vm, a| {
        let this = own(vm, a);
        new_decimal(vm, this.with_sign(!this.negative))
    }),
    predicate!("is_canonical", |_| true),
    predicate!("is_finite", Number::is_finite),
    predicate!("is_infinite", Number::is_infinite),
    predicate!("is_nan", Number::is_nan),
    predicate!("is_qnan", |number| number.kind == Kind::Quiet),
    predicate!("is_snan", |number| number.kind == Kind::Signaling),
    predicate!("is_signed", |number| number.negative),
    predicate!("is_zero", Number::is_zero),
    method!("is_normal", ["context"], 0, |vm, a| {
        let (_, context) = chosen_context(vm, a.get(1))?;
        Ok(Value::from(neighbours::is_normal(&context, &own(vm, a))))
    }),
    method!("is_subnormal", ["context"], 0, |vm, a| {
        let (_, context) = chosen_context(vm, a.get(1))?;
        Ok(Value::from(neighbours::is_subnormal(&context, &own(vm, a))))
    }),
    method!("number_class", ["context"], 0, |vm, a| {
        let (_, context) = chosen_context(vm, a.get(1))?;
        let name = neighbours::class_of(&context, &own(vm, a));
        Ok(vm.new_str(name))
    }),
    method!("to_eng_string", ["context"], 0, |vm, a| {
        let this = own(vm, a);
        let text = text(vm, &this, Style::Engineering, a.get(1))?;
        Ok(vm.new_string(text))
    }),
    native("adjusted", Arity::None, |vm, a| {
        let this = own(vm, a);
        Ok(Value::Int(if this.is_finite() { this.adjusted() } else { 0 }))
    }),
    native("as_tuple", Arity::None, as_tuple),
    native("as_integer_ratio", Arity::None, as_integer_ratio),
    native("canonical", Arity::None, |_, a| Ok(a[0])),
    native("conjugate", Arity::None, |_, a| Ok(a[0])),
    native("radix", Arity::None, |vm, _| new_decimal(vm, Number::small(10))),
];

const GETTERS: &[NativeDefinition] = &[
    native("real", Arity::One, |_, a| Ok(a[0])),
    native("imag", Arity::One, |vm, _| new_decimal(vm, Number::small(0))),
];

const CLASS_METHODS: &[NativeDefinition] = &[native("from_float", Arity::One, |vm, a| {
    let number = match vm.payload(a[1]) {
        Value::Float(float) => from_float(float.get()),
        _ => match from_int(vm, a[1]) {
            Some(number) => number,
            None => return Err(vm.type_error("argument must be int or float")),
        },
    };
    let made = new_decimal(vm, number)?;
    let Value::Class(class) = a[0] else { return Ok(made) };
    if class == state(vm)?.class {
        Ok(made)
    } else {
        vm.call(a[0], &[made])
    }
})];

pub fn make_class(vm: &mut Vm) -> ClassId {
    let class = lazy::class(vm, "Decimal", "decimal", METHODS, GETTERS);
    vm.add_class_methods(class, CLASS_METHODS);
    class
}
