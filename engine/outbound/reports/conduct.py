"""The ledger as a workbook."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.text import Text
from engine.outbound import sheets
from engine.queries.improvement import Ledger, Line

TITLE = Text("奖惩台账", "Rewards and sanctions")
FROM_CASE = Text("投诉办理中决定", "Decided in a case")
_COLUMNS = (
    (Text("序号", "No."), sheets.Kind.NUMBER, 8),
    (Text("种类", "Kind"), sheets.Kind.TEXT, 12),
    (Text("小区", "Estate"), sheets.Kind.TEXT, 18),
    (Text("人员", "Person"), sheets.Kind.TEXT, 14),
    (Text("部门", "Department"), sheets.Kind.TEXT, 18),
    (Text("级别", "Level"), sheets.Kind.TEXT, 16),
    (Text("金额", "Amount"), sheets.Kind.NUMBER, 12),
    (Text("措施", "Measure"), sheets.Kind.TEXT, 30),
    (Text("理由", "Reason"), sheets.Kind.TEXT, 40),
    (Text("投诉编号", "Case"), sheets.Kind.TEXT, 20),
    (Text("决定人", "Decided by"), sheets.Kind.TEXT, 18),
    (Text("决定日期", "Decided on"), sheets.Kind.DATE, 12),
    (Text("登记时间", "Entered"), sheets.Kind.MOMENT, 18),
    (Text("登记人", "Entered by"), sheets.Kind.TEXT, 14),
    (Text("冲销序号", "Takes back no."), sheets.Kind.NUMBER, 10),
)


def ledger_workbook(ledger: Ledger, language: str, zone: ZoneInfo, made_at: datetime) -> bytes:
    """Every line that the reader may see."""
    columns = [sheets.Column(head.in_language(language), kind, width) for head, kind, width in _COLUMNS]
    rows = [_row(line, language) for line in ledger.lines]
    return sheets.workbook([sheets.Sheet(TITLE.in_language(language), columns, rows)], zone=zone, made_at=made_at)


def _row(line: Line, language: str) -> list[Any]:
    def said(text: Text | None) -> str | None:
        return text.in_language(language) if text else None

    decided = line.decided_by if line.entry_id else FROM_CASE.in_language(language)
    whom = [line.serial, said(line.kind), said(line.estate), line.person, said(line.department)]
    what = [said(line.level), line.amount, line.measure, line.reason, line.number]
    return [*whom, *what, decided, line.decided_on, line.entered_at, line.entered_by, line.counters]
