"""What was typed into a form, read once by the form itself and parted into plain and personal values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from engine.commands.session import sentences
from engine.commands.session.lookups import foreign_files, unknown_references
from engine.domain.codec import dumps
from engine.domain.ids import new_id
from engine.domain.values import Value
from engine.errors import InvalidValues
from engine.procedure import Form
from engine.storage import tables as t

if TYPE_CHECKING:
    from engine.commands.session.case_session import CaseSession


@dataclass(frozen=True, slots=True)
class Answers:
    """A form's values: those the procedure may compute with, and those kept apart because they tell who somebody is."""

    form: str
    plain: dict[str, Value]
    personal: dict[str, Value]

    @property
    def known(self) -> dict[str, Value]:
        """What the case is told: the plain values, and of the personal ones only that there is one.

        By that mark a personal value ends like any other when its form is begun anew.
        """
        return {**self.plain, **{key: None if value is None else True for key, value in self.personal.items()}}


def read_answers(session: CaseSession, form: Form | None, raw: Mapping[str, Any], scope: Mapping[str, Value]) -> Answers:
    """The typed values of everything the form asks; InvalidValues names each field that cannot be taken."""
    if form is None:
        return Answers("", {}, {})
    procedure = session.published.procedure
    answer = form.read(raw, {**scope, **_rows_shown(session, scope)}, zone=session.procedures.zone)
    if answer.unknown:
        raise InvalidValues(sentences.FORGED)
    connection, values = session.work.connection, answer.values
    errors = answer.errors or unknown_references(connection, procedure, values, session.entry["estate_id"])
    errors = errors or foreign_files(connection, procedure, values, session.case_id)
    if errors:
        raise InvalidValues(sentences.FORM_REFUSED, errors)
    personal = {key: value for key, value in answer.values.items() if procedure.vocabulary[key].personal}
    plain = {key: value for key, value in answer.values.items() if key not in personal}
    return Answers(form.name, plain, personal)


def _rows_shown(session: CaseSession, scope: Mapping[str, Value]) -> dict[str, Value]:
    """The personal lists with whose rows the form goes on, unless they were cleared for a new round."""
    return {key: rows for key, rows in session.known.lists.items() if scope.get(key)}


def keep_submission(session: CaseSession, item_id: str, element_id: str, round_: int, answers: Answers, request_id: str) -> None:
    """Store a submitted form whole, personal values apart; the journal will cover its digest."""
    personal = {key: value for key, value in answers.personal.items() if value is not None}
    session.personal.update(personal)
    plain = dumps(answers.plain)
    submission_id = new_id(session.now)
    session.submitted[item_id] = (submission_id, sha256(plain.encode()).hexdigest())
    session.submissions.append(
        {
            "id": submission_id,
            "case_id": session.case_id,
            "item_id": item_id,
            "element_id": element_id,
            "form": answers.form,
            "version_id": session.case["version_id"],
            "round": round_,
            "at": session.now,
            "person_id": session.actor.person_id,
            "on_behalf_of": session.on_behalf_of,
            "plain": plain,
            "personal": sorted(personal),
            "request_id": request_id[:64] or None,
        }
    )


def write_submissions(session: CaseSession, refs: Mapping[str, list[str]]) -> None:
    """Put the kept submissions into the batch, now that their personal values have payload ids."""
    for row in session.submissions:
        session.work.batch.insert(t.submission, {**row, "personal": dumps({key: refs[key][0] for key in row["personal"]})})
