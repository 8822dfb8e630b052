"""The longest story of the tests: three times dissatisfied, raised to the gravest by the rule, two months of follow-ups."""

from __future__ import annotations

from engine.commands import cases
from tests.office import Case, Office

_DISSATISFIED = {"visit_result": "dissatisfied", "dissatisfied_reason": "灯又灭了，楼道还是黑的。"}
_VISIT, _WORK, _CAUSE, _DECIDE = "visit_complainant", "carry_out_plan", "find_cause", "decide_next_step"
_FOLLOW_UP = "follow_up"
_CONTACTS = ("又来电话催问进度。", "问配件什么时候到。", "说楼下也开始闪。")


def longest_case(office: Office, *, close: bool = True) -> Case:
    """A poor service in four rounds, every deadline missed once, each round with its contacts, notes and follow-ups."""
    case = office.register(
        subject="楼道灯反复熄灭", complainant_name="李晓梅", complainant_phone="13800003502", poor_service=True
    )
    for dissatisfied in range(3):
        _one_round(office, case)
        _do(office, case, _VISIT, **_DISSATISFIED)
        if _DECIDE in case.open_tasks:
            _do(office, case, _DECIDE)
        case.do(cases.Correct(case.id, "subject", f"楼道灯反复熄灭（第 {dissatisfied + 2} 轮）", "按来电补充"), "supervisor")
    _one_round(office, case)
    if close:
        case.finish()
    return case


def _one_round(office: Office, case: Case) -> None:
    case.reach(_WORK)
    for said in _CONTACTS:
        case.do(cases.LogContact(case.id, said), "reception")
        case.do(cases.AddComment(case.id, f"已转告工程部：{said}"), "reception2")
        office.let_pass(days=5)
        while _FOLLOW_UP in case.open_tasks:
            _do(office, case, _FOLLOW_UP)
    case.reach(_VISIT)


def _do(office: Office, case: Case, element_id: str, **answers: object) -> None:
    case.complete(element_id, **answers)
