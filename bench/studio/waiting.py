"""How long an owner waits for the editor and for what the rules say of a change."""

from __future__ import annotations

import time
from typing import Any

from bench.studio.browser import Desk, desk

#: The smallest, a usual and the largest of the shipped diagrams.
DIAGRAMS = ("minor.bpmn", "approve.bpmn", "complaint.bpmn")
_LATER = 0.95
#: A step whose name goes and comes back.
_TYPED_IN, _NAMED = "approve.bpmn", "approve_plan_manager"


def run(rounds: int) -> dict[str, Any]:
    """Milliseconds from the address to a drawing that can be worked on, of the rules' answer to a changed draft, and from
    the last stroke to what is told of it beside the drawing."""
    with desk() as owner:
        ready: dict[str, list[float]] = {path: [] for path in DIAGRAMS}
        rules: list[float] = []
        seen: list[float] = []
        for path in (path for _ in range(rounds) for path in DIAGRAMS):
            ready[path].append(_taken(lambda path=path: owner.open(path)))
            rules.append(_asked_anew(owner))
        for _ in range(rounds):
            owner.open(_TYPED_IN)
            seen.append(_typed_and_told(owner))
    pages = {f"ready {path}": _summary(times) for path, times in ready.items()}
    return {"rounds": rounds, "pages": pages | {"rules": _summary(rules), "told": _summary(seen)}}


def _asked_anew(owner: Desk) -> float:
    """A draft that nobody has checked yet: a name is another one each time."""
    root = owner.page.locator("[data-rd-studio]")
    source, check = (root.get_attribute(f"data-{name}") or "" for name in ("src", "check"))
    before = owner.page.request.get(source)
    changed = before.body().replace(b'name="', f'name="{time.perf_counter_ns() % 1000}'.encode(), 1)
    headers = {"X-CSRFToken": root.get_attribute("data-token") or "", "If-Match": before.headers["etag"]}
    answer = owner.page.request.post(source, data=changed, headers={**headers, "Content-Type": "application/octet-stream"})
    assert answer.ok, answer.text()
    return _taken(lambda: owner.page.request.get(f"{check}&first=1").body())


def _typed_and_told(owner: Desk) -> float:
    """A name is taken away, which the rules do not like, and put back."""
    page = owner.page
    page.locator(f"[data-element-id={_NAMED}] .djs-hit").click(force=True)
    name = page.locator("[data-rd-panel] [name=name_en]")
    before = name.input_value()
    name.fill("")
    said = page.locator("[data-rd-findings] li").first
    told = _taken(said.wait_for)
    name.fill(before)
    said.wait_for(state="detached")
    return told


def _taken(act: Any) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    places = {"p50": len(ordered) // 2, "p95": min(int(len(ordered) * _LATER), len(ordered) - 1)}
    return {name: round(ordered[place], 1) for name, place in places.items()}
