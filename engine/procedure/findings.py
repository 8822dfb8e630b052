"""What is wrong with a procedure's files: one finding a fault, with its place and the way out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

from engine.domain.text import Text, named
from engine.errors import Misconfigured

#: How much alike two names must be for one to be a slip of the other.
_LIKE = 0.7
#: So many names of what there is are listed.
MOST_LISTED = 30
#: What is quoted of a file is cut where nobody reads it to its end any more.
_LONG_SENTENCE, _LONGEST_QUOTED = 200, 80
_QUOTED = re.compile(f"“([^”]{{{_LONGEST_QUOTED + 1},}})”")
#: Rows are numbered by fewer digits.
_DIGITS = 6
_AGAIN = Text("请改正后再试。", "Mend it and try again.")
#: So much of a text without English is quoted.
_QUOTED_WORDS = 24
WRITE_ENGLISH = Text(
    "请在这里补上英文；没有人看英文的，可以不管。", "Write the English here; where nobody reads English, leave it."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault stands: the file, and as far as known the line and the element or key and its names."""

    file: str
    line: int | None = None
    element: str | None = None
    name: str | None = None
    name_en: str | None = None


@dataclass(frozen=True, slots=True)
class Mending:
    """A mend that needs no thought: ``words`` stand on its button, ``do`` is the way it is done, at ``element`` of the same file.

    ``property``: extension property ``name`` becomes ``value``, or goes when that is empty; ``attribute``: likewise an attribute;
    ``body``: likewise the decision or operator named there; ``default``: the flow ``value`` is taken when no other is;
    ``condition``: the flow's condition becomes ``value``; ``expression``: wherever the element says ``name`` it says ``value``;
    ``id``: the element is called ``value``; ``move``: it moves by ``value`` ("dx,dy"); ``type``: it becomes one of
    that type; ``text``: the file says ``value`` for ``name``; ``word``: likewise, where ``name`` stands by itself;
    ``entry``: the file's entry ``element`` says ``value`` (JSON) under ``name``; ``ask``: nothing is written, the panel's
    entry ``name`` is opened to be filled in.
    """

    do: str
    words: Text
    element: str | None = None
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a procedure: its place, its rule, a sentence and how to mend it; ``level`` is error or warning.

    ``about`` are further elements of the same file that the sentence speaks of; ``offer`` is what an editor may write as the
    mend (of a table's gap: the cells of the row that is missing).
    """

    file: str
    element: str | None
    name: str | None
    rule: str
    level: str
    line: int | None
    text: Text
    mend: Text
    about: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()
    mending: Mending | None = None
    name_en: str | None = None

    @property
    def called(self) -> Text | None:
        """What the place is called; None where it has neither name nor id."""
        name = self.name or self.element
        return named(name, self.name_en) if name else None

    def as_refusal(self) -> Misconfigured:
        """The same as an exception."""
        return Misconfigured(self.text, self.mend, self.file, self.element)


def as_plain(finding: Finding) -> dict[str, Any]:
    """The finding as JSON carries it; ``from_plain`` reads it back."""
    mending = finding.mending and {**asdict(finding.mending), "words": _pair(finding.mending.words)}
    return {**asdict(finding), "text": _pair(finding.text), "mend": _pair(finding.mend), "mending": mending}


def from_plain(plain: dict[str, Any]) -> Finding:
    """The finding of which ``as_plain`` made this."""
    lists = {name: tuple(plain[name]) for name in ("about", "offer")}
    told = plain["mending"]
    mending = told and Mending(**{**told, "words": Text(*told["words"])})
    return Finding(**{**plain, **lists, "text": Text(*plain["text"]), "mend": Text(*plain["mend"]), "mending": mending})


def _pair(text: Text) -> list[str]:
    return [text.zh, text.en]


def short(words: str) -> str:
    """So much of a longer text as tells it apart."""
    return words if len(words) <= _QUOTED_WORDS else f"{words[:_QUOTED_WORDS]}…"


def no_english(text: Text, more: int = 0) -> Text:
    """That a text, and so many more beside it, have no English yet."""
    said = short(text.zh)
    if more:
        return Text(
            f"“{said}”等 {more + 1} 处还没有英文，读英文的人看到的是中文。",
            f'"{said}" and others have no English yet: {more + 1} in all. Who reads English sees the Chinese.',
        )
    return Text(
        f"“{said}”还没有英文，读英文的人看到的是中文。", f'"{said}" has no English yet; who reads English sees the Chinese.'
    )


def refused(problem: Misconfigured, file: str) -> Finding:
    """The finding that a refusal amounts to; ``file`` stands for it where it names none."""
    return Finding(problem.file or file, problem.element_id, None, "refused", "error", None, problem.text, problem.mend or _AGAIN)


def near(name: str, known: Collection[str]) -> str | None:
    """The known name that was probably meant; None when nothing comes near."""
    found = get_close_matches(name, sorted(known), 1, _LIKE) if name else []
    return found[0] if found else None


def listed(known: Collection[str]) -> Text:
    """What there is, by its names where it has any; behind each the key, which is what a file has to say."""
    keys = sorted(known)[:MOST_LISTED]
    names = [(_name(known[key]) if isinstance(known, Mapping) else None, key) for key in keys]
    more = " …" if len(known) > len(keys) else ""
    zh = "、".join(f"{name.zh}（{key}）" if name else key for name, key in names)
    return Text(zh + more, ", ".join(f"{name.en} ({key})" if name else key for name, key in names) + more)


def _name(known: Any) -> Text | None:
    found = known if isinstance(known, Text) else getattr(known, "label", None) or getattr(known, "name", None)
    return found if isinstance(found, Text) else None


def misspelt(name: str, known: Collection[str]) -> Mending | None:
    """Write the name that was probably meant wherever the file has this one; None when nothing comes near."""
    right = near(name, known)
    return Mending("word", Text(f"改成“{right}”", f'Write "{right}"'), None, name, right) if right else None


def _readable(text: Text) -> Text:
    """The sentence with whatever long thing of the file it quotes cut short."""
    if len(text.zh) < _LONG_SENTENCE:
        return text
    zh, en = text.zh, text.en
    for quoted in _QUOTED.findall(text.zh):
        short = f"{quoted[:_LONGEST_QUOTED]}…"
        zh, en = zh.replace(quoted, short), en.replace(quoted, short)
    return Text(zh, en)


class Findings:
    """Collects findings while files are read, so that one bad file does not hide the next."""

    def __init__(self) -> None:
        self._items: list[Finding] = []

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def error(self, rule: str, place: Place, text: Text, mend: Text, mending: Mending | None = None) -> None:
        """Note a fault that keeps the procedure from being used."""
        self._note(rule, "error", place, text, mend, mending)

    def warning(self, rule: str, place: Place, text: Text, mend: Text, mending: Mending | None = None) -> None:
        """Note a doubt that does not keep the procedure from being used."""
        self._note(rule, "warning", place, text, mend, mending)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Take over findings made elsewhere."""
        self._items.extend(findings)

    def refuse(self) -> None:
        """Raise the first error as ``Misconfigured``; nothing when there is none."""
        for item in self._items:
            if item.level == "error":
                raise item.as_refusal()

    def sorted(self) -> list[Finding]:
        """All findings by file and line, each once."""
        return sorted(dict.fromkeys(self._items), key=_order)

    def _note(self, rule: str, level: str, place: Place, text: Text, mend: Text, mending: Mending | None) -> None:
        told = (place.file, place.element, place.name, rule, level, place.line, _readable(text), _readable(mend))
        self._items.append(Finding(*told, mending=mending, name_en=place.name_en))


def _order(item: Finding) -> tuple[Any, ...]:
    # Row 9 comes before row 10.
    counted = re.sub(r"\d+", lambda number: number[0].zfill(_DIGITS), item.element or "")
    return (item.file, item.line or 0, counted, item.rule)
