"""Reports: their pages, and what can be taken away of them."""

from webforms.blueprints.reports import files, ledger, pack, pages, plans
from webforms.blueprints.reports.door import blueprint

__all__ = ["blueprint", "files", "ledger", "pack", "pages", "plans"]
