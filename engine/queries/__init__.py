"""Reading for pages: SELECT to frozen rows, always for an actor, never beyond what that actor may see."""
