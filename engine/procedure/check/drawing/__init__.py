"""The rules about drawings: shape, routing, events, what is not run; and ids and messages, which drawings share."""

from engine.procedure.check.drawing.events import check_events
from engine.procedure.check.drawing.identity import check_identity
from engine.procedure.check.drawing.joins import check_joins
from engine.procedure.check.drawing.messages import check_messages
from engine.procedure.check.drawing.routing import check_routing
from engine.procedure.check.drawing.shape import check_shape
from engine.procedure.check.drawing.unsupported import check_unsupported

#: Those that look at one drawing alone.
DRAWING_RULES = (check_shape, check_routing, check_joins, check_events, check_unsupported)

__all__ = ["DRAWING_RULES", "check_identity", "check_messages"]
