"""Patterns: XPath's syntax, in linear time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import compile_expression
from engine.feel.regex import PatternError, compile_pattern, search

MATCHED = [
    ("foobar", "^fo*b", ""),
    ("投诉2025", r"\d{4}", ""),
    ("a\nb", "^b$", "m"),
    ("a\nb", "a.b", "s"),
    ("ABC", "b", "i"),
    ("ab", "a b", "x"),
    ("a b", "[ ]", "x"),
    ("a.b", ".b", "q"),
    ("é", r"\p{L}", ""),
    ("投", r"\p{IsCJKUnifiedIdeographs}", ""),
    ("x", "[a-z-[aeiou]]", ""),
    ("13800138000", r"^1[3-9]\d{9}$", ""),
    ("aXb", "[^a-z]", ""),
    ("ab", "(?:a|b){2}", ""),
    ("", "^$", ""),
    ("a-b", r"a\-b", ""),
    ("1_", r"\w\P{L}", ""),
    ("tel:1", r"\i\c+", ""),
]
UNMATCHED = [
    ("a\nb", "a.b", ""),
    ("a\nb", "^b$", ""),
    ("e", "[a-z-[aeiou]]", ""),
    ("ab", "a{3,}", ""),
    ("A", "[^a]", "i"),
    ("2", r"\D", ""),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$", ""),
]
REFUSED = [
    ("(a)\\1", ""),
    ("(?=a)", ""),
    ("(?!a)", ""),
    ("(?<n>a)", ""),
    ("a**", ""),
    ("*", ""),
    ("(", ""),
    (")", ""),
    ("[", ""),
    ("[]", ""),
    ("[b-a]", ""),
    ("a{2,1}", ""),
    ("a{", ""),
    ("\\", ""),
    ("\\q", ""),
    ("\\p{Nowhere}", ""),
    ("a", "g"),
    ("(" * 400, ""),
    ("(((a{1,100}){1,100}){1,100})", ""),
    ("(?:(?:(?:(?:){1000}){1000}){1000}){1000}", ""),
    ("a" * 2000, ""),
    ("a{99999}", ""),
]
REPLACED = [
    ('replace("abracadabra", "bra", "*")', '"a*cada*"'),
    ('replace("abracadabra", "a.*a", "*")', '"*"'),
    ('replace("abracadabra", "a.*?a", "*")', '"*c*bra"'),
    ('replace("2025-01-31", "(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1")', '"31.01.2025"'),
    ('replace("a1", "(a)(x)?", "[$2$1$9]")', '"[a]1"'),
    ('replace("abc", "b", "\\\\$")', '"a$c"'),
    ('replace("abc", "b", "$")', "null"),
    ('replace("abc", "x*", "-")', "null"),
    ('replace("ABC", "b", "-", "i")', '"A-C"'),
    ('split("a;b;;c", ";")', '["a", "b", "", "c"]'),
    ('split("John Doe", "\\s")', '["John", "Doe"]'),
    ('split("abc", "")', "null"),
    ('split("", ";")', '[""]'),
    ('matches("a", "(a)\\1")', "null"),
    ('matches("a", null)', "null"),
    ('matches("a", "A", null)', "false"),
]


def _found(text, pattern, flags=""):
    return search(compile_pattern(pattern, flags), text, 0, lambda steps: None)


@pytest.mark.parametrize(("text", "pattern", "flags"), MATCHED)
def test_the_pattern_matches(text, pattern, flags):
    assert _found(text, pattern, flags) is not None


@pytest.mark.parametrize(("text", "pattern", "flags"), UNMATCHED)
def test_the_pattern_does_not_match(text, pattern, flags):
    assert _found(text, pattern, flags) is None


@pytest.mark.parametrize(("pattern", "flags"), REFUSED)
def test_patterns_that_cannot_run_in_linear_time_are_refused(pattern, flags):
    with pytest.raises(PatternError):
        compile_pattern(pattern, flags)


@pytest.mark.parametrize(("expression", "expected"), REPLACED)
def test_functions_on_patterns_give_what_the_standard_says(check, expression, expected):
    check(expression, expected)


def test_time_grows_with_the_text_only():
    steps = []
    search(compile_pattern("(x+x+)+y"), "x" * 2000, 0, steps.append)

    assert sum(steps) < 100 * 2000


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "(a|b)", "(a*)", "(?:ab)", "^", "$"])
_PATTERNS = st.lists(st.tuples(_ATOMS, st.sampled_from(["", "*", "+", "?", "{1,2}", "*?", "+?"])), max_size=5).map(
    lambda parts: "".join(atom + ("" if atom in "^$" else count) for atom, count in parts)
)


@given(_PATTERNS, st.text("ab", max_size=8))
def test_it_finds_what_pythons_engine_finds(pattern, text):
    theirs = re.search(pattern.replace("$", r"\Z"), text)
    ours = _found(text, pattern)

    assert (ours and ours[:2]) == (theirs and theirs.span())


@given(st.text("ab()[]{}|*+?\\^$.-,12pL:", max_size=30), st.text(max_size=10))
def test_no_pattern_fails_but_by_refusal(pattern, text):
    compile_expression("matches(t, p)").evaluate({"t": text, "p": pattern})
