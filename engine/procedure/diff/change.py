"""One difference in words, and the words that all kinds of differences share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from engine.domain.text import Text
from engine.procedure.decisions.spoken import TRUTH

K = TypeVar("K")

_NOTHING = Text("无", "none")
_LONGEST = 160


#: What became of the thing that a change is about.
ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the file and, as far as it belongs to one, the element, field or row it is about.

    ``was`` is what the file before calls the same thing, where that is another id.
    """

    file: str
    about: str | None
    text: Text
    kind: str = CHANGED
    was: str | None = None

    @property
    def place(self) -> str | None:
        """Where to look in the file: what it is about, with a minus what only the state before has."""
        return self.about or (f"-{self.was}" if self.was else None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs; ``layout`` is what only looks different and does nothing else, ``moved`` what is drawn
    elsewhere by file."""

    changes: tuple[Change, ...]
    layout: tuple[Change, ...]
    moved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def went(what: Text, before: Any, after: Any) -> Text:
    """What something was and what it is now."""
    old, new = told_apart(shown(before), shown(after))
    return Text(f"{what.zh}：{old.zh} → {new.zh}", f"{what.en}: {old.en} → {new.en}")


def told_apart(before: Text, after: Text) -> tuple[Text, Text]:
    """The same two; where they differ in one language alone, a reader of the other is shown that one too."""
    if before == after or (before.zh != after.zh and before.en != after.en):
        return before, after
    if before.en == after.en:
        return Text(before.zh, f"{before.en} ({before.zh})"), Text(after.zh, f"{after.en} ({after.zh})")
    return Text(f"{before.zh}（{before.en}）", before.en), Text(f"{after.zh}（{after.en}）", after.en)


def added(what: Text, name: Text, more: Text | None = None) -> Text:
    """Something is new; ``more`` follows the name as it stands."""
    tail = more or Text("", "")
    return Text(f"新增{what.zh} {name.zh}{tail.zh}", f"New {what.en} {name.en}{tail.en}")


def removed(what: Text, name: Text) -> Text:
    """Something is gone."""
    return Text(f"删去{what.zh} {name.zh}", f"Removed {what.en} {name.en}")


def put_after(what: Text, other: Text | None) -> Text:
    """Something stands elsewhere now: after another, or at the beginning."""
    if other is None:
        return Text(f"{what.zh} 移到最前面", f"{what.en} stands first now")
    return Text(f"{what.zh} 移到 {other.zh} 之后", f"{what.en} stands after {other.en} now")


def of(owner: Text, part: Text) -> Text:
    """A part of something."""
    return Text(f"{owner.zh} 的{part.zh}", f"{owner.en}, {part.en}")


def beside(what: Text, name: Text) -> Text:
    """A kind and a name."""
    return Text(f"{what.zh} {name.zh}", f"{what.en} {name.en}")


def listed(texts: Iterable[Text]) -> Text:
    """Several names in one breath."""
    found = list(texts)
    return Text("、".join(text.zh for text in found), ", ".join(text.en for text in found))


def shown(value: Any, longest: int = _LONGEST) -> Text:
    """A value as one reads it aloud; of a text so many characters."""
    if isinstance(value, Text):
        return value
    if isinstance(value, bool):
        return TRUTH[str(value).lower()]
    if value in (None, "", [], {}):
        return _NOTHING
    if isinstance(value, list):
        return listed(shown(part, longest) for part in value)
    if isinstance(value, dict):
        return listed(shown(part, longest) for part in _pair(value))
    words = str(value)
    words = words if len(words) <= longest else f"{words[:longest]}…"
    return Text(words, words)


def _pair(value: Mapping[str, Any]) -> Iterator[Any]:
    zh, en = value.get("zh"), value.get("en")
    if zh or en:
        yield Text(str(zh or en), str(en or zh))
    yield from (
        Text(f"{key} {shown(part).zh}", f"{key} {shown(part).en}") for key, part in value.items() if key not in ("zh", "en")
    )


def differing(before: Mapping[K, Any], after: Mapping[K, Any]) -> Iterator[tuple[K, Any, Any]]:
    """The keys whose values differ, those of the new state first, in its order."""
    for key in dict.fromkeys((*after, *before)):
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)
