"""The company's names of roles and forms: journaled, seen by every process at once, kept by a rebuild, free for a step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.commands import directory
from engine.commands.directory import SetAlias
from engine.errors import Forbidden, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.audit.rebuild import contents, rebuild
from engine.storage.audit.verify import verify
from engine.storage.journal import read_stream
from tests.office import Office

NAME = SetAlias("role", "reception", "前台", "Front desk", "大家都这么叫")


def called(application: Application, role: str) -> Any:
    """What a reader of an application is told that a role is called."""
    with application.read() as reader:
        return reader.catalogue.intake(reader.now).procedure.roles[role].label


def told(office: Office) -> list[Any]:
    """What the journal of the administration says of names, oldest first."""
    with office.application.database.read() as connection:
        events = [event for entry in read_stream(connection, "administration", "company") for event in entry.events]
    return [(event.row_id, event.change, event.content) for event in events if event.table == "alias"]


@contextmanager
def asked(application: Application) -> Iterator[list[str]]:
    """The statements that ask for names while the block runs."""
    found: list[str] = []

    def listen(*given: Any) -> None:
        found.extend([given[2]] if "alias." in given[2] else [])

    sa.event.listen(application.database.engine, "before_cursor_execute", listen)
    yield found
    sa.event.remove(application.database.engine, "before_cursor_execute", listen)


def test_a_name_is_given_changed_and_taken_away_and_the_journal_says_each(office: Office) -> None:
    own = called(office.application, "reception")

    office.execute(NAME, "admin")
    given = called(office.application, "reception")
    office.execute(SetAlias("role", "reception", "客户助理", ""), "admin")
    office.execute(SetAlias("role", "reception", "客户助理", ""), "admin")
    changed = called(office.application, "reception")
    office.execute(SetAlias("role", "reception", " ", ""), "admin")

    assert ((given.zh, given.en), (changed.zh, changed.en)) == (("前台", "Front desk"), ("客户助理", "客户助理"))
    assert called(office.application, "reception") == own
    assert [(row_id, change) for row_id, change, _ in told(office)] == [
        ("role:reception", "added"), ("role:reception", "changed"), ("role:reception", "removed")
    ]  # fmt: skip
    assert told(office)[0][2] == {
        "kind": "role", "key": "reception", "name_zh": "前台", "name_en": "Front desk", "reason": "大家都这么叫"
    }  # fmt: skip
    with office.application.database.read() as connection:
        assert verify(connection) == []


def test_another_process_says_it_at_once(office: Office) -> None:
    other = build(office.application.settings, office.clock)
    before = called(other, "reception")

    office.execute(NAME, "admin")

    assert (before.zh == "前台", called(other, "reception").zh) == (False, "前台")
    other.close()


def test_a_rebuild_of_the_projections_keeps_the_names(office: Office) -> None:
    office.register()
    office.execute(NAME, "admin")
    with office.application.database.read() as connection:
        before, rows = contents(connection), connection.execute(t.alias.select()).all()
        rebuild(connection, office.application.settings.secret_key)

        assert (contents(connection), connection.execute(t.alias.select()).all()) == (before, rows)


def test_a_step_asks_for_no_names(office: Office) -> None:
    office.execute(NAME, "admin")
    case = office.register()

    with asked(office.application) as statements:
        case.complete(case.open_tasks[0])

    assert statements == []


def test_a_reader_without_names_is_given_the_very_procedure_and_with_the_same_names_the_same_one(office: Office) -> None:
    def procedure() -> Any:
        with office.application.read() as reader:
            return reader.catalogue.intake(reader.now).procedure

    own = office.application.catalogue.intake(office.clock.now()).procedure
    assert procedure() is own

    office.execute(NAME, "admin")

    assert procedure() is procedure() is not own
    assert own.roles["reception"].label.zh != "前台", "what steps run on keeps its own names"


@pytest.mark.parametrize("login", ["owner", "director", "reception"])
def test_nobody_else_gives_names(shared_office: Office, login: str) -> None:
    with pytest.raises(Forbidden):
        shared_office.execute(NAME, login)


@pytest.mark.parametrize(("kind", "key"), [("role", "emperor"), ("form", "reception"), ("crown", "reception"), ("", "")])
def test_what_no_procedure_has_is_not_named(shared_office: Office, kind: str, key: str) -> None:
    with pytest.raises(NotFound):
        shared_office.execute(SetAlias(kind, key, "x", "x"), "admin")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (directory.SetAlias("role", "reception", "长" * 41, "x"), "name_zh"),
        (directory.SetAlias("role", "reception", "x", "x" * 41), "name_en"),
        (directory.SetAlias("role", "reception", "x", "x", "长" * 401), "reason"),
    ],
)
def test_what_is_too_long_is_named_at_its_field(shared_office: Office, command: SetAlias, field: str) -> None:
    with pytest.raises(InvalidValues) as caught:
        shared_office.execute(command, "admin")

    assert set(caught.value.fields) == {field}
    assert shared_office.rows(t.alias.select()) == []


def test_signs_that_nobody_sees_are_left_out(office: Office) -> None:
    office.execute(SetAlias("role", "reception", "前\x00台", " Front\n\tdesk\u202e "), "admin")

    assert str(called(office.application, "reception")) == "前 台 / Front desk"


def test_a_name_whose_role_is_gone_can_still_be_taken_away(office: Office) -> None:
    with office.application.database.write() as connection:
        connection.execute(sa.insert(t.alias), {"kind": "role", "key": "emperor", "name_zh": "皇帝", "name_en": ""})

    office.execute(SetAlias("role", "emperor", "", ""), "admin")

    assert office.rows(t.alias.select()) == []
