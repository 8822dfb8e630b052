"""What was asked of forms while a story was played, so that it is known whether another form would have said the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any

from engine.domain.values import Value
from engine.procedure import Component, Form, FormAnswer, Procedure


@dataclass(frozen=True)
class Reading:
    """What was typed into a form, over which values of the case, and what it made of it."""

    raw: Mapping[str, Any]
    scope: Mapping[str, Value]
    zone: tzinfo
    answer: FormAnswer


@dataclass(frozen=True)
class Look:
    """A part of a form that was looked for, over which values of the case, and whether it was there to see."""

    part: str
    scope: Mapping[str, Value]
    seen: bool


@dataclass
class Heard:
    """Everything that was asked of each form, by its name."""

    readings: dict[str, list[Reading]] = field(default_factory=dict)
    looks: dict[str, list[Look]] = field(default_factory=dict)

    def would_differ(self, other: Form) -> bool:
        """Whether the form would have answered anything otherwise than that of its name did."""
        return any(
            other.read(one.raw, one.scope, zone=one.zone) != one.answer for one in self.readings.get(other.name, ())
        ) or any(_seen(other, one) != one.seen for one in self.looks.get(other.name, ()))

    def looked_at(self, form: str) -> Iterable[str]:
        """The ids of the parts of a form that were looked for."""
        return (look.part for look in self.looks.get(form, ()))


def overheard_forms(procedure: Procedure, heard: Heard) -> Procedure:
    """The procedure with the same forms, whose every answer is noted."""
    return replace(procedure, forms={name: _Overheard(form, heard) for name, form in procedure.forms.items()})


def _seen(form: Form, look: Look) -> bool:
    line = form.part(look.part)
    return line is not None and form.visible(line[-1], look.scope)


class _Overheard(Form):
    """A form that notes what it is asked."""

    def __init__(self, form: Form, heard: Heard) -> None:
        super().__init__(form.name, form.components, form.file)
        object.__setattr__(self, "_heard", heard)

    def read(self, raw: Mapping[str, Any], scope: Mapping[str, Value], *, zone: tzinfo) -> FormAnswer:
        """See Form."""
        answer = super().read(raw, scope, zone=zone)
        heard: Heard = object.__getattribute__(self, "_heard")
        heard.readings.setdefault(self.name, []).append(Reading(dict(raw), dict(scope), zone, answer))
        return answer

    def visible(self, component: Component, scope: Mapping[str, Value]) -> bool:
        """See Form."""
        seen = super().visible(component, scope)
        heard: Heard = object.__getattribute__(self, "_heard")
        heard.looks.setdefault(self.name, []).append(Look(component.id, dict(scope), seen))
        return seen
