"""What moving a case to another version would mean, in words: where it stands and will stand, what moves, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.catalogue import Published
from engine.commands.session import CaseSession
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure import Procedure
from engine.procedure.beside.restricted import kept_apart, told_instead
from engine.procedure.forms import FormField
from engine.workflow import Instance, Migration

#: A case without an open task waits at one of these.
_WAITS = frozenset({"intermediateCatchEvent", "receiveTask", "eventBasedGateway"})
_WARNING = "warn"


@dataclass(frozen=True, slots=True)
class Shifted:
    """A deadline or timer that would be due at another moment; None where it does not run."""

    name: Text
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that the case will lack: asked for at a ``step`` that is past, or looked up ``later`` and set nowhere before.

    ``perhaps`` where the version asks for it there only in cases that this one has not told enough of.
    """

    field: Text
    step: Text | None
    later: Text | None = None
    perhaps: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """``after`` is empty when it is impossible."""

    before: tuple[Text, ...]
    after: tuple[Text, ...]
    shifted: tuple[Shifted, ...]
    missing: tuple[Missing, ...]


def previewed(session: CaseSession, to: Published, found: Migration, actor: Actor) -> Preview:
    """The same in words, for a reader who need not be told of restricted steps; the case is left alone."""
    old, new = session.published.procedure, to.procedure
    apart = restricted(session, to, actor)
    before = _stands(session.instance, old, apart)
    if found.instance is None:
        return Preview(before, (), (), ())
    return Preview(
        before,
        _stands(found.instance, new, apart),
        tuple(dict.fromkeys(_shifted(found, old, new, apart))),
        tuple(lack for step, lack in _missing(session.instance, found.instance, old, new) if step not in apart),
    )


def restricted(session: CaseSession, to: Published, actor: Actor) -> frozenset[str]:
    """The steps of both versions of which the actor is not told whether the case came to them."""
    both = (session.published.procedure, to.procedure)
    return frozenset(own for version in both for own in kept_apart(actor, version, session.entry["estate_id"]))


def _stands(instance: Instance, procedure: Procedure, apart: Collection[str]) -> tuple[Text, ...]:
    at = [item.element_id for item in instance.open_items]
    known = (procedure.elements[element_id] for element_id in sorted(instance.active) if element_id in procedure.elements)
    waits = (element.id for element in known if element.kind in _WAITS)
    return tuple(procedure.label(told_instead(procedure, apart, element_id)) for element_id in dict.fromkeys(at or waits))


def _shifted(found: Migration, old: Procedure, new: Procedure, apart: Collection[str]) -> Iterator[Shifted]:
    for due in found.moved_dues:
        if due.kind == _WARNING or due.element_id in apart:
            continue
        key = due.limit_key or due.element_id or ""
        unknown = Text(key, key)
        named = new if due.after is not None else old
        name = named.limits.get(key, unknown) if due.limit_key else named.label(key)
        yield Shifted(name, due.before, due.after)


def _missing(present: Instance, instance: Instance, old: Procedure, new: Procedure) -> Iterator[tuple[str | None, Missing]]:
    """By step: what those that are done would have asked for in the version, then what later ones look up in vain only there."""
    values = {**dict.fromkeys(new.names), **instance.values}
    asked, asked_anew = (_asked(instance, version) for version in (old, new))
    in_vain, told = dict(_looked_up(present, old)), set[str]()
    later = {key: reader for key, reader in _looked_up(instance, new) if key not in in_vain}
    for element_id in instance.done_by:
        form, before = new.form_of(element_id), old.form_of(element_id)
        for entry in form.fields if form else ():
            unasked = entry.key not in (before.keys if before else ()) and instance.values.get(entry.key) is None
            needed = _required(entry, values, asked_anew - asked) if unasked and entry.key not in told else None
            if needed is not None or (unasked and entry.key in later and entry.key not in told):
                told.add(entry.key)
                yield element_id, Missing(entry.field.label, new.label(element_id), later.get(entry.key), needed is False)
    for key, reader in later.items():
        if key not in told and key not in asked and key in new.vocabulary:
            yield None, Missing(new.vocabulary[key].label, None, reader)


def _asked(instance: Instance, version: Procedure) -> frozenset[str]:
    """The keys that the version asks for at the steps that are done."""
    return frozenset(key for element_id in instance.done_by if (form := version.form_of(element_id)) for key in form.keys)


def _required(entry: FormField, values: Mapping[str, Value], never_asked: frozenset[str]) -> bool | None:
    """Whether the case would have had to answer: None for no, False where that hangs on what it was never asked."""
    if not entry.component.required:
        return None
    unknown = {name for condition in entry.conditions for name in condition.variables if values.get(name) is None}
    if unknown & never_asked:
        return False
    return None if any(condition.evaluate(values) is True for condition in entry.conditions) else True


def _looked_up(instance: Instance, new: Procedure) -> Iterator[tuple[str, Text]]:
    """The names that steps ahead look up, nothing ahead sets, and the case has no value for; with the first such step."""
    ahead = instance.ahead
    for key, readers in ahead.reads.items():
        known = key in new.facts or instance.values.get(key) is not None or ahead.sets.get(key, frozenset()) - {*readers}
        if not known and readers[0] in new.elements:
            yield key, new.label(readers[0])
