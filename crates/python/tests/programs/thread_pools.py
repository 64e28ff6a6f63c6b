# Tasks of thread pools: when they run, what their futures tell.
from concurrent.futures import ThreadPoolExecutor, Future, CancelledError, TimeoutError, as_completed, wait
from concurrent import futures as cf


class Counter:
    def __init__(self):
        self.n = 0

    def inc(self, by=1):
        self.n += by
        return self.n


def task(x):
    print("task", x)
    if x == 7:
        raise KeyError(x)
    return [x]


def told(future):
    print("told", future.cancelled() or future.exception() or future.result())


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def one_worker():
    pool = ThreadPoolExecutor(max_workers=1)
    first = pool.submit(task, 1)
    first.add_done_callback(told)
    second = pool.submit(task, 2)
    second.add_done_callback(told)
    third = pool.submit(task, 7)
    fourth = pool.submit(task, 4)
    print(first.done(), second.done(), fourth.cancel(), fourth.cancelled())
    try:
        fourth.result()
    except CancelledError as error:
        print("cancelled", repr(error))
    try:
        print(second.result(), third.result())
    except KeyError as error:
        print(error, repr(third.exception()))
    results = pool.map(task, [5, 7, 6])
    try:
        for result in results:
            print(result)
    except KeyError as error:
        print("failed", error)
    pool.shutdown(wait=False)
    try:
        pool.submit(task, 9)
    except RuntimeError as error:
        print(error)


def several():
    with ThreadPoolExecutor(max_workers=3) as pool:
        futures = []
        for n in range(8, 14):
            future = pool.submit(fib, n)
            futures.append(future)
            print(n, future.done(), future.running())
        print([future.result() for future in futures])
    counter = Counter()
    with cf.ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(counter.inc, by=i) for i in range(7)]
        print(counter.n)
        print(wait(futures[:1]).done == {futures[0]}, len(wait(futures).done), len(wait(futures).not_done), counter.n)
        divided = pool.submit(lambda a, b: a / b, 1, 0)
        error = divided.exception()
    with ThreadPoolExecutor() as pool:
        print(sum(pool.map(fib, range(10))), list(pool.map(str.upper, "ab")), list(pool.map(pow, [2, 3], [3, 2])))


def in_order():
    with ThreadPoolExecutor(max_workers=1) as pool:
        futures = {pool.submit(task, n): n for n in range(4)}
        for future in as_completed(futures):
            n = futures[future]
            print(n, future.result())


def by_hand():
    future = Future()
    future.add_done_callback(told)
    try:
        future.result(timeout=0)
    except TimeoutError as error:
        print(repr(error))
    future.set_result(5)
    try:
        future.set_result(6)
    except cf.InvalidStateError as error:
        print(type(error))
    other = Future()
    print(other.cancel(), other.cancel(), future.cancel(), cf.FIRST_COMPLETED)


for refused in (dict(max_workers=0), dict(initializer=5)):
    try:
        ThreadPoolExecutor(**refused)
    except (ValueError, TypeError) as error:
        print(error)
one_worker()
several()
in_order()
by_hand()
ThreadPoolExecutor(1).submit(task, 7).result()
