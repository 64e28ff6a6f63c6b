import sys
class W:
    def __init__(self): self.log = []
    def write(self, s):
        self.log.append(s)
        return len(s)
    def flush(self): self.log.append("flush")
w = W()
print("a", 1, (1, 2), sep=", ", file=w)
print(file=w); print("", "", file=w, end="", sep=""); print("x", flush=True, file=w)
old = sys.stdout
sys.stdout = w
print("hello", "world")
print([1, 2], {"a": 1})
sys.stdout = old
print(w.log)
class Tee:
    def __init__(self, s): self.s = s
    def write(self, t): self.s.write(t.upper())
    def flush(self): pass
sys.stdout = Tee(old)
print("shout", 5)
sys.stdout = old
import io, contextlib
class S(io.StringIO):
    def write(self, t):
        return super().write("<" + t + ">")
s = S(); print("a", "b", file=s); print(s.getvalue())
buf = io.StringIO()
with contextlib.redirect_stdout(buf):
    print("x", 1, [2]); print("y", end="")
print(repr(buf.getvalue()))
class B:
    def __str__(self):
        print("in str"); return "B"
print("v:", B(), B(), sep="|")
print(sys.modules["__main__"], sys)
