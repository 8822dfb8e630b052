"""What an owner chooses in rows, lists and amounts is written as the expression that says just that, and read back the same."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[3]
STUDIO = REPOSITORY / "webforms/frontend/studio"
#: A module of the studio that needs no other, as it stands in the repository.
MODULE = "const module = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));"
CALLED = f"async ([source, name, ...given]) => {{ {MODULE} return module[name](...given); }}"
TYPED = f"""async ([source, given, types]) => {{
  {MODULE}
  return module.writeCondition(given, (key) => types[key] ?? 'text');
}}"""
#: A timer as the drawing's model keeps it, read and written by the panel.
READ = f"async ([source, before]) => {{ {MODULE} return module.readTimer({{ get: (name) => before[name] }}); }}"
WRITTEN = f"""async ([source, wanted, before]) => {{
  {MODULE}
  const timer = {{ ...before, get(name) {{ return this[name]; }} }};
  const modeling = {{ updateModdleProperties: (element, object, changes) => Object.assign(object, changes) }};
  const moddle = {{ create: (type, given) => ({{ ...given, $attrs: {{}} }}) }};
  module.writeTimer({{}}, timer, {{ modeling, moddle }}, wanted);
  const kinds = ['timeDate', 'timeDuration', 'timeCycle'].filter((kind) => timer[kind]);
  return Object.fromEntries(kinds.map((kind) => [kind, timer[kind].body]));
}}"""
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(chromium: Browser) -> Iterator[Ask]:
    """Runs a script with the source of a module of the studio in an empty page."""
    context = chromium.new_context()
    page = context.new_page()
    yield lambda script, module, *given: page.evaluate(script, [(STUDIO / module).read_text(encoding="utf-8"), *given])
    context.close()


def row(field: str, relation: str, value: object) -> dict[str, object]:
    return {"field": field, "relation": relation, "value": value}


CONDITIONS = {
    'validity = "valid"': ("and", row("validity", "=", "valid")),
    'validity != "valid"': ("and", row("validity", "!=", "valid")),
    'severity in ("important", "major")': ("and", row("severity", "in", ["important", "major"])),
    "promise_due != null": ("and", row("promise_due", "filled", "")),
    "promise_due = null": ("and", row("promise_due", "empty", "")),
    "amount >= 500": ("and", row("amount", ">=", "500")),
    "developer = true": ("and", row("developer", "=", "true")),
    'place = "5"': ("and", row("place", "=", "5")),
    'category = "developer" or developer = true': ("or", row("category", "=", "developer"), row("developer", "=", "true")),
    'place = "a and b" and amount < 3': ("and", row("place", "=", "a and b"), row("amount", "<", "3")),
}
TYPE_OF = {"amount": "money", "developer": "boolean"}
BEYOND = ('a = "1" and b = "2" or c = "3"', 'not(a = "1")', "assigned_round = round", 'a = "open', "is_open(follow_up)")


def test_a_condition_is_the_same_in_rows_and_as_an_expression(ask: Ask) -> None:
    module = "model/condition.js"
    for text, (join, *rows) in CONDITIONS.items():
        shown = ask(CALLED, module, "readCondition", text)
        assert shown == {"join": join, "rows": rows}, text
        assert ask(TYPED, module, shown, TYPE_OF) == text
    for text in BEYOND:
        assert ask(CALLED, module, "readCondition", text) is None, text


def test_no_condition_that_is_shipped_would_be_changed_by_being_shown_in_rows(ask: Ask) -> None:
    drawn = [file.read_text(encoding="utf-8") for file in sorted(REPOSITORY.glob("processes/*/*.bpmn"))]
    texts = {html.unescape(one) for xml in drawn for one in re.findall(r"<bpmn:condition(?:Expression)? [^>]*>([^<]+)<", xml)}
    shown = {text: ask(CALLED, "model/condition.js", "readCondition", text) for text in texts}

    in_rows = {text: rows for text, rows in shown.items() if rows}
    assert len(in_rows) > len(texts) / 2
    truths = {one["field"]: "boolean" for rows in in_rows.values() for one in rows["rows"] if one["value"] in ("true", "false")}
    written = [ask(TYPED, "model/condition.js", rows, truths) for rows in in_rows.values()]
    assert written == list(in_rows)


TIMERS = {
    'limit("dispatch")': ({"way": "limit", "limit": "dispatch"}, "timeDate"),
    **{
        f"{unit}(3)": ({"way": "amount", "unit": unit, "amount": "3"}, "timeDate")
        for unit in ("minutes", "hours", "days", "months", "working_hours", "working_days")
    },
    "every(days(2))": ({"way": "every", "unit": "days", "amount": "2"}, "timeCycle"),
}


def test_how_long_a_timer_waits_is_written_in_its_unit_and_a_repetition_is_a_cycle(ask: Ask) -> None:
    module = "model/time.js"
    for text, (wanted, kind) in TIMERS.items():
        written = ask(WRITTEN, module, wanted, {"timeDuration": {"body": "PT5M", "$attrs": {}}})
        assert written == {kind: text}
        assert ask(READ, module, {kind: {"body": text}}) == {**wanted, "text": text}
    # What another editor says in its own kind stays of that kind.
    before = {"timeDuration": {"body": "PT5M", "$attrs": {}}}
    assert ask(WRITTEN, module, {"way": "other", "text": "PT9M"}, before) == {"timeDuration": "PT9M"}


CELLS = {
    "": {"relation": "any", "values": []},
    '"minor", "major"': {"relation": "in", "values": ["minor", "major"]},
    'not("minor", "major")': {"relation": "not", "values": ["minor", "major"]},
    "true": {"relation": "is", "values": ["true"]},
    "5": {"relation": "=", "values": ["5"]},
    "< 5": {"relation": "<", "values": ["5"]},
    ">= -0.5": {"relation": ">=", "values": ["-0.5"]},
    "[1..3]": {"relation": "range", "values": ["1", "3"]},
}


def test_a_cell_is_the_same_chosen_and_written(ask: Ask) -> None:
    for text, cell in CELLS.items():
        assert ask(CALLED, "tables/cell.js", "read", text) == cell
        assert ask(CALLED, "tables/cell.js", "written", cell) == text
    for beyond in ("[1..3)", "severity", 'not("minor") and 3', "< 3, > 5"):
        assert ask(CALLED, "tables/cell.js", "read", beyond) is None
    words = {"or": "或", "yes": "是", "no": "否", "relations": {"not": "不是"}}
    field = {"choices": [{"value": "minor", "label": "轻微"}, {"value": "major", "label": "重大"}]}
    told = {'"minor", "major"': "轻微或重大", 'not("minor")': "不是 轻微", "true": "是", "false": "否", "< 5": ""}
    for text, said in told.items():
        assert ask(CALLED, "tables/cell.js", "said", text, field, words) == said
