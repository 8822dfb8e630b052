"""What is wrong with stories before any is played: one that cannot be read, a step that lacks something, names that are gone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure import Bundle, Finding, Procedure
from engine.procedure.exchange.apart import STORY, STORY_NAME
from engine.procedure.findings import Findings, misspelt
from engine.procedure.manifest import names_of
from engine.procedure.safe_yaml import YamlFile, read_yaml
from engine.procedure.trying import story_files
from engine.rehearsal.scenario import EXPECT, Scenario, read_scenario
from engine.rehearsal.unsaid import unsaid

_LOOK = Text("请改成现在的名称；不再有的，请从故事里删去。", "Write its name of now; what is no more, take out of the story.")
_STEP = re.compile(r"\bstep (\d+)")
#: What an expectation names in a list, or as keys; one that names nothing that there is would hold for ever.
_ELEMENTS = ("open", "includes", "not_open", "path", "not_path")
_LIMITS = ("due", "breached", "not_breached")
_ROLES = ("told", "not_told")


def told_of_stories(bundle: Bundle, procedure: Procedure) -> Iterator[Finding]:
    """Each story that the rehearsal refuses to read, at the step that it names; and each name that stands for nothing."""
    known = _known(procedure)
    for file, data in story_files(bundle).items():
        source = read_yaml(data, file, Findings())
        try:
            story = read_scenario(file, data, procedure)
        except Misconfigured as problem:
            step = _STEP.search(problem.text.en)
            line = _line(source, int(step[1])) if step else None
            mend = problem.mend or _LOOK
            yield Finding(file, step[1] if step else None, None, STORY, "error", line, problem.text, mend)
        else:
            yield from _lacking(story, source, procedure)
            yield from _gone(story, source, known)


def _lacking(story: Scenario, source: YamlFile, procedure: Procedure) -> Iterator[Finding]:
    for one in unsaid(story, procedure):
        line = _line(source, one.step.number)
        yield Finding(story.file, str(one.step.number), None, STORY, "error", line, one.text, one.mend)


def _known(procedure: Procedure) -> dict[str, Collection[str]]:
    known: dict[str, Collection[str]] = dict.fromkeys(_ELEMENTS, procedure.elements)
    known |= dict.fromkeys(_LIMITS, procedure.limits)
    return known | dict.fromkeys(_ROLES, procedure.roles)


def _gone(story: Scenario, source: YamlFile, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    for step in story.steps:
        expected: Mapping[str, Any] = step.given if step.verb == EXPECT else {}
        for key, names in expected.items():
            for name in _names(names) if key in known else ():
                if name not in known[key]:
                    text = Text(
                        f"第 {step.number} 步的 {key} 里的“{name}”，规程里已经没有了。",
                        f'"{name}" in {key} of step {step.number} is no longer part of the procedure.',
                    )
                    yield Finding(
                        story.file, str(step.number), None, STORY_NAME, "warning", _line(source, step.number), text, _LOOK,
                        mending=misspelt(name, known[key]),
                    )  # fmt: skip


def _names(written: Any) -> tuple[str, ...]:
    return tuple(map(str, written)) if isinstance(written, dict) else names_of(written)


def _line(source: YamlFile, step: int) -> int | None:
    return source.place("story", str(step - 1)).line
