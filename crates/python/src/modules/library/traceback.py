"""`traceback`: reports of exceptions. The program's text has no file, so that no line of it is shown."""

import sys as _sys

from _tracer import traceback_entries as _traceback_entries, unsupported as _unsupported

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
           "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb",
           "clear_frames", "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb"]

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_REPEATED = 3
_absent = object()


class FrameSummary:
    __slots__ = ("filename", "lineno", "name", "_line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, **positions):
        if positions or locals is not None:
            _unsupported("traceback.FrameSummary with positions or locals")
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self._line = line
        self.locals = None

    @property
    def line(self):
        if self._line is None:
            return "" if self.lineno is not None else None
        return self._line.strip()

    def _key(self):
        return (self.filename, self.lineno, self.name, self.line)

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return self._key()[:3] == other._key()[:3]
        if isinstance(other, tuple):
            return self._key() == other
        return NotImplemented

    def __getitem__(self, place):
        return self._key()[place]

    def __iter__(self):
        return iter(self._key())

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    @classmethod
    def from_list(cls, a_list):
        result = cls()
        for frame in a_list:
            if isinstance(frame, FrameSummary):
                result.append(frame)
            else:
                filename, lineno, name, line = frame
                result.append(FrameSummary(filename, lineno, name, line=line))
        return result

    @classmethod
    def extract(cls, frame_gen, **options):
        _unsupported("traceback.StackSummary.extract")

    def format_frame_summary(self, frame_summary):
        text = f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n'
        if frame_summary.line:
            text += f"    {frame_summary.line}\n"
        return text

    def format(self):
        """A text for each frame; from the fourth on, equal ones are only counted."""
        texts, last, count = [], None, 0

        def finish():
            if count > _REPEATED:
                more = count - _REPEATED
                texts.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n")

        for frame in self:
            key = (frame.filename, frame.lineno, frame.name)
            if key != last:
                finish()
                last, count = key, 0
            count += 1
            if count <= _REPEATED:
                texts.append(self.format_frame_summary(frame))
        finish()
        return texts


def _limited(entries, limit):
    if hasattr(_sys, "tracebacklimit"):
        _unsupported("sys.tracebacklimit")
    if limit is None:
        return entries
    return entries[:limit] if limit >= 0 else entries[limit:]


def extract_tb(tb, limit=None):
    entries = _traceback_entries(tb)
    if len(entries) >= 4096:
        _unsupported("very long tracebacks")
    if any([library for _, _, library in entries]):
        _unsupported("tracebacks through the library")
    frames = [FrameSummary("<program>", line, name) for line, name, _ in entries]
    return StackSummary(_limited(frames, limit))


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def _name(kind):
    module = kind.__module__
    if module in ("__main__", "builtins"):
        return kind.__qualname__
    return f"{module}.{kind.__qualname__}" if isinstance(module, str) else f"<unknown>.{kind.__qualname__}"


def _text(value):
    try:
        return str(value)
    except Exception:
        return "<exception str() failed>"


def _only(value):
    kind = type(value)
    if isinstance(value, SyntaxError):
        _unsupported("reports of syntax errors")
    text = None if value is None else _text(value)
    name = _name(kind)
    lines = [f"{name}: {text}\n" if text else f"{name}\n"]
    notes = getattr(value, "__notes__", None)
    if notes is not None:
        if isinstance(notes, (list, tuple)):
            for note in notes:
                lines.extend([part + "\n" for part in _text(note).split("\n")])
        else:
            lines.append(repr(notes) + "\n")
    return lines


def _report(value, tb, limit, chain, seen):
    if isinstance(value, BaseExceptionGroup):
        _unsupported("reports of exception groups")
    if isinstance(value, RecursionError):
        # Where the limit strikes depends on what watches the program.
        _unsupported("reports of a RecursionError")
    lines = []
    seen.add(id(value))
    if chain:
        cause, context = value.__cause__, value.__context__
        if cause is not None:
            if id(cause) not in seen:
                lines += _report(cause, cause.__traceback__, limit, chain, seen)
                lines.append(_CAUSE)
        elif context is not None and not value.__suppress_context__ and id(context) not in seen:
            lines += _report(context, context.__traceback__, limit, chain, seen)
            lines.append(_CONTEXT)
    if tb is not None:
        lines.append("Traceback (most recent call last):\n")
        lines += format_tb(tb, limit)
    return lines + _only(value)


def _arguments(exc, value, tb):
    if (value is _absent) != (tb is _absent):
        raise ValueError("Both or neither of value and tb must be given")
    if value is tb is _absent:
        if exc is not None:
            if isinstance(exc, BaseException):
                return exc, exc.__traceback__
            raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
        return None, None
    return value, tb


def format_exception(exc, /, value=_absent, tb=_absent, limit=None, chain=True):
    value, tb = _arguments(exc, value, tb)
    if value is None:
        return (["Traceback (most recent call last):\n"] + format_tb(tb, limit) if tb is not None else []) + [
            "NoneType: None\n"]
    return _report(value, tb, limit, chain, set())


def format_exception_only(exc, /, value=_absent):
    if value is _absent:
        value = exc
    if value is None:
        return ["NoneType: None\n"]
    _ask_chain(value)
    return _only(value)


def _ask_chain(value):
    """Asks what an exception comes from for its text as well, as whoever reports the whole chain does."""
    seen, waiting = {id(value)}, [value]
    while waiting:
        value = waiting.pop()
        cause = value.__cause__
        context = None if cause is not None or value.__suppress_context__ else value.__context__
        for other in (cause, context):
            if other is not None and id(other) not in seen:
                seen.add(id(other))
                waiting.append(other)
                try:
                    str(other)
                except Exception:
                    pass


def format_exc(limit=None, chain=True):
    return "".join(format_exception(*_sys.exc_info(), limit=limit, chain=chain))


def print_exception(exc, /, value=_absent, tb=_absent, limit=None, file=None, chain=True):
    value, tb = _arguments(exc, value, tb)
    if file is None:
        file = _sys.stderr
    for line in format_exception(exc, value, tb, limit, chain):
        print(line, file=file, end="")


def print_exc(limit=None, file=None, chain=True):
    print_exception(*_sys.exc_info(), limit=limit, file=file, chain=chain)


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit), file)


def print_list(extracted_list, file=None):
    if file is None:
        file = _sys.stderr
    for text in format_list(extracted_list):
        print(text, file=file, end="")


def print_last(limit=None, file=None, chain=True):
    raise ValueError("no last exception")


def _stack(name):
    def refuse(*arguments, **options):
        _unsupported(f"traceback.{name}")

    refuse.__name__ = refuse.__qualname__ = name
    return refuse


extract_stack = _stack("extract_stack")
format_stack = _stack("format_stack")
print_stack = _stack("print_stack")
clear_frames = _stack("clear_frames")
walk_stack = _stack("walk_stack")
walk_tb = _stack("walk_tb")


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, **options):
        if options:
            _unsupported("traceback.TracebackException with options")
        self.exc_type = exc_type
        self.stack = extract_tb(exc_traceback, limit)
        self._value, self._tb, self._limit = exc_value, exc_traceback, limit
        self._str = _text(exc_value)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def format_exception_only(self):
        yield from _only(self._value)

    def format(self, *, chain=True):
        yield from _report(self._value, self._tb, self._limit, chain, set())

    def print(self, *, file=None, chain=True):
        if file is None:
            file = _sys.stderr
        for line in self.format(chain=chain):
            print(line, file=file, end="")

    def __str__(self):
        return self._str
