"""Which columns a sheet of households or of staff has, by their headings in Chinese or English."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.commands.session import sentences
from engine.domain.text import Text
from engine.errors import InvalidValues

HOUSEHOLDS, STAFF = "households", "staff"
FILE = "file"
#: What a heading may carry beside its word, and what must never be in such a file.
_MARKS = ("*", "(必填)", "(required)")
_SECRETS = frozenset({"密码", "口令", "password"})


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its field, what it is headed, other words for it, and what is to be known about it."""

    field: str
    heading: Text
    also: tuple[str, ...] = ()
    required: bool = False
    hint: Text | None = None

    @property
    def words(self) -> frozenset[str]:
        """Every heading that means this column."""
        return frozenset(plain(word) for word in (self.heading.zh, self.heading.en, *self.also))


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet with its columns in order."""

    key: str
    title: Text
    columns: tuple[SheetColumn, ...]

    def places(self, header: Sequence[str]) -> Mapping[str, int]:
        """Field to the place of its column; InvalidValues for a required one that is missing, one headed twice, or a password."""
        found: dict[str, int] = {}
        for place, heading in enumerate(map(plain, header)):
            if heading in _SECRETS:
                raise refused(NO_PASSWORDS)
            field = next((column.field for column in self.columns if heading in column.words), None)
            if field in found:
                raise refused(
                    Text(f"有两列都叫“{header[place].strip()}”。", f"Two columns are headed “{header[place].strip()}”.")
                )
            if field is not None:
                found[field] = place
        missing = [column.heading for column in self.columns if column.required and column.field not in found]
        if missing:
            zh, en = "、".join(text.zh for text in missing), ", ".join(text.en for text in missing)
            raise refused(
                Text(f"第一行缺少这些列：{zh}。请下载模板对照。", f"The first row lacks: {en}. Compare it with the template.")
            )
        return found


def plain(heading: str) -> str:
    """A heading without what does not matter."""
    text = "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text


def refused(text: Text) -> InvalidValues:
    """The whole file cannot be taken."""
    return InvalidValues(sentences.FORM_REFUSED, {FILE: text})


NO_PASSWORDS = Text(
    "文件里不要放密码。请删去这一列；人员导入后再逐个设置密码。",
    "A file must not hold passwords. Take the column out; passwords are set person by person afterwards.",
)
_ESTATE = Text("小区", "Estate")
KINDS: Mapping[str, SheetKind] = {
    HOUSEHOLDS: SheetKind(
        HOUSEHOLDS,
        Text("住户", "Households"),
        (
            SheetColumn("estate", _ESTATE, ("小区代码", "estatecode"), True, Text("代码或名称", "Code or name")),
            SheetColumn("building", Text("楼栋", "Building"), ("楼号", "栋"), True, Text("如 3 号楼", "Such as Building 3")),
            SheetColumn("room", Text("房号", "Room"), ("房间", "房间号"), True, Text("完整房号，如 3-1-502", "Such as 3-1-502")),
            SheetColumn("name", Text("称呼", "Name"), ("姓名", "住户", "业主", "household"), True),
            SheetColumn("phone", Text("电话", "Telephone"), ("手机", "手机号", "联系电话", "phone", "mobile")),
        ),
    ),
    STAFF: SheetKind(
        STAFF,
        Text("人员", "People"),
        (
            SheetColumn("login", Text("用户名", "User name"), ("登录名", "login"), True, Text("登录时输入", "Typed to sign in")),
            SheetColumn("name", Text("姓名", "Name"), (), True),
            SheetColumn("phone", Text("电话", "Telephone"), ("手机", "手机号", "联系电话", "phone", "mobile")),
            SheetColumn("email", Text("邮箱", "E-mail"), ("电子邮箱", "邮件", "mail", "email")),
            SheetColumn(
                "role",
                Text("岗位", "Role"),
                ("职务",),
                False,
                Text("一行一个，多个岗位写多行", "One a row; further roles in further rows"),
            ),
            SheetColumn("estate", _ESTATE, ("小区代码", "estatecode"), False, Text("空着表示全公司", "Empty: all estates")),
            SheetColumn(
                "department", Text("部门", "Department"), ("部门代码",), False, Text("空着表示所有部门", "Empty: all departments")
            ),
        ),
    ),
}
