"""What a step of a story leaves unsaid without which it can never be taken: found by the check, before any story is played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from engine.domain.text import Text
from engine.errors import EngineError
from engine.feel import FeelError
from engine.procedure import Procedure
from engine.rehearsal.hands import TO, TO_DEPARTMENT, TO_PERSON
from engine.rehearsal.scenario import EXPECT, Scenario, Step
from engine.rehearsal.values import period

_REFUSED, _DO = "refused", "do"
#: The details that a step may lack, and ``TO``.
AFTER, DELIVER, WITH = "after", "deliver", "with"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The detail of a step that is missing, the sentence about it and how to mend it; of ``verb`` itself what it is given."""

    step: Step
    detail: str
    text: Text
    mend: Text


def unsaid(story: Scenario, procedure: Procedure) -> Iterator[Unsaid]:
    """Every step that lacks something; one whose refusal the story expects next lacks nothing."""
    for step, following in pairwise((*story.steps, None)):
        expected = following is not None and following.verb == EXPECT and _REFUSED in following.given
        found = None if step is None or expected else _lacking(step, procedure)
        if found:
            yield found


def _lacking(step: Step, procedure: Procedure) -> Unsaid | None:
    if step.verb in TO_PERSON | TO_DEPARTMENT and not step.to:
        return _to(step)
    if step.verb == AFTER and not _is_period(step, procedure):
        return Unsaid(
            step,
            AFTER,
            Text(f"第 {step.number} 步的 after 没有写清过多久。", f"Step {step.number} does not say after how long."),
            Text("请写过多久，如 PT2H（两小时）、P3D（三天）。", "Write how long, such as PT2H (two hours) or P3D (three days)."),
        )
    if step.verb == DELIVER and not step.given:
        return Unsaid(
            step,
            DELIVER,
            Text(f"第 {step.number} 步的 deliver 没有写哪条消息。", f"Step {step.number} does not say which message to deliver."),
            Text("请写消息的名称。", "Write the name of the message."),
        )
    return _higher(step, procedure) if step.verb == _DO else None


def _to(step: Step) -> Unsaid:
    text = Text(
        f"第 {step.number} 步的 {step.verb}“{step.given}”没有写交给谁。",
        f'Step {step.number} does not say to whom: {step.verb} "{step.given}".',
    )
    if step.verb in TO_DEPARTMENT:
        return Unsaid(
            step, TO, text, Text("请在这一步写 to: 部门的代码。", "Write to: and the code of a department in this step.")
        )
    return Unsaid(
        step, TO, text, Text("请在这一步写 to: 谁，用角色的代码。", "Write to: and whom in this step, by the key of a role.")
    )


def _higher(step: Step, procedure: Procedure) -> Unsaid | None:
    """An action that raises a value needs to know to what."""
    rule = procedure.actions[step.given]
    if not (rule.field and rule.only_up) or step.values.get(rule.field) is not None:
        return None
    label = procedure.vocabulary[rule.field].label
    return Unsaid(
        step,
        WITH,
        Text(
            f"第 {step.number} 步没有写“{label.zh}”提高到什么。",
            f'Step {step.number} does not say to what "{label.en}" is raised.',
        ),
        Text(f"请在这一步的 with 里写 {rule.field} 的值。", f"Write the value of {rule.field} under with in this step."),
    )


def _is_period(step: Step, procedure: Procedure) -> bool:
    try:
        return step.given is not None and bool(period(procedure, str(step.given)))
    except (EngineError, FeelError):
        return False
