"""The steps of a story beside each other, with what is filled in and expected line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from engine.domain.codec import dumps
from engine.domain.text import Text
from engine.procedure.diff.aligned.entries import WHOLE
from engine.procedure.diff.aligned.model import Block, Line, lines_between
from engine.procedure.diff.change import ADDED, CHANGED, REMOVED, shown
from engine.procedure.diff.names import Names
from engine.procedure.diff.pairs import SAME, Pair
from engine.procedure.diff.stories import EXPECTED, HEAD, MORE, VERBS, named, numbered, plain, said_of, steps_of, task_of

_VALUES = ("with", "set", "facts")
_BEGINNING = Text("开头", "Beginning")


def story_blocks(old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[Names, Names]) -> Iterator[Block]:
    """The head, then every step beside its counterpart."""
    yield from _head(old, new, names)
    steps = steps_of(old), steps_of(new)
    texts = [[dumps(plain(step)) for step in side] for side in steps]
    for kind, start, end, first, last in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        both = min(end - start, last - first)
        for at in range(both):
            sides = ((start + at, steps[0][start + at]), (first + at, steps[1][first + at]))
            yield _block(*sides, names, SAME if kind == "equal" else CHANGED)
        for at in range(start + both, end):
            yield _block((at, steps[0][at]), None, names, REMOVED)
        for at in range(first + both, last):
            yield _block(None, (at, steps[1][at]), names, ADDED)


def _head(old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[Names, Names]) -> Iterator[Block]:
    keys = [key for key in dict.fromkeys((*new, *old)) if key != "story"]
    for key in keys:
        sides = [
            _said(HEAD, key, side[key], called) if key in side else {} for side, called in zip((old, new), names, strict=True)
        ]
        lines = lines_between(sides[0], sides[1])
        fate = next((one.fate for one in lines if one.fate != SAME), SAME)
        label = HEAD.get(key, Text(key, key))
        yield Block(
            key,
            CHANGED if fate != SAME and old and new else fate,
            (label if key in old else None, label if key in new else None),
            lines,
        )


def _block(was: tuple[int, Any] | None, now: tuple[int, Any] | None, names: tuple[Names, Names], fate: str) -> Block:
    sides: list[tuple[Text | None, dict[str, Line]]] = [
        (None, {}) if one is None else _step(one[0] + 1, one[1], called) for one, called in zip((was, now), names, strict=True)
    ]
    place = str(now[0] + 1) if now else f"-{was[0] + 1}" if was else ""
    lines: tuple[Pair[Line], ...] = lines_between(sides[0][1], sides[1][1])
    return Block(place, fate, (sides[0][0], sides[1][0]), lines)


def _step(number: int, step: Any, names: Names) -> tuple[Text, dict[str, Line]]:
    if not isinstance(step, dict):
        return numbered(number, said_of(step, names)), {}
    short = {key: value for key, value in step.items() if key not in ("expect", *_VALUES)}
    lines: dict[str, Line] = {}
    for key, value in step.items():
        if key == "expect" and isinstance(value, dict):
            for part, wanted in value.items():
                lines |= _said(EXPECTED, part, wanted, names)
        elif key in _VALUES or key not in (*VERBS, "as"):
            lines |= _said({**VERBS, **MORE}, key, value, names)
    verbs = [VERBS[key] for key in ("expect", "set") if key in step]
    said = said_of(short, names)
    name = Text(" ".join([said.zh, *(one.zh for one in verbs)]).strip(), " ".join([said.en, *(one.en for one in verbs)]).strip())
    return numbered(number, name), lines


def _said(words: Mapping[str, Text], key: str, value: Any, names: Names) -> dict[str, Line]:
    """What stands under a key; values of fields each on a line of their own."""
    label = words.get(key, Text(key, key))
    if not isinstance(value, dict):
        return {key: Line(label, shown(named(value, names), WHOLE))}
    return {
        f"{key}/{part}": Line(_under(key, label, _thing(str(part), names)), _value(str(part), one, names))
        for part, one in value.items()
    }


def _under(key: str, label: Text, part: Text) -> Text:
    """What is filled in says so by itself; what is expected is told with how."""
    return part if key in _VALUES else Text(f"{label.zh} {part.zh}", f"{label.en} {part.en}")


def _thing(key: str, names: Names) -> Text:
    found = named(key, names)
    return found if isinstance(found, Text) and found.zh != key else names.field(key)


def _value(field: str, value: Any, names: Names) -> Text:
    if isinstance(value, str):
        said = names.value(field, value)
        return said if said.zh != value else shown(named(value, names), WHOLE)
    return shown(named(value, names, task_of(field, "", names)), WHOLE)
