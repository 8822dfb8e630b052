"""How a built-in function is declared, chosen among its forms, checked and called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.feel.errors import Fault
from engine.feel.operations.numbers import ARITHMETIC_ERRORS
from engine.feel.runtime import Run
from engine.feel.values import LIST, Function, in_chinese, kind

ANY = "any"
Implementation = TypeVar("Implementation", bound=Callable[..., Any])
_SIGNATURE = re.compile(r"([^(]+)\((.*)\)")
_PARAMETER = re.compile(r"(\.\.\.)?([^?:]+)(\?)?:\s*(.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: the kinds it takes, whether it may be left out, whether it takes all the rest."""

    name: str
    kinds: frozenset[str]
    optional: bool
    rest: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a built-in: ``substring(string: string, start position: number, length?: number)``.

    A form that begins with ``*`` takes its arguments by name only.
    """

    parameters: tuple[Parameter, ...]
    run: Callable[..., Any]
    cost: int = 2
    named: bool = False

    def takes(self, count: int) -> bool:
        """Whether this many positional arguments fit."""
        if self.named:
            return False
        if self.parameters and self.parameters[-1].rest:
            return count >= len(self.parameters)
        return sum(not parameter.optional for parameter in self.parameters) <= count <= len(self.parameters)


# Stands for an optional argument that was left out between named ones.
_ABSENT = object()
BUILTINS: dict[str, list[Form]] = {}


def builtin(*signatures: str, cost: int = 2) -> Callable[[Implementation], Implementation]:
    """Declares a built-in under its signatures; the function gets the run and the checked arguments.

    ``cost`` is what a call takes off the step budget before the work that depends on its arguments; a step is about 1 µs.
    """

    def declare(function: Implementation) -> Implementation:
        for signature in signatures:
            found = _SIGNATURE.fullmatch(signature)
            assert found, signature
            name, parameters = found.groups()
            BUILTINS.setdefault(name, []).append(Form(_parameters(parameters), function, cost, parameters.startswith("*")))
        return function

    return declare


def _parameters(text: str) -> tuple[Parameter, ...]:
    found = [_PARAMETER.fullmatch(part.strip()) for part in text.split(",") if part.strip()]
    return tuple(
        Parameter(
            one.group(2).strip(),
            frozenset(kind.strip() for kind in one.group(4).split("|")),
            bool(one.group(3)),
            bool(one.group(1)),
        )
        for one in found
        if one
    )


def call_builtin(run: Run, name: str, values: list[Any], names: tuple[str, ...] | None = None) -> Any:
    """Call the first form of the built-in that the arguments fit; null with a warning when none does."""
    for form in BUILTINS[name]:
        arranged = _arranged(form, values, names)
        if arranged is None:
            continue
        checked = _checked(form, arranged)
        if checked is not None:
            return _run(run, name, form, checked)
    chinese, english = "、".join(map(in_chinese, values)), ", ".join(map(kind, values))
    return run.null(f"函数“{name}”不能用于（{chinese}）。", f"the function “{name}” does not take ({english}).")


def _run(run: Run, name: str, form: Form, values: list[Any]) -> Any:
    run.charge(form.cost)
    try:
        return form.run(run, *values)
    except Fault as fault:
        return run.null(f"{name}：{fault.text.zh}", f"{name}: {fault.text.en}")
    except (*ARITHMETIC_ERRORS, OverflowError):
        return run.null(f"{name}：结果过大或无法计算。", f"{name}: the result is too large or undefined.")


def _arranged(form: Form, values: list[Any], names: tuple[str, ...] | None) -> list[Any] | None:
    if names is None:
        return values if form.takes(len(values)) else None
    given = dict(zip(names, values, strict=True))
    known = [parameter.name for parameter in form.parameters]
    if len(given) != len(names) or not given.keys() <= set(known):
        return None
    needed = [parameter for parameter in form.parameters if not parameter.optional]
    return [given.get(key, _ABSENT) for key in known] if all(parameter.name in given for parameter in needed) else None


def _checked(form: Form, values: list[Any]) -> list[Any] | None:
    checked = []
    last = len(form.parameters) - 1
    for index, value in enumerate(values):
        parameter = form.parameters[min(index, last)]
        fits, value = _fit(value, parameter)
        if not fits:
            return None
        checked.append(value)
    return checked


def _fit(value: Any, parameter: Parameter) -> tuple[bool, Any]:
    kinds, what = parameter.kinds, kind(value)
    if what in kinds or ANY in kinds:
        return True, value
    if value is _ABSENT:
        return True, None
    if what == LIST and len(value) == 1 and kind(value[0]) in kinds:
        return True, value[0]
    if LIST in kinds and what != "null":
        return True, [value]
    return False, None


def as_function(name: str) -> Function:
    """The built-in as a value, for ``sort`` and its like."""
    form = BUILTINS[name][0]

    def call(run: Run, values: list[Any]) -> Any:
        return call_builtin(run, name, values)

    return Function(name, tuple(parameter.name for parameter in form.parameters), call)
