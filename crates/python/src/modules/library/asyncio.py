"""`asyncio` on one thread: tasks, futures and what waits for them. Time passes only while all wait: sleeping takes none."""

import collections as _collections
import heapq as _heapq
import types as _types

from _tracer import address as _address, coroutine_code as _code_of, coroutine_line as _coroutine_line, unsupported as _unsupported

TimeoutError = TimeoutError


class CancelledError(BaseException):
    pass


class InvalidStateError(Exception):
    pass


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


CancelledError.__module__ = InvalidStateError.__module__ = "asyncio.exceptions"
QueueEmpty.__module__ = QueueFull.__module__ = "asyncio.queues"


async def _coroutine():
    pass


_waiting = _coroutine()
_Coroutine = type(_waiting)
_waiting.close()
_running = None


class _Handle:
    def __init__(self, callback, args):
        self._callback = callback
        self._args = args
        self._cancelled = False

    def cancel(self):
        self._cancelled = True

    def cancelled(self):
        return self._cancelled

    def __repr__(self):
        _unsupported("the text of a handle of asyncio")


# Seconds that pass, by the loop's own clock, while the process wakes up and while a callback runs.
_WAKING, _STEPPING = 1e-3, 1e-5


class _Loop:
    def __init__(self):
        self._ready = _collections.deque()
        self._later = []
        self._number = 0
        self._now = 0.0
        self._closed = False
        self._tasks = []

    def __repr__(self):
        return (f"<_UnixSelectorEventLoop running={_running is self} closed={self._closed} debug=False>")

    def call_soon(self, callback, *args, context=None):
        handle = _Handle(callback, args)
        self._ready.append(handle)
        return handle

    def call_later(self, delay, callback, *args, context=None):
        handle = _Handle(callback, args)
        self._number += 1
        _heapq.heappush(self._later, (self._now + delay, self._number, handle))
        return handle

    def time(self):
        _unsupported("the clock of an event loop")

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        return Task(coro, loop=self, name=name)

    def is_running(self):
        return _running is self

    def is_closed(self):
        return self._closed

    def close(self):
        self._closed = True

    def stop(self):
        _unsupported("stopping an event loop")

    def run_until_complete(self, future):
        global _running
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if _running is not None:
            raise RuntimeError("This event loop is already running" if _running is self else
                               "Cannot run the event loop while another loop is running")
        future = ensure_future(future, loop=self)
        _running = self
        self._stopping = False
        future.add_done_callback(_stop)
        try:
            while not self._stopping:
                self._turn()
        finally:
            _running = None
            future.remove_done_callback(_stop)
        return future.result()

    def _turn(self):
        if not self._ready:
            while self._later and self._later[0][2]._cancelled:
                _heapq.heappop(self._later)
            if not self._later:
                _unsupported("an event loop that waits for ever")
            wait = self._later[0][0] - self._now
            if wait > 0:
                # As epoll does, which counts milliseconds; then the process takes a moment to wake up. So of two tasks that are
                # to meet after many short sleeps and after a long one, the one with more sleeps comes later.
                self._now += -(-wait * 1000 // 1) / 1000 + _WAKING
        due = []
        while self._later and self._later[0][0] <= self._now:
            handle = _heapq.heappop(self._later)[2]
            if not handle._cancelled:
                self._ready.append(handle)
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            self._now += _STEPPING
            if not handle._cancelled:
                handle._callback(*handle._args)


def _stop(future):
    """Lets the loop that runs for the future's sake stop at the end of its turn."""
    future._loop._stopping = True


class Future:
    def __init__(self, *, loop=None):
        self._loop = loop if loop is not None else get_event_loop()
        self._done = self._cancelled = False
        self._result = self._exception = None
        self._callbacks = []
        self._message = None

    def __repr__(self):
        return f"<{type(self).__name__} {' '.join(self._told())}>"

    def _told(self):
        told = ["cancelled" if self._cancelled else "finished" if self._done else "pending"]
        if self._done and not self._cancelled:
            if self._exception is not None:
                told.append(f"exception={self._exception!r}")
            else:
                result = repr(self._result)
                if not (self._result is None or isinstance(self._result, (int, float, str)) and len(result) <= 30):
                    _unsupported("the text of a future with this result")
                told.append(f"result={result}")
        if self._callbacks:
            for callback in self._callbacks:
                if getattr(callback, "__func__", None) is not Task._wake:
                    _unsupported("the text of a future with this callback")
            told.append("cb=[" + ", ".join(["Task.task_wakeup()"] * len(self._callbacks)) + "]")
        return told

    def done(self):
        return self._done

    def cancelled(self):
        return self._cancelled

    def result(self):
        if self._cancelled:
            raise self._cancellation()
        if not self._done:
            raise InvalidStateError("Result is not set.")
        if self._exception is not None:
            raise self._exception
        return self._result

    def _cancellation(self):
        return CancelledError() if self._message is None else CancelledError(self._message)

    def exception(self):
        if self._cancelled:
            raise self._cancellation()
        if not self._done:
            raise InvalidStateError("Exception is not set.")
        return self._exception

    def add_done_callback(self, callback, *, context=None):
        if self._done:
            self._loop.call_soon(callback, self)
        else:
            self._callbacks.append(callback)

    def remove_done_callback(self, callback):
        kept = [other for other in self._callbacks if other != callback]
        removed = len(self._callbacks) - len(kept)
        self._callbacks[:] = kept
        return removed

    def _finish(self):
        self._done = True
        for callback in self._callbacks:
            self._loop.call_soon(callback, self)
        self._callbacks = []

    def set_result(self, result):
        if self._done:
            raise InvalidStateError("invalid state")
        self._result = result
        self._finish()

    def set_exception(self, exception):
        if self._done:
            raise InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators and cannot be raised into a Future")
        self._exception = exception
        self._finish()

    def cancel(self, msg=None):
        if self._done:
            return False
        self._cancelled = True
        self._message = msg
        self._finish()
        return True

    def get_loop(self):
        return self._loop

    def __await__(self):
        if not self._done:
            yield self
        if not self._done:
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


class Task(Future):
    _count = 0

    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__(loop=loop)
        if not iscoroutine(coro):
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        Task._count += 1
        self._name = f"Task-{Task._count}" if name is None else str(name)
        self._coro = coro
        self._waits_for = None
        self._must_cancel = False
        self._cancelling = 0
        self._loop._tasks.append(self)
        self._loop.call_soon(self._step)

    def _told(self):
        told = super()._told()
        if self._cancelling and not self._done:
            told[0] = "cancelling"
        code = _code_of(self._coro)
        line = _coroutine_line(self._coro)
        if line is None:
            place = f"done, defined at {code.co_filename}:{code.co_firstlineno}"
        else:
            place = f"running at {code.co_filename}:{line}"
        told[1:1] = [f"name={self._name!r}", f"coro=<{self._coro.__qualname__}() {place}>"]
        if self._waits_for is not None:
            told.insert(3, f"wait_for={self._waits_for!r}")
        return told

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def get_coro(self):
        return self._coro

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def cancel(self, msg=None):
        if self._done:
            return False
        self._cancelling += 1
        if self._waits_for is not None and self._waits_for.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._message = msg
        return True

    def cancelling(self):
        return self._cancelling

    def uncancel(self):
        if self._cancelling > 0:
            self._cancelling -= 1
        return self._cancelling

    def _step(self, exception=None):
        global _current
        if self._must_cancel:
            if not isinstance(exception, CancelledError):
                exception = self._cancellation()
            self._must_cancel = False
        self._waits_for = None
        outer, _current = _current, self
        try:
            if exception is None:
                waited = self._coro.send(None)
            else:
                waited = self._coro.throw(exception)
        except StopIteration as stop:
            if self._must_cancel:
                self._must_cancel = False
                super().cancel(msg=self._message)
            else:
                super().set_result(stop.value)
        except CancelledError as error:
            super().cancel(msg=error.args[0] if error.args else None)
        except (KeyboardInterrupt, SystemExit) as error:
            super().set_exception(error)
            raise
        except BaseException as error:
            super().set_exception(error)
        else:
            if isinstance(waited, Future):
                if waited is self:
                    self._loop.call_soon(self._step, RuntimeError("Task cannot await on itself"))
                    return
                waited.add_done_callback(self._wake)
                self._waits_for = waited
                if self._must_cancel and waited.cancel(msg=self._message):
                    self._must_cancel = False
            elif waited is None:
                self._loop.call_soon(self._step)
            else:
                _unsupported("a task that awaits something else than a future")
        finally:
            _current = outer

    def _wake(self, future):
        if future._cancelled:
            self._step(future._cancellation())
        else:
            self._step(future._exception)


for _class in (Future, Task):
    _class.__module__ = "_asyncio"
_current = None


def iscoroutine(obj):
    return isinstance(obj, _Coroutine) or isinstance(obj, _types.GeneratorType) and False


def iscoroutinefunction(func):
    code = getattr(func, "__code__", None)
    return code is not None and bool(code.co_flags & 0x80)


def isfuture(obj):
    return isinstance(obj, Future)


def get_running_loop():
    if _running is None:
        raise RuntimeError("no running event loop")
    return _running


_main_loop = None


def get_event_loop():
    global _main_loop
    if _running is not None:
        return _running
    if _main_loop is None:
        _main_loop = _Loop()
    return _main_loop


def new_event_loop():
    return _Loop()


def set_event_loop(loop):
    global _main_loop
    _main_loop = loop


def run(main, *, debug=None):
    if _running is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    if not iscoroutine(main):
        raise ValueError(f"a coroutine was expected, got {main!r}")
    loop = _Loop()
    try:
        return loop.run_until_complete(main)
    finally:
        left = [task for task in loop._tasks if not task._done]
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(gather(*left, return_exceptions=True, _loop=loop))
        loop.close()
        # CPython's loop has two more tasks at its end.
        Task._count += 2


def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name)


def current_task(loop=None):
    get_running_loop()
    return _current


def all_tasks(loop=None):
    _unsupported("asyncio.all_tasks: a set in the order of addresses")


def ensure_future(coro_or_future, *, loop=None):
    if isinstance(coro_or_future, Future):
        return coro_or_future
    if iscoroutine(coro_or_future):
        return (loop or get_event_loop()).create_task(coro_or_future)
    if hasattr(type(coro_or_future), "__await__"):
        return (loop or get_event_loop()).create_task(_wrap(coro_or_future))
    raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")


async def _wrap(awaitable):
    return await awaitable


class _Bare:
    def __await__(self):
        yield


async def sleep(delay, result=None):
    if delay <= 0:
        await _Bare()
        return result
    loop = get_running_loop()
    future = loop.create_future()

    def wake():
        if not future._done:
            future.set_result(result)

    handle = loop.call_later(delay, wake)
    try:
        return await future
    finally:
        handle.cancel()


class _GatheringFuture(Future):
    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self._done:
            return False
        cancelled = False
        for child in self._children:
            cancelled = child.cancel(msg=msg) or cancelled
        if cancelled:
            self._cancel_requested = True
        return cancelled


def gather(*coros_or_futures, return_exceptions=False, _loop=None):
    if not coros_or_futures:
        loop = get_event_loop()
        outer = loop.create_future()
        outer.set_result([])
        return outer
    loop = _loop or get_event_loop()
    children, known = [], {}
    finished = 0

    def done(child):
        nonlocal finished
        finished += 1
        if outer._done:
            return
        if not return_exceptions:
            if child._cancelled:
                outer.set_exception(child._cancellation())
                return
            if child._exception is not None:
                outer.set_exception(child._exception)
                return
        if finished == len(known):
            results = []
            for child in children:
                if child._cancelled:
                    results.append(child._cancellation())
                elif child._exception is not None:
                    results.append(child._exception)
                else:
                    results.append(child._result)
            if outer._cancel_requested:
                outer.set_exception(child._cancellation())
            else:
                outer.set_result(results)

    outer = None
    for one in coros_or_futures:
        if id(one) not in known:
            child = ensure_future(one, loop=loop)
            known[id(one)] = one, child
            child.add_done_callback(done)
        children.append(known[id(one)][1])
    outer = _GatheringFuture([child for _, child in known.values()], loop=loop)
    return outer


FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"


async def wait_for(fut, timeout):
    loop = get_running_loop()
    if timeout is None:
        return await fut
    if timeout <= 0:
        fut = ensure_future(fut, loop=loop)
        if fut._done:
            return fut.result()
        await _cancel_and_wait(fut, loop)
        try:
            return fut.result()
        except CancelledError as exc:
            raise TimeoutError() from exc
    waiter = loop.create_future()

    def release(*_):
        if not waiter._done:
            waiter.set_result(None)

    handle = loop.call_later(timeout, release)
    fut = ensure_future(fut, loop=loop)
    fut.add_done_callback(release)
    try:
        try:
            await waiter
        except CancelledError:
            if fut._done:
                return fut.result()
            fut.remove_done_callback(release)
            await _cancel_and_wait(fut, loop)
            raise
        if fut._done:
            return fut.result()
        fut.remove_done_callback(release)
        await _cancel_and_wait(fut, loop)
        try:
            return fut.result()
        except CancelledError as exc:
            raise TimeoutError() from exc
    finally:
        handle.cancel()


async def _cancel_and_wait(fut, loop):
    waiter = loop.create_future()

    def release(*_):
        if not waiter._done:
            waiter.set_result(None)

    fut.add_done_callback(release)
    try:
        fut.cancel()
        await waiter
    finally:
        fut.remove_done_callback(release)


def _with_waiters(obj, told):
    if obj._waiters:
        told += f", waiters:{len(obj._waiters)}"
    return f"<{object.__repr__(obj)[1:-1]} [{told}]>"


class Lock:
    def __init__(self):
        self._locked = False
        self._waiters = _collections.deque()

    def __repr__(self):
        return _with_waiters(self, "locked" if self._locked else "unlocked")

    def locked(self):
        return self._locked

    async def acquire(self):
        if not self._locked and all(waiter._cancelled for waiter in self._waiters):
            self._locked = True
            return True
        waiter = get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except CancelledError:
            if not self._locked:
                self._wake_first()
            raise
        self._locked = True
        return True

    def release(self):
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake_first()

    def _wake_first(self):
        if self._waiters and not self._waiters[0]._done:
            self._waiters[0].set_result(True)

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *exception):
        self.release()


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._value = value
        self._waiters = _collections.deque()

    def __repr__(self):
        return _with_waiters(self, "locked" if self.locked() else f"unlocked, value:{self._value}")

    def locked(self):
        return self._value == 0 or any(not waiter._cancelled for waiter in self._waiters)

    async def acquire(self):
        if not self.locked():
            self._value -= 1
            return True
        waiter = get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except CancelledError:
            if not waiter._cancelled:
                self._value += 1
                self._wake_next()
            raise
        if self._value > 0:
            self._wake_next()
        return True

    def release(self):
        self._value += 1
        self._wake_next()

    def _wake_next(self):
        for waiter in self._waiters:
            if not waiter._done:
                self._value -= 1
                waiter.set_result(True)
                return

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *exception):
        self.release()


class Event:
    def __init__(self):
        self._waiters = _collections.deque()
        self._value = False

    def __repr__(self):
        return _with_waiters(self, "set" if self._value else "unset")

    def is_set(self):
        return self._value

    def set(self):
        if not self._value:
            self._value = True
            for waiter in self._waiters:
                if not waiter._done:
                    waiter.set_result(True)

    def clear(self):
        self._value = False

    async def wait(self):
        if self._value:
            return True
        waiter = get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            await waiter
            return True
        finally:
            self._waiters.remove(waiter)


class Queue:
    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters = _collections.deque()
        self._putters = _collections.deque()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()
        self._queue = self._make()

    def __repr__(self):
        told = f"maxsize={self._maxsize!r}"
        if self._queue:
            told += f" _queue={list(self._queue)!r}"
        if self._getters:
            told += f" _getters[{len(self._getters)}]"
        if self._putters:
            told += f" _putters[{len(self._putters)}]"
        if self._unfinished:
            told += f" tasks={self._unfinished}"
        return f"<{type(self).__name__} at {_address(self):#x} {told}>"

    def _make(self):
        return _collections.deque()

    def _take(self):
        return self._queue.popleft()

    def _add(self, item):
        self._queue.append(item)

    @property
    def maxsize(self):
        return self._maxsize

    def qsize(self):
        return len(self._queue)

    def empty(self):
        return not self._queue

    def full(self):
        return 0 < self._maxsize <= len(self._queue)

    def _wake_next(self, waiters):
        while waiters:
            waiter = waiters.popleft()
            if not waiter._done:
                waiter.set_result(None)
                break

    async def _wait(self, waiters, blocked, other):
        while blocked():
            waiter = get_running_loop().create_future()
            waiters.append(waiter)
            try:
                await waiter
            except BaseException:
                waiter.cancel()
                try:
                    waiters.remove(waiter)
                except ValueError:
                    pass
                if not blocked() and not waiter._cancelled:
                    self._wake_next(waiters)
                raise

    async def put(self, item):
        await self._wait(self._putters, self.full, self._getters)
        return self.put_nowait(item)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._add(item)
        self._unfinished += 1
        self._finished.clear()
        self._wake_next(self._getters)

    async def get(self):
        await self._wait(self._getters, self.empty, self._putters)
        return self.get_nowait()

    def get_nowait(self):
        if self.empty():
            raise QueueEmpty
        item = self._take()
        self._wake_next(self._putters)
        return item

    def task_done(self):
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        if self._unfinished > 0:
            await self._finished.wait()


class PriorityQueue(Queue):
    def _make(self):
        return []

    def _add(self, item):
        _heapq.heappush(self._queue, item)

    def _take(self):
        return _heapq.heappop(self._queue)


class LifoQueue(Queue):
    def _make(self):
        return []

    def _take(self):
        return self._queue.pop()


_module_names = {"Lock": "locks", "Semaphore": "locks", "Event": "locks", "Queue": "queues", "PriorityQueue": "queues",
                 "LifoQueue": "queues"}
for _name, _module in _module_names.items():
    globals()[_name].__module__ = "asyncio." + _module
