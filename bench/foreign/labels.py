"""What a person found by hand in sixty of the files, and how the check agrees with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.foreign.files import Foreign
from engine.procedure import Finding

LABELS = Path(__file__).parents[2] / "tests" / "procedure" / "foreign" / "labels.yaml"
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


def agreement(found: Mapping[Foreign, Iterable[Finding]], every: bool) -> Agreement:
    """The check beside the labels, for the files that are here and are labelled so: with every problem, or the first of each."""
    files = {(one.suite, one.path): one for one in found}
    missed, beyond, labelled = [], [], 0
    for entry in yaml.safe_load(LABELS.read_bytes()):
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
