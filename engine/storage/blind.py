"""Blind indexes: telephone numbers and names can be found exactly, yet the index reveals nothing without the key."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

PHONE, PHONE_TAIL, NAME = "phone", "phone_tail", "name"

#: Han characters, rare ones too, and the signs and pictures that people type among them.
_RUN = re.compile("[\u2600-\u27bf\u3400-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff]+")


def index(secret: bytes, kind: str, text: str) -> str:
    """The keyed digest of a normalised telephone number, its last four digits, or a name."""
    return hmac.new(secret, f"{kind}:{_normal(kind, text)}".encode(), hashlib.sha256).hexdigest()


def _normal(kind: str, text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    if kind == NAME:
        return "".join(plain.split()).casefold()
    digits = re.sub(r"\D", "", plain)
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    return digits[-4:] if kind == PHONE_TAIL else digits


def phone_digits(text: str) -> str:
    """The digits of what was typed as a telephone number."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def grams(text: str) -> set[str]:
    """The pairs of neighbouring characters by which a text is found; Latin words and numbers count whole, up to eight signs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    found = {word[:8] for word in re.findall(r"[a-z0-9]{2,}", plain)}
    for run in _RUN.findall(plain):
        found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
    return found


def kept_grams(text: str) -> set[str]:
    """What is kept of a text: its grams, and the last sign of each run, so that a single sign is found wherever it stands."""
    return grams(text) | {run[-1] for run in _RUN.findall(unicodedata.normalize("NFKC", text).casefold())}
