"""Writes small decision files, so that a test shows its table in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from engine.procedure.decisions import Decision, parse_decisions

DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def part(tag: str, text: str, attributes: str = "") -> str:
    """An element with a text child."""
    return f"<{tag}{attributes}><text>{escape(text)}</text></{tag}>" if text else ""


def table_xml(
    inputs: Iterable[str],
    outputs: Iterable[tuple[str, ...]],
    rows: Iterable[str],
    policy: str = "UNIQUE",
    namespace: str = DMN_1_3,
) -> bytes:
    """A file with one table.

    Inputs are ``expression : allowed``, outputs (name, allowed, default, type), rows ``cell | cell | result``.
    """
    columns = [one.partition(" : ") for one in inputs]
    head = "".join(
        f"<input>{part('inputExpression', source)}{part('inputValues', allowed)}</input>" for source, _, allowed in columns
    )
    for name, allowed, default, kind in ((*one, "", "", "")[:4] for one in outputs):
        attributes = f" name={quoteattr(name)}" + (f" typeRef={quoteattr(kind)}" if kind else "")
        head += f"<output{attributes}>{part('outputValues', allowed)}{part('defaultOutputEntry', default)}</output>"
    body = "".join(_row(row, len(columns)) for row in rows)
    name, _, aggregation = policy.partition(" of ")
    chosen = f'hitPolicy="{name}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    table = f"<decisionTable {chosen}>{head}{body}</decisionTable>"
    return (
        f'<definitions xmlns="{namespace}" id="f" name="f"><decision id="t" name="表 t">{table}</decision></definitions>'.encode()
    )


def table(inputs: Iterable[str], outputs: Iterable[tuple[str, ...]], rows: Iterable[str], policy: str = "UNIQUE") -> Decision:
    """The decision of such a file."""
    return parse_decisions(table_xml(inputs, outputs, rows, policy), "t.dmn").decisions["t"]


def _row(row: str, inputs: int) -> str:
    cells = [cell.strip() for cell in row.split("|")]
    entries = [f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells[:inputs]]
    entries += [f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in cells[inputs:]]
    return f"<rule>{''.join(entries)}</rule>"
