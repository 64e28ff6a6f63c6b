"""`gc`: switches of a collector that nothing in a program's output shows."""

from _tracer import result_is_dropped as _result_is_dropped, unsupported as _unsupported

DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK = 1, 2, 4, 32, 38
garbage = []
callbacks = []
_enabled = True
_thresholds = (700, 10, 10)
_debug = 0


def enable():
    global _enabled
    _enabled = True


def disable():
    global _enabled
    _enabled = False


def isenabled():
    return _enabled


def collect(generation=2):
    if generation.__class__ is not int:
        raise TypeError(f"'{type(generation).__name__}' object cannot be interpreted as an integer")
    if not 0 <= generation <= 2:
        raise ValueError("invalid generation")
    if callbacks or _debug:
        _unsupported("gc.collect with callbacks")
    if not _result_is_dropped():
        _unsupported("how many objects gc.collect finds")


def get_threshold():
    return _thresholds


def set_threshold(threshold0, threshold1=10, threshold2=10, /):
    global _thresholds
    _thresholds = (threshold0, threshold1, threshold2)


def get_debug():
    return _debug


def set_debug(flags, /):
    global _debug
    _debug = flags


def freeze():
    pass


def unfreeze():
    pass


def is_tracked(obj, /):
    if isinstance(obj, (int, float, complex, str, bytes, type(None))) and type(obj).__module__ == "builtins":
        return False
    if type(obj) is list or type(obj).__module__ == "__main__" and not isinstance(obj, (tuple, dict)):
        return True
    _unsupported("gc.is_tracked of this")
