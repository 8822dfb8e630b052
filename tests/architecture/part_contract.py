"""The import-linter contract of one part: what it may import, so that everything else is refused."""

from __future__ import annotations

import sys
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def within(module: str, package: str) -> bool:
    """Whether a dotted module name is the package or lies inside it."""
    return module == package or module.startswith(package + ".")


class PartContract(Contract):
    """Holds when every import of ``part`` stays inside it, ``imports`` or the standard library; an absent part holds."""

    part = fields.StringField()
    imports = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Compare every direct import of the part with its list."""
        modules = sorted(module for module in graph.modules if within(module, str(self.part)))
        strays = [
            f"{module}:{line} imports {imported}"
            for module in modules
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if not self._open(imported)
            for line in lines(graph, module, imported)
        ]
        return ContractCheck(kept=not strays, metadata={"strays": strays})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import that the list does not name, with its line."""
        for stray in check.metadata["strays"]:
            output.print_error(f"- {stray}", bold=False)

    def _open(self, imported: str) -> bool:
        named = [str(self.part), *cast("list[str]", self.imports)]
        return imported.split(".")[0] in sys.stdlib_module_names or any(within(imported, name) for name in named)


def lines(graph: ImportGraph, importer: str, imported: str) -> list[int]:
    """The line numbers on which one module imports another."""
    return [int(detail["line_number"]) for detail in graph.get_import_details(importer=importer, imported=imported)]
