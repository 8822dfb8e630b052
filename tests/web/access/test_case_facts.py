"""What the studio, a replay, a move, a review and a fault tell of cases never holds what was said in one of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.commands import cases, work
from engine.commands.studio import BeginReplay
from engine.errors import Incident
from engine.storage import tables as t
from tests.engine.incidents.test_bulk import order
from tests.engine.incidents.test_migrating import newer
from tests.engine.review.test_pack import OPINION, SAID
from tests.engine.review.test_review import called, upload
from tests.engine.test_bad_input import picture
from tests.installation import copied
from tests.office import Case, Office
from tests.web.access.scene import hire
from tests.web.pages import Browser
from webforms import create_app

#: Stands in everything that was written about a case, and in the name of its file.
MARK = "只在案卷里"
#: A choice of a case over which steps stumble, as their messages would show it; no page offers it by this word.
CHOICE = "burglary"
#: Under this version nobody can go on after the judgement: its condition gives a text.
STUMBLES = ('validity = "invalid"', "sub_category")
#: Who owns all, who owns one estate's, who reads no case, who reviews, who approves, another department, another estate.
READERS = ("owner", "bt_owner", "admin", "manager", "director", "cleaner", "bitong")
#: These show a procedure alike to everybody who may read it: two readers are enough.
ALIKE, TWO = ("archive", "stories", "changes", "against", "meeting"), ("owner", "bitong")
#: These show the procedure's own files, in which every choice has its place.
FILES = ("archive", "file", "studio", "walk")
#: What a fault says is written twice by hand, so these are read in both languages.
FAULTS = ("incidents", "incident", "order", "moving", "drill_here", "drill_there", "drill_stuck")
SURFACES = (
    "run", "cases", "csv", "heat", *FAULTS, "version", "versions", "archive", "stories", "pack", "data", "book", "paper",
    "report", "studio", "findings", "try", "story", "file", "walk", "tokens", "replays", "publish", "changes",
    "against", "meeting",
)  # fmt: skip

#: Restricted steps that a complaint went through, as a page would name them, and the sheets of a replay where they would stand.
STEPS, RUN_SHEETS = ("认定责任", "听取本人意见", "批准处理", "记下处理", "不予追究"), ("run", "heat", "heat_apart")


@dataclass(frozen=True)
class Told:
    """The application with its addresses by name, the cases of both estates, and what was answered to whom."""

    app: Flask
    office: Office
    addresses: dict[str, str]
    here: Case
    there: Case
    stuck: Case
    answered: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def read(self, who: str, name: str) -> tuple[int, str]:
        """The status and the words of a place, as that person reads it."""
        if (who, name) not in self.answered:
            browser = Browser(self.app, self.office.person_id(who))
            status, words = _words(browser, self.addresses.get(name, name))
            if name in FAULTS:
                browser.post("/language", {"language": "en"})
                words += _words(browser, self.addresses[name])[1]
                browser.post("/language", {"language": "zh-Hans"})
            self.answered[who, name] = status, words
        return self.answered[who, name]


@pytest.fixture(scope="module")
def told(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Two estates with a marked case each, replayed, moved, stuck, and reviewed."""
    folder = tmp_path_factory.mktemp("facts")
    clock = ManualClock(datetime(2026, 9, 28, 1, 0, tzinfo=UTC))
    application = build(copied(furnished, folder), clock)
    application.stories = lambda _bundle: ()
    application.settings = application.settings.model_copy(update={"demo": True})
    app = create_app(application)
    app.testing = True
    yield _staged(app, Office(application, clock))
    application.close()


@pytest.mark.parametrize("who", READERS)
def test_nothing_said_in_a_case_is_told_beside_its_file(told: Told, who: str) -> None:
    answered = {name: told.read(who, name) for name in SURFACES if who in TWO or name not in ALIKE}

    leaks = {name for name, (_, words) in answered.items() if MARK in words or (CHOICE in words and name not in FILES)}
    assert leaks == set() and {status for status, _ in answered.values()} <= {200, 403, 404}


def test_what_is_looked_for_stands_in_the_case_file_and_every_place_answers(told: Told) -> None:
    for case in (told.here, told.there):
        status, words = told.read("owner", f"/cases/{case.id}")
        assert status == 200 and MARK in words

    assert {name for name in SURFACES if told.read("owner", name)[0] != 200} == set()


@pytest.mark.parametrize("who", ["bt_owner", "bitong"])
def test_of_a_replay_each_reads_the_cases_of_their_estate_alone(told: Told, who: str) -> None:
    for name in ("cases", "csv"):
        words = told.read(who, name)[1]
        assert told.here.number not in words and told.there.number in words, name
    assert told.read(who, "drill_here")[0] == 404 and told.read(who, "drill_there")[0] == 200


def test_who_reads_no_review_and_moves_no_case_is_shown_neither(told: Told) -> None:
    for name in ("order", "moving", "incidents", "studio", "try", "walk", "publish"):
        assert told.read("bitong", name)[0] == 403, name
    for name in ("incident", "pack", "data", "book", "paper", "report"):
        assert told.read("bitong", name)[0] == 404, name
    for name in ("order", "moving", "incidents"):
        status, words = told.read("bt_owner", name)
        assert status == 200 and told.here.number not in words and told.stuck.number not in words, name


@pytest.mark.parametrize("who", ["owner", "admin", "supervisor", "engineer", "manager"])
def test_the_way_through_restricted_steps_is_told_to_those_alone_who_do_them(told: Told, who: str) -> None:
    of_case = [
        rule.rule for rule in told.app.url_map.iter_rules() if rule.arguments == {"case_id"} and "GET" in (rule.methods or ())
    ]
    pages = [rule.replace("<case_id>", told.here.id) for rule in of_case if rule.startswith("/cases/")]
    places = [*pages, "drill_here", "cases", "csv", "moving", "order", *RUN_SHEETS]

    named = {place for place in places if any(step in told.read(who, place)[1] for step in STEPS)}

    assert bool(named) == (who == "manager"), named


def test_a_replay_says_that_restricted_steps_are_not_told_and_leads_to_none(told: Told) -> None:
    for name in ("run", "drill_here", "heat_apart"):
        assert "限阅的步骤不在这里逐步显示" in told.read("owner", name)[1], name
    assert "限阅的步骤不在这里逐步显示" not in told.read("owner", "heat")[1]
    assert '"heat": {}' in told.read("owner", "heat_apart")[1]


def _staged(app: Flask, office: Office) -> Told:
    hire(office, "bt_owner", ("process_owner", office.estate_id("BT")))
    closed, stays, there = (_marked(office, *where) for where in (("reception", "YH"), ("reception", "YH"), ("bitong", "BT")))
    closed.finish(**_words_for(closed), accountability_needed=True)
    stays.reach("find_cause")
    _talked_about(stays)
    newer(office, "complaint.bpmn", *STUMBLES)
    stuck = _marked(office, "reception", "YH")
    with pytest.raises(Incident):
        stuck.complete("judge_complaint")
    moved = order(office, [stays])
    upload(office)
    (draft,) = office.rows(t.procedure_draft.select())
    run_id = str(office.execute(BeginReplay(draft["id"], None, None, "all"), "owner"))
    office.application.run_replays(run_id)
    review = called(office)
    review.reach("sign_as_author", change_wanted="change", feedback_items=[SAID], expert_opinions=[OPINION])
    upload(office)
    own = Browser(app, office.person_id("owner"))
    under = f"/procedure/drafts/{office.rows(t.procedure_draft.select())[0]['id']}"
    own.post(f"{under}/try/walk", {"_starts": "2026-09-01T09:00"})
    (incident,) = office.rows(t.incident.select())
    replay, version, pack = (
        f"/procedure/drafts/{draft['id']}/replay/{run_id}",
        "/procedure/complaint/versions",
        "/reviews/{}/pack",
    )
    pack = pack.format(review.id)
    addresses = {
        "run": replay, "cases": f"{replay}/cases", "csv": f"{replay}/cases.csv", "heat": f"{replay}/heat",
        "heat_apart": f"{replay}/heat?sheet=accountability",
        "drill_here": f"{replay}/cases/{closed.id}", "drill_there": f"{replay}/cases/{there.id}",
        "drill_stuck": f"{replay}/cases/{stuck.id}",
        "order": f"/procedure/migrations/{moved}", "moving": f"{version}/2/cases",
        "incidents": "/operations", "incident": f"/operations/{incident['id']}",
        "version": f"{version}/3", "versions": version, "archive": f"{version}/3/files", "stories": f"{version}/3/stories",
        "pack": pack, "data": f"{pack}.json", "book": f"{pack}.xlsx", "paper": f"{pack}.pdf", "report": f"/reports/{review.id}",
        "studio": f"{under}/studio", "findings": f"{under}/findings", "try": f"{under}/try", "walk": f"{under}/try/walk",
        "story": f"{under}/try/story?file=scenarios/minor.yaml", "file": f"{under}/files/scenarios/minor.yaml",
        "tokens": f"{under}/try/tokens?file=complaint.bpmn", "replays": f"{under}/replay", "publish": f"{under}/publish",
        "changes": f"{under}/changes", "against": f"{version}/1/against/2", "meeting": f"{version}/1/against/2/paper",
    }  # fmt: skip
    # A paper is made beside: asked for once by each reader, then there.
    for who in READERS:
        Browser(app, office.person_id(who)).client.get(addresses["paper"])
    office.application.press.finish()
    return Told(app, office, addresses, closed, there, stuck)


def _marked(office: Office, by: str, estate: str) -> Case:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    form = procedure.form_of(procedure.intake.task)
    return office.register(by, estate, sub_category=CHOICE, **_said(procedure, form.keys))


def _words_for(case: Case) -> dict[str, Any]:
    return _said(case.procedure, case.procedure.vocabulary)


def _said(procedure: Any, keys: Any) -> dict[str, Any]:
    """The mark for everything personal that is written in words."""
    fields = (procedure.vocabulary[key] for key in keys)
    return {one.key: MARK for one in fields if one.personal and one.type in ("text", "longtext")}


def _talked_about(case: Case) -> None:
    case.do(cases.AddComment(case.id, MARK), "supervisor")
    case.do(cases.LogContact(case.id, MARK), "reception")
    case.do(cases.Attach(case.id, f"{MARK}.jpg", picture()), "reception")
    item = case.item("find_cause")
    case.do(work.PassOn(item["id"], "cleaning", MARK), case.doer(item))


def _words(browser: Browser, address: str) -> tuple[int, str]:
    """The answer's status and all that can be read in it, in papers and packed files too."""
    answer = browser.client.get(address, buffered=True)
    if answer.data.startswith(b"%PDF"):
        return answer.status_code, "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.data)).pages)
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            return answer.status_code, "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if answer.is_json:
        return answer.status_code, json.dumps(answer.json, ensure_ascii=False)
    return answer.status_code, answer.text
