"""Traces programs in CPython 3.11, for comparison with the crate's own traces.

Reads lines from standard input, each a JSON list of programs `{"code": …, "stdin": …, "fork": …}`, and answers each line with the
list of their traces `{"status", "stdout", "exception", "trace"}`. Programs share this process (thousands a second); one with
`"fork": true` gets a process of its own, where nothing that an earlier program left behind can be seen.

With the argument `--compact` each program is answered as soon as it is done, by a line with a number of bytes and so many bytes
of text (`compact` below). A program may bound its `"events"`, its `"characters"` of state and its `"seconds"` of processor time.

Needs PYTHONHASHSEED=0.
"""

import builtins
import fcntl
import io
import json
import os
import re
import resource
import signal
import sys
import types

MAX_EVENTS = 10_000
MAX_STATE_CHARACTERS = 1 << 23
SECONDS = 5
PATIENCE = 20  # seconds by the clock, after which a program that swallows its limit or sleeps takes this process with it
MEMORY = 2 << 30
PROGRAM = "<program>"
INLINE = {"<lambda>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}  # a set: see `variables`
CALLABLES = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
)
address = re.compile(" at 0x[0-9a-f]+")


class OutOfBounds(BaseException):
    """A limit was met. Not an Exception, so that programs don't catch it by accident."""


def value_text(value):
    if isinstance(value, CALLABLES):
        return "<function>"
    try:
        text = repr(value)
    except OutOfBounds:
        raise
    except BaseException:
        return "<%s object>" % type(value).__name__
    return address.sub("", text).replace("__main__.", "")


def variables(frame):
    # Where a program recurses as far as it can, it meets the limit within this tracer, and is told by what: each call and each
    # comparison of this file counts.
    return {
        name: value_text(value)
        for name, value in frame.f_locals.items()
        if not name.startswith("__") and not isinstance(value, types.ModuleType)
    }


class Recorder:
    def __init__(self, max_events, max_characters):
        self.entries = []
        self.frames = []  # of each traced frame, the line that is running and what it has printed
        self.max_events = max_events
        self.room = max_characters

    def finish_line(self, frame):
        line, output = self.frames[-1]
        if line is not None:
            sys.settrace(None)
            state = variables(frame)
            self.room -= sum(map(len, state.values()))
            entry = {"line": line, "state": state}
            if output:
                entry["output"] = output
            self.entries.append(entry)
            sys.settrace(self.on_call)
        self.frames[-1][0], self.frames[-1][1] = None, ""

    def on_call(self, frame, event, argument):
        code = frame.f_code
        if code.co_filename == PROGRAM and code.co_name not in INLINE:
            self.frames.append([None, ""])
            return self.on_event
        return None

    def on_event(self, frame, event, argument):
        if event == "line":
            self.finish_line(frame)
            if len(self.entries) >= self.max_events or self.room < 0:
                raise OutOfBounds
            self.frames[-1][0] = frame.f_lineno - 1
        elif event == "return":
            self.finish_line(frame)
            self.frames.pop()
        return self.on_event


class Stdout(io.StringIO):
    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder

    def write(self, text):
        if self.recorder.frames:
            self.recorder.frames[-1][1] += text
        return super().write(text)


def traced(program):
    source, stdin = program["code"], program.get("stdin", "")
    recorder = Recorder(program.get("events", MAX_EVENTS), program.get("characters", MAX_STATE_CHARACTERS))
    answer = {"status": "ok", "stdout": "", "exception": None, "trace": recorder.entries}
    try:
        code = compile(source, PROGRAM, "exec")
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = getattr(error, "msg", None) or str(error)
        answer["status"] = "syntax_error"
        answer["exception"] = {"type": type(error).__name__, "message": message, "line": line - 1}
        return answer
    except (RecursionError, MemoryError):
        answer["status"] = "limit"
        return answer
    streams = sys.stdin, sys.stdout
    sys.stdin, sys.stdout = io.TextIOWrapper(io.BytesIO(stdin.encode())), Stdout(recorder)
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = builtins
    try:
        sys.settrace(recorder.on_call)
        try:
            exec(code, module.__dict__)
        finally:
            sys.settrace(None)
    except (OutOfBounds, MemoryError):
        answer["status"] = "limit"
    except SystemExit:
        pass
    except BaseException as error:
        line, step = 0, error.__traceback__
        while step:
            if step.tb_frame.f_code.co_filename == PROGRAM:
                line = step.tb_lineno - 1
            step = step.tb_next
        answer["status"] = "exception"
        try:
            message = str(error)
        except OutOfBounds:
            raise
        answer["exception"] = {"type": type(error).__name__, "message": message, "line": line}
    finally:
        sys.settrace(None)
        answer["stdout"] = sys.stdout.getvalue() if isinstance(sys.stdout, Stdout) else ""
        sys.stdin, sys.stdout = streams
    return answer


def out_of_time(*_):
    raise OutOfBounds


def bounded(program):
    seconds = program.get("seconds", SECONDS)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        return traced(program)
    except BaseException:
        return {"status": "limit", "stdout": "", "exception": None, "trace": []}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.setrecursionlimit(1000)
        sys.set_int_max_str_digits(4300)


def compact(answer):
    """A trace as text: entries, each after a record separator, then the outcome after a group separator; fields are parted by
    unit separators, addresses left out."""
    parts = []
    for entry in answer["trace"]:
        parts.append("\x1e%d\x1f%s" % (entry["line"], entry.get("output", "")))
        for item in entry["state"].items():
            parts.append("\x1f%s\x1f%s" % item)
    exception = answer["exception"] or {"type": "", "message": "", "line": 0}
    parts.append("\x1d%s\x1f%s" % (answer["status"], answer["stdout"]))
    parts.append("\x1f%(type)s\x1f%(message)s\x1f%(line)d" % exception)
    return address.sub("", "".join(parts)).encode("utf-8", "backslashreplace")


def in_a_child(program):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            stdin = os.memfd_create("stdin")  # for programs that open(0)
            os.write(stdin, program.get("stdin", "").encode())
            os.lseek(stdin, 0, os.SEEK_SET)
            os.dup2(stdin, 0)
            with os.fdopen(write, "w") as pipe:
                pipe.write(json.dumps(bounded(program)))
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"status": "limit", "stdout": "", "exception": None, "trace": []}


def in_this_process(program):
    return bounded(program)


# A program always runs four frames deep: how far it can recurse depends on it.
if os.environ.get("PYTHONHASHSEED") != "0" or sys.version_info[:2] != (3, 11):
    sys.exit("tracer.py: needs CPython 3.11 with PYTHONHASHSEED=0")
resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
signal.signal(signal.SIGPROF, out_of_time)
requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
null = os.open(os.devnull, os.O_RDWR)
for descriptor in (0, 1, 2):
    os.dup2(null, descriptor)
compactly = sys.argv[1:] == ["--compact"]
if compactly:
    fcntl.fcntl(answers, fcntl.F_SETPIPE_SZ, 1 << 20)
for line in requests:
    batch = []
    for program in json.loads(line):
        run = in_a_child if program.get("fork") else in_this_process
        answer = run(program)
        if compactly:
            text = compact(answer)
            answers.write(b"%d\n" % len(text) + text)
            answers.flush()
        else:
            batch.append(answer)
    if not compactly:
        answers.write(json.dumps(batch).encode() + b"\n")
        answers.flush()
