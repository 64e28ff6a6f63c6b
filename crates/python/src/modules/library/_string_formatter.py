"""`string.Formatter`: replacement fields by methods that a program can override."""

from _tracer import unsupported as _unsupported


def _index_parts(field_name):
    """The first part of a field's name, and the attributes and keys after it as (is_attribute, name)."""
    end = len(field_name)
    for place, character in enumerate(field_name):
        if character in ".[":
            end = place
            break
    first, rest, place = field_name[:end], [], end
    while place < len(field_name):
        if field_name[place] == ".":
            end = place + 1
            while end < len(field_name) and field_name[end] not in ".[":
                end += 1
            name = field_name[place + 1:end]
            if not name:
                _unsupported("the complaint about this format string")
            rest.append((True, name))
            place = end
        elif field_name[place] == "[":
            end = field_name.find("]", place)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            key = field_name[place + 1:end]
            if not key:
                _unsupported("the complaint about this format string")
            rest.append((False, int(key) if key.isdigit() else key))
            place = end + 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
    return (int(first) if first.isdigit() else first), rest


def _fields(text):
    """(text, field, spec, conversion) one after another."""
    place, size = 0, len(text)
    while place < size:
        literal = ""
        while place < size and text[place] not in "{}":
            start = place
            while place < size and text[place] not in "{}":
                place += 1
            literal += text[start:place]
        if place >= size:
            yield literal, None, None, None
            return
        brace = text[place]
        if text[place + 1:place + 2] == brace:
            yield literal + brace, None, None, None
            place += 2
            continue
        if brace == "}":
            raise ValueError("Single '}' encountered in format string")
        if place + 1 >= size:
            raise ValueError("Single '{' encountered in format string")
        depth, end, bracket = 1, place + 1, False
        while end < size:
            character = text[end]
            if character == "[":
                bracket = True
            elif character == "]":
                bracket = False
            elif character == "{" and not bracket:
                depth += 1
            elif character == "}" and not bracket:
                depth -= 1
                if not depth:
                    break
            end += 1
        if end >= size:
            if any([character in ":![{" for character in text[place + 1:]]):
                _unsupported("the complaint about this format string")
            raise ValueError("expected '}' before end of string")
        field, place = text[place + 1:end], end + 1
        split, bracket = len(field), False
        for at, character in enumerate(field):
            if character == "[":
                bracket = True
            elif character == "]":
                bracket = False
            elif character in ":!" and not bracket:
                split = at
                break
        name, rest, conversion, spec = field[:split], field[split:], None, ""
        if "{" in name:
            if "[" in name:
                _unsupported("the complaint about this format string")
            raise ValueError("unexpected '{' in field name")
        if rest[:1] == "!":
            if len(rest) < 2:
                _unsupported("the complaint about this format string")
            conversion = rest[1]
            rest = rest[2:]
            if rest and rest[0] != ":":
                raise ValueError("expected ':' after conversion specifier")
        if rest[:1] == ":":
            spec = rest[1:]
        yield literal, name, spec, conversion


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for text, field, spec, conversion in self.parse(format_string):
            if text:
                result.append(text)
            if field is None:
                continue
            if field == "":
                if auto_arg_index is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                field = str(auto_arg_index)
                auto_arg_index += 1
            elif field.isdigit():
                if auto_arg_index:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto_arg_index = False
            value, used = self.get_field(field, args, kwargs)
            used_args.add(used)
            value = self.convert_field(value, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index)
            result.append(self.format_field(value, spec))
        return "".join(result), auto_arg_index

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError(f"Unknown conversion specifier {conversion}")

    def parse(self, format_string):
        return _fields(format_string)

    def get_field(self, field_name, args, kwargs):
        first, rest = _index_parts(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, name in rest:
            value = getattr(value, name) if is_attribute else value[name]
        return value, first


Formatter.__module__ = "string"
