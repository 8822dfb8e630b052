"""Decision tables beside each other as grids, each cell in words; the table of limits with amount and unit in one column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.decisions import Decision, Rule
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.diff.aligned.model import Cell, Gap, Grid, folded
from engine.procedure.diff.cells import EMPTY, NOTES, amount_of, cells_of, column_name, said_in
from engine.procedure.diff.change import CHANGED, listed
from engine.procedure.diff.names import Names
from engine.procedure.diff.pairs import SAME, Pair, paired

_NOTE, _NOTE_EN = NOTES
_AMOUNT, _UNIT, _LIMIT = "out:amount", "out:unit", f"in:{limits.INPUT}"
_NUMBERED, _HOW_LONG = Text("行", "Row"), Text("多久", "How long")
Cells = Mapping[str, str]


def table_grids(
    old: Mapping[str, Decision], new: Mapping[str, Decision], names: tuple[Names, Names], *, whole: bool
) -> Iterator[Grid]:
    """The tables of a file that differ, or all of them; columns in which no row shown says anything are left out."""
    for pair in paired(old, new):
        shown = pair.after or pair.before
        if shown is not None and (pair.before or shown).rules + shown.rules and (whole or _differ(pair)):
            yield _grid(pair, shown, names, whole=whole)


def _differ(pair: Pair[Decision]) -> bool:
    return pair.before is None or pair.after is None or _rows(pair.before) != _rows(pair.after)


def _rows(decision: Decision | None) -> dict[str, Cells]:
    return {} if decision is None else {rule.id: dict(cells_of(decision, rule)) for rule in decision.rules}


def _grid(pair: Pair[Decision], shown: Decision, names: tuple[Names, Names], *, whole: bool) -> Grid:
    found = tuple(paired(_rows(pair.before), _rows(pair.after)))
    rows: tuple[Pair[Cells] | Gap, ...] = found if whole else folded(found)
    columns = _columns(rows)
    labels = {key: _label(key, [one for one in (pair.after, pair.before) if one is not None]) for key in columns}
    sides = [{rule.id: rule for rule in one.rules} if one else {} for one in (pair.before, pair.after)]
    others = (_rows(pair.after), _rows(pair.before))

    def side(row: Pair[Cells], which: int) -> tuple[Cell, ...] | None:
        cells = (row.before, row.after)[which]
        if cells is None:
            return None
        rule, other = sides[which][row.place], others[which].get(row.place)
        number = Cell(Text(str(rule.index), str(rule.index)))
        return (number, *(_cell(key, rule, cells, other, names[which]) for key in columns))

    told = (row if isinstance(row, Gap) else Pair(row.place, row.fate, side(row, 0), side(row, 1)) for row in rows)
    return Grid(pair.place, shown.label, (_NUMBERED, *labels.values()), tuple(told))


def _columns(rows: tuple[Pair[Cells] | Gap, ...]) -> list[str]:
    """What is asked, answered and noted in these rows, in that order."""
    sides = [cells for row in rows if isinstance(row, Pair) for cells in (row.after, row.before) if cells is not None]
    known = dict.fromkeys(key for cells in sides for key in cells)
    used = [key for key in known if any(cells.get(key, "") not in EMPTY for cells in sides)]
    if _NOTE_EN in used and _NOTE not in used:
        used.append(_NOTE)
    order = ("in:", "out:", _NOTE)
    limit = _AMOUNT in known and _LIMIT in known
    used = [key for key in used if key != _NOTE_EN and not (limit and key == _UNIT)]
    if limit and _AMOUNT not in used and _UNIT in known:
        used.append(_AMOUNT)
    place = {_LIMIT: -2, _AMOUNT: -1} if limit else {}
    return sorted(used, key=lambda key: place.get(key, next(at for at, kind in enumerate(order) if key.startswith(kind))))


def _label(key: str, decisions: list[Decision]) -> Text:
    if key == _AMOUNT and any(one.id == limits.DECISION for one in decisions):
        return _HOW_LONG
    found = (column_name(key, one) for one in decisions if key == _NOTE or _has(one, key))
    return next(found)


def _has(decision: Decision, key: str) -> bool:
    kind, _, name = key.partition(":")
    return name in ([one.source for one in decision.inputs] if kind == "in" else [one.name for one in decision.outputs])


def _cell(key: str, rule: Rule, cells: Cells, other: Cells | None, names: Names) -> Cell:
    limit = _LIMIT in cells
    parts = (_AMOUNT, _UNIT) if limit and key == _AMOUNT else NOTES if key == _NOTE else (key,)
    fate = SAME if other is None or all(cells.get(part) == other.get(part) for part in parts) else CHANGED
    if key not in cells:
        return Cell(Text("", ""), fate)
    if limit and key == _AMOUNT:
        return Cell(amount_of(cells), fate)
    if limit and key == _LIMIT and (keys := QUOTED.findall(cells[key])):
        return Cell(listed(names.limit(one) for one in keys), fate)
    if key == _NOTE:
        zh, en = (cells[name] for name in NOTES)
        return Cell(Text(zh or en, en or zh), fate)
    return Cell(Text("—", "—") if cells[key] in EMPTY else said_in(key, cells[key], names), fate)
