"""Whether what was typed can be an address or a time of the day, and the sentence that says the way out."""

from __future__ import annotations

import re
from datetime import time

import phonenumbers

from engine.domain.messages import Address
from engine.domain.text import Text

#: What SMTP allows a whole address to be.
_LONGEST_MAIL = 254
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_ACCOUNT = re.compile(r"[A-Za-z0-9][\w.@+-]{0,63}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
WRONG = {
    Address.MAIL: Text("这不是邮箱地址，应如 zhang@example.com。", "This is no mail address such as zhang@example.com."),
    Address.MOBILE: Text("这不是手机号，应如 13800001111。", "This is no mobile number; it should look like 13800001111."),
    Address.ACCOUNT: Text(
        "账号只能有字母、数字和 . _ - @，最多 64 个字符。", "An account has letters, digits and . _ - @ only, 64 signs at most."
    ),
}
NO_TIME = Text("请填几点几分，如 22:00。", "Enter a time of the day such as 22:00.")


def checked_address(kind: Address, typed: str) -> str | None:
    """The address as it is kept, empty for none; None when it cannot be one."""
    text = typed.strip()
    if not text or kind == Address.NONE:
        return ""
    if kind == Address.MAIL:
        return text if len(text) <= _LONGEST_MAIL and _MAIL.fullmatch(text) else None
    if kind == Address.ACCOUNT:
        return text if _ACCOUNT.fullmatch(text) else None
    return _mobile(text)


def checked_time(typed: str) -> time | None:
    """A time of the day as hours and minutes; None when it is none."""
    text = typed.strip()
    return time.fromisoformat(text) if _TIME.fullmatch(text) else None


def _mobile(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    return str(number.national_number) if phonenumbers.is_valid_number(number) else None
