"""Serving ends cleanly whatever the browsers still hold open."""

from __future__ import annotations

import gc
import socket
import threading
from urllib.parse import urlsplit

from bench.serving import served
from engine.bootstrap import Application


def test_the_server_ends_though_a_connection_is_held_open(application: Application) -> None:
    before = threading.active_count()
    for _ in range(10):
        with served(application) as address:
            where = urlsplit(address)
            held = socket.create_connection((where.hostname, where.port))
            held.sendall(b"GET /sign-in HTTP/1.1\r\nHost: here\r\n\r\n")
            assert held.recv(12).startswith(b"HTTP/1.1 200")
        held.close()
    assert threading.active_count() == before


def test_what_every_page_needs_is_read_before_and_left_out_of_the_collector_s_rounds(application: Application) -> None:
    try:
        with served(application, settled=True):
            assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
