"""Says what was expected at a place, in words of people and not of grammars."""

from __future__ import annotations

from lark import Token, UnexpectedToken

from engine.feel.errors import FeelError, at

_WORDS = ("THEN", "ELSE", "RETURN", "SATISFIES")
_CLOSERS = {
    "RPAR": "右括号“)”|a closing bracket “)”",
    "RSQB": "右方括号“]”|a closing bracket “]”",
    "RBRACE": "右花括号“}”|a closing brace “}”",
}


def unexpected(error: UnexpectedToken, source: str) -> FeelError:
    """The refusal for a token that fits nowhere, or for a text that ends too early."""
    token: Token = error.token
    zh, en = _wanted(set(error.accepts or error.expected))
    if token.type == "$END":
        end = len(source.rstrip())
        if not end:
            return at(0, "表达式是空的。", "the expression is empty.")
        return at(end, f"表达式在这里中断，应为{zh}。", f"the expression breaks off here; expected {en}.")
    position = token.start_pos or 0
    shown = source[position : token.end_pos].strip() if token.end_pos else _shown(token, source, position)
    return at(position, f"这里不应出现“{shown}”，应为{zh}。", f"“{shown}” does not fit here; expected {en}.")


def _shown(token: Token, source: str, position: int) -> str:
    return token if isinstance(token.value, str) else source[position : position + 12].split()[0]


def _wanted(expected: set[str]) -> tuple[str, str]:
    for word in _WORDS:
        if word in expected:
            return f"“{word.lower()}”", f"“{word.lower()}”"
    if expected == {"IN"}:
        return "“in”", "“in”"
    if "NUMBER" in expected:
        return "一个值（名称、数字、文本或括号）", "a value (a name, number, text or bracket)"
    for closer, words in _CLOSERS.items():
        if closer in expected:
            zh, en = words.split("|")
            return f"{zh}或运算符", f"{en} or an operator"
    if "DOTDOT" in expected and "PLUS" not in expected:
        return "“..”", "“..”"
    if "NAME" in expected:
        return "一个名称", "a name"
    if "KEY" in expected:
        return "“键: 值”", "“key: value”"
    if "VARIABLE" in expected:
        return "“名称 in 列表”", "“name in list”"
    return "运算符或表达式的结尾", "an operator or the end of the expression"
