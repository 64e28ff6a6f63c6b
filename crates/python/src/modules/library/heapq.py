"""Binary heaps in lists: heap[k] is never greater than heap[2k+1] and heap[2k+2]."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def _check(heap, function, argument="argument 1"):
    if not isinstance(heap, list):
        shown = "None" if heap is None else type(heap).__name__
        raise TypeError(f"{function}() {argument} must be list, not {shown}")


def _up(heap, start, place):
    """Moves the item at `place` towards the root until its parent isn't greater."""
    item = heap[place]
    while place > start:
        above = (place - 1) >> 1
        parent = heap[above]
        if not item < parent:
            break
        heap[place] = parent
        place = above
    heap[place] = item


def _down(heap, place):
    """Moves the smaller children up to a leaf, then the item from there to where it belongs."""
    end = len(heap)
    start = place
    item = heap[place]
    child = 2 * place + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    _up(heap, start, place)


def heappush(heap, item, /):
    _check(heap, "heappush")
    heap.append(item)
    _up(heap, 0, len(heap) - 1)


def heappop(heap, /):
    _check(heap, "heappop", "argument")
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    least = heap[0]
    heap[0] = last
    _down(heap, 0)
    return least


def heapreplace(heap, item, /):
    _check(heap, "heapreplace")
    if not heap:
        raise IndexError("index out of range")
    least = heap[0]
    heap[0] = item
    _down(heap, 0)
    return least


def heappushpop(heap, item, /):
    _check(heap, "heappushpop")
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _down(heap, 0)
    return item


def heapify(heap, /):
    _check(heap, "heapify", "argument")
    for place in reversed(range(len(heap) // 2)):
        _down(heap, place)


def _up_max(heap, start, place):
    item = heap[place]
    while place > start:
        above = (place - 1) >> 1
        parent = heap[above]
        if not parent < item:
            break
        heap[place] = parent
        place = above
    heap[place] = item


def _down_max(heap, place):
    end = len(heap)
    start = place
    item = heap[place]
    child = 2 * place + 1
    while child < end:
        right = child + 1
        if right < end and not heap[right] < heap[child]:
            child = right
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    _up_max(heap, start, place)


def _heapify_max(heap, /):
    for place in reversed(range(len(heap) // 2)):
        _down_max(heap, place)


def _heappop_max(heap, /):
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    greatest = heap[0]
    heap[0] = last
    _down_max(heap, 0)
    return greatest


def _heapreplace_max(heap, item, /):
    greatest = heap[0]
    heap[0] = item
    _down_max(heap, 0)
    return greatest


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
    sign = -1 if largest else 1
    iterator = iter(iterable)
    heap = [(item if key is None else key(item), order * sign, item) for order, item in zip(range(0, n), iterator)]
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
