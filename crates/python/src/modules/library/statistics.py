"""Averages and measures of spread, exact where inputs are."""

import math
from bisect import bisect_left as _bisect_left, bisect_right as _bisect_right
from collections import Counter as _Counter
from fractions import Fraction as _Fraction
from itertools import groupby as _groupby
from operator import mul as _multiply

from _tracer import unsupported as _unsupported

__all__ = ["NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean",
           "linear_regression", "mean", "median", "median_grouped", "median_high", "median_low", "mode", "multimode",
           "pstdev", "pvariance", "quantiles", "stdev", "variance"]


class StatisticsError(ValueError):
    pass


def _wider(left, right):
    """The type in which values of both types are summed."""
    if left is right or right is int or right is bool:
        return left
    if left is int:
        return right
    if issubclass(right, left):
        return right
    if issubclass(left, right):
        return left
    if issubclass(left, int):
        return right
    if issubclass(right, int):
        return left
    if issubclass(left, _Fraction) and issubclass(right, float):
        return right
    if issubclass(left, float) and issubclass(right, _Fraction):
        return left
    raise TypeError("don't know how to coerce %s and %s" % (left.__name__, right.__name__))


def _ratio(x):
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return (x, None)
    try:
        return (x.numerator, x.denominator)
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator") from None


def _sum(data):
    """The type of the data, its exact sum, and how many there are."""
    count = 0
    kind = int
    partials = {}
    for cls, values in _groupby(data, type):
        kind = _wider(kind, cls)
        for n, d in map(_ratio, values):
            count += 1
            partials[d] = partials.get(d, 0) + n
    if None in partials:
        total = partials[None]
    else:
        total = _Fraction(0)
        for d, n in partials.items():
            total += _Fraction(n, d)
    return kind, total, count


def _convert(value, kind):
    if type(value) is kind:
        return value
    if issubclass(kind, int) and value.denominator != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        if kind.__name__ == "Decimal":
            return kind(value.numerator) / kind(value.denominator)
        raise


def _deviations(data, center=None):
    """Type, exact sum of squared deviations, mean and count."""
    if center is not None:
        squares = ((x - center) * (x - center) for x in data)
        kind, total, count = _sum(squares)
        return kind, total, center, count
    count = 0
    kind = int
    sums, squares = {}, {}
    for cls, values in _groupby(data, type):
        kind = _wider(kind, cls)
        for n, d in map(_ratio, values):
            count += 1
            sums[d] = sums.get(d, 0) + n
            squares[d] = squares.get(d, 0) + n * n
    if not count:
        return kind, _Fraction(0), _Fraction(0), 0
    if None in sums:
        _unsupported("statistics of infinities and NaN")
    total, total_squares = _Fraction(0), _Fraction(0)
    for d, n in sums.items():
        total += _Fraction(n, d)
    for d, n in squares.items():
        total_squares += _Fraction(n, d * d)
    spread = (count * total_squares - total * total) / count
    return kind, spread, total / count, count


def _float_sqrt(value):
    """The square root of a fraction, rounded once."""
    n, m = value.numerator, value.denominator
    if n == 0:
        return 0.0
    shift = (n.bit_length() - m.bit_length() - 109) // 2
    if shift >= 0:
        quotient = n // (m << 2 * shift)
        exact = quotient * (m << 2 * shift) == n
        root = math.isqrt(quotient)
        root |= root * root != quotient or not exact
        return (root << shift) / 1
    quotient = (n << -2 * shift) // m
    root = math.isqrt(quotient)
    root |= root * root * m != n << -2 * shift
    return root / (1 << -shift)


def mean(data):
    kind, total, count = _sum(data)
    if count < 1:
        raise StatisticsError("mean requires at least one data point")
    return _convert(total / count, kind)


def fmean(data, weights=None):
    try:
        count = len(data)
    except TypeError:
        data = list(data)
        count = len(data)
    if weights is None:
        total = math.fsum(data)
        if not count:
            raise StatisticsError("fmean requires at least one data point")
        return total / count
    weights = list(weights)
    if count != len(weights):
        raise StatisticsError("data and weights must be the same length")
    numerator = math.fsum(x * w for x, w in zip(data, weights))
    denominator = math.fsum(weights)
    if not denominator:
        raise StatisticsError("sum of weights must be non-zero")
    return numerator / denominator


def geometric_mean(data):
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers") from None


def harmonic_mean(data, weights=None):
    if iter(data) is data:
        data = list(data)
    message = "harmonic mean does not support negative values"
    count = len(data)
    if count < 1:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if count == 1 and weights is None:
        x = data[0]
        if isinstance(x, (int, float, _Fraction)) or type(x).__name__ == "Decimal":
            if x < 0:
                raise StatisticsError(message)
            return x
        raise TypeError("unsupported type")
    if weights is None:
        weights = [1] * count
        total_weight = count
    else:
        if iter(weights) is weights:
            weights = list(weights)
        if len(weights) != count:
            raise StatisticsError("Number of weights does not match data size")
        for w in weights:
            if w < 0:
                raise StatisticsError(message)
        _, total_weight, _ = _sum(weights)

    def inverses():
        for w, x in zip(weights, data):
            if x < 0:
                raise StatisticsError(message)
            yield w / x if w else 0

    try:
        kind, total, _ = _sum(inverses())
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _convert(total_weight / total, kind)


def _in_order(data):
    """The values in order, and where their middle is: of an even number the second of the two there."""
    values = sorted(data)
    if not values:
        raise StatisticsError("no median for empty data")
    return values, len(values) // 2


def median(data):
    values, middle = _in_order(data)
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def median_low(data):
    values, middle = _in_order(data)
    return values[middle - 1 + len(values) % 2]


def median_high(data):
    values, middle = _in_order(data)
    return values[middle]


def median_grouped(data, interval=1.0):
    values, middle = _in_order(data)
    found = values[middle]
    low = _bisect_left(values, found)
    high = _bisect_right(values, found, lo=low)
    try:
        width, centre = float(interval), float(found)
    except ValueError:
        raise TypeError("Value cannot be converted to a float") from None
    return centre - width / 2.0 + width * (len(values) / 2 - low) / (high - low)


def mode(data):
    pairs = _Counter(iter(data)).most_common(1)
    try:
        return pairs[0][0]
    except IndexError:
        raise StatisticsError("no mode for empty data") from None


def multimode(data):
    counts = _Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError("must have at least two data points")
    if method not in ("inclusive", "exclusive"):
        raise ValueError(f"Unknown method: {method!r}")
    result = []
    for i in range(1, n):
        if method == "inclusive":
            j, rest = divmod(i * (size - 1), n)
            result.append((data[j] * (n - rest) + data[j + 1] * rest) / n)
        else:
            j = i * (size + 1) // n
            j = 1 if j < 1 else size - 1 if j > size - 1 else j
            rest = i * (size + 1) - j * n
            result.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
    return result


def _spread(data, center, least, message, population):
    kind, total, middle, count = _deviations(data, center)
    if count < least:
        raise StatisticsError(message)
    return kind, total / (count if population else count - 1)


def variance(data, xbar=None):
    kind, value = _spread(data, xbar, 2, "variance requires at least two data points", False)
    return _convert(value, kind)


def pvariance(data, mu=None):
    kind, value = _spread(data, mu, 1, "pvariance requires at least one data point", True)
    return _convert(value, kind)


def _root(kind, value):
    if kind.__name__ == "Decimal":
        _unsupported("statistics.stdev of Decimals")
    return _float_sqrt(value)


def stdev(data, xbar=None):
    return _root(*_spread(data, xbar, 2, "stdev requires at least two data points", False))


def pstdev(data, mu=None):
    return _root(*_spread(data, mu, 1, "pstdev requires at least one data point", True))


def _check_pairs(what, x, y):
    if len(x) != len(y):
        raise StatisticsError(f"{what} requires that both inputs have same number of data points")
    if len(x) < 2:
        raise StatisticsError(f"{what} requires at least two data points")


def _centred(what, x, y):
    """How far the values of each column are from its mean, and the two means."""
    _check_pairs(what, x, y)
    xbar, ybar = math.fsum(x) / len(x), math.fsum(y) / len(x)
    return [xi - xbar for xi in x], [yi - ybar for yi in y], xbar, ybar


def _products(x, y):
    return math.fsum(map(_multiply, x, y))


def covariance(x, y, /):
    dx, dy, _, _ = _centred("covariance", x, y)
    return _products(dx, dy) / (len(dx) - 1)


def correlation(x, y, /):
    dx, dy, _, _ = _centred("correlation", x, y)
    try:
        return _products(dx, dy) / math.sqrt(_products(dx, dx) * _products(dy, dy))
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


def linear_regression(x, y, /, *, proportional=False):
    from collections import namedtuple
    if proportional:
        _check_pairs("linear regression", x, y)
        xbar = ybar = None
    else:
        x, y, xbar, ybar = _centred("linear regression", x, y)
    result = namedtuple("LinearRegression", ("slope", "intercept"))
    sxy, sxx = _products(x, y), _products(x, x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError("x is constant") from None
    return result(slope=slope, intercept=0.0 if proportional else ybar - slope * xbar)


def __getattr__(name):
    """The normal distribution is loaded when it is asked for."""
    if name != "NormalDist":
        raise AttributeError(f"module 'statistics' has no attribute '{name}'")
    import _statistics_normal

    globals()[name] = _statistics_normal.NormalDist
    return _statistics_normal.NormalDist
