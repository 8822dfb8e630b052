"""What people do with work items."""

from engine.commands.work.allow_excluded import AllowExcluded
from engine.commands.work.claim import Claim
from engine.commands.work.claim_many import ClaimMany, ManyClaimed, NotClaimed
from engine.commands.work.complete import Complete
from engine.commands.work.delegate import Delegate
from engine.commands.work.pass_on import PassOn
from engine.commands.work.release import Release
from engine.commands.work.save_draft import KeepDraft, SaveDraft
from engine.commands.work.send_back import SendBack
from engine.commands.work.waive import Waive

__all__ = [
    "AllowExcluded",
    "Claim",
    "ClaimMany",
    "Complete",
    "Delegate",
    "KeepDraft",
    "ManyClaimed",
    "NotClaimed",
    "PassOn",
    "Release",
    "SaveDraft",
    "SendBack",
    "Waive",
]
