"""The channels that an installation has, from its settings; secrets stay here and are shown to nobody."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from engine.domain.messages import Address, Channel, Level, Parcel
from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.outbound.messages import mail, wecom
from engine.outbound.messages.refusals import misconfigured
from engine.outbound.messages.relay import PLACE, Relay
from engine.settings import Settings

MAIL, WECOM = "mail", "wecom"
#: What a channel of these names is called; any other is called as the operator has named it.
_LABELS = {
    "dingtalk": Text("钉钉", "DingTalk"),
    "feishu": Text("飞书", "Feishu"),
    "lark": Text("飞书", "Lark"),
    "sms": Text("短信", "SMS"),
}
_LONGEST_NAME = 40


class Sends(Protocol):
    """A way out."""

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Hand it over; an EngineError, best a Refused, says why not."""
        ...


@dataclass(frozen=True, slots=True)
class Outlets:
    """All channels with what sends by them."""

    channels: tuple[Channel, ...] = ()
    senders: Mapping[str, Sends] = field(default_factory=dict, repr=False)

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Send by the parcel's channel; Refused for good when this installation has it no more."""
        sender = self.senders.get(parcel.channel)
        if sender is None:
            raise misconfigured(Text(f"“{parcel.channel}”", f"“{parcel.channel}”"), "没有这个通道", "there is no such channel")
        sender.send(parcel, now)


def outlets(settings: Settings) -> Outlets:
    """What the settings name; Misconfigured, without any secret in it, where they cannot be understood."""
    found = [*_mail(settings), *_wecom(settings), *_relays(settings)]
    return Outlets(tuple(channel for channel, _ in found), {channel.name: sender for channel, sender in found})


def _mail(settings: Settings) -> Iterator[tuple[Channel, Sends]]:
    url = settings.mail_url.get_secret_value()
    if url:
        channel = Channel(MAIL, mail.LABEL, Address.MAIL, Level.ALL)
        yield channel, mail.Mail(mail.mail_server(url), settings.public_url, ZoneInfo(settings.zone))


def _wecom(settings: Settings) -> Iterator[tuple[Channel, Sends]]:
    robot, secret = settings.wecom_url.get_secret_value(), settings.wecom_secret.get_secret_value()
    if secret:
        if not (settings.wecom_corp and settings.wecom_agent):
            raise Misconfigured(
                Text(
                    "有了 REDRESS_WECOM_SECRET，还要有 REDRESS_WECOM_CORP 和 REDRESS_WECOM_AGENT。",
                    "REDRESS_WECOM_SECRET needs REDRESS_WECOM_CORP and REDRESS_WECOM_AGENT beside it.",
                )
            )
        api = settings.wecom_api or wecom.API
        application = wecom.Application(settings.wecom_corp, settings.wecom_agent, secret, settings.public_url, api)
        yield Channel(WECOM, wecom.LABEL, Address.ACCOUNT), application
    elif robot:
        if not robot.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise Misconfigured(Text("REDRESS_WECOM_URL 应以 https:// 开头。", "REDRESS_WECOM_URL should begin with https://."))
        yield Channel(WECOM, wecom.LABEL, Address.MOBILE, shared=True), wecom.Robot(robot, settings.public_url)


def _relays(settings: Settings) -> Iterator[tuple[Channel, Sends]]:
    given = settings.channels.get_secret_value().split() or _lines_of(settings.var_dir / "channels")
    for entry in given:
        name, equals, url = entry.partition("=")
        if not (equals and url and name.isidentifier() and len(name) <= _LONGEST_NAME) or name in (MAIL, WECOM):
            raise Misconfigured(
                Text(
                    "REDRESS_CHANNELS 看不懂，应如 dingtalk=dingtalk://…，各项用空格分开。",
                    "REDRESS_CHANNELS is not understood; expected e.g. dingtalk=dingtalk://…, entries parted by spaces.",
                )
            )
        shared = PLACE not in url
        label = _LABELS.get(name, Text(name, name))
        needs = Address.NONE if shared else Address.ACCOUNT
        yield Channel(name, label, needs, shared=shared), Relay(label, url, settings.public_url)


def _lines_of(path: Path) -> list[str]:
    if not path.exists():
        return []
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Misconfigured(
            Text(
                "var 目录下的 channels 文件别人也能读，请执行 chmod 600 后再启动。",
                "The file channels in the var folder may be read by others: chmod 600 it, then start again.",
            )
        )
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line.replace(" ", "") for line in lines if line and not line.startswith("#")]
