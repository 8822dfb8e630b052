"""Carriers taken away: those that a story of their clause misses count, the others say why not."""

from __future__ import annotations

from typing import Any

import pytest

from engine.procedure import Bundle, check
from engine.rehearsal import rehearse
from engine.rehearsal.mutation.proving import NO_STORY, NOT_MISSED, NOT_REACHED, ONLY_STEPS, STAYS, Proof, Prover
from engine.rehearsal.mutation.verdicts import verdicts
from tests.unit.rehearsal.weighing import weighing

Steps = list[dict[str, Any]]
HEAVY: Steps = [{"complete": "fill", "with": {"size": 12, "subject": "石头"}}]


def proofs(clause: str, *steps: dict[str, Any], **more: Any) -> dict[str, Proof]:
    """The proofs of one clause by one story about it, by the id of the carrier."""
    proving = Prover(weighing({"clauses": [clause], "story": list(steps), **more}), [clause]).prove()
    assert proving.failures == ()
    return {proof.carrier.id: proof for proof in proving.proofs}


def test_the_small_procedure_is_sound() -> None:
    assert [finding.text.en for finding in check(weighing()) if finding.level == "error"] == []


#: Carrier, its clause, and a story that misses it.
MISSED: list[tuple[str, str, Steps]] = [
    ("guidance_1", "K.text", [{"expect": {"shows": {"fill": ["guidance_1"]}}}]),
    ("group_size", "K.group", [{"expect": {"shows": {"fill": ["group_size"]}}}]),
    ("field_size", "K.field", [*HEAVY, {"expect": {"value": {"size": 12}}}]),
    ("inspect", "K.task", [*HEAVY, {"expect": {"open": ["inspect"]}}]),
    ("late", "K.timer", [{"after": "PT30M"}, {"expect": {"open": ["fill", "look"]}}]),
    ("is_heavy", "K.gate", [*HEAVY, {"expect": {"open": ["inspect"]}}]),
    ("weight_1", "K.row", [*HEAVY, {"expect": {"value": {"colour": "red"}}}]),
    ("weight_1", "K.row", [*HEAVY, {"expect": {"decided": {"weight": {"colour": "red"}}}}]),
    ("limits_1", "K.limit", [{"after": "PT1H"}, {"expect": {"breached": ["reply"]}}]),
    ("slip", "K.draft", [{"reach": "inspect"}, {"complete": "inspect"}, {"expect": {"drafted": ["slip"]}}]),
    ("settle", "K.script", [{"reach": "inspect"}, {"complete": "inspect"}, {"expect": {"outcome": "fine"}}]),
]


@pytest.mark.parametrize(("carrier", "clause", "steps"), MISSED)
def test_a_carrier_counts_when_a_story_of_its_clause_fails_at_an_expectation(carrier: str, clause: str, steps: Steps) -> None:
    proof = proofs(clause, *steps)[carrier]

    assert proof.counts
    assert proof.story == "故事 1"
    assert str(proof.step).startswith(f"{len(steps)}. expect")


def test_a_carrier_that_no_story_misses_does_not_count() -> None:
    proof = proofs(
        "K.text",
        {
            "expect": {"shows": {"fill": ["group_size", "guidance_1"]}},
        },
        *HEAVY,
    )["guidance_1"]
    other = proofs("K.field", *HEAVY, {"expect": {"open": ["inspect"]}})["field_size"]
    blind = proofs("K.field", {"complete": "fill", "with": {"size": 3}}, {"expect": {"closed": True}})["field_size"]

    assert proof.counts
    assert other.counts
    assert (blind.counts, blind.why) == (False, NOT_MISSED)


def test_an_expectation_of_another_clause_proves_nothing() -> None:
    steps = [*HEAVY, {"expect": {"open": ["inspect"], "clauses": ["K.gate"]}}, {"expect": {"value": {"size": 12}}}]

    assert proofs("K.task", *steps)["inspect"].why == NOT_MISSED
    assert proofs("K.gate", *steps)["is_heavy"].counts


def test_steps_that_cannot_be_taken_prove_nothing() -> None:
    steps = [{"after": "PT30M"}, {"complete": "look"}, {"expect": {"open": ["fill"]}}]

    assert proofs("K.timer", *steps)["late"].why == ONLY_STEPS


def test_steps_that_cannot_be_taken_do_not_hide_the_expectation_that_fails() -> None:
    proof = proofs("K.timer", {"after": "PT30M"}, {"complete": "look"}, {"expect": {"path": ["looked"]}})["late"]

    assert (proof.counts, proof.skipped) == (True, 1)


def test_what_a_story_does_with_a_task_that_is_gone_is_passed_over() -> None:
    steps = [{"reach": "inspect"}, {"complete": "inspect"}, {"expect": {"closed": True, "outcome": "fine"}}]

    assert proofs("K.task", *steps)["inspect"].why == NOT_MISSED


def test_values_of_a_field_that_is_gone_are_dropped_from_the_story() -> None:
    story = [{"complete": "fill", "with": {"size": 3}}, {"expect": {"closed": True}}]

    assert proofs("K.group", *story, **{"with": {"size": 4}})["group_size"].why == NOT_MISSED


def test_a_carrier_without_a_story_says_whether_none_is_about_it_or_none_comes_to_it() -> None:
    assert proofs("K.timer", *HEAVY, {"expect": {"open": ["inspect"]}})["late"].why == NOT_REACHED
    silent = Prover(weighing({"clauses": ["K.gate"], "story": [{"expect": {"open": ["fill"]}}]}), ["K.text"]).prove()
    assert [proof.why for proof in silent.proofs] == [NO_STORY]


def test_a_story_that_does_not_hold_anyway_is_told_and_proves_nothing() -> None:
    proving = Prover(weighing({"clauses": ["K.task"], "story": [{"expect": {"open": ["inspect"]}}]}), ["K.task"]).prove()

    assert [failure.scenario for failure in proving.failures] == ["故事 1"]
    assert not any(proof.counts for proof in proving.proofs)


def test_a_clause_is_proven_by_one_carrier_that_counts_in_any_procedure() -> None:
    told = Prover(weighing({"clauses": ["K.task"], "story": [*HEAVY, {"expect": {"open": ["inspect"]}}]}), ["K.task"]).prove()
    silent = Prover(weighing(), ["K.task"]).prove()

    (verdict,) = verdicts([silent, told])

    assert verdict.proven
    assert {carrier["carrier"] for carrier in verdict.as_data()["proven_carriers"]} == {"main.bpmn fill", "main.bpmn inspect"}
    assert not verdicts([silent])[0].proven


def test_what_the_program_shows_counts_by_its_own_test_and_an_open_clause_says_why() -> None:
    clauses = {
        "K.page": {"zh": "页", "en": "page", "pages": ["register"], "reports": ["weekly"]},
        "K.open": {"zh": "开", "en": "open", "open": {"zh": "以后", "en": "later"}},
    }
    judged = {verdict.cover.id: verdict for verdict in verdicts([Prover(weighing(clauses=clauses)).prove()])}

    assert judged["K.page"].proven
    assert list(map(str, judged["K.page"].cover.carriers)) == ["page register", "report weekly"]
    assert (judged["K.open"].cover.status, str(judged["K.open"].cover.reason)) == ("open", "以后 / later")


def test_what_cannot_be_taken_away_says_so() -> None:
    clauses = {"K.lane": {"zh": "泳道", "en": "lane"}}
    bundle = weighing({"clauses": ["K.lane"], "story": [{"expect": {"open": ["fill"]}}]}, clauses=clauses)
    name = b'<s:property name="name_en" value="Main"/>'
    marked = bundle.files["main.bpmn"].replace(name, name + b'<s:property name="clause" value="K.lane"/>')

    (proof,) = Prover(Bundle({**bundle.files, "main.bpmn": marked}), ["K.lane"]).prove().proofs

    assert (proof.counts, proof.why) == (False, STAYS)


def test_two_processes_prove_the_same() -> None:
    bundle = weighing(*({"clauses": [clause], "story": steps} for _, clause, steps in MISSED))

    alone, shared = Prover(bundle).prove(), Prover(bundle).prove(2)

    assert alone.proofs == shared.proofs
    assert rehearse(bundle, processes=2).passed == len(MISSED)
