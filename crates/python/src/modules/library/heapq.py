"""Binary heaps in lists: heap[k] is never greater than heap[2k+1] and heap[2k+2]."""

from _heapq import (_heapify_max, _heappop_max, _heapreplace_max, heapify, heappop, heappush, heappushpop,
                    heapreplace)

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def merge(*iterables, key=None, reverse=False):
    """Items of sorted inputs in order; equal ones in the order of the inputs."""
    heap = []
    sign = -1 if reverse else 1
    if reverse:
        heapify_, pop, replace = _heapify_max, _heappop_max, _heapreplace_max
    else:
        heapify_, pop, replace = heapify, heappop, heapreplace
    for order, iterator in enumerate(map(iter, iterables)):
        for value in iterator:
            heap.append([value if key is None else key(value), order * sign, value, iterator])
            break
    heapify_(heap)
    while len(heap) > 1:
        entry = heap[0]
        yield entry[2]
        for value in entry[3]:
            entry[0] = value if key is None else key(value)
            entry[2] = value
            replace(heap, entry)
            break
        else:
            pop(heap)
    if heap:
        entry = heap[0]
        yield entry[2]
        yield from entry[3]


def _best(n, iterable, key, largest):
    if n == 1:
        nothing = object()
        choose = max if largest else min
        found = choose(iterable, default=nothing, key=key)
        return [] if found is nothing else [found]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=largest)[:n]
    iterator = iter(iterable)
    orders = range(0, -n, -1) if largest else range(n)
    heap = [(item if key is None else key(item), order, item) for order, item in zip(orders, iterator)]
    if not heap:
        return heap
    if largest:
        heapify(heap)
    else:
        _heapify_max(heap)
    edge = heap[0][0]
    order = n
    for item in iterator:
        rank = item if key is None else key(item)
        if (edge < rank) if largest else (rank < edge):
            if largest:
                heapreplace(heap, (rank, -order, item))
            else:
                _heapreplace_max(heap, (rank, order, item))
            edge = heap[0][0]
            order += 1
    heap.sort(reverse=largest)
    return [item for _, _, item in heap]


def nsmallest(n, iterable, key=None):
    return _best(n, iterable, key, False)


def nlargest(n, iterable, key=None):
    return _best(n, iterable, key, True)
