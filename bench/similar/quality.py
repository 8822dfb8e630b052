"""How well cases of one matter are told from others: pairs of real messages, labelled by reading before anything was tuned.

A pair counts as found when the later message, typed, is as like the earlier one as the page asks for. The labels name rows of the
messages alone; where the messages are absent, nothing is measured.
"""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.story.messages import MESSAGES
from engine.bootstrap import Application
from engine.domain.actor import SYSTEM
from engine.domain.ids import new_id
from engine.queries.similar.listing import LISTED, MOST
from engine.queries.similar.texts import alike
from engine.storage import tables as t
from engine.storage.blind import kept_grams
from engine.storage.journal import GENESIS

PAIRS = Path(__file__).parents[1] / "data" / "similar_pairs.csv"
HELD_OUT, TUNING = "held_out", "tuning"
ESTATE = "quality"


def measure(application: Application) -> dict[str, Any] | None:
    """Precision and recall over the pairs of each half, typing the whole message, and typing its subject alone."""
    if not MESSAGES.exists():
        return None
    with MESSAGES.open(encoding="utf-8-sig", newline="") as file:
        texts = {row["id"]: (row["subject"], row["text"]) for row in csv.DictReader(file)}
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    cases = _recorded(application, texts)
    typed = {
        "whole": {key: " ".join(words) for key, words in texts.items()},
        "subject": {key: words[0] for key, words in texts.items()},
    }
    return {
        f"{half}_{how}": _judged(application, [pair for pair in pairs if pair["half"] == half], words, cases)
        for half in (HELD_OUT, TUNING)
        for how, words in typed.items()
    }


def _judged(
    application: Application, pairs: list[dict[str, str]], typed: dict[str, str], cases: dict[str, str]
) -> dict[str, Any]:
    with application.read() as reader:
        found = [_found(reader, typed[pair["later"]], cases, pair) for pair in pairs]
    same = [pair["kind"] == "same" for pair in pairs]
    right = sum(like and one for (like, _), one in zip(found, same, strict=True))
    shown = sum(listed and one for (_, listed), one in zip(found, same, strict=True))
    return {
        "pairs": len(pairs),
        "same": sum(same),
        "precision": round(right / max(1, sum(like for like, _ in found)), 3),
        "recall": round(right / sum(same), 3),
        "listed": round(shown / sum(same), 3),
    }


def _found(reader: Any, text: str, cases: dict[str, str], pair: dict[str, str]) -> tuple[bool, bool]:
    """Whether the earlier message is like the later one, and whether it is among the few that the page has room for."""
    earlier, later = cases[pair["earlier"]], cases[pair["later"]]
    likeness = alike(reader, SYSTEM, text, ESTATE, {earlier})
    others = sorted((like for case_id, like in likeness.items() if case_id not in (earlier, later)), reverse=True)
    like = likeness.get(earlier, 0)
    return like >= LISTED, like >= LISTED and sum(other > like for other in others) < MOST


def _recorded(application: Application, texts: dict[str, tuple[str, str]]) -> dict[str, str]:
    start = application.clock.now() - timedelta(days=len(texts))
    cases = {key: new_id(start + timedelta(days=number)) for number, key in enumerate(texts)}
    plain = {"version_id": None, "estate_id": ESTATE, "procedure_key": "quality"}
    entry = {
        "estate_id": ESTATE,
        "procedure_key": "quality",
        "series": "quality",
        "year": 0,
        "status": "historic",
        "emergency": False,
        "registered_at": start,
        "registered_by": "bench",
        "round": 1,
        "contact_count": 0,
        "passing_on_count": 0,
        "breach_count": 0,
    }
    rows: dict[sa.Table, list[dict[str, Any]]] = {
        t.cases: [
            {**plain, "id": case_id, "rev": 1, "closed": True, "journal_seq": 0, "journal_hash": GENESIS}
            for case_id in cases.values()
        ],
        t.register_entry: [
            {**entry, "case_id": case_id, "serial": number, "number": f"QUALITY-{number}"}
            for number, case_id in enumerate(cases.values())
        ],
        t.bigram: [
            {"gram": gram, "case_id": case_id} for key, case_id in cases.items() for gram in kept_grams(" ".join(texts[key]))
        ],
    }
    with application.database.write() as connection:
        for table, some in rows.items():
            connection.execute(sa.insert(table), some)
    return cases
