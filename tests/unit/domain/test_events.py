"""Every event reads back as it was written."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_type_hints

import pytest

from engine.domain import events as ev

NOW = datetime(2026, 9, 28, 1, tzinfo=UTC)
SAMPLES: dict[Any, Any] = {
    str: "文本",
    int: 7,
    bool: True,
    datetime: NOW,
    dict[str, Any]: {"amount": Decimal("1.5"), "day": date(2026, 1, 1), "none": None},
    list[str]: ["a", "b"],
    list[dict[str, Any]]: [{"due_at": NOW, "flag": False}],
    dict[str, list[str]]: {"phone": ["x"]},
    Any: Decimal(3),
}


def sample(kind: type[ev.Event]) -> ev.Event:
    """An event with every field filled."""
    hints = get_type_hints(kind)
    return kind(**{item.name: _value(hints[item.name]) for item in dataclasses.fields(kind)})


def _value(hint: Any) -> Any:
    options = [option for option in getattr(hint, "__args__", ()) if option is not type(None)]
    return SAMPLES[hint] if hint in SAMPLES else SAMPLES[options[0]]


@pytest.mark.parametrize("name", ev.EVENTS)
def test_an_event_reads_back_as_it_was_written(name: str) -> None:
    event = sample(ev.EVENTS[name])

    data = json.loads(json.dumps(event.to_data()))

    assert data["type"] == name
    assert ev.Event.from_data(data) == event


def test_what_is_not_told_is_left_out() -> None:
    assert ev.WorkItemPassedOn("i").to_data() == {"type": "WorkItemPassedOn", "item_id": "i", "back": False}
