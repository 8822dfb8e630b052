"""What can happen to a case; a journal entry is a list of these, and every projection is made from them.

An event carries all that its rows need and nothing personal: personal values lie in the payload table, and the entry names them.
"""

from engine.domain.events.base import EVENTS, Event
from engine.domain.events.cases import (
    CaseClosed,
    CaseIndexed,
    CaseMigrated,
    CaseRegistered,
    DirectoryChanged,
    IncidentParked,
    IncidentResolved,
    PersonalDataErased,
    RegisterUpdated,
    StepTaken,
    ValuesChanged,
)
from engine.domain.events.file import (
    ActionTaken,
    AttachmentAdded,
    CaseLinked,
    CommentAdded,
    ContactLogged,
    DocumentDrafted,
    EntryCorrected,
    PeopleNotified,
    WatcherAdded,
)
from engine.domain.events.items import (
    WorkItemCancelled,
    WorkItemClaimed,
    WorkItemCompleted,
    WorkItemDelegated,
    WorkItemDueMoved,
    WorkItemExclusionWaived,
    WorkItemOpened,
    WorkItemPassedOn,
    WorkItemRedrawn,
    WorkItemReleased,
    WorkItemWaived,
)
from engine.domain.events.times import (
    LimitBreached,
    LimitOpened,
    LimitStopped,
    LimitWarned,
    TimerFired,
    TimersReplaced,
)

__all__ = [
    "EVENTS",
    "ActionTaken",
    "AttachmentAdded",
    "CaseClosed",
    "CaseIndexed",
    "CaseLinked",
    "CaseMigrated",
    "CaseRegistered",
    "CommentAdded",
    "ContactLogged",
    "DirectoryChanged",
    "DocumentDrafted",
    "EntryCorrected",
    "Event",
    "IncidentParked",
    "IncidentResolved",
    "LimitBreached",
    "LimitOpened",
    "LimitStopped",
    "LimitWarned",
    "PeopleNotified",
    "PersonalDataErased",
    "RegisterUpdated",
    "StepTaken",
    "TimerFired",
    "TimersReplaced",
    "ValuesChanged",
    "WatcherAdded",
    "WorkItemCancelled",
    "WorkItemClaimed",
    "WorkItemCompleted",
    "WorkItemDelegated",
    "WorkItemDueMoved",
    "WorkItemExclusionWaived",
    "WorkItemOpened",
    "WorkItemPassedOn",
    "WorkItemRedrawn",
    "WorkItemReleased",
    "WorkItemWaived",
]

EVENTS |= {kind.__name__: kind for kind in Event.__subclasses__()}
