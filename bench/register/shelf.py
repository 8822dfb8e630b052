"""A register of very many complaints, written straight into the tables that its pages read: made up, but no two alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from engine.bootstrap import Application
from engine.domain.codec import dumps
from engine.storage import blind
from engine.storage import tables as t

#: Each value with its share in a hundred, as a company's years look: most is slight, closed, and the engineers'.
SEVERITIES = {"minor": 70, "important": 25, "major": 5}
VALIDITIES = {"valid": 60, "to_improve": 25, "invalid": 15}
CATEGORIES = {"facility": 52, "service": 30, "charge": 10, "sudden_event": 5, "other_matter": 3}
CHANNELS = {"by_telephone": 60, "visit": 25, "portal": 10, "by_email": 4, "letter": 1}
DEPARTMENTS = {"engineering": 45, "security": 20, "cleaning": 15, "customer_service": 15, "finance": 4, "developer": 1}
HANDLERS = {"engineering": "engineer", "security": "guard", "cleaning": "cleaner", "finance": "accountant"}
#: What is complained of: the first stands in a fifth of all, the next two never together, the last in one of 50,000.
COMMON, APART, RARE = "电梯", ("电梯", "停水"), "鼠患"
SUBJECTS = (
    "电梯又停了", "楼道灯不亮", "门禁刷不开", "小区停水半天", "车位被占用",
    "外墙渗漏严重", "广场噪音扰民", "垃圾清运不及时", "物业费算错了", "绿化无人修剪",
)  # fmt: skip
PLACES = ("3号楼大堂", "5栋2单元", "地下车库", "东门岗亭", "儿童乐园", "配电房旁")
_EVERY = timedelta(minutes=4)
_AT_ONCE = 20_000
_TABLES = (t.cases, t.register_entry, t.work_item, t.watcher, t.payload, t.blind_index, t.bigram)


@dataclass(frozen=True, slots=True)
class Ground:
    """Who and what the cases are made of."""

    version_id: str
    estates: tuple[tuple[str, str], ...]
    people: dict[str, str]
    newest: datetime
    secret: bytes


def fill(application: Application, rows: int, newest: datetime) -> None:
    """So many complaints, one every four minutes back from ``newest``, with their tasks, words and search indexes."""
    ground = _ground(application, newest)
    indexes = [] if application.database.is_sqlite else [index for table in _TABLES for index in table.indexes]
    with application.database.write() as connection:
        for index in indexes:
            index.drop(connection)
    numbers = iter(range(rows))
    while some := list(islice(numbers, _AT_ONCE)):
        _write(application, [_case(ground, place) for place in some])
    with application.database.write() as connection:
        for index in indexes:
            index.create(connection)
    if not application.database.is_sqlite:
        # As the server does by itself after a while.
        with application.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))


def _ground(application: Application, newest: datetime) -> Ground:
    with application.database.read() as connection:
        estates = tuple((row.id, row.code) for row in connection.execute(sa.select(t.estate).order_by(t.estate.c.code.desc())))
        people = {row.login: row.id for row in connection.execute(sa.select(t.person))}
    version = application.catalogue.intake(newest)
    return Ground(str(version.version_id), estates, people, newest, application.settings.secret_key)


def _share(shares: dict[str, int], place: int, factor: int) -> str:
    """One of the values, each in its share, by a number that looks drawn but is the same every time."""
    drawn = place * factor % 9973 % 100
    for value, share in shares.items():
        drawn -= share
        if drawn < 0:
            return value
    return next(iter(shares))


def _case(ground: Ground, place: int) -> dict[sa.Table, list[dict[str, Any]]]:
    case_id = f"{place:032x}"
    at = ground.newest - _EVERY * place
    estate, code = ground.estates[place * 7919 % 9973 % 5 < 2]
    department = _share(DEPARTMENTS, place, 31)
    status = "historic" if place % 50 == 49 else "open" if place % 100 == 1 else "closed"
    subject = RARE if place % 50_000 == 25_000 else SUBJECTS[place * 13 % 9973 % 50 % 10]
    where, phone = PLACES[place % 6], f"139{place * 7 % 100_000_000:08d}"
    name = "赵钱孙李周吴郑王"[place % 8] + "伟芳娜敏静丽强磊"[place // 8 % 8] + "一二三四五六七八九十"[place % 10]
    entry = {
        "case_id": case_id,
        "estate_id": estate,
        "procedure_key": "complaint",
        "series": "historic" if status == "historic" else "current",
        "year": at.year,
        "serial": place + 1,
        "number": f"{code}-{at.year}-{place + 1:07d}",
        "status": status,
        "severity": None if status == "historic" else _share(SEVERITIES, place, 37),
        "validity": _share(VALIDITIES, place, 41),
        "category": _share(CATEGORIES, place, 43),
        "channel": _share(CHANNELS, place, 47),
        "department": department,
        "emergency": place % 97 == 0,
        "registered_at": at,
        "closed_at": None if status == "open" else at + timedelta(days=3),
        "round": 1,
        "contact_count": 0,
        "passing_on_count": place % 11 == 0,
        "breach_count": place % 17 == 0,
        "registered_by": ground.people["reception"],
    }
    return {
        t.cases: [
            {
                "id": case_id,
                "procedure_key": "complaint",
                "version_id": ground.version_id,
                "estate_id": estate,
                "rev": 9,
                "closed": status != "open",
                "journal_seq": 9,
                "journal_hash": "",
            }
        ],
        t.register_entry: [entry],
        t.work_item: [] if status == "historic" else list(_items(ground, entry)),
        t.watcher: [{"case_id": case_id, "person_id": ground.people["reception"], "estate_id": estate}],
        t.payload: list(_payload(case_id, {"subject": subject, "occurred_place": where, "complainant_name": name})),
        t.blind_index: [
            {"case_id": case_id, "kind": kind, "digest": blind.index(ground.secret, kind, text)}
            for kind, text in ((blind.PHONE, phone), (blind.PHONE_TAIL, phone), (blind.NAME, name))
        ],
        t.bigram: [{"gram": gram, "case_id": case_id} for gram in blind.kept_grams(subject)],
    }


def _items(ground: Ground, entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Three tasks: judged by the supervisor, done by the department and, of each eleventh case, by another one before."""
    passed = "security" if entry["passing_on_count"] else None
    for step, (role, department) in enumerate(
        (("supervisor", None), ("department", entry["department"]), ("department", passed))
    ):
        if step == 2 and department is None:
            continue
        doer = ground.people[HANDLERS.get(str(department), "service") if department else "supervisor"]
        if entry["estate_id"] != ground.estates[0][0]:
            doer = ground.people["bitong"]
        is_open = entry["status"] == "open" and step == 1
        yield {
            "id": f"{entry['case_id']}{step}",
            "case_id": entry["case_id"],
            "estate_id": entry["estate_id"],
            "element_id": "step",
            "name_zh": "办理",
            "name_en": "Handle",
            "role": role,
            "department": department,
            "holder_id": doer,
            "excluded": "",
            "round": 1,
            "status": "open" if is_open else "done",
            "opened_at": entry["registered_at"],
            "ended_at": None if is_open else entry["registered_at"] + timedelta(days=1),
            "ended_by": None if is_open else doer,
            "registered_at": entry["registered_at"],
            "emergency": False,
        }


def _payload(case_id: str, values: dict[str, str]) -> Iterator[dict[str, Any]]:
    for place, (field, value) in enumerate(values.items()):
        named = {"id": f"{case_id}{place}", "stream_kind": "case", "stream_id": case_id, "field": field}
        yield {**named, "value": dumps(value), "salt": b"0" * 16, "digest": ""}


def _write(application: Application, made: Sequence[dict[sa.Table, list[dict[str, Any]]]]) -> None:
    with application.database.write() as connection:
        for table in _TABLES:
            rows = [row for case in made for row in case[table]]
            if application.database.is_sqlite:
                connection.execute(sa.insert(table), rows)
            else:
                _copy(connection, table, rows)


def _copy(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows[:50] for name in row))
    kinds = {name: table.c[name].type for name in names}
    flags = [name for name, kind in kinds.items() if isinstance(kind, sa.Integer)]
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in names)
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([int(row[name]) if name in flags else row.get(name) for name in names])
