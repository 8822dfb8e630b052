"""One row of a sheet: its fields as they will be kept, or the sentence why it cannot be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.commands.directory.sheets.columns import SheetKind, refused
from engine.commands.directory.sheets.reading import EMPTY, Line
from engine.domain.text import Text

LONGEST = 80
MOBILE = 11
_SIGNS = re.compile(r"[\s\-()（）—–]")
_DIGITS = re.compile(r"\+?\d{3,20}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LOGIN = re.compile(r"[a-z0-9._\-@]{1,80}")


class RefusedRow(ValueError):
    """A row that cannot be taken; ``text`` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The number of the row and its fields, empty where nothing stands; or why it is refused."""

    line: int
    fields: Mapping[str, str]
    fault: Text | None = None


def read_rows(kind: SheetKind, lines: list[Line]) -> Iterator[SheetRow]:
    """Every row below the heading; InvalidValues when the headings do not fit or nothing stands below them."""
    places = kind.places(lines[0][1])
    if len(lines) == 1:
        raise refused(EMPTY)
    for line, cells in lines[1:]:
        fields = {field: cells[place] if place < len(cells) else "" for field, place in places.items()}
        whole = {column.field: fields.get(column.field, "") for column in kind.columns}
        try:
            yield SheetRow(line, _checked(kind, whole))
        except RefusedRow as refusal:
            yield SheetRow(line, whole, refusal.text)


def _checked(kind: SheetKind, fields: dict[str, str]) -> dict[str, str]:
    for column in kind.columns:
        if column.required and not fields[column.field]:
            raise RefusedRow(f"“{column.heading.zh}”是空的", f"“{column.heading.en}” is empty")
        if len(fields[column.field]) > LONGEST:
            raise RefusedRow(
                f"“{column.heading.zh}”超过 {LONGEST} 个字", f"“{column.heading.en}” has more than {LONGEST} characters"
            )
    checks = {"phone": phone, "email": mail, "login": login}
    return {field: checks[field](value) if field in checks else value for field, value in fields.items()}


def phone(typed: str) -> str:
    """The digits as they are called; RefusedRow says what is wrong with them."""
    digits = _SIGNS.sub("", unicodedata.normalize("NFKC", typed))
    if not digits:
        return ""
    if not _DIGITS.fullmatch(digits):
        raise RefusedRow(f"电话“{typed[:20]}”不是号码", f"“{typed[:20]}” is no telephone number")
    # A mobile number begins with 1 and a digit from 3 on; nothing else that is nearly so long does.
    if re.match(r"1[3-9]", digits) and MOBILE - 2 < len(digits) < MOBILE + 2 and len(digits) != MOBILE:
        few = len(digits) < MOBILE
        raise RefusedRow(
            "电话少一位" if few else "电话多一位", f"the telephone number has a digit too {'few' if few else 'many'}"
        )
    return digits


def mail(typed: str) -> str:
    """An address of mail, or nothing."""
    if typed and not _MAIL.fullmatch(typed):
        raise RefusedRow(f"邮箱“{typed[:30]}”写得不对", f"“{typed[:30]}” is no e-mail address")
    return typed


def login(typed: str) -> str:
    """A user name in small letters."""
    text = unicodedata.normalize("NFKC", typed).lower()
    if not _LOGIN.fullmatch(text):
        raise RefusedRow("用户名只能用字母、数字和 . _ - @", "a user name has letters, digits and . _ - @ only")
    return text
