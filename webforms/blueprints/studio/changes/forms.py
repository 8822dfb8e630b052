"""A form in both states as it stands: each of its pieces drawn by the real renderer beside its counterpart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.queries import studio
from webforms.rendering import Piece, standing


@dataclass(frozen=True, slots=True)
class Beside:
    """A piece of a form in both states; ``before`` and ``after`` are drawn, None for what only holds others or is not there."""

    block: studio.Block
    before: Piece | None
    after: Piece | None

    @property
    def fate(self) -> str:
        """What became of it."""
        return self.block.fate


def in_pairs(compared: studio.Compared, path: str, blocks: tuple[studio.Block, ...]) -> list[Beside]:
    """Every piece of the form, whatever its conditions."""
    sides = [{} if form is None else dict(_components(form.components)) for form in compared.forms(path)]
    return [
        Beside(block, *(_drawn(parts, block, number, which) for which, parts in enumerate(sides)))
        for number, block in enumerate(blocks)
    ]


def _drawn(parts: dict[str, Any], block: studio.Block, number: int, which: int) -> Piece | None:
    there = block.names[which] is not None and block.place in parts
    return standing(parts[block.place], f"side{which}-{number}") if there else None


def _components(components: tuple[Any, ...], within: str = "") -> Iterator[tuple[str, Any]]:
    for one in components:
        key = f"{within}{one.key or one.id}"
        yield key, one
        yield from _components(one.children, f"{key}.")
