"""`concurrent.futures` with threads that take turns as CPython's do: another one runs only where the program waits.

A worker runs from its start until the queue is empty. A task that finds a worker idle waits until the program waits: for a result,
for the executor's end, or for another worker's start.
"""

import threading as _threading
from collections import deque as _deque, namedtuple as _namedtuple
from itertools import count as _count

from _absent import kind as _kind
from _tracer import address as _address, expect_tasks as _expect_tasks, generic_alias as _generic_alias, \
    in_thread as _in_thread, is_in_thread as _is_in_thread, progress as _progress, unsupported as _unsupported

__all__ = ("FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "CancelledError", "TimeoutError", "BrokenExecutor", "Future",
           "Executor", "wait", "as_completed", "ProcessPoolExecutor", "ThreadPoolExecutor")

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
TimeoutError = TimeoutError
ProcessPoolExecutor = _kind("concurrent.futures.process.ProcessPoolExecutor")

# A waiting thread may take over after 5 ms: so far a program that keeps tasks waiting surely comes.
_STEPS, _ENTRIES = 4000, 40
# Executors have at least so many workers by default; how many more, the machine's processors decide.
_SURE_WORKERS = 5


class _Error(Exception):
    pass


class CancelledError(_Error):
    pass


class InvalidStateError(_Error):
    pass


class BrokenExecutor(RuntimeError):
    pass


_Error.__name__ = _Error.__qualname__ = "Error"


class Future:
    def __init__(self):
        self._state, self._result, self._exception = "PENDING", None, None
        self._done_callbacks = []

    def __repr__(self):
        state = "cancelled" if self.cancelled() else self._state.lower()
        if self._state == "FINISHED":
            if self._exception:
                state += " raised " + type(self._exception).__name__
            else:
                state += " returned " + type(self._result).__name__
        return f"<{type(self).__name__} at {_address(self):#x} state={state}>"

    def _end(self, state):
        self._state, self._place = state, next(_places)
        for callback in self._done_callbacks:
            self._report(callback)

    def _report(self, callback):
        try:
            callback(self)
        except Exception:
            _unsupported("an exception in a future's callback")

    def cancel(self):
        if self._state in ("RUNNING", "FINISHED"):
            return False
        if self._state == "PENDING":
            self._end("CANCELLED")
        return True

    def cancelled(self):
        return self._state in ("CANCELLED", "CANCELLED_AND_NOTIFIED")

    def running(self):
        return self._state == "RUNNING"

    def done(self):
        return self._state not in ("PENDING", "RUNNING")

    def add_done_callback(self, fn):
        if self.done():
            self._report(fn)
        else:
            self._done_callbacks.append(fn)

    def _wait(self, timeout):
        if not self.done() and (timeout is None or timeout > 0):
            _let_run()
        if self.cancelled():
            raise CancelledError()
        if not self.done():
            if timeout is None:
                _unsupported("a future that is waited for without an end")
            raise TimeoutError()

    def result(self, timeout=None):
        self._wait(timeout)
        if self._exception is None:
            return self._result
        try:
            raise self._exception
        finally:
            self = None

    def exception(self, timeout=None):
        self._wait(timeout)
        return self._exception

    def set_running_or_notify_cancel(self):
        if self._state == "CANCELLED":
            self._state = "CANCELLED_AND_NOTIFIED"
            return False
        if self._state != "PENDING":
            _unsupported("a future that runs twice")
        self._state = "RUNNING"
        return True

    __class_getitem__ = classmethod(_generic_alias)

    def _check_open(self):
        if self.done():
            raise InvalidStateError(f"{self._state}: {self!r}")

    def set_result(self, result):
        self._check_open()
        self._result = result
        self._end("FINISHED")

    def set_exception(self, exception):
        self._check_open()
        self._exception = exception
        self._end("FINISHED")


class Executor:
    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        if timeout is not None and timeout <= 0:
            _unsupported("Executor.map with no time")
        futures = _deque([self.submit(fn, *arguments) for arguments in zip(*iterables)])

        def result_iterator():
            try:
                while futures:
                    yield futures.popleft().result()
            finally:
                while futures:
                    futures.pop().cancel()

        return result_iterator()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


class BrokenThreadPool(BrokenExecutor):
    pass


class _Worker(_threading.Thread):
    """A thread as its tasks see it."""

    def __init__(self, executor):
        super().__init__(name="worker")
        self._sole = executor._title + "_0" if executor._max_workers == 1 else None
        self._started = True

    @property
    def name(self):
        if self._sole is None:
            _unsupported("which of its workers an executor chooses")
        return self._sole


# Executors with tasks that wait, and how far the program was when the first of them came.
_waiting = []
_since = None
_pools = 0
# In which order futures end.
_places = _count()


def _let_run():
    """The program waits: the tasks run, one after the other."""
    global _since
    if _waiting:
        if _is_in_thread():
            _unsupported("a task that waits for another")
        executor, *others = _waiting
        if others:
            _unsupported("executors that wait at the same time")
        steps, entries = _progress()
        if steps - _since[0] > _STEPS or entries - _since[1] > _ENTRIES:
            _unsupported("tasks that wait for long")
        _waiting.clear()
        _expect_tasks(False)
        executor._run()


class ThreadPoolExecutor(Executor):
    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        global _pools
        self._sure = _SURE_WORKERS if max_workers is None else max_workers
        if max_workers is None:
            max_workers = 32
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._title = thread_name_prefix or f"ThreadPoolExecutor-{_pools}"
        if not thread_name_prefix:
            _pools += 1
        self._initializer, self._initargs = initializer, initargs
        self._tasks = _deque()
        self._workers = self._idle = 0
        self._shutdown = False

    def submit(self, fn, /, *args, **kwargs):
        global _since
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if _is_in_thread():
            _unsupported("a task that submits another")
        if _threading._locals:
            _unsupported("a threading.local beside an executor")
        future = Future()
        self._tasks.append((future, fn, args, kwargs))
        if not self._idle and self._workers < self._max_workers:
            if self._workers == self._sure:
                _unsupported("more workers than surely are there")
            self._workers += 1
            _threading._unseen += 1
            if not _waiting:
                _since = _progress()
                _waiting.append(self)
            elif _waiting != [self]:
                _unsupported("executors that wait at the same time")
            if self._initializer is not None:
                self._begin()
            _let_run()
            return future
        if self._idle:
            self._idle -= 1
        if self not in _waiting:
            if not _waiting:
                _since = _progress()
            _waiting.append(self)
            _expect_tasks(True)
        return future

    def _begin(self):
        if len(self._tasks) > 1:
            _unsupported("a worker that begins while tasks wait")
        self._inside(lambda: self._initializer(*self._initargs), "an initializer that fails")

    def _inside(self, function, refused):
        _threading._alive.append(_Worker(self))
        try:
            _in_thread(function)
        except BaseException:
            _unsupported(refused)
        finally:
            _threading._alive.pop()

    def _run(self):
        self._inside(self._work, "a worker that fails")

    def _work(self):
        while self._tasks:
            future, function, arguments, keywords = self._tasks.popleft()
            if future.set_running_or_notify_cancel():
                try:
                    result = function(*arguments, **keywords)
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)
            self._idle += 1

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._shutdown = True
        if cancel_futures:
            for task in self._tasks:
                task[0].cancel()
            self._tasks.clear()
            if self in _waiting:
                _waiting.remove(self)
                _expect_tasks(bool(_waiting))
        if wait:
            _let_run()
            _threading._unseen -= self._workers
            self._workers = 0


_Outcome = _namedtuple("DoneAndNotDoneFutures", "done not_done")


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    # In a fixed order, which sets have not.
    futures = list(dict.fromkeys(fs))
    done = [future for future in futures if future.done()]
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return condition: {return_when!r}")
    failed = any([not future.cancelled() and future.exception() is not None for future in done])
    if len(done) < len(futures) and not (return_when == FIRST_COMPLETED and done or return_when == FIRST_EXCEPTION and failed):
        if timeout is None or timeout > 0:
            _let_run()
        done = [future for future in futures if future.done()]
        if timeout is None and len(done) < len(futures):
            _unsupported("futures that are waited for without an end")
    return _Outcome(set(done), {future for future in futures if future not in done})


def as_completed(fs, timeout=None):
    futures = list(dict.fromkeys(fs))
    done = [future for future in futures if future.done()]
    if len(done) > 1:
        # The order is that of their addresses.
        _unsupported("as_completed of several futures that are done")
    pending = [future for future in futures if future not in done]
    del futures
    while done:
        yield done.pop()
    if not pending:
        return
    if timeout is None or timeout > 0:
        _let_run()
    if not all([future.done() for future in pending]):
        _unsupported("futures that are waited for")
    done = sorted(pending, key=lambda future: future._place, reverse=True)
    del pending
    while done:
        yield done.pop()


def __getattr__(name):
    if name in ("thread", "process"):
        _unsupported("concurrent.futures." + name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


for _thing in (Future, Executor, _Error, CancelledError, InvalidStateError, BrokenExecutor, wait, as_completed, _Outcome):
    _thing.__module__ = "concurrent.futures._base"
for _thing in (ThreadPoolExecutor, BrokenThreadPool):
    _thing.__module__ = "concurrent.futures.thread"
del _thing
