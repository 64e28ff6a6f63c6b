"""`pprint`: objects that fit on one line."""

from _tracer import unsupported


def _key(item):
    key = item[0] if isinstance(item, tuple) else item
    return key


def _shown(value, sort, level):
    if level > 50:
        unsupported("pprint: deep nesting")
    kind = type(value)
    if kind is dict:
        items = list(value.items())
        if sort:
            kinds = {type(key) for key in value}
            if len(kinds) > 1 or any(not isinstance(key, (str, int, float)) for key in value):
                unsupported("pprint: keys of mixed types")
            items.sort(key=_key)
        inner = ", ".join([f"{_shown(key, sort, level + 1)}: {_shown(item, sort, level + 1)}" for key, item in items])
        return "{" + inner + "}"
    if kind is list:
        return "[" + ", ".join([_shown(item, sort, level + 1) for item in value]) + "]"
    if kind is tuple:
        inner = ", ".join([_shown(item, sort, level + 1) for item in value])
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if kind in (int, str, float, bool, type(None), bytes, complex):
        return repr(value)
    unsupported(f"pprint of {kind.__name__}")


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    if depth is not None or underscore_numbers:
        unsupported("pprint with a depth or underscores")
    text = _shown(object, sort_dicts, 0)
    if len(text) > width:
        unsupported("pprint over several lines")
    return text


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    if stream is not None:
        unsupported("pprint to a stream")
    print(pformat(object, indent, width, depth, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers))


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)
