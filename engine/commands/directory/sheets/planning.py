"""What each row of a sheet would do to the directory as it stands: add, change, nothing, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from engine.commands.directory.sheets.columns import HOUSEHOLDS
from engine.commands.directory.sheets.directory import Directory
from engine.commands.directory.sheets.rows import RefusedRow, SheetRow
from engine.domain.text import Text

ADDED, CHANGED, SAME, REFUSED = "added", "changed", "same", "refused"
SEVERAL_LIVE_HERE = (
    "这个房间有几户，称呼都对不上。请在住户页面上修改",
    "several households live in this room and none has this name: change it on their pages",
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with its outcome, what is to be said of it, and the rows of the directory that it would add or change.

    ``puts`` are (table, id of the row to change or None, columns).
    """

    line: int
    outcome: str
    label: str
    said: Text
    puts: tuple[tuple[str, str | None, dict[str, Any]], ...] = attribute(default=())


def planned(kind: str, rows: Iterable[SheetRow], directory: Directory) -> Iterator[Planned]:
    """The plan of every row in order; each sees what the rows before it would have done."""
    plan = _Households(directory) if kind == HOUSEHOLDS else _Staff(directory)
    for row in rows:
        label = plan.label(row.fields)
        if row.fault is not None:
            yield Planned(row.line, REFUSED, label, row.fault)
            continue
        try:
            yield plan.of(row, label)
        except RefusedRow as refusal:
            yield Planned(row.line, REFUSED, label, refusal.text)


class _Households:
    """Rooms are known by estate and number; a household by its room, and by its name where several live there."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._seen: dict[tuple[str, str, str], int] = {}

    def label(self, fields: Any) -> str:
        return " ".join(filter(None, (fields["room"], fields["name"])))

    def of(self, row: SheetRow, label: str) -> Planned:
        """Adds what is missing of building, room and household; changes name or telephone of the one who lives there."""
        directory, fields = self._directory, row.fields
        estate_id = directory.estate(fields["estate"])
        self._once(row, estate_id)
        puts: list[tuple[str, str | None, dict[str, Any]]] = []
        unit_id = self._room(estate_id, fields, puts)
        wanted = {"name": fields["name"], "phone": fields["phone"]}
        present = self._lives_here(unit_id, fields["name"])
        if present is None:
            directory.move_in(unit_id, wanted)
            puts.append(("household", None, {**wanted, "estate_id": estate_id, "unit_id": unit_id}))
            return Planned(row.line, ADDED, label, _added(puts), tuple(puts))
        changed = {name: value for name, value in wanted.items() if value and value != (present[name] or "")}
        if not changed:
            return Planned(row.line, SAME, label, Text("没有变化", "nothing changes"))
        puts.append(("household", present["id"], {**{name: present[name] for name in wanted}, **changed}))
        return Planned(row.line, CHANGED, label, _changed(present, changed), tuple(puts))

    def _once(self, row: SheetRow, estate_id: str) -> None:
        key = (estate_id, row.fields["room"], row.fields["name"])
        first = self._seen.setdefault(key, row.line)
        if first != row.line:
            raise RefusedRow(f"和第 {first} 行是同一户", f"this is the household of row {first}")

    def _room(self, estate_id: str, fields: Any, puts: list[Any]) -> str:
        directory = self._directory
        building_id = directory.building(estate_id, fields["building"])
        room = directory.room(estate_id, fields["room"])
        if room is not None and room.building_id != building_id:
            name = directory.building_name(room.building_id)
            raise RefusedRow(f"房号 {fields['room']} 已在“{name}”", f"the room {fields['room']} is in “{name}” already")
        if building_id is None:
            building_id = directory.build(estate_id, fields["building"])
            puts.append(("building", None, {"id": building_id, "estate_id": estate_id, "name": fields["building"]}))
        if room is None:
            room = directory.furnish(estate_id, building_id, fields["room"])
            puts.append(
                ("unit", None, {"id": room.id, "estate_id": estate_id, "building_id": building_id, "room": fields["room"]})
            )
        return room.id

    def _lives_here(self, unit_id: str, name: str) -> Any:
        homes = self._directory.households(unit_id)
        named = [home for home in homes if home["name"] == name]
        if named or not homes:
            return named[0] if named else None
        if any(home.get("id") is None for home in homes):
            # The row before brought the room its first household; this is the second.
            return None
        if len(homes) > 1:
            raise RefusedRow(*SEVERAL_LIVE_HERE)
        return homes[0]


class _Staff:
    """A person is known by the user name; further rows of one person give further roles."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._named: dict[str, tuple[str, int]] = {}

    def label(self, fields: Any) -> str:
        return " ".join(filter(None, (fields["login"], fields["name"])))

    def of(self, row: SheetRow, label: str) -> Planned:
        """Adds the person or changes name, telephone and mail; adds the role if it is not held. Nothing is taken away."""
        directory, fields = self._directory, row.fields
        self._agree(row)
        grant = directory.grant(fields["role"], fields["estate"], fields["department"])
        puts: list[tuple[str, str | None, dict[str, Any]]] = []
        present = directory.person(fields["login"])
        wanted = {name: fields[name] for name in ("name", "phone", "email")}
        person_id = str(present["id"]) if present else directory.hire(fields["login"], wanted)
        changed: dict[str, str] = {}
        if present is None:
            puts.append(("person", None, {"id": person_id, "login": fields["login"], **wanted}))
        else:
            changed = {name: value for name, value in wanted.items() if value and value != (present[name] or "")}
            if changed:
                puts.append(("person", person_id, changed))
                directory.rename(fields["login"], changed)
        if grant and not directory.holds(person_id, grant):
            puts.append(("role_grant", None, {"person_id": person_id, **grant}))
        if not puts:
            return Planned(row.line, SAME, label, Text("没有变化", "nothing changes"))
        said = _added(puts) if present is None else _changed(present, changed, role=puts[-1][0] == "role_grant")
        return Planned(row.line, ADDED if present is None else CHANGED, label, said, tuple(puts))

    def _agree(self, row: SheetRow) -> None:
        login, name = row.fields["login"], row.fields["name"]
        before, line = self._named.setdefault(login, (name, row.line))
        if before != name:
            raise RefusedRow(f"用户名和第 {line} 行相同，姓名却不同", f"row {line} has this user name with another name")


_ADDS = {
    "building": Text("楼栋", "building"),
    "unit": Text("房间", "room"),
    "household": Text("住户", "household"),
    "person": Text("人员", "person"),
    "role_grant": Text("岗位", "role"),
}
_FIELDS = {"name": Text("称呼", "name"), "phone": Text("电话", "telephone"), "email": Text("邮箱", "e-mail")}


def _added(puts: list[tuple[str, str | None, dict[str, Any]]]) -> Text:
    things = [_ADDS[table] for table, _, _ in puts]
    return Text("新增" + "、".join(thing.zh for thing in things), "adds " + ", ".join(thing.en for thing in things))


def _changed(present: Any, changed: dict[str, str], role: bool = False) -> Text:
    zh = [f"{_FIELDS[name].zh} {present[name] or '空'} → {value}" for name, value in changed.items()]
    en = [f"{_FIELDS[name].en} {present[name] or 'empty'} → {value}" for name, value in changed.items()]
    if role:
        zh.append("新增岗位")
        en.append("adds a role")
    return Text("；".join(zh), "; ".join(en))
