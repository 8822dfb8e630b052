"""Files that would never end, or that nobody could write down again, are told of in a sentence and stop nobody's page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.exchange import apart
from engine.procedure.exchange.canonical import canonical_file
from engine.procedure.findings import Findings
from engine.procedure.reading import read_all
from engine.procedure.safe_yaml import exceeds_limits
from tests.unit.procedure.drawing import MANIFEST, as_yaml, bundle, field, findings, form, rules

FORM = "forms/do_it.form"
#: A number that no machine writes out, and two that are none.
NEVER = ("1e9999999999", "Infinity", "NaN", "9" * 200)


def test_half_a_sign_stays_in_its_file_and_is_found_there() -> None:
    half = form(field("textfield", "subject")).replace("标签".encode(), b"\\ud800")

    assert canonical_file(FORM, half) == half
    (found,) = findings(files={FORM: half})
    assert found.rule == "form-json" and found.file == FORM and found.mend.zh


@pytest.mark.parametrize("written", NEVER)
def test_a_bound_that_no_machine_can_write_out_is_no_number(written: str) -> None:
    bounded = field("number", "size", validate={"max": written, "maxLength": written}, decimalDigits=written)

    (first, *_) = found = findings(files={FORM: form(bounded)})
    assert rules(found) == {"form-bound"} and len(first.text.zh) < 100
    told = findings(fields={"subject": {"type": "text", "zh": "事由", "en": "Subject", "max_length": written}})
    assert rules(told) == {"field-bound"}


@pytest.mark.parametrize(
    "source",
    [
        "a: &a [*a]",
        "a: &a {b: {c: *a}}",
        "a: &a [" + "x, " * 50_000 + "]\n" + "".join(f"{name}: [*a, *a]\n" for name in "bcd"),
        "a: 1" + ":59" * 200,
        "a: 0x" + "f" * 200,
    ],
)
def test_what_refers_to_itself_or_unfolds_without_end_is_not_read(source: str) -> None:
    assert exceeds_limits(source)
    assert rules(findings(files={"clauses.yaml": source.encode()})) == {"yaml-depth"}


def test_what_refers_to_something_small_is_read() -> None:
    assert not exceeds_limits("a: &a {x: 1}\nb: {<<: *a}\nc: [*a, *a]\nd: 2026-09-28 10:00:00\ne: 123456789012")


@pytest.mark.parametrize("odd", [7, [7], {"a": [None]}, "x"])
def test_a_setting_of_another_kind_than_it_should_be_is_no_fault_of_the_program(odd: Any) -> None:
    manifest = {key: odd for key in [*MANIFEST, "known_to_code", "facts_within_days", "calendar", "numbering", "case_file"]}
    fields = {"subject": {"type": odd}, "colour": {"type": "choice", "zh": odd, "en": odd, "choices": odd, "of": odd}}
    shown = json.dumps({"components": [{"type": "select", "key": "size", "values": odd, "validate": odd, "properties": odd}]})
    files = {"procedure.yaml": as_yaml(manifest), "fields.yaml": as_yaml(fields), FORM: shown.encode()}

    noted = Findings()
    read_all(bundle(files=files), noted)

    assert len(noted)


def test_what_a_sentence_quotes_of_a_file_is_cut_short() -> None:
    (found,) = (one for one in findings(files={FORM: form(field("x" * 3000, "subject"))}) if one.rule == "form-component")

    assert len(found.text.zh) < 120 and len(found.text.en) < 120 and "xxx…" in found.text.zh


def test_the_file_that_stops_the_check_is_looked_for_only_as_long_as_somebody_would_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Bundle] = []

    def stopped(content: Bundle, *_within: int) -> Text:
        asked.append(content)
        return Text("停了。", "Stopped.")

    monkeypatch.setattr(apart, "_run", stopped)
    monkeypatch.setattr(apart, "SEARCH_SECONDS", -1)

    (finding,) = apart.examined_apart(bundle(files={"other.bpmn": b"<a/>"})).findings

    assert (finding.rule, len(asked)) == (apart.STOPPED, 1)
