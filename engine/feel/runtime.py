"""What one evaluation carries along: the scope, the local names, the step budget and the warnings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.text import Text
from engine.feel.errors import FeelError

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one evaluation; passing one raises FeelError, so that no expression can hold up a worker."""

    steps: int = 100_000
    list_length: int = 50_000
    string_length: int = 100_000
    exponent: int = 6_144
    call_depth: int = 250
    value_depth: int = 100
    warnings: int = 100


@dataclass(slots=True)
class EvaluationContext:
    """What an expression may know beyond its scope; ``warnings`` collects why a value became null.

    ``types`` says of a value whether it is an instance of a type that the model defines, by the type's name.
    """

    now: datetime | None = None
    zone: tzinfo = SHANGHAI
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    warnings: list[Text] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    types: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)


# Stands for "no context given"; nothing is ever written to it, see Run.warn.
NO_CONTEXT = EvaluationContext()


class Run:
    """The budget and the warnings of one evaluation; shared by everything it calls."""

    __slots__ = ("context", "depth", "left")

    def __init__(self, context: EvaluationContext) -> None:
        self.context = context
        self.left = context.limits.steps
        self.depth = 0

    def charge(self, steps: int) -> None:
        """Pay for work before doing it, so that a huge range stops at once."""
        self.left -= steps
        if self.left < 0:
            raise FeelError(
                Text(
                    "计算步数过多，已停止：请缩小列表、范围或循环。",
                    "Too many steps, stopped: make the list, range or loop smaller.",
                )
            )

    def measure(self, value: Any) -> None:
        """Charge for every part of a value before something walks it: lists that share parts can unfold without end."""
        if type(value) not in (list, dict):
            return
        level, depth = [value], 0
        while level:
            depth += 1
            if depth > self.context.limits.value_depth:
                raise FeelError(Text("列表或上下文嵌套过深，已停止。", "Lists or contexts are nested too deeply, stopped."))
            inner: list[Any] = []
            for part in level:
                self.charge(1 + (len(part) >> 3))
                inner += [one for one in (part if type(part) is list else part.values()) if type(one) in (list, dict)]
            level = inner

    def warn(self, text: Text) -> None:
        """Keep one warning; the first ones tell the cause, so later ones are dropped beyond the limit."""
        if self.context is not NO_CONTEXT and len(self.context.warnings) < self.context.limits.warnings:
            self.context.warnings.append(text)

    def null(self, zh: str, en: str) -> Any:
        """The answer null, with the reason."""
        self.warn(Text(zh, en))
        return None

    def text(self, length: int) -> None:
        """Refuse a text of this length before it is built."""
        if length > self.context.limits.string_length:
            most = self.context.limits.string_length
            raise FeelError(
                Text(f"文本过长，已停止：最多 {most} 个字符。", f"The text grows too long, stopped: {most} characters at most.")
            )
        if length > 256:
            self.charge(length >> 8)

    def items(self, length: int) -> None:
        """Refuse a list of this length before it is built, and charge for building it."""
        if length > self.context.limits.list_length:
            most = self.context.limits.list_length
            raise FeelError(Text(f"列表过长，已停止：最多 {most} 项。", f"The list is too long, stopped: {most} items at most."))
        self.charge(length >> 3)

    def enter(self, depth: int) -> None:
        """Go down into a called function; functions that call themselves stop here before Python's own stack does."""
        self.depth += depth
        if self.depth > self.context.limits.call_depth:
            raise FeelError(Text("函数调用层数过深，已停止。", "Functions call each other too deeply, stopped."))

    def leave(self, depth: int) -> None:
        """Come back up from a called function."""
        self.depth -= depth


class Env:
    """What names mean at one place: the caller's scope, and the names bound on the way there."""

    __slots__ = ("local", "run", "scope")

    def __init__(self, scope: Mapping[str, Any], local: dict[str, Any], run: Run) -> None:
        self.scope = scope
        self.local = local
        self.run = run

    def widened(self, names: int) -> None:
        """Pay for copying the bound names, which a large context can make many."""
        self.run.charge(1 + ((len(self.local) + names) >> 4))

    def bind(self, name: str, value: Any) -> Env:
        """A new environment in which ``name`` means ``value``; this one stays as it is, functions may hold it."""
        return Env(self.scope, {**self.local, name: value}, self.run)


Closure = Callable[[Env], Any]
