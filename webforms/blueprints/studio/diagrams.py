"""The editor of a diagram."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from engine.queries import studio
from engine.queries.studio import panel
from webforms import visit
from webforms.blueprints.studio.drawing import draw
from webforms.wording import said, t
from webforms.wording.studio.functions import FUNCTIONS
from webforms.wording.studio.panel import catalogue_words

_LISTS = ("roles", "forms", "limits", "moments", "tasks", "decisions", "processes", "clauses", "operators", "fields")

#: The editor's keys and the wording of what each does.
KEYS = (
    (("Ctrl", "Z"), "studio.key.undo"),
    (("Ctrl", "Y"), "studio.key.redo"),
    (("Ctrl", "X"), "studio.key.cut"),
    (("Ctrl", "C"), "studio.key.copy"),
    (("Ctrl", "V"), "studio.key.paste"),
    (("Ctrl", "D"), "studio.key.duplicate"),
    (("Ctrl", "A"), "studio.key.all"),
    (("Delete",), "studio.key.remove"),
    (("Ctrl", "F"), "studio.key.search"),
    (("Ctrl", "S"), "studio.key.save"),
    (("N",), "studio.key.create"),
    (("A",), "studio.key.append"),
    (("R",), "studio.key.replace"),
    (("E",), "studio.key.name"),
    (("H",), "studio.key.hand"),
    (("L",), "studio.key.lasso"),
    (("S",), "studio.key.space"),
    (("C",), "studio.key.connect"),
    (("← ↑ → ↓",), "studio.key.move"),
    (("Ctrl", "+ - 0"), "studio.key.zoom"),
    (("?",), "studio.key.help"),
)


def page(desk: studio.Desk) -> str:
    """The page of the opened diagram."""
    options = studio.options(desk.reading)
    lists = {name: [_option(one) for one in options[name]] for name in _LISTS}
    return draw("studio/diagram.html", desk, catalogue={"words": catalogue_words(t), **lists, **_more(desk, lists)}, keys=KEYS)


def _more(desk: studio.Desk, lists: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What the panel knows beyond names."""
    departments = panel.departments(visit.reader(), visit.actor(), desk.reading)
    limits = panel.limits_said(desk.reading)
    return {
        "departments": [_option(one) for one in departments],
        "functions": [{"value": call, "label": said(words)} for call, words in FUNCTIONS.items()],
        "operators": [{**one, "label": t(f"studio.panel.operators.{one['value']}")} for one in lists["operators"]],
        "limits": [_limit(one, limits.get(one["value"]), desk.draft_id) for one in lists["limits"]],
        "newLimit": url_for("studio.desk", draft_id=desk.draft_id, file=panel.LIMITS),
        "names": panel.names_used(desk.reading),
        **{name: _linked(lists[name], files, desk.draft_id) for name, files in panel.files_of(desk.reading).items()},
    }


def _linked(options: list[dict[str, Any]], files: Mapping[str, str], draft_id: str) -> list[dict[str, Any]]:
    """Each with the address at which its file is opened."""
    return [{**one, "link": url_for("studio.desk", draft_id=draft_id, file=files[one["value"]])} for one in options]


def _limit(option: dict[str, Any], told: panel.LimitSaid | None, draft_id: str) -> dict[str, Any]:
    row, line = (told.row, f"line-{told.number}") if told else (None, None)
    address = url_for("studio.desk", draft_id=draft_id, file=panel.LIMITS, element=row, _anchor=line)
    return {**option, "hint": said(told.words) if told else t("studio.panel.noLimit"), "link": address}


def _option(option: studio.Option) -> dict[str, Any]:
    made: dict[str, Any] = {"value": option.value, "label": said(option.label)}
    if option.hint:
        made["hint"] = said(option.hint)
    if option.kind:
        made["type"] = option.kind
    if option.choices:
        made["choices"] = [_option(choice) for choice in option.choices]
        made["parameters"] = [choice.value for choice in option.choices]
    return made
