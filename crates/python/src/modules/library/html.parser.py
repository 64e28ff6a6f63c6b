"""`html.parser`: calls a handler for each piece of an HTML text."""

from html import unescape as _unescape

from _tracer import unsupported as _unsupported

__all__ = ["HTMLParser"]

_SPACE = " \t\n\r\f\v"


class HTMLParser:
    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        if not convert_charrefs:
            _unsupported("HTMLParser without convert_charrefs")
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata = ""
        self.lasttag = "???"
        self.cdata_elem = None
        self._tag_text = None
        self.lineno, self.offset = 1, 0

    def feed(self, data):
        self.rawdata = self.rawdata + data
        self._parse(False)

    def close(self):
        self._parse(True)

    def getpos(self):
        return self.lineno, self.offset

    def get_starttag_text(self):
        return self._tag_text

    def _advance(self, i, j):
        """Counts the lines and columns of what has been dealt with; gives its end."""
        piece = self.rawdata[i:j]
        lines = piece.count("\n")
        if lines:
            self.lineno += lines
            self.offset = len(piece) - piece.rindex("\n") - 1
        else:
            self.offset += len(piece)
        return j

    def _text_end(self, i):
        """Where the text that begins at `i` ends; -1 where more of it may come."""
        text, size = self.rawdata, len(self.rawdata)
        if self.cdata_elem is not None:
            lower, closing = text.lower(), "</" + self.cdata_elem
            place = lower.find("<", i)
            while place >= 0:
                rest = lower[place:place + len(closing)]
                after = text[place + len(closing):place + len(closing) + 1]
                if rest == closing and (after == "" or not (after.isalnum() or after == "_")):
                    return place
                place = lower.find("<", place + 1)
            return -1
        place = text.find("<", i)
        if place >= 0:
            return place
        reference = text.rfind("&", max(i, size - 34))
        if reference >= 0 and not any([c in _SPACE or c == ";" for c in text[reference:]]):
            return -1
        return size

    def _parse(self, end):
        i = 0
        while i < len(self.rawdata):
            size = len(self.rawdata)
            j = self._text_end(i)
            if j < 0:
                if not end:
                    break
                if self.cdata_elem is not None:
                    # What becomes of it has changed among the patches of this version.
                    _unsupported("a script or style without an end")
                j = size
            if i < j:
                data = self.rawdata[i:j]
                self.handle_data(data if self.cdata_elem is not None else _unescape(data))
            i = self._advance(i, j)
            if i == size:
                break
            k = self._parse_markup(i)
            if k is None:
                break
            if k < 0:
                if not end:
                    break
                k = self.rawdata.find(">", i + 1)
                if k < 0:
                    k = self.rawdata.find("<", i + 1)
                    if k < 0:
                        k = i + 1
                else:
                    k += 1
                data = self.rawdata[i:k]
                self.handle_data(data if self.cdata_elem is not None else _unescape(data))
            i = self._advance(i, k)
        if end and i < len(self.rawdata) and self.cdata_elem is None:
            self.handle_data(_unescape(self.rawdata[i:]))
            i = self._advance(i, len(self.rawdata))
        self.rawdata = self.rawdata[i:]

    def _parse_markup(self, i):
        """The end of the markup at `i`; -1 where it is not complete, None where nothing can be told yet."""
        text = self.rawdata
        following = text[i + 1:i + 2]
        if following.isascii() and following.isalpha():
            return self._parse_start(i)
        if text.startswith("</", i):
            return self._parse_end(i)
        if text.startswith("<!--", i):
            close, dashes = text.find("-->", i + 4), text.find("--", i + 4)
            while dashes >= 0 and (close < 0 or dashes < close):
                if text[dashes + 2:].lstrip()[:1] == ">":
                    _unsupported("a comment that ends in '-- >'")
                dashes = text.find("--", dashes + 1)
            if close < 0:
                return -1
            self.handle_comment(text[i + 4:close])
            return close + 3
        if text.startswith("<?", i):
            close = text.find(">", i + 2)
            if close < 0:
                return -1
            self.handle_pi(text[i + 2:close])
            return close + 1
        if text.startswith("<!", i):
            return self._parse_declaration(i)
        if i + 1 < len(text):
            self.handle_data("<")
            return i + 1
        return None

    def _parse_declaration(self, i):
        text = self.rawdata
        if text.startswith("<![", i):
            close = text.find("]>", i + 3)
            marked = close >= 0 and text.startswith("<![CDATA[", i)
            if marked:
                close = text.find("]]>", i + 9)
                if close < 0:
                    return -1
                self.unknown_decl(text[i + 3:close])
                return close + 3
            if close < 0:
                return -1
            self.unknown_decl(text[i + 3:close])
            return close + 2
        close = text.find(">", i + 2)
        if text[i:i + 9].lower() == "<!doctype":
            close = text.find(">", i + 9)
            if close < 0:
                return -1
            self.handle_decl(text[i + 2:close])
            return close + 1
        if text[i:i + 3] == "<!" or close < 0:
            return -1
        self.handle_comment(text[i + 2:close])
        return close + 1

    def _parse_end(self, i):
        text = self.rawdata
        close = text.find(">", i + 2)
        if close < 0:
            return -1
        if self.cdata_elem is not None and text[i + 2:close].strip().lower() != self.cdata_elem:
            self.handle_data(text[i:close + 1])
            return close + 1
        first = text[i + 2]
        if not (first.isascii() and first.isalpha()):
            if first == ">":
                return i + 3
            self.handle_comment(text[i + 2:close])
            return close + 1
        j = i + 2
        while text[j] not in _SPACE and text[j] not in "/>":
            j += 1
        tag = text[i + 2:j].lower()
        self.handle_endtag(tag)
        self.cdata_elem = None
        return close + 1

    def _parse_start(self, i):
        text, size = self.rawdata, len(self.rawdata)
        self._tag_text = None
        j = i + 1
        while j < size and text[j] not in _SPACE and text[j] not in "/>":
            j += 1
        tag, attrs, closed = text[i + 1:j].lower(), [], False
        while True:
            closed = False
            while j < size and (text[j] in _SPACE or text[j] == "/"):
                closed = text[j] == "/"
                j += 1
            if j >= size:
                return -1
            if text[j] == ">":
                break
            start = j
            j += 1
            while j < size and text[j] not in _SPACE and text[j] not in "/=>":
                j += 1
            name, value = text[start:j].lower(), None
            k = j
            while k < size and text[k] in _SPACE:
                k += 1
            if k < size and text[k] == "=":
                while k < size and text[k] == "=":
                    k += 1
                while k < size and text[k] in _SPACE:
                    k += 1
                if k < size and text[k] in "'\"":
                    j = text.find(text[k], k + 1)
                    if j < 0:
                        return -1
                    value = text[k + 1:j]
                    j += 1
                else:
                    j = k
                    while j < size and text[j] != ">" and text[j] not in _SPACE:
                        j += 1
                    value = text[k:j]
            attrs.append((name, _unescape(value) if value else value))
        self.lasttag = tag
        self._tag_text = text[i:j + 1]
        if closed:
            self.handle_startendtag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.cdata_elem = tag
        return j + 1

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
