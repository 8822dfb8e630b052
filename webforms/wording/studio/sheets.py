"""A diagram as a whole: a new one, its name, taking it away."""

from engine.domain.text import Text

WORDS = {
    "sheet.new": Text("新建一张图", "New diagram"),
    "sheet.new_hint": Text(
        "新图里有一条泳道、一个开始和一个结束，步骤自己添。要用它，在别的图里加一个“调用流程”，选它。",
        "It has one lane, a start and an end; add the steps yourself. To use it, put a call activity into another diagram and "
        "choose it there.",
    ),
    "sheet.name": Text("名称", "Name"),
    "sheet.name_hint": Text("动词加名词，例如“核对赔偿”。", "A verb and a noun, such as “check the claim”."),
    "sheet.name_en": Text("英文名称", "English name"),
    "sheet.name_en_hint": Text("不填就用中文名。", "Without one the Chinese name is used."),
    "sheet.role": Text("谁来做", "Who does it"),
    "sheet.role_hint": Text("第一条泳道的角色；以后可以再加泳道。", "The role of the first lane; more lanes can follow."),
    "sheet.make": Text("新建并打开", "Make and open it"),
    "sheet.made": Text("图已建好。添上步骤，再到需要它的地方调用它。", "Made. Add its steps, then call it where it is needed."),
    "sheet.take_over": Text("接手并照做", "Take over and go on"),
    "sheet.back": Text("不建了，回去", "Back without it"),
    "sheet.about": Text("改名、删除", "Name, delete"),
    "sheet.title": Text("图“{name}”", "Diagram “{name}”"),
    "sheet.rename": Text("名称", "Its name"),
    "sheet.keep_name": Text("改名", "Rename"),
    "sheet.renamed": Text("名称改好了。", "Renamed."),
    "sheet.to_drawing": Text("回到图上", "Back to the drawing"),
    "sheet.calls": Text("谁调用它", "Who calls it"),
    "sheet.is_main": Text("规程从这张图开始。", "The procedure begins with this diagram."),
    "sheet.no_calls": Text("没有图调用它。", "No diagram calls it."),
    "sheet.kept": Text(
        "所以不能删去；要删，先在那里换成别的图。", "So it cannot be deleted. First choose another diagram there."
    ),
    "sheet.drop_hint": Text(
        "删去后，已发布的版本不受影响；想要回来，可以从以前的版本恢复。",
        "Versions that are published stay as they are, and it can be had back from them.",
    ),
    "sheet.drop": Text("删去这张图", "Delete this diagram"),
    "sheet.dropped": Text("图已删去。", "The diagram is deleted."),
}
