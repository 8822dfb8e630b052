"""WeCom (企业微信): a group's robot that mentions people, or an application that writes to each."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.domain.messages import Parcel
from engine.domain.text import Text
from engine.outbound.messages.refusals import Refused, misconfigured, no_such_address, unreachable
from engine.outbound.messages.wording import URGENT, Worded, worded
from engine.outbound.traditional import written

LABEL = Text("企业微信", "WeCom")
API = "https://qyapi.weixin.qq.com"
#: Bytes of a text message, in UTF-8.
_LONGEST = 2048
_SECONDS = 15.0
_BUSY, _TOO_OFTEN, _TOO_OFTEN_TODAY = -1, 45009, 45011
_TOKEN_IS_OLD = {40014, 42001}
_NOBODY = {40003, 40031, 60111, 81013}
#: What the operators have to mend, in words.
_WRONG = {
    93000: Text("机器人地址里的 key 无效", "the key in the robot's address is not valid"),
    40001: Text("应用的 secret 无效", "the application's secret is not valid"),
    40013: Text("企业 ID 无效", "the corporation's id is not valid"),
    40056: Text("应用的 agentid 无效", "the application's agentid is not valid"),
    301002: Text("secret 和 agentid 不是同一个应用的", "secret and agentid belong to different applications"),
    60011: Text("应用没有向这些人发消息的权限", "the application may not write to these people"),
    60020: Text("服务器的 IP 不在应用的可信 IP 里", "this server's address is not among those the application trusts"),
}


class Robot:
    """A robot of one group: everybody in the group reads it, those whom it concerns are mentioned by their mobile number."""

    def __init__(self, url: str, public_url: str) -> None:
        self._url = url
        self._public_url = public_url

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Post one text message; Refused when WeCom does not take it."""
        said = worded(parcel, _language(parcel), self._public_url, now, shared=True)
        mobiles = [recipient.address for recipient in parcel.recipients if recipient.address]
        names = [recipient.name for recipient in parcel.recipients if not recipient.address]
        content = _content(said, parcel, names)
        posted = {"msgtype": "text", "text": {"content": content, "mentioned_mobile_list": mobiles}}
        _require_taken(_post(self._url, posted))


@dataclass(slots=True)
class Application:
    """An application of the corporation: each person gets the message for themselves; WeCom drops one that it has just shown."""

    corporation: str
    agent: int
    secret: str = field(repr=False)
    public_url: str
    api: str = API
    _token: str = field(default="", repr=False)
    _token_until: datetime | None = None
    _asking: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Write to the person; Refused when WeCom does not take it."""
        (recipient,) = parcel.recipients
        if not recipient.address:
            raise no_such_address(LABEL)
        said = worded(parcel, recipient.language, self.public_url, now)
        posted = {
            "touser": recipient.address,
            "msgtype": "text",
            "agentid": self.agent,
            "text": {"content": _content(said, parcel, [])},
            # WeCom's own way to tell a repetition: the same words to the same person within four hours are shown once.
            "enable_duplicate_check": 1,
            "duplicate_check_interval": 4 * 3600,
        }
        answer = self._posted(posted, now)
        if answer["errcode"] in _TOKEN_IS_OLD:
            self._token = ""
            answer = self._posted(posted, now)
        _require_taken(answer)
        if answer.get("invaliduser"):
            raise no_such_address(LABEL)

    def _posted(self, posted: dict[str, Any], now: datetime) -> dict[str, Any]:
        return _post(f"{self.api}/cgi-bin/message/send", posted, {"access_token": self._access(now)})

    def _access(self, now: datetime) -> str:
        with self._asking:
            if not self._token or self._token_until is None or self._token_until <= now:
                answer = _ask(f"{self.api}/cgi-bin/gettoken", {"corpid": self.corporation, "corpsecret": self.secret})
                _require_taken(answer)
                self._token = str(answer["access_token"])
                self._token_until = now + timedelta(seconds=int(answer.get("expires_in", 7200)) - 60)
            return self._token


def _language(parcel: Parcel) -> str:
    languages = {recipient.language for recipient in parcel.recipients}
    return "en" if languages == {"en"} else "zh_Hans"


def _content(said: Worded, parcel: Parcel, names: list[str]) -> str:
    """The words, cut at a whole sign where they are too long; the parcel's id at the end tells a repetition."""
    mark = [f"【{written(URGENT, said.language)}】"] if parcel.urgent else []
    lines = [line for entry in said.entries for line in (entry.words, entry.link) if line]
    end = "\n".join([*(["@" + " @".join(names)] if names else []), f"#{parcel.id[-8:]}"])
    room = _LONGEST - len(end.encode()) - 1
    body = "\n".join(["".join([*mark, lines[0]]), *lines[1:]]).encode()
    kept = body if len(body) <= room else body[: room - len("…".encode())] + "…".encode()
    return f"{kept.decode('utf-8', 'ignore')}\n{end}"


def _require_taken(answer: dict[str, Any]) -> None:
    code = answer["errcode"]
    if code == 0:
        return
    if code in (_BUSY, _TOO_OFTEN, _TOO_OFTEN_TODAY):
        raise _not_now(code)
    if code in _NOBODY:
        raise no_such_address(LABEL)
    known = _WRONG.get(code, Text("企业微信不接受这条消息", "WeCom does not take this message"))
    raise misconfigured(LABEL, f"{known.zh}（{code}）", f"{known.en} ({code})")


def _not_now(code: int) -> Refused:
    text = Text(f"企业微信暂时不接受消息（{code}），稍后再试。", f"WeCom takes no messages now ({code}); it is tried again.")
    waits = {_TOO_OFTEN: timedelta(minutes=1), _TOO_OFTEN_TODAY: timedelta(hours=1)}
    return Refused(text, wait=waits.get(code))


def _post(url: str, posted: dict[str, Any], asked: dict[str, str] | None = None) -> dict[str, Any]:
    return _answer("POST", url, asked, posted)


def _ask(url: str, asked: dict[str, str]) -> dict[str, Any]:
    return _answer("GET", url, asked, None)


def _answer(method: str, url: str, asked: dict[str, str] | None, posted: dict[str, Any] | None) -> dict[str, Any]:
    # Only the delivery job sends: pages start without the HTTP client.
    import requests

    # Its connections log the addresses that they ask, the key included.
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    try:
        response = requests.request(method, url, params=asked, json=posted, timeout=_SECONDS, allow_redirects=False)
    except requests.RequestException as problem:
        # Its words repeat the address with the key.
        raise unreachable(LABEL, type(problem).__name__) from None
    if response.status_code >= 400:
        raise unreachable(LABEL, f"HTTP {response.status_code}")
    try:
        answer = response.json()
    except requests.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("errcode"), int):
        raise unreachable(LABEL, "no answer of WeCom")
    return answer
