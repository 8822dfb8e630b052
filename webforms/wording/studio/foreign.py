"""Opening a diagram that was drawn in another tool."""

from engine.domain.text import Text

WORDS = {
    "foreign.title": Text("打开别处画的图", "Open a diagram from elsewhere"),
    "foreign.hint": Text(
        "选一张用别的工具画的 BPMN 2.0 图，它成为这份草稿里的一张新图，原来的内容一样不少。要改什么，一处一处标在图上。",
        "Choose a diagram of BPMN 2.0 from another tool. It becomes a new diagram of this draft with all it holds; "
        "what has to change is marked at each place.",
    ),
    "foreign.file": Text("文件（.bpmn 或 .xml，最大 {mb} MB）", "File (.bpmn or .xml, {mb} MB at most)"),
    "foreign.people": Text("没有选由谁做的任务，都由人来办", "Tasks without a type are done by people"),
    "foreign.people_hint": Text(
        "它们变成人工任务，以后在图上再选填什么表。不勾就原样打开。",
        "They become user tasks; which form is filled in is chosen on the diagram. Without it they stay as they are.",
    ),
    "foreign.lanes_hint": Text(
        "泳道的名称和某个角色的名称相同，就直接用这个角色。", "A lane that has the name of a role gets that role."
    ),
    "foreign.open": Text("打开", "Open"),
    "foreign.back": Text("不打开，回去", "Back without opening"),
    "foreign.take_over": Text("接手并打开", "Take over and open"),
    "foreign.opened": Text("已作为 {file} 打开。", "Opened as {file}."),
    "foreign.tasks": Text("{n} 个任务改成了人工任务。", "Made user tasks: {n}."),
    "foreign.lanes": Text("{n} 条泳道对上了角色。", "Lanes that have found their role: {n}."),
    "foreign.lanes_left": Text("还没有角色的泳道：{lanes}。", "Lanes still without a role: {lanes}."),
    "foreign.and": Text("、", ", "),
}
