"""The other ends of messages, on this machine: a mail server, and a WeCom that speaks its documented answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller

from tests.postgres import free_port


class Mailbox:
    """Takes mail, or answers as it is told to; ``on_mail`` is called when a mail is in and not yet acknowledged."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"
        self.recipient_answer = "250 OK"
        self.on_mail: Callable[[], None] = lambda: None

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        """One recipient."""
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """One mail."""
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.on_mail()
        return self.answer

    def shown(self) -> list[EmailMessage]:
        """What a mailbox shows that keeps one copy of a Message-ID."""
        return list({mail["Message-ID"]: mail for mail in self.mails}.values())


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, str]]:
    """A mailbox and the URL that ``REDRESS_MAIL_URL`` is set to."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, f"smtp://127.0.0.1:{port}?from=tousu@example.com"
    finally:
        controller.stop()


class WeCom:
    """Groups and members of one corporation; ``answers`` are given first, before what is asked is looked at."""

    KEY, CORPORATION, SECRET, AGENT = "robot-key-693a91f6", "ww-corporation", "application-secret", 1000002

    def __init__(self) -> None:
        self.answers: list[dict[str, Any]] = []
        self.posted: list[dict[str, Any]] = []
        self.repeated: list[dict[str, Any]] = []
        self.tokens = 0
        self.members = {"zhangqian"}

    def ask(self, path: str, asked: dict[str, str], body: dict[str, Any] | None) -> dict[str, Any]:
        """What WeCom answers."""
        if path == "/cgi-bin/gettoken":
            return self._token(asked)
        if self.answers:
            return self.answers.pop(0)
        if body is None:
            return {"errcode": 43002, "errmsg": "require POST method"}
        fault = self._fault(path, asked, body)
        if fault:
            return fault
        self._show(body)
        return {"errcode": 0, "errmsg": "ok"}

    def _token(self, asked: dict[str, str]) -> dict[str, Any]:
        if asked != {"corpid": self.CORPORATION, "corpsecret": self.SECRET}:
            return {"errcode": 40001, "errmsg": "invalid credential"}
        self.tokens += 1
        return {"errcode": 0, "errmsg": "ok", "access_token": f"token-{self.tokens}", "expires_in": 7200}

    def _fault(self, path: str, asked: dict[str, str], body: dict[str, Any]) -> dict[str, Any] | None:
        if path == "/cgi-bin/webhook/send" and asked.get("key") != self.KEY:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if path == "/cgi-bin/message/send" and asked.get("access_token") != f"token-{self.tokens}":
            return {"errcode": 42001, "errmsg": "access_token expired"}
        if body.get("msgtype") != "text" or not body["text"].get("content"):
            return {"errcode": 40008, "errmsg": "invalid message type"}
        if len(body["text"]["content"].encode()) > 2048:
            return {"errcode": 45002, "errmsg": "content size out of limit"}
        if path == "/cgi-bin/message/send" and (body.get("agentid") != self.AGENT or body.get("touser") not in self.members):
            return {"errcode": 81013, "errmsg": "user & party & tag all invalid"}
        return None

    def _show(self, body: dict[str, Any]) -> None:
        same = [seen for seen in self.posted if (seen.get("touser"), seen["text"]) == (body.get("touser"), body["text"])]
        (self.repeated if body.get("enable_duplicate_check") and same else self.posted).append(body)


@contextmanager
def wecom_server() -> Iterator[tuple[WeCom, str]]:
    """A WeCom and the address that takes the place of its own."""
    service = WeCom()

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body: dict[str, Any] | None) -> None:
            parts = urlsplit(self.path)
            answer = service.ask(parts.path, {name: found[0] for name, found in parse_qs(parts.query).items()}, body)
            status, said = answer.pop("status", 200), json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
