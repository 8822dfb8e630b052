"""The approver waives several things that stand against a version with one reason, and each is kept on its own."""

from __future__ import annotations

import pytest
import yaml

from engine.domain.text import Text
from engine.procedure.bundle import VERSION_FILE
from engine.procedure.trying import Played
from tests.engine.versions.test_putting_forward import KEY, drafted, put_forward
from tests.office import Office
from tests.web.conftest import Login

STORIES = tuple(
    Played(f"scenarios/{name}.yaml", name, False, 4, (Text("到期不对", "The due moment is another"),))
    for name in ("minor", "important", "major", "dispatch_late")
)
KEYS = [f"story {one.file}" for one in STORIES]
WHY = "故事按旧时限写的"


@pytest.fixture
def proposed(office: Office) -> str:
    """Where a version stands against which four stories speak."""
    office.application.stories = lambda _bundle: STORIES
    number = put_forward(office, drafted(office), ask_waiver=True)
    review = office.begun("review")[-1]
    review.complete("sign_as_author", "owner")
    review.complete("sign_as_reviewer", "manager")
    return f"/procedure/{KEY}/versions/{number}"


def test_several_are_waived_with_one_reason_and_each_is_on_record(login: Login, office: Office, proposed: str) -> None:
    director, waive = login("director"), f"{proposed}/waive"
    reviewer = login("manager").get(proposed).tree
    assert len(reviewer.xpath("//section[@id='waive']//li")) == 4 and not reviewer.xpath("//section[@id='waive']//form")
    page = director.get(proposed)
    boxes = page.tree.xpath("//section[@id='waive']//input[@type='checkbox']")
    assert [box.get("value") for box in boxes] == KEYS and not any(box.get("checked") for box in boxes)
    assert len(page.tree.xpath("//section[@id='waive']//textarea")) == 1
    every = director.get(next(link for link in page.links(proposed) if "tick=" in link).partition("#")[0])
    assert len(every.tree.xpath("//section[@id='waive']//input[@checked]")) == len(KEYS)

    none = director.post(waive, {"reason": WHY})
    assert none.status == 422 and none.errors == ["请先勾选要豁免的。"] and WHY in none.text
    wordless = director.post(waive, {"obstacle": KEYS[:3], "reason": " "})
    assert wordless.status == 422 and wordless.tree.xpath("//p[@id='reason-error']")
    assert wordless.tree.xpath("//section[@id='waive']//input[@checked]/@value") == KEYS[:3]

    after = director.follow(director.post(waive, {"obstacle": KEYS[:3], "reason": WHY}))
    assert after.text.count(f"罗建平豁免：{WHY}") == 3 and "批准之前要豁免的" in after.text
    assert after.tree.xpath("//section[@id='waive']//input[@name='obstacle']/@value") == KEYS[3:]
    done = director.follow(director.post(waive, {"obstacle": KEYS[3:], "reason": "另一个理由"}))
    assert not done.tree.xpath("//section[@id='waive']") and "已记下理由" in done.notices

    office.begun("review")[-1].complete("sign_as_approver", "director")
    written = yaml.safe_load((office.application.settings.release_dir / KEY / VERSION_FILE).read_text(encoding="utf-8"))
    told = [(one["obstacle"], one["name"], one["reason"]) for one in written["waivers"]]
    assert sorted(told) == sorted((key, "罗建平", WHY if key in KEYS[:3] else "另一个理由") for key in KEYS)
