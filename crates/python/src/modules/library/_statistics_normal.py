"""`statistics.NormalDist`."""

import math as _math

import statistics as _statistics
from fractions import Fraction as _Fraction

from _tracer import unsupported as _unsupported

_ROOT_OF_2 = _math.sqrt(2.0)

# Coefficients of Wichura's algorithm AS 241 (Applied Statistics 37, 1988), from the highest power down: numerator and
# denominator in the middle, in the tails, and in the far tails.
_MIDDLE = (
    (2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
     1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0),
    (5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
     5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0))
_TAIL = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
     3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0))
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0))


def _polynomial(coefficients, x):
    total = coefficients[0]
    for coefficient in coefficients[1:]:
        total = total * x + coefficient
    return total


def _quantile(p, mu, sigma):
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        x = _polynomial(_MIDDLE[0], r) * q / _polynomial(_MIDDLE[1], r)
        return mu + x * sigma
    r = _math.sqrt(-_math.log(p if q <= 0.0 else 1.0 - p))
    above, below = _TAIL if r <= 5.0 else _FAR
    r -= 1.6 if r <= 5.0 else 5.0
    x = _polynomial(above, r) / _polynomial(below, r)
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    """The normal distribution of a random variable."""

    __slots__ = ("_mu", "_sigma")

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise _statistics.StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        values = list(data)
        for value in values:
            if isinstance(value, float) and value - value != 0:
                _unsupported("statistics.NormalDist of infinities and NaN")
        values = [_Fraction(value) for value in values]
        if len(values) < 2:
            raise _statistics.StatisticsError("stdev requires at least two data points")
        return cls(float(_statistics.mean(values)), float(_statistics.stdev(values)))

    def _spread(self, name):
        if not self._sigma:
            raise _statistics.StatisticsError(f"{name}() not defined when sigma is zero")
        return self._sigma

    def samples(self, n, *, seed=None):
        import random

        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        variance = self._sigma * self._sigma
        if not variance:
            self._spread("pdf")
        away = x - self._mu
        return _math.exp(away * away / (-2.0 * variance)) / _math.sqrt(_math.tau * variance)

    def cdf(self, x):
        sigma = self._spread("cdf")
        return 0.5 * (1.0 + _math.erf((x - self._mu) / (sigma * _ROOT_OF_2)))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise _statistics.StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise _statistics.StatisticsError("cdf() not defined when sigma at or below zero")
        return _quantile(float(p), self._mu, self._sigma)

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """The area under both densities."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        one, two = self, other
        if (two._sigma, two._mu) < (one._sigma, one._mu):
            one, two = two, one
        if not one.variance or not two.variance:
            raise _statistics.StatisticsError("overlap() not defined when sigma is zero")
        wider = two.variance - one.variance
        apart = abs(two._mu - one._mu)
        if not wider:
            return 1.0 - _math.erf(apart / (2.0 * one._sigma * _ROOT_OF_2))
        middle = one._mu * two.variance - two._mu * one.variance
        reach = one._sigma * two._sigma * _math.sqrt(apart * apart + wider * _math.log(two.variance / one.variance))
        left, right = (middle + reach) / wider, (middle - reach) / wider
        return 1.0 - (abs(two.cdf(left) - one.cdf(left)) + abs(two.cdf(right) - one.cdf(right)))

    def zscore(self, x):
        sigma = self._spread("zscore")
        return (x - self._mu) / sigma

    mean = property(lambda self: self._mu)
    median = property(lambda self: self._mu)
    mode = property(lambda self: self._mu)
    stdev = property(lambda self: self._sigma)
    variance = property(lambda self: self._sigma * self._sigma)

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, _math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, _math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __rsub__(self, other):
        return -(self - other)

    def __mul__(self, factor):
        return NormalDist(self._mu * factor, self._sigma * _math.fabs(factor))

    __rmul__ = __mul__

    def __truediv__(self, divisor):
        return NormalDist(self._mu / divisor, self._sigma / _math.fabs(divisor))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"


NormalDist.__module__ = "statistics"
