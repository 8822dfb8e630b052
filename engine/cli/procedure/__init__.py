"""``redress procedure``: procedures as files and as published versions, one module a kind of work."""
