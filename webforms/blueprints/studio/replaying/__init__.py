"""The stage of replays: complaints of a period through a draft, ordered, waited for, read as totals and case by case."""

from webforms.blueprints.studio.replaying import listing, ordering, showing

__all__ = ["listing", "ordering", "showing"]
