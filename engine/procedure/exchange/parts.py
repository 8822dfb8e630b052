"""The three parts in which a new version is signed, in their order, and where the manifest says who may."""

from __future__ import annotations

from engine.domain.text import Text

SECTION = "signers"
#: In the order in which they sign.
PARTS = {"author": Text("起草", "author"), "reviewer": Text("复核", "reviewer"), "approver": Text("批准", "approver")}
