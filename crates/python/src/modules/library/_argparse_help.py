"""The texts of `argparse`: usage and help, laid out for a terminal of 80 columns."""

import re as _re

from _tracer import unsupported as _unsupported

__name__ = "argparse"

SUPPRESS = "==SUPPRESS=="
OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
PARSER = "A..."
REMAINDER = "..."

_COLUMNS = 80


class _AttributeHolder:
    """Shows its attributes in its repr."""

    def _get_args(self):
        return []

    def _get_kwargs(self):
        return list(self.__dict__.items())

    def __repr__(self):
        parts = [repr(value) for value in self._get_args()]
        others = {}
        for name, value in self._get_kwargs():
            if name.isidentifier():
                parts.append(f"{name}={value!r}")
            else:
                others[name] = value
        if others:
            parts.append(f"**{others!r}")
        return f"{type(self).__name__}({', '.join(parts)})"


class _Section:
    def __init__(self, formatter, parent, heading=None):
        self.formatter, self.parent, self.heading, self.items = formatter, parent, heading, []

    def format_help(self):
        formatter = self.formatter
        if self.parent is not None:
            formatter._indent()
        text = formatter._join_parts([function(*arguments) for function, arguments in self.items])
        if self.parent is not None:
            formatter._dedent()
        if not text:
            return ""
        heading = ""
        if self.heading is not SUPPRESS and self.heading is not None:
            heading = f"{' ' * formatter._current_indent}{self.heading}:\n"
        return formatter._join_parts(["\n", heading, text, "\n"])


_Section.__qualname__ = "HelpFormatter._Section"


def _parts_of_usage(text):
    """Brackets with what is in them stay together."""
    return _re.findall(r"\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+", text)


def _filled(parts, width, indent, first=None):
    """Lines of parts, each after an indent; `first` is what the first line begins with in place of its own."""
    lines, line = [], []
    length = len(indent if first is None else first) - 1
    for part in parts:
        if line and length + 1 + len(part) > width:
            lines.append(indent + " ".join(line))
            line, length = [], len(indent) - 1
        line.append(part)
        length += len(part) + 1
    if line:
        lines.append(indent + " ".join(line))
    if first is not None:
        lines[0] = lines[0][len(indent):]
    return lines


class HelpFormatter:
    _Section = _Section

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            width = _COLUMNS - 2
        self._prog = prog
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self._width = width
        self._current_indent = self._level = self._action_max_length = 0
        self._current_section = self._root_section = self._Section(self, None)

    def _indent(self):
        self._current_indent += self._indent_increment
        self._level += 1

    def _dedent(self):
        self._current_indent -= self._indent_increment
        self._level -= 1

    # What the help consists of.

    def _add_item(self, func, args):
        self._current_section.items.append((func, args))

    def start_section(self, heading):
        section = self._Section(self, self._current_section, heading)
        self._add_item(section.format_help, [])
        self._indent()
        self._current_section = section

    def end_section(self):
        self._current_section = self._current_section.parent
        self._dedent()

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._add_item(self._format_text, [text])

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        headers = [self._format_action_invocation(action)]
        for inner in self._iter_indented_subactions(action):
            headers.append(self._format_action_invocation(inner))
        length = max([len(header) for header in headers]) + self._current_indent
        self._action_max_length = max(self._action_max_length, length)
        self._add_item(self._format_action, [action])

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    def format_help(self):
        text = self._root_section.format_help()
        if text:
            text = _re.sub("\n{3,}", "\n\n", text).strip("\n") + "\n"
        return text

    def _join_parts(self, part_strings):
        return "".join([part for part in part_strings if part and part is not SUPPRESS])

    # Usage.

    def _format_usage(self, usage, actions, groups, prefix):
        if prefix is None:
            prefix = "usage: "
        prog = str(self._prog)
        if usage is not None:
            usage = usage % dict(prog=self._prog)
        elif not actions:
            usage = prog
        else:
            options = [action for action in actions if action.option_strings]
            positionals = [action for action in actions if not action.option_strings]
            rest = self._format_actions_usage(options + positionals, groups)
            usage = " ".join([part for part in (prog, rest) if part])
            width = self._width - self._current_indent
            if len(prefix) + len(usage) > width:
                usage = self._broken_usage(prefix, prog, options, positionals, groups, width)
        return f"{prefix}{usage}\n\n"

    def _broken_usage(self, prefix, prog, options, positionals, groups, width):
        texts = [self._format_actions_usage(part, groups) for part in (options, positionals)]
        option_parts, positional_parts = [_parts_of_usage(text) for text in texts]
        if texts != [" ".join(option_parts), " ".join(positional_parts)]:
            raise AssertionError
        if len(prefix) + len(prog) <= 0.75 * width:
            indent = " " * (len(prefix) + len(prog) + 1)
            if option_parts:
                lines = _filled([prog] + option_parts, width, indent, prefix)
                lines += _filled(positional_parts, width, indent)
            elif positional_parts:
                lines = _filled([prog] + positional_parts, width, indent, prefix)
            else:
                lines = [prog]
        else:
            indent = " " * len(prefix)
            lines = _filled(option_parts + positional_parts, width, indent)
            if len(lines) > 1:
                lines = _filled(option_parts, width, indent) + _filled(positional_parts, width, indent)
            lines = [prog] + lines
        return "\n".join(lines)

    def _format_actions_usage(self, actions, groups):
        grouped = set()
        # Brackets and bars of groups of exclusive arguments, by the action they stand before.
        marks = {}
        for group in groups:
            members = group._group_actions
            if not members:
                raise ValueError(f"empty group {group}")
            if members[0] not in actions:
                continue
            start = actions.index(members[0])
            end = start + len(members)
            if actions[start:end] != members:
                continue
            grouped.update(members)
            shown = len([member for member in members if member.help is not SUPPRESS])
            if not group.required or shown > 1:
                opening, closing = ("(", ")") if group.required else ("[", "]")
                marks[start] = f"{marks[start]} {opening}" if start in marks else opening
                marks[end] = marks[end] + closing if end in marks else closing
            for place in range(start + 1, end):
                marks[place] = "|"
        parts = []
        for place, action in enumerate(actions):
            if action.help is SUPPRESS:
                parts.append(None)
                for bar in (place, place + 1):
                    if marks.get(bar) == "|":
                        del marks[bar]
                        break
                continue
            if not action.option_strings:
                part = self._format_args(action, self._get_default_metavar_for_positional(action))
                if action in grouped and part[0] == "[" and part[-1] == "]":
                    part = part[1:-1]
            else:
                if action.nargs == 0:
                    part = action.format_usage()
                else:
                    values = self._format_args(action, self._get_default_metavar_for_optional(action))
                    part = f"{action.option_strings[0]} {values}"
                if not action.required and action not in grouped:
                    part = f"[{part}]"
            parts.append(part)
        for place in sorted(marks, reverse=True):
            parts.insert(place, marks[place])
        text = " ".join([part for part in parts if part is not None])
        text = _re.sub(r"([\[(]) ", r"\1", text)
        text = _re.sub(r" ([\])])", r"\1", text)
        return _re.sub(r"[\[(] *[\])]", "", text).strip()

    # Help.

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % dict(prog=self._prog)
        width = max(self._width - self._current_indent, 11)
        return self._fill_text(text, width, " " * self._current_indent) + "\n\n"

    def _format_action(self, action):
        help_at = min(self._action_max_length + 2, self._max_help_position)
        help_width = max(self._width - help_at, 11)
        room = help_at - self._current_indent - 2
        header = self._format_action_invocation(action)
        margin = " " * self._current_indent
        first_at = help_at
        if action.help and len(header) <= room:
            header = f"{margin}{header:<{room}}  "
            first_at = 0
        else:
            header = f"{margin}{header}\n"
        parts = [header]
        if action.help and action.help.strip():
            text = self._expand_help(action)
            if text:
                lines = self._split_lines(text, help_width)
                parts.append(f"{' ' * first_at}{lines[0]}\n")
                for line in lines[1:]:
                    parts.append(f"{' ' * help_at}{line}\n")
        elif not header.endswith("\n"):
            parts.append("\n")
        for inner in self._iter_indented_subactions(action):
            parts.append(self._format_action(inner))
        return self._join_parts(parts)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            metavar, = self._metavar_formatter(action, self._get_default_metavar_for_positional(action))(1)
            return metavar
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        values = self._format_args(action, self._get_default_metavar_for_optional(action))
        return ", ".join([f"{name} {values}" for name in action.option_strings])

    def _metavar_formatter(self, action, default_metavar):
        if action.metavar is not None:
            name = action.metavar
        elif action.choices is not None:
            name = "{" + ",".join([str(choice) for choice in action.choices]) + "}"
        else:
            name = default_metavar

        def format(tuple_size):
            return name if isinstance(name, tuple) else (name,) * tuple_size

        return format

    def _format_args(self, action, default_metavar):
        names = self._metavar_formatter(action, default_metavar)
        nargs = action.nargs
        if nargs is None:
            return "%s" % names(1)
        if nargs == OPTIONAL:
            return "[%s]" % names(1)
        if nargs == ZERO_OR_MORE:
            name = names(1)
            return ("[%s [%s ...]]" if len(name) == 2 else "[%s ...]") % name
        if nargs == ONE_OR_MORE:
            return "%s [%s ...]" % names(2)
        if nargs == REMAINDER:
            return "..."
        if nargs == PARSER:
            return "%s ..." % names(1)
        if nargs == SUPPRESS:
            return ""
        try:
            pattern = " ".join(["%s" for _ in range(nargs)])
        except TypeError:
            raise ValueError("invalid nargs value") from None
        return pattern % names(nargs)

    def _expand_help(self, action):
        values = dict(vars(action), prog=self._prog)
        for name, value in list(values.items()):
            if value is SUPPRESS:
                del values[name]
            elif hasattr(value, "__name__"):
                values[name] = value.__name__
        if values.get("choices") is not None:
            values["choices"] = ", ".join([str(choice) for choice in values["choices"]])
        return self._get_help_string(action) % values

    def _iter_indented_subactions(self, action):
        if hasattr(action, "_get_subactions"):
            self._indent()
            yield from action._get_subactions()
            self._dedent()

    def _one_line(self, text):
        return _re.sub("[ \t\n\r\f\v]+", " ", text).strip()

    def _split_lines(self, text, width):
        from textwrap import wrap
        return wrap(self._one_line(text), width)

    def _fill_text(self, text, width, indent):
        from textwrap import fill
        return fill(self._one_line(text), width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


class RawDescriptionHelpFormatter(HelpFormatter):
    def _fill_text(self, text, width, indent):
        return "".join([indent + line for line in text.splitlines(keepends=True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def _get_help_string(self, action):
        text = "" if action.help is None else action.help
        if "%(default)" not in text and action.default is not SUPPRESS and (
                action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)):
            text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    _get_default_metavar_for_positional = _get_default_metavar_for_optional


def _get_action_name(argument):
    """What messages call an argument."""
    if argument is None:
        return None
    if argument.option_strings:
        return "/".join(argument.option_strings)
    for name in (argument.metavar, argument.dest):
        if name not in (None, SUPPRESS):
            return name
    return "{" + ",".join(argument.choices) + "}" if argument.choices else None


class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name = _get_action_name(argument)
        self.message = message

    def __str__(self):
        if self.argument_name is None:
            return str(self.message)
        return f"argument {self.argument_name}: {self.message}"


class ArgumentTypeError(Exception):
    pass


class UnknownProgram:
    """The name of the program, which the command line would tell."""

    def _refuse(self, *arguments):
        _unsupported("the program's name (sys.argv[0]) in a text of argparse")


for _name in ("str", "repr", "format", "eq", "ne", "lt", "gt", "add", "radd", "mod", "len", "iter", "bool", "hash",
              "contains", "getitem", "getattr"):
    setattr(UnknownProgram, f"__{_name}__", UnknownProgram._refuse)
del _name
