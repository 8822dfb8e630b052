"""What an owner works on before it is proposed: files taken in, questions answered, thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa

from engine.calendar import Unit
from engine.commands.context import Procedures
from engine.commands.versions import record, steps
from engine.commands.versions.propose import require_latest
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Conflict, InvalidState, InvalidValues, Misconfigured, NotFound
from engine.procedure import Bundle
from engine.procedure.bundle import VERSION_FILE
from engine.procedure.exchange.answering import STEP_BEFORE, Answer, Limit, answered
from engine.procedure.exchange.examining import kept
from engine.procedure.exchange.questions import Question, Questions, questions_about
from engine.procedure.exchange.signers import is_at_it
from engine.procedure.exchange.uploads import take_in
from engine.procedure.findings import Findings
from engine.procedure.manifest import FILE as MANIFEST
from engine.procedure.safe_yaml import read_yaml
from engine.storage import tables as t
from engine.storage.work import Work

UNITS = (Unit.MINUTES, Unit.HOURS, Unit.WORKING_HOURS, Unit.DAYS, Unit.WORKING_DAYS)
MOST_AMOUNT = Decimal(10_000)
MOST_LABELS, LONGEST_LABEL = 30, 80
NO_DRAFT = Text("没有这份草稿，或已被提出或丢弃。", "There is no such draft: it was proposed or thrown away.")
_NO_PROCEDURE = Text("没有这一份规程。", "There is no such procedure.")
_OTHER = Text("这些文件属于另一份规程。", "These files belong to another procedure.")
_EMPTY = Text("请选一个文件。", "Choose a file.")
_UNANSWERED = Text("还有没回答的问题。", "Some questions are not answered yet.")
_WHO = Text("请选由谁来做。", "Choose who does it.")
_WHAT = Text(
    f"请选一张表单，或写下要填什么，一行一项，最多 {MOST_LABELS} 项，每项最多 {LONGEST_LABEL} 字。",
    f"Choose a form, or write what is filled in, one thing a line: {MOST_LABELS} at most, of {LONGEST_LABEL} characters.",
)
_HOW_LONG = Text("请写一个大于 0 的数和单位，或者都留空。", "Write a number above 0 and its unit, or leave both empty.")
_HELD = Text(
    "{}正在修改这份草稿。您的修改没有存进去，也没有丢：可以等一等，也可以由您接着改。",
    "{} is editing this draft. Your change is not saved, and not lost: wait, or take over.",
)
_SINCE = Text("请选从何时算起。", "Choose from when it counts.")


class HeldByOther(Conflict):
    """Somebody else is editing the draft; it may be taken over."""


@dataclass(frozen=True, slots=True)
class TakeUpload:
    """A file or zip archive; on top of a draft, or of the version published last."""

    procedure_key: str
    file_name: str
    content: bytes
    draft_id: str | None = None
    take_over: bool = False


@dataclass(frozen=True, slots=True)
class AnswerQuestions:
    """``answers``: element id to what was entered under role, form, fields, amount, unit and anchor."""

    draft_id: str
    answers: Mapping[str, Mapping[str, str]]
    take_over: bool = False


@dataclass(frozen=True, slots=True)
class DiscardDraft:
    """The files are gone afterwards."""

    draft_id: str


def handle_upload(command: TakeUpload, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The draft's id; InvalidValues for what is no procedure, Conflict for files of an older version."""
    latest = procedures.catalogue.latest(command.procedure_key)
    if latest is None:
        raise NotFound(_NO_PROCEDURE)
    record.require_owner(actor, latest.procedure)
    row = locked(work, command.draft_id) if command.draft_id else None
    under = Bundle.from_bytes(row["bundle"]) if row else latest.procedure.bundle
    taken = _taken(command, under)
    if _key(taken) not in ("", command.procedure_key):
        raise InvalidValues(_OTHER)
    require_latest(_number(taken), latest.number)
    draft_id = row["id"] if row else new_id(now)
    bundle = kept(taken)
    if row:
        require_free(command.take_over, work, row, actor, now)
        steps.remember(work, row, bundle, actor.person_id, now)
    work.batch.put(
        t.procedure_draft,
        {
            "id": draft_id,
            "procedure_key": command.procedure_key,
            "base_number": row["base_number"] if row else latest.number,
            "bundle": bundle.to_bytes(),
            "person_id": actor.person_id,
            "saved_at": now,
        },
    )
    return str(draft_id)


def handle_answers(command: AnswerQuestions, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Write the answers into the files; InvalidValues by ``element.part`` for each that is missing or cannot be taken."""
    row = owned(command.draft_id, work, procedures, actor)
    require_free(command.take_over, work, row, actor, now)
    base = record.version_row(work, row["procedure_key"], row["base_number"])
    bundle = Bundle.from_bytes(row["bundle"])
    asked = questions_about(Bundle.from_bytes(base["bundle"]), bundle)
    for answer in _read(asked, command.answers):
        bundle = _written(bundle, answer)
    bundle = kept(bundle)
    steps.remember(work, row, bundle, actor.person_id, now)
    changes = {"bundle": bundle.to_bytes(), "person_id": actor.person_id, "saved_at": now}
    work.batch.update(t.procedure_draft, (row["id"],), changes)


def handle_discard(command: DiscardDraft, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Only by those who may propose, and not under the hands of somebody else."""
    row = owned(command.draft_id, work, procedures, actor)
    require_free(False, work, row, actor, now)
    work.batch.delete(t.procedure_draft, t.procedure_draft.c.id == row["id"])
    steps.forget(work, row["id"])


def locked(work: Work, draft_id: str) -> Mapping[str, Any]:
    """The draft's row, nobody else's to change until this transaction ends; NotFound when there is none such."""
    # Locked: a draft is one row, and two files of it saved at once must not undo each other.
    query = sa.select(t.procedure_draft).where(t.procedure_draft.c.id == draft_id).with_for_update()
    row = work.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(NO_DRAFT)
    return dict(row)


def owned(draft_id: str, work: Work, procedures: Procedures, actor: Actor) -> Mapping[str, Any]:
    """The draft's row; NotFound when there is none such, Forbidden for those who may not change the procedure."""
    row = locked(work, draft_id)
    latest = procedures.catalogue.latest(row["procedure_key"])
    if latest is None:
        raise NotFound(_NO_PROCEDURE)
    record.require_owner(actor, latest.procedure)
    return row


def _taken(command: TakeUpload, under: Bundle) -> Bundle:
    if not command.content:
        raise InvalidValues(_EMPTY, {"file": _EMPTY})
    try:
        return take_in(under, command.file_name, command.content)
    except Misconfigured as problem:
        text = (
            Text(f"{problem.text.zh}{problem.mend.zh}", f"{problem.text.en} {problem.mend.en}") if problem.mend else problem.text
        )
        raise InvalidValues(text, {"file": text}) from problem


def _key(bundle: Bundle) -> str:
    return str(read_yaml(bundle.files.get(MANIFEST), MANIFEST, Findings()).mapping().get("key") or "")


def _number(bundle: Bundle) -> int | None:
    """The version that an exported folder was made from, as its record says."""
    number = read_yaml(bundle.files.get(VERSION_FILE, b""), VERSION_FILE, Findings()).mapping().get("number")
    return number if isinstance(number, int) else None


def _written(bundle: Bundle, answer: Answer) -> Bundle:
    try:
        return answered(bundle, answer)
    except Misconfigured as problem:
        raise InvalidState(problem.text) from problem


def _read(asked: Questions, given: Mapping[str, Mapping[str, str]]) -> list[Answer]:
    wrong: dict[str, Text] = {}
    answers = [_answer(asked, question, given.get(question.element_id, {}), wrong) for question in asked.asked]
    if wrong:
        raise InvalidValues(_UNANSWERED, wrong)
    return answers


def _answer(asked: Questions, question: Question, given: Mapping[str, str], wrong: dict[str, Text]) -> Answer:
    key = question.element_id
    role, form = given.get("role", ""), given.get("form", "")
    if question.role and role not in asked.roles:
        wrong[f"{key}.role"] = _WHO
    fields = _labels(given.get("fields", ""))
    usable = 0 < len(fields) <= MOST_LABELS and all(len(label.zh) <= LONGEST_LABEL for label in fields)
    if question.form and form not in asked.forms and not usable:
        wrong[f"{key}.fields"] = _WHAT
    chosen = form if question.form and form in asked.forms else None
    return Answer(
        key,
        role if question.role else None,
        chosen,
        fields if question.form and chosen is None else (),
        _limit(asked, question, given, wrong) if question.limit else None,
    )


def _labels(text: str) -> tuple[Text, ...]:
    """One label a line; English may follow after a stroke between spaces."""
    lines = [line.strip().partition(" / ") for line in text.splitlines() if line.strip()]
    return tuple(Text(zh.strip(), en.strip() or zh.strip()) for zh, _, en in lines)


def _limit(asked: Questions, question: Question, given: Mapping[str, str], wrong: dict[str, Text]) -> Limit | None:
    written, unit, anchor = given.get("amount", "").strip(), given.get("unit", ""), given.get("anchor", STEP_BEFORE)
    if not written:
        return None
    try:
        amount = Decimal(written)
    except InvalidOperation:
        amount = Decimal(0)
    if not (amount.is_finite() and 0 < amount < MOST_AMOUNT) or unit not in {one.value for one in UNITS}:
        wrong[f"{question.element_id}.amount"] = _HOW_LONG
    if anchor not in asked.moments and not (anchor == STEP_BEFORE and question.may_mark):
        wrong[f"{question.element_id}.anchor"] = _SINCE
    return Limit(amount, unit, anchor)


def require_free(take_over: bool, work: Work, row: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """HeldByOther while somebody else is at the draft, unless it is to be taken over."""
    if take_over or not is_at_it(row, actor.person_id, now):
        return
    name = work.connection.execute(sa.select(t.person.c.name).where(t.person.c.id == row["person_id"])).scalar()
    raise HeldByOther(Text(_HELD.zh.format(name), _HELD.en.format(name)))
