"""Options on a command line, the way of C's getopt()."""

import os as _os

from _tracer import unsupported as _unsupported

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    opt = ""
    msg = ""

    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    found = []
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        if args[0].startswith("--"):
            args = _long(found, args[0][2:], longopts, args[1:])
        else:
            args = _short(found, args[0][1:], shortopts, args[1:])
    return found, args


def gnu_getopt(args, shortopts, longopts=[]):
    """Options may stand among the arguments too."""
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    if not shortopts.startswith("+"):
        _unsupported("getopt.gnu_getopt, which asks the environment")
    shortopts = shortopts[1:]
    found = []
    while args:
        if args[0] == "--":
            return found, args[1:]
        if args[0][:2] == "--":
            args = _long(found, args[0][2:], longopts, args[1:])
        elif args[0][:1] == "-" and args[0] != "-":
            args = _short(found, args[0][1:], shortopts, args[1:])
        else:
            return found, args
    return found, []


def _long(found, option, known, rest):
    name, equals, value = option.partition("=")
    value = value if equals else None
    possible = [long for long in known if long.startswith(name)]
    if not possible:
        raise GetoptError(f"option --{name} not recognized", name)
    if name in possible:
        wants = False
    elif name + "=" in possible:
        wants = True
    else:
        if len(possible) > 1:
            raise GetoptError(f"option --{name} not a unique prefix", name)
        wants = possible[0].endswith("=")
        name = possible[0][:-1] if wants else possible[0]
    if wants:
        if value is None:
            if not rest:
                raise GetoptError(f"option --{name} requires argument", name)
            value, rest = rest[0], rest[1:]
    elif value is not None:
        raise GetoptError(f"option --{name} must not have an argument", name)
    found.append(("--" + name, value or ""))
    return rest


def _wants(letter, known):
    for at, other in enumerate(known):
        if letter == other != ":":
            return known.startswith(":", at + 1)
    raise GetoptError(f"option -{letter} not recognized", letter)


def _short(found, letters, known, rest):
    while letters:
        letter, letters = letters[0], letters[1:]
        value = ""
        if _wants(letter, known):
            if not letters:
                if not rest:
                    raise GetoptError(f"option -{letter} requires argument", letter)
                letters, rest = rest[0], rest[1:]
            value, letters = letters, ""
        found.append(("-" + letter, value))
    return rest
