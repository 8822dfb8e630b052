"""Templates are compiled once a process and addresses when they are first written: an application is made in no time."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    """What templates were compiled to, by their name and text, shared by every application of a process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what this very text was compiled to, if it was."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


TEMPLATES = Templates()


class Address(Rule):
    """A rule whose writer of addresses is compiled when the first one is asked for; most are not, and hundreds take a while."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = super()._compile_builder

        @lru_cache(1)
        def writer() -> Callable[..., tuple[str, str]]:
            return compiled(append_unknown)

        # The rule is given by position, because an address may have a part of any name.
        def write(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return writer()(rule, **values)

        return write
