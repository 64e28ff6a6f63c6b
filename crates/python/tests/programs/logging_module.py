import logging, sys, io
logging.basicConfig(level=logging.DEBUG, format='%(asctime)s %(levelname)s %(message)s')
logging.info("to stderr %s", 5)
logging.error("e")
log = logging.getLogger("app.core")
log.warning("x")
print(log, logging.getLogger(), logging.getLogger("app"), log.parent, logging.getLogger("app.core") is log)
h = logging.StreamHandler(sys.stdout)
h.setFormatter(logging.Formatter("%(name)s|%(levelname)-8s|%(message)s|%(lineno)d|%(funcName)s|%(module)s|%(filename)s|%(pathname)s|%(levelno)s|%(threadName)s|%(processName)s"))
log.addHandler(h)
log.propagate = False
def work(a):
    log.debug("debug %d %s", a, "b")
    log.info("info %(k)s", {"k": 1})
    log.critical("crit", extra={"user": "bob"})
    log.log(15, "fifteen")
    log.log(logging.ERROR, "dict %s", {"a": 1})
    log.warning("stacklevel", stacklevel=2)
work(3)
log.setLevel(logging.ERROR)
print(log.isEnabledFor(logging.INFO), log.getEffectiveLevel(), log.hasHandlers(), log.level, log.handlers, h)
log.info("hidden"); log.error("shown")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("caught")
    log.error("again", exc_info=True)
log.error("no exc", exc_info=None)
def f():
    raise KeyError("kk")
try: f()
except KeyError as e: log.error("with exc", exc_info=e)
for n in ("DEBUG", 20, "X", 35): print(logging.getLevelName(n))
logging.addLevelName(25, "NOTICE"); log.log(25, "n"); print(logging.getLevelName(25), logging.getLevelName("NOTICE"), logging.getLevelNamesMapping())
for bad in (lambda: log.setLevel("BAD"), lambda: log.setLevel(1.5), lambda: log.log("x", "y"), lambda: logging.Formatter("plain"), lambda: logging.Formatter("%(x)s", style="?"), lambda: logging.getLogger(5), lambda: log.error("x", extra={"message": 1}), lambda: log.error("x", extra={"name": 1}), lambda: logging.basicConfig(bogus=1, force=True), lambda: logging.basicConfig(stream=1, handlers=[], force=True), lambda: logging.Formatter("{x", style="{"), lambda: logging.Formatter("nofield", style="{"), lambda: logging.Formatter("{a!x}", style="{"), lambda: logging.Formatter("$", style="$"), lambda: logging.Formatter("plain", style="$"), lambda: logging.setLoggerClass(int)):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
class F(logging.Filter):
    def filter(self, record):
        record.ip = "1.2.3.4"
        return "secret" not in record.getMessage()
log2 = logging.getLogger("f2"); log2.setLevel(10); log2.propagate = False
s = io.StringIO()
h2 = logging.StreamHandler(s); h2.setFormatter(logging.Formatter("{levelname}:{ip}:{message:>10}", style="{")); h2.addFilter(F())
log2.addHandler(h2); log2.addFilter(lambda r: r.levelno > 10)
log2.info("a secret"); log2.info("fine"); log2.debug("no"); log2.warning("%s-%s", 1, 2)
print(repr(s.getvalue()))
h3 = logging.StreamHandler(s); h3.setFormatter(logging.Formatter("$levelname ${message}", style="$")); log2.addHandler(h3); log2.error("tpl"); print(s.getvalue().splitlines()[-1])
print(h2.filters[0].filter(logging.makeLogRecord({"msg": "secret", "levelno": 5})), logging.Filter("a.b").filter(logging.makeLogRecord({"name": "a.b.c"})), logging.Filter("a.b").filter(logging.makeLogRecord({"name": "a.bc"})))
class ListHandler(logging.Handler):
    def __init__(self):
        super().__init__(); self.records = []
    def emit(self, record):
        self.records.append((record.levelname, record.getMessage(), record.lineno, record.funcName))
lh = ListHandler(); log2.addHandler(lh); log2.error("to list %s", 7); print(lh.records, lh, repr(logging.NullHandler()), logging.lastResort)
class Ad(logging.LoggerAdapter):
    def process(self, msg, kwargs):
        return "[%s] %s" % (self.extra["id"], msg), kwargs
ad = Ad(log2, {"id": 42}); ad.info("adapted %s", "x"); print(s.getvalue().splitlines()[-2:], ad)
logging.disable(logging.ERROR); log2.error("off"); log2.critical("on"); logging.disable(logging.NOTSET); print(s.getvalue().splitlines()[-1])
c = log2.getChild("kid"); c.error("from kid"); print(c, c.name, s.getvalue().splitlines()[-1])
log2.removeHandler(h2); log2.removeHandler(h2); print(len(log2.handlers)); h2.flush(); h2.close()
r = logging.LogRecord("n", 20, "/a/b.py", 3, "m %s", ("x",), None); print(r, r.getMessage(), r.filename, r.module, r.args, r.levelname, r.exc_info)
log.error("bad %d", "x"); log.error("too %s", 1, 2)
log.handlers[0].terminator = "!\n"; log.error("term")
log.disabled = True; log.error("disabled")
logging.shutdown()
root = logging.getLogger(); print(root.handlers, root.level, logging.root is root, logging.WARN, logging.FATAL)
import copy; print(copy.deepcopy({"l": log})["l"] is log)
class MyFmt(logging.Formatter):
    def format(self, record):
        record.levelname = record.levelname.lower()
        return "<" + super().format(record) + ">"
h.setFormatter(MyFmt("%(levelname)s %(message)s")); log.disabled = False; log.error("mine")
class JF(logging.Formatter):
    def formatTime(self, record, datefmt=None): return "NOW"
h.setFormatter(JF("%(asctime)s %(message)s")); log.error("time")
