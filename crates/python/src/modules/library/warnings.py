"""`warnings`: filters, recorded warnings and warnings as errors. What goes to standard error no trace shows."""

import re as _re
import sys as _sys

from _tracer import unsupported

filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
_seen = set()
_once = set()
_record = None
_ACTIONS = ("error", "ignore", "always", "default", "module", "once")


class WarningMessage:
    """A warning that was recorded."""

    def __init__(self, message, category, stacklevel, source):
        self.message = message
        self.category = category
        self.file = None
        self.line = None
        self.source = source
        if stacklevel == 1:
            self.filename = "<program>"

    def __getattr__(self, name):
        if name in ("filename", "lineno"):
            unsupported("where a recorded warning was given")
        raise AttributeError(f"'WarningMessage' object has no attribute '{name}'")

    def __str__(self):
        unsupported("the text of a recorded warning")


def _changed():
    _seen.clear()


def _add(entry, append):
    if append:
        if entry not in filters:
            filters.append(entry)
    else:
        if entry in filters:
            filters.remove(entry)
        filters.insert(0, entry)
    _changed()


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    assert action in _ACTIONS, "invalid action: %r" % (action,)
    assert isinstance(message, str), "message must be a string"
    assert isinstance(category, type), "category must be a class"
    assert issubclass(category, Warning), "category must be a Warning subclass"
    assert isinstance(module, str), "module must be a string"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    message = _re.compile(message, _re.I) if message else None
    module = _re.compile(module) if module else None
    _add((action, message, category, module, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    assert action in _ACTIONS, "invalid action: %r" % (action,)
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    _add((action, None, category, None, lineno), append)


def resetwarnings():
    filters[:] = []
    _changed()


def showwarning(message, category, filename, lineno, file=None, line=None):
    unsupported("warnings.showwarning")


_own_showwarning = showwarning


def _action(text, category):
    for action, message, kind, module, lineno in filters:
        if lineno:
            unsupported("filters of warnings by line")
        if ((message is None or message.match(text)) and issubclass(category, kind)
                and (module is None or (module == "__main__" if isinstance(module, str) else module.match("__main__")))):
            return action
    return "default"


def _is_shown():
    """Whether the program could see what is written to standard error."""
    return _record is not None or type(_sys.stderr).__name__ == "StringIO" or type(_sys.stderr).__module__ == "__main__"


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    if isinstance(message, Warning):
        text = str(message)
    else:
        text = message
        message = category(message)
    action = _action(text, category)
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        if (text, category) in _once:
            return
        _once.add((text, category))
    elif action == "module":
        if (text, category) in _seen:
            return
        _seen.add((text, category))
    elif action == "default":
        # A line gives a warning once: which line this is, is not known here.
        if (text, category) in _seen and (_is_shown() or showwarning is not _own_showwarning):
            unsupported("a warning that was given before")
        _seen.add((text, category))
    if showwarning is not _own_showwarning:
        unsupported("a warnings.showwarning of the program's own")
    if _record is not None:
        _record.append(WarningMessage(message, category, stacklevel, source))
    elif _is_shown():
        unsupported("the text of a warning")


class catch_warnings:
    """Keeps filters for a while, and records warnings where that is asked for."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        if module is not None:
            unsupported("warnings.catch_warnings with a module")
        self._wants_record = record
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        return f"{type(self).__name__}({'record=True' if self._wants_record else ''})"

    def __enter__(self):
        global filters, _record, showwarning
        if self._entered:
            raise RuntimeError("Cannot enter %r twice" % self)
        self._entered = True
        self._kept = filters, _record, showwarning
        filters = filters[:]
        _changed()
        made = None
        if self._wants_record:
            made = _record = []
            showwarning = _own_showwarning
        if self._filter is not None:
            simplefilter(*self._filter)
        return made

    def __exit__(self, *exc_info):
        global filters, _record, showwarning
        if not self._entered:
            raise RuntimeError("Cannot exit %r without entering first" % self)
        filters, _record, showwarning = self._kept
        _changed()
