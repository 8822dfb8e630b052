"""A step that lacks what it needs is found by the check, at its line, before its story is played and fails."""

from __future__ import annotations

from typing import Any

import pytest

from engine.procedure import Bundle, Finding, open_procedure
from engine.rehearsal import rehearse
from engine.rehearsal.dry_run.stories import told_of_stories
from tests.unit.procedure.drawing import as_yaml
from tests.unit.rehearsal.test_stories import STARTS, procedure

FILE = "scenarios/one.yaml"
RAISED = {"refused": True, "open": ["record"]}


def found(*steps: dict[str, Any]) -> tuple[Bundle, list[Finding]]:
    bundle = procedure()
    bundle = Bundle({**bundle.files, FILE: as_yaml({"scenario": "故事", "starts": STARTS, "with": {}, "story": list(steps)})})
    return bundle, list(told_of_stories(bundle, open_procedure(bundle)))


@pytest.mark.parametrize(
    ("step", "zh", "en", "mend"),
    [
        ({"delegate": "record", "as": "boss"}, "没有写交给谁", "does not say to whom", "to:"),
        ({"allow_excluded": "record"}, "没有写交给谁", "does not say to whom", "to:"),
        ({"pass_on": "record", "to": ""}, "没有写交给谁", "does not say to whom", "部门"),
        ({"after": "soon"}, "没有写清过多久", "after how long", "PT2H"),
        ({"after": None}, "没有写清过多久", "after how long", "PT2H"),
        ({"deliver": None}, "没有写哪条消息", "which message", "消息的名称"),
        ({"do": "worsen"}, "提高到什么", "is raised", "level"),
    ],
)
def test_what_a_step_lacks_is_told_at_its_line_and_would_fail_when_played(
    step: dict[str, Any], zh: str, en: str, mend: str
) -> None:
    bundle, (finding,) = found({"expect": {"open": ["record"]}}, step)

    assert (finding.file, finding.element, finding.level, finding.rule) == (FILE, "2", "error", "story")
    line = bundle.files[FILE].decode().splitlines()[(finding.line or 0) - 1]
    assert next(iter(step)) in line and "2" in finding.text.zh
    assert zh in finding.text.zh and en in finding.text.en and finding.mend
    assert mend in finding.mend.zh and finding.mend.en
    assert rehearse(bundle).failed == 1


def test_a_refusal_that_the_story_expects_lacks_nothing() -> None:
    bundle, findings = found({"delegate": "record", "as": "boss"}, {"expect": RAISED}, {"after": "PT2H"}, {"do": "call_off"})

    assert findings == []
    assert rehearse(bundle).failures[0].step.startswith("4.")
