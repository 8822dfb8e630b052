"""What stands in the cells of a table: names in quotes, and truth values as people say them."""

from __future__ import annotations

import re

from engine.domain.text import Text

#: A name or a text in a cell, without its quotes in the first group.
QUOTED = re.compile(r'"([^"]*)"')
TRUTH = {"true": Text("是", "yes"), "false": Text("否", "no")}
