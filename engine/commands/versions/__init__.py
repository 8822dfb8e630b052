"""Publishing versions of a procedure."""

from engine.commands.versions.publish_shipped import PublishShipped

__all__ = ["PublishShipped"]
