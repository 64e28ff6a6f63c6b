"""`threading` where only one thread runs at a time: one that is started runs to its end before the other goes on, as in CPython as
long as it is quick and waits for nothing. All that depends on more is refused."""

import sys as _sys
from collections import deque as _deque
from itertools import count as _count

from _tracer import address as _address, in_thread as _in_thread, is_standard_error as _is_standard_error
from _tracer import refuse_tasks as _refuse_tasks, title as _title, unsupported as _unsupported

__all__ = ["get_ident", "active_count", "Condition", "current_thread", "enumerate", "main_thread", "TIMEOUT_MAX", "Event",
           "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Thread", "Barrier", "BrokenBarrierError", "Timer",
           "ThreadError", "setprofile", "settrace", "local", "stack_size", "excepthook", "ExceptHookArgs", "getprofile",
           "gettrace", "get_native_id"]

TIMEOUT_MAX = 9223372036.0
ThreadError = RuntimeError


class _Lock:
    __slots__ = ("_held",)

    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError("timeout value must be a non-negative number")
        if self._held:
            if blocking and timeout == -1:
                _unsupported("a lock that is waited for without an end")
            if blocking:
                _refuse_tasks()
            return False
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False

    def locked(self):
        return self._held

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exception):
        self.release()

    def __repr__(self):
        return f"<{'locked' if self._held else 'unlocked'} _thread.lock object at {_address(self):#x}>"


_Lock.__module__ = "_thread"
_Lock.__name__ = _Lock.__qualname__ = "lock"
_title(_Lock, "_thread.lock")


def allocate_lock():
    return _Lock()


Lock = allocate_lock


class _RLock:
    __slots__ = ("_count", "_owner")

    def __init__(self):
        self._count = 0
        self._owner = None

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if self._count and self._owner is not _alive[-1]:
            if blocking and timeout == -1:
                _unsupported("a lock that is waited for without an end")
            if blocking:
                _refuse_tasks()
            return False
        self._owner = _alive[-1]
        self._count += 1
        return True

    def release(self):
        if not self._is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1

    def _is_owned(self):
        return self._count > 0 and self._owner is _alive[-1]

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exception):
        self.release()

    def __repr__(self):
        if self._count:
            _unsupported("the text of a held RLock")
        return f"<unlocked _thread.RLock object owner=0 count=0 at {_address(self):#x}>"


_RLock.__module__ = "_thread"
_RLock.__name__ = _RLock.__qualname__ = "RLock"
_title(_RLock, "_thread.RLock")


def RLock():
    return _RLock()


class Condition:
    def __init__(self, lock=None):
        self._lock = _RLock() if lock is None else lock
        self.acquire = self._lock.acquire
        self.release = self._lock.release
        self._waiters = _deque()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def _is_owned(self):
        return self._lock._is_owned() if isinstance(self._lock, _RLock) else self._lock.locked()

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def wait(self, timeout=None):
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        if timeout is None:
            _unsupported("a condition that is waited for without an end")
        _refuse_tasks()
        return False

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        if not result and timeout is None:
            _unsupported("a condition that is waited for without an end")
        if not result:
            self.wait(timeout)
            _unsupported("a condition that is waited for")
        return result

    def notify(self, n=1):
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")

    def notify_all(self):
        self.notify()


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value = value

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} at {_address(self):#x}: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        if self._value:
            self._value -= 1
            return True
        if blocking and timeout is None:
            _unsupported("a semaphore that is waited for without an end")
        if blocking:
            _refuse_tasks()
        return False

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        self._value += n

    def __exit__(self, t, v, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        kind = type(self)
        return f"<{kind.__module__}.{kind.__qualname__} at {_address(self):#x}: value={self._value}/{self._initial_value}>"

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")
        self._value += n


class Event:
    def __init__(self):
        self._flag = False

    def __repr__(self):
        kind = type(self)
        status = "set" if self._flag else "unset"
        return f"<{kind.__module__}.{kind.__qualname__} at {_address(self):#x}: {status}>"

    def is_set(self):
        return self._flag

    isSet = is_set

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        if not self._flag and timeout is None:
            _unsupported("an event that is waited for without an end")
        if not self._flag:
            _refuse_tasks()
        return self._flag


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        self._parties, self._action = parties, action

    @property
    def parties(self):
        return self._parties

    n_waiting = property(lambda self: 0)
    broken = property(lambda self: False)

    def wait(self, timeout=None):
        if self._parties != 1:
            _unsupported("a barrier that is waited for")
        if self._action:
            self._action()
        return 0


class local:
    """Attributes that each thread has for itself."""

    def __new__(cls, /, *args, **kw):
        if (args or kw) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        made = object.__new__(cls)
        _locals.append(made)
        return made


_locals = []
local.__module__ = "_thread"
local.__qualname__ = "_local"
_names = _count(1)


class Thread:
    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if name:
            name = str(name)
        else:
            name = f"Thread-{next(_names)}"
            if target is not None and hasattr(target, "__name__"):
                name += f" ({target.__name__})"
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = _alive[-1].daemon if daemon is None and _alive else bool(daemon)
        self._started = False
        self._initialized = True

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        if self._started:
            _unsupported("the number of a thread")
        return f"<{type(self).__name__}({self._name}, initial{' daemon' if self._daemonic else ''})>"

    def start(self):
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started:
            raise RuntimeError("threads can only be started once")
        _refuse_tasks()
        self._started = True
        _alive.append(self)
        outside = [(each, each.__dict__.copy()) for each in _locals]
        for each, _ in outside:
            if type(each).__init__ is not object.__init__:
                _unsupported("a threading.local with an __init__ in a second thread")
            each.__dict__.clear()
        try:
            _in_thread(self.run)
        except SystemExit:
            pass
        except BaseException:
            if "excepthook" in globals() or not _is_standard_error(_sys.stderr):
                _unsupported("the report of a thread's exception")
        finally:
            _alive.pop()
            for each, attributes in outside:
                each.__dict__.clear()
                each.__dict__.update(attributes)

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def join(self, timeout=None):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")
        if self is _alive[-1]:
            raise RuntimeError("cannot join current thread")
        if self in _alive:
            _unsupported("a thread that is waited for without an end")

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)

    @property
    def ident(self):
        if self._started:
            _unsupported("the number of a thread")
        return None

    native_id = ident

    def is_alive(self):
        return self in _alive

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if self._started:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval, self.function, self.finished = interval, function, Event()
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs

    def start(self):
        _unsupported("a timer's thread")

    def cancel(self):
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self._started = True


# The threads that have begun and not ended, the innermost running; and how many wait for tasks of executors.
_alive = []
_unseen = 0
_main_thread = _MainThread()
_alive.append(_main_thread)


def current_thread():
    return _alive[-1]


def main_thread():
    return _main_thread


def currentThread():
    return current_thread()


def active_count():
    if _unseen:
        _unsupported("the threads of an executor")
    return len(_alive)


def enumerate():
    active_count()
    return _alive.copy()


def get_ident():
    _unsupported("the number of a thread")


def stack_size(size=0, /):
    return 0
