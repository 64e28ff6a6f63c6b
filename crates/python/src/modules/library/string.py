"""Constants of characters, capwords and templates."""

import re as _re


__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits",
           "printable", "punctuation", "whitespace", "Formatter", "Template"]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdefABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(word.capitalize() for word in s.split(sep))


class Template:
    """Text with $-placeholders."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = _re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        if "pattern" in cls.__dict__:
            source = cls.pattern
        else:
            mark = _re.escape(cls.delimiter)
            name = cls.idpattern
            braced = cls.braceidpattern or name
            source = (mark + r"(?:(?P<escaped>" + mark + r")|(?P<named>" + name + r")|{(?P<braced>" + braced
                      + r")}|(?P<invalid>))")
        cls.pattern = _re.compile(source, cls.flags | _re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def _invalid(self, match):
        before = self.template[:match.start("invalid")].splitlines(keepends=True)
        if before:
            line, column = len(before), match.start("invalid") - len("".join(before[:-1]))
        else:
            line, column = 1, 1
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (line, column))

    def _substitute(self, positional, named, safe):
        if len(positional) > 1:
            raise TypeError("Too many positional arguments")
        values = {**positional[0], **named} if positional and named else positional[0] if positional else named

        def replaced(match):
            name = match.group("named") or match.group("braced")
            if name is not None:
                if not safe:
                    return str(values[name])
                try:
                    return str(values[name])
                except KeyError:
                    return match.group()
            if match.group("escaped") is not None:
                return self.delimiter
            if match.group("invalid") is not None:
                if safe:
                    return match.group()
                self._invalid(match)
            raise ValueError("Unrecognized named group in pattern", self.pattern)

        return self.pattern.sub(replaced, self.template)

    def substitute(self, /, *args, **kwds):
        return self._substitute(args, kwds, False)

    def safe_substitute(self, /, *args, **kwds):
        return self._substitute(args, kwds, True)

    def is_valid(self):
        for match in self.pattern.finditer(self.template):
            if match.group("invalid") is not None:
                return False
            self._check(match)
        return True

    def get_identifiers(self):
        names = []
        for match in self.pattern.finditer(self.template):
            name = match.group("named") or match.group("braced")
            if name is not None and name not in names:
                names.append(name)
            elif name is None and match.group("invalid") is None:
                self._check(match)
        return names

    def _check(self, match):
        """A pattern of the program's own may have groups beside the four."""
        if all(match.group(kind) is None for kind in ("named", "braced", "escaped")):
            raise ValueError("Unrecognized named group in pattern", self.pattern)


Template.__init_subclass__()


def __getattr__(name):
    if name != "Formatter":
        raise AttributeError(f"module 'string' has no attribute '{name}'")
    from _string_formatter import Formatter

    globals()["Formatter"] = Formatter
    return Formatter
