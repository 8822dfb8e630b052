"""What is wrong at an expectation, as people say it: only what differs, everything by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from engine.domain.text import Text
from engine.procedure import Procedure
from engine.procedure.safe_yaml import LOADER
from engine.rehearsal.trying.naming import ABOUT, called, has_name, listed, reworded

_SHOULD_BE = Text("{}：应为“{}”，实际是“{}”", "{}: expected “{}”, found “{}”")
_SHOULD_NOT = Text("{}：不应有“{}”，实际是“{}”", "{}: unwanted “{}”, found “{}”")
_LACKS = Text("{}：应有“{}”，没有", "{}: “{}” is missing")
_TOO_MUCH = Text("{}：不应有“{}”", "{}: “{}” is not wanted")
_NOT_OPEN = Text("“{}”没有开出，看不到它的表单", "“{}” is not open, so its form is not to be seen")
_LACKS_PARTS = Text("“{}”的表单上应有“{}”，没有", "The form of “{}” should show “{}”, and does not")
_TOO_MANY_PARTS = Text("“{}”的表单上不应有“{}”", "The form of “{}” should not show “{}”")
_DECIDED = Text("决策“{}”的{}：应为“{}”，实际是“{}”", "Decision “{}”, {}: expected “{}”, found “{}”")
_NEVER = Text("没有问过决策“{}”", "Decision “{}” was not asked")
_SHORT = 16


def sentences(procedure: Procedure, about: str, expected: Any, wanted: str, actual: str) -> tuple[Text, ...]:
    """About one expectation, from what the story says and from both as one line each."""
    say = _SAY.get(about)
    found = tuple(say(procedure, about, expected, _read(actual))) if say is not None else ()
    return found or (_plainly(procedure, about, wanted, actual),)


def _plainly(procedure: Procedure, about: str, wanted: str, actual: str) -> Text:
    form = _SHOULD_NOT if about.startswith("not_") else _SHOULD_BE
    want, is_ = (reworded(procedure, line) for line in _apart(wanted, actual))
    return _filled(form, ABOUT[about], want, is_)


def _path(procedure: Procedure, about: str, expected: Any, actual: Any) -> Iterator[Text]:
    """Of the way only what was not come to, in the order of the story."""
    passed = iter(actual if isinstance(actual, list) else [])
    missing = [name for name in _names(expected) if name not in passed]
    yield from _those(procedure, about, missing[:1] if missing else [], _LACKS)


def _present(procedure: Procedure, about: str, expected: Any, actual: Any) -> Iterator[Text]:
    unwanted = [name for name in _names(expected) if name in _names(actual)]
    yield from _those(procedure, about, unwanted, _TOO_MUCH)


def _absent(procedure: Procedure, about: str, expected: Any, actual: Any) -> Iterator[Text]:
    yield from _those(procedure, about, [name for name in _names(expected) if name not in _names(actual)], _LACKS)


def _those(procedure: Procedure, about: str, names: Sequence[str], words: Text) -> Iterator[Text]:
    """In one sentence; elements that nobody has given a name only where there are no others."""
    named = [name for name in names if has_name(procedure, name)] or names
    if named:
        yield _filled(words, ABOUT[about], listed(procedure, named))


def _parts(procedure: Procedure, about: str, expected: Any, actual: Any) -> Iterator[Text]:
    shown, there = about == "shows", _names(actual.get("open")) if isinstance(actual, dict) else []
    wrong = actual.get("not shown" if shown else "shown") if isinstance(actual, dict) else None
    for task, names in wrong.items() if isinstance(wrong, dict) else ():
        if task not in there:
            yield _filled(_NOT_OPEN, called(procedure, task))
            continue
        parts = [_part(procedure, task, str(name)) for name in names]
        both = Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))
        yield _filled(_LACKS_PARTS if shown else _TOO_MANY_PARTS, called(procedure, task), both)


def _part(procedure: Procedure, task: str, name: str) -> Text:
    form = procedure.form_of(task)
    line = form.part(name) if form is not None else None
    said = (line[-1].text or line[-1].label) if line else Text(name, name)
    return Text(_first(said.zh), _first(said.en))


def _first(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHORT * 2 else f"{words[: _SHORT * 2]}…"


def _decided(procedure: Procedure, about: str, expected: Any, actual: Any) -> Iterator[Text]:
    for key, answer in expected.items():
        found = actual.get(key) if isinstance(actual, dict) else None
        name = called(procedure, key)
        if found is None:
            yield _filled(_NEVER, name)
            continue
        pairs = ((None, answer, found),) if not isinstance(answer, dict) else _differing(answer, found)
        for part, want, is_ in pairs:
            what = called(procedure, part) if part else ABOUT[about]
            yield _filled(_DECIDED, name, what, reworded(procedure, _line(want)), reworded(procedure, _line(is_)))


def _differing(answer: Mapping[str, Any], found: Any) -> Iterator[tuple[str, Any, Any]]:
    for part, want in answer.items():
        is_ = found.get(part) if isinstance(found, dict) else found
        if _line(want) != _line(is_):
            yield part, want, is_


def _line(value: Any) -> str:
    plain = {None: "null", True: "true", False: "false"}
    return plain[value] if value is None or isinstance(value, bool) else str(value)


def _names(value: Any) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _read(line: str) -> Any:
    """What a line says, or the line where it is no YAML."""
    try:
        return yaml.load(line, Loader=LOADER)
    except yaml.YAMLError:
        return line


def _apart(wanted: str, actual: str) -> tuple[str, str]:
    """Of two lists of keys with values only what differs, as far as they can be told apart."""
    pairs = [dict(entry.partition(": ")[::2] for entry in line.strip("{}").split(", ")) for line in (wanted, actual)]
    if not (wanted.startswith("{") and pairs[0].keys() == pairs[1].keys()):
        return wanted, actual
    differing = [key for key in pairs[0] if pairs[0][key] != pairs[1][key]]
    left, right = (", ".join(f"{key}: {pair[key]}" for key in differing) for pair in pairs)
    return left, right


def _filled(words: Text, *with_: Text) -> Text:
    return Text(words.zh.format(*(one.zh for one in with_)), words.en.format(*(one.en for one in with_)))


_SAY: Mapping[str, Callable[[Procedure, str, Any, Any], Iterator[Text]]] = {
    "path": _path,
    "includes": _absent,
    "breached": _absent,
    "told": _absent,
    "drafted": _absent,
    "not_open": _present,
    "not_path": _present,
    "not_breached": _present,
    "not_told": _present,
    "not_drafted": _present,
    "shows": _parts,
    "hides": _parts,
    "decided": _decided,
}
