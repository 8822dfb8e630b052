"""The rules that look at one drawing alone: ids, shape, routing, events, messages, and what is not run."""

from engine.procedure.check.drawing.events import check_events
from engine.procedure.check.drawing.identity import check_identity
from engine.procedure.check.drawing.joins import check_joins
from engine.procedure.check.drawing.messages import check_messages
from engine.procedure.check.drawing.routing import check_routing
from engine.procedure.check.drawing.shape import check_shape
from engine.procedure.check.drawing.unsupported import check_unsupported

DRAWING_RULES = (check_identity, check_shape, check_routing, check_joins, check_events, check_messages, check_unsupported)

__all__ = ["DRAWING_RULES"]
