"""The command that failed, given again with what was typed, as the person who typed it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands.context import Handler
from engine.commands.incidents.opening import Parked
from engine.commands.incidents.parking import made_again
from engine.commands.receipt import Receipt
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidState
from engine.storage.actors import actor_of
from engine.storage.payloads import read

Handlers = Mapping[type, Handler]
SAID = Text("已重试成功。", "Done again, and it went through.")
GONE = Text(
    "填写的人已不在岗，不能代为重试。请由接手的同事重新办理，再把故障标为已处理。",
    "The person who typed it is no longer active. Let a colleague do the step, then dismiss the incident.",
)
ERASED = Text(
    "填写的内容已按要求删除，不能重试。请重新办理。", "What was typed has been erased, so it cannot be repeated. Do it afresh."
)


def typed_in(parked: Parked) -> Mapping[str, Value]:
    """What was typed; InvalidState when it has been erased since. To be read before the incident is resolved."""
    payload_id = parked.row["payload_id"]
    if payload_id is None:
        return {}
    typed = read(parked.work.connection, [payload_id]).get(payload_id)
    if typed is None:
        raise InvalidState(ERASED)
    return dict(typed)


def repeat(parked: Parked, typed: Mapping[str, Value], handlers: Handlers) -> Receipt:
    """Carry the command out in this transaction, after everything that came before it; its own refusals are raised."""
    work = parked.work
    command = made_again(parked.row, typed, {kind.__name__: kind for kind in handlers})
    work.flush()
    work.act_for(_person(parked))
    answer = handlers[type(command)](command, work, parked.procedures, work.actor, work.now)
    return answer if isinstance(answer, Receipt) else Receipt(str(parked.row["case_id"] or ""), parked.number, SAID)


def _person(parked: Parked) -> Actor:
    person_id = parked.row["person_id"]
    if person_id == SYSTEM.person_id:
        return SYSTEM
    person = actor_of(parked.work.connection, person_id, parked.work.now)
    if person is None:
        raise InvalidState(GONE)
    return person
