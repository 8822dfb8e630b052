"""The inbox: what a person holds, may take, follows and has done, nearest deadline first."""

from engine.queries.inbox.filters import Choices, Filters, choices
from engine.queries.inbox.fresh import MOST, Standing, arrived, standing
from engine.queries.inbox.handing_on import Colleague, HandOn, hand_on
from engine.queries.inbox.listing import PAGE, Page, Row, page
from engine.queries.inbox.saved import Saved, saved
from engine.queries.inbox.tabs import AVAILABLE, DONE, FOLLOWED, IS_OPEN, MINE, TABS, belongs, branches

__all__ = [
    "AVAILABLE",
    "DONE",
    "FOLLOWED",
    "IS_OPEN",
    "MINE",
    "MOST",
    "PAGE",
    "TABS",
    "Choices",
    "Colleague",
    "Filters",
    "HandOn",
    "Page",
    "Row",
    "Saved",
    "Standing",
    "arrived",
    "belongs",
    "branches",
    "choices",
    "hand_on",
    "page",
    "saved",
    "standing",
]
