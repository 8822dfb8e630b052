"""Decision tables beside each other as grids, each cell in words; the table of limits with amount and unit in one column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.decisions import Decision
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.diff.aligned.model import Cell, Gap, Grid, folded
from engine.procedure.diff.cells import NOTES, amount_of, column_name, columns_of, rows_between, said_in, says_nothing
from engine.procedure.diff.change import CHANGED, listed
from engine.procedure.diff.names import Names
from engine.procedure.diff.pairs import SAME, Pair, paired

_NOTE, _NOTE_EN = NOTES
_AMOUNT, _UNIT, _LIMIT = "out:amount", "out:unit", f"in:{limits.INPUT}"
_NUMBERED, _HOW_LONG = Text("行", "Row"), Text("多久", "How long")
_NOTHING = Text("—", "—")
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
    if pair.before is None or pair.after is None:
        return True
    old, new = rows_between(pair.before, pair.after)
    return old != new or columns_of(pair.before) != columns_of(pair.after)


def _grid(pair: Pair[Decision], shown: Decision, names: tuple[Names, Names], *, whole: bool) -> Grid:
    old, new = rows_between(pair.before, pair.after)
    found: tuple[Pair[Cells], ...] = tuple(paired(old, new))
    rows: tuple[Pair[Cells] | Gap, ...] = found if whole else folded(found)
    decisions = [one for one in (pair.after, pair.before) if one is not None]
    columns = _columns(rows, decisions)
    labels = {key: _label(key, decisions) for key in columns}
    sides = [{rule.id: rule for rule in one.rules} if one else {} for one in (pair.before, pair.after)]
    others = (new, old)
    asked = [columns_of(one) if one else () for one in (pair.before, pair.after)]

    def side(row: Pair[Cells], which: int) -> tuple[Cell, ...] | None:
        cells = (row.before, row.after)[which]
        if cells is None:
            return None
        rule, other = sides[which][row.place], others[which].get(row.place)
        number = Cell(Text(str(rule.index), str(rule.index)))
        return (number, *(_cell(key, cells, other, names[which], asked=key in asked[which]) for key in columns))

    told = (row if isinstance(row, Gap) else Pair(row.place, row.fate, side(row, 0), side(row, 1)) for row in rows)
    return Grid(pair.place, shown.label, (_NUMBERED, *labels.values()), tuple(told))


def _columns(rows: tuple[Pair[Cells] | Gap, ...], decisions: list[Decision]) -> list[str]:
    """What is asked, answered and noted in these rows, in that order; a column that one side lacks, whatever it says."""
    sides = [cells for row in rows if isinstance(row, Pair) for cells in (row.after, row.before) if cells is not None]
    asked = [columns_of(one) for one in decisions]
    known = dict.fromkeys((*(key for one in asked for key in one), *NOTES))
    alone = set(asked[0]) ^ set(asked[-1])
    used = [key for key in known if key in alone or any(not says_nothing(key, cells.get(key, "")) for cells in sides)]
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
    found = (column_name(key, one) for one in decisions if key == _NOTE or key in columns_of(one))
    return next(found)


def _cell(key: str, cells: Cells, other: Cells | None, names: Names, *, asked: bool) -> Cell:
    limit = _LIMIT in cells
    parts = (_AMOUNT, _UNIT) if limit and key == _AMOUNT else NOTES if key == _NOTE else (key,)
    fate = SAME if other is None or all(cells.get(part) == other.get(part) for part in parts) else CHANGED
    if key not in cells:
        return Cell(_NOTHING if asked else Text("", ""), fate)
    if limit and key == _AMOUNT:
        return Cell(amount_of(cells), fate)
    if limit and key == _LIMIT and (keys := QUOTED.findall(cells[key])):
        return Cell(listed(names.limit(one) for one in keys), fate)
    if key == _NOTE:
        zh, en = (cells[name] for name in NOTES)
        return Cell(Text(zh or en, en or zh), fate)
    return Cell(_NOTHING if says_nothing(key, cells[key]) else said_in(key, cells[key], names), fate)
