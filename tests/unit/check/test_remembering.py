"""A check that remembers what has not changed finds the very same as one that reads everything anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.procedure import Bundle, load_folder
from engine.procedure.check import check
from engine.procedure.exchange import apart
from engine.procedure.reading import Memory
from engine.rehearsal.dry_run.kept import Child

PROCESSES = Path(__file__).parents[3] / "processes"
SHIPPED = load_folder(PROCESSES / "reporting")
FILES = [path for path in SHIPPED.files if not path.startswith("scenarios/")]
#: What hands and other tools do to a file, at the how manieth place where it can be done.
SLIPS = {
    "another name": (rb'name="[^"]*"', b'name="Another"'),
    "no name": (rb' name="[^"]*"', b""),
    "another id": (rb'\bid="[^"]*"', b'id="another_id"'),
    "a word less": (rb"\b[a-z_]{4,}\b", b""),
    "a word doubled": (rb"\b([a-z_]{4,})\b", rb"\1_\1"),
    "a line less": (rb"[^\n]+\n", b""),
    "another number": (rb'"\d+"', b'"7"'),
    "an end less": (rb"[>}]", b""),
    "garbled": ("[一-鿿]+".encode(), "ä¸€".encode()),
}
#: Kept over all examples, as in the program that stands.
MEMORY = Memory()


def slipped(files: dict[str, bytes], path: str, slip: str, place: int) -> dict[str, bytes]:
    """The files with one of them changed; with one less, or all as they were shipped, when nothing else is meant."""
    if slip == "gone":
        return {name: data for name, data in files.items() if name != path}
    if slip == "as shipped":
        return dict(SHIPPED.files)
    pattern, instead = SLIPS[slip]
    content = files.get(path, SHIPPED.files[path])
    found = list(re.finditer(pattern, content))
    if not found:
        return files
    one = found[place % len(found)]
    return {**files, path: content[: one.start()] + one.expand(instead) + content[one.end() :]}


changes = st.tuples(st.sampled_from(FILES), st.sampled_from([*SLIPS, "gone", "as shipped"]), st.integers(0, 999))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(changes, min_size=1, max_size=4))
def test_whatever_is_changed_the_findings_are_those_of_a_full_check(edits: list[tuple[str, str, int]]) -> None:
    files = dict(SHIPPED.files)

    for path, slip, place in edits:
        files = slipped(files, path, slip, place)
        bundle = Bundle(files)
        assert check(bundle, MEMORY) == check(bundle, Memory())


def test_drawings_that_speak_of_each_other_are_told_by_what_the_others_say_now() -> None:
    shipped = load_folder(PROCESSES / "complaint")
    memory = Memory()
    assert check(shipped, memory) == []
    # An id that another drawing has, a field that is gone, a role that nobody has, a name that only its kind can stand for.
    states = [
        {"joined.bpmn": re.sub(rb'(?<=startEvent id=")\w+', b"approve_plan_manager", shipped.files["joined.bpmn"])},
        {"fields.yaml": re.sub(rb"(?m)^approval:.*\n", b"", shipped.files["fields.yaml"])},
        {"procedure.yaml": re.sub(rb"(?m)^  general_manager:", b"  nobody:", shipped.files["procedure.yaml"])},
        {"approve.bpmn": shipped.files["approve.bpmn"].replace('name="批示方案"'.encode(), b"", 1)},
        {},
    ]

    for state in states:
        bundle = Bundle({**shipped.files, **state})
        assert (found := check(bundle, memory)) == check(bundle, Memory())
        assert bool(found) is bool(state)


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    memory, worked = Memory(most=2), list[str]()

    for key in ("one", "two", "one", "three", "one", "two"):
        memory.recall(key, lambda key=key: worked.append(key))  # type: ignore[misc]

    assert worked == ["one", "two", "three", "two"]


def test_a_bundle_arrives_as_it_was_sent() -> None:
    assert apart.unpacked(apart.packed(SHIPPED)) == SHIPPED


def stumbling(once: Path) -> bytes:
    """An answer that ends the child that is to give it, the first time."""
    if once.exists():
        return b"answered"
    once.touch()
    raise SystemExit


@pytest.mark.parametrize("old", [False, True])
def test_a_child_that_ends_over_a_question_is_followed_by_a_new_one_if_it_was_old(tmp_path: Path, old: bool) -> None:
    child = Child(lambda: lambda content, kind: b"first" if kind else stumbling(tmp_path / "once"), 5, 4096, 20)
    if old:
        assert child.ask(b"", 1) == b"first"

    answered = child.ask(b"", 0)

    assert answered == (b"answered" if old else b"")
    child.close()
