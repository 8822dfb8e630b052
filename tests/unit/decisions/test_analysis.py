"""Rows that contradict each other and cases that no row takes, each with an example that holds when tried."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import compile_unary_tests
from engine.procedure.decisions import gaps, hidden, overlaps, without_result
from engine.procedure.decisions.analysis.cells import understand
from tests.unit.decisions.tables import table

OVERLAPS = [
    (["x"], ["< 5 | 1", ">= 5 | 2"], []),
    (["x"], ["<= 5 | 1", ">= 5 | 2"], ["rows 1 and 2 match together, for example x = 5."]),
    (["x"], ["[1..5] | 1", "(5..9] | 2"], []),
    (["x"], ["< 9 | 1", "> 2 | 2"], ["rows 1 and 2 match together, for example x = 5.5."]),
    (["k", "x"], ['"a" | < 5 | 1', '"b" | < 5 | 2', '"a","b" | > 3 | 3'], ["x = 4", 'k = "b", x = 4']),
    (["k"], ['not("a") | 1', '"b" | 2', '"a" | 3'], ['rows 1 and 2 match together, for example k = "b".']),
    (["f"], ["true | 1", "false | 2"], []),
    (["f"], ["true | 1", "- | 2"], ["f = true"]),
    (["x"], ["- | 1", "- | 2"], ["any case"]),
    (["d"], ['< @"2026-10-01" | 1', '> @"2026-09-30" | 2'], []),
    (["d"], ['<= @"2026-10-01" | 1', '>= @"2026-10-01" | 2'], ['d = @"2026-10-01"']),
    (["t"], ['< @"08:30:00" | 1', '>= @"08:30:00" | 2'], []),
    (["t"], ['< time("17:30:00") | 1', '>= @"08:30:00" | 2'], ['t = @"08:30:00"']),
    (["t"], ['[@"08:00:00"..@"08:00:01") | 1', '(@"08:00:00"..@"08:00:01"] | 2'], []),
    # What only a case can tell is not claimed.
    (["t"], ['< @"08:30:00" | 1', '>= @"08:30:00+08:00" | 2'], []),
    (["x"], ["> limit | 1", "- | 2"], []),
    (["x", "x"], ["< 5 | > 5 | 1", "< 3 | - | 2"], []),
    (["x", "x + 1"], ["< 5 | - | 1", "- | > 9 | 2"], []),
    (["case.x", "case.y"], ["< 5 | - | 1", "- | < 5 | 2"], ["case.x = 4, case.y = 4"]),
]


@pytest.mark.parametrize(("inputs", "rows", "examples"), OVERLAPS)
def test_rows_that_match_together(inputs: list[str], rows: list[str], examples: list[str]) -> None:
    found = overlaps(table(inputs, [("y",)], rows))

    assert len(found) == len(examples)
    assert all(example in one.text.en for example, one in zip(examples, found, strict=True))
    assert all(one.level == "error" and one.decision == "t" and len(one.rows) == 2 for one in found)


def test_under_any_only_rows_that_disagree_contradict() -> None:
    rows = ["< 9 | 1", "< 5 | 1", "< 2 | 2"]

    assert [one.rows for one in overlaps(table(["x"], [("y",)], rows, "ANY"))] == [(1, 3), (2, 3)]
    assert overlaps(table(["x"], [("y",)], rows, "FIRST")) == []


HIDDEN = [
    (["x"], ["< 5 | 1", "< 9 | 2", "< 3 | 3"], [(1, 3)]),
    (["k", "x"], ['"a" | - | 1', '"a" | < 5 | 2', '"b" | < 5 | 3'], [(1, 2)]),
    (["x"], ["< 1 | 1", "- | 2", "> 5 | 3", "- | 4"], [(2, 3, 4)]),
    (["x"], ["> limit | 1", "> 5 | 2"], []),
    (["x"], ["> 5 | 1", "> limit | 2"], []),
]


@pytest.mark.parametrize(("inputs", "rows", "found"), HIDDEN)
def test_rows_that_never_get_their_turn(inputs: list[str], rows: list[str], found: list[tuple[int, ...]]) -> None:
    assert [one.rows for one in hidden(table(inputs, [("y",)], rows, "FIRST"))] == found
    assert hidden(table(inputs, [("y",)], rows, "COLLECT")) == []


def test_rows_in_a_line_are_told_as_one_stretch() -> None:
    (found,) = hidden(table(["x"], [("y",)], ["> 5 | 1", "> 9 | 2", "> 8 | 3", "- | 4", "> 7 | 5"], "FIRST"))

    assert "第 2–3、5 行" in found.text.zh


def test_rows_without_a_result() -> None:
    assert [one.rows for one in without_result(table(["x"], [("y",)], ["< 5 | 1", "> 5 | "]))] == [(2,)]


GAPS = [
    (["x"], ["< 5 | 1", ">= 5 | 2"], []),
    (["x"], ["< 5 | 1", "> 5 | 2"], ["x = 5"]),
    (["x"], ["[0..5] | 1", "(6..9) | 2"], ["x = -1", "x = 5.5", "x = 9"]),
    (["t"], ['[@"08:30:00"..@"17:30:00") | 1'], ['t = @"08:29:00"', 't = @"17:30:00"']),
    (["t"], ['<= @"00:00:00" | 1', '[@"00:00:01"..@"23:59:59"] | 2'], []),
    (["f", "g"], ["true | true | 1", "false | - | 2"], ["f = true, g = false"]),
    (['k : "a","b","c"'], ['"a" | 1', '"c" | 2'], ['k = "b"']),
    (['k : "a","b"'], ['"a" | 1', '"b" | 2'], []),
    (["k"], ['"a" | 1', '"b" | 2'], ["k is any other text"]),
    (["k"], ['"a" | 1', '"any other text", "" | 2'], ["k is any other text"]),
    (["k"], ['"a" | 1', 'not("a") | 2'], []),
    (['k : "a","b"', "x"], ['"a" | - | 1', '"b" | > 0 | 2'], ['k = "b", x = -1']),
    (["d"], ['<= @"2026-10-01" | 1', '>= @"2026-10-03" | 2'], ['d = @"2026-10-02"']),
    (["d"], ['< @"2026-10-02" | 1', '> @"2026-10-01" | 2'], []),
    # A cell that only a case can tell may take what is missing.
    (["x"], ["< 5 | 1", "> limit | 2"], []),
    (["x", "z"], ["< 5 | - | 1", ">= 5 | z > limit | 2"], []),
]


@pytest.mark.parametrize(("inputs", "rows", "examples"), GAPS)
def test_cases_that_no_row_takes(inputs: list[str], rows: list[str], examples: list[str]) -> None:
    found = gaps(table(inputs, [("y",)], rows))

    firsts = [one.text.en.removeprefix("Decision table “表 t”: no row takes ").removesuffix(".") for one in found]
    assert firsts == examples
    assert all(one.level == "warning" for one in found)


def test_the_vocabulary_may_say_what_values_there_are() -> None:
    decision = table(["k"], [("y",)], ['"a" | 1', '"b" | 2'])

    assert gaps(decision, {"k": ["a", "b"]}) == []
    assert [one.text.zh for one in gaps(decision, {"k": ["a", "c"]})] == ['决策表“表 t”没有一行适用于：k = "c"。']


def test_lists_and_defaults_leave_no_gap() -> None:
    assert gaps(table(["x"], [("y",)], ["< 5 | 1"], "COLLECT")) == []
    assert gaps(table(["x"], [("y", "", "0")], ["< 5 | 1"])) == []
    assert len(gaps(table(["x"], [("y",)], ["< 5 | 1"], "FIRST"))) == 1


def test_a_table_too_large_to_walk_ends_soon_and_claims_nothing_false() -> None:
    inputs = [f"x{n}" for n in range(14)]
    rows = [" | ".join(">= 0" if (row >> n) & 1 else "< 0" for n in range(14)) + f" | {row}" for row in range(0, 16384, 137)]

    found = gaps(table(inputs, [("y",)], rows))

    assert 0 < len(found) <= 20


numbers = st.integers(-3, 3)
cells = st.one_of(
    st.just("-"),
    st.builds("{}{}".format, st.sampled_from(["< ", "<= ", "> ", ">= ", ""]), numbers),
    st.builds(
        lambda a, b, c, d: f"{a}{min(b, c)}..{max(b, c)}{d}", st.sampled_from("[(]"), numbers, numbers, st.sampled_from("])[")
    ),
    st.builds("{}, {}".format, numbers, numbers),
    st.builds("not({}, > {})".format, numbers, numbers),
    st.builds("[{}..2), > {}".format, st.integers(-3, 1), numbers),
)
texts = st.sampled_from("abcd")
halves = st.integers(-8, 8).map(lambda n: Decimal(n) / 2)


@given(cells, halves)
def test_a_cell_is_understood_as_it_is_evaluated(source: str, value: Decimal) -> None:
    cell = understand(source)

    assert cell is not None
    assert cell.holds(value) is compile_unary_tests(source).matches(value, {})


rows_of_two = st.lists(st.tuples(cells, st.one_of(st.just("-"), texts.map(lambda text: f'"{text}"'))), min_size=1, max_size=4)


@settings(max_examples=80)
@given(rows_of_two)
def test_an_overlap_and_a_gap_are_told_exactly_when_some_case_meets_them(rows: list[tuple[str, str]]) -> None:
    decision = table(["x", "k"], [("y",)], [f"{one} | {two} | {n}" for n, (one, two) in enumerate(rows)], "RULE ORDER")
    # Halves between -4 and 4 and one text that no cell names meet every piece of every such table.
    cases = [decision.decide({"x": Decimal(n) / 2, "k": k}).matched for n in range(-8, 9) for k in "abcde"]
    pairs = {(one, other) for rows in cases for one in rows for other in rows if one < other}

    decision.hit_policy = "UNIQUE"

    assert {finding.rows for finding in overlaps(decision)} == pairs
    assert bool(gaps(decision)) is any(not rows for rows in cases)


MISSING = [
    (["x"], ["< 5 | 1", "> 5 | 2"], [("5",)]),
    (["x"], ["[0..5] | 1", "(6..9) | 2"], [("< 0",), ("(5..6]",), (">= 9",)]),
    (["x"], ["[0..5) | 1", "(5..9] | 2", "(20..30) | 3"], [("< 0",), ("5",), ("(9..20]",), (">= 30",)]),
    (["f", "g"], ["true | true | 1", "false | - | 2"], [("true", "false")]),
    (['k : "a","b","c","d"'], ['"a" | 1', '"c" | 2'], [('"b"',), ('"d"',)]),
    (["k"], ['"a" | 1', '"b" | 2'], [('not("a", "b")',)]),
    (['k : "a","b"', "x"], ['"a" | - | 1', '"b" | > 0 | 2'], [('"b"', "<= 0")]),
    (["x", "k"], ['> 0 | "a" | 1', '- | not("a") | 2'], [("<= 0", '"a"')]),
    (["t"], ['[@"08:30:00"..@"17:30:00") | 1'], [('< @"08:30:00"',), ('>= @"17:30:00"',)]),
]


@pytest.mark.parametrize(("inputs", "rows", "missing"), MISSING)
def test_a_gap_offers_the_row_that_is_missing(inputs: list[str], rows: list[str], missing: list[tuple[str, ...]]) -> None:
    assert [one.missing for one in gaps(table(inputs, [("y",)], rows))] == missing


@settings(max_examples=80)
@given(rows_of_two)
def test_the_rows_that_are_offered_close_every_gap_and_contradict_nothing(rows: list[tuple[str, str]]) -> None:
    written = [f"{one} | {two} | {n}" for n, (one, two) in enumerate(rows)]
    before = table(["x", "k"], [("y",)], written)

    offered = [f"{' | '.join(one.missing)} | 9" for one in gaps(before)]
    after = table(["x", "k"], [("y",)], [*written, *offered])

    assert gaps(after) == []
    assert len(overlaps(after)) == len(overlaps(before))
