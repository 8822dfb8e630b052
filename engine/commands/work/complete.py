"""Finish a work item with the answers of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session.answers import keep_submission, read_answers
from engine.commands.work.items import open_item, require_free
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage.work import Work

ACTION = "complete"


@dataclass(frozen=True, slots=True)
class Complete:
    """``answers`` are the form's fields, typed or as a browser posts them; a ``request_id`` is carried out once."""

    item_id: str
    answers: Mapping[str, Any]
    request_id: str


def handle(command: Complete, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues names every field to correct; InvalidState says who did it before, or why it is gone."""
    session, item = open_item(work, procedures, command.item_id)
    require_free(session, item)
    procedure, instance = session.published.procedure, session.instance
    answers = read_answers(session, procedure.form_of(item["element_id"]), command.answers, instance.values_at(item["id"]))
    keep_submission(session, item["id"], item["element_id"], item["round"], answers, command.request_id)
    instance.complete(item["id"], answers.known, actor.person_id)
    return session.finish(ACTION, Text(f"“{item['name_zh']}”已完成。", f"“{item['name_en']}” is done."))
