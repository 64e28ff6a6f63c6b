from html import escape, unescape
from html.parser import HTMLParser


class Printer(HTMLParser):
    def handle_starttag(self, tag, attrs):
        print("start", tag, attrs, self.getpos())

    def handle_endtag(self, tag):
        print("end  ", tag)

    def handle_data(self, data):
        print("data ", repr(data))

    def handle_comment(self, data):
        print("note ", repr(data))

    def handle_decl(self, decl):
        print("decl ", decl)


parser = Printer()
parser.feed("<!DOCTYPE html>\n<p class='a b' id=x hidden>Fish &amp; chips<br/>&lt;&#65;")
parser.feed("<img src=a/b.png alt=\"An &quot;image&quot;\"/></p><!-- a\nnote --><script>if (a < b) {}</script>")
parser.close()
print(escape("<a href='x'>\"&\"</a>"), unescape("&eacute;&#x41;&#128;&hearts; & b"))
