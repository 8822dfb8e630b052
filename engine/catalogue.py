"""The published versions of the procedures, opened once per process and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Misconfigured
from engine.procedure import Bundle, Procedure, open_procedure
from engine.storage.aliases import Aliases
from engine.storage.tables import procedure_version
from engine.workflow import Model, build_model, read_values

_version = procedure_version.c
#: When a version comes into force: as it says, but never before its last signature; null for a proposal.
holds_from = sa.case((_version.effective_at > _version.published_at, _version.effective_at), else_=_version.published_at)


@dataclass(frozen=True, slots=True)
class Published:
    """One version: what was published, when it holds, and the procedure ready to run."""

    version_id: str
    procedure_key: str
    number: int
    provenance: str
    effective_at: datetime
    procedure: Procedure
    model: Model


class Catalogue:
    """Versions by id and by the moment at which they hold; a version never changes, so it is read once."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._versions: dict[str, Published] = {}
        self._lock = threading.Lock()

    @property
    def plain(self) -> Catalogue:
        """The versions with the names that their own files give."""
        return self

    def named(self, aliases: Callable[[], Aliases]) -> Catalogue:
        """The versions with the company's names of roles and forms; ``aliases`` is asked at the first version, then no more."""
        return _Named(self, self._connect, aliases)

    def get(self, version_id: str) -> Published:
        """The version of that id; Misconfigured when the installation has none such."""
        found = self._versions.get(version_id)
        return found or self._read(version_id)

    def in_force(self, procedure_key: str, now: datetime) -> Published:
        """The version that a case registered now takes: of those published, the latest that is effective."""
        query = sa.select(_version.id).where(_version.procedure_key == procedure_key, holds_from <= now)
        with self._connect() as connection:
            version_id = connection.execute(query.order_by(holds_from.desc(), _version.number.desc()).limit(1)).scalar()
        if version_id is None:
            raise Misconfigured(Text("还没有生效的规程版本。", "No version of the procedure is in force yet."))
        return self.get(str(version_id))

    def intake(self, now: datetime) -> Published:
        """The procedure that complaints start with: the one that says how a case comes in."""
        for key in self.keys_in_force(now):
            published = self.in_force(key, now)
            if published.procedure.intake.task:
                return published
        raise Misconfigured(Text("没有可登记投诉的规程。", "No procedure takes complaints yet."))

    def procedure_keys(self) -> tuple[str, ...]:
        """The keys of all procedures published here."""
        with self._connect() as connection:
            query = sa.select(_version.procedure_key).where(_version.published_at.is_not(None)).distinct()
            return tuple(sorted(connection.execute(query).scalars()))

    def keys_in_force(self, now: datetime) -> tuple[str, ...]:
        """The keys of the procedures of which a version is in force."""
        with self._connect() as connection:
            query = sa.select(_version.procedure_key).where(holds_from <= now).distinct()
            return tuple(sorted(connection.execute(query).scalars()))

    def latest(self, procedure_key: str) -> Published | None:
        """The version published last, in force or to be; None before the first."""
        query = sa.select(_version.id).where(_version.procedure_key == procedure_key, _version.published_at.is_not(None))
        with self._connect() as connection:
            version_id = connection.execute(query.order_by(_version.number.desc()).limit(1)).scalar()
        return None if version_id is None else self.get(str(version_id))

    def values_in(self, state: bytes) -> dict[str, Value]:
        """The current values that a case's stored state holds, without running anything."""
        return read_values(state)

    def _read(self, version_id: str) -> Published:
        with self._lock:
            if version_id not in self._versions:
                self._versions[version_id] = self._load(version_id)
            return self._versions[version_id]

    def _load(self, version_id: str) -> Published:
        with self._connect() as connection:
            row = connection.execute(sa.select(procedure_version).where(procedure_version.c.id == version_id)).first()
        if row is None:
            raise Misconfigured(Text(f"找不到规程版本 {version_id}。", f"There is no procedure version {version_id}."))
        procedure, model = _opened(row.bundle, row.model)
        return Published(row.id, row.procedure_key, row.number, row.provenance, row.effective_at, procedure, model)


class _Named(Catalogue):
    """A view for one reader; a version is dressed once."""

    def __init__(self, plain: Catalogue, connect: Callable[[], Connection], aliases: Callable[[], Aliases]) -> None:
        super().__init__(connect)
        self._plain = plain
        self._ask = aliases
        self._aliases: Aliases | None = None

    @property
    def plain(self) -> Catalogue:
        """The versions with the names that their own files give."""
        return self._plain

    def _read(self, version_id: str) -> Published:
        if self._aliases is None:
            self._aliases = self._ask()
        found = self._plain.get(version_id)
        if self._aliases.rows:
            found = replace(found, procedure=_named(found.procedure, self._aliases))
        self._versions[version_id] = found
        return found


@lru_cache(maxsize=64)
def _named(procedure: Procedure, aliases: Aliases) -> Procedure:
    # The same names make the same object: what others keep by procedure is found again by the next reader.
    return procedure.named(aliases.roles, aliases.forms)


@lru_cache(maxsize=64)
def _opened(bundle: bytes, model: str) -> tuple[Procedure, Model]:
    # Opening takes a second and the result never changes: several applications of one process share it.
    procedure = open_procedure(Bundle.from_bytes(bundle))
    return procedure, Model.from_json(procedure, model)


def describe(bundle: Bundle) -> tuple[Procedure, str]:
    """The opened procedure and the text of its built model, as a version row keeps them."""
    procedure = open_procedure(bundle)
    return procedure, build_model(procedure).to_json()
