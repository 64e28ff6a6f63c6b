"""Decimal arithmetic after the General Decimal Arithmetic specification: numbers, contexts, rounding."""

import _tracer
import math
import numbers

ROUND_DOWN = "ROUND_DOWN"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_UP = "ROUND_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_05UP = "ROUND_05UP"
_ROUNDINGS = (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP)

MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = -1999999999999999997
HAVE_THREADS = True
HAVE_CONTEXTVAR = True

__all__ = [
    "getcontext", "setcontext", "localcontext", "Decimal", "Context", "DecimalTuple", "DecimalException", "Clamped",
    "Rounded", "Inexact", "Subnormal", "Underflow", "Overflow", "DivisionByZero", "FloatOperation", "InvalidOperation",
    "ConversionSyntax", "DivisionImpossible", "DivisionUndefined", "InvalidContext", "DefaultContext",
    "HAVE_CONTEXTVAR", "HAVE_THREADS", "BasicContext", "ExtendedContext", "MAX_PREC", "MAX_EMAX", "MIN_EMIN",
    "MIN_ETINY", "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_HALF_UP", "ROUND_HALF_DOWN",
    "ROUND_HALF_EVEN", "ROUND_05UP",
]


class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class InvalidContext(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class Rounded(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded, Subnormal):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


for _exception in (DecimalException, Clamped, InvalidOperation, ConversionSyntax, DivisionImpossible, DivisionUndefined,
                   InvalidContext, DivisionByZero, Inexact, Rounded, Subnormal, Overflow, Underflow, FloatOperation):
    _exception.__module__ = "decimal"
del _exception

from collections import namedtuple as _namedtuple

DecimalTuple = _namedtuple("DecimalTuple", "sign digits exponent", module="decimal")


_CONTEXT = {"rounding", "prec", "Emin", "Emax", "capitals", "clamp", "_traps"}


class Context:
    """Precision, rounding and what is trapped."""

    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=None, traps=None):
        self.rounding = ROUND_HALF_EVEN if rounding is None else rounding
        self.prec = 28 if prec is None else prec
        self.Emin = -999999 if Emin is None else Emin
        self.Emax = 999999 if Emax is None else Emax
        self.capitals = 1 if capitals is None else capitals
        self.clamp = 0 if clamp is None else clamp
        if flags is not None:
            _tracer.unsupported("decimal: flags of a context")
        self._traps = {InvalidOperation, DivisionByZero, Overflow}
        if traps is not None:
            if isinstance(traps, dict):
                self._traps = {trap for trap, on in traps.items() if on}
            else:
                self._traps = set(traps)

    def __setattr__(self, name, value):
        if name == "rounding" and value not in _ROUNDINGS:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                            "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        if name not in _CONTEXT:
            raise AttributeError(f"'decimal.Context' object has no attribute {name!r}")
        if name == "prec" and not 1 <= value <= MAX_PREC:
            raise ValueError("valid range for prec is [1, MAX_PREC]")
        object.__setattr__(self, name, value)

    def __getattr__(self, name):
        _tracer.unsupported("decimal: Context." + name)

    def __repr__(self):
        if self not in (DefaultContext, BasicContext, ExtendedContext):
            _tracer.unsupported("decimal: flags of a context")
        order = (Clamped, InvalidOperation, DivisionByZero, Overflow, Underflow)
        traps = ", ".join([trap.__name__ for trap in order if trap in self._traps])
        return (f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, "
                f"capitals={self.capitals}, clamp={self.clamp}, flags=[], traps=[{traps}])")

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, None, self._traps)

    __copy__ = copy

    def create_decimal(self, num="0"):
        return Decimal(num)._finish(self)

    def quantize(self, a, b):
        return Decimal(a).quantize(b, context=self)

    def sqrt(self, a):
        return Decimal(a).sqrt(self)

    def add(self, a, b):
        return Decimal(a)._add(Decimal(b), self)

    def subtract(self, a, b):
        return Decimal(a)._add(-Decimal(b), self)

    def multiply(self, a, b):
        return Decimal(a)._multiply(Decimal(b), self)

    def divide(self, a, b):
        return Decimal(a)._divide(Decimal(b), self)

    def power(self, a, b, modulo=None):
        if modulo is not None:
            _tracer.unsupported("decimal: power with a modulus")
        return Decimal(a)._power(Decimal(b), self)

    def _fail(self, signal, condition, result):
        """Raises if `signal` is trapped; `condition` is what the error names."""
        if signal in self._traps:
            raise signal([condition])
        return result


DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP, traps=[Clamped, InvalidOperation, DivisionByZero, Overflow, Underflow])
ExtendedContext = Context(prec=9, traps=[])
_current = Context()


def getcontext():
    return _current


def setcontext(context, /):
    global _current
    if not isinstance(context, Context):
        raise TypeError("argument must be a context")
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
    _current = context


class ContextManager:
    __module__ = "decimal"

    def __init__(self, context):
        self.context = context

    def __enter__(self):
        self.saved = getcontext()
        setcontext(self.context)
        return self.context

    def __exit__(self, *error):
        setcontext(self.saved)


def localcontext(ctx=None, **kwargs):
    if ctx is not None and not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    context = (getcontext() if ctx is None else ctx).copy()
    for name, value in kwargs.items():
        setattr(context, name, value)
    return ContextManager(context)


def _digit_count(number):
    return len(str(number)) if number.bit_length() < 10000 else _tracer.unsupported("decimal: numbers of thousands of digits")


def _parse(text):
    """Sign, coefficient, exponent (or 'F', 'n', 'N') of a numeral; None where it is none."""
    text = text.strip().replace("_", "")
    sign = 0
    if text[:1] in ("+", "-"):
        sign = int(text[0] == "-")
        text = text[1:]
    lower = text.lower()
    if lower in ("inf", "infinity"):
        return sign, 0, "F"
    for word, kind in (("snan", "N"), ("nan", "n")):
        if lower.startswith(word):
            rest = lower[len(word):]
            if rest == "":
                return sign, 0, kind
            return (sign, int(rest), kind) if rest.isdecimal() else None
    mantissa, mark, exponent = lower.partition("e")
    if mark:
        digits = exponent[1:] if exponent[:1] in ("+", "-") else exponent
        if not digits.isdecimal():
            return None
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    if not digits.isdecimal():
        return None
    return sign, int(digits), (int(exponent) if mark else 0) - len(fraction)


class Decimal:
    """sign, coefficient and exponent: (-1)**sign * coefficient * 10**exponent; the exponent of a special value is a letter."""

    __slots__ = ("_sign", "_int", "_exp")

    def __new__(cls, value="0", context=None):
        if context is not None and not isinstance(context, Context):
            raise TypeError("optional argument must be a context")
        if isinstance(value, Decimal):
            return value if cls is Decimal else _make(value._sign, value._int, value._exp, cls)
        if isinstance(value, str):
            parts = _parse(value)
            if parts is None:
                return (context or getcontext())._fail(InvalidOperation, ConversionSyntax, _make(0, 0, "n", cls))
            return _make(*parts, cls)
        if isinstance(value, int):
            return _make(int(value < 0), abs(int(value)), 0, cls)
        if isinstance(value, float):
            return cls.from_float(value)
        if isinstance(value, (tuple, list)):
            if len(value) != 3:
                raise ValueError("argument must be a sequence of length 3")
            sign, digits, exponent = value
            if sign not in (0, 1):
                raise ValueError("sign must be an integer with the value 0 or 1")
            number = int("".join(map(str, digits)) or "0")
            return _make(sign, number, exponent, cls)
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")

    @classmethod
    def from_float(cls, f, /):
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("argument must be int or float")
        if f != f or f in (math.inf, -math.inf):
            return cls(repr(f))
        numerator, denominator = abs(f).as_integer_ratio()
        shift = denominator.bit_length() - 1
        return _make(int(math.copysign(1.0, f) < 0), numerator * 5**shift, -shift, cls)

    # Text.

    def __str__(self):
        sign = "-" if self._sign else ""
        if self._exp == "F":
            return sign + "Infinity"
        if self._exp in ("n", "N"):
            return sign + ("NaN" if self._exp == "n" else "sNaN") + (str(self._int) if self._int else "")
        digits = str(self._int)
        left = self._exp + len(digits)
        point = left if self._exp <= 0 and left > -6 else 1
        if point <= 0:
            whole, fraction = "0", "." + "0" * -point + digits
        elif point >= len(digits):
            whole, fraction = digits + "0" * (point - len(digits)), ""
        else:
            whole, fraction = digits[:point], "." + digits[point:]
        exponent = "" if left == point else ("E" if getcontext().capitals else "e") + f"{left - point:+d}"
        return sign + whole + fraction + exponent

    def __repr__(self):
        return f"Decimal('{self}')"

    def to_eng_string(self, context=None):
        _tracer.unsupported("decimal: to_eng_string")

    def __format__(self, spec):
        if spec == "":
            return str(self)
        return _format(self, spec)

    # Kinds.

    def is_nan(self):
        return self._exp in ("n", "N")

    def is_qnan(self):
        return self._exp == "n"

    def is_snan(self):
        return self._exp == "N"

    def is_infinite(self):
        return self._exp == "F"

    def is_finite(self):
        return not isinstance(self._exp, str)

    def is_zero(self):
        return self._int == 0 and not isinstance(self._exp, str)

    def is_signed(self):
        return self._sign == 1

    def as_tuple(self):
        if self._exp == "F":
            return DecimalTuple(self._sign, (0,), "F")
        digits = () if self._exp in ("n", "N") and not self._int else tuple(map(int, str(self._int)))
        return DecimalTuple(self._sign, digits, self._exp)

    def as_integer_ratio(self):
        if isinstance(self._exp, str):
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer ratio")
            raise OverflowError("cannot convert Infinity to integer ratio")
        value = -self._int if self._sign else self._int
        if self._exp >= 0:
            return value * 10**self._exp, 1
        scale = 10**-self._exp
        divisor = math.gcd(value, scale)
        return value // divisor, scale // divisor

    def adjusted(self):
        return 0 if isinstance(self._exp, str) else self._exp + len(str(self._int)) - 1

    def canonical(self):
        return self

    def conjugate(self):
        return self

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return Decimal(0)

    def __bool__(self):
        return isinstance(self._exp, str) or self._int != 0

    def __hash__(self):
        if isinstance(self._exp, str):
            if self._exp == "N":
                raise TypeError("Cannot hash a signaling NaN value")
            if self._exp == "n":
                return object.__hash__(self)
            return -314159 if self._sign else 314159
        prime = 2**61 - 1
        power = pow(10, self._exp, prime) if self._exp >= 0 else pow(pow(10, prime - 2, prime), -self._exp, prime)
        result = self._int * power % prime
        if self._sign:
            result = -result
        return -2 if result == -1 else result

    def __int__(self):
        if isinstance(self._exp, str):
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer")
            raise OverflowError("cannot convert Infinity to integer")
        value = self._int * 10**self._exp if self._exp >= 0 else self._int // 10**-self._exp
        return -value if self._sign else value

    __trunc__ = __int__

    def __float__(self):
        if self._exp == "N":
            raise ValueError("cannot convert signaling NaN to float")
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    # Rounding to the context.

    def _finish(self, context=None):
        """Rounded to the context's precision."""
        context = context or getcontext()
        if isinstance(self._exp, str):
            return self
        adjusted = self.adjusted() if self._int else self._exp
        if self._int and adjusted > context.Emax or adjusted < context.Emin:
            _tracer.unsupported("decimal: exponents beyond the context's bounds")
        surplus = len(str(self._int)) - context.prec
        if surplus <= 0:
            return self
        return self._rescale(self._exp + surplus, context.rounding)._carry(context)

    def _carry(self, context):
        """After rounding up to one digit more than fits (999 to 1000)."""
        if len(str(self._int)) > context.prec:
            return _make(self._sign, self._int // 10, self._exp + 1)
        return self

    def _rescale(self, exponent, rounding):
        """The number with another exponent, rounded where digits are lost."""
        if self._exp >= exponent:
            return _make(self._sign, self._int * 10**(self._exp - exponent), exponent)
        lost = exponent - self._exp
        if lost > 40000:
            _tracer.unsupported("decimal: exponents of this size")
        quotient, rest = divmod(self._int, 10**lost)
        return _make(self._sign, quotient + _up(self._sign, quotient, 2 * rest, 10**lost, rounding), exponent)

    def _check_nans(self, other=None, context=None):
        for value in (self, other):
            if value is not None and value._exp == "N":
                quiet = _make(value._sign, value._int, "n")
                return (context or getcontext())._fail(InvalidOperation, InvalidOperation, quiet)
        for value in (self, other):
            if value is not None and value._exp == "n":
                return value
        return None

    # Arithmetic.

    def __neg__(self, context=None):
        answer = self._check_nans(None, context)
        if answer is not None:
            return answer
        context = context or getcontext()
        sign = 0 if not self and context.rounding != ROUND_FLOOR else 1 - self._sign
        return _make(sign, self._int, self._exp)._finish(context)

    def __pos__(self, context=None):
        answer = self._check_nans(None, context)
        if answer is not None:
            return answer
        context = context or getcontext()
        sign = 0 if not self and context.rounding != ROUND_FLOOR else self._sign
        return _make(sign, self._int, self._exp)._finish(context)

    def __abs__(self):
        answer = self._check_nans()
        return answer if answer is not None else _make(0, self._int, self._exp)._finish()

    def _add(self, other, context=None):
        context = context or getcontext()
        answer = self._check_nans(other, context)
        if answer is not None:
            return answer
        if self._exp == "F":
            if other._exp == "F" and self._sign != other._sign:
                return context._fail(InvalidOperation, InvalidOperation, _make(0, 0, "n"))
            return self
        if other._exp == "F":
            return other
        exponent = min(self._exp, other._exp)
        if abs(self._exp - other._exp) > 40000:
            _tracer.unsupported("decimal: exponents of this size")
        a = self._int * 10**(self._exp - exponent)
        b = other._int * 10**(other._exp - exponent)
        total = (-a if self._sign else a) + (-b if other._sign else b)
        if total == 0:
            if self._sign == other._sign:
                sign = self._sign
            else:
                sign = int(context.rounding == ROUND_FLOOR)
            return _make(sign, 0, exponent)
        return _make(int(total < 0), abs(total), exponent)._finish(context)

    def _multiply(self, other, context=None):
        context = context or getcontext()
        answer = self._check_nans(other, context)
        if answer is not None:
            return answer
        sign = self._sign ^ other._sign
        if self._exp == "F" or other._exp == "F":
            if not self or not other:
                return context._fail(InvalidOperation, InvalidOperation, _make(0, 0, "n"))
            return _make(sign, 0, "F")
        return _make(sign, self._int * other._int, self._exp + other._exp)._finish(context)

    def _divide(self, other, context=None):
        context = context or getcontext()
        answer = self._check_nans(other, context)
        if answer is not None:
            return answer
        sign = self._sign ^ other._sign
        if self._exp == "F":
            if other._exp == "F":
                return context._fail(InvalidOperation, InvalidOperation, _make(0, 0, "n"))
            return _make(sign, 0, "F")
        if other._exp == "F":
            _tracer.unsupported("decimal: division by infinity")
        if not other:
            if not self:
                return context._fail(InvalidOperation, DivisionUndefined, _make(0, 0, "n"))
            return context._fail(DivisionByZero, DivisionByZero, _make(sign, 0, "F"))
        ideal = self._exp - other._exp
        if not self:
            return _make(sign, 0, ideal)._finish(context)
        shift = len(str(other._int)) - len(str(self._int)) + context.prec + 1
        exponent = ideal - shift
        if shift >= 0:
            quotient, rest = divmod(self._int * 10**shift, other._int)
        else:
            quotient, rest = divmod(self._int, other._int * 10**-shift)
        if rest:
            # Never lands on a half by accident.
            if quotient % 5 == 0:
                quotient += 1
        else:
            while exponent < ideal and quotient % 10 == 0:
                quotient //= 10
                exponent += 1
        return _make(sign, quotient, exponent)._finish(context)

    def _whole_division(self, other, context):
        """Quotient towards zero and rest, of finite numbers."""
        sign = self._sign ^ other._sign
        exponent = min(self._exp, other._exp)
        if abs(self._exp - other._exp) > 40000:
            _tracer.unsupported("decimal: exponents of this size")
        quotient, rest = divmod(self._int * 10**(self._exp - exponent), other._int * 10**(other._exp - exponent))
        if len(str(quotient)) > context.prec:
            return None
        return _make(sign, quotient, 0), _make(self._sign, rest, exponent)._finish(context)

    def _divmod(self, other):
        context = getcontext()
        answer = self._check_nans(other, context)
        if answer is not None:
            return answer, answer
        if self._exp == "F" or other._exp == "F":
            _tracer.unsupported("decimal: whole division with infinities")
        nothing = _make(0, 0, "n")
        if not other:
            if not self:
                failed = context._fail(InvalidOperation, DivisionUndefined, nothing)
                return failed, failed
            return None
        result = self._whole_division(other, context)
        if result is None:
            failed = context._fail(InvalidOperation, DivisionImpossible, nothing)
            return failed, failed
        return result

    def __floordiv__(self, other):
        other = _convert(other)
        if other is NotImplemented:
            return other
        result = self._divmod(other)
        if result is None:
            return getcontext()._fail(DivisionByZero, DivisionByZero, _make(self._sign ^ other._sign, 0, "F"))
        return result[0]

    def __mod__(self, other):
        other = _convert(other)
        if other is NotImplemented:
            return other
        result = self._divmod(other)
        if result is None:
            return getcontext()._fail(InvalidOperation, InvalidOperation, _make(0, 0, "n"))
        return result[1]

    def __divmod__(self, other):
        other = _convert(other)
        if other is NotImplemented:
            return other
        result = self._divmod(other)
        if result is None:
            _tracer.unsupported("decimal: divmod by zero")
        return result

    def remainder_near(self, other, context=None):
        _tracer.unsupported("decimal: remainder_near")

    def _power(self, other, context=None):
        context = context or getcontext()
        answer = self._check_nans(other, context)
        if answer is not None:
            return answer
        if self._exp == "F" or other._exp == "F" or other != int(other) or len(str(other._int)) > 9:
            _tracer.unsupported("decimal: powers with fractions or infinities")
        exponent = int(other)
        if not self and exponent > 0:
            return _make(self._sign & exponent & 1, 0, 0)
        if exponent == 0:
            if not self:
                return context._fail(InvalidOperation, InvalidOperation, _make(0, 0, "n"))
            return Decimal(1)
        sign = self._sign & exponent & 1
        if not self:
            return _make(sign, 0, "F")
        if len(str(self._int)) * abs(exponent) > 4000:
            _tracer.unsupported("decimal: powers of thousands of digits")
        power = _make(sign, self._int**abs(exponent), self._exp * abs(exponent))
        if exponent > 0:
            return power._finish(context)
        inverse = Decimal(1)._divide(power, context)
        if self._int == 1 or inverse._multiply(power, Context(prec=8000)) == 1:
            _tracer.unsupported("decimal: exact negative powers")
        return inverse

    def __pow__(self, other, modulo=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        if modulo is not None:
            _tracer.unsupported("decimal: power with a modulus")
        return self._power(other)

    def __rpow__(self, other, modulo=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__pow__(self)

    def sqrt(self, context=None):
        context = context or getcontext()
        answer = self._check_nans(None, context)
        if answer is not None:
            return answer
        if self._exp == "F" and not self._sign:
            return self
        if not self:
            return _make(self._sign, 0, self._exp // 2)
        if self._sign:
            return context._fail(InvalidOperation, InvalidOperation, _make(0, 0, "n"))
        precision = context.prec + 1
        exponent = self._exp >> 1
        if self._exp & 1:
            number, length = self._int * 10, (len(str(self._int)) >> 1) + 1
        else:
            number, length = self._int, len(str(self._int)) + 1 >> 1
        shift = precision - length
        exact = True
        if shift >= 0:
            number *= 100**shift
        else:
            number, rest = divmod(number, 100**-shift)
            exact = not rest
        exponent -= shift
        root = math.isqrt(number)
        exact = exact and root * root == number
        if exact:
            if shift >= 0:
                root //= 10**shift
            else:
                root *= 10**-shift
            exponent += shift
        elif root % 5 == 0:
            root += 1
        result = _make(0, root, exponent)
        surplus = len(str(root)) - context.prec
        if surplus > 0:
            result = result._rescale(exponent + surplus, ROUND_HALF_EVEN)._carry(context)
        return result

    def fma(self, other, third, context=None):
        product = self._multiply(_required(other), Context(prec=4000))
        return product._add(_required(third), context)

    def exp(self, context=None):
        _tracer.unsupported("decimal: exp")

    def ln(self, context=None):
        _tracer.unsupported("decimal: ln")

    def log10(self, context=None):
        _tracer.unsupported("decimal: log10")

    def scaleb(self, other, context=None):
        if not self.is_finite():
            return self
        return _make(self._sign, self._int, self._exp + int(other))._finish(context)

    def copy_abs(self):
        return _make(0, self._int, self._exp)

    def copy_negate(self):
        return _make(1 - self._sign, self._int, self._exp)

    def copy_sign(self, other, context=None):
        return _make(_required(other)._sign, self._int, self._exp)

    # Exponents.

    def quantize(self, exp, rounding=None, context=None):
        exp = _required(exp)
        context = context or getcontext()
        rounding = context.rounding if rounding is None else rounding
        if rounding not in _ROUNDINGS:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                            "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        answer = self._check_nans(exp, context)
        if answer is not None:
            return answer
        invalid = _make(0, 0, "n")
        if self._exp == "F" or exp._exp == "F":
            if self._exp == exp._exp:
                return self
            return context._fail(InvalidOperation, InvalidOperation, invalid)
        if self._int and self.adjusted() - exp._exp + 1 > context.prec:
            return context._fail(InvalidOperation, InvalidOperation, invalid)
        result = self._rescale(exp._exp, rounding)
        if len(str(result._int)) > context.prec:
            return context._fail(InvalidOperation, InvalidOperation, invalid)
        return result

    def to_integral_value(self, rounding=None, context=None):
        answer = self._check_nans(None, context)
        if answer is not None:
            return answer
        if self._exp == "F" or self._exp >= 0:
            return self
        return self._rescale(0, (context or getcontext()).rounding if rounding is None else rounding)

    to_integral = to_integral_value
    to_integral_exact = to_integral_value

    def normalize(self, context=None):
        answer = self._check_nans(None, context)
        if answer is not None:
            return answer
        result = self._finish(context)
        if result._exp == "F":
            return result
        if not result:
            return _make(result._sign, 0, 0)
        number, exponent = result._int, result._exp
        while number % 10 == 0:
            number //= 10
            exponent += 1
        return _make(result._sign, number, exponent)

    def __round__(self, n=None):
        if n is not None:
            if not isinstance(n, int):
                raise TypeError("optional arg must be an integer")
            return self.quantize(_make(0, 1, -n))
        if isinstance(self._exp, str):
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer")
            raise OverflowError("cannot convert Infinity to integer")
        return int(self._rescale(0, ROUND_HALF_EVEN))

    def __floor__(self):
        self.__int__()
        return int(self._rescale(0, ROUND_FLOOR))

    def __ceil__(self):
        self.__int__()
        return int(self._rescale(0, ROUND_CEILING))

    def same_quantum(self, other, context=None):
        return self._exp == _required(other)._exp

    # Comparison.

    def _compare(self, other):
        if self._exp == "F" or other._exp == "F":
            a = 0 if self._exp != "F" else -1 if self._sign else 1
            b = 0 if other._exp != "F" else -1 if other._sign else 1
            return a - b
        exponent = min(self._exp, other._exp)
        if abs(self._exp - other._exp) > 40000:
            _tracer.unsupported("decimal: exponents of this size")
        a = self._int * 10**(self._exp - exponent) * (-1 if self._sign else 1)
        b = other._int * 10**(other._exp - exponent) * (-1 if other._sign else 1)
        return (a > b) - (a < b)

    def _ordered(self, other, test):
        other = _comparable(other)
        if other is NotImplemented:
            return other
        if self.is_nan() or other.is_nan():
            return getcontext()._fail(InvalidOperation, InvalidOperation, False)
        return test(self._compare(other))

    def __eq__(self, other):
        other = _comparable(other, True)
        if other is NotImplemented:
            return other
        if self._exp == "N" or other._exp == "N":
            return getcontext()._fail(InvalidOperation, InvalidOperation, False)
        if self.is_nan() or other.is_nan():
            return False
        return self._compare(other) == 0

    def __lt__(self, other):
        return self._ordered(other, lambda order: order < 0)

    def __le__(self, other):
        return self._ordered(other, lambda order: order <= 0)

    def __gt__(self, other):
        return self._ordered(other, lambda order: order > 0)

    def __ge__(self, other):
        return self._ordered(other, lambda order: order >= 0)

    def compare(self, other, context=None):
        other = _required(other)
        answer = self._check_nans(other, context)
        return answer if answer is not None else Decimal(self._compare(other))

    def max(self, other, context=None):
        other = _required(other)
        if self.is_nan() or other.is_nan() or self._compare(other) == 0:
            _tracer.unsupported("decimal: max of equal numbers or NaN")
        return (self if self._compare(other) > 0 else other)._finish(context)

    def min(self, other, context=None):
        other = _required(other)
        if self.is_nan() or other.is_nan() or self._compare(other) == 0:
            _tracer.unsupported("decimal: min of equal numbers or NaN")
        return (self if self._compare(other) < 0 else other)._finish(context)

    def __getattr__(self, name):
        if name in _KNOWN:
            _tracer.unsupported("decimal: Decimal." + name)
        raise AttributeError(f"'decimal.Decimal' object has no attribute '{name}'")


_KNOWN = {
    "compare_signal", "compare_total", "compare_total_mag", "is_canonical", "is_normal", "is_subnormal", "logb", "logical_and",
    "logical_invert", "logical_or", "logical_xor", "max_mag", "min_mag", "next_minus", "next_plus", "next_toward",
    "number_class", "radix", "rotate", "shift", "__reduce__",
}


def _operator(name):
    method = getattr(Decimal, name)

    def forward(self, other):
        other = _convert(other)
        return other if other is NotImplemented else method(self, other)

    def reflected(self, other):
        other = _convert(other)
        return other if other is NotImplemented else method(other, self)

    return forward, reflected


Decimal.__add__, Decimal.__radd__ = _operator("_add")
Decimal.__mul__, Decimal.__rmul__ = _operator("_multiply")
Decimal.__truediv__, Decimal.__rtruediv__ = _operator("_divide")
Decimal._subtract = lambda self, other: self._add(other.copy_negate() if not other.is_nan() else other)
Decimal.__sub__, Decimal.__rsub__ = _operator("_subtract")
Decimal.__rfloordiv__ = lambda self, other: NotImplemented if _convert(other) is NotImplemented else _convert(other) // self
Decimal.__rmod__ = lambda self, other: NotImplemented if _convert(other) is NotImplemented else _convert(other) % self
Decimal.__rdivmod__ = lambda self, other: NotImplemented if _convert(other) is NotImplemented else divmod(_convert(other), self)

numbers.Number.register(Decimal)
_tracer.title(Decimal, "decimal.Decimal")


def _make(sign, coefficient, exponent, cls=Decimal):
    self = object.__new__(cls)
    self._sign = sign
    self._int = coefficient
    self._exp = exponent
    return self


def _convert(other):
    """The other operand of arithmetic."""
    if isinstance(other, Decimal):
        return other
    return Decimal(other) if isinstance(other, int) else NotImplemented


def _required(other):
    converted = _convert(other)
    if converted is NotImplemented:
        raise TypeError(f"conversion from {type(other).__name__} to Decimal is not supported")
    return converted


def _comparable(other, equality=False):
    if isinstance(other, float):
        return Decimal.from_float(other)
    if isinstance(other, complex) and equality and other.imag == 0:
        return Decimal.from_float(other.real)
    if isinstance(other, numbers.Rational) and not isinstance(other, int):
        _tracer.unsupported("decimal: comparison with fractions")
    return _convert(other)


def _up(sign, quotient, twice, unit, rounding):
    """Is a lost part, twice/2 of a unit, rounded away from zero? 0 or 1."""
    if twice == 0 or rounding == ROUND_DOWN:
        return 0
    if rounding == ROUND_HALF_EVEN:
        return int(twice > unit or twice == unit and quotient % 2 == 1)
    if rounding == ROUND_HALF_UP:
        return int(twice >= unit)
    if rounding == ROUND_HALF_DOWN:
        return int(twice > unit)
    if rounding == ROUND_UP:
        return 1
    if rounding == ROUND_CEILING:
        return 1 - sign
    if rounding == ROUND_FLOOR:
        return sign
    return int(quotient % 5 == 0)


def _format(value, spec):
    """The format mini-language for decimals: [[fill]align][sign][z][0][width][,][.precision][type]."""
    import re
    match = re.fullmatch(r"(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([eEfFgGn%])?", spec, re.S)
    if match is None:
        raise ValueError("invalid format string")
    fill, align, sign, no_negative_zero, alternate, zero, width, group, precision, kind = match.groups()
    if no_negative_zero or alternate or group == "_" or kind == "n" or not value.is_finite():
        _tracer.unsupported("decimal: this format specification")
    if zero and (fill is not None or align is not None):
        raise ValueError("invalid format string")
    rounding = getcontext().rounding
    places = None if precision is None else int(precision)
    if kind == "%":
        value = _make(value._sign, value._int, value._exp + 2)
    if places is not None:
        if kind in ("e", "E") or kind is None or kind in ("g", "G"):
            wanted = places + 1 if kind in ("e", "E") else max(places, 1)
            surplus = len(str(value._int)) - wanted
            if surplus > 0 or kind in ("e", "E"):
                if not value:
                    _tracer.unsupported("decimal: zero in this format")
                value = value._rescale(value._exp + surplus, rounding)
                if len(str(value._int)) > wanted:
                    value = _make(value._sign, value._int // 10, value._exp + 1)
        else:
            value = value._rescale(-places, rounding)
    if value._exp > 0 and kind in ("f", "F", "%"):
        value = value._rescale(0, rounding)
    digits = str(value._int)
    left = value._exp + len(digits)
    if kind in ("e", "E"):
        if not value and places is None:
            _tracer.unsupported("decimal: zero in this format")
        point = 1
    elif kind in ("f", "F", "%"):
        point = left
    elif value._exp <= 0 and left > -6:
        point = left
    else:
        point = 1
    if point <= 0:
        whole, fraction = "0", "0" * -point + digits
    elif point > len(digits):
        whole, fraction = digits + "0" * (point - len(digits)), ""
    else:
        whole, fraction = digits[:point] or "0", digits[point:]
    tail = "." + fraction if fraction else ""
    if kind == "%":
        tail += "%"
    elif left != point or kind in ("e", "E"):
        mark = "E" if kind in ("E", "G", "F") or kind is None else "e"
        tail += f"{mark}{left - point:+d}"
    mark = "-" if value._sign else sign if sign in ("+", " ") else ""
    minimum = int(width or 0)
    if zero:
        fill, align = "0", "="
    fill = " " if fill is None else fill
    align = align or ">"
    if group:
        if zero:
            _tracer.unsupported("decimal: zero padding with grouping")
        whole = f"{int(whole):,}"
    body = whole + tail
    room = minimum - len(mark) - len(body)
    if room <= 0:
        return mark + body
    if align == "=":
        return mark + fill * room + body
    if align == "<":
        return mark + body + fill * room
    if align == ">":
        return fill * room + mark + body
    return fill * (room // 2) + mark + body + fill * (room - room // 2)
