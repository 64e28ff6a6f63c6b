"""`pprint`: values over as many lines as the width asks for."""

import sys as _sys
import types as _types
from io import StringIO as _StringIO

from _tracer import unsupported as _unsupported

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]

_PLAIN = frozenset({str, bytes, bytearray, float, complex, bool, type(None)})


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[1]


def isrecursive(object):
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[2]


class _Rank:
    """A key for sorting what may have no order: by type's name then."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        mine, theirs = self.value, other.value
        try:
            return mine < theirs
        except TypeError:
            first, second = str(type(mine)), str(type(theirs))
            if first == second:
                _unsupported("pprint: order by address")
            return first < second


def _sorted_items(mapping):
    return sorted(mapping.items(), key=lambda item: (_Rank(item[0]), _Rank(item[1])))


def _recursion(object):
    _unsupported("pprint of a value that contains itself (its address is shown)")


def _is_data(object):
    """Whether `dataclass` made the object's class and its repr."""
    if not hasattr(type(object), "__dataclass_fields__") or isinstance(object, type):
        return False
    if not object.__dataclass_params__.repr:
        return False
    return getattr(object.__repr__, "__module__", None) == "_dataclass_methods"


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._indent_per_level, self._width, self._depth = indent, width, depth
        self._stream = _sys.stdout if stream is None else stream
        self._compact, self._sort_dicts, self._underscore_numbers = bool(compact), sort_dicts, underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        text = _StringIO()
        self._format(object, text, 0, 0, {}, 0)
        return text.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        return self._safe_repr(object, context, maxlevels, level)

    # The text on one line.

    def _repr(self, object, context, level):
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        if not readable:
            self._readable = False
        if recursive:
            self._recursive = True
        return text

    def _safe_repr(self, object, context, maxlevels, level):
        """(text, whether it can be evaluated, whether it contains itself)."""
        kind = type(object)
        if kind in _PLAIN:
            return repr(object), True, False
        own = getattr(kind, "__repr__", None)
        if own is int.__repr__ and issubclass(kind, int):
            return f"{object:_d}" if self._underscore_numbers else repr(object), True, False
        if own is dict.__repr__ and issubclass(kind, dict):
            opening, closing = "{", "}"
        elif own is list.__repr__ and issubclass(kind, list):
            opening, closing = "[", "]"
        elif own is tuple.__repr__ and issubclass(kind, tuple):
            opening, closing = "(", ",)" if len(object) == 1 else ")"
        else:
            text = repr(object)
            return text, text and not text.startswith("<"), False
        if not object:
            return opening + closing, True, False
        if maxlevels and level >= maxlevels:
            return f"{opening}...{closing}", False, id(object) in context
        if id(object) in context:
            return _recursion(object), False, True
        context[id(object)] = 1
        level += 1
        readable, recursive = True, False
        parts = []

        def shown(part):
            nonlocal readable, recursive
            text, part_readable, part_recursive = self.format(part, context, maxlevels, level)
            readable = readable and part_readable
            recursive = recursive or part_recursive
            return text

        if opening == "{":
            for key, value in _sorted_items(object) if self._sort_dicts else object.items():
                text = shown(key)
                parts.append(f"{text}: {shown(value)}")
        else:
            for item in object:
                parts.append(shown(item))
        del context[id(object)]
        return opening + ", ".join(parts) + closing, readable, bool(recursive)

    # The text over several lines. `allowance` is what has to follow on the last one.

    def _format(self, object, stream, indent, allowance, context, level):
        identity = id(object)
        if identity in context:
            stream.write(_recursion(object))
        text = self._repr(object, context, level)
        write = None
        if len(text) > self._width - indent - allowance:
            own = type(object).__repr__
            write = _WRITERS.get(own) or _more_writers().get(own)
            if write is None and _is_data(object):
                write = PrettyPrinter._write_data
        if write is None:
            stream.write(text)
            return
        context[identity] = 1
        write(self, object, stream, indent, allowance, context, level + 1)
        del context[identity]

    def _pad(self, stream):
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")

    def _write_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        self._pad(stream)
        break_line = ",\n" + " " * indent
        full = left = self._width - indent + 1
        separator = ""
        source = iter(items)
        try:
            following = next(source)
        except StopIteration:
            return
        last = False
        while not last:
            item = following
            try:
                following = next(source)
            except StopIteration:
                last = True
                full -= allowance
                left -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                size = len(text) + 2
                if left < size:
                    left = full
                    if separator:
                        separator = break_line
                if left >= size:
                    left -= size
                    stream.write(separator)
                    separator = ", "
                    stream.write(text)
                    continue
            stream.write(separator)
            separator = break_line
            self._format(item, stream, indent, allowance if last else 1, context, level)

    def _write_pairs(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        for number, (key, value) in enumerate(items, 1):
            last = number == len(items)
            text = self._repr(key, context, level)
            stream.write(text)
            stream.write(": ")
            self._format(value, stream, indent + len(text) + 2, allowance if last else 1, context, level)
            if not last:
                stream.write(",\n" + " " * indent)

    def _write_attributes(self, name, items, stream, indent, allowance, context, level):
        indent += len(name) + 1
        stream.write(name + "(")
        for number, (key, value) in enumerate(items, 1):
            last = number == len(items)
            stream.write(key)
            stream.write("=")
            if id(value) in context:
                stream.write("...")
            else:
                self._format(value, stream, indent + len(key) + 1, allowance if last else 1, context, level)
            if not last:
                stream.write(",\n" + " " * indent)
        stream.write(")")

    def _write_dict(self, object, stream, indent, allowance, context, level):
        stream.write("{")
        self._pad(stream)
        if len(object):
            items = _sorted_items(object) if self._sort_dicts else object.items()
            self._write_pairs(items, stream, indent, allowance + 1, context, level)
        stream.write("}")

    def _write_list(self, object, stream, indent, allowance, context, level):
        stream.write("[")
        self._write_items(object, stream, indent, allowance + 1, context, level)
        stream.write("]")

    def _write_tuple(self, object, stream, indent, allowance, context, level):
        closing = ",)" if len(object) == 1 else ")"
        stream.write("(")
        self._write_items(object, stream, indent, allowance + len(closing), context, level)
        stream.write(closing)

    def _write_set(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        kind = object.__class__
        if kind is set:
            opening, closing = "{", "}"
        else:
            opening, closing = kind.__name__ + "({", "})"
        stream.write(opening)
        indent += len(opening) - 1
        self._write_items(sorted(object, key=_Rank), stream, indent, allowance + len(closing), context, level)
        stream.write(closing)

    def _write_str(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        outermost = level == 1
        if outermost:
            indent += 1
            allowance += 1
        width = self._width - indent
        chunks = []
        lines = object.splitlines(True)
        for number, line in enumerate(lines, 1):
            is_last = number == len(lines)
            text = repr(line)
            if len(text) <= width - (allowance if is_last else 0):
                chunks.append(text)
                continue
            # Too long for one piece: words with the space behind them.
            words = _words(line)
            current = ""
            for place, word in enumerate(words, 1):
                room = width - (allowance if is_last and place == len(words) else 0)
                if len(repr(current + word)) > room:
                    if current:
                        chunks.append(repr(current))
                    current = word
                else:
                    current += word
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            stream.write(text)
            return
        self._write_chunks(chunks, stream, indent, outermost)

    def _write_chunks(self, chunks, stream, indent, outermost):
        if outermost:
            stream.write("(")
        for place, chunk in enumerate(chunks):
            if place:
                stream.write("\n" + " " * indent)
            stream.write(chunk)
        if outermost:
            stream.write(")")

    def _write_bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        outermost = level == 1
        if outermost:
            indent += 1
            allowance += 1
        width = self._width - indent
        chunks, current = [], b""
        for start in range(0, len(object), 4):
            part = object[start:start + 4]
            if start == len(object) // 4 * 4:
                width -= allowance
            if len(repr(current + part)) > width:
                if current:
                    chunks.append(repr(current))
                current = part
            else:
                current += part
        if current:
            chunks.append(repr(current))
        self._write_chunks(chunks, stream, indent, outermost)

    def _write_bytearray(self, object, stream, indent, allowance, context, level):
        stream.write("bytearray(")
        self._write_bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(")")

    def _write_proxy(self, object, stream, indent, allowance, context, level):
        stream.write("mappingproxy(")
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(")")

    def _write_namespace(self, object, stream, indent, allowance, context, level):
        kind = type(object)
        name = "namespace" if kind is _types.SimpleNamespace else object.__class__.__name__
        self._write_attributes(name, object.__dict__.items(), stream, indent, allowance, context, level)

    def _write_data(self, object, stream, indent, allowance, context, level):
        from dataclasses import fields
        items = [(field.name, getattr(object, field.name)) for field in fields(object) if field.repr]
        self._write_attributes(object.__class__.__name__, items, stream, indent, allowance, context, level)

    def _write_ordered(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        self._format(list(object.items()), stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(")")

    def _write_defaulting(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write(f"{name}({factory},\n{' ' * indent}")
        self._write_dict(object, stream, indent, allowance + 1, context, level)
        stream.write(")")

    def _write_counter(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "({")
        self._pad(stream)
        self._write_pairs(object.most_common(), stream, indent + len(name) + 1, allowance + 2, context, level)
        stream.write("})")

    def _write_chain(self, object, stream, indent, allowance, context, level):
        if not len(object.maps):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        indent += len(name) + 1
        for number, mapping in enumerate(object.maps, 1):
            if number == len(object.maps):
                self._format(mapping, stream, indent, allowance + 1, context, level)
                stream.write(")")
            else:
                self._format(mapping, stream, indent, 1, context, level)
                stream.write(",\n" + " " * indent)

    def _write_deque(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + "(")
        indent += len(name) + 1
        stream.write("[")
        if object.maxlen is None:
            self._write_items(object, stream, indent, allowance + 2, context, level)
            stream.write("])")
        else:
            self._write_items(object, stream, indent, 2, context, level)
            limit = self._repr(object.maxlen, context, level)
            stream.write(f"],\n{' ' * indent}maxlen={limit})")

    def _write_wrapped(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)


def _words(line):
    """The line cut behind each run of white space."""
    words, start, in_space = [], 0, False
    for place, character in enumerate(line):
        if character.isspace():
            in_space = True
        elif in_space:
            words.append(line[start:place])
            start, in_space = place, False
    words.append(line[start:])
    return words


_WRITERS = {
    dict.__repr__: PrettyPrinter._write_dict,
    list.__repr__: PrettyPrinter._write_list,
    tuple.__repr__: PrettyPrinter._write_tuple,
    set.__repr__: PrettyPrinter._write_set,
    frozenset.__repr__: PrettyPrinter._write_set,
    str.__repr__: PrettyPrinter._write_str,
    bytes.__repr__: PrettyPrinter._write_bytes,
    bytearray.__repr__: PrettyPrinter._write_bytearray,
    _types.MappingProxyType.__repr__: PrettyPrinter._write_proxy,
    _types.SimpleNamespace.__repr__: PrettyPrinter._write_namespace,
}
_collection_writers = {}


def _more_writers():
    """The writers of the types of `collections`."""
    if not _collection_writers:
        import collections
        for name, write in (
                ("OrderedDict", PrettyPrinter._write_ordered), ("defaultdict", PrettyPrinter._write_defaulting),
                ("Counter", PrettyPrinter._write_counter), ("ChainMap", PrettyPrinter._write_chain),
                ("deque", PrettyPrinter._write_deque), ("UserDict", PrettyPrinter._write_wrapped),
                ("UserList", PrettyPrinter._write_wrapped), ("UserString", PrettyPrinter._write_wrapped)):
            _collection_writers[getattr(collections, name).__repr__] = write
    return _collection_writers
