"""Numbers nobody can foresee: only what does not draw any is made."""

from hmac import compare_digest

from _tracer import unsupported as _unsupported

__all__ = ["choice", "randbelow", "randbits", "SystemRandom", "token_bytes", "token_hex", "token_urlsafe",
           "compare_digest"]
DEFAULT_ENTROPY = 32


def _drawn(name):
    def draw(*arguments, **keywords):
        _unsupported("random numbers without a seed (secrets." + name + ")")

    draw.__name__ = draw.__qualname__ = name
    return draw


for _name in ("choice", "randbelow", "randbits", "token_bytes", "token_hex", "token_urlsafe"):
    globals()[_name] = _drawn(_name)
del _name


class SystemRandom:
    __module__ = "random"

    def __init__(self, *arguments, **keywords):
        _unsupported("random numbers without a seed (secrets.SystemRandom)")
