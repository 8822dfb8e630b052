"""Two states of a file beside each other: rows that come, go, move or differ, pieces of forms, entries and steps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.procedure import Bundle, load_folder
from engine.procedure.diff import compare
from engine.procedure.diff.aligned import Block, Gap, Grid, blocks, grids
from engine.procedure.findings import Findings
from engine.procedure.reading import Reading, read_all

Edit = Callable[[str], str]
FORM, STORY = "forms/record_complaint.form", "scenarios/minor.yaml"


@pytest.fixture(scope="module")
def shipped(repository: Path) -> Bundle:
    return load_folder(repository / "processes" / "complaint")


@pytest.fixture
def readings(shipped: Bundle) -> Callable[[str, Edit], tuple[Reading, Reading]]:
    """Both states, the later with one file edited."""

    def edited(path: str, edit: Edit) -> tuple[Reading, Reading]:
        text = shipped.files[path].decode()
        assert edit(text) != text
        return read_all(shipped, Findings()), read_all(Bundle({**shipped.files, path: edit(text).encode()}), Findings())

    return edited


def rows_of(grid: Grid) -> dict[tuple[str, str], Any]:
    return {(row.fate, row.place): row for row in grid.rows if not isinstance(row, Gap)}


def test_rows_stand_beside_their_counterparts_and_what_moved_stands_at_both_places(readings: Any) -> None:
    def edit(text: str) -> str:
        rows = re.findall(r"\s*<rule id=.*?</rule>", text, re.S)
        text = text.replace(rows[5], "", 1).replace(rows[9], rows[9] + rows[5], 1)
        text = text.replace(rows[15], "", 1).replace("<text>12</text>", "<text>8</text>", 1)
        return text.replace(rows[20], rows[20] + re.sub(r'(id="[^"]*)"', r'\1_two"', rows[20]), 1)

    (grid,) = grids(readings("limits.dmn", edit), "limits.dmn")
    found = rows_of(grid)

    fates = [row.fate for row in grid.rows if not isinstance(row, Gap) and row.fate]
    assert fates == ["moved", "moved", "changed", "removed", "added"]
    moved = [row for row in grid.rows if not isinstance(row, Gap) and row.fate == "moved"]
    assert [(row.before is None, row.after is None) for row in moved] == [(False, True), (True, False)]
    changed = found["changed", "limits_row_11"]
    how_long = [column.zh for column in grid.columns].index("多久")
    assert [side[how_long].text.zh for side in (changed.before, changed.after)] == ["12 小时", "8 小时"]
    assert [place for place, cell in enumerate(changed.after) if cell.fate] == [how_long]
    assert found["removed", "limits_row_16"].after is None and found["added", "limits_row_21_two"].before is None
    assert any(isinstance(row, Gap) for row in grid.rows)


def test_a_column_that_is_new_is_marked_in_every_row(readings: Any) -> None:
    def edit(text: str) -> str:
        column = '<output id="extra" label="备注" name="extra" typeRef="string" />'
        text = text.replace("<rule ", f"{column}<rule ", 1)
        cells = iter(range(1000))
        return re.sub(r"</rule>", lambda _: f'<outputEntry id="e{next(cells)}"><text>"x"</text></outputEntry></rule>', text)

    (grid,) = grids(readings("severity.dmn", edit), "severity.dmn", whole=True)

    place = [column.zh for column in grid.columns].index("备注")
    assert all(row.after[place].fate == "changed" and row.before[place].text.zh == "" for row in grid.rows)  # type: ignore[union-attr]


def asking_for(field: str, said: str) -> Edit:
    """A table with one condition more, which only its second row has anything to say to."""

    def edit(text: str) -> str:
        column = f'<input id="in_{field}" label="加问"><inputExpression id="x_{field}" typeRef="boolean"><text>{field}</text>'
        text = text.replace("<output ", f"{column}</inputExpression></input><output ", 1)
        rows = iter(("", said))
        cell = '<inputEntry id="{at}_{field}"><text>{cell}</text></inputEntry>'
        return re.sub(
            r'(<rule id="([^"]*)".*?)(<outputEntry)',
            lambda row: row[1] + cell.format(at=row[2], field=field, cell=next(rows, "-")) + row[3],
            text,
            flags=re.S,
        )

    return edit


def test_a_condition_more_changes_the_rows_that_ask_it_and_no_other(readings: Any) -> None:
    was, now = readings("severity.dmn", asking_for("joined", "true"))
    found = [change.text for change in compare(was.bundle, now.bundle).changes]
    told = [text.zh for text in found]
    (grid,) = grids((was, now), "severity.dmn")

    assert len(told) == 2 and "新增输入列 加问" in told[0] and told[1].endswith("的加问：不限 → 是"), told
    assert "加问: any → yes" in found[1].en, "without English a column goes by its Chinese name, not by its key"
    assert [place for fate, place in rows_of(grid) if fate == "changed"] == ["severity_rule_row_2"]
    at = [column.zh for column in grid.columns].index("加问")
    other = next(row for (fate, _), row in rows_of(grid).items() if not fate)
    assert [side[at].text.zh for side in (other.before, other.after)] == ["", "—"]


def test_a_condition_more_that_no_row_asks_is_shown_as_a_column(readings: Any) -> None:
    (grid,) = grids(readings("severity.dmn", asking_for("joined", "-")), "severity.dmn")

    assert "加问" in [column.zh for column in grid.columns] and not any(fate for fate, _ in rows_of(grid))


def test_every_place_that_the_list_names_is_found_beside(shipped: Bundle, readings: Any) -> None:
    """A link of the list leads somewhere, whatever kind of file it is about."""
    edits: dict[str, Edit] = {
        "limits.dmn": lambda text: text.replace("<text>12</text>", "<text>8</text>", 1),
        "fields.yaml": lambda text: text.replace("zh: 来电,", "zh: 打电话来,", 1) + "new: {type: boolean, zh: 新, en: New}\n",
        "clauses.yaml": lambda text: text.replace("投诉一到", "投诉到了", 1),
        "procedure.yaml": lambda text: text.replace("zh: 接待,", "zh: 前台,", 1),
        STORY: lambda text: text.replace("PT10M", "PT20M", 1).replace("  - reach: archive_case\n", "", 1),
        FORM: _reordered,
    }
    for path, edit in edits.items():
        both = readings(path, edit)
        told = [change.place for change in compare(both[0].bundle, both[1].bundle).changes if change.file == path]
        shown = [row.place for grid in grids(both, path) for row in grid.rows if not isinstance(row, Gap) and row.fate]
        shown = shown or [block.place for block in blocks(both, path) if block.fate]
        assert told and all(any(place == at or place.endswith(f"/{at}") for place in shown) for at in told), (path, told, shown)


def _reordered(text: str) -> str:
    form = json.loads(text)
    parts = next(one for one in form["components"] if one["type"] == "group")["components"]
    parts.append(parts.pop(1))
    parts.pop(1)
    parts[0]["description"] = "问一句"
    return json.dumps(form)


def test_the_pieces_of_a_form_say_what_became_of_them(readings: Any) -> None:
    found = {(block.fate, block.place.rpartition(".")[2]): block for block in blocks(readings(FORM, _reordered), FORM)}

    assert {fate for fate, _ in found} == {"", "changed", "removed", "moved"}
    lines = [(line.fate, line.after and line.after.said.zh) for line in found["changed", "channel"].lines if line.fate]
    assert lines == [("added", "问一句")]
    assert found["removed", "description"].names[1] is None


def test_steps_of_a_story_keep_their_numbers_on_each_side(readings: Any) -> None:
    def edit(text: str) -> str:
        return text.replace("  - after: PT10M\n", "", 1).replace("severity: minor", "severity: important", 1)

    told: tuple[Block, ...] = blocks(readings(STORY, edit), STORY)

    gone = next(block for block in told if block.fate == "removed")
    assert gone.place == "-2" and gone.names[0] is not None and gone.names[0].zh == "第 2 步 过去 10 分钟"
    changed = next(block for block in told if block.fate == "changed")
    assert [name.zh for name in changed.names if name] == ["第 4 步 应当", "第 3 步 应当"]
    assert [(one.before.said.zh, one.after.said.zh) for one in changed.lines if one.fate and one.before and one.after] == [
        ("轻微", "重要")
    ]


def test_what_cannot_be_told_in_entries_is_shown_as_it_is_written(readings: Any) -> None:
    told = blocks(readings("fields.yaml", lambda text: f"# a remark\n{text}"), "fields.yaml")

    assert [(block.fate, [line.after.said.zh for line in block.lines if line.after]) for block in told] == [
        ("added", ["# a remark"])
    ]
