"""The procedure, to be read."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "procedure.title": Text("规程", "Procedure"),
    "procedure.version": Text("第 {n} 版", "Version {n}"),
    "procedure.in_force": Text("现行", "in force"),
    "procedure.effective": Text("生效时间", "In force since"),
    "procedure.provenance": Text("来源", "Provenance"),
    "procedure.provenance.shipped": Text("随产品提供", "shipped with the product"),
    "procedure.provenance.other": Text("本公司发布", "published by the company"),
    "procedure.reason": Text("发布说明", "Reason"),
    "procedure.digest": Text("内容指纹", "Digest"),
    "procedure.signatures": Text("签署", "Signatures"),
    "procedure.unsigned": Text("未经本公司签署", "Not signed by the company"),
    "procedure.unsigned_hint": Text(
        "随产品提供的版本可以直接使用；经本公司复核、批准并签署的版本会标明签署人。",
        "The shipped version can be used as it is; a version that the company reviewed and approved names its signatories.",
    ),
    "procedure.signed": Text("已签署", "signed"),
    "procedure.open_cases": Text("按此版办理中", "Open cases"),
    "procedure.next": Text("下一版生效", "Next version from"),
    "procedure.diagrams": Text("流程图", "Diagrams"),
    "procedure.limits": Text("时限", "Time limits"),
    "procedure.limit": Text("时限", "Limit"),
    "procedure.when": Text("什么情况", "When"),
    "procedure.always": Text("一律", "always"),
    "procedure.how_long": Text("多久", "How long"),
    "procedure.from": Text("从何时算", "Counted from"),
    "procedure.told": Text("提醒谁", "Told before"),
    "procedure.told_late": Text("超时告诉谁", "Told when missed"),
    "procedure.clause": Text("依据", "Clause"),
    "procedure.nobody": Text("无", "nobody"),
    "procedure.open_file": Text("下载图文件", "Download the diagram"),
}
