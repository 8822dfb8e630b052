"""How the worker's own connections reach PostgreSQL: without a pool, and noticing when the other end has vanished."""

from __future__ import annotations

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

_KEEPALIVES = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "connect_timeout": 5}
_OPTIONS = "-c timezone=UTC -c idle_in_transaction_session_timeout=60s"


def conninfo(url: URL, name: str) -> str:
    """The connection string of the driver for the product's database URL, under a name that the server's list shows."""
    given = {"host": url.host, "port": url.port, "user": url.username, "password": url.password, "dbname": url.database}
    known = {key: str(value) for key, value in given.items() if value is not None}
    asked = {key: str(value) for key, value in url.query.items()}
    settings = {"application_name": name, "options": _OPTIONS, **_KEEPALIVES, **known, **asked}
    return make_conninfo("", **settings)
