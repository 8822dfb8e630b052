"""Passwords are kept as argon2 hashes and compared in constant time; easily guessed ones are refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.commands.session import sentences
from engine.domain.text import Text
from engine.errors import InvalidValues

SHORTEST, LONGEST = 10, 200
#: The demonstration people's; it stands in the documentation, so nobody else may have it.
DEMO = "demo-redress"
TOO_SHORT = Text(f"密码至少 {SHORTEST} 个字符。", f"A password needs at least {SHORTEST} characters.")
TOO_LONG = Text(f"密码至多 {LONGEST} 个字符。", f"A password has at most {LONGEST} characters.")
WITH_LOGIN = Text("密码里不能有用户名。", "A password must not contain the user name.")
GUESSED = Text(
    "这个密码太容易猜到。几个不相干的词连在一起就很好。",
    "This password is too easily guessed. A few words that have nothing to do with each other make a good one.",
)
_FEWEST_SIGNS, _SHORTEST_LOGIN = 5, 3
_USUAL = frozenset(
    {DEMO, "password12", "password123", "password1234", "passwordpassword", "qwertyuiop", "qwerty12345", "1q2w3e4r5t"}
    | {"administrator", "changeme123", "letmein123", "welcome123", "iloveyou123", "woaini1314", "5201314520", "a123456789"}
)

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The text to store."""
    return _demo() if password == DEMO else _hasher.hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; as slow for nobody as for somebody, so that names cannot be guessed."""
    try:
        return _hasher.verify(stored or _nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than are used now."""
    return _hasher.check_needs_rehash(stored)


def require_good(password: str, login: str, field: str, *, demo: bool = False) -> None:
    """InvalidValues at the field for a password that is short, endless, easily guessed, or the demonstration people's."""
    if demo and password == DEMO:
        return
    for fault in _faults(password, login):
        raise InvalidValues(sentences.FORM_REFUSED, {field: fault})


def _faults(password: str, login: str) -> Iterator[Text]:
    plain = password.lower()
    if len(password) < SHORTEST:
        yield TOO_SHORT
    if len(password) > LONGEST:
        yield TOO_LONG
    if len(login) >= _SHORTEST_LOGIN and login.lower() in plain:
        yield WITH_LOGIN
    if plain in _USUAL or len(set(plain)) < _FEWEST_SIGNS or _is_run(plain):
        yield GUESSED


def _is_run(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    # The row of digits ends with a nought.
    return steps <= {1, -9} or steps <= {-1, 9}


@lru_cache(1)
def _demo() -> str:
    # Everybody may read it in the documentation: a salt for each demonstration person would hide nothing and take a second.
    return _hasher.hash(DEMO)


@lru_cache(1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
