"""What is no FEEL is refused with the place and a sentence for people."""

from __future__ import annotations

import pytest

from engine.feel import FeelError, compile_assignments, compile_expression
from engine.feel.syntax.parser import MAX_SOURCE

PLACES = [
    ("", 0, "空", "empty"),
    ("1 +", 3, "一个值", "a value"),
    ("1 2", 2, "运算符", "operator"),
    ("(1", 2, "右括号", "closing bracket"),
    ("[1, 2", 5, "右方括号", "closing bracket"),
    ("if a then b", 11, "else", "else"),
    ("if a", 4, "then", "then"),
    ("a $ b", 2, "$", "$"),
    ('"abc', 0, "引号", "quote"),
    ("for x in y", 10, "return", "return"),
    ("(a, b)", 1, "一个值", "one value"),
    ("{a: 1, a: 2}", 7, "a", "a"),
    ("@2025", 0, "日期", "date"),
    ("x instance number", 10, "of", "of"),
    ("a ) b", 2, ")", ")"),
    ("投诉 人", 3, "人", "人"),
    ("x instance of list<", 19, "类型", "type"),
    ("1e9999", 0, "太大", "too large"),
    ("function(a", 10, ",", ","),
    ("{a: 1", 5, "右花括号", "brace"),
]
SCRIPT = """
# opening
total = sum([
    1,
    2
])
note text = "a = b # c"   // why

double = total * 2
"""


@pytest.mark.parametrize(("source", "position", "zh", "en"), PLACES)
def test_a_refusal_names_the_place_and_what_was_expected(source, position, zh, en):
    with pytest.raises(FeelError) as refusal:
        compile_expression(source)

    error = refusal.value
    assert (error.position, error.source) == (position, source)
    assert error.text.zh.startswith(f"第 {position + 1} 个字符处：") and error.text.en.startswith(
        f"At character {position + 1}: "
    )
    assert zh in error.text.zh and en in error.text.en


def test_too_long_a_source_is_refused():
    with pytest.raises(FeelError, match="too long"):
        compile_expression("1" + " " * MAX_SOURCE)


def test_a_script_assigns_in_order_and_reads_its_own_names():
    script = compile_assignments(SCRIPT)
    scope = {}
    for key, expression in script.items:
        scope[key] = expression.evaluate(scope)

    assert script.targets == ("total", "note text", "double")
    assert scope == {"total": 3, "note text": "a = b # c", "double": 6}
    assert script.functions == {"sum"} and script.variables == set()


def test_a_script_tells_what_it_reads_from_outside():
    assert compile_assignments("a = b + 1\nb = a\nc = a + b").variables == {"b"}


@pytest.mark.parametrize(
    ("source", "position"), [("a = 1\nb 2", 6), ("a = 1\nb = 2 +", 13), ("= 1", 0), ("a = 1\n\nb = (1 2)", 14), ("a == 1", 0)]
)
def test_a_bad_script_is_refused_with_its_place_in_the_whole(source, position):
    with pytest.raises(FeelError) as refusal:
        compile_assignments(source)

    assert (refusal.value.position, refusal.value.source) == (position, source)
    assert refusal.value.text.zh.startswith(f"第 {position + 1} 个字符处：")


def test_an_empty_script_assigns_nothing():
    assert compile_assignments("# nothing\n\n").items == ()
