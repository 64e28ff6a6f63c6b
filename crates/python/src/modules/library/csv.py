"""`csv`: tables as text, with the commas and quotes of spreadsheets."""

from _csv import join as _join, split as _split
from _tracer import unsupported as _unsupported

__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


Error.__module__ = "_csv"


class Dialect:
    delimiter = ","
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    quoting = QUOTE_ALL
    lineterminator = "\n"


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}
_OPTIONS = ("delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator", "quoting", "strict")


def register_dialect(name, dialect="excel", **fmtparams):
    made = type(name, (dialect if isinstance(dialect, type) else _dialects[dialect],), fmtparams)
    _dialects[name] = made


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def list_dialects():
    return list(_dialects)


class _Form:
    """The options in force."""

    def __init__(self, dialect, options):
        if isinstance(dialect, str):
            if dialect not in _dialects:
                raise Error("unknown dialect")
            dialect = _dialects[dialect]
        for name in _OPTIONS:
            setattr(self, name, getattr(dialect, name, getattr(Dialect, name)))
        for name, value in options.items():
            if name not in _OPTIONS:
                raise TypeError(f"'{name}' is an invalid keyword argument for this function")
            setattr(self, name, value)
        if not isinstance(self.delimiter, str) or len(self.delimiter) != 1:
            raise TypeError('"delimiter" must be a 1-character string')
        if self.escapechar is not None or self.strict:
            _unsupported("csv: escape characters and strictness")
        if self.quotechar is None and self.quoting != QUOTE_NONE:
            raise TypeError("quotechar must be set if quoting enabled")
        self.plain = self.doublequote and self.quoting in (QUOTE_MINIMAL, QUOTE_ALL)


class _Reader:
    def __init__(self, lines, form):
        self._lines = iter(lines)
        self._form = form
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        form = self._form
        fields, field, quoted, was_quoted, fresh, numeric = [], "", False, False, True, False

        def finish():
            if numeric:
                fields.append(float(field))
            else:
                fields.append(field)

        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if not quoted:
                    raise
                # The text ends within quotes.
                finish()
                return fields
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} "
                            f"(the file should be opened in text mode)")
            self.line_num += 1
            if form.plain and not quoted:
                whole = _split(line, form.delimiter, form.quotechar, form.skipinitialspace)
                if whole is not None:
                    return whole
            empty = not fields and not field and not was_quoted and not line.strip("\r\n")
            position = 0
            while position < len(line):
                character = line[position]
                position += 1
                if quoted:
                    if character == form.quotechar:
                        if form.doublequote and line[position:position + 1] == form.quotechar:
                            field += character
                            position += 1
                        else:
                            quoted = False
                    else:
                        field += character
                elif character in "\r\n":
                    if line[position:].strip("\r\n"):
                        if numeric:
                            # The field is complete, and complains first.
                            float(field)
                        raise Error("new-line character seen in unquoted field - do you need to open the file in "
                                    "universal-newline mode?")
                    break
                elif character == form.delimiter:
                    finish()
                    field, was_quoted, fresh, numeric = "", False, True, False
                elif character == form.quotechar and fresh and form.quoting != QUOTE_NONE:
                    quoted = was_quoted = True
                    fresh = False
                elif character == " " and fresh and form.skipinitialspace and not field:
                    pass
                else:
                    numeric = numeric or fresh and form.quoting == QUOTE_NONNUMERIC
                    field += character
                    fresh = False
            if not quoted:
                if empty:
                    return []
                finish()
                return fields


_Reader.__name__ = _Reader.__qualname__ = "reader"
_Reader.__module__ = "_csv"


def reader(iterable, dialect="excel", **options):
    return _Reader(iterable, _Form(dialect, options))


class _Writer:
    def __init__(self, write, form):
        self._write = write
        self._form = form

    def writerow(self, row, /):
        form, cells = self._form, []
        try:
            row = list(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        if form.doublequote:
            text = _join(row, form.delimiter, form.quotechar, form.lineterminator, form.quoting)
            if text is not None:
                return self._write(text)
        for value in row:
            numeric = isinstance(value, (int, float)) and not isinstance(value, bool) or isinstance(value, bool)
            text = "" if value is None else repr(value) if isinstance(value, float) else str(value)
            special = any(c in text for c in (form.delimiter, form.quotechar or "", "\r", "\n") if c)
            special = special or any(c in text for c in form.lineterminator)
            if form.quoting == QUOTE_NONE:
                if special:
                    raise Error("need to escape, but no escapechar set")
                quote = False
            elif form.quoting == QUOTE_ALL:
                quote = True
            elif form.quoting == QUOTE_NONNUMERIC:
                quote = special or not numeric
            else:
                quote = special or not text and len(row) == 1
            if not text and len(row) == 1 and form.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            if quote:
                if not form.doublequote and form.quotechar in text:
                    raise Error("need to escape, but no escapechar set")
                text = form.quotechar + text.replace(form.quotechar, form.quotechar * 2) + form.quotechar
            cells.append(text)
        return self._write(form.delimiter.join(cells) + form.lineterminator)

    def writerows(self, rows, /):
        for row in rows:
            self.writerow(row)


_Writer.__name__ = _Writer.__qualname__ = "writer"
_Writer.__module__ = "_csv"


def writer(fileobj, dialect="excel", **options):
    if not hasattr(fileobj, "write"):
        raise TypeError("argument 1 must have a \"write\" method")
    return _Writer(fileobj.write, _Form(dialect, options))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None and iter(fieldnames) is fieldnames else fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        found = dict(zip(names, row))
        if len(names) < len(row):
            found[self.restkey] = row[len(names):]
        else:
            for name in names[len(row):]:
                found[name] = self.restval
        return found


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames = list(fieldnames) if iter(fieldnames) is fieldnames else fieldnames
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _cells(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if len(wrong) > 1:
                _unsupported("csv: the order of several wrong fields")
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(name) for name in wrong]))
        return (rowdict.get(name, self.restval) for name in self.fieldnames)

    def writerow(self, rowdict):
        return self.writer.writerow(self._cells(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._cells, rowdicts))
