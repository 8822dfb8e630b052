"""What an owner typed into an editor: words in both languages, names, choices; every fault has its sentence at its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import count

from engine.domain.text import Text
from engine.errors import InvalidValues

LABEL, HELP, PROSE = 120, 500, 4000
_MARKUP = re.compile(r"<\s*/?\s*[A-Za-z!?][^<>]*>|<\s*/?\s*script", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
#: Signs that nobody sees or types: controls, turns of the writing direction, and what no file can hold.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_UNFIT = re.compile(r"[^a-z0-9]+")
_FAULTY = Text("有几处还不对，都没有保存。", "Some of it cannot be taken; nothing was saved.")
_NO_MARKUP = Text(
    "这里只写文字，不能写网页代码（尖括号里的内容）。", "Only words go here, no web code (what stands in angle brackets)."
)
_SIGNS = Text("这里有看不见的控制字符，请删去重写。", "There are invisible control characters in this: delete them.")
_CHINESE_TOO = Text("写了英文，也请写中文。", "There is English here: write the Chinese too.")
_NEEDED = Text("请写中文；英文可以以后补。", "Write the Chinese; the English can follow later.")
_NOT_A_NAME = Text(
    "内部名称只用小写英文字母、数字和下划线，以字母开头。",
    "The internal name has only small letters, digits and underscores, and begins with a letter.",
)
Raw = Mapping[str, Sequence[str]]


class Given:
    """The posted values by name; ``refuse`` raises what was noted along the way."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self.faults: dict[str, Text] = {}

    def one(self, name: str) -> str:
        """One value without the space around it, empty when there is none."""
        values = self._raw.get(name) or [""]
        return values[-1].strip()

    def many(self, name: str) -> list[str]:
        """Every value that is not empty."""
        return [value.strip() for value in self._raw.get(name) or () if value.strip()]

    def all(self, name: str) -> list[str]:
        """Every value in its order, empty ones too: columns of a grid."""
        return [value.strip() for value in self._raw.get(name) or ()]

    def all_words(self, name: str, most: int = LABEL) -> list[str]:
        """A column of texts for people; a fault stands at the column's name."""
        return [self._checked(name, value, most) for value in self.all(name)]

    def posted(self, name: str) -> bool:
        """Whether the page asked for it at all."""
        return name in self._raw

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.one(name))

    def fault(self, name: str, text: Text) -> None:
        """Note what is wrong at a name; the first sentence stands."""
        self.faults.setdefault(name, text)

    def words(self, name: str, most: int = LABEL) -> str:
        """A text for people."""
        return self._checked(name, self.one(name).replace("\r\n", "\n"), most)

    def _checked(self, name: str, text: str, most: int) -> str:
        if _MARKUP.search(text):
            self.fault(name, _NO_MARKUP)
        elif _UNSEEN.search(text):
            self.fault(name, _SIGNS)
        elif len(text) > most:
            self.fault(name, Text(f"最多 {most} 个字。", f"At most {most} characters."))
        return text

    def both(self, name: str, most: int = LABEL, *, needed: bool = False) -> Text:
        """A text in both languages, posted as ``name`` and ``name_en``; English that is still to be written is empty."""
        zh, en = self.words(name, most), self.words(f"{name}_en", most)
        if not zh and (needed or en):
            self.fault(name, _NEEDED if needed else _CHINESE_TOO)
        return Text(zh, en)

    def name(self, name: str, otherwise: str = "") -> str:
        """An internal name; made of other words when none was given."""
        given = self.one(name) or slug(otherwise)
        if not _NAME.fullmatch(given):
            self.fault(name, _NOT_A_NAME)
        return given

    def refuse(self) -> None:
        """InvalidValues with everything noted, if anything was."""
        if self.faults:
            raise InvalidValues(_FAULTY, self.faults)


def entry_of(text: Text) -> dict[str, str]:
    """The text as a YAML file says it; English that nobody has written is left out."""
    return {"zh": text.zh, "en": text.en} if text.en else {"zh": text.zh}


def spare(word: str, taken: Collection[str]) -> str:
    """An internal name for what has no English name: the word with the first number that is free."""
    return next(name for number in count(1) if (name := f"{word}_{number}") not in taken)


def slug(words: str) -> str:
    """A name made of English words: "Lift number" is lift_number."""
    name = _UNFIT.sub("_", words.lower()).strip("_")[:60].strip("_")
    return name if name and name[0].isalpha() else f"x_{name}" if name else ""
