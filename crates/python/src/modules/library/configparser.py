"""Settings in sections, as `.ini` files have them: read from text and from dictionaries, looked up, written."""

import re as _re
from collections import ChainMap as _ChainMap
from collections.abc import MutableMapping as _MutableMapping

from _absent import kind as _kind
from _tracer import unsupported as _unsupported

__all__ = ["NoSectionError", "DuplicateOptionError", "DuplicateSectionError", "NoOptionError", "InterpolationError",
           "InterpolationDepthError", "InterpolationMissingOptionError", "InterpolationSyntaxError", "ParsingError",
           "MissingSectionHeaderError", "ConfigParser", "SafeConfigParser", "RawConfigParser", "Interpolation",
           "BasicInterpolation", "ExtendedInterpolation", "LegacyInterpolation", "SectionProxy", "ConverterMapping",
           "DEFAULTSECT", "MAX_INTERPOLATION_DEPTH"]

DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10
SafeConfigParser = _kind("configparser.SafeConfigParser")
LegacyInterpolation = _kind("configparser.LegacyInterpolation")
ConverterMapping = _kind("configparser.ConverterMapping")
_ABSENT = object()


class Error(Exception):
    def __init__(self, msg=""):
        self.message = msg
        Exception.__init__(self, msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


def _filled(error, message, arguments, **fields):
    """What an error says, what it was made of, and its fields."""
    Error.__init__(error, message)
    error.__dict__.update(fields)
    error.args = arguments


def _placed(what, source, lineno):
    """What is wrong, and where it was read."""
    if source is None:
        return what[0].upper() + what[1:]
    line = "" if lineno is None else f" [line {lineno:2d}]"
    return f"While reading from {source!r}{line}: {what}"


class NoSectionError(Error):
    def __init__(self, section):
        _filled(self, f"No section: {section!r}", (section,), section=section)


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        _filled(self, _placed(f"section {section!r} already exists", source, lineno), (section, source, lineno),
                section=section, source=source, lineno=lineno)


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        _filled(self, _placed(f"option {option!r} in section {section!r} already exists", source, lineno),
                (section, option, source, lineno), section=section, option=option, source=source, lineno=lineno)


class NoOptionError(Error):
    def __init__(self, option, section):
        _filled(self, f"No option {option!r} in section: {section!r}", (option, section), option=option, section=section)


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        _filled(self, msg, (option, section, msg), option=option, section=section)


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        message = (f"Bad value substitution: option {option!r} in section {section!r} contains an interpolation key "
                   f"{reference!r} which is not a valid option name. Raw value: {rawval!r}")
        _filled(self, message, (option, section, rawval, reference), option=option, section=section, reference=reference)


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationDepthError(InterpolationError):
    def __init__(self, option, section, rawval):
        message = (f"Recursion limit exceeded in value substitution: option {option!r} in section {section!r} contains an "
                   f"interpolation key which cannot be substituted in {MAX_INTERPOLATION_DEPTH} steps. Raw value: {rawval!r}")
        _filled(self, message, (option, section, rawval), option=option, section=section)


class ParsingError(Error):
    def __init__(self, source=None, filename=None):
        if filename is not None or source is None:
            _unsupported("a ParsingError of these arguments")
        _filled(self, f"Source contains parsing errors: {source!r}", (source,), source=source, errors=[])

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += f"\n\t[line {lineno:2d}]: {line}"


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        _filled(self, f"File contains no section headers.\nfile: {filename!r}, line: {lineno}\n{line!r}",
                (filename, lineno, line), source=filename, lineno=lineno, line=line)


class Interpolation:
    """What becomes of values that are looked up, set, read and written: nothing."""

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_read(self, parser, section, option, value):
        return value

    def before_write(self, parser, section, option, value):
        return value


class _Substitution(Interpolation):
    """Values that refer to others: a sign, and a name in brackets."""

    def before_get(self, parser, section, option, value, defaults):
        return "".join(self._pieces(parser, option, value, section, defaults, 1))

    def before_set(self, parser, section, option, value):
        left = self._reference.sub("", value.replace(self._sign * 2, ""))
        if self._sign in left:
            raise ValueError(f"invalid interpolation syntax in {value!r} at position {left.find(self._sign)}")
        return value

    def _pieces(self, parser, option, text, section, known, depth):
        raw = parser.get(section, option, raw=True, fallback=text)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        sign, opening = self._sign, self._opening
        while text:
            head, found, _ = text.partition(sign)
            if head:
                yield head
            if not found:
                return
            text = text[len(head):]
            following = text[1:2]
            if following == sign:
                yield sign
                text = text[2:]
                continue
            if following != opening:
                raise InterpolationSyntaxError(
                    option, section, f"{sign!r} must be followed by {sign!r} or {opening!r}, found: {text!r}")
            match = self._reference.match(text)
            if match is None:
                raise InterpolationSyntaxError(option, section, f"bad interpolation variable reference {text!r}")
            text = text[match.end():]
            place, name, value = self._looked_up(parser, option, section, known, match[1], raw, text)
            if sign not in value:
                yield value
            elif place is None:
                yield from self._pieces(parser, name, value, section, known, depth + 1)
            else:
                yield from self._pieces(parser, name, value, place, dict(parser.items(place, raw=True)), depth + 1)


class BasicInterpolation(_Substitution):
    _sign, _opening = "%", "("
    _reference = _re.compile(r"%\(([^)]+)\)s")

    def _looked_up(self, parser, option, section, known, reference, raw, rest):
        name = parser.optionxform(reference)
        try:
            return None, option, known[name]
        except KeyError:
            raise InterpolationMissingOptionError(option, section, raw, name) from None


class ExtendedInterpolation(_Substitution):
    _sign, _opening = "$", "{"
    _reference = _re.compile(r"\$\{([^}]+)\}")

    def _looked_up(self, parser, option, section, known, reference, raw, rest):
        place, name = None, option
        try:
            match reference.split(":"):
                case [name]:
                    name = parser.optionxform(name)
                    value = known[name]
                case [place, name]:
                    name = parser.optionxform(name)
                    value = parser.get(place, name, raw=True)
                case _:
                    raise InterpolationSyntaxError(option, section, f"More than one ':' found: {rest!r}")
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, raw, reference) from None
        return place or section, name, value


class RawConfigParser(_MutableMapping):
    _DEFAULT_INTERPOLATION = Interpolation()
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    SECTCRE = _re.compile(r"\[(?P<header>.+)\]")
    NONSPACECRE = _re.compile(r"\S")

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"),
                 comment_prefixes=("#", ";"), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True,
                 default_section=DEFAULTSECT, interpolation=_ABSENT, converters=_ABSENT):
        if converters is not _ABSENT or dict_type is not dict:
            _unsupported("a ConfigParser with converters or another dict_type")
        self._sections, self._defaults, self._proxies = {}, {}, {default_section: SectionProxy(self, default_section)}
        self._delimiters = tuple(delimiters)
        marks = "|".join([_re.escape(mark) for mark in self._delimiters])
        tail = rf"(?:(?P<vi>{marks})\s*(?P<value>.*))?$" if allow_no_value else rf"(?P<vi>{marks})\s*(?P<value>.*)$"
        self._line = _re.compile(rf"(?P<option>.*?)\s*{tail}")
        self._comments, self._inline_comments = tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._strict, self._allow_no_value, self._keeps_empty = strict, allow_no_value, empty_lines_in_values
        self.default_section = default_section
        if interpolation is _ABSENT:
            interpolation = self._DEFAULT_INTERPOLATION
        self._interpolation = Interpolation() if interpolation is None else interpolation
        if not isinstance(self._interpolation, Interpolation):
            _unsupported("such an interpolation")
        if defaults:
            self._read_defaults(defaults)

    def _read_defaults(self, defaults):
        for name, value in defaults.items():
            self._defaults[self.optionxform(name)] = value

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError(f"Invalid section name: {section!r}")
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}
        self._proxies[section] = SectionProxy(self, section)

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section) from None
        return list({**self._sections[section], **self._defaults})

    def read(self, filenames, encoding=None):
        _unsupported("ConfigParser.read of files")

    def read_file(self, f, source=None):
        if source is None:
            source = getattr(f, "name", "<???>")
        self._read(f, source)

    def read_string(self, string, source="<string>"):
        self._read(_lines(string), source)

    def read_dict(self, dictionary, source="<dict>"):
        seen = set()
        for section, options in dictionary.items():
            section = str(section)
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if self._strict and section in seen:
                    raise
            seen.add(section)
            for name, value in options.items():
                name = self.optionxform(str(name))
                if value is not None:
                    value = str(value)
                if self._strict and (section, name) in seen:
                    raise DuplicateOptionError(section, name, source)
                seen.add((section, name))
                self.set(section, name, value)

    def _layers(self, section, variables):
        own = {}
        if section in self._sections:
            own = self._sections[section]
        elif section != self.default_section:
            raise NoSectionError(section) from None
        given = {self.optionxform(name): value if value is None else str(value) for name, value in (variables or {}).items()}
        return _ChainMap(given, own, self._defaults)

    def get(self, section, option, *, raw=False, vars=None, fallback=_ABSENT):
        try:
            values = self._layers(section, vars)
        except NoSectionError:
            if fallback is _ABSENT:
                raise
            return fallback
        option = self.optionxform(option)
        if option not in values:
            if fallback is _ABSENT:
                raise NoOptionError(option, section)
            return fallback
        value = values[option]
        return value if raw or value is None else self._interpolation.before_get(self, section, option, value, values)

    def _converted(self, convert, section, option, raw, vars, fallback):
        try:
            value = self.get(section, option, raw=raw, vars=vars)
        except (NoSectionError, NoOptionError):
            if fallback is _ABSENT:
                raise
            return fallback
        return convert(value)

    def getint(self, section, option, *, raw=False, vars=None, fallback=_ABSENT):
        return self._converted(int, section, option, raw, vars, fallback)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_ABSENT):
        return self._converted(float, section, option, raw, vars, fallback)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_ABSENT):
        return self._converted(self._boolean, section, option, raw, vars, fallback)

    def _boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f"Not a boolean: {value}")
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_ABSENT, raw=False, vars=None):
        if section is _ABSENT:
            return super().items()
        values = dict(self._defaults)
        if section in self._sections:
            values.update(self._sections[section])
        elif section != self.default_section:
            raise NoSectionError(section)
        names = list(values)
        for name, value in (vars or {}).items():
            values[self.optionxform(name)] = value
        if raw:
            return [(name, values[name]) for name in names]
        return [(name, self._interpolation.before_get(self, section, name, values[name], values)) for name in names]

    def popitem(self):
        for section in self.sections():
            value = self[section]
            del self[section]
            return section, value
        raise KeyError

    def optionxform(self, optionstr):
        return optionstr.lower()

    def has_option(self, section, option):
        if not section or section == self.default_section:
            return self.optionxform(option) in self._defaults
        if section not in self._sections:
            return False
        option = self.optionxform(option)
        return option in self._sections[section] or option in self._defaults

    def _own(self, section):
        if not section or section == self.default_section:
            return self._defaults
        if section not in self._sections:
            raise NoSectionError(section) from None
        return self._sections[section]

    def set(self, section, option, value=None):
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        self._own(section)[self.optionxform(option)] = value

    def write(self, fp, space_around_delimiters=True):
        delimiter = self._delimiters[0]
        if space_around_delimiters:
            delimiter = f" {delimiter} "
        shown = [(self.default_section, self._defaults)] if self._defaults else []
        for section, options in shown + list(self._sections.items()):
            fp.write(f"[{section}]\n")
            for name, value in options.items():
                value = self._interpolation.before_write(self, section, name, value)
                if value is None and self._allow_no_value:
                    fp.write(name + "\n")
                else:
                    fp.write(name + delimiter + str(value).replace("\n", "\n\t") + "\n")
            fp.write("\n")

    def remove_option(self, section, option):
        options, option = self._own(section), self.optionxform(option)
        return options.pop(option, _ABSENT) is not _ABSENT

    def remove_section(self, section):
        existed = section in self._sections
        if existed:
            del self._sections[section], self._proxies[section]
        return existed

    def __getitem__(self, key):
        if key != self.default_section and not self.has_section(key):
            raise KeyError(key)
        return self._proxies[key]

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if not self.has_section(key):
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        yield self.default_section
        yield from self._sections

    def _stripped(self, line):
        """A line without its comment, and whether it had one."""
        end = len(line)
        for prefix in self._inline_comments:
            at = line.find(prefix)
            while 0 <= at < end:
                if not at or line[at - 1].isspace():
                    end = at
                at = line.find(prefix, at + 1)
        if line.strip().startswith(self._comments):
            end = 0
        return line[:end].strip(), end < len(line)

    def _read(self, lines, source):
        seen, values, failure = set(), None, None
        section = option = None
        indent = 0
        for number, line in enumerate(lines, 1):
            text, commented = self._stripped(line)
            if not text:
                if not self._keeps_empty:
                    # The value ends: no line is indented so far.
                    indent = float("inf")
                elif not commented and values is not None and option and values[option] is not None:
                    values[option].append("")
                continue
            own = len(line) - len(line.lstrip())
            if values is not None and option and own > indent:
                values[option].append(text)
                continue
            indent = own
            header = self.SECTCRE.match(text)
            if header:
                section, option = header["header"], None
                if section in self._sections:
                    if self._strict and section in seen:
                        raise DuplicateSectionError(section, source, number)
                    values = self._sections[section]
                    seen.add(section)
                elif section == self.default_section:
                    values = self._defaults
                else:
                    values = self._sections[section] = {}
                    self._proxies[section] = SectionProxy(self, section)
                    seen.add(section)
                continue
            if values is None:
                raise MissingSectionHeaderError(source, number, line)
            match = self._line.match(text)
            if not match or not match["option"]:
                failure = failure or ParsingError(source)
                failure.append(number, repr(line))
                if not match:
                    continue
            option = self.optionxform(match["option"].rstrip())
            if self._strict and (section, option) in seen:
                raise DuplicateOptionError(section, option, source, number)
            seen.add((section, option))
            values[option] = None if match["value"] is None else [match["value"].strip()]
        for section, options in [(self.default_section, self._defaults), *self._sections.items()]:
            for name, value in options.items():
                if isinstance(value, list):
                    value = "\n".join(value).rstrip()
                options[name] = self._interpolation.before_read(self, section, name, value)
        if failure:
            raise failure


def _lines(text):
    """The lines of a text, as a file of it gives them."""
    from io import StringIO

    return StringIO(text)


class ConfigParser(RawConfigParser):
    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def _check(self, section="", option="", value=""):
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if not isinstance(value, str) and not (self._allow_no_value and not value):
            raise TypeError("option values must be strings")

    def set(self, section, option, value=None):
        self._check(option=option, value=value)
        super().set(section, option, value)

    def add_section(self, section):
        self._check(section=section)
        super().add_section(section)

    def _read_defaults(self, defaults):
        self.read_dict({self.default_section: defaults})


class SectionProxy(_MutableMapping):
    """A section's options as a mapping."""

    def __init__(self, parser, name):
        self._parser, self._name = parser, name

    def __repr__(self):
        return f"<Section: {self._name}>"

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        if not isinstance(value, str) and not (self._parser._allow_no_value and not value):
            raise TypeError("option values must be strings")
        return self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def _options(self):
        return list(self._parser.defaults()) if self._name == self._parser.default_section else self._parser.options(self._name)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getint(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.getint(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getfloat(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.getfloat(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getboolean(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.getboolean(self._name, option, raw=raw, vars=vars, fallback=fallback)
