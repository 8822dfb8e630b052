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
    """How many labels are met with element and rule, which are not, and which rules speak where no label does."""

    labelled: int
    right: int
    missed: tuple[str, ...]
    beyond: tuple[str, ...]


def agreement(found: Mapping[Foreign, Iterable[Finding]]) -> Agreement:
    """The check beside the labels, for the files that are labelled and are here."""
    files = {(one.suite, one.path): one for one in found}
    missed, beyond, labelled = [], [], 0
    for entry in yaml.safe_load(LABELS.read_bytes()):
        one = files.get((entry["suite"], entry["path"]))
        if one is None:
            continue
        if hashlib.sha256(one.file.read_bytes()).hexdigest() != entry["sha256"]:
            missed.append(f"{one.path}: other bytes than those that were labelled")
            continue
        wanted = {(problem["rule"], problem["element"]) for problem in entry["problems"]}
        said = {(finding.rule, finding.element) for finding in found[one] if finding.rule not in UNLABELLED}
        labelled += len(wanted)
        missed += [f"{one.path}: {rule} at {element}" for rule, element in sorted(wanted - said)]
        rules = {rule for rule, _ in wanted}
        beyond += sorted({f"{one.path}: {rule}" for rule, _ in said if rule not in rules})
    return Agreement(labelled, labelled - len(missed), tuple(missed), tuple(beyond))
