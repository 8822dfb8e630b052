"""The words of the complaints: real messages where they lie beside the repository, else made-up ones."""

from __future__ import annotations

import csv
from itertools import cycle, islice
from pathlib import Path

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "complaints-zh.csv"
_MADE_UP = (
    ("电梯经常停运", "三号楼电梯这个月停了四次,老人上下楼不便,希望彻底检修。"),
    ("楼上漏水", "卫生间天花板漏水一周,已经影响电路,请尽快派人查看。"),
    ("停车费多收", "上月停车费多收五十元,收据附后,希望退还并说明。"),
    ("夜间施工噪音", "隔壁装修到晚上十点,已多次反映,没有人来管。"),
    ("保安态度差", "门岗保安说话不客气,请核实并教育。"),
)


def messages(count: int) -> tuple[list[tuple[str, str]], str]:
    """Subject and text of so many complaints, and where they are from."""
    if not MESSAGES.exists():
        return list(islice(cycle(_MADE_UP), count)), "made-up messages (the real ones are absent)"
    with MESSAGES.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["subject"].strip(), row["text"].strip()) for row in csv.DictReader(file)]
    return [(subject[:200], text[:5000]) for subject, text in islice(cycle(rows), count)], "real messages"
