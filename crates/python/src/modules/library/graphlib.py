"""Orders of nodes in which each stands after all that it needs."""

from types import GenericAlias as _GenericAlias

__all__ = ["TopologicalSorter", "CycleError"]

_READY = -1
_DONE = -2


class _Node:
    __slots__ = ("node", "waiting_for", "followers")

    def __init__(self, node):
        self.node = node
        self.waiting_for = 0
        self.followers = []


class CycleError(ValueError):
    """Raised by prepare() where nodes need each other: the second argument is a list whose first and last item are the same."""


class TopologicalSorter:
    """Sorts nodes by what they need."""

    def __init__(self, graph=None):
        self._nodes = {}
        self._ready = None
        self._passed_out = 0
        self._finished = 0
        if graph is not None:
            for node, needed in graph.items():
                self.add(node, *needed)

    def _record(self, node):
        record = self._nodes.get(node)
        if record is None:
            record = self._nodes[node] = _Node(node)
        return record

    def add(self, node, *predecessors):
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        record = self._record(node)
        record.waiting_for += len(predecessors)
        for needed in predecessors:
            self._record(needed).followers.append(node)

    def prepare(self):
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [record.node for record in self._nodes.values() if record.waiting_for == 0]
        cycle = self._cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def _begun(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")

    def get_ready(self):
        self._begun()
        nodes = tuple(self._ready)
        for node in nodes:
            self._nodes[node].waiting_for = _READY
        self._ready.clear()
        self._passed_out += len(nodes)
        return nodes

    def is_active(self):
        self._begun()
        return self._finished < self._passed_out or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        self._begun()
        for node in nodes:
            record = self._nodes.get(node)
            if record is None:
                raise ValueError(f"node {node!r} was not added using add()")
            if record.waiting_for >= 0:
                raise ValueError(f"node {node!r} was not passed out (still not ready)")
            if record.waiting_for == _DONE:
                raise ValueError(f"node {node!r} was already marked done")
            record.waiting_for = _DONE
            for follower in record.followers:
                after = self._nodes[follower]
                after.waiting_for -= 1
                if after.waiting_for == 0:
                    self._ready.append(follower)
            self._finished += 1

    def _cycle(self):
        """A path along followers that comes back to its begin; the search goes depth first, nodes in their order."""
        seen = set()
        for start in self._nodes:
            if start in seen:
                continue
            path, places, left = [], {}, []
            node = start
            while True:
                if node in places:
                    return path[places[node]:] + [node]
                if node not in seen:
                    seen.add(node)
                    left.append(iter(self._nodes[node].followers))
                    places[node] = len(path)
                    path.append(node)
                found = False
                while path:
                    following = next(left[-1], self)
                    if following is not self:
                        node, found = following, True
                        break
                    del places[path.pop()]
                    left.pop()
                if not found:
                    break
        return None

    def static_order(self):
        self.prepare()
        while self.is_active():
            nodes = self.get_ready()
            yield from nodes
            self.done(*nodes)

    __class_getitem__ = classmethod(_GenericAlias)
