__name__ = "collections"

from collections import _named_tuple


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    return _named_tuple(typename, field_names, rename, defaults, module)
