"""What stands out in a review's pack, in a few sentences made from its own tables: whoever has two minutes reads these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.domain.text import Text
from engine.queries.reports.reviewing import words as w
from engine.queries.reports.reviewing.made import Made, Proposal
from engine.queries.reports.shown import Cell, Table

#: So many changes are named; the list has them all.
_NAMED = 3
Row = tuple[Cell, ...]


def points(review: Made, closed: bool, tables: Iterable[Table], said: Iterable[Table], zone: ZoneInfo) -> Table:
    """One row a subject: what it came to first, then what speaks for and against it. ``said`` are the lists of people's words."""
    found = {table.key: table.rows for table in tables}
    rows = (
        (w.CONCLUSION, conclusion(review, closed, zone)),
        (w.CHANGE, _change(found)),
        (w.LATE_POINT, _late(found["clauses"])),
        (w.UNUSED_POINT, _unused(found)),
        (w.HAND_POINT, _by_hand(found)),
        *((table.title, _list(table)) for table in said),
    )
    return Table("points", w.POINTS, (w.WHAT, w.POINT), tuple((name, text) for name, text in rows if text is not None))


def conclusion(review: Made, closed: bool, zone: ZoneInfo) -> Text:
    """What the review came to, or how far it is."""
    if review.proposal is not None:
        return _proposed(review.proposal, zone)
    if closed:
        return Text("没有提出新版，现行版继续有效。", "No version was proposed: the one in force stays.")
    if review.taken_back is not None:
        number = review.taken_back
        return Text(f"提出的第 {number} 版已撤回，还没有结论。", f"Version {number} was taken back; nothing is decided yet.")
    return Text("还没有结论。", "Nothing is decided yet.")


def _proposed(proposal: Proposal, zone: ZoneInfo) -> Text:
    number, at = proposal.number, _moment(proposal.holds_from, zone)
    if proposal.awaits is None:
        return Text(f"第 {number} 版三人已签署，{at} 起生效。", f"Version {number} has its three signatures and holds from {at}.")
    part = proposal.awaits
    return Text(
        f"提出了第 {number} 版，等待{part.zh}签署，定于 {at} 生效。",
        f"Version {number} is proposed for {at} and waits for the {part.en}'s signature.",
    )


def _change(found: Mapping[str, Sequence[Row]]) -> Text | None:
    changes = [row[0] for row in found["change"] if isinstance(row[0], Text)]
    if not changes:
        return None
    more = len(changes) > _NAMED
    zh, en = ("；".join(one.zh for one in changes[:_NAMED]), "; ".join(one.en for one in changes[:_NAMED]))
    told = Text(f"{len(changes)} 处：{zh}{'等' if more else ''}。", f"{len(changes)}: {en}{' and others' if more else ''}.")
    replayed = _replay(found.get("replay"))
    return told if replayed is None else Text(told.zh + replayed.zh, f"{told.en} {replayed.en}")


def _replay(rows: Sequence[Row] | None) -> Text | None:
    if rows is None:
        return None
    if not rows:
        return Text("还没有回放过。", "It is not replayed yet.")
    sums = {row[0]: row[1] for row in rows}
    cases, kept, missed, stuck = (sums[w.TOTALS[key]] for key in ("cases", "newly_kept", "newly_missed", "stuck"))
    return Text(
        f"回放 {cases} 件：新按时的期限 {kept}，新超时的期限 {missed}，会卡住的投诉 {stuck}。",
        f"Replayed complaints: {cases}; deadlines newly kept {kept}, newly missed {missed}, complaints that get stuck {stuck}.",
    )


def _late(rows: Sequence[Row]) -> Text:
    if not rows:
        return w.NOTHING_DUE
    late = [row for row in rows if row[3]]
    if not late:
        return Text("到期的时限都守住了。", "Every limit that fell due was kept.")
    clause, asks, due, times, _ = late[0]
    words = asks if isinstance(asks, Text) else Text("", "")
    return Text(
        f"有超时的条款 {len(late)} 条，最多的是 {clause}“{words.zh}”：到期 {due}，超时 {times}。",
        f"Clauses broken: {len(late)}, most often {clause} “{words.en}”: {times} late of {due}.",
    )


def _unused(found: Mapping[str, Sequence[Row]]) -> Text:
    if "nothing_handled" in found:
        return w.NO_COMPLAINTS
    steps, rows = _sum(found["never_passed"], 2), _sum(found["rows_unused"], 2)
    questions = len(found["branches_unused"])
    return Text(
        f"没走到的环节 {steps} 个，有分支没走过的判断 {questions} 处，没用到的表格行 {rows} 行。",
        f"Steps never come to: {steps}; questions with a branch never taken: {questions}; rows of tables never used: {rows}.",
    )


def _by_hand(found: Mapping[str, Sequence[Row]]) -> Text:
    waived, jumps = _sum(found["waived"], 1), _sum(found["by_hand"], 1)
    handed = {row[0]: row[1] for row in found["passed_on"]}
    times = handed[w.HANDED["times"]]
    told = Text(
        f"免办 {waived} 次，人工跳步 {jumps} 次，转办 {times} 次。",
        f"Tasks waived: {waived}; jumps by hand: {jumps}; passed on: {times}.",
    )
    again = next(iter(found["done_again"]), None)
    if again is None or not isinstance(again[0], Text):
        return told
    return Text(
        f"{told.zh}返工最多的是“{again[0].zh}”，{again[1]} 次。", f"{told.en} Done again most often: “{again[0].en}”, {again[1]}."
    )


def _list(table: Table) -> Text:
    """How many there are, and how they divide by what was chosen for each last."""
    many, chosen = len(table.rows), list(_chosen(table))
    if not many:
        return Text("没有。", "None.")
    if not chosen:
        return Text(f"{many} 条。", f"{many}.")
    counts = Counter(chosen).most_common()
    zh, en = ("，".join(f"{one.zh} {times}" for one, times in counts), ", ".join(f"{one.en} {times}" for one, times in counts))
    return Text(f"{many} 条：{zh}。", f"{many}: {en}.")


def _chosen(table: Table) -> Iterator[Text]:
    for row in table.rows:
        if choices := [cell for cell in row if isinstance(cell, Text)]:
            yield choices[-1]


def _sum(rows: Sequence[Row], place: int) -> int:
    return sum(cell for row in rows if isinstance(cell := row[place], int))


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
