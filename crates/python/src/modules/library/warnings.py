"""`warnings`: they go to standard error, which no trace shows."""

from _tracer import unsupported

_erring = False


def _note(action):
    global _erring
    if action not in ("error", "ignore", "always", "default", "module", "once"):
        raise AssertionError(f"invalid action: {action!r}")
    _erring = _erring or action == "error"


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    _note(action)


def simplefilter(action, category=Warning, lineno=0, append=False):
    _note(action)


def warn(message, category=None, stacklevel=1, source=None):
    if _erring:
        unsupported("warnings as errors")
