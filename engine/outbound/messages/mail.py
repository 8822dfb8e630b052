"""Mail over SMTP: one recipient a mail, the parcel's id in its Message-ID."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

from engine.domain.messages import Parcel
from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.outbound.messages.refusals import Refused, misconfigured, no_such_address, unreachable
from engine.outbound.messages.wording import PRODUCT, Worded, worded
from engine.outbound.traditional import written

LABEL = Text("邮件", "Mail")
#: One wait on the server; a parcel is leased for longer than all waits of one mail are likely to take.
_SECONDS = 15.0
_SCHEMES = {"smtp": (25, "offered"), "mailto": (25, "offered"), "smtps": (465, "whole"), "mailtos": (587, "asked")}
_NO_SUCH_MAILBOX = {550, 551, 553}
_BAD_URL = Text(
    "REDRESS_MAIL_URL 看不懂，应如 smtp://用户:密码@主机:587?from=tousu@example.com。",
    "REDRESS_MAIL_URL is not understood; expected e.g. smtp://user:password@host:587?from=complaints@example.com.",
)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in; ``tls`` is whole (from the first byte), asked (or not at all), offered (if it can) or never."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    tls: str

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"


def mail_server(url: str) -> MailServer:
    """The server of a URL: ``smtp`` or ``smtps``, or ``mailto`` and ``mailtos`` as apprise writes them; Misconfigured else."""
    try:
        parts = urlsplit(url)
        return _server(parts, {name: found[-1] for name, found in parse_qs(parts.query).items()})
    except (ValueError, KeyError, HeaderParseError):
        # The words of the problem may hold the password.
        raise Misconfigured(_BAD_URL) from None


def _server(parts: SplitResult, asked: dict[str, str]) -> MailServer:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    host = asked.get("smtp") or parts.hostname or ""
    sender = asked.get("from") or (user if "@" in user else f"{user or 'redress'}@{parts.hostname}")
    port, tls = _SCHEMES[parts.scheme]
    Address(addr_spec=sender)
    if not host:
        raise ValueError("no host")
    return MailServer(host, parts.port or port, user, password, sender, asked.get("tls", tls))


class Mail:
    """Sends parcels as mails in the recipient's language."""

    def __init__(self, server: MailServer, public_url: str, zone: ZoneInfo) -> None:
        self._server = server
        self._public_url = public_url
        self._zone = zone

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Hand the mail to the server; Refused when it is not taken."""
        (recipient,) = parcel.recipients
        if not recipient.address:
            raise no_such_address(LABEL)
        said = worded(parcel, recipient.language, self._public_url, now)
        try:
            self._hand_in(_mail(said, recipient.address, parcel.id, self._server.sender, now.astimezone(self._zone)))
        except (HeaderParseError, ValueError):
            raise no_such_address(LABEL) from None
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _of_recipient(refusal) from None
        except smtplib.SMTPAuthenticationError:
            raise misconfigured(LABEL, "用户名或密码不对", "the user name or password is wrong") from None
        except smtplib.SMTPResponseException as refusal:
            raise _of_code(refusal.smtp_code) from None
        except (OSError, smtplib.SMTPException) as problem:
            raise unreachable(LABEL, type(problem).__name__) from None

    def _hand_in(self, mail: EmailMessage) -> None:
        with self._connected() as connection:
            if self._server.user:
                connection.login(self._server.user, self._server.password)
            connection.send_message(mail)
            # The server has it: a farewell that fails must not have it sent again.
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()

    def _connected(self) -> smtplib.SMTP:
        server, trusted = self._server, ssl.create_default_context()
        if server.tls == "whole":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=trusted)
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        connection.ehlo()
        if server.tls != "never" and connection.has_extn("starttls"):
            connection.starttls(context=trusted)
            connection.ehlo()
        elif server.tls == "asked" or (server.user and server.tls != "never"):
            connection.close()
            raise misconfigured(LABEL, "服务器不支持加密，密码不能明文发送", "the server offers no encryption for the password")
        return connection


def _mail(said: Worded, address: str, parcel_id: str, sender: str, now: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = said.subject
    mail["From"] = Address(written(PRODUCT, said.language), addr_spec=sender)
    mail["To"] = Address(addr_spec=address)
    mail["Date"] = format_datetime(now)
    # The same on every try: a mailbox that keeps one copy of a Message-ID shows one.
    mail["Message-ID"] = f"<{parcel_id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(said.text)
    mail.add_alternative(said.html, subtype="html")
    return mail


def _of_recipient(refusal: smtplib.SMTPRecipientsRefused) -> Refused:
    codes = {code for code, _ in refusal.recipients.values()}
    return no_such_address(LABEL) if codes <= _NO_SUCH_MAILBOX else _of_code(min(codes))


def _of_code(code: int) -> Refused:
    if code >= 500:
        return misconfigured(LABEL, f"邮件服务器拒收（{code}）", f"the mail server does not take it ({code})")
    return unreachable(LABEL, str(code))
