"""Value and event types that every other part shares; nothing here knows a procedure."""
