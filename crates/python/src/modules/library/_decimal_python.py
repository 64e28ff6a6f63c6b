"""What of `decimal` rests on Python's classes: its exceptions, the dicts of signals, local contexts."""

from collections import namedtuple
from collections.abc import MutableMapping

import decimal
from _tracer import title as _title, unsupported as _unsupported


class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class InvalidOperation(DecimalException):
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


class ConversionSyntax(InvalidOperation):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class InvalidContext(InvalidOperation):
    pass


for _kind in (DecimalException, Clamped, InvalidOperation, DivisionByZero, Inexact, Rounded, Subnormal, Overflow, Underflow,
              FloatOperation, ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext):
    _kind.__module__ = "decimal"

DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")

# The bit of each signal stands at its place here.
_SIGNALS = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)
_UNKNOWN = ("valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, "
            "Subnormal, Inexact, Rounded,\n   Clamped]")


def _place(signal):
    for place, known in enumerate(_SIGNALS):
        if signal is known:
            return place
    raise KeyError(_UNKNOWN)


class SignalDict(MutableMapping):
    """The flags of a context, or its traps: a view of the context."""

    __slots__ = ("_context", "_traps")

    def __init__(self, context, traps):
        self._context = context
        self._traps = traps

    def __getitem__(self, key):
        return decimal._signal(self._context, self._traps, _place(key))

    def __setitem__(self, key, value):
        decimal._set_signal(self._context, self._traps, _place(key), value)

    def __delitem__(self, key):
        raise ValueError("signal keys cannot be deleted")

    def __iter__(self):
        return iter(_SIGNALS)

    def __len__(self):
        return len(_SIGNALS)

    def __contains__(self, key):
        return any(key is signal for signal in _SIGNALS)

    def copy(self):
        return {signal: self[signal] for signal in _SIGNALS}

    def __eq__(self, other):
        if isinstance(other, SignalDict):
            return self.copy() == other.copy()
        if isinstance(other, dict):
            return self.copy() == _checked(other)
        return NotImplemented

    def __repr__(self):
        pairs = [f"{signal!r}:{self[signal]}" for signal in _SIGNALS]
        return "{" + ", ".join(pairs) + "}"


SignalDict.__module__ = "abc"


def _checked(signals):
    """A dict of all signals, as one of their truth."""
    if len(signals) != len(_SIGNALS) or not all([signal in signals for signal in _SIGNALS]):
        raise KeyError("invalid signal dict")
    return {signal: bool(signals[signal]) for signal in _SIGNALS}


def _bits(signals):
    """The bits, by their places, of a list or a dict of signals."""
    if isinstance(signals, list):
        bits = 0
        for signal in signals:
            bits |= 1 << _place(signal)
        return bits
    if isinstance(signals, SignalDict):
        signals = signals.copy()
    if not isinstance(signals, dict):
        raise TypeError("argument must be a signal dict")
    return sum([1 << place for place, on in enumerate(_checked(signals).values()) if on])


class ContextManager:
    __slots__ = ("_saved", "_local")

    def __enter__(self):
        decimal.setcontext(self._local)
        return self._local

    def __exit__(self, *error):
        decimal.setcontext(self._saved)
        return False

    def __repr__(self):
        _unsupported("the address of a context manager")


ContextManager.__module__ = "decimal"
_title(ContextManager, "decimal.ContextManager")


def localcontext(ctx=None, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
    if ctx is None:
        ctx = decimal.getcontext()
    elif not isinstance(ctx, decimal.Context):
        raise TypeError("optional argument must be a context")
    manager = ContextManager()
    manager._saved = decimal.getcontext()
    manager._local = local = ctx.copy()
    if prec is not None:
        local.prec = prec
    if rounding is not None:
        local.rounding = rounding
    if Emin is not None:
        local.Emin = Emin
    if Emax is not None:
        local.Emax = Emax
    if capitals is not None:
        local.capitals = capitals
    if clamp is not None:
        local.clamp = clamp
    decimal._set_signals(local, flags, traps)
    return manager
