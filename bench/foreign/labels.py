"""What people found by hand in a hundred and eleven of the files, and how the check agrees with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.foreign.files import Foreign
from engine.procedure import Finding

_FOLDER = Path(__file__).parents[2] / "tests" / "procedure" / "foreign"
#: Of whoever wrote the rules, and of a second person who knew only what each rule says.
LABELS, SECOND = _FOLDER / "labels.yaml", _FOLDER / "second.yaml"
#: How a drawing looks, and names in the second language, are no matter of running: nobody has labelled them.
UNLABELLED = frozenset({"covered", "strayed", "line-through", "name-too-long", "not-drawn", "name"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many labels are met with element and rule, which are not, and what is said that no label says.

    Of a file with the first of each kind only the rules that no label has are beyond it; of one with every problem all else is.
    """

    labelled: int
    right: int
    missed: tuple[str, ...]
    beyond: tuple[str, ...]


def named(labels: Path, suite: str) -> frozenset[str]:
    """The paths in a suite of the files that are labelled."""
    return frozenset(entry["path"] for entry in yaml.safe_load(labels.read_bytes()) if entry["suite"] == suite)


def agreement(found: Mapping[Foreign, Iterable[Finding]], labels: Path, every: bool) -> Agreement:
    """The check beside these labels, for the files that are here and labelled so: with every problem, or the first of each."""
    files = {(one.suite, one.path): one for one in found}
    missed, beyond, labelled = [], [], 0
    for entry in yaml.safe_load(labels.read_bytes()):
        one = files.get((entry["suite"], entry["path"]))
        if one is None or entry.get("every", False) is not every:
            continue
        if hashlib.sha256(one.file.read_bytes()).hexdigest() != entry["sha256"]:
            raise ValueError(f"{one.path} has other bytes than those that were labelled")
        wanted = {(problem["rule"], problem["element"]) for problem in entry["problems"]}
        said = {(finding.rule, finding.element) for finding in found[one] if finding.rule not in UNLABELLED}
        labelled += len(wanted)
        missed += [f"{one.path}: {rule} at {element}" for rule, element in sorted(wanted - said)]
        rules = {rule for rule, _ in wanted}
        extra = {(rule, element) for rule, element in said - wanted if every or rule not in rules}
        beyond += [f"{one.path}: {rule} at {element}" for rule, element in sorted(extra, key=str)]
    return Agreement(labelled, labelled - len(missed), tuple(missed), tuple(beyond))
