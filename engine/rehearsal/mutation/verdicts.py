"""What the proofs of all procedures together say about each clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.procedure.exchange.cover import Cover, together
from engine.rehearsal.mutation.proving import Proof, Proving


@dataclass(frozen=True)
class Verdict:
    """One clause with a proof for each of its carriers; one carrier that counts is enough."""

    cover: Cover
    proofs: tuple[Proof, ...]

    @property
    def proven(self) -> bool:
        """Whether the clause has a carrier that counts."""
        return any(proof.counts for proof in self.proofs)

    def as_data(self) -> dict[str, Any]:
        """The verdict as JSON prints it beside the clause."""
        return {
            "proven": self.proven,
            "proven_carriers": [_proven(proof) for proof in self.proofs if proof.counts],
            "unproven_carriers": [_unproven(proof) for proof in self.proofs if not proof.counts],
        }


def verdicts(found: Iterable[Proving]) -> list[Verdict]:
    """A verdict for each clause that any of the procedures names."""
    provings = list(found)
    covers = together(cover for proving in provings for cover in proving.covers)
    proofs = [proof for proving in provings for proof in proving.proofs]
    return [Verdict(cover, tuple(proof for proof in proofs if proof.clause == cover.id)) for cover in covers]


def _proven(proof: Proof) -> dict[str, Any]:
    return {"carrier": str(proof.carrier), "scenario": proof.story, "step": proof.step, "skipped": proof.skipped}


def _unproven(proof: Proof) -> dict[str, Any]:
    return {"carrier": str(proof.carrier), "zh": proof.why.zh if proof.why else "", "en": proof.why.en if proof.why else ""}
