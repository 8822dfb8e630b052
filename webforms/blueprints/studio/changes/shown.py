"""What a comparison's page shows: the list of changes, the ways through it, and one file in both states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request, url_for

from engine.queries import procedure, studio
from engine.queries.studio import Kind
from webforms import visit
from webforms.blueprints.studio.changes.addresses import address
from webforms.blueprints.studio.changes.forms import in_pairs
from webforms.wording import said

_BESIDE_A_FORM, _BESIDE_A_LINE = 2, 1


@dataclass(frozen=True, slots=True)
class Way:
    """The place that is looked at among all places of the list: which it is, counted from 1, and where the next ones are."""

    number: int
    total: int
    before: str | None
    after: str | None


def shown(compared: studio.Compared) -> dict[str, Any]:
    """The file of the address, else the first that differs, with the place that is looked for."""
    asked, sheets, at = request.args.get("file", ""), compared.sheets, request.args.get("at", "")
    sheet = next((one for one in sheets if one.path == asked), sheets[0] if sheets else None)
    reader, actor, key = visit.reader(), visit.actor(), compared.procedure_key
    go = partial(_go, compared)
    return {
        "compared": compared,
        "sheet": sheet,
        "at": at,
        "go": go,
        "way": _way(compared, sheet.path if sheet else "", at, go),
        "paper": address(compared, "paper"),
        "pdf": address(compared, "pdf"),
        "versions": procedure.versions(reader, actor, key),
        "drafts": procedure.drafts(reader, actor, key),
        **(_file(compared, sheet) if sheet else {}),
    }


def _file(compared: studio.Compared, sheet: studio.FileChanges) -> dict[str, Any]:
    """The file in both states, as its kind is shown."""
    whole = request.args.get("whole") == "1"
    if sheet.kind is Kind.DIAGRAM:
        sides = zip(compared.sides(sheet.path), compared.numbers, strict=True)
        return {"view": "diagram", "sides": [_side(compared, sheet, number, side) for side, number in sides]}
    if grids := compared.grids(sheet.path, whole=whole):
        return {"view": "grids", "grids": grids, "whole": whole}
    blocks = compared.blocks(sheet.path)
    if sheet.kind is Kind.FORM:
        rows = studio.folded(in_pairs(compared, sheet.path, blocks), len(blocks) if whole else _BESIDE_A_FORM)
        return {"view": "form", "rows": rows, "whole": whole}
    return {"view": "lines", "rows": studio.folded(blocks, len(blocks) if whole else _BESIDE_A_LINE), "whole": whole}


def _side(compared: studio.Compared, sheet: studio.FileChanges, number: int | None, side: studio.Marked | None) -> dict[str, Any]:
    if number is None:
        source = url_for("studio.file", draft_id=compared.draft_id, path=sheet.path)
    else:
        source = url_for("studio.version_file", key=compared.procedure_key, number=number, path=sheet.path)
    if side is None:
        return {"number": number, "source": None}
    names = {key: words for key, name in side.names.items() if (words := said(name)) != name.zh}
    return {"number": number, "source": source, "state": {"names": names, "marks": dict(side.marks)}}


def _go(compared: studio.Compared, path: str, at: str | None = None, *, whole: bool = False) -> str:
    """Where a file of the comparison stands, at a place in it."""
    return address(compared, file=path, at=at or None, whole=1 if whole else None, _anchor="here" if at else "sheet")


def _way(compared: studio.Compared, path: str, at: str, go: Callable[..., str]) -> Way:
    places = list(dict.fromkeys((one.path, change.place or "") for one in compared.sheets for change in one.changes))
    here = places.index((path, at)) if at and (path, at) in places else -1
    later = here + 1 if here >= 0 else next((number for number, one in enumerate(places) if one[0] == path), 0)
    earlier = here - 1 if here >= 0 else later - 1
    return Way(
        number=here + 1,
        total=len(places),
        before=go(*places[earlier]) if earlier >= 0 else None,
        after=go(*places[later]) if later < len(places) else None,
    )
