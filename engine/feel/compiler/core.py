"""The compiler's common part: dispatch by construct, and what a name means at its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from engine.feel.runtime import Closure, Env
from engine.feel.syntax.tree import Node

Construct = Callable[["Compiler", Node], Closure]
_CONSTRUCTS: dict[str, Construct] = {}


def construct(*kinds: str) -> Callable[[Construct], Construct]:
    """Registers the function that compiles nodes of these kinds."""

    def register(function: Construct) -> Construct:
        for kind in kinds:
            _CONSTRUCTS[kind] = function
        return function

    return register


class Compiler:
    """Compiles one source; afterwards ``variables`` and ``functions`` are the free names it reads and calls."""

    def __init__(self, names: Collection[str], builtins: Collection[str]) -> None:
        self.names = names
        self.builtins = builtins
        self.variables: set[str] = set()
        self.functions: set[str] = set()
        # Innermost last: the names bound at a place, or the slot in which a filter keeps its item.
        self._frames: list[set[str] | str] = []
        self._slots = 0

    def compile(self, node: Node) -> Closure:
        """The closure that computes the node."""
        return _CONSTRUCTS[node.kind](self, node)

    def compile_all(self, nodes: Iterable[Node]) -> tuple[Closure, ...]:
        """The closures of several nodes, in order."""
        return tuple(_CONSTRUCTS[node.kind](self, node) for node in nodes)

    @contextmanager
    def bound(self, *names: str) -> Iterator[set[str]]:
        """Inside, the names mean what the construct binds them to; the set may grow."""
        frame = set(names)
        self._frames.append(frame)
        yield frame
        self._frames.pop()

    @contextmanager
    def filtering(self) -> Iterator[str]:
        """Inside, names first mean the parts of the filter's item, which is kept under the slot."""
        self._slots += 1
        # A space in front: no FEEL name begins with one.
        slot = f" item {self._slots}"
        self._frames.extend([slot, {"item"}])
        yield slot
        del self._frames[-2:]

    def meaning(self, name: str) -> tuple[tuple[str, ...], bool]:
        """The slots of the filters whose items may have the name, innermost first, and whether it is bound after them."""
        slots: list[str] = []
        for frame in reversed(self._frames):
            if isinstance(frame, str):
                slots.append(frame)
            elif name in frame:
                return tuple(slots), True
        if not slots or name in self.names:
            self.variables.add(name)
        return tuple(slots), False


def constant(value: Any) -> Closure:
    """The closure of a value that is known now."""

    def read(env: Env) -> Any:
        return value

    return read
