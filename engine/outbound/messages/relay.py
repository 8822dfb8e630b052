"""Any other service, by apprise and the address that the operator has set."""

from __future__ import annotations

import logging
from datetime import datetime
from urllib.parse import quote

from engine.domain.messages import Parcel
from engine.domain.text import Text
from engine.outbound.messages.refusals import misconfigured, no_such_address, unreachable
from engine.outbound.messages.wording import worded

#: Stands in an address of apprise for the person's own; without it the address is a group's.
PLACE = "{address}"
_SECONDS = 30


class Relay:
    """Gives parcels to apprise and believes nothing but its status."""

    def __init__(self, label: Text, url: str, public_url: str) -> None:
        self._label = label
        self._url = url
        self._public_url = public_url

    def send(self, parcel: Parcel, now: datetime) -> None:
        """Refused unless every service of the address has taken it."""
        # Slow to import, and only the delivery job needs it; what it logs may hold the address.
        import apprise

        logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
        shared = PLACE not in self._url
        recipient = parcel.recipients[0]
        if not shared and not recipient.address:
            raise no_such_address(self._label)
        said = worded(parcel, recipient.language, self._public_url, now, shared=shared)
        service = apprise.Apprise()
        if not service.add(self._url.replace(PLACE, quote(recipient.address, safe=""))):
            raise misconfigured(self._label, "地址看不懂", "its address is not understood")
        result = service.notify(title=said.subject, body=self._body(parcel, said.text, shared), timeout=_SECONDS)
        if result.status == apprise.AppriseResultStatus.NOMATCH:
            raise misconfigured(self._label, "没有可用的服务", "no service takes it")
        if result.status != apprise.AppriseResultStatus.SUCCESS:
            raise unreachable(self._label, result.status.name)

    @staticmethod
    def _body(parcel: Parcel, text: str, shared: bool) -> str:
        names = " ".join(f"@{recipient.name}" for recipient in parcel.recipients) if shared else ""
        return "\n".join(part for part in (text.strip(), names, f"#{parcel.id[-8:]}") if part)
