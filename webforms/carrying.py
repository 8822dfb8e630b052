"""What a person has typed, carried over an interruption: an ended session, an old page, a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

_PREFIX, _PATH = "carried.", "carried_to"
_UNSEEN = frozenset({"csrf_token", "password"})
_OWN_SITES = (None, "same-origin", "none")


@dataclass(frozen=True, slots=True)
class Carried:
    """The address that a form was posted to, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The fields of the sign-in page that carry this along."""
        return ((_PATH, self.path), *((_PREFIX + name, value) for name, value in self.fields))

    @property
    def is_form(self) -> bool:
        """Whether the page it was posted to can show the form again as it was."""
        return any(name == "request_id" for name, _ in self.fields)

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """What a person would recognise as their own words."""
        return tuple((name, value) for name, value in self.fields if value.strip() and name[0] != "_" and name != "request_id")


def from_request() -> Carried | None:
    """What the present request has posted; None when it was not posted from a page of this server."""
    if not _from_own_page() or not request.form:
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in _UNSEEN)
    return Carried(request.path, fields)


def unpacked() -> Carried | None:
    """What the sign-in page has carried along."""
    path = request.form.get(_PATH, "")
    if not path.startswith("/") or path.startswith(("//", "/\\")) or not _from_own_page():
        return None
    fields = ((name.removeprefix(_PREFIX), value) for name, value in request.form.items(multi=True) if name.startswith(_PREFIX))
    return Carried(path, tuple((name, value) for name, value in fields if name and name not in _UNSEEN))


def _from_own_page() -> bool:
    # A strange site could otherwise have a person sign in and then send its own words in their name.
    origin = request.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        return False
    return request.headers.get("Sec-Fetch-Site") in _OWN_SITES
