"""One run of an `argparse` parser over its arguments."""

from _argparse_help import SUPPRESS, ArgumentError, _get_action_name

__name__ = "argparse"


class Run:
    def __init__(self, parser, strings, namespace):
        self.parser, self.strings, self.namespace = parser, strings, namespace
        self.extras = []
        self.seen, self.given = set(), set()
        # Which actions exclude which, in the order of the groups.
        self.excluded = {}
        for group in parser._mutually_exclusive_groups:
            members = group._group_actions
            for place, action in enumerate(members):
                self.excluded.setdefault(action, []).extend(members[:place] + members[place + 1:])
        self.options = {}
        letters = []
        for place, text in enumerate(strings):
            if "-" in letters:
                letters.append("A")
            elif text == "--":
                letters.append("-")
            else:
                option = parser._parse_optional(text)
                if option is not None:
                    self.options[place] = option
                letters.append("A" if option is None else "O")
        self.pattern = "".join(letters)
        self.positionals = parser._get_positional_actions()

    def parse(self):
        last = max(self.options, default=-1)
        at = 0
        while at <= last:
            following = min([place for place in self.options if place >= at])
            if at != following:
                end = self._take_positionals(at)
                if end > at:
                    at = end
                    continue
            if at not in self.options:
                self.extras.extend(self.strings[at:following])
                at = following
            at = self._take_option(at)
        end = self._take_positionals(at)
        self.extras.extend(self.strings[end:])
        self._finish()
        return self.namespace, self.extras

    def _act(self, action, strings, name=None):
        self.seen.add(action)
        values = self.parser._get_values(action, strings)
        if values is not action.default:
            self.given.add(action)
            for other in self.excluded.get(action, ()):
                if other in self.given:
                    raise ArgumentError(action, f"not allowed with argument {_get_action_name(other)}")
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, name)

    def _take_option(self, place):
        """An option with its arguments, or several of one letter each that are written as one."""
        parser = self.parser
        action, name, attached = self.options[place]
        end = place + 1
        todo = []
        while True:
            if action is None:
                self.extras.append(self.strings[place])
                return end
            if attached is None:
                end += parser._match_argument(action, self.pattern[end:])
                todo.append((action, self.strings[place + 1:end], name))
                break
            count = parser._match_argument(action, "A")
            if count == 1:
                todo.append((action, [attached], name))
                break
            if count != 0 or name[1] in parser.prefix_chars or attached == "":
                raise ArgumentError(action, f"ignored explicit argument {attached!r}")
            todo.append((action, [], name))
            name = name[0] + attached[0]
            if name not in parser._option_string_actions:
                raise ArgumentError(action, f"ignored explicit argument {attached!r}")
            action = parser._option_string_actions[name]
            attached = attached[1:] or None
        for step in todo:
            self._act(*step)
        return end

    def _take_positionals(self, at):
        counts = self.parser._match_arguments_partial(self.positionals, self.pattern[at:])
        for action, count in zip(self.positionals, counts):
            strings = self.strings[at:at + count]
            at += count
            self._act(action, strings)
        self.positionals = self.positionals[len(counts):]
        return at

    def _finish(self):
        """Looks for what is missing, and converts defaults that are text."""
        parser, namespace = self.parser, self.namespace
        missing = []
        for action in parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif (isinstance(action.default, str) and hasattr(namespace, action.dest)
                  and action.default is getattr(namespace, action.dest)):
                setattr(namespace, action.dest, parser._get_value(action, action.default))
        if missing:
            parser.error(f"the following arguments are required: {', '.join(missing)}")
        for group in parser._mutually_exclusive_groups:
            if group.required and not any([action in self.given for action in group._group_actions]):
                names = [_get_action_name(action) for action in group._group_actions if action.help is not SUPPRESS]
                parser.error(f"one of the arguments {' '.join(names)} is required")
