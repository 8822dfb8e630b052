"""Rules about limits.dmn: its columns, units, anchors and roles, and that every limit has a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.check.subject import Subject
from engine.procedure.check.uses import Use
from engine.procedure.decisions import Decision, Rule
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.findings import Place, listed, misspelt
from engine.procedure.manifest import names_of


def check_limits(subject: Subject) -> None:
    """The table of limits, and the limits that diagrams open and stop."""
    table = subject.reading.decisions.get(limits.DECISION)
    if table is None:
        if subject.reading.manifest.limits:
            subject.error(
                "limits-table", subject.reading.manifest.source.place("limits"), "没有 id 为 limits 的决策表，时限无从计算。",
                "There is no decision table with the id limits, so no limit can be counted.",
                "请建 limits.dmn。", "Make limits.dmn.",
            )  # fmt: skip
        return
    _check_columns(subject, table)
    for rule in table.rules:
        _check_rule(subject, table, rule)
    _check_rows(subject, table)
    _check_runs(subject)


def anchor_uses(subject: Subject) -> Iterator[Use]:
    """The date-time fields from which limits are counted, as uses."""
    table = subject.reading.decisions.get(limits.DECISION)
    for rule in table.rules if table else ():
        anchor = _text(_cell(table, rule, "anchor"))
        if anchor in subject.reading.vocabulary:
            place = Place(table.file if table else limits.FILE, None, limits.DECISION, *_named(rule))
            yield Use(place, "anchor", str(anchor), frozenset({str(anchor)}), frozenset())


def _named(rule: Rule) -> tuple[str, str]:
    return f"第 {rule.index} 行", f"row {rule.index}"


def _check_columns(subject: Subject, table: Decision) -> None:
    place = Place(table.file, None, table.id, table.label.zh, table.label.en)
    names = {column.name for column in table.outputs}
    if names != set(limits.OUTPUTS):
        wanted = ", ".join(limits.OUTPUTS)
        wrong = ", ".join(sorted(names ^ set(limits.OUTPUTS)))
        subject.error(
            "limits-columns", place, f"时限表的输出列不对：{wrong}。",
            f"The output columns of the table of limits are wrong: {wrong}.",
            f"输出列应为 {wanted}。", f"They should be {wanted}.",
        )  # fmt: skip
    if not table.inputs or table.inputs[0].source.strip() != limits.INPUT:
        subject.error(
            "limits-columns", place, "时限表的第一个输入列应为 limit。",
            "The first input column of the table of limits should be limit.",
            "请把 limit 放在第一列。", "Put limit into the first column.",
        )  # fmt: skip
    if not table.hit_policy.upper().startswith("C") or table.aggregation:
        subject.error(
            "limits-hit-policy", place, "时限表的命中策略应为 COLLECT。",
            "The hit policy of the table of limits should be COLLECT.",
            "请选 C，不带汇总。", "Choose C without aggregation.",
        )  # fmt: skip


def _check_rule(subject: Subject, table: Decision, rule: Rule) -> None:
    head, vocabulary = subject.reading.manifest, subject.reading.vocabulary
    anchors = {**head.moments, **{key: field for key, field in vocabulary.items() if field.type == "datetime"}}
    unit = _text(_cell(table, rule, "unit"))
    _expect(subject, table, rule, "limit", QUOTED.findall(rule.cells[0]) if rule.cells else [], head.limits)
    _expect(subject, table, rule, "unit", [unit], limits.UNITS_IN_WORDS)
    _expect(subject, table, rule, "anchor", [_text(_cell(table, rule, "anchor"))], anchors)
    for name in ("told_first", "told_on_breach"):
        _expect(subject, table, rule, name, names_of(_text(_cell(table, rule, name))), head.roles)
    if subject.reading.clauses:
        _expect(subject, table, rule, "clause", names_of(_text(_cell(table, rule, "clause"))), set(subject.reading.clauses))
    if unit not in limits.BARE_UNITS and _cell(table, rule, "amount") in ("", "null", "-"):
        subject.error(
            "limits-row", Place(table.file, None, _cell_id(table, rule, "amount") or table.id, *_named(rule)),
            f"时限表第 {rule.index} 行没有写数额。", f"Row {rule.index} of the table of limits has no amount.",
            "请写一个大于 0 的数。", "Write a number above 0.",
        )  # fmt: skip


def _expect(subject: Subject, table: Decision, rule: Rule, column: str, found: object, known: Collection[str]) -> None:
    for name in found if isinstance(found, list | tuple) else ():
        if name is not None and name not in known:
            there_is, own = listed(known), _heading(table, column)
            subject.error(
                "limits-row", Place(table.file, None, _cell_id(table, rule, column) or table.id, *_named(rule)),
                f"时限表第 {rule.index} 行的{own.zh}“{name}”不能用。",
                f'Row {rule.index} of the table of limits has "{name}" for {own.en}, which cannot be used.',
                f"可用：{there_is.zh}。", f"Use one of {there_is.en}.", misspelt(name, known),
            )  # fmt: skip


def _check_rows(subject: Subject, table: Decision) -> None:
    named = {key for rule in table.rules if rule.cells for key in QUOTED.findall(rule.cells[0])}
    for key in sorted(set(subject.reading.manifest.limits) - named):
        subject.warning(
            "limit-without-row", subject.reading.manifest.source.place("limits", key), f"时限“{key}”在时限表里没有行。",
            f'The limit "{key}" has no row in the table of limits.',
            "请在时限表的“新增时限”里写同样的名称，就补上这一行；不要它的，在规程设置的文本里删去。",
            "Write the same name under “New limit” in the table of limits, which adds its row; or delete it in the text of the "
            "settings.",
        )  # fmt: skip


def _check_runs(subject: Subject) -> None:
    elements = subject.reading.elements.values()
    opened = {key for element in elements for key in (*element.limit, *element.opens)}
    stopped = {key for element in elements for key in (*element.limit, *element.stops)}
    for element in elements:
        place = Place(element.file, element.line, element.id, element.label.zh, element.label.en)
        for key in sorted(set(element.stops) - opened):
            subject.warning(
                "limit-never-opened", place, f"“{element.label.zh}”停止的时限“{key}”从未开始。",
                f'"{element.label.en}" stops the limit "{key}", which nothing opens.',
                "请在别处写 opens，或删去。", "Open it somewhere, or remove the property.",
            )  # fmt: skip
        for key in sorted(set(element.opens) - stopped):
            subject.warning(
                "limit-never-stopped", place, f"“{element.label.zh}”开始的时限“{key}”没有地方停止，必定超时。",
                f'"{element.label.en}" opens the limit "{key}", which nothing stops; it would always be breached.',
                "请在完成它的地方写 stops。", "Stop it where it is met.",
            )  # fmt: skip


def _cell(table: Decision | None, rule: Rule, name: str) -> str:
    index = _column(table, name)
    return rule.outputs[index].strip() if 0 <= index < len(rule.outputs) else ""


def _cell_id(table: Decision, rule: Rule, name: str) -> str:
    """The id of the cell in a column of results, else of the row's first cell, where the limit is named."""
    index = _column(table, name)
    place = 0 if index < 0 else len(rule.cells) + index
    return rule.entries[place] if place < len(rule.entries) else rule.id


def _heading(table: Decision, name: str) -> Text:
    """What a column of results is called; the first column, where the limit is named, by its own heading."""
    index = _column(table, name)
    columns = table.outputs if index >= 0 else table.inputs
    return columns[max(index, 0)].label if columns else Text(name, name)


def _column(table: Decision | None, name: str) -> int:
    columns = [column.name for column in table.outputs] if table else []
    return columns.index(name) if name in columns else -1


def _text(cell: str) -> str | None:
    """The text of a cell that holds one text; None when the cell computes its value."""
    found = QUOTED.fullmatch(cell)
    return found.group(1) if found else None
