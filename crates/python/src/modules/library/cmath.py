"""Functions of complex numbers: those whose results can be had to the last bit."""

import math as _math

from _tracer import unsupported as _unsupported

pi = _math.pi
e = _math.e
tau = _math.tau
inf = _math.inf
nan = _math.nan
infj = complex(0.0, inf)
nanj = complex(0.0, nan)

_SMALLEST_NORMAL = 2.2250738585072014e-308


def _complex(z):
    if isinstance(z, str):
        raise TypeError("must be real number, not str")
    if isinstance(z, (int, float, complex)):
        return complex(z)
    if hasattr(z, "__complex__") or hasattr(z, "__float__") or hasattr(z, "__index__"):
        return complex(z)
    raise TypeError(f"must be real number, not {type(z).__name__}")


def phase(z, /):
    z = _complex(z)
    angle = _math.atan2(z.imag, z.real)
    if z.imag != 0.0 and abs(angle) < _SMALLEST_NORMAL:
        _unsupported("cmath.phase of values out of range")
    return angle


def polar(z, /):
    z = _complex(z)
    return (abs(z), phase(z))


def rect(r, phi, /):
    r = float(r)
    phi = float(phi)
    if not _math.isfinite(r) or not _math.isfinite(phi):
        _unsupported("cmath.rect of infinities and NaN")
    if phi == 0.0:
        return complex(r, r * phi)
    return complex(r * _math.cos(phi), r * _math.sin(phi))


def sqrt(z, /):
    z = _complex(z)
    real, imag = z.real, z.imag
    if not _math.isfinite(real) or not _math.isfinite(imag):
        _unsupported("cmath.sqrt of infinities and NaN")
    if real == 0.0 and imag == 0.0:
        return complex(0.0, imag)
    ax, ay = abs(real), abs(imag)
    if ax < _SMALLEST_NORMAL and ay < _SMALLEST_NORMAL:
        ax = _math.ldexp(ax, 53)
        s = _math.ldexp(_math.sqrt(ax + abs(complex(ax, _math.ldexp(ay, 53)))), -27)
    else:
        ax /= 8.0
        s = 2.0 * _math.sqrt(ax + abs(complex(ax, ay / 8.0)))
    d = ay / (2.0 * s)
    if real >= 0.0:
        return complex(s, _math.copysign(d, imag))
    return complex(d, _math.copysign(s, imag))


def exp(z, /):
    z = _complex(z)
    if not _math.isfinite(z.real) or not _math.isfinite(z.imag) or z.real > 700.0:
        _unsupported("cmath.exp of infinities, NaN and values out of range")
    scale = _math.exp(z.real)
    return complex(scale * _math.cos(z.imag), scale * _math.sin(z.imag))


def isfinite(z, /):
    z = _complex(z)
    return _math.isfinite(z.real) and _math.isfinite(z.imag)


def isinf(z, /):
    z = _complex(z)
    return _math.isinf(z.real) or _math.isinf(z.imag)


def isnan(z, /):
    z = _complex(z)
    return _math.isnan(z.real) or _math.isnan(z.imag)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if rel_tol < 0.0 or abs_tol < 0.0:
        raise ValueError("tolerances must be non-negative")
    a, b = _complex(a), _complex(b)
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    difference = abs(a - b)
    return difference <= rel_tol * abs(b) or difference <= rel_tol * abs(a) or difference <= abs_tol
