"""Everything that changes anything: one file a command, one folder a subject."""
