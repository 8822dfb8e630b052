"""Let a person do a step from which an earlier step keeps them out, where an office has too few people, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.commands.work.items import name_of, require_open
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.storage.work import Work

NOT_EXCLUDED = Text("这位同事不在回避之列，不必免除。", "This colleague is not kept out of the step.")


@dataclass(frozen=True, slots=True)
class AllowExcluded:
    """The person may then do it as if another had done the earlier step; the journal and the review say that they might."""

    item_id: str
    person_id: str
    reason: str


def handle(command: AllowExcluded, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden without the action ``allow_excluded``; InvalidValues for a person who is not kept out."""
    session, item = CaseSession.open_with_item(work, procedures, command.item_id)
    permits.require_reader(session, sentences.NO_SUCH_ITEM)
    procedure = session.published.procedure
    session.on_behalf_of = permits.require_action(actor, procedure, "allow_excluded", item["estate_id"], item["department"])
    require_open(session, item)
    reason = permits.require_words("reason", command.reason, reason=True)
    if f",{command.person_id}," not in item["excluded"]:
        raise InvalidValues(sentences.FORM_REFUSED, {"person_id": NOT_EXCLUDED})
    session.personal["reason"] = reason
    kept_out = [person for person in item["excluded"].split(",") if person not in ("", command.person_id)]
    session.events.append(ev.WorkItemExclusionWaived(item["id"], command.person_id, kept_out))
    name, number = name_of(work, command.person_id), session.entry["number"]
    session.notices_to(
        command.person_id,
        Text(f"{number}：“{item['name_zh']}”您也可以办理了。", f"{number}: you may do “{item['name_en']}” too."),
        item,
    )
    return session.finish("allow_excluded", Text(f"{name}可以办理这一步了。", f"{name} may do this step now."))
