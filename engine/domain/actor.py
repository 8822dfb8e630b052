"""Who acts, and what they may act on."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.domain.text import Text

#: Stands for the estate of a case that concerns the whole company; no estate has this id.
COMPANY = "company"
_SYSTEM = Text("系统", "the system")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held by a person; ``None`` for estate or department means all of them.

    What concerns the whole company may be done by whoever holds the role in any estate.

    ``deputising_for`` names the person for whom it is held, None when it is held in one's own right.
    """

    role: str
    estate_id: str | None = None
    department: str | None = None
    deputising_for: str | None = None

    def covers(self, role: str | None, estate_id: str, department: str | None) -> bool:
        """Whether this grant lets its holder do what asks for the role in the estate and department."""
        return (
            (role is None or self.role == role)
            and (estate_id == COMPANY or self.estate_id in (None, estate_id))
            and (department is None or self.department in (None, department))
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person or the system itself, with the grants read when the request began."""

    person_id: str
    name: str
    grants: tuple[Grant, ...] = field(default=())
    language: str = "zh_Hans"
    administrator: bool = False
    system: bool = False

    @property
    def calls_system(self) -> str:
        """What the system is called where this person reads who did something."""
        return _SYSTEM.in_language(self.language)

    @property
    def roles(self) -> frozenset[str]:
        """Every role held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def principals(self) -> frozenset[str]:
        """The people for whom the person stands in."""
        return frozenset(grant.deputising_for for grant in self.grants if grant.deputising_for)

    def holds(self, role: str | None, estate_id: str, department: str | None = None) -> bool:
        """Whether any grant covers the role within the estate and department; the system always may."""
        return self.system or any(grant.covers(role, estate_id, department) for grant in self.grants)

    def deputising(self, role: str | None, estate_id: str, department: str | None = None) -> str | None:
        """The person on whose behalf the role is held here, or None when it is held in one's own right."""
        covering = [grant for grant in self.grants if grant.covers(role, estate_id, department)]
        own = any(grant.deputising_for is None for grant in covering)
        return None if own or not covering else covering[0].deputising_for


SYSTEM = Actor(person_id="system", name=_SYSTEM.zh, system=True)
