"""Which flows of a drawing a case can have taken at the same time, whatever it decides: what never is cannot be waited for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.procedure.check.subject import Graph
from engine.procedure.diagrams.markup import local

ONE_WAY = frozenset({"exclusiveGateway", "eventBasedGateway"})


class Together:
    """The flows of one graph by number; more is held possible than there is, so what is held impossible is.

    The gateways in ``waved`` are taken as if they waited for nobody.
    """

    def __init__(self, graph: Graph, waved: frozenset[str] = frozenset()) -> None:
        self._graph, self._waved = graph, waved
        self._numbers = {id(flow): number for number, flow in enumerate(graph.flows)}
        self._taken: set[int] = set()
        #: For each flow those that can be taken beside it, one bit a flow.
        self._beside = [0] * len(graph.flows)
        self._settle()

    def stuck(self, gateway: str) -> tuple[int, int] | None:
        """Two flows into a gateway that waits for both, of which both are taken at times, and never together."""
        taken = [number for number in self._into(gateway) if number in self._taken]
        return next((pair for pair in combinations(taken, 2) if not self._meet(*pair)), None)

    def starved(self, gateway: str) -> bool:
        """Whether a gateway gets some of what it waits for, and the rest never."""
        entering = self._into(gateway)
        return 0 < sum(number in self._taken for number in entering) < len(entering)

    def _into(self, node: str) -> list[int]:
        return [self._numbers[id(flow)] for flow in self._graph.into(node)]

    def _out(self, node: str) -> list[int]:
        return [self._numbers[id(flow)] for flow in self._graph.out(node)]

    def _meet(self, one: int, other: int) -> bool:
        return bool(self._beside[one] >> other & 1)

    def _settle(self) -> None:
        for start in self._graph.starts:
            self._leave(start, 0)
        while any([self._pass(node) for node in self._graph.nodes]):
            pass

    def _pass(self, node: str) -> bool:
        """What a node lets through; whether that was new."""
        entering = self._into(node)
        if len(entering) > 1 and waits(self._graph, node) and node not in self._waved:
            if not all(one in self._taken for one in entering) or not all(self._meet(*two) for two in combinations(entering, 2)):
                return False
            beside = -1
            for one in entering:
                beside &= self._beside[one]
            return self._leave(node, beside)
        return any([self._leave(node, self._beside[one]) for one in entering if one in self._taken])

    def _leave(self, node: str, beside: int) -> bool:
        """The flows after a node are taken, beside those; whether that was new."""
        before = len(self._taken), sum(one.bit_count() for one in self._beside)
        for group in self._groups(node):
            self._taken.update(group)
            for one, other in combinations(group, 2):
                self._add(one, 1 << other)
        for one in {one for group in self._groups(node) for one in group}:
            self._add(one, beside)
        return before != (len(self._taken), sum(one.bit_count() for one in self._beside))

    def _add(self, one: int, beside: int) -> None:
        new = beside & ~self._beside[one]
        self._beside[one] |= new
        while new:
            lowest = new & -new
            self._beside[lowest.bit_length() - 1] |= 1 << one
            new ^= lowest

    def _groups(self, node: str) -> Iterator[list[int]]:
        """The flows that are taken together when a node is done; one group of several is taken."""
        leaving = self._out(node)
        aside: list[int] = []
        for own in self._graph.boundaries.get(node, []):
            if self._graph.nodes[own].get("cancelActivity") == "false":
                aside += self._out(own)
            else:
                yield self._out(own)
        ways = [[one] for one in leaving] if local(self._graph.nodes[node]) in ONE_WAY else [leaving]
        for way in ways:
            # An event that leaves its host at work may happen again and again.
            yield [*way, *aside, *aside]


def waits(graph: Graph, node: str) -> bool:
    """Whether a node waits until all flows into it are taken."""
    return local(graph.nodes[node]) == "parallelGateway"
