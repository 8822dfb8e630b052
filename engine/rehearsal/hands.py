"""Who has an open task in hand, and which department: what colleagues hand to each other, as the engine would let them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.procedure import Procedure
from engine.workflow import OpenItem

CLAIM, RELEASE, PASS_ON, SEND_BACK, DELEGATE, ALLOW = "claim", "release", "pass_on", "send_back", "delegate", "allow_excluded"
#: What may be done with an open task beside completing it; the last four need that the procedure has such an action.
DEALINGS = (CLAIM, RELEASE, PASS_ON, SEND_BACK, DELEGATE, ALLOW)
#: Under which of the procedure's actions a dealing falls.
ACTION_OF = {PASS_ON: PASS_ON, SEND_BACK: PASS_ON, DELEGATE: DELEGATE, ALLOW: ALLOW}
#: To whom something is handed, where it is: a department, or a person.
TO_DEPARTMENT, TO_PERSON = frozenset({PASS_ON}), frozenset({DELEGATE, ALLOW})
#: The detail of a step that says to whom.
TO = "to"
ANYBODY = "any"
#: A second person of a role has its key after these letters.
ANOTHER = "another_"

_HELD = Text("“{}”已经领了这件事，请先放回或委托。", '"{}" has claimed this: it has to be handed back or delegated first.')
_NO_DEPARTMENT = Text(
    "这件事不属于哪个部门，不能转部门。", "This belongs to no department, so it cannot be passed on to another."
)
_ELSEWHERE = Text("请选择另一个部门。", "Choose another department.")
_NOWHERE = Text("没有部门把它转过来，无处退回。", "No department passed it on, so there is nowhere to send it back to.")
_EXCLUDED = Text("“{}”办过前面的任务，要回避这一件。", '"{}" did the earlier task and may not do this one.')
_NOT_EXCLUDED = Text("“{}”不用回避这一件，不必免除。", '"{}" is not kept out of this.')
_NOBODY = Text("请选择交给谁。", "Choose to whom it goes.")
_NO_ACTION = Text("规程没有写谁可以“{}”。", 'The procedure says of nobody that they may "{}".')
_NOT_THEIRS = Text("“{}”不能做“{}”。", '"{}" may not do "{}".')
_NOT_THE_ROLE = Text("这项任务由“{}”办理，不是“{}”。", 'This task is for "{}", not for "{}".')


@dataclass(frozen=True, slots=True)
class Hold:
    """Whose a task is: the person who claimed it, the department it went to and came from, and who need not keep out."""

    holder: str | None = None
    department: str | None = None
    previous: str | None = None
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Who:
    """In whose role somebody acts, and which person it is where that matters."""

    role: str | None = None
    person: str | None = None

    @property
    def name(self) -> str | None:
        """The person; whoever usually has the role goes by its key."""
        return self.person or self.role


@dataclass
class Hands:
    """The open tasks that were handed on; all others are where the diagram put them."""

    procedure: Procedure
    _holds: dict[str, Hold] = field(default_factory=dict)

    def of(self, item: OpenItem) -> Hold:
        """Whose the task is now."""
        return self._holds.get(item.id) or Hold(department=item.department)

    def excludes(self, item: OpenItem) -> tuple[str, ...]:
        """Who must keep out of the task still."""
        return tuple(person for person in item.excludes if person not in self.of(item).allowed)

    def doer(self, item: OpenItem, who: Who) -> str:
        """The person who completes the task; InvalidState for whom the engine would refuse."""
        by = self._meant(item, who)
        self._require_free(item, by)
        self._require_role(item, who.role, by)
        self._require_not_excluded(item, by)
        return by

    def _meant(self, item: OpenItem, who: Who) -> str:
        """The person named; else whoever has it or is named for it, where nobody else comes in that role."""
        holder = self.of(item).holder
        if who.name is None:
            return holder or item.assignee or str(item.role)
        named = item.assignee if holder is None and who.role == item.role else None
        return who.person or named or str(who.role)

    def deal(self, dealing: str, item: OpenItem, who: Who, to: str | None) -> str | None:
        """Do so with the task; the answer is the department that the case goes to, if it does."""
        action, hold = ACTION_OF.get(dealing), self.of(item)
        if action in (DELEGATE, ALLOW) and who.name != hold.holder:
            self._require_action(action, who.role)
        moved: str | None = None
        if dealing == CLAIM:
            hold = replace(hold, holder=self.doer(item, who))
        elif dealing == RELEASE:
            self._require_release(item, who)
            hold = replace(hold, holder=None)
        elif dealing == DELEGATE:
            hold = replace(hold, holder=self._named(item, to))
        elif dealing == ALLOW:
            hold = replace(hold, allowed=hold.allowed | {self._kept_out(item, to)})
        else:
            self.doer(item, who)
            self._require_action(PASS_ON, who.role)
            moved = self._department(dealing, hold, to)
            hold = replace(hold, holder=None, department=moved, previous=hold.department)
        self._holds[item.id] = hold
        return moved

    def _department(self, dealing: str, hold: Hold, to: str | None) -> str:
        if hold.department is None:
            raise InvalidState(_NO_DEPARTMENT)
        if dealing == PASS_ON:
            if not to or to == hold.department:
                raise _at_to(_ELSEWHERE)
            return to
        if hold.previous is None:
            raise InvalidState(_NOWHERE)
        return hold.previous

    def _named(self, item: OpenItem, to: str | None) -> str:
        if not to:
            raise _at_to(_NOBODY)
        if to in self.excludes(item):
            raise _at_to(_with(_EXCLUDED, to))
        return to

    def _kept_out(self, item: OpenItem, to: str | None) -> str:
        if to is None or to not in self.excludes(item):
            raise _at_to(_with(_NOT_EXCLUDED, to) if to else _NOBODY)
        return to

    def _require_release(self, item: OpenItem, who: Who) -> None:
        rule = self.procedure.actions.get(DELEGATE)
        if rule is None or who.role not in rule.roles:
            self._require_free(item, who.name or self.of(item).holder or "")

    def _require_free(self, item: OpenItem, by: str) -> None:
        holder = self.of(item).holder
        if holder not in (None, by):
            raise InvalidState(_with(_HELD, str(holder)))

    def _require_role(self, item: OpenItem, role: str | None, by: str) -> None:
        """Whom a task was handed to, or who is named for it, does it in whatever role."""
        if role is not None and role != item.role and by not in (self.of(item).holder, item.assignee):
            raise InvalidState(_with(_NOT_THE_ROLE, str(item.role), role))

    def _require_not_excluded(self, item: OpenItem, by: str) -> None:
        if by in self.excludes(item):
            raise InvalidState(_with(_EXCLUDED, by))

    def _require_action(self, action: str, role: str | None) -> None:
        rule = self.procedure.actions.get(action)
        if rule is None:
            raise InvalidState(_with(_NO_ACTION, action))
        if role is not None and role not in rule.roles and ANYBODY not in rule.roles:
            raise InvalidState(_with(_NOT_THEIRS, role, action))


def _at_to(text: Text) -> InvalidValues:
    return InvalidValues(text, {TO: text})


def _with(words: Text, *names: str) -> Text:
    return Text(words.zh.format(*names), words.en.format(*names))
