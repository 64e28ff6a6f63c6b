"""Random numbers of the Mersenne Twister: the same seeds give the numbers CPython gives."""

from _tracer import (random_below as _below, random_bits as _bits, random_float as _float, random_gamma as _gamma,
                     random_gauss as _gauss, random_normal as _normal, random_sample as _sample,
                     random_seeded as _seeded, random_set_state as _set_state, random_state as _state,
                     random_von_mises as _von_mises, unsupported as _unsupported)
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate
from math import inf as _infinity, log as _log, exp as _exp, sqrt as _sqrt
from operator import index as _index

__all__ = ["Random", "SystemRandom", "betavariate", "choice", "choices", "expovariate", "gammavariate", "gauss",
           "getrandbits", "getstate", "lognormvariate", "normalvariate", "paretovariate", "randbytes", "randint",
           "random", "randrange", "sample", "seed", "setstate", "shuffle", "triangular", "uniform", "vonmisesvariate",
           "weibullvariate"]


class Random:
    """A generator of its own. Without a seed its numbers would differ from run to run: those are refused."""

    VERSION = 3

    def __init__(self, x=None):
        self._generator = None
        if x is not None:
            self.seed(x)

    def _ready(self):
        if self._generator is None:
            _unsupported("random numbers without a seed")
        return self._generator

    def seed(self, a=None, version=2):
        if a is None:
            self._generator = None
        elif version != 2:
            _unsupported("random.seed with version 1")
        elif isinstance(a, (str, bytes, bytearray, int)):
            self._generator = _seeded(a)
        elif isinstance(a, float):
            self._generator = _seeded(hash(a) & 0xFFFFFFFFFFFFFFFF)
        else:
            raise TypeError("The only supported seed types are: None,\n"
                            "int, float, str, bytes, and bytearray.")

    def getstate(self):
        return _state(self._ready())

    def setstate(self, state):
        if state[0] != 3:
            _unsupported("random.setstate of another version")
        self._generator = _seeded(0)
        _set_state(self._generator, state[1], state[2])

    def random(self):
        return _float(self._generator or self._ready())

    def getrandbits(self, k, /):
        return _bits(self._ready(), k)

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def _randbelow(self, n):
        return _below(self._generator or self._ready(), n)

    def randrange(self, start, stop=None, step=1):
        start = self._whole(start)
        if stop is None:
            if step != 1:
                raise TypeError("Missing a non-None stop argument")
            if start > 0:
                return self._randbelow(start)
            raise ValueError("empty range for randrange()")
        stop = self._whole(stop)
        width = stop - start
        step = self._whole(step)
        if step == 1:
            if width > 0:
                return start + self._randbelow(width)
            raise ValueError("empty range for randrange() (%d, %d, %d)" % (start, stop, width))
        if step > 0:
            n = (width + step - 1) // step
        elif step < 0:
            n = (width + step + 1) // step
        else:
            raise ValueError("zero step for randrange()")
        if n <= 0:
            raise ValueError("empty range for randrange()")
        return start + step * self._randbelow(n)

    def _whole(self, value):
        try:
            return _index(value)
        except TypeError:
            whole = int(value)
            if whole != value:
                raise ValueError("non-integer arg 1 for randrange()") from None
            return whole

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if len(seq):
            return seq[self._randbelow(len(seq))]
        raise IndexError("Cannot choose from an empty sequence")

    def shuffle(self, x):
        for i in reversed(range(1, len(x))):
            j = self._randbelow(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        if not isinstance(population, (list, tuple, range, str)):
            from collections.abc import Sequence
            if not isinstance(population, Sequence):
                raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        n = len(population)
        if counts is not None:
            cumulative = list(_accumulate(counts))
            if len(cumulative) != n:
                raise ValueError("The number of counts does not match the population")
            total = cumulative.pop()
            if not isinstance(total, int):
                raise TypeError("Counts must be integers")
            if total <= 0:
                raise ValueError("Total of counts must be greater than zero")
            return [population[_bisect(cumulative, chosen)] for chosen in self.sample(range(total), k=k)]
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        return [population[chosen] for chosen in _sample(self._ready(), n, k)]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        n = len(population)
        generator = self._ready()
        if cum_weights is None:
            if weights is None:
                n += 0.0
                return [population[int(_float(generator) * n)] for _ in range(k)]
            try:
                cum_weights = list(_accumulate(weights))
            except TypeError:
                if not isinstance(weights, int):
                    raise
                raise TypeError("The number of choices must be a keyword argument: k=%r" % weights) from None
        elif weights is not None:
            raise TypeError("Cannot specify both weights and cumulative weights")
        total = _total_weight(cum_weights, n)
        return [population[_bisect(cum_weights, _float(generator) * total, 0, n - 1)] for _ in range(k)]

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        drawn = self.random()
        try:
            split = 0.5 if mode is None else (mode - low) / (high - low)
        except ZeroDivisionError:
            return low
        if drawn > split:
            return high + (low - high) * _sqrt((1.0 - drawn) * (1.0 - split))
        return low + (high - low) * _sqrt(drawn * split)

    def normalvariate(self, mu=0.0, sigma=1.0):
        return _normal(self._ready(), mu, sigma)

    def gauss(self, mu=0.0, sigma=1.0):
        return _gauss(self._ready(), mu, sigma)

    def lognormvariate(self, mu, sigma):
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        return -_log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        return _von_mises(self._ready(), mu, kappa)

    def gammavariate(self, alpha, beta):
        return _gamma(self._ready(), alpha, beta)

    def betavariate(self, alpha, beta):
        first = self.gammavariate(alpha, 1.0)
        return first / (first + self.gammavariate(beta, 1.0)) if first else 0.0

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * (-_log(1.0 - self.random())) ** (1.0 / beta)


def _total_weight(cum_weights, n):
    if len(cum_weights) != n:
        raise ValueError("The number of weights does not match the population")
    total = cum_weights[-1] + 0.0
    if 0.0 < total < _infinity:
        return total
    fault = "greater than zero" if total <= 0.0 else "finite"
    raise ValueError(f"Total of weights must be {fault}")


class SystemRandom(Random):
    def __init__(self, x=None):
        _unsupported("random.SystemRandom")


_inst = Random()
# The module's functions are the methods of one generator.
globals().update({_name: getattr(_inst, _name) for _name in __all__[2:]})
