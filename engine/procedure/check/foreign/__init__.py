"""The rules about what diagrams of other tools bring with them: pools, messages, extensions, loose references, garbled names."""

from engine.procedure.check.foreign.extensions import check_extensions
from engine.procedure.check.foreign.names import check_garbled
from engine.procedure.check.foreign.pools import check_pools
from engine.procedure.check.foreign.references import check_loose

#: Those that look at one drawing alone.
FOREIGN_RULES = (check_extensions, check_loose, check_garbled)

__all__ = ["FOREIGN_RULES", "check_pools"]
