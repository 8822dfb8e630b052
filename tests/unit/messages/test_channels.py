"""What leaves by mail, WeCom and apprise, what each answers, and that no secret shows anywhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.domain.messages import Line, Parcel, Recipient
from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.outbound.messages import Outlets, Refused, outlets
from engine.outbound.messages.mail import mail_server as server_of
from engine.settings import Settings
from tests.receiving import Mailbox, WeCom, mail_server, wecom_server

NOW = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
LINE = Line(
    "m1", "warning", Text("YH-2026-00012：派单时限即将到期。", "YH-2026-00012: the limit for “Dispatch” is about to run out."),
    urgent=False, case_id="case-1", number="YH-2026-00012", task=Text("确定受理人", "Confirm the assignment"),
    due_at=NOW + timedelta(hours=1, minutes=40),
)  # fmt: skip
QIAN = Recipient("p1", "张倩", "zh_Hans", "qian@example.com")
LEE = Recipient("p2", "Lee", "en", "lee@example.com")


def parcel(*recipients: Recipient, channel: str = "mail", lines: tuple[Line, ...] = (LINE,)) -> Parcel:
    """A parcel on its first try."""
    return Parcel("01a202a4c3980000b6aaf373bf32c40b", channel, recipients, lines, 1)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, Outlets]]:
    """An open mail server, and what sends there."""
    with mail_server() as (box, url):
        yield box, outlets(Settings(mail_url=url, public_url="https://tousu.example.com/"))  # type: ignore[arg-type]


@pytest.fixture
def wecom() -> Iterator[tuple[WeCom, str]]:
    """A WeCom of this machine."""
    with wecom_server() as served:
        yield served


def robot(address: str, key: str = WeCom.KEY) -> Outlets:
    """What sends by a group's robot."""
    url = f"{address}/cgi-bin/webhook/send?key={key}"
    return outlets(Settings(wecom_url=url, public_url="https://tousu.example.com"))  # type: ignore[arg-type]


def application(address: str) -> Outlets:
    """What sends by an application."""
    given = {"wecom_corp": WeCom.CORPORATION, "wecom_agent": WeCom.AGENT, "wecom_secret": WeCom.SECRET, "wecom_api": address}
    return outlets(Settings(**given))


def test_a_mail_says_number_task_and_time_left_in_the_language_of_its_reader(mailbox: tuple[Mailbox, Outlets]) -> None:
    box, post = mailbox
    post.send(parcel(QIAN), NOW)
    post.send(parcel(LEE), NOW)
    post.send(parcel(Recipient("p4", "陳", "zh_Hant", "chen@example.com")), NOW)

    chinese, english, traditional = box.mails
    assert traditional["Subject"].startswith("[訴結] YH-2026-00012 · 確定")
    assert chinese["Subject"] == "[诉结] YH-2026-00012 · 确定受理人 · 还剩 1 小时 40 分钟"
    assert english["Subject"] == "[Redress] YH-2026-00012 · Confirm the assignment · 1 h 40 min left"
    assert chinese["To"] == "qian@example.com" and chinese["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        part = chinese.get_body((kind,))
        assert part is not None and "https://tousu.example.com/messages/m1" in part.get_content()
        assert "派单时限即将到期" in part.get_content() and "张倩" not in part.get_content()


def test_a_repeated_mail_has_the_same_id_so_that_a_mailbox_shows_one(mailbox: tuple[Mailbox, Outlets]) -> None:
    box, post = mailbox
    post.send(parcel(QIAN), NOW)
    post.send(parcel(QIAN), NOW + timedelta(minutes=3))

    assert len(box.mails) == 2 and len(box.shown()) == 1


def test_several_messages_are_one_mail(mailbox: tuple[Mailbox, Outlets]) -> None:
    box, post = mailbox
    other = Line("m2", "comment", Text("YH-2026-00013：有备注。", "YH-2026-00013: a note."), urgent=False, number="YH-2026-00013")
    post.send(parcel(QIAN, lines=(LINE, other)), NOW)

    (mail,) = box.mails
    assert mail["Subject"] == "[诉结] 2 条消息 · YH-2026-00012 · YH-2026-00013"


def test_markup_in_a_message_stays_text(mailbox: tuple[Mailbox, Outlets]) -> None:
    box, post = mailbox
    bad = Line("m3", "comment", Text("<script>x</script>", "<script>"), urgent=False)
    post.send(parcel(QIAN, lines=(bad,)), NOW)

    page = box.mails[0].get_body(("html",))
    assert page is not None and "<script>" not in page.get_content() and "&lt;script&gt;" in page.get_content()


@pytest.mark.parametrize(
    ("recipient_answer", "answer", "hopeless"),
    [("550 nobody", "250 OK", True), ("451 later", "250 OK", False), ("250 OK", "554 no", True), ("250 OK", "452 full", False)],
)
def test_what_a_mail_server_refuses_is_given_up_or_tried_again(
    mailbox: tuple[Mailbox, Outlets], recipient_answer: str, answer: str, hopeless: bool
) -> None:
    box, post = mailbox
    box.recipient_answer, box.answer = recipient_answer, answer

    with pytest.raises(Refused) as refused:
        post.send(parcel(QIAN), NOW)
    assert refused.value.hopeless is hopeless


@pytest.mark.parametrize("address", ["", "not an address", "a@b\nBcc: c@d.example"])
def test_an_address_that_is_none_is_refused_before_anything_is_sent(mailbox: tuple[Mailbox, Outlets], address: str) -> None:
    box, post = mailbox
    with pytest.raises(Refused) as refused:
        post.send(parcel(Recipient("p", "x", "en", address)), NOW)

    assert refused.value.hopeless and box.mails == []


def test_a_password_never_travels_in_clear(mailbox: tuple[Mailbox, Outlets]) -> None:
    with mail_server() as (box, url):
        post = outlets(Settings(mail_url=url.replace("smtp://", "smtp://user:password@")))  # type: ignore[arg-type]
        with pytest.raises(Refused, match="no encryption") as refused:
            post.send(parcel(QIAN), NOW)
    assert refused.value.hopeless and box.mails == []


def test_a_mail_server_that_is_away_is_tried_again() -> None:
    with mail_server() as (_, url):
        post = outlets(Settings(mail_url=url))  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        post.send(parcel(QIAN), NOW)
    assert not refused.value.hopeless


def test_a_robot_mentions_everybody_in_one_message(wecom: tuple[WeCom, str]) -> None:
    service, address = wecom
    people = (Recipient("p1", "张倩", "zh_Hans", "13800001111"), Recipient("p2", "何雨", "zh_Hans", ""))
    robot(address).send(parcel(*people, channel="wecom"), NOW)

    (posted,) = service.posted
    assert posted["msgtype"] == "text" and posted["text"]["mentioned_mobile_list"] == ["13800001111"]
    said = posted["text"]["content"]
    assert "派单时限即将到期。（还剩 1 小时 40 分钟）" in said and "https://tousu.example.com/cases/case-1" in said
    assert "@何雨" in said and said.endswith("#bf32c40b")


def test_a_long_message_is_cut_at_a_whole_sign(wecom: tuple[WeCom, str]) -> None:
    service, address = wecom
    long = Line("m1", "comment", Text("电梯" * 900, "lift" * 900), urgent=True)
    robot(address).send(parcel(QIAN, channel="wecom", lines=(long,)), NOW)

    said = service.posted[0]["text"]["content"]
    assert 1990 < len(said.encode()) <= 2048 and "�" not in said and said.startswith("【紧急】电梯")


@pytest.mark.parametrize(
    ("answer", "hopeless", "wait"),
    [
        ({"errcode": 45009, "errmsg": "api freq out of limit"}, False, timedelta(minutes=1)),
        ({"errcode": -1, "errmsg": "system busy"}, False, None),
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, True, None),
        ({"errcode": 40058, "errmsg": "unknown"}, True, None),
        ({"status": 502}, False, None),
        ({"nothing": "known"}, False, None),
    ],
)
def test_what_wecom_refuses_is_given_up_or_tried_again(
    wecom: tuple[WeCom, str], answer: dict[str, object], hopeless: bool, wait: timedelta | None
) -> None:
    service, address = wecom
    service.answers = [answer]

    with pytest.raises(Refused) as refused:
        robot(address).send(parcel(QIAN, channel="wecom"), NOW)
    assert (refused.value.hopeless, refused.value.wait, service.posted) == (hopeless, wait, [])


def test_an_application_writes_to_the_person_and_wecom_shows_a_repetition_once(wecom: tuple[WeCom, str]) -> None:
    service, address = wecom
    post, zhang = application(address), Recipient("p1", "张倩", "zh_Hans", "zhangqian")
    post.send(parcel(zhang, channel="wecom"), NOW)
    post.send(parcel(zhang, channel="wecom"), NOW)

    assert [posted["touser"] for posted in service.posted] == ["zhangqian"] and len(service.repeated) == 1
    assert service.tokens == 1


def test_an_old_token_is_replaced_and_nobody_there_is_given_up(wecom: tuple[WeCom, str]) -> None:
    service, address = wecom
    post = application(address)
    post.send(parcel(Recipient("p1", "张倩", "zh_Hans", "zhangqian"), channel="wecom"), NOW)
    service.answers = [{"errcode": 42001, "errmsg": "access_token expired"}]
    post.send(parcel(Recipient("p1", "张倩", "en", "zhangqian"), channel="wecom"), NOW)
    assert service.tokens == 2 and len(service.posted) == 2

    with pytest.raises(Refused) as refused:
        post.send(parcel(Recipient("p3", "x", "en", "nobody"), channel="wecom"), NOW)
    assert refused.value.hopeless


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
def test_apprise_is_believed_by_its_status_alone(wecom: tuple[WeCom, str]) -> None:
    service, address = wecom
    url = f"json://{address.removeprefix('http://')}/cgi-bin/webhook/send"
    post = outlets(Settings(channels=f"feishu={url} other={url}?to={{address}}"))  # type: ignore[arg-type]
    named = [(channel.name, channel.label.zh, channel.shared) for channel in post.channels]
    assert named == [("feishu", "飞书", True), ("other", "other", False)]
    service.answers = [{"errcode": 0}, {"status": 500}]

    post.send(parcel(QIAN, channel="feishu"), NOW)
    with pytest.raises(Refused) as refused:
        post.send(parcel(QIAN, channel="feishu"), NOW)
    assert not refused.value.hopeless
    with pytest.raises(Refused, match="no such address"):
        post.send(parcel(Recipient("p", "x", "en", ""), channel="other"), NOW)
    unreadable = outlets(Settings(channels="odd=nothing-that-apprise-knows://x"))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not understood"):
        unreadable.send(parcel(QIAN, channel="odd"), NOW)


def test_a_channel_that_is_gone_is_said_to_be_gone() -> None:
    with pytest.raises(Refused, match="no such channel") as refused:
        outlets(Settings(channels="")).send(parcel(QIAN, channel="pigeon"), NOW)  # type: ignore[arg-type]
    assert refused.value.hopeless


def test_no_secret_shows_in_refusals_logs_or_settings(wecom: tuple[WeCom, str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _, address = wecom
    wrong = "another-secret-key"
    said = []
    for post in (robot(address, wrong), robot("http://127.0.0.1:1", wrong)):
        with pytest.raises(Refused) as refused:
            post.send(parcel(QIAN, channel="wecom"), NOW)
        said.append(f"{refused.value.text} {refused.value.__cause__} {post}")
    logged = [record.getMessage() for record in caplog.records]

    assert wrong not in " ".join([*said, *logged])
    assert wrong not in repr(Settings(wecom_url=f"https://x/?key={wrong}", mail_url=f"smtp://u:{wrong}@h"))  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ["mailbox", "http://mail", "smtp://:99999", "smtp://h?from=no", "smtp://user:secret@h:x"])
def test_a_mail_url_that_is_not_understood_is_refused_at_the_door_without_repeating_it(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        outlets(Settings(mail_url=url))  # type: ignore[arg-type]
    assert "secret" not in str(refused.value) and refused.value.__cause__ is None


def test_mail_urls_are_read_as_apprise_writes_them_too() -> None:
    read = server_of("mailtos://user:secret@example.com?smtp=mail.example.com&from=tousu@example.com")
    assert (read.host, read.port, read.password, read.tls) == ("mail.example.com", 587, "secret", "asked")
    assert read.sender == "tousu@example.com"
    assert "secret" not in repr(read)
    assert (server_of("smtps://mail.example.com").port, server_of("smtps://mail.example.com").tls) == (465, "whole")


def test_a_file_of_channels_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "channels"
    path.write_text("# 值班群\ndingtalk = dingtalk://token\n", "utf-8")
    path.chmod(0o644)
    with pytest.raises(Misconfigured, match="chmod 600"):
        outlets(Settings(var_dir=tmp_path))
    path.chmod(0o600)

    assert [channel.label.zh for channel in outlets(Settings(var_dir=tmp_path)).channels] == ["钉钉"]


@pytest.mark.parametrize("given", [{"wecom_secret": "x"}, {"wecom_secret": "x", "wecom_corp": "y"}, {"wecom_url": "http://x"}])
def test_half_a_wecom_is_refused_at_the_door(given: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="REDRESS_WECOM"):
        outlets(Settings(**given))  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["dingtalk", "ding talk=x://y", "mail=x://y", "=x://y", "dingtalk=", f"{'x' * 41}=x://y"])
def test_a_list_of_channels_that_is_not_understood_is_refused_at_the_door(given: str) -> None:
    with pytest.raises(Misconfigured, match="REDRESS_CHANNELS"):
        outlets(Settings(channels=given))  # type: ignore[arg-type]
