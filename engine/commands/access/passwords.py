"""Passwords are kept as argon2 hashes and compared in constant time."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.domain.text import Text

SHORTEST = 8
TOO_SHORT = Text(f"密码至少 {SHORTEST} 个字符。", f"A password needs at least {SHORTEST} characters.")

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The text to store."""
    return _hasher.hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; as slow for nobody as for somebody, so that names cannot be guessed."""
    try:
        return _hasher.verify(stored or _nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
